//! The end at a random moment, of three kinds: killed, hung up, its terminal closed. What was
//! acknowledged is in the register, what was typed is a draft, and nothing is left running.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value as Json;

use crate::pty::Tty;
use crate::support::{Desk, Dice, full_rounds, rounds};

/// How much typing an end may cost.
const LOST: Duration = Duration::from_millis(500);
/// How long after its end a program may still be there.
const GONE: Duration = Duration::from_secs(2);
/// The last moment of an end, counted from the start of the program.
const MOMENTS_MS: usize = 2_500;
/// The fields that are typed in a new record, in the order of Tab.
const ADDED: [&str; 3] = ["name", "name_zh", "name_en"];
/// The field behind them, which is typed where a record is edited.
const EDITED: [&str; 1] = ["short_name"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Killed,
    HungUp,
    Closed,
}

/// What was typed into one form, and when.
#[derive(Default)]
struct Typed {
    fields: BTreeMap<&'static str, Vec<(char, Instant)>>,
    /// Whether the form was asked to be saved, and whether the screen said that it was.
    asked: bool,
    acknowledged: bool,
}

impl Typed {
    fn texts(&self) -> Vec<String> {
        self.fields.keys().map(|field| self.text(field)).collect()
    }

    fn text(&self, field: &str) -> String {
        self.fields.get(field).into_iter().flatten().map(|(c, _)| *c).collect()
    }

    /// Whether the register has it: a record as it was added, or the event of an edit.
    fn is_in(&self, records: &Json, history: &str) -> bool {
        let texts: Vec<(&str, String)> = self.fields.keys().map(|field| (*field, self.text(field))).collect();
        let holds = |record: &Json| texts.iter().all(|(field, text)| record[field] == text.as_str());
        match texts.as_slice() {
            [(field, text)] if *field == EDITED[0] => history.contains(text.as_str()),
            _ => records.as_array().unwrap().iter().any(holds),
        }
    }

    /// How long before the end the first character was typed that is not in these fields; `None` where
    /// they are another form's.
    fn lost(&self, kept: &dyn Fn(&str) -> String, end: Instant) -> Option<Duration> {
        let mut lost = Duration::ZERO;
        for (field, typed) in &self.fields {
            let (kept, text) = (kept(field), self.text(field));
            if !text.starts_with(&kept) {
                return None;
            }
            if let Some((_, at)) = typed.get(kept.chars().count()) {
                lost = lost.max(end.saturating_duration_since(*at));
            }
        }
        Some(lost)
    }
}

/// A program that is typed into until its moment has come.
struct Typist {
    tty: Tty,
    dice: Dice,
    round: usize,
    end: Instant,
    forms: Vec<Typed>,
}

/// The moment has come.
struct Over;

impl Typist {
    fn pause(&mut self, most_ms: usize) -> Result<(), Over> {
        let until = Instant::now() + Duration::from_millis(self.dice.of(most_ms + 1) as u64);
        while Instant::now() < until.min(self.end) {
            std::thread::park_timeout(until.min(self.end).saturating_duration_since(Instant::now()));
        }
        if Instant::now() < self.end { Ok(()) } else { Err(Over) }
    }

    fn press(&mut self, keys: &str) -> Result<(), Over> {
        self.tty.send(keys);
        self.pause(40)
    }

    fn sees(&mut self, done: impl Fn(&str) -> bool) -> Result<(), Over> {
        while !done(&self.tty.screen()) {
            self.pause(2)?;
        }
        Ok(())
    }

    /// Filters, adds and edits until the moment has come.
    fn work(&mut self) -> Result<(), Over> {
        self.sees(|screen| screen.contains("NEEDS ATTENTION"))?;
        self.press("2")?;
        self.sees(|screen| screen.contains("1 of "))?;
        loop {
            match self.dice.of(4) {
                0 => self.filter()?,
                1 => self.form("e", "› Edit", &EDITED)?,
                _ => self.form("a", "› New", &ADDED)?,
            }
        }
    }

    fn filter(&mut self) -> Result<(), Over> {
        self.press("/")?;
        for _ in 0..self.dice.of(12) {
            let c = self.letter();
            self.press(&c.to_string())?;
        }
        self.press("\u{1b}")?;
        self.press("\u{1b}")?;
        self.sees(|screen| screen.contains("1 of "))
    }

    fn form(&mut self, key: &str, title: &str, fields: &[&'static str]) -> Result<(), Over> {
        self.press(key)?;
        self.sees(|screen| screen.contains(title))?;
        self.forms.push(Typed::default());
        if fields == EDITED {
            self.press("\t\t\t")?;
        }
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.press("\t")?;
            }
            self.press("\u{15}")?;
            let mark = format!("{}.{} ", self.round, self.forms.len());
            let more = 3 + self.dice.of(25);
            let text: Vec<char> = mark.chars().chain((0..more).map(|_| self.letter())).collect();
            for c in text {
                let now = Instant::now();
                self.forms.last_mut().unwrap().fields.entry(field).or_default().push((c, now));
                self.press(&c.to_string())?;
            }
        }
        if self.dice.of(4) == 0 {
            // Left without being saved, and then idle.
            self.press("\u{1b}")?;
            self.pause(MOMENTS_MS)?;
            return Err(Over);
        }
        self.forms.last_mut().unwrap().asked = true;
        if self.dice.of(3) == 0 {
            // The end in the midst of the save.
            self.end = self.end.min(Instant::now() + Duration::from_millis(self.dice.of(40) as u64));
        }
        self.press("\u{13}")?;
        self.sees(|screen| !screen.contains(title) && screen.contains(" saved"))?;
        self.forms.last_mut().unwrap().acknowledged = true;
        Ok(())
    }

    /// A letter, never a blank: a text is saved without those around it.
    fn letter(&mut self) -> char {
        const LETTERS: [char; 12] = ['a', 'e', 'k', 'q', '7', '-', '北', '京', '云', '，', 'é', 'ß'];
        LETTERS[self.dice.of(LETTERS.len())]
    }
}

/// What a round showed.
struct Seen {
    end: End,
    lost: Duration,
    gone: Duration,
    drafts: usize,
    saved: usize,
}

fn one(desk: &Desk, path: &str, round: usize) -> Seen {
    let mut dice = Dice(round as u64 + 1);
    dice.of(1);
    let end = [End::Killed, End::HungUp, End::Closed][dice.of(3)];
    let moment = Duration::from_millis(dice.of(MOMENTS_MS) as u64);
    let tty = Tty::start(desk, (120, 35), &["--db", path], &[]);
    let mut typist = Typist { tty, dice, round, end: Instant::now() + moment, forms: Vec::new() };
    let _: Result<(), Over> = typist.work();
    let Typist { mut tty, forms, .. } = typist;
    let ended = match end {
        End::Killed => tty.signalled(Signal::KILL),
        End::HungUp => tty.signalled(Signal::HUP),
        End::Closed => tty.close(),
    };
    while tty.child.try_wait().unwrap().is_none() || !left(desk).is_empty() {
        assert!(ended.elapsed() < GONE, "round {round}, {end:?}: still there: {:?}", left(desk));
        std::thread::park_timeout(Duration::from_millis(5));
    }
    let gone = ended.elapsed();
    assert_eq!(
        desk.run(["--db", path, "check"]).code,
        0,
        "round {round}, {end:?}: the register is not sound"
    );
    let drafts = drafts(desk);
    let there = desk.get(["--db", path, "vendor", "list"]);
    let history = desk.ok(["--db", path, "history", "--limit", "40"]);
    let mut seen = Seen { end, lost: Duration::ZERO, gone, drafts: drafts.len(), saved: 0 };
    for form in &forms {
        if form.asked && form.is_in(&there, &history) {
            seen.saved += 1;
            continue;
        }
        assert!(!form.acknowledged, "round {round}, {end:?}: saved and not there: {:?}", form.texts());
        let kept = |draft: &Json, field: &str| {
            draft["fields"][field]["text"].as_str().unwrap_or_default().to_owned()
        };
        let of = |draft: &Json| form.lost(&|field| kept(draft, field), ended);
        let nothing = form.lost(&|_| String::new(), ended);
        let lost = drafts.iter().filter_map(of).chain(nothing).min().unwrap();
        assert!(
            lost <= LOST,
            "round {round}, {end:?}: {lost:?} of typing lost: {:?} in {drafts:?}",
            form.texts()
        );
        seen.lost = seen.lost.max(lost);
    }
    if let ([draft], true) = (drafts.as_slice(), round.is_multiple_of(10)) {
        comes_back(desk, path, draft);
    }
    let _ = std::fs::remove_dir_all(desk.path(FOLDER));
    seen
}

/// Where drafts are.
const FOLDER: &str = ".local/state/vendeck/drafts";

/// The drafts on the disk.
fn drafts(desk: &Desk) -> Vec<Json> {
    let files = std::fs::read_dir(desk.path(FOLDER)).into_iter().flatten().flatten();
    let whole = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json"));
    whole
        .flat_map(|file| {
            let kept: Json = serde_json::from_slice(&std::fs::read(file.path()).unwrap()).unwrap();
            kept["drafts"].as_array().unwrap().clone()
        })
        .collect()
}

/// The next start offers the draft, and opens it.
fn comes_back(desk: &Desk, path: &str, draft: &Json) {
    let tty = Tty::start(desk, (120, 35), &["--db", path], &[]).sees("Kept drafts");
    let mut tty = tty.press("\r").sees("draft kept as you type");
    // The field under the cursor shows the end of its text, the others what fits of its begin.
    let fields = draft["fields"].as_object().unwrap();
    for (_, field) in fields.iter().filter(|(key, _)| draft["focus"] != key.as_str()) {
        let begin: String = field["text"].as_str().unwrap().chars().take(12).collect();
        tty = tty.shows(&begin);
    }
    tty.signal(Signal::KILL);
    tty.end();
}

/// The processes that have this home.
fn left(desk: &Desk) -> Vec<String> {
    let home = format!("HOME={}\0", desk.path("").display());
    let home = home.replace("/\0", "\0");
    let has = |process: &Path| {
        std::fs::read(process.join("environ"))
            .is_ok_and(|all| all.windows(home.len()).any(|part| part == home.as_bytes()))
    };
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter(|process| has(&process.path()))
        .map(|process| process.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn an_end_at_any_moment_costs_at_most_half_a_second_of_typing() {
    let all = rounds(9, 1_000);
    let hands = if full_rounds() { 4 } else { 3 };
    let hand = |hand: usize| {
        let desk = Desk::new();
        let register = desk.path("r.db");
        let path = register.to_str().unwrap();
        desk.ok(["--db", path, "vendor", "add", "--name", "First"]);
        (0..all)
            .filter(|round| round % hands == hand)
            .map(|round| one(&desk, path, round))
            .collect::<Vec<_>>()
    };
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..hands).map(|at| scope.spawn(move || hand(at))).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    assert_eq!(seen.len(), all);
    for end in [End::Killed, End::HungUp, End::Closed] {
        let of: Vec<&Seen> = seen.iter().filter(|seen| seen.end == end).collect();
        let sum = |part: fn(&Seen) -> usize| of.iter().map(|seen| part(seen)).sum::<usize>();
        eprintln!(
            "{end:?}: {} rounds, {} saves, {} drafts; at most {:?} of typing lost, gone after {:?}",
            of.len(),
            sum(|seen| seen.saved),
            sum(|seen| seen.drafts),
            of.iter().map(|seen| seen.lost).max().unwrap_or_default(),
            of.iter().map(|seen| seen.gone).max().unwrap_or_default(),
        );
        assert!(!of.is_empty(), "no round ended so: {end:?}");
    }
    assert!(seen.iter().any(|seen| seen.drafts > 0) && seen.iter().any(|seen| seen.saved > 0));
}

#[test]
fn what_is_due_is_snoozed_with_a_reason_seen_again_and_told_again() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    let db = ["--db", path, "--today", "2026-07-26"];
    let with =
        |words: &[&'static str]| db.iter().copied().chain(words.iter().copied()).collect::<Vec<&str>>();
    desk.ok(with(&["vendor", "add", "--name", "Acme"]));
    for (title, due) in [("Send the plan", "2026-07-20"), ("Count the seats", "2026-07-30")] {
        desk.ok(with(&["action", "add", "--vendor", "Acme", "--title", title, "--due-on", due]));
    }
    let tty = Tty::start(&desk, (120, 35), &db, &[]).sees("Send the plan").shows("NEEDS ATTENTION   2");
    let tty = tty.press("Z").sees("Nothing that is due is snoozed.");
    // Until a day; without a reason it is not saved.
    let tty = tty.press("z").sees("› New").press("2026-08-15\x13").sees("1 to correct");
    let tty = tty.press("they are on holiday\x13").sees("Snoozed until 2026-08-15: AC-0001 2026-07-20");
    let tty = tty.shows("NEEDS ATTENTION   1   1 snoozed  Z").sees_no("late 6d");
    let said = desk.run(with(&["due", "--exit-code"]));
    assert!(said.out.contains("Count the seats") && !said.out.contains("Send the plan"), "{}", said.out);
    assert!(said.err.contains("1 snoozed or acknowledged"), "{}", said.err);
    assert_eq!(desk.get(with(&["due", "--snoozed"]))[0]["until"], "2026-08-15");
    assert!(!desk.ok(with(&["export", "due", "--format", "ics"])).contains("Send the plan"));
    // On the page of the other: acknowledged, as long as its date is the same.
    let tty = tty.press("\r").sees_no("NEEDS ATTENTION").press(":acknowledge\r").sees("› New");
    let tty = tty.press("ours to wait\x13").sees("Acknowledged: AC-0002 2026-07-30").press("z");
    let tty = tty.sees("Nothing of AC-0002 is due.").press("1").sees("Nothing is due in the next 30 days.");
    assert_eq!(desk.run(with(&["due", "--exit-code"])).code, 0);
    // What was snoozed stands behind a key, and comes back with another.
    let tty = tty.press("Z").sees("SNOOZED   2").shows("[until 2026-08-15]").shows("[Seen]");
    let tty = tty.press("z").sees("AC-0001 is told again").shows("SNOOZED   1").press("Z");
    let tty = tty.sees("NEEDS ATTENTION   1   1 snoozed").press("u").sees("NEEDS ATTENTION   0   2 snoozed");
    tty.press("qq").given_back();
    // By itself on the day, and by the command line.
    let later = desk.ok(["--db", path, "--today", "2026-08-15", "due"]);
    assert!(later.contains("Send the plan") && !later.contains("Count the seats"), "{later}");
    desk.ok(with(&["due", "wake", "AC-0002"]));
    let snooze = ["due", "snooze", "AC-0002", "--until", "2026-08-02", "--reason", "no answer yet"];
    assert!(desk.ok(with(&snooze)).contains("told again on 2026-08-02"));
    assert!(
        desk.ok(with(&["due", "acknowledge", "AC-0002", "--reason", "as agreed"])).contains("acknowledged")
    );
    assert_eq!(desk.get(with(&["due", "--snoozed"])).as_array().unwrap().len(), 2);
}
