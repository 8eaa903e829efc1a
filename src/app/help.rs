//! Help: every key there is, section by section, made from the key map and the table of actions.
//!
//! The screen, the README and the scrolling read the same sections.

use crate::app::action::{ACTIONS, Group, Spec};
use crate::app::geometry::Size;
use crate::app::keymap::{Context, Keymap};
use crate::texts::{Text, text};

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
    group(text("Moving", "移动"), Group::Move),
    group(text("Anywhere", "任意位置"), Group::Anywhere),
    inside(text("In a form", "表单内"), &[Context::Form]),
    inside(text("In a field of choices", "选项字段内"), &[Context::Choice]),
    inside(text("Among the records a field offers", "字段的候选记录"), &[Context::Picker]),
    inside(text("In the filter of a list", "列表筛选时"), &[Context::Filter]),
    inside(text("In Find anything", "查找一切"), &[Context::Find]),
    inside(text("On the command line", "命令行"), &[Context::Command]),
    inside(text("In a menu", "菜单内"), &[Context::Menu]),
    inside(text("Among kept drafts", "保留的草稿"), &[Context::Drafts]),
    inside(text("In help", "帮助内"), &[Context::Help]),
];

/// One action in help.
#[derive(Debug)]
pub struct Entry {
    /// Its keys; its command where it has none.
    pub keys: Vec<String>,
    /// What it does.
    pub says: Text,
}

impl Section {
    /// Its actions, in the order of their table.
    #[must_use]
    pub fn entries(&self, map: &Keymap) -> Vec<Entry> {
        let entry = |spec: &Spec| {
            let keys = map.keys_in(self.contexts, spec.action);
            match self.group {
                Some(group) if group != spec.group => None,
                Some(_) if keys.is_empty() => Some(vec![format!(":{}", spec.word)]),
                _ => Some(keys).filter(|keys| !keys.is_empty()),
            }
            .map(|keys| Entry { keys, says: spec.says })
        };
        ACTIONS.iter().filter_map(entry).collect()
    }
}

/// One line of the screen of keys.
#[derive(Debug)]
pub enum Line {
    /// Between two sections.
    Blank,
    /// The heading of a section.
    Head(Text),
    /// An action.
    Keys(Entry),
}

/// The lines of the screen of keys.
#[must_use]
pub fn lines(map: &Keymap) -> Vec<Line> {
    let mut lines = Vec::new();
    for section in SECTIONS {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Head(section.title));
        lines.extend(section.entries(map).into_iter().map(Line::Keys));
    }
    lines
}

/// The first line that may stand at the top: from there on the last line is seen.
#[must_use]
pub fn last_top(map: &Keymap, size: Size) -> usize {
    lines(map).len().saturating_sub(size.help_lines())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::BINDINGS;

    #[test]
    fn every_binding_stands_in_help() {
        let map = Keymap::default();
        for (context, keys, action) in BINDINGS {
            let shown = SECTIONS.iter().filter(|section| section.contexts.contains(context)).any(|section| {
                let keys = keys.replace("g ", "g");
                section.entries(&map).iter().any(|entry| entry.keys.contains(&keys))
            });
            assert!(shown, "{keys} ({action:?}) in {context:?} is not shown");
        }
    }

    #[test]
    fn what_cannot_be_typed_is_no_command() {
        let map = Keymap::default();
        let entries = SECTIONS.iter().flat_map(|section| section.entries(&map));
        let commands: Vec<String> = entries.flat_map(|entry| entry.keys).filter(|k| k.len() > 1).collect();
        let commands = commands.iter().filter_map(|keys| keys.strip_prefix(':'));
        for word in commands {
            assert!(crate::app::action::Action::from_word(word).is_some(), "{word}");
        }
    }
}
