//! The moves between states: which are possible, and what each needs.
//!
//! This module must never let a state change that its table does not list, and must never make a
//! move by itself: it only answers whether one may be made.

mod tables;

pub use tables::{
    ACTION_MOVES, BREACH_MOVES, CHANGE_MOVES, CONSEQUENCE_MOVES, CONTRACT_MOVES, DELIVERABLE_MOVES,
    EXIT_MOVES, EXIT_STEP_MOVES, IMPROVEMENT_MOVES, INVOICE_MOVES, MEETING_MOVES, REPORT_MOVES, REVIEW_MOVES,
    RISK_MOVES, VENDOR_MOVES,
};

/// A state of any kind may be the origin of the move.
pub const ANY: &str = "*";

/// What a move needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// A reason, given with the move.
    Reason,
    /// A value in the field of the record with this key.
    Field(&'static str),
}

/// One row of a table of moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The key of the state it leaves, or [`ANY`].
    pub from: &'static str,
    /// The key of the state it reaches.
    pub to: &'static str,
    /// What must be there, in the order in which it is asked for.
    pub needs: &'static [Need],
}

/// What is there for a move.
#[derive(Clone, Copy)]
pub struct MoveFacts<'a> {
    /// Whether the field of the record with this key has a value, as it will be after the move.
    pub filled: &'a dyn Fn(&str) -> bool,
    /// The reason given; blanks are none.
    pub reason: Option<&'a str>,
}

impl MoveFacts<'_> {
    fn meets(&self, need: Need) -> bool {
        match need {
            Need::Reason => self.reason.is_some_and(|reason| !reason.trim().is_empty()),
            Need::Field(key) => (self.filled)(key),
        }
    }
}

/// Why a move may not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoveRefusal {
    /// The table has no such move.
    NoSuchMove {
        /// The key of the state it would leave.
        from: String,
        /// The key of the state it would reach.
        to: String,
        /// The keys of the states that can be reached instead; none for a final state.
        possible: Vec<&'static str>,
    },
    /// The first thing that the move needs and that is not there.
    Missing(Need),
}

/// Whether the state of a record may change from `from` to `to`, given `facts`.
///
/// Both are keys of the list of states the table is about. To stay in a state is no move and always
/// allowed.
///
/// # Errors
///
/// When the table has no such move, or a need of it is not met.
pub fn check_move(table: &[Move], from: &str, to: &str, facts: &MoveFacts<'_>) -> Result<(), MoveRefusal> {
    if from == to {
        return Ok(());
    }
    let Some(row) = rows_from(table, from).find(|row| row.to == to) else {
        let possible = possible_moves(table, from);
        return Err(MoveRefusal::NoSuchMove { from: from.to_owned(), to: to.to_owned(), possible });
    };
    match row.needs.iter().find(|need| !facts.meets(**need)) {
        Some(need) => Err(MoveRefusal::Missing(*need)),
        None => Ok(()),
    }
}

/// The keys of the states that can be reached from `from`, in the order of the table.
#[must_use]
pub fn possible_moves(table: &[Move], from: &str) -> Vec<&'static str> {
    let mut possible: Vec<&'static str> = Vec::new();
    for row in rows_from(table, from) {
        if !possible.contains(&row.to) {
            possible.push(row.to);
        }
    }
    possible
}

/// What every move into the state `to` needs: what a record in that state therefore has, however it
/// came there.
#[must_use]
pub fn needs_of(table: &[Move], to: &str) -> Vec<Need> {
    let mut moves = table.iter().filter(|row| row.to == to);
    let Some(first) = moves.next() else { return Vec::new() };
    let rest: Vec<&Move> = moves.collect();
    let common = |need: &Need| rest.iter().all(|row| row.needs.contains(need));
    first.needs.iter().copied().filter(common).collect()
}

fn rows_from<'a>(table: &'a [Move], from: &'a str) -> impl Iterator<Item = &'a Move> {
    table.iter().filter(move |row| row.from == from || (row.from == ANY && row.to != from))
}

#[cfg(test)]
mod tests;
