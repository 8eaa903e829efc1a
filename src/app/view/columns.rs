//! The columns of a list as a user chose them, and where each stands.

use crate::app::view::usual_width;
use crate::entity::{Column, Shape, Table};
use crate::limits;

/// Cells of a text that is cut at the right edge, at least.
const CUT: u16 = 6;
/// Cells to which a text of its usual width gives way.
const GIVES: u16 = 12;

/// The columns of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// Those that were chosen, in their order; none where the kind's own are shown, as many as fit.
    pub shown: Vec<Shown>,
    /// How many of the first stay where the list is moved sideways.
    pub frozen: usize,
}

/// One column that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The column.
    pub column: Column,
    /// Its width in cells.
    pub width: u16,
}

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The column.
    pub column: Column,
    /// The cell it begins at.
    pub x: u16,
    /// How many cells it has.
    pub width: u16,
}

impl Shown {
    /// A column in its usual width.
    #[must_use]
    pub fn usual(table: &Table, column: Column) -> Self {
        Self { column, width: usual_width(table, column) }
    }

    /// Itself wider, or narrower, within the limits.
    #[must_use]
    pub fn wider(self, table: &Table, by: i16) -> Self {
        let width = self.width.saturating_add_signed(by);
        Self { width: width.clamp(least_width(table, self.column), limits::COLUMN_WIDTH.1), ..self }
    }
}

impl Columns {
    /// The columns that are wanted beside those every list has.
    #[must_use]
    pub fn extra(&self, table: &Table) -> Vec<Column> {
        let chosen = self.shown.iter().map(|shown| shown.column);
        chosen.filter(|column| !table.columns.contains(column)).collect()
    }
}

/// The least width of a column: a text may be cut, what is counted or compared never is.
#[must_use]
pub fn least_width(table: &Table, column: Column) -> u16 {
    if is_text(table, column) { limits::COLUMN_WIDTH.0 } else { usual_width(table, column) }
}

const fn is_text_shape(shape: Shape) -> bool {
    matches!(shape, Shape::Line | Shape::Long | Shape::List | Shape::Link(_))
}

fn is_text(table: &Table, column: Column) -> bool {
    is_text_shape(table.head(column).shape)
}

/// Where the columns stand from the cell `start` on in a list of `room` cells that is moved sideways
/// by `across` columns, and whether there are more to the right. Where that is enough for all to be
/// seen, texts of their usual width give way; else the last text that is seen may be cut.
#[must_use]
pub fn arrange(
    table: &Table,
    columns: &Columns,
    across: usize,
    start: u16,
    room: u16,
) -> (Vec<Placed>, bool) {
    let fitted = fitted(table, columns, room.saturating_sub(start));
    let (frozen, moved) = fitted.split_at(columns.frozen.min(fitted.len()));
    let in_order = frozen.iter().chain(moved.iter().skip(across.min(moved.len().saturating_sub(1))));
    let mut placed: Vec<Placed> = Vec::new();
    let mut x = start;
    for shown in in_order {
        let left = room.saturating_sub(x);
        if left < shown.width {
            if is_text(table, shown.column) && left >= CUT {
                placed.push(Placed { column: shown.column, x, width: left });
            }
            return (placed, true);
        }
        placed.push(Placed { column: shown.column, x, width: shown.width });
        x = x.saturating_add(shown.width + 1);
    }
    (placed, false)
}

/// The columns, narrower where texts of their usual width make room for all by giving way.
fn fitted(table: &Table, columns: &Columns, room: u16) -> Vec<Shown> {
    let mut shown = columns.shown.clone();
    let used = |shown: &[Shown]| shown.iter().map(|shown| shown.width + 1).sum::<u16>().saturating_sub(1);
    while used(&shown) > room {
        let spare = |shown: &Shown| {
            let gives = is_text(table, shown.column) && shown.width <= usual_width(table, shown.column);
            if gives { shown.width.saturating_sub(GIVES) } else { 0 }
        };
        match shown.iter_mut().max_by_key(|shown| spare(shown)) {
            Some(widest) if spare(widest) > 0 => widest.width -= 1,
            _ => return columns.shown.clone(),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    fn columns(keys: &[(&str, u16)], frozen: usize) -> Columns {
        let table = Kind::Vendor.table();
        let shown = |(key, width): &(&str, u16)| Shown { column: table.column(key).unwrap(), width: *width };
        Columns { shown: keys.iter().map(shown).collect(), frozen }
    }

    fn seen(columns: &Columns, across: usize, room: u16) -> (Vec<(&'static str, u16, u16)>, bool) {
        let table = Kind::Vendor.table();
        let (placed, more) = arrange(table, columns, across, 3, room);
        let key = |column| table.head(column).key;
        (placed.iter().map(|placed| (key(placed.column), placed.x, placed.width)).collect(), more)
    }

    #[test]
    fn frozen_columns_stay_while_the_others_move() {
        let all = columns(&[("name", 10), ("owner", 8), ("ends", 10), ("email", 8)], 1);
        assert!(!seen(&all, 0, 60).1);
        assert_eq!(seen(&all, 0, 34), (vec![("name", 3, 10), ("owner", 14, 8), ("ends", 23, 10)], true));
        assert_eq!(seen(&all, 1, 34), (vec![("name", 3, 10), ("ends", 14, 10), ("email", 25, 8)], false));
        assert_eq!(
            seen(&all, 9, 34),
            (vec![("name", 3, 10), ("email", 14, 8)], false),
            "never past the last"
        );
        assert_eq!(seen(&all, 0, 32).0.len(), 2, "a date is not cut");
        assert_eq!(seen(&all, 1, 32).0[2], ("email", 25, 7), "the last text may be");
        assert_eq!(seen(&all, 1, 30).0.len(), 2, "but not to nothing");
        assert_eq!(seen(&columns(&[], 3), 2, 40), (vec![], false));
    }

    #[test]
    fn texts_of_their_usual_width_give_way_where_then_all_fit() {
        let usual = columns(&[("name", 32), ("state", 11), ("ends", 10)], 0);
        let (placed, more) = seen(&usual, 0, 50);
        assert_eq!((placed[0], more), (("name", 3, 24), false));
        assert_eq!(placed[2], ("ends", 40, 10));
        assert!(seen(&usual, 0, 37).1, "that would not be enough");
        assert_eq!(seen(&usual, 0, 37).0, [("name", 3, 32)]);
        let chosen = columns(&[("name", 40), ("state", 11), ("ends", 10)], 0);
        assert_eq!(seen(&chosen, 0, 50).0, [("name", 3, 40)], "a width that was chosen stays");
    }

    #[test]
    fn what_a_list_has_not_is_wanted_beside_it() {
        let table = Kind::Vendor.table();
        let all = columns(&[("name", 10), ("email", 8), ("tags", 9)], 0);
        assert_eq!(all.extra(table), [table.column("email").unwrap(), table.column("tags").unwrap()]);
        assert_eq!(Columns::default().extra(table), []);
        let shown = all.shown[0];
        assert_eq!((shown.wider(table, -90).width, shown.wider(table, 900).width), limits::COLUMN_WIDTH);
        let ends = Shown::usual(table, table.column("ends").unwrap());
        assert_eq!(ends.wider(table, -1), ends, "a date is seen whole");
    }
}
