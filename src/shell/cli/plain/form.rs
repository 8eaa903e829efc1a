//! Adding and editing, a field a question: what it holds, what may be typed, what was wrong.

use std::collections::BTreeMap;

use super::card::value_words;
use super::{Session, commands};
use crate::entity::input::{self, Entered, Reading};
use crate::entity::{Kind, Meta, Ref, Shape, Table, Value};
use crate::register::{Act, Edit, Refusal, code_of};
use crate::shell::cli::stop::Stop;
use crate::texts::{Lang, Sentence, Text, text};

/// What is being typed: the record it changes, or none for a new one.
struct Typing {
    kind: Kind,
    target: Option<Ref>,
    /// What stands in each field so far.
    values: Vec<Value>,
    /// What was typed, by the place of its field: as it is shown, and as it was read.
    typed: BTreeMap<usize, (String, Entered)>,
}

/// How asking ended.
enum Asked {
    /// Something stands in the field.
    Given,
    /// The field stays as it is.
    Kept,
    /// Nothing of it all is wanted.
    Left,
}

impl Typing {
    fn table(&self) -> &'static Table {
        self.kind.table()
    }

    /// The fields that can be typed, with their places.
    fn fields(&self) -> impl Iterator<Item = (usize, &'static Meta)> {
        self.table().fields.iter().enumerate().filter(|(_, meta)| !meta.hidden)
    }

    /// What stands in a field.
    fn shown(&self, field: usize, lang: Lang) -> String {
        match self.typed.get(&field) {
            Some((typed, _)) => typed.clone(),
            None => self.values.get(field).map(|value| value_words(value, lang)).unwrap_or_default(),
        }
    }
}

impl Session<'_> {
    /// Adds a record; to the open one, where its kind belongs there.
    pub(super) fn add(&mut self, rest: &str) -> Result<(), Stop> {
        let kind = self.kind(rest)?;
        let mut typing =
            Typing { kind, target: None, values: (kind.table().blank)(), typed: BTreeMap::new() };
        if let Some(at) = self.trail.last().copied() {
            let link = typing.fields().find(|(_, meta)| meta.parent && meta.shape == Shape::Link(at.kind));
            if let Some((field, _)) = link {
                typing.typed.insert(field, (code_of(at), Entered::Refer(code_of(at))));
            }
        }
        self.tell(STOPS)?;
        let needed: Vec<(usize, &Meta)> = typing.fields().filter(|(_, meta)| meta.required).collect();
        for (field, meta) in needed {
            let is_there = typing.typed.contains_key(&field)
                || typing.values.get(field).is_some_and(|value| !value.is_null());
            while !is_there && !typing.typed.contains_key(&field) {
                if let Asked::Left = self.ask_field(&mut typing, field, meta)? {
                    return self.tell(NOTHING_SAVED);
                }
            }
        }
        self.fill(typing)
    }

    /// Edits the open record: every field by its number, or the one that is named.
    pub(super) fn edit(&mut self, rest: &str) -> Result<(), Stop> {
        let at = self.here()?;
        let values = self.desk.store_to_read()?.record(at)?.values;
        let mut typing = Typing { kind: at.kind, target: Some(at), values, typed: BTreeMap::new() };
        if rest.is_empty() {
            self.tell(STOPS)?;
            return self.fill(typing);
        }
        let (field, meta) = self.field(&typing, rest)?;
        match self.ask_field(&mut typing, field, meta)? {
            Asked::Given => self.save(&typing).map(|_| ()),
            Asked::Kept | Asked::Left => self.tell(NOTHING_SAVED),
        }
    }

    /// Asks for fields by their numbers until nothing is named, then saves.
    fn fill(&mut self, mut typing: Typing) -> Result<(), Stop> {
        self.tell_fields(&typing)?;
        loop {
            let prompt = FIELD_OR_SAVE.in_(self.lang());
            let Some(line) = self.ask(prompt)? else { return self.tell(NOTHING_SAVED) };
            match line.trim() {
                "." => return self.tell(NOTHING_SAVED),
                "" => {
                    if self.save(&typing)? {
                        return Ok(());
                    }
                }
                named => match self.field(&typing, named) {
                    Ok((field, meta)) => {
                        if let Asked::Left = self.ask_field(&mut typing, field, meta)? {
                            return self.tell(NOTHING_SAVED);
                        }
                    }
                    Err(stop) => self.refuse(&stop)?,
                },
            }
        }
    }

    /// Every field with its number and what stands in it.
    fn tell_fields(&mut self, typing: &Typing) -> Result<(), Stop> {
        let lang = self.lang();
        for (nth, (field, meta)) in typing.fields().enumerate() {
            let needed = if meta.required { NEEDED.in_(lang) } else { "" };
            let line = format!("{} {}{needed}: {}", nth + 1, meta.label.in_(lang), typing.shown(field, lang));
            self.say(line.trim_end())?;
        }
        Ok(())
    }

    /// The field of a number, a key or a label.
    fn field(&self, typing: &Typing, named: &str) -> Result<(usize, &'static Meta), Stop> {
        let lang = self.lang();
        let named = commands::folded(named, &self.desk.board);
        let number = named.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let mut fields = typing.fields();
        let found = match number {
            Some(nth) => fields.nth(nth),
            None => {
                fields.find(|(_, meta)| meta.key == named || meta.label.in_(lang).to_lowercase() == named)
            }
        };
        found.ok_or_else(|| {
            Stop::Usage(Sentence::from(NO_FIELD).with("last", typing.fields().count()).with("named", named))
        })
    }

    /// Asks for one field until what is typed can be read.
    fn ask_field(&mut self, typing: &mut Typing, field: usize, meta: &Meta) -> Result<Asked, Stop> {
        let lang = self.lang();
        let prompt = prompt(typing, field, meta, lang);
        loop {
            let Some(line) = self.ask(&prompt)? else { return Ok(Asked::Left) };
            let text = match line.trim() {
                "." => return Ok(Asked::Left),
                "" => return Ok(Asked::Kept),
                "-" => String::new(),
                _ if meta.shape == Shape::Long => self.long(line)?,
                _ => line,
            };
            let store = self.desk.store_to_read()?;
            let reading: Reading = self.desk.reading(&store)?;
            match input::read(meta, &text, &reading) {
                Ok(entered) => {
                    typing.typed.insert(field, (text.replace('\n', " "), entered));
                    return Ok(Asked::Given);
                }
                Err(wrong) => self.tell(wrong)?,
            }
        }
    }

    /// The rest of a long text, up to a line that is empty.
    fn long(&mut self, first: String) -> Result<String, Stop> {
        let mut text = first;
        loop {
            let prompt = GO_ON.in_(self.lang());
            match self.ask(prompt)?.filter(|line| !line.is_empty()) {
                Some(line) => {
                    text.push('\n');
                    text.push_str(&line);
                }
                None => return Ok(text),
            }
        }
    }

    /// Writes what was typed as one change. Whether it was; where it was not, what is wrong is told
    /// and nothing is lost.
    fn save(&mut self, typing: &Typing) -> Result<bool, Stop> {
        if typing.typed.is_empty() {
            self.tell(NOTHING_SAVED)?;
            return Ok(true);
        }
        let reason = self.reason(typing)?;
        match self.write(typing, reason.as_deref()) {
            Ok(at) => {
                self.tell(Sentence::from(SAVED).with("code", code_of(at)))?;
                self.open(at)?;
                Ok(true)
            }
            Err(Stop::Refused(Refusal::Invalid(problems))) => {
                for problem in problems {
                    let meta = typing.table().fields.iter().find(|meta| meta.key == problem.field);
                    let label = meta.map_or("", |meta| meta.label.in_(self.lang()));
                    let line = format!("{label}: {}", problem.sentence.in_(self.lang()));
                    self.say(line.trim_start_matches([':', ' ']))?;
                }
                self.tell(NOT_YET)?;
                Ok(false)
            }
            Err(other) => Err(other),
        }
    }

    /// Why a record goes into another state, if it does and the user says.
    fn reason(&mut self, typing: &Typing) -> Result<Option<String>, Stop> {
        let Some(moves) = typing.table().moves else { return Ok(None) };
        let moved =
            typing.fields().any(|(field, meta)| meta.key == moves.field && typing.typed.contains_key(&field));
        if typing.target.is_none() || !moved {
            return Ok(None);
        }
        let prompt = WHY.in_(self.lang());
        Ok(self.ask(prompt)?.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty()))
    }

    fn write(&mut self, typing: &Typing, reason: Option<&str>) -> Result<Ref, Stop> {
        let mut store = self.desk.store()?;
        let typed = typing.typed.iter();
        let (at, saved) = match typing.target {
            None => {
                let fields: Vec<(usize, Entered)> =
                    typed.map(|(field, (_, entered))| (*field, entered.clone())).collect();
                let mut txn = store.begin(Act::Add)?;
                let at = txn.add(typing.kind, &fields, reason)?;
                (at, txn.commit()?)
            }
            Some(at) => {
                let edit = |(field, (_, new)): (&usize, &(String, Entered))| Edit {
                    field: *field,
                    seen: typing.values.get(*field).cloned(),
                    new: new.clone(),
                };
                let edits: Vec<Edit> = typed.map(edit).collect();
                let mut txn = store.begin(Act::Edit)?;
                txn.update(at, &edits, reason, None)?;
                (at, txn.commit()?)
            }
        };
        for doubt in saved.doubts {
            let doubt_words = Sentence::from(DOUBT).with("field", doubt.field);
            self.tell(doubt_words.with_sentence("doubt", doubt.sentence))?;
        }
        Ok(at)
    }
}

/// The question for a field: what it is, what it holds, what may be typed.
fn prompt(typing: &Typing, field: usize, meta: &Meta, lang: Lang) -> String {
    let mut prompt = meta.label.in_(lang).to_owned();
    let shown = typing.shown(field, lang);
    if !shown.is_empty() {
        prompt.push_str(&text(", now {value}", "，现为 {value}").fill(lang, &[("value", &shown)]));
    }
    let words = match meta.shape {
        Shape::Choice(list) | Shape::Choices(list) => {
            Some(list.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", "))
        }
        _ => meta.hint.map(|hint| hint.in_(lang).to_owned()),
    };
    if let Some(words) = words {
        prompt.push_str(&format!(" ({words})"));
    }
    prompt + text(": ", "：").in_(lang)
}

const STOPS: Text = text(
    "Empty keeps what a field holds, - makes it blank, . leaves without saving.",
    "留空则保留原值，- 清空该项，. 放弃且不保存。",
);
const FIELD_OR_SAVE: Text = text("Field (number or name, empty saves): ", "字段（数字或名称，留空则保存）：");
const NEEDED: Text = text(", needed", "，必填");
const NO_FIELD: Text =
    text("There is no field “{named}”; numbers go to {last}.", "没有字段“{named}”；数字最大为 {last}。");
const GO_ON: Text = text("and on (empty ends): ", "续行（空行结束）：");
const NOTHING_SAVED: Text = text("Nothing was changed.", "未作更改。");
const NOT_YET: Text = text("Nothing is saved yet.", "尚未保存。");
const SAVED: Text = text("{code} saved; u undoes it.", "{code} 已保存；输入 u 可撤销。");
const WHY: Text = text("Why (empty for no reason): ", "原因（可留空）：");
const DOUBT: Text = text("{field}: {doubt}", "{field}：{doubt}");
