//! stub
use crate::shell::cli::Desk;
use crate::shell::cli::stop::{Exit, Stop};
use clap::ArgMatches;
pub(super) fn run(_desk: &mut Desk, _matches: &ArgMatches) -> Result<Exit, Stop> {
    Ok(Exit::Done)
}
