//! Names that look like another: letters of two scripts in one word, full-width letters, and
//! characters that cannot be seen. Said on saving, never refused: such names exist.

use crate::texts::{Sentence, Text, text};

/// What of a name looks like something else; nothing for a name that is as it looks.
pub(super) fn doubt(name: &str) -> Option<Sentence> {
    if let Some(hidden) = name.chars().find(|c| is_hidden(*c)) {
        return Some(Sentence::from(HIDDEN).with("code", format!("U+{:04X}", u32::from(hidden))));
    }
    if let Some(wide) = name.chars().find(|c| matches!(c, '\u{ff10}'..='\u{ff5a}') && c.is_alphanumeric()) {
        return Some(Sentence::from(WIDE).with("letter", wide));
    }
    let is_mixed = |word: &&str| word.chars().any(is_latin) && word.chars().any(is_confusable);
    let word = name.split(|c: char| !c.is_alphanumeric()).find(is_mixed)?;
    let letter = word.chars().find(|c| is_confusable(*c))?;
    Some(Sentence::from(MIXED).with("word", word).with("letter", letter))
}

/// Zero-width characters, joiners, fillers and marks of direction.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}')
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}') && c.is_alphabetic()
}

/// Letters of the scripts whose letters pass for Latin ones: Greek and Cyrillic.
fn is_confusable(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') && c.is_alphabetic()
}

const HIDDEN: Text = text(
    "Holds a character that cannot be seen ({code}). Compare the name with the licence.",
    "含有不可见字符（{code}），请与营业执照核对名称。",
);
const WIDE: Text = text(
    "Holds the full-width letter {letter}; another record may have it in plain form.",
    "含有全角字符“{letter}”，可能与半角写法的记录重复。",
);
const MIXED: Text = text(
    "“{word}” mixes scripts: {letter} is no Latin letter, though it looks like one. Compare the name with the licence.",
    "“{word}”混用了不同文字：“{letter}”形似拉丁字母却不是。请与营业执照核对名称。",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    #[test]
    fn names_that_look_like_others_are_doubted() {
        for (name, word) in [
            ("pay\u{200b}pal", "U+200B"),
            ("\u{202e}Acme", "U+202E"),
            ("\u{410}cme Ltd", "mixes scripts"),
            ("Gοοgle", "mixes scripts"),
            ("Ａcme", "full-width"),
            ("华信１２３", "full-width"),
        ] {
            let sentence = doubt(name).unwrap_or_else(|| panic!("{name} was not doubted"));
            assert!(sentence.in_(Lang::En).contains(word), "{name}");
            assert!(!sentence.in_(Lang::Zh).contains('{'));
        }
    }

    #[test]
    fn names_as_they_look_are_not() {
        for name in ["Acme (UK) Ltd.", "华信软件（北京）有限公司", "Яндекс", "Société Générale", "ООО Acme"]
        {
            assert_eq!(doubt(name), None, "{name}");
        }
    }
}
