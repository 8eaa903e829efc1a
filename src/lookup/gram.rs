//! Grams: the short pieces of a text by which a part of it is found, and the question put to their index.
//!
//! A gram is a word of letters, digits and one mark that tells its sort, so that the index needs no
//! tokenizer of its own: `^no` a word begins, `nor` three letters, `云数` two Han characters, `yun'shu` two
//! syllables, `-ys` two initials, `#139` three digits of a telephone number. A question is made of quoted
//! grams only; nothing a user typed ever reaches the index as syntax.

use std::fmt::Write as _;

use super::fold::{Edge, Folded, Glyph};
use super::pinyin::{Readings, Tail, Unit, begun_by, cuts, units};
use super::query::{Query, Term};

/// Letters of a gram of a script written with blanks.
pub const LETTERS: usize = 3;
/// Letters up to which a term is read as initials.
const INITIALS_MOST: usize = 12;

/// The grams of one text, separated by blanks, appended to `out`.
pub fn of_text(folded: &Folded, out: &mut Vec<String>) {
    let glyphs = folded.glyphs();
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.is_wide() {
            out.push(glyph.c.to_string());
            if let Some(next) = glyphs.get(at + 1) {
                out.push(format!("{}{}", glyph.c, next.c));
            }
        } else {
            let run = run_at(glyphs, at);
            if glyph.edge != Edge::Inside {
                (1..=LETTERS.min(run.len())).for_each(|n| out.push(letters('^', run, n)));
            }
            if run.len() >= LETTERS {
                out.push(text(run, LETTERS));
            }
        }
    }
    of_readings(&units(glyphs), out);
}

/// The grams of a telephone number given by its digits, appended to `out`.
pub fn of_phone(digits: &str, out: &mut Vec<String>) {
    out.extend(phone_grams(digits));
}

/// The question for the index that finds every text `query` may match, more at most; `None` when the grams
/// cannot answer it (nothing but punctuation).
#[must_use]
pub fn question(query: &Query) -> Option<String> {
    let mut terms = Vec::new();
    for term in query.terms() {
        terms.push(any_of(&term_ways(term))?);
    }
    let mut ways: Vec<String> = if terms.is_empty() { Vec::new() } else { vec![all_of(&terms)] };
    if let Some(number) = query.phone() {
        ways.extend(all_quoted(phone_grams(number)));
    }
    // `hua wei` is two terms and may as well be one.
    if query.terms().len() > 1 {
        ways.extend(syllable_ways(query.compact()));
    }
    any_of(&ways)
}

/// The question that finds only texts in which each term begins a word; for queries that match too much.
#[must_use]
pub fn question_of_beginnings(query: &Query) -> Option<String> {
    let terms: Vec<String> = query
        .terms()
        .iter()
        .map(|term| {
            let first = run_at(term.glyphs(), 0);
            let mut grams = direct_grams(term);
            if !first.is_empty() {
                grams.push(letters('^', first, LETTERS.min(first.len())));
            }
            all_quoted(grams)
        })
        .collect::<Option<_>>()?;
    if terms.is_empty() { None } else { Some(all_of(&terms)) }
}

/// The question that finds texts in which one Han character of a term is another, too many or missing.
#[must_use]
pub fn question_of_near_han(query: &Query) -> Option<String> {
    let mut ways = Vec::new();
    for term in query.terms() {
        let wide: Vec<Glyph> = term.glyphs().iter().copied().filter(|g| g.is_wide()).collect();
        if wide.len() < 3 {
            continue;
        }
        for wrong in 0..wide.len() {
            let pairs = wide.windows(2).enumerate().filter(|(at, _)| *at != wrong && at + 1 != wrong);
            ways.extend(all_quoted(pairs.map(|(_, pair)| text(pair, 2)).collect()));
        }
    }
    any_of(&ways)
}

/// The question that finds texts read like `spellings`, each a row of whole syllables.
#[must_use]
pub fn question_of_spellings(spellings: &[String]) -> Option<String> {
    let ways: Vec<String> = spellings.iter().flat_map(|s| syllable_ways(s)).collect();
    any_of(&ways)
}

/// Two syllables side by side, and two initials; the last syllable alone ends the row.
fn of_readings(units: &[Unit], out: &mut Vec<String>) {
    for (at, unit) in units.iter().enumerate() {
        let next = units.get(at + 1);
        match (unit, next) {
            (Unit::Han(this), Some(Unit::Han(that))) => {
                pairs(this, that, out);
                for a in this.initials() {
                    that.initials().for_each(|b| out.push(format!("-{a}{b}")));
                }
            }
            (Unit::Han(this), Some(Unit::Plain(c))) => {
                this.iter().for_each(|a| out.push(format!("{a}'{c}")));
                this.initials().for_each(|a| out.push(format!("-{a}{c}")));
            }
            (Unit::Plain(c), Some(Unit::Han(that))) => {
                that.initials().for_each(|b| out.push(format!("-{c}{b}")));
            }
            (Unit::Han(this), None) => this.iter().for_each(|a| out.push(format!("{a}'"))),
            (Unit::Plain(_), _) => {}
        }
    }
}

fn pairs(this: &Readings, that: &Readings, out: &mut Vec<String>) {
    for a in this.iter() {
        that.iter().for_each(|b| out.push(format!("{a}'{b}")));
    }
}

fn phone_grams(digits: &str) -> Vec<String> {
    let all: Vec<char> = digits.chars().collect();
    all.windows(LETTERS).map(|w| format!("#{}", w.iter().collect::<String>())).collect()
}

/// The ways to find one term, each a part of a question.
fn term_ways(term: &Term) -> Vec<String> {
    let mut ways: Vec<String> = all_quoted(direct_grams(term)).into_iter().collect();
    ways.extend(term.fixes().iter().filter_map(|fix| all_quoted(direct_grams(fix))));
    let text = term.text();
    if text.bytes().all(|b| b.is_ascii_lowercase()) {
        ways.extend(syllable_ways(text));
        ways.extend(all_quoted(initials(text)));
        ways.extend(mixed_way(text));
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        ways.extend(all_quoted(phone_grams(text)));
    }
    ways
}

/// Grams that stand in every text that holds the term as it is written: side by side, the last one overlapping.
/// All grams at every place would find little less and take twice as long.
fn direct_grams(term: &Term) -> Vec<String> {
    let mut grams = Vec::new();
    let mut rest = term.glyphs();
    while let Some(first) = rest.first() {
        let run = if first.is_wide() { wide_run(rest) } else { run_at(rest, 0) };
        if first.is_wide() {
            // A Han character and what follows it are a pair in whatever script that is.
            let reach = rest.get(..=run.len()).unwrap_or(run);
            match reach {
                [one] => grams.push(one.c.to_string()),
                more => grams.extend(covered(more, 2).map(|pair| text(pair, 2))),
            }
        } else if run.len() >= LETTERS {
            grams.extend(covered(run, LETTERS).map(|piece| text(piece, LETTERS)));
        } else if rest.len() == term.glyphs().len() {
            // Fewer letters are only looked for where a word begins; after a Han character the pair says it.
            grams.push(letters('^', run, run.len()));
        }
        rest = rest.get(run.len().max(1)..).unwrap_or_default();
    }
    grams
}

/// The windows of `size` that cover a row, as few as there can be.
fn covered<T>(row: &[T], size: usize) -> impl Iterator<Item = &[T]> {
    let last = row.len().saturating_sub(size);
    (0..last).step_by(size).chain([last]).filter_map(move |at| row.get(at..at + size))
}

/// The ways to read letters as two syllables or more, the last perhaps begun only.
///
/// A begun syllable is asked for by each that it may become: the index answers whole grams one by one as far
/// as they are wanted, but reads all that begin alike before it gives the first.
fn syllable_ways(typed: &str) -> Vec<String> {
    cuts(typed, Tail::Begun)
        .iter()
        .filter_map(|cut| {
            let (last, before) = cut.split_last()?;
            let last_but_one = before.last()?;
            let whole = covered(before, 2).map(|pair| quoted(&pair.join("'")));
            let mut grams: Vec<String> = whole.collect();
            let ends = std::iter::once(*last).chain(begun_by(last).iter().copied().filter(|s| s != last));
            grams.extend(any_of(
                &ends.map(|end| quoted(&format!("{last_but_one}'{end}"))).collect::<Vec<_>>(),
            ));
            Some(all_of(&grams))
        })
        .collect()
}

/// Whole syllables first, then initials (`huaweijs`).
fn mixed_way(typed: &str) -> Option<String> {
    if typed.len() > INITIALS_MOST * 2 {
        return None;
    }
    let ways: Vec<String> = (2..typed.len().saturating_sub(1))
        .rev()
        .filter_map(|at| {
            let (head, tail) = typed.split_at_checked(at)?;
            let cut = cuts(head, Tail::Whole).into_iter().next()?;
            let mut grams: Vec<String> = covered(&cut, 2).map(|pair| pair.join("'")).collect();
            let last = cut.last()?.chars().next()?;
            grams.extend(initials(&format!("{last}{tail}")));
            all_quoted(grams)
        })
        .take(3)
        .collect();
    any_of(&ways)
}

fn initials(typed: &str) -> Vec<String> {
    let all: Vec<char> = typed.chars().collect();
    if all.len() > INITIALS_MOST {
        return Vec::new();
    }
    all.windows(2).map(|pair| format!("-{}", pair.iter().collect::<String>())).collect()
}

/// The letters and digits from `at` to the end of their word or to the next Han character.
fn run_at(glyphs: &[Glyph], at: usize) -> &[Glyph] {
    let rest = glyphs.get(at..).unwrap_or_default();
    let end = rest.iter().enumerate().position(|(n, g)| g.is_wide() || (n > 0 && g.edge == Edge::Word));
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

fn wide_run(glyphs: &[Glyph]) -> &[Glyph] {
    let end = glyphs.iter().position(|g| !g.is_wide()).unwrap_or(glyphs.len());
    glyphs.get(..end).unwrap_or_default()
}

fn text(glyphs: &[Glyph], most: usize) -> String {
    glyphs.iter().take(most).map(|g| g.c).collect()
}

fn letters(mark: char, glyphs: &[Glyph], most: usize) -> String {
    std::iter::once(mark).chain(glyphs.iter().take(most).map(|g| g.c)).collect()
}

/// A gram as a string of the index's language; a quote inside is doubled, though no gram holds one.
fn quoted(gram: &str) -> String {
    format!("\"{}\"", gram.replace('"', "\"\""))
}

fn all_quoted(mut grams: Vec<String>) -> Option<String> {
    grams.sort_unstable();
    grams.dedup();
    let quoted: Vec<String> = grams.iter().map(|g| quoted(g)).collect();
    if quoted.is_empty() { None } else { Some(all_of(&quoted)) }
}

fn all_of(parts: &[String]) -> String {
    joined(parts, " AND ")
}

fn any_of(parts: &[String]) -> Option<String> {
    if parts.is_empty() { None } else { Some(joined(parts, " OR ")) }
}

fn joined(parts: &[String], by: &str) -> String {
    let mut out = String::from("(");
    for (at, part) in parts.iter().enumerate() {
        let _ = write!(out, "{}{part}", if at == 0 { "" } else { by });
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::fold::fold;
    use proptest::prelude::*;

    fn grams(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        of_text(&fold(text), &mut out);
        out
    }

    #[test]
    fn a_term_asks_for_few_grams_that_all_stand_in_its_text() {
        for (text, term, expected) in [
            ("Meridian", "meridian", vec!["mer", "idi", "ian"]),
            ("Meridian", "me", vec!["^me"]),
            ("有限公司", "有限公", vec!["有限", "限公"]),
            ("华", "华", vec!["华"]),
            ("万科A", "万科a", vec!["万科", "科a"]),
            ("TCL科技", "tcl科技", vec!["tcl", "科技"]),
        ] {
            let asked = direct_grams(&Query::parse(term).terms()[0]);
            assert_eq!(asked, expected, "{term}");
            assert!(asked.iter().all(|g| grams(text).contains(g)), "{term} in {text}");
        }
    }

    #[test]
    fn a_begun_syllable_is_asked_for_by_what_it_may_become() {
        let question = question(&Query::parse("huawe")).unwrap();
        assert!(question.contains("\"hua'wei\" OR \"hua'wen\""), "{question}");
        assert!(!question.contains('*'));
    }

    #[test]
    fn punctuation_asks_nothing() {
        assert_eq!(question(&Query::parse("\" * ( ) ^ : -")), None);
        assert_eq!(question(&Query::parse("")), None);
    }

    proptest! {
        #[test]
        fn nothing_typed_becomes_syntax(typed in any::<String>()) {
            let query = Query::parse(&typed);
            for question in [question(&query), question_of_beginnings(&query), question_of_near_han(&query)].into_iter().flatten() {
                // Outside the quotes stand only our own words and brackets.
                let outside: String = question.split('"').step_by(2).collect();
                let rest = outside.replace("AND", "").replace("OR", "");
                prop_assert!(rest.chars().all(|c| "() ".contains(c)), "{}", question);
            }
        }
    }
}
