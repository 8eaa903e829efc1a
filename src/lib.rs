//! vendeck: the desk of people who run outsourced work.

pub mod app;
pub mod clean;
pub mod demo;
pub mod domain;
pub mod entity;
pub mod intake;
pub mod limits;
pub mod lookup;
pub mod register;
pub mod shell;
pub mod store;
pub mod texts;
