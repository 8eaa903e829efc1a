//! Scoring by the command line, held against figures worked out by hand.

use serde_json::{Value as Json, json};

use crate::support::Desk;

/// A register with one vendor and its review of a quarter, by the default card.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    desk.ok(["review", "add", "--vendor", "Alpha", "--period", "2026-Q1"]);
    desk
}

fn score(desk: &Desk, review: &str, kpi: &str, points: &str) {
    desk.ok(["review", "score", review, kpi, "3", "--override", points, "--reason", "golden"]);
}

fn shown(desk: &Desk, review: &str) -> Json {
    desk.get(["review", "show", review])["score"].clone()
}

#[test]
fn the_golden_card_comes_to_its_total() {
    let desk = desk();
    let golden = [
        ("quality", "86"),
        ("delivery", "92.5"),
        ("satisfaction", "80"),
        ("cost", "75"),
        ("compliance", "100"),
        ("cooperation", "90"),
    ];
    let blank = shown(&desk, "PR-0001");
    let nothing = json!({
        "total_hundredths": null, "coverage_bp": 0, "grade": null, "vetoed": false, "rolling_hundredths": null
    });
    assert_eq!(blank, nothing);
    for (kpi, points) in golden {
        score(&desk, "PR-0001", kpi, points);
    }
    let told = shown(&desk, "PR-0001");
    assert_eq!((&told["total_hundredths"], &told["grade"]), (&json!(8668), &json!("B")));
    assert_eq!((&told["coverage_bp"], &told["rolling_hundredths"]), (&json!(10_000), &json!(8668)));
    let whole = desk.get(["review", "show", "PR-0001"]);
    assert_eq!(whole["state"], "collecting");
    let row = json!({
        "kpi": "quality", "weight_bp": 3000, "state": "scored", "value": 3,
        "points_hundredths": 8600, "original_points_hundredths": 6000
    });
    assert_eq!(whole["rows"][0], row);
    desk.ok(["review", "score", "PR-0001", "satisfaction", "na"]);
    let told = shown(&desk, "PR-0001");
    assert_eq!((&told["total_hundredths"], &told["coverage_bp"]), (&json!(8785), &json!(10_000)));
    desk.ok(["review", "score", "PR-0001", "satisfaction", "not_measured"]);
    let told = shown(&desk, "PR-0001");
    assert_eq!((&told["total_hundredths"], &told["coverage_bp"]), (&json!(8785), &json!(8_500)));
    let row = json!({
        "kpi": "satisfaction", "weight_bp": 1500, "state": "not_measured", "value": null,
        "points_hundredths": null, "original_points_hundredths": null
    });
    assert_eq!(desk.get(["review", "show", "PR-0001"])["rows"][2], row);
    desk.ok(["review", "score", "PR-0001", "cost", "not_measured"]);
    assert_eq!(shown(&desk, "PR-0001")["grade"], Json::Null, "70 % is too little for a grade");
    desk.ok(["check"]);
}

#[test]
fn each_score_has_one_band() {
    let desk = desk();
    for (points, grade) in [("0", "D"), ("69.99", "D"), ("70", "C"), ("80", "B"), ("90", "A"), ("100", "A")] {
        for kpi in ["quality", "delivery", "satisfaction", "cost", "compliance", "cooperation"] {
            score(&desk, "PR-0001", kpi, points);
        }
        assert_eq!(shown(&desk, "PR-0001")["grade"], grade, "{points}");
    }
}

#[test]
fn what_cannot_be_scored_is_said() {
    let desk = desk();
    let refuses = |args: &[&str]| desk.refuses(2, ["review", "score", "PR-0001"].iter().chain(args).copied());
    assert!(refuses(&["quality", "6"]).contains("is no rating of Quality"), "{}", refuses(&["quality", "6"]));
    assert!(refuses(&["speed", "3"]).contains("It has: quality, delivery, satisfaction, cost"));
    assert!(refuses(&["quality", "3", "--override", "100.01", "--reason", "x"]).contains("are no points"));
    assert!(refuses(&["quality", "3", "--override", "92.555", "--reason", "x"]).contains("are no points"));
    assert!(refuses(&["quality", "3", "--override", "92.5"]).contains("An override needs its reason"));
    assert_eq!(desk.get(["review", "show", "PR-0001"])["state"], "planned", "nothing was scored");
}

#[test]
fn a_score_is_explained_and_two_are_bridged() {
    let desk = desk();
    for kpi in ["quality", "delivery", "satisfaction", "cost", "compliance", "cooperation"] {
        desk.ok(["review", "score", "PR-0001", kpi, "4"]);
    }
    desk.ok(["review", "add", "--vendor", "Alpha", "--period", "2026-Q2"]);
    for (kpi, rating) in
        [("quality", "5"), ("delivery", "3"), ("satisfaction", "4"), ("cost", "4"), ("compliance", "4")]
    {
        desk.ok(["review", "score", "PR-0002", kpi, rating]);
    }
    desk.ok(["review", "score", "PR-0002", "cooperation", "na"]);
    let told = desk.ok(["review", "explain", "PR-0002"]);
    for part in [
        "rated 5 of 5, 20 points a step → 100.00 × 30% of 95% scored = 31.58",
        "does not apply",
        "by the bands",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let json = desk.get(["review", "explain", "PR-0002"]);
    let given: i64 = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["contribution_hundredths"].as_i64())
        .sum();
    assert_eq!(json["score"]["total_hundredths"], given);
    let bridge = desk.get(["review", "bridge", "PR-0002"]);
    let sum: i64 =
        bridge["parts"].as_array().unwrap().iter().map(|part| part["hundredths"].as_i64().unwrap()).sum();
    // 80.00, then (100·30 + 60·25 + 80·40) / 95.
    assert_eq!(
        (&bridge["from"]["total_hundredths"], &bridge["to"]["total_hundredths"]),
        (&json!(8000), &json!(8105))
    );
    assert_eq!((sum, &bridge["difference_hundredths"]), (105, &json!(105)));
    let back = desk.get(["review", "bridge", "PR-0001", "PR-0002"]);
    assert_eq!(back["difference_hundredths"], -105);
    assert!(desk.refuses(2, ["review", "bridge", "PR-0001"]).contains("no review before it"));
    assert!(desk.ok(["review", "bridge", "PR-0002"]).contains("+1.05 in all"));
}

#[test]
fn vendors_are_ranked_and_compared_and_who_has_no_grade_is_apart() {
    let desk = desk();
    for name in ["Beta", "Gamma"] {
        desk.ok(["vendor", "add", "--name", name, "--tier", "strategic"]);
        desk.ok(["review", "add", "--vendor", name, "--period", "2026-Q1"]);
    }
    let kpis = ["quality", "delivery", "satisfaction", "cost", "compliance", "cooperation"];
    for (at, kpi) in kpis.iter().enumerate() {
        desk.ok(["review", "score", "PR-0001", kpi, if at == 0 { "5" } else { "3" }]);
        desk.ok(["review", "score", "PR-0002", kpi, if at == 1 { "5" } else { "3" }]);
    }
    let told = desk.get(["review", "rank"]);
    let ranked: Vec<(&Json, &Json)> =
        told["ranked"].as_array().unwrap().iter().map(|one| (&one["rank"], &one["vendor"])).collect();
    assert_eq!(ranked, [(&json!(1), &json!("V-0001")), (&json!(2), &json!("V-0002"))]);
    // 30 % of two more steps against 25 %.
    let turn = json!({ "kpi": "quality", "label": "Quality", "change_bp": -501, "falls": "V-0001", "rises": "V-0002" });
    assert_eq!(told["smallest_change"], turn);
    assert!(!told["ranked"].to_string().contains("V-0003"));
    let strategic = desk.get(["review", "rank", "--tier", "strategic"]);
    assert_eq!(
        (strategic["ranked"].as_array().unwrap().len(), &strategic["smallest_change"]),
        (1, &Json::Null)
    );
    let compared = desk.get(["review", "compare", "V-0002", "V-0003", "V-0001"]);
    assert_eq!(compared["vendors"][1]["score"], Json::Null);
    let quality = &compared["criteria"][0];
    assert_eq!(
        (&quality["kpi"], &quality["points"][0]["points_hundredths"]),
        (&json!("quality"), &json!(6000))
    );
    assert_eq!(quality["points"][2]["points_hundredths"], 10_000);
    let printed = desk.ok(["review", "compare", "V-0002", "V-0003"]);
    assert!(printed.contains("Gamma has no review with a grade: it is not rated."), "{printed}");
    assert!(desk.ok(["review", "rank"]).contains("changes by -5.01%: Beta passes Alpha."));
    assert!(desk.refuses(2, ["review", "rank", "--period", "soon"]).contains("is no period"));
}

#[test]
fn a_revision_moves_open_reviews_when_asked() {
    let desk = desk();
    let said = desk.refuses(2, ["template_row", "edit", "TR-0001", "--weight", "35%"]);
    assert!(said.contains("template revise T-0001"), "{said}");
    let made = desk.get(["template", "revise", "T-0001", "--weight", "quality=35", "--weight", "cost=10%"]);
    assert_eq!(
        (&made["revision"], &made["state"], &made["open_reviews"]),
        (&json!(2), &json!("draft"), &json!(["PR-0001"]))
    );
    let code = made["code"].as_str().unwrap();
    let adopted = desk.get(["template", "adopt", code, "--move"]);
    assert_eq!((&adopted["state"], &adopted["moved"]), (&json!("current"), &json!(["PR-0001"])));
    assert_eq!(desk.get(["review", "show", "PR-0001"])["rows"][0]["weight_bp"], 3_500);
    let none = desk.get(["template", "built-in"]);
    assert_eq!(none, json!({ "templates": [], "kpis": [] }));
    assert!(desk.refuses(2, ["template", "revise", code, "--weight", "quality"]).contains("quality=35%"));
    desk.ok(["check"]);
}
