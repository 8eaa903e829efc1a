//! Digits that are read from the last row of a room: seven rows high, or five.

use ratatui::layout::Rect;

use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// How large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// Seven rows.
    Large,
    /// Five rows.
    Small,
}

/// Bits of a row of a digit, the leftmost highest; five columns, five rows.
const FIVE: [[u8; 5]; 10] = [
    [0b01110, 0b10001, 0b10001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b01110],
    [0b11110, 0b00001, 0b01110, 0b10000, 0b11111],
    [0b11110, 0b00001, 0b01110, 0b00001, 0b11110],
    [0b10010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b11110],
    [0b01110, 0b10000, 0b11110, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b00100],
    [0b01110, 0b10001, 0b01110, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b01111, 0b00001, 0b01110],
];

/// The same in eight columns and seven rows.
const SEVEN: [[u8; 7]; 10] = [
    [0b0111_1110, 0b1100_0011, 0b1100_0011, 0b1100_0011, 0b1100_0011, 0b1100_0011, 0b0111_1110],
    [0b0001_1000, 0b0011_1000, 0b0001_1000, 0b0001_1000, 0b0001_1000, 0b0001_1000, 0b0111_1110],
    [0b0111_1110, 0b1100_0011, 0b0000_0011, 0b0011_1110, 0b1110_0000, 0b1100_0000, 0b1111_1111],
    [0b0111_1110, 0b1100_0011, 0b0000_0011, 0b0011_1110, 0b0000_0011, 0b1100_0011, 0b0111_1110],
    [0b1100_0110, 0b1100_0110, 0b1100_0110, 0b1111_1111, 0b0000_0110, 0b0000_0110, 0b0000_0110],
    [0b1111_1111, 0b1100_0000, 0b1100_0000, 0b1111_1110, 0b0000_0011, 0b1100_0011, 0b0111_1110],
    [0b0111_1110, 0b1100_0000, 0b1100_0000, 0b1111_1110, 0b1100_0011, 0b1100_0011, 0b0111_1110],
    [0b1111_1111, 0b0000_0011, 0b0000_0110, 0b0000_1100, 0b0001_1000, 0b0001_1000, 0b0001_1000],
    [0b0111_1110, 0b1100_0011, 0b1100_0011, 0b0111_1110, 0b1100_0011, 0b1100_0011, 0b0111_1110],
    [0b0111_1110, 0b1100_0011, 0b1100_0011, 0b0111_1111, 0b0000_0011, 0b0000_0011, 0b0111_1110],
];

/// Rows from the top that a digit has, and the columns of each.
fn shape(c: char, size: Size) -> (u16, Vec<u8>) {
    let digit = c.to_digit(10).and_then(|n| usize::try_from(n).ok());
    match (size, digit) {
        (Size::Large, Some(n)) => (8, SEVEN.get(n).map(|rows| rows.to_vec()).unwrap_or_default()),
        (Size::Small, Some(n)) => (5, FIVE.get(n).map(|rows| rows.to_vec()).unwrap_or_default()),
        (Size::Large, None) if c == '.' => (2, vec![0, 0, 0, 0, 0, 0b11, 0b11]),
        (Size::Small, None) if c == '.' => (1, vec![0, 0, 0, 0, 1]),
        (Size::Large, None) => (8, vec![0, 0, 0, 0b0111_1110, 0, 0, 0]),
        (Size::Small, None) => (5, vec![0, 0, 0b01110, 0, 0]),
    }
}

/// How many rows it takes.
pub(super) const fn rows(size: Size) -> u16 {
    match size {
        Size::Large => 7,
        Size::Small => 5,
    }
}

/// The cells that a number takes; anything but a digit or a point is drawn as a dash.
pub(super) fn width(number: &str, size: Size) -> u16 {
    let gap = if size == Size::Large { 2 } else { 1 };
    number.chars().map(|c| shape(c, size).0 + gap).sum::<u16>().saturating_sub(gap)
}

/// Draws a number. How many rows it took.
pub(super) fn draw(number: &str, size: Size, area: Rect, role: Role, pen: &mut Pen) -> u16 {
    let gap = if size == Size::Large { 2 } else { 1 };
    let block = pen.signs.steps.last().copied().unwrap_or("#");
    let mut x = area.x;
    for c in number.chars() {
        let (wide, rows) = shape(c, size);
        for (y, bits) in (area.y..area.bottom()).zip(rows) {
            for column in 0..wide {
                if bits & (1 << (wide - 1 - column)) != 0 {
                    pen.put(x + column, y, 1, block, role);
                }
            }
        }
        x += wide + gap;
    }
    rows(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_differs_from_every_other() {
        for size in [Size::Large, Size::Small] {
            let all: std::collections::BTreeSet<_> = ('0'..='9').map(|c| shape(c, size)).collect();
            assert_eq!(all.len(), 10);
        }
    }

    #[test]
    fn a_number_takes_its_digits_and_the_gaps_between() {
        assert_eq!((width("86", Size::Large), width("86.7", Size::Small)), (18, 5 + 1 + 5 + 1 + 1 + 1 + 5));
    }
}
