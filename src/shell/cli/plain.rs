//! `vendeck --plain`: the desk as lines, for screen readers, braille displays, logs and terminals
//! that cannot be drawn on.
//!
//! Every answer is new lines below the last and every choice a number: nothing is drawn over, and no
//! byte steers the terminal. What is shown and changed goes through the same services as the screens;
//! what has no letter here is typed as on the command line.

use std::ffi::OsString;

use crate::entity::Ref;
use crate::register::Refusal;
use crate::shell::cli::stop::{Exit, Stop, sentences};
use crate::shell::cli::{Desk, args, dispatch};
use crate::texts::{Lang, Sentence, Text, text};

use commands::{Does, named};
use listing::Listing;

mod card;
mod commands;
mod deed;
mod form;
pub(super) mod lines;
mod listing;

/// A sitting at the desk: what the numbers stand for, and the record that is open.
struct Session<'d> {
    desk: &'d mut Desk,
    listing: Listing,
    /// The records that were opened, the last one last.
    trail: Vec<Ref>,
}

/// What comes after a command.
enum Next {
    /// The next one.
    Command,
    /// The end.
    End,
}

/// Sits at the desk until the user leaves or there are no more lines.
pub(super) fn run(desk: &mut Desk) -> Result<Exit, Stop> {
    let mut session = Session { desk, listing: Listing::default(), trail: Vec::new() };
    session.overview()?;
    loop {
        let prompt = text(
            "Command (number opens, f find, h help, q quit): ",
            "命令（数字打开，f 查找，h 帮助，q 退出）：",
        );
        let Some(line) = session.ask(prompt.in_(session.desk.lang))? else { return Ok(Exit::Done) };
        match session.obey(line.trim()) {
            Ok(Next::Command) => {}
            Ok(Next::End) => return Ok(Exit::Done),
            // What follows cannot be trusted, or nobody reads it.
            Err(stop @ (Stop::ClosedPipe | Stop::Refused(Refusal::Damaged(_)))) => return Err(stop),
            Err(stop) => session.refuse(&stop)?,
        }
    }
}

impl Session<'_> {
    fn lang(&self) -> Lang {
        self.desk.lang
    }

    /// One line of an answer.
    fn say(&mut self, line: &str) -> Result<(), Stop> {
        self.desk.out.line(line)
    }

    /// One sentence of an answer.
    fn tell(&mut self, sentence: impl Into<Sentence>) -> Result<(), Stop> {
        let line = sentence.into().in_(self.desk.lang);
        self.say(&line)
    }

    /// Asks for a line; `None` where there are no more.
    fn ask(&mut self, prompt: &str) -> Result<Option<String>, Stop> {
        self.desk.out.part(prompt)?;
        let line = lines::next()?;
        // Where nobody has typed it, the line stands in the log all the same.
        if !lines::are_typed() {
            let said = line.clone().unwrap_or_default();
            self.say(&said)?;
        }
        Ok(line)
    }

    /// Says why something was not done.
    fn refuse(&mut self, stop: &Stop) -> Result<(), Stop> {
        let lang = self.lang();
        let reasons = match stop {
            Stop::Refused(refusal) => sentences(refusal, lang),
            Stop::Usage(sentence) | Stop::Io(sentence) | Stop::NoHit(sentence) => vec![sentence.in_(lang)],
            Stop::ClosedPipe | Stop::Told => Vec::new(),
        };
        for reason in reasons {
            self.say(&reason)?;
        }
        Ok(())
    }

    /// Does what a line says.
    fn obey(&mut self, line: &str) -> Result<Next, Stop> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (word, rest) = (commands::folded(word, &self.desk.board), rest.trim());
        if word.is_empty() {
            return Ok(Next::Command);
        }
        if let Ok(number) = word.parse::<usize>() {
            self.open_number(number)?;
            return Ok(Next::Command);
        }
        match named(&word) {
            Some(Does::Quit) => return Ok(Next::End),
            Some(does) => self.act(does, rest)?,
            None => self.as_command_line(line)?,
        }
        Ok(Next::Command)
    }

    fn act(&mut self, does: Does, rest: &str) -> Result<(), Stop> {
        match does {
            Does::Overview => self.overview(),
            Does::Find => self.find(rest),
            Does::List => self.list(rest),
            Does::Sort => self.sort(rest),
            Does::More => self.more(),
            Does::Show => self.show_again(rest),
            Does::Back => self.back(),
            Does::Add => self.add(rest),
            Does::Edit => self.edit(rest),
            Does::Archive => self.archive(),
            Does::Deed => self.deed(rest),
            Does::Undo => self.command_line(&["undo"]),
            Does::Redo => self.command_line(&["redo"]),
            Does::History => self.history(rest),
            Does::Due => self.due(rest),
            Does::Export => self.export(rest),
            Does::Language => self.language(rest),
            Does::Help => self.help(),
            Does::Quit => Ok(()),
        }
    }

    /// The record that is open, or what to do to have one.
    fn here(&self) -> Result<Ref, Stop> {
        self.trail.last().copied().ok_or_else(|| Stop::Usage(NO_RECORD.into()))
    }

    fn language(&mut self, word: &str) -> Result<(), Stop> {
        match Lang::from_word(word) {
            Some(lang) => {
                self.desk.lang = lang;
                self.overview()
            }
            None => {
                let words = Lang::ALL.map(Lang::word).join(", ");
                self.tell(Sentence::from(NO_LANGUAGE).with("langs", words))
            }
        }
    }

    fn export(&mut self, rest: &str) -> Result<(), Stop> {
        let words = commands::words(rest);
        let [kind, file] = words.as_slice() else { return Err(Stop::Usage(EXPORT_WHAT.into())) };
        self.command_line(&["export", kind, "--output", file])
    }

    /// A line that begins with no word of ours, as the shell would have it.
    fn as_command_line(&mut self, line: &str) -> Result<(), Stop> {
        let words = commands::words(line);
        let words = words.strip_prefix(&["vendeck".to_owned()]).unwrap_or(&words);
        self.command_line(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn command_line(&mut self, words: &[&str]) -> Result<(), Stop> {
        let line: Vec<OsString> = std::iter::once(&"vendeck").chain(words).map(OsString::from).collect();
        let parsed = args::command(self.lang(), &args::kinds_in(&line)).try_get_matches_from(&line);
        let Some(matches) = parsed.ok().filter(opens_no_screen) else {
            let word = words.first().copied().unwrap_or_default();
            return self.tell(Sentence::from(NOT_UNDERSTOOD).with("word", word));
        };
        // What it found is told already; there is no exit code to hand on.
        dispatch(self.desk, &matches).map(|_| ())
    }
}

/// Whether a command line is one of an answer in lines.
fn opens_no_screen(matches: &clap::ArgMatches) -> bool {
    match matches.subcommand() {
        None => false,
        Some(("demo", of)) => of.contains_id("keep"),
        Some(_) => true,
    }
}

const NO_RECORD: Text = text(
    "No record is open: a number opens one of those listed last.",
    "没有打开的记录：输入数字可打开上次列出的记录。",
);
const NO_LANGUAGE: Text = text("Languages are {langs}: lang zh.", "可用语言：{langs}，如 lang en。");
const EXPORT_WHAT: Text = text(
    "Type x, what to export and a file: x vendors list.csv.",
    "请输入 x、内容和文件：x vendors list.csv。",
);
const NOT_UNDERSTOOD: Text = text(
    "“{word}” is not understood as it stands here; h lists what is.",
    "无法理解“{word}”的用法；输入 h 查看可用命令。",
);
