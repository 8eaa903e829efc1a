//! Every action of the user once: its word, what it says of itself, where it belongs.
//!
//! Help, hints, the command line and the key map read this table. An action is a name; what it
//! does is decided by the reducers.

use crate::texts::{Text, text};

/// What a user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each action is described by its row of the table below")]
pub enum Action {
    Open,
    Back,
    Edit,
    Add,
    Archive,
    EditNotes,
    Copy,
    Sort,
    Reverse,
    SortLeft,
    SortRight,
    GoVendor,
    GoContracts,
    GoReviews,
    GoRisks,
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
    Refresh,
    Redraw,
    Suspend,
    Close,
    Quit,
    NextField,
    PrevField,
    Save,
    ResetField,
    OpenEditor,
    LeaveForm,
    PrevWord,
    NextWord,
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
    Dismiss,
}

/// Where help lists an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What one does with this screen.
    Here,
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
}

const fn row(action: Action, word: &'static str, group: Group, says: Text) -> Spec {
    Spec { action, word, says, group, hint: None }
}

const fn hinted(action: Action, word: &'static str, group: Group, says: Text, hint: Text) -> Spec {
    Spec { action, word, says, group, hint: Some(hint) }
}

/// The table of actions.
pub const ACTIONS: &[Spec] = &[
    hinted(Action::Open, "open", Group::Here, text("open", "打开"), text("open", "打开")),
    row(Action::Back, "back", Group::Move, text("out, to where you went in", "返回上一级")),
    hinted(Action::Edit, "edit", Group::Here, text("edit", "编辑"), text("edit", "编辑")),
    hinted(Action::Add, "add", Group::Here, text("add", "新增"), text("add", "新增")),
    row(
        Action::Archive,
        "archive",
        Group::Here,
        text("archive or restore (u undoes)", "归档或恢复（u 撤销）"),
    ),
    row(Action::EditNotes, "notes", Group::Here, text("notes in $EDITOR", "用 $EDITOR 编辑备注")),
    hinted(Action::Copy, "copy", Group::Here, text("copy the row", "复制"), text("copy", "复制")),
    hinted(Action::Sort, "sort", Group::Here, text("sort menu", "排序菜单"), text("sort", "排序")),
    row(Action::Reverse, "reverse", Group::Here, text("reverse the order", "反转顺序")),
    row(Action::SortLeft, "sort-left", Group::Here, text("sort by the column to the left", "按左侧列排序")),
    row(
        Action::SortRight,
        "sort-right",
        Group::Here,
        text("sort by the column to the right", "按右侧列排序"),
    ),
    row(Action::GoVendor, "go-vendor", Group::Here, text("go to its vendor", "转到供应商")),
    row(Action::GoContracts, "go-contracts", Group::Here, text("go to its contracts", "转到合同")),
    row(Action::GoReviews, "go-reviews", Group::Here, text("go to its reviews", "转到考核")),
    row(Action::GoRisks, "go-risks", Group::Here, text("go to its risks", "转到风险")),
    row(Action::GoHistory, "history", Group::Here, text("change history", "变更历史")),
    row(Action::Down, "down", Group::Move, text("down", "下移")),
    row(Action::Up, "up", Group::Move, text("up", "上移")),
    row(Action::HalfDown, "half-down", Group::Move, text("half a page down", "下半页")),
    row(Action::HalfUp, "half-up", Group::Move, text("half a page up", "上半页")),
    hinted(
        Action::PageDown,
        "page-down",
        Group::Move,
        text("a page down", "下一页"),
        text("page down", "下一页"),
    ),
    hinted(Action::PageUp, "page-up", Group::Move, text("a page up", "上一页"), text("page up", "上一页")),
    row(Action::First, "first", Group::Move, text("first", "第一条")),
    row(Action::Last, "last", Group::Move, text("last", "最后一条")),
    row(Action::NextPanel, "next-panel", Group::Move, text("next panel or tab", "下一个面板或标签页")),
    row(Action::PrevPanel, "prev-panel", Group::Move, text("previous panel or tab", "上一个面板或标签页")),
    hinted(
        Action::Filter,
        "filter",
        Group::Move,
        text("filter this list", "筛选本列表"),
        text("filter", "筛选"),
    ),
    row(Action::NextHit, "next", Group::Move, text("next hit", "下一个匹配")),
    row(Action::PrevHit, "previous", Group::Move, text("previous hit", "上一个匹配")),
    row(Action::TrailBack, "trail-back", Group::Move, text("back to where you were", "后退")),
    row(Action::TrailForward, "trail-forward", Group::Move, text("forward again", "前进")),
    row(Action::Tab1, "overview", Group::Move, text("Overview", "总览")),
    row(Action::Tab2, "vendors", Group::Move, text("Vendors", "供应商")),
    row(Action::Tab3, "contracts", Group::Move, text("Contracts", "合同")),
    row(Action::Tab4, "reviews", Group::Move, text("Reviews", "考核")),
    row(Action::Tab5, "risks", Group::Move, text("Risks", "风险")),
    hinted(
        Action::FindAnything,
        "find",
        Group::Anywhere,
        text("find anything", "查找一切"),
        text("find anything", "查找一切"),
    ),
    row(Action::Command, "command", Group::Anywhere, text("command line", "命令行")),
    hinted(Action::Help, "help", Group::Anywhere, text("help", "帮助"), text("help", "帮助")),
    row(Action::Undo, "undo", Group::Anywhere, text("undo your last change", "撤销上次更改")),
    row(Action::Redo, "redo", Group::Anywhere, text("redo", "重做")),
    row(Action::Refresh, "refresh", Group::Anywhere, text("refresh now", "立即刷新")),
    row(Action::Redraw, "redraw", Group::Anywhere, text("redraw the screen", "重绘屏幕")),
    row(Action::Suspend, "suspend", Group::Anywhere, text("suspend", "挂起")),
    row(Action::Close, "close", Group::Anywhere, text("close; twice quits", "关闭；两次退出")),
    row(Action::Quit, "quit", Group::Anywhere, text("quit at once", "立即退出")),
    hinted(
        Action::NextField,
        "next-field",
        Group::Inside,
        text("next field", "下一项"),
        text("next", "下一项"),
    ),
    row(Action::PrevField, "prev-field", Group::Inside, text("previous field", "上一项")),
    hinted(Action::Save, "save", Group::Inside, text("save", "保存"), text("save", "保存")),
    hinted(
        Action::ResetField,
        "reset-field",
        Group::Inside,
        text("reset the field", "还原此项"),
        text("reset field", "还原此项"),
    ),
    hinted(
        Action::OpenEditor,
        "editor",
        Group::Inside,
        text("long text in $EDITOR", "用 $EDITOR 编辑"),
        text("$EDITOR", "$EDITOR"),
    ),
    hinted(
        Action::LeaveForm,
        "leave",
        Group::Inside,
        text("keep the draft and close", "保留草稿并关闭"),
        text("keep draft", "保留草稿"),
    ),
    row(Action::PrevWord, "prev-word", Group::Inside, text("previous choice", "上一个选项")),
    hinted(
        Action::NextWord,
        "next-word",
        Group::Inside,
        text("next choice", "下一个选项"),
        text("next choice", "下一个选项"),
    ),
    hinted(
        Action::KeepFilter,
        "keep-filter",
        Group::Inside,
        text("keep the filter", "保留筛选"),
        text("keep the filter", "保留筛选"),
    ),
    hinted(
        Action::ClearFilter,
        "clear-filter",
        Group::Inside,
        text("clear the filter", "清除筛选"),
        text("clear it", "清除"),
    ),
    hinted(
        Action::NextScope,
        "next-scope",
        Group::Inside,
        text("next scope", "下一个范围"),
        text("scope", "范围"),
    ),
    row(Action::PrevScope, "prev-scope", Group::Inside, text("previous scope", "上一个范围")),
    hinted(
        Action::CopyContact,
        "copy-contact",
        Group::Inside,
        text("copy who to call", "复制联系方式"),
        text("copy", "复制"),
    ),
    hinted(Action::Choose, "choose", Group::Inside, text("choose", "选择"), text("choose", "选择")),
    hinted(
        Action::ThrowAway,
        "throw-away",
        Group::Inside,
        text("throw the draft away", "丢弃草稿"),
        text("throw away", "丢弃"),
    ),
    hinted(
        Action::BringBack,
        "bring-back",
        Group::Inside,
        text("bring it back", "恢复草稿"),
        text("bring back", "恢复"),
    ),
    row(Action::Run, "run", Group::Inside, text("run the command", "执行命令")),
    row(Action::Earlier, "earlier", Group::Inside, text("an earlier command", "上一条命令")),
    row(Action::Later, "later", Group::Inside, text("a later command", "下一条命令")),
    hinted(Action::Dismiss, "dismiss", Group::Inside, text("close", "关闭"), text("close", "关闭")),
];

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
