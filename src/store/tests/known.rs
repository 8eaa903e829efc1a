//! The values that a field has already.

use super::support::{add, fresh, shelve};
use super::*;

#[test]
fn the_values_of_a_field_come_by_how_many_records_have_them() {
    let (_folder, mut store) = fresh();
    for (name, owner, tags) in [
        ("A", "mei.lin", "it, core"),
        ("B", "k.brandt", "it"),
        ("C", "k.brandt", ""),
        ("D", "", "冷链"),
        ("E", "gone", "gone"),
    ] {
        add(&mut store, Kind::Vendor, &[("name", name), ("owner", owner), ("tags", tags)]);
    }
    // An owner is one person, whatever it is an owner of.
    for title in ["T", "U"] {
        add(&mut store, Kind::Contract, &[("title", title), ("vendor", "V-0001"), ("owner", "mei.lin")]);
    }
    shelve(&mut store, Ref { kind: Kind::Vendor, id: 5 }, Shelf::Archive);
    assert_eq!(store.known("owner").unwrap(), ["mei.lin", "k.brandt"]);
    assert_eq!(store.known("tags").unwrap(), ["it", "core", "冷链"]);
    assert_eq!(store.known("name").unwrap(), Vec::<String>::new(), "a name is nobody else's");
}
