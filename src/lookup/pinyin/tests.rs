use super::table::ONE_LIVING_READING;
use super::*;
use crate::lookup::fold::fold;
use proptest::prelude::*;

fn read_name(name: &str, typed: &str) -> Option<(Style, usize)> {
    let all = units(fold(name).glyphs());
    (0..all.len()).find_map(|at| read(&all, at, typed)).map(|r| (r.style, r.end))
}

#[test]
fn polyphones_are_read_in_every_living_way() {
    for (name, typed) in [
        ("重庆", "chongqing"),
        ("重庆", "zhongqing"),
        ("音乐", "yinyue"),
        ("音乐", "yinle"),
        ("绿地", "lvdi"),
        ("绿地", "ludi"),
        ("银行", "yinhang"),
        ("长沙", "changsha"),
        ("长沙", "zhangsha"),
        ("乾照光电", "qianzhao"),
        ("女", "nv"),
        ("女", "nu"),
        ("吕梁", "lvliang"),
    ] {
        assert_eq!(read_name(name, typed).map(|r| r.0), Some(Style::Full), "{name} {typed}");
        assert!(full_keys(&fold(name)).iter().any(|k| k.starts_with(typed)), "{name} {typed}");
    }
}

#[test]
fn initials_and_mixtures_are_read() {
    assert_eq!(read_name("华为技术", "hwjs"), Some((Style::Initials, 4)));
    assert_eq!(read_name("银行", "yh"), Some((Style::Initials, 2)));
    assert_eq!(read_name("重庆", "cq"), Some((Style::Initials, 2)));
    assert_eq!(read_name("华为技术", "huaweij"), Some((Style::Full, 3)));
    assert_eq!(read_name("华为技术", "huaweijs"), Some((Style::Mixed, 4)));
    assert_eq!(read_name("上海腾云", "tengyun"), Some((Style::Full, 4)));
    assert_eq!(read_name("万科A", "wka"), Some((Style::Initials, 3)));
    assert_eq!(read_name("TCL科技", "tclkj"), Some((Style::Initials, 5)));
    assert_eq!(read_name("TCL科技", "tcl"), None, "no Han takes part");
    assert_eq!(read_name("华为", "aweij"), None);
}

#[test]
fn keys_begin_at_the_name_and_at_its_first_han() {
    assert_eq!(initial_keys(&fold("ST华谊")), ["sthy", "hy"]);
    assert_eq!(full_keys(&fold("Globex")), Vec::<String>::new());
    assert_eq!(full_keys(&fold("腾云数据")).first().map(String::as_str), Some("tengyunshuju"));
}

#[test]
fn keys_stay_few_for_names_full_of_polyphones() {
    let name = fold("重行长乐都藏会盛重行长乐都藏会盛");
    assert!(full_keys(&name).len() <= FULL_KEYS);
    assert!(initial_keys(&name).len() <= INITIAL_KEYS);
}

#[test]
fn letters_are_cut_into_syllables() {
    assert_eq!(cuts("huawei", Tail::Whole), [vec!["hua", "wei"], vec!["hu", "a", "wei"]]);
    assert_eq!(cuts("fangan", Tail::Whole), [vec!["fang", "an"], vec!["fan", "gan"]]);
    assert!(cuts("huaw", Tail::Whole).is_empty());
    assert_eq!(cuts("huaw", Tail::Begun).first(), Some(&vec!["hua", "w"]));
    assert!(cuts("globex", Tail::Begun).is_empty());
    assert!(cuts(&"a".repeat(40), Tail::Whole).len() <= CUTS);
}

#[test]
fn tables_are_in_order() {
    assert!(SYLLABLES.is_sorted());
    let ones: Vec<char> = ONE_LIVING_READING.chars().collect();
    assert!(ones.is_sorted());
}

#[test]
fn names_of_both_scripts_sort_together() {
    let mut names = ["中兴", "Zebra", "重庆港", "Chubb", "长沙银行", "阿里云", "Amazon", "%%"];
    names.sort_by_key(|n| sort_key(n));
    assert_eq!(names, ["%%", "阿里云", "Amazon", "长沙银行", "重庆港", "Chubb", "Zebra", "中兴"]);
    assert_eq!(sort_key("长沙银行"), "changshayinhang");
    assert_eq!(sort_key("Acme Corp"), "acme corp");
}

proptest! {
    #[test]
    fn reading_ends_in_time_and_inside_the_name(name in "[重行长阿a-c中恶额]{0,60}", typed in "[a-e]{0,60}") {
        let all = units(fold(&name).glyphs());
        for at in 0..=all.len() {
            if let Some(found) = read(&all, at, &typed) {
                prop_assert!(found.end > at && found.end <= all.len());
            }
        }
    }

    #[test]
    fn a_name_is_found_by_each_of_its_keys(name in "[\\u{4e00}-\\u{9fa5}]{2,5}") {
        let folded = fold(&name);
        let all = units(folded.glyphs());
        // Some rare characters have no reading in the data; their names are found as written.
        prop_assume!(all.iter().all(|unit| matches!(unit, Unit::Han(_))));
        for key in full_keys(&folded) {
            prop_assert!(read(&all, 0, &key).is_some(), "{} {}", name, key);
        }
    }

    #[test]
    fn sort_keys_are_short(name in any::<String>()) {
        prop_assert!(sort_key(&name).len() <= SORT_KEY_BYTES);
    }
}
