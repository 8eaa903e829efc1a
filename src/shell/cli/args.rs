//! What the command line understands: the flags of every command, made from the entity tables.
//!
//! Each field of a kind is a flag of its `add` and `edit`. Only the kinds a command line names are
//! built, so that a look-up starts at once. Nothing here may read a value: fields are read where
//! forms and imports are read too.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint, builder::PossibleValuesParser, value_parser};

use crate::domain::list::Choice;
use crate::entity::{Kind, Meta, Shape, Table};
use crate::intake::cells::DecimalMark;
use crate::intake::dates::DateOrder;
use crate::intake::decode::Encoding;
use crate::shell::locale;
use crate::store::settings;
use crate::texts::{Lang, Text, text};

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
    Kind::Kpi,
    Kind::Template,
    Kind::TemplateRow,
    Kind::ReviewRow,
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

/// The whole command line; of the kinds, those in `full` with all their flags.
pub(super) fn command(lang: Lang, full: &[Kind]) -> Command {
    let say = |text: Text| text.in_(lang);
    let mut command = Command::new("vendeck")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(ABOUT))
        .after_help(say(AFTER))
        .subcommand_help_heading(say(COMMANDS))
        .disable_help_subcommand(true)
        .args(globals(lang));
    for kind in KINDS {
        command = command.subcommand(of_kind(kind.table(), lang, full.contains(kind)));
    }
    for other in [
        lookups(lang),
        vec![import(lang), export(lang)],
        safety(lang),
        settings_commands(lang),
        documents(lang),
    ] {
        command = command.subcommands(other);
    }
    headed(command, lang)
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
    let langs: Vec<&str> = locale::LANGS.iter().map(|(word, _)| *word).collect();
    vec![
        option("db", "FILE", say(text("The register to open", "要打开的登记册")))
            .env("VENDECK_DB")
            .hide_env_values(true)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        option("lang", "LANG", say(text("The language", "语言")))
            .value_parser(PossibleValuesParser::new(langs)),
        option("user", "NAME", say(text("Who is named in the history", "历史中记录的操作人")))
            .env("VENDECK_USER")
            .hide_env_values(true),
        switch("read-only", say(text("Change nothing", "只读"))),
        switch("json", say(text("Print one JSON document", "输出一个 JSON 文档"))),
        switch("json-lines", say(text("Print one JSON document a line", "每行输出一个 JSON 文档"))),
        option(
            "today",
            "YYYY-MM-DD",
            say(text("Walk the register through another day", "以另一日期查看登记册")),
        )
        .env("VENDECK_TODAY")
        .hide_env_values(true),
        option("theme", "NAME", say(text("The colours of the screens", "界面配色"))),
        Arg::new("help")
            .short('h')
            .long("help")
            .help(say(text("Print help", "显示帮助")))
            .action(ArgAction::Help),
    ]
}

fn of_kind(table: &'static Table, lang: Lang, full: bool) -> Command {
    let say = |text: Text| text.fill(lang, &[("kinds", table.many.in_(lang)), ("kind", table.one.in_(lang))]);
    let command = Command::new(table.word)
        .about(say(KIND_ABOUT))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading(COMMANDS.in_(lang))
        .disable_help_subcommand(true);
    let command = if table.word.contains('_') { command.alias(flag(table.word)) } else { command };
    if !full {
        return command;
    }
    let code = || Arg::new("code").value_name("CODE").required(true).help(say(text("Its code", "编号")));
    let reason = || {
        option("reason", "TEXT", &say(text("Why, kept in the history", "理由，记入历史")))
            .allow_hyphen_values(true)
    };
    let fields = || table.fields.iter().filter(|meta| !meta.hidden).map(|meta| field(meta, lang));
    command.subcommands([
        list(table, lang).about(say(text("List {kinds}", "列出{kinds}"))),
        Command::new("show")
            .about(say(text("Show one {kind} with what is around it", "查看一条{kind}及相关记录")))
            .arg(code()),
        Command::new("add")
            .about(say(text("Add a {kind}", "新增{kind}")))
            .args(fields())
            .args(table.moves.is_some().then(reason)),
        Command::new("edit")
            .about(say(text(
                "Change fields of a {kind}; --FIELD '' clears one",
                "修改{kind}的字段；--字段 '' 表示清空",
            )))
            .arg(code())
            .args(fields())
            .arg(reason())
            .arg(
                option(
                    "if-version",
                    "N",
                    &say(text("Refuse if it has moved on from this version", "版本不符时拒绝")),
                )
                .value_parser(value_parser!(i64)),
            ),
        Command::new("archive").about(say(text("Put a {kind} away", "归档{kind}"))).arg(code()),
        Command::new("unarchive").about(say(text("Bring a {kind} back", "恢复{kind}"))).arg(code()),
    ])
}

/// The flag of one field.
fn field(meta: &Meta, lang: Lang) -> Arg {
    let mut help = meta.label.in_(lang).to_owned();
    if let Some(hint) = meta.hint {
        help.push_str(match lang {
            Lang::En => ": ",
            Lang::Zh => "：",
        });
        help.push_str(hint.in_(lang));
    }
    let words = |list: &[Choice]| list.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ");
    if let Shape::Choice(list) | Shape::Choices(list) = meta.shape {
        help.extend([" [", &words(list), "]"]);
    }
    if meta.required {
        help.push_str(text(" (needed)", "（必填）").in_(lang));
    }
    Arg::new(field_id(meta))
        .long(flag(meta.key))
        .value_name(value_name(meta.shape))
        .help(help)
        .allow_hyphen_values(true)
        .action(ArgAction::Set)
}

const fn value_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Line | Shape::Long => "TEXT",
        Shape::List | Shape::Choices(_) => "A,B",
        Shape::Bool => "yes|no",
        Shape::Int(..) | Shape::Decimal => "N",
        Shape::Points => "0..100",
        Shape::Weight => "PERCENT",
        Shape::Date => "DATE",
        Shape::Span => "36m|60d|3y",
        Shape::Money => "AMOUNT",
        Shape::Period => "2026-Q1",
        Shape::Cell => "LxI",
        Shape::Choice(_) => "WORD",
        Shape::Link(_) => "CODE",
    }
}

fn list(table: &'static Table, lang: Lang) -> Command {
    let say = |text: Text| text.in_(lang);
    let sortable: Vec<&str> = table.sortable().map(|column| table.head(column).key).collect();
    let sort = text("Order by a column: {columns}", "排序列：{columns}")
        .fill(lang, &[("columns", &sortable.join(", "))]);
    let mut command = Command::new("list")
        .arg(
            option("filter", "WORDS", say(text("Only those that match these words", "仅列出匹配的记录")))
                .allow_hyphen_values(true),
        )
        .arg(option("sort", "COLUMN[:desc]", &sort))
        .arg(
            option("limit", "N", say(text("At most so many", "最多条数"))).value_parser(value_parser!(usize)),
        )
        .arg(switch("archived", say(text("Those put away instead", "列出已归档的记录"))));
    for (key, kind) in scopes(table) {
        let help = text("Only those of this {kind}", "仅限该{kind}")
            .fill(lang, &[("kind", kind.table().one.in_(lang))]);
        command = command.arg(option(key, "CODE", &help).long(flag(key)));
    }
    command
}

/// The links a list can be narrowed by: the first field for each kind it links to.
pub(super) fn scopes(table: &'static Table) -> Vec<(&'static str, Kind)> {
    let mut found: Vec<(&'static str, Kind)> = Vec::new();
    for meta in &table.fields {
        if let Shape::Link(kind) = meta.shape
            && !found.iter().any(|(_, known)| *known == kind)
        {
            found.push((meta.key, kind));
        }
    }
    found
}

fn lookups(lang: Lang) -> Vec<Command> {
    let say = |text: Text| text.in_(lang);
    // The first word may start with a dash, the others may not: `find -x --json` and
    // `find two words --json` both mean what they seem to.
    let query = || {
        [
            Arg::new("query").value_name("QUERY").required(true).allow_hyphen_values(true).help(say(text(
                "Name in any script, pinyin, code, number, phone",
                "任意文字的名称、拼音、编号、电话",
            ))),
            Arg::new("more").value_name("WORD").num_args(0..).hide(true),
        ]
    };
    vec![
        Command::new("find")
            .about(say(text("Find anything, best hit first", "查找任意记录，最佳匹配在前")))
            .args(query()),
        Command::new("show").about(say(text("Show the card of a record", "查看记录卡片"))).args(query()),
        Command::new("due")
            .about(say(text("What needs attention, most pressing first", "待办事项，最紧急在前")))
            .arg(option("within", "30d", say(text("Only what is due in this time", "仅限此期限内"))))
            .arg(switch("exit-code", say(text("Exit with 1 if there is any", "有事项时以 1 退出")))),
        Command::new("history")
            .about(say(text("Who changed what, newest first", "变更历史，最新在前")))
            .arg(Arg::new("code").value_name("CODE").help(say(text("Of this record only", "仅限该记录"))))
            .arg(
                option("limit", "N", say(text("At most so many events", "最多条数")))
                    .value_parser(value_parser!(usize)),
            ),
    ]
}

fn import(lang: Lang) -> Command {
    let say = |text: Text| text.in_(lang);
    let encodings: Vec<&str> = Encoding::ALL.iter().map(|encoding| encoding.name()).collect();
    let orders = DateOrder::ALL.map(DateOrder::name);
    let marks = DecimalMark::ALL.map(DecimalMark::name);
    Command::new("import")
        .about(say(text("Read a CSV or JSON list into the register", "将 CSV 或 JSON 清单导入登记册")))
        .arg(file("FILE", lang))
        .arg(
            option(
                "as",
                "KIND",
                say(text("What its rows are: vendors, contracts …", "各行的类型：vendors、contracts 等")),
            )
            .required(true),
        )
        .arg(many(
            "map",
            "SRC=FIELD",
            say(text("Column SRC fills FIELD; SRC=ignore drops it", "列 SRC 填入 FIELD；SRC=ignore 忽略")),
        ))
        .arg(many("set", "FIELD=VALUE", say(text("Fill FIELD of every row", "为每行填写 FIELD"))))
        .arg(many("key", "SRC[,SRC]", say(text("The columns that identify a row", "标识一行的列"))))
        .arg(option(
            "encoding",
            "NAME",
            &format!("{} [{}]", say(text("How the file is encoded", "文件编码")), encodings.join(", ")),
        ))
        .arg(
            option("date-format", "ORDER", say(text("How its dates are written", "日期写法")))
                .value_parser(PossibleValuesParser::new(orders)),
        )
        .arg(
            option("decimal", "MARK", say(text("The mark before decimals", "小数点符号")))
                .value_parser(PossibleValuesParser::new(marks)),
        )
        .arg(option(
            "currency",
            "CODE",
            say(text("The currency of bare amounts", "未注明货币的金额所用货币")),
        ))
        .arg(
            option("rejects", "FILE", say(text("Where rejected rows go", "被拒行的保存位置")))
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(switch("dry-run", say(text("Tell what would happen, change nothing", "仅预演，不作更改"))))
}

fn export(lang: Lang) -> Command {
    let say = |text: Text| text.in_(lang);
    Command::new("export")
        .about(say(text("Write all records of a kind as CSV or JSON", "将某类全部记录导出为 CSV 或 JSON")))
        .arg(
            Arg::new("kind")
                .value_name("KIND")
                .required(true)
                .help(say(text("vendors, contracts …", "vendors、contracts 等"))),
        )
        .arg(
            option("format", "FORMAT", say(text("How to write them", "格式")))
                .value_parser(PossibleValuesParser::new(["csv", "json"]))
                .default_value("csv"),
        )
        .arg(
            option("output", "FILE", say(text("Where to; else to stdout", "输出文件，默认标准输出")))
                .short('o')
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(switch("force", say(text("Replace FILE if it exists", "覆盖已有文件"))))
        .arg(switch(
            "raw",
            say(text("No ' before what a spreadsheet takes for a formula", "不在疑似公式前加 '")),
        ))
}

fn safety(lang: Lang) -> Vec<Command> {
    let say = |text: Text| text.in_(lang);
    vec![
        Command::new("backup")
            .about(say(text("Copy the register into a new file", "将登记册备份到新文件")))
            .arg(file("FILE", lang)),
        Command::new("restore")
            .about(say(text("Put a backup in the place of the register", "用备份替换登记册")))
            .arg(file("FILE", lang)),
        Command::new("check").about(say(text("Check the file and the register", "检查文件与登记册"))),
        Command::new("undo").about(say(text("Take your last change back", "撤销上一次更改"))),
        Command::new("redo").about(say(text("Bring it back", "重做"))),
    ]
}

fn settings_commands(lang: Lang) -> Vec<Command> {
    let say = |text: Text| text.in_(lang);
    let known: Vec<String> =
        settings::KNOWN.iter().map(|known| format!("{}: {}", known.key, known.meaning.in_(lang))).collect();
    let key = || Arg::new("key").value_name("KEY").help(known.join("\n"));
    vec![
        Command::new("set")
            .about(say(text("Set a setting of the register", "更改登记册设置")))
            .arg(key().required(true))
            .arg(Arg::new("value").value_name("VALUE").required(true).allow_hyphen_values(true)),
        Command::new("get").about(say(text("Print settings of the register", "查看登记册设置"))).arg(key()),
        Command::new("info").about(say(text("Version, files, counts, terminal", "版本、文件、数量与终端"))),
    ]
}

fn documents(lang: Lang) -> Vec<Command> {
    let say = |text: Text| text.in_(lang);
    let size = |id: &'static str, help: Text| option(id, "N", say(help)).value_parser(value_parser!(u32));
    vec![
        Command::new("demo")
            .about(say(text("Open a throwaway register full of demo data", "打开演示用的临时登记册")))
            .arg(
                option(
                    "keep",
                    "FILE",
                    say(text("Make it and keep it, without opening", "建立并保留，不打开")),
                )
                .value_parser(value_parser!(PathBuf)),
            )
            .arg(size("vendors", text("So many vendors instead of the demo", "供应商数量")))
            .arg(size("contracts", text("So many contracts", "合同数量")))
            .arg(size("reviews", text("So many reviews", "考核数量")))
            .arg(size("risks", text("So many risks", "风险数量"))),
        Command::new("completions")
            .about(say(text("Print completions for a shell", "输出命令补全脚本")))
            .arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(clap_complete::Shell)),
            ),
        Command::new("man").about(say(text("Print the manual page", "输出手册页"))),
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
const KIND_ABOUT: Text =
    text("{kinds}: list, show, add, edit, archive, unarchive", "{kinds}：列出、查看、新增、修改、归档、恢复");

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
