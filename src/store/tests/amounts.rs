//! The greatest amounts, and what they come to.

use super::support::*;
use super::*;
use crate::domain::money::Money;
use crate::limits::MONEY_MINOR;

/// Adds contracts in force that cost the greatest amount a year, in one act.
fn add_greatest(store: &mut Store, many: usize) -> Result<Saved, Refusal> {
    let words = [
        ("vendor", "V-0001"),
        ("title", "Work"),
        ("state", "in_force"),
        ("starts_on", "2026-01-01"),
        ("term", "12m"),
        ("value", "CNY 100万亿"),
    ];
    let step = Step::Insert { kind: Kind::Contract, fields: typed_in(Kind::Contract, &words), reason: None };
    store.apply(&Change { act: Act::Import, steps: vec![step; many] })
}

#[test]
fn the_greatest_amounts_add_up() {
    let (_dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    add_greatest(&mut store, 1).unwrap();
    add_greatest(&mut store, 1).unwrap();
    let both = Money { minor: 2 * MONEY_MINOR, currency: Currency::CNY };
    let overview = store.overview(1).unwrap();
    assert_eq!(overview.committed, [both]);
    assert_eq!(overview.ends.iter().filter_map(|month| month.annual).collect::<Vec<_>>(), [both]);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_sum_beyond_the_register_is_refused_in_words_and_nothing_is_lost() {
    let (_dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let most = usize::try_from(i64::MAX / MONEY_MINOR).unwrap();
    assert!(most > 900);
    let first = add_greatest(&mut store, most).unwrap().records[0];
    let before = store.history(1).unwrap();
    for many in [1, 1_000] {
        let refusal = add_greatest(&mut store, many).unwrap_err();
        assert!(matches!(refusal, Refusal::Rule(_)), "{refusal:?}");
        assert!(sentences(&refusal)[0].contains("CNY"), "{refusal:?}");
        assert_eq!(store.history(1).unwrap(), before);
    }
    shelve(&mut store, first, Shelf::Archive);
    add_greatest(&mut store, 1).unwrap();
    assert_eq!(errors(&store), NONE);
}
