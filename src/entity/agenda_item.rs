//! The table of what is on the agenda of a meeting: one review each, in its order.

use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// One vendor of a meeting: the review gone through, what was decided, the time it took.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct AgendaItem {
    pub meeting: Option<Link>,
    pub place: Option<i64>,
    pub review: Option<Link>,
    pub decision: String,
    pub seconds: Option<i64>,
}

impl Entity for AgendaItem {
    const KIND: Kind = Kind::AgendaItem;
    const NAMES: Names = Names {
        word: "agenda_item",
        plural: "agenda_items",
        prefix: "AI",
        one: text("Agenda item", "议程项"),
        many: text("Agenda", "议程"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("meeting", text("Meeting", "会议"), Shape::Link(Kind::Meeting), |r: &Self| r.meeting.show(), |r, v| r.meeting.put(v)).parent().card(),
        field("place", text("Place", "顺序"), Shape::Int(1, 9999), |r: &Self| r.place.show(), |r, v| r.place.put(v)).required().column(5, 2).sortable(),
        field("review", text("Review", "考核"), Shape::Link(Kind::Review), |r: &Self| r.review.show(), |r, v| r.review.put(v)).required().column(34, 1).card(),
        field("decision", text("Decision", "决定"), Shape::Long, |r: &Self| r.decision.show(), |r, v| r.decision.put(v)),
        field("seconds", text("Seconds", "用时（秒）"), Shape::Int(0, 86_400), |r: &Self| r.seconds.show(), |r, v| r.seconds.put(v)).column(10, 3).card(),
    ];
    const ORDER: (&'static str, Direction) = ("place", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["place", "review", "seconds"];
    const ONE_OF: &'static [&'static str] = &["meeting", "review"];

    fn label(&self) -> String {
        self.review.as_ref().map_or_else(String::new, |review| review.code.clone())
    }
}
