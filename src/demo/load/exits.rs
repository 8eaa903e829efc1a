//! Leaving a contract, and what of it was snoozed, as tables of the demo's files.

use super::Shape::{Day, Link, Word};
use super::Spec;

pub(super) const EXIT_CASE: Spec = Spec {
    kind: "exit_case",
    prefix: "X",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("vendor", Link("vendor")),
        ("state", Word),
        ("trigger", Word),
        ("opened_on", Day),
        ("exit_by", Day),
        ("owner", Word),
        ("successor", Link("vendor")),
        ("settlement", Word),
        ("settle_by", Day),
        ("settled_on", Day),
        ("data", Word),
        ("certificate", Word),
        ("closed_on", Day),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const EXIT_STEP: Spec = Spec {
    kind: "exit_step",
    prefix: "XS",
    fields: &[
        ("step", Word),
        ("exit_case", Link("exit_case")),
        ("due_on", Day),
        ("owner", Word),
        ("state", Word),
        ("done_on", Day),
        ("proof", Word),
        ("why", Word),
        ("blocks", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const ACKNOWLEDGEMENT: Spec = Spec {
    kind: "acknowledgement",
    prefix: "AK",
    fields: &[("record", Word), ("what", Word), ("due_on", Day), ("until", Day), ("why", Word)],
    children: None,
};
