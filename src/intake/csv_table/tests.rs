use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Table {
    read_csv(text, &CsvOptions::DEFAULT).unwrap()
}

fn grid(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells().collect()).collect()
}

fn lines(table: &Table) -> Vec<usize> {
    table.rows.iter().map(Row::line).collect()
}

fn rejects(table: &Table) -> Vec<(usize, usize, RowProblem)> {
    table.rejected.iter().map(|row| (row.line, row.last_line, row.problem.clone())).collect()
}

#[test]
fn rows_end_in_three_ways_and_keep_their_lines() {
    for end in ["\r\n", "\n", "\r"] {
        let table = read(&["name,amount", "a,1", "", "\u{3000} ", "b,2", ""].join(end));
        assert_eq!(table.columns, ["name", "amount"]);
        assert_eq!(grid(&table), [["a", "1"], ["b", "2"]]);
        assert_eq!(lines(&table), [2, 5], "{end:?}");
    }
}

#[test]
fn quotes_hold_line_breaks_delimiters_and_quotes() {
    let table = read("name,note\r\n\"a\r\nb\",\"x, \"\"y\"\"\"\r\nc,5\" pipe\r\n\"\",\r\n");
    assert_eq!(grid(&table), [["a\r\nb", "x, \"y\""], ["c", "5\" pipe"], ["", ""]]);
    assert_eq!(lines(&table), [2, 4, 5]);
}

#[test]
fn the_delimiter_is_found() {
    let table = read("\u{feff}name;amount;end\r\nMüller GmbH;1.234,56;31.12.2025\r\n");
    assert_eq!(table.columns, ["name", "amount", "end"]);
    assert_eq!(grid(&table), [["Müller GmbH", "1.234,56", "31.12.2025"]]);
    assert_eq!(read("a\tb\n1,5\t2\n").columns, ["a", "b"]);
    assert_eq!(read("name, legal;amount\nx;1,5\ny;2,5\n").columns, ["name, legal", "amount"]);
    assert_eq!(read("name,\"a;b;c\"\nx,1;2;3\n").columns, ["name", "a;b;c"]);
    assert_eq!(read("name\nAcme; Inc\n").columns, ["name"]);
}

#[test]
fn a_sep_line_or_the_user_names_the_delimiter() {
    for text in
        ["sep=;\r\nname;amount\r\na;1\r\n", "\"SEP=;\"\nname;amount\na;1", "sep=|\rname|amount\ra|1\r"]
    {
        let table = read(text);
        assert_eq!(table.columns, ["name", "amount"]);
        assert_eq!((grid(&table), lines(&table)), (vec![vec!["a", "1"]], vec![3]));
    }
    let asked = CsvOptions { delimiter: Delimiter::new('|'), ..CsvOptions::DEFAULT };
    assert_eq!(read_csv("sep=;\na;b|c\n", &asked).unwrap().columns, ["a;b", "c"]);
    assert_eq!(read("sep=;;\nx\n").columns, ["sep=", "", ""]);
    for c in ['a', '0', '"', '\n', '，', '\0'] {
        assert_eq!(Delimiter::new(c), None);
    }
}

#[test]
fn a_file_without_rows_is_a_table_and_one_without_a_header_is_not() {
    let table = read("name,amount\r\n");
    assert_eq!((table.columns.len(), table.read()), (2, 0));
    for text in ["", "\u{feff}", "\r\n\r\n", " \n", "sep=;\n"] {
        assert_eq!(read_csv(text, &CsvOptions::DEFAULT), Err(IntakeError::Empty), "{text:?}");
    }
}

#[test]
fn rows_that_do_not_fit_the_header_are_rejected() {
    let table = read("name,amount\nc\nd,4,5,6\ne,7\n,\n");
    assert_eq!(grid(&table), [["e", "7"], ["", ""]]);
    assert_eq!(
        rejects(&table),
        [
            (2, 2, RowProblem::TooFewCells { expected: 2, found: 1 }),
            (3, 3, RowProblem::TooManyCells { expected: 2, found: 4 }),
        ]
    );
    assert_eq!(table.rejected.iter().map(|r| r.raw.as_str()).collect::<Vec<_>>(), ["c", "d,4,5,6"]);
}

#[test]
fn malformed_quotes_are_rejected_with_every_line_they_take() {
    let table =
        read("name,amount\r\n\"unclosed,1\r\nb,\"2\"x\r\nc,3\r\n\"e \"\"q\"\" \",7\r\nx,\"y\r\nz,1\r\n");
    assert_eq!(grid(&table), [["c", "3"], ["e \"q\" ", "7"]]);
    assert_eq!(
        rejects(&table),
        [(2, 3, RowProblem::TextAfterQuote { line: 3 }), (6, 7, RowProblem::UnclosedQuote { line: 6 }),]
    );
    let header = IntakeError::MalformedHeader { line: 1, problem: RowProblem::UnclosedQuote { line: 1 } };
    assert_eq!(read_csv("\"name,amount\na,1\n", &CsvOptions::DEFAULT), Err(header));
}

#[test]
fn headers_are_kept_as_they_are() {
    let table = read("name, name ,,amount\r\na,b,,1\r\n");
    assert_eq!(table.columns, ["name", "name", "", "amount"]);
}

#[test]
fn the_guard_of_our_export_is_taken_off() {
    let table = read("name,note\n'=1+1,'＠x\n'quoted','s-Gravenhage\n");
    assert_eq!(grid(&table), [["=1+1", "＠x"], ["'quoted'", "'s-Gravenhage"]]);
}

#[test]
fn limits_end_the_reading() {
    let limits = Limits { columns: 2, cell_bytes: 3, rows: 2 };
    let options = CsvOptions { limits, ..CsvOptions::DEFAULT };
    let columns = IntakeError::TooManyColumns { found: 3, limit: 2 };
    assert_eq!(read_csv("a,b,c\n", &options), Err(columns));
    assert!(read_csv("a,b\n1,2\n3,4\n", &options).is_ok_and(|t| t.read() == 2));
    let rows = IntakeError::TooManyRows { limit: 2 };
    assert_eq!(read_csv("a,b\n1,2\n3\n5,6\n", &options), Err(rows));
    let table = read_csv("a,b\n1,2345\n3,456\n", &options).unwrap();
    assert_eq!(rejects(&table), [(2, 2, RowProblem::CellTooLong { column: 2, bytes: 4, limit: 3 })]);
    assert_eq!(grid(&table), [["3", "456"]]);
}

/// Counts the records of a text the way RFC 4180 readers do, without splitting it into cells.
fn records_of(text: &str, delimiter: char) -> usize {
    let (mut quoted, mut fresh, mut after_quote, mut count) = (false, true, false, 0);
    let mut record = String::new();
    for c in text.chars().chain(['\n']) {
        if matches!(c, '\r' | '\n') && !quoted {
            count += usize::from(!record.trim_matches([' ', '\u{a0}', '\u{3000}']).is_empty());
            record.clear();
            (fresh, after_quote) = (true, false);
            continue;
        }
        record.push(c);
        match c {
            '"' if quoted => (quoted, after_quote) = (false, true),
            '"' if fresh || after_quote => (quoted, after_quote) = (true, false),
            _ => after_quote = false,
        }
        fresh = c == delimiter && !quoted;
    }
    count + usize::from(!record.trim_matches(['\r', '\n']).is_empty())
}

#[test]
fn the_count_of_the_tests_counts() {
    assert_eq!(records_of("a,b\r\n\"x\ny\",\"\"\"\"\n\nz\n", ','), 3);
}

proptest! {
    #[test]
    fn no_record_of_a_mutated_file_is_lost(
        rows in proptest::collection::vec("[a-c\",;' 供]{0,6}(,|\",\"|;)[0-9\"\r\n.]{0,6}", 0..8),
        end in prop_oneof!["\n", "\r", "\r\n"],
    ) {
        let text = format!("name,amount{end}{}", rows.join(&end));
        let options = CsvOptions { delimiter: Some(Delimiter::COMMA), ..CsvOptions::DEFAULT };
        let table = read_csv(&text, &options).unwrap();
        prop_assert_eq!(table.read() + 1, records_of(&text, ','), "{:?}", text);
        prop_assert!(table.rows.iter().all(|row| row.cells().count() == 2));
        let mut lines: Vec<usize> = table.rows.iter().map(Row::line).collect();
        lines.extend(table.rejected.iter().map(|row| row.line));
        lines.sort_unstable();
        prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{:?} {:?}", text, lines);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}", mess in "[\",;\t\r\n\0=sep\u{feff}]{0,40}") {
        for text in [format!("{text}{mess}"), format!("{mess}{text}")] {
            if let Ok(table) = read_csv(&text, &CsvOptions::DEFAULT) {
                prop_assert!(table.rows.iter().all(|row| row.cells().count() == table.columns.len()));
            }
        }
    }

    #[test]
    fn what_a_csv_writer_writes_comes_back(rows in proptest::collection::vec(
        proptest::collection::vec("[a\"',;\t\r\n =供]{0,5}", 3), 1..6)
    ) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(vec![]);
        writer.write_record(["a", "b", "c"]).unwrap();
        for row in &rows {
            writer.write_record(row.iter().map(|cell| crate::intake::cells::guarded(cell).into_owned())).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let table = read(&text);
        prop_assert_eq!(grid(&table), rows);
    }
}
