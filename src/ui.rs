//! Drawing: from the state to cells, and nothing back.
//!
//! Draws from a shared reference; whatever a screen must know is in the state already. The frame
//! is four rows: the tabs and their rule above, a rule and the footer below.

pub mod bulk;
pub mod card;
pub mod choosing;
pub mod clauses;
pub mod erasing;
pub mod explain;
pub mod finder;
pub mod form;
pub mod glyph;
pub mod help;
pub mod history;
pub mod import;
pub mod levels;
pub mod line;
pub mod list;
pub mod money;
pub mod overlay;
pub mod overview;
pub mod pen;
pub mod present;
pub mod problems;
pub mod proposal;
pub mod record;
pub mod settings;
pub mod standing;
pub mod theme;
pub mod timeline;
pub mod welcome;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::browse::tab_of;
use crate::app::form::{choices, several};
use crate::app::geometry::Layout;
use crate::app::keymap::Context;
use crate::app::mask;
use crate::app::mouse::{brand, is_roomy, tabs as tabs_of};
use crate::app::possible::why_not;
use crate::app::present::Stage;
use crate::app::state::{Overlay, Place, State};
use crate::entity::Kind;
use crate::texts::text;
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, Theme, role_of};

/// Where the terminal's own cursor belongs after drawing.
pub type Caret = Option<(u16, u16)>;

/// Draws the state.
pub fn draw(state: &State, theme: &Theme, buf: &mut Buffer) -> Caret {
    let area = buf.area;
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let masked = mask::is_on(state).then(|| mask::masked(state));
    let state = masked.as_ref().unwrap_or(state);
    let mut pen = Pen::new(buf, theme, &state.look);
    if state.size.layout() == Layout::Line {
        return line::draw(state, &mut pen);
    }
    let stage = state.stage.as_ref().filter(|_| state.form.is_none() && state.importer.is_none());
    let mut caret = None;
    if let Some(stage) = stage {
        present::draw(state, stage, &mut pen);
        present::jotting(state, stage, &mut pen);
        caret = pen.cursor;
    } else {
        tabs(state, &mut pen);
        let body = Rect::new(area.x, area.y + 2, area.width, area.height.saturating_sub(4));
        let mut inner = pen.on(body);
        if state.form.is_some() {
            form::draw(state, &mut inner);
        } else if state.importer.is_some() {
            import::draw(state, &mut inner);
        } else {
            match state.place() {
                Place::Overview => overview::draw(state, &mut inner),
                Place::List(_) => list::draw(state, &mut inner),
                Place::Record(at) => record::draw(state, at, &mut inner),
                Place::History(of) => history::draw(state, of, &mut inner),
            }
        }
        caret = inner.cursor.or(caret);
    }
    let bottom = area.bottom() - 1;
    pen.rule(bottom - 1, None);
    footer(state, bottom, &mut pen);
    if !state.pending.is_empty() {
        overlay::pending(state, &mut pen);
    }
    if let Some(overlay) = &state.overlay {
        pen.cursor = None;
        match overlay {
            Overlay::Find(finder) => finder::draw(state, finder, &mut pen),
            Overlay::Command(line) => overlay::command(state, line, &mut pen),
            Overlay::Help(help) => help::draw(state, help, &mut pen),
            Overlay::Menu(menu) => overlay::menu(state, menu, &mut pen),
            Overlay::Drafts(offer) => overlay::drafts(state, offer, &mut pen),
            Overlay::Problems(problems) => problems::draw(state, problems, &mut pen),
            Overlay::Settings(pane) => settings::draw(state, pane, &mut pen),
            Overlay::Erase(asked) => erasing::draw(state, asked, &mut pen),
            Overlay::Welcome(welcome) => welcome::draw(state, welcome, &mut pen),
            Overlay::Shown(text) => overlay::shown(state, text, &mut pen),
            Overlay::Columns(pane) => choosing::columns(state, pane, &mut pen),
            Overlay::Views(pane) => choosing::views(state, pane, &mut pen),
            Overlay::Confirm(confirm) => bulk::confirm(state, confirm, &mut pen),
            Overlay::Explained(pane) => explain::draw(state, pane, &mut pen),
            Overlay::Clauses(pane) => clauses::draw(state, pane, &mut pen),
            Overlay::Levels(pane) => levels::draw(state, pane, &mut pen),
            Overlay::Proposal(pane) => proposal::draw(state, pane, &mut pen),
            Overlay::Money(pane) => money::draw(state, pane, &mut pen),
            Overlay::Standing(pane) => standing::draw(state, pane, &mut pen),
            Overlay::Misfits(pane) => bulk::misfits(state, pane, &mut pen),
        }
        caret = pen.cursor;
    }
    if let Some(step) = state.tour {
        overlay::tour(state, step, &mut pen);
    }
    caret
}

/// The app bar and its rule; the heavy part underlines the tab one is in.
fn tabs(state: &State, pen: &mut Pen) {
    let area = pen.area;
    let roomy = is_roomy(state);
    let active = tab_of(state.place());
    if brand(state) > 0 {
        pen.put(area.x + u16::from(roomy), area.y, 8, "vendeck", Role::Strong);
    }
    let (mut heavy, mut x) = (None, area.x);
    for (at, tab) in tabs_of(state).iter().enumerate() {
        let is_active = active == Some(at);
        let role = if is_active { Role::Accent } else { Role::Muted };
        pen.put(tab.x + 1, area.y, tab.wide, &tab.label, role);
        x = tab.x + tab.wide;
        if is_active {
            heavy = Some((tab.x, x));
        }
    }
    if roomy {
        let mut right = format!("{}   {}", state.register, state.user);
        if state.read_only {
            right = format!("{}   {right}", text("read only", "只读").in_(state.lang));
        }
        let room = area.right().saturating_sub(x + 2);
        pen.put_right(area.right(), area.y, room, &right, Role::Muted);
    }
    pen.rule(area.y + 1, heavy);
    let mut right = area.right() - 1;
    if state.present.is_some() {
        let says = text(" as of {day}, read only: q goes back ", " {day} 的登记册，只读：q 返回 ")
            .fill(state.lang, &[("day", &state.today.to_string())]);
        right = pen.put_right(right, area.y + 1, area.width.saturating_sub(2), &says, Role::Attention);
    }
    if mask::is_on(state) {
        let says = text(" hidden: amounts, notes, contacts ", " 已隐藏：金额、备注、联系人 ").in_(state.lang);
        let room = right.saturating_sub(area.x + 2);
        pen.put_right(right.saturating_sub(1), area.y + 1, room, says, Role::Attention);
    }
}

/// The message, or what may follow a pending key, or hints for this place.
fn footer(state: &State, y: u16, pen: &mut Pen) {
    let area = pen.area;
    let x = area.x + 1;
    let right = position(state);
    let room = area.width.saturating_sub(2);
    let end = if right.is_empty() {
        area.right()
    } else {
        // In plain ink: it changes with every step, and a colour of its own would be sent each time.
        pen.put_right(area.right() - 1, y, room, &right, Role::Text)
    };
    let room = end.saturating_sub(x + 1);
    if let Some(message) = &state.message {
        let role = match role_of(message.tone) {
            Role::Text => Role::Strong,
            role => role,
        };
        pen.put(x, y, room, &message.sentence.in_(state.lang), role);
        return;
    }
    if !state.pending.is_empty() {
        let pressed: String = state.pending.iter().map(ToString::to_string).collect();
        pen.put(x, y, room, &format!("{pressed}…"), Role::Accent);
        return;
    }
    let mut at = x;
    let (contexts, actions) = hints(state);
    let gap = 2 + u16::from(area.width >= 110);
    let all: Vec<(String, &str)> =
        actions.into_iter().filter_map(|action| hint(state, contexts, action)).collect();
    let wide = |(key, word): &(String, &str)| pen.width(key) + 1 + pen.width(word);
    // The way out, or to help, is the last of them and always there.
    let mut left = room.saturating_sub(all.last().map_or(0, wide));
    let mut shown: Vec<&(String, &str)> = Vec::new();
    for hint in all.iter().take(all.len().saturating_sub(1)) {
        let Some(rest) = left.checked_sub(wide(hint) + gap) else { break };
        left = rest;
        shown.push(hint);
    }
    for (key, word) in shown.into_iter().chain(all.last()) {
        at = pen.put(at, y, (x + room).saturating_sub(at), key, Role::Strong) + 1;
        at = pen.put(at, y, (x + room).saturating_sub(at), word, Role::Muted) + gap;
    }
}

/// The first key of an action in these contexts, and what it does in a word.
fn hint(state: &State, contexts: &[Context], action: Action) -> Option<(String, &'static str)> {
    let key = match action {
        // The six ratings are one hint.
        Action::Rate(_) => "1-5".to_owned(),
        _ => state.keymap.keys_in(contexts, action).into_iter().next()?,
    };
    Some((key, action.spec().hint?.in_(state.lang)))
}

/// Hints in one text, for the frame of what lies over the screen.
pub(crate) fn hint_line(state: &State, contexts: &[Context], actions: &[Action]) -> String {
    let hints = actions.iter().filter_map(|action| hint(state, contexts, *action));
    hints.map(|(key, word)| format!("{key} {word}")).collect::<Vec<_>>().join("   ")
}

/// What the footer tells of, and where its keys are read.
fn hints(state: &State) -> (&'static [Context], Vec<Action>) {
    if let Some(form) = &state.form {
        let third = match (choices(form), several(form)) {
            (Some(_), _) => Action::NextWord,
            (_, Some(_)) => Action::ToggleWord,
            _ if form.is_long() => Action::OpenEditor,
            _ => Action::ClearField,
        };
        let actions = vec![Action::NextField, Action::Save, Action::ResetField, third, Action::LeaveForm];
        return (&[Context::Choice, Context::Several, Context::Form], actions);
    }
    if state.importer.is_some() {
        let actions = vec![Action::Choose, Action::NextWord, Action::Save, Action::Dismiss, Action::Help];
        return (&[Context::Import, Context::Global], actions);
    }
    if let Some(stage) = &state.stage {
        return (&[Context::Meeting], meeting_hints(stage));
    }
    if state.is_filtering() {
        return (
            &[Context::Filter, Context::Global],
            vec![Action::KeepFilter, Action::NextWord, Action::ClearFilter, Action::FindAnything],
        );
    }
    let actions = match state.place() {
        Place::List(_) if state.list().is_some_and(|list| !list.marks.is_empty()) => marked_hints(state),
        Place::List(_) if state.list().is_some_and(|list| list.timeline.is_some()) => vec![
            Action::Open,
            Action::Edit,
            Action::Deeds,
            Action::ScrollLeft,
            Action::ScrollRight,
            Action::Timeline,
            Action::Filter,
            Action::Sort,
            Action::Mark,
            Action::Export,
            Action::Help,
        ],
        Place::List(key) => {
            let deeds = (key.kind == Kind::Contract).then_some(Action::Deeds);
            let first = [Action::Open, Action::Edit, Action::Add].into_iter().chain(deeds);
            let rest = [
                Action::Mark,
                Action::Filter,
                Action::Sort,
                Action::FindAnything,
                Action::Copy,
                Action::Help,
            ];
            first.chain(rest).collect()
        }
        Place::Record(at) => {
            // On a field of its own Enter edits, as e does.
            let opens = (state.selected() != Some(at)).then_some(Action::Open);
            let is_contract = state.selected().is_some_and(|selected| selected.kind == Kind::Contract);
            let mut actions: Vec<Action> = opens.into_iter().chain([Action::Edit, Action::Add]).collect();
            actions.extend(is_contract.then_some(Action::Deeds));
            if at.kind == Kind::ExitCase {
                let ticks = [Action::Tick, Action::NotApplicable];
                actions.extend(ticks.into_iter().filter(|action| why_not(state, *action).is_none()));
            }
            actions.extend([Action::FindAnything, Action::Copy, Action::Help]);
            actions
        }
        Place::Overview if !state.overview.listed().is_empty() && !state.overview.snoozed => {
            vec![Action::Open, Action::Snooze, Action::FindAnything, Action::Help]
        }
        _ => vec![Action::Open, Action::FindAnything, Action::Help],
    };
    (state.browsing(), actions)
}

/// What can be done in a meeting.
fn meeting_hints(stage: &Stage) -> Vec<Action> {
    if stage.follows {
        return vec![Action::Dismiss];
    }
    if stage.is_ranking() {
        return vec![
            Action::Minutes,
            Action::JotPresent,
            Action::JotDecision,
            Action::CloseMeeting,
            Action::PrevVendor,
            Action::Help,
        ];
    }
    vec![
        Action::Rate(5),
        Action::LeaveCriterion,
        Action::Undo,
        Action::NextVendor,
        Action::PrevVendor,
        Action::JotNote,
        Action::JotAsk,
        Action::JotDecision,
        Action::WhatIf,
        Action::Help,
    ]
}

/// What can be done with what is marked.
fn marked_hints(state: &State) -> Vec<Action> {
    let mut actions = vec![Action::Edit, Action::Archive, Action::Tag, Action::Assign];
    actions.retain(|action| why_not(state, *action).is_none());
    if state.list().is_some_and(|list| list.marks.range().is_some()) {
        actions.insert(0, Action::MarkRange);
    }
    actions.extend([Action::Back, Action::Export, Action::Help]);
    actions
}

/// Where one is in a list or form, for the right end of the footer.
fn position(state: &State) -> String {
    if let Some(form) = &state.form {
        return match (form.errors(), form.changes()) {
            (0, 0) => String::new(),
            (0, n) => text("{n} changed", "{n} 处更改").fill(state.lang, &[("n", &n.to_string())]),
            (n, _) => text("{n} to correct", "{n} 处需更正").fill(state.lang, &[("n", &n.to_string())]),
        };
    }
    if state.importer.is_some() {
        return String::new();
    }
    if let Some(stage) = &state.stage {
        if stage.tried.is_some() {
            return text("not saved", "不保存").in_(state.lang).to_owned();
        }
        let saved = if state.writing.is_empty() && state.desks.is_empty() {
            text("saved", "已保存")
        } else {
            text("saving", "保存中")
        };
        return if stage.follows { String::new() } else { saved.in_(state.lang).to_owned() };
    }
    match state.place() {
        Place::List(_) => {
            let Some(list) = state.list() else { return String::new() };
            if list.page.rows.is_empty() {
                return String::new();
            }
            let total = list.page.total.map_or_else(|| "…".to_owned(), |total| total.to_string());
            text("{row} of {total}", "第 {row} / {total} 条")
                .fill(state.lang, &[("row", &(list.row + 1).to_string()), ("total", &total)])
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::Size;
    use crate::app::look::Look;
    use crate::app::state::Setup;
    use crate::texts::Lang;
    use crate::ui::theme::Depth;

    #[test]
    fn every_tab_is_seen_at_every_width() {
        for lang in [Lang::En, Lang::Zh] {
            for width in 40..=130 {
                let size = Size { width, height: 20 };
                let state = State::new(Setup { lang, size, ..Setup::sample() });
                let mut buf = Buffer::empty(Rect::new(0, 0, width, 20));
                draw(&state, &Theme::of(&Look::default(), Depth::Mono), &mut buf);
                let bar: String = (0..width).map(|x| buf[(x, 0)].symbol()).collect();
                for tab in 1..=5 {
                    assert!(bar.contains(&format!(" {tab} ")), "{width}: {bar}");
                }
                let active = crate::app::mouse::TAB_NAMES[0].in_(lang).replace(' ', "");
                assert!(bar.replace(' ', "").contains(&active), "{width}: {bar}");
            }
        }
    }
}
