//! What a contract costs: what is planned by month, what was billed, what is to come, and what all of it
//! makes over the term.
//!
//! Amounts are whole minor units; exchange rates are exact decimals. This module must never touch floating
//! point, never make up a rate, and never round twice: each share of a month is rounded once, half away
//! from zero, and every sum is a sum of such shares, so that rows and columns agree to the minor unit.

mod bill;
mod book;
mod part;
mod plan;
mod rate;

pub use bill::{Bill, Months, Standing, standing};
pub use book::{Book, Facts, Gap, KindSum, LayerSum, Month, Other, last_day};
pub use part::{Figures, Of, Part, Row, Share};
pub use plan::Item;
pub use rate::{Rate, Rates};

use crate::closed_list;
use crate::domain::action::Side;

closed_list! {
    /// What a cost line is part of: the layers of total cost of ownership that are planned, and the cost of
    /// doing the work in-house, which the rest is held against.
    Layer {
        Fee = "fee", Plain, "Fee", "服务费";
        Transition = "transition", Plain, "Transition", "过渡";
        Governance = "governance", Plain, "Governance", "管理投入";
        Rework = "rework", Attention, "Rework", "返工";
        Exit = "exit", Plain, "Exit", "退出";
        Baseline = "baseline", Plain, "In-house baseline", "自营基准";
    }
}

impl Layer {
    /// Whose cost it is where that is not said: governance and what the work would cost in-house are one's
    /// own, all else is billed by the vendor.
    #[must_use]
    pub const fn usual_side(self) -> Side {
        match self {
            Self::Governance | Self::Baseline => Side::Ours,
            Self::Fee | Self::Transition | Self::Rework | Self::Exit => Side::Theirs,
        }
    }
}

closed_list! {
    /// The layers of total cost of ownership (the seven of knowledgelib.io; governance after seed text 4,
    /// line 40, which calls it underestimated more than any other).
    TcoLayer {
        Fee = "fee", Plain, "Fees", "服务费";
        Transition = "transition", Plain, "Transition", "过渡";
        Governance = "governance", Plain, "Governance", "管理投入";
        Change = "change", Plain, "Changes", "变更";
        Rework = "rework", Plain, "Rework", "返工";
        Penalty = "penalty", Plain, "Penalties", "违约金";
        Exit = "exit", Plain, "Exit", "退出";
    }
}

impl TcoLayer {
    /// The layer of a cost line; none for what the rest is held against.
    #[must_use]
    pub const fn of(layer: Layer) -> Option<Self> {
        Some(match layer {
            Layer::Fee => Self::Fee,
            Layer::Transition => Self::Transition,
            Layer::Governance => Self::Governance,
            Layer::Rework => Self::Rework,
            Layer::Exit => Self::Exit,
            Layer::Baseline => return None,
        })
    }
}

closed_list! {
    /// The kinds of fee (seed text 2, line 758).
    FeeKind {
        Labour = "labour", Plain, "Labour", "人工";
        Equipment = "equipment", Plain, "Equipment", "设备";
        Management = "management", Plain, "Management", "管理费";
        Other = "other", Plain, "Other", "其他";
    }
}

closed_list! {
    /// How a fee is counted.
    FeeModel {
        Fixed = "fixed", Plain, "Fixed", "固定";
        TimeAndMaterial = "time_and_material", Plain, "Time and material", "工时";
        Unit = "unit", Plain, "By unit", "按量";
    }
}

closed_list! {
    /// How often a fee falls due.
    Cycle {
        Once = "once", Plain, "Once", "一次性";
        Month = "month", Plain, "Monthly", "每月";
        Quarter = "quarter", Plain, "Quarterly", "每季";
        Half = "half", Plain, "Half-yearly", "每半年";
        Year = "year", Plain, "Yearly", "每年";
    }
}

impl Cycle {
    /// How many months it has; none where it does not come again.
    #[must_use]
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Once => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Half => Some(6),
            Self::Year => Some(12),
        }
    }
}

closed_list! {
    /// How far an invoice is. That it is paid is never entered: it follows from its payments.
    InvoiceState {
        Received = "received", Attention, "Received", "已收到";
        Approved = "approved", Good, "Approved", "已批准";
        Disputed = "disputed", Bad, "Disputed", "有争议";
        Withdrawn = "withdrawn", Plain, "Withdrawn", "已撤回";
    }
}

#[cfg(test)]
mod tests;
