//! What leaves by the clipboard: a menu of what of a record can be copied, and what became of it.

use crate::app::action::Action;
use crate::app::browse::{loaded, needed};
use crate::app::finder::contact_line;
use crate::app::marks::chosen;
use crate::app::state::{Menu, MenuDoes, MenuItem, Message, Overlay, State};
use crate::app::{Effect, words};
use crate::entity::{Kind, Record, Shape, show};
use crate::register::{Card, Row};
use crate::texts::{Lang, Sentence, Text, text};

/// By which way a text gets to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// OSC 52, to the terminal itself.
    Terminal,
    /// OSC 52, to tmux and through it.
    Tmux,
    /// None: it is longer than terminals take.
    TooLong,
    /// None from here: it is shown, to be selected.
    None,
}

/// What of a record is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Where the file is, or the link.
    Target,
    /// The rows that are marked, one a line.
    Marked,
    /// Its row as the list shows it, with tabs between the cells.
    Row,
    /// Its name.
    Name,
    /// Who to call.
    Contact,
    /// Its code.
    Code,
    /// Its fields in Markdown.
    Markdown,
}

impl Part {
    const ALL: [(Self, Text); 5] = [
        (Self::Row, text("the row, with tabs", "整行，以制表符分隔")),
        (Self::Name, text("the name", "名称")),
        (Self::Contact, text("who to call", "联系方式")),
        (Self::Code, text("the code", "编号")),
        (Self::Markdown, text("all of it, in Markdown", "全部内容，Markdown")),
    ];
}

/// Opens the menu for the record under the cursor, as soon as that is loaded.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    if needed(state, Action::Copy, out).is_none() {
        return;
    }
    let is_file = state.selected().is_some_and(|at| at.kind == Kind::File);
    let target = (Part::Target, text("the path or link", "路径或链接"));
    let marked = (Part::Marked, text("the marked rows, with tabs", "已标记的行，以制表符分隔"));
    let parts = chosen(state).map(|_| marked).into_iter().chain(is_file.then_some(target)).chain(Part::ALL);
    let item =
        |(part, label): (Part, Text)| MenuItem { label: label.into(), does: MenuDoes::Copy(part), off: None };
    let items = parts.map(item).collect();
    state.overlay = Some(Overlay::Menu(Menu { title: text("Copy", "复制"), items, cursor: 0 }));
}

/// Copies a part of the record under the cursor.
pub(super) fn part(state: &mut State, part: Part, out: &mut Vec<Effect>) {
    let Some(record) = loaded(state) else {
        state.message = Some(Message::note(words::NOT_LOADED));
        return;
    };
    let row = state.list().and_then(|list| list.selected());
    let text = match part {
        Part::Marked => match marked_rows(state) {
            Some(rows) => rows,
            None => return state.message = Some(Message::note(words::NOT_ALL_LOADED)),
        },
        Part::Row => row.map_or_else(|| of_record(&record, state.lang), |row| of_row(row, state.lang)),
        Part::Target => record.get("target").as_text().to_owned(),
        Part::Name => record.label(),
        Part::Code => record.code,
        Part::Markdown => markdown(&record, state.lang),
        Part::Contact => match state.selected_card() {
            Some(card) => contact_line(card),
            None => contact_line(&Card { record, related: Vec::new(), dues: Vec::new(), last_event: None }),
        },
    };
    if text.is_empty() {
        state.message = Some(Message::note(words::NOBODY_TO_CALL));
    } else {
        out.push(Effect::Copy(text));
    }
}

/// The marked rows, in the order of the list; `None` where some of them are not loaded.
fn marked_rows(state: &State) -> Option<String> {
    let list = state.list()?;
    let rows = list.page.rows.iter().filter(|row| list.marks.holds(row.at.id));
    let rows: Vec<String> = rows.map(|row| of_row(row, state.lang)).collect();
    (rows.len() == list.marks.count()).then(|| rows.join("\n"))
}

/// The cells of a row, the code first.
fn of_row(row: &Row, lang: Lang) -> String {
    let cells = row.cells.iter().map(|value| flat(&show::full(value, lang)));
    std::iter::once(row.code.clone()).chain(cells).collect::<Vec<_>>().join("\t")
}

/// What a list would show of a record, as far as it is entered and not worked out.
fn of_record(record: &Record, lang: Lang) -> String {
    let fields = record.table().fields.iter().zip(&record.values).filter(|(meta, _)| meta.width > 0);
    let cells = fields.map(|(_, value)| flat(&show::full(value, lang)));
    std::iter::once(record.code.clone()).chain(cells).collect::<Vec<_>>().join("\t")
}

/// A text without what would part it into cells or rows.
fn flat(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}

/// A heading, the fields that are filled, and long texts below them.
fn markdown(record: &Record, lang: Lang) -> String {
    let mut out = format!("## {} ({})\n\n", flat(&record.label()), record.code);
    let filled = record.table().fields.iter().zip(&record.values);
    let filled = filled.filter(|(meta, value)| !meta.hidden && !value.is_null());
    let (long, short): (Vec<_>, Vec<_>) = filled.partition(|(meta, _)| meta.shape == Shape::Long);
    for (meta, value) in short {
        out.push_str(&format!("- {}: {}\n", meta.label.in_(lang), flat(&show::full(value, lang))));
    }
    for (meta, value) in long {
        out.push_str(&format!("\n### {}\n\n{}\n", meta.label.in_(lang), show::full(value, lang)));
    }
    out
}

/// Says what became of a text that was to be copied.
pub(super) fn told(state: &mut State, text: String, way: Way) {
    state.message = match way {
        Way::Terminal => Some(Message::good(Sentence::from(words::COPIED).with("text", flat(&text)))),
        Way::Tmux => Some(Message::good(Sentence::from(words::COPIED_TMUX).with("text", flat(&text)))),
        Way::TooLong => {
            let sentence = Sentence::from(words::TOO_LONG_TO_COPY).with("bytes", text.len());
            let most = crate::limits::CLIPBOARD_BYTES;
            Some(Message::bad(sentence.with("most", most)))
        }
        Way::None => {
            state.overlay = Some(Overlay::Shown(text));
            None
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::Setup;
    use crate::entity::{Ref, Value};

    #[test]
    fn what_is_told_depends_on_the_way() {
        let told = |way| {
            let mut state = State::new(Setup::sample());
            super::told(&mut state, "腾云\tV-0001".to_owned(), way);
            (state.message.map(|message| message.sentence.in_(Lang::En)), state.overlay)
        };
        assert_eq!(told(Way::Terminal).0.as_deref(), Some("Copied by OSC 52: 腾云 V-0001"));
        assert_eq!(told(Way::Tmux).0.as_deref(), Some("Copied by OSC 52 (through tmux): 腾云 V-0001"));
        assert!(told(Way::TooLong).0.is_some_and(|said| said.contains("x writes")));
        assert_eq!(told(Way::None), (None, Some(Overlay::Shown("腾云\tV-0001".to_owned()))));
    }

    #[test]
    fn a_record_is_copied_in_markdown_and_in_one_line() {
        let mut values = (Kind::Vendor.table().blank)();
        let mut set = |key: &str, text: &str| {
            values[Kind::Vendor.table().field(key).unwrap()] = Value::Text(text.to_owned());
        };
        set("name", "腾云数据");
        set("phone", "+86 20 5550 0131");
        set("notes", "First line\nsecond");
        let record = Record {
            at: Ref { kind: Kind::Vendor, id: 1 },
            code: "V-0001".to_owned(),
            version: 1,
            archived_at: None,
            values,
            derived: Vec::new(),
        };
        let written = markdown(&record, Lang::En);
        assert!(written.starts_with("## 腾云数据 (V-0001)\n\n- Name: 腾云数据\n"), "{written}");
        assert!(written.ends_with("\n### Notes\n\nFirst line\nsecond\n"), "{written}");
        assert!(!written.contains("E-mail"), "blanks are left out");
        let line = of_record(&record, Lang::En);
        assert!(line.starts_with("V-0001\t腾云数据\t") && !line.contains('\n'), "{line}");
        assert_eq!(flat("a\tb\nc"), "a b c");
    }
}
