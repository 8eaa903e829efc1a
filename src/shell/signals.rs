//! The signal thread: what is typed is kept and the terminal given back, even when nothing else
//! of the program moves any more.
//!
//! A flag that the loop looks at would not do: once the terminal is gone the loop may never
//! come round again.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::app::geometry::Size;
use crate::shell::drafts::Keeper;
use crate::shell::runtime::Heard;
use crate::shell::terminal;

/// How long the loop has to write out its queue before the process ends without it.
const GRACE: Duration = Duration::from_millis(600);

/// Starts to watch.
///
/// # Errors
/// When the system refuses the handlers or the thread.
pub fn watch(to: SyncSender<Heard>, keeper: Arc<Keeper>) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGCONT])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in &mut signals {
            match signal {
                SIGWINCH => {
                    if let Ok((width, height)) = crossterm::terminal::size() {
                        let _ = to.try_send(Heard::Resized(Size { width, height }));
                    }
                }
                SIGCONT => {
                    let _ = to.try_send(Heard::Continued);
                }
                fatal => end(fatal, &to, &keeper),
            }
        }
    })?;
    Ok(())
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
