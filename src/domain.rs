//! The rules of outsourcing management, as pure functions of plain values.
//!
//! This wing must never know a terminal, a database, a file, a clock or a language setting:
//! `today` is an argument, money is integer minor units, weights are basis points, scores are
//! hundredths. Sources of the rules are named at each one.

pub mod action;
pub mod blot;
pub mod calendar;
pub mod clause;
pub mod consequence;
pub mod contract;
pub mod cost;
pub mod day;
pub mod decimal;
pub mod deed;
pub mod delivery;
pub mod exit;
pub mod file;
pub mod improvement;
pub mod interaction;
pub mod keeping;
pub mod list;
pub mod meeting;
pub mod money;
pub mod moves;
pub mod period;
pub mod punctuality;
pub mod review;
pub mod risk;
pub mod service;
pub mod service_level;
pub mod vendor;
pub mod zone;
