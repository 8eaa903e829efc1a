//! App.
pub mod action;
pub mod geometry;
pub mod input;
pub mod key;
pub mod keymap;
pub mod list;
