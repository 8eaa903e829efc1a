//! What a made-up register promises: the same for the same seed, the sizes asked for, the shape of a real one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::*;

const SIZES: Sizes = Sizes { vendors: 20_000, contracts: 60_000, reviews: 3_000, risks: 2_000 };

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn made() -> Vec<Entry> {
    register(7, SIZES, today()).collect()
}

fn of_kind<'a>(entries: &'a [Entry], kind: &str) -> Vec<&'a Entry> {
    entries.iter().filter(|entry| entry.kind == kind).collect()
}

fn share(entries: &[&Entry], test: impl Fn(&Entry) -> bool) -> usize {
    entries.iter().filter(|entry| test(entry)).count() * 100 / entries.len()
}

#[test]
fn the_same_seed_makes_the_same_register() {
    let small = Sizes { vendors: 50, contracts: 90, reviews: 20, risks: 20 };
    let make = |seed| register(seed, small, today()).collect::<Vec<_>>();
    assert_eq!(make(1), make(1));
    assert_ne!(make(1), make(2));
}

#[test]
fn sizes_are_exact_and_links_point_backwards() {
    for (vendors, contracts, reviews, risks) in
        [(0, 5, 5, 5), (1, 3, 4, 2), (7, 0, 40, 1), (300, 900, 250, 90)]
    {
        let sizes = Sizes { vendors, contracts, reviews, risks };
        let entries: Vec<_> = register(3, sizes, today()).collect();
        let count = |kind: &str| u32::try_from(of_kind(&entries, kind).len()).unwrap();
        let expected = if vendors == 0 { (0, 0, 0) } else { (contracts, reviews, risks) };
        assert_eq!(count("vendor"), vendors);
        assert_eq!((count("contract"), count("review"), count("risk")), expected, "{sizes:?}");
        assert_eq!(count("review_row"), 6 * count("review"));
        let mut seen: HashSet<&str> = HashSet::new();
        for entry in &entries {
            for (key, words) in &entry.fields {
                if matches!(*key, "vendor" | "parent" | "review") {
                    assert!(seen.contains(words.as_str()), "{} {key} {words}", entry.code);
                }
            }
            assert!(seen.insert(&entry.code), "{} twice", entry.code);
        }
    }
}

#[test]
fn a_few_vendors_hold_very_many_contracts_and_many_hold_none() {
    let entries = made();
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for contract in of_kind(&entries, "contract") {
        *held.entry(contract.get("vendor").unwrap()).or_default() += 1;
    }
    let mut counts: Vec<usize> = held.values().copied().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    assert!(counts[0] > 1_000, "the largest holds {}", counts[0]);
    let top: usize = counts.iter().take(200).sum();
    assert!(top * 100 / 60_000 > 25, "one vendor in a hundred holds {top} of 60000");
    let without = 20_000 - held.len();
    assert!((2_000..12_000).contains(&without), "{without} hold none");
}

#[test]
fn names_are_varied_long_and_of_both_scripts_with_the_rare_ones_in_place() {
    let entries = made();
    let vendors = of_kind(&entries, "vendor");
    let names: Vec<&str> = vendors.iter().map(|vendor| vendor.get("name").unwrap()).collect();
    let different: HashSet<&str> = names.iter().copied().collect();
    assert!(names.len() - different.len() < 60, "{} exact duplicates", names.len() - different.len());
    let cjk = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!((55..70).contains(&share(&vendors, |vendor| cjk(vendor.get("name").unwrap()))));
    let both = share(&vendors, |vendor| {
        let name = vendor.get("name").unwrap();
        cjk(name) && name.contains(|c: char| c.is_ascii_alphabetic())
    });
    assert!((8..18).contains(&both), "{both} % in both scripts");
    assert!(names.iter().any(|name| name.chars().count() > 60), "long English names");
    assert!(names.iter().any(|name| name.chars().count() > 20 && name.chars().all(|c| !c.is_ascii())));
    let place = |name: &str| names.iter().position(|other| *other == name);
    assert_eq!(place(RARE_EN), Some(12_200));
    assert_eq!(place(RARE_ZH), Some(16_600));
    assert_eq!(names.iter().filter(|name| name.contains("Zyxwell") || name.contains('龘')).count(), 2);
}

#[test]
fn states_contacts_and_gaps_are_those_of_a_real_register() {
    let entries = made();
    let vendors = of_kind(&entries, "vendor");
    let states: BTreeSet<_> = vendors.iter().filter_map(|vendor| vendor.get("state")).collect();
    assert_eq!(states.len(), 10);
    assert!((50..65).contains(&share(&vendors, |vendor| vendor.get("state") == Some("active"))));
    let called: HashSet<_> = of_kind(&entries, "contact").iter().map(|c| c.get("vendor").unwrap()).collect();
    assert!((57..63).contains(&(called.len() * 100 / vendors.len())));
    for field in ["phone", "email", "notes", "tier", "tags", "owner", "category"] {
        let filled = share(&vendors, |vendor| vendor.get(field).is_some());
        assert!((3..97).contains(&filled), "{field}: {filled} %");
    }
    let contracts = of_kind(&entries, "contract");
    let states: BTreeSet<_> = contracts.iter().filter_map(|contract| contract.get("state")).collect();
    assert_eq!(states.len(), 7);
    assert!((40..60).contains(&share(&contracts, |contract| contract.get("state") == Some("in_force"))));
    for (field, count) in [("kind", 5), ("renewal", 4), ("end_reason", 5)] {
        let words: BTreeSet<_> = contracts.iter().filter_map(|contract| contract.get(field)).collect();
        assert_eq!(words.len(), count, "{field}");
    }
    assert!((10..40).contains(&share(&contracts, |contract| contract.get("parent").is_some())));
}

#[test]
fn contracts_are_in_the_state_that_their_dates_and_vendors_say() {
    let entries = made();
    let of_vendor: HashMap<_, _> = of_kind(&entries, "vendor")
        .into_iter()
        .map(|vendor| (vendor.code.as_str(), vendor.get("state")))
        .collect();
    let today = iso(today());
    for contract in of_kind(&entries, "contract") {
        let starts = contract.get("starts_on");
        match contract.get("state").unwrap() {
            "in_force" => assert!(starts.unwrap() <= today.as_str(), "{}", contract.code),
            "ended" => assert!(contract.get("ends_on").unwrap() < today.as_str(), "{}", contract.code),
            "signed" => assert!(starts.unwrap() > today.as_str(), "{}", contract.code),
            _ => assert_eq!(contract.get("signed_on"), None, "{}", contract.code),
        }
        if contract.get("state") == Some("in_force") {
            let vendor = of_vendor[contract.get("vendor").unwrap()].unwrap();
            assert!(["active", "watch", "suspended", "exiting"].contains(&vendor), "{}", contract.code);
        }
    }
}

#[test]
fn a_vendor_has_one_review_a_period_and_mails_lead_nowhere() {
    let entries = made();
    let mut periods = HashSet::new();
    let mut reviewed: HashMap<&str, u32> = HashMap::new();
    for review in of_kind(&entries, "review") {
        let (vendor, period) = (review.get("vendor").unwrap(), review.get("period").unwrap());
        assert!(periods.insert((vendor, period)), "{vendor} {period} twice");
        *reviewed.entry(vendor).or_default() += 1;
    }
    assert!(reviewed.values().all(|count| *count <= 2));
    assert!(reviewed.values().any(|count| *count == 1) && reviewed.values().any(|count| *count == 2));
    for entry in &entries {
        if let Some(mail) = entry.get("email") {
            assert!(mail.ends_with(".example"), "{mail}");
        }
    }
}
