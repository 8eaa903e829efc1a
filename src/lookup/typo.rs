//! Slips of the keyboard: how far apart two words are, and which words are one slip away.
//!
//! A slip is a letter too many, missing, another, or two exchanged (optimal string alignment). Nothing here
//! looks at a register; the store offers the words.

/// Letters from which a word may hold a slip; in shorter ones every slip makes another word.
pub const SLIP_LETTERS: usize = 4;
/// Letters from which a word may hold two.
pub const TWO_SLIPS_LETTERS: usize = 8;
/// Letters from which a word is kept for corrections: one of four letters may be one of three with a slip.
pub const KEPT_LETTERS: usize = SLIP_LETTERS - 1;
/// Letters of a word kept for corrections; longer ones are no words that are typed.
pub const WORD_LETTERS: usize = 24;

/// Letters of a whole name that is forgiven a slip: a longer one is told by one of its words.
pub const NAME_LETTERS: usize = 32;

/// How far a typed word is from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distance {
    /// Slips between the two words.
    pub whole: usize,
    /// Slips between the typed word and the nearest beginning of the other.
    pub beginning: usize,
}

/// The slips allowed in a word of `letters` letters.
#[must_use]
pub fn allowed(letters: usize) -> usize {
    match letters {
        0..SLIP_LETTERS => 0,
        SLIP_LETTERS..TWO_SLIPS_LETTERS => 1,
        _ => 2,
    }
}

/// How far `typed` is from `word`.
#[must_use]
pub fn distance(typed: &[char], word: &[char]) -> Distance {
    let last = table(typed, word, (0..=word.len()).collect());
    Distance {
        whole: last.last().copied().unwrap_or_default(),
        beginning: last.iter().copied().min().unwrap_or_default(),
    }
}

/// The slips between `typed` and the nearest stretch of `text`.
#[must_use]
pub fn nearest_stretch(typed: &[char], text: &[char]) -> usize {
    table(typed, text, vec![0; text.len() + 1]).into_iter().min().unwrap_or_default()
}

/// The words one slip away from `word` (Latin lower case) in which one of the first `letters` letters
/// differs; with `letters` the length of the word, all of them.
#[must_use]
pub fn one_slip(word: &str, letters: usize) -> Vec<String> {
    let all: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    for at in 0..=letters.min(all.len()) {
        let (head, tail) = all.split_at(at);
        let spell =
            |middle: &[char], rest: &[char]| head.iter().chain(middle).chain(rest).collect::<String>();
        ('a'..='z').for_each(|c| found.push(spell(&[c], tail)));
        if let Some((first, rest)) = tail.split_first() {
            found.push(spell(&[], rest));
            ('a'..='z').filter(|c| c != first).for_each(|c| found.push(spell(&[c], rest)));
            if let Some((second, rest)) = rest.split_first().filter(|(second, _)| *second != first) {
                found.push(spell(&[*second, *first], rest));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The last row of the table of distances between all of `typed` and each beginning of `word`.
fn table(typed: &[char], word: &[char], first_row: Vec<usize>) -> Vec<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut above = first_row;
    let mut previous = None;
    for (row, &t) in typed.iter().enumerate() {
        let mut now = Vec::with_capacity(above.len());
        now.push(row + 1);
        let mut left = row + 1;
        let mut last_w = None;
        for (at, &w) in word.iter().enumerate() {
            let upper_left = above.get(at).copied().unwrap_or_default();
            let upper = above.get(at + 1).copied().unwrap_or_default();
            let mut cell = (upper_left + usize::from(t != w)).min(upper + 1).min(left + 1);
            if at > 0 && previous == Some(w) && last_w == Some(t) {
                cell = cell.min(before.get(at - 1).copied().unwrap_or(cell) + 1);
            }
            now.push(cell);
            left = cell;
            last_w = Some(w);
        }
        previous = Some(t);
        before = std::mem::replace(&mut above, now);
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn far(a: &str, b: &str) -> Distance {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(far("globex", "globex").whole, 0);
        assert_eq!(far("globx", "globex").whole, 1);
        assert_eq!(far("gloebx", "globex").whole, 1);
        assert_eq!(far("gllobex", "globex").whole, 1);
        assert_eq!(far("glibex", "globex").whole, 1);
        assert_eq!(far("nortw", "northwind"), Distance { whole: 4, beginning: 1 });
        assert_eq!(far("", "ab"), Distance { whole: 2, beginning: 0 });
    }

    #[test]
    fn a_stretch_inside_a_text_is_found() {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(nearest_stretch(&chars("腾云数居"), &chars("上海腾云数据有限公司")), 1);
        assert_eq!(nearest_stretch(&chars("腾数据"), &chars("上海腾云数据有限公司")), 1);
        assert_eq!(nearest_stretch(&chars("北京"), &chars("上海")), 2);
    }

    #[test]
    fn short_words_hold_no_slip() {
        assert_eq!([3, 4, 7, 8].map(allowed), [0, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn every_word_one_slip_away_is_one_slip_away(word in "[a-z]{1,9}") {
            for other in one_slip(&word, word.len()) {
                prop_assert_eq!(far(&other, &word).whole, 1, "{} {}", other, word);
            }
        }

        #[test]
        fn the_distance_is_the_same_both_ways(a in "[a-c]{0,7}", b in "[a-c]{0,7}") {
            prop_assert_eq!(far(&a, &b).whole, far(&b, &a).whole);
        }

        #[test]
        fn words_one_slip_away_are_all_named(a in "[a-c]{1,5}", b in "[a-c]{1,5}") {
            if far(&a, &b).whole == 1 {
                prop_assert!(one_slip(&a, a.len()).contains(&b));
            }
        }
    }
}
