//! The table of services: what is outsourced, and how much hangs on it.

use crate::domain::list::ClosedList;
use crate::domain::service::{Reliance, Substitutability};
use crate::domain::vendor::VendorClass;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// A service that others render for us.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Service {
    pub name: String,
    pub vendor: Option<Link>,
    pub contract: Option<Link>,
    pub class: Option<VendorClass>,
    pub sub_type: String,
    pub owner: String,
    pub criticality: Option<i64>,
    pub reliance: Option<Reliance>,
    pub substitutability: Option<Substitutability>,
    pub description: String,
}

impl Entity for Service {
    const KIND: Kind = Kind::Service;
    const NAMES: Names = Names {
        word: "service",
        plural: "services",
        prefix: "SV",
        one: text("Service", "服务"),
        many: text("Services", "服务"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("name", text("Name", "名称"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v))
            .required().column(32, 1).sortable(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .column(26, 2).card(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .card(),
        field("class", text("Class", "外包类别"), Shape::Choice(VendorClass::CHOICES), |r: &Self| r.class.show(), |r, v| r.class.put(v))
            .column(8, 4).chip(),
        field("sub_type", text("Sub-type", "细类"), Shape::Line, |r: &Self| r.sub_type.show(), |r, v| r.sub_type.put(v)).repeats()
            .column(16, 5).card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 6).card(),
        field("criticality", text("Criticality", "业务关键度"), Shape::Int(1, 4), |r: &Self| r.criticality.show(), |r, v| r.criticality.put(v))
            .column(11, 3).sortable().hint(text("1 low to 4 vital", "1 低 … 4 至关重要")).card(),
        field("reliance", text("Reliance", "依赖程度"), Shape::Choice(Reliance::CHOICES), |r: &Self| r.reliance.show(), |r, v| r.reliance.put(v))
            .card(),
        field("substitutability", text("Replaceable", "可替代性"), Shape::Choice(Substitutability::CHOICES), |r: &Self| r.substitutability.show(), |r, v| r.substitutability.put(v))
            .column(11, 5).card(),
        field("description", text("Description", "说明"), Shape::Long, |r: &Self| r.description.show(), |r, v| r.description.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["name", "vendor", "class", "sub_type", "criticality", "substitutability"];

    fn label(&self) -> String {
        self.name.clone()
    }
}
