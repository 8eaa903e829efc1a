//! Keys of one's own as a file: a table for each context, `"keys" = "action"` in it.
//!
//! Text in, bindings out, and the other way round; no file is touched here. What is not understood
//! is refused with its line and column: a key that quietly does nothing is worse.

use toml_edit::{Document, DocumentMut, Item, Table};

use super::{Binding, Context, Keymap, spelled};
use crate::app::action::Action;
use crate::app::key::sequence;
use crate::texts::{Sentence, Text, place_in, text};

/// What stands for an action where keys are to do nothing.
pub const NOTHING: &str = "none";

/// What is wrong, and at which byte.
type Fault = (usize, Sentence);

/// The default map with the keys of a file laid over it; `name` is how messages call the file.
///
/// # Errors
/// The sentence that names the file, the place and what is wrong.
pub fn parse(content: &str, name: &str) -> Result<Keymap, Sentence> {
    read(content).map_err(|(byte, why)| {
        let (line, column) = place_in(content, byte);
        let sentence = Sentence::from(AT).with("name", name).with("line", line).with("column", column);
        sentence.with_sentence("why", why)
    })
}

fn read(content: &str) -> Result<Keymap, Fault> {
    let document = Document::parse(content).map_err(|error| {
        let what = error.message().lines().next().unwrap_or_default();
        (error.span().map_or(0, |span| span.start), Sentence::from(PLAIN).with("what", what))
    })?;
    let mut bindings = Vec::new();
    let mut places = Vec::new();
    for (word, item) in document.iter() {
        let at = start(document.as_table(), word);
        let context = Context::from_word(word).ok_or((at, no_context(word)))?;
        let table = item.as_table().ok_or((at, Sentence::from(NO_TABLE).with("word", word)))?;
        for (keys, item) in table {
            let at = start(table, keys);
            let action = action(item).map_err(|why| (item.span().map_or(at, |span| span.start), why))?;
            let keys = sequence(keys).map_err(|_| (at, Sentence::from(NO_KEYS).with("keys", keys)))?;
            bindings.push(Binding { context, keys, action });
            places.push(at);
        }
    }
    let mut map = Keymap::default();
    map.bind(&bindings).map_err(|(which, why)| (places.get(which).copied().unwrap_or(0), why))?;
    Ok(map)
}

/// The byte at which a key of a table begins.
fn start(table: &Table, key: &str) -> usize {
    table.key(key).and_then(toml_edit::Key::span).map_or(0, |span| span.start)
}

/// The action a value names; `None` for keys that are to do nothing.
fn action(item: &Item) -> Result<Option<Action>, Sentence> {
    let word = item.as_str().ok_or(Sentence::from(NO_WORD))?;
    if word == NOTHING {
        return Ok(None);
    }
    match Action::from_word(word) {
        Some(action) => Ok(Some(action)),
        None => Err(Sentence::from(NO_ACTION).with("word", word)),
    }
}

/// The text of a file with these bindings in it; whatever else stands there stays as it is.
///
/// # Errors
/// As [`parse`]: nothing is added to a file that is not understood.
pub fn with(content: &str, bindings: &[Binding], name: &str) -> Result<String, Sentence> {
    let mut map = parse(content, name)?;
    map.bind(bindings).map_err(|(_, why)| why)?;
    let Ok(mut document) = content.parse::<DocumentMut>() else { return Ok(content.to_owned()) };
    // What stands in a file without a table would come to stand behind the first one.
    let head = if document.as_table().is_empty() { content } else { "" };
    if !head.is_empty() {
        document.set_trailing("");
    }
    for binding in bindings {
        let table = document.entry(binding.context.word()).or_insert_with(|| Item::Table(Table::new()));
        if let Some(table) = table.as_table_mut() {
            let word = binding.action.map_or(NOTHING, |action| action.spec().word);
            let mut word = toml_edit::Value::from(word);
            let keys = spelled(&binding.keys);
            if let Some(old) = table.get(&keys).and_then(Item::as_value) {
                // A note behind the old value stays.
                *word.decor_mut() = old.decor().clone();
            }
            table.insert(&keys, Item::Value(word));
        }
    }
    Ok(format!("{head}{document}"))
}

fn no_context(word: &str) -> Sentence {
    let words: Vec<&str> = super::CONTEXTS.iter().map(|(_, word, _)| *word).collect();
    Sentence::from(NO_CONTEXT).with("word", word).with("words", words.join(", "))
}

const AT: Text =
    text("{name}, line {line}, column {column}: {why}.", "{name} 第 {line} 行第 {column} 列：{why}。");
const PLAIN: Text = text("{what}", "{what}");
const NO_CONTEXT: Text =
    text("there is no place “{word}” for keys; there are {words}", "按键没有“{word}”这个位置；可用：{words}");
const NO_TABLE: Text = text("“{word}” must be a table, as [{word}]", "“{word}”应为表，写作 [{word}]");
const NO_KEYS: Text = text(
    "“{keys}” names no keys; write them as g x, Ctrl-P, Enter, PgDn",
    "“{keys}”不是按键；写法如 g x、Ctrl-P、Enter、PgDn",
);
const NO_WORD: Text =
    text("a key takes the word of an action, as \"up\"", "按键的值应为操作的命令词，如 \"up\"");
const NO_ACTION: Text = text(
    "there is no action “{word}”; ? in the program lists them, \"none\" takes a key away",
    "没有操作“{word}”；在程序中按 ? 查看，\"none\" 表示取消按键",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;
    use crate::texts::Lang;

    const BROWSE: Context = Context::Browse;

    fn said(content: &str) -> String {
        parse(content, "keymap.toml").unwrap_err().in_(Lang::En)
    }

    #[test]
    fn keys_of_ones_own_lie_over_the_default() {
        let map = parse("[browse]\n\"K\" = \"up\"\n\"d\" = \"none\"\n\"W z\" = \"archive\"\n", "k").unwrap();
        assert_eq!(map.meaning(BROWSE, &[Key::Char('K')]), Some(Action::Up));
        assert_eq!(map.meaning(BROWSE, &[Key::Char('k')]), Some(Action::Up));
        assert_eq!(map.meaning(BROWSE, &[Key::Char('d')]), None);
        assert_eq!(map.keys_in(&[BROWSE], Action::Archive), ["Wz"]);
        assert_eq!(parse("", "k"), Ok(Keymap::default()));
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_place() {
        for (content, says) in [
            ("[browse]\n  \"K\" = \"upp\"", "keymap.toml, line 2, column 9: there is no action “upp”;"),
            ("\n[brwse]\n", "keymap.toml, line 2, column 2: there is no place “brwse” for keys;"),
            ("[browse]\n\"Ctrl-PP\" = \"up\"", "keymap.toml, line 2, column 1: “Ctrl-PP” names no keys;"),
            ("[browse]\nK = 3", "keymap.toml, line 2, column 5: a key takes the word"),
            ("[browse]\nK = \"up\"\nK = \"up\"", "keymap.toml, line 3, column 1: duplicate key"),
            ("browse = 3", "keymap.toml, line 1, column 1: “browse” must be a table"),
            ("[browse]\nK = \"save\"", "keymap.toml, line 2, column 1: “save” does nothing in browse."),
            ("[form]\nx = \"save\"", "keymap.toml, line 2, column 1: “x” is text in form"),
            ("[menu]\n\"x y\" = \"down\"", "keymap.toml, line 2, column 1: “x y”: more than one key"),
        ] {
            assert!(said(content).starts_with(says), "{}", said(content));
        }
    }

    #[test]
    fn keys_that_begin_others_are_refused_unless_those_go() {
        let says = said("[browse]\n\n\"g\" = \"first\"\n");
        let clash =
            "keymap.toml, line 3, column 1: “g” and “g g” (first) cannot both be: one begins the other.";
        assert_eq!(says, clash);
        let gone =
            ["g g", "g v", "g c", "g r", "g k", "g x", "g h"].map(|keys| format!("\"{keys}\" = \"none\"\n"));
        assert!(parse(&format!("[browse]\ng = \"first\"\n{}", gone.concat()), "k").is_ok());
        assert!(said("[browse]\n\"x y\" = \"up\"\n\"x\" = \"down\"").contains("cannot both be"));
    }

    #[test]
    fn a_binding_is_written_beside_what_stands_there() {
        let content = "# mine\n[browse]\n\"K\" = \"up\" # as in vim\n\n[form]\n\"Ctrl-O\" = \"save\"\n";
        let bindings = [
            Binding {
                context: BROWSE,
                keys: vec![Key::Char('g'), Key::Char('x')],
                action: Some(Action::Copy),
            },
            Binding { context: BROWSE, keys: vec![Key::Char('K')], action: None },
        ];
        let made = with(content, &bindings, "k").unwrap();
        assert!(made.contains("# mine") && made.contains("# as in vim"), "{made}");
        assert!(made.contains("\"g x\" = \"copy\"") && made.contains("K = \"none\""), "{made}");
        let map = parse(&made, "k").unwrap();
        assert_eq!(map.meaning(Context::Form, &[Key::Ctrl('o')]), Some(Action::Save));
        assert_eq!(map.meaning(BROWSE, &[Key::Char('K')]), None);
        assert!(with("[browse]\nK = 3", &bindings, "k").is_err(), "nothing is added to a broken file");
    }
}
