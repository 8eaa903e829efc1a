//! Roles and their styles: the only place that names a colour.
//!
//! A role says what a text means; how it looks depends on the theme, on what the terminal draws on
//! and on how many colours it has. Every state also has a word or a sign, so without colour nothing
//! is lost, and the text of a screen is the same in every theme.

use ratatui::style::{Color, Modifier, Style};

use crate::app::look::{Ground, Look, ThemeName};
use crate::domain::list::Tone;

use palette::{Ink, Palette};

mod palette;

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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    inks: Inks,
}

/// Where the styles come from.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Inks {
    /// No colour at all.
    None,
    /// The sixteen that the terminal has chosen, as they are read on this ground.
    Sixteen(Ground),
    /// Colours of our own, by their number where not every colour can be shown.
    Own(&'static Palette, Exact),
}

/// Whether a terminal shows every colour.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Exact {
    Yes,
    No,
}

impl Theme {
    /// The theme of this look on a terminal of so many colours: what was named, as far as the
    /// terminal can show it.
    #[must_use]
    pub fn of(look: &Look, depth: Depth) -> Self {
        let ground = look.ground();
        let own = |exact| match look.theme {
            Some(ThemeName::Mono) => Inks::None,
            Some(ThemeName::Sixteen) => Inks::Sixteen(ground),
            Some(name) => Inks::Own(palette::of(name, ground), exact),
            None => Inks::Own(palette::of(ThemeName::Dark, ground), exact),
        };
        let inks = match depth {
            Depth::Mono => Inks::None,
            Depth::Basic if look.theme == Some(ThemeName::Mono) => Inks::None,
            Depth::Basic => Inks::Sixteen(ground),
            Depth::Indexed => own(Exact::No),
            Depth::True => own(Exact::Yes),
        };
        Self { inks }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        match self.inks {
            Inks::None => mono(role),
            Inks::Sixteen(ground) => sixteen(role, ground),
            Inks::Own(palette, exact) => own(role, palette, exact),
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

fn own(role: Role, palette: &Palette, exact: Exact) -> Style {
    let p = palette;
    let fg = |ink| Style::new().fg(colour(ink, exact));
    let pair = |(text, ground): (Ink, Ink)| fg(text).bg(colour(ground, exact));
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
        Role::Selected => pair(p.selected).add_modifier(Modifier::BOLD),
        Role::Heat(level) => {
            let [low, medium, high, severe] = p.heat;
            pair(match level {
                0 => low,
                1 => medium,
                2 => high,
                _ => severe,
            })
        }
    }
}

const fn colour(ink: Ink, exact: Exact) -> Color {
    match exact {
        Exact::Yes => Color::from_u32(ink.hex),
        Exact::No => Color::Indexed(ink.index),
    }
}

/// On black the bright eight are read best: dark red and blue are not. On white green, yellow and
/// cyan are lost, so what is well has no colour there, and what wants a look is magenta.
fn sixteen(role: Role, ground: Ground) -> Style {
    let style = Style::new();
    let is_dark = ground == Ground::Dark;
    let on = |dark, light| style.fg(if is_dark { dark } else { light });
    let bad = on(Color::LightRed, Color::Red);
    let attention = on(Color::LightYellow, Color::Magenta);
    let good = if is_dark { style.fg(Color::LightGreen) } else { style };
    match role {
        Role::Text => style,
        Role::Strong => style.add_modifier(Modifier::BOLD),
        Role::Muted | Role::Frame => style.add_modifier(Modifier::DIM),
        Role::Accent => on(Color::LightCyan, Color::Blue).add_modifier(Modifier::BOLD),
        Role::Match => on(Color::LightCyan, Color::Blue).add_modifier(Modifier::UNDERLINED),
        Role::Good | Role::Heat(0) => good,
        Role::Attention | Role::Heat(1) => attention,
        Role::Bad | Role::Heat(2) => bad,
        Role::Info => on(Color::LightMagenta, Color::Blue),
        Role::Selected => style.add_modifier(Modifier::REVERSED),
        Role::Heat(_) => bad.add_modifier(Modifier::BOLD | Modifier::REVERSED),
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
mod tests;
