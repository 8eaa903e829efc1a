//! The table of contacts: the people at a vendor.

use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// A person at a vendor.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Contact {
    pub vendor: Option<Link>,
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
    pub primary: bool,
    pub notes: String,
}

impl Entity for Contact {
    const KIND: Kind = Kind::Contact;
    const NAMES: Names = Names {
        word: "contact",
        plural: "contacts",
        prefix: "CT",
        one: text("Contact", "联系人"),
        many: text("Contacts", "联系人"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .parent().column(28, 2),
        field("name", text("Name", "姓名"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v)).personal()
            .required().column(20, 1).sortable(),
        field("role", text("Role", "职务"), Shape::Line, |r: &Self| r.role.show(), |r, v| r.role.put(v)).repeats().column(18, 4).card(),
        field("phone", text("Phone", "电话"), Shape::Line, |r: &Self| r.phone.show(), |r, v| r.phone.put(v)).personal().column(18, 3).card(),
        field("email", text("E-mail", "邮箱"), Shape::Line, |r: &Self| r.email.show(), |r, v| r.email.put(v)).personal().column(28, 5).card(),
        field("primary", text("Primary", "首要"), Shape::Bool, |r: &Self| r.primary.show(), |r, v| r.primary.put(v)).chip(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["name", "vendor", "role", "phone", "email"];

    fn label(&self) -> String {
        self.name.clone()
    }
}
