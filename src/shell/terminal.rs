//! The terminal: taken over, drawn on, and given back whatever happens.
//!
//! Each step of giving back stands on its own, so that one that fails keeps no other from
//! running, and it runs once, from whichever thread comes first. What is drawn goes out in one
//! write between synchronized-update marks.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{clipboard::CopyToClipboard, cursor, queue, style};
use ratatui::backend::CrosstermBackend;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::app::geometry::Size;
use crate::app::state::State;
use crate::limits;
use crate::ui;
use crate::ui::theme::{Depth, Theme};

/// Whether the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen we draw on.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Batch>>,
    batch: Batch,
}

/// Collects a frame, so that it leaves in one write. Its clones are the same collection.
#[derive(Debug, Default, Clone)]
struct Batch(Rc<RefCell<Vec<u8>>>);

impl Write for Batch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Batch {
    /// Sends what was collected, unless the terminal was given back meanwhile.
    fn send(&self) -> io::Result<()> {
        let bytes = self.0.take();
        if bytes.is_empty() || !TAKEN.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }
}

impl Screen {
    /// Takes the terminal over. Nothing is shown until the first frame.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn take() -> io::Result<Self> {
        // crossterm answers NO_COLOR with a reset of every attribute, the cursor bar included;
        // the theme knows about colours itself.
        style::force_color_output(true);
        let (width, height) = crossterm::terminal::size()?;
        let area = ratatui::layout::Rect::new(0, 0, width, height);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let batch = Batch::default();
        let mut terminal = Terminal::with_options(CrosstermBackend::new(batch.clone()), options)?;
        enter(terminal.backend_mut())?;
        Ok(Self { terminal, batch })
    }

    /// Draws the state: only what differs from the last frame goes out.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, state: &State, theme: &Theme) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            let caret = ui::draw(state, theme, frame.buffer_mut());
            if let Some(at) = caret {
                frame.set_cursor_position(at);
            }
        })?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.batch.send()
    }

    /// Takes the new size of the screen; the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        self.terminal.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))
    }

    /// Forgets what is on the screen; the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Puts text on the clipboard of the terminal (OSC 52), which works over SSH.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let end = (0..=text.len().min(limits::CLIPBOARD_BYTES)).rev().find(|end| text.is_char_boundary(*end));
        let text = text.get(..end.unwrap_or(0)).unwrap_or_default();
        queue!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        self.batch.send()
    }

    /// Takes the terminal again after it was given back for a while.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn take_again(&mut self) -> io::Result<()> {
        enter(self.terminal.backend_mut())?;
        let (width, height) = crossterm::terminal::size()?;
        self.resize(Size { width, height })?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter(backend: &mut CrosstermBackend<Batch>) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    queue!(backend, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back, once; later calls do nothing until it is taken again.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(out, EndSynchronizedUpdate);
    let _ = queue!(out, DisableBracketedPaste);
    let _ = queue!(out, style::ResetColor);
    let _ = queue!(out, style::SetAttribute(style::Attribute::Reset));
    let _ = queue!(out, LeaveAlternateScreen);
    let _ = queue!(out, cursor::Show);
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

/// How many colours the terminal has, as its environment says.
#[must_use]
pub fn depth(get: impl Fn(&str) -> Option<String>) -> Depth {
    let term = get("TERM").unwrap_or_default();
    if get("NO_COLOR").is_some_and(|value| !value.is_empty()) || term == "dumb" {
        return Depth::Mono;
    }
    let colours = get("COLORTERM").unwrap_or_default();
    if colours == "truecolor" || colours == "24bit" || term.ends_with("-direct") {
        Depth::True
    } else if term.contains("256color") || term.starts_with("tmux") || term.starts_with("alacritty") {
        Depth::Indexed
    } else {
        Depth::Basic
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_the_colours() {
        let with = |pairs: &'static [(&str, &str)]| {
            depth(move |name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(with(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), Depth::Mono);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]), Depth::Indexed);
        assert_eq!(with(&[("TERM", "linux")]), Depth::Basic);
    }
}
