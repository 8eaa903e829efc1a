//! The user's choices: `config.toml`, read once at the start.
//!
//! An unknown key is refused with its place, never passed over: a misspelt choice that does
//! nothing is worse than a start that says so. The file is never written.

use std::path::{Path, PathBuf};

use serde::Deserialize;

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
    /// Who is named in the history.
    pub user: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    db: Option<PathBuf>,
    lang: Option<String>,
    theme: Option<String>,
    glyphs: Option<String>,
    user: Option<String>,
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
    Ok(Config { db: raw.db, lang, theme, glyphs, user: raw.user })
}

const UNREADABLE: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const NOT_UNDERSTOOD: Text = text(
    "{path}, line {line}, column {column}: {what}. The keys are db, lang, theme, glyphs and user; mend the line or take it out.",
    "{path} 第 {line} 行第 {column} 列：{what}。可用的键为 db、lang、theme、glyphs、user；请修改或删除该行。",
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_file_that_is_not_there_chooses_nothing() {
        assert_eq!(read(Path::new("/nowhere/at/all/config.toml")), Ok(Config::default()));
    }
}
