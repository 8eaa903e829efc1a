//! Workbooks as programs write them, and as nobody should.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::intake::error::RowProblem;
use crate::limits;

/// An archive of these parts.
fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An XLSX of these sheets: name, attributes in the list of sheets, and what stands in the sheet.
fn xlsx(sheets: &[(&str, &str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let (mut list, mut related) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (at, (name, more, content)) in sheets.iter().enumerate() {
        list += &format!(r#"<sheet name="{name}" sheetId="{at}" {more} r:id="rId{at}"/>"#);
        related +=
            &format!(r#"<Relationship Id="rId{at}" Type="x/worksheet" Target="worksheets/s{at}.xml"/>"#);
        parts.push((format!("xl/worksheets/s{at}.xml"), format!("<worksheet>{content}</worksheet>")));
    }
    related += r#"<Relationship Id="a" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>"#;
    related += r#"<Relationship Id="b" Type="x/styles" Target="styles.xml"/>"#;
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets></workbook>")));
    parts
        .push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{related}</Relationships>")));
    parts.push((
        "xl/sharedStrings.xml".to_owned(),
        format!(r#"<sst uniqueCount="99999999999">{strings}</sst>"#),
    ));
    parts.push(("xl/styles.xml".to_owned(), format!("<styleSheet>{styles}</styleSheet>")));
    let parts: Vec<(&str, String)> =
        parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    archive(&parts)
}

fn sheet(content: &str) -> Vec<u8> {
    xlsx(&[("S", "", &format!("<sheetData>{content}</sheetData>"))], "", "")
}

fn ods(content: &str) -> Vec<u8> {
    let hiding =
        r#"<style:style style:name="h"><style:table-properties table:display="false"/></style:style>"#;
    archive(&[("content.xml", format!("<doc>{hiding}<body>{content}</body></doc>"))])
}

fn read(bytes: &[u8], asked: Option<&str>) -> Result<Workbook, IntakeError> {
    read_workbook(Cursor::new(bytes), asked)
}

/// The lines and cells of a table.
fn rows(book: &Workbook) -> Vec<(usize, Vec<String>)> {
    let cells = |row: &crate::intake::Row| row.cells().map(str::to_owned).collect();
    book.table.rows.iter().map(|row| (row.line(), cells(row))).collect()
}

fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn cells_of_every_type_are_what_the_sheet_shows() {
    let strings = "<si><t>name</t></si><si><r><t>华为</t></r><r><t xml:space=\"preserve\"> 技术 &amp; Co</t></r>\
        <rPh sb=\"0\" eb=\"1\"><t>フリガナ</t></rPh></si><si><t/></si>";
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"000000\"/><numFmt numFmtId=\"165\" \
        formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"9\"/></cellXfs>";
    let content = "<sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>a\nb</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\"><v>0.30000000000000004</v></c><c r=\"C3\" s=\"1\"><v>46112</v></c>\
        <c r=\"D3\" s=\"2\"><v>42</v></c><c r=\"E3\" s=\"3\"><v>46112.5</v></c><c r=\"F3\" s=\"4\"><v>0.3</v></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"B4\" t=\"e\"><v>#N/A</v></c><c r=\"C4\" t=\"str\"><f>A1&amp;B1</f><v>x_x000D_y</v></c>\
        <c r=\"D4\"><f>1+1</f><v>2</v></c><c r=\"E4\"><f>NOW()</f></c><c r=\"F4\" t=\"d\"><v>2026-03-31T00:00:00</v></c></row>\
        <row r=\"5\"><c r=\"A5\" t=\"s\"><v>2</v></c><c r=\"C5\" s=\"1\"/></row></sheetData>";
    let book = read(&xlsx(&[("S", "", content)], strings, styles), None).unwrap();
    assert_eq!(book.table.columns, ["name", "a b", "#3", "#4", "#5", "#6"]);
    assert_eq!(
        rows(&book),
        [
            row(3, &["华为 技术 & Co", "0.3", "2026-03-31", "000042", "2026-03-31", "30%"]),
            row(4, &["true", "#N/A", "x\ry", "2", "#FORMULA?", "2026-03-31 00:00:00"]),
        ]
    );
    assert!(book.table.rows[0].is_number(1) && !book.table.rows[0].is_number(0));
    assert_eq!(book.sheets, [Sheet { name: "S".to_owned(), hidden: false }]);
}

#[test]
fn codes_of_many_digits_and_texts_like_numbers_stay_as_they_are() {
    let book = read(
        &sheet(
            "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>\
             <row><c t=\"inlineStr\"><is><t>000123</t></is></c><c><v>123456789012345678</v></c></row>\
             <row><c t=\"inlineStr\"><is><t>'=1+1</t></is></c><c><v>1234567.10</v></c></row>",
        ),
        None,
    );
    let expected = [row(2, &["000123", "123456789012345678"]), row(3, &["=1+1", "1234567.1"])];
    assert_eq!(rows(&book.unwrap()), expected);
}

#[test]
fn the_first_sheet_with_data_is_read_unless_one_is_named() {
    let with = |word: &str| {
        format!("<sheetData><row><c t=\"inlineStr\"><is><t>{word}</t></is></c></row></sheetData>")
    };
    let (one, two, three) = (with("one"), with("two"), with("three"));
    let sheets = [
        ("Empty", "", "<sheetData/>"),
        ("Lists", "state=\"hidden\"", one.as_str()),
        ("供应商 2026", "", two.as_str()),
        ("2", "", three.as_str()),
    ];
    let bytes = xlsx(&sheets, "", "");
    let first = |asked| read(&bytes, asked).map(|book| (book.sheet, book.table.columns));
    assert_eq!(first(None), Ok((2, vec!["two".to_owned()])));
    assert_eq!(first(Some("lists")), Ok((1, vec!["one".to_owned()])));
    assert_eq!(first(Some("2")), Ok((3, vec!["three".to_owned()])), "a name goes before a number");
    assert_eq!(first(Some("3")), Ok((2, vec!["two".to_owned()])));
    assert_eq!(first(Some("Empty")), Err(IntakeError::Empty));
    let Err(IntakeError::NoSuchSheet { possible, .. }) = first(Some("5")) else { panic!("found") };
    assert_eq!(possible, ["Empty", "Lists", "供应商 2026", "2"]);
    let hidden = xlsx(&[("Empty", "", ""), ("H", "state=\"veryHidden\"", &one)], "", "");
    assert_eq!(read(&hidden, None).map(|book| book.sheet), Ok(1), "there is nothing else");
}

#[test]
fn a_title_above_the_header_is_left_out_and_merged_rows_are_filled() {
    let text =
        |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let content = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"2\">{}{}{}</row><row r=\"3\">{}{}</row><row r=\"4\">{}</row>\
         <row r=\"5\">{}{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:C3\"/></mergeCells>",
        text("A1", "2026年台账"),
        text("A2", "vendor"),
        text("B2", "number"),
        text("C2", "title"),
        text("A3", "腾云"),
        text("B3", "1"),
        text("B4", "2"),
        text("A5", "Acme"),
        text("B5", "3"),
    );
    let book = read(&xlsx(&[("S", "", &content)], "", ""), None).unwrap();
    assert_eq!(
        (book.above, book.table.columns.as_slice()),
        (1, &["vendor", "number", "title"].map(str::to_owned)[..])
    );
    assert_eq!(rows(&book), [row(3, &["腾云", "1"]), row(4, &["腾云", "2"]), row(5, &["Acme", "3"])]);
}

#[test]
fn an_ods_sheet_says_the_same() {
    let cell = |attributes: &str, shown: &str| {
        format!("<t:table-cell {attributes}><x:p>{shown}</x:p></t:table-cell>")
    };
    let content = format!(
        "<t:table t:name=\"H\" t:style-name=\"h\"><t:table-row>{}</t:table-row></t:table>\
         <t:table t:name=\"V\"><t:table-row>{}{}{}</t:table-row>\
         <t:table-row t:number-rows-repeated=\"3\"><t:table-cell t:number-columns-repeated=\"16384\"/></t:table-row>\
         <t:table-row>{}{}{}</t:table-row><t:table-row t:number-rows-repeated=\"2\"><t:covered-table-cell/>{}{}</t:table-row>\
         <t:table-row t:number-rows-repeated=\"1048000\"><t:table-cell t:number-columns-repeated=\"16384\"/></t:table-row></t:table>",
        cell("o:value-type=\"string\"", "hidden"),
        cell("o:value-type=\"string\"", "name"),
        cell("o:value-type=\"string\"", "signed"),
        cell("o:value-type=\"string\"", "value"),
        cell(
            "o:value-type=\"string\" t:number-rows-spanned=\"3\"",
            "华为<x:s x:c=\"2\"/>技术<o:annotation><x:p>note</x:p></o:annotation>"
        ),
        cell("o:value-type=\"date\" o:date-value=\"2026-03-31\"", "31.03.26"),
        cell("o:value-type=\"currency\" o:currency=\"EUR\" o:value=\"1234.5\"", "1.234,50 €"),
        cell("o:value-type=\"float\" o:value=\"42\"", "00042"),
        cell("o:value-type=\"percentage\" o:value=\"0.125\"", "13 %"),
    );
    let book = read(&ods(&content), None).unwrap();
    assert_eq!((book.sheet, book.sheets[0].hidden), (1, true));
    assert_eq!(book.table.columns, ["name", "signed", "value"]);
    assert_eq!(
        rows(&book),
        [
            row(5, &["华为  技术", "2026-03-31", "EUR 1234.5"]),
            row(6, &["华为  技术", "00042", "12.5%"]),
            row(7, &["华为  技术", "00042", "12.5%"]),
        ]
    );
    assert_eq!(read(&ods(&content), Some("H")).unwrap().table.columns, ["hidden"]);
    let errors = "<t:table t:name=\"E\"><t:table-row>\
        <t:table-cell o:value-type=\"string\" calcext:value-type=\"error\"><x:p>#N/A</x:p></t:table-cell>\
        <t:table-cell o:value-type=\"string\" calcext:value-type=\"error\"><x:p>Err:502</x:p></t:table-cell>\
        <t:table-cell o:value-type=\"boolean\" o:boolean-value=\"true\"><x:p>WAHR</x:p></t:table-cell>\
        <t:table-cell o:value-type=\"time\" o:time-value=\"PT14H30M00S\"><x:p>14:30</x:p></t:table-cell>\
        <t:table-cell t:formula=\"of:=A1\"/></t:table-row></t:table>";
    let columns = read(&ods(errors), None).unwrap().table.columns;
    assert_eq!(columns, ["#N/A", "#VALUE!", "true", "14:30:00", "#FORMULA?"]);
}

#[test]
fn what_a_file_says_of_itself_moves_no_memory() {
    let wide =
        sheet("<row><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>");
    let columns = IntakeError::TooManyColumns { found: 16_384, limit: limits::FILE_COLUMNS };
    assert_eq!(read(&wide, None), Err(columns));
    // One text in the file, a hundred times that in its cells.
    let strings = format!("<si><t>{}</t></si>", "a".repeat(1 << 20));
    let content = format!("<sheetData>{}</sheetData>", "<row><c t=\"s\"><v>0</v></c></row>".repeat(100));
    let text = IntakeError::TooMuchText { limit: limits::WORKBOOK_TEXT_BYTES };
    assert_eq!(read(&xlsx(&[("S", "", &content)], &strings, ""), None), Err(text.clone()));
    let repeated = |rows: &str, columns: &str, text: &str| {
        ods(&format!(
            "<t:table><t:table-row t:number-rows-repeated=\"{rows}\"><t:table-cell o:value-type=\"string\" \
             t:number-columns-repeated=\"{columns}\"><x:p>{text}</x:p></t:table-cell></t:table-row></t:table>"
        ))
    };
    let limit = limits::WORKBOOK_ROWS;
    assert_eq!(
        read(&repeated("18446744073709551615", "1", "a"), None),
        Err(IntakeError::TooManyRows { limit })
    );
    let limit = limits::WORKBOOK_CELLS;
    assert_eq!(read(&repeated("1000000", "100", "a"), None), Err(IntakeError::TooManyCells { limit }));
    assert_eq!(read(&repeated("1000000", "1", &"a".repeat(100)), None), Err(text));
    let columns = IntakeError::TooManyColumns { found: 513, limit: limits::FILE_COLUMNS };
    assert_eq!(read(&repeated("1", "18446744073709551615", "a"), None), Err(columns));
    let deep = format!("<t:table>{}", "<a>".repeat(100_000));
    assert_eq!(read(&ods(&deep), None), Err(archive::damaged("content.xml")));
    let endless = sheet(&format!("<row><c><v>{}</v></c></row>", "1".repeat(9 << 20)));
    assert!(matches!(read(&endless, None), Err(IntakeError::PieceTooLong { .. })));
}

#[test]
fn limits_reject_a_row_or_end_the_reading() {
    let limits = Limits { columns: 2, cell_bytes: 3, rows: 3 };
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = |words: &[&str]| {
        let rows: String =
            words.iter().map(|word| format!("<row>{}{}</row>", text("x"), text(word))).collect();
        read_workbook_within(Cursor::new(sheet(&rows)), None, limits)
    };
    let book = rows(&["b", "long", "c"]).unwrap();
    let problem = RowProblem::CellTooLong { column: 2, bytes: 4, limit: 3 };
    assert_eq!((book.table.rejected[0].line, &book.table.rejected[0].problem), (2, &problem));
    assert_eq!(book.table.read(), 2);
    assert_eq!(rows(&["a", "b", "c", "d"]), Err(IntakeError::TooManyRows { limit: 3 }));
    assert_eq!(rows(&["long", "c"]), Err(IntakeError::MalformedHeader { line: 1, problem }));
}

#[test]
fn what_is_no_workbook_is_told() {
    assert_eq!(read(&archive(&[("a.txt", "a".to_owned())]), None), Err(IntakeError::NotAWorkbook));
    let whole = sheet("<row><c><v>1</v></c></row>");
    for length in (0..whole.len()).step_by(7) {
        assert!(read(&whole[..length], None).is_err());
    }
    let broken = sheet("<row><c><v>1</c></row>");
    assert_eq!(read(&broken, None), Err(archive::damaged("xl/worksheets/s0.xml")));
    let entity = sheet("<row><c t=\"str\"><v>&lol;</v></c></row>");
    assert_eq!(read(&entity, None), Err(archive::damaged("xl/worksheets/s0.xml")));
    assert_eq!(read(&ods("<!DOCTYPE a [<!ENTITY b \"c\">]>"), None), Err(archive::damaged("content.xml")));
}
