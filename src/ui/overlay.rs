//! What lies over the screen: a menu, the command line, the drafts of earlier runs, what may follow a key.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::command::{CommandLine, Completion};
use crate::app::form::offer::{Offer, TITLE, line};
use crate::app::keymap::{Context, Meaning};
use crate::app::possible::why_not;
use crate::app::state::{Menu, MenuItem, State};
use crate::app::tour::STEPS;
use crate::texts::{Text, text};
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Ways to go on with a command that are shown at once.
const COMPLETIONS: u16 = 8;
/// Cells of the box of the tour.
const TOUR: u16 = 46;
/// Cells of the words of commands.
const WORDS: u16 = 18;

/// Draws the command line on the last row, and above it the ways to go on with what is typed.
pub fn command(state: &State, line: &CommandLine, pen: &mut Pen) {
    let area = pen.area;
    let y = area.bottom() - 1;
    completions(state, line, pen);
    for x in area.left()..area.right() {
        pen.put(x, y, 1, " ", Role::Text);
    }
    let x = pen.put(area.x + 1, y, 1, ":", Role::Accent);
    pen.put(x, y, area.width, line.field.text(), Role::Strong);
    pen.cursor = Some(((x + pen.width(line.field.before_cursor())).min(area.right() - 1), y));
}

/// The ways to go on with a command, each with what it does; the one that stands there is marked.
fn completions(state: &State, line: &CommandLine, pen: &mut Pen) {
    let screen = pen.area;
    let all = line.completions(state.folder.as_ref());
    let most = COMPLETIONS.min(screen.height.saturating_sub(4));
    let rows = u16::try_from(all.len()).unwrap_or(u16::MAX).min(most);
    if rows == 0 {
        return;
    }
    let says = |completion: &Completion| completion.says.in_(state.lang);
    let widest = all.iter().map(|completion| pen.width(says(completion))).max().unwrap_or(0);
    let longest = all.iter().map(|completion| pen.width(&completion.line())).max().unwrap_or(0);
    // Paths have nothing beside them, and are as long as they are.
    let words = if widest == 0 { longest.max(WORDS) } else { WORDS };
    let wide = (words + widest + 7).min(screen.width);
    let area = Rect { x: screen.x, y: screen.bottom() - 1 - rows - 2, width: wide, height: rows + 2 };
    let hints = hint_line(state, &[Context::Command], &[Action::NextWord, Action::Dismiss]);
    pen.frame(area, "", &hints);
    let top = line.chosen.map_or(0, |at| (at + 1).saturating_sub(usize::from(rows)));
    for (y, (at, completion)) in (area.y + 1..).zip(all.iter().enumerate().skip(top).take(usize::from(rows)))
    {
        let end = pen.put(area.x + 3, y, words.min(wide.saturating_sub(5)), &completion.line(), Role::Accent);
        let x = (area.x + 4 + WORDS).max(end + 2);
        pen.put(x, y, area.right().saturating_sub(x + 2), says(completion), Role::Text);
        if line.chosen == Some(at) {
            pen.put(area.x + 1, y, 1, pen.signs.cursor, Role::Text);
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
}

/// Draws what may follow the keys pressed so far, above the footer; greyed what cannot be done here.
pub fn pending(state: &State, pen: &mut Pen) {
    let Meaning::Pending(next) = state.keymap.resolve(&state.contexts(), &state.pending) else { return };
    let screen = pen.area;
    let says = |action: Action| action.spec().says.in_(state.lang);
    let widest = next.iter().map(|(_, action)| pen.width(says(*action))).max().unwrap_or(0);
    let keys = next.iter().map(|(key, _)| pen.width(&key.to_string())).max().unwrap_or(1);
    let wide = (widest + keys + 8).min(screen.width);
    let high = u16::try_from(next.len()).unwrap_or(u16::MAX).saturating_add(2);
    let high = high.min(screen.height.saturating_sub(4));
    let area = Rect { x: screen.x, y: screen.bottom().saturating_sub(2 + high), width: wide, height: high };
    let pressed: String = state.pending.iter().map(ToString::to_string).collect();
    pen.frame(area, &format!("{pressed}…"), "");
    for (y, (key, action)) in (area.y + 1..area.bottom().saturating_sub(1)).zip(next) {
        let possible = why_not(state, action).is_none();
        let (bold, plain) = if possible { (Role::Accent, Role::Text) } else { (Role::Muted, Role::Muted) };
        pen.put(area.x + 3, y, keys, &key.to_string(), bold);
        pen.put(area.x + 3 + keys + 2, y, wide.saturating_sub(keys + 7), says(action), plain);
    }
}

/// Draws the step of the tour, above the footer at the right.
pub fn tour(state: &State, step: usize, pen: &mut Pen) {
    let Some(says) = STEPS.get(step) else { return };
    let screen = pen.area;
    let wide = TOUR.min(screen.width);
    let lines = pen.measure.wrapped(says.in_(state.lang), wide.saturating_sub(4));
    let high = u16::try_from(lines.len()).unwrap_or(1) + 2;
    if screen.height < high + 6 {
        return;
    }
    let area = Rect { x: screen.right() - wide, y: screen.bottom() - 2 - high, width: wide, height: high };
    let title = text("Tour {at} of {all}", "导览 {at} / {all}")
        .fill(state.lang, &[("at", &(step + 1).to_string()), ("all", &STEPS.len().to_string())]);
    pen.frame(area, &title, text(":tour ends it", ":tour 结束").in_(state.lang));
    for (y, line) in (area.y + 1..).zip(&lines) {
        pen.put(area.x + 2, y, wide.saturating_sub(4), line, Role::Strong);
    }
}

/// Draws a menu in the middle.
pub fn menu(state: &State, menu: &Menu, pen: &mut Pen) {
    let labels: Vec<String> = menu.items.iter().map(|item| item.label.in_(state.lang)).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let hints = hint_line(state, &[Context::Menu], &[Action::Choose, Action::Dismiss]);
    let title = menu.title.in_(state.lang);
    if menu.items.iter().all(|item| item.off.is_none()) {
        return choice(title, &labels, menu.cursor, &hints, pen);
    }
    reasoned(state, menu, &labels, &hints, pen);
}

/// Draws a menu of which some cannot be done: those greyed, with the reason behind.
fn reasoned(state: &State, menu: &Menu, labels: &[&str], hints: &str, pen: &mut Pen) {
    let screen = pen.area;
    let widest = labels.iter().map(|label| pen.width(label)).max().unwrap_or(0);
    let why = |item: &MenuItem| item.off.as_ref().map(|why| why.in_(state.lang)).unwrap_or_default();
    let lines: Vec<String> = menu
        .items
        .iter()
        .zip(labels)
        .map(|(item, label)| {
            let gap = usize::from(widest.saturating_sub(pen.width(label)) + 2);
            format!("{label}{}{}", " ".repeat(gap), why(item)).trim_end().to_owned()
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let title = menu.title.in_(state.lang);
    let area = boxed(title, &lines, hints, pen);
    let area = Rect { x: screen.x + (screen.width - area.width) / 2, ..area };
    let role = |at: usize| match menu.items.get(at) {
        Some(MenuItem { off: Some(_), .. }) => Role::Muted,
        _ => Role::Text,
    };
    choice_as(area, Lines { title, labels: &lines, cursor: menu.cursor, footer: hints }, role, pen);
}

/// Draws a text alone on the screen, from its edge on, so that nothing else is selected with it.
pub fn shown(state: &State, text: &str, pen: &mut Pen) {
    let area = pen.area;
    for y in area.top()..area.bottom() {
        pen.put(area.x, y, area.width, &" ".repeat(usize::from(area.width)), Role::Text);
    }
    pen.put(area.x, area.y, area.width, SELECT.in_(state.lang), Role::Muted);
    let lines = text.lines().flat_map(|line| pen.measure.wrapped(line, area.width)).collect::<Vec<_>>();
    for (y, line) in (area.y + 2..area.bottom()).zip(lines) {
        pen.put(area.x, y, area.width, &line, Role::Text);
    }
}

const SELECT: Text = text(
    "No way to the clipboard is known from here: select the text. Any key closes.",
    "此处无法直达剪贴板：请用鼠标选取文本。按任意键关闭。",
);

/// Draws the drafts that earlier runs left.
pub fn drafts(state: &State, offer: &Offer, pen: &mut Pen) {
    let lines: Vec<String> = state.drafts.iter().map(|draft| line(draft, state.lang)).collect();
    let labels: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut hinted = vec![Action::Dismiss];
    if !offer.thrown.is_empty() {
        hinted.insert(0, Action::BringBack);
    }
    if !labels.is_empty() {
        hinted.splice(0..0, [Action::Choose, Action::ThrowAway]);
    }
    let hints = hint_line(state, &[Context::Drafts, Context::Menu], &hinted);
    let title = TITLE.in_(state.lang);
    choice(title, &labels, offer.cursor, &hints, pen);
}

/// Draws a box in the middle with lines to choose from, the one under the cursor marked.
pub(super) fn choice(title: &str, labels: &[&str], cursor: usize, footer: &str, pen: &mut Pen) {
    let screen = pen.area;
    let area = boxed(title, labels, footer, pen);
    let area = Rect { x: screen.x + (screen.width - area.width) / 2, ..area };
    choice_in(area, title, labels, cursor, footer, pen);
}

/// The box that lines to choose from need, at the right edge of the screen.
pub(super) fn boxed(title: &str, labels: &[&str], footer: &str, pen: &Pen) -> Rect {
    let screen = pen.area;
    let widest = labels.iter().chain(&[title, footer]).map(|label| pen.width(label)).max().unwrap_or(0);
    let wide = widest.max(22).saturating_add(8).min(screen.width);
    let high = (u16::try_from(labels.len()).unwrap_or(u16::MAX).saturating_add(2)).min(screen.height);
    Rect { x: screen.right() - wide, y: screen.y + (screen.height - high) / 3, width: wide, height: high }
}

/// Draws a box with lines to choose from, the one under the cursor marked.
pub(super) fn choice_in(
    area: Rect,
    title: &str,
    labels: &[&str],
    cursor: usize,
    footer: &str,
    pen: &mut Pen,
) {
    choice_as(area, Lines { title, labels, cursor, footer }, |_| Role::Text, pen);
}

/// What stands in a box with lines to choose from.
struct Lines<'l> {
    title: &'l str,
    labels: &'l [&'l str],
    cursor: usize,
    footer: &'l str,
}

/// The same with lines in ink of their own.
fn choice_as(area: Rect, lines: Lines<'_>, role: impl Fn(usize) -> Role, pen: &mut Pen) {
    let Lines { title, labels, cursor, footer } = lines;
    let (wide, high) = (area.width, area.height);
    pen.frame(area, title, footer);
    let room = usize::from(high.saturating_sub(2));
    let top = (cursor + 1).saturating_sub(room);
    let inside = area.y + 1..area.bottom().saturating_sub(1);
    for (y, (at, label)) in inside.zip(labels.iter().enumerate().skip(top)) {
        let is_here = at == cursor;
        if is_here {
            pen.put(area.x + 2, y, 1, pen.signs.cursor, Role::Text);
        }
        pen.put(area.x + 4, y, wide.saturating_sub(6), label, role(at));
        if is_here {
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
}
