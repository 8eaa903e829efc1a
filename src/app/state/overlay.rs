//! What lies over the screen: the palette, the command line, the keys, a menu.

use crate::app::bulk::{Confirm, MisfitsPane};
use crate::app::clauses::ClausesPane;
use crate::app::columns::ColumnsPane;
use crate::app::command::CommandLine;
use crate::app::copy::Part;
use crate::app::erasing::Erasing;
use crate::app::explain::ExplainedPane;
use crate::app::finder::Finder;
use crate::app::form::offer::Offer;
use crate::app::help::Help;
use crate::app::levels::LevelsPane;
use crate::app::money::MoneyPane;
use crate::app::problems::Problems;
use crate::app::proposal::ProposalPane;
use crate::app::settings::Settings;
use crate::app::standing::StandingPane;
use crate::app::views::ViewsPane;
use crate::app::welcome::Welcome;
use crate::domain::deed::Deed;
use crate::entity::{Column, Kind, Ref};
use crate::register::export::Format;
use crate::register::meeting::Convening;
use crate::texts::{Sentence, Text};

/// What lies over the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Find anything.
    Find(Finder),
    /// The command line.
    Command(CommandLine),
    /// Every action there is.
    Help(Help),
    /// A choice among a few.
    Menu(Menu),
    /// The drafts that earlier runs left.
    Drafts(Offer),
    /// What a check of the register found.
    Problems(Problems),
    /// The question before a person's data is erased.
    Erase(Erasing),
    /// The settings.
    Settings(Settings),
    /// The question of the first start.
    Welcome(Welcome),
    /// A text that no way leads to the clipboard, to be selected by hand.
    Shown(String),
    /// Whether an act on many records shall be done.
    Confirm(Confirm),
    /// The records of an act that cannot.
    Misfits(MisfitsPane),
    /// How the dates of a record come about.
    Explained(ExplainedPane),
    /// The clauses of a contract.
    Clauses(Box<ClausesPane>),
    /// The service levels of a contract.
    Levels(Box<LevelsPane>),
    /// The money of a contract.
    Money(Box<MoneyPane>),
    /// What the house proposes.
    Proposal(Box<ProposalPane>),
    /// A ranking or a comparison of vendors.
    Standing(Box<StandingPane>),
    /// The columns of a list.
    Columns(ColumnsPane),
    /// The views of a list.
    Views(ViewsPane),
}

/// A choice among a few.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// What is chosen.
    pub title: Text,
    /// What there is.
    pub items: Vec<MenuItem>,
    /// The one under the cursor.
    pub cursor: usize,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct MenuItem {
    /// What it is called.
    pub label: Sentence,
    /// What it does.
    pub does: MenuDoes,
    /// Why it cannot be done; `None` where it can.
    pub off: Option<Sentence>,
}

/// What a choice does.
#[derive(Debug, Clone, PartialEq)]
pub enum MenuDoes {
    /// Orders the list.
    SortBy(Column),
    /// Copies a part of the record under the cursor.
    Copy(Part),
    /// Asks for the name of a file to write the list to.
    Export(Format),
    /// Opens the form of what one does with the contract under the cursor.
    Deed(Deed),
    /// Takes up a meeting.
    TakeUp(Ref),
    /// Opens a new meeting.
    Convene(Box<Convening>),
    /// Opens a form for a new record, with this record linked.
    Add(Kind, Option<Ref>),
}
