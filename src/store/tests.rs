//! The register as a whole: writing, reading, undo, pages.

use super::*;
use crate::entity::input::Entered;
use crate::register::*;
use crate::store::open::Opening;

fn clock() -> String {
    "2026-07-26T08:00:00Z".to_owned()
}

pub(super) fn opening(dir: &std::path::Path) -> Opening {
    Opening {
        path: dir.join("r.db"),
        access: Access::Write,
        actor: "mei.lin".to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap(),
        clock,
        currency: Currency::CNY,
    }
}

#[test]
fn demo_goes_in_and_checks_clean() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&opening(dir.path())).unwrap();
    let today = store.today();
    let t = std::time::Instant::now();
    let mut txn = store.begin(Act::Found).unwrap();
    for entry in crate::demo::entries(today).unwrap() {
        if entry.code.starts_with("ST-") {
            continue;
        }
        if crate::demo::defaults().unwrap().iter().any(|d| d.code == entry.code) {
            continue;
        }
        txn.enter(&entry).unwrap_or_else(|e| panic!("{entry:?}: {e:?}"));
    }
    txn.commit().unwrap();
    println!("demo {:?}", t.elapsed());
    let findings = store.check().unwrap();
    assert_eq!(
        findings.iter().filter(|f| f.severity == crate::store::check::Severity::Error).collect::<Vec<_>>(),
        Vec::<&crate::store::check::Finding>::new()
    );
    println!("{:#?}", store.overview().unwrap());
    for f in findings {
        println!("{} {} {}", f.code, f.field, f.sentence.in_(crate::texts::Lang::En));
    }
    for q in ["tysj", "腾云", "华"] {
        println!(
            "{q}: {:?}",
            store
                .find(q, crate::register::ask::KINDS)
                .unwrap()
                .iter()
                .map(|f| (f.code.clone(), f.title.clone()))
                .collect::<Vec<_>>()
        );
    }
}
