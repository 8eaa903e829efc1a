//! Months, bars and the mark of today against the dates they stand for.

use super::*;
use crate::domain::money::{Currency, MoneyRules};
use crate::entity::input::Reading;
use crate::register::{Anchor, Query};
use crate::store::probe::{Blank, Start};
use chrono::Days;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn months() -> Timeline {
    Timeline::of(day("2026-07-26"))
}

fn run(act_by: &str, last_day: &str) -> Run {
    Run { from: None, act_by: Some(day(act_by)), last_day: Some(day(last_day)) }
}

/// The bar as it is drawn in `cells`.
fn drawn(timeline: Timeline, run: &Run, cells: u16) -> String {
    let bar = timeline.bar(run, cells);
    let sign = |cell: u16| match cell {
        _ if bar.can.contains(&cell) => '#',
        _ if bar.late.contains(&cell) => '-',
        _ if bar.end == Some(cell) => '|',
        _ => ' ',
    };
    (0..cells).map(sign).collect::<String>().trim_end().to_owned()
}

#[test]
fn the_bars_are_those_of_the_drawing() {
    let drawn = |act_by, last| drawn(months(), &run(act_by, last), 24);
    assert_eq!(drawn("2026-07-21", "2026-08-31"), "###-----|", "late by five days");
    assert_eq!(drawn("2026-07-31", "2026-09-30"), "####--------|");
    assert_eq!(drawn("2026-08-21", "2026-10-31"), "#######---------|");
    assert_eq!(drawn("2027-07-31", "2028-01-31"), "#".repeat(24));
}

#[test]
fn what_begins_late_ends_early_or_never_is_told_so() {
    let later = Run { from: Some(day("2026-09-01")), ..run("2026-12-01", "2026-12-31") };
    assert_eq!(drawn(months(), &later, 16), "        ########");
    let open = Run { from: None, act_by: None, last_day: None };
    assert_eq!(drawn(months(), &open, 8), "########", "one can act on any day");
    let ended = Run { from: None, act_by: None, last_day: Some(day("2026-08-31")) };
    assert_eq!(drawn(months(), &ended, 12), "--------|", "one cannot act at all");
    let away = |run: &Run| months().bar(run, 24).away;
    assert_eq!(away(&run("2026-04-30", "2026-06-29")), None, "its end is in the first cell");
    assert_eq!(away(&run("2026-04-30", "2026-06-01")), Some(Side::Left));
    assert_eq!(away(&Run { from: Some(day("2027-01-01")), ..later }), Some(Side::Right));
    assert_eq!(
        drawn(months(), &run("2026-11-30", "2026-11-30"), 24),
        "####################|",
        "nothing is late"
    );
}

#[test]
fn months_move_and_today_stays_where_it_is() {
    let mut timeline = months();
    assert_eq!((timeline.month(0), timeline.month(6)), (day("2026-07-01"), day("2027-01-01")));
    assert_eq!(timeline.marker(24), Ok(3));
    timeline.scroll(-2);
    assert_eq!((timeline.month(0), timeline.marker(24)), (day("2026-05-01"), Ok(11)));
    timeline.scroll(3);
    assert_eq!((timeline.month(0), timeline.marker(24)), (day("2026-08-01"), Err(Side::Left)));
    timeline.scroll(-13);
    assert_eq!(timeline.marker(24), Err(Side::Right));
    timeline.scroll(i32::MIN);
    assert_eq!(timeline.month(0), day("1926-07-01"), "as far as a term may be");
    let last = Timeline::of(day("2026-01-31"));
    assert_eq!(last.month(1), day("2026-02-01"), "months are counted from their first day");
}

#[test]
fn another_day_moves_what_was_never_moved() {
    let mut list = List::new(ListKey { kind: Kind::Contract, scope: None });
    list.turn_timeline(day("2026-07-31"));
    list.begin_day(day("2026-08-01"));
    assert_eq!(list.timeline.unwrap().month(0), day("2026-08-01"));
    list.timeline.as_mut().unwrap().scroll(4);
    list.begin_day(day("2027-01-01"));
    assert_eq!(list.timeline.unwrap().month(0), day("2026-12-01"), "what one looks at stays");
}

/// The timeline is the list of contracts along the index of the day to act by; a row of it is read by
/// its id, whatever else it shows.
#[test]
fn the_timeline_walks_the_index_of_the_day_to_act_by() {
    let today = day("2026-07-26");
    let mut list = List::new(ListKey { kind: Kind::Contract, scope: None });
    list.order = Order::read(Kind::Contract.table(), "title").unwrap();
    list.turn_timeline(today);
    let reading = Reading { today, money: MoneyRules::of_base(Currency::CNY) };
    let table = Kind::Contract.table();
    let asked = list.ask(Anchor::First, 30, &reading);
    let asked = Query { extra: wanted(table).collect(), ..asked };
    assert!(asked.reach.0 + asked.reach.1 <= crate::limits::PAGE_ROWS && asked.extra.len() == 2);
    let blank = Blank::new();
    for (direction, start) in [(Direction::Up, Start::AtEnd), (Direction::Down, Start::AtRow)] {
        for plan in blank.plans(&asked, direction, start) {
            assert_eq!(plan.len(), 1, "{plan:?}");
            assert!(plan[0].contains("USING COVERING INDEX contract_x_act_by"), "{plan:?}");
        }
    }
    let by_id = |line: &String| line.starts_with("SEARCH") && line.contains("INTEGER PRIMARY KEY");
    let plan = blank.row_plan(&asked);
    assert!(!plan.is_empty() && plan.iter().all(by_id), "{plan:?}");
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..40_000_u64).prop_map(|n| day("1950-01-01").checked_add_days(Days::new(n)).unwrap())
}

proptest! {
    /// A cell stands for days of its month alone, and days stand in the order of their cells.
    #[test]
    fn cells_are_days_in_order(today in any_day(), moved in -600..600, some in any_day()) {
        let timeline = Timeline { today, moved };
        let next = some.succ_opt().unwrap();
        let (cell, after) = (timeline.cell(some), timeline.cell(next));
        prop_assert!(cell <= after && after <= cell + 1);
        let month = u16::try_from(cell.div_euclid(i64::from(MONTH)));
        if let Ok(month) = month {
            let first = timeline.month(month);
            prop_assert_eq!((first.year(), first.month()), (some.year(), some.month()));
        }
        if next.month() != some.month() {
            prop_assert_eq!((cell + 1).rem_euclid(i64::from(MONTH)), 0);
        }
    }

    /// Each cell of a bar says of its days what is true of them, and none is drawn twice.
    #[test]
    fn a_bar_says_what_is_true_of_its_days(
        today in any_day(), moved in -60..60, after in -900..900_i64, act in 0..900_u64, rest in 0..900_u64,
        cells in 1..60_u16,
    ) {
        let timeline = Timeline { today, moved };
        let from = timeline.month(0) + chrono::TimeDelta::days(after);
        let act_by = from.checked_add_days(Days::new(act)).unwrap();
        let last = act_by.checked_add_days(Days::new(rest)).unwrap();
        let bar = timeline.bar(&Run { from: Some(from), act_by: Some(act_by), last_day: Some(last) }, cells);
        prop_assert!(bar.can.end == bar.late.start && bar.can.start <= bar.can.end && bar.late.end <= cells);
        prop_assert!(bar.end.is_none_or(|end| end == bar.late.end && end < cells), "{:?}", bar);
        for at in from.iter_days().take_while(|at| *at <= last) {
            let Some(cell) = u16::try_from(timeline.cell(at)).ok().filter(|cell| *cell < cells) else { continue };
            // The cell of the last day one can act on is of that, though it be of later days too.
            let can = at <= act_by || cell + 1 == bar.can.end;
            let piece = if can { &bar.can } else { &bar.late };
            prop_assert!(piece.contains(&cell), "{} at {}: {:?}", at, cell, bar);
        }
        let seen = bar.can.len() + bar.late.len() + usize::from(bar.end.is_some());
        prop_assert_eq!(bar.away.is_some(), seen == 0, "{:?}", bar);
    }

    /// The mark of today stands where a bar of today alone begins.
    #[test]
    fn today_is_marked_where_its_day_is(today in any_day(), moved in -12..12, cells in 1..60_u16) {
        let timeline = Timeline { today, moved };
        let bar = timeline.bar(&Run { from: Some(today), act_by: Some(today), last_day: Some(today) }, cells);
        match timeline.marker(cells) {
            Ok(cell) => prop_assert_eq!(bar.can, cell..cell + 1),
            Err(_) => prop_assert!(bar.can.is_empty()),
        }
    }
}
