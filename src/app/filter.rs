//! The field in which the filter of a list is typed, and the ways to go on with it that Tab takes.

use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::entity::Table;
use crate::entity::filter::{Offer, offers};
use crate::texts::Lang;

/// The field of a filter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilterField {
    field: TextField,
    /// What stood before the cursor when Tab was first pressed, and which of its ways to go on
    /// stands there in its place.
    tabbed: Option<(String, usize)>,
}

impl FilterField {
    /// What it holds.
    #[must_use]
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> &str {
        self.field.before_cursor()
    }

    /// Replaces the text.
    pub fn set(&mut self, text: impl Into<String>) {
        self.tabbed = None;
        self.field.set(text);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Typed {
        self.tabbed = None;
        self.field.key(key)
    }

    /// Inserts pasted text as one line, as far as it fits.
    pub fn paste_line(&mut self, text: &str) {
        self.tabbed = None;
        self.field.paste_line(text);
    }

    /// The ways to go on with what is typed, and which of them stands there.
    #[must_use]
    pub fn offers(&self, table: &Table, lang: Lang) -> (Vec<Offer>, Option<usize>) {
        let (typed, chosen) = match &self.tabbed {
            Some((typed, at)) => (typed.as_str(), Some(*at)),
            None => (self.field.before_cursor(), None),
        };
        (offers(table, typed, lang), chosen)
    }

    /// Puts the next way to go on, or the one before, in the place of what was typed. Whether the
    /// text is another.
    pub fn complete(&mut self, table: &Table, lang: Lang, by: isize) -> bool {
        let (offers, chosen) = self.offers(table, lang);
        let puts: Vec<(usize, &str)> =
            offers.iter().enumerate().filter_map(|(at, offer)| Some((at, offer.puts.as_deref()?))).collect();
        let place = chosen.and_then(|at| puts.iter().position(|(other, _)| *other == at));
        let len = puts.len();
        let next = match place {
            _ if len == 0 => return false,
            None if by < 0 => len - 1,
            None => 0,
            Some(place) => (place + len).saturating_add_signed(by) % len,
        };
        let Some((at, text)) = puts.get(next).copied() else { return false };
        let typed = match self.tabbed.take() {
            Some((typed, _)) => typed,
            None => self.field.before_cursor().to_owned(),
        };
        self.field.set_before_cursor(text);
        // The only way there is leaves nothing to choose: what may follow it is shown at once.
        self.tabbed = (len > 1).then_some((typed, at));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    fn after(text: &str, keys: &[isize]) -> String {
        let mut field = FilterField::default();
        for c in text.chars() {
            field.key(Key::Char(c));
        }
        for by in keys {
            field.complete(Kind::Vendor.table(), Lang::En, *by);
        }
        field.text().to_owned()
    }

    #[test]
    fn tab_takes_one_way_after_the_other_and_comes_round() {
        assert_eq!(after("acme st", &[1]), "acme state:");
        assert_eq!(after("acme st", &[1, 1]), "acme state:prospect", "what may follow the only way");
        assert_eq!(after("risk:", &[1]), "risk:low");
        assert_eq!(after("risk:", &[1, 1]), "risk:medium");
        assert_eq!(after("risk:", &[-1]), "risk:severe");
        assert_eq!(after("risk:", &[1, 1, 1, 1, 1]), "risk:low");
        assert_eq!(after("zzz", &[1]), "zzz");
        assert_eq!(after("ends:", &[1, 1, 1]), "ends:this-quarter");
    }

    #[test]
    fn what_stands_behind_the_cursor_stays() {
        let mut field = FilterField::default();
        field.set("st acme");
        for _ in 0..5 {
            field.key(Key::Left);
        }
        assert!(field.complete(Kind::Vendor.table(), Lang::En, 1));
        assert_eq!((field.before_cursor(), field.text()), ("state:", "state: acme"));
    }
}
