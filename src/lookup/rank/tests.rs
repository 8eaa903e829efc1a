use super::*;
use proptest::prelude::*;

fn tier(name: &str, query: &str) -> Option<Tier> {
    let candidates = [Candidate { doc: 32, entries: vec![Entry::new(FieldRole::Name, name)] }];
    rank(&Query::parse(query), &candidates, &[], 9).first().map(|h| h.tier)
}

fn shown(query: &str, text: &str) -> Vec<String> {
    let ranges = highlights(&Query::parse(query), text);
    ranges.into_iter().map(|r| text.get(r).unwrap().to_owned()).collect()
}

#[test]
fn each_way_to_match_has_its_tier() {
    for (name, query, expected) in [
        ("华为技术", "华为技术", Some(Tier::Exact)),
        ("O'Brien", "obrien", Some(Tier::Exact)),
        ("华为技术", "华为", Some(Tier::Beginning)),
        ("华为", "huawei", Some(Tier::Reading)),
        ("华为", "hw", Some(Tier::Initials)),
        ("Amazon Web Services", "aws", Some(Tier::Initials)),
        ("Big Acme", "acme", Some(Tier::Word)),
        ("Big Acmeland", "acme", Some(Tier::WordBeginning)),
        ("华为技术", "huaw", Some(Tier::ReadingBeginning)),
        ("华为技术", "hwj", Some(Tier::InitialsBeginning)),
        ("上海华为", "华为", Some(Tier::Inside)),
        ("Northwind", "wind", Some(Tier::Inside)),
        ("Northwind", "wi", None),
        ("上海华为", "huawei", Some(Tier::ReadingInside)),
        ("上海华为技术", "hwjs", Some(Tier::InitialsInside)),
        ("华为技术", "jishu huawei", Some(Tier::ReadingInside)),
        ("华为技术", "huawei jishu", Some(Tier::Reading)),
        ("华为技术", "huawei beijing", None),
        ("Northwind", "nortwind", None),
        ("!!!", "!!!", Some(Tier::Exact)),
        ("!!!", "?", None),
        ("", "a", None),
    ] {
        assert_eq!(tier(name, query), expected, "{query} in {name}");
    }
}

#[test]
fn corrections_match_below_everything_typed() {
    let candidates = [Candidate { doc: 32, entries: vec![Entry::new(FieldRole::Name, "Northwind")] }];
    let query = Query::parse("nortwind").with_fixes(0, &["northwind".to_owned()]);
    assert_eq!(rank(&query, &candidates, &[], 9).first().map(|h| h.tier), Some(Tier::Slip));
    let whole = Query::parse("nort hwnd").with_reach(Reach::NearNames);
    assert_eq!(rank(&whole, &candidates, &[], 9).first().map(|h| h.tier), Some(Tier::Slip));
}

#[test]
fn among_equals_the_kind_then_the_shorter_name_then_the_older_record() {
    let of = |doc: i64, name: &str| Candidate { doc, entries: vec![Entry::new(FieldRole::Name, name)] };
    let candidates = [of(129, "Acme One"), of(256, "Acme Eleven"), of(384, "Acme Two"), of(128, "Acme Ten")];
    let kinds = [Kind { number: 0, code: "v" }, Kind { number: 1, code: "ct" }];
    let order: Vec<i64> = rank(&Query::parse("acme"), &candidates, &kinds, 9).iter().map(|h| h.doc).collect();
    assert_eq!(order, [128, 384, 256, 129]);
    assert_eq!(rank(&Query::parse("acme"), &candidates, &kinds, 2).len(), 2);
}

#[test]
fn a_name_counts_more_than_a_tag_or_an_address() {
    let of = |doc: i64, role: FieldRole| Candidate { doc, entries: vec![Entry::new(role, "cloud")] };
    let candidates = [
        of(32, FieldRole::Email),
        of(64, FieldRole::Tag),
        of(96, FieldRole::Title),
        of(128, FieldRole::Name),
    ];
    let order: Vec<i64> = rank(&Query::parse("cloud"), &candidates, &[], 9).iter().map(|h| h.doc).collect();
    assert_eq!(order, [128, 96, 64, 32]);
}

#[test]
fn what_matched_is_named() {
    let entries =
        vec![Entry::new(FieldRole::Name, "腾云数据"), Entry::new(FieldRole::Phone, "+86 28 5550 0199")];
    let hits = rank(&Query::parse("0199"), &[Candidate { doc: 32, entries }], &[], 9);
    let hit = hits.first().unwrap();
    assert_eq!(
        (hit.role, hit.text.as_str(), hit.tier),
        (FieldRole::Phone, "+86 28 5550 0199", Tier::PhoneEnd)
    );
}

#[test]
fn telephone_numbers_match_with_and_without_prefixes() {
    for (number, typed, expected) in [
        ("+86 28 5550 0199", "862855500199", Some((Tier::Exact, 0))),
        ("+86 28 5550 0199", "0199", Some((Tier::PhoneEnd, 0))),
        ("+86 28 5550 0199", "02855500199", Some((Tier::PhoneEnd, 1))),
        ("+86 28 5550 0199", "5550", Some((Tier::Inside, 1))),
        ("+86 28 5550 0199", "99", None),
        ("+86 28 5550 0199", "5551", None),
    ] {
        assert_eq!(grade_phone(typed, &digits(number)), expected, "{typed}");
    }
}

#[test]
fn nothing_is_found_from_the_midst_of_one_word_into_the_next() {
    let matches = |typed: &str, text: &str| matches_text(&Query::parse(typed), text);
    assert!(!matches("teng", "Night English"));
    assert!(matches("nightenglish", "Night English"));
    assert!(matches("glish", "Night English"));
    assert!(matches("科a", "万  科Ａ股"));
}

#[test]
fn why_it_matched_is_shown() {
    assert_eq!(shown("jishu", "华为技术有限公司"), ["技术"]);
    assert_eq!(shown("hw", "华为技术"), ["华为"]);
    assert_eq!(shown("brien", "O'Brien"), ["Brien"]);
    assert_eq!(shown("obrien", "O'Brien"), ["O'Brien"]);
    assert_eq!(shown("万科a", "万  科Ａ股"), ["万  科Ａ"]);
    assert_eq!(shown("wind north", "Northwind Wind"), ["North", "Wind"]);
    assert_eq!(shown("x", "Globex"), Vec::<String>::new());
}

proptest! {
    #[test]
    fn highlights_are_in_order_and_inside(query in any::<String>(), text in any::<String>()) {
        let ranges = highlights(&Query::parse(&query), &text);
        prop_assert!(ranges.iter().all(|r| text.get(r.clone()).is_some_and(|t| !t.is_empty())));
        prop_assert!(ranges.windows(2).all(|w| w[0].end < w[1].start));
    }

    #[test]
    fn every_text_with_letters_matches_itself(text in "[a-z华为重庆长.' -]{1,20}") {
        prop_assert!(text.trim().is_empty() || matches_text(&Query::parse(&text), &text));
    }
}
