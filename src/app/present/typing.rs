//! What is typed in a meeting: a measured value, a note, an ask, a decision, who is present.
//!
//! Every key is kept beside the register, so that a meeting that is cut off loses no word; only Enter
//! makes a record of it.

use crate::app::action::Action;
use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::present::{Sent, Stage, give, is_measured, keep};
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::action::ActionState;
use crate::domain::list::ClosedList;
use crate::entity::input::{self, Entered};
use crate::entity::{Kind, Shape, Value};
use crate::limits;
use crate::register::meeting::{About, Given, Typing};
use crate::register::{Act, Change, Step, Write};
use crate::texts::{Sentence, Text, text};

impl Stage {
    /// Goes on with what was being typed when the meeting was left.
    pub(super) fn pick_up_typing(&mut self) {
        if let Some(typing) = &self.desk.typing {
            let text = typing.texts.get(typing.field).cloned().unwrap_or_default();
            self.field = TextField::of_at_most(room(typing.about), text);
        }
    }

    /// Writes the text under the cursor where it is kept.
    fn note_typed(&mut self) {
        if let Some(typing) = &mut self.desk.typing
            && let Some(text) = typing.texts.get_mut(typing.field)
        {
            self.field.text().clone_into(text);
        }
    }
}

/// What the fields are called.
#[must_use]
pub fn labels(about: About) -> &'static [Text] {
    match about {
        About::Value => const { &[text("Measured", "实测值")] },
        About::Note => const { &[text("Note", "纪要")] },
        About::Ask => const { &[text("Ask", "要求"), text("Owner", "负责人"), text("Due", "截止")] },
        About::Decision => const { &[text("Decision", "决定")] },
        About::Present => const { &[text("Present", "出席")] },
        About::Rater => const { &[text("Who scores", "评分人")] },
    }
}

const fn room(about: About) -> usize {
    match about {
        About::Note | About::Decision => limits::LONG_CHARS,
        _ => limits::LINE_CHARS,
    }
}

/// Begins to type, with what is there already.
pub(super) fn begin(state: &mut State, about: About) {
    if let Some(why) = super::closed_to(state) {
        return state.message = Some(Message::note(why));
    }
    let Some(stage) = &state.stage else { return };
    let Some(session) = &stage.session else { return };
    let text = match (about, stage.item(), stage.line()) {
        (About::Present, ..) => crate::entity::show::plain(session.meeting.get("attendees")),
        (About::Note, Some(item), _) => item.review.get("summary").as_text().to_owned(),
        (About::Decision, Some(item), _) => item.agenda.get("decision").as_text().to_owned(),
        (About::Decision, None, _) => session.meeting.get("decisions").as_text().to_owned(),
        (About::Value, _, Some(line)) if !is_measured(line) => {
            return state.message = Some(Message::note(RATED));
        }
        (About::Value, ..) if stage.desk.rater.is_some() => String::new(),
        (About::Value, Some(_), Some(line)) => crate::entity::show::plain(line.row.get("raw")),
        (About::Rater | About::Ask, Some(_), _) => String::new(),
        _ => return state.message = Some(Message::note(ON_A_PAGE)),
    };
    if state.masked && matches!(about, About::Note | About::Decision) && !text.is_empty() {
        return state.message = Some(Message::note(words::HIDDEN));
    }
    if about == About::Value && stage.tried.is_none() && !give::may_score(state) {
        return;
    }
    begin_with(state, about, &text);
}

/// Begins to type with this text.
pub(super) fn begin_with(state: &mut State, about: About, text: &str) {
    let Some(stage) = &mut state.stage else { return };
    let mut texts = vec![String::new(); labels(about).len()];
    if let Some(first) = texts.first_mut() {
        text.clone_into(first);
    }
    stage.desk.typing = Some(Typing { about, texts, field: 0 });
    stage.pick_up_typing();
}

/// Takes a key while something is typed.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let action = state.keymap.action(&[Context::Jotting], key);
    let Some(stage) = &mut state.stage else { return };
    match action {
        Some(Action::Dismiss) => stage.desk.typing = None,
        Some(Action::NextField) => step(stage, 1),
        Some(Action::PrevField) => step(stage, -1),
        Some(Action::Jot) => return enter(state, out),
        _ => match stage.field.key(key) {
            Typed::Changed => stage.note_typed(),
            Typed::Moved => return,
            Typed::Full => return state.message = Some(Message::note(FULL)),
            Typed::Passed => return crate::app::overlay::no_action(state, key),
        },
    }
    keep(state, out);
}

/// Takes pasted text.
pub(in crate::app) fn paste(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    let Some(stage) = state.stage.as_mut().filter(|stage| stage.desk.typing.is_some() && !stage.follows)
    else {
        return;
    };
    let _: usize = stage.field.paste_line(text);
    stage.note_typed();
    keep(state, out);
}

fn step(stage: &mut Stage, by: isize) {
    stage.note_typed();
    if let Some(typing) = &mut stage.desk.typing {
        let len = typing.texts.len().max(1);
        typing.field = (typing.field + len).saturating_add_signed(by) % len;
    }
    stage.pick_up_typing();
}

/// Makes a record of what was typed; what cannot be read is said, and stays.
fn enter(state: &mut State, out: &mut Vec<Effect>) {
    let Some(stage) = &mut state.stage else { return };
    stage.note_typed();
    let Some(typing) = stage.desk.typing.clone() else { return };
    let first = typing.texts.first().map(|text| text.trim().to_owned()).unwrap_or_default();
    let done = match typing.about {
        About::Value => return value(state, &first, out),
        About::Ask => return ask(state, &typing, out),
        About::Rater => {
            stage.desk.rater = (!first.is_empty()).then_some(first);
            stage.desk.line = 0;
            None
        }
        About::Note => write_long(stage, Whose::Review, "summary", first),
        About::Decision if stage.item().is_none() => write_long(stage, Whose::Meeting, "decisions", first),
        About::Decision => write_long(stage, Whose::Agenda, "decision", first),
        About::Present => {
            let names = input::split_words(&first);
            let names = if names.is_empty() { Value::Null } else { Value::List(names) };
            set_of(stage, Whose::Meeting, "attendees", names)
        }
    };
    stage.desk.typing = None;
    if let Some(step) = done {
        let change = Change { act: Act::Edit, steps: vec![step] };
        super::send(state, Write::Apply(change), Sent { typed: Some(typing), holds: false }, out);
    }
    keep(state, out);
}

/// Whose field is written.
#[derive(Clone, Copy)]
enum Whose {
    Meeting,
    Agenda,
    Review,
}

fn write_long(stage: &mut Stage, whose: Whose, key: &str, text: String) -> Option<Step> {
    set_of(stage, whose, key, if text.is_empty() { Value::Null } else { Value::Text(text) })
}

fn set_of(stage: &mut Stage, whose: Whose, key: &str, value: Value) -> Option<Step> {
    let page = stage.desk.page;
    let session = stage.session.as_mut()?;
    let record = match whose {
        Whose::Meeting => &mut session.meeting,
        Whose::Agenda => &mut session.items.get_mut(page)?.agenda,
        Whose::Review => &mut session.items.get_mut(page)?.review,
    };
    give::set(record, key, value)
}

/// A measured value in the unit of its KPI.
fn value(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    let raw = Kind::ReviewRow.table().fields.iter().find(|meta| meta.key == "raw");
    let reading = state.reading();
    let read = raw.map(|meta| input::read(meta, typed.trim_end_matches('%').trim(), &reading));
    let Some(stage) = &mut state.stage else { return };
    let given = match read {
        Some(Ok(Entered::Value(Value::Decimal(raw)))) => Given::Raw(raw),
        Some(Ok(Entered::Value(Value::Null))) => Given::NotMeasured,
        Some(Err(why)) => return state.message = Some(Message::bad(why)),
        _ => return,
    };
    stage.desk.typing = None;
    give::give(state, given, out);
    keep(state, out);
}

/// What is asked for: a promise with an owner and a day, of this review and of this meeting.
fn ask(state: &mut State, typing: &Typing, out: &mut Vec<Effect>) {
    let reading = state.reading();
    let table = Kind::Action.table();
    let mut fields: Vec<(usize, Entered)> = Vec::new();
    let mut problem = None;
    for (at, (key, text)) in ["title", "owner", "due_on"].into_iter().zip(&typing.texts).enumerate() {
        let Some(field) = table.field(key) else { continue };
        let Some(meta) = table.fields.get(field) else { continue };
        if text.trim().is_empty() {
            if key == "title" {
                problem = Some((at, Sentence::from(SAY_WHAT)));
            }
            continue;
        }
        debug_assert!(matches!(meta.shape, Shape::Line | Shape::Date));
        match input::read(meta, text.trim(), &reading) {
            Ok(entered) => fields.push((field, entered)),
            Err(why) => problem = problem.or(Some((at, why))),
        }
    }
    let Some(stage) = &mut state.stage else { return };
    if let Some((at, why)) = problem {
        if let Some(typing) = &mut stage.desk.typing {
            typing.field = at;
        }
        stage.pick_up_typing();
        return state.message = Some(Message::bad(why));
    }
    let Some(meeting) = stage.at() else { return };
    let Some(item) = stage.item() else { return };
    let vendor = item.review.get("vendor").clone();
    let links = [
        ("vendor", vendor),
        ("review", give::link(item.review.at)),
        ("meeting", give::link(meeting)),
        ("state", Value::Choice(ActionState::Open.choice())),
    ];
    for (key, value) in links {
        fields.extend(table.field(key).map(|field| (field, Entered::Value(value))));
    }
    stage.desk.typing = None;
    let steps = vec![Step::Insert { kind: Kind::Action, fields, reason: None }];
    let sent = Sent { typed: Some(typing.clone()), holds: false };
    super::send(state, Write::Apply(Change { act: Act::Add, steps }), sent, out);
    keep(state, out);
}

const ON_A_PAGE: Text = text("Go to the page of a vendor first.", "请先转到某家供应商的页面。");
const RATED: Text = text("This criterion is rated: press 0 to 5.", "该指标为评级：请按 0 至 5。");
const SAY_WHAT: Text = text("Say what is asked for.", "请填写要求的内容。");
const FULL: Text = text("The field is full.", "输入框已满。");
