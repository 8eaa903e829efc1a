//! What one must decide of a contract, by when, and what it costs not to: one answer for the
//! attention list, the timeline and the command line.

use chrono::NaiveDate;

use crate::domain::contract::{
    self, Badge, ContractState, Dates, Decision, NoticePolicy, TermGap, Terms, Urgency, initial_term,
};
use crate::domain::day::Span;
use crate::domain::money::Money;
use crate::entity::{Contract, Kind, Record, Value, show, typed};
use crate::register::due::{Due, What, consequence};
use crate::texts::{Lang, Sentence, Text, text};

/// Where a contract stands between what can be decided and what is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The day to act by, and for what; none where nothing is to be decided.
    pub due: Option<Due>,
    /// How pressing that is.
    pub urgency: Urgency,
    /// Days until that day, negative when it has passed.
    pub days: Option<i64>,
    /// The last day of the next term, which begins unless somebody acts.
    pub renews_to: Option<NaiveDate>,
    /// What that term comes to, the rise that is agreed included.
    pub price: Option<Money>,
    /// The index by which it rises beside that, and which nobody knows yet; blank where there is none.
    pub index: String,
    /// What happens if nobody acts, or why nothing is to be decided.
    pub says: Sentence,
}

/// The outlook of a contract on `today`; `None` for records of other kinds.
#[must_use]
pub fn outlook(record: &Record, today: NaiveDate) -> Option<Outlook> {
    let contract = typed::<Contract>(&record.values).ok().filter(|_| record.at.kind == Kind::Contract)?;
    let terms = contract.terms();
    let dates = dates(&contract, today);
    let due = due(&terms, &dates);
    let renews = due.is_some_and(|due| due.what == What::Notice);
    let says = match due {
        Some(due) => consequence(record, due, today),
        None => nothing_to_decide(&terms, &dates),
    };
    Some(Outlook {
        due,
        urgency: Urgency::of(due.map(|due| due.date), today),
        days: due.map(|due| (due.date - today).num_days()),
        renews_to: dates.renewed_until.filter(|_| renews),
        price: price(&contract, contract.renewal_term, today)
            .filter(|_| renews && dates.renewed_until.is_some()),
        index: contract.uplift_index.trim().to_owned(),
        says,
    })
}

fn dates(contract: &Contract, today: NaiveDate) -> Dates {
    contract::dates(&contract.terms(), contract.working_days(), today, NoticePolicy::default())
}

/// The day by which one must act on a contract with these terms, and for what: the last on which notice
/// can be sent where it renews by itself, else the last it runs. None once it is closed.
#[must_use]
pub fn due(terms: &Terms, dates: &Dates) -> Option<Due> {
    // A contract that was entered and never marked as in force has its dates all the same.
    if terms.state.is_closed() {
        return None;
    }
    let renews = terms.renews_itself();
    // Decided to renew, there is nothing to send.
    let send_by = dates.send_by.filter(|_| dates.decision != Some(Decision::Renew));
    let date = if renews { send_by } else { dates.last_day }?;
    let what = match dates.badge {
        Some(Badge::Lapsed) => What::Lapsed,
        _ if renews => What::Notice,
        _ => What::End,
    };
    Some(Due { what, date })
}

/// What a term of this length comes to after the one that runs on `today`, at what a year of the initial
/// one costs and with the rise that is agreed, once for each renewal since. `None` where that cannot be
/// told; what an index adds is not known.
#[must_use]
pub fn price(contract: &Contract, term: Option<Span>, today: NaiveDate) -> Option<Money> {
    let value = contract.value?;
    let is_hidden = value == value.hidden();
    // Of what is not to be seen, no more is told than that there is something.
    let known = if is_hidden { Money { minor: 0, ..value } } else { value };
    let (uplift, renewals) = match contract.uplift.filter(|uplift| uplift.0 != 0) {
        Some(uplift) => (uplift.0, renewals(contract, today)?),
        None => (0, 0),
    };
    let terms = Terms { renewal_term: term, ..contract.terms() };
    contract::renewal_value(known, &terms, uplift, renewals).map(|next| if is_hidden { value } else { next })
}

/// How many renewals there were once the next term runs.
fn renewals(contract: &Contract, today: NaiveDate) -> Option<u32> {
    dates(contract, today).term_index?.checked_add(1)
}

/// What happens unless notice is sent by `day`.
pub(super) fn of_notice(record: &Record, day: NaiveDate, today: NaiveDate) -> Sentence {
    let sentence = |text: Text| Sentence::from(text).with("day", day);
    let Ok(contract) = typed::<Contract>(&record.values) else { return sentence(NOTICE) };
    let Some(next) = dates(&contract, today).renewed_until else { return sentence(NOTICE) };
    let in_words = |money: Money| show::full(&Value::Money(money), Lang::En);
    // What was agreed says what a year costs only where it is known for how long it was.
    let is_for_a_term = initial_term(&contract.terms(), contract.working_days()).is_some();
    let (says, amount) = match (day < today, price(&contract, contract.renewal_term, today), contract.value) {
        (false, Some(price), _) => (NOTICE_PRICE, Some(price)),
        (true, Some(price), _) => (MISSED_PRICE, Some(price)),
        (false, None, Some(value)) if !is_for_a_term => (NOTICE_VALUE, Some(value)),
        (false, ..) => (NOTICE_NEXT, None),
        (true, ..) => (MISSED, None),
    };
    let (is_of_value, says) = (says == NOTICE_VALUE, sentence(says).with("next", next));
    let Some(amount) = amount.map(in_words) else { return says };
    let Some(term) = contract.renewal_term.map(show::span).filter(|_| !is_of_value) else {
        return says.with("price", amount);
    };
    says.with_sentence("term", term).with_sentence("price", with_rise(&contract, amount, today))
}

/// An amount of the next term, with what it rises by in it, and before the index nobody knows yet.
fn with_rise(contract: &Contract, amount: String, today: NaiveDate) -> Sentence {
    let says = Sentence::from(AMOUNT).with("amount", amount);
    let says = match contract.uplift.filter(|uplift| uplift.0 != 0) {
        Some(uplift) => {
            let is_first = renewals(contract, today) == Some(1);
            Sentence::from(if is_first { RISEN } else { RISEN_EACH })
                .with("percent", show::full(&Value::Weight(uplift.0), Lang::En))
                .with_sentence("amount", says)
        }
        None => says,
    };
    match contract.uplift_index.trim() {
        "" => says,
        index => Sentence::from(BEFORE).with("index", index).with_sentence("amount", says),
    }
}

fn nothing_to_decide(terms: &Terms, dates: &Dates) -> Sentence {
    let day = |text: Text, day: NaiveDate| Sentence::from(text).with("day", day);
    if let (Some(Decision::Renew), Some(next)) = (dates.decision, dates.renewed_until) {
        return day(RENEWED, next);
    }
    match (terms.state, dates.last_day, dates.earliest_end.and_then(|end| end.pred_opt())) {
        (ContractState::Cancelled, ..) => CANCELLED.into(),
        (ContractState::Ended, Some(last), _) => day(ENDED_ON, last),
        (ContractState::Ended, None, _) => ENDED.into(),
        (_, _, Some(end)) => day(OPEN_ENDED, end),
        _ if dates.gap == Some(TermGap::NoRenewalTerm) => NO_RENEWAL_TERM.into(),
        _ => NO_END.into(),
    }
}

const NOTICE: Text = text("Give notice by {day} or it renews.", "须在 {day} 前发出通知，否则自动续约。");
const NOTICE_NEXT: Text =
    text("Give notice by {day} or it renews to {next}.", "须在 {day} 前发出通知，否则续约至 {next}。");
const NOTICE_PRICE: Text = text(
    "Give notice by {day} or it renews to {next}, {term} for {price}.",
    "须在 {day} 前发出通知，否则续约至 {next}，{term}，计 {price}。",
);
const NOTICE_VALUE: Text = text(
    "Give notice by {day} or it renews to {next} (contract value {price}).",
    "须在 {day} 前发出通知，否则续约至 {next}（合同金额 {price}）。",
);
const MISSED: Text = text(
    "The last day to give notice was {day}; it renews to {next}.",
    "最迟通知日 {day} 已过，将续约至 {next}。",
);
const MISSED_PRICE: Text = text(
    "The last day to give notice was {day}; it renews to {next}, {term} for {price}.",
    "最迟通知日 {day} 已过，将续约至 {next}，{term}，计 {price}。",
);
const AMOUNT: Text = text("{amount}", "{amount}");
const RISEN: Text = text("{amount} (+ {percent})", "{amount}（含上浮 {percent}）");
const RISEN_EACH: Text =
    text("{amount} (+ {percent} for each renewal)", "{amount}（含每次续约上浮 {percent}）");
const BEFORE: Text = text("{amount} before {index}", "{amount}，未计 {index}");
const RENEWED: Text = text("Decided to renew: it goes on to {day}.", "已决定续约：将延续至 {day}。");
const CANCELLED: Text = text("Cancelled: nothing is to be decided.", "已取消，无须决定。");
const ENDED: Text = text("Ended: nothing is to be decided.", "已终止，无须决定。");
const ENDED_ON: Text = text(
    "Ended; by its terms it ran to {day}. Nothing is to be decided.",
    "已终止；按条款至 {day}。无须决定。",
);
const OPEN_ENDED: Text = text(
    "Runs until notice is given: sent today, it ends on {day}.",
    "持续有效，直至发出通知；今日发出，则于 {day} 终止。",
);
const NO_RENEWAL_TERM: Text = text(
    "It renews by itself, and for how long is not known: enter its renewal term.",
    "自动续约，续约期未知：请填写续约期。",
);
const NO_END: Text = text(
    "No end is known: enter its last day, or its start and term.",
    "终止日未知：请填写终止日，或开始日期与期限。",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contract::Renewal;
    use crate::domain::day::Span;
    use crate::domain::money::Currency;
    use crate::entity::value::Weight;
    use crate::entity::{Ref, values};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sample() -> Contract {
        Contract {
            state: Some(ContractState::InForce),
            starts_on: Some(day("2023-10-01")),
            term: Some(Span::months(36)),
            renewal: Some(Renewal::Auto),
            renewal_term: Some(Span::months(12)),
            notice: Some(Span::days(60)),
            value: Some(Money { minor: 390_000_000, currency: Currency::CNY }),
            ..Contract::default()
        }
    }

    fn of(contract: &Contract, today: &str) -> Outlook {
        let record = Record {
            at: Ref { kind: Kind::Contract, id: 1 },
            code: "C-0001".to_owned(),
            version: 1,
            archived_at: None,
            values: values(contract),
            derived: Vec::new(),
        };
        outlook(&record, day(today)).unwrap()
    }

    fn says(contract: &Contract, today: &str) -> String {
        of(contract, today).says.in_(Lang::En)
    }

    #[test]
    fn the_price_is_that_of_the_next_term_and_not_of_the_first() {
        let found = of(&sample(), "2026-07-26");
        assert_eq!(found.price, Some(Money { minor: 130_000_000, currency: Currency::CNY }));
        assert_eq!((found.days, found.urgency), (Some(5), Urgency::Now));
        assert_eq!(found.renews_to, Some(day("2027-09-30")));
        assert_eq!(
            found.says.in_(Lang::En),
            "Give notice by 2026-07-31 or it renews to 2027-09-30, 12 months for CNY 1,300,000.00."
        );
        let late = says(&sample(), "2026-08-03");
        assert!(late.ends_with("it renews to 2027-09-30, 12 months for CNY 1,300,000.00."), "{late}");
    }

    #[test]
    fn what_it_rises_by_is_in_the_price_and_what_nobody_knows_is_not() {
        let by = |uplift, index: &str| Contract {
            uplift: Some(Weight(uplift)),
            uplift_index: index.to_owned(),
            ..sample()
        };
        let end = |contract: &Contract| {
            let says = says(contract, "2026-07-26");
            says.split_once("2027-09-30, 12 months ").unwrap().1.to_owned()
        };
        assert_eq!(end(&by(300, "")), "for CNY 1,339,000.00 (+ 3%).");
        assert_eq!(end(&by(300, "CPI")), "for CNY 1,339,000.00 (+ 3%) before CPI.");
        assert_eq!(end(&by(0, "CPI")), "for CNY 1,300,000.00 before CPI.");
        let found = of(&by(300, "CPI"), "2026-07-26");
        assert_eq!((found.price.unwrap().minor, found.index.as_str()), (133_900_000, "CPI"));
        assert_eq!(
            found.says.in_(Lang::Zh),
            "须在 2026-07-31 前发出通知，否则续约至 2027-09-30，12 个月，计 CNY 1,339,000.00（含上浮 3%），未计 CPI。"
        );
    }

    #[test]
    fn each_renewal_rises_and_the_length_of_the_term_is_said() {
        let yearly = Contract {
            starts_on: Some(day("2020-01-01")),
            term: Some(Span::months(12)),
            uplift: Some(Weight(300)),
            value: Some(Money { minor: 10_000_000, currency: Currency::CNY }),
            ..sample()
        };
        let found = of(&yearly, "2026-07-26");
        assert_eq!(found.renews_to, Some(day("2027-12-31")));
        assert_eq!(found.price.map(|price| price.minor), Some(12_298_739));
        let told = found.says.in_(Lang::En);
        assert!(
            told.ends_with("to 2027-12-31, 12 months for CNY 122,987.39 (+ 3% for each renewal)."),
            "{told}"
        );
        let two_years = Contract { renewal_term: Some(Span::months(24)), ..sample() };
        let told = says(&two_years, "2026-07-26");
        assert!(told.ends_with("it renews to 2028-09-30, 24 months for CNY 2,600,000.00."), "{told}");
        let told = of(&two_years, "2026-07-26").says.in_(Lang::Zh);
        assert!(told.ends_with("续约至 2028-09-30，24 个月，计 CNY 2,600,000.00。"), "{told}");
    }

    #[test]
    fn no_price_is_made_up() {
        let unknown = Contract { starts_on: None, term: None, ends_on: Some(day("2026-09-30")), ..sample() };
        assert_eq!(of(&unknown, "2026-07-26").price, None, "for how long it was agreed is not known");
        assert!(says(&unknown, "2026-07-26").ends_with("(contract value CNY 3,900,000.00)."));
        let worthless = Contract { value: None, ..sample() };
        assert!(says(&worthless, "2026-07-26").ends_with("or it renews to 2027-09-30."));
        let hidden = Contract { value: sample().value.map(Money::hidden), ..sample() };
        assert!(says(&hidden, "2026-07-26").ends_with("***."), "{}", says(&hidden, "2026-07-26"));
        let once = Contract { renewal: Some(Renewal::None), ..sample() };
        let found = of(&once, "2026-07-26");
        assert_eq!((found.price, found.renews_to, found.days), (None, None, Some(66)));
    }

    #[test]
    fn decided_to_renew_nothing_is_due_in_that_term_and_decided_not_to_notice_still_is() {
        let on = Some(day("2026-06-01"));
        let decided = |what| Contract { decision: Some(what), decided_on: on, ..sample() };
        let renewed = decided(Decision::Renew);
        assert_eq!(of(&renewed, "2026-07-26").due, None);
        assert_eq!(says(&renewed, "2026-07-26"), "Decided to renew: it goes on to 2027-09-30.");
        assert!(of(&renewed, "2026-10-02").due.is_some(), "the next term is another");
        let lapsing = of(&decided(Decision::LetLapse), "2026-07-26");
        assert_eq!(lapsing.due.map(|due| due.what), Some(What::Notice));
    }

    #[test]
    fn where_nothing_is_to_be_decided_it_says_why() {
        let ended = Contract { state: Some(ContractState::Ended), renewal: Some(Renewal::None), ..sample() };
        assert_eq!(of(&ended, "2026-07-26").urgency, Urgency::Never);
        assert!(says(&ended, "2026-07-26").starts_with("Ended; by its terms it ran to 2026-09-30."));
        let cancelled = Contract { state: Some(ContractState::Cancelled), ..sample() };
        assert!(says(&cancelled, "2026-07-26").starts_with("Cancelled"));
        let evergreen = Contract { renewal: Some(Renewal::Evergreen), ..sample() };
        assert_eq!(
            says(&evergreen, "2026-07-26"),
            "Runs until notice is given: sent today, it ends on 2026-09-23."
        );
        let endless = Contract { term: None, ..sample() };
        assert!(says(&endless, "2026-07-26").starts_with("No end is known"));
        let decided = Some(Decision::Renew);
        let on = Some(day("2026-06-01"));
        let unsaid = Contract { renewal_term: None, decision: decided, decided_on: on, ..sample() };
        let unsaid = says(&unsaid, "2026-07-26");
        assert_eq!(unsaid, "It renews by itself, and for how long is not known: enter its renewal term.");
    }
}
