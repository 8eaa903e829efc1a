//! Two programs on one register, each pressed at random: nothing is ever done to a record that is not
//! the one on the screen, and nothing is written over what its operator was not shown.

use std::collections::VecDeque;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use vendeck::app::geometry::Size;
use vendeck::app::key::sequence;
use vendeck::app::keymap::Keymap;
use vendeck::app::look::Look;
use vendeck::app::state::{Place, Setup, State};
use vendeck::app::{Effect, Msg, update};
use vendeck::domain::money::Currency;
use vendeck::domain::zone::Zone;
use vendeck::entity::{Ref, Value, show};
use vendeck::register::{Bulk, Change, Step, Write, code_of};
use vendeck::store::worker::answer;
use vendeck::store::{Access, Opening, Store};
use vendeck::texts::Lang;
use vendeck::ui;
use vendeck::ui::theme::{Depth, Theme};

use crate::support::{Desk, Dice, TODAY, rounds};

/// One operator at a program without a terminal and without threads.
struct Seat {
    store: Store,
    state: State,
    /// Whether the other has written and this program does not know yet.
    behind: bool,
    /// Every screen since the open form was opened.
    seen: Vec<String>,
    /// What was written.
    writes: usize,
}

impl Seat {
    fn take(path: &Path, actor: &str) -> Self {
        let opening = Opening {
            path: path.to_path_buf(),
            access: Access::Write,
            actor: actor.to_owned(),
            today: TODAY.parse().unwrap(),
            clock: || "2026-07-26T08:00:00.000Z".to_owned(),
            currency: Currency::CNY,
        };
        let state = State::new(Setup {
            today: opening.today,
            zone: Zone::default(),
            lang: Lang::En,
            look: Look::default(),
            size: Size { width: 120, height: 35 },
            user: actor.to_owned(),
            register: "r.db".to_owned(),
            read_only: false,
            base_currency: Currency::CNY,
            drafts: Vec::new(),
            keymap: Keymap::default(),
            board: vendeck::app::board::Board::default(),
            views: vendeck::app::view::Views::default(),
            personal: Vec::new(),
        });
        let store = Store::open(&opening).unwrap();
        let mut seat = Self { store, state, behind: false, seen: Vec::new(), writes: 0 };
        let mut wanted = Vec::new();
        seat.state.go(Place::Overview, &mut wanted);
        seat.fulfil(wanted);
        seat
    }

    /// Presses keys; whether anything was written.
    fn press(&mut self, keys: &str) -> bool {
        let before = self.writes;
        for key in sequence(keys).unwrap() {
            self.tell(Msg::Key(key));
        }
        self.writes != before
    }

    fn tell(&mut self, msg: Msg) {
        let had_form = self.state.form.is_some();
        let screen = self.screen();
        let wanted = update(&mut self.state, msg);
        for effect in &wanted {
            if let Effect::Write(_, Write::Apply(change)) = effect {
                self.aims_right(change, &screen);
            }
            if let Effect::Write(_, Write::Bulk(bulk)) = effect {
                self.counts_right(bulk, &screen);
            }
        }
        self.fulfil(wanted);
        if !had_form {
            self.seen.clear();
        }
        self.seen.push(self.screen());
    }

    /// Whether each record of a change is the one on the screen: by its code, or in the row under the
    /// cursor by a name it has or had, as another may have changed that a moment ago.
    fn aims_right(&self, change: &Change, screen: &str) {
        for step in &change.steps {
            if let Step::Update { at, .. } | Step::Shelve { at, .. } = step {
                let names = self.names(*at);
                let is_here = |row: &str| row.contains('❯') && names.iter().any(|name| row.contains(name));
                let shown = screen.contains(&code_of(*at)) || screen.lines().any(is_here);
                assert!(shown, "{at:?} {names:?} is written, but not under the cursor\n{screen}");
            }
        }
    }

    /// Whoever acts on many sees how many they are, or the one under the cursor.
    fn counts_right(&self, bulk: &Bulk, screen: &str) {
        let marked = format!("{} marked", bulk.ids.len());
        let is_here = self.state.selected().is_some_and(|at| bulk.ids == [at.id]);
        assert!(screen.contains(&marked) || is_here, "{bulk:?}\n{screen}");
    }

    /// The first letters of every name, title and number a record ever had.
    fn names(&self, at: Ref) -> Vec<String> {
        let events = self.store.history_of(at).unwrap();
        let changes = events.iter().flat_map(|event| &event.fields);
        let named = changes.filter(|change| matches!(change.key.as_str(), "name" | "title" | "number"));
        let names = named.flat_map(|change| [&change.before, &change.after]).filter_map(|name| name.as_str());
        names.map(|name| name.chars().take(12).collect()).collect()
    }

    fn fulfil(&mut self, wanted: Vec<Effect>) {
        let mut wanted = VecDeque::from(wanted);
        while let Some(effect) = wanted.pop_front() {
            let msg = match effect {
                Effect::Read(_, ticket, request) => {
                    let answer =
                        answer(&self.store, &request).unwrap_or_else(vendeck::register::Answer::Refused);
                    Msg::Answered(ticket, answer)
                }
                Effect::Write(ticket, write) => {
                    self.writes += 1;
                    match write {
                        Write::Apply(change) => {
                            let before = self.values(&change);
                            let result = self.store.apply(&change);
                            if result.is_ok() {
                                self.was_shown(&before);
                            }
                            Msg::Written(ticket, result)
                        }
                        Write::Accept(wish, chosen) => Msg::Written(ticket, self.store.accept(wish, &chosen)),
                        Write::Bulk(bulk) => {
                            let result = self.store.bulk(&bulk, &mut |_| {});
                            Msg::Written(ticket, result)
                        }
                        Write::Undo => Msg::Reverted(ticket, self.store.undo()),
                        Write::Redo => Msg::Reverted(ticket, self.store.redo()),
                        Write::UndoAct(act) => Msg::Reverted(ticket, self.store.undo_act(act)),
                        Write::Set { key, value, seen } => {
                            Msg::Written(ticket, self.store.set_over(key, &value, Some(&seen)))
                        }
                        Write::Erase(at) => Msg::Erased(ticket, self.store.erase(at, &[]).map(Box::new)),
                        Write::Convene(wanted) => Msg::Written(ticket, self.store.convene(&wanted)),
                        Write::NewDay(_) | Write::Desk(..) => continue,
                    }
                }
                _ => continue,
            };
            wanted.extend(update(&mut self.state, msg));
        }
    }

    /// What the fields of a change hold before it.
    fn values(&self, change: &Change) -> Vec<(Ref, &'static str, Value)> {
        let mut all = Vec::new();
        for step in &change.steps {
            let Step::Update { at, edits, .. } = step else { continue };
            let Ok(record) = self.store.record(*at) else { continue };
            for edit in edits {
                let key = record.table().fields[edit.field].key;
                all.push((*at, key, record.values[edit.field].clone()));
            }
        }
        all
    }

    /// Whether the operator saw what he wrote over.
    fn was_shown(&self, before: &[(Ref, &'static str, Value)]) {
        for (at, key, value) in before {
            let told: String = show::full(value, Lang::En).chars().take(12).collect();
            let shown = self.seen.iter().any(|screen| screen.contains(&told));
            assert!(shown, "{key} of {} was {told}, which was never on the screen", code_of(*at));
        }
    }

    fn screen(&self) -> String {
        let area = Rect::new(0, 0, self.state.size.width, self.state.size.height);
        let mut buffer = Buffer::empty(area);
        ui::draw(&self.state, &Theme::of(&self.state.look, Depth::Mono), &mut buffer);
        let rows =
            (0..area.height).map(|y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>());
        rows.collect::<Vec<_>>().join("\n")
    }
}

const BROWSE: &[&str] = &[
    "j",
    "k",
    "j",
    "j",
    "G",
    "g g",
    "Enter",
    "Esc",
    "e",
    "e",
    "e",
    "e",
    "d",
    "u",
    "Ctrl-R",
    "Space",
    "Space",
    "v",
    "*",
    ": t a g Space + x , - y Enter",
    ": a s s i g n Space w Enter",
    "2",
    "2",
    "3",
    "H",
    "g h",
    "g c",
    "/",
    "Tab",
    ": a r c h i v e d Enter",
    ": o p e n Enter",
];
const FORM: &[&str] = &[
    "TEXT",
    "TEXT",
    "TEXT",
    "Tab",
    "Tab",
    "Shift-Tab",
    "Ctrl-S",
    "Ctrl-S",
    "Ctrl-O",
    "Ctrl-Y",
    "Ctrl-X",
    "Esc",
];
const FILTER: &[&str] = &["w", "1", "Esc", "Enter"];

#[test]
fn two_programs_do_nothing_to_a_wrong_record_and_overwrite_nothing_unseen() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let register = path.to_str().unwrap();
    for n in 0..6 {
        desk.ok(["--db", register, "vendor", "add", "--name", &format!("v{n}")]);
        let vendor = format!("V-000{}", n % 3 + 1);
        desk.ok(["--db", register, "contract", "add", "--vendor", &vendor, "--title", &format!("c{n}")]);
    }
    let mut seats = [Seat::take(&path, "mei.lin"), Seat::take(&path, "wang.fang")];
    let mut dice = Dice(7);
    for step in 0..rounds(800, 10_000) {
        let who = dice.of(2);
        if seats[who].behind && dice.of(3) == 0 {
            seats[who].behind = false;
            seats[who].tell(Msg::Changed);
        }
        let of = |list: &[&str], dice: &mut Dice| list[dice.of(list.len())].to_owned();
        let keys = match &seats[who].state {
            state if state.form.is_some() => of(FORM, &mut dice),
            state if state.is_filtering() => of(FILTER, &mut dice),
            _ => of(BROWSE, &mut dice),
        };
        let keys = if keys == "TEXT" {
            format!("w{step}").chars().map(String::from).collect::<Vec<_>>().join(" ")
        } else {
            keys
        };
        if seats[who].press(&keys) {
            seats[1 - who].behind = true;
            seats[who].tell(Msg::Changed);
        }
    }
    let writes: usize = seats.iter().map(|seat| seat.writes).sum();
    assert!(writes * 20 > rounds(800, 10_000), "only {writes} writes: the keys lead nowhere");
    drop(seats);
    // What the keys typed may want a look, but nothing may be wrong.
    let (found, _) = desk.json(["--db", register, "check"]);
    let wrong = found.as_array().unwrap().iter().find(|finding| finding["severity"] != "warning");
    assert_eq!(wrong, None);
}
