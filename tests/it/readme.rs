//! The README tells the truth: its key table and its screens are made by the program.
//!
//! `UPDATE=1 cargo test readme` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use vendeck::app::help::SECTIONS;
use vendeck::app::keymap::Keymap;
use vendeck::texts::Lang;

use crate::pty::Tty;
use crate::support::Desk;

/// The instant at which the demo was filled is another each time; the page shows one of its day.
pub(crate) fn without_clock(screen: &str) -> String {
    let is_instant = |at: usize| {
        let piece: Vec<char> = screen[at..].chars().take(16).collect();
        let form = "dddd-dd-dd dd:dd";
        piece.len() == 16
            && piece
                .iter()
                .zip(form.chars())
                .all(|(c, f)| if f == 'd' { c.is_ascii_digit() } else { *c == f })
    };
    let found = screen.char_indices().map(|(at, _)| at).filter(|at| is_instant(*at));
    let mut made = screen.to_owned();
    for at in found.collect::<Vec<_>>() {
        made.replace_range(at..at + 16, "2026-07-26 08:00");
    }
    made
}

/// Puts `made` between the marks `<!-- name -->` and `<!-- end -->`, or checks that it is there.
fn holds(file: &str, name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(&path).unwrap();
    let mark = format!("<!-- {name} -->\n");
    let start = text.find(&mark).unwrap_or_else(|| panic!("{file} has no mark {name}")) + mark.len();
    let end = start + text[start..].find("<!-- end -->").unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{}{made}{}", &text[..start], &text[end..])).unwrap();
        return;
    }
    assert!(&text[start..end] == made, "{file}, {name}: run UPDATE=1 cargo test readme\n{made}");
}

fn key_table(lang: Lang) -> String {
    let map = Keymap::default();
    let heads = match lang {
        Lang::En => ("Keys", "Command", "What they do"),
        Lang::Zh => ("按键", "命令", "作用"),
    };
    let mut table = String::new();
    for section in SECTIONS {
        let title = section.title.in_(lang);
        table.push_str(&format!("\n**{title}**\n\n"));
        let has_commands = section.entries(&map).any(|entry| entry.command().is_some());
        table.push_str(&if has_commands {
            format!("| {} | {} | {} |\n| --- | --- | --- |\n", heads.0, heads.1, heads.2)
        } else {
            format!("| {} | {} |\n| --- | --- |\n", heads.0, heads.2)
        });
        for entry in section.entries(&map) {
            let keys: Vec<String> = entry.keys(&map).iter().map(|key| format!("`{key}`")).collect();
            let command = entry.command().map(|command| format!("| `{command}` ")).unwrap_or_default();
            table.push_str(&format!("| {} {command}| {} |\n", keys.join(" "), entry.spec.says.in_(lang)));
        }
    }
    table.push('\n');
    table
}

#[test]
fn the_key_table_is_the_key_map() {
    holds("README.md", "keys", &key_table(Lang::En));
    holds("assets/README.zh-CN.md", "keys", &key_table(Lang::Zh));
}

#[test]
fn the_screens_are_those_of_the_program() {
    let desk = Desk::new();
    for (file, lang, ready, list, last, found, due, pressing) in [
        (
            "README.md",
            "en",
            "NEEDS ATTENTION",
            "Category",
            "35 of 35",
            "+86 20 5550 0131",
            "Act by",
            "LATE OR NOW",
        ),
        (
            "assets/README.zh-CN.md",
            "zh",
            "需要关注",
            "品类",
            "第 35 / 35 条",
            "+86 20 5550 0131",
            "最迟行动",
            "逾期或",
        ),
    ] {
        let args = ["demo", "--today", "2026-07-26", "--lang", lang];
        let tty = Tty::start(&desk, (112, 30), &args, &[]).sees(ready);
        holds(file, "screen overview", &without_clock(&tty.settled()));
        let tty = tty.press("2").sees(list).press("G").sees(last).sees("V-0023");
        holds(file, "screen vendors", &without_clock(&tty.settled()));
        let tty = tty.press("\u{10}tysj").sees(found);
        holds(file, "screen find", &without_clock(&tty.settled()));
        let tty = tty.press("\u{1b}").sees_no(found).press("3").sees(due).press("f\r").sees(pressing);
        let tty = tty.press("jjj").sees("RK-0001");
        holds(file, "screen renewals", &without_clock(&tty.settled()));
        tty.press("qq").given_back();
    }
}

#[test]
fn both_pages_tell_the_same_things() {
    let read = |file: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let (english, chinese) = (read("README.md"), read("assets/README.zh-CN.md"));
    let lines = |page: &str, start: &str| page.lines().filter(|line| line.starts_with(start)).count();
    for start in ["## ", "### ", "**", "| ", "vendeck "] {
        assert_eq!(lines(&english, start), lines(&chinese, start), "lines that begin with {start:?}");
    }
    let flags = |page: &str| -> BTreeSet<String> {
        let is_flag = |c: char| c.is_ascii_lowercase() || c == '-';
        let words = page.split(|c| !is_flag(c)).filter(|word| word.len() > 3 && word.starts_with("--"));
        words.filter(|word| !word.ends_with('-')).map(str::to_owned).collect()
    };
    assert_eq!(flags(&english), flags(&chinese));
    let codes = |page: &str, before: &str| -> Vec<char> {
        let from = page.find(before).unwrap();
        page[from..].split("\n\n").next().unwrap().chars().filter(char::is_ascii_digit).collect()
    };
    assert_eq!(codes(&english, "Exit codes:"), codes(&chinese, "退出码："));
}
