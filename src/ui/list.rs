//! A list, and beside or below it the record under the cursor.

use ratatui::layout::Rect;

use crate::app::geometry::{GUTTER, Layout, SUMMARY};
use crate::app::list::{Heading, List, Seen};
use crate::app::state::State;
use crate::app::view::{self, Columns};
use crate::domain::list::Tone;
use crate::entity::{Align, Column, Head, Sense, Shape, Value, show};
use crate::register::{Row, Shelves};
use crate::texts::{Lang, Text, text};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};
use crate::ui::{Caret, card, timeline};

pub(super) mod head;

/// Draws the list one is at.
pub fn draw(state: &State, pen: &mut Pen) {
    let Some(list) = state.list() else { return };
    if let Some(months) = list.timeline {
        return timeline::draw(state, list, months, pen);
    }
    let area = pen.area;
    match state.size.layout() {
        Layout::Wide => {
            let wide = state.size.list_width().min(area.width);
            let caret = rows(state, list, &mut pen.on(Rect { width: wide, ..area }));
            pen.wall(area.x + wide);
            let beside = Rect { x: area.x + wide + 2, width: area.width.saturating_sub(wide + 3), ..area };
            card::beside(state, &mut pen.on(beside));
            pen.cursor = caret;
        }
        Layout::Stacked => {
            let below = SUMMARY.min(area.height);
            let caret = rows(state, list, &mut pen.on(Rect { height: area.height - below, ..area }));
            let summary = Rect { y: area.bottom() - below, height: below, ..area };
            pen.rule(summary.y, None);
            card::summary(
                state,
                &mut pen.on(Rect { y: summary.y + 1, height: below.saturating_sub(1), ..summary }),
            );
            pen.cursor = caret;
        }
        Layout::Narrow | Layout::Line => {
            pen.cursor = rows(state, list, pen);
        }
    }
}

/// Draws heading, column heads and rows. The caret is where a filter is typed.
fn rows(state: &State, list: &List, pen: &mut Pen) -> Caret {
    let area = pen.area;
    let caret = head::heading(state, list, pen);
    let head_y = area.y + state.size.list_head() - 1;
    let lines = state.size.record_lines();
    let (all, rest) = placed(state, list, area.width, lines);
    if let Some(first) = all.first() {
        head_line(state, list, first, head_y, pen);
    }
    // Where the list can be moved sideways, and to which side.
    if list.across > 0 && rest != Rest::Unmoved {
        pen.put(area.x + 1, head_y, 1, pen.signs.left, Role::Accent);
    }
    if rest == Rest::Right {
        pen.put(area.right().saturating_sub(1), head_y, 1, pen.signs.right, Role::Accent);
    }
    let seen = state.size.list_rows().min(area.height.saturating_sub(state.size.list_head()) / lines);
    if list.page.rows.is_empty() {
        empty(state, list, head_y + 2, pen);
    }
    for (nth, line) in (0..).zip(list.seen(seen)) {
        let y = head_y + 1 + nth * lines;
        match line {
            Seen::Row(row) => draw_row(state, list, row, &all, y, pen),
            Seen::Heading(Heading::Value(value)) => head::group(value, state.lang, y, pen),
            // Only a timeline has these.
            Seen::Heading(Heading::Urgency(_)) => {}
        }
    }
    head::offers(state, list, pen);
    caret
}

struct Placed {
    column: Column,
    head: Head,
    x: u16,
    width: u16,
}

/// The columns of each line of a record: the most wanted in the first, in the next those that had no
/// room there.
fn placed(state: &State, list: &List, room: u16, lines: u16) -> (Vec<Vec<Placed>>, Rest) {
    let table = list.key.kind.table();
    let chosen = state.views.columns(list.key.kind);
    if !chosen.shown.is_empty() {
        return arranged(list, &chosen, room, lines);
    }
    let wanted = table.columns.iter().filter(|column| !is_scope(list, **column));
    let asked = list.filter(&state.reading()).asked();
    let mut asked: Vec<Column> =
        asked.wheres.iter().filter(|w| !w.is_of_one_choice()).map(|w| w.column).collect();
    if !asked.is_empty() {
        // What the rows stand in the order of is to be seen beside it.
        asked.push(list.order.first.0);
    }
    let head = |column: Column| {
        let head = table.head(column);
        // What the list is narrowed by, where it is not the same in every row, is wanted next to what
        // names a record, and so is whose it is.
        let is_whose = !asked.is_empty() && matches!(head.shape, Shape::Link(_));
        if asked.contains(&column) || is_whose {
            Head { priority: head.priority.min(2), ..head }
        } else {
            head
        }
    };
    let mut rest: Vec<(Column, Head)> = wanted.map(|column| (*column, head(*column))).collect();
    let mut all = Vec::new();
    for _ in 0..lines {
        let line = columns(rest.clone(), &asked, room);
        rest.retain(|(column, _)| line.iter().all(|placed| placed.column != *column));
        all.push(line);
    }
    (all, Rest::Unmoved)
}

/// The columns that were chosen, on each line of a record; and whether there are more.
fn arranged(list: &List, chosen: &Columns, room: u16, lines: u16) -> (Vec<Vec<Placed>>, Rest) {
    let table = list.key.kind.table();
    // The last cell is for the sign that there are more.
    let room = room.saturating_sub(1);
    let head = |placed: &view::Placed| {
        let view::Placed { column, x, width } = *placed;
        Placed { column, head: table.head(column), x, width }
    };
    let (mut line, mut more) = view::arrange(table, chosen, list.across, GUTTER, room);
    let mut all = Vec::new();
    for left in (0..lines).rev() {
        all.push(line.iter().map(head).collect());
        let last = line.last().map(|placed| placed.column);
        let next = chosen.shown.iter().position(|shown| Some(shown.column) == last).map_or(0, |at| at + 1);
        if left > 0 {
            let shown = chosen.shown.iter().skip(next).copied().collect();
            (line, more) = view::arrange(table, &Columns { shown, frozen: 0 }, 0, GUTTER, room);
        }
    }
    (all, if more { Rest::Right } else { Rest::None })
}

/// The columns that fit, the most wanted first; of those as much wanted, dates and numbers that nobody
/// asked for go first. Text columns give way before a column goes; what is left over goes to the first
/// of them.
fn columns(mut wanted: Vec<(Column, Head)>, asked: &[Column], room: u16) -> Vec<Placed> {
    let least = |wanted: &[(Column, Head)]| {
        wanted.iter().map(|(_, head)| least_width(head, is_roomy(wanted)) + 1).sum::<u16>() + GUTTER
    };
    while wanted.len() > 1 && least(&wanted) > room {
        let is_spare = |column: &Column, head: &Head| {
            !asked.is_empty() && !asked.contains(column) && matches!(head.shape, Shape::Date | Shape::Money)
        };
        let rank =
            |(at, (column, head)): &(usize, &(Column, Head))| (head.priority, is_spare(column, head), *at);
        let last = wanted.iter().enumerate().max_by_key(rank).map(|(at, _)| at);
        let Some(last) = last else { break };
        wanted.remove(last);
    }
    let mut widths: Vec<u16> = wanted.iter().map(|(_, head)| head.width).collect();
    let used = |widths: &[u16]| widths.iter().map(|width| width + 1).sum::<u16>() + GUTTER;
    while used(&widths) > room {
        let spare = |at: usize, width: u16| {
            wanted.get(at).map_or(0, |(_, head)| width.saturating_sub(least_width(head, Roomy::No)))
        };
        let widest =
            widths.iter().enumerate().max_by_key(|(at, width)| spare(*at, **width)).map(|(at, _)| at);
        let Some(width) = widest.and_then(|at| widths.get_mut(at)).filter(|width| **width > 1) else { break };
        *width -= 1;
    }
    let first =
        wanted.iter().enumerate().min_by_key(|(_, (_, head))| (head.priority, std::cmp::Reverse(head.width)));
    let left = room.saturating_sub(used(&widths));
    if let Some(width) = first.and_then(|(at, _)| widths.get_mut(at)) {
        *width += left;
    }
    let mut x = GUTTER;
    let mut placed = Vec::with_capacity(wanted.len());
    for ((column, head), width) in wanted.into_iter().zip(widths) {
        placed.push(Placed { column, head, x, width });
        x += width + 1;
    }
    placed
}

/// What there is beside the columns that are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// The usual columns, which are never moved.
    Unmoved,
    /// Nothing to the right.
    None,
    /// More to the right.
    Right,
}

/// A list of one vendor's contracts need not repeat the vendor.
fn is_scope(list: &List, column: Column) -> bool {
    let shape = list.key.kind.table().head(column).shape;
    list.key.scope.is_some_and(|scope| shape == Shape::Link(scope.kind))
}

/// Whether columns are left that only a roomy list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Roomy {
    Yes,
    No,
}

/// Columns of a priority this low wait until the first one has all the room it wants.
const EXTRA: u8 = 7;

fn is_roomy(wanted: &[(Column, Head)]) -> Roomy {
    if wanted.iter().any(|(_, head)| head.priority >= EXTRA) { Roomy::Yes } else { Roomy::No }
}

/// Text columns may shrink; numbers, dates and words may not.
fn least_width(head: &Head, roomy: Roomy) -> u16 {
    match head.shape {
        Shape::Line | Shape::Long | Shape::Link(_) if head.priority == 1 && roomy == Roomy::Yes => head.width,
        Shape::Line | Shape::Long | Shape::Link(_) if head.priority == 1 => head.width.min(20),
        Shape::Line | Shape::Long | Shape::Link(_) => head.width.min(12),
        _ => head.width,
    }
}

fn head_line(state: &State, list: &List, columns: &[Placed], y: u16, pen: &mut Pen) {
    let x = pen.area.x;
    for placed in columns {
        let mut label = placed.head.label.in_(state.lang).to_owned();
        let is_order = placed.column == list.order.first.0;
        let mut keys = std::iter::once(list.order.first).chain(list.order.then);
        if let Some((_, direction)) = keys.find(|(column, _)| *column == placed.column)
            && pen.width(&label) < placed.width
        {
            label.push_str(head::arrow(direction, pen.signs));
        }
        let role = if is_order { Role::Accent } else { Role::Muted };
        match placed.head.shape.align() {
            Align::Right => {
                pen.put_right(x + placed.x + placed.width, y, placed.width, &label, role);
            }
            Align::Left => {
                pen.put(x + placed.x, y, placed.width, &label, role);
            }
        }
    }
}

fn draw_row(state: &State, list: &List, row: &Row, lines: &[Vec<Placed>], y: u16, pen: &mut Pen) {
    let x = pen.area.x;
    let is_selected = list.at == Some(row.at.id);
    let first = y;
    let height = u16::try_from(lines.len()).unwrap_or(1);
    let of_lines = (y..).zip(lines).flat_map(|(y, line)| line.iter().map(move |placed| (y, placed)));
    for (y, placed) in of_lines {
        let Some(value) = list.page.cell(row, placed.column) else { continue };
        let text = cell(value, placed.head.sense, state.lang);
        let role = match role_of_value(value, placed.head.sense) {
            _ if is_selected => Role::Text,
            Role::Text if y > first => Role::Muted,
            role => role,
        };
        match placed.head.shape.align() {
            Align::Right => {
                pen.put_right(x + placed.x + placed.width, y, placed.width, &text, role);
            }
            Align::Left => {
                pen.put(x + placed.x, y, placed.width, &text, role);
            }
        }
    }
    if list.marks.holds(row.at.id) {
        pen.put(x + 1, y, 1, pen.signs.mark, Role::Accent);
    }
    if is_selected {
        pen.put(x, y, 1, pen.signs.cursor, Role::Text);
        pen.bar(Rect { x, y, width: pen.area.width, height }, Role::Selected);
    }
}

/// The text of a cell; a change always has its sign, a score is shown whole.
pub(super) fn cell(value: &Value, sense: Sense, lang: Lang) -> String {
    match value {
        Value::Points(n) if sense == Sense::Change => signed(rounded(*n)),
        Value::Points(n) => rounded(*n).to_string(),
        other => show::short(other, lang).replace('\n', " "),
    }
}

/// The role of a value in a list: what wants a look has a colour, what is well has none.
pub(super) fn role_of_value(value: &Value, sense: Sense) -> Role {
    match value {
        Value::Choice(choice) if choice.tone != Tone::Good => role_of(choice.tone),
        Value::Points(n) if sense == Sense::Change && *n > 0 => Role::Good,
        Value::Points(n) if sense == Sense::Change && *n < 0 => Role::Bad,
        _ => Role::Text,
    }
}

/// Hundredths as a whole number, half away from zero.
pub(super) fn rounded(hundredths: i64) -> i64 {
    (hundredths + 50 * hundredths.signum()) / 100
}

/// A change with its sign; nothing changed is `0`.
pub(super) fn signed(n: i64) -> String {
    if n > 0 { format!("+{n}") } else { n.to_string() }
}

/// Says why a list has no rows.
pub(super) fn empty(state: &State, list: &List, y: u16, pen: &mut Pen) {
    if !list.loaded {
        return;
    }
    let x = pen.area.x + GUTTER;
    let room = pen.area.width.saturating_sub(GUTTER);
    let says: Text = if list.words.text().is_empty() && list.shelf == Shelves::Archived {
        text("Nothing was put away. Esc goes back to what is in use.", "没有已归档的记录。按 Esc 返回。")
    } else if list.words.text().is_empty() {
        text(
            "Nothing here. a adds one, :archived shows what was put away.",
            "暂无记录。按 a 新增；:archived 查看已归档的记录。",
        )
    } else {
        text("Nothing matches. Esc clears the filter.", "没有匹配项。按 Esc 清除筛选。")
    };
    pen.put(x, y, room, says.in_(state.lang), Role::Muted);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::list::ListKey;
    use crate::app::look::Look;
    use crate::app::state::{Place, Setup};
    use crate::entity::Kind;
    use crate::ui::theme::{Depth, Theme};

    #[test]
    fn an_empty_archive_says_what_it_is() {
        let key = ListKey { kind: Kind::Vendor, scope: None };
        let says = |shelf: Shelves| {
            let mut state = State::new(Setup::sample());
            state.go(Place::List(key), &mut Vec::new());
            let list = state.list_mut(key);
            (list.shelf, list.loaded) = (shelf, true);
            let area = Rect::new(0, 0, 120, 35);
            let mut buf = ratatui::buffer::Buffer::empty(area);
            crate::ui::draw(&state, &Theme::of(&Look::default(), Depth::Mono), &mut buf);
            (0..80).map(|x| buf[(x, 6)].symbol()).collect::<String>().trim().to_owned()
        };
        assert!(says(Shelves::Archived).starts_with("Nothing was put away."), "{}", says(Shelves::Archived));
        assert!(says(Shelves::Open).starts_with("Nothing here. a adds one"), "{}", says(Shelves::Open));
    }

    #[test]
    fn a_change_has_its_sign_and_colour_because_its_table_says_so() {
        for kind in [Kind::Vendor, Kind::Review] {
            let table = kind.table();
            let sense = |key| table.head(table.column(key).unwrap()).sense;
            let (up, down) = (Value::Points(350), Value::Points(-350));
            assert_eq!(cell(&up, sense("change"), Lang::En), "+4");
            assert_eq!(role_of_value(&up, sense("change")), Role::Good);
            assert_eq!(role_of_value(&down, sense("change")), Role::Bad);
        }
        assert_eq!(cell(&Value::Points(8650), Sense::Value, Lang::En), "87");
        assert_eq!(role_of_value(&Value::Points(8650), Sense::Value), Role::Text);
    }
}
