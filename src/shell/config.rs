//! The user's choices: `config.toml`, read once at the start.
//!
//! An unknown key is refused with its place, never passed over: a misspelt choice that does
//! nothing is worse than a start that says so. The file is never written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::app::board::{Board, LAYOUTS};
use crate::app::look::{Glyphs, ThemeName};
use crate::shell::locale;
use crate::texts::{Lang, Sentence, Text, place_in, text};

/// What the user chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// The register that is opened when none is named.
    pub db: Option<PathBuf>,
    /// The language.
    pub lang: Option<Lang>,
    /// The theme of the screens.
    pub theme: Option<ThemeName>,
    /// The signs of frames and marks.
    pub glyphs: Option<Glyphs>,
    /// Which letters of other keyboard layouts count as which keys.
    pub board: Board,
    /// The layouts that the file uses, where it says something of them.
    pub layouts: Option<Vec<String>>,
    /// Who is named in the history.
    pub user: Option<String>,
    /// Whether the mouse is used.
    pub mouse: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    db: Option<PathBuf>,
    lang: Option<String>,
    theme: Option<String>,
    glyphs: Option<String>,
    layout: Option<RawLayout>,
    user: Option<String>,
    mouse: Option<bool>,
}

/// The layouts that are used, and letters of one's own with the keys they stand for.
#[derive(Deserialize)]
struct RawLayout {
    #[serde(rename = "use")]
    named: Option<Vec<String>>,
    #[serde(flatten)]
    own: BTreeMap<String, String>,
}

impl RawLayout {
    /// The layouts that are used: every one that is known, where none is named.
    fn named(&self) -> Vec<String> {
        self.named.clone().unwrap_or_else(|| LAYOUTS.map(|(name, _)| name.to_owned()).to_vec())
    }
}

/// Reads the file; a file that is not there chooses nothing.
///
/// # Errors
/// The sentence that names the file, the place and what is wrong.
pub fn read(path: &Path) -> Result<Config, Sentence> {
    match std::fs::read_to_string(path) {
        Ok(content) => parse(&content, &path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
        Err(error) => Err(Sentence::from(UNREADABLE).with("path", path.display()).with("what", error)),
    }
}

/// Reads the text of a configuration; `name` is how messages call it.
///
/// # Errors
/// As [`read`].
pub fn parse(content: &str, name: &str) -> Result<Config, Sentence> {
    let raw: Raw = toml::from_str(content).map_err(|error| {
        let (line, column) = place_in(content, error.span().map_or(0, |span| span.start));
        let what = error.message().lines().next().unwrap_or_default().to_owned();
        Sentence::from(NOT_UNDERSTOOD)
            .with("path", name)
            .with("line", line)
            .with("column", column)
            .with("what", what)
    })?;
    let lang = match raw.lang {
        None => None,
        Some(word) => Some(
            locale::language(&word)
                .ok_or_else(|| Sentence::from(NO_LANGUAGE).with("path", name).with("word", word))?,
        ),
    };
    let theme = match raw.theme {
        None => None,
        Some(word) => Some(ThemeName::from_word(&word).ok_or_else(|| {
            let sentence = Sentence::from(NO_THEME).with("path", name).with("word", word);
            sentence.with("themes", ThemeName::words())
        })?),
    };
    let glyphs = match raw.glyphs {
        None => None,
        Some(word) => Some(Glyphs::from_word(&word).ok_or_else(|| {
            let sentence = Sentence::from(NO_GLYPHS).with("path", name).with("word", word);
            sentence.with("sets", Glyphs::ALL.map(Glyphs::word).join(", "))
        })?),
    };
    let layouts = raw.layout.as_ref().map(RawLayout::named);
    let board = raw.layout.map_or_else(|| Ok(Board::default()), |layout| board(layout, name))?;
    let mouse = raw.mouse.unwrap_or(false);
    Ok(Config { db: raw.db, lang, theme, glyphs, board, layouts, user: raw.user, mouse })
}

/// The layouts and pairs of a configuration.
fn board(layout: RawLayout, path: &str) -> Result<Board, Sentence> {
    let known = LAYOUTS.map(|(name, _)| name);
    let named = layout.named();
    if let Some(word) = named.iter().find(|word| !known.contains(&word.as_str())) {
        let sentence = Sentence::from(NO_LAYOUT).with("path", path).with("word", word);
        return Err(sentence.with("layouts", known.join(", ")));
    }
    let one = |word: &str| {
        let mut chars = word.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    let own = layout.own.iter().map(|(letter, key)| {
        let pair = one(letter).filter(|c| !c.is_ascii()).zip(one(key).filter(char::is_ascii_graphic));
        pair.ok_or_else(|| Sentence::from(NO_PAIR).with("path", path).with("letter", letter).with("key", key))
    });
    let own = own.collect::<Result<Vec<_>, _>>()?;
    Ok(Board::of(named.iter().map(String::as_str), own))
}

const UNREADABLE: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const NOT_UNDERSTOOD: Text = text(
    "{path}, line {line}, column {column}: {what}. The keys are db, lang, theme, glyphs, layout and user; mend the line or take it out.",
    "{path} 第 {line} 行第 {column} 列：{what}。可用的键为 db、lang、theme、glyphs、layout、user；请修改或删除该行。",
);
const NO_LANGUAGE: Text =
    text("{path}: “{word}” is no language; write en or zh.", "{path}：“{word}”不是可用语言；请写 en 或 zh。");
const NO_THEME: Text = text(
    "{path}: “{word}” is no theme; there are {themes}.",
    "{path}：“{word}”不是可用主题；可用：{themes}。",
);
const NO_GLYPHS: Text = text(
    "{path}: “{word}” is no set of signs; there are {sets}.",
    "{path}：“{word}”不是可用的符号集；可用：{sets}。",
);
const NO_LAYOUT: Text = text(
    "{path}: “{word}” is no keyboard layout; there are {layouts}.",
    "{path}：“{word}”不是可用的键盘布局；可用：{layouts}。",
);
const NO_PAIR: Text = text(
    "{path}: in [layout], {letter} = {key} is no pair; write a letter of another script and the key it stands for, such as \"ы\" = \"s\".",
    "{path}：[layout] 中的 {letter} = {key} 不成对；请写另一种文字的字母及其代表的按键，如 \"ы\" = \"s\"。",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;

    #[test]
    fn choices_are_read() {
        let config = parse("lang = \"zh-CN\"\ndb = \"/srv/r.db\"\ntheme = \"light\"\n", "c").unwrap();
        assert_eq!(config.lang, Some(Lang::Zh));
        assert_eq!(config.db, Some(PathBuf::from("/srv/r.db")));
        assert_eq!((config.theme, config.user), (Some(ThemeName::Light), None));
        assert_eq!(parse("glyphs = \"ascii\"\n", "c").unwrap().glyphs, Some(Glyphs::Ascii));
        assert_eq!(parse("", "c"), Ok(Config::default()));
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_place() {
        let said = |content: &str| parse(content, "config.toml").unwrap_err().in_(Lang::En);
        let unknown = said("lang = \"en\"\n  colour = \"red\"\n");
        assert!(unknown.starts_with("config.toml, line 2, column 3: unknown field `colour`"), "{unknown}");
        assert!(said("lang = 3\n").starts_with("config.toml, line 1, column 8: "));
        assert!(said("lang = \"fr\"\n").contains("“fr” is no language"));
        assert!(
            said("glyphs = \"utf8\"\n")
                .contains("“utf8” is no set of signs; there are unicode, wide, ascii.")
        );
        assert!(said("theme = \"ligth\"\n").contains("“ligth” is no theme; there are dark, light, "));
    }

    #[test]
    fn letters_of_other_layouts_count_as_keys() {
        let key = |content: &str, c| parse(content, "c").unwrap().board.command(Key::Char(c));
        assert_eq!(key("", 'о'), Key::Char('j'));
        assert_eq!(key("[layout]\n\"ש\" = \"a\"\n", 'ש'), Key::Char('a'));
        assert_eq!(key("[layout]\n\"о\" = \"a\"\n", 'о'), Key::Char('a'), "one's own comes first");
        assert_eq!(key("[layout]\nuse = [\"greek\"]\n", 'о'), Key::Char('о'));
        let said = |content: &str| parse(content, "config.toml").unwrap_err().in_(Lang::En);
        assert!(said("[layout]\nuse = [\"dvorak\"]\n").contains("there are cyrillic, greek."));
        for pair in ["j = \"k\"", "\"щщ\" = \"k\"", "\"щ\" = \"kk\"", "\"щ\" = \"\""] {
            assert!(said(&format!("[layout]\n{pair}\n")).contains("is no pair"), "{pair}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_chooses_nothing() {
        assert_eq!(read(Path::new("/nowhere/at/all/config.toml")), Ok(Config::default()));
    }
}
