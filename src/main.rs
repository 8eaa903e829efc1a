//! The program.
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let today = vendeck::shell::clock::today();
    let opening = vendeck::store::Opening { path: path.into(), access: vendeck::store::Access::Write, actor: "me".into(), today, clock: vendeck::shell::clock::instant, currency: vendeck::domain::money::Currency::CNY };
    if !opening.path.exists() {
        let mut store = vendeck::store::Store::open(&opening).unwrap();
        let mut txn = store.begin(vendeck::register::Act::Found).unwrap();
        let d = vendeck::demo::defaults().unwrap();
        for e in vendeck::demo::entries(today).unwrap() { if d.iter().any(|x| x.code == e.code) { continue } txn.enter(&e).unwrap(); }
        txn.commit().unwrap();
    }
    let lang = if std::env::var("ZH").is_ok() { vendeck::texts::Lang::Zh } else { vendeck::texts::Lang::En };
    let r = vendeck::shell::runtime::run(&vendeck::shell::runtime::Start { opening, lang, theme: None, throwaway: false });
    println!("{r:?}");
}
