//! A contract from draft to exit in the real program, by keyboard alone.

use crate::pty::Tty;
use crate::support::Desk;

/// Keystrokes beyond the texts typed that a life from draft to exit may take.
const MOST: usize = 60;

/// A person at the keyboard whose keystrokes are counted: what is text, and what moves and chooses.
struct Typist {
    tty: Tty,
    strokes: usize,
}

impl Typist {
    /// Presses keys that are no text, a character each.
    fn keys(mut self, keys: &str) -> Self {
        self.strokes += keys.chars().count();
        self.tty = self.tty.press(keys);
        self
    }

    /// Types a text.
    fn text(mut self, text: &str) -> Self {
        self.tty = self.tty.press(text);
        self
    }

    fn sees(mut self, text: &str) -> Self {
        self.tty = self.tty.sees(text);
        self
    }

    fn sees_too(mut self, text: &str) -> Self {
        self.tty = self.tty.shows(text);
        self
    }
}

#[test]
fn a_contract_goes_from_draft_to_exit_in_few_keystrokes() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(["--db", path, "vendor", "add", "--name", "Acme"]);
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
    let typist = Typist { tty, strokes: 0 };
    // The draft: vendor and title.
    let typist = typist.keys("3").sees("Nothing here.").keys("a").sees("› New").keys("\t").text("V-0001");
    let typist = typist.keys("\t").text("Frame").keys("\x13").sees("C-0001 saved");
    // Legal review, approval, signature, in force: the menu offers what comes next.
    let typist = typist.keys("m").sees("Act on this contract").keys("\r").sees("› Start legal review");
    let typist = typist.text("Ann").keys("\x13").sees("Frame: In legal review.");
    let typist = typist.keys("mj\r").sees("› Approve").keys("\x13").sees("Frame: Approved.");
    let typist = typist.keys("m\r").sees("› Sign").keys("\x13").sees("Frame: Signed.");
    let typist = typist.keys("m\r").sees("› Put in force").keys("\t").text("12m").keys("\x13");
    let typist = typist.sees("Frame: In force.");
    // Notice, by email.
    let typist = typist.keys("m\r").sees("› Give notice").keys("\t").text("email").keys("\r\t").text("EMS 7");
    let typist = typist.keys("\x13").sees("Frame: Notice given, it ends on 2027-07-25.");
    // Ended early, by mutual consent.
    let typist =
        typist.text(":terminate").keys("\r").sees("› Terminate").keys("\t").text("mutual").keys("\r\t\t");
    let typist = typist.text("agreed").keys("\x13").sees("Frame: Termination recorded.");
    // Its exit: the notice and its proof stand in it already. What asks for no proof is one key.
    let typist = typist.text(":exit").keys("\r").sees("› Open the exit case").keys("\x13");
    let typist = typist.sees("Exit case opened, V-0001 is Exiting; made X-0001.").sees_too("1 of 13");
    let typist = typist
        .keys(" ")
        .sees_too("9 block")
        .keys(" ")
        .sees("› Edit")
        .text("Ann")
        .keys("\x13")
        .sees("2 of 13");
    let typist = typist.keys("  ").sees("4 of 13");
    let typist = typist.keys(" ").sees("› Edit").text("DC-7").keys("\x13").sees("5 of 13");
    let typist =
        typist.keys(" ").sees("› Edit").text("IT-9").keys("\x13").sees("6 of 13").keys(" ").sees("7 of 13");
    let typist = typist.keys(" ").sees("› Edit").text("list 3").keys("\x13").sees("8 of 13");
    let typist = typist.keys(" ").sees("› Edit").text("INV 41").keys("\x13").sees("9 of 13");
    let typist = typist.keys("   ").sees("12 of 13");
    // The last one closes it: what is owed, and what became of the data, whose certificate is known.
    let typist = typist.keys(" ").sees("› Edit").text("CNY 0").keys("\t\t\t").text("destr").keys("\r\x13");
    let typist = typist.sees("X-0001 closed: Frame.").sees_too("13 of 13");
    let typist = typist.text(":exited").keys("\r").sees("Acme is Exited");
    let Typist { tty, strokes } = typist;
    tty.press(":q\r").given_back();
    let shown = desk.get(["--db", path, "contract", "show", "C-0001"]);
    for (key, value) in [
        ("state", "ended"),
        ("legal_reviewer", "Ann"),
        ("approved_by", "mei.lin"),
        ("signed_on", "2026-07-26"),
        ("starts_on", "2026-07-26"),
        ("notice_method", "email"),
        ("terminated_on", "2026-07-26"),
        ("end_reason", "terminated_mutual"),
    ] {
        assert_eq!(shown[key], value, "{key}");
    }
    let case = desk.get(["--db", path, "exit-case", "show", "X-0001"]);
    for (key, value) in [("state", "closed"), ("closed_on", "2026-07-26"), ("certificate", "DC-7")] {
        assert_eq!(case[key], value, "{key}");
    }
    let out = |path: &str| desk.get(["--db", path, "vendor", "show", "V-0001"])["state"].clone();
    assert_eq!(out(path), "exited");
    assert!(strokes <= MOST, "{strokes} keystrokes");
    // One act is one undo.
    desk.ok(["--db", path, "undo"]);
    assert_eq!(out(path), "exiting");
}

#[test]
fn nobody_is_out_past_an_open_step_and_the_command_line_walks_the_same_steps() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(with(path, &["vendor", "add", "--name", "Acme", "--state", "active"]));
    let terms = ["--starts-on", "2025-01-01", "--term", "24m", "--state", "in_force", "--owner", "mei"];
    desk.ok(with(path, &[&["contract", "add", "--vendor", "Acme", "--title", "Frame"][..], &terms].concat()));
    // The screen says why not, and what to do first.
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
    let tty = tty.press("3").sees("sorted by").press(":exit\r").sees("Nothing ends it yet");
    let tty = tty
        .press(":notice\r")
        .sees("› Give notice")
        .press("\temail\r\tEMS 7\x13")
        .sees("Notice given, it ends");
    let tty = tty.press(":exit\r").sees("› Open the exit case").press("\x13").sees("1 of 13");
    let tty = tty.press(":exited\r").sees("8 steps of X-0001 are open: Decision and approver");
    let tty = tty.press("G").sees_no("steps of X-0001 are open").press(" ");
    let tty = tty.sees("steps of X-0001 are open").press("gg -").sees("› Edit");
    let tty = tty.press("nobody asks\x13").sees("2 of 13").press("u").sees("1 of 13");
    tty.press(":q\r").given_back();
    let said = desk.run(with(path, &["vendor", "edit", "V-0001", "--state", "exited"]));
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("8 steps of X-0001 are open"), "{}", said.err);
    let list = desk.path("v.csv");
    desk.ok(with(path, &["export", "vendors", "--format", "csv", "-o", list.to_str().unwrap()]));
    let told = std::fs::read_to_string(&list).unwrap().replace("exiting", "exited");
    std::fs::write(&list, told).unwrap();
    let said = desk.run(with(path, &["import", list.to_str().unwrap(), "--as", "vendors"]));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.err.contains("8 steps of X-0001 are open"), "{}{}", said.out, said.err);
    assert!(desk.ok(with(path, &["due"])).contains("To be done by"));
    let steps = desk.get(with(path, &["exit-step", "list"]));
    let open =
        steps.as_array().unwrap().iter().filter(|step| step["state"] == "open" && step["step"] != "closing");
    for step in open {
        let code = step["code"].as_str().unwrap();
        desk.ok(with(path, &["exit-step", "edit", code, "--state", "done", "--proof", "seen"]));
    }
    let settled = ["--settlement", "CNY -120", "--settled-on", "2026-07-25", "--data", "none_held"];
    let close = [&["exit-case", "edit", "X-0001", "--state", "closed"][..], &settled].concat();
    desk.ok(with(path, &close));
    desk.ok(with(path, &["vendor", "edit", "V-0001", "--state", "exited"]));
    assert_eq!(desk.get(with(path, &["vendor", "show", "V-0001"]))["state"], "exited");
}

/// The words of a command line on this register.
fn with<'a>(path: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    [&["--db", path][..], words].concat()
}
