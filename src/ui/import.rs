//! The import of a file: what is said of it line by line, then what would become of its rows.

use ratatui::layout::Rect;

use crate::app::importer::{Importer, Line, Phase, figures};
use crate::app::state::State;
use crate::domain::money::DecimalMark;
use crate::entity::Kind;
use crate::register::import::{Done, Judged, SeenColumn};
use crate::texts::{Lang, Sentence, Text, text};
use crate::ui::glyph::UNICODE;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells of what a line is about, and of what is said of it.
const LABEL: u16 = 24;
const VALUE: u16 = 24;
/// Rows below the lines: a blank, the figures, some reasons, the word to write it.
const FOOT: u16 = 8;
/// The same on a screen of few rows.
const SHORT_FOOT: u16 = 4;

/// Draws the open import.
pub fn draw(state: &State, pen: &mut Pen) {
    let Some(importer) = &state.importer else { return };
    let area = pen.area;
    heading(state, importer, pen);
    let foot = if area.height >= 20 { FOOT } else { SHORT_FOOT };
    let high = area.height.saturating_sub(foot + 2);
    let body = Rect { y: area.y + 2, height: high, ..area };
    lines(state, importer, &mut pen.on(body));
    let below = Rect { y: body.bottom(), height: area.bottom().saturating_sub(body.bottom()), ..area };
    outcome(state, importer, &mut pen.on(below));
}

fn heading(state: &State, importer: &Importer, pen: &mut Pen) {
    let area = pen.area;
    let (import, onto) = (text("Import", "导入").in_(state.lang), UNICODE.onto);
    let what = format!("{import} {onto} {}", importer.wish.path);
    let rows = importer.seen.as_ref().map(|seen| seen.rows.to_string());
    let rows = rows.map(|rows| text("{n} rows", "{n} 行").fill(state.lang, &[("n", &rows)]));
    let end = match rows {
        Some(rows) => pen.put_right(area.right().saturating_sub(1), area.y, 20, &rows, Role::Muted),
        None => area.right(),
    };
    pen.put(area.x + 2, area.y, end.saturating_sub(area.x + 4), &what, Role::Strong);
}

/// One row of the screen above the foot.
enum Row<'a> {
    Said(Line, &'static str, String),
    Blank,
    Heads,
    Column(usize, &'a SeenColumn),
}

/// What is said of the file, and of each column; the part of it around the cursor.
fn lines(state: &State, importer: &Importer, pen: &mut Pen) {
    let area = pen.area;
    let rows = rows(state, importer);
    let is_here = |row: &Row| match row {
        Row::Said(line, ..) => *line == importer.cursor,
        Row::Column(at, _) => Line::Column(*at) == importer.cursor,
        Row::Blank | Row::Heads => false,
    };
    let high = usize::from(area.height);
    let last = rows.len().saturating_sub(high);
    // The word to write it stands below all of them.
    let cursor =
        rows.iter().position(is_here).unwrap_or(if importer.cursor == Line::Write { 0 } else { last });
    let top = cursor.saturating_sub(high / 2).min(last);
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
        let name = LABEL.min(area.width / 3);
        let value_at = area.x + 2 + name + 1;
        let value = VALUE.min(area.width / 3);
        let samples_at = value_at + value + 1;
        let (line, label, said, samples) = match row {
            Row::Blank => continue,
            Row::Heads => {
                let [column, fills, values] = HEADS.map(|head| head.in_(state.lang));
                pen.put(area.x + 2, y, name, column, Role::Muted);
                pen.put(value_at, y, value, fills, Role::Muted);
                pen.put(samples_at, y, area.right().saturating_sub(samples_at), values, Role::Muted);
                continue;
            }
            Row::Said(line, label, said) => (*line, (*label).to_owned(), Some(said.clone()), String::new()),
            Row::Column(at, column) => {
                let said = column.fills.map(|key| field(importer, key, state.lang));
                (Line::Column(*at), column.name.clone(), said, column.samples.join(" · "))
            }
        };
        let is_here = line == importer.cursor;
        if is_here {
            pen.put(area.x, y, 1, pen.signs.cursor, Role::Accent);
        }
        let is_asked = importer.is_asked(line);
        let role = if is_asked { Role::Attention } else { Role::Text };
        pen.put(area.x + 2, y, name, &label, role);
        let (said, role) = match said {
            Some(said) => (said, if is_asked { Role::Attention } else { Role::Strong }),
            None => (UNICODE.none.to_owned(), Role::Muted),
        };
        let (left, right) = (pen.signs.left, pen.signs.right);
        let said = if is_here { format!("{left} {said} {right}") } else { format!("  {said}") };
        pen.put(value_at.saturating_sub(2), y, value + 2, &said, role);
        pen.put(samples_at, y, area.right().saturating_sub(samples_at + 1), &samples, Role::Muted);
    }
}

fn rows<'a>(state: &State, importer: &'a Importer) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut has_heads = false;
    for line in importer.lines() {
        match line {
            Line::Write => {}
            Line::Column(at) => {
                if !std::mem::replace(&mut has_heads, true) {
                    rows.extend([Row::Blank, Row::Heads]);
                }
                let column = importer.seen.as_ref().and_then(|seen| seen.columns.get(at));
                rows.extend(column.map(|column| Row::Column(at, column)));
            }
            line => {
                let (label, said) = said(state, importer, line);
                rows.push(Row::Said(line, label.in_(state.lang), said));
            }
        }
    }
    rows
}

/// What a line is about, and what is said there.
fn said(state: &State, importer: &Importer, line: Line) -> (Text, String) {
    let lang = state.lang;
    let wish = &importer.wish;
    let seen = importer.seen.as_deref();
    let unsaid = || text("?", "？").in_(lang).to_owned();
    match line {
        Line::Kind => {
            let kind = importer.kind().map_or_else(|| "…".to_owned(), |kind| kind_words(kind, lang));
            (text("rows are", "各行为"), kind)
        }
        Line::Sheet => {
            let sheet = seen.and_then(|seen| seen.sheets.get(wish.sheet.unwrap_or(seen.sheet)));
            (text("sheet", "工作表"), sheet.cloned().unwrap_or_default())
        }
        Line::Encoding => (text("encoding", "编码"), wish.encoding.map_or_else(unsaid, str::to_owned)),
        Line::Dates => {
            let order = wish.dates.or(seen.and_then(|seen| seen.dates));
            let is_asked = importer.is_asked(line);
            let words = match order {
                Some("ymd") => text("year month day", "年 月 日"),
                Some("dmy") => text("day month year", "日 月 年"),
                Some("mdy") => text("month day year", "月 日 年"),
                _ if is_asked => text("?", "？"),
                _ => text("each says its own", "各自明确"),
            };
            (text("dates", "日期"), words.in_(lang).to_owned())
        }
        Line::Decimal => {
            let is_unsaid = importer.is_asked(line) && wish.decimal.is_none();
            let shown = match wish.decimal.unwrap_or_default() {
                _ if is_unsaid => unsaid(),
                DecimalMark::Point => "1,234.56".to_owned(),
                DecimalMark::Comma => "1.234,56".to_owned(),
            };
            (text("amounts are written", "金额写法"), shown)
        }
        Line::Currency => {
            let is_unsaid = importer.is_asked(line) && wish.currency.is_none();
            let code = wish.currency.unwrap_or(state.base_currency).code().to_owned();
            (text("bare amounts are in", "未注明货币的金额"), if is_unsaid { unsaid() } else { code })
        }
        Line::Column(_) | Line::Write => (text("", ""), String::new()),
    }
}

fn kind_words(kind: Kind, lang: Lang) -> String {
    kind.table().many.in_(lang).to_owned()
}

/// What a field is called; the columns of our own exports have no label.
fn field(importer: &Importer, key: &str, lang: Lang) -> String {
    let meta = importer.fields().find(|meta| meta.key == key);
    meta.map_or_else(|| key.to_owned(), |meta| meta.label.in_(lang).to_owned())
}

/// The foot: what would become of the rows or did, why some go nowhere, and the word to write it.
fn outcome(state: &State, importer: &Importer, pen: &mut Pen) {
    let area = pen.area;
    let lang = state.lang;
    let (x, most) = (area.x + 2, area.width.saturating_sub(3));
    let mut said: Vec<(String, Role)> = Vec::new();
    match &importer.phase {
        Phase::Reading => said.push((READING.in_(lang).to_owned(), Role::Muted)),
        Phase::Trying(done, all) => said.push((progress(TRYING, *done, *all, lang), Role::Muted)),
        Phase::Writing(done, all) => said.push((progress(WRITING, *done, *all, lang), Role::Accent)),
        Phase::Asking => {
            let question = importer.seen.as_ref().and_then(|seen| seen.question.as_ref());
            said.extend(question.map(|question| (question.sentence.in_(lang), Role::Attention)));
        }
        Phase::Ready(judged) => judged_lines(judged, WOULD, lang, &mut said),
        Phase::Done(done) => done_lines(done, lang, &mut said),
        Phase::Failed(why) => said.push((why.in_(lang), Role::Bad)),
    }
    let notes = importer.seen.as_ref().map(|seen| seen.notes.as_slice()).unwrap_or_default();
    said.extend(notes.iter().map(|note| (note.in_(lang), Role::Muted)));
    said.extend(unused(importer, lang).map(|unused| (unused, Role::Muted)));
    let last = area.bottom().saturating_sub(1);
    let mut y = area.y + 1;
    for (line, role) in said {
        for part in pen.measure.wrapped(&line, most) {
            if y >= last {
                break;
            }
            pen.put(x, y, most, &part, role);
            y += 1;
        }
    }
    let word = match &importer.phase {
        Phase::Done(_) => CLOSE,
        _ => WRITE,
    };
    let is_here = importer.cursor == Line::Write;
    let can = matches!(importer.phase, Phase::Ready(_) | Phase::Done(_));
    if is_here {
        pen.put(area.x, last, 1, pen.signs.cursor, Role::Accent);
    }
    let role = if can { Role::Accent } else { Role::Muted };
    let word = format!("[ {} ]", word.in_(lang));
    pen.put(x, last, pen.width(&word), &word, role);
}

fn judged_lines(judged: &Judged, text: Text, lang: Lang, said: &mut Vec<(String, Role)>) {
    said.push((figures(judged, text).in_(lang), Role::Strong));
    if judged.vendors_created > 0 {
        said.push((figures(judged, VENDORS).in_(lang), Role::Text));
    }
    for (line, reason) in &judged.first {
        let at = LINE.fill(lang, &[("line", &line.to_string())]);
        said.push((format!("{at}{reason}"), Role::Attention));
    }
}

fn done_lines(done: &Done, lang: Lang, said: &mut Vec<(String, Role)>) {
    said.push((figures(&done.judged, DID).in_(lang), Role::Good));
    let path = |text: Text, path: &String| (Sentence::from(text).with("path", path).in_(lang), Role::Text);
    said.extend(done.rejects.iter().map(|rejects| path(REJECTS, rejects)));
    said.extend(done.copy.iter().map(|copy| path(COPY, copy)));
    said.push((UNDO.in_(lang).to_owned(), Role::Muted));
}

/// The columns that fill nothing.
fn unused(importer: &Importer, lang: Lang) -> Option<String> {
    let seen = importer.seen.as_ref()?;
    let idle = seen.columns.iter().filter(|column| column.fills.is_none() && !column.name.is_empty());
    let names: Vec<&str> = idle.map(|column| column.name.as_str()).collect();
    let sentence = Sentence::from(IDLE).with("columns", names.join(", "));
    (!names.is_empty()).then(|| sentence.in_(lang))
}

fn progress(text: Text, done: usize, all: usize, lang: Lang) -> String {
    text.fill(lang, &[("done", &done.to_string()), ("all", &all.to_string())])
}

const HEADS: [Text; 3] = [text("COLUMN", "列"), text("FILLS", "填入"), text("VALUES", "取值示例")];
const READING: Text = text("Reading the file…", "正在读取文件…");
const TRYING: Text =
    text("Trying the rows: {done} of {all}. Nothing is written.", "正在预演：{done} / {all} 行，不会写入。");
const WRITING: Text = text("Writing: {done} of {all} rows.", "正在写入：{done} / {all} 行。");
const WOULD: Text = text(
    "Of {read} rows: {imported} new, {changed} changed, {unchanged} unchanged, {rejected} rejected.",
    "共 {read} 行：新增 {imported}，更改 {changed}，未变 {unchanged}，拒绝 {rejected}。",
);
const VENDORS: Text = text(
    "Vendors that are new to the register: {vendors}.",
    "登记册中没有、将一并新建的供应商：{vendors} 家。",
);
const DID: Text = text(
    "Imported {read} rows: {imported} new, {changed} changed, {unchanged} unchanged, {rejected} rejected.",
    "已导入 {read} 行：新增 {imported}，更改 {changed}，未变 {unchanged}，拒绝 {rejected}。",
);
const REJECTS: Text = text("Rejected rows are in {path}.", "被拒的行保存在 {path}。");
const COPY: Text = text("The register as it was before: {path}", "导入前的登记册备份：{path}");
const UNDO: Text = text("u takes the whole import back.", "按 u 可撤销整次导入。");
const LINE: Text = text("line {line}: ", "第 {line} 行：");
const IDLE: Text = text("Columns that fill nothing: {columns}.", "未使用的列：{columns}。");
const WRITE: Text = text("Import", "导入");
const CLOSE: Text = text("Close", "关闭");
