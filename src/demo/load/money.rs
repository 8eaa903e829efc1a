//! What contracts cost, as tables of the demo's files.

use super::Shape::{Day, Link, Term, Word};
use super::Spec;

pub(super) const COST_LINE: Spec = Spec {
    kind: "cost_line",
    prefix: "FL",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("layer", Word),
        ("kind", Word),
        ("side", Word),
        ("model", Word),
        ("amount", Word),
        ("quantity", Word),
        ("cycle", Word),
        ("starts_on", Day),
        ("ends_on", Day),
        ("pay_within", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const INVOICE: Spec = Spec {
    kind: "invoice",
    prefix: "I",
    fields: &[
        ("number", Word),
        ("contract", Link("contract")),
        ("cost_line", Link("cost_line")),
        ("change_request", Link("change_request")),
        ("kind", Word),
        ("period", Term),
        ("amount", Word),
        ("received_on", Day),
        ("pay_within", Word),
        ("due_on", Day),
        ("state", Word),
        ("approved_on", Day),
        ("approved_by", Word),
        ("dispute", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const PAYMENT: Spec = Spec {
    kind: "payment",
    prefix: "PY",
    fields: &[
        ("invoice", Link("invoice")),
        ("amount", Word),
        ("paid_on", Day),
        ("reference", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const RATE: Spec = Spec {
    kind: "rate",
    prefix: "FX",
    fields: &[
        ("currency", Word),
        ("units", Word),
        ("rate", Word),
        ("into", Word),
        ("on", Day),
        ("source", Word),
    ],
    children: None,
};
