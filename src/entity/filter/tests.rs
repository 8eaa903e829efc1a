//! What filters mean, by tables; and that no text is too much for them.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::value::begun;
use super::*;
use crate::domain::list::ClosedList;
use crate::domain::money::{Currency, MoneyRules};
use crate::domain::risk::Level;
use crate::entity::Kind;

fn reading() -> Reading {
    let today = NaiveDate::from_ymd_opt(2026, 7, 26).unwrap();
    Reading { today, money: MoneyRules::of_base(Currency::CNY) }
}

fn asked(kind: Kind, typed: &str) -> Asked {
    let filter = read(kind.table(), typed, &reading());
    assert_eq!(filter.problem(kind.table()).map(|says| says.in_(Lang::En)), None, "{typed}");
    filter.asked()
}

/// The only thing that is asked of a column.
fn one(kind: Kind, typed: &str) -> (&'static str, Sense, Test) {
    let mut asked = asked(kind, typed);
    assert_eq!((asked.words.as_str(), asked.wheres.len()), ("", 1), "{typed}");
    let asked = asked.wheres.remove(0);
    (kind.table().head(asked.column).key, asked.sense, asked.test)
}

fn problem(kind: Kind, typed: &str) -> String {
    let filter = read(kind.table(), typed, &reading());
    filter.problem(kind.table()).unwrap_or_else(|| panic!("{typed} is well")).in_(Lang::En)
}

fn days(low: &str, high: &str) -> Test {
    let day = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    Test::Between(Between::Days(day(low), day(high)))
}

fn numbers(low: Option<i64>, high: Option<i64>) -> Test {
    Test::Between(Between::Numbers(low, high))
}

#[test]
fn words_stay_words() {
    for typed in
        ["acme freight", "V-0031", "+86 (28) 5550-0199", "12:30", "https://acme.example/x", "a<b", "x=1"]
    {
        assert_eq!(asked(Kind::Vendor, typed), Asked::words(typed), "{typed}");
    }
    let asked = asked(Kind::Vendor, "acme !\"state:active\" \"owner:x y\" !华信 !");
    assert_eq!(asked.words, "acme owner:x y !");
    assert_eq!(asked.without, ["state:active", "华信"]);
}

#[test]
fn a_column_goes_by_key_label_short_word_and_unique_beginning() {
    for (kind, name, key) in [
        (Kind::Contract, "last_day", "last_day"),
        (Kind::Contract, "ends", "last_day"),
        (Kind::Contract, "end", "last_day"),
        (Kind::Contract, "到期日", "last_day"),
        (Kind::Contract, "Act-By", "act_by"),
        (Kind::Contract, "actby", "act_by"),
        (Kind::Contract, "start", "starts_on"),
        (Kind::Contract, "status", "badge"),
        (Kind::Contract, "状态", "state"),
        (Kind::Contract, "term", "term"),
        (Kind::Vendor, "ends", "ends"),
        (Kind::Vendor, "tag", "tags"),
        (Kind::Vendor, "sco", "score"),
        (Kind::Vendor, "ＯＷＮＥＲ", "owner"),
        (Kind::Risk, "level", "level"),
        (Kind::Review, "due", "due_on"),
    ] {
        let table = kind.table();
        assert_eq!(column(table, name).map(|column| table.head(column).key), Ok(key), "{name}");
    }
}

#[test]
fn choices_go_by_key_label_and_beginning_in_the_order_of_their_list() {
    let table = Kind::Vendor.table();
    let levels = |typed: &str| match one(Kind::Vendor, typed) {
        ("risk", Sense::Holds, Test::OneOf(places)) => {
            places.iter().map(|at| Level::CHOICES[*at].key).collect::<Vec<_>>().join(" ")
        }
        other => panic!("{typed}: {other:?}"),
    };
    assert_eq!(levels("risk:high"), "high");
    assert_eq!(levels("risk:High,severe"), "high severe");
    assert_eq!(levels("风险：重大"), "severe");
    assert_eq!(levels("risk:s"), "severe");
    assert_eq!(levels("risk:>medium"), "high severe");
    assert_eq!(levels("risk>=medium"), "medium high severe");
    assert_eq!(levels("risk:low..medium"), "low medium");
    assert_eq!(levels("risk<high"), "low medium");
    assert_eq!(one(Kind::Vendor, "!class:BPO").1, Sense::HoldsNot);
    assert_eq!(one(Kind::Vendor, "！class＝BPO"), one(Kind::Vendor, "!class:bpo"));
    assert_eq!(begun(Level::CHOICES, "zz"), Vec::<usize>::new());
    assert_eq!(problem(Kind::Vendor, "risk:zz"), "risk: “zz” is not one of low, medium, high, severe.");
    assert!(table.column("risk").is_some());
}

#[test]
fn days_are_days_periods_and_lengths_of_time() {
    for (typed, wanted) in [
        ("ends:<90d", days("2026-07-26", "2026-10-24")),
        ("ends:<=90d", days("2026-07-26", "2026-10-24")),
        ("ends:90d", days("2026-07-26", "2026-10-24")),
        ("ends:>90d", days("2026-10-25", "")),
        ("ends:-30d", days("2026-06-26", "2026-07-26")),
        ("ends:>-30d", days("2026-06-27", "")),
        ("ends:<-30d", days("", "2026-06-25")),
        ("ends:30d..3m", days("2026-08-25", "2026-10-26")),
        ("ends:2026Q4", days("2026-10-01", "2026-12-31")),
        ("ends:2026年", days("2026-01-01", "2026-12-31")),
        ("ends:this-quarter", days("2026-07-01", "2026-09-30")),
        ("到期日：本季度", days("2026-07-01", "2026-09-30")),
        ("ends:Q4", days("2026-10-01", "2026-12-31")),
        ("ends:<next-quarter", days("", "2026-09-30")),
        ("ends:this-month..今年", days("2026-07-01", "2026-12-31")),
        ("ends:2026-09", days("2026-09-01", "2026-09-30")),
        ("ends:2026-07..2026Q3", days("2026-07-01", "2026-09-30")),
        ("ends:>2026Q4", days("2027-01-01", "")),
        ("ends:>=2026Q4", days("2026-10-01", "")),
        ("ends:<2026Q4", days("", "2026-09-30")),
        ("ends:>2026-12-31", days("2027-01-01", "")),
        ("ends:≤2026-12-31", days("", "2026-12-31")),
        ("ends:<today", days("", "2026-07-25")),
        ("ends:2026-07-31", days("2026-07-31", "2026-07-31")),
        ("到期日：＜９０ｄ", days("2026-07-26", "2026-10-24")),
        ("到期日：《90天", days("2026-07-26", "2026-10-24")),
        ("ends:..月底", days("", "2026-07-31")),
    ] {
        assert_eq!(one(Kind::Contract, typed), ("last_day", Sense::Holds, wanted), "{typed}");
    }
    assert_eq!(one(Kind::Review, "period:2026Q1").2, days("2026-01-01", "2026-03-31"));
}

#[test]
fn amounts_are_in_any_currency_or_in_the_one_named() {
    let amounts = |typed: &str| match one(Kind::Contract, typed) {
        ("value", _, Test::Between(Between::Amounts { low, high, currency })) => {
            (low, high, currency.map(Currency::code))
        }
        other => panic!("{typed}: {other:?}"),
    };
    let million = 1_000_000 * 10_000;
    assert_eq!(amounts("value:>1m"), (Some(million + 1), None, None));
    assert_eq!(amounts("value>=100万"), (Some(million), None, None));
    assert_eq!(amounts("value:1m..5m"), (Some(million), Some(5 * million), None));
    assert_eq!(amounts("value:USD"), (None, None, Some("USD")));
    assert_eq!(amounts("value:usd1m..5m"), (Some(million), Some(5 * million), Some("USD")));
    assert_eq!(amounts("value:\"<USD 1m\"").2, Some("USD"));
    assert_eq!(amounts("value:¥1m").2, Some("CNY"));
    assert_eq!(
        problem(Kind::Contract, "value:usd1m..eur2m"),
        "value: Both ends of a range are of one currency."
    );
    assert_eq!(problem(Kind::Contract, "value:5m..1m"), "value: Nothing lies between these.");
    assert!(problem(Kind::Contract, "value:much").starts_with("value: “"));
}

#[test]
fn numbers_are_counted_in_the_unit_of_their_column() {
    assert_eq!(one(Kind::Vendor, "score:<70").2, numbers(None, Some(6_999)));
    assert_eq!(one(Kind::Vendor, "score:69.5..80").2, numbers(Some(6_950), Some(8_000)));
    assert_eq!(one(Kind::Vendor, "chg:<-2").2, numbers(None, Some(-201)));
    assert_eq!(one(Kind::Vendor, "contracts:>2").2, numbers(Some(3), None));
    assert_eq!(one(Kind::Review, "coverage:<80%").2, numbers(None, Some(7_999)));
    assert_eq!(one(Kind::Risk, "current:>=12").2, numbers(Some(12), None));
    assert_eq!(one(Kind::Risk, "current:4x5").2, numbers(Some(20), Some(20)));
    assert_eq!(one(Kind::Contract, "notice:>=3m").2, numbers(Some(450), None));
    assert_eq!(
        problem(Kind::Vendor, "score:good"),
        "score: “good” is not a number here; type >=70, <70 or 60..80."
    );
}

#[test]
fn texts_tags_links_and_blanks() {
    assert_eq!(one(Kind::Vendor, "owner:mei").2, Test::Text("mei".to_owned()));
    assert_eq!(one(Kind::Vendor, "notes:\"a > b\"").2, Test::Text("a > b".to_owned()));
    assert_eq!(one(Kind::Vendor, "tag:it,云").2, Test::Words(vec!["it".to_owned(), "云".to_owned()]));
    assert_eq!(one(Kind::Contract, "vendor:V-0031").2, Test::Linked(31));
    assert_eq!(one(Kind::Contract, "vendor:v-31").2, Test::Linked(31));
    assert_eq!(one(Kind::Contract, "vendor:\"Acme Freight\"").2, Test::Named("Acme Freight".to_owned()));
    assert_eq!(one(Kind::Contract, "vendor:C-0031").2, Test::Named("C-0031".to_owned()));
    assert_eq!(one(Kind::Vendor, "preferred:是").2, Test::Is(true));
    for typed in ["owner:none", "owner:无", "owner:-"] {
        assert_eq!(one(Kind::Vendor, typed), ("owner", Sense::Holds, Test::Blank), "{typed}");
    }
    assert_eq!(one(Kind::Vendor, "owner:\"none\"").2, Test::Text("none".to_owned()));
    assert_eq!(one(Kind::Contract, "renewal:-").2, Test::Blank);
    assert_ne!(one(Kind::Contract, "renewal:none").2, Test::Blank, "a word of the list itself");
    assert!(problem(Kind::Vendor, "owner:").contains("owner:none"));
    assert!(problem(Kind::Vendor, "owner:>3").starts_with("owner: Signs"));
}

#[test]
fn an_unknown_column_names_the_nearest() {
    assert_eq!(
        problem(Kind::Vendor, "ownr:mei"),
        "Vendors have no column “ownr”; did you mean owner (Owner)?"
    );
    assert!(problem(Kind::Vendor, "xyzzy:1").contains("there are name, category"));
    assert!(problem(Kind::Contract, "s:1").starts_with("“s” begins several columns: "));
    // What can be read takes part all the same.
    let filter = read(Kind::Vendor.table(), "acme ownr:mei state:active", &reading());
    assert_eq!((filter.asked().words.as_str(), filter.asked().wheres.len()), ("acme", 1));
}

#[test]
fn chips_say_it_in_the_language_of_the_screen() {
    let table = Kind::Contract.table();
    let typed = "acme ends:<90d state:in_force !vendor:V-0001 owner:none xx:1 kind:";
    let filter = read(table, typed, &reading());
    let chips = |lang| filter.terms.iter().map(|term| term.chip(table, typed, lang)).collect::<Vec<_>>();
    assert_eq!(
        chips(Lang::En),
        ["acme", "Ends <90d", "State In force", "not Vendor V-0001", "Owner blank", "xx:1?", "Kind…"]
    );
    assert_eq!(chips(Lang::Zh)[..3], ["acme", "到期日 <90d", "状态 履行中"]);
}

#[test]
fn what_may_follow_is_offered() {
    let puts = |kind: Kind, typed: &str| {
        let offers = offers(kind.table(), typed, Lang::En);
        offers.into_iter().filter_map(|offer| offer.puts).collect::<Vec<_>>()
    };
    assert_eq!(puts(Kind::Vendor, "st"), ["state:"]);
    assert_eq!(puts(Kind::Vendor, "acme !sta"), ["acme !state:"]);
    assert_eq!(puts(Kind::Vendor, "状"), ["状态:"]);
    assert_eq!(puts(Kind::Vendor, "risk:"), ["risk:low", "risk:medium", "risk:high", "risk:severe"]);
    assert_eq!(puts(Kind::Vendor, "风险：高"), ["风险:high"]);
    assert_eq!(puts(Kind::Vendor, "risk:low,s"), ["risk:low,severe"]);
    assert_eq!(puts(Kind::Vendor, "preferred:"), ["preferred:yes", "preferred:no"]);
    assert_eq!(puts(Kind::Contract, "ends:this-q"), ["ends:this-quarter"]);
    assert_eq!(puts(Kind::Contract, "ends:").last().map(String::as_str), Some("ends:none"));
    assert_eq!(puts(Kind::Vendor, "acme "), Vec::<String>::new());
    assert_eq!(puts(Kind::Vendor, "zzz"), Vec::<String>::new());
    let shown = offers(Kind::Contract.table(), "value:", Lang::En);
    assert!(
        shown.iter().any(|offer| offer.shown == ">1m" && offer.puts.is_none()),
        "examples are only shown"
    );
}

proptest! {
    #[test]
    fn every_text_is_a_filter(typed in any::<String>(), cut in any::<prop::sample::Index>()) {
        for kind in [Kind::Vendor, Kind::Contract, Kind::Review, Kind::Risk] {
            let table = kind.table();
            let filter = read(table, &typed, &reading());
            for term in &filter.terms {
                prop_assert!(typed.get(term.span.clone()).is_some());
                let _ = (term.chip(table, &typed, Lang::Zh), term.problem(table));
            }
            let _ = filter.asked();
            let ends: Vec<usize> = typed.char_indices().map(|(at, _)| at).chain([typed.len()]).collect();
            let _ = offers(table, typed.get(..ends[cut.index(ends.len())]).unwrap(), Lang::En);
        }
    }

    #[test]
    fn every_likely_text_is_a_filter(
        typed in r#"(!|！)?(state|ends|value|score|vendor|tag|owner|状态|notice|current|period)(:|：|=|>|<)(>|<|>=|<=|≥)?("|“)?[a-z0-9.~%年月Q无\-]{0,9}(\.\.)?[0-9mdk万]{0,5}( |,|")?"#,
    ) {
        for kind in [Kind::Vendor, Kind::Contract, Kind::Review, Kind::Risk] {
            let filter = read(kind.table(), &typed, &reading());
            let _ = (filter.asked(), filter.problem(kind.table()), offers(kind.table(), &typed, Lang::Zh));
        }
    }
}
