//! The table of interactions: meetings, calls, mails and visits that took place.

use chrono::NaiveDate;

use crate::domain::interaction::{About, Channel};
use crate::domain::list::ClosedList;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// One contact with a vendor.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Interaction {
    pub vendor: Option<Link>,
    pub on: Option<NaiveDate>,
    pub channel: Option<Channel>,
    pub about: Option<About>,
    pub people: String,
    pub summary: String,
    pub next_due: Option<NaiveDate>,
    pub owner: String,
    pub notes: String,
}

impl Entity for Interaction {
    const KIND: Kind = Kind::Interaction;
    const NAMES: Names = Names {
        word: "interaction",
        plural: "interactions",
        prefix: "IN",
        one: text("Interaction", "沟通记录"),
        many: text("Interactions", "沟通记录"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .required().column(24, 3).card(),
        field("on", text("On", "日期"), Shape::Date, |r: &Self| r.on.show(), |r, v| r.on.put(v))
            .required().column(10, 1).sortable().card(),
        field("channel", text("Channel", "方式"), Shape::Choice(Channel::CHOICES), |r: &Self| r.channel.show(), |r, v| r.channel.put(v))
            .column(8, 4).chip(),
        field("about", text("About", "性质"), Shape::Choice(About::CHOICES), |r: &Self| r.about.show(), |r, v| r.about.put(v))
            .column(9, 5).chip(),
        field("people", text("People", "参与人"), Shape::Line, |r: &Self| r.people.show(), |r, v| r.people.put(v)).personal().column(18, 5).card(),
        field("summary", text("Summary", "摘要"), Shape::Line, |r: &Self| r.summary.show(), |r, v| r.summary.put(v))
            .required().column(36, 2),
        field("next_due", text("Follow up", "跟进日期"), Shape::Date, |r: &Self| r.next_due.show(), |r, v| r.next_due.put(v))
            .column(10, 4).sortable().card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 6).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("on", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["on", "summary", "vendor", "channel", "next_due"];

    fn label(&self) -> String {
        self.summary.clone()
    }
}
