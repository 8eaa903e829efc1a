//! Contracts of a made-up register: who holds them, how long they run, what they are worth.

use chrono::{Datelike, Months, NaiveDate};

use super::rng::Rng;
use super::{CONTRACTS, Crowd, NOTES, OWNERS, after, before, code, iso, names};
use crate::demo::Entry;

/// Terms as words, with their length in months.
const TERMS: [(&str, u32); 6] = [("12m", 12), ("12m", 12), ("24m", 24), ("36m", 36), ("6m", 6), ("3y", 36)];

/// The contracts of a crowd, drawn one after the other.
pub(super) struct Ledger {
    crowd: Crowd,
    today: NaiveDate,
    /// The newest master contract of each vendor, as its number; 0 when it has none.
    masters: Vec<u64>,
}

impl Ledger {
    pub(super) fn of(crowd: Crowd, today: NaiveDate) -> Self {
        Self { crowd, today, masters: vec![0; usize::try_from(crowd.count).unwrap_or(0)] }
    }

    /// The contract of this index; to be asked for in order, since orders hang on earlier masters.
    pub(super) fn contract(&mut self, index: u64) -> Entry {
        let mut rng = Rng::of(self.crowd.seed, CONTRACTS, index);
        let vendor = self.holder(&mut rng);
        let kind =
            rng.weighted(&[("master", 30), ("order", 52), ("nda", 6), ("dispatch", 4), ("amendment", 8)]);
        let state = contract_state(self.crowd.state(vendor), &mut rng);
        let mut fields = Vec::with_capacity(16);
        if rng.percent(90) {
            let prefix = rng.pick(&["HT", "PO", "SVC", "FW", "合同", "LOG", "IT"]);
            let year = self.today.year() - rng.pick(&[0, 1, 1, 2, 2, 3, 4, 5]);
            fields.push(("number", format!("{prefix}-{year}-{:06}", index + 1)));
        }
        fields.push(("vendor", code("V", vendor)));
        fields.push(("title", names::title(&mut rng)));
        let parent = self.parent(index, vendor, kind, &mut rng);
        // An amendment without a contract to amend is an order.
        let kind = if kind == "amendment" && parent.is_none() { "order" } else { kind };
        fields.push(("kind", kind.to_owned()));
        fields.extend(parent.map(|parent| ("parent", parent)));
        fields.push(("state", state.to_owned()));
        self.term(state, &mut fields, &mut rng);
        if rng.percent(85) {
            fields.push(("value", value(&mut rng)));
        }
        if rng.percent(85) {
            fields.push(("owner", rng.pick(&OWNERS).to_owned()));
        }
        if rng.percent(12) {
            fields.push(("notes", rng.pick(&NOTES).to_owned()));
        }
        if rng.percent(40) {
            fields.push(("external_id", format!("CTR{:08}", 20_000_000 + index)));
        }
        Entry { kind: "contract", code: code("C", index), fields }
    }

    /// The vendor of a contract, in most cases one at work.
    fn holder(&self, rng: &mut Rng) -> u64 {
        let mut vendor = self.crowd.drawn(rng);
        for _ in 0..3 {
            if self.crowd.at_work(vendor) || rng.percent(25) {
                break;
            }
            vendor = self.crowd.drawn(rng);
        }
        vendor
    }

    /// The master a contract hangs on; a master is remembered for the ones to come.
    fn parent(&mut self, index: u64, vendor: u64, kind: &str, rng: &mut Rng) -> Option<String> {
        let newest = usize::try_from(vendor).ok().and_then(|place| self.masters.get_mut(place))?;
        match kind {
            "master" => {
                *newest = index + 1;
                None
            }
            "order" if *newest > 0 && rng.percent(60) => Some(code("C", *newest - 1)),
            "amendment" if *newest > 0 => Some(code("C", *newest - 1)),
            _ => None,
        }
    }

    /// Start, term, renewal and notice, such that the state is true today.
    fn term(&self, state: &str, fields: &mut Vec<(&'static str, String)>, rng: &mut Rng) {
        let (term, months) = rng.pick(&TERMS);
        let renewal = rng.weighted(&[("none", 35), ("express", 20), ("auto", 38), ("evergreen", 7)]);
        let days = u64::from(months) * 30;
        let today = self.today;
        let starts = match (state, renewal) {
            ("in_force", "auto" | "evergreen") => before(today, rng.below(2200)),
            // One in fifty ran out and nobody decided.
            ("in_force", _) if rng.percent(2) => before(today, days + 40 + rng.below(60)),
            ("in_force", _) => before(today, rng.below(days)),
            ("ended", _) => before(today, days + 40 + rng.below(2500)),
            ("signed", _) => after(today, 1 + rng.below(60)),
            _ if rng.percent(50) => after(today, 10 + rng.below(90)),
            _ => {
                fields.push(("renewal", renewal.to_owned()));
                if renewal == "auto" {
                    fields.push(("renewal_term", "12m".to_owned()));
                }
                return;
            }
        };
        // Most contracts start with a month.
        let first = starts.with_day(1).filter(|first| state != "signed" || *first > today);
        let starts = if rng.percent(60) { first.unwrap_or(starts) } else { starts };
        let past = matches!(state, "in_force" | "ended" | "signed");
        if past && rng.percent(70) {
            fields.push(("signed_on", iso(before(starts.min(today), rng.below(60)))));
        }
        fields.push(("starts_on", iso(starts)));
        if renewal != "evergreen" {
            fields.push(("term", term.to_owned()));
        }
        let last = starts.checked_add_months(Months::new(months)).and_then(|day| day.pred_opt());
        if let Some(last) = last.filter(|_| state == "ended") {
            fields.push(("ends_on", iso(last)));
        }
        fields.push(("renewal", renewal.to_owned()));
        if renewal == "auto" {
            fields.push(("renewal_term", rng.weighted(&[("12m", 80), ("24m", 12), ("36m", 8)]).to_owned()));
        }
        if renewal != "none" && rng.percent(85) {
            let notices = [("30d", 35), ("60d", 25), ("90d", 18), ("3m", 12), ("1m", 6), ("20bd", 4)];
            fields.push(("notice", rng.weighted(&notices).to_owned()));
        }
        if state == "in_force" && renewal == "auto" && rng.percent(3) {
            fields.push(("notice_given_on", iso(before(today, rng.below(90)).max(starts))));
        }
        if state == "ended" {
            let reasons = [
                ("expired", 72),
                ("replaced", 14),
                ("terminated_mutual", 10),
                ("terminated_breach", 3),
                ("force_majeure", 1),
            ];
            let reason = rng.weighted(&reasons);
            fields.push(("end_reason", reason.to_owned()));
            if reason == "force_majeure" {
                // Long enough ago to be a ground.
                let began = before(today, 100).min(starts);
                fields.push(("force_majeure_from", iso(began)));
            }
        }
    }
}

/// A state that agrees with the state of the vendor.
fn contract_state(vendor: &str, rng: &mut Rng) -> &'static str {
    match vendor {
        "active" | "watch" | "suspended" => rng.weighted(&[
            ("in_force", 57),
            ("ended", 33),
            ("signed", 3),
            ("draft", 2),
            ("legal_review", 1),
            ("approved", 1),
            ("cancelled", 3),
        ]),
        "exiting" => rng.weighted(&[("in_force", 55), ("ended", 45)]),
        "exited" | "blacklisted" => rng.weighted(&[("ended", 93), ("cancelled", 7)]),
        "rejected" => "cancelled",
        _ => rng.weighted(&[
            ("draft", 40),
            ("legal_review", 20),
            ("approved", 15),
            ("signed", 13),
            ("cancelled", 12),
        ]),
    }
}

/// Money from a thousand to a hundred million, each power of ten alike likely.
fn value(rng: &mut Rng) -> String {
    let currency = rng.weighted(&[("CNY", 86), ("USD", 8), ("EUR", 4), ("JPY", 2)]);
    let amount = (100 + rng.below(900)) * rng.pick(&[10, 100, 1_000, 10_000, 100_000]);
    if currency != "JPY" && rng.percent(8) {
        return format!("{currency} {}.{:02}", amount + rng.below(10), rng.below(100));
    }
    format!("{currency} {amount}")
}
