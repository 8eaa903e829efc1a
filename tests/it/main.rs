//! Tests of the whole program: one binary for all of them, so that the database is linked once.

mod cli;
mod cli_import;
mod cli_many;
mod support;
