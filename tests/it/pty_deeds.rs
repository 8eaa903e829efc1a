//! A contract from draft to ended in the real program, by keyboard alone.

use crate::pty::Tty;
use crate::support::Desk;

/// Keystrokes beyond the texts typed that a life from draft to ended may take.
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
}

#[test]
fn a_contract_goes_from_draft_to_ended_in_few_keystrokes() {
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
    let typist = typist.keys("m\r").sees("› Give notice").keys("\t").text("email").keys("\r\x13");
    let typist = typist.sees("Frame: Notice given, it ends on 2027-07-25.");
    // Ended early, by mutual consent.
    let typist =
        typist.text(":terminate").keys("\r").sees("› Terminate").keys("\t").text("mutual").keys("\r\t\t");
    let typist = typist.text("agreed").keys("\x13").sees("Frame: Termination recorded.");
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
    assert!(strokes <= MOST, "{strokes} keystrokes");
    // One act is one undo.
    desk.ok(["--db", path, "undo"]);
    assert_eq!(desk.get(["--db", path, "contract", "show", "C-0001"])["state"], "in_force");
}
