//! Which records of a list are marked: by their numbers, so that neither an order, nor a filter, nor
//! another's change ever marks another.

use std::collections::BTreeSet;
use std::sync::Arc;

/// The marked records of a list. Cheap to clone, however many they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Marks {
    settled: Arc<BTreeSet<i64>>,
    range: Option<Range>,
}

/// Records from one to the cursor, as long as that moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Where it began.
    pub from: i64,
    /// Where the cursor was when it was worked out last.
    pub to: i64,
    /// The records from the one to the other.
    ids: Arc<BTreeSet<i64>>,
    /// How many of them are not marked beside it.
    fresh: usize,
}

impl Marks {
    /// Whether a record is marked.
    #[must_use]
    pub fn holds(&self, id: i64) -> bool {
        self.settled.contains(&id) || self.range.as_ref().is_some_and(|range| range.ids.contains(&id))
    }

    /// How many are marked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.settled.len() + self.range.as_ref().map_or(0, |range| range.fresh)
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// The range that follows the cursor.
    #[must_use]
    pub const fn range(&self) -> Option<&Range> {
        self.range.as_ref()
    }

    /// All that are marked, in the order of their numbers.
    #[must_use]
    pub fn ids(&self) -> Vec<i64> {
        match &self.range {
            None => self.settled.iter().copied().collect(),
            Some(range) => self.settled.union(&range.ids).copied().collect(),
        }
    }

    /// Marks a record, or takes its mark away.
    pub(in crate::app) fn turn(&mut self, id: i64) {
        let settled = Arc::make_mut(&mut self.settled);
        if !settled.remove(&id) {
            settled.insert(id);
        }
    }

    /// Marks these; where all of them are marked already, takes their marks away.
    pub(in crate::app) fn turn_all(&mut self, ids: &[i64]) {
        let settled = Arc::make_mut(&mut self.settled);
        let before = settled.len();
        settled.extend(ids);
        if settled.len() == before {
            for id in ids {
                settled.remove(id);
            }
        }
    }

    /// Begins a range at a record.
    pub(in crate::app) fn begin(&mut self, id: i64) {
        self.range = Some(Range { from: id, to: id, ids: Arc::default(), fresh: 0 });
        self.stretch(id, [id]);
    }

    /// Takes the records from where the range began to where the cursor is.
    pub(in crate::app) fn stretch(&mut self, to: i64, ids: impl IntoIterator<Item = i64>) {
        if let Some(range) = &mut self.range {
            let ids: BTreeSet<i64> = ids.into_iter().collect();
            range.to = to;
            range.fresh = ids.difference(&self.settled).count();
            range.ids = Arc::new(ids);
        }
    }

    /// Takes the records from where the cursor was to where it is now, both included: into a range that
    /// grows by them, out of one that comes back over them.
    pub(in crate::app) fn go_on(&mut self, to: i64, way: &[i64]) {
        let Some(range) = &mut self.range else { return };
        let ids = Arc::make_mut(&mut range.ids);
        let comes_back = ids.contains(&to);
        for id in way.iter().filter(|id| !comes_back || **id != to) {
            let is_new = if comes_back { ids.remove(id) } else { ids.insert(*id) };
            if is_new && !self.settled.contains(id) {
                range.fresh = if comes_back { range.fresh - 1 } else { range.fresh + 1 };
            }
        }
        range.to = to;
    }

    /// Takes the range away; what is marked beside it stays.
    pub(in crate::app) fn give_up(&mut self) {
        self.range = None;
    }

    /// Ends the range; what it holds stays marked. Whether there was one.
    pub(in crate::app) fn settle(&mut self) -> bool {
        let Some(range) = self.range.take() else { return false };
        Arc::make_mut(&mut self.settled).extend(range.ids.iter());
        true
    }

    /// Takes the marks of these away; the range is settled before.
    pub(in crate::app) fn remove(&mut self, ids: &[i64]) {
        self.settle();
        let settled = Arc::make_mut(&mut self.settled);
        for id in ids {
            settled.remove(id);
        }
    }

    /// Takes the range away, else all marks. Whether there was anything to take away.
    pub(in crate::app) fn clear(&mut self) -> bool {
        if self.range.take().is_some() {
            return true;
        }
        let had_some = !self.settled.is_empty();
        self.settled = Arc::default();
        had_some
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_and_go() {
        let mut marks = Marks::default();
        marks.turn(3);
        marks.turn(1);
        marks.turn(3);
        assert_eq!((marks.ids(), marks.count()), (vec![1], 1));
        marks.turn_all(&[1, 2, 5]);
        assert_eq!(marks.ids(), [1, 2, 5]);
        marks.turn_all(&[2, 5]);
        assert_eq!(marks.ids(), [1], "all of them were marked");
        assert!(marks.clear() && !marks.clear() && marks.is_empty());
    }

    #[test]
    fn a_range_is_marked_as_long_as_it_stands_and_stays_when_it_is_settled() {
        let mut marks = Marks::default();
        marks.turn(7);
        marks.begin(4);
        marks.stretch(9, vec![4, 7, 9]);
        assert_eq!((marks.count(), marks.ids()), (3, vec![4, 7, 9]));
        assert!(marks.holds(9));
        marks.go_on(12, &[9, 11, 12]);
        assert_eq!((marks.count(), marks.ids()), (5, vec![4, 7, 9, 11, 12]));
        marks.go_on(7, &[7, 9, 11, 12]);
        assert_eq!((marks.count(), marks.ids()), (2, vec![4, 7]));
        marks.stretch(4, vec![4]);
        assert_eq!((marks.count(), marks.holds(9)), (2, false));
        let mut given_up = marks.clone();
        assert!(given_up.clear());
        assert_eq!(given_up.ids(), [7], "Esc takes the range away first");
        assert!(marks.settle() && !marks.settle());
        assert_eq!(marks.ids(), [4, 7]);
    }
}
