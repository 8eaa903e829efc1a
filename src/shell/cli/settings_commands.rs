//! `set`, `get` and `info`: the settings of the register, and what this program works with.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};
use termprofile::Env;

use crate::app::copy::Way;
use crate::app::look::Ground;
use crate::entity::filter::Asked;
use crate::entity::{Direction, Kind};
use crate::register::{Anchor, Query, Refusal, Shelves};
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, args};
use crate::shell::clipboard::HERE;
use crate::shell::{paths, terminal};
use crate::store::backup::copies;
use crate::store::{SCHEMA_VERSION, Store, engine_version, settings};
use crate::texts::{Text, text};
use crate::ui::theme::Depth;

/// `vendeck set KEY VALUE`.
pub(super) fn set(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let key = key(matches).unwrap_or_default();
    let value = matches.get_one::<String>("value").map(|value| value.trim()).unwrap_or_default();
    let value = settings::known(&key)?.tidy(value);
    let mut store = desk.store()?;
    store.set(&key, &value)?;
    print(desk, &store, &[&key])
}

/// `vendeck get [KEY]`.
pub(super) fn get(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let asked = key(matches);
    if let Some(key) = &asked {
        settings::known(key)?;
    }
    let store = desk.store()?;
    match &asked {
        Some(key) => print(desk, &store, &[key]),
        None => print(desk, &store, &settings::KNOWN.iter().map(|known| known.key).collect::<Vec<_>>()),
    }
}

fn key(matches: &ArgMatches) -> Option<String> {
    matches.get_one::<String>("key").map(|key| key.trim().replace('-', "_"))
}

fn print(desk: &mut Desk, store: &Store, keys: &[&str]) -> Result<Exit, Stop> {
    let values = keys.iter().map(|key| Ok(((*key).to_owned(), store.setting(key)?)));
    let values: Vec<(String, String)> = values.collect::<Result<_, Refusal>>()?;
    if desk.out.is_json() {
        let object: Map<String, Json> = values.into_iter().map(|(key, value)| (key, json!(value))).collect();
        desk.out.json(&Json::Object(object))?;
    } else if let [(_, value)] = values.as_slice() {
        desk.out.line(value)?;
    } else {
        let lang = desk.lang;
        let heads = [text("Key", "键"), text("Value", "值"), text("What for", "用途")];
        let meaning = |key: &str| settings::known(key).map_or("", |known| known.meaning.in_(lang));
        let rows: Vec<Vec<String>> = values
            .into_iter()
            .map(|(key, value)| vec![key.clone(), value, meaning(&key).to_owned()])
            .collect();
        desk.out.table(&heads.map(|head| Head::left(head.in_(lang))), &rows)?;
    }
    Ok(Exit::Done)
}

/// `vendeck info`. Makes no register where there is none.
pub(super) fn info(desk: &mut Desk) -> Result<Exit, Stop> {
    let path = desk.opening.path.clone();
    let bytes = std::fs::symlink_metadata(&path).ok().map(|meta| meta.len());
    let counts = match bytes {
        Some(_) => Some(counts(&desk.store()?)?),
        None => None,
    };
    let beside = copies::of(&path);
    let env = |key: &str| std::env::var(key).ok();
    let config = paths::config();
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "register": path.to_string_lossy(),
        "bytes": bytes,
        "counts": counts,
        "copies": beside.len(),
        "copies_bytes": (!beside.is_empty()).then(|| beside.iter().map(|copy| copy.bytes).sum::<u64>()),
        "copies_newest": beside.first().map(|copy| copy.path.to_string_lossy()),
        "schema": SCHEMA_VERSION,
        "sqlite": engine_version(),
        "config": told(config.clone()),
        "config_exists": config.as_ref().is_some_and(|path| path.exists()),
        "keymap": told(paths::keymap()),
        "drafts": told(paths::state().map(|folder| folder.join("drafts"))),
        "demo_cache": told(paths::cache()),
        "user": desk.opening.actor,
        "lang": desk.lang.word(),
        "today": desk.opening.today.to_string(),
        "terminal": {
            "stdout": std::io::stdout().is_terminal(),
            "columns": size.map(|size| size.ws_col),
            "rows": size.map(|size| size.ws_row),
            "term": env("TERM"),
            "colorterm": env("COLORTERM"),
            "no_color": env("NO_COLOR").is_some_and(|value| !value.is_empty()),
            "colours": colours(terminal::depth(&Env)),
            "ground": if terminal::ground(&Env) == Ground::Light { "light" } else { "dark" },
            "copies_by": copies_by(HERE.way("")),
        },
        "tmux": env("TMUX").map(|_| TMUX),
    });
    if desk.out.is_json() {
        desk.out.json(&facts)?;
        return Ok(Exit::Done);
    }
    let rows: Vec<Vec<String>> = flat("", &facts)
        .into_iter()
        .map(|(key, value)| {
            vec![fact_label(&key).map_or(key, |label| label.in_(desk.lang).to_owned()), value]
        })
        .collect();
    let heads = [Head::left(text("What", "项目").in_(desk.lang)), Head::left("")];
    desk.out.whole_table(&heads, &rows)?;
    Ok(Exit::Done)
}

fn told(path: Option<PathBuf>) -> Option<String> {
    path.map(|path| path.to_string_lossy().into_owned())
}

/// How many colours there are, in a word.
const fn colours(depth: Depth) -> &'static str {
    match depth {
        Depth::Mono => "none",
        Depth::Basic => "16",
        Depth::Indexed => "256",
        Depth::True => "24 bits",
    }
}

/// The way to the clipboard, in a word.
const fn copies_by(way: Way) -> Option<&'static str> {
    match way {
        Way::Terminal => Some("OSC 52"),
        Way::Tmux => Some("OSC 52 through tmux"),
        Way::TooLong | Way::None => None,
    }
}

/// What tmux must be told, so that what is copied gets out of it and Esc does not lag.
const TMUX: &str = "set -s set-clipboard on; set -g allow-passthrough on; set -s escape-time 10";

fn counts(store: &Store) -> Result<Json, Refusal> {
    let mut object = Map::new();
    for kind in args::KINDS {
        let query = Query {
            kind: *kind,
            scope: None,
            filter: Asked::default(),
            order: (kind.table().order.0, Direction::Up),
            then: None,
            extra: Vec::new(),
            shelf: Shelves::Open,
            anchor: Anchor::First,
            reach: (0, 0),
        };
        object.insert(kind.table().plural.to_owned(), json!(store.count_matching(&query)?));
    }
    Ok(Json::Object(object))
}

/// The facts one by one: nested names joined by a blank.
fn flat(prefix: &str, facts: &Json) -> Vec<(String, String)> {
    match facts {
        Json::Object(object) => object
            .iter()
            .flat_map(|(key, value)| {
                let name = if prefix.is_empty() { key.clone() } else { format!("{prefix} {key}") };
                flat(&name, value)
            })
            .collect(),
        Json::Null => Vec::new(),
        Json::String(text) => vec![(prefix.to_owned(), text.clone())],
        other => vec![(prefix.to_owned(), other.to_string())],
    }
}

fn fact_label(key: &str) -> Option<Text> {
    if let Some(kind) = key.strip_prefix("counts ").and_then(Kind::from_word) {
        return Some(kind.table().many);
    }
    Some(match key {
        "version" => text("Version", "版本"),
        "register" => text("Register", "登记册"),
        "bytes" => text("Bytes", "字节"),
        "copies" => text("Copies beside it", "旁存副本"),
        "copies_bytes" => text("Bytes of copies", "副本字节"),
        "copies_newest" => text("Newest copy", "最新副本"),
        "schema" => text("Format", "文件格式"),
        "config" => text("Configuration", "配置文件"),
        "config_exists" => text("Configuration exists", "配置文件存在"),
        "keymap" => text("Keys of your own", "自定义按键"),
        "drafts" => text("Drafts of forms", "表单草稿"),
        "demo_cache" => text("Demo of the day", "当日演示数据"),
        "terminal colours" => text("Colours", "颜色"),
        "terminal ground" => text("Ground, as far as is told", "背景（环境所示）"),
        "terminal copies_by" => text("Copies by", "复制方式"),
        "tmux" => text("Add to ~/.tmux.conf", "加入 ~/.tmux.conf"),
        "user" => text("User", "操作人"),
        "lang" => text("Language", "语言"),
        "today" => text("Today", "今日"),
        "terminal stdout" => text("On a terminal", "连接终端"),
        "terminal columns" => text("Columns", "列数"),
        "terminal rows" => text("Rows", "行数"),
        _ => return None,
    })
}
