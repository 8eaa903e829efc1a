//! What happens under a contract, as tables of the demo's files.

use super::Shape::{Day, Link, Term, Word};
use super::{Children, Spec};

pub(super) const DELIVERABLE: Spec = Spec {
    kind: "deliverable",
    prefix: "D",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("criteria", Word),
        ("due_on", Day),
        ("delivered_on", Day),
        ("state", Word),
        ("accepted_on", Day),
        ("accepted_by", Word),
        ("shortfall", Word),
        ("owner", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const CHANGE_REQUEST: Spec = Spec {
    kind: "change_request",
    prefix: "CR",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("side", Word),
        ("requested_by", Word),
        ("requested_on", Day),
        ("why", Word),
        ("scope", Word),
        ("cost", Word),
        ("delay", Word),
        ("assessed_by", Word),
        ("decide_by", Day),
        ("state", Word),
        ("decided_on", Day),
        ("decided_by", Word),
        ("implement_by", Day),
        ("implemented_on", Day),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const BREACH: Spec = Spec {
    kind: "breach",
    prefix: "B",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("kind", Word),
        ("side", Word),
        ("found_on", Day),
        ("serious", Word),
        ("article", Word),
        ("what", Word),
        ("state", Word),
        ("remedy", Word),
        ("remedy_due", Day),
        ("remedied_on", Day),
        ("penalty", Word),
        ("next_on", Day),
        ("court", Word),
        ("outcome", Word),
        ("owner", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const REPORT: Spec = Spec {
    kind: "report",
    prefix: "RP",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("kind", Word),
        ("period", Term),
        ("due_on", Day),
        ("received_on", Day),
        ("state", Word),
        ("received_by", Word),
        ("lacks", Word),
        ("notes", Word),
    ],
    children: None,
};

pub(super) const CLAUSE: Spec = Spec {
    kind: "clause",
    prefix: "CL",
    fields: &[
        ("contract", Link("contract")),
        ("about", Word),
        ("state", Word),
        ("article", Word),
        ("excerpt", Word),
        ("risk_note", Word),
    ],
    children: None,
};

pub(super) const SERVICE_LEVEL: Spec = Spec {
    kind: "service_level",
    prefix: "SL",
    fields: &[
        ("title", Word),
        ("contract", Link("contract")),
        ("aim", Word),
        ("target", Word),
        ("unit", Word),
        ("every", Word),
        ("starts_on", Day),
        ("method", Word),
        ("charge", Word),
        ("at_risk", Word),
        ("allocation", Word),
        ("tiers", Word),
        ("repeat", Word),
        ("claim_within", Word),
        ("owner", Word),
        ("notes", Word),
    ],
    children: Some(&Children {
        key: "measured",
        parent: "level",
        spec: Spec {
            kind: "measurement",
            prefix: "MS",
            fields: &[
                ("level", Link("service_level")),
                ("period", Term),
                ("value", Word),
                ("excused", Word),
                ("why_excused", Word),
                ("evidence", Word),
                ("claimed_on", Day),
                ("notes", Word),
            ],
            children: None,
        },
    }),
};
