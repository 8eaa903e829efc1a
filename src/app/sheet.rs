//! The own fields of a record as lines, for its page: the same for moving through them and for
//! drawing them.
//!
//! Nothing of a record is left out here but what stands in the title above: a page on which a
//! text is cut shows it nowhere.

use crate::app::geometry::{Layout, Size};
use crate::domain::list::Tone;
use crate::entity::{Kind, Record, Shape, Value, show};
use crate::markdown;
use crate::texts::Lang;
use crate::wrap::Measure;

/// Cells of the labels.
pub const LABEL: u16 = 17;

/// One line of a record's own fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetLine {
    /// A label, in the first line of its value only, and a part of the value.
    Field(Option<&'static str>, String, Tone),
    /// What a long text is.
    Head(&'static str),
    /// A line of a long text.
    Text(markdown::Line),
    /// Nothing.
    Blank,
}

/// The lines of a record's own fields, `width` cells wide: what is entered, what follows from it,
/// then the long texts. Blank fields are left out.
#[must_use]
pub fn lines(record: &Record, lang: Lang, measure: Measure, width: u16) -> Vec<SheetLine> {
    placed(record, lang, measure, width).into_iter().map(|(_, line)| line).collect()
}

/// The same, each with the place of the field in its table where one begins that can be edited.
#[must_use]
pub fn placed(record: &Record, lang: Lang, measure: Measure, width: u16) -> Vec<(Option<usize>, SheetLine)> {
    let table = record.table();
    let fields = table.fields.iter().zip(&record.values).enumerate();
    let fields = fields.filter(|(_, (meta, _))| !meta.hidden && !meta.chip);
    let (long, short): (Vec<_>, Vec<_>) = fields.partition(|(_, (meta, _))| meta.shape == Shape::Long);
    // Score, change and grade stand in the title.
    let in_title = |key: &str| {
        matches!(key, "score" | "total" | "change" | "grade" | "settled_steps" | "steps" | "blocking")
    };
    let derived = table.derived.iter().zip(&record.derived).filter(|(d, _)| !d.chip && !in_title(d.key));
    let entered = short.into_iter().map(|(at, (meta, value))| (Some(at), meta.label, value));
    let mut lines = Vec::new();
    for (mut place, label, value) in entered.chain(derived.map(|(d, value)| (None, d.label, value))) {
        if value.is_null() || *value == Value::Bool(false) {
            continue;
        }
        let mut label = Some(label.in_(lang));
        for part in measure.wrapped(&worded(value, lang), width.saturating_sub(LABEL + 1)) {
            lines.push((place.take(), SheetLine::Field(label.take(), part, tone(value))));
        }
    }
    for (at, (meta, value)) in long.into_iter().filter(|(_, (_, value))| !value.is_null()) {
        lines.extend([(None, SheetLine::Blank), (Some(at), SheetLine::Head(meta.label.in_(lang)))]);
        let text = show::full(value, lang);
        lines.extend(
            markdown::lines(&text, measure, width).into_iter().map(|line| (None, SheetLine::Text(line))),
        );
    }
    lines
}

fn worded(value: &Value, lang: Lang) -> String {
    match value {
        Value::Link(link) if !link.label.is_empty() => format!("{}  {}", link.label, link.code),
        Value::Money(money) => format!("{} {}", money.currency.code(), money.full_digits()),
        other => show::full(other, lang),
    }
}

const fn tone(value: &Value) -> Tone {
    match value {
        Value::Choice(choice) => choice.tone,
        _ => Tone::Plain,
    }
}

/// Rows of the page above the fields: the name, the chips, the figures where a kind has any, a
/// blank.
#[must_use]
pub const fn head_rows(kind: Kind) -> u16 {
    match kind {
        Kind::Vendor | Kind::Review | Kind::ExitCase => 4,
        _ => 3,
    }
}

impl Size {
    /// The columns and rows of a record's own fields on its page, while the cursor is on them.
    #[must_use]
    pub const fn sheet(self, kind: Kind) -> (u16, u16) {
        let inner = self.width.saturating_sub(4);
        let columns = match self.layout() {
            Layout::Wide => (inner / 2).saturating_sub(1),
            _ => inner,
        };
        (columns, self.body().saturating_sub(head_rows(kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Ref;

    fn contract(title: &str, notes: &str) -> Record {
        let table = Kind::Contract.table();
        let mut values = (table.blank)();
        for (key, text) in [("title", title), ("notes", notes)] {
            values[table.field(key).unwrap()] = Value::Text(text.to_owned());
        }
        let at = Ref { kind: Kind::Contract, id: 1 };
        let derived = vec![Value::Null; table.derived.len()];
        Record { at, code: "C-0001".to_owned(), version: 1, archived_at: None, values, derived }
    }

    #[test]
    fn a_long_title_and_long_notes_stand_whole() {
        let (title, notes) = ("Watermain replacement ".repeat(12), "续约需法务先审。\n".repeat(20));
        let shown = lines(&contract(title.trim(), notes.trim()), Lang::En, Measure::default(), 50);
        let of = |wanted: fn(&SheetLine) -> Option<String>| {
            shown.iter().filter_map(wanted).collect::<Vec<_>>().join(" ")
        };
        let fields = of(|line| match line {
            SheetLine::Field(_, text, _) => Some(text.clone()),
            _ => None,
        });
        assert!(fields.contains(title.trim()), "{fields}");
        let texts = of(|line| match line {
            SheetLine::Text(line) => Some(line.text()),
            _ => None,
        });
        assert_eq!(texts.matches("续约需法务先审").count(), 20);
    }

    #[test]
    fn what_follows_stands_before_the_long_texts() {
        let mut record = contract("Work", "notes");
        let act_by = Kind::Contract.table().derived("act_by").unwrap();
        record.derived[act_by] = Value::Date("2026-11-30".parse().unwrap());
        let shown = lines(&record, Lang::En, Measure::default(), 50);
        let place = |text: &str| shown.iter().position(|line| format!("{line:?}").contains(text)).unwrap();
        assert!(place("2026-11-30") < place("Notes"), "{shown:?}");
    }
}
