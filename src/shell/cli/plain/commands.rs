//! What may be typed: a table of letters and words, and help made from it.

use super::Session;
use crate::app::board::Board;
use crate::app::key::Key;
use crate::shell::cli::stop::Stop;
use crate::texts::{Text, text};

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Overview,
    Find,
    List,
    Sort,
    More,
    Show,
    Back,
    Add,
    Edit,
    Archive,
    Deed,
    Undo,
    Redo,
    History,
    Due,
    Export,
    Language,
    Help,
    Quit,
}

/// Each command: its letter, its word, what may follow, what it does in words.
const COMMANDS: &[(&str, &str, &str, Text, Does)] = &[
    ("o", "overview", "", text("what needs attention", "需要关注的事项"), Does::Overview),
    (
        "f",
        "find",
        "tysj",
        text("find anything: a name, pinyin, a code, a phone", "查找一切：名称、拼音、编号、电话"),
        Does::Find,
    ),
    (
        "l",
        "list",
        "contracts ends:<90d",
        text("list a kind, narrowed by a filter", "列出一类记录，可加筛选"),
        Does::List,
    ),
    (
        "s",
        "sort",
        "tier,-score",
        text("sort what is listed by one or two columns", "按一或两列排序"),
        Does::Sort,
    ),
    ("n", "next", "", text("the next of what is listed", "列表的下一页"), Does::More),
    ("p", "print", "", text("the open record again", "再次显示打开的记录"), Does::Show),
    ("b", "back", "", text("the record before", "上一条记录"), Does::Back),
    (
        "a",
        "add",
        "contact",
        text("add a record; to the open one, where it belongs there", "新增记录；适用时归属于打开的记录"),
        Does::Add,
    ),
    ("e", "edit", "3", text("edit the open record, field by field", "逐项编辑打开的记录"), Does::Edit),
    (
        "d",
        "archive",
        "",
        text("archive the open record, or bring it back", "归档打开的记录，或恢复"),
        Does::Archive,
    ),
    (
        "m",
        "act",
        "notice",
        text(
            "what can be done with the open contract or review, or do it",
            "打开的合同或考核可办理的事项，或直接办理",
        ),
        Does::Deed,
    ),
    ("u", "undo", "", text("undo your last change", "撤销您最近的更改"), Does::Undo),
    ("r", "redo", "", text("redo what was undone", "重做已撤销的更改"), Does::Redo),
    (
        "c",
        "changes",
        "all",
        text("changes of the open record, or of all", "打开的记录或全部的变更历史"),
        Does::History,
    ),
    (
        "w",
        "due",
        "30d",
        text("what is due, and what happens if nobody acts", "到期事项及不处理的后果"),
        Does::Due,
    ),
    (
        "x",
        "export",
        "vendors list.csv",
        text("export a kind to a file", "把一类记录导出到文件"),
        Does::Export,
    ),
    ("lang", "language", "zh", text("change the language", "切换语言"), Does::Language),
    ("h", "help", "", text("this list", "本列表"), Does::Help),
    ("q", "quit", "", text("quit", "退出"), Does::Quit),
];

/// The command of a letter or a word.
pub(super) fn named(word: &str) -> Option<Does> {
    let word = match word {
        "?" => "h",
        ":q" => "q",
        other => other,
    };
    let known = COMMANDS.iter().find(|(letter, long, ..)| *letter == word || *long == word);
    known.map(|(.., does)| *does)
}

/// A word in lower case, with full-width letters and those of other keyboard layouts as the keys they
/// stand for.
pub(super) fn folded(word: &str, board: &Board) -> String {
    let fold = |c| match board.command(Key::Char(c)) {
        Key::Char(c) => c,
        _ => c,
    };
    word.chars().map(fold).collect::<String>().to_lowercase()
}

/// The words of a line; what stands between quotation marks is one.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            c if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

impl Session<'_> {
    /// Every command, one a line.
    pub(super) fn help(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        self.tell(text("A number opens what stands beside it.", "输入数字可打开对应的记录。"))?;
        for (letter, word, example, says, _) in COMMANDS {
            let called = if letter == word {
                (*letter).to_owned()
            } else {
                format!("{letter} {}", text("or", "或").in_(lang))
            };
            let called = if letter == word { called } else { format!("{called} {word}") };
            let says = says.in_(lang);
            let line = if example.is_empty() {
                format!("{called}: {says}")
            } else {
                let such = text("such as", "例如").in_(lang);
                format!("{called}: {says}, {such} {letter} {example}")
            };
            self.say(&line)?;
        }
        self.tell(text(
            "Any other command of vendeck is typed as in the shell: import FILE, backup FILE, set KEY VALUE.",
            "其他命令与在命令行中相同：import 文件、backup 文件、set 键 值。",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_has_one_letter_and_one_word() {
        let mut seen = std::collections::BTreeSet::new();
        for (letter, word, ..) in COMMANDS {
            assert!(seen.insert(letter) && seen.insert(word), "{letter} {word}");
        }
    }

    #[test]
    fn words_are_parted_and_quoted_ones_are_not() {
        assert_eq!(words("export  vendors \"my list.csv\""), ["export", "vendors", "my list.csv"]);
        assert_eq!(words("set a \"\""), ["set", "a", ""]);
    }

    #[test]
    fn a_layout_or_an_input_method_left_on_takes_no_command_away() {
        let board = Board::default();
        assert_eq!(named(&folded("ｆ", &board)), Some(Does::Find));
        assert_eq!(named(&folded("а", &board)), Some(Does::Find), "Cyrillic");
        assert_eq!(named(&folded("Q", &board)), Some(Does::Quit));
        assert_eq!(folded("１２", &board), "12");
    }
}
