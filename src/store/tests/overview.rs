//! The Overview: its counts, its months, its trend.

use super::support::*;
use super::*;

#[test]
fn ends_are_counted_by_month_in_the_base_currency_where_it_has_any_share() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let ending = |store: &mut Store, day: &str, value: &str| {
        contract(
            store,
            a,
            &[("starts_on", "2026-01-01"), ("term", "12m"), ("ends_on", day), ("value", value)],
        );
    };
    ending(&mut store, "2026-07-25", "CNY 100");
    ending(&mut store, "2026-07-26", "USD 100");
    ending(&mut store, "2026-10-24", "USD 200");
    ending(&mut store, "2026-10-25", "");
    ending(&mut store, "2027-01-01", "CNY 100");
    let overview = store.overview(100).unwrap();
    assert_eq!(overview.counts.ending, 2, "from today to the ninetieth day");
    let months: Vec<(String, i64, Option<&str>)> = overview
        .ends
        .iter()
        .map(|m| (m.month.to_string(), m.count, m.annual.map(|money| money.currency.code())))
        .collect();
    let is = |m: &str, n: i64, c: Option<&'static str>| (m.to_owned(), n, c);
    assert_eq!(months[0], is("2026-07-01", 2, Some("CNY")));
    assert_eq!(months[1], is("2026-08-01", 0, None));
    assert_eq!(months[3], is("2026-10-01", 2, Some("USD")));
    assert_eq!(months.len(), 6);
}

#[test]
fn the_overview_counts_every_date_whatever_it_lists() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = demo(dir.path());
    for day in ["2026-07-26", "2026-08-02", "2026-12-31"] {
        store.set_today(day.parse().unwrap());
        let until = store.today().checked_add_days(chrono::Days::new(30));
        let all = store.attention(until, usize::MAX).unwrap();
        let soon = |line: &&crate::register::Attention| {
            line.what == crate::register::due::What::Notice && (0..=7).contains(&line.days)
        };
        let few = store.overview(3).unwrap();
        assert_eq!(few.attention, all[..3], "on {day}");
        assert_eq!(few.due, i64::try_from(all.len()).unwrap(), "on {day}");
        assert_eq!(few.notice, i64::try_from(all.iter().filter(soon).count()).unwrap(), "on {day}");
    }
}

#[test]
fn a_line_of_the_attention_list_tells_what_the_whole_record_would() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    let lines = store.attention(None, 1_000).unwrap();
    let kinds: std::collections::BTreeSet<Kind> = lines.iter().map(|line| line.at.kind).collect();
    assert_eq!(kinds.len(), 14, "every kind that can be due is: {kinds:?}");
    for line in lines {
        let due = crate::register::Due { what: line.what, date: line.date };
        let whole = store.record(line.at).unwrap();
        assert_eq!(store.line_of(&whole, due).unwrap(), line);
    }
}

#[test]
fn the_trend_is_told_however_often_one_reviews() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    for (period, points) in [("2026-04", "80"), ("2026-05", "70"), ("2026-06", "90")] {
        review(&mut store, a, period, points);
    }
    let is = |period: &str, mean: i64| (period.to_owned(), mean);
    let monthly = [is("2026-04", 8_000), is("2026-05", 7_000), is("2026-06", 9_000)];
    assert_eq!(store.overview(0).unwrap().periods, monthly);
    review(&mut store, a, "2025-H2", "60");
    assert_eq!(store.overview(0).unwrap().periods, monthly);
}
