//! The table of exchange rates: what a currency is worth in another from a day on, and who says so.

use chrono::NaiveDate;

use crate::domain::decimal::Decimal4;
use crate::domain::money::Currency;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::limits;
use crate::texts::{Text, text};

/// What so many units of a currency are worth in another from a day on.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Rate {
    pub currency: String,
    pub units: Option<i64>,
    pub rate: Option<Decimal4>,
    pub into: String,
    pub on: Option<NaiveDate>,
    pub source: String,
}

impl Default for Rate {
    fn default() -> Self {
        Self {
            currency: String::new(),
            units: Some(1),
            rate: None,
            into: String::new(),
            on: None,
            source: String::new(),
        }
    }
}

impl Entity for Rate {
    const KIND: Kind = Kind::Rate;
    const NAMES: Names = Names {
        word: "rate",
        plural: "rates",
        prefix: "FX",
        one: text("Exchange rate", "汇率"),
        many: text("Exchange rates", "汇率"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("currency", text("Currency", "币种"), Shape::Line, |r: &Self| r.currency.show(), |r, v| r.currency.put(v))
            .required().repeats().column(8, 1).sortable().card().hint(text("three letters, such as USD", "三个字母，如 USD")),
        field("units", text("Units", "单位数"), Shape::Int(1, limits::RATE_UNITS), |r: &Self| r.units.show(), |r, v| r.units.put(v))
            .required().column(8, 3).card().hint(text("100 for the yen", "日元填 100")),
        field("rate", text("Rate", "汇率"), Shape::Decimal, |r: &Self| r.rate.show(), |r, v| r.rate.put(v))
            .required().column(12, 1).card().hint(text("what so many units are worth", "上述单位数折合多少")),
        field("into", text("In", "折合币种"), Shape::Line, |r: &Self| r.into.show(), |r, v| r.into.put(v))
            .repeats().column(8, 2).card().hint(text("the base currency where blank", "留空则为基准币种")),
        field("on", text("From", "生效日期"), Shape::Date, |r: &Self| r.on.show(), |r, v| r.on.put(v))
            .required().column(10, 1).sortable().card().hint(text("until the next", "至下一汇率为止")),
        field("source", text("Source", "来源"), Shape::Line, |r: &Self| r.source.show(), |r, v| r.source.put(v))
            .repeats().column(24, 4).card(),
    ];
    const ORDER: (&'static str, Direction) = ("on", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["currency", "units", "rate", "into", "on", "source"];

    fn label(&self) -> String {
        let units = self.units.unwrap_or(1);
        let rate = self.rate.unwrap_or_default();
        format!("{units} {} = {rate} {}", self.currency, self.into)
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (key, code) in [("currency", &self.currency), ("into", &self.into)] {
            if !code.is_empty() && Currency::from_code(code).is_none() {
                problems.push(Problem::new(key, NO_CURRENCY));
            }
        }
        if !self.currency.is_empty() && self.currency == self.into {
            problems.push(Problem::new("into", ITSELF));
        }
        if self.rate.is_some_and(|rate| rate.0 <= 0 || rate.0 > limits::RATE_TEN_THOUSANDTHS) {
            problems.push(Problem::new("rate", OUT_OF_RANGE));
        }
        problems
    }

    fn settle(&mut self, _: &Self) {
        for code in [&mut self.currency, &mut self.into] {
            *code = code.trim().to_ascii_uppercase();
        }
    }
}

const NO_CURRENCY: Text = text(
    "No such currency; enter its three letters, such as USD.",
    "没有此币种；请填写三个字母的代码，如 USD。",
);
const ITSELF: Text =
    text("A currency is worth itself. Name another, or the other way round.", "币种不能折合自身，请另选。");
const OUT_OF_RANGE: Text = text(
    "A rate is more than 0 and at most 1000000000; tell it of more or fewer units.",
    "汇率须大于 0 且不超过 1000000000；可调整单位数。",
);
