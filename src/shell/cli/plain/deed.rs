//! What one does with the open contract or review: what is possible, or one of it, a field a question.

use super::card::value_words;
use super::{Session, commands};
use crate::domain::deed::Deed;
use crate::domain::list::ClosedList as _;
use crate::entity::input;
use crate::entity::{Meta, Shape, Value};
use crate::register::deed::{self, Doing};
use crate::register::{Act, Edit, Refusal, code_of};
use crate::shell::cli::stop::Stop;
use crate::texts::{Sentence, Text, text};

impl Session<'_> {
    /// Tells what can be done with the open contract, or does what is named.
    pub(super) fn deed(&mut self, rest: &str) -> Result<(), Stop> {
        let at = self.here()?;
        let Some(subject) = deed::subject(at.kind) else {
            return Err(Stop::Usage(NOTHING_TO_ACT_ON.into()));
        };
        let named = commands::folded(rest.trim(), &self.desk.board);
        let Some(what) = Deed::of(subject).find(|deed| deed.key() == named) else {
            return self.command_line(&[at.kind.table().word, "actions", &code_of(at)]);
        };
        let mut store = self.desk.store()?;
        let (record, reading) = (store.record(at)?, self.desk.reading(&store)?);
        if let Some(why) = store.why_not(&record, what) {
            return Err(Stop::Refused(Refusal::Rule(why)));
        }
        let actor = self.desk.opening.actor.clone();
        let begins = deed::begins(&record, what, Doing { today: store.today(), actor: &actor });
        self.tell(STOPS)?;
        let mut given = Vec::new();
        for ((field, meta), begun) in deed::fields(what).iter().zip(begins) {
            let price = || deed::price_of(&record, what, &given, store.today());
            let begun = if meta.key == deed::PRICE { price().unwrap_or(begun) } else { begun };
            let Some(new) = self.ask_of_deed(meta, &begun, &reading)? else { return self.tell(NOTHING_DONE) };
            given.push(Edit { field: *field, seen: None, new });
        }
        let Some(why) = self.ask(WHY.in_(self.lang()))? else { return self.tell(NOTHING_DONE) };
        let why = Some(why.trim()).filter(|why| !why.is_empty());
        let mut txn = store.begin(Act::Edit)?;
        txn.deed(at, what, &given, why)?;
        let saved = txn.commit()?;
        let says = deed::done(&store.record(at)?, what, &saved.records, store.today());
        self.tell(Sentence::from(DONE).with("code", code_of(at)).with_sentence("deed", says))?;
        for doubt in saved.doubts {
            self.tell(doubt.sentence)?;
        }
        self.open(at)
    }

    /// Asks for one field of a deed until it can be read; nothing typed is what it begins with. `None`
    /// where nothing of it all is wanted.
    fn ask_of_deed(
        &mut self,
        meta: &Meta,
        begun: &Value,
        reading: &input::Reading,
    ) -> Result<Option<input::Entered>, Stop> {
        let lang = self.lang();
        let mut prompt = meta.label.in_(lang).to_owned();
        if !begun.is_null() {
            let value = value_words(begun, lang);
            prompt.push_str(&text(", else {value}", "，默认 {value}").fill(lang, &[("value", &value)]));
        }
        if let Shape::Choice(list) = meta.shape {
            let words = list.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ");
            prompt.push_str(&format!(" ({words})"));
        }
        prompt.push_str(text(": ", "：").in_(lang));
        loop {
            let Some(line) = self.ask(&prompt)? else { return Ok(None) };
            let typed = match line.trim() {
                "." => return Ok(None),
                "" if meta.required && begun.is_null() => {
                    self.tell(NEEDED)?;
                    continue;
                }
                "" => return Ok(Some(input::Entered::Value(begun.clone()))),
                "-" => "",
                other => other,
            };
            match input::read(meta, typed, reading) {
                Ok(entered) => return Ok(Some(entered)),
                Err(wrong) => self.tell(wrong)?,
            }
        }
    }
}

const NOTHING_TO_ACT_ON: Text = text("Open a contract or a review first.", "请先打开一份合同或考核。");
const STOPS: Text = text(
    "Empty takes what is offered, - leaves it blank, . leaves without doing it.",
    "留空采用默认值，- 表示空白，. 放弃。",
);
const WHY: Text = text("Why: ", "理由：");
const NEEDED: Text = text("This is needed.", "此项必填。");
const NOTHING_DONE: Text = text("Nothing was changed.", "未作更改。");
const DONE: Text = text("{code}: {deed}; u undoes it.", "{code}：{deed}；输入 u 可撤销。");
