//! Leaving a contract: one act opens the case with its steps, and no way leads out past an open step.

use super::support::*;
use super::*;
use crate::domain::deed::Deed;
use crate::domain::exit::ExitStepKind;
use crate::domain::list::ClosedList;
use crate::register::Edit;

fn try_exit(store: &mut Store, at: Ref, reason: Option<&str>) -> Result<Saved, Refusal> {
    let step = Step::Deed { at, deed: Deed::Exit, given: Vec::new(), reason: reason.map(str::to_owned) };
    store.apply(&Change { act: Act::Edit, steps: vec![step] })
}

/// Opens the exit of a contract; the case.
fn open(store: &mut Store, at: Ref) -> Ref {
    let saved = try_exit(store, at, None).unwrap();
    *saved.records.iter().find(|record| record.kind == Kind::ExitCase).unwrap()
}

fn try_edit(
    store: &mut Store,
    at: Ref,
    words: &[(&str, &str)],
    reason: Option<&str>,
) -> Result<Saved, Refusal> {
    let edits = typed_in(at.kind, words).into_iter();
    let edits = edits.map(|(field, new)| Edit { field, seen: None, new }).collect();
    let step = Step::Update { at, edits, reason: reason.map(str::to_owned), only_if: None };
    store.apply(&Change { act: Act::Edit, steps: vec![step] })
}

/// The first thing that stands against it, in English.
fn refused<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    match result.unwrap_err() {
        Refusal::Invalid(problems) => problems[0].sentence.in_(crate::texts::Lang::En),
        Refusal::Rule(sentence) => sentence.in_(crate::texts::Lang::En),
        other => panic!("{other:?}"),
    }
}

/// A vendor with a contract that was given notice, its last day 31 December 2026.
fn noticed(store: &mut Store) -> (Ref, Ref) {
    let vendor = vendor(store, "Alpha");
    (vendor, another(store, vendor))
}

fn another(store: &mut Store, vendor: Ref) -> Ref {
    let terms = [("starts_on", "2025-01-01"), ("term", "12m"), ("renewal", "auto"), ("renewal_term", "12m")];
    let notice = [("notice_given_on", "2026-07-01"), ("notice_method", "email"), ("notice_proof", "EMS 1")];
    contract(store, vendor, &[&terms[..], &notice, &[("notice", "1m"), ("owner", "mei")]].concat())
}

fn steps(store: &Store, case: Ref) -> Vec<Ref> {
    let card = store.sheet(case).unwrap();
    let related = card.related.into_iter().find(|related| related.kind == Kind::ExitStep).unwrap();
    related.rows.into_iter().map(|record| record.at).collect()
}

fn step(store: &Store, case: Ref, wanted: ExitStepKind) -> Ref {
    let is = |at: &Ref| store.record(*at).unwrap().get("step").as_key() == wanted.key();
    steps(store, case).into_iter().find(is).unwrap()
}

/// Settles every open step but the closing, with a proof.
fn settle(store: &mut Store, case: Ref) {
    for at in steps(store, case) {
        let record = store.record(at).unwrap();
        let is_closing = record.get("step").as_key() == ExitStepKind::Closing.key();
        if record.get("state").as_key() == "open" && !is_closing {
            try_edit(store, at, &[("state", "done"), ("proof", "seen")], None).unwrap();
        }
    }
}

const SETTLED: &[(&str, &str)] = &[
    ("state", "closed"),
    ("settlement", "CNY -500"),
    ("settled_on", "2026-07-25"),
    ("data", "destroyed"),
    ("certificate", "DC-7"),
];

#[test]
fn opening_an_exit_is_one_act_with_thirteen_steps_and_the_vendor_leaves() {
    let (_dir, mut store) = fresh();
    let (vendor, at) = noticed(&mut store);
    edit(&mut store, vendor, &[("state", "in_review"), ("owner", "mei")]);
    let case = open(&mut store, at);
    let keys = ["title", "vendor", "state", "trigger", "opened_on", "exit_by", "settle_by", "owner"];
    let record = store.record(case).unwrap();
    let found: Vec<String> = keys.iter().map(|key| plain(&record, key)).collect();
    let title = store.record(at).unwrap().label();
    let name = shown(&store, at, "vendor");
    assert_eq!(found, [&title, &name, "open", "notice", "2026-07-26", "2026-12-31", "2027-01-30", "mei"]);
    let progress: Vec<String> =
        ["settled_steps", "steps", "blocking", "next_due"].iter().map(|key| plain(&record, key)).collect();
    // Notice was given, with its proof; who decided is not recorded.
    assert_eq!(progress, ["1", "13", "9", "2026-11-01"]);
    let all = steps(&store, case);
    assert_eq!(all.len(), 13);
    assert_eq!(plain(&store.record(all[1]).unwrap(), "done_on"), "2026-07-01");
    assert_eq!(plain(&store.record(vendor).unwrap(), "state"), "exiting");
    assert_eq!(refused(try_exit(&mut store, at, None)), format!("{} is under way already.", code_of(case)));
    store.undo().unwrap();
    assert!(matches!(store.record(case), Err(Refusal::Missing(_))));
    assert_eq!(plain(&store.record(vendor).unwrap(), "state"), "in_review");
    store.redo().unwrap();
    assert_eq!(steps(&store, case).len(), 13);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_vendor_with_other_contracts_in_force_stays_and_it_is_said() {
    let (_dir, mut store) = fresh();
    let (vendor, at) = noticed(&mut store);
    let other = another(&mut store, vendor);
    let before = plain(&store.record(vendor).unwrap(), "state");
    let saved = try_exit(&mut store, at, None).unwrap();
    assert_eq!(plain(&store.record(vendor).unwrap(), "state"), before);
    assert!(saved.doubts[0].sentence.in_(crate::texts::Lang::En).contains("1 other"), "{:?}", saved.doubts);
    open(&mut store, other);
    assert_eq!(plain(&store.record(vendor).unwrap(), "state"), before, "the first is in force yet");
}

#[test]
fn an_exit_is_opened_only_where_something_ends_the_contract() {
    let (_dir, mut store) = fresh();
    let vendor = vendor(&mut store, "Alpha");
    let at =
        contract(&mut store, vendor, &[("starts_on", "2026-01-01"), ("term", "12m"), ("renewal", "none")]);
    assert!(refused(try_exit(&mut store, at, None)).starts_with("Nothing ends it yet"));
    edit(&mut store, at, &[("decision", "let_lapse"), ("decided_on", "2026-07-20"), ("decided_by", "mei")]);
    let case = open(&mut store, at);
    assert_eq!(plain(&store.record(case).unwrap(), "trigger"), "expiry");
    let decided = step(&store, case, ExitStepKind::Decision);
    assert_eq!(plain(&store.record(decided).unwrap(), "proof"), "mei");
    // A decision to renew is not the one to leave.
    let renewed = [("decision", "renew"), ("decided_on", "2026-07-20"), ("decided_by", "mei")];
    let ended = [("terminated_on", "2026-07-25"), ("end_reason", "terminated_mutual"), ("state", "ended")];
    let terms = [("starts_on", "2026-01-01"), ("term", "12m"), ("renewal", "none")];
    let at = contract(&mut store, vendor, &[&terms[..], &renewed, &ended].concat());
    let case = open(&mut store, at);
    let decided = step(&store, case, ExitStepKind::Decision);
    assert_eq!(plain(&store.record(decided).unwrap(), "state"), "open");
    assert_eq!(plain(&store.record(case).unwrap(), "trigger"), "termination");
}

#[test]
fn nobody_is_out_while_a_step_that_blocks_is_open_whichever_way_one_tries() {
    let (_dir, mut store) = fresh();
    let (vendor, at) = noticed(&mut store);
    let case = open(&mut store, at);
    let code = code_of(case);
    let out = [("state", "exited")];
    assert!(
        refused(try_edit(&mut store, vendor, &out, None))
            .starts_with(&format!("8 steps of {code} are open: Decision"))
    );
    settle(&mut store, case);
    let handover = step(&store, case, ExitStepKind::Handover);
    try_edit(&mut store, handover, &[("state", "open"), ("done_on", "")], Some("not yet")).unwrap();
    let says = format!("1 step of {code} is open: Handover, successor.");
    assert_eq!(refused(try_edit(&mut store, vendor, &out, None)), says);
    assert_eq!(refused(try_edit(&mut store, case, SETTLED, None)), says);
    // By an import.
    let mut txn = store.begin(Act::Import).unwrap();
    let edits: Vec<Edit> = typed_in(Kind::Vendor, &out)
        .into_iter()
        .map(|(field, new)| Edit { field, seen: None, new })
        .collect();
    assert_eq!(refused(txn.update(vendor, &edits, None, None)), says);
    drop(txn);
    // By putting the step or the case away.
    for at in [handover, case] {
        let change = Change { act: Act::Archive, steps: vec![Step::Shelve { at, to: Shelf::Archive }] };
        let says = refused(store.apply(&change));
        assert!(says.contains(&code), "{says}");
    }
    try_edit(&mut store, handover, &[("state", "not_applicable"), ("why", "nothing runs on")], None).unwrap();
    assert!(refused(try_edit(&mut store, vendor, &out, None)).contains("is not closed yet"));
    for (key, words) in [("settlement", "settlement"), ("data", "data"), ("certificate", "certificate")] {
        let left: Vec<(&str, &str)> = SETTLED.iter().copied().filter(|(field, _)| *field != key).collect();
        let says = refused(try_edit(&mut store, case, &left, None));
        assert!(says.to_lowercase().contains(words), "{key}: {says}");
    }
    try_edit(&mut store, case, SETTLED, None).unwrap();
    let closing = step(&store, case, ExitStepKind::Closing);
    let closed = |store: &Store| {
        let (case, closing) = (store.record(case).unwrap(), store.record(closing).unwrap());
        [
            plain(&case, "state"),
            plain(&case, "closed_on"),
            plain(&closing, "state"),
            plain(&closing, "done_on"),
        ]
    };
    assert_eq!(closed(&store), ["closed", "2026-07-26", "done", "2026-07-26"]);
    try_edit(&mut store, vendor, &out, None).unwrap();
    // What was settled is not taken back beneath a vendor that is out.
    let reopened = refused(try_edit(&mut store, case, &[("state", "open")], Some("an invoice came")));
    assert!(reopened.contains("is Exited"), "{reopened}");
    let again = refused(try_edit(&mut store, handover, &[("state", "open"), ("why", "")], Some("it does")));
    assert_eq!(again, says);
    let done = store.history(40).unwrap();
    let settled = done.iter().find(|event| event.record == handover).unwrap().change;
    assert_eq!(refused(store.undo_act(settled)), says);
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(closed(&store), ["open", "", "open", ""]);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_step_asks_for_its_proof_and_a_day_that_has_come() {
    let (_dir, mut store) = fresh();
    let (_, at) = noticed(&mut store);
    let case = open(&mut store, at);
    let data = step(&store, case, ExitStepKind::Data);
    assert!(refused(try_edit(&mut store, data, &[("state", "done")], None)).contains("proof"));
    let later = [("state", "done"), ("proof", "DC-7"), ("done_on", "2026-07-27")];
    assert!(refused(try_edit(&mut store, data, &later, None)).contains("to come"));
    assert!(
        refused(try_edit(&mut store, data, &[("state", "not_applicable")], None))
            .contains("Left out because")
    );
    try_edit(&mut store, data, &[("state", "done"), ("proof", "DC-7")], None).unwrap();
    assert_eq!(plain(&store.record(data).unwrap(), "done_on"), "2026-07-26");
    let closing = step(&store, case, ExitStepKind::Closing);
    assert!(refused(try_edit(&mut store, closing, &[("state", "done")], None)).contains("by closing"));
    // One of each.
    let words = [("step", "data".to_owned()), ("exit_case", code_of(case))];
    let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
    let fields = typed_in(Kind::ExitStep, &words);
    let second = Step::Insert { kind: Kind::ExitStep, fields, reason: None };
    let says = refused(store.apply(&Change { act: Act::Add, steps: vec![second] }));
    assert!(says.contains("already"), "{says}");
}

#[test]
fn a_case_that_is_withdrawn_leaves_no_step_due() {
    let (_dir, mut store) = fresh();
    let (vendor, at) = noticed(&mut store);
    let case = open(&mut store, at);
    let due = |store: &Store| {
        let lines = store.attention(None, usize::MAX).unwrap();
        lines.iter().filter(|line| matches!(line.at.kind, Kind::ExitStep | Kind::ExitCase)).count()
    };
    assert_eq!(due(&store), 12);
    edit(&mut store, case, &[("settlement", "CNY 1200")]);
    assert_eq!(due(&store), 13, "what is owed is due too");
    let withdrawn = try_edit(&mut store, case, &[("state", "withdrawn")], Some("they renewed after all"));
    let doubts = withdrawn.unwrap().doubts;
    assert!(doubts[0].sentence.in_(crate::texts::Lang::En).contains("V-0001 is still Exiting"), "{doubts:?}");
    assert_eq!(due(&store), 0);
    let why = store.record(steps(&store, case)[4]).unwrap();
    assert_eq!(plain(&why, "why"), "they renewed after all");
    // It stands in nobody's way any more: neither out nor back.
    try_edit(&mut store, vendor, &[("state", "active")], Some("renewed")).unwrap();
    store.undo().unwrap();
    edit(&mut store, vendor, &[("state", "exited")]);
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(due(&store), 13);
}

#[test]
fn the_vendor_of_a_case_is_that_of_its_contract() {
    let (_dir, mut store) = fresh();
    let (alpha, at) = noticed(&mut store);
    let beta = vendor(&mut store, "Beta");
    let words = |vendor: &str| {
        let words = [("title", "Exit".to_owned()), ("contract", code_of(at)), ("vendor", vendor.to_owned())];
        words.into_iter().filter(|(_, word)| !word.is_empty()).collect::<Vec<_>>()
    };
    let add = |store: &mut Store, vendor: &str| {
        let words = words(vendor);
        let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
        let fields = typed_in(Kind::ExitCase, &words);
        let step = Step::Insert { kind: Kind::ExitCase, fields, reason: None };
        store.apply(&Change { act: Act::Add, steps: vec![step] })
    };
    assert!(refused(add(&mut store, &code_of(beta))).contains(&code_of(alpha)));
    let saved = add(&mut store, "").unwrap();
    let link = store.record(saved.records[0]).unwrap().get("vendor").as_link().map(|link| link.id);
    assert_eq!(link, Some(alpha.id));
    // However it was opened it has the thirteen steps, stands alone, and cannot be closed past one of them.
    assert_eq!(steps(&store, saved.records[0]).len(), 13);
    assert!(refused(add(&mut store, "")).contains("X-0001"));
    let done = [("state", "closed"), ("settlement", "CNY 0"), ("settled_on", "today"), ("data", "none_held")];
    assert!(refused(try_edit(&mut store, saved.records[0], &done, None)).contains("open"));
}

#[test]
fn of_a_vendor_who_is_out_while_a_contract_still_runs_it_is_said() {
    let (_dir, mut store) = fresh();
    let (alpha, at) = noticed(&mut store);
    let case = open(&mut store, at);
    settle(&mut store, case);
    let done = [("state", "closed"), ("settlement", "CNY 0"), ("settled_on", "today"), ("data", "none_held")];
    try_edit(&mut store, case, &done, None).unwrap();
    let saved = try_edit(&mut store, alpha, &[("state", "exited")], None).unwrap();
    let says = saved.doubts[0].sentence.in_(crate::texts::Lang::En);
    assert!(says.contains("V-0001 is out, and C-0001 is in force still"), "{says}");
}
