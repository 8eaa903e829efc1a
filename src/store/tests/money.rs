//! Invoices and payments: what is open, what is due, and what does not fit together.

use super::support::*;
use super::*;
use crate::register::What;
use crate::register::finding::Severity;

/// A register with one contract and a fee of it, whose invoices are paid within 30 days.
fn desk() -> (tempfile::TempDir, Store) {
    let (dir, mut store) = fresh();
    let alpha = vendor(&mut store, "Alpha");
    contract(&mut store, alpha, &[("starts_on", "2026-01-01")]);
    let fee = [("title", "Agents"), ("contract", "C-0001"), ("amount", "1000"), ("pay_within", "30d")];
    add(&mut store, Kind::CostLine, &fee);
    (dir, store)
}

fn invoice(store: &mut Store, more: &[(&str, &str)]) -> Ref {
    let words = [("number", "A-1"), ("contract", "C-0001"), ("amount", "1000"), ("period", "2026-06")];
    add(store, Kind::Invoice, &[&words[..], more].concat())
}

fn pay(store: &mut Store, amount: &str) -> Ref {
    let words = [("invoice", "I-0001"), ("amount", amount), ("paid_on", "2026-07-20")];
    add(store, Kind::Payment, &words)
}

/// What a check finds wrong.
fn errors(store: &Store) -> Vec<String> {
    let found = store.check().unwrap().into_iter().filter(|finding| finding.severity == Severity::Error);
    found.map(|finding| format!("{} {} {}", finding.code, finding.rule, finding.field)).collect()
}

/// What of invoices is due, and when.
fn due(store: &Store) -> Vec<String> {
    let all = store.consequences(None).unwrap().into_iter().filter(|(line, _)| line.what == What::Invoice);
    all.map(|(line, says)| format!("{} {}", line.date, says.in_(crate::texts::Lang::En))).collect()
}

fn stands(store: &Store, at: Ref) -> [String; 3] {
    ["standing", "open", "pay_by"].map(|key| shown(store, at, key))
}

#[test]
fn an_invoice_is_due_until_its_payments_reach_it_and_again_when_one_goes() {
    let (_dir, mut store) = desk();
    let at = invoice(&mut store, &[("received_on", "2026-07-05"), ("cost_line", "FL-0001")]);
    assert_eq!(stands(&store, at), ["received", "CNY 1000.00", "2026-08-04"]);
    assert_eq!(due(&store), ["2026-08-04 Waits for approval; it is to be paid by 2026-08-04."]);
    edit(&mut store, at, &[("state", "approved"), ("approved_on", "2026-07-10")]);
    assert_eq!(due(&store), ["2026-08-04 CNY 1,000.00 is to be paid by 2026-08-04."]);
    pay(&mut store, "400");
    assert_eq!(stands(&store, at), ["part_paid", "CNY 600.00", "2026-08-04"]);
    let rest = pay(&mut store, "600");
    assert_eq!((stands(&store, at)[0].as_str(), due(&store)), ("paid", vec![]));
    edit(&mut store, rest, &[("amount", "700")]);
    assert_eq!(stands(&store, at)[..2], ["overpaid", "CNY -100.00"]);
    assert!(due(&store)[0].contains("CNY 1,100.00 was paid of CNY 1,000.00"), "{:?}", due(&store));
    store.undo().unwrap();
    assert_eq!(stands(&store, at)[0], "paid");
    store.undo().unwrap();
    assert_eq!(stands(&store, at)[0], "part_paid");
    assert_eq!(errors(&store), Vec::<String>::new());
}

#[test]
fn the_day_to_pay_is_the_stated_one_else_its_own_days_else_those_of_its_line() {
    let (_dir, mut store) = desk();
    let at = invoice(&mut store, &[("received_on", "2026-07-05"), ("cost_line", "FL-0001")]);
    let line = Ref { kind: Kind::CostLine, id: 1 };
    edit(&mut store, line, &[("pay_within", "1m")]);
    assert_eq!(shown(&store, at, "pay_by"), "2026-08-05", "a line of the contract changes its invoices");
    edit(&mut store, at, &[("pay_within", "10d")]);
    assert_eq!(shown(&store, at, "pay_by"), "2026-07-15");
    assert_eq!(due(&store), ["2026-07-15 Waits for approval; it was to be paid by 2026-07-15."]);
    edit(&mut store, at, &[("due_on", "2026-07-20")]);
    assert_eq!(shown(&store, at, "pay_by"), "2026-07-20");
    edit(&mut store, at, &[("state", "disputed"), ("dispute", "twice")]);
    assert_eq!(due(&store), ["2026-07-20 Disputed (twice); due on 2026-07-20."]);
    try_edit(&mut store, at, &[("state", "withdrawn")], Some("theirs")).unwrap();
    assert_eq!(due(&store), Vec::<String>::new());
    assert_eq!(stands(&store, at), ["withdrawn", "", ""]);
    assert_eq!(errors(&store), Vec::<String>::new());
}

#[test]
fn what_names_no_day_to_pay_is_due_since_it_came_or_its_months_are_over() {
    let (_dir, mut store) = desk();
    invoice(&mut store, &[]);
    let says = "Waits for approval since 2026-06-30; say by when it is to be paid.";
    assert_eq!(due(&store), [format!("2026-06-30 {says}")]);
    let quarter = [("number", "Q"), ("contract", "C-0001"), ("amount", "1"), ("period", "2026-Q1")];
    add(&mut store, Kind::Invoice, &quarter);
    let of_quarter = |store: &Store| due(store)[0].split(' ').next().unwrap().to_owned();
    assert_eq!(of_quarter(&store), "2026-03-31");
    store.set("fiscal_year_start", "4").unwrap();
    assert_eq!(of_quarter(&store), "2026-06-30", "the first quarter of a year that begins in April");
    assert_eq!(errors(&store), Vec::<String>::new());
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let (_dir, mut store) = desk();
    let beta = vendor(&mut store, "Beta");
    contract(&mut store, beta, &[]);
    let refused = |store: &mut Store, kind, words: &[(&str, &str)], says: &str| {
        let refusal = try_add(store, kind, words).unwrap_err();
        assert!(sentences(&refusal)[0].contains(says), "{refusal:?}");
    };
    let stranger = [
        ("number", "B"),
        ("contract", "C-0002"),
        ("amount", "1"),
        ("period", "2026-06"),
        ("cost_line", "FL-0001"),
    ];
    refused(&mut store, Kind::Invoice, &stranger, "another contract");
    let own = [("title", "Own"), ("contract", "C-0001"), ("amount", "1"), ("layer", "baseline")];
    add(&mut store, Kind::CostLine, &own);
    let baseline = [
        ("number", "B"),
        ("contract", "C-0001"),
        ("amount", "1"),
        ("period", "2026-06"),
        ("cost_line", "FL-0002"),
    ];
    refused(&mut store, Kind::Invoice, &baseline, "nobody bills");
    let at = invoice(&mut store, &[]);
    let dollars = [("invoice", "I-0001"), ("amount", "USD 5"), ("paid_on", "2026-07-20")];
    refused(&mut store, Kind::Payment, &dollars, "is in CNY");
    pay(&mut store, "5");
    let refusal = try_edit(&mut store, at, &[("amount", "USD 1000")], None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("PY-0001 paid of it in CNY"), "{refusal:?}");
    let early = [("invoice", "I-0001"), ("amount", "5"), ("paid_on", "2026-08-20")];
    refused(&mut store, Kind::Payment, &early, "still to come");
    let untold =
        [("title", "Hours"), ("contract", "C-0001"), ("amount", "80"), ("model", "time_and_material")];
    refused(&mut store, Kind::CostLine, &untold, "how many hours");
}

#[test]
fn a_rate_is_in_the_base_currency_unless_it_says_so() {
    let (_dir, mut store) = desk();
    let at = add(&mut store, Kind::Rate, &[("currency", "usd"), ("rate", "7.1052"), ("on", "2026-07-01")]);
    assert_eq!(store.record(at).unwrap().label(), "1 USD = 7.1052 CNY");
    for (words, says) in [
        ([("currency", "XAU"), ("rate", "7"), ("on", "2026-07-01")], "No such currency"),
        ([("currency", "CNY"), ("rate", "7"), ("on", "2026-07-01")], "worth itself"),
        ([("currency", "EUR"), ("rate", "0"), ("on", "2026-07-01")], "more than 0"),
    ] {
        let refusal = try_add(&mut store, Kind::Rate, &words);
        // What the base currency is, is filled in before the rules are asked.
        assert!(sentences(&refusal.unwrap_err())[0].contains(says), "{says}");
    }
}
