//! The first start: nobody has named a register and there is none. How does one want to begin?

use crate::app::action::Action;
use crate::app::command::paths;
use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, command, form, overlay, tour, words};
use crate::domain::money::Currency;
use crate::entity::Kind;
use crate::texts::{Lang, Sentence, Text, text};

/// The question of the first start.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Welcome {
    /// The way under the cursor: its place in [`WAYS`].
    pub cursor: usize,
    /// The path that is typed, where the way needs one.
    pub path: Option<TextField>,
    /// Why the last choice came to nothing.
    pub problem: Option<Sentence>,
}

/// A way to begin.
#[derive(Debug)]
pub struct Way {
    /// What it is called.
    pub title: Text,
    /// What it does.
    pub says: Text,
    /// What is asked for, where it needs a path.
    pub asks: Option<Text>,
}

/// The ways, in the order of their numbers.
pub const WAYS: [Way; 4] = [
    Way {
        title: text("Explore the demo", "浏览演示数据"),
        says: text("invented vendors and contracts, in a throwaway file", "虚构的供应商与合同，用后即弃"),
        asks: None,
    },
    Way {
        title: text("Import a spreadsheet", "导入表格"),
        says: text(
            "CSV, XLSX or ODS, columns matched for you, nothing saved until you confirm",
            "CSV、XLSX 或 ODS，自动匹配列，确认后才保存",
        ),
        asks: Some(text("Path of the spreadsheet:", "表格路径：")),
    },
    Way {
        title: text("Start empty", "从空白开始"),
        says: text("add your first vendor; its name is enough", "新增第一家供应商，只需名称"),
        asks: None,
    },
    Way {
        title: text("Open a shared file", "打开共享文件"),
        says: text("path to a .db that a colleague already uses", "同事正在使用的 .db 文件路径"),
        asks: Some(text("Path of the register:", "登记册路径：")),
    },
];

/// What the shell is to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// The demo register.
    Demo,
    /// A new register, where none was named.
    Empty,
    /// A new register, into which this file is then read.
    Import(String),
    /// The register at a path.
    Open(String),
}

/// The register that was begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// What is shown of it in the corner.
    pub register: String,
    /// Its base currency.
    pub base_currency: Currency,
    /// What was begun.
    pub with: Begin,
}

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Welcome(welcome)) = &mut state.overlay else { return };
    welcome.problem = None;
    if welcome.path.is_some() {
        return path_key(state, key, out);
    }
    let key = state.board.command(key);
    match (key, state.keymap.action(&[Context::Menu], key)) {
        (Key::Char(c @ '1'..='4'), _) => {
            welcome.cursor = usize::try_from(u32::from(c) - u32::from('1')).unwrap_or(0);
            choose(state, out);
        }
        (Key::Char('L'), _) => state.lang = if state.lang == Lang::En { Lang::Zh } else { Lang::En },
        (Key::Char('q') | Key::Ctrl('c'), _) => out.push(Effect::Quit),
        (_, Some(Action::Down)) => welcome.cursor = (welcome.cursor + 1) % WAYS.len(),
        (_, Some(Action::Up)) => welcome.cursor = (welcome.cursor + WAYS.len() - 1) % WAYS.len(),
        (_, Some(Action::Choose)) => choose(state, out),
        // There is nothing behind this screen to go to.
        (Key::Esc, _) => {}
        _ => overlay::no_action(state, key),
    }
}

fn path_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Welcome(welcome)) = &mut state.overlay else { return };
    let Some(path) = &mut welcome.path else { return };
    match key {
        Key::Esc | Key::Ctrl('c') => welcome.path = None,
        Key::Enter if path.text().trim().is_empty() => {}
        Key::Enter => {
            let path = path.text().trim().to_owned();
            let with = if welcome.cursor == 1 { Begin::Import(path) } else { Begin::Open(path) };
            out.push(Effect::Begin(with));
        }
        Key::Tab => {
            let longer = paths::common(path.text(), state.folder.as_ref());
            path.set(longer.clone());
            paths::ask_for(state, &longer, out);
        }
        _ => {
            let _: Typed = path.key(key);
            let typed = path.text().to_owned();
            paths::ask_for(state, &typed, out);
        }
    }
}

/// Takes a pasted path.
pub fn paste(welcome: &mut Welcome, pasted: &str) {
    if let Some(path) = &mut welcome.path {
        path.paste_line(pasted);
    }
}

fn choose(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Welcome(welcome)) = &mut state.overlay else { return };
    match welcome.cursor {
        0 => out.push(Effect::Begin(Begin::Demo)),
        2 => out.push(Effect::Begin(Begin::Empty)),
        _ => {
            welcome.path = Some(TextField::default());
            paths::ask_for(state, "", out);
        }
    }
}

/// The register is there, or why it is not.
pub(super) fn begun(state: &mut State, result: Result<Begun, Sentence>, out: &mut Vec<Effect>) {
    let begun = match result {
        Ok(begun) => begun,
        Err(why) => {
            if let Some(Overlay::Welcome(welcome)) = &mut state.overlay {
                welcome.problem = Some(why);
            }
            return;
        }
    };
    state.overlay = None;
    state.register = begun.register;
    state.base_currency = begun.base_currency;
    state.forget_all(out);
    match begun.with {
        Begin::Demo => tour::offer(state),
        Begin::Empty => form::add(state, Kind::Vendor, None, out),
        Begin::Import(path) => command::run(state, &format!("import {path}"), out),
        Begin::Open(_) => state.message = Some(Message::note(words::KEEP_OPENING)),
    }
}
