//! What is asked of columns, against records read one by one.

use super::support::*;
use super::*;
use crate::domain::money::{Currency, MoneyRules};
use crate::entity::filter::{self, Between, Sense, Test, Where};
use crate::entity::input::Reading;
use crate::entity::{Direction, Record, Shape};

fn query(kind: Kind, filter: Asked) -> Query {
    Query {
        kind,
        scope: None,
        filter,
        order: kind.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 500),
    }
}

fn read(kind: Kind, typed: &str) -> Asked {
    let reading = Reading { today: today(), money: MoneyRules::of_base(Currency::CNY) };
    let filter = filter::read(kind.table(), typed, &reading);
    assert_eq!(filter.problem(kind.table()), None, "{typed}");
    filter.asked()
}

/// Whether a record fulfils what is asked of a column, worked out from its value alone.
fn fulfils(record: &Record, asked: &Where) -> bool {
    let table = record.table();
    let shape = table.head(asked.column).shape;
    let value = record.cell(asked.column).unwrap();
    let holds = match (&asked.test, value) {
        (Test::Blank, value) => *value == Value::Null || *value == Value::Bool(false),
        (Test::Is(yes), value) => (*value == Value::Bool(true)) == *yes,
        (_, Value::Null) => false,
        (Test::OneOf(places), value) => {
            let (Shape::Choice(list) | Shape::Choices(list)) = shape else { panic!("{shape:?}") };
            let held = match value {
                Value::Choice(choice) => vec![choice.key],
                Value::Choices(all) => all.iter().map(|choice| choice.key).collect(),
                other => panic!("{other:?}"),
            };
            places.iter().any(|at| held.contains(&list[*at].key))
        }
        (Test::Text(part), value) => value.as_text().to_lowercase().contains(&part.to_lowercase()),
        (Test::Words(words), Value::List(held)) => {
            words.iter().any(|word| held.iter().any(|h| h.to_lowercase() == word.to_lowercase()))
        }
        (Test::Linked(id), Value::Link(link)) => link.id == *id,
        (Test::Named(name), Value::Link(link)) => link.label.to_lowercase().contains(&name.to_lowercase()),
        (Test::Between(Between::Days(low, high)), value) => {
            let day = match value {
                Value::Date(day) => *day,
                Value::Period(period) => period.last_day(crate::domain::period::FiscalStart::JANUARY),
                other => panic!("{other:?}"),
            };
            low.is_none_or(|low| low <= day) && high.is_none_or(|high| day <= high)
        }
        (Test::Between(Between::Numbers(low, high)), value) => {
            let n = match value {
                Value::Int(n) | Value::Points(n) | Value::Weight(n) => *n,
                Value::Decimal(n) => n.0,
                Value::Cell(cell) => i64::from(cell.product()),
                Value::Span(span) => {
                    let text = span.to_string();
                    let each = if text.ends_with("bd") {
                        7
                    } else if text.ends_with('m') {
                        150
                    } else {
                        5
                    };
                    i64::from(span.n) * each
                }
                other => panic!("{other:?}"),
            };
            low.is_none_or(|low| low <= n) && high.is_none_or(|high| n <= high)
        }
        (Test::Between(Between::Amounts { low, high, currency }), Value::Money(money)) => {
            let key = money.sort_key();
            currency.is_none_or(|currency| currency == money.currency)
                && low.is_none_or(|low| low <= key)
                && high.is_none_or(|high| key <= high)
        }
        other => panic!("{other:?}"),
    };
    holds == (asked.sense == Sense::Holds)
}

/// Every filter gives in the page, in the list and in the count what the records say; how many.
fn agrees(store: &Store, kind: Kind, typed: &str) -> usize {
    let asked = read(kind, typed);
    let all = store.list(&query(kind, Asked::default()), None).unwrap();
    let fulfil = |id: &i64| {
        let record = store.record(Ref { kind, id: *id }).unwrap();
        asked.wheres.iter().all(|asked| fulfils(&record, asked))
    };
    let wanted: Vec<i64> = all.into_iter().filter(fulfil).collect();
    let asked = query(kind, asked);
    assert_eq!(store.list(&asked, None).unwrap(), wanted, "{typed}");
    let page = store.page(&asked).unwrap();
    let seen: Vec<i64> = page.rows.iter().map(|row| row.at.id).collect();
    assert_eq!(seen, wanted[..wanted.len().min(500)], "{typed}");
    assert_eq!(store.count_matching(&asked).unwrap(), wanted.len() as u64, "{typed}");
    wanted.len()
}

const FILTERS: &[(Kind, &[&str])] = &[
    (
        Kind::Vendor,
        &[
            "state:active",
            "state:active,watch",
            "!state:active",
            "risk:>=high",
            "!risk:low",
            "score:<70",
            "score:>=80 risk:low,medium",
            "!score:<70",
            "score:none",
            "chg:<0",
            "chg:>0",
            "class:bpo",
            "!class:bpo",
            "class:ito,kpo",
            "class:none",
            "tier:strategic",
            "region:none",
            "owner:none",
            "!owner:none",
            "name:a",
            "name:华",
            "preferred:yes",
            "preferred:no",
            "ends:<90d",
            "ends:none",
            "ends:2026Q4",
            "contracts:>2",
            "contracts:0",
            "grade:a,b",
            "grade:none",
            "tag:it",
            "email:@",
        ],
    ),
    (
        Kind::Contract,
        &[
            "value:>1m",
            "value:<=500k",
            "value:1m..5m",
            "!value:>1m",
            "value:usd",
            "value:none",
            "value:<0",
            "annual:>1m",
            "annual:cny",
            "ends:<90d",
            "ends:-1y",
            "ends:>2027-01-01",
            "ends_on:none",
            "state:in_force",
            "badge:lapsed",
            "badge:none",
            "renewal:none",
            "renewal:-",
            "notice:>=3m",
            "notice:<60d",
            "vendor:V-0003",
            "!vendor:V-0003",
            "parent:none",
            "!parent:none",
            "starts:2025",
            "act_by:<today",
            "act_by:none",
            "signed:>=2025-01-01 value:>100k !state:ended",
            "title:a",
            "kind:order,master",
        ],
    ),
    (
        Kind::Review,
        &[
            "period:2026",
            "period:2026Q1",
            "period:>2025Q4",
            "total:<70",
            "coverage:<100%",
            "!state:locked",
            "due:<30d",
        ],
    ),
    (
        Kind::Risk,
        &[
            "current:>=12",
            "current:4x4",
            "level:severe",
            "!level:none",
            "state:open,assessed",
            "inherent:<6",
            "owner:a",
        ],
    ),
];

#[test]
fn what_is_asked_of_columns_is_what_their_records_hold() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    for (kind, filters) in FILTERS {
        let found: Vec<usize> = filters.iter().map(|typed| agrees(&store, *kind, typed)).collect();
        let all = store.list(&query(*kind, Asked::default()), None).unwrap().len();
        let telling = found.iter().filter(|n| **n > 0 && **n < all).count();
        assert!(2 * telling > filters.len(), "{kind:?}: {found:?} of {all}");
    }
}

#[test]
fn a_linked_record_goes_by_its_names_and_not_by_what_its_columns_show() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    let named = agrees(&store, Kind::Contract, "vendor:tengyun");
    assert!(named > 0 && agrees(&store, Kind::Contract, "!vendor:tengyun") > 0);
    let of_state = store.list(&query(Kind::Contract, read(Kind::Contract, "vendor:active")), None).unwrap();
    assert_eq!(of_state, Vec::<i64>::new());
    let by_reading = store.list(&query(Kind::Contract, read(Kind::Contract, "vendor:腾云")), None).unwrap();
    assert_eq!(by_reading.len(), named);
}

#[test]
fn words_that_must_not_stand_there_leave_records_out() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    let ids = |typed: &str| store.list(&query(Kind::Contract, read(Kind::Contract, typed)), None).unwrap();
    let (all, with, without) = (ids(""), ids("tengyun"), ids("!tengyun"));
    assert!(!with.is_empty());
    let kept: Vec<i64> = all.iter().copied().filter(|id| !with.contains(id)).collect();
    assert_eq!(without, kept);
    let both = ids("tengyun !tengyun");
    assert_eq!(both, Vec::<i64>::new());
}

/// So many records fulfil it that none is looked up: the list is walked, from wherever one is.
#[test]
fn a_broad_filter_is_met_on_the_way_from_anywhere() {
    let (_dir, mut store) = fresh();
    let mut txn = store.begin(Act::Import).unwrap();
    let names = ["Alpha", "Beta"];
    for name in names {
        for m in 0..1_700 {
            let title = format!("{name} {m:04}");
            let owner = if m % 2 == 0 { "mei" } else { "" };
            let words = [("name", title.as_str()), ("owner", owner), ("category", "x")];
            txn.insert(Kind::Vendor, None, &typed_in(Kind::Vendor, &words)).unwrap();
        }
    }
    txn.commit().unwrap();
    for typed in ["!owner:none", "owner:none", "owner:mei name:beta", "state:prospect !beta"] {
        let asked = query(Kind::Vendor, read(Kind::Vendor, typed));
        let all = store.list(&asked, None).unwrap();
        assert!(all.len() >= 850, "{typed}");
        assert_eq!(store.count_matching(&asked).unwrap(), all.len() as u64, "{typed}");
        let (middle, len) = (all.len() / 2, all.len());
        for (anchor, start) in [
            (Anchor::First, 0),
            (Anchor::Row(400), 390),
            (Anchor::Record { id: all[middle], row: middle as u64 }, middle - 10),
            (Anchor::Last, len - 30),
        ] {
            let reach = if anchor == Anchor::First { (0, 30) } else { (10, 20) };
            let page = store.page(&Query { anchor, reach, ..asked.clone() }).unwrap();
            let ids: Vec<i64> = page.rows.iter().map(|row| row.at.id).collect();
            assert_eq!(ids, all[start..start + 30], "{typed} {anchor:?}");
            assert_eq!(page.start, start as u64, "{typed} {anchor:?}");
        }
        let (column, _) = asked.order;
        let turned = Query { order: (column, Direction::Down), ..asked.clone() };
        let mut back = store.list(&turned, None).unwrap();
        back.reverse();
        assert_eq!(back, all, "{typed}");
    }
}
