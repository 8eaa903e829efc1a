//! The imperative part: the only wing that touches the terminal, the environment, the clock and
//! files other than the register.

pub mod cli;
pub mod clock;
pub mod config;
pub mod drafts;
pub mod editor;
pub mod encode;
pub mod fault;
pub mod keyboard;
pub mod keys;
pub mod locale;
pub mod past;
pub mod paths;
pub mod private;
pub mod runtime;
pub mod signals;
pub mod terminal;

/// Runs the program with the arguments of the process; the exit code is that of the command line.
#[must_use]
pub fn run() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
