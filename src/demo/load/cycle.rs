//! The cycle of reviews as tables of the demo's files: plans, surveys, what results led to.

use super::Shape::{Day, Link, Review, Term, Word};
use super::Spec;

pub(super) const REVIEW_PLAN: Spec = Spec {
    kind: "review_plan",
    prefix: "PL",
    fields: &[
        ("name", Word),
        ("vendor", Link("vendor")),
        ("tier", Word),
        ("contract", Link("contract")),
        ("template", Link("template")),
        ("period_kind", Word),
        ("basis", Word),
        ("owner", Word),
        ("due_days", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const SURVEY: Spec = Spec {
    kind: "survey",
    prefix: "SU",
    fields: &[
        ("title", Word),
        ("vendor", Link("vendor")),
        ("contract", Link("contract")),
        ("period", Term),
        ("held_on", Day),
        ("invited", Word),
        ("ones", Word),
        ("twos", Word),
        ("threes", Word),
        ("fours", Word),
        ("fives", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const IMPROVEMENT: Spec = Spec {
    kind: "improvement",
    prefix: "IP",
    fields: &[
        ("title", Word),
        ("vendor", Link("vendor")),
        ("review", Review),
        ("goal", Word),
        ("metric", Word),
        ("target", Word),
        ("owner", Word),
        ("counterpart", Word),
        ("due_on", Day),
        ("verify_on", Day),
        ("state", Word),
        ("result", Word),
    ],
    children: None,
};

pub(super) const CONSEQUENCE: Spec = Spec {
    kind: "consequence",
    prefix: "CQ",
    fields: &[
        ("kind", Word),
        ("vendor", Link("vendor")),
        ("review", Review),
        ("improvement", Link("improvement")),
        ("state", Word),
        ("amount", Word),
        ("basis", Word),
        ("why", Word),
        ("decided_by", Word),
        ("decided_on", Day),
        ("owner", Word),
        ("due_on", Day),
        ("done_on", Day),
        ("notes", Word),
    ],
    children: None,
};
