//! The settings of the register as data: which there are, what each is for, what it takes.
//!
//! The one table of settings: the command line, the panel of the program and the register itself read it.

use crate::calendars::{self, CN};
use crate::domain::calendar::WEEKENDS;
use crate::domain::consequence::{self, ConsequenceRules};
use crate::domain::money::Currency;
use crate::domain::review::GradeBands;
use crate::entity::{Kind, scale};
use crate::register::{Refusal, clauses, coded};
use crate::texts::{Sentence, Text, text};

/// The key of the currency that bare numbers mean.
pub const BASE_CURRENCY: &str = "base_currency";
/// The key of the month in which the fiscal year starts.
pub const FISCAL_YEAR_START: &str = "fiscal_year_start";
/// The key of the working calendar of new contracts.
pub const CALENDAR: &str = "calendar";
/// The key of the scorecard that new reviews take.
pub const DEFAULT_TEMPLATE: &str = "default_template";

/// The key of what each grade leads to.
pub const CONSEQUENCES: &str = "consequences";
/// The key of the bands of grades that new reviews take.
pub const GRADE_BANDS: &str = "grade_bands";

/// One setting: its key, what holds where nothing was set, and what it is for.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The key.
    pub key: &'static str,
    /// What people call it.
    pub label: Text,
    /// What holds where nothing was set.
    pub default: &'static str,
    /// What it is for, in a sentence without its end.
    pub meaning: Text,
    /// What it takes, in words.
    pub wanted: Text,
    /// The values that are offered, each with its name. Others may fit too.
    pub offers: &'static [(&'static str, Text)],
    pub(super) check: fn(&str) -> bool,
}

/// The calendars that come with the program.
const CALENDARS: &[(&str, Text)] = &[
    (WEEKENDS, text("Saturdays and Sundays off", "周六、周日休息")),
    (CN, text("mainland China, with holidays and make-up days", "中国大陆，含节假日与调休")),
];

/// Every setting there is.
pub const KNOWN: &[Known] = &[
    Known {
        key: BASE_CURRENCY,
        label: text("Base currency", "本位币"),
        default: "CNY",
        meaning: text("the currency that bare numbers mean", "不带货币的数字所指的货币"),
        wanted: text("a currency code, such as CNY", "货币代码，如 CNY"),
        offers: CURRENCIES,
        check: |value| Currency::from_code(value).is_some(),
    },
    Known {
        key: FISCAL_YEAR_START,
        label: text("Fiscal year starts", "财年起始月"),
        default: "1",
        meaning: text("the month in which the fiscal year starts", "财年起始月份"),
        wanted: text("a month from 1 to 12", "1 至 12 的月份"),
        offers: MONTHS,
        check: |value| value.parse().is_ok_and(|month: u32| (1..=12).contains(&month)),
    },
    Known {
        key: CALENDAR,
        label: text("Working calendar", "工作日历"),
        default: WEEKENDS,
        meaning: text("the working calendar of new contracts", "新合同的工作日历"),
        wanted: text("weekends or cn", "weekends 或 cn"),
        offers: CALENDARS,
        check: |value| calendars::named(value).is_some(),
    },
    Known {
        key: DEFAULT_TEMPLATE,
        label: text("Usual scorecard", "默认考核表"),
        default: "T-0001",
        meaning: text("the scorecard of new reviews", "新考核使用的考核表"),
        wanted: text("the code of a template, such as T-0001", "模板编号，如 T-0001"),
        // The register's own scorecards are offered: see [`Held::offers`].
        offers: &[],
        check: |value| coded(Kind::Template, value).is_some(),
    },
    Known {
        key: CONSEQUENCES,
        label: text("Consequences", "奖惩规则"),
        default: consequence::USUAL,
        meaning: text(
            "what each grade leads to, proposed and decided by a person",
            "各等级对应的措施，由人决定",
        ),
        wanted: text(
            "grades and what they lead to, such as A: reward 5%, praise; D: penalty 5% 30d, suspend",
            "等级及措施，如 A: reward 5%, praise; D: penalty 5% 30d, suspend",
        ),
        offers: &[],
        check: |value| ConsequenceRules::parse(value).is_some(),
    },
    Known {
        key: GRADE_BANDS,
        label: text("Grades", "等级划分"),
        default: "A 90, B 80, C 70, D 0",
        meaning: text(
            "the lowest score of each grade; a review keeps those of the day it was opened",
            "各等级的最低分；考核沿用其建立时的划分",
        ),
        wanted: text(
            "grades with their lowest scores that leave no gap from 0 to 100, such as A 90, B 80, C 70, D 0",
            "等级及其最低分，0 至 100 无缺口，如 A 90, B 80, C 70, D 0",
        ),
        offers: &[],
        check: |value| value.parse::<GradeBands>().is_ok(),
    },
    clauses::MASTER,
    clauses::ORDER,
    clauses::NDA,
    clauses::DISPATCH,
    clauses::AMENDMENT,
];

/// The currencies that are offered; every other code is taken too.
const CURRENCIES: &[(&str, Text)] = &[
    ("CNY", text("Chinese yuan", "人民币")),
    ("USD", text("US dollar", "美元")),
    ("EUR", text("Euro", "欧元")),
    ("GBP", text("Pound sterling", "英镑")),
    ("JPY", text("Japanese yen", "日元")),
    ("HKD", text("Hong Kong dollar", "港元")),
    ("TWD", text("New Taiwan dollar", "新台币")),
    ("KRW", text("South Korean won", "韩元")),
    ("SGD", text("Singapore dollar", "新加坡元")),
    ("INR", text("Indian rupee", "印度卢比")),
    ("AUD", text("Australian dollar", "澳元")),
    ("CAD", text("Canadian dollar", "加元")),
    ("CHF", text("Swiss franc", "瑞士法郎")),
    ("PHP", text("Philippine peso", "菲律宾比索")),
    ("VND", text("Vietnamese dong", "越南盾")),
];

/// The months of a year.
const MONTHS: &[(&str, Text)] = &[
    ("1", text("January", "一月")),
    ("2", text("February", "二月")),
    ("3", text("March", "三月")),
    ("4", text("April", "四月")),
    ("5", text("May", "五月")),
    ("6", text("June", "六月")),
    ("7", text("July", "七月")),
    ("8", text("August", "八月")),
    ("9", text("September", "九月")),
    ("10", text("October", "十月")),
    ("11", text("November", "十一月")),
    ("12", text("December", "十二月")),
];

/// A setting as the register holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its key.
    pub key: &'static str,
    /// Its value: the default where nothing was set.
    pub value: String,
    /// Whether somebody set it.
    pub is_set: bool,
    /// Records of the register that it can name, as code and name.
    pub offers: Vec<(String, String)>,
}

impl Known {
    /// What was typed as it is kept: currencies and codes in capitals, nothing around it.
    #[must_use]
    pub fn tidy(&self, typed: &str) -> String {
        let typed = typed.trim();
        if [BASE_CURRENCY, DEFAULT_TEMPLATE].contains(&self.key) {
            typed.to_uppercase()
        } else {
            typed.to_owned()
        }
    }

    /// Why a value does not fit; `None` where it does.
    #[must_use]
    pub fn problem(&self, value: &str) -> Option<Sentence> {
        if let (true, Err(error)) = (self.key == GRADE_BANDS, value.parse::<GradeBands>()) {
            return Some(scale::of_grades(error));
        }
        let says = || Sentence::from(NOT_FOR).with("key", self.key).with("value", value);
        (!(self.check)(value)).then(|| says().with_word("wanted", self.wanted))
    }
}

/// The setting with this key.
///
/// # Errors
/// [`Refusal::Rule`] that names those there are.
pub fn known(key: &str) -> Result<&'static Known, Refusal> {
    KNOWN.iter().find(|known| known.key == key).ok_or_else(|| {
        let keys: Vec<&str> = KNOWN.iter().map(|known| known.key).collect();
        Refusal::Rule(Sentence::from(NO_SETTING).with("key", key).with("keys", keys.join(", ")))
    })
}

const NO_SETTING: Text =
    text("There is no setting {key}. There are: {keys}.", "没有设置项 {key}。可用：{keys}。");
const NOT_FOR: Text =
    text("“{value}” does not fit {key}; it takes {wanted}.", "“{value}”不适用于 {key}；应为{wanted}。");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_and_what_holds_by_itself_fits() {
        for known in KNOWN {
            assert_eq!(known.problem(known.default), None, "{}", known.key);
            for (value, _) in known.offers {
                assert_eq!(known.problem(value), None, "{} {value}", known.key);
                assert_eq!(known.tidy(&format!(" {value} ")), *value);
            }
            assert!(known.problem("gold").is_some() && known.problem("").is_some());
        }
        assert_eq!(known(BASE_CURRENCY).unwrap().tidy(" usd "), "USD");
    }
}
