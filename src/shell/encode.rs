//! From changed cells to the bytes of a terminal, and few of them: over a slow line a key is
//! worth what it sends.
//!
//! The cursor's place is followed through text whose width every terminal agrees on, so no move
//! is sent where none is needed; runs of blanks are erased and not written; styles are sent as
//! the difference to the last one.
//!
//! Some characters, such as lines, `…`, `é` and Cyrillic, take one cell or two, as the terminal is
//! set (they are East Asian Ambiguous, UAX #11). Until it has told how it is, the place is set anew
//! after a run of them, so that on no terminal what follows stands elsewhere than it should.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::wrap::Breadth;

pub use changes::changes;

mod changes;

/// Blanks from which on erasing is shorter than writing them.
const BLANKS: usize = 6;
/// Rows down to which the way is looked for step by step: a line feed is a byte.
const ROWS: u16 = 4;

/// What the terminal is known to be at.
#[derive(Debug, Default)]
pub struct Encoder {
    at: Option<At>,
    /// Cells of a row.
    width: u16,
    style: Look,
    used: bool,
    /// How wide ambiguous characters are, once the terminal told.
    told: Option<Breadth>,
}

/// Where the terminal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    x: u16,
    y: u16,
    /// By how many cells it stands further right where each ambiguous character took two.
    drift: u16,
}

impl At {
    /// The shortest way down and across from here; nothing where the way is up or far.
    fn steps_to(self, to: Self) -> Option<String> {
        let down = to.y.checked_sub(self.y).filter(|rows| *rows <= ROWS)?;
        let column = if to.x == 0 { "\r".to_owned() } else { format!("\x1b[{}G", to.x + 1) };
        let by = |cells: u16, way: char| match cells {
            0 => String::new(),
            1 => format!("\x1b[{way}"),
            _ => format!("\x1b[{cells}{way}"),
        };
        // How far it is to the side is sure only where nothing before may have taken two cells.
        let aside = match self.drift {
            0 if self.x <= to.x => Some(by(to.x - self.x, 'C')),
            0 => Some(by(self.x - to.x, 'D')),
            _ => None,
        };
        let across = aside.filter(|aside| aside.len() <= column.len()).unwrap_or(column);
        Some(across + &"\n".repeat(usize::from(down)))
    }
}

/// How many cells a symbol takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// So many everywhere.
    Sure(u16),
    /// One, or two where the terminal is set so.
    OneOrTwo,
    /// Terminals differ, and nobody can say how.
    Unknown,
}

/// How the next character would look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Default for Look {
    fn default() -> Self {
        Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() }
    }
}

impl Look {
    /// This look where nothing but blanks have it: that of what stands before, if one sees no
    /// difference.
    fn of_blanks_after(self, before: Self) -> Self {
        let unseen = Modifier::BOLD | Modifier::DIM | Modifier::ITALIC;
        let is_same = self.bg == before.bg && ((self.modifier | before.modifier) - unseen).is_empty();
        if is_same { before } else { self }
    }
}

impl Encoder {
    /// Takes what the terminal told of ambiguous characters.
    pub const fn hear(&mut self, told: Option<Breadth>) {
        self.told = told;
    }

    /// Takes it that nobody knows where the terminal stands.
    pub const fn lose(&mut self) {
        self.at = None;
    }

    /// Whether nothing is known of the screen yet.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        !self.used
    }

    /// Appends what draws these cells on a screen `width` cells wide.
    pub fn cells(&mut self, cells: &[(u16, u16, &Cell)], width: u16, out: &mut String) {
        self.used = true;
        self.width = width;
        let mut rest = cells;
        while let Some(((x, y, cell), after)) = rest.split_first() {
            let look = Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            let blanks = blank_run(rest, look);
            let look = if cell.symbol() == " " { look.of_blanks_after(self.style) } else { look };
            if blanks >= BLANKS {
                self.go(*x, *y, out);
                self.look(look, out);
                let to_the_edge = usize::from(*x) + blanks >= usize::from(width);
                let _ = if to_the_edge { write!(out, "\x1b[K") } else { write!(out, "\x1b[{blanks}X") };
                rest = rest.get(blanks..).unwrap_or_default();
                continue;
            }
            let taken = taken(cell.symbol(), self.told);
            // A run of ambiguous characters stays whole; where it ends is made sure after it.
            if taken != Cells::OneOrTwo || self.at.is_none_or(|at| (at.x, at.y) != (*x, *y)) {
                self.go(*x, *y, out);
            }
            self.look(look, out);
            out.push_str(cell.symbol());
            self.pass(taken);
            rest = after;
        }
    }

    /// Appends what makes the style plain, at the end of a frame.
    pub fn plain(&mut self, out: &mut String) {
        if self.style != Look::default() {
            out.push_str("\x1b[m");
            self.style = Look::default();
        }
    }

    /// Appends a move to a cell, the shortest that is sure.
    pub fn go(&mut self, x: u16, y: u16, out: &mut String) {
        let to = At { x, y, drift: 0 };
        if self.at == Some(to) {
            return;
        }
        let anew = if x == 0 { format!("\x1b[{}H", y + 1) } else { format!("\x1b[{};{}H", y + 1, x + 1) };
        // Where it stands behind the last column, nobody knows in which row.
        let here = self.at.filter(|at| at.x + at.drift < self.width);
        let from_here = here.and_then(|at| at.steps_to(to));
        out.push_str(&from_here.filter(|steps| steps.len() <= anew.len()).unwrap_or(anew));
        self.at = Some(to);
    }

    /// Notes that a symbol was written where the terminal stood.
    fn pass(&mut self, cells: Cells) {
        let step = |at: At| match cells {
            Cells::Sure(cells) => Some(At { x: at.x + cells, ..at }),
            Cells::OneOrTwo => Some(At { x: at.x + 1, drift: at.drift + 1, ..at }),
            Cells::Unknown => None,
        };
        // Behind the last column terminals differ in where they stand.
        self.at = self.at.and_then(step).filter(|at| at.x < self.width);
    }

    fn look(&mut self, wanted: Look, out: &mut String) {
        if wanted == self.style {
            return;
        }
        let from_here = steps(self.style, wanted);
        let from_plain = steps(Look::default(), wanted);
        let best = match from_here {
            Some(steps) if steps.len() <= from_plain.as_ref().map_or(0, String::len) + 2 => steps,
            _ => match from_plain {
                Some(steps) if !steps.is_empty() => format!("0;{steps}"),
                _ => String::new(),
            },
        };
        let _ = write!(out, "\x1b[{best}m");
        self.style = wanted;
    }
}

/// The parameters that lead from one look to another; `None` when something must be taken off
/// that has no parameter of its own.
fn steps(from: Look, to: Look) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let gone = from.modifier - to.modifier;
    let mut come = to.modifier - from.modifier;
    if gone.intersects(Modifier::BOLD | Modifier::DIM) {
        words.push("22".to_owned());
        // 22 takes both off; what stays is set again.
        come |= to.modifier & (Modifier::BOLD | Modifier::DIM);
    }
    for (modifier, word) in
        [(Modifier::UNDERLINED, "24"), (Modifier::REVERSED, "27"), (Modifier::ITALIC, "23")]
    {
        if gone.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    let known = Modifier::BOLD | Modifier::DIM | Modifier::UNDERLINED | Modifier::REVERSED | Modifier::ITALIC;
    if !(gone - known).is_empty() {
        return None;
    }
    for (modifier, word) in [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ] {
        if come.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    if from.fg != to.fg {
        words.push(colour(to.fg, 30));
    }
    if from.bg != to.bg {
        words.push(colour(to.bg, 40));
    }
    Some(words.join(";"))
}

/// The parameter of a colour; `base` is 30 for text, 40 for ground.
fn colour(colour: Color, base: u8) -> String {
    let plain = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => (base + 9).to_string(),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        // The text of the cursor's bar, sent in every frame: this number is white wherever the palette
        // was not changed.
        Color::Rgb(255, 255, 255) => format!("{};5;231", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

/// How many of the next cells are blanks of this look, each beside the last.
fn blank_run(cells: &[(u16, u16, &Cell)], look: Look) -> usize {
    let Some((first_x, first_y, _)) = cells.first() else { return 0 };
    // An erased cell keeps the ground and nothing else: lines under or through it would be lost.
    if !(look.modifier - (Modifier::BOLD | Modifier::DIM)).is_empty() {
        return 0;
    }
    cells
        .iter()
        .zip(0_u16..)
        .take_while(|((x, y, cell), n)| {
            let beside = *y == *first_y && x.checked_sub(*first_x) == Some(*n);
            beside && cell.symbol() == " " && cell.bg == look.bg && cell.modifier == look.modifier
        })
        .count()
}

fn taken(symbol: &str, told: Option<Breadth>) -> Cells {
    let mut chars = symbol.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    let known = only.filter(|only| {
        matches!(u32::from(*only),
            0x20..=0x7e | 0xa1..=0x2ff | 0x370..=0x5cf | 0x2010..=0x2027 | 0x2500..=0x28ff
            | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff01..=0xff60 | 0x20000..=0x3fffd)
    });
    match (known.map(|_| [Breadth::One, Breadth::Two].map(|breadth| breadth.cells(symbol))), told) {
        (Some([1, 1]), _) | (Some([1, 2]), Some(Breadth::One)) => Cells::Sure(1),
        (Some([2, 2]), _) | (Some([1, 2]), Some(Breadth::Two)) => Cells::Sure(2),
        (Some([1, 2]), None) => Cells::OneOrTwo,
        _ => Cells::Unknown,
    }
}

#[cfg(test)]
mod tests;
