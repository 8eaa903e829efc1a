//! The questions that wait for the reader: the newest of each part of a screen, and counts last.

use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::limits;
use crate::register::{Request, Slot, Ticket};
use crate::store::StopWish;

#[derive(Default)]
pub(super) struct Queue {
    pub(super) waiting: VecDeque<Question>,
    pub(super) running: Option<Running>,
    pub(super) today: Option<NaiveDate>,
    pub(super) closed: bool,
}

pub(super) type Question = (Slot, Ticket, Request);

/// The question that is being answered.
pub(super) struct Running {
    slot: Slot,
    pub(super) stop: Option<StopWish>,
    /// Whether no newer question has taken its place.
    pub(super) is_wanted: bool,
}

impl Running {
    pub(super) fn stop(&self) {
        if let Some(stop) = &self.stop {
            stop.want();
        }
    }
}

impl Queue {
    /// Puts a question in its place, and takes out what it replaces. Counting may take long and is
    /// only a number in a corner: it comes after all else, and stops for all else.
    pub(super) fn put(&mut self, question: Question) {
        let asked = question.0;
        // Another page of the list makes the count of the one before it idle work.
        let replaced = |old: Slot| old == asked || (old == Slot::Count && asked == Slot::List);
        self.waiting.retain(|(waiting, _, _)| !replaced(*waiting));
        if self.waiting.len() < limits::QUEUE {
            let count = self.waiting.iter().position(|(waiting, _, _)| *waiting == Slot::Count);
            let at = count.filter(|_| asked != Slot::Count).unwrap_or(self.waiting.len());
            self.waiting.insert(at, question);
        }
        if let Some(running) = &mut self.running {
            running.is_wanted &= !replaced(running.slot);
            if !running.is_wanted || running.slot == Slot::Count {
                running.stop();
            }
        }
    }

    /// Takes the next question out; it runs from now on.
    pub(super) fn take(&mut self, stop: Option<&StopWish>) -> Option<Question> {
        let question = self.waiting.pop_front()?;
        self.running = Some(Running { slot: question.0, stop: stop.cloned(), is_wanted: true });
        Some(question)
    }

    /// Notes that a question no longer runs. One that was stopped and is still wanted waits again.
    pub(super) fn finish(&mut self, question: Question, is_stopped: bool) {
        let running = self.running.take();
        if let Some(stop) = running.as_ref().and_then(|running| running.stop.as_ref()) {
            stop.take_back();
        }
        let is_wanted = running.is_some_and(|running| running.is_wanted);
        if is_wanted && is_stopped {
            self.put(question);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{Kind, Ref};

    /// A question; which one it is does not matter to the queue.
    fn question(slot: Slot, ticket: Ticket) -> Question {
        (slot, ticket, Request::Card(Ref { kind: Kind::Vendor, id: 1 }))
    }

    /// A queue whose count, of ticket 1, is running.
    fn counting(stop: Option<&StopWish>) -> Queue {
        let mut queue = Queue::default();
        queue.put(question(Slot::Count, 1));
        assert_eq!(queue.take(stop), Some(question(Slot::Count, 1)));
        queue
    }

    #[test]
    fn a_count_stops_for_every_question_and_is_asked_again_after_it() {
        let stop = StopWish::default();
        let mut queue = counting(Some(&stop));
        assert!(!stop.is_wanted());
        queue.put(question(Slot::Find, 2));
        assert!(stop.is_wanted(), "the count runs on");
        queue.finish(question(Slot::Count, 1), true);
        assert!(!stop.is_wanted(), "the next question is stopped as well");
        assert_eq!(queue.take(None), Some(question(Slot::Find, 2)));
        assert_eq!(queue.take(None), Some(question(Slot::Count, 1)));
        assert_eq!(queue.take(None), None);
    }

    #[test]
    fn a_count_that_was_replaced_is_not_asked_again() {
        for newer in [Slot::Count, Slot::List] {
            let mut queue = counting(None);
            queue.put(question(newer, 2));
            queue.finish(question(Slot::Count, 1), true);
            assert_eq!(queue.take(None), Some(question(newer, 2)));
            assert_eq!(queue.take(None), None);
        }
    }
}
