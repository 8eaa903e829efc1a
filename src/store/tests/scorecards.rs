//! Scores, grades and rolling scores as the register keeps them.

use super::support::*;
use super::*;
use crate::domain::review::Score;

fn rows(store: &Store, review: Ref) -> Vec<Ref> {
    let rows = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().rows;
    rows.into_iter().map(|row| row.at).collect()
}

#[test]
fn a_rolling_score_is_right_as_reviews_before_it_change() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let first = review(&mut store, a, "2025-Q3", "70");
    let second = review(&mut store, a, "2025-Q4", "80");
    // 2026-Q1 was skipped: it is left out and not counted.
    let third = review(&mut store, a, "2026-Q2", "90");
    assert_eq!(shown(&store, third, "rolling"), "80.61");
    assert_eq!(shown(&store, first, "rolling"), "70");
    rate(&mut store, first, "100");
    assert_eq!(shown(&store, third, "rolling"), "89.7");
    let blank = add(&mut store, Kind::Review, &[("vendor", "V-0001"), ("period", "2026-Q3")]);
    assert_eq!(shown(&store, blank, "rolling"), "", "nothing was scored");
    // A correction stands in for what it corrects.
    let again = add(
        &mut store,
        Kind::Review,
        &[("vendor", "V-0001"), ("period", "2025-Q4"), ("corrects", &code_of(second)), ("revision", "2")],
    );
    rate(&mut store, again, "60");
    assert_eq!(shown(&store, third, "rolling"), "83.03");
    assert_eq!(shown(&store, third, "change"), "30");
    shelve(&mut store, again, Shelf::Archive);
    assert_eq!(shown(&store, third, "rolling"), "89.7");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn only_twelve_reviews_are_read_and_the_twelfth_is() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let oldest: Vec<Ref> = (0..13)
        .map(|month| review(&mut store, a, &format!("20{:02}-{:02}", 24 + month / 12, month % 12 + 1), "80"))
        .collect();
    let newest = *oldest.last().unwrap();
    rate(&mut store, oldest[0], "0");
    assert_eq!(shown(&store, newest, "rolling"), "80");
    rate(&mut store, oldest[1], "2");
    assert_eq!(shown(&store, newest, "rolling"), "79");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_review_keeps_the_bands_of_the_day_it_was_opened() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let old = review(&mut store, a, "2026-Q1", "86");
    assert_eq!(
        (shown(&store, old, "grade"), shown(&store, old, "bands")),
        ("B".into(), "A 90, B 80, C 70, D 0".into())
    );
    store.set("grade_bands", "A 85, B 70, C 50, D 0").unwrap();
    let new = review(&mut store, a, "2026-Q2", "86");
    assert_eq!((shown(&store, old, "grade"), shown(&store, new, "grade")), ("B".into(), "A".into()));
    let refused = store.set("grade_bands", "A 90, B 80").unwrap_err();
    assert!(sentences(&refused)[0].contains("Scores from 0 up to 80 would have no grade"), "{refused:?}");
    // A scorecard with bands of its own gives those.
    edit(&mut store, Ref { kind: Kind::Template, id: 1 }, &[("bands", "A 95, D 0")]);
    let own = review(&mut store, a, "2026-Q3", "86");
    assert_eq!((shown(&store, own, "grade"), shown(&store, own, "bands")), ("D".into(), "A 95, D 0".into()));
    assert_eq!(errors(&store), NONE);
}

#[test]
fn an_override_keeps_points_reason_and_person() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let review = add(&mut store, Kind::Review, &[("vendor", &code_of(a)), ("period", "2026-Q1")]);
    let row = rows(&store, review)[0];
    edit(&mut store, row, &[("rating", "3")]);
    let mut other = as_actor(&dir, "k.brandt");
    edit(&mut other, row, &[("override_points", "92.5"), ("override_reason", "site visit")]);
    let line = store.scored(review).unwrap().lines[0].clone();
    assert_eq!(line.judged.original.map(Score::hundredths), Some(6_000));
    assert_eq!(line.points().map(Score::hundredths), Some(9_250));
    assert_eq!(line.overridden, Some(("site visit".to_owned(), "k.brandt".to_owned())));
    edit(&mut store, row, &[("override_points", ""), ("override_reason", "")]);
    assert_eq!(shown(&store, row, "override_by"), "");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_veto_with_a_bound_caps_the_grade_in_the_register() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let words = [
        ("name", "Late wages"),
        ("measure", "quant"),
        ("direction", "min"),
        ("bands", "0: 100, 5: 90"),
        ("veto", "yes"),
        ("veto_at", "3"),
    ];
    let kpi = add(&mut store, Kind::Kpi, &words);
    let template = add(&mut store, Kind::Template, &[("name", "One"), ("state", "draft")]);
    add(
        &mut store,
        Kind::TemplateRow,
        &[("template", &code_of(template)), ("kpi", &code_of(kpi)), ("weight", "100%")],
    );
    let review = add(
        &mut store,
        Kind::Review,
        &[("vendor", &code_of(a)), ("period", "2026-Q1"), ("template", &code_of(template))],
    );
    let row = rows(&store, review)[0];
    edit(&mut store, row, &[("raw", "2.9")]);
    assert_eq!((shown(&store, review, "total"), shown(&store, review, "grade")), ("100".into(), "A".into()));
    edit(&mut store, row, &[("raw", "3")]);
    assert_eq!((shown(&store, review, "total"), shown(&store, review, "grade")), ("100".into(), "D".into()));
    let wrong = try_edit(&mut store, kpi, &[("bands", "0: 90, 5: 100")], None).unwrap_err();
    assert!(sentences(&wrong)[0].starts_with("From 5 on"), "{wrong:?}");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn the_way_between_two_reviews_sums_to_the_change() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    review(&mut store, a, "2026-Q1", "70");
    let later = review(&mut store, a, "2026-Q2", "80");
    let rows = rows(&store, later);
    edit(&mut store, rows[0], &[("override_points", "33.33")]);
    edit(&mut store, rows[1], &[("weight", "7.77%")]);
    let way = store.way(later, None).unwrap();
    let bridge = way.bridge.clone().unwrap();
    let sum: i64 = bridge.parts.iter().map(|part| part.hundredths).sum();
    let change = store.record(later).unwrap().get("change").clone();
    assert_eq!(Value::Points(sum), change);
    let first = store.way(Ref { kind: Kind::Review, id: 1 }, None).unwrap_err();
    assert!(sentences(&first)[0].starts_with("PR-0001 has no review before it"), "{first:?}");
}
