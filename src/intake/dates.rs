//! Dates of a column, read in one order that the column itself decides.
//!
//! A column that can be read in two orders, or holds two styles, is asked about and never guessed;
//! a single cell that is no date is the problem of its row. It must never know today.

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use crate::domain::day::is_year;
use crate::intake::cells::value;
use crate::intake::error::{CellProblem, IntakeError};

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Ymd, Self::Dmy, Self::Mdy];

    /// Its word in `--date-format`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }

    /// The order of a word of `--date-format`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// Reads the dates of one column, after the whole column has decided how.
///
/// Styles: `2012-10-04`, `2012/10/4`, `2012.10.4`, `2012年10月4日`; `4/10/2012`, `4-10-2012`, in either
/// order; `4.10.2012`, always day first; `4-Oct-12`, `October 4, 2012`; full-width forms of all. A
/// time of day may follow when it is midnight. Years of two digits are those of POSIX `%y`: 69–99
/// are 1969–1999, 00–68 are 2000–2068.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateReader {
    order: Option<DateOrder>,
}

impl DateReader {
    /// Decides over all `cells` (line and text) of the column named `column`; blanks and what is no
    /// date have no say. With `asked` there is nothing to decide.
    ///
    /// # Errors
    ///
    /// [`IntakeError::AmbiguousDates`] when more than one order reads the whole column,
    /// [`IntakeError::MixedDates`] when no order does or the dates are written in two styles.
    pub fn settle<'a>(
        column: &str,
        cells: impl IntoIterator<Item = (usize, &'a str)>,
        asked: Option<DateOrder>,
    ) -> Result<Self, IntakeError> {
        if asked.is_some() {
            return Ok(Self { order: asked });
        }
        let mut first: Option<(usize, &str, Style)> = None;
        let mut open = None;
        let mut possible = DateOrder::ALL.to_vec();
        for (line, text) in cells {
            let Ok(reading) = reading(text) else { continue };
            let &mut (first_line, first_text, style) = first.get_or_insert((line, text, reading.style));
            if let Dates::ByOrder(dates) = &reading.dates {
                possible.retain(|order| dates.iter().any(|(of, _)| of == order));
                open.get_or_insert((line, text));
            }
            if style != reading.style || possible.is_empty() {
                return Err(IntakeError::MixedDates {
                    column: column.to_owned(),
                    first: (first_line, first_text.to_owned()),
                    other: (line, text.to_owned()),
                });
            }
        }
        match (open, possible.as_slice()) {
            (None, _) => Ok(Self { order: None }),
            (Some(_), [order]) => Ok(Self { order: Some(*order) }),
            (Some((line, text)), _) => Err(IntakeError::AmbiguousDates {
                column: column.to_owned(),
                line,
                text: text.to_owned(),
                orders: possible,
            }),
        }
    }

    /// The order that reads the column; `None` where each date says its own.
    #[must_use]
    pub fn order(self) -> Option<DateOrder> {
        self.order
    }

    /// The date of a cell of the column, or `None` when the cell is blank.
    ///
    /// # Errors
    ///
    /// [`CellProblem::NotADate`], [`CellProblem::NoSuchDay`], [`CellProblem::HasTimeOfDay`];
    /// [`CellProblem::OtherDateOrder`] for a date that the order of the column does not read;
    /// [`CellProblem::YearOutOfRange`] for `9999-12-31` and the like, which still tell the order; and
    /// those of [`value`].
    pub fn read(self, cell: &str) -> Result<Option<NaiveDate>, CellProblem> {
        let Some(cell) = value(cell)? else { return Ok(None) };
        let date = match reading(cell)?.dates {
            Dates::Evident(date) => date,
            Dates::ByOrder(dates) => {
                let read = dates.iter().find(|(of, _)| Some(*of) == self.order);
                read.map(|(_, date)| *date).ok_or(CellProblem::OtherDateOrder)?
            }
        };
        if is_year(date.year()) { Ok(Some(date)) } else { Err(CellProblem::YearOutOfRange) }
    }
}

/// How a date is written; two of these in one column are two styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    YearFirst,
    Numbers(char),
    DayAndName,
    NameAndDay,
}

/// A date as written, and what it may mean.
struct Reading {
    style: Style,
    dates: Dates,
}

enum Dates {
    /// Its writing leaves one meaning in every order.
    Evident(NaiveDate),
    /// The order decides; never empty.
    ByOrder(Vec<(DateOrder, NaiveDate)>),
}

fn reading(cell: &str) -> Result<Reading, CellProblem> {
    let plain: String = cell.nfkc().collect();
    let text = without_midnight(plain.trim())?;
    let (parts, marks) = parts_of(text);
    let [first, second, third] = parts.as_slice() else { return Err(CellProblem::NotADate) };
    let marks: Vec<&str> = marks.iter().map(|mark| mark.trim()).collect();
    match (number(first), number(second), number(third)) {
        (Some(a), Some(b), Some(c)) => match marks.as_slice() {
            ["年", "月", "" | "日" | "号"] => evident(Style::YearFirst, a, b.value, c.value),
            ["-", "-", ""] => numbers('-', a, b, c),
            ["/", "/", ""] => numbers('/', a, b, c),
            [".", ".", "" | "."] => numbers('.', a, b, c),
            _ => Err(CellProblem::NotADate),
        },
        (Some(a), None, Some(c)) => {
            let month = month_of(second).filter(|_| are_gaps(&marks)).ok_or(CellProblem::NotADate)?;
            day_and_name(a, month, c)
        }
        (None, Some(b), Some(c)) => {
            let month = month_of(first).filter(|_| are_gaps(&marks)).ok_or(CellProblem::NotADate)?;
            evident(Style::NameAndDay, c, month, b.value)
        }
        _ => Err(CellProblem::NotADate),
    }
}

/// A run of digits: its value, and how many there are.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

fn number(part: &str) -> Option<Number> {
    Some(Number { value: part.parse().ok()?, digits: part.len() }).filter(|number| number.digits <= 4)
}

/// Three numbers with one mark between them.
fn numbers(mark: char, a: Number, b: Number, c: Number) -> Result<Reading, CellProblem> {
    if a.digits == 4 {
        return evident(Style::YearFirst, a, b.value, c.value);
    }
    // Between points the day comes first wherever points are used.
    let orders: &[DateOrder] = match (c.digits, mark) {
        (4, '.') => &[DateOrder::Dmy],
        (4, _) => &[DateOrder::Dmy, DateOrder::Mdy],
        (_, '.') => &[DateOrder::Dmy, DateOrder::Ymd],
        _ => &DateOrder::ALL,
    };
    let dates = orders.iter().map(|order| match order {
        DateOrder::Ymd => (*order, a, b, c),
        DateOrder::Dmy => (*order, c, b, a),
        DateOrder::Mdy => (*order, c, a, b),
    });
    by_order(Style::Numbers(mark), dates)
}

/// `4-Oct-12`: the year may be first or last when both have two digits.
fn day_and_name(a: Number, month: u32, c: Number) -> Result<Reading, CellProblem> {
    let month = Number { value: month, digits: 2 };
    match (a.digits, c.digits) {
        (4, _) => evident(Style::YearFirst, a, month.value, c.value),
        (_, 4) => evident(Style::DayAndName, c, month.value, a.value),
        _ => {
            let orders = [(DateOrder::Dmy, c, month, a), (DateOrder::Ymd, a, month, c)];
            by_order(Style::DayAndName, orders.into_iter())
        }
    }
}

fn evident(style: Style, year: Number, month: u32, day: u32) -> Result<Reading, CellProblem> {
    let year = year_of(year).ok_or(CellProblem::NotADate)?;
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(CellProblem::NoSuchDay)?;
    Ok(Reading { style, dates: Dates::Evident(date) })
}

/// The orders, each as (order, year, month, day), that give a day of the calendar.
fn by_order(
    style: Style,
    orders: impl Iterator<Item = (DateOrder, Number, Number, Number)>,
) -> Result<Reading, CellProblem> {
    let mut is_date = false;
    let mut dates = Vec::new();
    for (order, year, month, day) in orders {
        let Some(year) = year_of(year).filter(|_| month.digits <= 2 && day.digits <= 2) else { continue };
        is_date = true;
        if let Some(date) = NaiveDate::from_ymd_opt(year, month.value, day.value) {
            dates.push((order, date));
        }
    }
    match (dates.is_empty(), is_date) {
        (false, _) => Ok(Reading { style, dates: Dates::ByOrder(dates) }),
        (true, true) => Err(CellProblem::NoSuchDay),
        (true, false) => Err(CellProblem::NotADate),
    }
}

/// A year of four digits, or of two by the rule of POSIX `%y`.
fn year_of(number: Number) -> Option<i32> {
    let year = i32::try_from(number.value).ok()?;
    match (number.digits, year) {
        (4, 1000..) => Some(year),
        (2, ..69) => Some(2000 + year),
        (2, _) => Some(1900 + year),
        _ => None,
    }
}

/// The number of a month by its English name or the first three letters of it.
fn month_of(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let fits = |month: &&str| {
        *month == name || month.get(..3) == Some(&name) || (name == "sept" && month.starts_with("sept"))
    };
    let at = MONTHS.iter().position(fits)?;
    u32::try_from(at + 1).ok()
}

/// Whether what stands between the parts of a date with a month's name may stand there.
fn are_gaps(marks: &[&str]) -> bool {
    marks.len() == 3
        && marks.iter().all(|mark| matches!(*mark, "" | "-" | "/" | "." | "," | ".,"))
        && marks.last() == Some(&"")
}

/// The runs of digits and of Latin letters, and what follows each of them. A text that begins with
/// anything else has no parts.
fn parts_of(text: &str) -> (Vec<&str>, Vec<&str>) {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => 0,
        c if c.is_ascii_alphabetic() => 1,
        _ => 2,
    };
    let (mut parts, mut marks) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next().filter(|c| kind(*c) != 2) {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        let end = tail.find(|c| kind(c) != 2).unwrap_or(tail.len());
        let (mark, tail) = tail.split_at(end);
        parts.push(part);
        marks.push(mark);
        rest = tail;
    }
    (parts, marks)
}

/// The text without a time of day that is midnight: `T00:00:00.000Z`, ` 0:00`, ` 12:00:00 AM`.
fn without_midnight(text: &str) -> Result<&str, CellProblem> {
    let Some(colon) = text.find(':') else { return Ok(text) };
    let head = text.get(..colon).unwrap_or_default();
    let hour_at = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (date, time) = text.split_at_checked(hour_at).ok_or(CellProblem::NotADate)?;
    let date = match date.strip_suffix(['T', 't']) {
        Some(date) if date.ends_with(|c: char| c.is_ascii_digit()) => date,
        _ if date.ends_with(char::is_whitespace) => date.trim_end(),
        _ => return Err(CellProblem::NotADate),
    };
    if is_midnight(&time.to_ascii_uppercase())? { Ok(date) } else { Err(CellProblem::HasTimeOfDay) }
}

/// Whether a time of day in upper case is midnight; a zone other than UTC makes it no time.
fn is_midnight(time: &str) -> Result<bool, CellProblem> {
    let zone = ["Z", "+00:00", "-00:00", "+0000"].iter().find_map(|zone| time.strip_suffix(zone));
    let time = zone.unwrap_or(time).trim_end();
    let half = ["AM", "PM"].into_iter().find(|half| time.ends_with(half));
    let clock = half.and_then(|half| time.strip_suffix(half)).unwrap_or(time).trim_end();
    let fields: Vec<&str> = clock.split([':', '.']).collect();
    let is_number = |field: &str| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=4).contains(&fields.len()) || !fields.iter().all(|field| is_number(field)) {
        return Err(CellProblem::NotADate);
    }
    let is_zero = |field: &&str| field.bytes().all(|byte| byte == b'0');
    let (hour, rest) = fields.split_first().ok_or(CellProblem::NotADate)?;
    let first_hour = match half {
        Some("AM") => *hour == "12",
        Some(_) => false,
        None => is_zero(hour),
    };
    Ok(first_hour && rest.iter().all(is_zero))
}

#[cfg(test)]
mod tests;
