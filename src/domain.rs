//! The rules of outsourcing management, as pure functions of plain values.
//!
//! This wing must never know a terminal, a database, a file, a clock or a language setting:
//! `today` is an argument, money is integer minor units, weights are basis points, scores are
//! hundredths. Sources of the rules are named at each one.

pub mod list;
