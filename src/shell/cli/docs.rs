//! Completions and the manual page, made from the command line itself.

use clap::ArgMatches;
use clap_complete::Shell;

use crate::shell::cli::Desk;
use crate::shell::cli::args;
use crate::shell::cli::stop::{Exit, Stop};

/// `vendeck completions SHELL`.
pub(super) fn completions(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let shell = matches.get_one::<Shell>("shell").copied().unwrap_or(Shell::Bash);
    let mut command = args::command(desk.lang, args::KINDS);
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command, "vendeck", &mut bytes);
    desk.out.raw(&bytes)?;
    Ok(Exit::Done)
}

/// `vendeck man`: the page of the program, then of each command in turn.
pub(super) fn man(desk: &mut Desk) -> Result<Exit, Stop> {
    let mut command = args::command(desk.lang, args::KINDS).disable_help_subcommand(true);
    command.build();
    let mut bytes = Vec::new();
    page(&command, &mut bytes).map_err(|error| Stop::of_stdout(&error))?;
    desk.out.raw(&bytes)?;
    Ok(Exit::Done)
}

fn page(command: &clap::Command, to: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).title("VENDECK").render(to)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        of_command(sub, &format!("vendeck {}", sub.get_name()), to)?;
    }
    Ok(())
}

/// The section of one command, and those of the commands below it.
fn of_command(command: &clap::Command, name: &str, to: &mut Vec<u8>) -> std::io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    to.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
    if let Some(about) = command.get_about() {
        to.extend_from_slice(format!("{}\n.PP\n", about.to_string().replace('\\', "\\\\")).as_bytes());
    }
    let subs: Vec<_> = command.get_subcommands().collect();
    if subs.is_empty() {
        man.render_synopsis_section(to)?;
        man.render_options_section(to)?;
    }
    for sub in subs {
        of_command(sub, &format!("{name} {}", sub.get_name()), to)?;
    }
    Ok(())
}
