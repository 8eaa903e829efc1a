//! Roles and their styles: the only place that names a colour.
//!
//! A role says what a text means; how it looks depends on the theme and on how many colours the
//! terminal has. Every state also has a word or a sign, so without colour nothing is lost.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::list::Tone;

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Data.
    #[default]
    Text,
    /// Units, labels, hints.
    Muted,
    /// A heading, or the name on the card.
    Strong,
    /// Where one is.
    Accent,
    /// As it should be.
    Good,
    /// Wants a look.
    Attention,
    /// Wants a deed.
    Bad,
    /// Changed, or news.
    Info,
    /// The row under the cursor.
    Selected,
    /// A line of the frame.
    Frame,
    /// The part of a match that was typed.
    Match,
    /// A cell of the heat map: low, medium, high, severe.
    Heat(u8),
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None: `NO_COLOR`, or a plain terminal.
    Mono,
    /// Sixteen.
    Basic,
    /// 256: the common case over SSH.
    Indexed,
    /// 24 bits.
    True,
}

/// A theme: the style of each role.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    depth: Depth,
    palette: &'static Palette,
}

#[derive(Debug, PartialEq)]
struct Palette {
    name: &'static str,
    text: u32,
    muted: u32,
    accent: u32,
    good: u32,
    attention: u32,
    bad: u32,
    info: u32,
    selected: (u32, u32),
    frame: u32,
    heat: [(u32, u32); 4],
}

/// Contrast of every text role with five dark backgrounds is 5.5 at least.
const DARK: Palette = Palette {
    name: "dark",
    text: 0x00d7_dae0,
    muted: 0x009a_a3b2,
    accent: 0x006c_b6ff,
    good: 0x004f_c3a1,
    attention: 0x00e5_b567,
    bad: 0x00ff_8278,
    info: 0x00b3_a6ff,
    selected: (0x00ff_ffff, 0x002f_4159),
    frame: 0x005c_6573,
    heat: [
        (0x00ff_ffff, 0x001f_3d36),
        (0x00ff_ffff, 0x005c_4d12),
        (0x00ff_ffff, 0x008f_3f12),
        (0x00ff_ffff, 0x00b3_261e),
    ],
};

/// Contrast of every text role with three light backgrounds is 5.7 at least.
const LIGHT: Palette = Palette {
    name: "light",
    text: 0x001f_2328,
    muted: 0x0057_606a,
    accent: 0x0005_50ae,
    good: 0x000b_6e5f,
    attention: 0x007a_4b00,
    bad: 0x00b4_2318,
    info: 0x005b_3fc4,
    selected: (0x001f_2328, 0x00cf_e1fb),
    frame: 0x00af_b8c1,
    heat: [
        (0x001f_2328, 0x00d5_efe6),
        (0x001f_2328, 0x00f7_e6b0),
        (0x001f_2328, 0x00f6_b98a),
        (0x00ff_ffff, 0x00b4_2318),
    ],
};

impl Theme {
    /// The theme of this name; dark where there is none of it.
    #[must_use]
    pub fn named(name: &str, depth: Depth) -> Self {
        let palette = if name == LIGHT.name { &LIGHT } else { &DARK };
        Self { depth, palette }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.palette.name
    }

    /// The theme of another name on the same terminal.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Self {
        Self::named(name, self.depth)
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        match self.depth {
            Depth::Mono => mono(role),
            Depth::Basic => basic(role),
            Depth::Indexed | Depth::True => self.full(role),
        }
    }

    fn full(&self, role: Role) -> Style {
        let p = self.palette;
        let fg = |hex| Style::new().fg(self.colour(hex));
        match role {
            // The terminal's own colour: it is what the user reads best, and costs no bytes.
            Role::Text => Style::new(),
            Role::Strong => Style::new().add_modifier(Modifier::BOLD),
            Role::Muted => fg(p.muted),
            Role::Accent => fg(p.accent).add_modifier(Modifier::BOLD),
            Role::Good => fg(p.good),
            Role::Attention => fg(p.attention),
            Role::Bad => fg(p.bad),
            Role::Info => fg(p.info),
            Role::Frame => fg(p.frame),
            Role::Match => fg(p.accent),
            Role::Selected => {
                let (text, ground) = p.selected;
                fg(text).bg(self.colour(ground)).add_modifier(Modifier::BOLD)
            }
            Role::Heat(level) => {
                let (text, ground) = p.heat.get(usize::from(level)).copied().unwrap_or((p.text, 0));
                fg(text).bg(self.colour(ground))
            }
        }
    }

    fn colour(&self, hex: u32) -> Color {
        let [_, r, g, b] = hex.to_be_bytes();
        match self.depth {
            Depth::True => Color::Rgb(r, g, b),
            _ => Color::Indexed(indexed(r, g, b)),
        }
    }
}

/// The role of a tone.
#[must_use]
pub const fn role_of(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Text,
        Tone::Good => Role::Good,
        Tone::Attention => Role::Attention,
        Tone::Bad => Role::Bad,
    }
}

/// The nearest of the 6 x 6 x 6 cube and the greys.
fn indexed(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |v: u8| {
        let nearest = STEPS.iter().enumerate().min_by_key(|(_, s)| s.abs_diff(v));
        nearest.map_or((0, 0), |(at, s)| (u8::try_from(at).unwrap_or(0), *s))
    };
    let ((ri, rv), (gi, gv), (bi, bv)) = (step(r), step(g), step(b));
    let away = |x: u8, y: u8, z: u8| {
        let d = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        d(x, r) + d(y, g) + d(z, b)
    };
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let grey = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(0);
    let value = 8 + grey * 10;
    if away(value, value, value) < away(rv, gv, bv) { 232 + grey } else { 16 + 36 * ri + 6 * gi + bi }
}

fn basic(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Text => style,
        Role::Strong => style.add_modifier(Modifier::BOLD),
        Role::Muted | Role::Frame => style.add_modifier(Modifier::DIM),
        Role::Accent => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Match => style.fg(Color::Cyan),
        Role::Good | Role::Heat(0) => style.fg(Color::Green),
        Role::Attention | Role::Heat(1) => style.fg(Color::Yellow),
        Role::Bad | Role::Heat(2) => style.fg(Color::Red),
        Role::Info => style.fg(Color::Magenta),
        Role::Selected => style.add_modifier(Modifier::REVERSED),
        Role::Heat(_) => style.fg(Color::Red).add_modifier(Modifier::BOLD),
    }
}

fn mono(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Muted | Role::Frame => style.add_modifier(Modifier::DIM),
        Role::Strong => style.add_modifier(Modifier::BOLD),
        Role::Accent => style.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
        Role::Match => style.add_modifier(Modifier::UNDERLINED),
        Role::Selected => style.add_modifier(Modifier::REVERSED),
        _ => style,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::THEMES;

    #[test]
    fn every_theme_that_can_be_named_is_there() {
        for name in THEMES {
            assert_eq!(Theme::named(name, Depth::True).name(), name);
        }
    }

    #[test]
    fn colours_find_their_nearest_index() {
        assert_eq!(indexed(255, 255, 255), 231);
        assert_eq!(indexed(0, 0, 0), 16);
        assert_eq!(indexed(0x6c, 0xb6, 0xff), 75);
        assert!((232..=255).contains(&indexed(0x5c, 0x65, 0x63)) || indexed(0x5c, 0x65, 0x63) == 59);
    }

    #[test]
    fn without_colour_the_cursor_still_shows() {
        let theme = Theme::named("dark", Depth::Mono);
        assert!(theme.style(Role::Selected).add_modifier.contains(Modifier::REVERSED));
        for role in [Role::Good, Role::Bad, Role::Heat(3), Role::Selected] {
            assert_eq!((theme.style(role).fg, theme.style(role).bg), (None, None));
        }
    }
}
