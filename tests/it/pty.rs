//! The real program in a real terminal: keys in, a screen out, and the terminal given back.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::support::Desk;

/// How long a screen may take before a test gives up. Never waited for in full.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program and what its terminal shows.
pub(crate) struct Tty {
    seen: Arc<Mutex<Seen>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    deaf: Arc<AtomicBool>,
    listener: std::thread::JoinHandle<()>,
}

struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

impl Tty {
    pub(crate) fn start(desk: &Desk, size: (u16, u16), args: &[&str], env: &[(&str, &str)]) -> Self {
        let (cols, rows) = size;
        let pair =
            native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vendeck"));
        command.args(args);
        command.env_clear();
        for (key, value) in desk.env() {
            command.env(key, value);
        }
        command.env("TERM", "xterm-256color");
        for (key, value) in env {
            command.env(key, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        let seen = Arc::new(Mutex::new(Seen { parser, bytes: Vec::new() }));
        let mut out = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        let deaf = Arc::new(AtomicBool::new(false));
        let closes = Arc::clone(&deaf);
        let listener = std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(read) = out.read(&mut buffer) {
                if read == 0 || closes.load(Ordering::SeqCst) {
                    break;
                }
                let mut seen = shared.lock().unwrap();
                seen.parser.process(&buffer[..read]);
                seen.bytes.extend_from_slice(&buffer[..read]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { seen, keys, child, master: Some(pair.master), deaf, listener }
    }

    pub(crate) fn demo(desk: &Desk) -> Self {
        Self::start(desk, (120, 35), &["demo", "--today", "2026-07-26"], &[]).sees("NEEDS ATTENTION")
    }

    /// The screen as a block for a page of text.
    fn block(&self) -> String {
        let lines: Vec<String> = self.screen().lines().map(|line| line.trim_end().to_owned()).collect();
        format!("```text\n{}\n```\n", lines.join("\n"))
    }

    /// The screen once it no longer changes.
    pub(crate) fn settled(&self) -> String {
        let mut before = self.block();
        loop {
            std::thread::park_timeout(Duration::from_millis(150));
            let now = self.block();
            if now == before {
                return now;
            }
            before = now;
        }
    }

    pub(crate) fn screen(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    /// Waits until the screen shows this. It must be something that was not there before.
    pub(crate) fn sees(self, text: &str) -> Self {
        let until = Instant::now() + PATIENCE;
        while !self.screen().contains(text) {
            assert!(Instant::now() < until, "no {text:?} in\n{}", self.screen());
            std::thread::park_timeout(Duration::from_millis(2));
        }
        self
    }

    /// Waits until the screen no longer shows this.
    pub(crate) fn sees_no(self, text: &str) -> Self {
        let until = Instant::now() + PATIENCE;
        while self.screen().contains(text) {
            assert!(Instant::now() < until, "still {text:?} in\n{}", self.screen());
            std::thread::park_timeout(Duration::from_millis(2));
        }
        self
    }

    pub(crate) fn press(mut self, keys: &str) -> Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Closes the terminal, as a lost line does. Whoever reads it lets go with the next output.
    fn close(&mut self) {
        self.deaf.store(true, Ordering::SeqCst);
        self.keys.write_all(b"\x0c").unwrap();
        self.keys.flush().unwrap();
        std::thread::park_timeout(Duration::from_millis(100));
        self.keys = Box::new(std::io::sink());
        drop(self.master.take());
    }

    /// Waits for the end and returns the exit code and all that was written.
    fn end(mut self) -> (u32, String) {
        let until = Instant::now() + PATIENCE;
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.exit_code();
            }
            assert!(Instant::now() < until, "it does not end\n{}", self.screen());
            std::thread::park_timeout(Duration::from_millis(2));
        };
        // What was written last may still be on its way: the terminal says when there is no more.
        while !self.listener.is_finished() {
            assert!(Instant::now() < until, "the terminal is still held\n{}", self.screen());
            std::thread::park_timeout(Duration::from_millis(2));
        }
        let seen = self.seen.lock().unwrap();
        (code, String::from_utf8_lossy(&seen.bytes).into_owned())
    }

    /// Ends and checks that every mode is as it was.
    pub(crate) fn given_back(self) -> (u32, String) {
        let seen = Arc::clone(&self.seen);
        let ended = self.end();
        let seen = seen.lock().unwrap();
        let screen = seen.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left on");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        ended
    }
}

#[test]
fn a_phone_number_in_six_keys() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("\u{10}tysj").sees("+86 20 5550 0131");
    tty.press("\u{1b}").sees_no("Find anything").press("qq").given_back();
}

#[test]
fn keys_typed_ahead_do_what_they_say() {
    let desk = Desk::new();
    // In one write: to the vendors, three down, open.
    let tty = Tty::demo(&desk).press("2jjj\r").sees("Chinese name");
    assert!(tty.screen().contains("V-0035"), "{}", tty.screen());
    tty.press(":q\r").given_back();
}

#[test]
fn a_vendor_is_added_saved_undone_and_brought_back() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
    let tty = tty
        .press("2")
        .sees("Nothing here yet")
        .press("a")
        .sees("New")
        .press("海蓝物流\x13")
        .sees("V-0001 saved");
    assert_eq!(desk.get(["--db", path, "vendor", "show", "V-0001"])["name"], "海蓝物流");
    let tty = tty.press("u").sees("Taken back").sees("Nothing here yet");
    let tty = tty.press("\u{12}").sees("Brought back").sees("海蓝物流");
    tty.press(":q\r").given_back();
    assert_eq!(desk.get(["--db", path, "vendor", "show", "V-0001"])["name"], "海蓝物流");
}

#[test]
fn the_language_is_switched_at_once() {
    let desk = Desk::new();
    let tty =
        Tty::demo(&desk).press(":lang zh\r").sees("需要关注").press(":lang en\r").sees("NEEDS ATTENTION");
    tty.press("qq").given_back();
}

#[test]
fn another_operators_change_appears_and_the_cursor_stays() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    for name in ["Beta", "Delta"] {
        desk.ok(["--db", path, "vendor", "add", "--name", name]);
    }
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).press("2j").sees("2 of 2");
    desk.ok(["--db", path, "vendor", "add", "--name", "Alpha"]);
    tty.sees("Alpha").sees("3 of 3").press(":q\r").given_back();
}

#[test]
fn the_terminal_is_given_back_in_every_end() {
    use rustix::process::Signal;
    let desk = Desk::new();
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let tty = Tty::demo(&desk);
        tty.signal(signal);
        assert_eq!(tty.given_back().0, code, "{signal:?}");
    }
    assert_eq!(Tty::demo(&desk).press("qq").given_back().0, 0);
    assert_eq!(Tty::demo(&desk).press("\u{3}\u{3}").given_back().0, 0);
    // An error at the start never takes the terminal.
    let folder = desk.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let (code, said) = Tty::start(&desk, (80, 24), &["--db", folder.to_str().unwrap()], &[]).given_back();
    assert_eq!(code, 5);
    assert!(said.contains("is a folder"), "{said}");
}

#[test]
fn a_closed_terminal_ends_the_program_and_keeps_what_was_typed() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    let rounds = crate::support::rounds(3, 20);
    for round in 0..rounds {
        let typed = format!("半成品{round}");
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
        let mut tty =
            tty.press("2").sees("Nothing here yet").press("a").sees("New").press(&typed).sees(&typed);
        std::thread::park_timeout(Duration::from_millis(500));
        tty.close();
        let gone = Instant::now();
        let mut child = tty.child;
        while child.try_wait().unwrap().is_none() {
            assert!(gone.elapsed() < Duration::from_secs(5), "it lives on without a terminal");
            std::thread::park_timeout(Duration::from_millis(5));
        }
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("Kept drafts");
        let tty = tty.press("\r").sees(&typed).press("\u{18}").press("\u{1b}");
        tty.sees_no("New").press(":q\r").given_back();
    }
}

#[test]
fn kill_nine_in_a_form_loses_at_most_half_a_second() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    for round in 0..crate::support::rounds(2, 20) {
        let typed = format!("Half {round}");
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
        let tty = tty.press("2").sees("Nothing here yet").press("a").sees("New").press(&typed).sees(&typed);
        std::thread::park_timeout(Duration::from_millis(500));
        tty.signal(rustix::process::Signal::KILL);
        tty.end();
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("Kept drafts");
        let tty = tty.press("\r").sees(&typed).press("\u{18}").press("\u{1b}");
        tty.sees_no("New").press(":q\r").given_back();
        assert_eq!(desk.run(["--db", path, "check"]).code, 0);
    }
}

#[test]
fn any_size_is_drawn_and_the_selection_is_kept() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("2jj").sees("3 of 35");
    let resize = |tty: &Tty, cols: u16, rows: u16| {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        tty.master.as_ref().unwrap().resize(size).unwrap();
        let (rows, cols) = (rows.max(2), cols.max(2));
        tty.seen
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
    };
    for (cols, rows) in [(80, 24), (40, 10), (20, 5), (2, 2), (300, 90), (60, 12)] {
        resize(&tty, cols, rows);
        std::thread::park_timeout(Duration::from_millis(60));
    }
    resize(&tty, 120, 35);
    tty.sees("3 of 35").press("qq").given_back();
}

#[test]
fn without_colour_the_selection_still_shows() {
    let desk = Desk::new();
    let tty = Tty::start(&desk, (120, 35), &["demo", "--today", "2026-07-26"], &[("NO_COLOR", "1")])
        .sees("NEEDS ATTENTION");
    let tty = tty.press("2").sees("1 of 35");
    {
        let seen = tty.seen.lock().unwrap();
        let screen = seen.parser.screen();
        let row =
            (0..35).find(|row| screen.cell(*row, 0).is_some_and(|cell| cell.contents() == "❯")).unwrap();
        let cell = screen.cell(row, 3).unwrap();
        assert!(cell.inverse(), "the bar is lost");
        assert_eq!(cell.fgcolor(), vt100::Color::Default);
    }
    let (_, bytes) = tty.press("qq").given_back();
    assert!(!bytes.contains("\u{1b}[38") && !bytes.contains(";38;"), "a colour was sent");
}

#[test]
fn hostile_names_reach_no_terminal() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    for name in ["a\u{1b}[2Jb", "x\u{9b}31mz", "invoice\u{202e}gnp", "pay\u{200b}pal", "t\u{1b}]0;owned\u{7}"]
    {
        desk.ok(["--db", path, "vendor", "add", "--name", name, "--notes", name]);
    }
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).press("2").sees("1 of 5");
    let tty = tty
        .press("jjjj")
        .sees("5 of 5")
        .press("\r")
        .sees("V-000")
        .press("gh")
        .sees("History")
        .press("\u{10}pay")
        .sees("matched");
    let (_, bytes) = tty.press("\u{1b}").sees_no("matched").press(":q\r").given_back();
    for foreign in ["\u{1b}[2Jb", "\u{9b}", "\u{202e}", "\u{200b}", "\u{1b}]0;owned"] {
        assert!(!bytes.contains(foreign), "{foreign:?} reached the terminal");
    }
    assert!(bytes.contains("<U+202E>"));
}
