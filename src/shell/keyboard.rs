//! The keyboard thread: keys, pastes and answers of the terminal, as the program names them.
//!
//! It waits on the terminal itself, so it can be told to leave the keys to another program (the
//! user's editor) and it learns at once that the terminal is gone.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::shell::runtime::Heard;
use input::{Awaits, Input};

mod input;

/// How long a terminal that was asked has for its answers.
const ANSWERS: Duration = Duration::from_secs(5);
/// Bytes that are read at once.
const CHUNK: usize = 4_096;
/// How often room is made for a key that is on its way while the thread is to stand still.
const ROOM: Duration = Duration::from_millis(1);

/// The running thread.
#[derive(Debug)]
pub struct Keyboard {
    wake: OwnedFd,
    pause: Arc<Pause>,
    asked: Arc<Asked>,
}

/// Whether the terminal still owes an answer.
#[derive(Debug, Default)]
struct Asked {
    open: Mutex<bool>,
    answered: Condvar,
}

impl Asked {
    fn lock(&self) -> MutexGuard<'_, bool> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_open(&self) -> bool {
        *self.lock()
    }

    fn close(&self) {
        let was_open = std::mem::take(&mut *self.lock());
        if was_open {
            self.answered.notify_all();
        }
    }
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
    /// Starts to listen to a terminal that was asked what the first frame asks ([`Screen::draw`]).
    ///
    /// [`Screen::draw`]: crate::shell::terminal::Screen::draw
    ///
    /// # Errors
    /// When the system has no more pipes or threads.
    pub fn listen(to: SyncSender<Heard>) -> std::io::Result<Self> {
        let (woken, wake) = rustix::pipe::pipe()?;
        let pause = Arc::new(Pause::default());
        let asked = Arc::new(Asked { open: Mutex::new(true), answered: Condvar::new() });
        let (shared, told) = (Arc::clone(&pause), Arc::clone(&asked));
        let thread = std::thread::Builder::new().name("keyboard".to_owned());
        thread.spawn(move || run(&to, &woken, &shared, &told))?;
        Ok(Self { wake, pause, asked })
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

    /// Waits until the terminal has answered what it was asked, but not longer than this: what it
    /// says once nobody listens any more would stand on the next line of the shell.
    pub fn hear_out(&self, until: Instant) {
        let mut open = self.asked.lock();
        while *open && Instant::now() < until {
            let rest = until.saturating_duration_since(Instant::now());
            open = self.asked.answered.wait_timeout(open, rest).unwrap_or_else(PoisonError::into_inner).0;
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

fn run(to: &SyncSender<Heard>, woken: &OwnedFd, pause: &Pause, asked: &Asked) {
    listen(to, woken, pause, asked);
    asked.close();
    let _ = to.send(Heard::TerminalGone);
    pause.lock().ended = true;
    pause.changed.notify_all();
}

/// Hands on what the terminal sends, until the terminal is gone or nobody hears any more.
fn listen(to: &SyncSender<Heard>, woken: &OwnedFd, pause: &Pause, asked: &Asked) {
    let terminal = std::io::stdin();
    let since = Instant::now();
    let mut input = Input::new(if asked.is_open() { Awaits::Answers } else { Awaits::Keys });
    let mut bytes = [0; CHUNK];
    loop {
        if !input.awaits_answers() || since.elapsed() > ANSWERS {
            input.await_nothing();
            asked.close();
        }
        let mut waiting = [
            PollFd::from_borrowed_fd(terminal.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(woken.as_fd(), PollFlags::IN),
        ];
        let patience = input.patience().and_then(|patience| Timespec::try_from(patience).ok());
        let ready = match poll(&mut waiting, patience.as_ref()) {
            Ok(ready) => ready,
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
        };
        let [keys, wake] = waiting;
        let heard = if ready == 0 {
            input.give_up()
        } else if wake.revents().contains(PollFlags::IN) {
            let mut byte = [0_u8; 8];
            let _ = rustix::io::read(woken, &mut byte);
            rest(pause);
            continue;
        } else if keys.revents().contains(PollFlags::IN) {
            match rustix::io::read(&terminal, &mut bytes) {
                Ok(0) => return,
                Ok(read) => input.take(bytes.get(..read).unwrap_or_default()),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => return,
            }
        } else {
            return;
        };
        for heard in heard {
            if to.send(heard).is_err() {
                return;
            }
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
