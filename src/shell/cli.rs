//! The command line: the screens' twin for scripts, on the same register and the same rules.
//!
//! stdout is data, stderr is talk; exit codes, flags and words are held by tests and by scripts of
//! others, so none may change. Nothing here may know SQL or decide a rule of a record.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{Datelike, NaiveDate};
use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::app::board::Board;
use crate::app::look::{Glyphs, Look, ThemeName};
use crate::app::settings::Personal;
use crate::domain::day::{is_year, parse_date};
use crate::domain::money::MoneyRules;
use crate::entity::input::Reading;
use crate::limits::{FIRST_YEAR, LAST_YEAR};
use crate::register::Refusal;
use crate::shell::config::{self, Config};
use crate::shell::past::Past;
use crate::shell::{clock, locale, paths};
use crate::store::{Access, Opening, Store, settings};
use crate::texts::{Lang, Sentence, Text, text};

mod args;
mod card;
mod deeds;
mod demo;
mod docs;
mod due;
mod erase;
mod explain;
mod export;
mod import;
mod look;
mod meeting;
mod money;
mod output;
mod overview;
mod personal;
mod plain;
mod propose;
mod rankings;
mod records;
mod reviews;
mod safety;
mod settings_commands;
mod stop;
mod templates;
mod timeline;
mod under;

use output::{Form, Out};
use stop::{Exit, Stop};

/// Runs the command that `args` names; the first of them is the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let config = paths::config().map_or_else(|| Ok(Config::default()), |path| config::read(&path));
    let chosen = config.as_ref().ok().and_then(|config| config.lang);
    let locale = locale::of_environment();
    let lang = locale::choose(args::language(&args), chosen, &locale);
    match start(&args, config, lang, &locale) {
        Ok(exit) => exit.code(),
        Err(stop) => {
            stop.tell(lang);
            stop.code()
        }
    }
}

/// What every command works with.
struct Desk {
    out: Out,
    lang: Lang,
    opening: Opening,
    look: Look,
    board: Board,
    /// How the desk is shown where no command is given.
    shown: Shown,
    as_of: Option<NaiveDate>,
    /// The settings of this machine, with where each comes from.
    personal: Vec<Personal>,
    /// Whether the register was named, and not taken from where it usually lies.
    is_named: bool,
}

/// How the desk is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// On screens.
    Screens,
    /// As lines, one below the other.
    Lines,
}

impl Desk {
    /// Opens the register, and sweeps first what an erasing left.
    fn store(&self) -> Result<Store, Refusal> {
        let mut store = Store::open(&self.opening)?;
        store.sweep_left()?;
        Ok(store)
    }

    /// Opens the register to look something up. One that is made on the way is named: who reads
    /// expects one to be there, and its path may be a slip.
    fn store_to_read(&self) -> Result<Store, Refusal> {
        let is_new = !self.opening.path.exists();
        let store = self.store()?;
        if is_new {
            self.say(&Sentence::from(MADE).with("path", self.opening.path.display()));
        }
        Ok(store)
    }

    /// How what is typed is read.
    fn reading(&self, store: &Store) -> Result<Reading, Refusal> {
        Ok(Reading { today: self.opening.today, money: MoneyRules::of_base(store.base_currency()?) })
    }

    /// A sentence beside the data.
    fn say(&self, sentence: &Sentence) {
        stop::say(&sentence.in_(self.lang));
    }
}

const MADE: Text =
    text("There was no register at {path}; an empty one is made.", "{path} 处没有登记册，已新建空登记册。");

fn start(
    args: &[OsString],
    config: Result<Config, Sentence>,
    lang: Lang,
    locale: &str,
) -> Result<Exit, Stop> {
    // The screens start without a command: the flags of all the others need not be known first.
    let screens = args::bare(lang).try_get_matches_from(args);
    let parsed = screens.or_else(|_| args::command(lang, &args::kinds_in(args)).try_get_matches_from(args));
    let matches = match parsed {
        Ok(matches) => matches,
        Err(error) => return stop::not_understood(&error, lang),
    };
    let config = config.map_err(Stop::Usage)?;
    let mut desk = desk(&matches, config, lang, locale)?;
    // Its file goes when all is done.
    let past = past(&desk, &matches)?;
    if let Some(past) = &past {
        desk.opening = past.opening.clone();
    }
    let exit = dispatch(&mut desk, &matches)?;
    desk.out.flush()?;
    Ok(exit)
}

fn dispatch(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let Some((name, of)) = matches.subcommand() else { return demo::open(desk) };
    match name {
        "demo" => demo::run(desk, of),
        "find" => look::find(desk, of),
        "show" => look::show(desk, of),
        "overview" => overview::run(desk, of),
        "due" => due::run(desk, of),
        "present" => meeting::present(desk, of),
        "follow" => meeting::follow(desk, of),
        "history" => look::history(desk, of),
        "undo" => safety::undo(desk, of),
        "redo" => safety::redo(desk),
        "erase" => erase::run(desk, of),
        "backup" => safety::backup(desk, of),
        "restore" => safety::restore(desk, of),
        "check" => safety::check(desk),
        "set" => settings_commands::set(desk, of),
        "get" => settings_commands::get(desk, of),
        "info" => settings_commands::info(desk),
        "import" => import::run(desk, of),
        "export" => export::run(desk, of),
        "completions" => docs::completions(desk, of),
        "man" => docs::man(desk),
        word => records::run(desk, word, of),
    }
}

fn desk(matches: &ArgMatches, config: Config, lang: Lang, locale: &str) -> Result<Desk, Stop> {
    let form = match (matches.get_flag("json-lines"), matches.get_flag("json")) {
        (true, _) => Form::JsonLines,
        (false, true) => Form::Json,
        (false, false) => Form::Words,
    };
    let named = matches.get_one::<PathBuf>("db").cloned().or_else(|| config.db.clone());
    let is_named = named.is_some();
    let path = match named {
        Some(path) => path,
        None => paths::register().ok_or_else(|| Stop::Usage(NO_HOME.into()))?,
    };
    let access = if matches.get_flag("read-only") { Access::Read } else { Access::Write };
    let opening = Opening {
        path,
        access,
        actor: actor(matches, config.user.clone()),
        today: today(matches)?,
        clock: clock::instant,
        currency: locale::currency(locale).unwrap_or(settings::DEFAULT_CURRENCY),
    };
    let named = matches.get_one::<String>("theme").and_then(|word| ThemeName::from_word(word));
    // A terminal that cannot be drawn on is no reason to refuse.
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    let shown = if matches.get_flag("plain") || is_dumb { Shown::Lines } else { Shown::Screens };
    let glyphs = if matches.get_flag("ascii") { Some(Glyphs::Ascii) } else { config.glyphs };
    let look = Look { theme: named.or(config.theme), glyphs, mouse: config.mouse, ..Look::default() };
    let as_of = day(opening.today, matches, "as-of")?;
    let personal = personal::of(matches, &config, lang, &opening);
    let out = Out::new(form);
    Ok(Desk { out, lang, opening, look, board: config.board, shown, as_of, personal, is_named })
}

/// The register of the day that `--as-of` names. The screens make theirs when they are open.
fn past(desk: &Desk, matches: &ArgMatches) -> Result<Option<Past>, Stop> {
    let Some(day) = desk.as_of.filter(|_| matches.subcommand().is_some()) else { return Ok(None) };
    Ok(Some(Past::make(&desk.opening, day, &clock::zone().ends(day))?))
}

/// The day that a flag of a command or of all names; none of the future.
fn day(desk_today: NaiveDate, matches: &ArgMatches, flag: &str) -> Result<Option<NaiveDate>, Stop> {
    let Some(word) = matches.get_one::<String>(flag) else { return Ok(None) };
    match parse_date(word, desk_today) {
        Ok(day) if day <= desk_today => Ok(Some(day)),
        _ => Err(Stop::Usage(Sentence::from(NO_PAST_DAY).with("flag", flag).with("word", word))),
    }
}

/// Who is named in the history: the flag, `$VENDECK_USER`, the configuration, the login name.
fn actor(matches: &ArgMatches, configured: Option<String>) -> String {
    let login = || ["USER", "LOGNAME"].into_iter().filter_map(|key| std::env::var(key).ok());
    let named = matches.get_one::<String>("user").cloned().into_iter().chain(configured).chain(login());
    let mut given = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    given.next().unwrap_or_else(nobody)
}

/// The name of somebody whom nothing names, as in a container.
fn nobody() -> String {
    format!("uid-{}", rustix::process::getuid().as_raw())
}

fn today(matches: &ArgMatches) -> Result<NaiveDate, Stop> {
    let Some(word) = matches.get_one::<String>("today").filter(|word| !word.is_empty()) else {
        return Ok(clock::today());
    };
    let place = match matches.value_source("today") {
        Some(ValueSource::EnvVariable) => "VENDECK_TODAY",
        _ => "--today",
    };
    let date = NaiveDate::parse_from_str(word, "%Y-%m-%d").ok().filter(|date| is_year(date.year()));
    date.ok_or_else(|| {
        let sentence = Sentence::from(NO_DAY).with("place", place).with("word", word);
        Stop::Usage(sentence.with("first", FIRST_YEAR).with("last", LAST_YEAR))
    })
}

/// Writes to stderr whatever the state of stdout.
pub(in crate::shell) fn stderr_line(line: &str) {
    // Nobody can be told that nobody can be told.
    let _ = writeln!(std::io::stderr(), "{line}");
}

const NO_PAST_DAY: Text = text(
    "--{flag}: “{word}” is no day up to today; write it as 2026-03-31, yesterday or -30d.",
    "--{flag}：“{word}”不是今天或之前的日期；可写作 2026-03-31、yesterday 或 -30d。",
);
const NO_HOME: Text = text(
    "There is no home folder to keep a register in. Name one with --db FILE.",
    "找不到主目录。请用 --db FILE 指定登记册。",
);
const NO_DAY: Text = text(
    "{place}: “{word}” is not a day of the years {first} to {last}; write it as 2026-07-31.",
    "{place}：“{word}”不是 {first} 至 {last} 年间的日期；请写作 2026-07-31。",
);
