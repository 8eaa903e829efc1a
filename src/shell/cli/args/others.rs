//! The commands that are about more than one kind of record, or about none.

use std::path::PathBuf;

use clap::{Arg, Command, builder::PossibleValuesParser, value_parser};

use super::{COMMANDS, file, many, option, switch};
use crate::domain::list::ClosedList;
use crate::domain::money::DecimalMark;
use crate::intake::dates::DateOrder;
use crate::intake::decode::Encoding;
use crate::register::What;
use crate::store::settings;
use crate::texts::{Lang, Text, text};

/// All of them, in the order of help.
pub(super) fn all(lang: Lang) -> Vec<Command> {
    let mut commands = lookups(lang);
    commands.extend([import(lang), export(lang)]);
    commands.extend(safety(lang));
    commands.extend(settings_commands(lang));
    commands.extend(documents(lang));
    commands
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
        Command::new("overview").about(say(text("The figures of the Overview", "总览的各项数字"))).arg(
            option(
                "lines",
                "N",
                say(text("At most so many lines of what needs attention", "待关注事项最多行数")),
            )
            .value_parser(value_parser!(usize)),
        ),
        Command::new("due")
            .about(say(text("What needs attention, most pressing first", "待办事项，最紧急在前")))
            .arg(option("within", "30d", say(text("Only what is due in this time", "仅限此期限内"))))
            .arg(switch("exit-code", say(text("Exit with 1 if there is any", "有事项时以 1 退出"))))
            .arg(switch(
                "snoozed",
                say(text("What was snoozed or acknowledged instead", "改为列出已搁置或知悉的事项")),
            ))
            .subcommand_help_heading(COMMANDS.in_(lang))
            .disable_help_subcommand(true)
            .args_conflicts_with_subcommands(true)
            .subcommands(silencing(lang)),
        Command::new("present")
            .about(say(text("Go on with a meeting on the screen", "在屏幕上继续评审会议")))
            .arg(Arg::new("code").value_name("MT-0001").help(say(text(
                "The meeting; the one under way where none is named",
                "会议编号；缺省为进行中的会议",
            )))),
        Command::new("follow")
            .about(say(text("Show what the meeting shows, and change nothing", "跟随会议画面，只读")))
            .arg(Arg::new("code").value_name("MT-0001").help(say(text(
                "The meeting; the one under way where none is named",
                "会议编号；缺省为进行中的会议",
            )))),
        Command::new("history")
            .about(say(text("Who changed what, newest first", "变更历史，最新在前")))
            .arg(Arg::new("code").value_name("CODE").help(say(text("Of this record only", "仅限该记录"))))
            .arg(
                option(
                    "from",
                    "DAY",
                    say(text("On the whole, from the end of this day", "净变更：自该日日终")),
                )
                .conflicts_with("code"),
            )
            .arg(
                option(
                    "to",
                    "DAY",
                    say(text("To the end of this day, else until now", "至该日日终，默认至今")),
                )
                .requires("from"),
            )
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
        .about(say(text(
            "Read a CSV, JSON, XLSX or ODS list into the register",
            "将 CSV、JSON、XLSX 或 ODS 清单导入登记册",
        )))
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
        .arg(option(
            "sheet",
            "NAME",
            say(text(
                "The sheet of a workbook, by name or number; else the first with data",
                "工作簿中的工作表（名称或序号），默认首个有数据的表",
            )),
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
        .about(say(text("Write all records of a kind to a file", "导出某类的全部记录")))
        .arg(Arg::new("kind").value_name("KIND").required(true).help(say(text(
            "vendors, contracts …; due with --format ics",
            "vendors、contracts 等；due 配合 --format ics",
        ))))
        .arg(
            option("format", "FORMAT", say(text("How to write them", "格式")))
                .value_parser(PossibleValuesParser::new(["csv", "json", "md", "xlsx", "ics"]))
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
            .about(say(text(
                "Copy the register into a new file with a checksum",
                "将登记册备份到新文件，并附校验和",
            )))
            .arg(file("FILE", lang).required(false).required_unless_present("list"))
            .arg(
                switch(
                    "list",
                    say(text(
                        "The copies beside the register, each held against its checksum",
                        "列出登记册旁的副本，并逐一核对校验和",
                    )),
                )
                .conflicts_with("file"),
            ),
        Command::new("restore")
            .about(say(text(
                "Verify a backup and put it in the place of the register",
                "校验备份，并用其替换登记册",
            )))
            .arg(file("FILE", lang)),
        Command::new("check").about(say(text("Check the file and the register", "检查文件与登记册"))),
        Command::new("undo").about(say(text("Take your last change back", "撤销上一次更改"))).arg(
            option(
                "change",
                "N",
                say(text("This act instead, by its number in the history", "改为撤销历史中的第 N 次操作")),
            )
            .value_parser(clap::value_parser!(i64)),
        ),
        Command::new("redo").about(say(text("Bring it back", "重做"))),
        erase(lang),
    ]
}

fn erase(lang: Lang) -> Command {
    let say = |text: Text| text.in_(lang);
    Command::new("erase")
        .about(say(text(
            "Erase a person's data for good, from the history too",
            "永久抹除个人数据，包括历史中的内容",
        )))
        .arg(
            Arg::new("code")
                .value_name("CODE")
                .required(true)
                .help(say(text("A contact or an interaction", "联系人或沟通记录"))),
        )
        .arg(many(
            "also",
            "TEXT",
            say(text(
                "Other names or numbers of theirs, erased wherever they stand",
                "其他姓名或号码，一并清除",
            )),
        ))
        .arg(option(
            "yes",
            "CODE",
            say(text("The code again, instead of typing it when asked", "再次写明编号，代替询问时输入")),
        ))
        .arg(switch("dry-run", say(text("Tell what would go, erase nothing", "仅预演，不抹除"))))
        .arg(
            option(
                "remove-copies",
                "COUNT",
                say(text(
                    "Remove the copies beside the register too; how many there are",
                    "同时删除登记册旁的副本，须写明份数",
                )),
            )
            .value_parser(value_parser!(usize)),
        )
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

/// What takes a date out of what needs attention, and puts it back.
fn silencing(lang: Lang) -> [Command; 3] {
    let say = |text: Text| text.in_(lang);
    let code =
        || Arg::new("code").value_name("CODE").required(true).help(say(text("Of which record", "记录编号")));
    let what = || {
        let words = What::CHOICES.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ");
        let says = say(text("Which date, where several are due", "有多项到期时指明"));
        option("what", "WHAT", &format!("{says} [{words}]"))
    };
    let reason = || {
        option("reason", "TEXT", say(text("Why (needed)", "理由（必填）")))
            .required(true)
            .allow_hyphen_values(true)
    };
    let until = option("until", "DAY", say(text("Told again on this day", "到此日恢复提醒"))).required(true);
    [
        Command::new("snooze").about(say(text("Leave a date out until a day", "搁置到期事项至某日"))).args([
            code(),
            until,
            reason(),
            what(),
        ]),
        Command::new("acknowledge")
            .about(say(text(
                "Leave a date out as long as it is the same",
                "知悉到期事项，期限不变则不再提醒",
            )))
            .args([code(), reason(), what()]),
        Command::new("wake").about(say(text("Tell again what was left out", "恢复提醒"))).arg(code()),
    ]
}
