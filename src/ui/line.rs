//! A screen with room for one line only: what is said, what is typed, else what is selected.
//!
//! Whatever takes keys is seen here, so nothing is ever typed into what nobody sees.

use crate::app::bulk::lines;
use crate::app::erasing::{Erasing, Stage};
use crate::app::form::{Form, is_typed, offer, shown};
use crate::app::mask::MASK;
use crate::app::money::MoneyPane;
use crate::app::present::{Stage as MeetingStage, labels};
use crate::app::settings::{self as of_settings, Settings};
use crate::app::state::{Overlay, Place, State};
use crate::app::welcome::WAYS;
use crate::domain::money::Money;
use crate::entity::show;
use crate::register::code_of;
use crate::register::money::words;
use crate::texts::{Lang, text};
use crate::ui::erasing::{self, TYPE_CODE, TYPE_COUNT};
use crate::ui::form::around_cursor;
use crate::ui::pen::Pen;
use crate::ui::settings;
use crate::ui::theme::{Role, role_of};
use crate::ui::{Caret, bulk, clauses, levels, present, proposal, standing};

/// Draws the line. The caret is where text is typed.
pub fn draw(state: &State, pen: &mut Pen) -> Caret {
    let (x, y, most) = (pen.area.x, pen.area.y, pen.area.width);
    if let Some(message) = &state.message {
        pen.put(x, y, most, &message.sentence.in_(state.lang), role_of(message.tone));
        return None;
    }
    match line(state, pen) {
        Line::Says(says) => {
            pen.put(x, y, most, &says, Role::Text);
            None
        }
        Line::Typed { label, text, cursor, behind } => {
            let start = pen.put(x, y, most, &label, Role::Muted);
            let room = pen.area.right().saturating_sub(start);
            let (seen, across) = around_cursor(&text, cursor, room, pen.measure);
            let end = pen.put(start, y, room, &seen, Role::Strong) + 2;
            pen.put(end, y, pen.area.right().saturating_sub(end), &behind, Role::Muted);
            Some(((start + across).min(pen.area.right().saturating_sub(1)), y))
        }
    }
}

enum Line {
    /// What there is to read.
    Says(String),
    /// Where one types: what is asked, the text, the byte of the cursor, and what follows from it.
    Typed { label: String, text: String, cursor: usize, behind: String },
}

fn line(state: &State, pen: &Pen) -> Line {
    let choice = pen.signs.choice;
    let lang = state.lang;
    let named = |title: &str, word: &str| Line::Says(format!("{title}: {word}"));
    match &state.overlay {
        Some(Overlay::Find(finder)) => Line::Typed {
            label: format!("{} ", pen.signs.cursor),
            text: finder.field.text().to_owned(),
            cursor: finder.field.before_cursor().len(),
            behind: finder
                .hit()
                .map(|hit| format!("{choice} {}  {}", hit.title, hit.code))
                .unwrap_or_default(),
        },
        Some(Overlay::Command(command)) => Line::Typed {
            label: ":".to_owned(),
            text: command.field.text().to_owned(),
            cursor: command.field.before_cursor().len(),
            behind: String::new(),
        },
        Some(Overlay::Help(help)) => Line::Typed {
            label: "? ".to_owned(),
            text: help.field.text().to_owned(),
            cursor: help.field.before_cursor().len(),
            behind: help
                .entry(&state.keymap)
                .map(|entry| format!("{choice} {}", entry.spec.says.in_(lang)))
                .unwrap_or_default(),
        },
        Some(Overlay::Menu(menu)) => {
            let item = menu.items.get(menu.cursor).map(|item| item.label.in_(lang)).unwrap_or_default();
            named(menu.title.in_(lang), &item)
        }
        Some(Overlay::Columns(pane)) => {
            let column = pane.lines.get(pane.cursor).map(|(column, _)| *column);
            let label = column.map_or("", |column| pane.kind.table().head(column).label.in_(lang));
            named(text("Columns", "列").in_(lang), label)
        }
        Some(Overlay::Views(pane)) => match &pane.naming {
            Some((name, _)) => Line::Typed {
                label: text("View: ", "视图：").in_(lang).to_owned(),
                text: name.text().to_owned(),
                cursor: name.before_cursor().len(),
                behind: String::new(),
            },
            None => {
                let views = state.views.of(pane.kind, lang);
                let name = views.get(pane.cursor).map_or("", |view| view.name.as_str());
                named(text("Views", "视图").in_(lang), name)
            }
        },
        Some(Overlay::Drafts(drafts)) => {
            let draft = state.drafts.get(drafts.cursor).map(|draft| offer::line(draft, lang));
            named(offer::TITLE.in_(lang), &draft.unwrap_or_default())
        }
        Some(Overlay::Problems(problems)) => {
            let said =
                problems.finding().map(|finding| format!("{}  {}", finding.code, finding.sentence.in_(lang)));
            named(text("Problems", "问题").in_(lang), &said.unwrap_or_default())
        }
        Some(Overlay::Money(pane)) => money(pane, lang),
        Some(Overlay::Settings(pane)) => setting(state, pane, choice),
        Some(Overlay::Erase(asked)) => erased(asked, lang),
        Some(overlay @ (Overlay::Confirm(_) | Overlay::Misfits(_) | Overlay::Explained(_))) => {
            about_records(overlay, lang)
        }
        Some(Overlay::Clauses(pane)) => match &pane.typing {
            Some(field) => Line::Typed {
                label: text("Article: ", "条号：").in_(lang).to_owned(),
                text: field.text().to_owned(),
                cursor: field.before_cursor().len(),
                behind: String::new(),
            },
            None => named(clauses::TITLE.in_(lang), &clauses::spoken(pane, lang)),
        },
        Some(Overlay::Proposal(pane)) => named(pane.wish.title().in_(lang), &proposal::spoken(pane, lang)),
        Some(Overlay::Standing(pane)) => Line::Says(standing::spoken(pane, lang)),
        Some(Overlay::Levels(pane)) => named(levels::TITLE.in_(lang), &levels::spoken(pane, lang)),
        Some(Overlay::Welcome(welcome)) => match (&welcome.path, WAYS.get(welcome.cursor)) {
            (Some(path), way) => Line::Typed {
                label: format!("{} ", way.and_then(|way| way.asks).map_or("", |asks| asks.in_(lang))),
                text: path.text().to_owned(),
                cursor: path.before_cursor().len(),
                behind: String::new(),
            },
            (None, way) => Line::Says(way.map_or("", |way| way.title.in_(lang)).to_owned()),
        },
        Some(Overlay::Shown(text)) => Line::Says(text.clone()),
        None => match &state.form {
            Some(form) => field(state, form, pen),
            None => match &state.importer {
                Some(importer) => named(text("Import", "导入").in_(lang), &importer.wish.path),
                None => match &state.stage {
                    Some(stage) => meeting(stage, lang),
                    None => place(state, pen),
                },
            },
        },
    }
}

/// The page of a meeting, or what is typed there.
fn meeting(stage: &MeetingStage, lang: Lang) -> Line {
    let Some(typing) = &stage.desk.typing else { return Line::Says(present::spoken(stage, lang)) };
    let label = labels(typing.about).get(typing.field).map_or("", |label| label.in_(lang));
    Line::Typed {
        label: format!("{label} "),
        text: stage.field.text().to_owned(),
        cursor: stage.field.before_cursor().len(),
        behind: String::new(),
    }
}

/// The month under the cursor with its forecast.
fn money(pane: &MoneyPane, lang: Lang) -> Line {
    let month = pane.account.as_ref().and_then(|account| {
        let month = account.book.months.get(pane.month)?;
        let forecast = if pane.is_hidden {
            MASK.to_owned()
        } else {
            Money::grouped(month.row.forecast.own, account.book.own)
        };
        let word = words::FORECAST.in_(lang);
        Some(
            format!("{} {} {forecast} {}", account.code, month.first.format("%Y-%m"), account.book.own)
                + &format!(" {word}"),
        )
    });
    Line::Says(month.unwrap_or_default())
}

/// The setting under the cursor, or what is typed for it.
fn setting(state: &State, pane: &Settings, choice: &str) -> Line {
    let lang = state.lang;
    let all = of_settings::lines(state, pane);
    let here = all.get(pane.cursor);
    let told = here.map(|line| format!("{} {}", line.label().in_(lang), line.value(state)));
    let field = pane.editing.as_ref().map_or(&pane.field, |editing| &editing.field);
    let label = match &pane.editing {
        Some(_) => here.map_or("", |line| line.label().in_(lang)),
        None => settings::TITLE.in_(lang),
    };
    Line::Typed {
        label: format!("{label}: "),
        text: field.text().to_owned(),
        cursor: field.before_cursor().len(),
        behind: told.map(|told| format!("{choice} {told}")).unwrap_or_default(),
    }
}

/// What is typed to be sure that a person's data is erased.
fn erased(asked: &Erasing, lang: Lang) -> Line {
    let label = match &asked.stage {
        Stage::Asked(erasure) => TYPE_CODE.fill(lang, &[("code", &erasure.code)]),
        Stage::Copies(copies) => TYPE_COUNT.fill(lang, &[("count", &copies.len().to_string())]),
        Stage::Looking | Stage::Writing(_) => return Line::Says(erasing::TITLE.in_(lang).to_owned()),
    };
    Line::Typed {
        label: format!("{label} "),
        text: asked.field.text().to_owned(),
        cursor: asked.field.before_cursor().len(),
        behind: String::new(),
    }
}

/// What is said or asked of records that an act is done to.
fn about_records(overlay: &Overlay, lang: Lang) -> Line {
    let named = |title: &str, word: &str| Line::Says(format!("{title}: {word}"));
    match overlay {
        Overlay::Explained(pane) => {
            let step = pane.explained.lines.get(pane.top);
            let says =
                step.map(|line| format!("{} {}  {}", line.what.in_(lang), line.value, line.how.in_(lang)));
            named(&pane.name, &says.unwrap_or_default())
        }
        Overlay::Confirm(confirm) => Line::Typed {
            label: bulk::asks(confirm, lang),
            text: confirm.field.text().to_owned(),
            cursor: confirm.field.before_cursor().len(),
            behind: lines(&confirm.bulk, lang).join(", "),
        },
        Overlay::Misfits(pane) => {
            let said = pane.misfits.first.get(pane.cursor).map(|misfit| misfit.sentence().in_(lang));
            named(&bulk::cannot(pane, lang), &said.unwrap_or_default())
        }
        _ => Line::Says(String::new()),
    }
}

/// The field under the cursor of a form, and what is wrong with it.
fn field(state: &State, form: &Form, pen: &Pen) -> Line {
    let Some((field, meta)) = form.focused().and_then(|field| Some((field, form.meta(field)?))) else {
        return Line::Says(String::new());
    };
    let star = if meta.required { " *" } else { "" };
    Line::Typed {
        label: format!("{}{star}: ", meta.label.in_(state.lang)),
        text: shown(meta, field.input.text(), state.lang).replace('\n', " "),
        cursor: if is_typed(meta) { field.input.before_cursor().len() } else { 0 },
        behind: field
            .error
            .as_ref()
            .map(|error| format!("{} {}", pen.signs.wrong, error.in_(state.lang)))
            .unwrap_or_default(),
    }
}

/// The words of a list while they are typed, else what is selected, and that `q` works.
fn place(state: &State, pen: &Pen) -> Line {
    let choice = pen.signs.choice;
    let (name, code) = selected(state);
    if let Some(list) = state.list().filter(|list| list.typing) {
        return Line::Typed {
            label: "/".to_owned(),
            text: list.words.text().to_owned(),
            cursor: list.words.before_cursor().len(),
            behind: Some(name)
                .filter(|name| !name.is_empty())
                .map(|n| format!("{choice} {n}  {code}"))
                .unwrap_or_default(),
        };
    }
    // A long name gives way to its code and to the way out.
    let end = text("{code}  q quit", "{code}  q 退出").fill(state.lang, &[("code", &code)]);
    let end = end.trim_start();
    let room = pen.area.width.saturating_sub(pen.width(end) + 2);
    let name = pen.measure.fitted(&name, room);
    Line::Says(format!("{name}  {end}").trim_start().to_owned())
}

/// What the record under the cursor is called, and its code; empty where there is none.
fn selected(state: &State) -> (String, String) {
    let Some(at) = state.selected() else { return Default::default() };
    let label = match state.place() {
        Place::List(_) => state.list().and_then(|list| list.selected()).and_then(|row| row.cells.first()),
        _ => None,
    };
    let label = label.map(|cell| show::full(cell, state.lang)).or_else(|| {
        let overview = state.overview.data.as_deref()?;
        let attention = overview.attention.iter().chain(&overview.snoozed).map(|line| (line.at, &line.label));
        let movers = overview.movers.iter().map(|mover| (mover.at, &mover.label));
        let events = overview.recent.iter().chain(&state.history.events);
        let mut named = attention.chain(movers).chain(events.map(|event| (event.record, &event.label)));
        named.find(|(record, _)| *record == at).map(|(_, label)| label.clone())
    });
    let label = label.or_else(|| state.selected_card().map(|card| card.record.label()));
    (label.unwrap_or_default(), code_of(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::Size;
    use crate::app::look::Look;
    use crate::app::state::Setup;
    use crate::app::{Msg, update};
    use crate::ui::theme::{Depth, Theme};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    /// The line and the cell of its caret after these keys, named as the key map names them.
    fn after(keys: &str, width: u16) -> (String, Option<u16>) {
        let mut state = State::new(Setup { size: Size { width, height: 3 }, ..Setup::sample() });
        for key in keys.split(' ') {
            update(&mut state, Msg::Key(key.parse().unwrap()));
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 3));
        let caret = crate::ui::draw(&state, &Theme::of(&Look::default(), Depth::Mono), &mut buf);
        let symbols = (0..width).map(|x| buf[(x, 0)].symbol());
        (symbols.collect::<String>().trim_end().to_owned(), caret.map(|(x, _)| x))
    }

    #[test]
    fn what_is_typed_is_seen_with_its_caret() {
        assert_eq!(after("2 a A c m e", 30), ("Name *: Acme".to_owned(), Some(12)));
        assert_eq!(after("2 a A c m e Left", 30).1, Some(11));
        assert_eq!(after(": v e n", 30), (":ven".to_owned(), Some(4)));
        assert_eq!(after("2 / y u n", 30), ("/yun".to_owned(), Some(4)));
        assert_eq!(after("Ctrl-P t y", 30), ("❯ ty".to_owned(), Some(4)));
        let (line, caret) = after("2 a q u i t e Space l o n g", 14);
        assert_eq!((line.as_str(), caret), ("Name *:  long", Some(13)));
    }

    #[test]
    fn what_is_said_is_seen() {
        assert_eq!(after("2 a Ctrl-S", 60).0, "1 to correct; the cursor is at the first.");
        assert_eq!(after("2 a Ctrl-S Home", 40).0, "Name *:   ✗ Name is needed.");
        assert_eq!(after("a", 30).0, "Add: Vendor");
        assert_eq!(after("? a r c h", 60).0, "? arch  ▸ archive or restore");
        assert_eq!(after("Esc", 30).0, "q quit");
    }

    #[test]
    fn the_smallest_screens_are_drawn() {
        for width in 1..8 {
            for keys in ["2 a x", "Ctrl-P x", ": x", "2 / x", "?", "a", "q"] {
                after(keys, width);
            }
        }
    }
}
