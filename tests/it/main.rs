//! Tests of the whole program: one binary for all of them, so that the database is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test ends where it fails, and says on stderr why it was skipped"
)]

mod cli;
mod cli_contracts;
mod cli_deeds;
mod cli_erase;
mod cli_export;
mod cli_import;
mod cli_many;
mod cli_money;
mod cli_program;
mod cli_reviews;
mod cli_safety;
mod cli_scores;
mod cli_under;
mod cli_workbook;
mod crash;
mod plain;
mod pty;
mod pty_aim;
mod pty_asked;
mod pty_deeds;
mod pty_ends;
mod pty_erase;
mod pty_first;
mod pty_form;
mod pty_import;
mod pty_keys;
mod pty_leaving;
mod pty_lists;
mod pty_meeting;
mod pty_moments;
mod pty_money;
mod pty_past;
mod pty_settings;
mod pty_sizes;
mod pty_suspend;
mod pty_two;
mod pty_work;
mod readme;
mod screens;
mod support;
mod terminals;
mod tidy;
mod two_writers;
