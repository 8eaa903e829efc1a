//! The timeline at every width: what stands below each other does, and what is said is true.

use ratatui::buffer::Buffer;

use super::*;
use crate::app::geometry::Size;
use crate::app::list::ListKey;
use crate::app::look::{Glyphs, Look};
use crate::app::state::{Place, Setup};
use crate::domain::contract::{ContractState, Renewal};
use crate::domain::money::{Currency, Money};
use crate::entity::{Column, Link, Ref};
use crate::register::Page;
use crate::ui::theme::{Depth, Theme};
use crate::wrap::Breadth;

fn day(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

/// A contract of which the cells with these keys are known.
fn row(id: i64, page: &Page, known: &[(&str, Value)]) -> Row {
    let table = Kind::Contract.table();
    let cell = |column: &Column| {
        let key = table.head(*column).key;
        known.iter().find(|(of, _)| *of == key).map_or(Value::Null, |(_, value)| value.clone())
    };
    let cells = table.columns.iter().chain(&page.extra).map(cell).collect();
    Row { at: Ref { kind: Kind::Contract, id }, code: format!("C-{id:04}"), version: 1, cells }
}

fn state(size: Size, lang: Lang, glyphs: Option<Glyphs>) -> State {
    let look = Look { glyphs, told: Some(Breadth::One), ..Look::default() };
    let mut state = State::new(Setup { lang, look, size, ..Setup::sample() });
    let key = ListKey { kind: Kind::Contract, scope: None };
    state.go(Place::List(key), &mut Vec::new());
    let today = state.today;
    let table = Kind::Contract.table();
    let mut page = Page { extra: crate::app::timeline::wanted(table).collect(), ..Page::default() };
    let vendor = |name: &str| {
        let at = Ref { kind: Kind::Vendor, id: 1 };
        Value::Link(Link { kind: at.kind, id: at.id, code: "V-0001".to_owned(), label: name.to_owned() })
    };
    let auto = ("renewal", Value::Choice(Renewal::Auto.choice()));
    let in_force = ("state", Value::Choice(ContractState::InForce.choice()));
    let value = ("value", Value::Money(Money { minor: 390_000_000, currency: Currency::CNY }));
    let name = ("vendor", vendor("腾云数据科技（广州）有限公司 Tengyun Data Technology"));
    let title = ("title", Value::Text("主云托管服务框架协议 Primary cloud hosting framework".to_owned()));
    let of = |id, act: &str, last: &str, page: &Page| {
        let number = ("number", Value::Text(format!("CLD-{id}-合同编号很长")));
        let known = [
            number,
            name.clone(),
            title.clone(),
            value.clone(),
            auto.clone(),
            in_force.clone(),
            ("act_by", day(act)),
            ("last_day", day(last)),
        ];
        row(id, page, &known)
    };
    page.rows = vec![
        of(1, "2026-07-21", "2026-08-31", &page),
        of(2, "2026-07-31", "2026-09-30", &page),
        of(3, "2026-10-09", "2026-12-31", &page),
        of(4, "2031-01-31", "2031-06-30", &page),
    ];
    let evergreen = ("renewal", Value::Choice(Renewal::Evergreen.choice()));
    page.rows.push(row(5, &page, &[name.clone(), evergreen, in_force.clone()]));
    let ended = ("state", Value::Choice(ContractState::Ended.choice()));
    page.rows.push(row(6, &page, &[name.clone(), ended.clone(), ("last_day", day("2020-01-31"))]));
    page.rows.push(row(7, &page, &[name.clone(), in_force.clone()]));
    // Decided to renew: there is nothing to send, and it goes on behind this day.
    page.rows.push(row(8, &page, &[name, auto, in_force, ("last_day", day("2026-09-30"))]));
    page.total = Some(8);
    let list = state.list_mut(key);
    list.turn_timeline(today);
    (list.loaded, list.at, list.row, list.page) = (true, Some(2), 1, page);
    state
}

fn drawn(state: &State) -> Vec<String> {
    let area = Rect::new(0, 0, state.size.width, state.size.height);
    let mut buf = Buffer::empty(area);
    crate::ui::draw(state, &Theme::of(&state.look, Depth::Mono), &mut buf);
    // One character for each cell: the right half of a wide one is a blank.
    let cell = |x, y| buf[(x, y)].symbol().chars().next().unwrap_or(' ');
    (0..area.height).map(|y| (0..area.width).map(|x| cell(x, y)).collect()).collect()
}

/// The cells of a line from one on.
fn from(line: &str, x: u16) -> String {
    line.chars().skip(usize::from(x)).collect::<String>().trim_end().to_owned()
}

#[test]
fn at_every_width_and_in_both_languages_bars_stand_below_their_months() {
    for lang in [Lang::En, Lang::Zh] {
        for width in 40..=200 {
            let state = state(Size { width, height: 35 }, lang, Some(Glyphs::Ascii));
            let lines = drawn(&state);
            let plan = plan(width, state.size.record_lines(), Cell::Vendor);
            let head = usize::from(2 + state.size.list_head()) - 1;
            let july = MONTHS[6].in_(lang);
            assert!(from(&lines[head], plan.months).starts_with(july), "{width}: {}", lines[head]);
            let bars: Vec<String> = lines[head + 1..]
                .iter()
                .map(|line| from(line, plan.months))
                .filter(|bar| bar.starts_with('#'))
                .collect();
            assert_eq!(bars[0], "###-----]", "{width}: {lines:#?}");
            assert_eq!(bars[1], "####--------]");
            let whole = "#".repeat(usize::from(plan.cells));
            assert_eq!(bars[3..5], [whole.clone(), whole.clone()], "{width}: {lines:#?}");
            assert_eq!(bars[5], whole, "nothing is too late where it is decided to renew");
            if plan.lines == 1 {
                // Nothing of a name runs into the months.
                let marked = lines[head + 1..].iter().filter(|line| from(line, plan.months).starts_with('#'));
                for line in marked {
                    assert_eq!(line.chars().nth(usize::from(plan.months) - 1), Some(' '), "{width}: {line}");
                }
            }
        }
    }
}

#[test]
fn what_has_no_bar_says_why() {
    let state = state(Size { width: 120, height: 35 }, Lang::En, None);
    let lines = drawn(&state);
    let months = plan(120, 1, Cell::Vendor).months;
    let of = |word: &str| lines.iter().position(|line| line.contains(word)).unwrap();
    let never = of("NOTHING TO DECIDE");
    assert!(of("LATE OR NOW") < of("NEXT 90 DAYS") && of("NEXT 90 DAYS") < of("LATER"));
    assert!(lines[never + 1].contains("any day  ▰▰"), "{}", lines[never + 1]);
    assert_eq!(from(&lines[never + 2], months), "◂ Ended", "{lines:#?}");
    assert_eq!(from(&lines[never + 3], months), "no end is known");
    let decided = &lines[never + 4];
    assert!(!decided.contains("any day") && !decided.contains('▱') && !decided.contains('┃'), "{decided}");
    assert!(lines[of("LATE OR NOW") + 1].contains("late 5d  ▰▰▰▱▱▱▱▱┃"));
    assert!(lines[of("LATER") + 1].contains("4y  ▰"), "{}", lines[of("LATER") + 1]);
    assert!(lines.iter().any(|line| line.contains("C-0005")), "where there is no number, the code");
}

#[test]
fn today_is_marked_above_its_cell_and_its_side_is_told() {
    let mut state = state(Size { width: 120, height: 35 }, Lang::En, None);
    let months = plan(120, 1, Cell::Vendor).months;
    assert!(from(&drawn(&state)[3], months).starts_with("   ▾ today"), "26 July is in its last quarter");
    crate::app::timeline::scroll(&mut state, 2);
    let lines = drawn(&state);
    assert_eq!(lines[3].chars().nth(usize::from(months) - 1), Some('◂'), "{}", lines[3]);
    assert!(from(&lines[2], months).starts_with("2026"), "the year of the first month");
    crate::app::timeline::scroll(&mut state, -14);
    let lines = drawn(&state);
    assert!(
        lines[3].trim_end().ends_with('▸') && from(&lines[2], months).starts_with("2025"),
        "{}",
        lines[3]
    );
}
