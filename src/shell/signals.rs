//! The signal thread: what is typed is kept and the terminal given back, even when nothing else
//! of the program moves any more; and how the program stops until it is continued.
//!
//! A flag that the loop looks at would not do: once the terminal is gone the loop may never
//! come round again. While another program has the terminal, the keys that interrupt are meant
//! for that one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::app::geometry::Size;
use crate::shell::drafts::Keeper;
use crate::shell::runtime::Heard;
use crate::shell::terminal;

/// How long the loop has to write out its queue before the process ends without it.
const GRACE: Duration = Duration::from_millis(600);
/// Whether the next SIGTSTP is the one that [`stop`] sent to the group, and with it to us.
static ECHO: AtomicBool = AtomicBool::new(false);
/// How long after another program has ended a signal may still be the one that ended it.
const AFTERMATH: Duration = Duration::from_millis(250);

/// Who has the terminal.
enum Holder {
    We,
    Another,
    WeAgain { since: Instant },
}

static HOLDER: Mutex<Holder> = Mutex::new(Holder::We);

/// Runs another program, which has the terminal meanwhile: INT and QUIT are its own, and do not
/// end this one.
pub fn while_lent<T>(run: impl FnOnce() -> T) -> T {
    *holder() = Holder::Another;
    let done = run();
    *holder() = Holder::WeAgain { since: Instant::now() };
    done
}

fn is_for_another(signal: i32) -> bool {
    let is_lent = match *holder() {
        Holder::We => false,
        Holder::Another => true,
        Holder::WeAgain { since } => since.elapsed() < AFTERMATH,
    };
    is_lent && matches!(signal, SIGINT | SIGQUIT)
}

fn holder() -> MutexGuard<'static, Holder> {
    HOLDER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts to watch.
///
/// # Errors
/// When the system refuses the handlers or the thread.
pub fn watch(to: SyncSender<Heard>, keeper: Arc<Keeper>) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in &mut signals {
            match signal {
                SIGWINCH => {
                    if let Ok((width, height)) = crossterm::terminal::size() {
                        let _ = to.try_send(Heard::Resized(Size { width, height }));
                    }
                }
                SIGTSTP if ECHO.swap(false, Ordering::SeqCst) => {}
                SIGTSTP if terminal::is_taken() => {
                    let _ = to.try_send(Heard::StopAsked);
                }
                // The terminal is not ours, but the user's editor's: whoever sent it has told the
                // group, and there is nothing to give back.
                SIGTSTP => stop_self(),
                SIGCONT if terminal::is_taken() => {
                    let _ = to.try_send(Heard::Continued);
                }
                SIGCONT => {}
                other if is_for_another(other) => {}
                fatal => end(fatal, &to, &keeper),
            }
        }
    })?;
    Ok(())
}

/// Stops the program and all that run in its group with it, such as a script that waits for it,
/// until the shell continues them. The terminal must have been given back.
pub fn stop() {
    ECHO.store(true, Ordering::SeqCst);
    if kill_current_process_group(Signal::TSTP).is_err() {
        ECHO.store(false, Ordering::SeqCst);
    }
    stop_self();
}

/// What SIGTSTP does to a program that does not handle it. SIGTTIN is not handled and does the same;
/// SIGSTOP would not: it stops even where there is no shell that could continue the program.
fn stop_self() {
    let _ = signal_hook::low_level::raise(SIGTTIN);
}

fn end(signal: i32, to: &SyncSender<Heard>, keeper: &Keeper) {
    keeper.flush();
    terminal::give_back();
    let _ = to.try_send(Heard::Signal(signal));
    std::thread::park_timeout(GRACE);
    leave(signal);
}

/// Ends the process as the signal would have.
#[expect(clippy::disallowed_methods, reason = "the loop had its time; nothing may keep the process now")]
fn leave(signal: i32) {
    std::process::exit(128 + signal);
}
