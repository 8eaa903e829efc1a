//! The kinds of record: their numbers, which are part of the register's files, and the table of each.
//!
//! The one place that goes from a kind to its record type.

use std::sync::LazyLock;

use crate::entity::{
    Acknowledgement, Action, AgendaItem, Breach, Calendar, ChangeRequest, Clause, Consequence, Contact,
    Contract, CostLine, Deliverable, DeliveryMonth, ExitCase, ExitStep, File, Improvement, Interaction,
    Invoice, Kpi, Measurement, Meeting, Payment, Rate, RaterScore, Report, Review, ReviewPlan, ReviewRow,
    Risk, Service, ServiceLevel, Setting, Survey, Template, TemplateRow, Vendor,
};
use crate::entity::{Meta, Shape, Table};
use crate::texts::Text;

/// A kind of record. The number of a variant is part of the register's files: never change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A company that works for us or may.
    Vendor = 0,
    /// A person at a vendor.
    Contact = 1,
    /// What is outsourced.
    Service = 2,
    /// An agreement with a vendor.
    Contract = 3,
    /// A measure of performance.
    Kpi = 4,
    /// A scorecard template in one revision.
    Template = 5,
    /// A measure in a template with its weight.
    TemplateRow = 6,
    /// The review of one vendor for one period.
    Review = 7,
    /// One measure of a review.
    ReviewRow = 8,
    /// What may go wrong.
    Risk = 9,
    /// What somebody promised to do.
    Action = 10,
    /// A contact with a vendor that took place.
    Interaction = 11,
    /// A setting of the register.
    Setting = 12,
    /// A reference to a document or a link.
    File = 13,
    /// What a vendor is to hand over under a contract.
    Deliverable = 14,
    /// A wish to change a contract.
    ChangeRequest = 15,
    /// A duty under a contract that was not kept, or what the parties disagree on.
    Breach = 16,
    /// A report that a vendor owes under a contract.
    Report = 17,
    /// What was found of a type of clause in a contract.
    Clause = 18,
    /// What a vendor promised to keep to under a contract.
    ServiceLevel = 19,
    /// What a service level came to in one period.
    Measurement = 20,
    /// The leaving of a contract.
    ExitCase = 21,
    /// One step of leaving a contract.
    ExitStep = 22,
    /// What is due and was seen.
    Acknowledgement = 23,
    /// What one fee, or another cost of a contract, comes to.
    CostLine = 24,
    /// What a vendor billed.
    Invoice = 25,
    /// What was paid of an invoice.
    Payment = 26,
    /// What a currency is worth from a day on.
    Rate = 27,
    /// Which days are worked.
    Calendar = 28,
    /// Whose reviews come back, and how often.
    ReviewPlan = 29,
    /// What the users of a service answered.
    Survey = 30,
    /// What one rater gave for a row of a review.
    RaterScore = 31,
    /// What is to become better.
    Improvement = 32,
    /// What a result led to.
    Consequence = 33,
    /// A meeting that walks through reviews.
    Meeting = 34,
    /// A review on the agenda of a meeting.
    AgendaItem = 35,
    /// How many deliveries of a month came in time.
    DeliveryMonth = 36,
}

impl Kind {
    /// Every kind, parents before children.
    pub const ALL: &'static [Self] = &[
        Self::Vendor,
        Self::Contact,
        Self::Contract,
        Self::Service,
        Self::Kpi,
        Self::Template,
        Self::TemplateRow,
        Self::ReviewPlan,
        Self::Review,
        Self::ReviewRow,
        Self::RaterScore,
        Self::Survey,
        Self::Improvement,
        Self::Risk,
        Self::Meeting,
        Self::AgendaItem,
        Self::DeliveryMonth,
        Self::Action,
        Self::Consequence,
        Self::Interaction,
        Self::Deliverable,
        Self::ChangeRequest,
        Self::Breach,
        Self::Report,
        Self::ServiceLevel,
        Self::Measurement,
        Self::ExitCase,
        Self::ExitStep,
        Self::Clause,
        Self::Acknowledgement,
        Self::CostLine,
        Self::Invoice,
        Self::Payment,
        Self::Rate,
        Self::File,
        Self::Calendar,
        Self::Setting,
    ];

    /// What so many of its records are called.
    #[must_use]
    pub fn counted(self, count: i64) -> Text {
        let table = self.table();
        if count == 1 { table.one } else { table.many }
    }

    /// The table of this kind.
    #[must_use]
    pub fn table(self) -> &'static Table {
        static TABLES: LazyLock<[Table; 37]> = LazyLock::new(|| {
            [
                Table::of::<Vendor>(),
                Table::of::<Contact>(),
                Table::of::<Service>(),
                Table::of::<Contract>(),
                Table::of::<Kpi>(),
                Table::of::<Template>(),
                Table::of::<TemplateRow>(),
                Table::of::<Review>(),
                Table::of::<ReviewRow>(),
                Table::of::<Risk>(),
                Table::of::<Action>(),
                Table::of::<Interaction>(),
                Table::of::<Setting>(),
                Table::of::<File>(),
                Table::of::<Deliverable>(),
                Table::of::<ChangeRequest>(),
                Table::of::<Breach>(),
                Table::of::<Report>(),
                Table::of::<Clause>(),
                Table::of::<ServiceLevel>(),
                Table::of::<Measurement>(),
                Table::of::<ExitCase>(),
                Table::of::<ExitStep>(),
                Table::of::<Acknowledgement>(),
                Table::of::<CostLine>(),
                Table::of::<Invoice>(),
                Table::of::<Payment>(),
                Table::of::<Rate>(),
                Table::of::<Calendar>(),
                Table::of::<ReviewPlan>(),
                Table::of::<Survey>(),
                Table::of::<RaterScore>(),
                Table::of::<Improvement>(),
                Table::of::<Consequence>(),
                Table::of::<Meeting>(),
                Table::of::<AgendaItem>(),
                Table::of::<DeliveryMonth>(),
            ]
        });
        #[expect(clippy::indexing_slicing, reason = "a test holds the table's order against the numbers")]
        &TABLES[self as usize]
    }

    /// The kind with this number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as i64 == number)
    }

    /// The kind with this word, singular or plural.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.table().word == word || kind.table().plural == word)
    }

    /// The kind whose codes start like this one, such as `V-0031`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (prefix, number) = code.split_once('-')?;
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Self::ALL.iter().copied().find(|kind| kind.table().prefix.eq_ignore_ascii_case(prefix))
    }

    /// The kinds that belong to records of this kind.
    pub fn children(self) -> impl Iterator<Item = (Self, usize)> {
        Self::linking(self, |meta| meta.parent)
    }

    /// The kinds with a field that links to this kind, and the place of that field; a kind with
    /// several such fields comes once for each.
    pub fn related(self) -> impl Iterator<Item = (Self, usize)> {
        Self::linking(self, |_| true)
    }

    fn linking(self, want: fn(&Meta) -> bool) -> impl Iterator<Item = (Self, usize)> {
        Self::ALL.iter().copied().flat_map(move |kind| {
            let fields = kind.table().fields.iter().enumerate();
            let links = fields.filter(move |(_, meta)| meta.shape == Shape::Link(self) && want(meta));
            links.map(move |(at, _)| (kind, at))
        })
    }
}
