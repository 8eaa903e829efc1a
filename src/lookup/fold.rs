//! Folding: what two spellings of one name have in common.
//!
//! NFKC, lower case, traditional to simplified characters, no diacritics on Latin letters, no zero-width,
//! bidirectional or control characters; punctuation parts words, except `' - . & _` inside a word, which
//! joins it and still lets its parts be found; blanks between Han characters vanish (`万  科Ａ` is `万科a`).
//! It must never fail on any text, and never look at more than it was given.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// How a glyph follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Inside a word.
    Inside,
    /// First of a part of a word: after a joiner (`o'brien`), or where the script changes (`万科a`, `v0001`).
    Part,
    /// First of a word.
    Word,
}

/// One folded character and where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Glyph {
    /// The folded character: a letter, a digit, or a mark of a script that needs its marks.
    pub c: char,
    /// How it follows the one before.
    pub edge: Edge,
    /// The byte of the text at which its source begins.
    pub from: usize,
    /// The byte of the text at which its source ends.
    pub to: usize,
}

impl Glyph {
    /// Whether the character is written without blanks between words (Han, kana, Hangul).
    #[must_use]
    pub fn is_wide(self) -> bool {
        is_wide(self.c)
    }
}

/// A folded text: letters and digits only, with the edges of its words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Folded {
    glyphs: Vec<Glyph>,
}

impl Folded {
    /// The glyphs in reading order.
    #[must_use]
    pub fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    /// The characters alone, without a blank.
    #[must_use]
    pub fn compact(&self) -> String {
        self.glyphs.iter().map(|g| g.c).collect()
    }

    /// The words, in reading order.
    pub fn words(&self) -> impl Iterator<Item = &[Glyph]> {
        self.glyphs.chunk_by(|_, next| next.edge != Edge::Word)
    }
}

/// Folds `text`.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folder = Folder { glyphs: Vec::with_capacity(text.len()), pending: Pending::Blank };
    if text.is_ascii() {
        for (at, c) in text.char_indices() {
            folder.take(c.to_ascii_lowercase(), at, at + 1);
        }
        return Folded { glyphs: folder.glyphs };
    }
    for (from, cluster) in text.grapheme_indices(true) {
        let to = from + cluster.len();
        let mut chars = cluster.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_ascii() || is_unified_han(c) => {
                folder.take(c.to_ascii_lowercase(), from, to);
            }
            _ => {
                for c in cluster.nfkc().flat_map(char::to_lowercase) {
                    folder.take(c, from, to);
                }
            }
        }
    }
    Folded { glyphs: folder.glyphs }
}

/// The text itself, trimmed and in lower case: the key of names that fold to nothing (`***`).
#[must_use]
pub fn raw(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The decimal digits of `text`, full-width ones as well, in reading order.
#[must_use]
pub fn digits(text: &str) -> String {
    text.nfkc().filter(char::is_ascii_digit).collect()
}

/// Whether `c` is written without blanks between words (Han, kana, Hangul).
#[must_use]
pub fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether `c` is a Han character, those written like one included (〇, 々).
#[must_use]
pub fn is_han(c: char) -> bool {
    is_unified_han(c) || matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// What stands between the last glyph and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    Nothing,
    Joiner,
    Blank,
    Punctuation,
}

struct Folder {
    glyphs: Vec<Glyph>,
    pending: Pending,
}

impl Folder {
    /// Takes one character after NFKC and lower case.
    fn take(&mut self, c: char, from: usize, to: usize) {
        if c.is_ascii_alphanumeric() {
            self.push(c, from, to);
        } else if is_unified_han(c) {
            self.push(simplified(c), from, to);
        } else if c.is_whitespace() {
            self.pending = self.pending.max(Pending::Blank);
        } else if is_ignorable(c) {
            // Neither seen nor meant: `pay\u{200B}pal` is paypal.
        } else if is_joiner(c) {
            self.pending = self.pending.max(Pending::Joiner);
        } else if is_combining_mark(c) {
            self.mark(c, from, to);
        } else if is_latin_or_greek(c) {
            if let Some(plain) = spelled_out(c) {
                plain.chars().for_each(|p| self.push(p, from, to));
            } else {
                std::iter::once(c)
                    .nfd()
                    .filter(|d| !is_combining_mark(*d))
                    .for_each(|d| self.push(d, from, to));
            }
        } else if c.is_alphanumeric() {
            self.push(simplified(c), from, to);
        } else {
            self.pending = Pending::Punctuation;
        }
    }

    /// A mark that did not melt into its letter: Latin goes without, other scripts need theirs.
    fn mark(&mut self, c: char, from: usize, to: usize) {
        let after = self.glyphs.last().map(|g| g.c);
        if self.pending == Pending::Nothing && after.is_some_and(|a| !a.is_ascii() && !is_latin_or_greek(a)) {
            self.glyphs.push(Glyph { c, edge: Edge::Inside, from, to });
        }
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        let edge = match (self.glyphs.last(), self.pending) {
            (Some(before), Pending::Blank) if is_spaceless(before.c) && is_spaceless(c) => Edge::Inside,
            (None, _) | (_, Pending::Punctuation | Pending::Blank) => Edge::Word,
            (_, Pending::Joiner) => Edge::Part,
            (Some(before), Pending::Nothing) if class(before.c) != class(c) => Edge::Part,
            (_, Pending::Nothing) => Edge::Inside,
        };
        self.glyphs.push(Glyph { c, edge, from, to });
        self.pending = Pending::Nothing;
    }
}

#[derive(PartialEq, Eq)]
enum Class {
    Wide,
    Digit,
    Letter,
}

fn class(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if is_wide(c) {
        Class::Wide
    } else {
        Class::Letter
    }
}

/// Scripts in which a blank says nothing (Hangul is written with blanks).
fn is_spaceless(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{AC00}'..='\u{D7AF}')
}

fn is_unified_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

fn is_latin_or_greek(c: char) -> bool {
    matches!(c, '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1FFF}')
        && c.is_alphabetic()
}

/// Letters that Unicode does not take apart, as they are typed without them.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

/// Characters that join the letters around them into one word.
fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\'' | '-'
            | '.'
            | '&'
            | '_'
            | '’'
            | '‘'
            | 'ʼ'
            | '`'
            | '´'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '·'
            | '・'
            | '‧'
    )
}

/// Characters that are not seen: controls, joiners, direction marks, variation selectors, fillers.
fn is_ignorable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

const FIRST_HAN: u32 = 0x3400;
const HAN_COUNT: usize = 0xA000 - 0x3400;

/// What OpenCC made of each character so far; 0 is "not asked yet". Asked one character at a time, because
/// its phrase rules would fold a part of a name otherwise than the whole.
static SIMPLIFIED: [AtomicU32; HAN_COUNT] = [const { AtomicU32::new(0) }; HAN_COUNT];

static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();

fn simplified(c: char) -> char {
    let place = u32::from(c).checked_sub(FIRST_HAN).and_then(|at| usize::try_from(at).ok());
    let Some(known) = place.and_then(|at| SIMPLIFIED.get(at)) else { return c };
    if let Some(found) = char::from_u32(known.load(Ordering::Relaxed)).filter(|f| *f != '\0') {
        return found;
    }
    let converter = CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
    let found = converter.as_ref().map(|o| o.convert(c.encode_utf8(&mut [0; 4])));
    let mut chars = found.iter().flat_map(|text| text.chars());
    let simple = match (chars.next(), chars.next()) {
        // A character that few fonts and no table of pinyin have is no better known than its source.
        (Some(one), None) if is_unified_han(one) => one,
        _ => c,
    };
    known.store(u32::from(simple), Ordering::Relaxed);
    simple
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compact(text: &str) -> String {
        fold(text).compact()
    }

    fn words(text: &str) -> Vec<String> {
        fold(text).words().map(|w| w.iter().map(|g| g.c).collect()).collect()
    }

    fn parts(text: &str) -> String {
        fold(text)
            .glyphs()
            .iter()
            .flat_map(|g| {
                let before = match g.edge {
                    Edge::Inside => "",
                    Edge::Part => "|",
                    Edge::Word => " ",
                };
                before.chars().chain([g.c])
            })
            .collect()
    }

    #[test]
    fn one_spelling_of_what_looks_alike() {
        assert_eq!(compact("ＡＢＣ１２"), "abc12");
        assert_eq!(compact("鴻海精密"), "鸿海精密");
        assert_eq!(compact("Société Générale"), "societegenerale");
        assert_eq!(compact("Søren Ørsted Łódź Straße"), "sorenorstedlodzstrasse");
        assert_eq!(compact("e\u{301}cole"), "ecole");
        assert_eq!(compact("pay\u{200B}pal\u{202E}\u{FEFF}"), "paypal");
        assert_eq!(compact("㈱東芝"), "株东芝");
        assert_eq!(compact("か\u{3099}"), "が");
    }

    #[test]
    fn a_part_of_a_name_folds_as_in_the_whole() {
        // By its phrase rules OpenCC keeps 乾坤 and turns 乾燥 into 干燥.
        assert!(compact("乾燥設備").starts_with(&compact("乾")));
        assert!(compact("乾坤集團").starts_with(&compact("乾")));
    }

    #[test]
    fn blanks_between_han_vanish_and_part_latin() {
        assert_eq!(compact("万  科Ａ"), "万科a");
        assert_eq!(words("华 为 技术"), ["华为技术"]);
        assert_eq!(words("Huawei 华为"), ["huawei", "华为"]);
        assert_eq!(words("华为（深圳）"), ["华为", "深圳"]);
    }

    #[test]
    fn joiners_join_and_leave_parts() {
        assert_eq!(parts("O'Brien & A-B"), " o|brien a|b");
        assert_eq!(parts("AT&T U.S. wang.min@yun"), " at|t u|s wang|min yun");
        assert_eq!(parts("V-0001 BPO077 1password"), " v|0001 bpo|077 1|password");
        assert_eq!(parts("TCL科技"), " tcl|科技");
        assert_eq!(words("(UK) a/b,c"), ["uk", "a", "b", "c"]);
    }

    #[test]
    fn punctuation_alone_folds_to_nothing() {
        assert_eq!(fold("%*('").glyphs(), []);
        assert_eq!(raw(" %*( "), "%*(");
    }

    #[test]
    fn digits_of_a_phone() {
        assert_eq!(digits("+86 (28) 5550-０199"), "862855500199");
    }

    #[test]
    fn marks_of_other_scripts_stay() {
        assert_eq!(words("हिन्दी").len(), 1);
        assert_eq!(compact("Москва ЙОД"), "москвайод");
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            // Half-width letters of Hangul become syllables only once they stand side by side.
            let text: String = text.chars().filter(|c| !('\u{ff9e}'..='\u{ffdc}').contains(c)).collect();
            let once = compact(&text);
            prop_assert_eq!(&compact(&once), &once);
        }

        #[test]
        fn sources_lie_inside_the_text_and_in_order(text in any::<String>()) {
            let folded = fold(&text);
            for g in folded.glyphs() {
                prop_assert!(text.get(g.from..g.to).is_some());
            }
            prop_assert!(folded.glyphs().windows(2).all(|w| w[0].from <= w[1].from));
        }
    }
}
