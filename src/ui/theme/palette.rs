//! The colours of every theme, by what they say.
//!
//! Over SSH a terminal mostly has the 256 colours whose numbers mean the same everywhere, so each
//! ink has one of them, chosen and not computed, beside its exact colour.

use crate::app::look::{Ground, ThemeName};

/// One colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink {
    /// Red, green and blue.
    pub(super) hex: u32,
    /// Its number among the 256.
    pub(super) index: u8,
}

/// The inks of a theme.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Palette {
    pub(super) muted: Ink,
    pub(super) accent: Ink,
    pub(super) good: Ink,
    pub(super) attention: Ink,
    pub(super) bad: Ink,
    pub(super) info: Ink,
    /// Lines of the frame, which nobody reads.
    pub(super) frame: Ink,
    /// The row under the cursor: text, ground.
    pub(super) selected: (Ink, Ink),
    /// Low, medium, high, severe: text, ground. They grow brighter on a dark terminal and darker on
    /// a light one, so that they are told apart in grey too.
    pub(super) heat: [(Ink, Ink); 4],
}

/// The palette of a theme that has one on this ground; the others make do without.
pub(super) const fn of(theme: ThemeName, ground: Ground) -> &'static Palette {
    match (theme, ground) {
        (ThemeName::HighContrast, Ground::Dark) => &HIGH_CONTRAST_DARK,
        (ThemeName::HighContrast, Ground::Light) => &HIGH_CONTRAST_LIGHT,
        (ThemeName::ColourBlind, Ground::Dark) => &COLOUR_BLIND_DARK,
        (ThemeName::ColourBlind, Ground::Light) => &COLOUR_BLIND_LIGHT,
        (_, Ground::Dark) => &DARK,
        (_, Ground::Light) => &LIGHT,
    }
}

const fn ink(hex: u32, index: u8) -> Ink {
    Ink { hex, index }
}

const WHITE: Ink = ink(0x00ff_ffff, 231);
const BLACK: Ink = ink(0x0000_0000, 16);
const NIGHT: Ink = ink(0x001f_2328, 235);

const DARK: Palette = Palette {
    muted: ink(0x009a_a3b2, 248),
    accent: ink(0x006c_b6ff, 75),
    good: ink(0x004f_c3a1, 79),
    attention: ink(0x00e5_b567, 179),
    bad: ink(0x00ff_8278, 210),
    info: ink(0x00b3_a6ff, 147),
    frame: ink(0x005c_6573, 241),
    selected: (WHITE, ink(0x002f_4159, 24)),
    heat: [
        (WHITE, ink(0x001f_3d36, 22)),
        (WHITE, ink(0x005c_4d12, 58)),
        (WHITE, ink(0x008f_3f12, 94)),
        (WHITE, ink(0x00b3_261e, 160)),
    ],
};

const LIGHT: Palette = Palette {
    muted: ink(0x0057_606a, 240),
    accent: ink(0x0005_50ae, 25),
    good: ink(0x000b_6e5f, 23),
    attention: ink(0x007a_4b00, 94),
    bad: ink(0x00b4_2318, 124),
    info: ink(0x005b_3fc4, 62),
    frame: ink(0x00af_b8c1, 249),
    selected: (NIGHT, ink(0x00cf_e1fb, 189)),
    heat: [
        (NIGHT, ink(0x00d5_efe6, 194)),
        (NIGHT, ink(0x00f7_e6b0, 222)),
        (NIGHT, ink(0x00f6_b98a, 216)),
        (WHITE, ink(0x00b4_2318, 124)),
    ],
};

const HIGH_CONTRAST_DARK: Palette = Palette {
    muted: ink(0x00e4_e4e4, 254),
    accent: ink(0x00ff_ff5f, 227),
    good: ink(0x0087_ffaf, 121),
    attention: ink(0x00ff_d787, 222),
    bad: ink(0x00ff_afaf, 217),
    info: ink(0x00d7_d7ff, 189),
    frame: ink(0x00bc_bcbc, 250),
    selected: (BLACK, ink(0x00ff_ff5f, 227)),
    heat: [
        (WHITE, ink(0x001c_1c1c, 234)),
        (WHITE, ink(0x0044_4444, 238)),
        (BLACK, ink(0x00ff_af5f, 215)),
        (BLACK, ink(0x00ff_ffff, 231)),
    ],
};

const HIGH_CONTRAST_LIGHT: Palette = Palette {
    muted: ink(0x0026_2626, 235),
    accent: ink(0x0000_00af, 19),
    good: ink(0x0000_5f00, 22),
    attention: ink(0x005f_0087, 54),
    bad: ink(0x0087_0000, 88),
    info: ink(0x0000_005f, 17),
    frame: ink(0x004e_4e4e, 239),
    selected: (WHITE, ink(0x0000_005f, 17)),
    heat: [
        (BLACK, ink(0x00ff_ffff, 231)),
        (BLACK, ink(0x00d0_d0d0, 252)),
        (BLACK, ink(0x00ff_af5f, 215)),
        (WHITE, ink(0x0087_0000, 88)),
    ],
};

const COLOUR_BLIND_DARK: Palette = Palette {
    muted: ink(0x009a_a3b2, 248),
    accent: WHITE,
    good: ink(0x005f_afff, 75),
    attention: ink(0x00ff_ff5f, 227),
    bad: ink(0x00ff_8787, 210),
    info: ink(0x00ff_afd7, 218),
    frame: ink(0x005c_6573, 241),
    selected: (WHITE, ink(0x002f_4159, 24)),
    heat: [
        (WHITE, ink(0x001c_1c3f, 234)),
        (WHITE, ink(0x0000_4f87, 24)),
        (BLACK, ink(0x00d7_af5f, 179)),
        (BLACK, ink(0x00ff_ff5f, 227)),
    ],
};

const COLOUR_BLIND_LIGHT: Palette = Palette {
    muted: ink(0x0057_606a, 240),
    accent: BLACK,
    good: ink(0x0000_5fd7, 26),
    attention: ink(0x0087_5f00, 94),
    bad: ink(0x00af_005f, 125),
    info: ink(0x005f_0087, 54),
    frame: ink(0x00af_b8c1, 249),
    selected: (NIGHT, ink(0x00cf_e1fb, 189)),
    heat: [
        (BLACK, ink(0x00ff_ffd7, 230)),
        (BLACK, ink(0x00ff_d787, 222)),
        (BLACK, ink(0x005f_afff, 75)),
        (WHITE, ink(0x0000_0087, 18)),
    ],
};
