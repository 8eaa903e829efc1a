//! How a command ends: its exit code, and the sentences of one that did not do what was asked.

use std::io;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::clean::clean_lines;
use crate::register::Refusal;
use crate::shell::cli::stderr_line;
use crate::shell::import::Halted;
use crate::texts::{Lang, Sentence, Text, text};

/// How a command that did what was asked ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done,
    /// Done, and there is something to look at (or nothing was found).
    Findings,
    /// Done, and what was found is a damaged file.
    Damaged,
    /// A signal ended the screens.
    Signal(i32),
}

impl Exit {
    /// [`Exit::Findings`] when `some`.
    pub(super) const fn findings(some: bool) -> Self {
        if some { Self::Findings } else { Self::Done }
    }

    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Damaged => 5,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(255),
        })
    }
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(super) enum Stop {
    /// The register refused.
    Refused(Refusal),
    /// The command line says something that cannot be meant.
    Usage(Sentence),
    /// A file or stdout cannot be read or written.
    Io(Sentence),
    /// No record is meant by what was named.
    NoHit(Sentence),
    /// The reader of stdout has gone: the wish was fulfilled.
    ClosedPipe,
    /// All has been said.
    Told,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Halted> for Stop {
    fn from(halted: Halted) -> Self {
        match halted {
            Halted::Io(sentence) => Self::Io(sentence),
            Halted::Refused(refusal) => Self::Refused(refusal),
            // A file that cannot be read as asked is a usage that must change.
            Halted::File(_) | Halted::NoColumn { .. } | Halted::Usage(_) => Self::Usage(halted.sentence()),
        }
    }
}

impl Stop {
    /// Why a record that was named is not told: there is none, or the register refused.
    pub(super) fn no_hit(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Missing(sentence) => Self::NoHit(sentence),
            other => Self::Refused(other),
        }
    }

    /// What writing to stdout says.
    pub(super) fn of_stdout(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Io(Sentence::from(NO_STDOUT).with("what", error))
        }
    }

    /// The exit code.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::ClosedPipe => 0,
            Self::NoHit(_) => 1,
            Self::Usage(_) | Self::Told => 2,
            Self::Io(_) => 7,
            Self::Refused(refusal) => match refusal {
                Refusal::Invalid(_)
                | Refusal::Rule(_)
                | Refusal::ReadOnly
                | Refusal::Missing(_)
                | Refusal::Misfits(_) => 2,
                Refusal::Conflict(_) => 3,
                Refusal::Busy | Refusal::Interrupted => 4,
                Refusal::Damaged(_) => 5,
                Refusal::Newer { .. } => 6,
                Refusal::Io(_) => 7,
            },
        })
    }

    /// Says on stderr what happened and what to do.
    pub(super) fn tell(&self, lang: Lang) {
        match self {
            Self::ClosedPipe | Self::Told => {}
            Self::Usage(sentence) | Self::Io(sentence) | Self::NoHit(sentence) => say(&sentence.in_(lang)),
            Self::Refused(refusal) => {
                for sentence in sentences(refusal, lang) {
                    say(&sentence);
                }
            }
        }
    }
}

/// The sentences of a refusal, each with the flag of the field it is about.
pub(super) fn sentences(refusal: &Refusal, lang: Lang) -> Vec<String> {
    match refusal {
        Refusal::Invalid(problems) => problems
            .iter()
            .map(|problem| match problem.field {
                "" => problem.sentence.in_(lang),
                key => format!("--{}: {}", key.replace('_', "-"), problem.sentence.in_(lang)),
            })
            .collect(),
        other => other.sentences().iter().map(|sentence| sentence.in_(lang)).collect(),
    }
}

/// One message on stderr, made fit to be shown.
pub(super) fn say(message: &str) {
    stderr_line(&format!("vendeck: {}", clean_lines(message)));
}

/// Help is data; a command line that is not understood is told in words of our own.
pub(super) fn not_understood(error: &clap::Error, lang: Lang) -> Result<Exit, Stop> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return match error.print() {
            Ok(()) => Ok(Exit::Done),
            Err(error) => Err(Stop::of_stdout(&error)),
        };
    }
    let message = match lang {
        Lang::En => None,
        Lang::Zh => chinese(error),
    };
    let message = message.unwrap_or_else(|| error.render().to_string());
    stderr_line(&clean_lines(message.trim_end()));
    Err(Stop::Told)
}

/// The usual mistakes in Chinese; clap speaks English only.
fn chinese(error: &clap::Error) -> Option<String> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => Some(words.join("、")),
        _ => None,
    };
    let arg = || context(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有参数“{}”。", arg()?),
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”。", context(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数：{}。", arg()?),
        ErrorKind::MissingSubcommand => "请写明要做什么，例如 list、show、add。".to_owned(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return Some(error.render().to_string()),
        ErrorKind::InvalidValue => match context(ContextKind::InvalidValue) {
            Some(value) if !value.is_empty() => format!("“{value}”不适用于 {}。", arg()?),
            _ => format!("{} 需要一个值。", arg()?),
        },
        ErrorKind::ValueValidation => {
            format!("“{}”不适用于 {}。", context(ContextKind::InvalidValue)?, arg()?)
        }
        ErrorKind::ArgumentConflict => format!("{} 不能与其他参数同用或重复。", arg()?),
        _ => return None,
    };
    let valid = context(ContextKind::ValidValue).filter(|words| !words.is_empty());
    let valid = valid.map(|words| format!("可用：{words}。")).unwrap_or_default();
    Some(format!("vendeck: {said}{valid}详见 vendeck --help。"))
}

const NO_STDOUT: Text = text("The answer could not be written ({what}).", "结果无法写出（{what}）。");
