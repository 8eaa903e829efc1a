//! Closed lists: the words a field may hold, with their names in both languages.
//!
//! One list feeds the parser, the form, the filter, the chips and the `CHECK` of the schema.
//! It must never depend on a language: the key is what is stored, the label is what is shown.

use crate::texts::Text;

/// What a word says about its record: decides the colour role, never the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Says nothing good or bad.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Wants a look.
    Attention,
    /// Wants a deed.
    Bad,
}

/// One word of a closed list.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored, typed on the command line and written to JSON.
    pub key: &'static str,
    /// What is shown.
    pub label: Text,
    /// What it says about its record.
    pub tone: Tone,
}

/// An enum whose variants are the words of a closed list.
pub trait ClosedList: Copy + Eq + Sized + 'static {
    /// The variants in their natural order, which is also their sort order.
    const ALL: &'static [Self];
    /// The words, in the order of [`ClosedList::ALL`].
    const CHOICES: &'static [Choice];

    /// The place of this variant in its list.
    fn index(self) -> usize;

    /// The word of this variant.
    fn choice(self) -> &'static Choice;

    /// The variant whose key is `key`, exactly as stored.
    fn from_key(key: &str) -> Option<Self> {
        let at = Self::CHOICES.iter().position(|c| c.key == key)?;
        Self::ALL.get(at).copied()
    }

    /// The stored word of this variant.
    fn key(self) -> &'static str {
        self.choice().key
    }

    /// The shown word of this variant.
    fn label(self) -> Text {
        self.choice().label
    }
}

/// Declares an enum as a closed list: `Variant = "key", Tone, "English", "中文";` a row.
#[macro_export]
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal, $tone:ident, $en:literal, $zh:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $en] $(#[$vdoc])* $variant,)+ }

        impl $crate::domain::list::ClosedList for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            const CHOICES: &'static [$crate::domain::list::Choice] = &[$($crate::domain::list::Choice {
                key: $key,
                label: $crate::texts::text($en, $zh),
                tone: $crate::domain::list::Tone::$tone,
            },)+];

            fn index(self) -> usize {
                self as usize
            }

            fn choice(self) -> &'static $crate::domain::list::Choice {
                match self {
                    $(Self::$variant => &const { $crate::domain::list::Choice {
                        key: $key,
                        label: $crate::texts::text($en, $zh),
                        tone: $crate::domain::list::Tone::$tone,
                    } },)+
                }
            }
        }
    };
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro makes public lists")]
mod tests {
    use super::*;

    closed_list! {
        /// A list for the test.
        Light { Red = "red", Bad, "Red", "红"; Green = "green", Good, "Green", "绿"; }
    }

    #[test]
    fn keys_find_their_variant_and_order_is_kept() {
        assert_eq!(Light::from_key("green"), Some(Light::Green));
        assert_eq!(Light::from_key("Green"), None);
        assert_eq!(Light::ALL.iter().map(|l| l.key()).collect::<Vec<_>>(), ["red", "green"]);
        assert_eq!(Light::Green.label().zh, "绿");
        assert_eq!(Light::Green.index(), 1);
    }
}
