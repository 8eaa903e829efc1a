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
