//! The commands of a kind of record, made from its table: `list`, `show`, `add`, `edit`, and how
//! it is put away.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use super::{COMMANDS, field_id, flag, option, switch};
use crate::domain::consequence::ConsequenceKind;
use crate::domain::deed::{Deed, Subject};
use crate::domain::list::{Choice, ClosedList};
use crate::domain::vendor::{Tier, VendorClass};
use crate::entity::{Kind, Meta, Shape, Table};
use crate::register::deed::subject;
use crate::texts::{Lang, Text, text};

/// The command of a kind; in `full` with all its flags, else as its name and what it is for.
pub(super) fn of_kind(table: &'static Table, lang: Lang, full: bool) -> Command {
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
    let codes = || code().num_args(1..).help(say(text("Its code, or several", "编号，可多个")));
    let reason = || {
        option("reason", "TEXT", &say(text("Why, kept in the history", "理由，记入历史")))
            .allow_hyphen_values(true)
    };
    let fields = || table.fields.iter().filter(|meta| !meta.hidden).map(|meta| field(meta, lang));
    let told = [
        ("explain", text("How each date of a contract comes about", "合同各日期的推算过程")),
        ("clauses", text("The checklist of its clauses, and what is missing", "条款清单及缺少的条款")),
        ("levels", text("Its service levels, their periods and credits", "服务水平、各期实测与抵扣")),
        (
            "money",
            text(
                "Plan, actual and forecast by month, total cost and saving",
                "按月的计划、实际与预测，总拥有成本与节约率",
            ),
        ),
    ];
    let told = told.map(|(word, says)| Command::new(word).about(say(says)).arg(code()));
    let told = (table.word == "contract").then_some(told).into_iter().flatten();
    let minutes = (table.word == "meeting").then(|| {
        Command::new("minutes")
            .about(say(text(
                "Its minutes, as Markdown or a page that prints",
                "会议纪要，Markdown 或可打印网页",
            )))
            .arg(code())
            .arg(switch("html", &say(text("As a page that prints", "输出为可打印网页"))))
            .arg(
                option("output", "FILE", &say(text("Into this file", "写入此文件")))
                    .short('o')
                    .value_parser(value_parser!(PathBuf)),
            )
            .arg(switch("force", &say(text("In place of a file that is there", "覆盖已有文件"))))
    });
    let told = told.chain((table.kind == Kind::Review).then(|| reviews(lang)).into_iter().flatten());
    let told = told.chain((table.kind == Kind::Template).then(|| templates(lang)).into_iter().flatten());
    let deeds = subject(table.kind).map(|subject| deeds(table, subject, lang, &code(), &reason()));
    let cycle = (table.kind == Kind::Review).then(|| [open(lang), fill(lang, code()), decide(lang, code())]);
    command
        .subcommands(told)
        .subcommands(minutes)
        .subcommands(cycle.into_iter().flatten())
        .subcommands(deeds.into_iter().flatten())
        .subcommands([
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
                    "Change fields of one {kind} or several; --FIELD '' clears one",
                    "修改一条或多条{kind}的字段；--字段 '' 表示清空",
                )))
                .arg(codes())
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
            Command::new("archive")
                .about(say(text("Put a {kind} away, or several", "归档{kind}，可多条")))
                .arg(codes()),
            Command::new("unarchive")
                .about(say(text("Bring a {kind} back, or several", "恢复{kind}，可多条")))
                .arg(codes()),
        ])
}

/// Opening the reviews of a period.
fn open(lang: Lang) -> Command {
    let say = |text: Text| text.in_(lang);
    Command::new("open")
        .about(say(text(
            "Open the reviews that plans ask for in a period; a second time opens none",
            "按计划为某期批量发起考核；重复执行不会重复发起",
        )))
        .arg(option("period", "2026-Q3", say(text("The period", "考核期"))).required(true))
        .arg(option("plan", "CODE", say(text("Only those of this plan", "仅限该计划"))))
        .arg(switch("dry-run", say(text("Tell what would happen, change nothing", "仅预演，不作更改"))))
}

/// Filling in what was measured.
fn fill(lang: Lang, code: Arg) -> Command {
    let say = |text: Text| text.in_(lang);
    Command::new("fill")
        .about(say(text(
            "What was measured in its period, and what its raters gave; --confirm fills it in",
            "考核期内的实测数据与评分人评分；--confirm 填入",
        )))
        .arg(code)
        .arg(switch("confirm", say(text("Fill in the rows without a value", "填入尚无数值的行"))))
        .arg(switch("over", say(text("Also in place of what a person entered", "同时替换人工填写的值"))))
}

/// Deciding what a grade leads to.
fn decide(lang: Lang, code: Arg) -> Command {
    let say = |text: Text| text.in_(lang);
    let kinds: Vec<&str> = ConsequenceKind::CHOICES.iter().map(|choice| choice.key).collect();
    Command::new("decide")
        .about(say(text(
            "What its grade leads to; a KIND decides that, and all of several",
            "等级对应的措施；给出措施即作决定，可多个",
        )))
        .arg(code)
        .arg(Arg::new("kinds").value_name("KIND").num_args(0..).help(kinds.join(", ")))
}

/// What one does with a scorecard beside its fields.
fn templates(lang: Lang) -> Vec<Command> {
    let say = |text: Text| text.in_(lang);
    let code =
        || Arg::new("code").value_name("CODE").required(true).help(say(text("The scorecard", "模板编号")));
    vec![
        Command::new("revise")
            .about(say(text(
                "Make a new revision, as a draft, and tell which open reviews it would touch",
                "建立新版草稿，并列出将受影响的未完成考核",
            )))
            .arg(code())
            .arg(
                option(
                    "weight",
                    "KPI=PERCENT",
                    say(text("Another weight; 0 leaves the KPI out", "更改权重；0 为去除该指标")),
                )
                .action(ArgAction::Append),
            ),
        Command::new("adopt")
            .about(say(text("Take a revision into use: earlier ones are retired", "启用新版：此前各版停用")))
            .arg(code())
            .arg(switch("move", say(text("Move the open reviews to it", "将未完成的考核移至新版")))),
        Command::new("built-in").about(say(text(
            "Add the built-in scorecards and KPIs that are missing; what is there stays as it is",
            "补充缺少的内置考核表和指标，已有的不变",
        ))),
    ]
}

/// What one does with a review beside its fields.
fn reviews(lang: Lang) -> Vec<Command> {
    let say = |text: Text| text.in_(lang);
    let code = |help: Text| Arg::new("code").value_name("CODE").required(true).help(say(help));
    let review = || code(text("The review", "考核编号"));
    let period = || {
        option(
            "period",
            "2026-Q1",
            say(text("Of this period; else the newest of each", "考核期；默认各取最近一次")),
        )
    };
    let among = |id: &'static str, words: &'static [Choice], help: Text| {
        let words = words.iter().map(|choice| choice.key);
        option(id, "WORD", say(help)).value_parser(clap::builder::PossibleValuesParser::new(words))
    };
    let text_of = |id: &'static str, help: Text| option(id, "TEXT", say(help)).allow_hyphen_values(true);
    vec![
        Command::new("explain")
            .about(say(text("How its score comes about, criterion by criterion", "逐项说明得分如何得出")))
            .arg(review()),
        Command::new("bridge")
            .about(say(text(
                "What moved the total from the review before, or from another, to this one",
                "与上次（或指定的）考核相比，总分变动的原因",
            )))
            .arg(review())
            .arg(Arg::new("from").value_name("CODE").help(say(text(
                "The review to start from; else the one before with a grade",
                "起始考核；默认为之前最近一次已评级的考核",
            )))),
        Command::new("compare")
            .about(say(text("Vendors side by side, by criterion and over time", "供应商并列比较：按指标和各期")))
            .arg(Arg::new("code").value_name("CODE").required(true).num_args(1..).help(say(text(
                "The vendors",
                "供应商编号，可多个",
            ))))
            .arg(period()),
        Command::new("rank")
            .about(say(text(
                "Vendors by their total, and the smallest change of a weight that turns the order",
                "按总分排名，并给出改变次序的最小权重变化",
            )))
            .arg(among("class", VendorClass::CHOICES, text("Only of this class", "仅限此类别")))
            .arg(among("tier", Tier::CHOICES, text("Only of this tier", "仅限此层级")))
            .arg(option("owner", "NAME", say(text("Only of this owner", "仅限此负责人"))))
            .arg(period()),
        Command::new("score")
            .about(say(text("Score one criterion of a review", "为考核的一项指标评分")))
            .arg(review())
            .arg(Arg::new("kpi").value_name("KPI").required(true).help(say(text(
                "Its key, such as quality, or its code",
                "指标标识（如 quality）或编号",
            ))))
            .arg(Arg::new("value").value_name("VALUE").required(true).allow_hyphen_values(true).help(say(text(
                "The measured value or the rating; na where it does not apply, not_measured where nothing was measured",
                "实测值或评级；不适用为 na，未测量为 not_measured",
            ))))
            .arg(text_of("evidence", text("What it is based on", "依据")))
            .arg(text_of("note", text("What is to be said of it", "说明")))
            .arg(text_of("rater", text("Who rated it; else you", "评分人，默认为您")))
            .arg(option("override", "POINTS", say(text(
                "These points in place of those of the value, 0 to 100; none takes an override back",
                "代替计算得分的分数，0 至 100；none 为取消调整",
            ))))
            .arg(text_of("reason", text("Why overridden", "调整理由"))),
    ]
}

/// What one does with a record, and what of it is possible. What is done with a review has a verb each.
fn deeds(table: &'static Table, subject: Subject, lang: Lang, code: &Arg, reason: &Arg) -> Vec<Command> {
    let all: Vec<Deed> = Deed::of(subject).collect();
    // What a deed needs is told by the deed: no flag is needed by all.
    let fields = |deeds: &[Deed]| {
        let asked =
            |meta: &&Meta| deeds.iter().any(|deed| deed.spec().asks.iter().any(|ask| ask.field == meta.key));
        let fields =
            table.fields.iter().filter(asked).map(|meta| field(&Meta { required: false, ..*meta }, lang));
        fields.collect::<Vec<Arg>>()
    };
    let words = all.iter().map(|deed| deed.key()).collect::<Vec<_>>().join(", ");
    let action = Arg::new("action").value_name("ACTION").required(true).help(words);
    let (does, lists) = match subject {
        Subject::Contract => (DO_CONTRACT, LIST_CONTRACT),
        Subject::Review => (DO_REVIEW, LIST_REVIEW),
    };
    let mut commands = vec![
        Command::new("do")
            .about(does.in_(lang))
            .args([code.clone(), action])
            .args(fields(&all))
            .arg(reason.clone()),
        Command::new("actions").about(lists.in_(lang)).arg(code.clone()),
    ];
    if subject == Subject::Review {
        commands.extend(all.iter().map(|deed| {
            let verb = Command::new(deed.key()).about(deed.label().in_(lang)).arg(code.clone());
            verb.args(fields(&[*deed])).arg(reason.clone())
        }));
    }
    commands
}

const DO_CONTRACT: Text = text(
    "Act on a contract: approve, sign, give notice, renew, terminate…; what is not given is today, or you",
    "办理合同：审批、签署、发通知、续约、终止等；未给出的取今日或您本人",
);
const LIST_CONTRACT: Text =
    text("What can be done with a contract now, and why the rest cannot", "合同当前可办理的事项及其余原因");
const DO_REVIEW: Text = text(
    "Act on a review: collect, draft, share, acknowledge, dispute, lock, correct",
    "办理考核：评分、草稿、反馈、确认、异议、锁定、更正",
);
const LIST_REVIEW: Text =
    text("What can be done with a review now, and why the rest cannot", "考核当前可办理的事项及其余原因");

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
    let sort = text(
        "Order by a column, - for the other way, and by a second: {columns}",
        "排序列，前加 - 为降序，可加第二列：{columns}",
    )
    .fill(lang, &[("columns", &sortable.join(", "))]);
    let mut command = Command::new("list")
        .arg(
            option(
                "filter",
                "FILTER",
                say(text(
                    "Only those that match, such as 'acme state:active ends:<90d !tag:it'",
                    "仅列出匹配的记录，例如 'acme state:active ends:<90d !tag:it'",
                )),
            )
            .allow_hyphen_values(true),
        )
        .arg(option(
            "view",
            "NAME",
            say(text(
                "As a view shows it; --filter and --sort come on top",
                "按视图列出；可再加 --filter、--sort",
            )),
        ))
        .arg(option("sort", "[-]COLUMN[,[-]COLUMN]", &sort).allow_hyphen_values(true))
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
pub(in crate::shell::cli) fn scopes(table: &'static Table) -> Vec<(&'static str, Kind)> {
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

const KIND_ABOUT: Text =
    text("{kinds}: list, show, add, edit, archive, unarchive", "{kinds}：列出、查看、新增、修改、归档、恢复");
