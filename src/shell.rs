//! The imperative part: the only wing that touches the terminal, the environment, the clock and
//! files other than the register.

pub mod cli;
mod clipboard;
pub mod clock;
pub mod config;
mod deadlines;
pub mod drafts;
pub mod editor;
pub mod encode;
mod export;
pub mod fault;
mod files;
mod import;
pub mod keyboard;
pub mod keys;
pub mod lent;
pub mod locale;
mod minutes;
pub mod past;
pub mod paths;
pub mod private;
mod records;
mod reference;
pub mod runtime;
mod save;
pub mod signals;
pub mod terminal;
pub mod views;

/// Runs the program with the arguments of the process; the exit code is that of the command line.
#[must_use]
pub fn run() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
