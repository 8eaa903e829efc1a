//! Help says the truth about every action, finds it by any of its names, and runs it.

use super::*;
use crate::app::geometry::Size;
use crate::app::keymap::BINDINGS;

fn help() -> Help {
    let from = vec![Context::Browse, Context::Global];
    Help { field: TextField::default(), cursor: 0, from, under: None, rebinding: None }
}

fn words(typed: &str) -> Vec<&'static str> {
    let help = Help { field: TextField::new(typed), ..help() };
    help.entries(&Keymap::default()).iter().map(|entry| entry.spec.word).collect()
}

#[test]
fn every_binding_stands_in_help() {
    let map = Keymap::default();
    for (context, keys, action) in BINDINGS {
        let keys = keys.replace("g ", "g");
        let mut sections = SECTIONS.iter().filter(|section| section.contexts.contains(context));
        let shown =
            sections.any(|section| section.entries(&map).any(|entry| entry.keys(&map).contains(&keys)));
        assert!(shown, "{keys} ({action:?}) in {context:?} is not shown");
    }
}

#[test]
fn every_action_stands_in_help_and_tells_its_command() {
    let map = Keymap::default();
    let entries = help().entries(&map);
    for spec in ACTIONS {
        let entry = entries.iter().find(|entry| entry.spec.action == spec.action);
        let entry = entry.unwrap_or_else(|| panic!("{} is not there", spec.word));
        let command = (spec.group != Group::Inside).then(|| format!(":{}", spec.word));
        assert_eq!(entry.command(), command, "what cannot be typed is no command");
    }
}

#[test]
fn an_action_is_found_by_key_word_and_what_it_does_in_both_scripts() {
    assert_eq!(words("gc")[0], "go-contracts");
    assert_eq!(words("arch")[0], "archive");
    assert_eq!(words("撤销")[0], "undo");
    assert_eq!(words("chexiao")[0], "undo");
    assert_eq!(words("who changed")[0], "history");
    assert_eq!(words("zzzz"), Vec::<&str>::new());
}

#[test]
fn columns_lose_no_line_at_any_size() {
    let map = Keymap::default();
    let entries = help().entries(&map);
    for (width, height) in [(120, 35), (80, 24), (60, 20), (40, 10), (200, 60)] {
        let size = Size { width, height };
        let lines = lines(&entries, false, size);
        let shown: Vec<usize> = lines
            .iter()
            .filter_map(|line| if let Line::Entry(at) = line { Some(*at) } else { None })
            .collect();
        assert_eq!(shown, (0..entries.len()).collect::<Vec<_>>());
        let rows = usize::from(size.help_rows());
        if rows > 3 {
            let is_last = |at: usize| (at + 1).is_multiple_of(rows);
            let widows =
                lines.iter().enumerate().filter(|(at, line)| matches!(line, Line::Head(_)) && is_last(*at));
            assert_eq!(widows.count(), 0, "a heading stands alone at the foot of a column");
        }
    }
}
