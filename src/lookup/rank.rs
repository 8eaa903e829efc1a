//! Ranking: which candidates match at all, how well, and by which of their entries.
//!
//! The index only proposes; here each candidate is held against the query itself, so that a hit is always
//! one a person can see. The order is total: tier, what the entry is, kind, length, number.

use std::ops::Range;

use super::fold::{Edge, Folded, Glyph, digits, fold, raw};
use super::pinyin::{Style, Unit, read, units};
use super::query::{PHONE_DIGITS, PHONE_TAIL, Query, Reach, Term, code};
use super::typo::{allowed, distance, nearest_stretch};
use super::{Entry, FieldRole, acronym, kind_of};

/// How well an entry matches, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// It is the query.
    Exact,
    /// It begins with the query.
    Beginning,
    /// Its pinyin is the query.
    Reading,
    /// Its initials are the query.
    Initials,
    /// A word in it is the query.
    Word,
    /// A telephone number that ends with the query.
    PhoneEnd,
    /// A word in it begins with the query.
    WordBeginning,
    /// Its pinyin begins with the query.
    ReadingBeginning,
    /// Its initials begin with the query.
    InitialsBeginning,
    /// The query stands inside it.
    Inside,
    /// The pinyin of a part of it is the query.
    ReadingInside,
    /// The initials of a part of it are the query.
    InitialsInside,
    /// It matches when one slip of the keyboard is forgiven.
    Slip,
    /// It sounds alike, or differs by one Han character.
    Alike,
}

/// A kind of record as the look-up sees it; the order in which kinds are given is the order of their hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its number, below [`super::KINDS`].
    pub number: u8,
    /// The folded letters of its codes (`v` of `V-0001`); empty for a kind without codes.
    pub code: &'static str,
}

/// A record the index proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The number of the record.
    pub doc: i64,
    /// The texts by which it is found, its name first.
    pub entries: Vec<Entry>,
}

/// A record that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The number of the record.
    pub doc: i64,
    /// How well it matches.
    pub tier: Tier,
    /// The role of the entry that matches best.
    pub role: FieldRole,
    /// The text of the entry that matches best.
    pub text: String,
}

/// The candidates that match `query`, best first, at most `limit`.
#[must_use]
pub fn rank(query: &Query, candidates: &[Candidate], kinds: &[Kind], limit: usize) -> Vec<Hit> {
    let prepared = Prepared::of(query);
    let mut graded: Vec<(Score, usize, usize)> = Vec::new();
    for (nth, candidate) in candidates.iter().enumerate() {
        let Some(match_) = prepared.grade(&candidate.entries) else { continue };
        let kind = kinds.iter().position(|k| k.number == kind_of(candidate.doc)).unwrap_or(kinds.len());
        let score = Score { grade: match_.grade, kind, length: match_.length, doc: candidate.doc };
        graded.push((score, nth, match_.entry));
    }
    graded.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    graded.dedup_by_key(|g| g.0.doc);
    let hits = graded.into_iter().take(limit).filter_map(|(score, nth, entry)| {
        let entry = candidates.get(nth)?.entries.get(entry)?;
        Some(Hit { doc: score.doc, tier: score.grade.tier, role: entry.role, text: entry.text.clone() })
    });
    hits.collect()
}

/// Whether a record with these entries matches `query`; slips are forgiven only if the query carries them.
#[must_use]
pub fn matches(query: &Query, entries: &[Entry]) -> bool {
    Prepared::of(query).grade(entries).is_some()
}

/// Whether `text`, taken as a name, matches `query`.
#[must_use]
pub fn matches_text(query: &Query, text: &str) -> bool {
    matches(query, &[Entry::new(FieldRole::Name, text)])
}

/// The byte ranges of `text` that show why it matches `query`, in order and apart from each other.
#[must_use]
pub fn highlights(query: &Query, text: &str) -> Vec<Range<usize>> {
    let folded = fold(text);
    let glyphs = folded.glyphs();
    let all_units = units(glyphs);
    let mut found: Vec<Range<usize>> = Vec::new();
    for term in query.whole().iter().chain(query.terms()) {
        let needles = std::iter::once(term).chain(term.fixes());
        let places = needles.filter_map(|n| {
            let best =
                find(n.glyphs(), glyphs).min().filter(|p| p.tier != Tier::Inside || n.reaches_inside())?;
            Some((best.at, best.at + n.glyphs().len()))
        });
        let place = places.min().or_else(|| {
            (0..all_units.len()).find_map(|at| Some((at, read(&all_units, at, term.text())?.end)))
        });
        if let Some((from, to)) = place
            && let Some(part) = glyphs.get(from..to)
            && let (Some(first), Some(last)) = (part.first(), part.last())
        {
            found.push(first.from..last.to);
        }
    }
    found.sort_by_key(|r| r.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// Comes after every correction a query carries, of which each takes 16 places.
const NEAR_NAME: usize = 1_024;

/// How well one term, or all of them, match: the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Grade {
    tier: Tier,
    /// What the entry is: a name before a tag before an address.
    weight: u8,
    /// Within the tier: whole words before begun ones, the nearest slip before others.
    fine: usize,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    grade: Grade,
    kind: usize,
    length: usize,
    doc: i64,
}

struct Match {
    grade: Grade,
    entry: usize,
    length: usize,
}

/// The query with what is asked of every candidate.
struct Prepared<'a> {
    query: &'a Query,
    whole: Option<Term>,
    /// Whether names are to be read by pinyin or initials at all.
    reads: Reads,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    Names,
    Nothing,
}

impl<'a> Prepared<'a> {
    fn of(query: &'a Query) -> Self {
        let latin = query.terms().iter().any(|t| t.text().bytes().any(|b| b.is_ascii_lowercase()));
        let reads = if latin || !query.spellings().is_empty() { Reads::Names } else { Reads::Nothing };
        Self { query, whole: query.whole(), reads }
    }

    /// The best way in which the entries match: by the query as one term, or by each of its terms.
    fn grade(&self, entries: &[Entry]) -> Option<Match> {
        if self.query.compact().is_empty() {
            return by_raw(self.query.raw(), entries);
        }
        let prepared: Vec<Haystack> = entries.iter().map(|entry| Haystack::of(entry, self.reads)).collect();
        let whole = self.whole.iter().filter_map(|term| self.best(term, &prepared)).min_by_key(|m| m.grade);
        let mut all: Option<Match> = None;
        for term in self.query.terms() {
            let Some(one) = self.best(term, &prepared) else {
                all = None;
                break;
            };
            all = Some(match all {
                None => one,
                Some(before) => worse(before, one),
            });
        }
        let near = if self.query.reach() == Reach::NearNames { self.near_name(&prepared) } else { None };
        whole.into_iter().chain(all).chain(near).min_by_key(|m| m.grade)
    }

    /// The name that is nearest to the whole query, when it is near enough.
    fn near_name(&self, entries: &[Haystack]) -> Option<Match> {
        let typed: Vec<char> = self.query.compact().chars().collect();
        let most = allowed(typed.len());
        let graded =
            entries.iter().enumerate().filter(|(_, hay)| hay.role.is_words()).filter_map(|(at, hay)| {
                let name: Vec<char> = hay.folded.glyphs().iter().map(|g| g.c).collect();
                let far = distance(&typed, &name);
                let slips = if far.whole <= most { far.whole } else { far.beginning.max(most) };
                let grade = Grade { tier: Tier::Slip, weight: weight(hay.role), fine: NEAR_NAME + slips };
                (slips <= most && most > 0).then_some(Match { grade, entry: at, length: name.len() })
            });
        graded.min_by_key(|m| (m.grade, m.entry))
    }

    /// The entry that matches one term best.
    fn best(&self, term: &Term, entries: &[Haystack]) -> Option<Match> {
        let name_length = entries.first().map_or(0, |e| e.folded.glyphs().len());
        let graded = entries.iter().enumerate().filter_map(|(at, hay)| {
            let (tier, fine) = self.grade_entry(term, hay)?;
            let own = hay.role.is_words() && hay.role != FieldRole::Tag;
            let length = if own { hay.folded.glyphs().len() } else { name_length };
            Some(Match { grade: Grade { tier, weight: weight(hay.role), fine }, entry: at, length })
        });
        graded.min_by_key(|m| (m.grade, m.entry))
    }

    fn grade_entry(&self, term: &Term, hay: &Haystack) -> Option<(Tier, usize)> {
        match hay.role {
            FieldRole::Phone => grade_phone(self.query.phone().or(Some(term.text()))?, &hay.digits),
            FieldRole::Code => grade_code(term.text(), &hay.compact),
            FieldRole::Email | FieldRole::Website => {
                grade_written(term, hay).filter(|(tier, _)| *tier < Tier::Inside)
            }
            FieldRole::Number | FieldRole::ExternalId | FieldRole::CreditCode => grade_written(term, hay),
            FieldRole::Name | FieldRole::Alias | FieldRole::Title | FieldRole::Tag => {
                [grade_written(term, hay), grade_read(term.text(), hay), self.grade_near(term, hay)]
                    .into_iter()
                    .flatten()
                    .min()
            }
        }
    }

    /// With slips forgiven, as far as the query carries what it may have been meant for.
    fn grade_near(&self, term: &Term, hay: &Haystack) -> Option<(Tier, usize)> {
        let fixes = term.fixes().iter().enumerate().filter_map(|(nth, fix)| {
            let (tier, _) = grade_written(fix, hay)?;
            (tier < Tier::Inside).then_some((Tier::Slip, nth * 16 + tier as usize))
        });
        let spellings = self.query.spellings().iter().enumerate().filter_map(|(nth, spelling)| {
            let (tier, _) = grade_read(spelling, hay)?;
            let near = if self.query.is_wide() { Tier::Alike } else { Tier::Slip };
            Some((near, nth * 16 + tier as usize))
        });
        fixes.chain(spellings).chain(self.grade_near_han(term, hay)).min()
    }

    fn grade_near_han(&self, term: &Term, hay: &Haystack) -> Option<(Tier, usize)> {
        // Asked for only together with spellings, when nothing matched as written.
        if self.query.spellings().is_empty()
            || term.glyphs().len() < 3
            || !term.glyphs().iter().all(|g| g.is_wide())
        {
            return None;
        }
        let chars = |glyphs: &[Glyph]| glyphs.iter().map(|g| g.c).collect::<Vec<_>>();
        let slips = nearest_stretch(&chars(term.glyphs()), &chars(hay.folded.glyphs()));
        (slips <= 1).then_some((Tier::Alike, NEAR_NAME + slips))
    }
}

/// An entry ready to be held against terms.
struct Haystack {
    role: FieldRole,
    folded: Folded,
    compact: String,
    digits: String,
    units: Vec<Unit>,
    acronym: Option<String>,
}

impl Haystack {
    fn of(entry: &Entry, reads: Reads) -> Self {
        let role = entry.role;
        let folded = if role == FieldRole::Phone { Folded::default() } else { entry.folded() };
        let read = role.is_words() && reads == Reads::Names;
        Self {
            role,
            compact: if role == FieldRole::Code { folded.compact() } else { String::new() },
            digits: if role == FieldRole::Phone { digits(&entry.text) } else { String::new() },
            units: if read { units(folded.glyphs()) } else { Vec::new() },
            acronym: if read { acronym(&folded) } else { None },
            folded,
        }
    }
}

/// Where a needle stands in a text, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    tier: Tier,
    /// 0 when it ends with a word.
    fine: usize,
    at: usize,
}

fn find<'a>(needle: &'a [Glyph], text: &'a [Glyph]) -> impl Iterator<Item = Place> + 'a {
    let windows = text.windows(needle.len().max(1)).enumerate();
    windows.filter(move |(_, w)| w.iter().zip(needle).all(|(a, b)| a.c == b.c)).filter_map(
        move |(at, window)| {
            let next = text.get(at + needle.len());
            let ends = next.is_none_or(|n| n.edge != Edge::Inside);
            let begins = window.first()?.edge != Edge::Inside;
            // From the midst of one word into the next nobody reads: `teng` is not in `Night English`.
            let is_next = |g: &Glyph| g.edge == Edge::Word && !g.is_wide();
            if !begins && window.iter().skip(1).any(is_next) {
                return None;
            }
            let tier = match (at, begins, ends) {
                (0, _, _) if next.is_none() => Tier::Exact,
                (0, _, _) => Tier::Beginning,
                (_, true, true) => Tier::Word,
                (_, true, false) => Tier::WordBeginning,
                (_, false, _) => Tier::Inside,
            };
            Some(Place { tier, fine: usize::from(!ends), at })
        },
    )
}

fn grade_written(term: &Term, hay: &Haystack) -> Option<(Tier, usize)> {
    let needle = term.glyphs();
    if needle.is_empty() {
        return None;
    }
    let best = find(needle, hay.folded.glyphs()).min()?;
    (best.tier != Tier::Inside || term.reaches_inside()).then_some((best.tier, best.fine))
}

/// By pinyin or by initials; by the first letters of Latin words as well.
fn grade_read(typed: &str, hay: &Haystack) -> Option<(Tier, usize)> {
    let by_acronym = hay.acronym.as_deref().filter(|a| typed.len() >= 2 && a.starts_with(typed)).map(|a| {
        let tier = if a == typed { Tier::Initials } else { Tier::InitialsBeginning };
        (tier, 0)
    });
    if hay.units.is_empty() || !typed.is_ascii() {
        return by_acronym;
    }
    let first_han = hay.units.iter().position(|u| matches!(u, Unit::Han(_)));
    let mut best = by_acronym;
    for at in 0..hay.units.len() {
        let starts = at == 0 || Some(at) == first_han;
        // One letter inside a name would find every name.
        if !starts && typed.len() < 2 {
            break;
        }
        let Some(reading) = read(&hay.units, at, typed) else { continue };
        let whole = starts && reading.end == hay.units.len();
        let tier = match (reading.style, whole, starts) {
            (Style::Full, true, _) => Tier::Reading,
            (Style::Initials, true, _) => Tier::Initials,
            (Style::Full | Style::Mixed, _, true) => Tier::ReadingBeginning,
            (Style::Initials, _, true) => Tier::InitialsBeginning,
            (Style::Full | Style::Mixed, _, false) => Tier::ReadingInside,
            (Style::Initials, _, false) => Tier::InitialsInside,
        };
        let fine = usize::from(reading.style == Style::Mixed);
        best = best.into_iter().chain([(tier, fine)]).min();
    }
    best
}

/// By the number or by its letters and number without the zeros between them (`v1` for `V-0001`).
fn grade_code(typed: &str, compact: &str) -> Option<(Tier, usize)> {
    if compact == typed {
        return Some((Tier::Exact, 0));
    }
    if compact.starts_with(typed) {
        return Some((Tier::Beginning, 1));
    }
    let ((letters, number), (own_letters, own_number)) = (code(typed)?, code(compact)?);
    if number != own_number {
        return None;
    }
    if letters == own_letters {
        return Some((Tier::Exact, 1));
    }
    letters.is_empty().then_some((Tier::Word, 0))
}

/// By its last digits first: that is what people remember, and what stands before varies (+86, 0086, 0).
fn grade_phone(typed: &str, number: &str) -> Option<(Tier, usize)> {
    if typed.len() < PHONE_DIGITS || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if number == typed {
        return Some((Tier::Exact, 0));
    }
    if number.ends_with(typed) {
        return Some((Tier::PhoneEnd, 0));
    }
    let alike = number.bytes().rev().zip(typed.bytes().rev()).take_while(|(a, b)| a == b).count();
    if alike >= PHONE_TAIL {
        return Some((Tier::PhoneEnd, 1));
    }
    number.contains(typed).then_some((Tier::Inside, 1))
}

/// A query of punctuation alone matches what is written so.
fn by_raw(typed: &str, entries: &[Entry]) -> Option<Match> {
    let graded = entries.iter().enumerate().filter_map(|(at, entry)| {
        let own = raw(&entry.text);
        if typed.is_empty() || !own.contains(typed) {
            return None;
        }
        let tier = match own.as_str() {
            same if same == typed => Tier::Exact,
            longer if longer.starts_with(typed) => Tier::Beginning,
            _ => Tier::Inside,
        };
        let grade = Grade { tier, weight: weight(entry.role), fine: 0 };
        Some(Match { grade, entry: at, length: own.chars().count() })
    });
    graded.min_by_key(|m| (m.grade, m.entry))
}

/// Of two terms the one that matches worse decides; how well both match tells equals apart.
fn worse(before: Match, one: Match) -> Match {
    let sum = before.grade.fine + one.grade.fine + (before.grade.tier.min(one.grade.tier)) as usize;
    let mut worst = if one.grade > before.grade { one } else { before };
    worst.grade.fine = sum;
    worst
}

fn weight(role: FieldRole) -> u8 {
    match role {
        FieldRole::Name
        | FieldRole::Alias
        | FieldRole::Code
        | FieldRole::Number
        | FieldRole::ExternalId
        | FieldRole::CreditCode
        | FieldRole::Phone => 0,
        FieldRole::Title => 1,
        FieldRole::Tag => 2,
        FieldRole::Email | FieldRole::Website => 3,
    }
}

#[cfg(test)]
mod tests;
