//! vendeck: the desk of people who run outsourced work.

pub mod domain;
pub mod texts;
