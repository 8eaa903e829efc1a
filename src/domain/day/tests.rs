use super::*;
use crate::domain::list::ClosedList;
use chrono::Datelike;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Saturday in the second quarter.
fn today() -> NaiveDate {
    day("2026-05-30")
}

#[test]
fn months_end_with_the_month() {
    for (from, months, to) in [
        ("2024-08-31", 6, "2025-02-28"),
        ("2025-02-28", -3, "2024-11-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-01-31", 3, "2024-04-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", -48, "2020-02-29"),
    ] {
        assert_eq!(add_months(day(from), months), Some(day(to)), "{from} {months}");
    }
    assert_eq!(add_months(NaiveDate::MAX, 1), None);
    assert_eq!(add_months(NaiveDate::MIN, -1), None);
}

#[test]
fn spans_are_read_and_printed_canonically() {
    for (input, printed) in [
        ("36m", "36m"),
        ("60d", "60d"),
        ("20bd", "20bd"),
        ("3y", "36m"),
        ("2w", "14d"),
        ("0d", "0d"),
        (" 36 M ", "36m"),
        ("30 days", "30d"),
        ("1 month", "1m"),
        ("20 business days", "20bd"),
        ("36个月", "36m"),
        ("60天", "60d"),
        ("20个工作日", "20bd"),
        ("3年", "36m"),
        ("２年", "24m"),
        ("1200m", "1200m"),
        ("100y", "1200m"),
    ] {
        assert_eq!(input.parse::<Span>().map(|s| s.to_string()), Ok(printed.to_owned()), "{input}");
    }
}

#[test]
fn what_is_no_span_is_refused_with_the_reason() {
    let unknown = |unit: &str| SpanError::UnknownUnit { unit: unit.to_owned() };
    for (input, error) in [
        ("", SpanError::Empty),
        ("m", SpanError::NoNumber),
        ("-3m", SpanError::NoNumber),
        ("60", SpanError::NoUnit),
        ("60x", unknown("x")),
        ("1.5y", unknown(".5y")),
        ("3y6m", unknown("y6m")),
        ("1201m", SpanError::TooLong { max: Span::months(1_200) }),
        ("101y", SpanError::TooLong { max: Span::months(1_200) }),
        ("36501d", SpanError::TooLong { max: Span::days(36_500) }),
        ("99999999999bd", SpanError::TooLong { max: Span::business_days(36_500) }),
    ] {
        assert_eq!(input.parse::<Span>(), Err(error), "{input}");
    }
}

#[test]
fn dates_are_read_as_people_type_them() {
    for (input, date) in [
        ("2026-07-31", "2026-07-31"),
        ("2026/7/31", "2026-07-31"),
        ("2026.7.31", "2026-07-31"),
        ("2026年7月31日", "2026-07-31"),
        ("2026 年 7 月 31 号", "2026-07-31"),
        ("２０２６年７月３１日", "2026-07-31"),
        ("7月31日", "2026-07-31"),
        ("today", "2026-05-30"),
        ("今天", "2026-05-30"),
        ("Tomorrow", "2026-05-31"),
        ("昨天", "2026-05-29"),
        ("+90d", "2026-08-28"),
        ("-3m", "2026-02-28"),
        ("+1y", "2027-05-30"),
        ("+2w", "2026-06-13"),
        ("+ 90天", "2026-08-28"),
        ("eom", "2026-05-31"),
        ("月底", "2026-05-31"),
        ("eoq", "2026-06-30"),
        ("季末", "2026-06-30"),
        ("eoy", "2026-12-31"),
        ("年底", "2026-12-31"),
        ("2026Q4", "2026-12-31"),
        ("2028-q1", "2028-03-31"),
    ] {
        assert_eq!(parse_date(input, today()), Ok(day(date)), "{input}");
    }
    assert_eq!(parse_date("eoq", day("2026-03-31")), Ok(day("2026-03-31")));
}

#[test]
fn what_is_no_date_is_refused_with_the_reason() {
    for (input, error) in [
        ("", DateError::Empty),
        ("soon", DateError::NotADate),
        ("31/07/2026", DateError::NotADate),
        ("07-31", DateError::NotADate),
        ("26-07-31", DateError::NotADate),
        ("2026-07-31-01", DateError::NotADate),
        ("2026-007-31", DateError::NotADate),
        ("2026-07/31", DateError::NotADate),
        ("2026-07-31T00:00", DateError::NotADate),
        ("20260731", DateError::NotADate),
        ("2026Q5", DateError::NotADate),
        ("2026年7月", DateError::NotADate),
        ("26年7月1日", DateError::NotADate),
        ("2026-02-30", DateError::NoSuchDay { year: 2026, month: 2, day: 30 }),
        ("2月29日", DateError::NoSuchDay { year: 2026, month: 2, day: 29 }),
        ("2026-13-01", DateError::NoSuchDay { year: 2026, month: 13, day: 1 }),
        ("1899-12-31", DateError::YearOutOfRange { year: 1899 }),
        ("3000-01-01", DateError::YearOutOfRange { year: 3000 }),
        ("+1000y", DateError::Span(SpanError::TooLong { max: Span::months(1_200) })),
        ("+20bd", DateError::BusinessDays),
        ("+", DateError::Span(SpanError::Empty)),
        ("90d", DateError::NotADate),
    ] {
        assert_eq!(parse_date(input, today()), Err(error), "{input}");
    }
    assert_eq!(parse_date("+2y", day("2999-01-01")), Err(DateError::YearOutOfRange { year: 3001 }));
}

proptest! {
    #[test]
    fn printed_spans_parse_to_the_same(n in 0_u32..=1_200, unit in 0_usize..3) {
        let span = Span { n, unit: SpanUnit::ALL[unit] };
        prop_assert_eq!(span.to_string().parse(), Ok(span));
    }

    #[test]
    fn printed_dates_parse_to_the_same(offset in 0_u64..400_000) {
        let date = day("1900-01-01") + chrono::Days::new(offset);
        prop_assert_eq!(parse_date(&date.to_string(), today()), Ok(date));
    }

    #[test]
    fn months_keep_the_day_or_end_the_month(offset in 0_u64..400_000, months in -1_200_i64..1_200) {
        let date = day("1900-01-01") + chrono::Days::new(offset);
        let moved = add_months(date, months).unwrap();
        let last = moved.succ_opt().unwrap().day() == 1;
        prop_assert!(moved.day() == date.day() || (last && moved.day() < date.day()));
    }

    #[test]
    fn no_text_panics(text in "[-+0-9qQ./年月日天dmyw 今]{0,14}") {
        let _ = parse_date(&text, today());
        let _ = text.parse::<Span>();
    }
}
