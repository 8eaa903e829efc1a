//! Every sign that is drawn and is no letter, in three sets: the only place that spells one.
//!
//! Lines and some other signs take one cell or two, as a terminal is set (East Asian Ambiguous,
//! UAX #11); the second set does without them. The third is for terminals that show ASCII alone. Of
//! the signs that go with text (cursors, bars, chips) the first set too has only such as take one
//! cell everywhere. None is of the private-use areas, which show as boxes where a font lacks them.

use std::borrow::Cow;

use crate::app::look::Glyphs;

/// One set of signs. Each takes one cell.
#[derive(Debug, PartialEq, Eq)]
pub struct Signs {
    /// A line across.
    pub rule: &'static str,
    /// The piece of a line under what one is at.
    pub heavy: &'static str,
    /// A line down.
    pub wall: &'static str,
    /// The corners of a box: above left and right, below left and right.
    pub corners: [&'static str; 4],
    /// The row under the cursor, and where one types.
    pub cursor: &'static str,
    /// What would be chosen.
    pub choice: &'static str,
    /// More to the left.
    pub left: &'static str,
    /// More to the right.
    pub right: &'static str,
    /// Sorted up.
    pub up: &'static str,
    /// Sorted down; more below.
    pub down: &'static str,
    /// Leads on to: from what was to what is, from a place to one in it.
    pub onto: &'static str,
    /// There is no value.
    pub none: &'static str,
    /// What follows is wrong.
    pub wrong: &'static str,
    /// It is marked, or chosen.
    pub mark: &'static str,
    /// It is done; on an agenda, it was gone through.
    pub done: &'static str,
    /// It is still open.
    pub open: &'static str,
    /// A piece of a bar; on a timeline, of the time in which one can act.
    pub bar: &'static str,
    /// A piece of the time in which it is too late.
    pub late: &'static str,
    /// The end of a bar of time.
    pub end: &'static str,
    /// The steps of a trend, lowest first.
    pub steps: [&'static str; 5],
}

/// The signs of a set.
#[must_use]
pub const fn signs(glyphs: Glyphs) -> &'static Signs {
    match glyphs {
        Glyphs::Unicode => &UNICODE,
        Glyphs::Wide => &WIDE,
        Glyphs::Ascii => &ASCII,
    }
}

/// Lines and what goes with them. Where text is made without a pen its signs are of these: the pen
/// puts them in ASCII where it has to.
pub const UNICODE: Signs = Signs {
    rule: "─",
    heavy: "━",
    wall: "│",
    corners: ["╭", "╮", "╰", "╯"],
    cursor: "❯",
    choice: "▸",
    left: "◂",
    right: "▸",
    up: "▴",
    down: "▾",
    onto: "›",
    none: "–",
    wrong: "✗",
    mark: "✓",
    done: "▪",
    open: "▫",
    bar: "▰",
    late: "▱",
    end: "┃",
    steps: ["⣀", "⣠", "⣤", "⣶", "⣿"],
};

const WIDE: Signs =
    Signs { rule: "╌", heavy: "=", wall: "╎", corners: ["+"; 4], none: "-", end: "╏", ..UNICODE };

const ASCII: Signs = Signs {
    rule: "-",
    heavy: "=",
    wall: "|",
    corners: ["+"; 4],
    cursor: ">",
    choice: ">",
    left: "<",
    right: ">",
    up: "^",
    down: "v",
    onto: ">",
    none: "-",
    wrong: "x",
    mark: "*",
    done: "#",
    open: ".",
    bar: "#",
    late: "-",
    end: "]",
    steps: ["_", ".", "-", "=", "#"],
};

/// Clean text with quotation marks, dashes and signs in their ASCII form, each in one cell; letters
/// stay what they are.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| in_ascii(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(in_ascii).collect())
}

const fn in_ascii(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '–' | '—' | '─' => '-',
        '…' | '·' => '.',
        '›' | '❯' | '▸' => '>',
        '✓' => 'v',
        '✗' | '×' => 'x',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrap::Breadth;

    fn all(signs: &Signs) -> Vec<&'static str> {
        let Signs {
            rule,
            heavy,
            wall,
            corners,
            cursor,
            choice,
            left,
            right,
            up,
            down,
            onto,
            none,
            wrong,
            mark,
            done,
            open,
            bar,
            late,
            end,
            steps,
        } = signs;
        let one = [*rule, heavy, wall, cursor, choice, left, right, up, down, onto, none, wrong, mark];
        let one = one.into_iter().chain([*done, open, bar, late, end]);
        one.chain(*corners).chain(*steps).collect()
    }

    #[test]
    fn every_sign_takes_one_cell_and_none_is_private() {
        for glyphs in Glyphs::ALL {
            for sign in all(signs(glyphs)) {
                assert_eq!(Breadth::One.cells(sign), 1, "{sign}");
                assert!(
                    !sign.chars().any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)),
                    "{sign}"
                );
            }
        }
        for sign in all(&WIDE) {
            assert_eq!(Breadth::Two.cells(sign), 1, "{sign} takes two where a terminal is set so");
        }
        assert!(all(&ASCII).iter().all(|sign| sign.is_ascii()));
    }

    #[test]
    fn what_goes_with_text_takes_one_cell_everywhere() {
        let framing = [UNICODE.rule, UNICODE.heavy, UNICODE.wall, UNICODE.none, UNICODE.end];
        for sign in all(&UNICODE) {
            let may_differ = framing.contains(&sign) || UNICODE.corners.contains(&sign);
            assert!(may_differ || Breadth::Two.cells(sign) == 1, "{sign}");
        }
    }

    #[test]
    fn punctuation_has_its_ascii_form_and_letters_stay() {
        assert_eq!(plain("“Müller” – 腾云…"), "\"Müller\" - 腾云.");
        assert!(matches!(plain("Müller"), Cow::Borrowed(_)));
    }
}
