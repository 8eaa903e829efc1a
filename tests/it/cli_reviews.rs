//! The cycle of reviews from the command line: opened for a period, taken through its states, corrected; and
//! lists of deliveries that become counts.

use serde_json::Value as Json;

use crate::support::{Desk, data};

/// Two strategic vendors, one of them no longer working for us, and a plan for the tier.
fn desk() -> Desk {
    let desk = Desk::new();
    for (name, state) in [("Alpha", "active"), ("Beta", "exited")] {
        desk.ok(["vendor", "add", "--name", name, "--tier", "strategic", "--state", state]);
    }
    let tier = ["--name", "Strategic", "--tier", "strategic", "--period-kind", "quarter"];
    desk.ok(["review-plan", "add"].iter().chain(&tier));
    desk
}

fn count(said: &Json) -> [usize; 3] {
    ["opened", "existing", "skipped"].map(|key| said[key].as_array().unwrap().len())
}

#[test]
fn reviews_of_a_period_are_previewed_opened_once_and_told() {
    let desk = desk();
    let open = ["review", "open", "--period", "2026-Q3"];
    let dry = desk.get(open.into_iter().chain(["--dry-run"]));
    assert_eq!((count(&dry), dry["dry_run"].as_bool()), ([1, 0, 1], Some(true)));
    assert_eq!(dry["skipped"][0]["says"], "In the state Exited nothing is reviewed.");
    assert_eq!(desk.get(["review", "list"]).as_array().unwrap().len(), 0, "a preview opens nothing");
    let done = desk.get(open);
    assert_eq!((count(&done), done["opened"][0]["code"].as_str()), ([1, 0, 1], Some("PR-0001")));
    assert_eq!(done["opened"][0]["due_on"], "2026-10-15");
    let again = desk.get(open);
    assert_eq!((count(&again), again["existing"][0]["code"].as_str()), ([0, 1, 1], Some("PR-0001")));
    let review = desk.get(["review", "show", "PR-0001"]);
    assert_eq!((review["plan"].as_str(), review["state"].as_str()), (Some("PL-0001"), Some("planned")));
    let said = desk.refuses(2, ["review", "open", "--period", "Q3"]);
    assert!(said.contains("2026-Q3"), "{said}");
    let zh = desk.ok(["review", "open", "--period", "2026-Q3", "--lang", "zh"]);
    assert!(zh.contains("已存在"), "{zh}");
}

#[test]
fn a_review_is_taken_through_its_states_locked_and_corrected() {
    let desk = desk();
    desk.ok(["review", "open", "--period", "2026-Q3"]);
    for row in ["RR-0001", "RR-0002", "RR-0003", "RR-0004", "RR-0005", "RR-0006"] {
        desk.ok(["review-row", "edit", row, "--rating", "4"]);
    }
    for verb in ["collect", "draft", "share"] {
        desk.ok(["review", verb, "PR-0001"]);
    }
    let silent = desk.refuses(2, ["review", "dispute", "PR-0001"]);
    assert!(silent.contains("response_text"), "{silent}");
    desk.ok(["review", "acknowledge", "PR-0001", "--response-by", "Wang"]);
    desk.ok(["review", "lock", "PR-0001"]);
    let locked = desk.get(["review", "show", "PR-0001"]);
    let of = |key: &str| locked[key].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (of("state"), of("locked_by"), of("locked_on")),
        ("locked".into(), "mei.lin".into(), "2026-07-26".into())
    );
    desk.refuses(2, ["review-row", "edit", "RR-0001", "--rating", "1"]);
    desk.refuses(2, ["review", "correct", "PR-0001"]);
    let made = desk.get(["review", "correct", "PR-0001", "--reason", "wrong list"]);
    assert_eq!((made["superseded"].as_bool(), made["made"]["revision"].as_i64()), (Some(true), Some(2)));
    let listed = desk.get(["review", "list"]);
    let codes: Vec<&str> = listed.as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["PR-0002"], "lists know the newest revision only");
    assert_eq!(desk.get(["review", "show", "PR-0001"])["total"], locked["total"]);
    desk.ok(["check"]);
}

/// A list of deliveries: one in time, one late, one without its day, one of another vendor.
const LIST: &str = "Supplier,Promised,Came\nAlpha,4-Jan-26,4-Jan-26\nAlpha,31-Jan-26,2-Feb-26\n\
                    Alpha,15-Jan-26,pending\nGamma,1-Feb-26,1-Feb-26\nAlpha,,3-Mar-26\n";

fn counts(desk: &Desk, file: &str) -> (Json, i32) {
    let map = ["--map", "Promised=scheduled", "--map", "Came=delivered"];
    desk.json(["import", file, "--as", "measurements"].into_iter().chain(map))
}

#[test]
fn a_list_of_deliveries_becomes_counts_by_vendor_and_month() {
    let desk = desk();
    let file = desk.file("deliveries.csv", LIST);
    let (said, code) = counts(&desk, file.to_str().unwrap());
    assert_eq!(
        (said["read"].as_i64(), said["deliveries"].as_i64(), said["late"].as_i64()),
        (Some(5), Some(3), Some(1))
    );
    assert_eq!((said["rejected"].as_i64(), said["vendors_created"].as_i64(), code), (Some(2), Some(1), 1));
    let months = desk.get(["delivery-month", "list", "--vendor", "V-0001"]);
    let [month] = months.as_array().unwrap().as_slice() else { panic!("{months}") };
    let counted = ["deliveries", "late", "left_out", "rate"].map(|key| month[key].as_i64());
    assert_eq!(counted, [Some(2), Some(1), Some(1), Some(5_000)]);
    let rejects = std::fs::read_to_string(desk.path("deliveries.rejects.csv")).unwrap();
    assert!(rejects.contains("pending") && rejects.contains("There is no day."), "{rejects}");
    // The same list again changes nothing.
    let (again, _) = counts(&desk, file.to_str().unwrap());
    assert_eq!((again["months_imported"].as_i64(), again["months_unchanged"].as_i64()), (Some(0), Some(2)));
}

/// Late and all deliveries by vendor and year, counted without the program: days as written in the list.
fn by_hand(text: &str) -> std::collections::BTreeMap<(String, i64), (i64, i64)> {
    let day = |cell: &str| {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let parts: Vec<&str> = cell.trim().split('-').collect();
        let month = MONTHS.iter().position(|name| *name == parts[1]).unwrap();
        (2000 + parts[2].parse::<i64>().unwrap(), month, parts[0].parse::<i64>().unwrap())
    };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().unwrap().clone();
    let place = |name: &str| head.iter().position(|column| column == name).unwrap();
    let (vendor, due, came) =
        (place("Vendor"), place("Scheduled Delivery Date"), place("Delivered to Client Date"));
    let mut sums = std::collections::BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let (due, came) = (day(&row[due]), day(&row[came]));
        let sum: &mut (i64, i64) = sums.entry((row[vendor].trim().to_owned(), due.0)).or_default();
        sum.0 += i64::from(came > due);
        sum.1 += 1;
    }
    sums
}

#[test]
fn the_punctuality_of_a_real_list_is_that_of_an_independent_count() {
    let Some(file) = data("real/scms_delivery_history.csv") else { return };
    let desk = Desk::new();
    let map = ["--map", "Scheduled Delivery Date=scheduled", "--map", "Delivered to Client Date=delivered"];
    let import = ["import", file.to_str().unwrap(), "--as", "measurements"];
    let (said, code) = desk.json(import.into_iter().chain(map));
    let of = |key: &str| said[key].as_i64().unwrap();
    assert_eq!(
        (of("read"), of("deliveries"), of("late"), of("rejected"), code),
        (10_324, 10_324, 1_186, 0, 0)
    );
    let hand = by_hand(&String::from_utf8_lossy(&std::fs::read(&file).unwrap()));
    let years = said["years"].as_array().unwrap();
    assert_eq!(years.len(), hand.len());
    for year in years {
        let key = (year["vendor"].as_str().unwrap().to_owned(), year["year"].as_i64().unwrap());
        let told = (year["late"].as_i64().unwrap(), year["deliveries"].as_i64().unwrap());
        assert_eq!(hand.get(&key), Some(&told), "{key:?}");
    }
    // What is kept by month comes to the same.
    let months = desk.get(["delivery-month", "list"]);
    let sum =
        |key: &str| months.as_array().unwrap().iter().map(|month| month[key].as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum("deliveries"), sum("late")), (10_324, 1_186));
}

/// A review of the demo's best vendor with all its rows rated.
fn judged(desk: &Desk, rating: &str) -> &'static str {
    desk.ok(["review", "open", "--period", "2026-Q3"]);
    for row in ["RR-0001", "RR-0002", "RR-0003", "RR-0004", "RR-0005", "RR-0006"] {
        desk.ok(["review-row", "edit", row, "--rating", rating]);
    }
    "PR-0001"
}

#[test]
fn what_a_grade_leads_to_is_told_and_decided_by_name() {
    let desk = desk();
    let review = judged(&desk, "3");
    let told = desk.get(["review", "decide", review]);
    let kinds = |said: &Json, key: &str| said[key].as_array().unwrap().len();
    assert_eq!((kinds(&told, "proposed"), told["decided"].as_i64()), (4, Some(0)));
    let said = desk.refuses(2, ["review", "decide", review, "gold"]);
    assert!(said.contains("suspend, penalty, plan, warning"), "{said}");
    let done = desk.get(["review", "decide", review, "suspend", "warning"]);
    assert_eq!((done["decided"].as_i64(), done["proposed"][0]["code"].as_str()), (Some(2), Some("CQ-0001")));
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["state"], "suspended");
    let ledger = desk.get(["consequence", "list", "--filter", "state:decided"]);
    assert_eq!(ledger[0]["kind"], "warning");
    let due = desk.get(["due"]);
    assert!(due.to_string().contains("CQ-0002"), "{due}");
    desk.ok(["consequence", "edit", "CQ-0002", "--state", "done", "--done-on", "2026-07-26"]);
    assert!(!desk.get(["due"]).to_string().contains("CQ-0002"));
    desk.refuses(2, ["review", "decide", review, "suspend"]);
}

#[test]
fn what_was_measured_is_told_and_filled_in_when_it_is_confirmed() {
    let desk = desk();
    desk.ok(["review", "open", "--period", "2026-Q1"]);
    let kpi = ["--measure", "quant", "--direction", "max", "--floor", "0", "--target", "100"];
    desk.ok(["kpi", "add", "--name", "Punctual", "--unit", "%", "--feed", "on_time"].iter().chain(&kpi));
    let kpis = desk.get(["kpi", "list", "--filter", "Punctual"]);
    desk.ok(["review-row", "edit", "RR-0002", "--kpi", kpis[0]["code"].as_str().unwrap()]);
    let empty = desk.get(["review", "fill", "PR-0001"]);
    assert_eq!(empty["without_data"].as_array().unwrap().len(), 1, "{empty}");
    let file = desk.file("deliveries.csv", LIST);
    counts(&desk, file.to_str().unwrap());
    let told = desk.get(["review", "fill", "PR-0001"]);
    assert_eq!((told["proposed"][0]["value"].as_str(), told["filled"].as_i64()), (Some("50"), Some(0)));
    let done = desk.get(["review", "fill", "PR-0001", "--confirm"]);
    assert_eq!((done["filled"].as_i64(), done["proposed"][0]["code"].as_str()), (Some(1), Some("RR-0002")));
    let row = desk.get(["review-row", "show", "RR-0002"]);
    assert_eq!((row["raw"].as_str(), row["evidence"].as_str()), (Some("50"), Some("DM-0001 1/2")));
}
