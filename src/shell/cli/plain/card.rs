//! One record as lines: what it is, its fields, and what belongs to it, numbered.

use super::Session;
use super::listing::row_words;
use crate::entity::{Ref, Value, show};
use crate::register::history::act_label;
use crate::register::{Act, PUT_AWAY, Related, Shelf};
use crate::shell::cli::stop::Stop;
use crate::shell::clock;
use crate::texts::{Lang, Sentence, Text, text};

impl Session<'_> {
    /// Opens a record.
    pub(super) fn open(&mut self, at: Ref) -> Result<(), Stop> {
        self.tell_card(at)?;
        if self.trail.last() != Some(&at) {
            self.trail.push(at);
        }
        Ok(())
    }

    /// Tells the open record again, or the one of a code.
    pub(super) fn show_again(&mut self, rest: &str) -> Result<(), Stop> {
        match crate::register::ref_of(rest) {
            Some(at) => self.open(at),
            None => self.here().and_then(|at| self.tell_card(at)),
        }
    }

    /// Goes back to the record that was open before.
    pub(super) fn back(&mut self) -> Result<(), Stop> {
        self.trail.pop();
        match self.trail.last().copied() {
            Some(at) => self.tell_card(at),
            None => self.overview(),
        }
    }

    fn tell_card(&mut self, at: Ref) -> Result<(), Stop> {
        let card = self.desk.store_to_read()?.sheet(at)?;
        let (record, lang) = (&card.record, self.lang());
        let table = record.table();
        let mut title = vec![record.label(), record.code.clone()];
        if record.archived_at.is_some() {
            title.push(PUT_AWAY.in_(lang).to_owned());
        }
        self.say(&format!("{}.", title.join(". ")))?;
        let fields = table.fields.iter().zip(&record.values).filter(|(meta, _)| !meta.hidden);
        let fields = fields.map(|(meta, value)| (meta.label, value));
        let derived =
            table.derived.iter().zip(&record.derived).map(|(derived, value)| (derived.label, value));
        for (label, value) in fields.chain(derived).filter(|(_, value)| is_told(value)) {
            let says = Sentence::from(FIELD).with_word("label", label);
            self.tell(says.with("value", value_words(value, lang)))?;
        }
        self.number_anew();
        for related in card.related.iter().filter(|related| related.total > 0) {
            self.tell_related(related)?;
        }
        if let Some(event) = &card.last_event {
            let says =
                Sentence::from(LAST).with("at", clock::zone().civil(&event.at)).with("actor", &event.actor);
            self.tell(says.with_word("act", act_label(&event.act)))?;
        }
        Ok(())
    }

    fn tell_related(&mut self, related: &Related) -> Result<(), Stop> {
        let table = related.kind.table();
        let many = Sentence::from(RELATED).with_word("many", related.heading()).with("n", related.total);
        self.tell(many)?;
        let lang = self.lang();
        // The field by which they refer would say the same in every line.
        let known = table.fields.get(related.field).map_or("", |meta| meta.key);
        for record in &related.rows {
            let cells: Vec<Value> = table
                .columns
                .iter()
                .map(|column| record.cell(*column).cloned().unwrap_or(Value::Null))
                .collect();
            self.number(record.at, &format!("{}, {}", row_words(table, &cells, known, lang), record.code))?;
        }
        let left = usize::try_from(related.total).unwrap_or(0).saturating_sub(related.rows.len());
        if left > 0 {
            let says = Sentence::from(MORE_RELATED).with("n", left).with("plural", table.plural);
            self.tell(says)?;
        }
        Ok(())
    }

    /// Puts the open record away, or brings it back.
    pub(super) fn archive(&mut self) -> Result<(), Stop> {
        let at = self.here()?;
        let mut store = self.desk.store()?;
        let is_away = store.record(at)?.archived_at.is_some();
        let (act, to) = if is_away { (Act::Unarchive, Shelf::Open) } else { (Act::Archive, Shelf::Archive) };
        let mut txn = store.begin(act)?;
        txn.shelve(at, to)?;
        txn.commit()?;
        let says = if is_away { BROUGHT_BACK } else { ARCHIVED };
        self.tell(Sentence::from(says).with("code", crate::register::code_of(at)))
    }
}

/// Whether a value says anything.
fn is_told(value: &Value) -> bool {
    !value.is_null() && *value != Value::Bool(false)
}

/// A value in words.
pub(super) fn value_words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Bool(true) => text("yes", "是").in_(lang).to_owned(),
        Value::Bool(false) => text("no", "否").in_(lang).to_owned(),
        Value::Link(link) if !link.label.is_empty() => format!("{}, {}", link.label, link.code),
        other => show::full(other, lang).replace('\n', " "),
    }
}

/// A cell of a list in words; a change with its sign as a word, which is not heard else.
pub(super) fn cell_words(value: &Value, is_change: bool, lang: Lang) -> String {
    match value {
        Value::Points(n) if is_change && *n < 0 => {
            format!("{} {}", text("down", "下降").in_(lang), show::points(-n))
        }
        Value::Points(n) if is_change && *n > 0 => {
            format!("{} {}", text("up", "上升").in_(lang), show::points(*n))
        }
        other => value_words(other, lang),
    }
}

const FIELD: Text = text("{label}: {value}", "{label}：{value}");
const LAST: Text = text("Last change: {at} by {actor}, {act}.", "最近变更：{at}，{actor}，{act}。");
const RELATED: Text = text("{many}, {n}:", "{many}，{n} 条：");
const MORE_RELATED: Text = text("{n} more: l {plural} lists all.", "还有 {n} 条：用 l {plural} 列出全部。");
const ARCHIVED: Text = text("{code} archived; u brings it back.", "{code} 已归档；输入 u 可撤销。");
const BROUGHT_BACK: Text = text("{code} is in use again.", "{code} 已恢复使用。");
