//! Blotting a person's names, numbers and addresses out of text, wherever in it they stand.
//!
//! A name is found in either case and only as whole words, for a `Lin` is no `Linda`; in scripts without
//! blanks as it stands. A telephone number is found by its last digits, however it is grouped. What is too
//! short to mean one person is not looked for but where somebody names it, and is told.

use std::ops::Range;

/// The least letters of a single Latin word that is looked for by itself.
const WORD_LETTERS: usize = 5;
/// The least signs of a name in a script without blanks.
const WIDE_SIGNS: usize = 2;
/// The least digits of a telephone number that is looked for.
const LEAST_DIGITS: usize = 7;
/// Digits from its end by which a number is known, whatever stands before them.
const LAST_DIGITS: usize = 9;

/// What is blotted out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Names and addresses, folded to lower case.
    literals: Vec<Vec<char>>,
    /// Telephone numbers, digits alone.
    numbers: Vec<Vec<char>>,
    /// What was given and is too short to be looked for.
    short: Vec<String>,
}

impl Words {
    /// Adds a name: as a whole, and its parts in each script that mean a person by themselves.
    pub fn add_name(&mut self, name: &str) {
        let mut is_looked_for = self.take(name);
        let mut part = String::new();
        let mut of_wide = false;
        for c in name.chars().chain([' ']) {
            if c.is_alphabetic() && is_wide(c) != of_wide {
                is_looked_for |= self.take(&std::mem::take(&mut part));
                of_wide = is_wide(c);
            }
            part.push(c);
        }
        is_looked_for |= self.take(&part);
        if !is_looked_for {
            self.note_short(name);
        }
    }

    /// Adds an address or other words that are looked for as they stand.
    pub fn add_literal(&mut self, text: &str) {
        if !self.take(text) {
            self.note_short(text);
        }
    }

    /// Adds words that somebody wants looked for, however short: as they stand, or as a telephone number.
    pub fn add_wanted(&mut self, text: &str) {
        if has_signs(text) {
            push(&mut self.literals, text.trim().chars().map(lower).collect());
        }
        self.take_number(text);
    }

    /// Adds a telephone number.
    pub fn add_number(&mut self, number: &str) {
        if !self.take_number(number) {
            self.note_short(number);
        }
    }

    /// Adds words that are long enough to mean one person; whether they are.
    fn take(&mut self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let signs = text.chars().filter(|c| c.is_alphanumeric()).count();
        let is_wide_name = text.chars().any(is_wide);
        let least = match (is_wide_name, text.split_whitespace().count()) {
            (true, _) => WIDE_SIGNS,
            (false, 0 | 1) => WORD_LETTERS,
            (false, _) => WORD_LETTERS - 1,
        };
        let is_enough = signs >= least;
        if is_enough {
            push(&mut self.literals, text.chars().map(lower).collect());
        }
        is_enough
    }

    fn take_number(&mut self, number: &str) -> bool {
        let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
        let is_enough = digits.len() >= LEAST_DIGITS;
        if is_enough {
            push(&mut self.numbers, digits);
        }
        is_enough
    }

    fn note_short(&mut self, text: &str) {
        let text = text.trim().to_owned();
        if has_signs(&text) && !self.short.contains(&text) {
            self.short.push(text);
        }
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.literals.is_empty() && self.numbers.is_empty()
    }

    /// What is looked for, as people read it.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        self.literals.iter().chain(&self.numbers).map(|word| word.iter().collect()).collect()
    }

    /// What is not looked for, as it was given: too short to mean one person, and wanted by nobody.
    pub fn too_short(&self) -> impl Iterator<Item = &str> {
        let is_wanted = |text: &&String| self.literals.contains(&text.chars().map(lower).collect());
        self.short.iter().filter(move |text| !is_wanted(text)).map(String::as_str)
    }

    /// Whether one of the words stands in the text.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        self.blot(text, "").is_some()
    }

    /// The text with `instead` in the place of each word; `None` where it holds none.
    #[must_use]
    pub fn blot(&self, text: &str, instead: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let folded: Vec<char> = chars.iter().copied().map(lower).collect();
        let mut gone = vec![false; chars.len()];
        for word in &self.literals {
            for at in (0..folded.len()).filter(|at| stands_at(&folded, *at, word)) {
                mark(&mut gone, at, at + word.len());
            }
        }
        for number in &self.numbers {
            for (from, to) in places_of(&folded, number) {
                mark(&mut gone, from, to);
            }
        }
        gone.contains(&true).then(|| {
            let mut out = String::with_capacity(text.len());
            let mut before = false;
            for (c, gone) in chars.iter().zip(gone) {
                if !gone {
                    out.push(*c);
                } else if !before {
                    out.push_str(instead);
                }
                before = gone;
            }
            out
        })
    }
}

fn has_signs(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn push(list: &mut Vec<Vec<char>>, word: Vec<char>) {
    if !list.contains(&word) {
        list.push(word);
    }
}

fn mark(gone: &mut [bool], from: usize, to: usize) {
    gone.iter_mut().take(to).skip(from).for_each(|gone| *gone = true);
}

/// Whether a word stands at a place of a text and is no part of a longer one.
fn stands_at(text: &[char], at: usize, word: &[char]) -> bool {
    let end = at + word.len();
    text.get(at..end) == Some(word)
        && !goes_on(at.checked_sub(1).and_then(|before| text.get(before)), word.first())
        && !goes_on(text.get(end), word.last())
}

/// Whether the sign beside the end of a word belongs to the same word.
fn goes_on(beside: Option<&char>, end: Option<&char>) -> bool {
    let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() && !is_wide(*c));
    is_letter(beside) && is_letter(end)
}

/// Where a telephone number stands: from its first digit, with a sign before it, behind its last.
fn places_of(text: &[char], number: &[char]) -> Vec<(usize, usize)> {
    let tail = number.get(number.len().saturating_sub(LAST_DIGITS)..).unwrap_or(number);
    let mut places = Vec::new();
    for at in 0..text.len() {
        let Some(end) = digits_from(text, at, tail) else { continue };
        if text.get(end).is_some_and(char::is_ascii_digit) {
            continue;
        }
        let head = number.get(..number.len() - tail.len()).unwrap_or_default();
        places.push((start_of(text, at..end, head), end));
    }
    places
}

/// The end of these digits if they begin here, whatever groups them.
fn digits_from(text: &[char], at: usize, digits: &[char]) -> Option<usize> {
    let mut place = at;
    for (nth, digit) in digits.iter().enumerate() {
        while nth > 0 && text.get(place).is_some_and(|c| is_grouping(*c)) {
            place += 1;
        }
        if text.get(place) != Some(digit) {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// Where a number starts whose last digits are these: as far back as its own first digits go.
fn start_of(text: &[char], last: Range<usize>, head: &[char]) -> usize {
    let mut start = last.start;
    let mut place = last.start;
    for digit in head.iter().rev() {
        let Some(before) = (0..place).rev().find(|p| text.get(*p).is_none_or(|c| !is_grouping(*c))) else {
            break;
        };
        if text.get(before) != Some(digit) {
            break;
        }
        (start, place) = (before, before);
    }
    // The zero of a trunk call and the plus sign are part of it, and what opens a bracket it closes.
    let before = |start: usize| start.checked_sub(1).and_then(|at| text.get(at));
    let closes = |start: usize| text.get(start..last.end).is_some_and(|own| own.contains(&')'));
    while before(start).is_some_and(|c| matches!(c, '+' | '0') || (*c == '(' && closes(start))) {
        start -= 1;
    }
    start
}

const fn is_grouping(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// Whether a sign belongs to a script that writes no blanks between words.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words() -> Words {
        let mut words = Words::default();
        words.add_name("王敏 Wang Min");
        words.add_literal("wang.min@yun.example");
        words.add_number("+86 28 5550 0199");
        words
    }

    #[test]
    fn a_name_goes_in_either_script_and_case_and_only_as_whole_words() {
        let blot = |text: &str| words().blot(text, "_");
        assert_eq!(blot("Asked WANG MIN twice").as_deref(), Some("Asked _ twice"));
        assert_eq!(blot("请王敏回电").as_deref(), Some("请_回电"));
        assert_eq!(blot("王敏 Wang Min, Wang Min").as_deref(), Some("_, _"));
        assert_eq!(blot("mail Wang.Min@yun.example!").as_deref(), Some("mail _!"));
        for stays in ["Wang Minghua", "Hwang Min", "swang.min@yun.example", "王 敏", "wang", ""] {
            assert_eq!(blot(stays), None, "{stays}");
        }
    }

    #[test]
    fn a_number_goes_however_it_is_grouped() {
        let blot = |text: &str| words().blot(text, "_");
        for (text, left) in [
            ("call +86 28 5550 0199 now", "call _ now"),
            ("028-55500199", "_"),
            ("(028) 5550-0199", "_"),
            ("(028 5550-0199)", "(_)"),
            ("+862855500199;13800001111", "_;13800001111"),
        ] {
            assert_eq!(blot(text).as_deref(), Some(left), "{text}");
        }
        for stays in ["28 5550 01990", "5550 0199", "2026-07-26"] {
            assert_eq!(blot(stays), None, "{stays}");
        }
    }

    #[test]
    fn what_is_too_short_to_mean_one_person_is_not_looked_for() {
        let mut words = Words::default();
        words.add_name("Li");
        words.add_name("敏");
        words.add_name("Tom");
        words.add_number("12345");
        words.add_literal("");
        assert!(words.is_empty(), "{:?}", words.told());
        assert_eq!(words.too_short().collect::<Vec<_>>(), ["Li", "敏", "Tom", "12345"]);
        words.add_name("Li Bo");
        assert_eq!(words.told(), ["li bo"]);
    }

    #[test]
    fn what_somebody_wants_looked_for_is_however_short() {
        let mut words = Words::default();
        words.add_name("Li");
        for wanted in ["li", " C++ ", "4711", "+44 20 5550 7321", " ", "--"] {
            words.add_wanted(wanted);
        }
        assert_eq!(words.told(), ["li", "c++", "4711", "+44 20 5550 7321", "442055507321"]);
        assert_eq!(words.too_short().count(), 0, "it is wanted after all");
        assert_eq!(
            words.blot("Li, Lin, C, c++ and 4711 47110", "_").as_deref(),
            Some("_, Lin, C, _ and _ 47110")
        );
    }

    proptest! {
        #[test]
        fn nothing_of_it_is_left_and_nothing_else_goes(before in "[a-z ,。华]{0,12}", after in "[ ,。华][a-z]{0,12}") {
            let text = format!("{before} Wang Min{after}");
            let left = words().blot(&text, "\u{0}").unwrap();
            prop_assert_eq!(left, format!("{before} \u{0}{after}"));
        }

        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            let once = words().blot(&text, "[]").unwrap_or(text);
            prop_assert_eq!(words().blot(&once, "[]"), None);
        }
    }
}
