//! Lists in the whole program: what is chosen of them is kept, and is there again.

use crate::pty::Tty;
use crate::support::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    let path = desk.path("demo.db");
    desk.ok(["demo", "--keep", path.to_str().unwrap()]);
    desk
}

fn open(desk: &Desk) -> Tty {
    let path = desk.path("demo.db");
    Tty::start(desk, (120, 35), &["--db", path.to_str().unwrap()], &[])
}

#[test]
fn a_view_and_columns_are_there_again_at_the_next_start() {
    let desk = desk();
    let tty = open(&desk).press("2").sees("of 35");
    let tty = tty.press("/risk:>=high\r").sees("[Risk High, Severe]").sees_no("of 35");
    let tty = tty.press("ss").press("jjj\r").sees("sorted by Score");
    let tty = tty.press("c").sees("Chinese name").press("j ").press("\r").sees_no("Category");
    tty.press("fs")
        .sees("Save the list as")
        .press("Mine\r")
        .sees("View “Mine” saved")
        .press("qq")
        .given_back();
    let kept = std::fs::read_to_string(desk.path(".config/vendeck/views.toml")).unwrap();
    assert!(kept.contains("[[vendor.views]]\nname = \"Mine\"\nfilter = \"risk:>=high\"\n"), "{kept}");
    let tty = open(&desk).press("2").sees("of 35").sees("sorted by Score").sees_no("Category");
    let tty = tty.press("f").sees("(yours)").press("k\r").sees("Vendors  Mine").sees_no("of 35");
    tty.press("ft")
        .sees("The list starts in “Mine”")
        .press("\u{1b}")
        .sees_no("(yours)")
        .press("qq")
        .given_back();
    let tty = open(&desk).press("2").sees("[Risk High, Severe]");
    tty.press(":views export given.toml\r").sees("Views written to").press("qq").given_back();
    let path = desk.path("demo.db");
    let path = path.to_str().unwrap();
    let listed = desk.ok(["--db", path, "vendor", "list", "--view", "mine"]);
    assert!(!listed.contains("Category") && listed.lines().count() > 1, "{listed}");
    let whole = desk.get(["--db", path, "vendor", "list", "--filter", "risk:>=high"]);
    assert_eq!(listed.lines().count() - 1, whole.as_array().unwrap().len());
    let given = std::fs::read_to_string(desk.path("given.toml")).unwrap();
    assert!(given.contains("Mine") && !given.contains("start ="), "{given}");
}

#[test]
fn views_that_are_not_understood_name_their_place() {
    let desk = desk();
    desk.file(".config/vendeck/views.toml", "[[vendor.views]]\nname = \"x\"\nfilter = \"ownr:a\"\n");
    let (code, said) = open(&desk).end();
    assert_eq!(code, 2);
    assert!(said.contains("views.toml, line 3, column 10: Vendors have no column “ownr”"), "{said}");
    let said = desk.refuses(2, ["vendor", "list", "--view", "x"]);
    assert!(said.contains("views.toml, line 3, column 10"), "{said}");
}

#[test]
fn many_are_marked_changed_and_taken_back_at_once() {
    let desk = desk();
    let path = desk.path("demo.db");
    let path = path.to_str().unwrap();
    let tty = open(&desk).press("2").sees("of 35").press("  ").sees("2 marked");
    let tty = tty.press("T").press("+审计,-x\r").sees("2 changed, u undoes");
    let tagged = || desk.get(["--db", path, "vendor", "list", "--filter", "tag:审计"]);
    assert_eq!(tagged().as_array().unwrap().len(), 2);
    let tty = tty.press("u").sees("Taken back");
    assert_eq!(tagged().as_array().unwrap().len(), 0);
    let tty = tty.press("\u{1b}").sees_no("2 marked").press("*").sees("35 marked").press("d");
    let tty = tty.sees("Type 35 to go on:").press("35\r").sees("35 archived, u undoes");
    assert_eq!(desk.get(["--db", path, "vendor", "list"]).as_array().unwrap().len(), 0);
    let names = std::fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names = names.map(|name| name.to_string_lossy().into_owned());
    assert!(names.any(|name| name.contains(".before-bulk-") && !name.contains("sha256")));
    tty.press("u").sees("of 35").press("qq").given_back();
    // What the demo's contracts lack is found; the register itself is sound.
    let (findings, _) = desk.json(["--db", path, "check"]);
    assert!(findings.as_array().unwrap().iter().all(|found| found["rule"] == "clause"), "{findings}");
}

#[test]
fn the_timeline_is_kept_and_works_like_the_list() {
    let desk = desk();
    let tty = open(&desk).press("3").sees("of 51").press("w").sees("LATE OR NOW").sees("can act");
    let tty = tty.press("j").sees("renews to").sees("months for");
    let tty = tty.press("/CLD-118\r").sees("[CLD-118]").sees("of 1").press("\x1b[C").sees("◂");
    let tty = tty.press("\r").sees("Notice, ours").press("\x1b").sees("[CLD-118]").sees("too late");
    tty.press("\x1b").sees("of 51").press("qq").given_back();
    let kept = std::fs::read_to_string(desk.path(".config/vendeck/views.toml")).unwrap();
    assert!(kept.contains("[contract.last]\ntimeline = true\n"), "{kept}");
    let tty = open(&desk).press("3").sees("LATE OR NOW");
    tty.press("w").sees_no("LATE OR NOW").press("qq").given_back();
}
