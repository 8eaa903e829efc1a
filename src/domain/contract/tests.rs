use super::*;
use crate::domain::list::ClosedList;
use crate::domain::money::Currency;
use chrono::Days;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span(text: &str) -> Span {
    text.parse().unwrap()
}

fn in_force(start: &str, term: &str) -> Terms {
    Terms {
        starts_on: Some(day(start)),
        term: Some(span(term)),
        state: ContractState::InForce,
        ..Terms::default()
    }
}

fn auto(start: &str, term: &str, renewal: &str) -> Terms {
    let renewal_term = Some(span(renewal));
    Terms { renewal: Renewal::Auto, renewal_term, ..in_force(start, term) }
}

fn on(terms: &Terms, today: &str) -> Dates {
    dates(terms, &Calendar::weekends(), day(today), NoticePolicy::default())
}

fn valid(found: &Dates) -> (NaiveDate, NaiveDate) {
    (found.valid_from, found.valid_until)
}

fn badge_on(terms: &Terms, today: &str) -> Option<Badge> {
    on(terms, today).badge
}

// The golden cases of the date engine, each checked by hand.

#[test]
fn golden_glpi_15893() {
    let terms = Terms { notice: span("3m"), ..auto("2020-08-01", "36m", "12m") };
    let found = on(&terms, "2023-10-31");
    assert_eq!(found.boundary, Some(day("2024-08-01")));
    assert_eq!(found.cancel_by_calendar, Some(day("2024-05-01")));
    assert_eq!(found.term_index, Some(1));
}

#[test]
fn golden_glpi_23084() {
    let terms = Terms { notice: span("2m"), ..auto("2024-08-28", "12m", "12m") };
    let found = on(&terms, "2026-02-11");
    assert_eq!(found.boundary, Some(day("2026-08-28")));
    assert_eq!(found.cancel_by_calendar, Some(day("2026-06-28")));
    // A Sunday, so notice must be in by Friday.
    assert_eq!(found.cancel_by, Some(day("2026-06-26")));
}

#[test]
fn golden_glpi_6004() {
    let terms = Terms { notice: span("3m"), warn: Some(span("21d")), ..in_force("2018-09-27", "36m") };
    let found = on(&terms, "2019-01-01");
    assert_eq!(found.boundary, Some(day("2021-09-27")));
    assert_eq!(found.cancel_by_calendar, Some(day("2021-06-27")));
    assert_eq!(found.warn_on, Some(day("2021-06-06")));
}

#[test]
fn golden_glpi_14703() {
    let terms = auto("2015-01-01", "60m", "12m");
    let found = on(&terms, "2021-06-01");
    assert_eq!((found.boundary, found.term_index), (Some(day("2022-01-01")), Some(2)));
}

#[test]
fn golden_renewal_calc() {
    let terms = Terms { notice: span("60d"), ..in_force("2026-01-01", "24m") };
    let found = on(&terms, "2026-06-01");
    assert_eq!((found.boundary, found.cancel_by), (Some(day("2028-01-01")), Some(day("2027-11-02"))));
}

#[test]
fn golden_weekend_roll() {
    let terms = in_force("2025-06-06", "12m");
    let found = on(&terms, "2025-07-01");
    assert_eq!((found.boundary, found.cancel_by), (Some(day("2026-06-06")), Some(day("2026-06-05"))));
    assert_eq!(found.send_by, Some(day("2026-06-05")));
    let with_buffer = Terms { transit: span("3d"), ..terms };
    assert_eq!(on(&with_buffer, "2025-07-01").send_by, Some(day("2026-06-02")));
}

#[test]
fn golden_month_end() {
    let terms = Terms { notice: span("3m"), ..in_force("2024-08-31", "6m") };
    let found = on(&terms, "2024-09-01");
    assert_eq!(found.boundary, Some(day("2025-02-28")));
    assert_eq!(found.cancel_by_calendar, Some(day("2024-11-28")));
}

#[test]
fn golden_drift() {
    let terms = auto("2024-01-31", "1m", "1m");
    assert_eq!(on(&terms, "2024-02-29").boundary, Some(day("2024-03-31")));
    assert_eq!(on(&terms, "2024-03-31").boundary, Some(day("2024-04-30")));
}

#[test]
fn golden_seed_contract() {
    let terms = Terms { term: Some(span("2年")), ..in_force("2026-03-01", "1m") };
    assert_eq!(initial_term(&terms, &Calendar::weekends()), Some(Span::months(24)));
    assert_eq!(on(&terms, "2026-03-01").last_day, Some(day("2028-02-29")));
}

#[test]
fn golden_seed_force_majeure() {
    // 1 March is day 1, so 30 April is day 61.
    assert_eq!(force_majeure_ground_on(day("2026-03-01"), 60), Some(day("2026-04-30")));
}

// The rules one by one.

#[test]
fn the_last_day_is_inclusive() {
    let terms = in_force("2026-01-01", "12m");
    assert_eq!(on(&terms, "2026-06-01").last_day, Some(day("2026-12-31")));
    assert_eq!(badge_on(&terms, "2026-12-31"), Some(Badge::LastTerm));
    assert_eq!(badge_on(&terms, "2027-01-01"), Some(Badge::Lapsed));
}

#[test]
fn the_last_day_may_be_entered_instead_of_the_term() {
    let by_day = Terms { term: None, ends_on: Some(day("2025-02-27")), ..auto("2024-08-31", "6m", "6m") };
    assert_eq!(initial_term(&by_day, &Calendar::weekends()), Some(Span::months(6)));
    for today in ["2024-09-01", "2025-03-01", "2025-09-01"] {
        assert_eq!(on(&by_day, today), on(&auto("2024-08-31", "6m", "6m"), today), "{today}");
    }
    assert_eq!(on(&by_day, "2025-03-01").boundary, Some(day("2025-08-31")));
}

#[test]
fn a_last_day_may_prove_a_single_month() {
    let terms = Terms { term: None, ends_on: Some(day("2024-02-28")), ..auto("2024-01-31", "1m", "1m") };
    assert_eq!(initial_term(&terms, &Calendar::weekends()), Some(Span::months(1)));
}

#[test]
fn a_last_day_off_the_month_counts_in_days() {
    let terms = Terms { term: None, ends_on: Some(day("2026-01-20")), ..auto("2026-01-01", "1m", "1m") };
    assert_eq!(initial_term(&terms, &Calendar::weekends()), Some(Span::days(20)));
    assert_eq!(on(&terms, "2026-01-21").boundary, Some(day("2026-02-21")));
}

#[test]
fn without_a_start_the_last_day_is_the_anchor() {
    let terms = Terms {
        starts_on: None,
        term: None,
        ends_on: Some(day("2026-08-30")),
        ..auto("2026-01-01", "1m", "6m")
    };
    assert_eq!(on(&terms, "2026-01-01").boundary, Some(day("2026-08-31")));
    assert_eq!(on(&terms, "2026-08-31").boundary, Some(day("2027-02-28")));
    assert_eq!(on(&terms, "2027-02-28").boundary, Some(day("2027-08-31")));
}

#[test]
fn where_both_are_given_the_last_day_holds_and_the_disagreement_is_told() {
    let calendar = Calendar::weekends();
    let agreed = Terms { ends_on: Some(day("2026-12-31")), ..in_force("2026-01-01", "12m") };
    assert_eq!(term_disagreement(&agreed, &calendar), None);
    let off = Terms { ends_on: Some(day("2027-01-01")), ..agreed };
    let told = Disagreement { by_term: day("2026-12-31"), stated: day("2027-01-01") };
    assert_eq!(term_disagreement(&off, &calendar), Some(told));
    assert_eq!(on(&off, "2026-06-01").boundary, Some(day("2027-01-02")));
    // A month of 31 days stays what was typed, 31 days.
    let days = Terms { ends_on: Some(day("2026-01-31")), ..in_force("2026-01-01", "31d") };
    assert_eq!(initial_term(&days, &calendar), Some(Span::days(31)));
}

#[test]
fn a_last_day_before_the_start_is_still_a_last_day() {
    let terms = Terms { ends_on: Some(day("2025-12-31")), ..in_force("2026-03-01", "12m") };
    assert_eq!(on(&terms, "2026-06-01").last_day, Some(day("2025-12-31")));
}

#[test]
fn notice_is_counted_in_its_own_unit() {
    let with = |notice: &str| Terms { notice: span(notice), ..in_force("2025-07-01", "12m") };
    for (notice, cancel_by) in [
        ("30d", "2026-06-01"),
        ("1m", "2026-06-01"),
        ("2m", "2026-05-01"),
        // 2 May 2026 is a Saturday.
        ("60d", "2026-05-01"),
        ("20bd", "2026-06-03"),
        ("0bd", "2026-06-30"),
    ] {
        assert_eq!(on(&with(notice), "2025-08-01").cancel_by, Some(day(cancel_by)), "{notice}");
    }
}

#[test]
fn holidays_roll_the_deadline_back() {
    let holidays = (1..=7).map(|d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap()).collect();
    let calendar = Calendar::new(holidays, vec![day("2026-10-10")], vec![2026]);
    let found = |term, start| {
        let terms = in_force(start, term);
        dates(&terms, &calendar, day("2026-01-01"), NoticePolicy::default()).cancel_by
    };
    assert_eq!(found("12m", "2025-10-05"), Some(day("2026-09-30")));
    assert_eq!(found("12m", "2025-10-11"), Some(day("2026-10-10")));
}

#[test]
fn receipt_and_transit_are_taken_off_and_rolled_back_again() {
    let terms = Terms { receipt: span("2d"), transit: span("1d"), ..in_force("2025-06-10", "12m") };
    let found = on(&terms, "2025-07-01");
    // Tuesday 9 June less three days is Saturday 6 June.
    assert_eq!((found.cancel_by, found.send_by), (Some(day("2026-06-09")), Some(day("2026-06-05"))));
    assert_eq!(found.decide_by, Some(day("2026-05-06")));
}

#[test]
fn notice_ends_the_first_term_it_is_in_time_for() {
    let terms = Terms { notice: span("2m"), ..auto("2024-08-28", "12m", "12m") };
    let given = |on: &str| Terms { notice_given_on: Some(day(on)), ..terms };
    // In time on the last day for the first term; a day later it renews once more.
    let in_time = given("2025-06-27");
    assert_eq!(on(&in_time, "2030-01-01").boundary, Some(day("2025-08-28")));
    assert_eq!(badge_on(&in_time, "2025-07-01"), Some(Badge::LastTerm));
    // Over, and not for want of a decision: its end is still to be recorded.
    assert_eq!(badge_on(&in_time, "2025-08-28"), Some(Badge::LastTerm));
    let late = given("2025-06-28");
    assert_eq!(on(&late, "2025-07-01").boundary, Some(day("2026-08-28")));
    assert_eq!(badge_on(&late, "2025-07-01"), Some(Badge::LastTerm));
    assert_eq!(valid(&on(&late, "2025-07-01")), (NaiveDate::MIN, NaiveDate::MAX));
    assert_eq!(on(&late, "2025-07-01").renewed_until, None);
}

#[test]
fn a_notice_is_in_time_by_the_day_it_is_sent() {
    let terms = Terms {
        notice: span("30d"),
        transit: span("3d"),
        receipt: span("2d"),
        ..auto("2025-01-01", "12m", "12m")
    };
    let send_by = on(&terms, "2025-11-01").send_by.unwrap();
    let cancel_by = on(&terms, "2025-11-01").cancel_by.unwrap();
    assert!(send_by < cancel_by);
    let ends = |sent| on(&Terms { notice_given_on: Some(sent), ..terms }, "2025-12-01").last_day;
    assert_eq!(ends(send_by), Some(day("2025-12-31")));
    assert_eq!(ends(send_by.succ_opt().unwrap()), Some(day("2026-12-31")), "it arrives too late");
    assert_eq!(ends(cancel_by), Some(day("2026-12-31")));
}

#[test]
fn evergreen_shows_the_earliest_end() {
    let terms = Terms {
        renewal: Renewal::Evergreen,
        notice: span("90d"),
        transit: span("3d"),
        receipt: span("2d"),
        ..in_force("2024-01-01", "12m")
    };
    let found = on(&terms, "2026-03-01");
    assert_eq!((found.boundary, found.send_by), (None, None));
    assert_eq!(found.earliest_end, Some(day("2026-06-04")));
    assert_eq!(valid(&found), (day("2026-03-01"), day("2026-03-02")));
    assert_eq!(found.badge, Some(Badge::InTerm));
    assert_eq!(badge_on(&terms, "2023-12-31"), Some(Badge::Upcoming));

    let given = Terms { notice_given_on: Some(day("2026-03-01")), ..terms };
    let found = on(&given, "2026-04-01");
    assert_eq!((found.boundary, found.last_day), (Some(day("2026-06-04")), Some(day("2026-06-03"))));
    assert_eq!((found.earliest_end, found.badge), (None, Some(Badge::LastTerm)));
    assert_eq!(badge_on(&given, "2026-06-04"), Some(Badge::LastTerm));
}

#[test]
fn an_evergreen_contract_without_notice_period_ends_with_the_day() {
    let terms = Terms { renewal: Renewal::Evergreen, ..in_force("2024-01-01", "12m") };
    assert_eq!(on(&terms, "2026-03-01").earliest_end, Some(day("2026-03-02")));
}

#[test]
fn what_is_missing_is_named_and_not_guessed() {
    let no_end = Terms { term: None, ..in_force("2026-01-01", "12m") };
    let found = on(&no_end, "2026-02-01");
    assert_eq!((found.gap, found.boundary, found.badge), (Some(TermGap::NoEnd), None, Some(Badge::InTerm)));
    let no_dates = Terms { starts_on: None, ..no_end };
    assert_eq!(badge_on(&no_dates, "2026-02-01"), None);

    let no_renewal = Terms { renewal_term: None, ..auto("2026-01-01", "12m", "12m") };
    let found = on(&no_renewal, "2028-01-01");
    assert_eq!((found.gap, found.boundary), (Some(TermGap::NoRenewalTerm), Some(day("2027-01-01"))));
    assert_eq!(found.badge, Some(Badge::NoticeMissed));
    let zero = Terms { renewal_term: Some(span("0m")), ..no_renewal };
    assert_eq!(on(&zero, "2028-01-01"), found);
}

#[test]
fn closed_contracts_have_nothing_more_to_do() {
    let open = Terms { notice: span("2m"), ..in_force("2024-08-28", "12m") };
    let ended = Terms { state: ContractState::Ended, ..open };
    let found = on(&ended, "2025-01-01");
    assert_eq!(found.last_day, Some(day("2025-08-27")));
    assert_eq!((found.send_by, found.badge, found.gap), (None, None, None));
    // How often it was renewed before it was ended, nobody has said.
    let renewed = Terms { renewal: Renewal::Auto, renewal_term: Some(span("12m")), ..ended };
    assert_eq!(on(&renewed, "2025-01-01"), Dates::BLANK);
    let noticed = Terms { notice_given_on: Some(day("2025-03-01")), ..renewed };
    assert_eq!(on(&noticed, "2028-01-01").last_day, Some(day("2025-08-27")));
    let evergreen = Terms { renewal: Renewal::Evergreen, ..ended };
    assert_eq!(on(&evergreen, "2025-01-01"), Dates::BLANK);
    let cancelled = Terms { state: ContractState::Cancelled, ..open };
    assert_eq!(on(&cancelled, "2025-01-01"), Dates::BLANK);
}

#[test]
fn badges_of_a_contract_that_renews_itself() {
    // The boundary is Thursday 1 January 2026, send_by Monday 1 December 2025.
    let terms = Terms { notice: span("1m"), ..auto("2025-01-01", "12m", "12m") };
    let policy = NoticePolicy { decision_lead_days: 60, window_days: 30 };
    let at = |today| dates(&terms, &Calendar::weekends(), day(today), policy).badge;
    for (today, badge) in [
        ("2024-12-31", Badge::Upcoming),
        ("2025-01-01", Badge::InTerm),
        ("2025-10-01", Badge::InTerm),
        ("2025-10-02", Badge::DecisionDue),
        ("2025-10-31", Badge::DecisionDue),
        ("2025-11-01", Badge::NoticeWindow),
        ("2025-12-01", Badge::NoticeWindow),
        ("2025-12-02", Badge::NoticeMissed),
        ("2025-12-31", Badge::NoticeMissed),
        ("2026-01-01", Badge::InTerm),
    ] {
        assert_eq!(at(today), Some(badge), "{today}");
    }
}

#[test]
fn badges_of_a_contract_that_is_renewed_by_agreement() {
    let terms = Terms { renewal: Renewal::Express, notice: span("1m"), ..in_force("2025-01-01", "12m") };
    for (today, badge) in [
        ("2025-06-01", Badge::InTerm),
        ("2025-11-01", Badge::NoticeWindow),
        ("2025-12-02", Badge::DecisionDue),
        ("2025-12-31", Badge::DecisionDue),
        ("2026-01-01", Badge::Lapsed),
    ] {
        assert_eq!(badge_on(&terms, today), Some(badge), "{today}");
    }
    let noticed = Terms { notice_given_on: Some(day("2025-05-01")), ..terms };
    assert_eq!(badge_on(&noticed, "2025-11-01"), Some(Badge::LastTerm));
}

#[test]
fn drafts_have_a_badge_too() {
    let terms = Terms { state: ContractState::Draft, ..auto("2025-01-01", "12m", "12m") };
    assert_eq!(badge_on(&terms, "2025-12-15"), Some(Badge::NoticeWindow));
}

#[test]
fn a_badge_holds_between_its_turns() {
    let terms = Terms { notice: span("1m"), ..auto("2025-01-01", "12m", "12m") };
    let range = |today: &str| badge_range(&on(&terms, today), &terms, day(today));
    let days = ["2025-01-01", "2025-11-01", "2025-12-02", "2026-01-01", "2026-11-01"].map(day);
    assert_eq!(range("2024-06-01"), (NaiveDate::MIN, days[0]));
    assert_eq!(range("2025-01-01"), (days[0], days[1]));
    assert_eq!(range("2025-10-31"), (days[0], days[1]));
    assert_eq!(range("2025-11-01"), (days[1], days[2]));
    assert_eq!(range("2025-12-31"), (days[2], days[3]));
    // In term before and after, and still another term: the dates are other ones.
    assert_eq!(range("2026-02-01"), (days[3], days[4]));
    let ended = Terms { state: ContractState::Ended, ..terms };
    let found = badge_range(&on(&ended, "2025-01-01"), &ended, day("2025-01-01"));
    assert_eq!(found, (NaiveDate::MIN, NaiveDate::MAX));
}

#[test]
fn the_next_term_is_told_while_it_can_still_come() {
    let terms = Terms { notice: span("2m"), ..auto("2023-10-01", "36m", "12m") };
    assert_eq!(on(&terms, "2026-05-01").renewed_until, Some(day("2027-09-30")));
    assert_eq!(on(&in_force("2023-10-01", "36m"), "2026-05-01").renewed_until, None);
}

#[test]
fn annual_value_is_per_twelve_months() {
    let value = Money { minor: 390_000_000, currency: Currency::CNY };
    let per_year = |minor, terms: &Terms| annual_value(Money { minor, ..value }, terms).map(|m| m.minor);
    assert_eq!(per_year(390_000_000, &in_force("2023-10-01", "36m")), Some(130_000_000));
    assert_eq!(per_year(100, &in_force("2023-10-01", "12m")), Some(100));
    assert_eq!(per_year(100, &in_force("2023-10-01", "6m")), Some(200));
    assert_eq!(per_year(100, &in_force("2023-10-01", "36m")), Some(33));
    assert_eq!(per_year(25, &in_force("2023-10-01", "24m")), Some(13));
    assert_eq!(per_year(-25, &in_force("2023-10-01", "24m")), Some(-13));
    assert_eq!(per_year(730, &in_force("2023-10-01", "730d")), Some(365));
    assert_eq!(per_year(100, &Terms::default()), Some(100));
    assert_eq!(per_year(100, &in_force("2023-10-01", "0m")), Some(100));
    assert_eq!(per_year(100, &in_force("2023-10-01", "20bd")), None);
    assert_eq!(per_year(i64::MAX, &in_force("2023-10-01", "1m")), None);
    let most = crate::limits::MONEY_MINOR;
    assert_eq!(per_year(most, &in_force("2023-10-01", "12m")), Some(most));
    assert_eq!(per_year(-most, &in_force("2023-10-01", "11m")), None);
    assert_eq!(per_year(most + 1, &Terms::default()), None);
    let by_day = Terms { term: None, ends_on: Some(day("2026-09-30")), ..in_force("2023-10-01", "1m") };
    assert_eq!(per_year(390_000_000, &by_day), Some(130_000_000));
}

#[test]
fn the_next_term_costs_what_a_year_does() {
    let next = |minor, terms: &Terms| {
        renewal_value(Money { minor, currency: Currency::CNY }, terms, 0, 1).map(|money| money.minor)
    };
    let terms = auto("2023-10-01", "36m", "12m");
    assert_eq!(next(390_000_000, &terms), Some(130_000_000));
    assert_eq!(next(100, &terms), Some(33));
    assert_eq!(next(-50, &auto("2023-10-01", "36m", "12m")), Some(-17), "half away from zero, once");
    assert_eq!(next(100, &auto("2023-10-01", "3m", "1m")), Some(33), "and not by way of a rounded year");
    assert_eq!(next(100, &auto("2023-10-01", "12m", "36m")), Some(300));
    assert_eq!(next(36_500, &auto("2023-10-01", "365d", "12m")), Some(36_500), "a year is 365 days");
    assert_eq!(next(12_000, &auto("2023-10-01", "12m", "73d")), Some(2_400));
    assert_eq!(next(100, &auto("2023-10-01", "12m", "20bd")), None);
    assert_eq!(next(100, &auto("2023-10-01", "20bd", "12m")), None);
    assert_eq!(next(100, &in_force("2023-10-01", "36m")), None, "it does not renew by itself");
    assert_eq!(next(crate::limits::MONEY_MINOR, &auto("2023-10-01", "12m", "13m")), None);
    let risen = |minor, uplift| {
        renewal_value(Money { minor, currency: Currency::CNY }, &terms, uplift, 1).map(|money| money.minor)
    };
    assert_eq!(risen(390_000_000, 300), Some(133_900_000));
    assert_eq!(risen(100, 1_000), Some(37), "rounded once: 33.33 and a tenth of it");
    assert_eq!(risen(300, -10_000), Some(0));
    let unknown = Terms { term: None, ends_on: Some(day("2026-09-30")), starts_on: None, ..terms };
    assert_eq!(next(100, &unknown), None, "for how long it was agreed is not known");
}

#[test]
fn each_renewal_rises_from_the_one_before() {
    let risen = |minor, uplift, renewals| {
        let money = Money { minor, currency: Currency::CNY };
        renewal_value(money, &auto("2020-01-01", "12m", "12m"), uplift, renewals).map(|money| money.minor)
    };
    assert_eq!(risen(10_000_000, 300, 7), Some(12_298_739), "1.03 seven times, rounded once");
    assert_eq!(risen(10_000_000, 300, 0), Some(10_000_000));
    assert_eq!(risen(-10_000_000, 300, 7), Some(-12_298_739));
    assert_eq!(risen(200, 500, 2), Some(221), "220.5 is half away from zero");
    assert_eq!(risen(10_000_000, -5_000, 400), Some(0));
    assert_eq!(risen(100, 0, u32::MAX), Some(100), "no rise at all");
    assert_eq!(risen(100, 300, 1 << 19), None, "more than any amount");
    assert_eq!(risen(100, i64::MAX, 2), None);
}

fn any_span(max: u32) -> impl Strategy<Value = Span> {
    let unit = prop_oneof![Just(SpanUnit::Day), Just(SpanUnit::BusinessDay), Just(SpanUnit::Month)];
    (0..=max, unit).prop_map(|(n, unit)| Span { n, unit })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..20_000).prop_map(|n| day("1995-01-01") + Days::new(n))
}

prop_compose! {
    fn any_terms()(
        starts_on in proptest::option::weighted(0.9, any_day()),
        term in proptest::option::weighted(0.8, any_span(40)),
        ends_on in proptest::option::weighted(0.3, any_day()),
        renewal in 0_usize..4,
        renewal_term in proptest::option::weighted(0.9, any_span(30)),
        notice in any_span(60),
        transit in any_span(5),
        receipt in any_span(5),
        warn in proptest::option::of(any_span(60)),
        notice_given_on in proptest::option::weighted(0.2, any_day()),
        decision in proptest::option::weighted(0.3, (0_usize..3, any_day())),
        terminated_on in proptest::option::weighted(0.1, any_day()),
        state in 0_usize..7,
    ) -> Terms {
        let (renewal, state) = (Renewal::ALL[renewal], ContractState::ALL[state]);
        let decision = decision.map(|(at, on)| (Decision::ALL[at], on));
        Terms {
            starts_on, term, ends_on, renewal, renewal_term, notice, transit, receipt, warn, notice_given_on, decision,
            terminated_on, force_majeure_from: None, state,
        }
    }
}

proptest! {
    #[test]
    fn deadlines_lie_in_their_order(terms in any_terms(), today in any_day()) {
        let calendar = Calendar::weekends();
        let found = dates(&terms, &calendar, today, NoticePolicy::default());
        if let (Some(boundary), Some(cancel_by), Some(send_by)) = (found.boundary, found.cancel_by, found.send_by) {
            prop_assert!(send_by <= cancel_by && cancel_by < boundary);
            prop_assert!(cancel_by <= found.cancel_by_calendar.unwrap());
            prop_assert!(found.decide_by.unwrap() <= send_by);
            prop_assert!(calendar.is_working_day(cancel_by) && calendar.is_working_day(send_by));
            prop_assert_eq!(found.last_day.unwrap().succ_opt(), Some(boundary));
        }
    }

    #[test]
    fn boundaries_come_from_the_anchor(start in any_day(), n in 1_u32..48, r in 1_u32..24, today in any_day()) {
        let terms = Terms {
            starts_on: Some(start),
            term: Some(Span::months(n)),
            renewal: Renewal::Auto,
            renewal_term: Some(Span::months(r)),
            ..Terms::default()
        };
        let found = dates(&terms, &Calendar::weekends(), today, NoticePolicy::default());
        let months = u64::from(n) + u64::from(r) * u64::from(found.term_index.unwrap());
        let at = |months: u64| crate::domain::day::add_months(start, i64::try_from(months).unwrap());
        prop_assert_eq!(found.boundary, at(months));
        prop_assert!(found.boundary.unwrap() > today);
        prop_assert!(found.term_index == Some(0) || at(months - u64::from(r)).unwrap() <= today);
    }

    #[test]
    fn time_never_moves_a_boundary_back(terms in any_terms(), a in any_day(), later in 0_u64..2_000) {
        let at = |today| dates(&terms, &Calendar::weekends(), today, NoticePolicy::default());
        let (first, second) = (at(a), at(a + Days::new(later)));
        prop_assert!(first.boundary <= second.boundary);
        prop_assert!(first.term_index <= second.term_index);
        prop_assert!(first.earliest_end <= second.earliest_end);
    }

    #[test]
    fn a_kept_copy_is_right_for_as_long_as_it_says(terms in any_terms(), today in any_day(), apart in -800_i64..800) {
        let policy = NoticePolicy { decision_lead_days: 45, window_days: 20 };
        let calendar = Calendar::weekends();
        let kept = dates(&terms, &calendar, today, policy);
        prop_assert!(kept.valid_from <= today && today < kept.valid_until);
        let (from, until) = badge_range(&kept, &terms, today);
        prop_assert!(kept.valid_from <= from && from <= today && today < until && until <= kept.valid_until);
        let other = today + chrono::TimeDelta::days(apart);
        let within = |from, until| (from..until).contains(&other);
        let fresh = dates(&terms, &calendar, other, policy);
        if within(kept.valid_from, kept.valid_until) {
            prop_assert_eq!(Dates { badge: fresh.badge, ..kept }, fresh);
            prop_assert_eq!(badge(&kept, &terms, other), fresh.badge);
        }
        if within(from, until) {
            prop_assert_eq!(kept.badge, fresh.badge);
        }
        for turn in [from, until].into_iter().filter(|day| *day != NaiveDate::MIN && *day != NaiveDate::MAX) {
            let turned = |day| dates(&terms, &calendar, day, policy);
            prop_assert_ne!(turned(turn.pred_opt().unwrap()), turned(turn));
        }
    }

    #[test]
    fn the_last_day_and_the_term_come_to_the_same(start in any_day(), n in 1_u32..120, today in any_day()) {
        let by_term = Terms {
            starts_on: Some(start),
            term: Some(Span::months(n)),
            renewal: Renewal::Auto,
            renewal_term: Some(Span::months(5)),
            ..Terms::default()
        };
        let calendar = Calendar::weekends();
        let policy = NoticePolicy::default();
        let ends_on = dates(&Terms { renewal: Renewal::None, ..by_term }, &calendar, today, policy).last_day;
        let by_day = Terms { term: None, ends_on, ..by_term };
        prop_assert_eq!(dates(&by_day, &calendar, today, policy), dates(&by_term, &calendar, today, policy));
    }
}

// How dates come about.

fn steps(terms: &Terms, today: &str) -> Vec<Step> {
    explain(terms, &Calendar::weekends(), day(today), NoticePolicy::default())
}

fn told(steps: &[Step], point: Point) -> Vec<(String, Rule)> {
    let of = steps.iter().filter(|step| step.point == point);
    of.map(|step| (step.day.to_string(), step.rule)).collect()
}

#[test]
fn a_renewed_contract_is_explained_from_its_anchor() {
    let terms = Terms {
        notice: span("2m"),
        receipt: span("3d"),
        transit: span("1d"),
        warn: Some(span("7d")),
        ..auto("2024-08-28", "12m", "12m")
    };
    let steps = steps(&terms, "2026-02-11");
    let of = |point| told(&steps, point);
    let (initial, term) = (Some(span("12m")), span("12m"));
    assert_eq!(
        of(Point::Boundary),
        [
            ("2025-08-28".into(), Rule::InitialTerm(day("2024-08-28"), span("12m"))),
            ("2026-08-28".into(), Rule::Renewed { initial, times: 1, term }),
        ]
    );
    assert_eq!(
        of(Point::CancelByCalendar),
        [("2026-06-28".into(), Rule::Less(day("2026-08-28"), span("2m")))]
    );
    assert_eq!(of(Point::CancelBy), [("2026-06-26".into(), Rule::WorkingDay(day("2026-06-28")))]);
    let travel = Rule::Travel { received: day("2026-06-26"), receipt: span("3d"), transit: span("1d") };
    assert_eq!(of(Point::SendBy), [("2026-06-22".into(), travel)]);
    assert_eq!(of(Point::DecideBy), [("2026-05-23".into(), Rule::Less(day("2026-06-22"), span("30d")))]);
    assert_eq!(of(Point::WarnOn), [("2026-06-21".into(), Rule::Less(day("2026-06-28"), span("7d")))]);
    assert_eq!(of(Point::RenewedUntil), [("2027-08-27".into(), Rule::Renews(term))]);
}

#[test]
fn what_is_entered_and_what_is_open_is_explained() {
    let stated = Terms { ends_on: Some(day("2026-12-30")), ..in_force("2026-01-01", "12m") };
    let rule = Rule::AfterLastDayNotTerm { stated: day("2026-12-30"), by_term: day("2026-12-31") };
    assert_eq!(told(&steps(&stated, "2026-02-01"), Point::Boundary), [("2026-12-31".into(), rule)]);
    let open = Terms { renewal: Renewal::Evergreen, notice: span("30d"), ..in_force("2026-01-01", "12m") };
    let none = Span::default();
    let rule =
        Rule::NoticeFrom { sent: day("2026-02-01"), transit: none, receipt: none, notice: span("30d") };
    assert_eq!(told(&steps(&open, "2026-02-01"), Point::EarliestEnd), [("2026-03-03".into(), rule)]);
    assert_eq!(steps(&Terms::default(), "2026-02-01"), []);
}

proptest! {
    /// Whatever the terms, the last step of each date is that date, and no date is left unexplained.
    #[test]
    fn every_date_is_explained_as_it_is(terms in any_terms(), today in any_day()) {
        let found = dates(&terms, &Calendar::weekends(), today, NoticePolicy::default());
        let steps = explain(&terms, &Calendar::weekends(), today, NoticePolicy::default());
        let last = |point| steps.iter().rev().find(|step| step.point == point).map(|step| step.day);
        prop_assert_eq!(last(Point::Boundary), found.boundary);
        prop_assert_eq!(last(Point::LastDay), found.last_day);
        prop_assert_eq!(last(Point::CancelByCalendar), found.cancel_by_calendar);
        prop_assert_eq!(last(Point::CancelBy), found.cancel_by);
        prop_assert_eq!(last(Point::SendBy), found.send_by);
        prop_assert_eq!(last(Point::DecideBy), found.decide_by);
        prop_assert_eq!(last(Point::WarnOn), found.warn_on);
        prop_assert_eq!(last(Point::RenewedUntil), found.renewed_until);
        prop_assert_eq!(last(Point::EarliestEnd), found.earliest_end);
    }
}

mod decided;
