//! The minutes of a meeting as files: Markdown, and the same as a page that prints.

use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};

use crate::register::meeting::Session;
use crate::shell::save::{Existing, not_saved, save};
use crate::texts::{Lang, Sentence};

mod markdown;

/// Names that are tried before it is said that all are taken.
const NAMES: usize = 100;

/// A page that prints: no colour is needed, no row is cut by a page's end, and it fits on A4.
const STYLE: &str = "\
@page { size: A4; margin: 18mm 16mm }
body { font: 10.5pt/1.5 'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; \
max-width: 50em; margin: 2em auto; padding: 0 1em; color: #111 }
h1 { font-size: 1.6em } h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 1px solid #999; break-after: avoid }
table { border-collapse: collapse; width: 100% } thead { display: table-header-group }
th, td { border: 1px solid #999; padding: .25em .5em; text-align: left; vertical-align: top } tr { break-inside: avoid }
@media print { body { margin: 0; max-width: none; padding: 0 } }
";

/// The minutes in Markdown.
pub(in crate::shell) fn text(session: &Session, lang: Lang) -> String {
    markdown::markdown(session, lang)
}

/// The minutes as a page that prints.
pub(in crate::shell) fn page(session: &Session, lang: Lang) -> String {
    let text = markdown::markdown(session, lang);
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(&text, Options::ENABLE_TABLES));
    let label = crate::clean::clean(&session.meeting.label()).into_owned();
    let title = quick_xml::escape::escape(label.as_str());
    let tongue = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tongue}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// Writes both into a folder, under the code of the meeting; files that are there already stay, unless they
/// say the same. Says where the first is.
///
/// # Errors
/// What the system says.
pub(in crate::shell) fn write(folder: &Path, session: &Session, lang: Lang) -> Result<String, Sentence> {
    let files = [("md", markdown::markdown(session, lang)), ("html", page(session, lang))];
    for nth in 1..=NAMES {
        let stem = match nth {
            1 => format!("minutes-{}", session.meeting.code),
            nth => format!("minutes-{}-{nth}", session.meeting.code),
        };
        let path = |ending: &str| -> PathBuf { folder.join(format!("{stem}.{ending}")) };
        // What is there already stays, unless it is a file that says the same.
        let is_other = |(ending, text): &(&str, String)| match std::fs::symlink_metadata(path(ending)) {
            Ok(held) if held.is_file() => {
                !std::fs::read(path(ending)).is_ok_and(|held| held == text.as_bytes())
            }
            Ok(_) => true,
            Err(_) => false,
        };
        if files.iter().any(is_other) {
            continue;
        }
        for (ending, text) in &files {
            let path = path(ending);
            match save(&path, Existing::Kept, text.as_bytes()) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(not_saved(&path, &error));
                }
                _ => {}
            }
        }
        return Ok(format!("{}, .html", path("md").display()));
    }
    let error = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(not_saved(folder, &error))
}
