//! The keyboard thread: keys, pastes and sizes of the terminal, as the program names them.
//!
//! It waits on the terminal itself, so it can be told to leave the keys to another program (the
//! user's editor) and it learns at once that the terminal is gone.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use rustix::event::{PollFd, PollFlags, poll};

use crate::app::geometry::Size;
use crate::app::key::Key;
use crate::shell::runtime::Heard;

/// How long the rest of a key may take. With no time at all crossterm would not look at the
/// terminal; the thread waits on the terminal itself between keys. It waits by whole milliseconds
/// and turns in a circle through what is left of the last one: so hardly anything is.
const REST: Duration = Duration::from_micros(5_050);
/// How long the terminal is to say nothing before it is waited on without end: crossterm may hold
/// keys that it has read, and does not look at them where this thread was kept from running.
const SILENCE: Duration = Duration::from_millis(20);
/// How often room is made for a key that is on its way while the thread is to stand still.
const ROOM: Duration = Duration::from_millis(1);

/// The running thread.
#[derive(Debug)]
pub struct Keyboard {
    wake: OwnedFd,
    pause: Arc<Pause>,
}

#[derive(Debug, Default)]
struct Pause {
    state: Mutex<PauseState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct PauseState {
    wanted: bool,
    reached: bool,
    /// The thread has ended; it reads no more keys, paused or not.
    ended: bool,
}

impl Pause {
    fn lock(&self) -> MutexGuard<'_, PauseState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keyboard {
    /// Starts to listen.
    ///
    /// # Errors
    /// When the system has no more pipes or threads.
    pub fn listen(to: SyncSender<Heard>) -> std::io::Result<Self> {
        let (woken, wake) = rustix::pipe::pipe()?;
        let pause = Arc::new(Pause::default());
        let shared = Arc::clone(&pause);
        std::thread::Builder::new().name("keyboard".to_owned()).spawn(move || run(&to, &woken, &shared))?;
        Ok(Self { wake, pause })
    }

    /// Leaves the keys to another program until [`Keyboard::resume`]. The thread may be waiting
    /// for room in the channel it sends to; `make_room` takes out of it what is there.
    pub fn pause(&self, mut make_room: impl FnMut()) {
        let mut state = self.pause.lock();
        state.wanted = true;
        let _ = rustix::io::write(&self.wake, b"p");
        while !state.reached && !state.ended {
            make_room();
            state = self.pause.changed.wait_timeout(state, ROOM).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Listens again.
    pub fn resume(&self) {
        let mut state = self.pause.lock();
        state.wanted = false;
        state.reached = false;
        drop(state);
        self.pause.changed.notify_all();
    }
}

fn run(to: &SyncSender<Heard>, woken: &OwnedFd, pause: &Pause) {
    listen(to, woken, pause);
    let _ = to.send(Heard::TerminalGone);
    pause.lock().ended = true;
    pause.changed.notify_all();
}

/// Hands on what the terminal sends, until the terminal is gone or nobody hears any more.
fn listen(to: &SyncSender<Heard>, woken: &OwnedFd, pause: &Pause) {
    let input = std::io::stdin();
    let mut is_silent = false;
    loop {
        // What was read before a pause comes first: the terminal does not say again that it is there.
        while let Ok(true) = event::poll(REST) {
            is_silent = false;
            let Ok(event) = event::read() else { return };
            for heard in heard(event) {
                if to.send(heard).is_err() {
                    return;
                }
            }
            if pause.lock().wanted {
                break;
            }
        }
        let mut waiting = [
            PollFd::from_borrowed_fd(input.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(woken.as_fd(), PollFlags::IN),
        ];
        let silence = rustix::event::Timespec::try_from(SILENCE).ok().filter(|_| !is_silent);
        match poll(&mut waiting, silence.as_ref()) {
            Ok(0) => is_silent = true,
            Ok(_) => is_silent = false,
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
        }
        let [terminal, wake] = waiting;
        if wake.revents().contains(PollFlags::IN) {
            let mut byte = [0_u8; 8];
            let _ = rustix::io::read(woken, &mut byte);
            rest(pause);
        } else if terminal.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return;
        }
    }
}

/// Stands still while another program has the keys.
fn rest(pause: &Pause) {
    let mut state = pause.lock();
    if !state.wanted {
        return;
    }
    state.reached = true;
    pause.changed.notify_all();
    while state.wanted {
        state = pause.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

fn heard(event: Event) -> Vec<Heard> {
    match event {
        Event::Key(key) => match named(key) {
            // Alt and a colon is no key of any program: it is Esc and then a command, typed at once.
            Some(Key::Alt(':')) => vec![Heard::Key(Key::Esc), Heard::Key(Key::Char(':'))],
            key => key.map(Heard::Key).into_iter().collect(),
        },
        Event::Paste(text) => vec![Heard::Paste(text)],
        Event::Resize(width, height) => vec![Heard::Resized(Size { width, height })],
        _ => Vec::new(),
    }
}

/// The program's name of a key; `None` for keys it does not know and for releases.
fn named(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    if key.modifiers.contains(KeyModifiers::ALT) {
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
        KeyCode::Esc => Key::Esc,
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
mod tests {
    use super::*;

    #[test]
    fn esc_and_a_command_typed_at_once_are_both_heard() {
        let colon = Event::Key(KeyEvent::new(KeyCode::Char(':'), KeyModifiers::ALT));
        let keys = heard(colon).into_iter().map(|heard| match heard {
            Heard::Key(key) => key,
            other => panic!("{other:?}"),
        });
        assert_eq!(keys.collect::<Vec<_>>(), [Key::Esc, Key::Char(':')]);
    }

    #[test]
    fn keys_are_named_and_releases_passed_over() {
        let press = |code, modifiers| named(KeyEvent::new(code, modifiers));
        assert_eq!(press(KeyCode::Char('P'), KeyModifiers::CONTROL), Some(Key::Ctrl('p')));
        assert_eq!(press(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Key::Char('G')));
        assert_eq!(press(KeyCode::F(1), KeyModifiers::NONE), None);
        assert_eq!(press(KeyCode::Char('D'), KeyModifiers::ALT), Some(Key::Alt('d')));
        assert_eq!(press(KeyCode::Enter, KeyModifiers::ALT), None);
        let release = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(named(release), None);
    }
}
