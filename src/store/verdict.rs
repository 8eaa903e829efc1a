//! What the grade of a review leads to: proposed by the rules of the register, decided by a person.
//!
//! Nothing happens by itself. What is decided is in the ledger of consequences; a plan is opened, and a
//! vendor's state is moved, because somebody decided it.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::domain::clause::ClauseType;
use crate::domain::consequence::{ConsequenceKind, ConsequenceRules, ConsequenceState, Offer, amount};
use crate::domain::improvement::ImprovementState;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::{VENDOR_MOVES, possible_moves};
use crate::domain::review::Grade;
use crate::domain::vendor::VendorState;
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref, Review, Value, typed};
use crate::register::proposal::{AMOUNT, Fate, Line};
use crate::register::settings::CONSEQUENCES;
use crate::register::{Edit, Refusal};
use crate::store::change::{Txn, link_to};
use crate::store::index::review::corrected_by;
use crate::store::{card, settings};
use crate::texts::{Sentence, Text, text};

/// Days from the end of an improvement plan to its verification.
const VERIFY_DAYS: u64 = 30;

/// One proposed consequence.
struct Verdict {
    line: Line,
    offer: Offer,
    amount: Option<Money>,
    basis: String,
    why: String,
    due: Option<NaiveDate>,
}

/// A review that was judged.
struct Judged {
    record: Record,
    vendor: Record,
    review: Review,
    grade: Grade,
}

/// The lines of a review.
pub(super) fn lines(conn: &Connection, at: Ref, today: NaiveDate) -> Result<Vec<Line>, Refusal> {
    Ok(verdicts(conn, &judged(conn, at)?, today)?.into_iter().map(|verdict| verdict.line).collect())
}

impl Txn<'_> {
    /// Decides the chosen consequences of a review. Returns how many.
    ///
    /// # Errors
    /// What stands against one of them.
    pub(super) fn decide(&mut self, at: Ref, chosen: &[String]) -> Result<usize, Refusal> {
        let judged = judged(&self.tx, at)?;
        let mut decided = 0;
        for verdict in verdicts(&self.tx, &judged, self.today)? {
            if verdict.line.fate == Fate::Will && chosen.contains(&verdict.line.key) {
                self.decide_one(&judged, &verdict)?;
                decided += 1;
            }
        }
        Ok(decided)
    }

    fn decide_one(&mut self, judged: &Judged, verdict: &Verdict) -> Result<(), Refusal> {
        let moved = moves_to(verdict.offer.kind);
        if let Some(state) = moved {
            let field = Kind::Vendor.table().field("state");
            let new = Value::Choice(state.choice()).into();
            let edit = field.map(|field| Edit { field, seen: None, new });
            self.update(judged.vendor.at, edit.as_slice(), Some(&verdict.why), None)?;
        }
        let plan = match verdict.offer.kind {
            ConsequenceKind::Plan => Some(self.open_plan(judged, verdict)?),
            _ => None,
        };
        // What is done with the decision itself has nothing left to do.
        let is_done = moved.is_some() || plan.is_some();
        let state = if is_done { ConsequenceState::Done } else { ConsequenceState::Decided };
        let text = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) };
        let actor = self.actor().to_owned();
        let fields = [
            ("kind", Value::Choice(verdict.offer.kind.choice())),
            ("vendor", link_to(judged.vendor.at)),
            ("review", link_to(judged.record.at)),
            ("improvement", plan.map_or(Value::Null, link_to)),
            ("state", Value::Choice(state.choice())),
            ("amount", verdict.amount.map_or(Value::Null, Value::Money)),
            ("basis", text(&verdict.basis)),
            ("why", text(&verdict.why)),
            ("decided_by", text(&actor)),
            ("decided_on", Value::Date(self.today)),
            ("owner", judged.record.get("owner").clone()),
            ("due_on", verdict.due.map_or(Value::Null, Value::Date)),
            ("done_on", if is_done { Value::Date(self.today) } else { Value::Null }),
        ];
        self.add(Kind::Consequence, &placed(Kind::Consequence, fields), Some(&verdict.why)).map(drop)
    }

    /// Opens the improvement plan of a review, about its worst row.
    fn open_plan(&mut self, judged: &Judged, verdict: &Verdict) -> Result<Ref, Refusal> {
        let worst = worst_row(&self.tx, judged.record.at)?;
        let days = |from: Option<NaiveDate>, days| from.and_then(|day| day.checked_add_days(Days::new(days)));
        let title = worst.as_ref().map_or_else(
            || judged.record.label(),
            |row| format!("{} {}", judged.record.label(), row.label()),
        );
        let verify = days(verdict.due, VERIFY_DAYS);
        let fields = [
            ("title", Value::Text(title)),
            ("vendor", link_to(judged.vendor.at)),
            ("review", link_to(judged.record.at)),
            ("row", worst.as_ref().map_or(Value::Null, |row| link_to(row.at))),
            ("metric", worst.as_ref().map_or(Value::Null, |row| Value::Text(row.label()))),
            ("owner", judged.record.get("owner").clone()),
            ("due_on", verdict.due.map_or(Value::Null, Value::Date)),
            ("verify_on", verify.map_or(Value::Null, Value::Date)),
            ("state", Value::Choice(ImprovementState::Proposed.choice())),
        ];
        self.add(Kind::Improvement, &placed(Kind::Improvement, fields), Some(&verdict.why))
    }
}

fn judged(conn: &Connection, at: Ref) -> Result<Judged, Refusal> {
    let record = card::record(conn, at)?;
    let none = |text: Text| Refusal::Rule(Sentence::from(text).with("code", &record.code));
    if corrected_by(conn, at.id)?.is_some() {
        return Err(none(CORRECTED));
    }
    let grade = Grade::from_key(record.get("grade").as_key()).ok_or_else(|| none(NO_GRADE))?;
    let review = typed::<Review>(&record.values).map_err(|_| none(NO_GRADE))?;
    let vendor = review.vendor.as_ref().ok_or_else(|| none(NO_GRADE))?;
    let vendor = card::record(conn, Ref { kind: Kind::Vendor, id: vendor.id })?;
    Ok(Judged { record, vendor, review, grade })
}

fn verdicts(conn: &Connection, judged: &Judged, today: NaiveDate) -> Result<Vec<Verdict>, Refusal> {
    let rules = ConsequenceRules::parse(&settings::read(conn, CONSEQUENCES)?).unwrap_or_default();
    let there = card::children(conn, Kind::Consequence, "review", judged.record.at.id)?;
    let fee = fee(conn, judged, today)?;
    let offers = rules.of(judged.grade);
    let verdict = |offer: &Offer| {
        let key = offer.kind.key();
        let known = there.iter().find(|record| record.get("kind").as_key() == key);
        let amount = offer.share_bp.and_then(|share| {
            let (annual, months, _) = fee.as_ref()?;
            Some(amount(*annual, *months, share))
        });
        let basis = offer.share_bp.map(|bp| basis(bp, fee.as_ref(), judged)).unwrap_or_default();
        let due = today.checked_add_days(Days::new(offer.days));
        let total = match judged.record.get("total") {
            Value::Points(points) => points_text(*points),
            _ => String::new(),
        };
        let period = judged.review.period.map(|period| period.to_string()).unwrap_or_default();
        let why = format!("{} {} {total} {period}", judged.record.code, judged.grade.key());
        let (fate, at, says) = match (known, against(judged, offer.kind)) {
            (Some(record), _) => {
                let says = Sentence::from(THERE).with("code", &record.code);
                (Fate::Stands, record.at, says)
            }
            (None, Some(why)) => (Fate::Skipped, judged.vendor.at, why),
            (None, None) => {
                let says = if amount.is_some() { FOR_MONEY } else { FOR };
                let says = Sentence::from(says).with("grade", judged.grade.key()).with("total", &total);
                let says = says.with("day", due.unwrap_or(today)).with("basis", &basis);
                let says = says.with("amount", amount.map(Money::full).unwrap_or_default());
                (Fate::Will, judged.vendor.at, says)
            }
        };
        let what =
            Sentence::from(WHAT).with_word("kind", offer.kind.label()).with("vendor", judged.vendor.label());
        let mut puts = vec![("kind", key.to_owned())];
        puts.extend(amount.map(|amount| (AMOUNT, amount.full())));
        let line = Line { key: key.to_owned(), fate, at: Some(at), what, says, puts };
        Verdict { line, offer: *offer, amount, basis, why, due }
    };
    Ok(offers.iter().map(verdict).collect())
}

/// The state that deciding this moves a vendor to.
const fn moves_to(kind: ConsequenceKind) -> Option<VendorState> {
    match kind {
        ConsequenceKind::Watch => Some(VendorState::Watch),
        ConsequenceKind::Suspend => Some(VendorState::Suspended),
        _ => None,
    }
}

/// What stands against a consequence: that the vendor cannot be moved so.
fn against(judged: &Judged, kind: ConsequenceKind) -> Option<Sentence> {
    let to = moves_to(kind)?;
    let from = VendorState::from_key(judged.vendor.get("state").as_key())?;
    let possible = possible_moves(VENDOR_MOVES, from.key());
    let says = if from == to { IS_SO } else { CANNOT };
    let refused = from == to || !possible.contains(&to.key());
    refused.then(|| Sentence::from(says).with_word("state", from.label()).with_word("to", to.label()))
}

/// What the work costs a year, for how many months the review is, and by which contract; of several
/// contracts their sum where it is in one currency.
fn fee(
    conn: &Connection,
    judged: &Judged,
    _today: NaiveDate,
) -> Result<Option<(Money, u32, String)>, Refusal> {
    let Some(period) = judged.review.period else { return Ok(None) };
    let contracts = match &judged.review.contract {
        Some(link) => vec![card::record(conn, Ref { kind: Kind::Contract, id: link.id })?],
        None => {
            let all = card::children(conn, Kind::Contract, "vendor", judged.vendor.at.id)?;
            all.into_iter().filter(|contract| contract.get("state").as_key() == "in_force").collect()
        }
    };
    let mut sum: Option<Money> = None;
    let mut codes = Vec::new();
    for contract in &contracts {
        let Value::Money(annual) = contract.get("annual") else { continue };
        sum = match sum {
            None => Some(*annual),
            Some(held) if held.currency == annual.currency => {
                Some(Money { minor: held.minor.saturating_add(annual.minor), ..held })
            }
            Some(_) => return Ok(None),
        };
        let clauses = card::children(conn, Kind::Clause, "contract", contract.at.id)?;
        let breach = clauses.iter().find(|clause| clause.get("about").as_key() == ClauseType::Breach.key());
        let article = breach.map_or("", |clause| clause.get("article").as_text());
        codes.push(format!("{} {article}", contract.code).trim().to_owned());
    }
    Ok(sum.map(|annual| (annual, period.kind().months(), codes.join(", "))))
}

/// On what an amount is based: the share, the charge of the period, and the contracts.
fn basis(share_bp: i64, fee: Option<&(Money, u32, String)>, judged: &Judged) -> String {
    let percent = crate::domain::decimal::Decimal4(share_bp * 100).to_string();
    let period = judged.review.period.map(|period| period.to_string()).unwrap_or_default();
    match fee {
        Some((annual, months, contracts)) => {
            let charge = amount(*annual, *months, 10_000);
            format!("{percent} % × {} ({period}, {contracts})", charge.full())
        }
        None => format!("{percent} %"),
    }
}

/// The scored row with the fewest points.
fn worst_row(conn: &Connection, review: Ref) -> Result<Option<Record>, Refusal> {
    let rows = card::children(conn, Kind::ReviewRow, "review", review.id)?;
    let points = |row: &Record| match row.get("points") {
        Value::Points(points) => Some(*points),
        _ => None,
    };
    Ok(rows.into_iter().filter(|row| points(row).is_some()).min_by_key(|row| points(row)))
}

fn points_text(hundredths: i64) -> String {
    crate::domain::decimal::Decimal4(hundredths * 100).to_string()
}

fn placed<const N: usize>(kind: Kind, fields: [(&str, Value); N]) -> Vec<(usize, Entered)> {
    let table = kind.table();
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    fields.filter_map(|(key, value)| Some((table.field(key)?, Entered::Value(value)))).collect()
}

const NO_GRADE: Text =
    text("{code} has no grade yet, so nothing follows from it.", "{code} 尚无等级，无法提出措施。");
const CORRECTED: Text = text(
    "{code} was corrected by a newer revision: decide by that one.",
    "{code} 已被新修订更正，请按新修订决定。",
);
const WHAT: Text = text("{kind}: {vendor}", "{kind}：{vendor}");
const FOR: Text = text("grade {grade} ({total}), by {day}", "等级 {grade}（{total}），最迟 {day}");
const FOR_MONEY: Text = text(
    "grade {grade} ({total}): {amount}, {basis}, by {day}",
    "等级 {grade}（{total}）：{amount}，{basis}，最迟 {day}",
);
const THERE: Text = text("{code} is in the ledger already.", "台账中已有 {code}。");
const IS_SO: Text = text("The vendor is {state} already.", "供应商已处于“{state}”。");
const CANNOT: Text = text("There is no way from {state} to {to}.", "不能从“{state}”变为“{to}”。");
