//! What fills the rows of a review, and what its grade leads to: proposed with reasons, done by a person.

use super::support::*;
use super::*;
use crate::register::proposal::{Fate, Proposal, Wish};
use crate::texts::Lang;

/// A vendor with a contract at CNY 120,000 a year.
fn working(store: &mut Store) -> (Ref, Ref) {
    let vendor = add(store, Kind::Vendor, &[("name", "Alpha"), ("state", "active"), ("tier", "strategic")]);
    let terms = [("starts_on", "2025-01-01"), ("term", "12m"), ("renewal", "auto"), ("renewal_term", "12m")];
    let contract = contract(store, vendor, &[&terms[..], &[("value", "CNY 120000")]].concat());
    (vendor, contract)
}

/// A review of the second quarter with a row for each of these feeds, in their order.
fn fed(store: &mut Store, vendor: Ref, feeds: &[&str]) -> (Ref, Vec<Ref>) {
    let review = add(store, Kind::Review, &[("vendor", &code_of(vendor)), ("period", "2026-Q2")]);
    let rows = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().rows;
    let mut fed = Vec::new();
    for (row, feed) in rows.iter().zip(feeds) {
        let words =
            [("name", *feed), ("measure", "quant"), ("direction", "max"), ("floor", "0"), ("target", "100")];
        let kpi = add(store, Kind::Kpi, &[&words[..], &[("feed", *feed), ("unit", "%")]].concat());
        edit(store, row.at, &[("kpi", &code_of(kpi))]);
        fed.push(row.at);
    }
    (review, fed)
}

fn proposed(store: &Store, wish: Wish) -> Proposal {
    store.propose(wish).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn told(proposal: &Proposal) -> Vec<(Fate, String)> {
    proposal.lines.iter().map(|line| (line.fate, line.says.in_(Lang::En))).collect()
}

#[test]
fn what_was_measured_fills_the_rows_of_its_period_and_names_its_records() {
    let (_dir, mut store) = fresh();
    let (vendor, contract) = working(&mut store);
    let (v, c) = (code_of(vendor), code_of(contract));
    let level =
        [("title", "Uptime"), ("contract", &*c), ("aim", "at_least"), ("target", "99"), ("every", "month")];
    let level = code_of(add(&mut store, Kind::ServiceLevel, &level));
    for (period, value) in [("2026-03", "1"), ("2026-04", "99.5"), ("2026-05", "98"), ("2026-06", "99")] {
        add(&mut store, Kind::Measurement, &[("level", &level), ("period", period), ("value", value)]);
    }
    for (due, state) in [("2026-05-01", "met"), ("2026-06-30", "not_met"), ("2026-07-01", "met")] {
        let words = [("title", "Report"), ("contract", &*c), ("due_on", due), ("state", state)];
        let judged =
            [("criteria", "agreed"), ("delivered_on", due), ("accepted_on", due), ("shortfall", "late")];
        add(&mut store, Kind::Deliverable, &[&words[..], &judged[..]].concat());
    }
    for (on, about) in [("2026-04-02", "complaint"), ("2026-05-02", "praise"), ("2026-07-02", "complaint")] {
        let words = [("vendor", &*v), ("on", on), ("about", about), ("summary", "A call")];
        add(&mut store, Kind::Interaction, &words);
    }
    let answers = [("ones", "1"), ("threes", "2"), ("fives", "5")];
    let survey = [("title", "Users"), ("vendor", &*v), ("period", "2026-Q2")];
    add(&mut store, Kind::Survey, &[&survey[..], &answers[..]].concat());
    for (month, late) in [("2026-04", "1"), ("2026-06", "0"), ("2026-07", "9")] {
        let words = [("vendor", &*v), ("period", month), ("deliveries", "10"), ("late", late)];
        add(&mut store, Kind::DeliveryMonth, &words);
    }
    let feeds = ["sla", "deliverables", "complaints", "survey", "on_time", "stability"];
    let (review, rows) = fed(&mut store, vendor, &feeds);
    let proposal = proposed(&store, Wish::Fill(review));
    assert_eq!(
        told(&proposal),
        [
            (Fate::Will, "66.67 %, from 2/3: SL-0001 2/3".to_owned()),
            (Fate::Will, "50 %, from 1/2: D-0001, D-0002".to_owned()),
            (Fate::Will, "1 %, from 1/2: IN-0001".to_owned()),
            (Fate::Will, "75 %, from SU-0001 n=8".to_owned()),
            (Fate::Will, "95 %, from DM-0001, DM-0002 19/20".to_owned()),
            (
                Fate::Skipped,
                "Nothing was measured from 2026-04-01 to 2026-06-30 (Staff stability): it stays not measured."
                    .to_owned()
            ),
        ]
    );
    assert_eq!(shown(&store, rows[0], "status"), "not_measured", "a proposal writes nothing");
    store.accept(Wish::Fill(review), &proposal.usual()).unwrap();
    let of = |key: &str| rows.iter().map(|row| shown(&store, *row, key)).collect::<Vec<_>>();
    assert_eq!(of("raw"), ["66.67", "50", "1", "75", "95", ""]);
    assert_eq!(of("status")[5], "not_measured", "no data is not 0");
    assert_eq!(
        (of("evidence")[0].as_str(), shown(&store, review, "state").as_str()),
        ("2/3: SL-0001 2/3", "collecting")
    );
    assert_eq!(proposed(&store, Wish::Fill(review)).count(Fate::Stands), 5);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn nothing_a_person_entered_is_replaced_unless_it_is_chosen() {
    let (_dir, mut store) = fresh();
    let (vendor, _) = working(&mut store);
    let words = [("vendor", code_of(vendor)), ("period", "2026-05".to_owned())];
    let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
    add(&mut store, Kind::DeliveryMonth, &[&words[..], &[("deliveries", "4"), ("late", "1")]].concat());
    let (review, rows) = fed(&mut store, vendor, &["on_time", "complaints"]);
    edit(&mut store, rows[0], &[("raw", "99"), ("rater", "Ann")]);
    let proposal = proposed(&store, Wish::Fill(review));
    assert_eq!(told(&proposal)[0], (Fate::Over, "75 % in place of 99 (Ann), from DM-0001 3/4".to_owned()));
    assert_eq!(told(&proposal)[1].0, Fate::Skipped, "no interaction is no data, and not none");
    assert_eq!(store.accept(Wish::Fill(review), &proposal.usual()).unwrap().change, None);
    assert_eq!(shown(&store, rows[0], "raw"), "99");
    store.accept(Wish::Fill(review), &[code_of(rows[0])]).unwrap();
    assert_eq!(shown(&store, rows[0], "raw"), "75");
    edit(&mut store, review, &[("state", "collecting")]);
    for state in ["draft", "shared"] {
        edit(&mut store, review, &[("state", state)]);
    }
    sentences(&store.propose(Wish::Fill(review)).expect_err("a shared review was filled"));
}

#[test]
fn the_raters_of_a_row_are_confirmed_and_their_mean_earns_the_exact_points() {
    let (_dir, mut store) = fresh();
    let (vendor, _) = working(&mut store);
    let review = add(&mut store, Kind::Review, &[("vendor", &code_of(vendor)), ("period", "2026-Q2")]);
    let row = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows[0].at;
    for (rater, rating) in [("Ann", "5"), ("Bo", "4"), ("Cy", "4")] {
        add(&mut store, Kind::RaterScore, &[("row", &code_of(row)), ("rater", rater), ("rating", rating)]);
    }
    let proposal = proposed(&store, Wish::Fill(review));
    assert!(told(&proposal)[0].1.contains("Ann 5, Bo 4, Cy 4 (4–5, Δ 1)"), "{proposal:?}");
    store.accept(Wish::Fill(review), &proposal.usual()).unwrap();
    let values = ["rating", "points", "rater"].map(|key| shown(&store, row, key));
    assert_eq!(values, ["4", "86.67", "Ann, Bo, Cy"]);
    // Another rater is a new proposal, and no silent change.
    add(&mut store, Kind::RaterScore, &[("row", &code_of(row)), ("rater", "Di"), ("rating", "1")]);
    assert_eq!(
        (shown(&store, row, "points").as_str(), proposed(&store, Wish::Fill(review)).count(Fate::Over)),
        ("86.67", 1)
    );
    // Who enters a rating of their own has overruled the raters.
    edit(&mut store, row, &[("rating", "3")]);
    assert_eq!(shown(&store, row, "points"), "60");
}

/// A review with this total that is drafted.
fn graded(store: &mut Store, vendor: Ref, points: &str) -> Ref {
    review(store, vendor, "2026-Q2", points)
}

#[test]
fn a_grade_proposes_and_a_person_decides_and_what_is_decided_falls_due() {
    let (_dir, mut store) = fresh();
    let (vendor, _) = working(&mut store);
    let review = graded(&mut store, vendor, "60");
    let wish = Wish::Decide(review);
    let proposal = proposed(&store, wish);
    assert!(proposal.usual().is_empty(), "nothing is decided unless somebody chooses it");
    let kinds: Vec<&str> = proposal.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(kinds, ["suspend", "penalty", "plan", "warning"]);
    let penalty = &proposal.lines[1];
    assert_eq!(penalty.puts[1], ("amount", "CNY 1,500.00".to_owned()), "5 % of a quarter of 120,000");
    let saved = store.accept(wish, &["penalty".to_owned(), "suspend".to_owned(), "plan".to_owned()]).unwrap();
    let made =
        |kind| saved.records.iter().copied().filter(move |at: &Ref| at.kind == kind).collect::<Vec<_>>();
    let [suspended, fined, planned] = made(Kind::Consequence)[..] else { panic!("{saved:?}") };
    let values = |at: Ref, keys: &[&str]| keys.iter().map(|key| shown(&store, at, key)).collect::<Vec<_>>();
    assert_eq!(
        values(fined, &["state", "amount", "decided_by", "due_on"]),
        ["decided", "CNY 1500.00", "mei.lin", "2026-08-25"]
    );
    assert_eq!(values(suspended, &["state", "done_on"]), ["done", "2026-07-26"]);
    assert_eq!(shown(&store, vendor, "state"), "suspended");
    let plan = made(Kind::Improvement)[0];
    assert_eq!(values(planned, &["improvement"]), [code_of(plan)]);
    assert_eq!(values(plan, &["state", "due_on", "verify_on"]), ["proposed", "2026-08-25", "2026-09-24"]);
    let due: Vec<&str> = store
        .attention(None, 50)
        .unwrap()
        .iter()
        .map(|line| crate::domain::list::ClosedList::key(line.what))
        .filter(|what| ["consequence", "improvement"].contains(what))
        .collect();
    assert_eq!(due, ["improvement", "consequence"]);
    let again = proposed(&store, wish);
    assert_eq!((again.count(Fate::Stands), again.count(Fate::Will)), (3, 1));
    assert_eq!(errors(&store), NONE);
    // One act, one undo.
    store.undo().unwrap();
    assert_eq!(
        (shown(&store, vendor, "state").as_str(), proposed(&store, wish).count(Fate::Will)),
        ("active", 4)
    );
}

#[test]
fn the_rules_are_data_of_the_register_and_a_state_that_cannot_be_reached_is_not_offered() {
    let (_dir, mut store) = fresh();
    let (vendor, _) = working(&mut store);
    let review = graded(&mut store, vendor, "75");
    store.set("consequences", "C: watch, penalty 2.5% 10d").unwrap();
    let proposal = proposed(&store, Wish::Decide(review));
    assert_eq!(proposal.lines.len(), 2);
    assert!(told(&proposal)[1].1.contains("750.00"), "{proposal:?}");
    edit(&mut store, vendor, &[("state", "watch")]);
    assert_eq!(
        told(&proposed(&store, Wish::Decide(review)))[0],
        (Fate::Skipped, "The vendor is Watch already.".to_owned())
    );
    sentences(&store.set("consequences", "C: gold").expect_err("no rule"));
    let open = add(&mut store, Kind::Review, &[("vendor", &code_of(vendor)), ("period", "2026-Q3")]);
    sentences(&store.propose(Wish::Decide(open)).expect_err("a review without a grade"));
}

#[test]
fn a_plan_that_did_not_work_is_answered_first() {
    let (_dir, mut store) = fresh();
    let (vendor, _) = working(&mut store);
    let v = code_of(vendor);
    let words = [
        ("title", "Fewer errors"),
        ("vendor", &*v),
        ("goal", "Half as many"),
        ("owner", "mei"),
        ("due_on", "2026-07-01"),
    ];
    let plan = add(&mut store, Kind::Improvement, &words);
    for state in ["agreed", "in_progress", "verify"] {
        edit(&mut store, plan, &[("state", state)]);
    }
    let ends = [("state", "ineffective"), ("result", "as many as before")];
    let refusal = try_edit(&mut store, plan, &ends, None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("vendeck consequence add --improvement IP-0001"), "{refusal:?}");
    let opened = [("kind", "plan"), ("vendor", &*v), ("improvement", "IP-0001"), ("state", "done")];
    add(&mut store, Kind::Consequence, &opened);
    sentences(&try_edit(&mut store, plan, &ends, None).expect_err("the opening of a plan is no answer"));
    let risk = [("title", "Errors stay"), ("vendor", &*v), ("improvement", "IP-0001")];
    add(&mut store, Kind::Risk, &risk);
    edit(&mut store, plan, &ends);
    assert_eq!(shown(&store, plan, "state"), "ineffective");
    let told = |store: &Store| store.check().unwrap().iter().filter(|f| f.rule == "improvement").count();
    assert_eq!(told(&store), 0);
    shelve(&mut store, ref_of("RK-0001").unwrap(), Shelf::Archive);
    assert_eq!(told(&store), 1, "what answered it was put away");
}
