//! The imperative part: the only wing that touches the terminal, the environment, the clock and
//! files other than the register.

pub mod clock;
pub mod drafts;
pub mod editor;
pub mod keyboard;
pub mod paths;
pub mod runtime;
pub mod signals;
pub mod terminal;
