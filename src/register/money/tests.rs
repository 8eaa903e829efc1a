use chrono::NaiveDate;

use super::*;
use crate::domain::contract::{EndReason, Renewal};
use crate::domain::cost::Cycle;
use crate::domain::day::Span;
use crate::entity::value::Weight;
use crate::entity::{Entity, Link, Ref, values};
use crate::register::code_of;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

fn record<E: Entity>(id: i64, entity: &E) -> Record {
    let at = Ref { kind: E::KIND, id };
    let blank = vec![Value::Null; at.kind.table().derived.len()];
    Record { at, code: code_of(at), version: 1, archived_at: None, values: values(entity), derived: blank }
}

/// A contract of 2026, of CNY 1,200.00.
fn contract() -> Contract {
    Contract {
        title: "Support".to_owned(),
        starts_on: Some(day("2026-01-01")),
        term: Some(Span::months(12)),
        renewal: Some(Renewal::None),
        value: Some(cny(120_000)),
        ..Contract::default()
    }
}

/// CNY 100.00 a month.
fn line() -> CostLine {
    CostLine { title: "Fee".to_owned(), amount: Some(cny(10_000)), ..CostLine::default() }
}

fn found(contract: &Contract, parts: Vec<Record>) -> Account {
    let material = Material {
        contract: record(1, contract),
        parts,
        rates: Vec::new(),
        base: Currency::CNY,
        fiscal: FiscalStart::JANUARY,
        today: day("2026-07-26"),
    };
    account(&material).unwrap()
}

fn notes(account: &Account) -> Vec<String> {
    account.notes.iter().map(|note| note.in_(Lang::En)).collect()
}

#[test]
fn a_line_lasts_as_long_as_the_contract_unless_it_says_otherwise() {
    let account = found(&contract(), vec![record(1, &line())]);
    assert_eq!((account.book.total.plan.own, notes(&account)), (120_000, vec![]));
    let heading: Vec<String> = account.heading().iter().map(|line| line.in_(Lang::En)).collect();
    assert_eq!(heading, ["2026-01-01 to 2026-12-31", "in CNY"]);
    let short = CostLine { ends_on: Some(day("2026-03-31")), ..line() };
    assert_eq!(found(&contract(), vec![record(1, &short)]).book.total.plan.own, 30_000);
    // Ended early, what was planned behind that is no more.
    let ended = Contract {
        terminated_on: Some(day("2026-06-30")),
        end_reason: Some(EndReason::TerminatedMutual),
        ..contract()
    };
    assert_eq!(found(&ended, vec![record(1, &line())]).book.total.plan.own, 60_000);
    let longer = CostLine { ends_on: Some(day("2026-09-30")), ..line() };
    assert_eq!(found(&ended, vec![record(1, &longer)]).book.total.plan.own, 60_000);
}

#[test]
fn what_is_due_once_is_due_first_and_what_leaving_costs_at_the_end() {
    let once = |layer| CostLine { layer: Some(layer), cycle: Some(Cycle::Once), ..line() };
    let parts = vec![record(1, &once(Layer::Transition)), record(2, &once(Layer::Exit))];
    let book = found(&contract(), parts).book;
    let of = |nth: usize| book.months[nth].row.plan.own;
    assert_eq!((of(0), of(1), of(11)), (10_000, 0, 10_000));
}

#[test]
fn a_rate_is_multiplied_and_ones_own_effort_is_not_billed() {
    let hours = CostLine {
        layer: Some(Layer::Governance),
        model: Some(FeeModel::TimeAndMaterial),
        quantity: Some("2.5".parse().unwrap()),
        ..line()
    };
    let account = found(&contract(), vec![record(1, &hours)]);
    assert_eq!((account.book.total.plan.own, account.book.tco.own), (0, 300_000));
    let billed = CostLine { side: Some(Side::Theirs), ..hours };
    assert_eq!(found(&contract(), vec![record(1, &billed)]).book.total.plan.own, 300_000);
}

#[test]
fn what_the_terms_do_not_say_is_said_and_not_made_up() {
    let endless = Contract { term: None, ..contract() };
    let account = found(&endless, vec![record(1, &line())]);
    assert_eq!(account.book.months.iter().flat_map(|month| &month.parts).count(), 0);
    let told = notes(&account);
    assert!(told[0].starts_with("No end of the term is known"), "{told:?}");
    assert!(told[1].starts_with("FL-0001 Fee is left out"), "{told:?}");
    let evergreen =
        Contract { renewal: Some(Renewal::Evergreen), notice: Some(Span::days(30)), ..contract() };
    let account = found(&evergreen, vec![record(1, &line())]);
    assert_eq!(account.term.1, Some(day("2026-08-24")));
    assert!(notes(&account)[0].contains("reckoned to 2026-08-24"), "{:?}", notes(&account));
    let rising = Contract {
        starts_on: Some(day("2025-01-01")),
        renewal: Some(Renewal::Auto),
        renewal_term: Some(Span::months(12)),
        uplift: Some(Weight(300)),
        ..contract()
    };
    let account = found(&rising, vec![record(1, &line())]);
    assert_eq!(account.book.total.plan.own, 240_000);
    assert!(notes(&account)[0].contains("fees are planned as entered"), "{:?}", notes(&account));
    let renewed = CostLine { starts_on: Some(day("2026-01-01")), ..line() };
    let first = CostLine { ends_on: Some(day("2025-12-31")), ..line() };
    let account = found(&rising, vec![record(1, &first), record(2, &renewed)]);
    assert_eq!(notes(&account), Vec::<String>::new(), "each term has its line");
}

fn invoice(number: i64, standing: Standing, paid: i64) -> Record {
    let invoice = Invoice {
        number: number.to_string(),
        amount: Some(cny(10_000)),
        period: "2026-03".parse().ok(),
        ..Invoice::default()
    };
    let mut record = record(number, &invoice);
    let money = |minor| Value::Money(Money { minor, currency: Currency::CNY });
    let pay_by = Value::Date(day("2026-07-25"));
    record.derived = vec![pay_by, money(paid), money(10_000 - paid), Value::Choice(standing.choice())];
    record
}

/// Changes a field of a record.
fn with(mut record: Record, key: &str, value: Value) -> Record {
    let at = record.table().field(key).unwrap();
    record.values[at] = value;
    record
}

#[test]
fn what_is_withdrawn_or_bills_a_change_is_no_bill_of_the_plan() {
    let withdrawn = Value::Choice(InvoiceState::Withdrawn.choice());
    let gone = with(invoice(1, Standing::Withdrawn, 0), "state", withdrawn);
    let link = Link { kind: Kind::ChangeRequest, id: 1, code: "CR-0001".to_owned(), label: String::new() };
    let change = with(invoice(2, Standing::Approved, 0), "change_request", Value::Link(link));
    let mut decided = ChangeRequest { title: "More".to_owned(), ..ChangeRequest::default() };
    decided.state = Some(ChangeState::Approved);
    let mut parts = vec![record(1, &line()), gone, change, invoice(3, Standing::PartPaid, 4_000)];
    parts.push(record(1, &decided));
    let account = found(&contract(), parts.clone());
    assert_eq!(account.book.total.actual.own, 20_000, "a change without a cost counts by what is billed");
    decided.cost = Some(Money { minor: 10_000, currency: Currency::CNY });
    *parts.last_mut().unwrap() = record(1, &decided);
    let account = found(&contract(), parts);
    assert_eq!(account.book.total.actual.own, 10_000);
    let wanted = Payable {
        currency: Currency::CNY,
        billed: 20_000,
        paid: 4_000,
        open: 26_000,
        overdue: 26_000,
        disputed: 0,
    };
    assert_eq!(account.invoices, [wanted]);
}

#[test]
fn an_invoice_without_a_period_is_of_the_month_it_came() {
    let came = with(invoice(1, Standing::Received, 0), "period", Value::Null);
    let came = with(came, "received_on", Value::Date(day("2026-05-31")));
    let book = found(&contract(), vec![record(1, &line()), came]).book;
    assert_eq!(book.months[4].row.actual.own, 10_000);
}

#[test]
fn a_change_counts_once_decided_and_a_penalty_once_settled() {
    let change = |state| ChangeRequest {
        cost: Some(cny(5_000)),
        state: Some(state),
        decided_on: Some(day("2026-02-02")),
        ..ChangeRequest::default()
    };
    let breach = |state, side| Breach {
        penalty: Some(cny(700)),
        state: Some(state),
        side,
        found_on: Some(day("2026-02-02")),
        ..Breach::default()
    };
    let layers = |parts: Vec<Record>| {
        let account = found(&contract(), parts);
        let sums = account.book.layers.iter().map(|sum| (sum.layer, sum.figures.own)).collect::<Vec<_>>();
        (sums, notes(&account).into_iter().next().unwrap_or_default())
    };
    assert_eq!(layers(vec![record(1, &change(ChangeState::Assessed))]).0, []);
    let decided = layers(vec![record(1, &change(ChangeState::Approved))]);
    assert_eq!(decided.0, [(TcoLayer::Change, 5_000)]);
    let settled = |side| layers(vec![record(1, &breach(BreachState::Closed, side))]);
    assert_eq!(settled(Some(Side::Theirs)).0, [(TcoLayer::Penalty, -700)]);
    assert_eq!(settled(Some(Side::Ours)).0, [(TcoLayer::Penalty, 700)]);
    let (sums, note) = settled(None);
    assert_eq!(sums, []);
    assert!(note.contains("say whose duty it was"), "{note}");
    let (sums, note) = layers(vec![record(1, &breach(BreachState::Open, Some(Side::Theirs)))]);
    assert_eq!(sums, []);
    assert!(note.contains("B-0001 is not settled"), "{note}");
}

#[test]
fn the_currency_is_that_of_the_contract_else_of_its_first_line() {
    let usd = |minor| Some(Money { minor, currency: Currency::USD });
    let dear = CostLine { amount: usd(100), ..line() };
    let own = |value, parts| found(&Contract { value, ..contract() }, parts).book.own;
    assert_eq!(own(usd(5), vec![record(1, &line())]), Currency::USD);
    assert_eq!(own(None, vec![record(1, &dear)]), Currency::USD);
    assert_eq!(own(None, vec![]), Currency::CNY);
    let account = found(&contract(), vec![record(1, &dear)]);
    assert!(notes(&account)[0].starts_with("No rate of USD in CNY on or before 2026-01-31"));
    assert!(!account.book.is_whole_own);
}
