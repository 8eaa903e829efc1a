use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::day::add_months;
use crate::domain::decimal::Decimal4;
use crate::domain::money::{Currency, Money};
use crate::domain::period::FiscalStart;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

fn jpy() -> Currency {
    Currency::from_code("JPY").unwrap()
}

fn item(amount: i64, cycle: Cycle, from: &str, to: &str) -> Item {
    Item {
        code: "FL-0001".to_owned(),
        name: "Agents".to_owned(),
        layer: Some(TcoLayer::Fee),
        kind: FeeKind::Labour,
        is_billed: true,
        amount: cny(amount),
        cycle,
        from: day(from),
        to: day(to),
    }
}

/// The shares of the months from that of the first day to that of the last.
fn months(item: &Item) -> Vec<i128> {
    let first = item.from.with_day0(0).unwrap();
    let all = (0..).map_while(|nth| add_months(first, nth)).take_while(|first| *first <= item.to);
    all.map(|first| item.of_month(first)).collect()
}

#[test]
fn a_whole_month_costs_what_is_agreed_and_a_part_by_its_days() {
    let fee = item(30_000, Cycle::Month, "2026-04-07", "2026-07-16");
    assert_eq!(months(&fee), [24_000, 30_000, 30_000, 15_484], "24 of 30 days, and 16 of 31");
    let quarterly = item(10_000, Cycle::Quarter, "2026-01-01", "2026-12-31");
    assert_eq!(months(&quarterly), [3_333, 3_334, 3_333].repeat(4));
    let once = item(10_000, Cycle::Once, "2026-02-14", "2026-02-14");
    assert_eq!((once.accrued(day("2026-02-14")), once.accrued(day("2026-02-15"))), (0, 10_000));
    assert_eq!(months(&item(100, Cycle::Month, "2026-03-02", "2026-03-01")), [0; 1]);
}

#[test]
fn a_term_of_whole_months_costs_exactly_as_many_of_them() {
    // By days alone it would be 14/28 + 5 + 14/31.
    let fee = item(31_000, Cycle::Month, "2026-02-15", "2026-08-14");
    assert_eq!(months(&fee), [15_500, 31_000, 31_000, 31_000, 31_000, 31_000, 15_500]);
    let clamped = item(31_000, Cycle::Month, "2026-01-31", "2026-02-27");
    assert_eq!(months(&clamped), [1_000, 30_000]);
}

#[test]
fn a_rate_times_a_quantity_is_rounded_once_a_cycle() {
    let amount = |rate, quantity| Item::amount_of(cny(rate), Decimal4(quantity)).map(|money| money.minor);
    assert_eq!(amount(3_850, 26_000_000), Some(10_010_000));
    assert_eq!((amount(1, 5_000), amount(-1, 5_000), amount(1, 4_999)), (Some(1), Some(-1), Some(0)));
    assert_eq!(amount(i64::MAX, i64::MAX), None);
}

fn rate(currency: Currency, units: i64, worth: i64, on: &str) -> Rate {
    Rate { currency, units, worth: Decimal4(worth), on: day(on) }
}

#[test]
fn the_last_rate_on_or_before_a_day_holds_and_none_is_made_up() {
    let rates = Rates::new(
        Currency::CNY,
        [
            rate(Currency::USD, 1, 71_000, "2026-02-01"),
            rate(Currency::USD, 1, 70_000, "2026-01-01"),
            rate(Currency::USD, 1, 72_000, "2026-02-01"),
            rate(jpy(), 100, 47_823, "2026-01-01"),
            rate(Currency::EUR, 1, 0, "2026-01-01"),
        ],
    );
    let convert = |minor, from, to, on: &str| rates.convert(minor, from, to, day(on));
    assert_eq!(convert(10_000, Currency::USD, Currency::CNY, "2026-01-31"), Ok(70_000));
    assert_eq!(convert(10_000, Currency::USD, Currency::CNY, "2026-02-01"), Ok(72_000), "the later given");
    assert_eq!(convert(1, Currency::USD, Currency::CNY, "2025-12-31"), Err(Currency::USD));
    assert_eq!(convert(1, Currency::EUR, Currency::CNY, "2026-05-01"), Err(Currency::EUR));
    assert_eq!(convert(1, Currency::CNY, Currency::EUR, "2026-05-01"), Err(Currency::EUR));
    assert_eq!(convert(7, Currency::EUR, Currency::EUR, "2026-05-01"), Ok(7), "no rate is needed");
    // 1000 yen are 47.823 yuan, which are 6.6420… dollars.
    assert_eq!(convert(1_000, jpy(), Currency::CNY, "2026-03-01"), Ok(4_782));
    assert_eq!(convert(1_000, jpy(), Currency::USD, "2026-03-01"), Ok(664));
    assert_eq!(convert(5, Currency::CNY, jpy(), "2026-03-01"), Ok(1), "1.0455 yen");
    assert_eq!(convert(i128::MAX / 2, Currency::USD, Currency::CNY, "2026-03-01"), Err(Currency::USD));
    assert_eq!(rates.on(jpy(), day("2026-03-01")).map(|rate| rate.on), Some(day("2026-01-01")));
}

#[test]
fn half_a_minor_unit_goes_away_from_zero() {
    let rates = Rates::new(Currency::CNY, [rate(Currency::USD, 1, 5_000, "2026-01-01")]);
    let convert = |minor| rates.convert(minor, Currency::USD, Currency::CNY, day("2026-01-01"));
    assert_eq!((convert(1), convert(-1), convert(3), convert(-3)), (Ok(1), Ok(-1), Ok(2), Ok(-2)));
}

#[test]
fn that_an_invoice_is_paid_follows_from_what_was_paid() {
    use InvoiceState::{Approved, Disputed, Received, Withdrawn};
    for (state, amount, paid, stands) in [
        (Received, 100, 0, Standing::Received),
        (Received, 100, 40, Standing::Received),
        (Received, 100, 100, Standing::Paid),
        (Approved, 100, 0, Standing::Approved),
        (Approved, 100, 99, Standing::PartPaid),
        (Approved, 100, 100, Standing::Paid),
        (Approved, 100, 101, Standing::Overpaid),
        (Disputed, 100, 40, Standing::Disputed),
        (Disputed, 100, 100, Standing::Paid),
        (Withdrawn, 100, 0, Standing::Withdrawn),
        (Withdrawn, 100, 40, Standing::Overpaid),
        (Approved, -100, 0, Standing::Approved),
        (Approved, -100, -100, Standing::Paid),
        (Approved, -100, -40, Standing::PartPaid),
        (Approved, 0, 0, Standing::Paid),
        (Received, 0, 0, Standing::Received),
        (Approved, i64::MIN, 0, Standing::Approved),
    ] {
        assert_eq!(standing(state, amount, paid), stands, "{state:?} {amount} {paid}");
    }
}

fn bill(line: Option<&str>, amount: i64, period: &str) -> Bill {
    Bill {
        code: "I-0001".to_owned(),
        name: "1".to_owned(),
        line: line.map(str::to_owned),
        layer: TcoLayer::Fee,
        kind: None,
        amount: cny(amount),
        months: Months::of(period.parse().unwrap(), FiscalStart::JANUARY),
    }
}

/// Two fees of 100.00 and 10.00 a month in 2026, on 26 July.
fn facts(bills: Vec<Bill>) -> Facts {
    let small = Item { code: "FL-0002".to_owned(), ..item(1_000, Cycle::Month, "2026-01-01", "2026-12-31") };
    Facts {
        today: day("2026-07-26"),
        own: Currency::CNY,
        starts: Some(day("2026-01-01")),
        ends: Some(day("2026-12-31")),
        items: vec![item(10_000, Cycle::Month, "2026-01-01", "2026-12-31"), small],
        bills,
        others: Vec::new(),
        rates: Rates::new(Currency::CNY, []),
    }
}

/// The forecast of each month.
fn forecast(book: &Book) -> Vec<i128> {
    book.months.iter().map(|month| month.row.forecast.own).collect()
}

#[test]
fn what_has_ended_and_was_not_billed_is_still_to_come() {
    let book = Book::of(&facts(vec![]));
    assert_eq!(forecast(&book), [11_000; 12]);
    assert_eq!((book.unbilled.own, book.closed_on()), (66_000, None), "January to June");
    assert_eq!(book.total.difference.own, 0);
}

#[test]
fn a_bill_closes_its_line_up_to_its_month_and_one_of_no_line_closes_all() {
    let book = Book::of(&facts(vec![bill(Some("FL-0001"), 9_000, "2026-02")]));
    assert_eq!(forecast(&book)[..3], [1_000, 10_000, 11_000], "January of that line was never billed");
    assert_eq!((book.unbilled.own, book.closed_on()), (4 * 10_000 + 6 * 1_000, None));
    assert_eq!(book.total.difference.own, -11_000);
    let book = Book::of(&facts(vec![bill(None, 12_000, "2026-03")]));
    assert_eq!(forecast(&book)[..4], [0, 0, 12_000, 11_000]);
    assert_eq!(book.closed_on(), Some(day("2026-03-31")));
    let credit = Book::of(&facts(vec![bill(None, -12_000, "2026-03")]));
    assert_eq!(credit.closed_on(), None, "a credit note bills nothing");
    assert_eq!(forecast(&credit)[2], -1_000);
}

#[test]
fn a_bill_of_months_to_come_is_no_more_than_their_plan() {
    let book = Book::of(&facts(vec![bill(None, 150_000, "2026")]));
    assert_eq!(forecast(&book), [[12_500; 6], [11_000; 6]].concat());
    assert_eq!(book.months[6].row.actual.own, 12_500, "it was billed all the same");
    assert!(!book.months[6].is_closed && !book.months[6].is_settled() && book.months[6].has_bills());
    assert_eq!(book.total.plan + book.total.difference, book.total.forecast);
}

#[test]
fn own_effort_counts_as_planned_and_a_settled_penalty_against_the_cost() {
    let mut facts = facts(vec![]);
    facts.items[1].is_billed = false;
    facts.items[1].layer = Some(TcoLayer::Governance);
    let other = |layer, minor| Other {
        code: "B-0001".to_owned(),
        name: String::new(),
        layer,
        minor,
        currency: Currency::CNY,
        on: day("2026-05-05"),
    };
    facts.others = vec![other(TcoLayer::Penalty, -700), other(TcoLayer::Change, 2_000)];
    let book = Book::of(&facts);
    assert_eq!(book.total.plan.own, 120_000, "nobody bills what is one's own");
    let layers: Vec<_> = book.layers.iter().map(|sum| (sum.layer, sum.figures.own)).collect();
    let wanted = [
        (TcoLayer::Fee, 120_000),
        (TcoLayer::Governance, 12_000),
        (TcoLayer::Change, 2_000),
        (TcoLayer::Penalty, -700),
    ];
    assert_eq!((layers, book.tco.own), (wanted.to_vec(), 133_300));
}

#[test]
fn nothing_is_said_to_be_saved_but_against_a_whole_baseline() {
    let mut facts = facts(vec![]);
    assert_eq!((Book::of(&facts).baseline, Book::of(&facts).saving), (None, None));
    facts.items.push(Item { layer: None, ..item(20_000, Cycle::Month, "2026-01-01", "2026-12-31") });
    assert_eq!(Book::of(&facts).saving, Some(4_500), "132 of 240");
    facts.items[2].to = day("2026-11-30");
    let short = Book::of(&facts);
    assert_eq!((short.saving, short.gaps), (None, vec![Gap::BaselineShort]));
    facts.items[2].to = day("2026-12-31");
    facts.items[0].amount.currency = Currency::USD;
    let unknown = Book::of(&facts);
    assert_eq!(unknown.gaps, [Gap::NoRate { currency: Currency::USD, by: day("2026-01-31") }]);
    assert_eq!((unknown.saving, unknown.is_whole_own, unknown.total.plan.own), (None, false, 12_000));
}

#[test]
fn a_slip_of_the_hand_makes_no_book_of_a_thousand_years() {
    let mut facts = facts(vec![]);
    facts.ends = Some(day("2999-12-31"));
    let book = Book::of(&facts);
    assert_eq!(book.months.len(), 1_200);
    assert_eq!(book.gaps, [Gap::TooLong { last: day("2125-12-31") }]);
    assert!(!book.is_whole_own);
}

proptest! {
    #[test]
    fn months_make_up_the_whole_and_whole_cycles_cost_their_amount(
        start in 0_u64..3_000, cycles in 1_u32..40, at in 1_usize..5, amount in 0_i64..100_000_000
    ) {
        let cycle = <Cycle as crate::domain::list::ClosedList>::ALL[at];
        let from = day("2024-01-01") + chrono::Days::new(start);
        let months_of_cycle = cycle.months().unwrap();
        let end = add_months(from, i64::from(cycles * months_of_cycle)).unwrap();
        // Where the day of the start is cut off at the end, it is no whole number of months.
        let to = end.pred_opt().unwrap();
        let fee = Item { from, to, ..item(amount, cycle, "2024-01-01", "2024-01-01") };
        let shares = months(&fee);
        prop_assert_eq!(shares.iter().sum::<i128>(), fee.accrued(end));
        prop_assert_eq!(fee.accrued(end), i128::from(amount) * i128::from(cycles));
        prop_assert!(shares.iter().all(|share| *share >= 0));
    }

    #[test]
    fn the_parts_of_a_bill_make_up_its_amount(amount in any::<i32>(), at in 0_usize..4) {
        let period = ["2026-03", "2026-Q2", "2026-H1", "2026"][at];
        let bill = bill(None, i64::from(amount), period);
        let parts = (0..bill.months.count).map(|nth| bill.of_month(nth)).sum::<i128>();
        prop_assert_eq!(parts, i128::from(amount));
        prop_assert_eq!(bill.of_month(bill.months.count), 0);
    }
}
