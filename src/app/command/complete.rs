//! What may be typed on the command line: every action and jump by its word, and what it takes.

use std::borrow::Cow;

use crate::app::action::{ACTIONS, Group};
use crate::app::look::ThemeName;
use crate::entity::Kind;
use crate::lookup::query::Query;
use crate::lookup::rank::matches_text;
use crate::texts::{Lang, Text, text};

/// One way to go on with what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The command before it, where it is what that takes.
    pub command: &'static str,
    /// The word.
    pub word: Cow<'static, str>,
    /// What it does; nothing for a path.
    pub says: Text,
}

impl Completion {
    /// The whole command line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.command, self.word).trim_start().to_owned()
    }
}

/// The ways to go on with what is typed: what begins so, in the order of the table of actions, then
/// what does something of that name; every command where nothing is typed yet.
#[must_use]
pub fn completions(typed: &str) -> Vec<Completion> {
    let typed = typed.trim_start();
    let all = match typed.split_once(' ') {
        None => words(),
        Some((command, _)) => arguments(command),
    };
    let (mut begun, rest): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|completion| completion.line().starts_with(typed));
    // Who does not know the word types what it does, in either language.
    let (_, last) = typed.rsplit_once(' ').unwrap_or(("", typed));
    let query = Query::parse(last);
    let says = |completion: &Completion| {
        Lang::ALL.iter().any(|lang| matches_text(&query, completion.says.in_(*lang)))
            || matches_text(&query, &completion.word)
    };
    if !query.is_empty() {
        begun.extend(rest.into_iter().filter(says));
    }
    begun
}

fn words() -> Vec<Completion> {
    let command = |word: &'static str, says| Completion { command: "", word: word.into(), says };
    let actions = ACTIONS.iter().filter(|spec| spec.group != Group::Inside);
    let mut words: Vec<Completion> = actions.map(|spec| command(spec.word, spec.says)).collect();
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Setting) {
        let plural = kind.table().plural;
        if words.iter().all(|known| known.word != plural) {
            words.push(command(plural, kind.table().many));
        }
    }
    words.extend([
        command("changes", text("change history of the register", "整个登记册的变更历史")),
        command("import", text("read a list in: :import FILE", "导入清单：:import 文件")),
        command("tour", text("six steps on the demo data", "演示数据上的六步导览")),
        command("bind", text("keys of your own: :bind g x archive", "自定义按键：:bind g x archive")),
        command("unbind", text("take a key away: :unbind d", "取消按键：:unbind d")),
        command("me", text("who you are in the history: :me NAME", "您在变更历史中的姓名：:me 姓名")),
        command("lang", text("the language", "界面语言")),
        command("theme", text("the colours", "界面配色")),
    ]);
    words
}

/// What a command takes.
fn arguments(command: &str) -> Vec<Completion> {
    match command {
        "lang" => Lang::ALL
            .iter()
            .map(|lang| Completion { command: "lang", word: lang.word().into(), says: name_of(*lang) })
            .collect(),
        "theme" => ThemeName::ALL
            .iter()
            .map(|name| Completion { command: "theme", word: name.word().into(), says: name.says() })
            .collect(),
        "at" => days("at", 0),
        "diff" => days("diff", 1),
        "add" => Kind::ALL
            .iter()
            .filter(|kind| **kind != Kind::Setting)
            .map(|kind| Completion { command: "add", word: kind.table().word.into(), says: kind.table().one })
            .collect(),
        _ => Vec::new(),
    }
}

/// Days that are easily typed, from the so-manieth on; any other may be.
fn days(command: &'static str, from: usize) -> Vec<Completion> {
    let words = DAYS.iter().skip(from);
    words.map(|(word, says)| Completion { command, word: (*word).into(), says: *says }).collect()
}

const DAYS: [(&str, Text); 6] = [
    ("now", text("back to the present", "回到现在")),
    ("yesterday", text("or any day: 2026-03-31, 3月31日", "或任意日期：2026-03-31、3月31日")),
    ("-7d", text("a week ago", "一周前")),
    ("-30d", text("thirty days ago", "三十天前")),
    ("-3m", text("three months ago", "三个月前")),
    ("-1y", text("a year ago", "一年前")),
];

/// What a language is called by those who read it.
const fn name_of(lang: Lang) -> Text {
    match lang {
        Lang::En => text("English", "English"),
        Lang::Zh => text("中文", "中文"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(typed: &str) -> Vec<String> {
        completions(typed).iter().map(Completion::line).collect()
    }

    #[test]
    fn what_is_typed_is_gone_on_with() {
        assert_eq!(lines("ven"), ["vendors", "rank", "compare", "go-vendor"]);
        assert_eq!(lines("撤销"), ["undo"]);
        assert_eq!(lines("chexiao"), ["undo"]);
        assert_eq!(lines("lang "), ["lang en", "lang zh"]);
        assert_eq!(lines("theme l"), ["theme light"]);
        assert_eq!(lines("add con"), ["add contact", "add contract", "add consequence"]);
        assert_eq!(lines("nothing"), Vec::<String>::new());
        assert_eq!(lines("vendors x"), Vec::<String>::new());
    }

    #[test]
    fn every_command_is_offered_once() {
        let all = lines("");
        let words: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(words.len(), all.len());
        for spec in ACTIONS.iter().filter(|spec| spec.group != Group::Inside) {
            assert!(all.iter().any(|word| word == spec.word), "{}", spec.word);
        }
    }
}
