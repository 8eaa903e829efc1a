//! `vendeck due`: what needs attention; what of it is left out for now, and why.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::calendar::Calendar;
use crate::domain::day::{Span, parse_date};
use crate::domain::list::ClosedList;
use crate::register::{Attention, Saved, What, code_of, ref_of};
use crate::shell::cli::Desk;
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::{Exit, Stop};
use crate::texts::{Lang, Sentence, Text, text};

/// `vendeck due`, and what stands behind it.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    match matches.subcommand() {
        Some(("wake", of)) => wake(desk, of),
        Some((_, of)) => silence(desk, of),
        None => list(desk, matches),
    }
}

fn list(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let today = desk.opening.today;
    let until = match matches.get_one::<String>("within") {
        None => None,
        Some(word) => Some(
            word.parse::<Span>()
                .ok()
                .and_then(|span| Calendar::weekends().after(today, span))
                .ok_or_else(|| Stop::Usage(Sentence::from(NO_SPAN).with("word", word)))?,
        ),
    };
    let store = desk.store_to_read()?;
    let silent = store.silenced(until)?;
    let is_silent = matches.get_flag("snoozed");
    let lang = desk.lang;
    let lines: Vec<(Attention, String)> = if is_silent {
        silent.iter().map(|line| (line.clone(), told(line, lang))).collect()
    } else {
        let told = store.consequences(until)?.into_iter();
        told.map(|(line, consequence)| (line, consequence.in_(lang))).collect()
    };
    if desk.out.is_json() {
        desk.out.json_list(lines.iter().map(|(line, told)| Ok(as_json(line, told))))?;
    } else {
        table(desk, &lines, if is_silent { REASON } else { CONSEQUENCE })?;
    }
    if !is_silent && !silent.is_empty() {
        desk.say(&Sentence::from(HIDDEN).with("n", silent.len()));
    }
    Ok(Exit::findings(matches.get_flag("exit-code") && !lines.is_empty()))
}

fn as_json(line: &Attention, told: &str) -> Json {
    let mut whole = json!({
        "code": line.code,
        "kind": line.at.kind.table().word,
        "what": line.what.key(),
        "date": line.date.to_string(),
        "days": line.days,
    });
    if let Json::Object(object) = &mut whole {
        match &line.silence {
            None => object.insert("consequence".to_owned(), json!(told)),
            Some(silence) => {
                object.insert("until".to_owned(), json!(silence.until.map(|day| day.to_string())));
                object.insert("acknowledgement".to_owned(), json!(code_of(silence.at)));
                object.insert("reason".to_owned(), json!(silence.reason))
            }
        };
    }
    whole
}

fn table(desk: &mut Desk, lines: &[(Attention, String)], last: Text) -> Result<(), Stop> {
    let lang = desk.lang;
    let head = |text: Text| Head::left(text.in_(lang));
    let heads = [
        Head::right(text("Days", "天数").in_(lang)),
        head(text("Date", "日期")),
        head(text("Code", "编号")),
        head(text("What", "事项")),
        head(text("Record", "记录")),
        head(text("Vendor", "供应商")),
        head(last),
    ];
    let row = |(line, told): &(Attention, String)| {
        vec![
            line.days.to_string(),
            line.date.to_string(),
            line.code.clone(),
            line.what.label().in_(lang).to_owned(),
            line.called(lang).to_owned(),
            line.vendor.clone(),
            told.clone(),
        ]
    };
    desk.out.whole_table(&heads, &lines.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

/// Until when a line is left out, and why.
fn told(line: &Attention, lang: Lang) -> String {
    let Some(silence) = &line.silence else { return String::new() };
    let says = match silence.until {
        Some(day) => Sentence::from(SNOOZED).with("until", day),
        None => Sentence::from(ACKNOWLEDGED),
    };
    says.with("reason", &silence.reason).in_(lang)
}

/// `vendeck due snooze` and `vendeck due acknowledge`.
fn silence(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let word = |id: &str| matches.try_get_one::<String>(id).ok().flatten().map(String::as_str);
    let today = desk.opening.today;
    let code = word("code").unwrap_or_default().trim();
    let at = ref_of(code).ok_or_else(|| Stop::Usage(Sentence::from(NO_CODE).with("word", code)))?;
    let what = word("what").map(|word| {
        let words = || What::CHOICES.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ");
        What::from_key(word)
            .ok_or_else(|| Stop::Usage(Sentence::from(NO_WHAT).with("word", word).with("words", words())))
    });
    let until = word("until").map(|word| {
        parse_date(word.trim(), today).map_err(|_| Stop::Usage(Sentence::from(NO_DAY).with("word", word)))
    });
    let (what, until) = (what.transpose()?, until.transpose()?);
    let (due, saved) = desk.store()?.silence(at, what, until, word("reason").unwrap_or_default())?;
    let says = Sentence::from(if until.is_some() { DONE_UNTIL } else { DONE });
    let says = says.with_word("what", due.what.label()).with("date", due.date);
    let says = says.with("until", until.map(|day| day.to_string()).unwrap_or_default());
    finish(desk, &saved, says.with("code", code_of(at)))
}

/// `vendeck due wake`.
fn wake(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let code = matches.get_one::<String>("code").map(|word| word.trim()).unwrap_or_default();
    let at = ref_of(code).ok_or_else(|| Stop::Usage(Sentence::from(NO_CODE).with("word", code)))?;
    let saved = desk.store()?.wake(at)?;
    finish(desk, &saved, Sentence::from(WOKEN).with("code", code_of(at)))
}

fn finish(desk: &mut Desk, saved: &Saved, says: Sentence) -> Result<Exit, Stop> {
    let lang = desk.lang;
    if desk.out.is_json() {
        let codes: Vec<String> = saved.records.iter().map(|at| code_of(*at)).collect();
        desk.out.json(&json!({ "acknowledgements": codes }))?;
    } else {
        desk.out.line(&says.in_(lang))?;
    }
    Ok(Exit::Done)
}

const CONSEQUENCE: Text = text("If nobody acts", "若不处理");
const REASON: Text = text("Left out", "不提醒");
const SNOOZED: Text = text("until {until}: {reason}", "至 {until}：{reason}");
const ACKNOWLEDGED: Text = text("acknowledged: {reason}", "已知悉：{reason}");
const HIDDEN: Text = text(
    "{n} snoozed or acknowledged; due --snoozed lists them.",
    "另有 {n} 项已搁置或知悉，可用 due --snoozed 列出。",
);
const DONE_UNTIL: Text = text(
    "{code}: {what} of {date} is told again on {until}.",
    "{code}：{date} 的{what}到 {until} 恢复提醒。",
);
const DONE: Text = text("{code}: {what} of {date} is acknowledged.", "{code}：已知悉 {date} 的{what}。");
const WOKEN: Text = text("{code} is told again.", "{code} 已恢复提醒。");
const NO_CODE: Text =
    text("“{word}” is no code of a record, such as C-0007.", "“{word}”不是记录编号，如 C-0007。");
const NO_WHAT: Text =
    text("There is no kind of date “{word}”; there are: {words}.", "没有事项“{word}”；可用：{words}。");
const NO_DAY: Text = text("“{word}” is no day, such as 2026-12-01.", "“{word}”不是日期，如 2026-12-01。");
const NO_SPAN: Text = text(
    "--within: “{word}” is not a length of time; write 30d, 20bd or 3m.",
    "--within：“{word}”不是时长；请写 30d、20bd 或 3m。",
);
