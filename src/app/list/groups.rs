//! Rows under headings: one for each word of the column that a list is ordered by. A heading takes
//! a line, and the first line of a list that is seen is always one, so that what a row is of can be
//! told wherever one is.

use crate::app::list::List;
use crate::app::timeline::Timeline;
use crate::domain::contract::Urgency;
use crate::entity::{Column, Shape, Value};
use crate::register::Row;

/// One line of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen<'l> {
    /// The heading of what follows.
    Heading(Heading<'l>),
    /// A row.
    Row(&'l Row),
}

/// What the rows below a heading share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Heading<'l> {
    /// The value of a column.
    Value(&'l Value),
    /// How pressing they are.
    Urgency(Urgency),
}

/// What rows are grouped by.
#[derive(Debug, Clone, Copy)]
enum By {
    Word(Column),
    Urgency(Timeline),
}

impl List {
    /// The column by whose words the list can be grouped: the first of its order, where that holds
    /// one word of a list.
    #[must_use]
    pub fn groupable(&self) -> Option<Column> {
        let (column, _) = self.order.first;
        let shape = self.key.kind.table().head(column).shape;
        matches!(shape, Shape::Choice(_)).then_some(column)
    }

    /// The column by whose words the list is grouped.
    #[must_use]
    pub fn grouped_by(&self) -> Option<Column> {
        self.groupable().filter(|_| self.grouped && self.timeline.is_none())
    }

    /// Whether its rows stand under headings.
    #[must_use]
    pub fn has_headings(&self) -> bool {
        self.by().is_some()
    }

    fn by(&self) -> Option<By> {
        self.grouped_by().map(By::Word).or_else(|| self.by_urgency().map(By::Urgency))
    }

    /// The heading that a row stands under.
    fn heading<'l>(&'l self, row: &'l Row, by: By) -> Heading<'l> {
        match by {
            By::Word(column) => Heading::Value(self.page.cell(row, column).unwrap_or(&Value::Null)),
            By::Urgency(timeline) => Heading::Urgency(self.urgency(row, timeline)),
        }
    }

    /// The lines that are seen, from the top.
    #[must_use]
    pub fn seen(&self, lines: u16) -> Vec<Seen<'_>> {
        let most = usize::from(lines);
        let Some(by) = self.by() else { return self.visible(lines).map(Seen::Row).collect() };
        let mut seen = Vec::with_capacity(most);
        let mut before: Option<Heading<'_>> = None;
        for row in self.visible(lines) {
            let heading = self.heading(row, by);
            if before != Some(heading) {
                seen.push(Seen::Heading(heading));
                before = Some(heading);
            }
            seen.push(Seen::Row(row));
        }
        seen.truncate(most);
        // A heading with nothing below it says nothing.
        if let Some(Seen::Heading(_)) = seen.last() {
            seen.pop();
        }
        seen
    }

    /// Moves the top on until the row under the cursor is among the lines that are seen.
    pub(super) fn show_below_headings(&mut self, lines: u16) {
        if !self.has_headings() {
            return;
        }
        let Some(at) = self.at else { return };
        let is_loaded = self.page.rows.iter().any(|row| row.at.id == at);
        let is_seen = |list: &Self| {
            list.seen(lines).iter().any(|line| matches!(line, Seen::Row(row) if row.at.id == at))
        };
        while is_loaded && self.top < self.row && !is_seen(self) {
            self.top += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::list::ListKey;
    use crate::domain::list::ClosedList;
    use crate::domain::vendor::VendorState;
    use crate::entity::{Kind, Order, Ref};
    use crate::register::Page;

    fn list(states: &[usize]) -> List {
        let table = Kind::Vendor.table();
        let mut list = List::new(ListKey { kind: Kind::Vendor, scope: None });
        list.order = Order::read(table, "state,name").unwrap();
        list.grouped = true;
        let column = table.column("state").unwrap();
        let row = |(id, state): (usize, &usize)| {
            let cell = |shown: &Column| {
                let choice = Value::Choice(&VendorState::CHOICES[*state]);
                if *shown == column { choice } else { Value::Null }
            };
            let at = Ref { kind: Kind::Vendor, id: i64::try_from(id).unwrap() };
            Row { at, code: String::new(), version: 1, cells: table.columns.iter().map(cell).collect() }
        };
        let rows: Vec<Row> = states.iter().enumerate().map(row).collect();
        list.page = Page { total: Some(rows.len() as u64), rows, ..Page::default() };
        list.at = Some(0);
        list
    }

    fn lines(list: &List, lines: u16) -> String {
        let line = |seen: &Seen| match seen {
            Seen::Heading(Heading::Value(value)) => format!("[{}]", value.as_key()),
            Seen::Heading(Heading::Urgency(urgency)) => format!("[{}]", urgency.key()),
            Seen::Row(row) => row.at.id.to_string(),
        };
        list.seen(lines).iter().map(line).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_word_has_a_heading_and_so_has_the_first_line() {
        let mut all = list(&[0, 0, 1, 1, 2]);
        assert_eq!(lines(&all, 9), "[prospect] 0 1 [in_review] 2 3 [approved] 4");
        assert_eq!(lines(&all, 4), "[prospect] 0 1", "no heading without a row");
        all.top = 1;
        assert_eq!(lines(&all, 4), "[prospect] 1 [in_review] 2");
        all.grouped = false;
        assert_eq!(lines(&all, 3), "1 2 3");
        all.grouped = true;
        all.order = Order::of(Kind::Vendor.table());
        assert_eq!(lines(&all, 3), "1 2 3", "in another order there are none");
    }

    #[test]
    fn the_cursor_is_seen_wherever_it_goes() {
        let states: Vec<usize> = (0..40).map(|n| n / 3 % 5).collect();
        for rows in 2..12 {
            let mut all = list(&states);
            for by in [1_i64, 1, 1, 5, -2, 9, 40, -1, -1, -7, -50, 13] {
                all.step(by, rows);
                let row = Seen::Row(all.selected().unwrap());
                assert!(all.seen(rows).contains(&row), "{rows} {by}: {}", lines(&all, rows));
                assert!(all.seen(rows).len() <= usize::from(rows));
            }
        }
    }
}
