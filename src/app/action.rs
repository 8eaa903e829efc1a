//! Every action of the user once: its word, what it says of itself, where it belongs.
//!
//! Help, hints, the command line and the key map read this table. An action is a name; what it
//! does is decided by the reducers.

use crate::domain::deed::Deed;
use crate::texts::{Text, text};

pub use table::ACTIONS;

mod table;

/// What a user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each action is described by its row of the table below")]
pub enum Action {
    Open,
    Back,
    Edit,
    Add,
    Archive,
    Erase,
    ShowArchived,
    EditNotes,
    Tag,
    Assign,
    Mark,
    MarkRange,
    MarkAll,
    Explain,
    Bridge,
    Rank,
    SideBySide,
    NextClass,
    NextTier,
    NextOwner,
    Clauses,
    Levels,
    Money,
    Deeds,
    OpenReviews,
    Fill,
    Decide,
    Do(Deed),
    Snooze,
    Acknowledge,
    Snoozed,
    Tick,
    NotApplicable,
    Exited,
    Copy,
    Export,
    OpenFile,
    Problems,
    Settings,
    Sort,
    Reverse,
    SortLeft,
    SortRight,
    Group,
    Columns,
    Views,
    Timeline,
    ScrollLeft,
    ScrollRight,
    GoVendor,
    GoContracts,
    GoReviews,
    GoRisks,
    GoExits,
    GoHistory,
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    First,
    Last,
    NextPanel,
    PrevPanel,
    Filter,
    NextHit,
    PrevHit,
    TrailBack,
    TrailForward,
    Tab1,
    Tab2,
    Tab3,
    Tab4,
    Tab5,
    FindAnything,
    Command,
    Help,
    Undo,
    Redo,
    Messages,
    GoToDay,
    Differ,
    Refresh,
    Redraw,
    Mask,
    Mouse,
    Suspend,
    Close,
    Quit,
    NextField,
    PrevField,
    Save,
    ResetField,
    ClearField,
    TakeTheirs,
    KeepMine,
    OpenEditor,
    LeaveForm,
    PrevWord,
    NextWord,
    ToggleWord,
    KeepFilter,
    ClearFilter,
    NextScope,
    PrevScope,
    CopyContact,
    Choose,
    ThrowAway,
    BringBack,
    Run,
    Earlier,
    Later,
    Rebind,
    Toggle,
    MoveUp,
    MoveDown,
    Wider,
    Narrower,
    Freeze,
    OwnColumns,
    SaveView,
    RenameView,
    DropView,
    StartView,
    LeaveOut,
    ClausePresent,
    ClauseMissing,
    ClauseApart,
    ClauseUnseen,
    ClauseArticle,
    Measure,
    Present,
    Rate(u8),
    TypeValue,
    Unmeasure,
    LeaveCriterion,
    Jot,
    NextVendor,
    PrevVendor,
    JotNote,
    JotAsk,
    JotDecision,
    JotPresent,
    WhatIf,
    Lighter,
    Heavier,
    Sealed,
    Reveal,
    Minutes,
    CloseMeeting,
    Left,
    Right,
    Accept,
    Take,
    PrevPeriod,
    NextPeriod,
    PeriodKind,
    Dismiss,
}

/// Where help lists an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What one does with this screen.
    Here,
    /// What one does with a contract.
    Contract,
    /// What one does with a review.
    Review,
    /// Moving about.
    Move,
    /// What works everywhere.
    Anywhere,
    /// What works only inside something that is open: a form, a filter, Find, a menu. No command.
    Inside,
}

/// One row of the table of actions.
#[derive(Debug)]
pub struct Spec {
    /// The action.
    pub action: Action,
    /// Its word on the command line of the program and in the key map.
    pub word: &'static str,
    /// What it does, in few words.
    pub says: Text,
    /// Where help lists it.
    pub group: Group,
    /// The hint of the footer, where it has one.
    pub hint: Option<Text>,
    /// More about it, for help.
    pub tells: Option<Text>,
    /// The same from the shell; `{kind}` and `{code}` stand for the record under the cursor. Empty
    /// where there is no such thing.
    pub twin: &'static str,
}

const fn row(action: Action, word: &'static str, group: Group, says: Text) -> Spec {
    Spec { action, word, says, group, hint: None, tells: None, twin: "" }
}

const fn hinted(action: Action, word: &'static str, group: Group, says: Text, hint: Text) -> Spec {
    Spec { hint: Some(hint), ..row(action, word, group, says) }
}

impl Spec {
    const fn tells(self, english: &'static str, chinese: &'static str) -> Self {
        Self { tells: Some(text(english, chinese)), ..self }
    }

    const fn twin(self, twin: &'static str) -> Self {
        Self { twin, ..self }
    }
}

impl Action {
    /// The row of this action.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        static NONE: Spec = row(Action::Back, "", Group::Anywhere, text("", ""));
        ACTIONS.iter().find(|spec| spec.action == self).unwrap_or(&NONE)
    }

    /// The action with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        ACTIONS.iter().find(|spec| spec.word == word).map(|spec| spec.action)
    }
}
