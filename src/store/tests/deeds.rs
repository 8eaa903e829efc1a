//! What one does with a contract, as it is written: one act, who and when, and what follows from it.

use super::support::*;
use super::*;
use crate::domain::deed::Deed;
use crate::domain::list::ClosedList;
use crate::entity::Record;
use crate::texts::Lang;

/// Does a deed in an act of its own.
fn try_deed(
    store: &mut Store,
    at: Ref,
    deed: Deed,
    words: &[(&str, &str)],
    reason: Option<&str>,
) -> Result<Saved, Refusal> {
    let given = typed_in(Kind::Contract, words).into_iter();
    let given = given.map(|(field, new)| Edit { field, seen: None, new }).collect();
    let step = Step::Deed { at, deed, given, reason: reason.map(str::to_owned) };
    store.apply(&Change { act: Act::Edit, steps: vec![step] })
}

fn deed(store: &mut Store, at: Ref, what: Deed, words: &[(&str, &str)]) -> Saved {
    try_deed(store, at, what, words, Some("agreed")).unwrap_or_else(|refusal| panic!("{what:?}: {refusal:?}"))
}

fn values(store: &Store, at: Ref, keys: &[&str]) -> Vec<String> {
    let record: Record = store.record(at).unwrap();
    keys.iter().map(|key| plain(&record, key)).collect()
}

/// A contract in force from 2025 that renews by itself; its boundary is 1 January 2027.
fn renewing(store: &mut Store) -> Ref {
    let a = vendor(store, "Alpha");
    let terms = [("starts_on", "2025-01-01"), ("term", "12m"), ("renewal", "auto"), ("renewal_term", "12m")];
    contract(store, a, &[&terms[..], &[("notice", "1m"), ("value", "CNY 120"), ("owner", "mei")]].concat())
}

#[test]
fn a_contract_goes_from_draft_to_its_end_and_each_step_says_who_and_when() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let words = [("vendor", code_of(a)), ("title", "Work".to_owned()), ("owner", "mei".to_owned())];
    let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
    let at = add(&mut store, Kind::Contract, &words);
    deed(&mut store, at, Deed::LegalReview, &[("legal_reviewer", "Ann")]);
    deed(&mut store, at, Deed::Approve, &[]);
    deed(&mut store, at, Deed::Sign, &[("signed_on", "2025-06-20")]);
    deed(&mut store, at, Deed::InForce, &[("starts_on", "2025-07-26"), ("term", "12m")]);
    let approved = ["state", "legal_reviewer", "reviewed_on", "approved_by", "approved_on", "signed_on"];
    assert_eq!(
        values(&store, at, &approved),
        ["in_force", "Ann", "2026-07-26", "mei.lin", "2026-07-26", "2025-06-20"]
    );
    deed(&mut store, at, Deed::End, &[]);
    assert_eq!(values(&store, at, &["state", "end_reason"]), ["ended", "expired"]);
    let events = store.history(6).unwrap();
    assert!(events.iter().take(5).all(|event| event.reason.as_deref() == Some("agreed")), "{events:?}");
    store.undo().unwrap();
    assert_eq!(values(&store, at, &["state", "end_reason"]), ["in_force", ""]);
}

#[test]
fn what_cannot_be_done_is_refused_and_changes_nothing() {
    let (_dir, mut store) = fresh();
    let at = renewing(&mut store);
    let refused = try_deed(&mut store, at, Deed::Sign, &[], None).unwrap_err();
    assert!(matches!(refused, Refusal::Rule(_)), "{refused:?}");
    let fields = |result: Result<Saved, Refusal>| match result.unwrap_err() {
        Refusal::Invalid(problems) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields(try_deed(&mut store, at, Deed::Terminate, &[], None)), ["reason", "end_reason"]);
    assert_eq!(fields(try_deed(&mut store, at, Deed::Notice, &[], None)), ["notice_method"]);
    let early = [("end_reason", "terminated_mutual"), ("terminated_on", "2024-12-31")];
    assert_eq!(fields(try_deed(&mut store, at, Deed::Terminate, &early, Some("why"))), ["terminated_on"]);
    assert_eq!(store.record(at).unwrap().version, 1);
}

#[test]
fn a_price_rises_with_each_renewal_since_and_none_is_made_up() {
    let (_dir, mut store) = fresh();
    let at = renewing(&mut store);
    edit(&mut store, at, &[("starts_on", "2020-01-01"), ("uplift", "3%"), ("value", "CNY 100000")]);
    let saved = deed(&mut store, at, Deed::Renew, &[]);
    let next = *saved.records.iter().find(|record| **record != at).unwrap();
    assert_eq!(values(&store, next, &["starts_on", "value"]), ["2027-01-01", "CNY 122987.39"]);
    // Terms of business days are no part of a year: nobody knows what one of twelve months costs.
    let at = renewing(&mut store);
    edit(&mut store, at, &[("starts_on", "2026-07-01"), ("term", "100bd")]);
    let saved = deed(&mut store, at, Deed::Renew, &[]);
    let next = *saved.records.iter().find(|record| **record != at).unwrap();
    assert_eq!(values(&store, next, &["term", "value"]), ["12m", ""]);
}

#[test]
fn renewing_makes_the_contract_that_follows_and_leaves_the_dates_of_the_first_true() {
    let (_dir, mut store) = fresh();
    let at = renewing(&mut store);
    let saved = deed(&mut store, at, Deed::Renew, &[("value", "CNY 150"), ("term", "24m")]);
    let next = *saved.records.iter().find(|record| **record != at).unwrap();
    let keys =
        ["replaced_by", "decision", "decided_on", "decided_by", "term", "starts_on", "last_day", "badge"];
    let code = code_of(next);
    assert_eq!(
        values(&store, at, &keys),
        [code.as_str(), "renegotiate", "2026-07-26", "mei.lin", "12m", "2025-01-01", "2026-12-31", "in_term"]
    );
    let keys = ["state", "starts_on", "term", "value", "vendor", "renewal", "notice", "owner"];
    let vendor = shown(&store, at, "vendor");
    assert_eq!(
        values(&store, next, &keys),
        ["draft", "2027-01-01", "24m", "CNY 150.00", vendor.as_str(), "auto", "1m", "mei"]
    );
    // The chain is seen from both ends, each under its name.
    let sheet = store.sheet(next).unwrap();
    let replaces = sheet.related.iter().find(|related| related.heading().en == "Replaces").unwrap();
    assert_eq!(replaces.rows.iter().map(|record| record.at).collect::<Vec<_>>(), [at]);
    // Without a price it is that of the new term at what a year costs, with the uplift.
    let other = renewing(&mut store);
    edit(&mut store, other, &[("uplift", "5%")]);
    let saved = deed(&mut store, other, Deed::Renew, &[("term", "24m")]);
    let third = *saved.records.iter().find(|record| **record != other).unwrap();
    assert_eq!(shown(&store, third, "value"), "CNY 264.60", "it is the second renewal");
    for _ in 0..4 {
        store.undo().unwrap();
    }
    assert!(matches!(try_deed(&mut store, at, Deed::Renew, &[], None), Err(Refusal::Rule(_))));
    store.undo().unwrap();
    assert_eq!(values(&store, at, &["replaced_by", "decision"]), ["", ""], "one act, one undo");
    assert!(store.record(next).is_err());
}

#[test]
fn a_contract_that_is_to_follow_silences_no_deadline() {
    let (_dir, mut store) = fresh();
    let at = renewing(&mut store);
    let saved = deed(&mut store, at, Deed::Renew, &[]);
    let next = *saved.records.iter().find(|record| **record != at).unwrap();
    let of_old = |store: &Store| {
        let due = store.consequences(None).unwrap();
        let due = due.into_iter().filter(|(line, _)| line.at == at);
        due.map(|(line, says)| (line.what.key(), line.date.to_string(), says.in_(Lang::En)))
            .collect::<Vec<_>>()
    };
    let due = of_old(&store);
    assert!(
        due.iter().any(|(what, day, says)| {
            *what == "notice_deadline" && day == "2026-12-01" && !says.contains("does not renew")
        }),
        "{due:?}"
    );
    // Meanwhile everything else can be done, and a second one is not made.
    let why =
        |store: &Store, what| store.why_not(&store.record(at).unwrap(), what).map(|why| why.in_(Lang::En));
    for what in [Deed::Notice, Deed::LetRenew, Deed::LetLapse, Deed::Renegotiate] {
        assert_eq!(why(&store, what), None, "{what:?}");
    }
    let there = format!("{} is to take its place already.", code_of(next));
    assert_eq!(why(&store, Deed::Renew), Some(there));
    assert!(matches!(try_deed(&mut store, at, Deed::Renew, &[], None), Err(Refusal::Rule(_))));
    deed(&mut store, next, Deed::Cancel, &[]);
    assert_eq!((why(&store, Deed::Renew), of_old(&store).len()), (None, 1));
    let saved = deed(&mut store, at, Deed::Renew, &[]);
    let third = *saved.records.iter().find(|record| **record != at).unwrap();
    assert_eq!(shown(&store, at, "replaced_by"), code_of(third));
    deed(&mut store, at, Deed::Notice, &[("notice_method", "registered")]);
    assert_eq!(of_old(&store).iter().map(|(what, ..)| *what).collect::<Vec<_>>(), ["contract_end"]);
}

#[test]
fn a_supplement_stands_under_its_contract() {
    let (_dir, mut store) = fresh();
    let at = renewing(&mut store);
    let saved = deed(&mut store, at, Deed::Amend, &[("title", "Supplement 1")]);
    let under = *saved.records.iter().find(|record| **record != at).unwrap();
    let code = code_of(at);
    assert_eq!(values(&store, under, &["kind", "parent", "state"]), ["amendment", code.as_str(), "draft"]);
    let sheet = store.sheet(at).unwrap();
    let found =
        sheet.related.iter().find(|related| related.heading().en == "Orders and supplements").unwrap();
    assert_eq!(found.rows.iter().map(|record| record.at).collect::<Vec<_>>(), [under]);
    assert_eq!(store.record(at).unwrap().version, 1, "the contract itself is as it was");
}

#[test]
fn what_is_decided_says_what_is_due() {
    let (_dir, mut store) = fresh();
    let at = renewing(&mut store);
    let due = |store: &Store| {
        let due = store.attention(None, 10).unwrap();
        due.iter()
            .filter(|line| line.at == at)
            .map(|line| (line.what.key(), line.date.to_string()))
            .collect::<Vec<_>>()
    };
    let one = |what: &'static str, day: &str| vec![(what, day.to_owned())];
    assert_eq!(due(&store), one("notice_deadline", "2026-12-01"));
    deed(&mut store, at, Deed::LetLapse, &[]);
    assert_eq!(due(&store), one("notice_deadline", "2026-12-01"), "a decision alone stops no renewal");
    assert_eq!(shown(&store, at, "badge"), "notice_window");
    deed(&mut store, at, Deed::LetRenew, &[]);
    assert_eq!((due(&store), shown(&store, at, "badge")), (vec![], "in_term".to_owned()));
    deed(&mut store, at, Deed::Notice, &[("notice_method", "registered")]);
    assert_eq!(
        (due(&store), shown(&store, at, "badge")),
        (one("contract_end", "2026-12-31"), "last_term".to_owned())
    );
    let longer = [("end_reason", "terminated_mutual"), ("terminated_on", "2027-01-01")];
    let Err(Refusal::Invalid(problems)) = try_deed(&mut store, at, Deed::Terminate, &longer, Some("why"))
    else {
        panic!("it was made longer")
    };
    let says = problems[0].sentence.in_(Lang::En);
    assert!(says.contains("2026-12-31") && says.contains("Record its end"), "{says}");
    let later = [("end_reason", "terminated_mutual"), ("terminated_on", "2026-09-30")];
    deed(&mut store, at, Deed::Terminate, &later);
    assert_eq!(due(&store), one("contract_end", "2026-09-30"));
    assert_eq!(shown(&store, at, "state"), "in_force", "until that day");
}
