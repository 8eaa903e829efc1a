//! Who changed what: the events of a record or of the register.

use crate::app::state::{Message, Of, State};
use crate::domain::zone::Zone;
use crate::entity::{Kind, Shape, show};
use crate::register::history::act_label;
use crate::register::{Act, Event, FieldChange, code_of};
use crate::texts::{Lang, text};
use crate::ui::glyph::UNICODE;
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// Messages that are shown at once.
const MESSAGES: u16 = 6;

/// Draws the history one is at.
pub fn draw(state: &State, of: Of, pen: &mut Pen) {
    let area = pen.area;
    let first = if of == Of::Register { messages(state, pen) } else { area.y };
    let title = match of {
        Of::Between(..) => text("Changes", "净变更"),
        Of::Record(_) | Of::Register => text("History", "变更历史"),
    };
    let at = pen.put(area.x + 2, first, area.width, title.in_(state.lang), Role::Strong) + 2;
    pen.put(at, first, area.right().saturating_sub(at), &name(state, of), Role::Muted);
    let lines: Vec<u16> = state.history.events.iter().map(|event| 1 + height(event)).collect();
    let room = area.bottom().saturating_sub(first + 2);
    let top = first_seen(&lines, state.history.cursor.row(), room);
    let mut y = first + 2;
    for (number, event) in state.history.events.iter().enumerate().skip(top) {
        if y >= area.bottom() {
            break;
        }
        let is_selected = state.history.cursor.is_at(number);
        let sign = if is_selected { pen.signs.cursor } else { " " };
        pen.put(area.x, y, 1, sign, Role::Accent);
        head(state, event, of, y, pen);
        y += 1;
        for change in fields(event).take(usize::from(height(event))) {
            field(event.record.kind, change, state.lang, y, pen);
            y += 1;
        }
    }
    if state.history.events.is_empty() {
        let none = match of {
            Of::Between(..) => text("Nothing changed on the whole.", "没有净变更。"),
            Of::Record(_) | Of::Register => text("No changes yet.", "暂无变更。"),
        };
        pen.put(area.x + 3, first + 2, area.width, none.in_(state.lang), Role::Muted);
    }
}

/// What the history is of.
fn name(state: &State, of: Of) -> String {
    match of {
        Of::Record(at) => {
            let label = state.history.events.first().map(|event| event.label.clone()).unwrap_or_default();
            format!("{}  {label}", code_of(at))
        }
        Of::Register => text("of the register", "整个登记册").in_(state.lang).to_owned(),
        Of::Between(from, to) => text("from the end of {from} to the end of {to}", "{from} 日终至 {to} 日终")
            .fill(state.lang, &[("from", &from.to_string()), ("to", &to.to_string())]),
    }
}

/// The newest messages of the program. Returns the row below them.
fn messages(state: &State, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let rows = MESSAGES.min(area.height / 4);
    let shown: Vec<&Message> = state.messages.iter().take(usize::from(rows)).collect();
    if shown.is_empty() {
        return area.y;
    }
    let title = text("Messages", "消息").in_(state.lang);
    pen.put(area.x + 2, area.y, area.width, title, Role::Strong);
    let mut y = area.y + 1;
    for message in shown {
        let says = message.sentence.in_(state.lang);
        pen.put(area.x + 4, y, area.width.saturating_sub(5), &says, role_of(message.tone));
        y += 1;
    }
    y + 1
}

/// An act in one line, by the first of its events: what was changed, and who did what when. An import
/// is told as one, for it changes many records.
#[must_use]
pub fn act_line(event: &Event, zone: &Zone, lang: Lang) -> String {
    if event.act == Act::Import.key() && event.act_size > 1 {
        let records = text("{n} records", "{n} 条记录").fill(lang, &[("n", &event.act_size.to_string())]);
        let import = turned(event, act_label(&event.act).in_(lang), lang);
        return format!("{records}  {}  {}  {import}", event.actor, zone.civil(&event.at));
    }
    format!("{}  {}", event.label, event_line(event, zone, lang))
}

/// An event in one line: who, when, what.
#[must_use]
pub fn event_line(event: &Event, zone: &Zone, lang: Lang) -> String {
    let what = match event.fields.as_slice() {
        [change] if event.op == "edit" => {
            let label = label_of(event.record.kind, &change.key, lang);
            let (before, after) =
                (shown(event.record.kind, change, false, lang), shown(event.record.kind, change, true, lang));
            format!("{label} {before} {} {after}", UNICODE.onto)
        }
        changes if event.op == "edit" => {
            text("{n} fields", "{n} 项").fill(lang, &[("n", &changes.len().to_string())])
        }
        _ => event.what().in_(lang).to_owned(),
    };
    format!("{}  {}  {}", event.actor, zone.civil(&event.at), turned(event, &what, lang))
}

/// What was done, and whether it was taken back or brought back.
fn turned(event: &Event, what: &str, lang: Lang) -> String {
    let turn = event.turn.label().map_or("", |turn| turn.in_(lang));
    format!("{turn} {what}").trim_start().to_owned()
}

/// The fields that are worth a line: that a record was put away is said by what happened.
fn fields(event: &Event) -> impl Iterator<Item = &FieldChange> {
    event.fields.iter().filter(|change| change.key != "archived_at")
}

fn height(event: &Event) -> u16 {
    u16::try_from(fields(event).count()).unwrap_or(u16::MAX)
}

/// The first event to be shown so that the one under the cursor is whole.
fn first_seen(lines: &[u16], cursor: usize, room: u16) -> usize {
    let mut used = 0;
    let mut first = cursor.min(lines.len().saturating_sub(1));
    for (at, high) in lines.iter().enumerate().take(cursor + 1).rev() {
        used += high;
        if used > room && at != cursor {
            break;
        }
        first = at;
    }
    first
}

fn head(state: &State, event: &Event, of: Of, y: u16, pen: &mut Pen) {
    let (area, lang) = (pen.area, state.lang);
    let mut at = area.x + 2;
    if !matches!(of, Of::Between(..)) {
        let instant = state.zone.civil(&event.at);
        at = pen.put(at, y, 17, &instant, Role::Muted) + 2;
        at = pen.put(at, y, 20, &event.actor, Role::Strong) + 2;
        if let Some(turn) = event.turn.label() {
            at = pen.chip(at, y, 12, turn.in_(lang), Role::Attention) + 1;
        }
    }
    at = pen.put(at, y, 20, event.what().in_(lang), Role::Info) + 2;
    if !matches!(of, Of::Record(_)) {
        let name = format!("{}  {}", event.code, event.label);
        at = pen.put(at, y, area.right().saturating_sub(at), &name, Role::Text) + 2;
    }
    if let Some(reason) = &event.reason {
        pen.put(at, y, area.right().saturating_sub(at), reason, Role::Muted);
    }
}

fn field(kind: Kind, change: &FieldChange, lang: Lang, y: u16, pen: &mut Pen) {
    let area = pen.area;
    let label = label_of(kind, &change.key, lang);
    pen.put(area.x + 4, y, 20, &label, Role::Muted);
    let x = area.x + 26;
    let before = shown(kind, change, false, lang);
    let room = area.right().saturating_sub(x + 1);
    let mut at = x;
    if !before.is_empty() {
        at = pen.put(x, y, (room / 2).max(8), &before, Role::Muted) + 1;
        at = pen.put(at, y, 2, pen.signs.onto, Role::Muted) + 1;
    }
    let after = shown(kind, change, true, lang);
    let after = if after.is_empty() { pen.signs.none.to_owned() } else { after };
    pen.put(at, y, area.right().saturating_sub(at), &after, Role::Text);
}

fn label_of(kind: Kind, key: &str, lang: Lang) -> String {
    let table = kind.table();
    let meta = table.field(key).and_then(|at| table.fields.get(at));
    meta.map_or_else(|| key.to_owned(), |meta| meta.label.in_(lang).to_owned())
}

fn shown(kind: Kind, change: &FieldChange, after: bool, lang: Lang) -> String {
    let json = if after { &change.after } else { &change.before };
    let table = kind.table();
    let shape =
        table.field(&change.key).and_then(|at| table.fields.get(at)).map_or(Shape::Line, |meta| meta.shape);
    match show::from_json(shape, json) {
        Some(crate::entity::Value::Link(link)) => link.code,
        Some(value) => show::full(&value, lang).replace('\n', " "),
        None => json.as_str().map_or_else(|| json.to_string(), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Ref;
    use crate::register::Turn;

    #[test]
    fn an_import_is_one_line_and_what_was_taken_back_says_so() {
        let record = Ref { kind: Kind::Vendor, id: 7 };
        let import = Event {
            seq: 1,
            change: 1,
            at: "2026-07-26T08:00:00Z".to_owned(),
            actor: "mei.lin".to_owned(),
            act: "import".to_owned(),
            act_size: 7_388,
            turn: Turn::Done,
            op: "add".to_owned(),
            record,
            code: code_of(record),
            label: "腾云".to_owned(),
            fields: Vec::new(),
            reason: None,
        };
        let check = |event: &Event, lang, line: &str| {
            assert_eq!(act_line(event, &Zone::default(), lang), line);
        };
        check(&import, Lang::En, "7388 records  mei.lin  2026-07-26 08:00  import");
        check(&import, Lang::Zh, "7388 条记录  mei.lin  2026-07-26 08:00  导入");
        let undone = Event { turn: Turn::Undone, op: "remove".to_owned(), ..import.clone() };
        check(&undone, Lang::En, "7388 records  mei.lin  2026-07-26 08:00  undo import");
        let one = Event { act_size: 1, ..import };
        check(&one, Lang::En, "腾云  mei.lin  2026-07-26 08:00  add");
        let edit = Event { act: "edit".to_owned(), op: "edit".to_owned(), turn: Turn::Redone, ..one };
        check(&edit, Lang::Zh, "腾云  mei.lin  2026-07-26 08:00  重做 0 项");
    }
}
