//! The table of invoices: what was billed for which months, and how far it is.

use chrono::NaiveDate;

use crate::domain::cost::{FeeKind, InvoiceState, Standing};
use crate::domain::day::Span;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::INVOICE_MOVES;
use crate::domain::period::Period;
use crate::entity::cost_line::business_days;
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// What a vendor billed; that it is paid follows from its payments.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Invoice {
    pub number: String,
    pub contract: Option<Link>,
    pub cost_line: Option<Link>,
    pub change_request: Option<Link>,
    pub kind: Option<FeeKind>,
    pub period: Option<Period>,
    pub amount: Option<Money>,
    pub received_on: Option<NaiveDate>,
    pub pay_within: Option<Span>,
    pub due_on: Option<NaiveDate>,
    pub state: Option<InvoiceState>,
    pub approved_on: Option<NaiveDate>,
    pub approved_by: String,
    pub dispute: String,
    pub notes: String,
}

impl Default for Invoice {
    fn default() -> Self {
        Self {
            number: String::new(),
            contract: None,
            cost_line: None,
            change_request: None,
            kind: None,
            period: None,
            amount: None,
            received_on: None,
            pay_within: None,
            due_on: None,
            state: Some(InvoiceState::Received),
            approved_on: None,
            approved_by: String::new(),
            dispute: String::new(),
            notes: String::new(),
        }
    }
}

impl Entity for Invoice {
    const KIND: Kind = Kind::Invoice;
    const NAMES: Names = Names {
        word: "invoice",
        plural: "invoices",
        prefix: "I",
        one: text("Invoice", "发票"),
        many: text("Invoices", "发票"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("number", text("Number", "发票号码"), Shape::Line, |r: &Self| r.number.show(), |r, v| r.number.put(v))
            .required().column(16, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 4).card(),
        field("cost_line", text("Cost line", "费用项"), Shape::Link(Kind::CostLine), |r: &Self| r.cost_line.show(), |r, v| r.cost_line.put(v))
            .card().hint(text("a fee where blank", "留空则计为服务费")),
        field("change_request", text("Change request", "变更申请"), Shape::Link(Kind::ChangeRequest), |r: &Self| r.change_request.show(), |r, v| r.change_request.put(v))
            .card().hint(text("where it bills a change", "为变更开具时填写")),
        field("kind", text("Kind", "费用类别"), Shape::Choice(FeeKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v))
            .card().hint(text("that of its cost line where blank", "留空则同费用项")),
        field("period", text("Period", "期间"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v))
            .column(8, 5).card(),
        field("amount", text("Amount", "金额"), Shape::Money, |r: &Self| r.amount.show(), |r, v| r.amount.put(v))
            .required().column(11, 2).card().hint(text("negative for a credit note", "红字发票填负数")),
        field("received_on", text("Received", "收到日期"), Shape::Date, |r: &Self| r.received_on.show(), |r, v| r.received_on.put(v))
            .card().group(text("Time to pay", "付款时间")),
        field("pay_within", text("Pay within", "付款期限"), Shape::Span, |r: &Self| r.pay_within.show(), |r, v| r.pay_within.put(v))
            .card().hint(text("30d; that of its cost line where blank", "如 30d，留空则同费用项")),
        field("due_on", text("Due as stated", "票面到期日"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .card().hint(text("holds before the days to pay", "优先于付款期限")),
        field("state", text("State", "状态"), Shape::Choice(InvoiceState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(10, 8).group(text("Approval", "审批")),
        field("approved_on", text("Approved", "批准日期"), Shape::Date, |r: &Self| r.approved_on.show(), |r, v| r.approved_on.put(v))
            .card(),
        field("approved_by", text("Approved by", "批准人"), Shape::Line, |r: &Self| r.approved_by.show(), |r, v| r.approved_by.put(v))
            .repeats().card(),
        field("dispute", text("Disputed for", "争议原因"), Shape::Line, |r: &Self| r.dispute.show(), |r, v| r.dispute.put(v))
            .card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("pay_by", text("Pay by", "付款到期"), Shape::Date)
            .column(10, 2)
            .sortable(Blanks::High)
            .card(),
        derived("paid", text("Paid", "已付"), Shape::Money).card(),
        derived("open", text("Open", "未付"), Shape::Money).column(11, 3).card(),
        derived("standing", text("Standing", "进度"), Shape::Choice(Standing::CHOICES)).column(12, 3).chip(),
    ];
    const ORDER: (&'static str, Direction) = ("pay_by", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["number", "contract", "period", "amount", "open", "pay_by", "standing"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: INVOICE_MOVES });

    fn label(&self) -> String {
        self.number.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.period.is_none() && self.received_on.is_none() {
            problems.push(Problem::new("period", NO_TIME));
        }
        if self.state == Some(InvoiceState::Disputed) && self.dispute.is_empty() {
            problems.push(Problem::new("dispute", NO_REASON));
        }
        if self.cost_line.is_some() && self.change_request.is_some() {
            problems.push(Problem::new("change_request", ONE_OF_BOTH));
        }
        if self.received_on.zip(self.approved_on).is_some_and(|(came, approved)| approved < came) {
            problems.push(Problem::new("approved_on", BEFORE_IT_CAME));
        }
        problems.extend(business_days(self.pay_within));
        problems
    }
}

const NO_TIME: Text = text(
    "Say which months it bills, such as 2026-07, or when it was received.",
    "请填写所属期间（如 2026-07），或收到日期。",
);
const NO_REASON: Text = text("Say why it is disputed.", "请填写争议原因。");
const ONE_OF_BOTH: Text = text(
    "It bills a cost line or a change request, not both. Clear one of the two.",
    "发票只能对应费用项或变更申请之一，请清空其一。",
);
const BEFORE_IT_CAME: Text =
    text("It cannot be approved before it was received.", "批准日期不能早于收到日期。");
