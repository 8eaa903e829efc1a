//! From the bytes of the terminal to keys, pastes and answers.
//!
//! A terminal answers on the line on which its keys come: late, in pieces, or never. No byte of an
//! answer may be taken for a key, and no key may wait for an answer. So a sequence whose rest has
//! not come is held, for as long as it may still be on its way and no longer.

use std::time::Duration;

use termina::Parser;
use termina::escape::csi::{Csi, Cursor, Device};
use termina::escape::osc::{ColorOrQuery, DynamicColorNumber, Osc};
use termina::event::{Event, KeyCode, KeyEvent, KeyEventKind, Modifiers, MouseButton, MouseEventKind};

use crate::app::key::Key;
use crate::app::look::{Ground, Told};
use crate::app::mouse::{Did, Mouse};
use crate::shell::runtime::Heard;
use crate::wrap::Breadth;

/// How long Esc waits while an answer is on its way: it may be the first byte of one.
const ESC: Duration = Duration::from_millis(250);
/// How long the rest of a sequence may take. What looks like the begin of one was a key with Alt if
/// nothing follows.
const REST: Duration = Duration::from_millis(150);
/// How long the rest of an answer may take, over the slowest line.
const ANSWER: Duration = Duration::from_secs(3);
/// What begins a paste. Its end may take as long as it likes.
const PASTE: &[u8] = b"\x1b[200~";

/// What is read, and what of it is not whole yet.
#[derive(Debug, Default)]
pub(super) struct Input {
    parser: Parser,
    /// How the sequence begins whose rest has not come.
    begun: Vec<u8>,
    awaits: Awaits,
}

/// Whether the terminal was asked something and has not answered it all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Awaits {
    /// It was.
    Answers,
    /// It was not.
    #[default]
    Keys,
}

impl Input {
    /// For a terminal that was asked, or was not.
    pub(super) fn new(awaits: Awaits) -> Self {
        Self { awaits, ..Self::default() }
    }

    /// Takes bytes as they came; what they tell.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Heard> {
        let mut all = Vec::new();
        for byte in bytes {
            self.parser.parse(&[*byte], true);
            if self.begun.len() < PASTE.len() {
                self.begun.push(*byte);
            }
            while let Some(event) = self.parser.pop() {
                self.begun.clear();
                self.hear(event, &mut all);
            }
        }
        if self.patience() == Some(Duration::ZERO) {
            all.extend(self.give_up());
        }
        all
    }

    /// How long to wait for more before [`Input::give_up`]; without end where nothing is begun.
    pub(super) fn patience(&self) -> Option<Duration> {
        let awaits = self.awaits == Awaits::Answers;
        match self.begun.as_slice() {
            [] => None,
            begun if begun == PASTE => None,
            [.., 0x1b] if awaits => Some(ESC),
            [0x1b] => Some(Duration::ZERO),
            [0x1b, b']' | b'[' | b'P', ..] if awaits => Some(ANSWER),
            _ => Some(REST),
        }
    }

    /// Takes what is begun for what it is: Esc, or nothing.
    pub(super) fn give_up(&mut self) -> Vec<Heard> {
        let mut all = Vec::new();
        self.parser.parse(&[], false);
        while let Some(event) = self.parser.pop() {
            self.hear(event, &mut all);
        }
        self.begun.clear();
        self.parser = Parser::default();
        all
    }

    /// Whether an answer may still come.
    pub(super) fn awaits_answers(&self) -> bool {
        self.awaits == Awaits::Answers
    }

    /// From now on nothing is awaited: the terminal had its time.
    pub(super) const fn await_nothing(&mut self) {
        self.awaits = Awaits::Keys;
    }

    fn hear(&mut self, event: Event, all: &mut Vec<Heard>) {
        match event {
            Event::Key(key) => match named(key) {
                // Alt and a colon is no key of any program: it is Esc and then a command, typed at once.
                Some(Key::Alt(':')) => all.extend([Heard::Key(Key::Esc), Heard::Key(Key::Char(':'))]),
                key => all.extend(key.map(Heard::Key)),
            },
            Event::Paste(text) => all.push(Heard::Paste(text)),
            Event::Mouse(mouse) => all.extend(
                did(mouse.kind).map(|did| Heard::Mouse(Mouse { did, x: mouse.column, y: mouse.row })),
            ),
            Event::Osc(Osc::ChangeDynamicColors(DynamicColorNumber::TextBackgroundColor, colours)) => {
                if let Some(ColorOrQuery::Color(colour)) = colours.first() {
                    let ground = ground(colour.red, colour.green, colour.blue);
                    all.push(Heard::Told(Told::Ground(ground)));
                }
            }
            Event::Csi(Csi::Cursor(Cursor::ActivePositionReport { col, .. })) => match col.get() {
                2 => all.push(Heard::Told(Told::Breadth(Breadth::One))),
                3 => all.push(Heard::Told(Told::Breadth(Breadth::Two))),
                _ => {}
            },
            // Every terminal answers this, and it was asked last: nothing else is coming.
            Event::Csi(Csi::Device(Device::DeviceAttributes(()))) => self.await_nothing(),
            _ => {}
        }
    }
}

/// What of the mouse the program takes.
const fn did(kind: MouseEventKind) -> Option<Did> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Did::Click),
        MouseEventKind::ScrollUp => Some(Did::WheelUp),
        MouseEventKind::ScrollDown => Some(Did::WheelDown),
        _ => None,
    }
}

/// Whether black or white is read better on a colour (its luminance, weighed as in video).
const fn ground(red: u8, green: u8, blue: u8) -> Ground {
    let light = 299 * red as u32 + 587 * green as u32 + 114 * blue as u32;
    if light > 127_500 { Ground::Light } else { Ground::Dark }
}

/// The program's name of a key; `None` for keys it does not know and for releases.
fn named(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = key.modifiers.contains(Modifiers::CONTROL);
    if key.modifiers.contains(Modifiers::ALT) {
        // Never Esc and the key, though over a slow line those look the same: in a form that would
        // leave it and take the next letter for a command.
        return match key.code {
            KeyCode::Char(c) if !ctrl => Some(Key::Alt(c.to_ascii_lowercase())),
            _ => None,
        };
    }
    Some(match key.code {
        KeyCode::Char(c) if ctrl => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Escape => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
