//! One line of words for each record, and what to look for in it: the filter of a list so long that its
//! matches are not gathered but met while the list is walked.
//!
//! Looking for a needle in a line is all the walk does, so this says "it may match" where [`super::matches`]
//! knows: a line holds all the needles of whatever matches as it is written, and the usual pinyin.

use super::fold::{Edge, digits, raw};
use super::pinyin::{self, QUERY_LETTERS};
use super::{ENTRIES, ENTRY_CHARS, Entry, FieldRole, Query, first_chars};

/// Spellings of a name in its line.
const SPELLINGS: usize = 2;
/// Letters of a needle that is looked for where a word begins only.
const SHORT: usize = super::gram::LETTERS - 1;

/// The line of a record: for each entry its letters and digits in a row, then the beginnings of its further
/// words, then its pinyin and its initials, each after a blank.
#[must_use]
pub fn line(entries: &[Entry]) -> String {
    let mut out = String::new();
    let mut add = |word: &str| {
        out.push(' ');
        out.push_str(word);
    };
    for entry in entries.iter().take(ENTRIES) {
        let short = Entry::new(entry.role, first_chars(&entry.text, ENTRY_CHARS));
        if entry.role == FieldRole::Phone {
            add(&digits(&short.text));
            continue;
        }
        let folded = short.folded();
        if folded.is_empty() {
            add(&raw(&short.text));
            continue;
        }
        add(&folded.compact());
        for (at, glyph) in folded.glyphs().iter().enumerate().skip(1) {
            if glyph.edge != Edge::Inside && !glyph.is_wide() {
                let rest = folded.glyphs().get(at..).unwrap_or_default();
                add(&rest.iter().take(SHORT).map(|g| g.c).collect::<String>());
            }
        }
        if entry.role.is_words() {
            for spelling in pinyin::spelt(&folded, SPELLINGS, QUERY_LETTERS) {
                add(&spelling);
            }
        }
    }
    out
}

/// What must all stand in the line of a record that `query` may match.
#[must_use]
pub fn needles(query: &Query) -> Vec<String> {
    if query.terms().is_empty() {
        return if query.raw().is_empty() { Vec::new() } else { vec![query.raw().to_owned()] };
    }
    let needle = |term: &super::query::Term| {
        if term.reaches_inside() { term.text().to_owned() } else { format!(" {}", term.text()) }
    };
    query.terms().iter().map(needle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::matches;
    use proptest::prelude::*;

    fn may_match(query: &str, entries: &[Entry]) -> bool {
        let line = line(entries);
        needles(&Query::parse(query)).iter().all(|needle| line.contains(needle))
    }

    #[test]
    fn a_line_holds_what_is_typed_of_the_record() {
        let entries = [
            Entry::new(FieldRole::Name, "上海腾云数据 Tengyun O'Brien"),
            Entry::new(FieldRole::Code, "V-0001"),
            Entry::new(FieldRole::Phone, "+86 28 5550 0199"),
        ];
        for query in [
            "腾云",
            "云",
            "tengyun",
            "engy",
            "te",
            "ob",
            "br",
            "brien tengyun",
            "v-0001",
            "0199",
            "shty",
            "shanghai",
        ] {
            assert!(may_match(query, &entries), "{query} in {}", line(&entries));
        }
        for query in ["en", "北京", "tengyin", "腾云 beijing"] {
            assert!(!may_match(query, &entries), "{query} in {}", line(&entries));
        }
        assert!(may_match("%*", &[Entry::new(FieldRole::Name, "%*(")]));
    }

    proptest! {
        #[test]
        fn what_matches_as_written_is_in_the_line(name in "[a-cA-C华为' .-]{1,12}", query in "[a-c华为]{1,4}( [a-c]{1,2})?") {
            let entries = [Entry::new(FieldRole::Number, name.as_str())];
            if matches(&Query::parse(&query), &entries) && !query.contains(' ') {
                prop_assert!(may_match(&query, &entries), "{} in {}", query, line(&entries));
            }
        }
    }
}
