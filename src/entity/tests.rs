//! Guards of the entity tables: each row agrees with the schema, the languages and the orders.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::domain::day::Span;
use crate::domain::decimal::Decimal4;
use crate::domain::money::{Currency, Money, MoneyRules};
use crate::domain::period::{Period, PeriodKind};
use crate::domain::risk::Cell;
use crate::entity::filter::Asked;
use crate::entity::input::{Entered, Reading};
use crate::register::{Anchor, Query, Shelves};
use crate::store::probe::{self, Blank, Start};
use crate::texts::Text;

/// Texts as people and files give them, in any script, with what is dangerous to some reader.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 .'&()%*-]{0,20}[a-zA-Z0-9]",
        3 => "[\u{4e00}-\u{9fa5}]{1,12}",
        1 => "[\\PC]{0,12}[a-z\u{4e00}-\u{9fa5}]",
        1 => Just("\u{202e}Ltd\u{200b} <U+202E> \u{1f600}".to_owned()),
    ]
}

fn day() -> impl Strategy<Value = chrono::NaiveDate> {
    (0_i32..60_000).prop_map(|days| {
        chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()
            + chrono::Days::new(u64::from(days.unsigned_abs()))
    })
}

/// Any value a field of this shape may hold, blank included; links to the records 1 to 3.
pub(crate) fn value_of(shape: Shape) -> BoxedStrategy<Value> {
    let some: BoxedStrategy<Value> = match shape {
        Shape::Line => words().prop_map(|w| w.trim().to_owned()).prop_map(Value::Text).boxed(),
        Shape::Long => vec(words(), 1..4).prop_map(|lines| Value::Text(lines.join("\n"))).boxed(),
        Shape::List => vec("[a-z\u{4e00}-\u{9fa5}]{1,6}", 1..4)
            .prop_map(|mut words| {
                words.sort();
                words.dedup();
                Value::List(words)
            })
            .boxed(),
        Shape::Bool => return any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Int(low, high) => (low..=high.min(low + 100_000)).prop_map(Value::Int).boxed(),
        Shape::Decimal => (-10_000_000_i64..10_000_000).prop_map(|n| Value::Decimal(Decimal4(n))).boxed(),
        Shape::Points => (0_i64..=10_000).prop_map(Value::Points).boxed(),
        Shape::Weight => (0_i64..=10_000).prop_map(Value::Weight).boxed(),
        Shape::Date => day().prop_map(Value::Date).boxed(),
        Shape::Span => (0_u32..500, 0..3)
            .prop_map(|(n, unit)| match unit {
                0 => Span::days(n),
                1 => Span::business_days(n),
                _ => Span::months(n),
            })
            .prop_map(Value::Span)
            .boxed(),
        Shape::Money => (0_i64..1_000_000_000_000, prop_oneof!["CNY", "USD", "JPY", "BHD"])
            .prop_map(|(minor, code)| {
                Value::Money(Money { minor, currency: Currency::from_code(&code).unwrap() })
            })
            .boxed(),
        Shape::Period => (2000_i32..2040, 0_usize..4, 1_u32..=12)
            .prop_map(|(year, kind, index)| {
                let kind = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year][kind];
                let index = (index - 1) % kind.per_year() + 1;
                Value::Period(Period::new(kind, year, index).unwrap())
            })
            .boxed(),
        Shape::Cell => (1_u8..=5, 1_u8..=5).prop_map(|(l, i)| Value::Cell(Cell::new(l, i).unwrap())).boxed(),
        Shape::Choice(list) => (0..list.len()).prop_map(|at| Value::Choice(&list[at])).boxed(),
        Shape::Choices(list) => {
            subsequence(list.iter().collect::<Vec<_>>(), 1..=list.len()).prop_map(Value::Choices).boxed()
        }
        Shape::Link(kind) => (1_i64..=3)
            .prop_map(move |id| {
                let code = crate::register::code_of(Ref { kind, id });
                Value::Link(Link { kind, id, code, label: String::new() })
            })
            .boxed(),
    };
    prop_oneof![1 => Just(Value::Null), 6 => some].boxed()
}

fn kinds() -> impl Iterator<Item = &'static Table> {
    Kind::ALL.iter().map(|kind| kind.table())
}

#[test]
fn the_numbers_of_kinds_are_part_of_the_files_and_never_change() {
    let pinned = [
        (0, "vendor", "V"),
        (1, "contact", "CT"),
        (2, "service", "SV"),
        (3, "contract", "C"),
        (4, "kpi", "K"),
        (5, "template", "T"),
        (6, "template_row", "TR"),
        (7, "review", "PR"),
        (8, "review_row", "RR"),
        (9, "risk", "RK"),
        (10, "action", "AC"),
        (11, "interaction", "IN"),
        (12, "setting", "ST"),
        (13, "file", "F"),
        (14, "deliverable", "D"),
        (15, "change_request", "CR"),
        (16, "breach", "B"),
        (17, "report", "RP"),
        (18, "clause", "CL"),
        (19, "service_level", "SL"),
        (20, "measurement", "MS"),
        (21, "exit_case", "X"),
        (22, "exit_step", "XS"),
        (23, "acknowledgement", "AK"),
        (24, "cost_line", "FL"),
        (25, "invoice", "I"),
        (26, "payment", "PY"),
        (27, "rate", "FX"),
        (28, "calendar", "WC"),
        (29, "review_plan", "PL"),
        (30, "survey", "SU"),
        (31, "rater_score", "RA"),
        (32, "improvement", "IP"),
        (33, "consequence", "CQ"),
        (34, "meeting", "MT"),
        (35, "agenda_item", "AI"),
        (36, "delivery_month", "DM"),
    ];
    let mut found: Vec<_> = kinds().map(|t| (t.kind as i64, t.word, t.prefix)).collect();
    found.sort_unstable();
    assert_eq!(found, pinned);
    for kind in Kind::ALL {
        assert_eq!(kind.table().kind, *kind, "the tables stand in the order of the numbers");
        assert_eq!(Kind::from_number(*kind as i64), Some(*kind));
        assert!((*kind as i64) < crate::limits::KINDS, "a record number has room for so many kinds");
    }
}

#[test]
fn parents_come_before_children() {
    let place = |kind: Kind| Kind::ALL.iter().position(|k| *k == kind).unwrap();
    for table in kinds() {
        for meta in &table.fields {
            if let Shape::Link(to) = meta.shape {
                assert!(place(to) <= place(table.kind), "{}.{}", table.word, meta.key);
            }
        }
    }
}

#[test]
fn words_and_prefixes_name_one_kind_each() {
    for table in kinds() {
        for word in [table.word, table.plural] {
            assert_eq!(Kind::from_word(word), Some(table.kind));
        }
        assert_eq!(Kind::from_code(&format!("{}-0001", table.prefix)), Some(table.kind));
        let keys: std::collections::BTreeSet<_> =
            table.fields.iter().map(|m| m.key).chain(table.derived.iter().map(|d| d.key)).collect();
        assert_eq!(keys.len(), table.fields.len() + table.derived.len(), "{}", table.word);
    }
}

#[test]
fn keys_are_the_columns_of_the_schema() {
    let blank = Blank::new();
    for table in kinds() {
        let mut wanted = vec![
            ("id".to_owned(), "INTEGER", false),
            ("version".to_owned(), "INTEGER", true),
            ("archived_at".to_owned(), "TEXT", false),
        ];
        for (name, shape, required) in probe::written(table) {
            let kind = match shape {
                Shape::Money if name.ends_with("_minor") => "INTEGER",
                Shape::Int(..)
                | Shape::Bool
                | Shape::Decimal
                | Shape::Points
                | Shape::Weight
                | Shape::Link(_) => "INTEGER",
                _ => "TEXT",
            };
            wanted.push((name, kind, required));
        }
        let mut found: Vec<_> =
            blank.columns(table.word).into_iter().map(|c| (c.name, c.kind, c.required)).collect();
        let mut wanted: Vec<_> = wanted.into_iter().map(|(n, k, r)| (n, k.to_owned(), r)).collect();
        // A column that was added later stands last in its table, wherever its field is.
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{}", table.word);
    }
}

#[test]
fn index_tables_have_exactly_the_columns_that_are_written() {
    let blank = Blank::new();
    for table in kinds() {
        let mut found: Vec<String> =
            blank.columns(&format!("{}_x", table.word)).into_iter().map(|c| c.name).collect();
        let mut wanted = probe::indexed(table);
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{}_x", table.word);
    }
}

#[test]
fn closed_lists_are_the_checks_of_the_schema() {
    let blank = Blank::new();
    let quoted = |words: &[String]| words.iter().map(|w| format!("'{w}'")).collect::<Vec<_>>().join(", ");
    for table in kinds() {
        for meta in &table.fields {
            let key = meta.key;
            let wanted = match meta.shape {
                Shape::Choice(list) => {
                    let words: Vec<String> = list.iter().map(|c| c.key.to_owned()).collect();
                    format!("CHECK (\"{key}\" IN ({}))", quoted(&words))
                }
                Shape::Choices(list) => {
                    let joined = |set: usize| {
                        let chosen = list.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
                        chosen.map(|(_, c)| c.key).collect::<Vec<_>>().join(",")
                    };
                    let words: Vec<String> = (1..1_usize << list.len()).map(joined).collect();
                    format!("CHECK (\"{key}\" IN ({}))", quoted(&words))
                }
                Shape::Int(low, high) => format!("CHECK (\"{key}\" BETWEEN {low} AND {high})"),
                Shape::Points | Shape::Weight => format!("CHECK (\"{key}\" BETWEEN 0 AND 10000)"),
                Shape::Bool => format!("CHECK (\"{key}\" IN (0, 1))"),
                Shape::Line | Shape::Long | Shape::List => format!("CHECK (\"{key}\" <> '')"),
                Shape::Date => format!("CHECK (date(\"{key}\") IS \"{key}\")"),
                Shape::Link(kind) => format!("REFERENCES \"{}\" (id)", kind.table().word),
                Shape::Decimal | Shape::Span | Shape::Money | Shape::Period | Shape::Cell => continue,
            };
            let found = blank.definition(table.word, key);
            assert!(found.ends_with(&wanted), "{}.{key}: {found} does not end in {wanted}", table.word);
        }
    }
}

fn query(kind: Kind, column: Column, scope: Option<Ref>, shelf: Shelves) -> Query {
    let order = (column, Direction::Up);
    Query {
        kind,
        scope,
        filter: Asked::default(),
        order,
        then: None,
        extra: Vec::new(),
        shelf,
        anchor: Anchor::First,
        reach: (0, 90),
    }
}

#[test]
fn every_order_is_walked_by_its_index_without_sorting() {
    let blank = Blank::new();
    for table in kinds() {
        for column in table.sortable() {
            let key = table.head(column).key;
            for (direction, start) in [
                (Direction::Up, Start::AtEnd),
                (Direction::Down, Start::AtEnd),
                (Direction::Up, Start::AtRow),
                (Direction::Down, Start::AtRow),
            ] {
                let plans = blank.plans(&query(table.kind, column, None, Shelves::Open), direction, start);
                let name = table.head(column).key;
                let index = format!("SEARCH x USING COVERING INDEX {}_x_{name} (archived=?", table.word);
                let order = match column {
                    Column::Field(_) => format!("s_{name}"),
                    Column::Derived(_) => name.to_owned(),
                };
                let sign = if direction == Direction::Up { ">" } else { "<" };
                let wanted = match start {
                    Start::AtEnd => vec![format!("{index})")],
                    Start::AtRow => vec![
                        format!("{index} AND {order}=? AND id{sign}?)"),
                        format!("{index} AND {order}{sign}?)"),
                    ],
                };
                let wanted: Vec<Vec<String>> = wanted.into_iter().map(|line| vec![line]).collect();
                assert_eq!(plans, wanted, "{} by {key}", table.word);
            }
        }
    }
}

/// What is equal in the first key, where that is much, comes along the index of the second.
#[test]
fn a_long_run_of_equals_is_walked_by_the_index_of_the_second_key() {
    let blank = Blank::new();
    for table in kinds() {
        for (first, second) in table.sortable().zip(table.sortable().skip(1)) {
            for direction in [Direction::Up, Direction::Down] {
                let then = Some((second, direction));
                let query = Query { then, ..query(table.kind, first, None, Shelves::Open) };
                let plans = blank.plans(&query, direction, Start::AtRow);
                let index = format!("{}_x_{} (archived=?", table.word, table.head(second).key);
                for plan in plans {
                    assert!(plan.iter().any(|line| line.contains(&index)), "{plan:?}");
                    assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "{plan:?}");
                }
            }
        }
    }
}

/// Records of one record are walked by the index of that link, never over the whole list. In the
/// order lists start in they come sorted; in another they are sorted, for an index a link and
/// order would cost every write more than the few thousand records of a great vendor cost here.
#[test]
fn records_of_one_record_are_walked_by_their_link() {
    let blank = Blank::new();
    for table in kinds() {
        for to in Kind::ALL {
            let Some(link) = probe::scope_key(table.kind, *to) else { continue };
            for column in table.sortable().chain([table.order.0]) {
                for (direction, start) in [(Direction::Up, Start::AtEnd), (Direction::Down, Start::AtRow)] {
                    let scope = Some(Ref { kind: *to, id: 1 });
                    let plans =
                        blank.plans(&query(table.kind, column, scope, Shelves::Open), direction, start);
                    let index = format!("INDEX {}_x_of_{link} (l_{link}=? AND archived=?", table.word);
                    for plan in plans {
                        assert!(plan[0].contains(&index), "{} of {link}: {plan:?}", table.word);
                        let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE"));
                        assert!(!sorts || column != table.order.0, "{} of {link}: {plan:?}", table.word);
                    }
                }
            }
        }
    }
}

fn assert_both(text: Text, what: &str) {
    assert!(!text.en.trim().is_empty() && !text.zh.trim().is_empty(), "{what} lacks a language");
    assert_eq!((text.en.trim(), text.zh.trim()), (text.en, text.zh), "{what} has blanks around it");
}

#[test]
fn labels_are_there_in_both_languages_and_fit_their_columns() {
    for table in kinds() {
        assert_both(table.one, table.word);
        assert_both(table.many, table.word);
        for meta in &table.fields {
            assert_both(meta.label, meta.key);
            for text in meta.group.iter().chain(&meta.hint) {
                assert_both(*text, meta.key);
            }
        }
        let choices = table.fields.iter().map(|m| m.shape).chain(table.derived.iter().map(|d| d.shape));
        for shape in choices {
            if let Shape::Choice(list) | Shape::Choices(list) = shape {
                for choice in list {
                    assert_both(choice.label, choice.key);
                }
            }
        }
        for column in &table.columns {
            let head = table.head(*column);
            assert_both(head.label, head.key);
            let width = usize::from(head.width);
            assert!(width > 0, "{}.{} is a column without a width", table.word, head.key);
            for label in [head.label.en, head.label.zh] {
                assert!(label.width() <= width, "{label} is wider than {}.{}", table.word, head.key);
            }
        }
    }
}

#[test]
fn what_stays_longest_fits_the_narrowest_screen() {
    for table in kinds() {
        let first = table.columns.iter().map(|c| table.head(*c)).filter(|head| head.priority <= 2);
        let width: usize = first.map(|head| usize::from(head.width) + 2).sum();
        assert!(width <= 80 - 8, "{} needs {width} cells", table.word);
    }
}

#[test]
fn columns_orders_and_moves_name_what_there_is() {
    for table in kinds() {
        assert!(!table.columns.is_empty(), "{}", table.word);
        assert!(!table.head(table.order.0).key.is_empty(), "{}", table.word);
        let Some(moves) = table.moves else { continue };
        let Shape::Choice(list) = table.fields[table.field(moves.field).unwrap()].shape else {
            panic!("{}.{} is no closed list", table.word, moves.field)
        };
        for row in moves.table {
            let known = |key| key == crate::domain::moves::ANY || list.iter().any(|c| c.key == key);
            assert!(known(row.from) && known(row.to), "{}: {} to {}", table.word, row.from, row.to);
        }
        for choice in list {
            let reached = moves.table.iter().any(|row| row.to == choice.key);
            let first = (table.blank)()[table.field(moves.field).unwrap()] == Value::Choice(choice);
            assert!(reached || first, "{} is never reached", choice.key);
        }
    }
}

#[test]
fn a_blank_record_holds_to_its_own_table() {
    for table in kinds() {
        let values = (table.blank)();
        assert_eq!(values.len(), table.fields.len());
        let mut settled = values.clone();
        (table.settle)(&mut settled, &values);
        assert_eq!(settled, values, "{}", table.word);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_set_is_got(seed in any::<u64>()) {
        let mut runner = proptest::test_runner::TestRunner::new_with_rng(
            ProptestConfig::default(),
            proptest::test_runner::TestRng::from_seed(
                proptest::test_runner::RngAlgorithm::ChaCha,
                &[seed.to_le_bytes(); 4].concat(),
            ),
        );
        for table in kinds() {
            let values: Vec<Value> = table
                .fields
                .iter()
                .map(|meta| value_of(meta.shape).new_tree(&mut runner).unwrap().current())
                .collect();
            prop_assert_eq!(&round_trip(table.kind, &values), &values, "{}", table.word);
            for (meta, value) in table.fields.iter().zip(&values) {
                let json = show::to_json(value);
                let back = show::from_json(meta.shape, &json);
                let same = match (&back, value) {
                    (Some(Value::Link(a)), Value::Link(b)) => a.code == b.code,
                    (Some(a), b) => a == b,
                    (None, _) => false,
                };
                prop_assert!(same, "{} {:?} {:?}", meta.key, value, back);
                typed_again(meta, value)?;
            }
        }
    }
}

/// What is shown as one would type it reads back as the same value.
fn typed_again(meta: &Meta, value: &Value) -> Result<(), TestCaseError> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 7, 26).unwrap();
    let reading = Reading { today, money: MoneyRules::of_base(Currency::CNY) };
    let plain = show::plain(value);
    let read = input::read(meta, &plain, &reading);
    let wanted = match value {
        Value::Link(link) => Entered::Refer(link.code.clone()),
        Value::Text(text) if meta.shape == Shape::Line => Value::Text(text.trim().to_owned()).into(),
        Value::Text(text) => Value::Text(text.trim_end().to_owned()).into(),
        other => other.clone().into(),
    };
    prop_assert_eq!(read, Ok(wanted), "{} as {}", meta.key, plain);
    Ok(())
}

fn round_trip(kind: Kind, given: &[Value]) -> Vec<Value> {
    match kind {
        Kind::Vendor => again::<Vendor>(given),
        Kind::Contact => again::<Contact>(given),
        Kind::Service => again::<Service>(given),
        Kind::Contract => again::<Contract>(given),
        Kind::Kpi => again::<Kpi>(given),
        Kind::Template => again::<Template>(given),
        Kind::TemplateRow => again::<TemplateRow>(given),
        Kind::Review => again::<Review>(given),
        Kind::ReviewRow => again::<ReviewRow>(given),
        Kind::Risk => again::<Risk>(given),
        Kind::Action => again::<Action>(given),
        Kind::File => again::<File>(given),
        Kind::Interaction => again::<Interaction>(given),
        Kind::Setting => again::<Setting>(given),
        Kind::Deliverable => again::<Deliverable>(given),
        Kind::ChangeRequest => again::<ChangeRequest>(given),
        Kind::Breach => again::<Breach>(given),
        Kind::Report => again::<Report>(given),
        Kind::Clause => again::<Clause>(given),
        Kind::ServiceLevel => again::<ServiceLevel>(given),
        Kind::Measurement => again::<Measurement>(given),
        Kind::Calendar => again::<Calendar>(given),
        Kind::ExitCase => again::<ExitCase>(given),
        Kind::ExitStep => again::<ExitStep>(given),
        Kind::Acknowledgement => again::<Acknowledgement>(given),
        Kind::CostLine => again::<CostLine>(given),
        Kind::Invoice => again::<Invoice>(given),
        Kind::Payment => again::<Payment>(given),
        Kind::Rate => again::<Rate>(given),
        Kind::ReviewPlan => again::<ReviewPlan>(given),
        Kind::Survey => again::<Survey>(given),
        Kind::RaterScore => again::<RaterScore>(given),
        Kind::Improvement => again::<Improvement>(given),
        Kind::Consequence => again::<Consequence>(given),
        Kind::Meeting => again::<Meeting>(given),
        Kind::AgendaItem => again::<AgendaItem>(given),
        Kind::DeliveryMonth => again::<DeliveryMonth>(given),
    }
}

fn again<E: Entity>(given: &[Value]) -> Vec<Value> {
    values(&typed::<E>(given).unwrap())
}

#[test]
fn a_value_of_another_type_is_no_value_of_a_field() {
    assert!(typed::<Vendor>(&[Value::Int(1)]).is_err());
    assert!(typed::<Contract>(&[Value::Null, Value::Text("V-0001".to_owned())]).is_err());
}

#[test]
fn a_contract_names_a_calendar_there_is() {
    let problems = |calendar: &str| {
        let contract = Contract { calendar: calendar.to_owned(), ..Contract::default() };
        let moment = Moment { today: chrono::NaiveDate::default() };
        contract.check(&moment).into_iter().map(|problem| problem.field).collect::<Vec<_>>()
    };
    let usual = crate::store::settings::known("calendar").unwrap().default;
    for known in [usual, &Contract::default().calendar] {
        assert!(crate::calendars::named(known).is_some(), "{known}");
        assert_eq!(problems(known), [""; 0], "{known}");
    }
    for unknown in ["lunar", "Weekends", "weekend", ""] {
        assert_eq!(problems(unknown), ["calendar"], "{unknown}");
    }
}

#[test]
fn an_amount_in_a_list_is_never_cut() {
    use crate::domain::money::{Currency, Money};
    let meta = Kind::Contract.table().fields.iter().find(|meta| meta.key == "value").unwrap();
    let room = usize::from(meta.width);
    for code in ["CNY", "USD", "JPY", "CAD", "KWD"] {
        let currency = Currency::from_code(code).unwrap();
        for power in 0..13 {
            for minor in [10_i64.pow(power), 10_i64.pow(power) * 9 + 99, 10_i64.pow(power + 1) - 1] {
                let value = Value::Money(Money { minor, currency });
                for lang in [crate::texts::Lang::En, crate::texts::Lang::Zh] {
                    let shown = show::short(&value, lang);
                    let wide = unicode_width::UnicodeWidthStr::width(shown.as_str());
                    assert!(wide <= room, "{shown} has {wide} cells, the column {room}");
                }
            }
        }
    }
}
