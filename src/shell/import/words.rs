//! What can be wrong with a file, a row or a cell, in words.

use crate::intake::dates::DateOrder;
use crate::intake::decode::Encoding;
use crate::intake::{CellProblem, IntakeError, JsonKind, RowProblem};
use crate::limits::{FIRST_YEAR, LAST_YEAR};
use crate::texts::{Sentence, Text, text};

/// Why a file cannot be read as it was asked for, and what to do.
pub(in crate::shell) fn of_file(error: &IntakeError) -> Sentence {
    match error {
        IntakeError::TooLarge { bytes, limit } => {
            Sentence::from(TOO_LARGE).with("bytes", bytes).with("limit", limit)
        }
        IntakeError::Empty => EMPTY.into(),
        IntakeError::LooksLikeUtf16 => UTF16.into(),
        IntakeError::Utf32 => UTF32.into(),
        IntakeError::OldWorkbook => OLD_WORKBOOK.into(),
        IntakeError::NotUtf8 { offset, candidates } if candidates.is_empty() => {
            Sentence::from(NO_ENCODING).with("offset", offset)
        }
        IntakeError::NotUtf8 { offset, candidates } => {
            Sentence::from(NOT_UTF8).with("offset", offset).with("names", names(candidates))
        }
        IntakeError::Undecodable { encoding, offset } => {
            Sentence::from(UNDECODABLE).with("encoding", encoding.name()).with("offset", offset)
        }
        IntakeError::BomContradicts { bom, asked } => {
            Sentence::from(BOM).with("bom", bom.name()).with("asked", asked.name())
        }
        IntakeError::TooManyColumns { found, limit } => {
            Sentence::from(COLUMNS).with("found", found).with("limit", limit)
        }
        IntakeError::TooManyRows { limit } => Sentence::from(ROWS).with("limit", limit),
        IntakeError::MalformedHeader { line, problem } => {
            let what = of_row(problem);
            // The problem is a sentence of its own; both languages are made where they are shown.
            Sentence::from(HEADER).with("line", line).with("what", what.in_(crate::texts::Lang::En))
        }
        IntakeError::NotJson { line, column } => {
            Sentence::from(NOT_JSON).with("line", line).with("column", column)
        }
        IntakeError::NotAnArray { found } => Sentence::from(NOT_ARRAY).with_word("found", json(*found)),
        other => of_workbook(other),
    }
}

/// Why a workbook cannot be read.
fn of_workbook(error: &IntakeError) -> Sentence {
    match error {
        IntakeError::NotAWorkbook => NOT_WORKBOOK.into(),
        IntakeError::NotASheet => NOT_SHEET.into(),
        IntakeError::DamagedWorkbook { part } if part.is_empty() => DAMAGED.into(),
        IntakeError::DamagedWorkbook { part } => Sentence::from(DAMAGED_PART).with("part", part),
        IntakeError::NoSuchSheet { name, possible } => {
            Sentence::from(NO_SHEET).with("name", name).with("sheets", possible.join(", "))
        }
        IntakeError::TooManyParts { limit } => Sentence::from(PARTS).with("limit", limit),
        IntakeError::PartTooLarge { part, limit } => {
            Sentence::from(PART).with("part", part).with("limit", megabytes(*limit))
        }
        IntakeError::PieceTooLong { part, limit } => {
            Sentence::from(PIECE).with("part", part).with("limit", megabytes(*limit))
        }
        IntakeError::TooManyCells { limit } => Sentence::from(SHEET_CELLS).with("limit", limit),
        IntakeError::TooMuchText { limit } => {
            Sentence::from(SHEET_TEXT).with("limit", megabytes(*limit as u64))
        }
        other => of_columns(other),
    }
}

const fn megabytes(bytes: u64) -> u64 {
    bytes / 1024 / 1024
}

/// What is wrong with the columns, or with what was said of them.
fn of_columns(error: &IntakeError) -> Sentence {
    match error {
        IntakeError::DuplicateHeader { name, columns } => {
            let places: Vec<String> = columns.iter().map(|column| format!("#{column}")).collect();
            Sentence::from(DUPLICATE).with("name", name).with("places", places.join(", "))
        }
        IntakeError::MapWithoutField { entry } => Sentence::from(MAP).with("entry", entry),
        IntakeError::UnknownColumn { name, possible } => {
            Sentence::from(NO_COLUMN).with("name", name).with("columns", possible.join(", "))
        }
        IntakeError::UnknownField { name, possible } => {
            Sentence::from(NO_FIELD).with("name", name).with("fields", possible.join(", "))
        }
        IntakeError::ColumnMappedTwice { column } => Sentence::from(COLUMN_TWICE).with("column", column),
        IntakeError::FieldMappedTwice { field, columns } => {
            Sentence::from(FIELD_TWICE).with("field", field).with("columns", columns.join(", "))
        }
        IntakeError::AmbiguousDates { column, line, text, orders } => {
            let orders: Vec<&str> = orders.iter().copied().map(DateOrder::name).collect();
            Sentence::from(AMBIGUOUS)
                .with("column", column)
                .with("line", line)
                .with("text", text)
                .with("orders", orders.join(", "))
        }
        IntakeError::MixedDates { column, first, other } => Sentence::from(MIXED)
            .with("column", column)
            .with("line", first.0)
            .with("text", &first.1)
            .with("other_line", other.0)
            .with("other", &other.1),
        other => Sentence::from(UNKNOWN).with("what", format!("{other:?}")),
    }
}

/// Why a row could not be read.
pub(in crate::shell) fn of_row(problem: &RowProblem) -> Sentence {
    match problem {
        RowProblem::TooFewCells { expected, found } | RowProblem::TooManyCells { expected, found } => {
            Sentence::from(CELLS).with("found", found).with("expected", expected)
        }
        RowProblem::TextAfterQuote { line } => Sentence::from(AFTER_QUOTE).with("line", line),
        RowProblem::UnclosedQuote { line } => Sentence::from(UNCLOSED).with("line", line),
        RowProblem::CellTooLong { column, bytes, limit } => {
            Sentence::from(LONG).with("column", column).with("bytes", bytes).with("limit", limit)
        }
        RowProblem::NotAnObject { found } => Sentence::from(NOT_OBJECT).with_word("found", json(*found)),
        RowProblem::DuplicateKey { name } => Sentence::from(TWICE).with("name", name),
        RowProblem::UnreadableJson => UNREADABLE.into(),
    }
}

/// Why a cell cannot fill its field.
pub(in crate::shell) fn of_cell(problem: CellProblem, cell: &str) -> Sentence {
    let text = match problem {
        CellProblem::NotADate => NOT_DATE,
        CellProblem::NoSuchDay => NO_DAY,
        CellProblem::YearOutOfRange => {
            let sentence = Sentence::from(YEAR).with("cell", cell);
            return sentence.with("first", FIRST_YEAR).with("last", LAST_YEAR);
        }
        CellProblem::HasTimeOfDay => TIME,
        CellProblem::OtherDateOrder => ORDER,
        CellProblem::LostCharacter => return LOST.into(),
        CellProblem::FormulaError => FORMULA_ERROR,
        CellProblem::NoStoredValue => return NO_VALUE.into(),
    };
    Sentence::from(text).with("cell", cell)
}

fn names(encodings: &[Encoding]) -> String {
    encodings.iter().map(|encoding| encoding.name()).collect::<Vec<_>>().join(", ")
}

const fn json(kind: JsonKind) -> Text {
    match kind {
        JsonKind::Null => text("null", "null"),
        JsonKind::Bool => text("a boolean", "布尔值"),
        JsonKind::Number => text("a number", "数字"),
        JsonKind::String => text("a string", "字符串"),
        JsonKind::Array => text("an array", "数组"),
        JsonKind::Object => text("an object", "对象"),
    }
}

const TOO_LARGE: Text = text(
    "The file has {bytes} bytes; at most {limit} are read.",
    "文件有 {bytes} 字节，最多读取 {limit} 字节。",
);
const EMPTY: Text = text("The file is empty.", "文件为空。");
const UTF16: Text = text(
    "The file looks like UTF-16 without a byte order mark. Say which with --encoding utf-16le or utf-16be.",
    "文件像是没有字节序标记的 UTF-16。请用 --encoding utf-16le 或 utf-16be 指定。",
);
const UTF32: Text = text(
    "The file is UTF-32, which is not read. Save it as UTF-8.",
    "文件为 UTF-32，无法读取。请另存为 UTF-8。",
);
const OLD_WORKBOOK: Text = text(
    "The file is an old Excel workbook (XLS), or one that a password locks. Save it as XLSX without a password, or the sheet as CSV (UTF-8).",
    "文件是旧版 Excel 工作簿（XLS）或受密码保护。请另存为无密码的 XLSX，或将工作表另存为 CSV（UTF-8）。",
);
const NOT_WORKBOOK: Text = text(
    "The file is an archive, but neither an XLSX nor an ODS workbook.",
    "文件是压缩包，但既不是 XLSX 也不是 ODS 工作簿。",
);
const NOT_SHEET: Text =
    text("--sheet: the file has no sheets; leave it out.", "--sheet：该文件没有工作表；请去掉该参数。");
const DAMAGED: Text = text(
    "The workbook is damaged or incomplete. Open it in a spreadsheet program and save it again.",
    "工作簿已损坏或不完整。请用电子表格程序打开并重新保存。",
);
const DAMAGED_PART: Text = text(
    "The workbook cannot be read: its part {part} is damaged, incomplete or locked by a password. Open it in a spreadsheet program and save it again.",
    "工作簿无法读取：其 {part} 部分已损坏、不完整或受密码保护。请用电子表格程序打开并重新保存。",
);
const NO_SHEET: Text = text(
    "There is no sheet “{name}”; there are {sheets}. Name one with --sheet, or by its number.",
    "没有工作表“{name}”；有 {sheets}。请用 --sheet 指定名称或序号。",
);
const PARTS: Text = text(
    "The workbook has more than {limit} parts, which no list of records has.",
    "工作簿超过 {limit} 个组成部分，不是正常的记录清单。",
);
const PART: Text = text(
    "The part {part} of the workbook unfolds to more than {limit} MB, which is more than is read. Save the sheet as CSV (UTF-8) and import that.",
    "工作簿的 {part} 部分展开后超过 {limit} MB，超出读取上限。请将工作表另存为 CSV（UTF-8）后再导入。",
);
const PIECE: Text = text(
    "The part {part} of the workbook holds a single text of more than {limit} MB, which no list of records has.",
    "工作簿的 {part} 部分含有超过 {limit} MB 的单个文本，不是正常的记录清单。",
);
const SHEET_CELLS: Text = text(
    "The sheet has more than {limit} cells, blank ones in between counted. Save the list alone as CSV (UTF-8) and import that.",
    "工作表超过 {limit} 个单元格（含其间的空单元格）。请只将清单另存为 CSV（UTF-8）后再导入。",
);
const SHEET_TEXT: Text = text(
    "The texts of the sheet come to more than {limit} MB, which is more than is read. Save the sheet as CSV (UTF-8) and import that.",
    "工作表文本合计超过 {limit} MB，超出读取上限。请将工作表另存为 CSV（UTF-8）后再导入。",
);
const NO_ENCODING: Text = text(
    "Byte {offset} is not UTF-8, and no other known encoding reads the whole file. It may be damaged.",
    "字节 {offset} 处不是 UTF-8，其他已知编码也无法读取整个文件，文件可能已损坏。",
);
const NOT_UTF8: Text = text(
    "Byte {offset} is not UTF-8. Say how the file is encoded with --encoding; these read all of it: {names}.",
    "字节 {offset} 处不是 UTF-8。请用 --encoding 指定编码；可读取整个文件的有：{names}。",
);
const UNDECODABLE: Text = text(
    "Byte {offset} is not {encoding}. Name another encoding with --encoding.",
    "字节 {offset} 处不是 {encoding}。请用 --encoding 指定其他编码。",
);
const BOM: Text = text(
    "The file says it is {bom}, but --encoding says {asked}. Leave --encoding out.",
    "文件标明为 {bom}，而 --encoding 指定 {asked}。请去掉 --encoding。",
);
const COLUMNS: Text = text(
    "The file has {found} columns; at most {limit} are read.",
    "文件有 {found} 列，最多读取 {limit} 列。",
);
const ROWS: Text = text("The file has more than {limit} rows.", "文件超过 {limit} 行。");
const HEADER: Text = text(
    "The line with the column names (line {line}) cannot be read: {what}",
    "列名所在的第 {line} 行无法读取：{what}",
);
const NOT_JSON: Text = text(
    "The file is not JSON from line {line}, column {column} on.",
    "文件自第 {line} 行第 {column} 列起不是 JSON。",
);
const NOT_ARRAY: Text = text(
    "The file holds {found}; an import reads an array of objects.",
    "文件内容为{found}；导入需要对象数组。",
);
const DUPLICATE: Text = text(
    "Several columns are called “{name}”. Name them by position, as in --map '#2=title' or '#2=ignore': {places}.",
    "多个列名为“{name}”。请按位置指定，如 --map '#2=title' 或 '#2=ignore'：{places}。",
);
const MAP: Text = text("--map {entry}: write COLUMN=FIELD.", "--map {entry}：请写成 列=字段。");
const NO_COLUMN: Text =
    text("There is no column “{name}”; there are {columns}.", "没有列“{name}”；文件的列有 {columns}。");
const NO_FIELD: Text = text(
    "There is no field “{name}”; there are {fields}, and ignore.",
    "没有字段“{name}”；可用：{fields}，以及 ignore。",
);
const COLUMN_TWICE: Text = text("--map names the column “{column}” twice.", "--map 两次指定了列“{column}”。");
const FIELD_TWICE: Text = text(
    "Two columns would fill {field}: {columns}. Drop one with --map COLUMN=ignore.",
    "多个列都会填入 {field}：{columns}。请用 --map 列=ignore 去掉其一。",
);
const AMBIGUOUS: Text = text(
    "The dates of “{column}” can be read in more than one way (line {line}: “{text}”). Say which with --date-format: {orders}.",
    "“{column}”列的日期有多种读法（第 {line} 行：“{text}”）。请用 --date-format 指定：{orders}。",
);
const MIXED: Text = text(
    "The dates of “{column}” are written in two ways (line {line}: “{text}”; line {other_line}: “{other}”). Say which with --date-format; the others are then rejected.",
    "“{column}”列的日期有两种写法（第 {line} 行：“{text}”；第 {other_line} 行：“{other}”）。请用 --date-format 指定，其余将被拒绝。",
);
const UNKNOWN: Text = text("The file cannot be read ({what}).", "文件无法读取（{what}）。");
const CELLS: Text =
    text("{found} cells where there are {expected} columns.", "有 {found} 个单元格，而列数为 {expected}。");
const AFTER_QUOTE: Text =
    text("Text stands behind a closing quote in line {line}.", "第 {line} 行的右引号后还有文字。");
const UNCLOSED: Text =
    text("The quote opened in line {line} is never closed.", "第 {line} 行的引号没有闭合。");
const LONG: Text = text(
    "The cell of column {column} has {bytes} bytes; at most {limit} are read.",
    "第 {column} 列的单元格有 {bytes} 字节，最多读取 {limit} 字节。",
);
const NOT_OBJECT: Text = text("The element is {found}, not an object.", "该元素是{found}，不是对象。");
const TWICE: Text = text("The object has the key “{name}” twice.", "对象中键“{name}”出现两次。");
const UNREADABLE: Text = text("The object cannot be read as text.", "该对象无法读为文本。");
const NOT_DATE: Text = text("“{cell}” is not a date.", "“{cell}”不是日期。");
const NO_DAY: Text = text("There is no day “{cell}”.", "没有“{cell}”这一天。");
const YEAR: Text = text(
    "“{cell}” is not in the years {first} to {last}; leave the cell blank where there is no such day.",
    "“{cell}”不在 {first} 至 {last} 年之间；没有该日期时请留空。",
);
const TIME: Text =
    text("“{cell}” has a time of day, which a date cannot hold.", "“{cell}”含有时刻，日期字段无法保存。");
const ORDER: Text = text(
    "“{cell}” is written in another order than the rest of its column.",
    "“{cell}”的写法与该列其余日期不同。",
);
const LOST: Text = text(
    "It holds a character that was lost before the file was written (U+FFFD).",
    "含有在写入文件前已丢失的字符（U+FFFD）。",
);
const FORMULA_ERROR: Text = text(
    "“{cell}” is the error of a formula, not a value; mend the formula or empty the cell.",
    "“{cell}”是公式错误而不是值；请修正公式或清空单元格。",
);
const NO_VALUE: Text = text(
    "It holds a formula that was never worked out. Open the workbook in a spreadsheet program and save it.",
    "单元格中的公式尚未计算。请用电子表格程序打开工作簿并保存。",
);
