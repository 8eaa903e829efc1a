//! What is in a file, for a person to judge before anything is written: what its rows are, what each
//! column fills, and what has to be asked.

use crate::domain::money::{Currency, DecimalMark, Money, MoneyError, MoneyRules};
use crate::entity::{Kind, Shape};
use crate::intake::dates::DateOrder;
use crate::intake::mapping::IGNORE;
use crate::intake::{IntakeError, Table, cells};
use crate::register::import::{About, Holds, Question, Seen, SeenColumn, Wish};
use crate::shell::import::plan::{self, Plan};
use crate::shell::import::source::Loaded;
use crate::shell::import::{Halted, words};
use crate::texts::{Lang, Sentence, Text, text};

/// Rows that are looked at for samples and for how amounts are written.
const LOOKED_AT: usize = 5_000;
/// Values of a column that are shown.
const SAMPLES: usize = 4;
/// Characters of a value that are shown.
const SAMPLE_CHARS: usize = 40;

/// The kinds whose lists are met, the likeliest of two that fit equally well first.
const KINDS: [Kind; 32] = [
    Kind::Vendor,
    Kind::Contract,
    Kind::Contact,
    Kind::Service,
    Kind::Risk,
    Kind::Review,
    Kind::Action,
    Kind::Interaction,
    Kind::Kpi,
    Kind::Deliverable,
    Kind::ChangeRequest,
    Kind::Breach,
    Kind::Report,
    Kind::Clause,
    Kind::ServiceLevel,
    Kind::Measurement,
    Kind::Calendar,
    Kind::ExitCase,
    Kind::ExitStep,
    Kind::Acknowledgement,
    Kind::Invoice,
    Kind::CostLine,
    Kind::Payment,
    Kind::Rate,
    Kind::ReviewPlan,
    Kind::Survey,
    Kind::RaterScore,
    Kind::Improvement,
    Kind::Consequence,
    Kind::Meeting,
    Kind::AgendaItem,
    Kind::DeliveryMonth,
];

/// What the rows of a table are most likely: the kind that is not without a field it needs, and of
/// those the one whose fields the columns name most of.
pub(in crate::shell) fn sense(table: &Table) -> Kind {
    let fit = |kind: Kind| {
        let uses = plan::uses(table, kind, &[]).unwrap_or_default();
        let named = uses.iter().flatten().count();
        let blank = (kind.table().blank)();
        let needed = kind.table().fields.iter().zip(&blank);
        let needed = needed.filter(|(meta, value)| meta.required && value.is_null());
        // A number stands in for a title, and another name for a name.
        let has = |key: &str| uses.contains(&Some(key));
        let is_there = |key: &str| match key {
            "title" => has("title") || has("number"),
            "name" => ["name", "name_zh", "name_en", "short_name"].into_iter().any(has),
            key => has(key),
        };
        let missing = needed.filter(|(meta, _)| !is_there(meta.key)).count();
        (std::cmp::Reverse(missing), named)
    };
    // Of equals the first of the list is taken, so it is gone through from behind.
    KINDS.into_iter().rev().max_by_key(|kind| fit(*kind)).unwrap_or(Kind::Vendor)
}

/// The entries of `--map` that a wish comes to.
pub(in crate::shell) fn map_of(wish: &Wish) -> Vec<String> {
    wish.uses.iter().map(|(column, key)| format!("#{}={}", column + 1, key.unwrap_or(IGNORE))).collect()
}

/// What is in a file, laid out by `plan`, or why it cannot be laid out.
pub(in crate::shell) fn seen(
    loaded: &Loaded,
    wish: &Wish,
    kind: Kind,
    base: Currency,
    plan: &Result<Plan, Halted>,
) -> Result<Seen, Sentence> {
    let table = &loaded.table;
    let (fills, mut question) = match plan {
        Ok(plan) => ((0..table.columns.len()).map(|at| plan.fill(at)).collect(), None),
        Err(halted) => {
            let (fills, clash) = unclashed(table, kind, wish);
            (fills, Some(clash.map_or_else(|| asked(halted), Ok)?))
        }
    };
    let shape = |key: &str| kind.table().fields.iter().find(|meta| meta.key == key).map(|meta| meta.shape);
    let of_shape = |wanted: Shape| {
        let columns = fills.iter().enumerate();
        columns.filter(move |(_, key)| key.and_then(shape) == Some(wanted)).map(|(at, _)| at)
    };
    let amounts: Vec<usize> = of_shape(Shape::Money).collect();
    let written = Written::look(table, &amounts, wish, base);
    question = question.or_else(|| written.question(wish));
    let dates = match plan {
        Ok(plan) => plan.filled.iter().find_map(|filled| filled.dates?.order()).map(DateOrder::name),
        Err(_) => wish.dates,
    };
    let holds = Holds {
        dates: of_shape(Shape::Date).next().is_some(),
        amounts: !amounts.is_empty(),
        bare_amounts: written.bare > 0 || written.unclear.is_some() || wish.currency.is_some(),
    };
    let column = |(at, name): (usize, &String)| SeenColumn {
        name: name.clone(),
        samples: samples(table, at),
        fills: fills.get(at).copied().flatten(),
    };
    Ok(Seen {
        kind,
        sheets: loaded.sheets.clone(),
        sheet: loaded.sheet,
        rows: table.read(),
        columns: table.columns.iter().enumerate().map(column).collect(),
        notes: loaded.left_out().into_iter().chain(plan.iter().filter_map(Plan::stood_in)).collect(),
        dates,
        has: holds,
        question,
    })
}

/// What is asked where a file cannot be laid out; the sentence where no answer would help.
pub(in crate::shell) fn asked(halted: &Halted) -> Result<Question, Sentence> {
    let question = |about, sentence| Ok(Question { about, sentence });
    match halted {
        Halted::File(IntakeError::NotUtf8 { candidates, .. }) if !candidates.is_empty() => question(
            About::Encoding(candidates.iter().map(|encoding| encoding.name()).collect()),
            WHICH_ENCODING.into(),
        ),
        Halted::File(IntakeError::LooksLikeUtf16) => {
            question(About::Encoding(vec!["utf-16le", "utf-16be"]), WHICH_ENCODING.into())
        }
        Halted::File(IntakeError::AmbiguousDates { column, line, text, orders }) => question(
            About::Dates(orders.iter().copied().map(DateOrder::name).collect()),
            Sentence::from(WHICH_ORDER).with("column", column).with("line", line).with("text", text),
        ),
        Halted::File(IntakeError::MixedDates { column, first, other }) => question(
            About::Dates(DateOrder::ALL.map(DateOrder::name).to_vec()),
            Sentence::from(TWO_ORDERS)
                .with("column", column)
                .with("text", &first.1)
                .with("line", other.0)
                .with("other", &other.1),
        ),
        Halted::File(error) => Err(words::of_file(error)),
        Halted::NoColumn { field, .. } => {
            question(About::Columns(Vec::new()), Sentence::from(NEEDED).with_word("field", field.label))
        }
        Halted::Usage(sentence) | Halted::Io(sentence) => Err(sentence.clone()),
        Halted::Refused(refusal) => {
            Err(refusal.sentences().into_iter().next().unwrap_or_else(|| Sentence::from(NOTHING)))
        }
    }
}

/// What the columns fill where those that would fill one field are left out, and the question which
/// of them does.
fn unclashed(table: &Table, kind: Kind, wish: &Wish) -> (Vec<Option<&'static str>>, Option<Question>) {
    let mut map = map_of(wish);
    let mut question = None;
    // Each round leaves out one column at least.
    for _ in 0..=table.columns.len() {
        let (columns, sentence) = match plan::uses(table, kind, &map) {
            Ok(uses) => return (uses, question),
            Err(IntakeError::FieldMappedTwice { field, columns }) => {
                let label = kind.table().fields.iter().find(|meta| meta.key == field).map(|meta| meta.label);
                let sentence = Sentence::from(WHICH_COLUMN).with("columns", columns.join(", "));
                let at = |name: &String| table.columns.iter().position(|column| column == name);
                let sentence = sentence.with_word("field", label.unwrap_or(text("?", "?")));
                (columns.iter().filter_map(at).collect::<Vec<_>>(), sentence)
            }
            Err(IntakeError::DuplicateHeader { name, columns }) => {
                let sentence = Sentence::from(SAME_NAME).with("name", name);
                (columns.iter().map(|column| column - 1).collect(), sentence)
            }
            Err(_) => break,
        };
        map.retain(|entry| !columns.iter().any(|at| entry.starts_with(&format!("#{}=", at + 1))));
        map.extend(columns.iter().map(|at| format!("#{}={IGNORE}", at + 1)));
        question.get_or_insert(Question { about: About::Columns(columns), sentence });
    }
    (vec![None; table.columns.len()], question)
}

/// Some different values of a column, each cut short.
fn samples(table: &Table, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in table.rows.iter().take(LOOKED_AT) {
        let cell = row.cell(column);
        if cells::is_blank(cell) {
            continue;
        }
        let words: Vec<&str> = cell.split_whitespace().collect();
        let short: String = words.join(" ").chars().take(SAMPLE_CHARS).collect();
        if !found.contains(&short) {
            found.push(short);
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}

/// How the amounts of a file are written.
#[derive(Default)]
struct Written {
    /// Amounts without a currency.
    bare: usize,
    /// One with a sign of several currencies, none of which is the base.
    unclear: Option<(String, Vec<&'static str>)>,
    /// Those that are amounts with a point before the decimals only, and with a comma only.
    point: usize,
    comma: usize,
    /// One that is an amount either way, and not the same.
    either: Option<String>,
}

impl Written {
    fn look(table: &Table, columns: &[usize], wish: &Wish, base: Currency) -> Self {
        let rules = |decimal| MoneyRules { currency: wish.currency, base, decimal };
        let mut written = Self::default();
        for row in table.rows.iter().take(LOOKED_AT) {
            for column in columns {
                let cell = row.cell(*column);
                if cells::is_blank(cell) {
                    continue;
                }
                let read = DecimalMark::ALL.map(|mark| Money::parse(cell, &rules(mark)));
                let is_bare = cell.trim().chars().all(|c| c.is_ascii_digit() || " .,-+'’".contains(c));
                written.bare += usize::from(is_bare);
                match read {
                    _ if row.is_number(*column) => {}
                    [Err(MoneyError::AmbiguousSymbol { may_mean, .. }), _] => {
                        let codes = may_mean.iter().map(|currency| currency.code()).collect();
                        written.unclear.get_or_insert_with(|| (cell.to_owned(), codes));
                    }
                    [Ok(one), Ok(other)] if one != other => {
                        written.either.get_or_insert_with(|| cell.to_owned());
                    }
                    [Ok(_), Err(_)] => written.point += 1,
                    [Err(_), Ok(_)] => written.comma += 1,
                    _ => {}
                }
            }
        }
        written
    }

    fn question(&self, wish: &Wish) -> Option<Question> {
        if let (Some((text, codes)), None) = (&self.unclear, wish.currency) {
            let sentence = Sentence::from(WHICH_CURRENCY).with("text", text);
            return Some(Question { about: About::Currency(codes.clone()), sentence });
        }
        if wish.decimal.is_some() || self.point > 0 {
            return None;
        }
        let sentence = match &self.either {
            Some(text) => Sentence::from(WHICH_MARK).with("text", text),
            None if self.comma > 0 => COMMA.into(),
            None => return None,
        };
        Some(Question { about: About::Decimal, sentence })
    }
}

/// The reason of a row in one language.
pub(in crate::shell) fn reason(rejected: &super::outcome::Rejected, lang: Lang) -> (usize, String) {
    (rejected.line, rejected.reason(lang))
}

const WHICH_ENCODING: Text =
    text("The file does not say how it is encoded; choose the encoding.", "文件未注明编码，请选择编码。");
const WHICH_ORDER: Text = text(
    "The dates of “{column}” can be read in more than one way (line {line}: {text}); choose the order.",
    "“{column}”列的日期有多种读法（第 {line} 行：{text}），请选择顺序。",
);
const TWO_ORDERS: Text = text(
    "The dates of “{column}” are written in two ways ({text}; line {line}: {other}); choose one, the others are rejected.",
    "“{column}”列的日期有两种写法（{text}；第 {line} 行：{other}），请选择一种，其余将被拒绝。",
);
const WHICH_COLUMN: Text = text(
    "Several columns would fill {field}: {columns}; choose one, and what the others fill.",
    "多个列都会填入“{field}”：{columns}；请选定其一，并指定其余各列的用途。",
);
const NEEDED: Text = text(
    "No column fills {field}, which every record needs; choose one, or what else the rows are.",
    "没有列填写必填的“{field}”，请指定一列，或另选各行的类型。",
);
const SAME_NAME: Text = text(
    "Several columns are called “{name}”; choose what each fills.",
    "多个列名为“{name}”，请分别指定用途。",
);
const WHICH_CURRENCY: Text = text(
    "The sign in “{text}” stands for several currencies; choose the currency of the amounts.",
    "“{text}”中的符号可指多种货币，请选择金额的货币。",
);
const WHICH_MARK: Text = text(
    "“{text}” is one amount with a decimal point and another with a comma; choose the mark.",
    "“{text}”以点号或逗号为小数点时金额不同，请选择小数点。",
);
const COMMA: Text = text(
    "The amounts are written with a decimal comma; choose the mark.",
    "金额以逗号为小数点，请选择小数点。",
);
const NOTHING: Text = text("Nothing was read.", "未读取任何内容。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::csv_table::{CsvOptions, read_csv};

    fn loaded(text: &str) -> Loaded {
        let table = read_csv(text, &CsvOptions::DEFAULT).unwrap();
        Loaded { table, sheets: Vec::new(), sheet: 0, above: 0 }
    }

    #[test]
    fn the_rows_of_a_list_are_taken_for_what_its_columns_name() {
        for (header, kind) in [
            ("name,phone,email", Kind::Vendor),
            ("供应商名称,统一社会信用代码,联系电话", Kind::Vendor),
            ("supplier,document number,award", Kind::Contract),
            ("合同编号,供应商名称,合同名称,合同金额", Kind::Contract),
            ("vendor,name,role,phone", Kind::Contact),
            ("简称,code", Kind::Vendor),
            ("x,y", Kind::Vendor),
        ] {
            assert_eq!(sense(&loaded(&format!("{header}\n")).table), kind, "{header}");
        }
    }

    /// What is asked of a list of contracts with these amounts.
    fn about(amounts: &str, wish: &Wish) -> Option<About> {
        let rows: String = amounts.split(' ').map(|amount| format!("V\t1\t{amount}\n")).collect();
        let loaded = loaded(&format!("vendor\tnumber\tvalue\n{rows}"));
        let base = Currency::CNY;
        let written = Written::look(&loaded.table, &[2], wish, base);
        written.question(wish).map(|question| question.about)
    }

    #[test]
    fn amounts_are_asked_about_only_where_they_can_be_read_in_two_ways() {
        let wish = Wish::of("a", Lang::En);
        assert_eq!(about("1,234.50 5.000", &wish), None, "one of them tells");
        assert_eq!(about("5.000 7.000", &wish), Some(About::Decimal));
        assert_eq!(about("1.234,50", &wish), Some(About::Decimal));
        assert_eq!(about("500 600", &wish), None);
        let Some(About::Currency(codes)) = about("$5", &wish) else { panic!("not asked") };
        assert!(codes.contains(&"USD") && codes.contains(&"CAD"));
        let said = Wish { currency: Currency::from_code("CAD"), ..wish.clone() };
        assert_eq!(about("$5", &said), None);
        let said = Wish { decimal: Some(DecimalMark::Point), ..wish };
        assert_eq!(about("5.000", &said), None);
    }

    #[test]
    fn columns_that_would_fill_one_field_are_asked_about() {
        let loaded = loaded("vendor,supplier,number\nA,B,1\n");
        let (uses, question) = unclashed(&loaded.table, Kind::Contract, &Wish::of("a", Lang::En));
        assert_eq!(
            (uses.as_slice(), question.is_none()),
            (&[Some("vendor"), None, Some("number")][..], true)
        );
        let loaded = self::loaded("supplier,vendor name,number\nA,B,1\n");
        let (uses, question) = unclashed(&loaded.table, Kind::Contract, &Wish::of("a", Lang::En));
        assert_eq!(uses, [None, None, Some("number")]);
        assert_eq!(question.map(|question| question.about), Some(About::Columns(vec![0, 1])));
        let mut wish = Wish::of("a", Lang::En);
        wish.uses.insert(0, Some("vendor"));
        let (uses, question) = unclashed(&loaded.table, Kind::Contract, &wish);
        assert_eq!((uses.as_slice(), question), (&[Some("vendor"), None, Some("number")][..], None));
    }
}
