//! The terminal: taken over, drawn on, and given back whatever happens.
//!
//! Each step of giving back stands on its own, so that one that fails keeps no other from
//! running, and it runs once, from whichever thread comes first. What is drawn goes out in one
//! write between synchronized-update marks; beside frames the terminal is only asked of itself.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use rustix::io::retry_on_intr;
use termprofile::{DetectorSettings, EnvVarSource, TermProfile, TermVars};

use crate::app::geometry::Size;
use crate::app::look::Ground;
use crate::app::state::State;
use crate::shell::encode::{Encoder, changes};
use crate::ui::theme::{Depth, Theme};
use crate::ui::{self, Caret};
use crate::wrap::Breadth;

/// What stands in a cell of which nobody knows what stands there: no screen shows it.
const NOTHING: &str = "\0";

/// Cells of the first row that a line of a frame may take where a terminal is asked how wide it draws
/// one.
const CORNER: u16 = 2;

/// Whether the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal was ever asked to report the mouse.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// The terminal reports the mouse no more.
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// The screen we draw on: what it shows, and what it is to show.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    encoder: Encoder,
    caret: Caret,
    breadth: Breadth,
    /// Whether the terminal reports the mouse.
    mouse: bool,
}

/// What a terminal is asked once the first frame is on it, which so waits for nothing: how wide it
/// draws a line of a frame; what it draws on; and last what every terminal answers, so that one knows
/// when nothing more will come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Questions {
    ground: bool,
}

impl Questions {
    /// What this terminal can be asked. The Linux console would show the question for its ground.
    #[must_use]
    pub fn for_terminal(environment: &impl EnvVarSource) -> Self {
        Self { ground: !environment.var("TERM").unwrap_or_default().starts_with("linux") }
    }

    /// In the first [`CORNER`] cells of the screen, which are blank behind it. Nobody sees the line.
    const fn in_the_corner() -> &'static str {
        "\x1b[8m\x1b[H─\x1b[6n\x1b[m\x1b[H\x1b[2X"
    }

    /// Behind all else.
    const fn behind(self) -> &'static str {
        if self.ground { "\x1b]11;?\x1b\\\x1b[c" } else { "\x1b[c" }
    }
}

impl Screen {
    /// Takes the terminal over. Nothing is shown until the first frame.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn take() -> io::Result<Self> {
        let (width, height) = crossterm::terminal::size()?;
        let area = Rect::new(0, 0, width, height);
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        Ok(Self {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            encoder: Encoder::default(),
            caret: None,
            breadth: Breadth::One,
            mouse: false,
        })
    }

    /// The size of the terminal when it was taken, or the last it was given.
    #[must_use]
    pub const fn size(&self) -> Size {
        Size { width: self.next.area.width, height: self.next.area.height }
    }

    /// Whether the next frame is drawn whole: what stands on the screen is not known.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        self.encoder.is_fresh()
    }

    /// Asks the terminal; its answers come as keys would. What is on the screen stays as it is.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ask(&mut self, questions: Questions) -> io::Result<()> {
        let mut wiped = self.shown.clone();
        for x in 0..CORNER {
            if let Some(cell) = wiped.cell_mut((x, 0)) {
                *cell = Cell::new(NOTHING);
            }
        }
        let mut out = String::from(Questions::in_the_corner());
        self.encoder.lose();
        let corner = changes(&wiped, &self.shown, self.breadth);
        self.encoder.cells(&corner, self.shown.area.width, &mut out);
        self.encoder.plain(&mut out);
        // Elsewhere than where a line ends: an answer that was made up late, for where the cursor
        // stands by then, is known by it.
        let (x, y) = self.caret.unwrap_or_default();
        self.encoder.go(x, y, &mut out);
        out.push_str(questions.behind());
        send(&out)
    }

    /// Draws the state: only what differs from the last frame goes out, in one write between
    /// synchronized-update marks. The first frame also opens the alternate screen. Whether there was
    /// anything to send.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, state: &State, theme: &Theme) -> io::Result<bool> {
        let measure = state.look.measure();
        if measure.breadth != self.breadth {
            // What is on the screen stands elsewhere than it was put.
            self.breadth = measure.breadth;
            self.forget();
        }
        self.encoder.hear(state.look.told);
        self.next.reset();
        let caret = ui::draw(state, theme, &mut self.next);
        let mut out = String::with_capacity(4_096);
        let fresh = self.encoder.is_fresh();
        if fresh {
            // Alternate screen, bracketed paste, no cursor, nothing on the screen.
            out.push_str("\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[m\x1b[2J");
            self.shown.reset();
            self.caret = None;
        }
        if state.look.mouse != self.mouse || (fresh && state.look.mouse) {
            self.mouse = state.look.mouse;
            MOUSE.fetch_or(self.mouse, Ordering::SeqCst);
            // Buttons and the wheel, with cells beyond the 223rd.
            out.push_str(if self.mouse { "\x1b[?1000h\x1b[?1006h" } else { MOUSE_OFF });
        }
        let cells = changes(&self.shown, &self.next, measure.breadth);
        if cells.is_empty() && caret == self.caret && out.is_empty() {
            return Ok(false);
        }
        out.insert_str(0, "\x1b[?2026h");
        if self.caret.is_some() && !cells.is_empty() {
            out.push_str("\x1b[?25l");
        }
        self.encoder.cells(&cells, self.next.area.width, &mut out);
        self.encoder.plain(&mut out);
        if let Some((x, y)) = caret {
            self.encoder.go(x, y, &mut out);
            out.push_str("\x1b[?25h");
        } else if self.caret.is_some() && cells.is_empty() {
            out.push_str("\x1b[?25l");
        }
        out.push_str("\x1b[?2026l");
        self.caret = caret;
        std::mem::swap(&mut self.shown, &mut self.next);
        send(&out).map(|()| true)
    }

    /// Takes the new size of the screen. The next frame writes every cell of it: so nothing that stood
    /// there is left, and no empty screen flashes up before it.
    pub fn resize(&mut self, size: Size) {
        let area = Rect::new(0, 0, size.width, size.height);
        self.shown = Buffer::filled(area, Cell::new(NOTHING));
        self.next = Buffer::empty(area);
        self.encoder.lose();
    }

    /// Forgets what is on the screen; the next frame is drawn whole.
    pub fn forget(&mut self) {
        self.encoder = Encoder::default();
    }

    /// Takes the terminal again after it was given back for a while.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn take_again(&mut self) -> io::Result<()> {
        // A shell that was in between has set its own modes; only what is off is turned on.
        let _ = disable_raw_mode();
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let (width, height) = crossterm::terminal::size()?;
        self.resize(Size { width, height });
        self.forget();
        Ok(())
    }
}

/// Sends a frame, or a text for the clipboard, unless the terminal was given back meanwhile.
pub(in crate::shell) fn send(out: &str) -> io::Result<()> {
    if !is_taken() {
        return Ok(());
    }
    // The standard library's writer cuts what it is given at the last line break: two writes, and
    // the terminal may draw half a frame. Its lock keeps others out all the same.
    let _others = io::stdout().lock();
    let mut rest = out.as_bytes();
    while !rest.is_empty() {
        let written = retry_on_intr(|| rustix::io::write(rustix::stdio::stdout(), rest))?;
        rest = rest.get(written..).unwrap_or_default();
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
    }
    Ok(())
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Whether the terminal is ours.
#[must_use]
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Gives the terminal back, once; later calls do nothing until it is taken again.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    if MOUSE.load(Ordering::SeqCst) {
        let _ = out.write_all(MOUSE_OFF.as_bytes());
    }
    // End of the frame, of bracketed paste, of any style, of the alternate screen; the cursor.
    for step in ["\x1b[?2026l", "\x1b[?2004l", "\x1b[m", "\x1b[?1049l", "\x1b[?25h"] {
        let _ = out.write_all(step.as_bytes());
    }
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// From now on a panic of any thread gives the terminal back, tells what happened and ends the
/// program: what is left of it could not be trusted.
pub fn restore_on_panic() {
    // A second installation fails; the first one stays, which is as well.
    let _ = color_eyre::install();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        report(panic);
        leave();
    }));
}

#[expect(clippy::disallowed_methods, reason = "a panic of a thread must not leave the others running")]
fn leave() {
    std::process::exit(101);
}

/// The first of stdin and stdout that is no terminal; the screens need both.
#[must_use]
pub fn missing() -> Option<&'static str> {
    let streams = [("stdin", io::stdin().is_terminal()), ("stdout", io::stdout().is_terminal())];
    streams.into_iter().find(|(_, is_terminal)| !is_terminal).map(|(name, _)| name)
}

/// How many colours the terminal has, as its environment says; no program is asked, nor the terminal.
#[must_use]
pub fn depth(environment: &impl EnvVarSource) -> Depth {
    // Whatever it says, as the convention wants it: `0` too.
    if environment.var("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Depth::Mono;
    }
    let settings = DetectorSettings::default().enable_tmux_info(false);
    let mut known = TermVars::from_source(environment, &io::stdout(), settings);
    // The screens are drawn on terminals alone.
    known.meta.is_terminal = true;
    match TermProfile::detect_with_vars(known) {
        TermProfile::NoTty | TermProfile::NoColor => Depth::Mono,
        TermProfile::Ansi16 => Depth::Basic,
        TermProfile::Ansi256 => Depth::Indexed,
        TermProfile::TrueColor => Depth::True,
    }
}

/// What the terminal draws on, where its environment says so (rxvt and some others do): the colours
/// of text and ground, by their numbers among the sixteen.
#[must_use]
pub fn ground(environment: &impl EnvVarSource) -> Ground {
    let colours = environment.var("COLORFGBG").unwrap_or_default();
    match colours.rsplit(';').next() {
        Some("7" | "15") => Ground::Light,
        _ => Ground::Dark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn the_environment_tells_the_colours() {
        let with = |pairs: &[(&str, &str)]| depth(&pairs.iter().copied().collect::<HashMap<_, _>>());
        assert_eq!(with(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), Depth::Mono);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]), Depth::Indexed);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("NO_COLOR", "0")]), Depth::Mono);
        assert_eq!(with(&[("TERM", "linux")]), Depth::Basic);
        assert_eq!(with(&[("TERM", "dumb")]), Depth::Mono);
        assert_eq!(with(&[("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")]), Depth::Indexed);
        // What SSH hands on: TERM, and nothing of COLORTERM.
        for term in ["xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm"] {
            assert!(matches!(with(&[("TERM", term)]), Depth::True | Depth::Indexed), "{term}");
        }
        for term in ["screen.xterm-256color", "screen-256color", "putty-256color", "rxvt-unicode-256color"] {
            assert_eq!(with(&[("TERM", term), ("SSH_TTY", "/dev/pts/0")]), Depth::Indexed, "{term}");
        }
    }

    #[test]
    fn the_environment_may_tell_the_ground() {
        let with = |colours| ground(&HashMap::from([("COLORFGBG", colours)]));
        assert_eq!(with("0;15"), Ground::Light);
        assert_eq!(with("0;default;15"), Ground::Light);
        assert_eq!(with("15;0"), Ground::Dark);
        assert_eq!(with("15;default"), Ground::Dark);
        assert_eq!(ground(&HashMap::<&str, &str>::new()), Ground::Dark);
    }
}
