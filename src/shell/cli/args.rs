//! What the command line understands: the flags of every command, made from the entity tables.
//!
//! Each field of a kind is a flag of its `add` and `edit`. Only the kinds a command line names are
//! built, so that a look-up starts at once. Nothing here may read a value: fields are read where
//! forms and imports are read too.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint, builder::PossibleValuesParser, value_parser};

use crate::app::look::ThemeName;
use crate::entity::{Kind, Meta};
use crate::shell::locale;
use crate::texts::{Lang, Text, text};

mod kinds;
mod others;

pub(super) use kinds::scopes;

/// The kinds that have commands of their own.
pub(super) const KINDS: &[Kind] = &[
    Kind::Vendor,
    Kind::Contract,
    Kind::Review,
    Kind::Risk,
    Kind::Contact,
    Kind::Service,
    Kind::Action,
    Kind::Interaction,
    Kind::Deliverable,
    Kind::ChangeRequest,
    Kind::Breach,
    Kind::Report,
    Kind::Clause,
    Kind::ServiceLevel,
    Kind::Measurement,
    Kind::Calendar,
    Kind::ExitCase,
    Kind::ExitStep,
    Kind::Acknowledgement,
    Kind::CostLine,
    Kind::Invoice,
    Kind::Payment,
    Kind::Rate,
    Kind::File,
    Kind::Kpi,
    Kind::Template,
    Kind::TemplateRow,
    Kind::ReviewRow,
    Kind::ReviewPlan,
    Kind::Survey,
    Kind::RaterScore,
    Kind::Improvement,
    Kind::Consequence,
    Kind::Meeting,
    Kind::AgendaItem,
    Kind::DeliveryMonth,
];

/// The name under which the flag of a field is known to the parser; apart from all other flags.
pub(super) fn field_id(meta: &Meta) -> String {
    format!("field:{}", meta.key)
}

/// The flag of a field: its key with dashes.
pub(super) fn flag(key: &str) -> String {
    key.replace('_', "-")
}

/// The language that `--lang` asks for, before anything is parsed: help is shown in it.
pub(super) fn language(args: &[OsString]) -> Option<Lang> {
    let word = |at: usize| args.get(at).and_then(|arg| arg.to_str());
    let asked = (1..args.len()).filter_map(|at| match word(at)? {
        "--lang" => word(at + 1),
        other => other.strip_prefix("--lang="),
    });
    asked.filter_map(locale::language).next_back()
}

/// The kinds whose word stands in the command line, or all of them where a document lists them.
pub(super) fn kinds_in(args: &[OsString]) -> Vec<Kind> {
    let named = |word: &str| args.iter().any(|arg| arg == OsStr::new(word));
    if named("completions") || named("man") {
        return KINDS.to_vec();
    }
    let words = |kind: &&Kind| named(kind.table().word) || named(&flag(kind.table().word));
    KINDS.iter().filter(words).copied().collect()
}

/// The command line without any command.
pub(super) fn bare(lang: Lang) -> Command {
    Command::new("vendeck")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .args(globals(lang))
}

/// The whole command line; of the kinds, those in `full` with all their flags.
pub(super) fn command(lang: Lang, full: &[Kind]) -> Command {
    let say = |text: Text| text.in_(lang);
    let mut command =
        bare(lang).about(say(ABOUT)).after_help(say(AFTER)).subcommand_help_heading(say(COMMANDS));
    for kind in KINDS {
        command = command.subcommand(kinds::of_kind(kind.table(), lang, full.contains(kind)));
    }
    headed(command.subcommands(others::all(lang)), lang)
}

/// Puts the headings of help into the language; clap has them in English only.
fn headed(command: Command, lang: Lang) -> Command {
    let command = command.disable_help_flag(true).disable_version_flag(true);
    if lang == Lang::En {
        return command.mut_subcommands(|sub| headed(sub, lang));
    }
    let template = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
    command
        .help_template(template)
        .mut_args(|arg| match (arg.get_help_heading().is_some(), arg.is_positional()) {
            (true, _) => arg,
            (false, true) => arg.help_heading("参数"),
            (false, false) => arg.help_heading("选项"),
        })
        .mut_subcommands(|sub| headed(sub, lang))
}

fn globals(lang: Lang) -> Vec<Arg> {
    let heading = text("Everywhere", "通用选项").in_(lang);
    // Behind the flags of the command itself, whatever order clap would give them.
    let everywhere =
        |(at, arg): (usize, Arg)| arg.global(true).help_heading(heading).display_order(1000 + at);
    let version = text("Print the version", "显示版本").in_(lang);
    let version = Arg::new("version").short('V').long("version").help(version).action(ArgAction::Version);
    let mut args: Vec<Arg> = global_flags(lang).into_iter().enumerate().map(everywhere).collect();
    args.push(version.help_heading(heading).display_order(1100));
    args
}

fn global_flags(lang: Lang) -> Vec<Arg> {
    let say = |text: Text| text.in_(lang);
    let langs = Lang::ALL.map(Lang::word);
    vec![
        or_env("VENDECK_DB", option("db", "FILE", say(text("The register to open", "要打开的登记册"))))
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        option("lang", "LANG", say(text("The language", "语言")))
            .value_parser(PossibleValuesParser::new(langs)),
        or_env(
            "VENDECK_USER",
            option("user", "NAME", say(text("Who is named in the history", "历史中记录的操作人"))),
        ),
        switch("read-only", say(text("Change nothing", "只读"))),
        switch("json", say(text("Print one JSON document", "输出一个 JSON 文档"))),
        switch("json-lines", say(text("Print one JSON document a line", "每行输出一个 JSON 文档"))),
        or_env(
            "VENDECK_TODAY",
            option(
                "today",
                "YYYY-MM-DD",
                say(text("Walk the register through another day", "以另一日期查看登记册")),
            ),
        ),
        option("as-of", "DAY", say(text("The register as it was on a day, read only", "某日的登记册，只读"))),
        option("theme", "NAME", say(text("The colours of the screens", "界面配色")))
            .value_parser(PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::word))),
        switch("plain", say(text("Lines and numbers instead of screens", "以逐行文字和数字代替界面"))),
        switch("ascii", say(text("Draw frames and marks in ASCII alone", "边框与符号仅用 ASCII"))),
        Arg::new("help")
            .short('h')
            .long("help")
            .help(say(text("Print help", "显示帮助")))
            .action(ArgAction::Help),
    ]
}

fn file(name: &'static str, lang: Lang) -> Arg {
    Arg::new("file")
        .value_name(name)
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
        .help(text("The file", "文件").in_(lang))
}

fn option(id: &'static str, value: &'static str, help: &str) -> Arg {
    Arg::new(id).long(id).value_name(value).help(help.to_owned()).action(ArgAction::Set)
}

/// A flag for which a variable of the environment stands in. An empty variable is an unset one.
fn or_env(variable: &'static str, flag: Arg) -> Arg {
    if std::env::var_os(variable).is_some_and(|value| value.is_empty()) {
        return flag;
    }
    flag.env(variable).hide_env_values(true)
}

fn many(id: &'static str, value: &'static str, help: &str) -> Arg {
    option(id, value, help).action(ArgAction::Append).allow_hyphen_values(true)
}

fn switch(id: &'static str, help: &str) -> Arg {
    Arg::new(id).long(id).help(help.to_owned()).action(ArgAction::SetTrue)
}

const ABOUT: Text = text(
    "The desk of people who run outsourced work: vendors, contracts, reviews and risks in the terminal.\n\
     Without a command it opens the register.",
    "外包管理工作台：在终端中管理供应商、合同、考核与风险。\n不带命令时打开登记册。",
);
const AFTER: Text = text(
    "Exit codes: 0 done, 1 findings, 2 usage or refused, 3 conflict, 4 busy, 5 damaged, 6 newer file, 7 input/output.",
    "退出码：0 完成，1 有发现，2 用法错误或被拒，3 冲突，4 繁忙，5 文件损坏，6 文件版本更新，7 读写错误。",
);
const COMMANDS: Text = text("Commands", "命令");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_well_formed_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            command(lang, KINDS).debug_assert();
        }
    }

    #[test]
    fn every_field_people_enter_is_a_flag_of_add_and_edit() {
        let command = command(Lang::En, KINDS);
        for kind in KINDS {
            let of_kind = command.find_subcommand(kind.table().word).unwrap();
            for verb in ["add", "edit"] {
                let verb = of_kind.find_subcommand(verb).unwrap();
                for meta in kind.table().fields.iter().filter(|meta| !meta.hidden) {
                    let found = verb.get_arguments().any(|arg| arg.get_long() == Some(&flag(meta.key)));
                    assert!(found, "{} {}", kind.table().word, meta.key);
                }
            }
        }
    }

    #[test]
    fn every_kind_but_settings_has_a_command() {
        for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Setting) {
            assert!(KINDS.contains(kind), "{kind:?}");
        }
    }

    #[test]
    fn the_language_is_known_before_anything_is_parsed() {
        let of = |args: &[&str]| language(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["vendeck", "vendor", "--lang", "zh"]), Some(Lang::Zh));
        assert_eq!(of(&["vendeck", "--lang=en", "find"]), Some(Lang::En));
        assert_eq!(of(&["vendeck", "--lang"]), None);
    }
}
