//! Review meetings with their agenda, as tables of the demo's files.

use super::Shape::{Day, Link, Review, Term, Word};
use super::{Children, Spec};

pub(super) const MEETING: Spec = Spec {
    kind: "meeting",
    prefix: "MT",
    fields: &[
        ("title", Word),
        ("held_on", Day),
        ("period", Term),
        ("state", Word),
        ("chair", Word),
        ("attendees", Word),
        ("apologies", Word),
        ("minutes_each", Word),
        ("decisions", Word),
        ("notes", Word),
    ],
    children: Some(&Children {
        key: "agenda",
        parent: "meeting",
        spec: Spec {
            kind: "agenda_item",
            prefix: "AI",
            fields: &[
                ("meeting", Link("meeting")),
                ("place", Word),
                ("review", Review),
                ("decision", Word),
                ("seconds", Word),
            ],
            children: None,
        },
    }),
};
