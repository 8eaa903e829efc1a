//! The real program in a real terminal: keys in, a screen out, and the terminal given back.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::support::Desk;

/// How long a screen may take before a test gives up. Never waited for in full.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_vendeck");

/// A running program and what its terminal shows.
pub(crate) struct Tty {
    pub(crate) seen: Arc<Mutex<Seen>>,
    keys: Box<dyn Write + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    /// The modes of the terminal before the program was started.
    modes: String,
    /// What was on the screen when the last key was pressed.
    known: String,
    deaf: Arc<AtomicBool>,
    listener: std::thread::JoinHandle<()>,
}

pub(crate) struct Seen {
    pub(crate) parser: vt100::Parser,
    bytes: Vec<u8>,
}

impl Tty {
    pub(crate) fn start(desk: &Desk, size: (u16, u16), args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::start_in(&desk.path(""), desk, size, args, env)
    }

    /// Starts the program in a folder.
    pub(crate) fn start_in(
        folder: &Path,
        desk: &Desk,
        size: (u16, u16),
        args: &[&str],
        env: &[(&str, &str)],
    ) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(args);
        command.cwd(folder);
        Self::run(desk, size, command, env)
    }

    /// Runs a script of the shell, in which `vendeck` is the program.
    pub(crate) fn shell(desk: &Desk, options: &str, script: &str) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args([options, script]);
        command.cwd(desk.path(""));
        let folder = Path::new(PROGRAM).parent().unwrap();
        Self::run(desk, (120, 35), command, &[("PATH", &format!("{}:/usr/bin:/bin", folder.display()))])
    }

    fn run(desk: &Desk, size: (u16, u16), mut command: CommandBuilder, env: &[(&str, &str)]) -> Self {
        let (cols, rows) = size;
        let pair =
            native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        command.env_clear();
        for (key, value) in desk.env() {
            command.env(key, value);
        }
        command.env("TERM", "xterm-256color");
        for (key, value) in env {
            command.env(key, value);
        }
        let modes = modes(&*pair.master);
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
        Self { seen, keys, child, master: Some(pair.master), modes, known: String::new(), deaf, listener }
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

    /// Waits until the screen shows this, which it did not when the last key was pressed.
    pub(crate) fn sees(self, text: &str) -> Self {
        assert!(!self.known.contains(text), "{text:?} is no news: waiting for it proves nothing");
        self.shows(text)
    }

    /// Waits until the screen shows this too, news or not: behind a wait for what is new.
    pub(crate) fn shows(self, text: &str) -> Self {
        self.wait(|screen| screen.contains(text), &format!("no {text:?}"))
    }

    /// Waits until the screen no longer shows this.
    pub(crate) fn sees_no(self, text: &str) -> Self {
        self.wait(|screen| !screen.contains(text), &format!("still {text:?}"))
    }

    /// Waits until this holds.
    pub(crate) fn until(self, what: &str, done: impl Fn(&Self) -> bool) -> Self {
        let until = Instant::now() + PATIENCE;
        while !done(&self) {
            assert!(Instant::now() < until, "no {what} in\n{}", self.screen());
            std::thread::park_timeout(Duration::from_millis(2));
        }
        self
    }

    fn wait(self, done: impl Fn(&str) -> bool, otherwise: &str) -> Self {
        let until = Instant::now() + PATIENCE;
        while !done(&self.screen()) {
            assert!(Instant::now() < until, "{otherwise} in\n{}", self.screen());
            std::thread::park_timeout(Duration::from_millis(2));
        }
        self
    }

    pub(crate) fn press(mut self, keys: &str) -> Self {
        self.known = self.screen();
        self.send(keys);
        self
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Sends a signal; when that was.
    pub(crate) fn signalled(&self, signal: rustix::process::Signal) -> Instant {
        let now = Instant::now();
        self.signal(signal);
        now
    }

    /// Closes the terminal, as a lost line does; when that was. Whoever reads it lets go with the
    /// next output, so some is asked for.
    pub(crate) fn close(&mut self) -> Instant {
        self.deaf.store(true, Ordering::SeqCst);
        let until = Instant::now() + PATIENCE;
        while !self.listener.is_finished() {
            assert!(Instant::now() < until, "nothing is drawn any more\n{}", self.screen());
            self.send("\x0c");
            std::thread::park_timeout(Duration::from_millis(20));
        }
        let now = Instant::now();
        self.keys = Box::new(std::io::sink());
        drop(self.master.take());
        now
    }

    /// Gives the terminal another size, and waits until it was drawn on.
    pub(crate) fn resize(mut self, cols: u16, rows: u16) -> Self {
        self.known = self.screen();
        let frames = self.frames();
        self.set_size(cols, rows);
        let until = Instant::now() + PATIENCE;
        while self.frames() == frames {
            assert!(Instant::now() < until, "nothing is drawn at {cols}x{rows}");
            std::thread::park_timeout(Duration::from_millis(2));
        }
        self
    }

    /// Gives the terminal another size.
    pub(crate) fn set_size(&mut self, cols: u16, rows: u16) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        let (rows, cols) = (rows.try_into().unwrap(), cols.try_into().unwrap());
        self.seen.lock().unwrap().parser.screen_mut().set_size(rows, cols);
    }

    /// All that was written so far.
    pub(crate) fn bytes(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().bytes).into_owned()
    }

    /// How many frames were drawn.
    fn frames(&self) -> usize {
        let end = b"\x1b[?2026l";
        self.seen.lock().unwrap().bytes.windows(end.len()).filter(|bytes| bytes == end).count()
    }

    /// Waits for the end and returns the exit code and all that was written.
    pub(crate) fn end(mut self) -> (u32, String) {
        self.ended()
    }

    fn ended(&mut self) -> (u32, String) {
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

    /// Checks that every mode is as it was.
    pub(crate) fn is_given_back(&self) {
        assert_eq!(modes(self.master.as_deref().unwrap()), self.modes, "the line is left in other modes");
        self.seen.lock().unwrap().is_plain();
    }

    /// Ends and checks that every mode is as it was.
    pub(crate) fn given_back(mut self) -> (u32, String) {
        let ended = self.ended();
        self.is_given_back();
        ended
    }
}

/// The modes of a terminal's line, such as whether it echoes.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

impl Seen {
    fn is_plain(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left on");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        let mouse = screen.mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse is left on");
    }
}
