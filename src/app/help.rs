//! Help: every action there is, section by section, made from the key map and the table of actions;
//! searched by typing, run by Enter, given other keys by Ctrl-T.
//!
//! The screen, its keys and the README read the same sections.

use crate::app::action::{ACTIONS, Action, Group, Spec};
use crate::app::input::TextField;
use crate::app::key::Key;
use crate::app::keymap::{Context, Keymap, spelled};
use crate::app::possible;
use crate::app::state::{Overlay, State};
use crate::app::words;
use crate::lookup::query::Query;
use crate::lookup::rank;
use crate::register::code_of;
use crate::texts::{Lang, Sentence, Text, text};

pub use keys::{on_key, open, paste, toggle};
pub use lines::{Line, lines};

mod keys;
mod lines;

/// The open help.
#[derive(Debug, Clone, PartialEq)]
pub struct Help {
    /// What is typed to search in it.
    pub field: TextField,
    /// The place of the entry under the cursor among [`Help::entries`].
    pub cursor: usize,
    /// Where keys were read when it was opened: whose actions come first and can be run.
    pub from: Vec<Context>,
    /// What lay over the screen then, and does again once help is closed.
    pub under: Option<Box<Overlay>>,
    /// The keys pressed so far for the entry under the cursor, while it is given others.
    pub rebinding: Option<Vec<Key>>,
}

/// A section: the actions of a group, or whatever is bound in some contexts.
#[derive(Debug)]
pub struct Section {
    /// Its heading.
    pub title: Text,
    contexts: &'static [Context],
    group: Option<Group>,
}

const fn group(title: Text, group: Group) -> Section {
    Section { title, contexts: &[Context::Browse, Context::Global], group: Some(group) }
}

const fn inside(title: Text, contexts: &'static [Context]) -> Section {
    Section { title, contexts, group: None }
}

/// The sections, in their order.
pub const SECTIONS: &[Section] = &[
    group(text("This screen", "本页"), Group::Here),
    group(text("With a contract", "办理合同"), Group::Contract),
    group(text("With a review", "办理考核"), Group::Review),
    group(text("Moving", "移动"), Group::Move),
    group(text("Anywhere", "任意位置"), Group::Anywhere),
    inside(text("On the timeline", "时间线上"), &[Context::Timeline]),
    inside(text("On a checklist", "清单上"), &[Context::Checklist]),
    inside(text("In a form", "表单内"), &[Context::Form]),
    inside(text("In a field of choices", "选项字段内"), &[Context::Choice]),
    inside(text("In a field of several choices", "多选字段内"), &[Context::Several]),
    inside(text("Among what a field offers", "字段的候选项"), &[Context::Picker]),
    inside(text("In the filter of a list", "列表筛选时"), &[Context::Filter]),
    inside(text("Among problems", "问题列表"), &[Context::Problems]),
    inside(text("In an import", "导入时"), &[Context::Import]),
    inside(text("In Find anything", "查找一切"), &[Context::Find]),
    inside(text("On the command line", "命令行"), &[Context::Command]),
    inside(text("In a menu", "菜单内"), &[Context::Menu]),
    inside(text("Among kept drafts", "保留的草稿"), &[Context::Drafts]),
    inside(text("Among columns", "选择列时"), &[Context::Columns]),
    inside(text("Among views", "选择视图时"), &[Context::Views]),
    inside(text("In a line typed in place", "就地输入时"), &[Context::Naming]),
    inside(text("Among settings", "设置内"), &[Context::Settings]),
    inside(text("Where a word is typed to be sure", "输入文字确认时"), &[Context::Sure]),
    inside(text("Among those that cannot", "不可行的记录"), &[Context::Misfits]),
    inside(text("In an explanation", "推算说明内"), &[Context::Explained]),
    inside(text("Among clauses", "条款清单内"), &[Context::Clauses]),
    inside(text("Among service levels", "服务水平内"), &[Context::Levels]),
    inside(text("In a proposal", "提议内"), &[Context::Proposal]),
    inside(text("In a ranking", "排名内"), &[Context::Standing]),
    inside(text("In the money of a contract", "合同费用内"), &[Context::Money]),
    inside(text("In a meeting", "会议评审中"), &[Context::Meeting]),
    inside(text("In a line typed in a meeting", "会议中输入时"), &[Context::Jotting]),
    inside(text("In help", "帮助内"), &[Context::Help]),
];

/// One action in help.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Where it works.
    pub section: &'static Section,
    /// The action.
    pub spec: &'static Spec,
}

impl Section {
    /// Its actions, in the order of their table: those with a key, and the commands.
    pub fn entries(&'static self, map: &Keymap) -> impl Iterator<Item = Entry> {
        let is_here = move |spec: &&'static Spec| match self.group {
            Some(group) => group == spec.group,
            None => !map.keys_in(self.contexts, spec.action).is_empty(),
        };
        ACTIONS.iter().filter(is_here).map(move |spec| Entry { section: self, spec })
    }

    /// The context in which its actions get keys of one's own.
    #[must_use]
    pub fn context(&self) -> Context {
        self.contexts.first().copied().unwrap_or(Context::Browse)
    }
}

impl Entry {
    /// Its keys.
    #[must_use]
    pub fn keys(&self, map: &Keymap) -> Vec<String> {
        map.keys_in(self.section.contexts, self.spec.action)
    }

    /// Its command, where it has one.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        (self.spec.group != Group::Inside && self.section.group.is_some())
            .then(|| format!(":{}", self.spec.word))
    }

    /// The context its keys are of: another than that of its section for what works everywhere.
    #[must_use]
    pub fn context(&self, map: &Keymap) -> Context {
        let here = self.section.context();
        let is_bound = |context: &Context| !map.sequences(*context, self.spec.action).is_empty();
        self.section.contexts.iter().copied().find(is_bound).unwrap_or(here)
    }

    /// The same from the shell, for the record under the cursor.
    #[must_use]
    pub fn twin(&self, state: &State) -> Option<String> {
        let twin = Some(self.spec.twin).filter(|twin| !twin.is_empty())?;
        let kind = state.selected().map(|at| at.kind).or(state.list().map(|list| list.key.kind));
        let word = kind.map_or("KIND", |kind| kind.table().word);
        let code = state.selected().map_or_else(|| "CODE".to_owned(), code_of);
        Some(twin.replace("{kind}", word).replace("{code}", &code))
    }
}

impl Help {
    /// Help for what is on the screen.
    #[must_use]
    pub fn of(state: &mut State) -> Self {
        let from = state.contexts();
        let under = state.overlay.take().map(Box::new);
        Self { field: TextField::default(), cursor: 0, from, under, rebinding: None }
    }

    /// What it lists: all sections, those of where it was opened first; while something is typed, what
    /// matches it, the best first.
    #[must_use]
    pub fn entries(&self, map: &Keymap) -> Vec<Entry> {
        let (first, rest): (Vec<_>, Vec<_>) = SECTIONS.iter().partition(|section| self.is_of_here(section));
        let all = first.into_iter().chain(rest).flat_map(|section| section.entries(map));
        if !self.is_searching() {
            return all.collect();
        }
        let typed = self.field.text().trim().to_lowercase();
        let query = Query::parse(&typed);
        let mut found: Vec<(u8, Entry)> =
            all.filter_map(|entry| Some((grade(&entry, &typed, &query, map)?, entry))).collect();
        found.sort_by_key(|(grade, _)| *grade);
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Whether something is typed.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        !self.field.text().trim().is_empty()
    }

    /// The entry under the cursor.
    #[must_use]
    pub fn entry(&self, map: &Keymap) -> Option<Entry> {
        self.entries(map).get(self.cursor).copied()
    }

    fn is_of_here(&self, section: &Section) -> bool {
        self.from.contains(&section.context())
    }

    /// Why an entry cannot be run where help was opened; `None` where it can.
    #[must_use]
    pub fn why_not(&self, state: &State, entry: &Entry) -> Option<Sentence> {
        let is_terminals = matches!(entry.spec.action, Action::Redraw | Action::Suspend);
        if is_terminals {
            return None;
        }
        if !self.is_of_here(entry.section) {
            return Some(Sentence::from(words::WORKS_THERE).with_word("place", entry.section.title));
        }
        if entry.section.group.is_some() { possible::why_not(state, entry.spec.action) } else { None }
    }
}

/// How well an entry matches what is typed, the best least; `None` where it does not. By its keys, its
/// word, and what it says in either language, Chinese also in pinyin.
fn grade(entry: &Entry, typed: &str, query: &Query, map: &Keymap) -> Option<u8> {
    let spec = entry.spec;
    let says = Lang::ALL.map(|lang| spec.says.in_(lang).to_lowercase());
    if entry.keys(map).iter().any(|keys| keys.to_lowercase() == typed) || spec.word == typed {
        return Some(0);
    }
    if spec.word.starts_with(typed) || says.iter().any(|says| says.starts_with(typed)) {
        return Some(1);
    }
    let matches = |text: &str| rank::matches_text(query, text);
    if says.iter().any(|says| matches(says)) || matches(spec.word) {
        return Some(2);
    }
    let tells = spec.tells.into_iter().flat_map(|tells| Lang::ALL.map(|lang| tells.in_(lang)));
    tells.into_iter().any(matches).then_some(3)
}

/// What is said of the keys that are pressed for an entry: what they do now, or why they cannot be.
#[must_use]
pub fn of_pressed(map: &Keymap, entry: &Entry, pressed: &[Key]) -> Sentence {
    let context = entry.context(map);
    if pressed.is_empty() {
        return Sentence::from(words::PRESS_KEYS).with_word("what", entry.spec.says);
    }
    match map.meaning(context, pressed) {
        Some(action) => Sentence::from(words::KEYS_TAKEN)
            .with("keys", spelled(pressed))
            .with_word("what", action.spec().says),
        None => Sentence::from(words::KEYS_FREE).with("keys", spelled(pressed)),
    }
}

#[cfg(test)]
mod tests;
