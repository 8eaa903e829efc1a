//! What is being typed in a meeting: in a box above the footer, a line a field.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::mask::MASK;
use crate::app::present::{Stage, labels};
use crate::app::state::State;
use crate::register::meeting::About;
use crate::ui::form::around_cursor;
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the box.
const WIDE: u16 = 100;

/// Draws the box, if anything is typed; the cursor goes into it.
pub fn draw(state: &State, stage: &Stage, pen: &mut Pen) {
    let Some(typing) = &stage.desk.typing else { return };
    let labels = labels(typing.about);
    let screen = pen.area;
    let wide = WIDE.min(screen.width.saturating_sub(2));
    let high = u16::try_from(labels.len()).unwrap_or(1) + 2;
    let x = screen.x + (screen.width - wide) / 2;
    let y = screen.bottom().saturating_sub(high + 2).max(screen.y);
    let area = Rect { x, y, width: wide, height: high.min(screen.height) };
    let mut actions = vec![Action::Jot, Action::Dismiss];
    if labels.len() > 1 {
        actions.insert(0, Action::NextField);
    }
    let title = labels.first().map_or("", |label| label.in_(state.lang));
    pen.frame(area, title, &hint_line(state, &[Context::Jotting], &actions));
    let cell = labels.iter().map(|label| pen.width(label.in_(state.lang))).max().unwrap_or(0) + 2;
    for ((y, label), (at, text)) in
        (area.y + 1..area.bottom()).zip(labels).zip(typing.texts.iter().enumerate())
    {
        pen.put(area.x + 2, y, cell, label.in_(state.lang), Role::Muted);
        let from = area.x + 2 + cell;
        let room = area.right().saturating_sub(from + 2);
        if stage.desk.rater.is_some() && typing.about == About::Value {
            // Sealed while it is typed, too: how long it is tells nothing.
            pen.put(from, y, room, MASK, Role::Strong);
            pen.cursor = Some((from + pen.width(MASK), y));
        } else if at == typing.field && !stage.follows {
            let cursor = stage.field.before_cursor().len();
            let (seen, across) = around_cursor(stage.field.text(), cursor, room, pen.measure);
            pen.put(from, y, room, &seen, Role::Strong);
            pen.cursor = Some((from + across, y));
        } else {
            let seen = pen.measure.fitted(text, room).into_owned();
            pen.put(from, y, room, &seen, Role::Text);
        }
    }
}
