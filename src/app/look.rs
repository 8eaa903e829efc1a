//! How the screens look: what the user named, and what the terminal told of itself.
//!
//! What was named stands, whatever the terminal says later. Names here know no colour: those are in
//! the drawing's own tables.

use crate::texts::{Text, text};
use crate::wrap::{Breadth, Measure};

/// The look of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The theme that was named, by a flag, the configuration or a command.
    pub theme: Option<ThemeName>,
    /// What the terminal draws on, as far as it is known.
    pub ground: Ground,
    /// The signs that were named, by a flag or the configuration.
    pub glyphs: Option<Glyphs>,
    /// How wide the terminal draws a line of a frame, where it told.
    pub told: Option<Breadth>,
    /// Whether the terminal is to report the mouse.
    pub mouse: bool,
}

impl Look {
    /// What the terminal draws on: a theme that is named for one kind of ground settles it.
    #[must_use]
    pub fn ground(&self) -> Ground {
        match self.theme {
            Some(ThemeName::Dark) => Ground::Dark,
            Some(ThemeName::Light) => Ground::Light,
            _ => self.ground,
        }
    }

    /// The signs that frames and marks are drawn with.
    #[must_use]
    pub fn glyphs(&self) -> Glyphs {
        match (self.glyphs, self.told) {
            (Some(named), _) => named,
            (None, Some(Breadth::Two)) => Glyphs::Wide,
            (None, _) => Glyphs::Unicode,
        }
    }

    /// How text is measured. Who names signs says by that how the terminal draws them.
    #[must_use]
    pub fn measure(&self) -> Measure {
        let told = self.told.unwrap_or_default();
        match (self.glyphs(), self.glyphs.is_some()) {
            (Glyphs::Unicode, _) => Measure::default(),
            (Glyphs::Wide, true) => Measure { breadth: Breadth::Two, more: ".." },
            (Glyphs::Wide | Glyphs::Ascii, _) => Measure { breadth: told, more: ".." },
        }
    }

    /// Takes what the terminal told; what was named stands all the same.
    pub fn hear(&mut self, told: Told) {
        match told {
            Told::Ground(ground) => self.ground = ground,
            Told::Breadth(breadth) => self.told = Some(breadth),
        }
    }
}

/// What a terminal tells of itself when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What it draws on.
    Ground(Ground),
    /// How wide it draws a line of a frame.
    Breadth(Breadth),
}

/// The signs of frames and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Glyphs {
    /// Lines and what goes with them.
    #[default]
    Unicode,
    /// Only signs that take one cell on every terminal.
    Wide,
    /// Only ASCII.
    Ascii,
}

impl Glyphs {
    /// All.
    pub const ALL: [Self; 3] = [Self::Unicode, Self::Wide, Self::Ascii];

    /// The word that names them.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Wide => "wide",
            Self::Ascii => "ascii",
        }
    }

    /// The signs of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|glyphs| glyphs.word() == word)
    }
}

/// A theme by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// For a dark terminal.
    Dark,
    /// For a light terminal.
    Light,
    /// The sixteen colours that the terminal itself has chosen.
    Sixteen,
    /// As far from the ground as can be.
    HighContrast,
    /// Told apart with any kind of sight.
    ColourBlind,
    /// No colour: bold, dim, underlined, reversed.
    Mono,
}

impl ThemeName {
    /// All, the first first.
    pub const ALL: [Self; 6] =
        [Self::Dark, Self::Light, Self::Sixteen, Self::HighContrast, Self::ColourBlind, Self::Mono];

    /// The word that names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Sixteen => "16-colour",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
            Self::Mono => "mono",
        }
    }

    /// The theme of a word, in either spelling of colour.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.replace("color", "colour");
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    /// What it is for, in a few words.
    #[must_use]
    pub const fn says(self) -> Text {
        match self {
            Self::Dark => text("for a dark terminal", "适合深色终端"),
            Self::Light => text("for a light terminal", "适合浅色终端"),
            Self::Sixteen => text("the terminal's own sixteen colours", "终端自带的 16 色"),
            Self::HighContrast => text("as far from the ground as can be", "高对比度"),
            Self::ColourBlind => {
                text("blue, yellow and rose instead of green and red", "以蓝、黄、粉代替红、绿")
            }
            Self::Mono => text("no colour", "无颜色"),
        }
    }

    /// Every word, for who must name one.
    #[must_use]
    pub fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }
}

/// What a terminal draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// Dark: also where nothing is known.
    #[default]
    Dark,
    /// Light.
    Light,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_found_by_its_word() {
        for name in ThemeName::ALL {
            assert_eq!(ThemeName::from_word(name.word()), Some(name));
        }
        assert_eq!(ThemeName::from_word("color-blind"), Some(ThemeName::ColourBlind));
        assert_eq!(ThemeName::from_word("ligth"), None);
    }

    #[test]
    fn a_theme_for_one_ground_settles_it() {
        let told = Look { ground: Ground::Light, ..Look::default() };
        assert_eq!(told.ground(), Ground::Light);
        assert_eq!(Look { theme: Some(ThemeName::Dark), ..told }.ground(), Ground::Dark);
        assert_eq!(Look { theme: Some(ThemeName::ColourBlind), ..told }.ground(), Ground::Light);
    }

    #[test]
    fn signs_that_were_named_stand_whatever_the_terminal_tells() {
        let mut look = Look::default();
        assert_eq!(look.glyphs(), Glyphs::Unicode);
        look.hear(Told::Breadth(Breadth::Two));
        assert_eq!(look.glyphs(), Glyphs::Wide);
        for named in Glyphs::ALL {
            assert_eq!(Look { glyphs: Some(named), ..look }.glyphs(), named);
            assert_eq!(Glyphs::from_word(named.word()), Some(named));
        }
        let breadth = |glyphs, told| Look { glyphs, told, ..Look::default() }.measure().breadth;
        assert_eq!(breadth(None, Some(Breadth::Two)), Breadth::Two);
        assert_eq!(breadth(Some(Glyphs::Ascii), Some(Breadth::Two)), Breadth::Two);
        assert_eq!(breadth(Some(Glyphs::Ascii), None), Breadth::One);
        assert_eq!(breadth(Some(Glyphs::Wide), None), Breadth::Two);
        assert_eq!(breadth(Some(Glyphs::Unicode), Some(Breadth::Two)), Breadth::One);
    }
}
