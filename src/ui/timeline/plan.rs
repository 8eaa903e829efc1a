//! Where the columns and the months of a timeline stand. Pure arithmetic of cells.

use crate::app::geometry::GUTTER;
use crate::app::timeline::MONTH;

/// A column beside the months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// The number of the contract, else its code.
    Number,
    /// Its title.
    Title,
    /// Its vendor.
    Vendor,
    /// What it is worth.
    Value,
    /// How long one has to act.
    ActIn,
}

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) cell: Cell,
    pub(super) x: u16,
    pub(super) width: u16,
}

/// A timeline in a list of some width.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// The columns, from the left.
    pub(super) columns: Vec<Place>,
    /// The cell at which the months begin.
    pub(super) months: u16,
    /// How many cells they have: whole months.
    pub(super) cells: u16,
    /// Lines of a record: two where the months stand below its columns.
    pub(super) lines: u16,
}

const NUMBER: u16 = 11;
const VALUE: u16 = 11;
const ACT_IN: u16 = 10;
/// The most a name wants before the months get what is left.
const TITLE: u16 = 32;
const VENDOR: u16 = 26;
/// The least columns of a list that shows title and vendor, and of one that shows the value.
const ROOMY: u16 = 110;
const VALUED: u16 = 80;

/// The plan for a list of `width` cells whose records take so many lines; `name` is the one name that is
/// shown where there is no room for two.
pub(super) fn plan(width: u16, lines: u16, name: Cell) -> Plan {
    let names: &[Cell] = if lines == 1 && width >= ROOMY && name == Cell::Vendor {
        &[Cell::Title, Cell::Vendor]
    } else {
        &[name]
    };
    let value = if lines == 1 && width >= VALUED { VALUE + 1 } else { 0 };
    // The last cell of a line stays free, and one more parts the months from what stands before them.
    let fixed = GUTTER + NUMBER + 1 + value + ACT_IN + 2;
    let count = u16::try_from(names.len()).unwrap_or(1);
    let room = width.saturating_sub(fixed + count + 1);
    let least_months = if lines == 1 { whole(width * 3 / 10) } else { 0 };
    let wanted = |name: Cell| if name == Cell::Vendor { VENDOR } else { TITLE };
    let mut left = room.saturating_sub(least_months);
    let mut widths = Vec::new();
    for (at, name) in (0..count).zip(names) {
        let share = left / (count - at);
        let width = if lines == 1 { share.min(wanted(*name)) } else { share };
        widths.push(width);
        left -= width;
    }
    let cells = if lines == 1 {
        let cells = whole(room - widths.iter().sum::<u16>());
        // What makes no whole month goes to the last name.
        let spare = room - widths.iter().sum::<u16>() - cells;
        if let Some(last) = widths.last_mut() {
            *last += spare;
        }
        cells
    } else {
        whole(width.saturating_sub(GUTTER + 1))
    };
    let mut columns = Vec::new();
    let mut x = GUTTER;
    let mut place = |cell, width| {
        columns.push(Place { cell, x, width });
        x += width + 1;
    };
    place(Cell::Number, NUMBER);
    for (name, width) in names.iter().zip(widths) {
        place(*name, width);
    }
    if value > 0 {
        place(Cell::Value, VALUE);
    }
    place(Cell::ActIn, ACT_IN);
    Plan { columns, months: if lines == 1 { x + 1 } else { GUTTER }, cells, lines }
}

/// So many cells of them as whole months take.
const fn whole(cells: u16) -> u16 {
    cells / MONTH * MONTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_into_its_neighbour_at_any_width() {
        for name in [Cell::Vendor, Cell::Title] {
            for width in 40..=240 {
                let lines = if width < 60 { 2 } else { 1 };
                let plan = plan(width, lines, name);
                let mut end = 0;
                for place in &plan.columns {
                    assert!(place.x > end && place.width > 5, "{width}: {plan:?}");
                    end = place.x + place.width;
                }
                let months = if lines == 1 { end + 1 } else { 0 };
                assert!(plan.months > months, "{width}: {plan:?}");
                assert!(plan.months + plan.cells < width && end < width, "{width}: {plan:?}");
                assert_eq!(plan.cells % MONTH, 0);
                assert!(plan.cells / MONTH >= if width < 80 { 3 } else { 5 }, "{width}: {plan:?}");
            }
        }
    }

    #[test]
    fn at_the_drawn_sizes_there_are_half_a_year_and_most_of_one() {
        assert_eq!(plan(80, 1, Cell::Vendor).cells / MONTH, 6);
        assert_eq!(plan(120, 1, Cell::Vendor).cells / MONTH, 9);
        let cells = |width| plan(width, 1, Cell::Vendor).columns.into_iter().map(|place| place.cell);
        assert!(cells(110).any(|cell| cell == Cell::Title) && cells(109).all(|cell| cell != Cell::Title));
        assert!(cells(80).any(|cell| cell == Cell::Value) && cells(79).all(|cell| cell != Cell::Value));
    }
}
