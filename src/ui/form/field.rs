//! One field of a form, laid out once: what is drawn is what was measured.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::lines::{Seen, around, head, line};
use crate::app::form::{Form, FormField, as_typed, choices, is_typed, several, shown, taken};
use crate::domain::list::Choice;
use crate::entity::input::{self, Entered, Reading};
use crate::entity::{Meta, Shape, show};
use crate::texts::{Lang, Text, text};
use crate::ui::glyph::Signs;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;
use crate::wrap::Measure;

/// Cells before the value: the mark, the label and its star.
const BEFORE: u16 = 23;
/// Lines of a long text while it is not under the cursor.
const LONG_LINES: usize = 3;
/// Words that a field of choices offers at once.
const OFFERED: usize = 8;
/// Lines of what is wrong, which may repeat what was typed.
const ERROR_LINES: usize = 6;

/// A field as lines.
pub(super) struct Block<'a> {
    field: &'a FormField,
    meta: &'static Meta,
    manner: Manner,
    /// Whether the form is for several records.
    many: bool,
    place: Place,
    value: Seen,
    /// What is said below the value, each line in its role.
    below: Vec<(String, Role)>,
    /// What is offered, each with what tells it from others.
    offers: Vec<(Cow<'a, str>, &'a str)>,
    /// The one under the cursor.
    chosen: Option<usize>,
}

/// How a field is written: in which language, with which signs, measured how.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) lang: Lang,
    pub(super) signs: &'static Signs,
    pub(super) measure: Measure,
    /// How what is typed is read.
    pub(super) reading: Reading,
}

impl Manner {
    /// That of a pen.
    pub(super) const fn of(pen: &Pen, lang: Lang, reading: Reading) -> Self {
        Self { lang, signs: pen.signs, measure: pen.measure, reading }
    }
}

/// Where the cursor of the form is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    Elsewhere,
}

impl<'a> Block<'a> {
    /// Lays a field out for an area. A long text under the cursor takes what the rest of the
    /// field leaves of the height.
    pub(super) fn of(form: &'a Form, at: usize, area: Rect, manner: Manner) -> Option<Self> {
        let field = form.fields.get(at)?;
        let meta = form.meta(field)?;
        let room = area.width.saturating_sub(BEFORE + 1);
        let place = if at == form.focus { Place::Here } else { Place::Elsewhere };
        let below = below(field, meta, room, manner);
        let left = area.height.saturating_sub(u16::from(meta.group.is_some()));
        let rows = usize::from(left).saturating_sub(below.len()).max(1);
        let value = value(field, meta, place, room, rows, manner);
        let (offers, chosen) = offers(form, at, manner.lang);
        Some(Self { field, meta, manner, many: form.many.is_some(), place, value, below, offers, chosen })
    }

    /// The rows it takes, with a blank one before its heading.
    pub(super) fn height(&self) -> u16 {
        let heading = if self.meta.group.is_some() { 2 } else { 0 };
        let rows = heading + self.value.lines.len() + self.below.len() + self.offers.len();
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Draws it from a row on; returns the row behind it. A blank row keeps its heading off what
    /// is above in the area.
    pub(super) fn draw(&self, y: u16, pen: &mut Pen) -> u16 {
        let mut y = y;
        if let Some(group) = self.meta.group {
            y += u16::from(y > pen.area.y);
            pen.put(
                pen.area.x + 2,
                y,
                pen.area.width,
                &group.in_(self.manner.lang).to_uppercase(),
                Role::Strong,
            );
            y += 1;
        }
        self.draw_label(y, pen);
        let x = pen.area.x + BEFORE;
        let room = pen.area.right().saturating_sub(x + 1);
        y = self.draw_value(x, y, room, pen);
        for (says, role) in &self.below {
            pen.put(x, y, room, says, *role);
            y += 1;
        }
        for (at, (name, code)) in self.offers.iter().enumerate() {
            let is_here = self.chosen == Some(at);
            let (sign, role) = if is_here { (pen.signs.choice, Role::Accent) } else { (" ", Role::Text) };
            let end = pen.parts(x, y, room, &[(sign, role), (" ", role), (name, role)]) + 2;
            pen.put(end, y, (x + room).saturating_sub(end), code, Role::Muted);
            y += 1;
        }
        y
    }

    /// What a blank field says: how it is filled in; in a form for several, that it stays as it is.
    fn hint(&self) -> Option<Text> {
        if self.many { Some(text("unchanged", "不变")) } else { self.meta.hint }
    }

    fn draw_label(&self, y: u16, pen: &mut Pen) {
        let (mark, role) = match (&self.field.error, self.field.replaces().is_some()) {
            (Some(_), _) => ("!", Role::Bad),
            (None, true) => ("+", Role::Info),
            (None, false) => (" ", Role::Text),
        };
        let x = pen.area.x;
        pen.put(x + 1, y, 1, mark, role);
        let star = if self.meta.required && !self.many { " *" } else { "" };
        let role = if self.place == Place::Here { Role::Accent } else { Role::Muted };
        let end = pen.put(x + 3, y, BEFORE - 5, self.meta.label.in_(self.manner.lang), role);
        pen.put(end, y, 2, star, role);
    }

    /// The value, and in the field under the cursor the caret.
    fn draw_value(&self, x: u16, y: u16, room: u16, pen: &mut Pen) -> u16 {
        let is_line = self.meta.shape != Shape::Long;
        let role = if is_line && self.place == Place::Here { Role::Selected } else { Role::Text };
        if role == Role::Selected {
            pen.bar(Rect { x, y, width: room, height: 1 }, role);
        }
        let mut end = y;
        for row in &self.value.lines {
            pen.put(x, end, room, row, role);
            end += 1;
        }
        if let Some(hint) = self.hint().filter(|_| is_line && self.field.input.text().is_empty()) {
            let (inset, role) =
                if self.place == Place::Here { (1, Role::Selected) } else { (0, Role::Muted) };
            pen.put(x + inset, y, room.saturating_sub(inset), hint.in_(self.manner.lang), role);
        }
        if self.place == Place::Here && !is_typed(self.meta) {
            let signs = format!("{} {}", pen.signs.left, pen.signs.right);
            pen.put_right(x + room, y, 4, &signs, role);
        }
        if let Some((down, across)) = self.value.caret
            && y + down < pen.area.bottom()
        {
            pen.cursor = Some((x + across, y + down));
        }
        end
    }
}

/// What a field offers: the records that a text may mean, or the words that letters begin.
fn offers(form: &Form, at: usize, lang: Lang) -> (Vec<(Cow<'_, str>, &str)>, Option<usize>) {
    if let Some(picker) = form.picker.as_ref().filter(|picker| picker.field == at) {
        let hits = picker.hits.iter().map(|hit| (Cow::Borrowed(hit.title.as_str()), hit.code.as_str()));
        return (hits.collect(), picker.at);
    }
    let Some(words) = form.words.as_ref().filter(|_| at == form.focus) else { return (Vec::new(), None) };
    let text = form.focused().map(|field| field.input.text()).unwrap_or_default();
    let offers = match (choices(form), several(form)) {
        (Some(list), _) => {
            let found = words.found.iter().filter_map(|at| list.get(*at));
            found.map(|choice| (Cow::Borrowed(choice.label.in_(lang)), "")).take(OFFERED).collect()
        }
        (_, Some(list)) => {
            let all = taken(list, text);
            let offer = |choice: &Choice| {
                let mark = if all.contains(&choice) { "[x]" } else { "[ ]" };
                (Cow::Owned(format!("{mark} {}", choice.label.in_(lang))), "")
            };
            words.found.iter().filter_map(|at| list.get(*at)).map(offer).collect()
        }
        _ => Vec::new(),
    };
    (offers, Some(words.at))
}

/// What a text means, where it was typed shorter than it is shown: the day of `+90d`, the amount of
/// `3.9m`.
fn meant(field: &FormField, meta: &Meta, manner: Manner) -> Option<String> {
    let is_short = matches!(
        meta.shape,
        Shape::Date | Shape::Money | Shape::Span | Shape::Period | Shape::Points | Shape::Weight
    );
    let typed = field.input.text().trim();
    if !is_short || typed.is_empty() {
        return None;
    }
    let Ok(Entered::Value(value)) = input::read(meta, &as_typed(meta, typed), &manner.reading) else {
        return None;
    };
    let full = show::full(&value, manner.lang);
    (full != typed && show::plain(&value) != typed).then(|| format!("= {full}"))
}

/// What is said below a value: what it was, what another operator wrote, what is wrong.
fn below(field: &FormField, meta: &Meta, room: u16, manner: Manner) -> Vec<(String, Role)> {
    let Manner { lang, signs, measure, .. } = manner;
    let mut lines = Vec::new();
    lines.extend(meant(field, meta, manner).map(|says| (says, Role::Info)));
    if let Some(held) = field.replaces().filter(|held| !held.is_empty()) {
        let was = match meta.shape {
            Shape::Long => text("changed", "已更改").in_(lang).to_owned(),
            _ => text("was {value}", "原为 {value}").fill(lang, &[("value", &shown(meta, &held, lang))]),
        };
        lines.push((was, Role::Muted));
    }
    if let Some(theirs) = &field.theirs {
        let says =
            text("theirs: {value}", "对方：{value}").fill(lang, &[("value", &show::full(theirs, lang))]);
        lines.extend(head(&says, room, LONG_LINES, measure).into_iter().map(|line| (line, Role::Attention)));
    }
    if let Some(error) = &field.error {
        let rows = head(&error.in_(lang), room.saturating_sub(2), ERROR_LINES, measure);
        let signs = std::iter::once(format!("{} ", signs.wrong)).chain(std::iter::repeat("  ".to_owned()));
        lines.extend(signs.zip(rows).map(|(sign, row)| (format!("{sign}{row}"), Role::Bad)));
    }
    lines
}

fn value(field: &FormField, meta: &Meta, place: Place, room: u16, rows: usize, manner: Manner) -> Seen {
    let Manner { lang, measure, .. } = manner;
    let cursor = field.input.before_cursor().len();
    match (place, meta.shape) {
        (Place::Here, Shape::Long) => around(field.input.text(), cursor, room, rows, measure),
        (Place::Elsewhere, Shape::Long) => {
            Seen { lines: head(field.input.text(), room, LONG_LINES, measure), caret: None }
        }
        (place, _) => {
            let one = shown(meta, field.input.text(), lang).replace('\n', " ");
            match place {
                Place::Here if is_typed(meta) => line(&one, cursor, room, measure),
                Place::Here => Seen { lines: vec![one], caret: Some((0, 0)) },
                Place::Elsewhere => Seen { lines: vec![one], caret: None },
            }
        }
    }
}
