//! Keys are keys and answers are answers, however they come.

use proptest::prelude::*;

use super::*;

/// What all terminals that answer say, in the order of the questions.
const ANSWERS: &[u8] = b"\x1b[1;2R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c";

/// What is heard of these bytes, each part taken on its own.
fn heard(input: &mut Input, parts: &[&[u8]]) -> String {
    let mut all: Vec<Heard> = parts.iter().flat_map(|part| input.take(part)).collect();
    all.extend(input.patience().map(|_| input.give_up()).into_iter().flatten());
    let names = all.iter().map(|heard| match heard {
        Heard::Key(key) => key.to_string(),
        Heard::Paste(text) => format!("paste {text:?}"),
        Heard::Told(told) => format!("{told:?}"),
        other => panic!("{other:?}"),
    });
    names.collect::<Vec<_>>().join(" ")
}

fn check(bytes: &[u8], names: &str) {
    assert_eq!(heard(&mut Input::default(), &[bytes]), names, "{bytes:?}");
    assert_eq!(
        heard(&mut Input::new(Awaits::Answers), &[bytes]),
        names,
        "{bytes:?} while an answer is awaited"
    );
}

#[test]
fn keys_have_their_names() {
    check(b"jG\r\t\x7f /:", "j G Enter Tab Backspace Space / :");
    check("中é".as_bytes(), "中 é");
    check(b"\x10\x12", "Ctrl-P Ctrl-R");
    check(
        b"\x1b[A\x1bOB\x1b[5~\x1b[6~\x1b[3~\x1b[H\x1b[F\x1b[Z",
        "Up Down PgUp PgDn Delete Home End Shift-Tab",
    );
    check(b"\x1b[1;5C\x1bOP\x1b[15~", "Right");
    check(b"\x1b", "Esc");
    check(b"\x1bD", "Alt-D");
    check(b"\x1b\r", "");
}

#[test]
fn esc_and_a_command_typed_at_once_are_both_heard() {
    check(b"\x1b:", "Esc :");
}

#[test]
fn a_paste_is_one_whatever_is_in_it() {
    check(b"\x1b[200~a\rb\x1b]11;rgb:0/0/0\x07q\x1b[201~j", "paste \"a\\rb\\u{1b}]11;rgb:0/0/0\\u{7}q\" j");
    let mut input = Input::default();
    assert!(input.take(b"\x1b[200~long ").is_empty());
    assert_eq!(input.patience(), None, "the end of a paste may take its time");
    assert_eq!(heard(&mut input, &[b"text", b"\x1b[201~"]), "paste \"long text\"");
}

#[test]
fn answers_are_told_and_end_the_wait() {
    let mut input = Input::new(Awaits::Answers);
    assert_eq!(heard(&mut input, &[ANSWERS]), "Breadth(One) Ground(Light)");
    assert!(!input.awaits_answers());
    check(b"\x1b[1;3R", "Breadth(Two)");
    check(b"\x1b[1;4R", "");
    check(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "Ground(Dark)");
    check(b"\x1b]11;rgb:fd/f6/e3\x1b\\", "Ground(Light)");
    check(b"\x1b]11;rgb:00/2b/36\x07", "Ground(Dark)");
}

#[test]
fn answers_nobody_understands_are_no_keys() {
    for answer in [
        &b"\x1b]11;rgba:1e1e/1e1e/1e1e/ffff\x07"[..],
        b"\x1b]11;what q is this\x07",
        b"\x1b]10;rgb:0/0/0\x1b\\",
        b"\x1b[?1;2c",
        b"\x1b[>41;354;0c",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[?2026;2$y",
    ] {
        let mut input = Input::new(Awaits::Answers);
        let told = heard(&mut input, &[answer]);
        assert!(told.is_empty() || told == "Ground(Dark)", "{answer:?}: {told}");
        assert_eq!(heard(&mut input, &[b"j"]), "j", "{answer:?}");
    }
}

#[test]
fn an_esc_waits_only_while_an_answer_may_come() {
    assert_eq!(Input::default().take(b"\x1b").len(), 1, "Esc is heard at once");
    let mut input = Input::new(Awaits::Answers);
    assert!(input.take(b"\x1b").is_empty());
    assert_eq!(input.patience(), Some(ESC));
    assert_eq!(input.give_up().len(), 1);
    input.take(ANSWERS);
    assert_eq!(input.take(b"\x1b").len(), 1);
}

#[test]
fn what_looked_like_an_answer_and_was_a_key_with_alt_does_not_hold_the_keys() {
    for begun in [&b"\x1b]"[..], b"\x1b[", b"\x1bP", b"\x1bO", b"\xe4\xb8"] {
        let mut input = Input::default();
        assert!(input.take(begun).is_empty());
        assert_eq!(input.patience(), Some(REST), "{begun:?}");
        input.give_up();
        assert_eq!(heard(&mut input, &[b"j\x1b[A"]), "j Up", "{begun:?}");
    }
}

proptest! {
    #[test]
    fn however_an_answer_is_cut_it_is_no_key(cuts in prop::collection::vec(0..ANSWERS.len(), 0..8), typed in "[a-z]{0,3}") {
        let mut cuts = cuts;
        cuts.extend([0, ANSWERS.len()]);
        cuts.sort_unstable();
        let parts: Vec<&[u8]> = cuts.windows(2).map(|pair| &ANSWERS[pair[0]..pair[1]]).collect();
        let mut input = Input::new(Awaits::Answers);
        let mut all: Vec<Heard> = parts.iter().flat_map(|part| input.take(part)).collect();
        all.extend(input.take(typed.as_bytes()));
        let keys: String = all.iter().filter_map(|heard| match heard {
            Heard::Key(key) => Some(key.to_string()),
            _ => None,
        }).collect();
        prop_assert_eq!(keys, typed);
        prop_assert_eq!(all.iter().filter(|heard| matches!(heard, Heard::Told(_))).count(), 2);
    }

    #[test]
    fn no_bytes_stop_the_keyboard(parts in prop::collection::vec(prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(&b"\x1b[]OP;?0129~mMRcu<:\x07\\"[..])], 0..20), 0..8)) {
        for awaits in [Awaits::Keys, Awaits::Answers] {
            let mut input = Input::new(awaits);
            for part in &parts {
                input.take(part);
                if input.patience().is_some() {
                    input.give_up();
                }
            }
            input.take(b"\x1b[201~");
            if input.patience().is_some() {
                input.give_up();
            }
            let last = input.take(b"j");
            prop_assert!(matches!(last.last(), Some(Heard::Key(Key::Char('j')))), "{last:?}");
        }
    }
}
