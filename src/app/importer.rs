//! The import of a file: what is seen in it, what is said of it, and only then what is written.
//!
//! Whatever is said of the file, its rows are tried anew behind the screen, and nothing is written
//! before the figures of that were seen. Told of an older wish is dropped.

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::{Context, Keymap};
use crate::app::overlay::no_action;
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::money::{Currency, DecimalMark};
use crate::entity::{Kind, Meta};
use crate::register::import::{About, Done, Job, Judged, Seen, Told, Wish};
use crate::register::{Ticket, Write};
use crate::texts::Sentence;

/// The orders dates may have, by the words of the register's import.
const ORDERS: [&str; 3] = ["ymd", "dmy", "mdy"];

/// The currencies that are offered beside the base; a code in the file itself needs none.
const CURRENCIES: [&str; 12] =
    ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "AUD", "CAD", "CHF", "INR"];

/// The screen of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Importer {
    /// What is wanted.
    pub wish: Wish,
    /// What is in the file; `None` until it was read.
    pub seen: Option<Box<Seen>>,
    /// How far it is.
    pub phase: Phase,
    /// The line under the cursor.
    pub cursor: Line,
    ticket: Ticket,
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// The file is being read.
    Reading,
    /// A question is open.
    Asking,
    /// Its rows are being tried: so many of all.
    Trying(usize, usize),
    /// It can be written.
    Ready(Judged),
    /// It is being written: so many of all.
    Writing(usize, usize),
    /// It was written.
    Done(Box<Done>),
    /// It cannot be read, or was not written.
    Failed(Sentence),
}

/// One line of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// What the rows are.
    Kind,
    /// The sheet.
    Sheet,
    /// The encoding.
    Encoding,
    /// The order of dates.
    Dates,
    /// The mark before decimals.
    Decimal,
    /// The currency of bare amounts.
    Currency,
    /// What a column fills.
    Column(usize),
    /// The word to write it.
    Write,
}

impl Importer {
    /// The lines there are, in their order.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Kind];
        if let Some(seen) = &self.seen {
            let about = seen.question.as_ref().map(|question| &question.about);
            let is_encoding = matches!(about, Some(About::Encoding(_)));
            let optional = [
                (Line::Sheet, seen.sheets.len() > 1),
                (Line::Encoding, is_encoding || self.wish.encoding.is_some()),
                (Line::Dates, seen.has.dates),
                (Line::Decimal, seen.has.amounts),
                (Line::Currency, seen.has.bare_amounts),
            ];
            lines.extend(optional.into_iter().filter(|(_, is_there)| *is_there).map(|(line, _)| line));
            lines.extend((0..seen.columns.len()).map(Line::Column));
        }
        lines.push(Line::Write);
        lines
    }

    /// Whether the open question is about this line.
    #[must_use]
    pub fn is_asked(&self, line: Line) -> bool {
        let question = self.seen.as_ref().and_then(|seen| seen.question.as_ref());
        match (question.map(|question| &question.about), line) {
            (Some(About::Encoding(_)), Line::Encoding)
            | (Some(About::Dates(_)), Line::Dates)
            | (Some(About::Decimal), Line::Decimal)
            | (Some(About::Currency(_)), Line::Currency) => true,
            (Some(About::Columns(columns)), Line::Column(at)) => columns.contains(&at),
            _ => false,
        }
    }

    /// What the rows are taken for.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.wish.kind.or(self.seen.as_ref().map(|seen| seen.kind))
    }

    /// The fields a column may fill.
    pub fn fields(&self) -> impl Iterator<Item = &'static Meta> {
        let fields = self.kind().map_or(&[][..], |kind| kind.table().fields.as_slice());
        fields.iter().filter(|meta| !meta.hidden)
    }

    /// Whether it is being written.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        matches!(self.phase, Phase::Writing(..))
    }

    /// Whether a key was typed ahead of what it acts on: of the file, which is not read yet, or of
    /// the figures, which are not there yet.
    #[must_use]
    pub fn must_wait(&self, keymap: &Keymap, key: Key) -> bool {
        match (&self.phase, keymap.action(&[Context::Import], key)) {
            (_, None | Some(Action::Dismiss)) => false,
            (Phase::Reading, _) | (Phase::Trying(..), Some(Action::Save)) => true,
            (Phase::Trying(..), Some(Action::Choose)) => self.cursor == Line::Write,
            _ => false,
        }
    }

    fn step(&mut self, by: i64) {
        let lines = self.lines();
        let now = lines.iter().position(|line| *line == self.cursor).unwrap_or(0);
        let last = lines.len().saturating_sub(1);
        let to = usize::try_from((now as u64).saturating_add_signed(by)).unwrap_or(last).min(last);
        self.cursor = lines.get(to).copied().unwrap_or(Line::Kind);
    }

    /// Says the next of what may be said in the line under the cursor, or the one before.
    fn turn(&mut self, by: isize, base: Currency) {
        let Some(seen) = &self.seen else { return };
        match self.cursor {
            Line::Kind => {
                let kinds: Vec<Kind> =
                    Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Setting).collect();
                self.wish.kind = next(&kinds, self.kind(), by);
                self.wish.uses.clear();
            }
            Line::Sheet => {
                let sheets: Vec<usize> = (0..seen.sheets.len()).collect();
                self.wish.sheet = next(&sheets, Some(seen.sheet), by);
                // Another sheet has other columns, and may hold records of another kind.
                self.wish = Wish { kind: None, uses: std::collections::BTreeMap::new(), ..self.wish.clone() };
            }
            Line::Encoding => {
                let about = seen.question.as_ref().map(|question| &question.about);
                let words = match about {
                    Some(About::Encoding(words)) => words.clone(),
                    _ => self.wish.encoding.into_iter().collect(),
                };
                self.wish.encoding = next(&words, self.wish.encoding, by);
            }
            Line::Dates => {
                let words = match seen.question.as_ref().map(|question| &question.about) {
                    Some(About::Dates(words)) => words.clone(),
                    _ => ORDERS.to_vec(),
                };
                self.wish.dates = next(&words, self.wish.dates.or(seen.dates), by);
            }
            Line::Decimal => {
                // Where it is asked, the first answer is one, too.
                let is_asked = self.is_asked(Line::Decimal);
                let said = self.wish.decimal.or((!is_asked).then(DecimalMark::default));
                self.wish.decimal = next(&DecimalMark::ALL, said, by);
            }
            Line::Currency => {
                let about = seen.question.as_ref().map(|question| &question.about);
                let (codes, said) = match about {
                    Some(About::Currency(codes)) => (codes.as_slice(), self.wish.currency),
                    _ => (&CURRENCIES[..], self.wish.currency.or(Some(base))),
                };
                let mut all: Vec<Currency> =
                    codes.iter().filter_map(|code| Currency::from_code(code)).collect();
                if !matches!(about, Some(About::Currency(_))) && !all.contains(&base) {
                    all.insert(0, base);
                }
                self.wish.currency = next(&all, said, by);
            }
            Line::Column(at) => self.turn_column(at, by),
            Line::Write => {}
        }
    }

    /// Another field for a column: one that no other column fills, or none.
    fn turn_column(&mut self, at: usize, by: isize) {
        let fields: Vec<&'static str> = self.fields().map(|meta| meta.key).collect();
        let Some(seen) = &mut self.seen else { return };
        let others: Vec<&str> = seen
            .columns
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .filter_map(|(_, column)| column.fills)
            .collect();
        let free = fields.into_iter().filter(|key| !others.contains(key)).map(Some);
        let all: Vec<Option<&'static str>> = std::iter::once(None).chain(free).collect();
        let Some(column) = seen.columns.get_mut(at) else { return };
        if let Some(fills) = next(&all, Some(column.fills), by) {
            column.fills = fills;
            self.wish.uses.insert(at, fills);
        }
    }
}

/// The choice `by` places from the one that stands; the first where none does.
fn next<T: Copy + PartialEq>(all: &[T], now: Option<T>, by: isize) -> Option<T> {
    let len = all.len();
    let at = now.and_then(|now| all.iter().position(|one| *one == now));
    let to = at.map_or(Some(0), |at| (at + len).checked_add_signed(by)?.checked_rem(len))?;
    all.get(to).copied()
}

/// `:import FILE`: opens the screen and has the file read.
pub(super) fn open(state: &mut State, path: &str, out: &mut Vec<Effect>) {
    if path.is_empty() {
        state.message = Some(Message::note(words::NAME_A_FILE));
    } else if state.read_only {
        state.message = Some(Message::bad(words::READ_ONLY));
    } else if state.importing.is_some() {
        state.message = Some(Message::note(words::STILL_IMPORTING));
    } else {
        let wish = Wish::of(path, state.lang);
        let ticket = state.ticket();
        out.push(Effect::Import(ticket, Job::Try(wish.clone())));
        let (phase, cursor) = (Phase::Reading, Line::Write);
        state.importer = Some(Importer { wish, seen: None, phase, cursor, ticket });
    }
}

/// Takes a key while an import is open.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Import], key) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of the screen.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = i64::from(state.size.list_rows());
    let Some(importer) = &mut state.importer else { return };
    match action {
        Action::Down => importer.step(1),
        Action::Up => importer.step(-1),
        Action::PageDown => importer.step(page),
        Action::PageUp => importer.step(-page),
        Action::First => importer.step(i64::MIN),
        Action::Last => importer.step(i64::MAX),
        Action::PrevWord => say(state, -1, out),
        Action::Choose if importer.cursor == Line::Write => write(state, out),
        Action::NextWord | Action::Choose => say(state, 1, out),
        Action::Save => write(state, out),
        Action::Undo if matches!(importer.phase, Phase::Done(_)) => {
            leave(state, out);
            let _ = state.write(Write::Undo, None, out);
        }
        Action::Dismiss => leave(state, out),
        _ => {
            let sentence = Sentence::from(words::ELSEWHERE).with("word", action.spec().word);
            state.message = Some(Message::note(sentence));
        }
    }
}

/// Says something else of the file, whose rows are then tried anew.
fn say(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    let (base, lang) = (state.base_currency, state.lang);
    let ticket = state.ticket();
    let Some(importer) = &mut state.importer else { return };
    if matches!(importer.phase, Phase::Reading | Phase::Writing(..) | Phase::Done(_)) {
        return;
    }
    let before = importer.wish.clone();
    importer.turn(by, base);
    if importer.wish == before {
        return;
    }
    importer.wish.lang = lang;
    importer.ticket = ticket;
    importer.phase = Phase::Reading;
    out.push(Effect::Import(ticket, Job::Try(importer.wish.clone())));
}

/// Writes what was tried and seen.
fn write(state: &mut State, out: &mut Vec<Effect>) {
    let ticket = state.ticket();
    let Some(importer) = &mut state.importer else { return };
    state.message = match &importer.phase {
        Phase::Ready(judged) if judged.imported + judged.changed == 0 => {
            Some(Message::note(words::NOTHING_TO_IMPORT))
        }
        Phase::Ready(judged) => {
            let all = judged.read;
            importer.ticket = ticket;
            importer.phase = Phase::Writing(0, all);
            out.push(Effect::Import(ticket, Job::Write(importer.wish.clone())));
            None
        }
        Phase::Done(_) => {
            leave(state, out);
            None
        }
        Phase::Asking => {
            let seen = importer.seen.as_ref().and_then(|seen| seen.question.as_ref());
            seen.map(|question| Message::bad(question.sentence.clone()))
        }
        Phase::Failed(why) => Some(Message::bad(why.clone())),
        Phase::Reading | Phase::Trying(..) => Some(Message::note(words::STILL_TRYING)),
        Phase::Writing(..) => Some(Message::note(words::STILL_IMPORTING)),
    };
}

/// Closes the screen. What is being written goes on, and is told of when it is done.
fn leave(state: &mut State, out: &mut Vec<Effect>) {
    let Some(importer) = &mut state.importer else { return };
    if importer.is_writing() {
        state.message = Some(Message::note(words::IMPORT_GOES_ON));
        state.importing = Some(importer.ticket);
        state.importer = None;
        return;
    }
    let ticket = state.ticket();
    out.push(Effect::Import(ticket, Job::Forget));
    state.importer = None;
    state.refresh(out);
}

/// Takes what is told of an import.
pub(super) fn told(state: &mut State, ticket: Ticket, told: Told, out: &mut Vec<Effect>) {
    if state.importing == Some(ticket) {
        return told_behind(state, told, out);
    }
    let Some(importer) = state.importer.as_mut().filter(|importer| importer.ticket == ticket) else { return };
    match told {
        Told::Seen(seen) => {
            importer.phase = match seen.question {
                Some(_) => Phase::Asking,
                None => Phase::Trying(0, seen.rows),
            };
            let is_asked = seen.question.is_some();
            importer.seen = Some(seen);
            let lines = importer.lines();
            let first = lines.iter().find(|line| importer.is_asked(**line)).copied();
            if let Some(first) = first.filter(|_| is_asked && !importer.is_asked(importer.cursor)) {
                importer.cursor = first;
            } else if !lines.contains(&importer.cursor) {
                importer.cursor = Line::Write;
            }
        }
        Told::Progress(done, all) => match importer.phase {
            Phase::Trying(..) => importer.phase = Phase::Trying(done, all),
            Phase::Writing(..) => importer.phase = Phase::Writing(done, all),
            _ => {}
        },
        Told::Tried(judged) => importer.phase = Phase::Ready(judged),
        Told::Done(done) => {
            importer.phase = Phase::Done(done);
            importer.cursor = Line::Write;
            state.refresh(out);
        }
        Told::Failed(why) => importer.phase = Phase::Failed(why),
    }
}

/// What is told of an import whose screen was closed while it was written.
fn told_behind(state: &mut State, told: Told, out: &mut Vec<Effect>) {
    match told {
        Told::Done(done) => {
            state.importing = None;
            state.message = Some(Message::good(figures(&done.judged, words::IMPORTED)));
            state.refresh(out);
        }
        Told::Failed(why) => {
            state.importing = None;
            state.message = Some(Message::bad(why));
        }
        Told::Seen(_) | Told::Progress(..) | Told::Tried(_) => {}
    }
}

/// The figures of an import in a sentence.
#[must_use]
pub fn figures(judged: &Judged, text: crate::texts::Text) -> Sentence {
    Sentence::from(text)
        .with("read", judged.read)
        .with("imported", judged.imported)
        .with("changed", judged.changed)
        .with("unchanged", judged.unchanged)
        .with("rejected", judged.rejected)
        .with("vendors", judged.vendors_created)
}
