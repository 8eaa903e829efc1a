//! How lists are shown: their columns, and views, which are a filter, an order, columns and
//! groups under one name. Some are there from the start, others a user's own.
//!
//! Plain data and what is worked out of it; `file` is how it is written down.

use std::collections::BTreeMap;

use crate::entity::{Align, Column, Head, Kind, Order, Shape, Table};
use crate::texts::{Lang, Text, text};

pub use columns::{Columns, Placed, Shown, arrange, least_width};

mod columns;
pub mod file;

/// Everything a user chose about how lists are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Views {
    /// By kind of record.
    pub kinds: BTreeMap<Kind, OfKind>,
}

/// What a user chose about the lists of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfKind {
    /// The name of the view its list starts in.
    pub start: Option<String>,
    /// How the list was left.
    pub last: Left,
    /// Views of the user's own, in the order they were saved.
    pub own: Vec<View>,
}

impl OfKind {
    /// What is given to others: the views alone.
    #[must_use]
    pub fn to_give(&self) -> Self {
        Self { own: self.own.clone(), ..Self::default() }
    }
}

/// How a list was left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Left {
    /// Its order; `None` for that of its kind.
    pub order: Option<Order>,
    /// Its columns.
    pub columns: Columns,
    /// Whether its rows stand under headings.
    pub grouped: bool,
    /// Whether it is shown as a timeline.
    pub timeline: bool,
}

/// A filter, an order and columns under one name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// What it is called.
    pub name: String,
    /// The filter, as it is typed.
    pub filter: String,
    /// The order; `None` for that of its kind.
    pub order: Option<Order>,
    /// The columns.
    pub columns: Columns,
    /// Whether rows stand under headings.
    pub grouped: bool,
    /// Whether it is shown as a timeline.
    pub timeline: bool,
}

/// A view that is there from the start.
#[derive(Debug)]
pub struct BuiltIn {
    /// The kind of its records.
    pub kind: Kind,
    /// What it is called.
    pub name: Text,
    filter: &'static str,
    order: &'static str,
    as_: As,
}

/// How the records of a view are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    Table,
    Groups,
    Timeline,
}

const fn view(kind: Kind, name: Text, filter: &'static str, order: &'static str) -> BuiltIn {
    BuiltIn { kind, name, filter, order, as_: As::Table }
}

const fn grouped(kind: Kind, name: Text, filter: &'static str, order: &'static str) -> BuiltIn {
    BuiltIn { kind, name, filter, order, as_: As::Groups }
}

const fn timeline(kind: Kind, name: Text, filter: &'static str, order: &'static str) -> BuiltIn {
    BuiltIn { kind, name, filter, order, as_: As::Timeline }
}

/// The views that are there from the start.
#[rustfmt::skip]
pub const BUILT_IN: &[BuiltIn] = &[
    view(Kind::Vendor, text("Active", "合作中"), "state:active,watch", "name"),
    view(Kind::Vendor, text("No review yet", "尚无考核"), "state:active,watch score:none", "name"),
    view(Kind::Vendor, text("High risk", "高风险"), "risk:>=high", "-risk,name"),
    view(Kind::Vendor, text("Score falls", "得分下降"), "chg:<0", "change,name"),
    grouped(Kind::Vendor, text("By tier", "按层级"), "state:active,watch", "tier,-score"),
    timeline(Kind::Contract, text("Renewals", "续约"), "", "act_by"),
    view(Kind::Contract, text("In force", "履行中"), "state:in_force", "last_day,number"),
    view(Kind::Contract, text("Renewals next 90 days", "90 天内到期"), "state:in_force ends:<90d", "last_day,number"),
    view(Kind::Contract, text("Act within 90 days", "90 天内须行动"), "act_by:<90d", "act_by,number"),
    view(Kind::Contract, text("Lapsed", "到期未决"), "badge:lapsed", "last_day,number"),
    view(Kind::Contract, text("Largest in force", "履行中的大额合同"), "state:in_force", "-value,number"),
    grouped(Kind::Contract, text("By state", "按状态"), "!state:cancelled", "state,last_day"),
    view(Kind::Review, text("Not settled", "未完成"), "!state:acknowledged,locked", "due_on"),
    view(Kind::Review, text("Below 70", "低于 70 分"), "total:<70", "total"),
    view(Kind::Risk, text("Open, high and severe", "未关闭的高风险"), "level:>=high !state:closed", ""),
    view(Kind::Action, text("Not done", "未完成"), "!state:done,dropped", ""),
    view(Kind::Deliverable, text("Not accepted", "未验收"), "!state:met", ""),
    view(Kind::ChangeRequest, text("Not decided", "待决定"), "state:requested,assessed", ""),
    view(Kind::Breach, text("Not closed", "未了结"), "!state:closed", ""),
    view(Kind::Report, text("Not in", "未交"), "state:due,returned", ""),
    view(Kind::Clause, text("Missing", "缺少"), "state:missing", ""),
    view(Kind::ServiceLevel, text("Missed", "未达标"), "outcome:missed", ""),
    view(Kind::Measurement, text("Missed", "未达标"), "outcome:missed", ""),
    view(Kind::ExitCase, text("Under way", "进行中"), "state:open", ""),
    view(Kind::ExitStep, text("Not done", "未完成"), "state:open", "due_on"),
    view(Kind::Invoice, text("Not settled", "未结清"), "!standing:paid,withdrawn", ""),
    view(Kind::Invoice, text("To approve", "待审批"), "standing:received", ""),
];

impl BuiltIn {
    /// The view, in the words of a language.
    #[must_use]
    pub fn view(&self, lang: Lang) -> View {
        let order = Some(self.order).filter(|order| !order.is_empty());
        let order = order.and_then(|order| Order::read(self.kind.table(), order).ok());
        View {
            name: self.name.in_(lang).to_owned(),
            filter: self.filter.to_owned(),
            order,
            columns: Columns::default(),
            grouped: self.as_ == As::Groups,
            timeline: self.as_ == As::Timeline,
        }
    }

    /// Whether it is called so in either language.
    fn is_called(&self, name: &str) -> bool {
        let is = |lang: Lang| self.name.in_(lang).to_lowercase() == name.to_lowercase();
        Lang::ALL.into_iter().any(is)
    }
}

impl Views {
    /// The views of a kind: those that are there from the start, then the user's own.
    #[must_use]
    pub fn of(&self, kind: Kind, lang: Lang) -> Vec<View> {
        let built_in = BUILT_IN.iter().filter(|view| view.kind == kind);
        // One's own view in the place of another is under its name.
        let built_in =
            built_in.map(|view| view.view(lang)).filter(|view| self.own(kind, &view.name).is_none());
        let own = self.kinds.get(&kind).into_iter().flat_map(|of| of.own.iter().cloned());
        built_in.chain(own).collect()
    }

    /// The view of a kind with this name, in either language and whatever the case.
    #[must_use]
    pub fn named(&self, kind: Kind, name: &str, lang: Lang) -> Option<View> {
        let own = self.own(kind, name).cloned();
        own.or_else(|| {
            let view = BUILT_IN.iter().find(|view| view.kind == kind && view.is_called(name))?;
            Some(view.view(lang))
        })
    }

    fn own(&self, kind: Kind, name: &str) -> Option<&View> {
        let name = name.to_lowercase();
        self.kinds.get(&kind)?.own.iter().find(|view| view.name.to_lowercase() == name)
    }

    /// The view that the list of a kind starts in.
    #[must_use]
    pub fn start(&self, kind: Kind, lang: Lang) -> Option<View> {
        self.named(kind, self.kinds.get(&kind)?.start.as_deref()?, lang)
    }

    /// The columns of the lists of a kind.
    #[must_use]
    pub fn columns(&self, kind: Kind) -> Columns {
        self.kinds.get(&kind).map(|of| of.last.columns.clone()).unwrap_or_default()
    }

    /// What a user chose about a kind, to be changed.
    pub fn of_mut(&mut self, kind: Kind) -> &mut OfKind {
        self.kinds.entry(kind).or_default()
    }

    /// Saves a view under its name, in the place of one of that name.
    pub fn save(&mut self, kind: Kind, view: View) {
        let own = &mut self.of_mut(kind).own;
        let name = view.name.to_lowercase();
        match own.iter_mut().find(|known| known.name.to_lowercase() == name) {
            Some(known) => *known = view,
            None => own.push(view),
        }
    }

    /// Takes in the views of a file. How many there are.
    pub fn take(&mut self, others: &Self) -> usize {
        let mut taken = 0;
        for (kind, of) in &others.kinds {
            for view in &of.own {
                self.save(*kind, view.clone());
                taken += 1;
            }
        }
        taken
    }
}

/// The width a column has where nobody chose one, in cells: that of its table, else what its values
/// and its label take.
#[must_use]
pub fn usual_width(table: &Table, column: Column) -> u16 {
    let head = table.head(column);
    if head.width > 0 {
        return head.width;
    }
    let label = |head: &Head| {
        let wide = head.label.zh.chars().count() * 2;
        u16::try_from(head.label.en.chars().count().max(wide)).unwrap_or(12)
    };
    let value = match head.shape {
        Shape::Long => 30,
        Shape::Line | Shape::List | Shape::Link(_) => 18,
        Shape::Money | Shape::Date => 10,
        Shape::Choice(_) | Shape::Choices(_) => 12,
        _ => 6,
    };
    // Beside the label there is room for the sign of the order.
    let least = label(&head) + u16::from(head.shape.align() == Align::Right);
    least.clamp(value, value.max(20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::{Currency, MoneyRules};
    use crate::entity::filter;
    use crate::entity::input::Reading;

    #[test]
    fn the_views_that_are_there_are_read_whole() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 7, 26).unwrap();
        let reading = Reading { today, money: MoneyRules::of_base(Currency::CNY) };
        for built_in in BUILT_IN {
            let table = built_in.kind.table();
            let view = built_in.view(Lang::En);
            let filter = filter::read(table, &view.filter, &reading);
            assert_eq!(filter.problem(table), None, "{}", view.name);
            assert!(!filter.asked().is_empty() || view.timeline, "{}", view.name);
            assert_eq!(view.order.is_some(), !built_in.order.is_empty(), "{}: {}", view.name, built_in.order);
        }
    }

    #[test]
    fn a_view_goes_by_its_name_and_ones_own_comes_first() {
        let mut views = Views::default();
        let named =
            |views: &Views, name: &str| views.named(Kind::Vendor, name, Lang::En).map(|view| view.filter);
        assert_eq!(named(&views, "high RISK").as_deref(), Some("risk:>=high"));
        assert_eq!(named(&views, "高风险").as_deref(), Some("risk:>=high"));
        assert_eq!(named(&views, "In force"), None, "of another kind");
        let mine = View { name: "High risk".to_owned(), filter: "risk:severe".to_owned(), ..View::default() };
        views.save(Kind::Vendor, mine.clone());
        views.save(Kind::Vendor, mine);
        assert_eq!(named(&views, "high risk").as_deref(), Some("risk:severe"));
        let all = views.of(Kind::Vendor, Lang::En);
        assert_eq!(all.iter().filter(|view| view.name == "High risk").count(), 1);
        let mut others = Views::default();
        assert_eq!((others.take(&views), others.of(Kind::Vendor, Lang::En)), (1, all));
    }
}
