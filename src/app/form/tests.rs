//! Forms by what a user does: keys in, what is written and kept out.

use super::*;
use crate::app::draft::Draft;
use crate::app::key::Key;
use crate::app::tests::Desk;
use crate::app::{Msg, update};
use crate::entity::Problem;
use crate::entity::input::{self, Entered};
use crate::register::Request;
use crate::register::{Answer, Change, Clash, Conflict, Edit, Found, Refusal, Saved, Slot, Step, Write};
use crate::texts::{Lang, text};

/// The write that the last message wanted, with its ticket.
fn written(desk: &Desk) -> (Ticket, Change) {
    let write = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Write(ticket, Write::Apply(change)) => Some((*ticket, change.clone())),
        _ => None,
    });
    write.unwrap_or_else(|| panic!("nothing written: {:?}", desk.wanted))
}

/// The edits of a write to one record.
fn edits(change: &Change) -> &[Edit] {
    match &change.steps[..] {
        [Step::Update { edits, .. }] => edits,
        other => panic!("{other:?}"),
    }
}

fn form(desk: &Desk) -> &Form {
    desk.state.form.as_ref().expect("the form is closed")
}

/// Another operator gives the record under the cursor another value.
fn another_writes(desk: &mut Desk, key: &str, value: Value) {
    let record = &mut desk.state.card.as_mut().expect("no card").record;
    let at = record.table().field(key).unwrap();
    record.values[at] = value;
}

#[test]
fn a_draft_that_another_operator_overtook_is_a_conflict_and_not_a_victory() {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut desk = Desk::new().press("2 j e ! Esc");
    another_writes(&mut desk, "name", text("Theirs"));
    let desk = desk.press("e");
    assert_eq!(form(&desk).fields[0].input.text(), "Vendor 2!");
    assert_eq!(form(&desk).fields[0].theirs, Some(text("Theirs")));
    assert!(desk.says().starts_with("Changed by another since you typed"), "{}", desk.says());
    let desk = desk.press("Ctrl-S");
    assert_eq!(desk.written(), None, "nobody writes over what he may not have seen");
    // Left now, the draft still knows what it was typed over: theirs is shown again.
    let Some(Effect::KeepDraft(draft)) = desk.press("Esc").wanted.pop() else { panic!("no draft") };
    assert_eq!(draft.fields["name"].seen, "Vendor 2");
}

#[test]
fn after_a_conflict_mine_is_written_knowingly_or_theirs_is_taken() {
    let text = |text: &str| Value::Text(text.to_owned());
    let clashed = || {
        let desk = Desk::new().press("2 e ! Ctrl-S");
        let (ticket, change) = written(&desk);
        let clash = Clash { field: edits(&change)[0].field, theirs: text("Theirs"), mine: text("Vendor 1!") };
        let at = Ref { kind: Kind::Vendor, id: 1 };
        let conflict = Conflict { at, code: code_of(at), version: 2, clashes: vec![clash] };
        desk.tell(Msg::Written(ticket, Err(Refusal::Conflict(conflict))))
    };
    let (_, change) = written(&clashed().press("Ctrl-S"));
    assert_eq!(edits(&change)[0].seen, Some(text("Theirs")));
    assert_eq!(edits(&change)[0].new, Entered::Value(text("Vendor 1!")));
    let desk = clashed().press("Ctrl-X");
    assert_eq!(form(&desk).fields[0].input.text(), "Theirs");
    assert_eq!(form(&desk).changes(), 0);
    assert_eq!(desk.press("Ctrl-S").says(), words::NO_CHANGES.in_(Lang::En));
}

#[test]
fn every_value_comes_out_of_a_draft_as_it_went_in() {
    let reading = Desk::new().state.reading();
    let typed = |shape: Shape| match shape {
        Shape::Line | Shape::List => "a, b",
        Shape::Long => " a\n\tb",
        Shape::Bool => "yes",
        Shape::Int(..) => "3",
        Shape::Decimal => "-0.0125",
        Shape::Points => "86.67",
        Shape::Weight => "12.5%",
        Shape::Date => "2026-07-31",
        Shape::Span => "20bd",
        Shape::Money => "USD 3900.05",
        Shape::Period => "2026-Q1",
        Shape::Cell => "4x5",
        Shape::Choice(list) | Shape::Choices(list) => list[0].key,
        Shape::Link(_) => "",
    };
    for kind in Kind::ALL {
        for (at, meta) in kind.table().fields.iter().enumerate() {
            let value = match (meta.shape, input::read(meta, typed(meta.shape), &reading)) {
                (Shape::Link(kind), _) => {
                    let code = code_of(Ref { kind, id: 31 });
                    Value::Link(Link { kind, id: 31, code, label: "Acme".to_owned() })
                }
                (_, Ok(Entered::Value(value))) => value,
                (shape, other) => panic!("{shape:?}: {other:?}"),
            };
            for value in [value, Value::Null] {
                let field = FormField::of(at, meta, value);
                assert_eq!(FormField::again(at, meta, &field.kept()), field, "{kind:?} {}", meta.key);
            }
        }
    }
}

#[test]
fn a_draft_of_a_new_record_stays_with_the_record_it_was_begun_for() {
    let texts = |desk: &Desk| {
        let form = form(desk);
        let of = |key: &str| {
            let field = form.fields.iter().find(|field| form.meta(field).is_some_and(|m| m.key == key));
            field.map(|field| field.input.text().to_owned()).unwrap_or_default()
        };
        (of("vendor"), of("title"))
    };
    let desk = Desk::new().press("2 j Enter g c a Tab Tab T Esc");
    let elsewhere = desk.press("H H j Enter g c a");
    assert_eq!(texts(&elsewhere), ("V-0003".to_owned(), String::new()));
    let both = elsewhere.press("Tab Tab U Esc");
    let ids: Vec<_> = both.state.drafts.iter().map(|draft| draft.id).collect();
    assert_eq!(ids, [1, 2], "each has its own");
    let back = both.press("H H k Enter g c a");
    assert_eq!(texts(&back), ("V-0002".to_owned(), "T".to_owned()));
    let (_, change) = written(&back.press("Ctrl-S"));
    let [Step::Insert { fields, .. }] = &change.steps[..] else { panic!("{change:?}") };
    assert!(fields.iter().any(|(_, new)| *new == Entered::Refer("V-0002".to_owned())), "{fields:?}");
}

/// A start at which earlier runs have left these drafts.
fn offered(mut left: Desk) -> Desk {
    let drafts = std::mem::take(&mut left.state.drafts);
    Desk::of(drafts)
}

#[test]
fn a_kept_draft_comes_back_after_a_start_with_the_record_it_is_linked_to() {
    let mut desk = Desk::new().press("2 j Enter");
    add(&mut desk.state, Kind::Contract, Some(Ref { kind: Kind::Vendor, id: 2 }), &mut Vec::new());
    let next = offered(desk.press("T Esc")).press("Enter");
    let shown: Vec<&str> = form(&next).fields.iter().map(|field| field.input.text()).collect();
    assert!(shown.contains(&"Vendor 2") && shown.contains(&"T"), "{shown:?}");
    assert_eq!(form(&next).changes(), 1);
}

#[test]
fn of_two_drafts_of_one_form_the_other_stays_when_one_is_saved() {
    let mut two = Desk::new().press("2 a O n e Esc");
    two.state.drafts.extend(Desk::new().press("2 a T w o Esc").state.drafts);
    two.state.drafts[1].id = 2;
    let desk = offered(two).press("Enter");
    assert_eq!(form(&desk).fields[0].input.text(), "One");
    let desk = desk.press("Ctrl-S");
    let (ticket, _) = written(&desk);
    let saved = Saved { change: Some(1), records: vec![Ref { kind: Kind::Vendor, id: 3 }], doubts: vec![] };
    let desk = desk.tell(Msg::Written(ticket, Ok(saved)));
    let dropped: Vec<_> = desk.wanted.iter().filter(|e| matches!(e, Effect::DropDraft(_))).collect();
    assert_eq!(dropped, [&Effect::DropDraft(1)]);
    assert_eq!(form(&desk.press("2 a")).fields[0].input.text(), "Two");
}

#[test]
fn the_offer_tells_drafts_apart_and_throws_away_one_at_a_time() {
    let mut desk = Desk::new().press("2 j e ! Esc a N e w Esc j Enter");
    add(&mut desk.state, Kind::Contract, Some(Ref { kind: Kind::Vendor, id: 3 }), &mut Vec::new());
    let desk = offered(desk.press("Tab Tab T Esc"));
    let lines = |desk: &Desk| -> Vec<String> {
        desk.state.drafts.iter().map(|draft| offer::line(draft, Lang::En)).collect()
    };
    let all =
        ["Vendor V-0002 Vendor 2: Vendor 2!", "Vendor, new: New", "Contract, new for V-0003 Vendor 3: T"];
    assert_eq!(lines(&desk), all);
    let desk = desk.press("j d");
    assert_eq!(desk.wanted, [Effect::DropDraft(2)]);
    assert_eq!(lines(&desk), [all[0], all[2]]);
    let desk = desk.press("d d");
    assert!(desk.state.drafts.is_empty());
    let desk = desk.press("u u u u");
    assert_eq!(lines(&desk), all, "what was thrown away comes back");
    assert_eq!(form(&desk.press("Enter")).fields[0].input.text(), "New");
}

#[test]
fn a_form_that_is_being_saved_waits_with_what_is_typed_and_says_so_after_a_second() {
    let desk = Desk::new().press("2 a N Ctrl-S");
    let (ticket, _) = written(&desk);
    assert!(desk.wanted.contains(&Effect::WakeUnlessWritten(ticket)));
    for key in [Key::Char('x'), Key::Enter, Key::Down, Key::Ctrl('s')] {
        assert!(desk.state.must_wait(key), "{key} is not held");
    }
    for key in [Key::Esc, Key::Ctrl('c'), Key::Ctrl('l'), Key::Ctrl('z')] {
        assert!(!desk.state.must_wait(key), "{key} is dead");
    }
    assert_eq!(desk.press("Ctrl-Z").wanted, [Effect::Suspend]);
    let desk = Desk::new().press("2 a N Ctrl-S").tell(Msg::WriteDelayed(ticket));
    assert!(desk.says().starts_with("Waiting for another operator"), "{}", desk.says());
    let desk = desk.tell(Msg::Paste("late".to_owned())).press("Ctrl-L");
    assert_eq!(desk.wanted, [Effect::Redraw]);
    assert!(desk.says().starts_with("Waiting for another operator"), "{}", desk.says());
    assert_eq!(form(&desk).fields[0].input.text(), "N");
}

#[test]
fn a_form_left_while_it_is_saved_is_a_draft_until_the_answer_is_there() {
    let left = || {
        let desk = Desk::new().press("2 a N Ctrl-S");
        let ticket = written(&desk).0;
        (desk.press("Esc"), ticket)
    };
    let (desk, ticket) = left();
    assert!(matches!(desk.wanted[..], [Effect::KeepDraft(Draft { id: 1, .. })]), "{:?}", desk.wanted);
    let desk = desk.press("a");
    assert_eq!(form(&desk).changes(), 0, "the draft is offered though it is being saved");
    let saved = Saved { change: Some(1), records: vec![Ref { kind: Kind::Vendor, id: 3 }], doubts: vec![] };
    let desk = desk.press("Esc").tell(Msg::Written(ticket, Ok(saved)));
    assert!(desk.wanted.contains(&Effect::DropDraft(1)));
    assert_eq!(desk.says(), "V-0003 saved (u undoes)");
    let doubt = Problem::new("name", text("Compare the name.", "请核对名称。"));
    let saved =
        Saved { change: Some(1), records: vec![Ref { kind: Kind::Vendor, id: 3 }], doubts: vec![doubt] };
    let desk = left().0.tell(Msg::Written(ticket, Ok(saved)));
    assert_eq!(desk.says(), "V-0003 saved (u undoes). Compare the name.");
    let (desk, ticket) = left();
    let desk = desk.tell(Msg::Written(ticket, Err(Refusal::Busy)));
    assert!(!desk.wanted.contains(&Effect::DropDraft(1)));
    assert_eq!(form(&desk.press("a")).fields[0].input.text(), "N");
}

/// A new contract, the cursor in the field of its vendor, and the question its first letter asks.
fn asking() -> (Desk, Ticket) {
    let mut desk = Desk::new().press("3 a");
    let vendor = form(&desk).fields.iter().position(|field| {
        form(&desk).meta(field).is_some_and(|meta| meta.shape == Shape::Link(Kind::Vendor))
    });
    desk.state.form.as_mut().unwrap().focus = vendor.unwrap();
    let wanted = update(&mut desk.state, Msg::Key(Key::Char('t')));
    let asked = wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::Find, ticket, _) => Some(*ticket),
        _ => None,
    });
    (desk, asked.expect("nothing is asked"))
}

fn found(id: i64) -> Found {
    let at = Ref { kind: Kind::Vendor, id };
    Found {
        at,
        code: code_of(at),
        title: format!("Found {id}"),
        detail: Vec::new(),
        role: None,
        text: String::new(),
        archived: false,
    }
}

fn focused_text(desk: &Desk) -> String {
    form(desk).focused().map(|field| field.input.text().to_owned()).unwrap_or_default()
}

#[test]
fn a_late_answer_of_a_picker_lands_on_no_other_field() {
    let (desk, asked) = asking();
    let desk = desk.press("Tab M i n e").tell(Msg::Answered(asked, Answer::Found(vec![found(7)])));
    assert_eq!(form(&desk).picker, None);
    assert_eq!(focused_text(&desk), "Mine");
    assert_eq!(focused_text(&desk.press("Enter Shift-Tab")), "Mine");
    // Left and opened again: it is another form.
    let (desk, asked) = asking();
    let desk = desk.press("Esc a").tell(Msg::Answered(asked, Answer::Found(vec![found(7)])));
    assert_eq!(form(&desk).picker, None);
}

#[test]
fn enter_takes_a_hit_only_where_one_is_under_the_cursor() {
    let offered = || {
        let (desk, asked) = asking();
        desk.tell(Msg::Answered(asked, Answer::Found(vec![found(7), found(8)])))
    };
    let desk = offered();
    let focus = form(&desk).focus;
    let desk = desk.press("Enter");
    assert_eq!(form(&desk).focus, focus + 1);
    assert_eq!(form(&desk).fields[focus].input.text(), "t", "what was typed is what is meant");
    let desk = offered().press("Down Down Enter");
    assert_eq!((form(&desk).focus, focused_text(&desk)), (focus, "Found 8".to_owned()));
    assert_eq!(form(&desk).fields[focus].picked_code(), Some("V-0008"));
    let desk = offered().press("Down Up Enter");
    assert_eq!(form(&desk).fields[focus].input.text(), "t");
}

#[test]
fn down_waits_for_the_hits_and_enter_does_not() {
    let (desk, _) = asking();
    assert!(desk.state.must_wait(Key::Down));
    assert!(!desk.state.must_wait(Key::Enter));
}

#[test]
fn what_a_field_cannot_take_is_said_at_once_and_in_words() {
    let most = limits::LINE_CHARS;
    let desk = Desk::new().press("2 a").tell(Msg::Paste("字".repeat(most + 3)));
    assert_eq!(desk.says(), "3 characters were not taken: at most 4000 fit here.");
    assert_eq!(form(&desk).fields[0].input.text().chars().count(), most);
    let desk = desk.press("x");
    assert_eq!(desk.says(), "The field is full: at most 4000 characters.");
    assert_eq!(form(&desk).fields[0].input.text().chars().count(), most);
}

#[test]
fn what_the_editor_brings_is_taken_whole_and_said_to_be_too_long() {
    let desk = Desk::new().press("2 a Ctrl-E");
    let text = format!("{}\r\nend\n", "字".repeat(limits::LINE_CHARS));
    let desk = desk.tell(Msg::Edited(Ok(text)));
    let field = &form(&desk).fields[0];
    assert!(field.input.text().ends_with("字 end"), "a line is one line");
    let error = field.error.as_ref().expect("no word on its length").in_(Lang::En);
    assert_eq!(error, "4004 characters; at most 4000 fit here.");
}

/// Another operator has written these fields of the first vendor, whose form is open.
fn meanwhile(desk: Desk, words: &[(&str, &str)]) -> Desk {
    let desk = desk.slowly().tell(Msg::Changed);
    let asked = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::Form, ticket, Request::Card(at)) => Some((*ticket, *at)),
        _ => None,
    });
    let (ticket, at) = asked.expect("the record of the form is not asked for");
    let mut card = desk.state.card.clone().unwrap_or_else(|| panic!("no card"));
    assert_eq!(card.record.at, at);
    for (key, word) in words {
        let place = card.record.table().field(key).unwrap();
        card.record.values[place] = Value::Text((*word).to_owned());
    }
    desk.tell(Msg::Answered(ticket, Answer::Card(card)))
}

fn field<'d>(desk: &'d Desk, key: &str) -> &'d FormField {
    let form = form(desk);
    form.fields.iter().find(|field| form.meta(field).unwrap().key == key).unwrap()
}

#[test]
fn what_another_writes_into_other_fields_is_taken_in() {
    let desk = meanwhile(Desk::new().press("2 e !"), &[("phone", "555")]);
    assert_eq!(field(&desk, "phone").input.text(), "555");
    assert!(!Form::is_changed(field(&desk, "phone")));
    assert_eq!(field(&desk, "name").input.text(), "Vendor 1!");
    assert!(desk.says().ends_with("changed Phone: taken in."), "{}", desk.says());
    let (_, change) = written(&desk.press("Ctrl-S"));
    assert_eq!(edits(&change).len(), 1, "only what was typed is written");
}

#[test]
fn what_another_writes_into_the_same_field_is_shown_with_a_key_for_each() {
    let theirs = || meanwhile(Desk::new().press("2 e !"), &[("name", "Theirs")]);
    let desk = theirs();
    assert_eq!(field(&desk, "name").input.text(), "Vendor 1!", "the text is kept");
    assert!(
        desk.says().contains("changed Name too: Ctrl-O takes theirs, Ctrl-Y keeps yours"),
        "{}",
        desk.says()
    );
    assert_eq!(desk.press("Ctrl-S").written(), None, "nothing is overwritten unseen");
    let desk = theirs().press("Ctrl-O");
    assert_eq!((field(&desk, "name").input.text(), form(&desk).changes()), ("Theirs", 0));
    let (_, change) = written(&theirs().press("Ctrl-Y Ctrl-S"));
    assert_eq!(edits(&change)[0].seen, Some(Value::Text("Theirs".to_owned())));
    assert_eq!(edits(&change)[0].new, Entered::Value(Value::Text("Vendor 1!".to_owned())));
    let desk = Desk::new().press("2 e ! Ctrl-O");
    assert_eq!(desk.says(), "Nobody else has written here.");
}

#[test]
fn a_record_put_away_under_the_form_is_said_and_the_text_is_kept() {
    let desk = Desk::new().press("2 e !").slowly().tell(Msg::Changed);
    let ticket = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::Form, ticket, _) => Some(*ticket),
        _ => None,
    });
    let ticket = ticket.unwrap();
    let mut card = desk.state.card.clone().unwrap();
    card.record.archived_at = Some("2026-07-26T08:00:00.000Z".to_owned());
    let away = desk.tell(Msg::Answered(ticket, Answer::Card(card)));
    assert!(away.says().contains("archived V-0001 meanwhile"), "{}", away.says());
    assert_eq!(field(&away, "name").input.text(), "Vendor 1!");
    let desk = Desk::new().press("2 e !").slowly().tell(Msg::Changed);
    let ticket = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::Form, ticket, _) => Some(*ticket),
        _ => None,
    });
    let gone = Answer::Refused(Refusal::Missing(crate::texts::text("missing", "missing").into()));
    let desk = desk.tell(Msg::Answered(ticket.unwrap(), gone));
    assert!(desk.says().starts_with("V-0001 is no more"), "{}", desk.says());
    assert_eq!(field(&desk, "name").input.text(), "Vendor 1!");
}

/// A form whose cursor is on the tier of a vendor.
fn at_tier() -> Desk {
    let mut desk = Desk::new().press("2 e");
    let place = {
        let form = form(&desk);
        form.fields.iter().position(|field| form.meta(field).unwrap().key == "tier").unwrap()
    };
    desk.state.form.as_mut().unwrap().focus = place;
    desk
}

#[test]
fn a_choice_is_found_by_its_letters_in_either_language() {
    let desk = at_tier().press("b o t");
    assert_eq!(field(&desk, "tier").input.text(), "bottleneck");
    let desk = at_tier().press("瓶");
    assert_eq!(field(&desk, "tier").input.text(), "bottleneck");
    let desk = at_tier().press("p i n g");
    assert_eq!(field(&desk, "tier").input.text(), "bottleneck", "in pinyin");
    let desk = at_tier().press("b Esc");
    assert_eq!((field(&desk, "tier").input.text(), form(&desk).changes()), ("", 0));
    assert!(desk.press("Esc").state.form.is_none(), "the first Esc closed the offer, the second the form");
    let desk = at_tier().press("x");
    assert!(desk.says().starts_with("No choice matches “x”"), "{}", desk.says());
    let focus = form(&at_tier()).focus;
    let desk = at_tier().press("s Enter");
    assert_eq!((field(&desk, "tier").input.text(), form(&desk).focus), ("strategic", focus));
    assert_eq!(form(&desk.press("Enter")).focus, focus + 1);
    let desk = at_tier().press("s Backspace");
    assert_eq!(field(&desk, "tier").input.text(), "");
}

mod picked;
