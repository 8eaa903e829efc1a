//! What fields offer: the values the register has, and several of a few words.

use super::*;

/// A form of the first vendor whose cursor is on this field.
fn at_field(key: &str) -> Desk {
    let mut desk = Desk::new().press("2 e");
    let form = form(&desk);
    let place = form.fields.iter().position(|field| form.meta(field).unwrap().key == key).unwrap();
    // By the keys a user has: what is asked for on the way is asked.
    for _ in 0..place {
        desk = desk.press("Tab");
    }
    desk
}

fn picks(desk: &Desk) -> Vec<&str> {
    form(desk).picker.iter().flat_map(|picker| &picker.hits).map(|hit| hit.title.as_str()).collect()
}

#[test]
fn a_field_whose_values_repeat_offers_those_the_register_has() {
    let desk = at_field("owner");
    assert_eq!(picks(&desk), Vec::<&str>::new(), "nothing is in the way before something is typed");
    assert_eq!(picks(&at_field("owner").press("m")), ["mei.lin"]);
    assert_eq!(picks(&at_field("owner").press("l m")), ["林美"], "by the first letters of its reading too");
    assert_eq!(picks(&at_field("owner").press("l i n m")), ["林美"]);
    let desk = at_field("owner").press("m Down Enter");
    assert_eq!((field(&desk, "owner").input.text(), picks(&desk)), ("mei.lin", Vec::new()));
    let (_, change) = written(&desk.press("Ctrl-S"));
    assert_eq!(edits(&change)[0].new, Entered::Value(Value::Text("mei.lin".to_owned())));
    // What nobody has been called yet is as good.
    let desk = at_field("owner").press("m e i Enter Shift-Tab");
    assert_eq!(field(&desk, "owner").input.text(), "mei");
}

#[test]
fn the_words_of_a_list_are_offered_one_by_one() {
    let desk = at_field("tags").press("m Down Enter , k");
    assert_eq!(picks(&desk), ["k.brandt"]);
    let desk = desk.press("Down Enter");
    assert_eq!(field(&desk, "tags").input.text(), "mei.lin, k.brandt");
    assert_eq!(
        picks(&desk.press(", m")),
        Vec::<&str>::new(),
        "what stands there already is not offered again"
    );
}

#[test]
fn known_values_are_asked_for_when_the_field_is_reached_and_once() {
    let asked = |desk: &Desk| {
        let known =
            |effect: &&Effect| matches!(effect, Effect::Read(Slot::Known, _, Request::Known("owner")));
        desk.wanted.iter().filter(known).count()
    };
    let desk = at_field("preferred");
    assert_eq!(asked(&desk), 0, "a form that is opened asks for no values");
    let desk = desk.press("Tab");
    assert_eq!(asked(&desk), 1);
    let desk = desk.press("Tab Shift-Tab");
    assert_eq!(asked(&desk), 0);
    // Typed before they are there, they are offered when they come.
    let desk = at_field("preferred").slowly().press("Tab m");
    assert_eq!(picks(&desk), Vec::<&str>::new());
    assert_eq!(picks(&desk.catch_up()), ["mei.lin"]);
}

#[test]
fn several_choices_are_taken_in_and_out_by_space() {
    let class = |desk: &Desk| field(desk, "class").input.text().to_owned();
    let desk = at_field("class").press("Space");
    assert_eq!(class(&desk), "", "the first Space opens the list");
    let desk = desk.press("Down Down Space Up Space");
    assert_eq!(class(&desk), "bpo,kpo", "in the order of the list");
    let desk = desk.press("Down Space Enter");
    assert_eq!((class(&desk), &form(&desk).words), ("bpo".to_owned(), &None));
    let (_, change) = written(&desk.press("Ctrl-S"));
    let Entered::Value(Value::Choices(all)) = &edits(&change)[0].new else { panic!("{change:?}") };
    assert_eq!(all.iter().map(|choice| choice.key).collect::<Vec<_>>(), ["bpo"]);
    let desk = at_field("class").press("Space Space Esc");
    assert_eq!((class(&desk), form(&desk).changes()), (String::new(), 0), "Esc leaves it as it was");
    let desk = at_field("class").press("k Space b Space");
    assert_eq!(class(&desk), "bpo,kpo", "letters find a word, and the next letters another");
    let desk = desk.press("Enter Backspace");
    assert_eq!(class(&desk), "");
    let desk = at_field("class").press("9");
    assert!(desk.says().starts_with("No choice matches “9”"), "{}", desk.says());
}

#[test]
fn a_bare_number_of_a_length_of_time_is_days() {
    let days = |typed: &str| {
        let mut desk = Desk::new().press("3 a");
        let form = desk.state.form.as_mut().unwrap();
        let table = Kind::Contract.table();
        let of = |key: &str| form.fields.iter().position(|field| table.fields[field.at].key == key).unwrap();
        let (title, vendor, notice) = (of("title"), of("vendor"), of("notice"));
        form.fields[title].input.set("T");
        form.fields[vendor].input.set("V-0001");
        form.focus = notice;
        desk = desk.press("Ctrl-U");
        for c in typed.chars() {
            desk = desk.press(&c.to_string());
        }
        let desk = desk.press("Ctrl-S");
        let (_, change) = written(&desk);
        let [Step::Insert { fields, .. }] = change.steps.as_slice() else { panic!("{change:?}") };
        let place = table.field("notice").unwrap();
        fields.iter().find(|(at, _)| *at == place).map(|(_, entered)| entered.clone())
    };
    let span = |text: &str| Some(Entered::Value(Value::Span(text.parse().unwrap())));
    assert_eq!(days("90"), span("90d"));
    assert_eq!(days("９０"), span("90d"));
    assert_eq!(days("3m"), span("3m"));
}

#[test]
fn a_field_is_emptied_by_one_key_and_brought_back_by_another() {
    let name = |desk: &Desk| field(desk, "name").input.text().to_owned();
    let desk = Desk::new().press("2 e Home Ctrl-U");
    assert_eq!(name(&desk), "", "wherever the cursor stands");
    assert_eq!(name(&desk.press("Ctrl-X")), "Vendor 1");
    let desk = at_field("class").press("Space Space Enter Ctrl-U");
    assert_eq!(field(&desk, "class").input.text(), "");
}

#[test]
fn a_field_of_the_record_page_is_edited_straight_from_there() {
    let on = |keys: &str| {
        let desk = Desk::new().press("2 Enter").press(keys);
        let form = form(&desk);
        form.focused().and_then(|field| form.meta(field)).unwrap().key
    };
    // The vendors here have a name, and from the second line on what is blank is left out.
    assert_eq!(on("e"), "name");
    assert_eq!(on("j Enter"), "name");
    let mut desk = Desk::new().press("2 Enter");
    let card = desk.state.card.as_mut().unwrap();
    for key in ["phone", "notes"] {
        let place = card.record.table().field(key).unwrap();
        card.record.values[place] = Value::Text("x".to_owned());
    }
    let desk = desk.press("j j e");
    assert_eq!(form(&desk).meta(form(&desk).focused().unwrap()).unwrap().key, "phone");
    let desk = desk.press("Esc j Enter");
    assert_eq!(form(&desk).meta(form(&desk).focused().unwrap()).unwrap().key, "notes");
}
