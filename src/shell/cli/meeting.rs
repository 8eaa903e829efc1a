//! `vendeck present` and `vendeck follow`: a meeting on the screen; `vendeck meeting minutes CODE`.

use std::path::PathBuf;

use clap::ArgMatches;

use crate::entity::{Kind, Ref};
use crate::register::meeting::Session;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, demo, records};
use crate::shell::minutes as pages;
use crate::shell::runtime::Show;
use crate::shell::save::{Existing, not_saved, save};
use crate::store::Access;
use crate::texts::{Sentence, Text, text};

/// `vendeck present [CODE]`.
pub(super) fn present(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = named(desk, matches)?;
    demo::show(desk, Show::Meeting(at))
}

/// `vendeck follow [CODE]`.
pub(super) fn follow(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = named(desk, matches)?;
    desk.opening.access = Access::Read;
    demo::show(desk, Show::Following(at))
}

/// The meeting that is named, or the one that is under way.
fn named(desk: &Desk, matches: &ArgMatches) -> Result<Ref, Stop> {
    let store = desk.store_to_read()?;
    match matches.get_one::<String>("code") {
        Some(_) => {
            let at = records::code(Kind::Meeting, matches, "code")?;
            store.record(at).map(|_| at).map_err(Stop::no_hit)
        }
        None => store.running_meeting()?.ok_or_else(|| Stop::Usage(NO_MEETING.into())),
    }
}

/// `vendeck meeting minutes CODE`.
pub(super) fn write_minutes(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(kind, matches, "code")?;
    let session: Session = desk.store_to_read()?.session(at).map_err(Stop::no_hit)?;
    let is_page = matches.get_flag("html");
    let text = if is_page { pages::page(&session, desk.lang) } else { pages::text(&session, desk.lang) };
    match matches.get_one::<PathBuf>("output") {
        Some(path) => {
            let existing = if matches.get_flag("force") { Existing::Replaced } else { Existing::Kept };
            save(path, existing, text.as_bytes()).map_err(|error| Stop::Io(not_saved(path, &error)))?;
            desk.say(&Sentence::from(WRITTEN).with("path", path.display()));
        }
        None => desk.out.raw(text.as_bytes())?,
    }
    Ok(Exit::Done)
}

const NO_MEETING: Text = text(
    "No meeting is under way. Mark vendors or reviews in their list and press p, or name one: vendeck present MT-0001.",
    "没有进行中的会议。请在列表中标记供应商或考核并按 p，或指定会议：vendeck present MT-0001。",
);
const WRITTEN: Text = text("Written: {path}", "已写入：{path}");
