//! The table of settings of the register.

use crate::entity::field::{Field, Shape, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// One setting; what it may hold is decided in `domain::settings`.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Setting {
    pub key: String,
    pub value: String,
}

impl Entity for Setting {
    const KIND: Kind = Kind::Setting;
    const NAMES: Names = Names {
        word: "setting",
        plural: "settings",
        prefix: "ST",
        one: text("Setting", "设置"),
        many: text("Settings", "设置"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("key", text("Key", "键"), Shape::Line, |r: &Self| r.key.show(), |r, v| r.key.put(v)).required().column(24, 1),
        field("value", text("Value", "值"), Shape::Line, |r: &Self| r.value.show(), |r, v| r.value.put(v)).column(40, 2),
    ];
    const ORDER: (&'static str, Direction) = ("key", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["key", "value"];

    fn label(&self) -> String {
        self.key.clone()
    }
}
