//! A JSON array of objects as a table: a row an object, a column a key.
//!
//! Numbers keep their digits: what is not a 64-bit integer is carried as text, so that no amount
//! passes through a float. It must never flatten child records away: a row gives its JSON values
//! as they are beside their text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use iso_currency::Currency;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::intake::error::{IntakeError, JsonKind, RowProblem};
use crate::intake::table::{RejectedRow, Row, Table, line_breaks};
use crate::intake::{LIMITS, Limits};

/// The table of a JSON file. Columns are the keys of all objects in order of first appearance.
///
/// In the text of a cell, `null` and a missing key are empty, an array of plain values is joined
/// by `, `, the money of our exports (`{"minor": 390000000, "currency": "CNY"}`) is
/// `CNY 3900000.00`, and other nested values are JSON text; [`Row::json`] gives the value itself.
/// An element that is not an object or holds a key twice is a rejected row.
///
/// # Errors
///
/// [`IntakeError::Empty`], [`IntakeError::NotJson`] with the place, [`IntakeError::NotAnArray`],
/// [`IntakeError::TooManyColumns`], [`IntakeError::TooManyRows`].
pub fn read_json(text: &str) -> Result<Table, IntakeError> {
    read_json_within(text, LIMITS)
}

/// [`read_json`] with limits of one's own.
///
/// # Errors
///
/// Those of [`read_json`].
pub fn read_json_within(text: &str, limits: Limits) -> Result<Table, IntakeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(IntakeError::Empty);
    }
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(IntakeError::NotJson { line: error.line(), column: error.column() });
    }
    let found = kind_of(text);
    if found != JsonKind::Array {
        return Err(IntakeError::NotAnArray { found });
    }

    let mut objects = Vec::new();
    let mut table = Table::default();
    let mut known = HashMap::new();
    for element in elements(text) {
        if objects.len() + table.rejected.len() == limits.rows {
            return Err(IntakeError::TooManyRows { limit: limits.rows });
        }
        match object_of(element.raw) {
            Err(problem) => table.rejected.push(RejectedRow::new(element.line, element.raw, problem)),
            Ok(object) => {
                for key in object.keys() {
                    if !known.contains_key(key) {
                        known.insert(key.clone(), known.len());
                        table.columns.push(key.clone());
                    }
                }
                objects.push((element, object));
            }
        }
        if known.len() > limits.columns {
            return Err(IntakeError::TooManyColumns { found: known.len(), limit: limits.columns });
        }
    }
    for (element, object) in objects {
        match row_of(element.line, object, &table.columns, limits.cell_bytes) {
            Ok(row) => table.rows.push(row),
            Err(problem) => table.rejected.push(RejectedRow::new(element.line, element.raw, problem)),
        }
    }
    table.rejected.sort_by_key(|row| row.line);
    Ok(table)
}

/// The text of a JSON value in a cell, as [`read_json`] says.
#[must_use]
pub fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if !items.iter().any(|item| item.is_array() || item.is_object()) => {
            items.iter().map(cell_text).collect::<Vec<_>>().join(", ")
        }
        Value::Object(object) => money_text(object).unwrap_or_else(|| value.to_string()),
        other => other.to_string(),
    }
}

/// Money of our own exports as an amount to be parsed again, exact; `None` when it is another object.
fn money_text(object: &Map<String, Value>) -> Option<String> {
    let (minor, code) = match (object.len(), object.get("minor"), object.get("currency")) {
        (2, Some(minor), Some(Value::String(code))) => (minor.as_i64()?, code.as_str()),
        _ => return None,
    };
    let places = usize::from(Currency::from_code(code)?.exponent()?);
    let sign = if minor < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len().checked_sub(places)?)?;
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{code} {sign}{whole}{point}{fraction}"))
}

fn row_of(
    line: usize,
    object: Map<String, Value>,
    columns: &[String],
    limit: usize,
) -> Result<Row, RowProblem> {
    let mut cells = Vec::with_capacity(columns.len());
    for (at, name) in columns.iter().enumerate() {
        let text = object.get(name).map(cell_text).unwrap_or_default();
        if text.len() > limit {
            return Err(RowProblem::CellTooLong { column: at + 1, bytes: text.len(), limit });
        }
        cells.push(text);
    }
    Ok(Row::new(line, cells).with_json(object))
}

fn object_of(raw: &str) -> Result<Map<String, Value>, RowProblem> {
    let found = kind_of(raw);
    if found != JsonKind::Object {
        return Err(RowProblem::NotAnObject { found });
    }
    let Pairs(pairs) = serde_json::from_str(&exact_numbers(raw)).map_err(|_| RowProblem::UnreadableJson)?;
    let mut seen = HashSet::with_capacity(pairs.len());
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !seen.insert(name.as_str())) {
        return Err(RowProblem::DuplicateKey { name: name.clone() });
    }
    Ok(pairs.into_iter().collect())
}

/// What a piece of valid JSON is, by its first character.
fn kind_of(json: &str) -> JsonKind {
    match json.trim_start().chars().next() {
        Some('n') => JsonKind::Null,
        Some('t' | 'f') => JsonKind::Bool,
        Some('"') => JsonKind::String,
        Some('[') => JsonKind::Array,
        Some('{') => JsonKind::Object,
        _ => JsonKind::Number,
    }
}

/// One element of the array, as written.
struct Element<'a> {
    line: usize,
    raw: &'a str,
}

/// Tells what stands inside a string of valid JSON from what stands outside.
#[derive(Default)]
struct Strings {
    inside: bool,
    escaped: bool,
}

impl Strings {
    /// Whether `byte` belongs to a string, its quotes included.
    fn holds(&mut self, byte: u8) -> bool {
        let was_inside = self.inside;
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if was_inside => self.escaped = true,
            b'"' => self.inside = !was_inside,
            _ => {}
        }
        was_inside || self.inside
    }
}

/// The elements of a valid JSON array with the lines in which they begin.
fn elements(array: &str) -> Vec<Element<'_>> {
    let mut strings = Strings::default();
    let (mut depth, mut start, mut line, mut counted) = (0_usize, 0, 1, 0);
    let mut found = Vec::new();
    for (at, byte) in array.bytes().enumerate() {
        if strings.holds(byte) {
            continue;
        }
        let ends_element = depth == 1 && matches!(byte, b',' | b']');
        if ends_element && let Some(piece) = array.get(start..at) {
            let raw = piece.trim_ascii_start();
            let begins = at - raw.len();
            line += array.get(counted..begins).map_or(0, line_breaks);
            counted = begins;
            // Only an array without elements has nothing before its bracket.
            if !raw.is_empty() {
                found.push(Element { line, raw: raw.trim_ascii_end() });
            }
        }
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if ends_element || (depth == 1 && start == 0) {
            start = at + 1;
        }
    }
    found
}

/// Valid JSON in which every number that is not a 64-bit integer as written became a string.
fn exact_numbers(json: &str) -> Cow<'_, str> {
    let mut strings = Strings::default();
    let mut out = String::new();
    let (mut kept, mut number): (usize, Option<usize>) = (0, None);
    // Objects end in a bracket, so no number is left open at the end.
    for (at, byte) in json.bytes().enumerate() {
        let part = !strings.holds(byte)
            && matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
            // The letters of true and false are not numbers.
            && (number.is_some() || byte == b'-' || byte.is_ascii_digit());
        match (part, number) {
            (true, None) => number = Some(at),
            (false, Some(start)) => {
                let digits = json.get(start..at).unwrap_or_default();
                if digits.parse::<i64>().is_ok_and(|n| n.to_string() == digits) {
                    number = None;
                    continue;
                }
                out.push_str(json.get(kept..start).unwrap_or_default());
                out.extend(["\"", digits, "\""]);
                (kept, number) = (at, None);
            }
            _ => {}
        }
    }
    if kept == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(json.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// The pairs of an object as written: a map would keep the last of two equal keys in silence.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Table {
        read_json(text).unwrap()
    }

    fn cells(text: &str) -> Vec<String> {
        read(text).rows[0].cells().map(str::to_owned).collect()
    }

    #[test]
    fn columns_are_the_keys_in_order_of_appearance() {
        let table = read("[\n {\"b\": \"1\", \"a\": \"2\"},\n\n {\"c\": true, \"a\": null}\n]");
        assert_eq!(table.columns, ["b", "a", "c"]);
        let rows: Vec<Vec<&str>> = table.rows.iter().map(|row| row.cells().collect()).collect();
        assert_eq!(rows, [["1", "2", ""], ["", "", "true"]]);
        assert_eq!(table.rows.iter().map(Row::line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn nested_values_become_text_and_stay_at_hand() {
        let text = r#"[{"tags": ["a", 1, null], "contacts": [{"name": "王芳", "primary": true}],
            "at": {"x": 1}}]"#;
        assert_eq!(cells(text), ["a, 1, ", r#"[{"name":"王芳","primary":true}]"#, r#"{"x":1}"#]);
        let table = read(text);
        let contacts = table.rows[0].json("contacts").unwrap();
        assert_eq!(contacts[0]["name"], "王芳");
        assert!(table.rows[0].json("nothing").is_none());
    }

    #[test]
    fn money_of_our_exports_is_an_amount_again() {
        let money = |minor: &str, code: &str| {
            cells(&format!(r#"[{{"value": {{"minor": {minor}, "currency": "{code}"}}}}]"#)).remove(0)
        };
        assert_eq!(money("390000000", "CNY"), "CNY 3900000.00");
        assert_eq!(money("-5", "USD"), "USD -0.05");
        assert_eq!(money("5000", "JPY"), "JPY 5000");
        assert_eq!(money("1", "KWD"), "KWD 0.001");
        assert_eq!(money("-9223372036854775808", "CNY"), "CNY -92233720368547758.08");
        assert_eq!(money("1", "ZZZ"), r#"{"minor":1,"currency":"ZZZ"}"#);
        assert_eq!(money("1.5", "CNY"), r#"{"minor":"1.5","currency":"CNY"}"#);
    }

    #[test]
    fn numbers_keep_their_digits() {
        for digits in ["1234.10", "9007199254740993.01", "1e400", "-0", "12345678901234567890123", "0.1"] {
            assert_eq!(
                cells(&format!(r#"[{{"a": {digits}, "e": false, "b": "x \" 1.50"}}]"#)),
                [digits, "false", "x \" 1.50"]
            );
        }
        assert_eq!(read(r#"[{"a": -12}]"#).rows[0].json("a").unwrap().as_i64(), Some(-12));
    }

    #[test]
    fn what_is_not_an_object_is_a_rejected_row() {
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        let text = format!("[1, \"a,]\",\n{{\"a\": 1, \"a\": 2}}, {{\"b\": 3}}, {{\"c\":\n{deep}}}]");
        let table = read(&text);
        let problems: Vec<_> =
            table.rejected.iter().map(|r| (r.line, r.last_line, r.problem.clone())).collect();
        assert_eq!(
            problems,
            [
                (1, 1, RowProblem::NotAnObject { found: JsonKind::Number }),
                (1, 1, RowProblem::NotAnObject { found: JsonKind::String }),
                (2, 2, RowProblem::DuplicateKey { name: "a".to_owned() }),
                (2, 3, RowProblem::UnreadableJson),
            ]
        );
        assert_eq!((table.read(), table.columns.len()), (5, 1));
    }

    #[test]
    fn what_is_not_a_list_is_refused() {
        assert_eq!(read_json(" \n"), Err(IntakeError::Empty));
        assert_eq!(read_json("// note\n[]"), Err(IntakeError::NotJson { line: 1, column: 1 }));
        assert_eq!(read_json("[{\"a\": 1},\n]"), Err(IntakeError::NotJson { line: 2, column: 1 }));
        assert_eq!(read_json("{\"a\": []}"), Err(IntakeError::NotAnArray { found: JsonKind::Object }));
        assert_eq!(read_json("null"), Err(IntakeError::NotAnArray { found: JsonKind::Null }));
        assert_eq!(read_json("\u{feff}[ ]"), Ok(Table::default()));
    }

    #[test]
    fn limits_end_the_reading() {
        let limits = Limits { columns: 2, cell_bytes: 3, rows: 2 };
        let read = |text| read_json_within(text, limits);
        let columns = IntakeError::TooManyColumns { found: 3, limit: 2 };
        assert_eq!(read(r#"[{"a":1,"b":2},{"c":3}]"#), Err(columns));
        assert_eq!(read(r#"[{"a":1},2,{"a":3}]"#), Err(IntakeError::TooManyRows { limit: 2 }));
        let table = read(r#"[{"a":1,"b":"1234"},{"a":2}]"#).unwrap();
        assert_eq!(table.rejected[0].problem, RowProblem::CellTooLong { column: 2, bytes: 4, limit: 3 });
        assert_eq!((table.rows.len(), table.rows[0].line()), (1, 1));
    }

    proptest! {
        #[test]
        fn every_element_is_accounted_for(values in proptest::collection::vec(
            prop_oneof![
                Just("{}".to_owned()), Just("[1, {}]".to_owned()), Just("null".to_owned()),
                "\\{\"[a-c]\": (-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,4})?(e[0-9]{1,3})?|\"[,\\]\\}\\[ a]{0,4}\")\\}",
                "\"[,\\[\\{ ]{0,4}\"",
            ], 0..8), gap in "[ \n\t]{0,2}")
        {
            let table = read(&format!("[{gap}{}{gap}]", values.join(&format!("{gap},{gap}"))));
            let objects = values.iter().filter(|v| v.starts_with('{')).count();
            prop_assert_eq!(table.read(), values.len());
            prop_assert_eq!(table.rows.len(), objects);
        }
    }
}
