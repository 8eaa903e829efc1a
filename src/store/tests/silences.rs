//! What is snoozed or acknowledged is in no list of what is due and in no count of it, until its day or
//! until its date moves.

use super::support::*;
use super::*;
use crate::register::What;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// A register with an action that was due yesterday, and one due in a week.
fn desk() -> (tempfile::TempDir, Store, Ref, Ref) {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let action = |store: &mut Store, title: &str, due: &str| {
        add(store, Kind::Action, &[("title", title), ("vendor", "V-0001"), ("due_on", due)])
    };
    let late = action(&mut store, "Late", "2026-07-25");
    let soon = action(&mut store, "Soon", "2026-08-02");
    (dir, store, late, soon)
}

/// The records that need attention, most pressing first; the same by every way that tells them.
fn told(store: &Store) -> Vec<Ref> {
    let until = store.today().checked_add_days(chrono::Days::new(30));
    let lines: Vec<Ref> = store.attention(until, 100).unwrap().iter().map(|line| line.at).collect();
    let overview = store.overview(100).unwrap();
    assert_eq!(overview.attention.iter().map(|line| line.at).collect::<Vec<_>>(), lines);
    assert_eq!(overview.due, i64::try_from(lines.len()).unwrap());
    let deadlines = store.deadlines(until, |_| true).unwrap();
    assert_eq!(deadlines.iter().map(|(line, _)| line.at).collect::<Vec<_>>(), lines);
    // As few as are asked for, whatever stands before them.
    assert_eq!(store.attention(until, 1).unwrap().first().map(|line| line.at), lines.first().copied());
    lines
}

#[test]
fn what_is_snoozed_is_told_again_on_its_day() {
    let (_dir, mut store, late, soon) = desk();
    assert_eq!(told(&store), [late, soon]);
    let (due, _) = store.silence(late, None, Some(day("2026-08-01")), "they asked for a week").unwrap();
    assert_eq!((due.what, due.date), (What::Action, day("2026-07-25")));
    assert_eq!(told(&store), [soon]);
    let silent = store.silenced(None).unwrap();
    assert_eq!(silent.iter().map(|line| (line.at, line.days)).collect::<Vec<_>>(), [(late, -1)]);
    assert_eq!(store.overview(9).unwrap().snoozed, silent);
    assert_eq!(silent[0].silence.as_ref().unwrap().reason, "they asked for a week");
    assert_eq!(store.card(late).unwrap().dues, []);
    assert_eq!(store.card(soon).unwrap().dues.len(), 1);
    store.set_today(day("2026-07-31"));
    assert_eq!(told(&store), [soon]);
    store.set_today(day("2026-08-01"));
    assert_eq!(told(&store), [late, soon]);
    assert_eq!(store.silenced(None).unwrap(), []);
    store.set_today(day("2026-07-26"));
    store.undo().unwrap();
    assert_eq!(told(&store), [late, soon]);
    store.redo().unwrap();
    assert_eq!(told(&store), [soon]);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn what_is_acknowledged_is_told_again_when_its_date_moves() {
    let (_dir, mut store, late, soon) = desk();
    store.silence(soon, None, None, "nothing to do for us").unwrap();
    store.set_today(day("2026-08-20"));
    assert_eq!(told(&store), [late]);
    edit(&mut store, soon, &[("due_on", "2026-08-25")]);
    assert_eq!(told(&store), [late, soon]);
    edit(&mut store, soon, &[("due_on", "2026-08-02")]);
    assert_eq!(told(&store), [late]);
    store.wake(soon).unwrap();
    assert_eq!(told(&store), [late, soon]);
    assert!(matches!(store.wake(soon), Err(Refusal::Rule(_))));
    store.undo().unwrap();
    assert_eq!(told(&store), [late]);
}

#[test]
fn a_silence_has_a_reason_and_a_day_to_come_and_one_date() {
    let (_dir, mut store, late, soon) = desk();
    let says =
        |result: Result<_, Refusal>| sentences(&result.map(|_: (Due, Saved)| ()).unwrap_err()).join(" ");
    assert!(says(store.silence(late, None, None, "  ")).contains("Why"));
    assert!(says(store.silence(late, None, Some(day("2026-07-26")), "later")).contains("after 2026-07-26"));
    assert!(says(store.silence(late, Some(What::Report), None, "later")).contains("Nothing of AC-0001"));
    edit(&mut store, late, &[("state", "done")]);
    assert!(says(store.silence(late, None, None, "later")).contains("Nothing of AC-0001"));
    // By the form too, which knows no other day.
    let words = [("record", "AC-0002"), ("what", "action"), ("due_on", "2026-08-02"), ("why", "later")];
    let past = try_add(&mut store, Kind::Acknowledgement, &[&words[..], &[("until", "2026-07-26")]].concat());
    assert!(matches!(past, Err(Refusal::Invalid(_))), "{past:?}");
    // Said again, it is the same one with another day.
    store.silence(soon, None, Some(day("2026-08-10")), "later").unwrap();
    store.silence(soon, None, Some(day("2026-08-01")), "sooner").unwrap();
    store.set_today(day("2026-08-01"));
    assert_eq!(told(&store), [soon]);
}

#[test]
fn a_contract_whose_day_has_passed_is_silent_too() {
    let (_dir, mut store) = fresh();
    let alpha = vendor(&mut store, "Alpha");
    let terms = [("starts_on", "2025-09-01"), ("term", "12m"), ("renewal", "auto"), ("renewal_term", "12m")];
    let at = contract(&mut store, alpha, &[&terms[..], &[("notice", "1m")]].concat());
    // Its rows were written for another day than the one on which they are read.
    for today in ["2026-07-26", "2026-08-01", "2026-09-30"] {
        store.set_today(day(today));
        let lines = store.attention(None, 9).unwrap();
        let line = lines.into_iter().find(|line| line.at == at).expect("its notice is always due some day");
        let few = store.overview(9).unwrap();
        store.silence(at, Some(line.what), None, "seen").unwrap();
        let none = store.overview(9).unwrap();
        let is_near = line.days <= 30;
        assert_eq!(few.due - none.due, i64::from(is_near), "{today}");
        let soon = line.what == What::Notice && (0..=7).contains(&line.days);
        assert_eq!(few.notice - none.notice, i64::from(soon), "{today}");
        assert!(!store.attention(None, 9).unwrap().contains(&line), "{today}");
        store.undo().unwrap();
    }
}
