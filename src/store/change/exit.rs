//! Leaving a contract, as it is written: the case with its steps, and what may never be so of them.
//!
//! What stands against an exit is asked of the records as they are after each write, so that no way
//! leads around it: neither a form, the command line, an import, what is put away, nor what is taken back.

use rusqlite::{OptionalExtension as _, params};

use crate::domain::contract::ContractState;
use crate::domain::exit::{ExitState, ExitStepKind, Standing, StepState, against_closing};
use crate::domain::list::ClosedList;
use crate::domain::vendor::VendorState;
use crate::entity::input::Entered;
use crate::entity::{ExitCase, Kind, Problem, Record, Ref, Value, typed};
use crate::register::deed::Doing;
use crate::register::exit::{self, Opening, open_steps, standing, under_way};
use crate::register::{Edit, Refusal, code_of};
use crate::store::change::{Txn, link_to};
use crate::store::{card, refused};
use crate::texts::{Sentence, Text, text};

impl Txn<'_> {
    /// Opens the exit of a contract: the case, its steps, and its vendor is exiting where no other
    /// contract of theirs is in force. `next` is the contract that follows, if any.
    pub(super) fn open_exit(
        &mut self,
        contract: &Record,
        opening: Opening,
        next: Option<&Record>,
        reason: Option<&str>,
    ) -> Result<(), Refusal> {
        let mut case = opening.case;
        let vendor = contract.get("vendor").as_link();
        let successor = next.and_then(|next| next.get("vendor").as_link());
        let table = Kind::ExitCase.table();
        if let (Some(successor), Some(place)) = (successor, table.field("successor"))
            && vendor.is_some_and(|vendor| vendor.id != successor.id)
        {
            case.push((place, Entered::Value(Value::Link(successor.clone()))));
        }
        let case = self.add(Kind::ExitCase, &case, reason)?;
        let parent = Kind::ExitStep.table().field("exit_case");
        for mut step in opening.steps {
            step.extend(parent.map(|place| (place, Entered::Value(link_to(case)))));
            self.add(Kind::ExitStep, &step, reason)?;
        }
        match vendor.map(|link| Ref { kind: Kind::Vendor, id: link.id }) {
            Some(vendor) => self.vendor_leaves(vendor, contract.at, reason),
            None => Ok(()),
        }
    }

    /// Notes a case that was added: whichever way, it has the thirteen steps.
    pub(super) fn want_steps(&mut self, at: Ref) {
        if at.kind == Kind::ExitCase {
            self.stepless.insert(at);
        }
    }

    /// Gives each case of this act that has no step all of them.
    pub(super) fn seed_steps(&mut self) -> Result<(), Refusal> {
        for at in std::mem::take(&mut self.stepless) {
            let case = match self.record(at) {
                Err(Refusal::Missing(_)) => continue,
                other => other?,
            };
            let contract = case.get("contract").as_link().map(|link| Ref { kind: link.kind, id: link.id });
            let (Some(contract), []) = (contract, self.standings(at)?.as_slice()) else { continue };
            let contract = self.record(contract)?;
            let actor = self.log.actor().to_owned();
            let doing = Doing { today: self.today, actor: &actor };
            let parent = Kind::ExitStep.table().field("exit_case");
            for mut step in exit::opening(&contract, case.get("owner"), doing).steps {
                step.extend(parent.map(|place| (place, Entered::Value(link_to(at)))));
                self.insert(Kind::ExitStep, None, &step)?;
            }
        }
        Ok(())
    }

    /// A vendor whose last contract in force is left is exiting; of one that stays it is said why.
    fn vendor_leaves(&mut self, vendor: Ref, contract: Ref, reason: Option<&str>) -> Result<(), Refusal> {
        let record = self.record(vendor)?;
        let state = VendorState::from_key(record.get("state").as_key());
        let others: i64 = self
            .tx
            .prepare_cached(
                "SELECT count(*) FROM contract WHERE vendor = ? AND state IN (?, ?) AND id <> ? AND archived_at IS NULL",
            )
            .and_then(|mut s| {
                let (signed, in_force) = (ContractState::Signed.key(), ContractState::InForce.key());
                s.query_row(params![vendor.id, signed, in_force, contract.id], |row| row.get(0))
            })
            .map_err(refused)?;
        let stays = others > 0 || state == Some(VendorState::Blacklisted);
        if state == Some(VendorState::Exiting) {
            return Ok(());
        }
        if let Some(state) = state.filter(|_| stays) {
            let says = match others {
                0 => STAYS_SO,
                1 => STAYS_ONE,
                _ => STAYS,
            };
            let says = Sentence::from(says).with("vendor", record.code).with_word("state", state.label());
            self.doubts.push(Problem::new("", says.with("n", others)));
            return Ok(());
        }
        let exiting = Value::Choice(VendorState::Exiting.choice());
        let edit = field_edit(Kind::Vendor, "state", exiting);
        self.update(vendor, &edit, reason, None).map(drop)
    }

    /// Why the exit of a contract cannot be opened beside what there is; `None` where it can.
    pub(super) fn why_no_exit(&self, contract: Ref) -> Result<Option<Sentence>, Refusal> {
        Ok(open_case(&self.tx, contract)?.map(|case| under_way(&code_of(case))))
    }

    /// Fills in what a case and a step have anyway: the vendor of the contract, and today as the day of
    /// what was done or closed.
    pub(super) fn complete_exit(
        &self,
        kind: Kind,
        before: &[Value],
        values: &mut [Value],
    ) -> Result<(), Refusal> {
        let table = kind.table();
        let get = |values: &[Value], key: &str| {
            table.field(key).and_then(|at| values.get(at).cloned()).unwrap_or(Value::Null)
        };
        let (state, day) = match kind {
            Kind::ExitCase => (ExitState::Closed.key(), "closed_on"),
            Kind::ExitStep => (StepState::Done.key(), "done_on"),
            _ => return Ok(()),
        };
        let comes = get(values, "state").as_key() == state && get(before, "state").as_key() != state;
        let today = Value::Date(self.today);
        if let Some(cell) = table.field(day).and_then(|at| values.get_mut(at))
            && comes
            && cell.is_null()
        {
            *cell = today;
        }
        if kind != Kind::ExitCase {
            return Ok(());
        }
        let Value::Link(contract) = get(values, "contract") else { return Ok(()) };
        let contract = self.record(Ref { kind: Kind::Contract, id: contract.id })?;
        let Value::Link(own) = contract.get("vendor").clone() else { return Ok(()) };
        match get(values, "vendor") {
            Value::Link(vendor) if vendor.id == own.id => Ok(()),
            Value::Link(_) if same_link(&get(before, "vendor"), &get(values, "vendor")) => Ok(()),
            Value::Link(_) => {
                let says =
                    Sentence::from(OTHER_VENDOR).with("contract", contract.code).with("vendor", own.code);
                Err(Refusal::Invalid(vec![Problem::new("vendor", says)]))
            }
            _ => {
                if let Some(cell) = table.field("vendor").and_then(|at| values.get_mut(at)) {
                    *cell = Value::Link(own);
                }
                Ok(())
            }
        }
    }

    /// Does what follows for the steps when a case is closed, opened again or withdrawn.
    pub(super) fn follow_exit(
        &mut self,
        before: &Record,
        values: &[Value],
        reason: Option<&str>,
    ) -> Result<(), Refusal> {
        if before.at.kind != Kind::ExitCase {
            return Ok(());
        }
        let Ok(case) = typed::<ExitCase>(values) else { return Ok(()) };
        let was = ExitState::from_key(before.get("state").as_key());
        let Some(state) = case.state.filter(|state| Some(*state) != was) else { return Ok(()) };
        for step in card::linking(&self.tx, Kind::ExitStep, "exit_case", before.at.id)? {
            let record = self.record(step)?;
            let is_closing = record.get("step").as_key() == ExitStepKind::Closing.key();
            let is_open = record.get("state").as_key() == StepState::Open.key();
            let edits = match state {
                ExitState::Closed if is_closing && is_open => {
                    let mut edits =
                        field_edit(Kind::ExitStep, "state", Value::Choice(StepState::Done.choice()));
                    let day = case.closed_on.map_or(Value::Null, Value::Date);
                    edits.extend(field_edit(Kind::ExitStep, "done_on", day));
                    edits
                }
                ExitState::Open if is_closing && !is_open => {
                    let mut edits =
                        field_edit(Kind::ExitStep, "state", Value::Choice(StepState::Open.choice()));
                    edits.extend(field_edit(Kind::ExitStep, "done_on", Value::Null));
                    edits
                }
                ExitState::Withdrawn if is_open => {
                    let why = Value::Text(reason.unwrap_or_default().to_owned());
                    let mut edits =
                        field_edit(Kind::ExitStep, "state", Value::Choice(StepState::NotApplicable.choice()));
                    edits.extend(field_edit(Kind::ExitStep, "why", why));
                    edits
                }
                _ => continue,
            };
            self.update(step, &edits, reason, None)?;
        }
        if state == ExitState::Withdrawn { self.doubt_leaver(values) } else { Ok(()) }
    }

    /// Says that the vendor of a case that was withdrawn is still on its way out.
    fn doubt_leaver(&mut self, values: &[Value]) -> Result<(), Refusal> {
        let place = Kind::ExitCase.table().field("vendor");
        let Some(link) = place.and_then(|at| values.get(at)).and_then(Value::as_link) else { return Ok(()) };
        let vendor = self.record(Ref { kind: Kind::Vendor, id: link.id })?;
        if vendor.get("state").as_key() == VendorState::Exiting.key() {
            let says = Sentence::from(STILL_EXITING).with("vendor", vendor.code);
            self.doubts.push(Problem::new("state", says));
        }
        Ok(())
    }

    /// Notes an exit that a write may have brought into disorder: its case, or the vendor that is out.
    pub(super) fn note_exit(&mut self, at: Ref, values: &[Value]) {
        let cell = |key: &str| at.kind.table().field(key).and_then(|place| values.get(place));
        match at.kind {
            Kind::ExitCase => {
                self.exits.insert(at);
            }
            Kind::ExitStep => {
                let case = cell("exit_case").and_then(Value::as_link);
                self.exits.extend(case.map(|case| Ref { kind: Kind::ExitCase, id: case.id }));
            }
            Kind::Vendor
                if cell("state").is_some_and(|state| state.as_key() == VendorState::Exited.key()) =>
            {
                self.exits.insert(at);
            }
            _ => {}
        }
    }

    /// Refuses what was written where an exit would be in disorder by it.
    pub(super) fn refuse_exit(&mut self) -> Result<(), Refusal> {
        for at in std::mem::take(&mut self.exits) {
            let record = match self.record(at) {
                Err(Refusal::Missing(_)) => continue,
                other => other?,
            };
            if at.kind == Kind::Vendor {
                self.refuse_exited(&record)?;
                self.doubt_running(&record)?;
            } else {
                self.refuse_case(&record)?;
            }
        }
        Ok(())
    }

    /// Says that a vendor who is out has a contract that still runs.
    fn doubt_running(&mut self, vendor: &Record) -> Result<(), Refusal> {
        if vendor.get("state").as_key() != VendorState::Exited.key() {
            return Ok(());
        }
        let running: Option<i64> = self
            .tx
            .prepare_cached(
                "SELECT id FROM contract WHERE vendor = ? AND state = ? AND archived_at IS NULL ORDER BY id LIMIT 1",
            )
            .and_then(|mut s| {
                s.query_row(params![vendor.at.id, ContractState::InForce.key()], |row| row.get(0)).optional()
            })
            .map_err(refused)?;
        if let Some(id) = running {
            let says = Sentence::from(STILL_RUNS).with("vendor", &vendor.code);
            let contract = code_of(Ref { kind: Kind::Contract, id });
            self.doubts.push(Problem::new("state", says.with("contract", contract)));
        }
        Ok(())
    }

    /// No vendor is out while an exit of theirs is under way.
    fn refuse_exited(&self, vendor: &Record) -> Result<(), Refusal> {
        if vendor.get("state").as_key() != VendorState::Exited.key() {
            return Ok(());
        }
        for case in self.cases_of(vendor.at)? {
            let case = self.record(case)?;
            if case.get("state").as_key() == ExitState::Open.key() {
                let open = against_closing(&self.standings(case.at)?);
                let says = if open.is_empty() {
                    Sentence::from(NOT_CLOSED).with("case", case.code)
                } else {
                    open_steps(&case.code, &open)
                };
                return Err(Refusal::Invalid(vec![Problem::new("state", says)]));
            }
        }
        Ok(())
    }

    /// The cases of a vendor: those that name it, and those of its contracts.
    fn cases_of(&self, vendor: Ref) -> Result<Vec<Ref>, Refusal> {
        let ids: Vec<i64> = self
            .tx
            .prepare_cached(
                "SELECT id FROM exit_case WHERE vendor = ?1 UNION SELECT e.id FROM exit_case e \
                 JOIN contract c ON c.id = e.contract WHERE c.vendor = ?1 ORDER BY id",
            )
            .and_then(|mut s| s.query_map([vendor.id], |row| row.get(0))?.collect())
            .map_err(refused)?;
        Ok(ids.into_iter().map(|id| Ref { kind: Kind::ExitCase, id }).collect())
    }

    /// What a case and its steps may never be.
    fn refuse_case(&self, case: &Record) -> Result<(), Refusal> {
        let state = ExitState::from_key(case.get("state").as_key());
        let is_open = state == Some(ExitState::Open);
        let invalid =
            |field: &'static str, says: Sentence| Err(Refusal::Invalid(vec![Problem::new(field, says)]));
        let says = |text: Text| Sentence::from(text).with("case", &case.code);
        if is_open && case.archived_at.is_some() {
            return Err(Refusal::Rule(says(OPEN_PUT_AWAY)));
        }
        if let Some(contract) = case.get("contract").as_link().filter(|_| is_open) {
            let contract = Ref { kind: Kind::Contract, id: contract.id };
            for other in card::children(&self.tx, Kind::ExitCase, "contract", contract.id)? {
                if other.at != case.at && other.get("state").as_key() == ExitState::Open.key() {
                    return invalid("contract", under_way(&other.code));
                }
            }
        }
        let steps = self.standings(case.at)?;
        for (at, step) in steps.iter().enumerate() {
            if steps.iter().skip(at + 1).any(|other| other.step == step.step) {
                return invalid("step", says(TWICE).with_word("step", step.step.label()));
            }
            let is_done = step.step == ExitStepKind::Closing && step.state == StepState::Done;
            if is_open && is_done {
                return invalid("state", says(CLOSE_THE_CASE));
            }
        }
        if is_open && self.has_open_put_away(case.at)? {
            return Err(Refusal::Rule(says(STEP_PUT_AWAY)));
        }
        let open = against_closing(&steps);
        if state == Some(ExitState::Closed) && !open.is_empty() {
            return invalid("state", open_steps(&case.code, &open));
        }
        let vendor = case.get("vendor").as_link().map(|link| Ref { kind: Kind::Vendor, id: link.id });
        let is_out = |vendor: &Record| vendor.get("state").as_key() == VendorState::Exited.key();
        match vendor.map(|vendor| self.record(vendor)).transpose()?.filter(|vendor| is_open && is_out(vendor))
        {
            Some(vendor) => invalid("state", says(VENDOR_OUT).with("vendor", vendor.code)),
            None => Ok(()),
        }
    }

    /// How the steps of a case stand, put away or not.
    fn standings(&self, case: Ref) -> Result<Vec<Standing>, Refusal> {
        let steps = card::linking(&self.tx, Kind::ExitStep, "exit_case", case.id)?;
        let steps = steps.into_iter().map(|at| Ok(standing(&self.record(at)?)));
        steps.filter_map(Result::transpose).collect()
    }

    fn has_open_put_away(&self, case: Ref) -> Result<bool, Refusal> {
        self.tx
            .prepare_cached(
                "SELECT 1 FROM exit_step WHERE exit_case = ? AND state = ? AND archived_at IS NOT NULL",
            )
            .and_then(|mut s| s.exists(params![case.id, StepState::Open.key()]))
            .map_err(refused)
    }
}

/// The exit case of a contract that is open, if there is one.
pub(in crate::store) fn open_case(
    conn: &rusqlite::Connection,
    contract: Ref,
) -> Result<Option<Ref>, Refusal> {
    let found = card::children(conn, Kind::ExitCase, "contract", contract.id)?;
    let is_open = |case: &Record| case.get("state").as_key() == ExitState::Open.key();
    Ok(found.into_iter().find(is_open).map(|case| case.at))
}

fn same_link(a: &Value, b: &Value) -> bool {
    a.as_link().zip(b.as_link()).is_some_and(|(a, b)| (a.kind, a.id) == (b.kind, b.id))
}

fn field_edit(kind: Kind, key: &str, value: Value) -> Vec<Edit> {
    let place = kind.table().field(key);
    place.map(|field| Edit { field, seen: None, new: Entered::Value(value) }).into_iter().collect()
}

const STAYS: Text = text(
    "{vendor} stays {state}: {n} other contracts of theirs are signed or in force.",
    "{vendor} 保持“{state}”：另有 {n} 份合同已签署或履行中。",
);
const STAYS_ONE: Text = text(
    "{vendor} stays {state}: {n} other contract of theirs is signed or in force.",
    "{vendor} 保持“{state}”：另有 {n} 份合同已签署或履行中。",
);
const STAYS_SO: Text = text("{vendor} stays {state}.", "{vendor} 保持“{state}”。");
const OTHER_VENDOR: Text = text(
    "{contract} is a contract with {vendor}; leave the vendor blank.",
    "{contract} 的供应商是 {vendor}，此栏可留空。",
);
const STILL_EXITING: Text = text(
    "{vendor} is still Exiting: where they stay, make it Active again, with the reason.",
    "{vendor} 仍为“退出中”：如继续合作，请写明理由改回“合作中”。",
);
const STILL_RUNS: Text = text(
    "{vendor} is out, and {contract} is in force still: record its end once it is over.",
    "{vendor} 已退出，而 {contract} 仍在履行中：到期后请登记终止。",
);
const NOT_CLOSED: Text = text(
    "{case} is not closed yet: record its settlement and what became of the data, and close it.",
    "{case} 尚未结案：请登记结算与数据处置后结案。",
);
const OPEN_PUT_AWAY: Text = text(
    "{case} is under way: close it, or withdraw it with the reason, before it is put away.",
    "{case} 正在进行中：请先结案，或写明理由撤回，再归档。",
);
const STEP_PUT_AWAY: Text = text(
    "A step of {case} is open: say that it is not applicable, and why, instead of putting it away.",
    "{case} 的步骤尚未完成：如不适用，请注明理由，勿归档。",
);
const TWICE: Text = text("{case} has the step “{step}” already.", "{case} 已有步骤“{step}”。");
const CLOSE_THE_CASE: Text = text(
    "This step is done by closing {case}, with its settlement and what became of the data.",
    "此步骤随 {case} 结案完成，请登记结算与数据处置后结案。",
);
const VENDOR_OUT: Text = text(
    "{vendor} is Exited: take it back to Exiting first, {case} is not settled so.",
    "{vendor} 已退出：{case} 尚未办结，请先将其改回“退出中”。",
);
