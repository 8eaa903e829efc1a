//! Pinyin: how Han characters are typed on a Latin keyboard, in full and by initials.
//!
//! Readings come from the `pinyin` crate (pinyin-data), every reading of a character that a name can have,
//! the one usual in names first; ü is typed v or u. A reading is never guessed from a translation, and
//! nothing here may grow with the product of the readings: every list is cut at a stated number.

use pinyin::{Pinyin, ToPinyinMulti};

use super::fold::{Folded, Glyph, is_han};
use table::{LONGEST_SYLLABLE, SYLLABLES, has_one_living_reading, reading_between, usual_in_names};

mod table;

/// Readings kept of one character.
pub const READINGS: usize = 4;
/// Ways a row of letters is cut into syllables: `fangan` has two, no typed name more than a handful.
pub const CUTS: usize = 6;
/// Full readings of one name kept as keys; the pairs of syllables hold the rest.
pub const FULL_KEYS: usize = 6;
/// Initials of one name kept as keys.
pub const INITIAL_KEYS: usize = 4;
/// Letters of a key of full readings: about five syllables, more than is typed before the hit is first.
pub const FULL_KEY_LETTERS: usize = 20;
/// Letters of a key of initials.
pub const INITIAL_KEY_LETTERS: usize = 12;
/// Letters of a query that are read as pinyin.
pub const QUERY_LETTERS: usize = 48;
/// Bytes of a sort key.
pub const SORT_KEY_BYTES: usize = 48;

/// The readings of one character in plain letters, the usual one first; empty when it is not Han.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    list: [&'static str; READINGS],
    len: usize,
}

impl Readings {
    /// The readings.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.list.iter().copied().take(self.len)
    }

    /// The usual reading.
    #[must_use]
    pub fn usual(&self) -> Option<&'static str> {
        self.iter().next()
    }

    /// The first letters of the readings, each once.
    pub fn initials(&self) -> impl Iterator<Item = char> + '_ {
        self.iter().enumerate().filter_map(|(at, reading)| {
            let first = reading.chars().next()?;
            let seen = self.iter().take(at).any(|r| r.starts_with(first));
            (!seen).then_some(first)
        })
    }

    fn add(&mut self, reading: &'static str) {
        if self.iter().any(|r| r == reading) {
            return;
        }
        if let Some(place) = self.list.get_mut(self.len) {
            *place = reading;
            self.len += 1;
        }
    }
}

/// The readings of `c`.
#[must_use]
pub fn readings(c: char) -> Readings {
    let mut found = Readings::default();
    if !is_han(c) {
        return found;
    }
    if let Some(usual) = usual_in_names(c) {
        found.add(usual);
    }
    let Some(all) = c.to_pinyin_multi() else { return found };
    let wanted = if has_one_living_reading(c) { 1 } else { READINGS };
    for reading in all.into_iter().map(Pinyin::plain).take(wanted) {
        match reading {
            // 乾 folds to 干 and is still read qian.
            "gan" if c == '干' => ["gan", "qian"].into_iter().for_each(|r| found.add(r)),
            "lü" => ["lv", "lu"].into_iter().for_each(|r| found.add(r)),
            "nü" => ["nv", "nu"].into_iter().for_each(|r| found.add(r)),
            "lüe" => ["lve", "lue"].into_iter().for_each(|r| found.add(r)),
            "nüe" => ["nve", "nue"].into_iter().for_each(|r| found.add(r)),
            plain if plain.is_ascii() => found.add(plain),
            _ => {}
        }
    }
    found
}

/// One place of a name as it is typed: a Han character by its readings, anything else as itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A Han character.
    Han(Readings),
    /// A letter or digit; whether it begins a word or a part.
    Plain(char),
}

impl Unit {
    /// The unit of a folded character.
    #[must_use]
    pub fn of(c: char) -> Self {
        let found = readings(c);
        if found.len == 0 { Self::Plain(c) } else { Self::Han(found) }
    }
}

/// The units of a folded text; empty when it holds no Han character, since then nothing is to be read.
#[must_use]
pub fn units(glyphs: &[Glyph]) -> Vec<Unit> {
    if glyphs.iter().any(|g| is_han(g.c)) {
        glyphs.iter().map(|g| Unit::of(g.c)).collect()
    } else {
        Vec::new()
    }
}

/// How typed letters read a stretch of a name, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Every syllable in full, the last perhaps begun only.
    Full,
    /// Every character by its first letter.
    Initials,
    /// Some in full, some by the first letter (`huaweijs`).
    Mixed,
}

/// A stretch of a name read by typed letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How it is read.
    pub style: Style,
    /// The unit after the last one read.
    pub end: usize,
}

/// Reads `typed` (lower-case letters and digits) from the unit at `start` on; the best style that works.
///
/// At least one Han character takes part, otherwise it is no reading.
#[must_use]
pub fn read(units: &[Unit], start: usize, typed: &str) -> Option<Reading> {
    if typed.is_empty() || typed.len() > QUERY_LETTERS || !typed.is_ascii() {
        return None;
    }
    let rest = units.get(start..)?;
    let may_begin = match rest.first()? {
        Unit::Plain(c) => typed.starts_with(*c),
        Unit::Han(readings) => readings.iter().any(|r| r.as_bytes().first() == typed.as_bytes().first()),
    };
    if !may_begin {
        return None;
    }
    [Style::Full, Style::Initials, Style::Mixed].into_iter().find_map(|style| {
        let mut dead = vec![0_u64; rest.len().min(QUERY_LETTERS) + 1];
        let end = walk(rest, 0, typed, 0, style, &mut dead)?;
        let has_han = rest.iter().take(end).any(|u| matches!(u, Unit::Han(_)));
        has_han.then_some(Reading { style, end: start + end })
    })
}

/// The keys under which a name is found by full pinyin: from its beginning and from its first Han character.
#[must_use]
pub fn full_keys(folded: &Folded) -> Vec<String> {
    keys(folded, FULL_KEYS, FULL_KEY_LETTERS, |r| r.iter().map(str::to_owned).collect())
}

/// The keys under which a name is found by initials: from its beginning and from its first Han character.
#[must_use]
pub fn initial_keys(folded: &Folded) -> Vec<String> {
    keys(folded, INITIAL_KEYS, INITIAL_KEY_LETTERS, |r| r.initials().map(String::from).collect())
}

/// The ways to cut `letters` into syllables, fewest first; with `Tail::Begun` the last may be begun only.
#[must_use]
pub fn cuts(letters: &str, tail: Tail) -> Vec<Vec<&str>> {
    if letters.is_empty() || letters.len() > QUERY_LETTERS || !letters.bytes().all(|b| b.is_ascii_lowercase())
    {
        return Vec::new();
    }
    let ends = possible_ends(letters, tail);
    let mut found = Vec::new();
    cut_on(letters, 0, tail, &ends, &mut Vec::new(), &mut found);
    found.sort_by_key(Vec::len);
    found
}

/// How the last syllable of a cut may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Whole.
    Whole,
    /// Whole or the beginning of one.
    Begun,
}

/// The collation key of a name: Latin letters and pinyin of the usual reading in one order.
///
/// Sorting by the bytes of the key sorts names of both scripts together, as a Chinese telephone book does;
/// a name without letters sorts by itself. At most [`SORT_KEY_BYTES`] bytes, cut between characters.
#[must_use]
pub fn sort_key(name: &str) -> String {
    let folded = super::fold::fold(name);
    let mut key = String::with_capacity(SORT_KEY_BYTES);
    let mut before = ' ';
    let glyphs = folded.glyphs();
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.edge == super::fold::Edge::Word && at > 0 && !glyph.is_wide() {
            key.push(' ');
        }
        let next = glyphs.get(at + 1).map_or(' ', |g| g.c);
        match reading_between(before, glyph.c, next).or_else(|| readings(glyph.c).usual()) {
            Some(syllable) => key.push_str(syllable),
            None => key.push(glyph.c),
        }
        before = glyph.c;
        if key.len() >= SORT_KEY_BYTES {
            break;
        }
    }
    if key.is_empty() {
        key = super::fold::raw(name);
    }
    super::cut(&key, SORT_KEY_BYTES).to_owned()
}

/// Whether `letters` is a whole syllable.
#[must_use]
pub fn is_syllable(letters: &str) -> bool {
    SYLLABLES.binary_search(&letters).is_ok()
}

/// The syllables that begin with `letters`, in order.
#[must_use]
pub fn begun_by(letters: &str) -> &'static [&'static str] {
    let from = SYLLABLES.partition_point(|s| *s < letters);
    let rest = SYLLABLES.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|s| s.starts_with(letters))).unwrap_or_default()
}

/// Whether `letters` are two whole syllables or more in a row.
#[must_use]
pub fn is_spelling(letters: &str) -> bool {
    if letters.len() > QUERY_LETTERS || is_syllable(letters) {
        return false;
    }
    // Bit n stands for "the first n letters can be cut"; no query is longer than the word has bits.
    let mut reached = 1_u64;
    for at in 0..letters.len() {
        if reached >> at & 1 == 1 {
            steps(letters, at, Tail::Whole).for_each(|step| reached |= 1 << (at + step));
        }
    }
    reached >> letters.len() & 1 == 1
}

/// Walks the units; marks in `dead` the places from which nothing was found.
fn walk(
    units: &[Unit],
    at: usize,
    typed: &str,
    done: usize,
    style: Style,
    dead: &mut [u64],
) -> Option<usize> {
    let left = typed.get(done..)?;
    if left.is_empty() {
        return Some(at);
    }
    let bit = 1_u64 << done.min(63);
    if dead.get(at).is_none_or(|d| d & bit != 0) {
        return None;
    }
    let found = match units.get(at)? {
        Unit::Plain(c) => left
            .starts_with(*c)
            .then(|| walk(units, at + 1, typed, done + c.len_utf8(), style, dead))
            .flatten(),
        Unit::Han(readings) => read_han(readings, left, style)
            .into_iter()
            .find_map(|step| walk(units, at + 1, typed, done + step, style, dead)),
    };
    if found.is_none()
        && let Some(d) = dead.get_mut(at)
    {
        *d |= bit;
    }
    found
}

/// The numbers of letters that one character may take from the front of `left`.
fn read_han(readings: &Readings, left: &str, style: Style) -> Vec<usize> {
    let mut steps = Vec::new();
    for reading in readings.iter() {
        if style != Style::Initials {
            if left.starts_with(reading) {
                steps.push(reading.len());
            } else if reading.starts_with(left) {
                steps.push(left.len());
            }
        }
        if style != Style::Full && left.as_bytes().first() == reading.as_bytes().first() {
            steps.push(1);
        }
    }
    steps
}

fn keys(folded: &Folded, most: usize, letters: usize, spell: fn(&Readings) -> Vec<String>) -> Vec<String> {
    let all = units(folded.glyphs());
    let Some(first_han) = all.iter().position(|u| matches!(u, Unit::Han(_))) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for start in [0, first_han] {
        let spelled = spellings(all.get(start..).unwrap_or_default(), most, letters, spell);
        for key in spelled {
            if !found.contains(&key) {
                found.push(key);
            }
        }
        if first_han == 0 {
            break;
        }
    }
    found
}

/// The spellings of a row of units, those that deviate least from the usual first.
fn spellings(
    units: &[Unit],
    most: usize,
    letters: usize,
    spell: fn(&Readings) -> Vec<String>,
) -> Vec<String> {
    // Each spelling so far with the number of its deviations from the usual readings.
    let mut rows: Vec<(usize, String)> = vec![(0, String::new())];
    for unit in units {
        if rows.iter().all(|(_, row)| row.len() >= letters) {
            break;
        }
        match unit {
            Unit::Plain(c) => rows.iter_mut().for_each(|(_, row)| row.push(*c)),
            Unit::Han(readings) => {
                let ways = spell(readings);
                rows = rows
                    .iter()
                    .flat_map(|(cost, row)| {
                        ways.iter().enumerate().map(move |(nth, way)| (cost + nth, format!("{row}{way}")))
                    })
                    .collect();
                rows.sort_by_key(|(cost, _)| *cost);
                rows.truncate(most);
            }
        }
    }
    rows.into_iter().map(|(_, row)| super::cut(&row, letters).to_owned()).collect()
}

/// For each place of `letters` whether the rest can be cut into syllables.
fn possible_ends(letters: &str, tail: Tail) -> Vec<bool> {
    let mut ends = vec![false; letters.len() + 1];
    if let Some(last) = ends.last_mut() {
        *last = true;
    }
    for at in (0..letters.len()).rev() {
        let ok = steps(letters, at, tail).any(|step| ends.get(at + step) == Some(&true));
        if let Some(place) = ends.get_mut(at) {
            *place = ok;
        }
    }
    ends
}

/// The lengths of the syllables that begin at `at`, longest first.
fn steps(letters: &str, at: usize, tail: Tail) -> impl Iterator<Item = usize> {
    let rest = letters.get(at..).unwrap_or_default();
    let rest = if rest.starts_with(['i', 'u', 'v']) { "" } else { rest };
    (1..=rest.len().min(LONGEST_SYLLABLE)).rev().filter(move |step| {
        let piece = rest.get(..*step).unwrap_or_default();
        is_syllable(piece) || (tail == Tail::Begun && *step == rest.len() && is_begun(piece))
    })
}

fn cut_on<'a>(
    letters: &'a str,
    at: usize,
    tail: Tail,
    ends: &[bool],
    row: &mut Vec<&'a str>,
    found: &mut Vec<Vec<&'a str>>,
) {
    if found.len() >= CUTS {
        return;
    }
    if at == letters.len() {
        found.push(row.clone());
        return;
    }
    for step in steps(letters, at, tail) {
        let piece = letters.get(at..at + step).unwrap_or_default();
        if ends.get(at + step) == Some(&true) {
            row.push(piece);
            cut_on(letters, at + step, tail, ends, row, found);
            row.pop();
        }
    }
}

fn is_begun(letters: &str) -> bool {
    !begun_by(letters).is_empty()
}

#[cfg(test)]
mod tests;
