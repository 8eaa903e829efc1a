//! The table of actions.

use super::Action as A;
use super::Group::{Anywhere, Contract, Here, Inside, Move, Review};
use super::{Spec, hinted, row};
use crate::domain::deed::Deed;
use crate::texts::{Text, text};

const fn deed(deed: Deed, word: &'static str, says: Text) -> Spec {
    row(A::Do(deed), word, Contract, says).twin("vendeck contract do {code} ACTION --FIELD VALUE")
}

const fn of_review(deed: Deed, word: &'static str, says: Text) -> Spec {
    row(A::Do(deed), word, Review, says)
}

const fn rate(rating: u8, word: &'static str, says: Text) -> Spec {
    hinted(A::Rate(rating), word, Inside, says, text("score", "评分"))
}

/// The table of actions, in the order in which help lists them.
pub const ACTIONS: &[Spec] = &[
    hinted(A::Open, "open", Here, text("open", "打开"), text("open", "打开"))
        .tells("Goes into the record; on its own page it edits.", "进入该记录；在记录页上即为编辑。")
        .twin("vendeck show {code}"),
    hinted(A::Edit, "edit", Here, text("edit", "编辑"), text("edit", "编辑"))
        .tells("Opens its form. What is typed is kept as a draft.", "打开表单。输入的内容会保留为草稿。")
        .twin("vendeck {kind} edit {code} --FIELD VALUE"),
    hinted(A::Add, "add", Here, text("add", "新增"), text("add", "新增"))
        .tells(
            "Opens an empty form; on a record's page, for what belongs to it.",
            "打开空白表单；在记录页上则新增其下属记录。",
        )
        .twin("vendeck {kind} add --FIELD VALUE"),
    hinted(A::Archive, "archive", Here, text("archive or restore", "归档或恢复"), text("archive", "归档"))
        .tells(
            "Puts the record away, or brings it back. Nothing is deleted; undo works.",
            "收起该记录或恢复。不会删除任何内容，可以撤销。",
        )
        .twin("vendeck {kind} archive {code}"),
    row(A::Erase, "erase", Here, text("erase this person's data for good", "永久抹除此人的数据"))
        .tells(
            "From the record, its history, other records, the file's bytes. You type the code; no undo.",
            "从记录、历史、其他记录及文件字节中清除。须输入编号确认，无法撤销。",
        )
        .twin("vendeck erase {code}"),
    row(A::ShowArchived, "archived", Here, text("what was put away", "已归档的记录"))
        .tells("Shows what of this list was put away; Esc goes back.", "显示本列表中已归档的记录；按 Esc 返回。")
        .twin("vendeck {kind} list --archived"),
    row(A::EditNotes, "notes", Here, text("notes in $EDITOR", "用 $EDITOR 编辑备注"))
        .tells("Opens the record's long text in your editor.", "用编辑器打开该记录的长文本。")
        .twin("vendeck {kind} edit {code} --notes TEXT"),
    hinted(A::Copy, "copy", Here, text("copy…", "复制…"), text("copy", "复制"))
        .tells(
            "Row, name, who to call, code or all of it in Markdown, by the terminal's clipboard.",
            "把整行、名称、联系方式、编号或全部内容（Markdown）复制到终端剪贴板。",
        )
        .twin("vendeck show {code}"),
    row(A::OpenFile, "open-file", Here, text("open the file or link", "打开文件或链接"))
        .tells(
            "Hands it to the desktop; over SSH it is copied instead.",
            "交由桌面程序打开；通过 SSH 时改为复制。",
        )
        .twin("vendeck show {code}"),
    hinted(A::Export, "export", Here, text("write to a file", "写入文件"), text("export", "导出"))
        .tells(
            "As CSV, XLSX, Markdown or JSON: the filter, order and columns as they are seen.",
            "写为 CSV、XLSX、Markdown 或 JSON：筛选、排序和列与所见一致。",
        )
        .twin("vendeck export {kind} --format xlsx -o FILE"),
    hinted(A::Sort, "sort", Here, text("sort menu", "排序菜单"), text("sort", "排序"))
        .tells("Orders the list by a column.", "按某一列排序。")
        .twin("vendeck {kind} list --sort COLUMN"),
    row(A::Reverse, "reverse", Here, text("reverse the order", "反转顺序"))
        .twin("vendeck {kind} list --sort COLUMN:desc"),
    row(A::SortLeft, "sort-left", Here, text("sort: column left", "按左侧列排序")),
    row(A::SortRight, "sort-right", Here, text("sort: column right", "按右侧列排序")),
    row(A::Group, "group", Here, text("group the rows", "分组"))
        .tells("Rows under headings, where the order is by a word.", "按所排序的选项列分组显示。"),
    row(A::Columns, "columns", Here, text("columns", "选择列"))
        .tells("Shows, hides, moves, widens and freezes columns.", "显示、隐藏、移动、加宽、固定列。"),
    row(A::Views, "views", Here, text("views", "视图"))
        .tells("Filter, order and columns under a name.", "以名称保存的筛选、排序与列。")
        .twin("vendeck {kind} list --view NAME"),
    hinted(
        A::Timeline,
        "renewals",
        Here,
        text("renewal timeline, or table", "续约时间线或表格"),
        text("table", "表格"),
    )
    .tells(
        "Contracts by when you must act, each with a bar over months; from anywhere.",
        "按最迟行动日列出合同，每份附按月的时间条；任意位置可用。",
    )
    .twin("vendeck contract list --view renewals"),
    row(A::Present, "present", Here, text("present in a meeting", "会议评审"))
        .tells(
            "Walks through the scorecards of what is marked, or of the list; takes up a meeting that was cut off.",
            "逐家评审所选（或列表中）供应商的考核；中断的会议从原处继续。",
        )
        .twin("vendeck present"),
    row(A::Explain, "explain", Here, text("how dates or score come about", "日期或得分如何得出"))
        .tells(
            "Every date of a contract, or the score of a review, step by step, with its rule.",
            "逐步说明合同各日期或考核得分的推算规则。",
        )
        .twin("vendeck contract explain {code}"),
    row(A::Rank, "rank", Anywhere, text("rank vendors by score", "按得分排名"))
        .tells(
            "Vendors by their newest total, by class, tier, owner and period; those without a grade apart, and how little would turn the order.",
            "按最近总分排列供应商，可按类别、层级、负责人和考核期；未评级者另列，并给出改变次序的最小权重变化。",
        )
        .twin("vendeck review rank"),
    row(A::SideBySide, "compare", Here, text("compare marked vendors", "比较标记的供应商"))
        .tells(
            "The vendors that are marked side by side, by criterion and over time.",
            "将标记的供应商按指标和各期并列比较。",
        )
        .twin("vendeck review compare CODE CODE"),
    row(A::Bridge, "bridge", Here, text("what moved its score", "得分变动原因"))
        .tells(
            "From the review before to this one: which criteria moved the total, by how much, and what weights did. D on a review.",
            "与上次考核相比：哪些指标使总分变动多少，权重变化影响多少。在考核上按 D。",
        )
        .twin("vendeck review bridge {code}"),
    row(A::Clauses, "clauses", Contract, text("its clauses", "条款核对"))
        .tells(
            "The checklist of 24 types: what is there, what is missing, where it stands.",
            "24 类条款清单：已有、缺少及所在条号。",
        )
        .twin("vendeck contract clauses {code}"),
    row(A::Levels, "levels", Contract, text("its service levels", "服务水平"))
        .tells(
            "Targets, measured periods, trend, and the credits that are due, capped.",
            "目标值、各期实测、走势，以及封顶后的应抵扣额。",
        )
        .twin("vendeck contract levels {code}"),
    row(A::Money, "money", Contract, text("what it costs", "费用与预测"))
        .tells(
            "Plan, actual and forecast by month, total cost of ownership and saving of a contract.",
            "合同按月的计划、实际与预测，总拥有成本与节约率。",
        )
        .twin("vendeck contract money {code}"),
    hinted(A::Deeds, "do", Here, text("act on it…", "办理…"), text("act", "办理"))
        .tells(
            "Of a contract: approve, sign, give notice, renew…; of a review: share, dispute, lock…; with why not.",
            "合同：审批、签署、发通知、续约等；考核：反馈、异议、锁定等；不可办理的注明原因。",
        )
        .twin("vendeck {kind} actions {code}"),
    deed(Deed::LegalReview, "legal-review", text("start legal review", "提交法务审核")),
    deed(Deed::BackToDraft, "back-to-draft", text("back to draft", "退回起草")),
    deed(Deed::Approve, "approve", text("approve it", "审批通过"))
        .tells("Who approved it and when is kept.", "记录审批人和日期。"),
    deed(Deed::Sign, "sign", text("sign it", "签署")),
    deed(Deed::InForce, "in-force", text("put it in force", "生效")),
    deed(Deed::Notice, "notice", text("give notice", "发出通知"))
        .tells("It ends the first term that it is sent in time for.", "自发出之日起，赶得上的最近一期即为末期。"),
    deed(Deed::Renew, "renew", text("renew with new terms", "按新条款续约")).tells(
        "A contract follows it from the day after its last; this one keeps its terms.",
        "自到期次日起新建后续合同；原合同条款保持不变。",
    ),
    deed(Deed::LetRenew, "let-renew", text("let it renew by itself", "同意自动续约"))
        .tells("Decided for this term: no notice is due.", "就本期作出决定：无需发出通知。"),
    deed(Deed::LetLapse, "let-lapse", text("let it lapse", "到期不续")).tells(
        "Decided for this term. What renews by itself still needs notice.",
        "就本期作出决定。自动续约的合同仍须发出通知。",
    ),
    deed(Deed::Renegotiate, "renegotiate", text("renegotiate it", "重新谈判")),
    deed(Deed::Amend, "amend", text("amend it by a supplement", "签补充协议"))
        .tells("Adds a supplement under it, as a draft.", "在其下新增一份补充协议（起草）。"),
    deed(Deed::Terminate, "terminate", text("terminate it", "提前终止"))
        .tells("Its last day, the ground and why.", "记录最后有效日、终止原因与理由。"),
    deed(Deed::End, "end", text("record its end", "登记终止")),
    deed(Deed::Exit, "exit", text("open the exit case", "启动退出"))
        .tells("With the thirteen steps to leave; what is recorded already is ticked.", "含十三个退出步骤；已登记的步骤自动勾选。"),
    deed(Deed::Cancel, "cancel", text("cancel it before it is in force", "生效前取消")),
    row(A::OpenReviews, "open-reviews", Review, text("open the reviews of a period", "批量发起考核"))
        .tells(
            "Shows whose plans ask for one, who has one already, who is left out and why; then opens them.",
            "先列出按计划应发起、已存在和跳过的供应商及原因，确认后发起。",
        )
        .twin("vendeck review open --period 2026-Q3"),
    row(A::Fill, "fill", Review, text("fill in what was measured", "填入实测数据"))
        .tells(
            "Service levels, deliverables, complaints, surveys, deliveries and raters, with their records; you confirm.",
            "服务水平、交付物、投诉、调查、准时交付与评分人的数据及依据，由您确认。",
        )
        .twin("vendeck review fill {code}"),
    row(A::Decide, "decide", Review, text("decide what its grade leads to", "决定奖惩措施"))
        .tells(
            "Rewards, penalties, a plan, watch or suspension, as the rules of the register propose.",
            "按登记册规则建议的奖励、处罚、改进计划、观察或暂停。",
        )
        .twin("vendeck review decide {code} KIND"),
    of_review(Deed::Collect, "collect", text("collect its scores", "开始评分"))
        .twin("vendeck review collect {code}"),
    of_review(Deed::Draft, "draft", text("make it a draft", "形成草稿")).twin("vendeck review draft {code}"),
    of_review(Deed::Share, "share", text("share it", "反馈给供应商"))
        .tells("The day is kept.", "记录反馈日期。")
        .twin("vendeck review share {code}"),
    of_review(Deed::Acknowledge, "confirmed", text("they acknowledge it", "供应商确认"))
        .twin("vendeck review acknowledge {code}"),
    of_review(Deed::Dispute, "disputed", text("they dispute it", "供应商提出异议"))
        .tells("In their words; then it goes back to draft.", "记录供应商原话；之后退回草稿。")
        .twin("vendeck review dispute {code} --response-text TEXT"),
    of_review(Deed::Lock, "lock", text("lock it", "锁定"))
        .tells(
            "Final: inputs and result are sealed together, and check proves it.",
            "不可再改：输入与结果一并封存，可由 check 验证。",
        )
        .twin("vendeck review lock {code}"),
    of_review(Deed::Correct, "correct", text("correct it by a new revision", "以新修订更正"))
        .tells(
            "Its rows are copied into the next revision, which lists and rankings use from then on.",
            "评分复制到下一修订，此后列表与排名均以新修订为准。",
        )
        .twin("vendeck review correct {code} --reason TEXT"),
    hinted(A::Snooze, "snooze", Here, text("snooze what is due", "搁置到期事项"), text("snooze", "搁置"))
        .tells(
            "Left out until a day, with the reason; it comes back by itself. Among what was snoozed: tells it again.",
            "注明理由，到所填日期前不再提醒，届时自动恢复。在已搁置的事项上则恢复提醒。",
        )
        .twin("vendeck due snooze {code} --until DAY --reason TEXT"),
    row(A::Acknowledge, "acknowledge", Here, text("acknowledge what is due", "知悉到期事项"))
        .tells("Left out, with the reason, as long as its date is the same.", "注明理由，期限不变则不再提醒。")
        .twin("vendeck due acknowledge {code} --reason TEXT"),
    row(A::Snoozed, "snoozed", Here, text("what was snoozed, or what is due", "已搁置或待办"))
        .tells("On the Overview; z there tells a line again.", "用于总览；在其中按 z 恢复提醒。")
        .twin("vendeck due --snoozed"),
    hinted(
        A::Tick,
        "tick",
        Here,
        text("tick the step of an exit", "勾选退出步骤"),
        text("done", "完成"),
    )
    .tells("Done today. A step with a proof asks for it; the last one closes the case.", "记为今日完成。须凭证的步骤会询问；最后一步即结案。")
    .twin("vendeck exit-step edit {code} --state done --proof TEXT"),
    hinted(
        A::NotApplicable,
        "not-applicable",
        Here,
        text("the step is not applicable", "该步骤不适用"),
        text("not applicable", "不适用"),
    )
    .twin("vendeck exit-step edit {code} --state not_applicable --why TEXT"),
    row(A::Exited, "exited", Here, text("its exit is complete", "登记为已退出"))
        .tells(
            "The vendor is Exited; refused while a step of an exit that blocks is open.",
            "供应商状态改为已退出；若有阻断步骤未完成则不能退出。",
        )
        .twin("vendeck vendor edit {code} --state exited"),
    hinted(A::Mark, "mark", Here, text("mark and go on", "标记并下移"), text("mark", "标记")).tells(
        "e, d, T, A, x and y then act on all that is marked.",
        "e、d、T、A、x、y 随后作用于全部已标记的记录。",
    ),
    hinted(
        A::MarkRange,
        "mark-range",
        Here,
        text("mark from here on", "从此处起标记"),
        text("end range", "结束范围"),
    )
    .tells("Marks from here to where you go; again to end it.", "标记到光标所到之处；再按一次结束。"),
    row(A::MarkAll, "mark-all", Here, text("mark all", "全部标记")).tells(
        "Marks all that the filter lets through; again to unmark them.",
        "标记筛选出的全部记录；再按一次取消。",
    ),
    hinted(A::Tag, "tag", Here, text("tag it, or what is marked", "加减标签"), text("tag", "标签"))
        .tells(":tag +a,-b adds a and takes b away.", ":tag +甲,-乙 加上“甲”、去掉“乙”。")
        .twin("vendeck {kind} edit {code} --tags +A,-B"),
    hinted(A::Assign, "assign", Here, text("give it an owner", "指派负责人"), text("assign", "指派"))
        .tells("Of what is marked, or of the record under the cursor.", "用于已标记的记录，或光标处的记录。")
        .twin("vendeck {kind} edit {code} --owner NAME"),
    hinted(
        A::ScrollLeft,
        "scroll-left",
        Move,
        text("columns or months back", "向左移动列或月份"),
        text("earlier", "更早"),
    ),
    hinted(
        A::ScrollRight,
        "scroll-right",
        Move,
        text("columns or months on", "向右移动列或月份"),
        text("later", "更晚"),
    ),
    row(A::GoVendor, "go-vendor", Here, text("to its vendor", "转到供应商"))
        .tells("Goes to the vendor of the record under the cursor.", "转到光标处记录的供应商。")
        .twin("vendeck show {code}"),
    row(A::GoContracts, "go-contracts", Here, text("to its contracts", "转到合同"))
        .tells("Goes to the contracts of the record under the cursor.", "转到光标处记录的合同。")
        .twin("vendeck contract list --vendor {code}"),
    row(A::GoReviews, "go-reviews", Here, text("to its reviews", "转到考核"))
        .tells("Goes to the reviews of the record under the cursor.", "转到光标处记录的考核。")
        .twin("vendeck review list --vendor {code}"),
    row(A::GoRisks, "go-risks", Here, text("to its risks", "转到风险"))
        .tells("Goes to the risks of the record under the cursor.", "转到光标处记录的风险。")
        .twin("vendeck risk list --vendor {code}"),
    row(A::GoExits, "go-exits", Here, text("to its exit cases", "转到退出事项"))
        .tells("Goes to the exit cases of the record under the cursor.", "转到光标处记录的退出事项。")
        .twin("vendeck exit-case list --vendor {code}"),
    row(A::GoHistory, "history", Here, text("change history", "变更历史"))
        .tells("Who changed the record, when, from what to what.", "谁、何时、把什么改成了什么。")
        .twin("vendeck history {code}"),
    row(A::Down, "down", Move, text("down", "下移")),
    row(A::Up, "up", Move, text("up", "上移")),
    row(A::HalfDown, "half-down", Move, text("half a page down", "下半页")),
    row(A::HalfUp, "half-up", Move, text("half a page up", "上半页")),
    hinted(A::PageDown, "page-down", Move, text("a page down", "下一页"), text("page down", "下一页")),
    hinted(A::PageUp, "page-up", Move, text("a page up", "上一页"), text("page up", "上一页")),
    row(A::First, "first", Move, text("first", "第一条"))
        .tells("Goes to the first row; :12 goes to row 12.", "到第一行；:12 到第 12 行。"),
    row(A::Last, "last", Move, text("last", "最后一条")),
    row(A::NextPanel, "next-panel", Move, text("next panel or tab", "下一面板或标签")),
    row(A::PrevPanel, "prev-panel", Move, text("previous panel or tab", "上一面板或标签")),
    hinted(A::Filter, "filter", Move, text("filter this list", "筛选本列表"), text("filter", "筛选"))
        .tells(
            "Words, or field:value as ends:this-quarter, value:>1m; ! before what must not be.",
            "词，或 字段:值，如 到期:本季度、金额:>100万；! 表示排除。",
        )
        .twin("vendeck {kind} list --filter WORDS"),
    row(A::NextHit, "next", Move, text("next hit", "下一个匹配"))
        .tells("The next row; behind the last comes the first.", "下一行；最后一行之后回到第一行。"),
    row(A::PrevHit, "previous", Move, text("previous hit", "上一个匹配")),
    hinted(A::Back, "back", Move, text("up one level", "返回上一级"), text("clear", "清除")).tells(
        "Out of what you went into; clears marks and filters. Never quits, never drops text.",
        "离开当前层级。不会退出程序，也不会丢失文字。",
    ),
    row(A::TrailBack, "trail-back", Move, text("back in time", "后退"))
        .tells("Back to where you were, as a browser does.", "像浏览器一样后退。"),
    row(A::TrailForward, "trail-forward", Move, text("forward in time", "前进")),
    row(A::Tab1, "overview", Move, text("Overview", "总览"))
        .tells("What is due, what ends, what moved.", "待办、到期与变动。")
        .twin("vendeck due"),
    row(A::Tab2, "vendors", Move, text("Vendors", "供应商"))
        .tells(
            "The list of vendors; :vendors WORDS filters it at once.",
            "供应商列表；:vendors 词 可直接筛选。",
        )
        .twin("vendeck vendor list"),
    row(A::Tab3, "contracts", Move, text("Contracts", "合同"))
        .tells("The list of contracts.", "合同列表。")
        .twin("vendeck contract list"),
    row(A::Tab4, "reviews", Move, text("Reviews", "考核"))
        .tells("The list of performance reviews.", "绩效考核列表。")
        .twin("vendeck review list"),
    row(A::Tab5, "risks", Move, text("Risks", "风险"))
        .tells("The list of risks.", "风险列表。")
        .twin("vendeck risk list"),
    hinted(
        A::FindAnything,
        "find",
        Anywhere,
        text("find anything", "查找一切"),
        text("find anything", "查找一切"),
    )
    .tells(
        "Looks through everything, in Chinese, English, pinyin, numbers.",
        "以中文、英文、拼音或号码查找全部内容。",
    )
    .twin("vendeck find QUERY"),
    row(A::Command, "command", Anywhere, text("command line", "命令行"))
        .tells("Every action by its word; Tab completes.", "以命令词执行任何操作；Tab 补全。"),
    hinted(A::Help, "help", Anywhere, text("help", "帮助"), text("help", "帮助"))
        .tells("This: every action there is. Enter runs one.", "即本页：所有操作，Enter 执行。")
        .twin("vendeck --help"),
    row(A::Undo, "undo", Anywhere, text("undo", "撤销"))
        .tells(
            "Takes your last change back; in a history, the one under the cursor.",
            "撤销您的上一次更改；在历史中撤销光标处的更改。",
        )
        .twin("vendeck undo"),
    row(A::Redo, "redo", Anywhere, text("redo", "重做"))
        .tells("Brings back what you undid last.", "恢复刚撤销的更改。")
        .twin("vendeck redo"),
    row(A::Messages, "messages", Anywhere, text("messages, changes", "消息与变更"))
        .tells("What was said lately, and what changed in the register.", "最近的提示，以及登记册的变更。")
        .twin("vendeck history"),
    row(A::GoToDay, "at", Anywhere, text("as it was on a day", "回看某日"))
        .tells("The register as it was on a day, to be read only.", "以只读方式查看某日的登记册。")
        .twin("vendeck --as-of DAY"),
    row(A::Differ, "diff", Anywhere, text("changed between days", "两日之间的变更"))
        .tells("What changed between two days, on the whole.", "两日之间的净变更。")
        .twin("vendeck history --from DAY --to DAY"),
    row(A::Settings, "settings", Anywhere, text("settings", "设置"))
        .tells(
            "What the register takes for granted, edited in place; yours on this machine, and where each comes from.",
            "登记册的默认取值，可就地修改；以及本机的个人设置及其来源。",
        )
        .twin("vendeck get"),
    row(A::Problems, "problems", Anywhere, text("what a check finds", "检查发现的问题"))
        .tells(
            "Checks file, history and rules; Enter opens the record.",
            "检查文件、变更历史与规则；按回车打开记录。",
        )
        .twin("vendeck check"),
    row(A::Refresh, "refresh", Anywhere, text("refresh now", "立即刷新")).tells(
        "Reads what is shown again; others' changes come by themselves.",
        "重新读取当前内容；他人的更改会自动出现。",
    ),
    row(A::Mask, "mask", Anywhere, text("hide what is private", "隐藏敏感内容")).tells(
        "Hides amounts, notes and contacts on the screen, for a meeting; again shows them.",
        "会议时隐藏屏幕上的金额、备注与联系人；再次执行即恢复。",
    ),
    row(A::Mouse, "mouse", Anywhere, text("mouse on or off", "启用或关闭鼠标")).tells(
        "A click chooses a tab or row, two open it, the wheel moves; mouse = true in config.toml.",
        "单击选择标签或行，双击打开，滚轮移动；config.toml 中可写 mouse = true。",
    ),
    row(A::Redraw, "redraw", Anywhere, text("redraw the screen", "重绘屏幕")),
    row(A::Suspend, "suspend", Anywhere, text("suspend", "挂起"))
        .tells("Back to the shell; fg comes back here.", "回到命令行；输入 fg 返回。"),
    row(A::Close, "close", Anywhere, text("close; twice quits", "关闭；两次退出")),
    row(A::Quit, "quit", Anywhere, text("quit at once", "立即退出"))
        .tells("Ends the program. What was typed is kept as a draft.", "结束程序。输入的内容会保留为草稿。"),
    hinted(A::NextField, "next-field", Inside, text("next field", "下一项"), text("next", "下一项")),
    row(A::PrevField, "prev-field", Inside, text("previous field", "上一项")),
    hinted(A::Save, "save", Inside, text("save", "保存"), text("save", "保存"))
        .tells("Writes the record; with an error it goes to the first.", "保存记录；有错误时移到第一处。"),
    hinted(
        A::ResetField,
        "reset-field",
        Inside,
        text("reset the field", "还原此项"),
        text("reset field", "还原此项"),
    ),
    hinted(A::ClearField, "clear-field", Inside, text("empty the field", "清空此项"), text("empty", "清空"))
        .tells(
            "Takes out all that stands in it; Ctrl-X brings back what was.",
            "清空其中全部内容；Ctrl-X 还原。",
        ),
    row(A::TakeTheirs, "take-theirs", Inside, text("take theirs", "采用对方的值"))
        .tells("Takes what another operator wrote into the field meanwhile.", "采用其他操作员同时写入的值。"),
    row(A::KeepMine, "keep-mine", Inside, text("keep yours", "保留自己的值")).tells(
        "Keeps what you typed; it is written over theirs when you save.",
        "保留您输入的值；保存时覆盖对方的。",
    ),
    hinted(
        A::OpenEditor,
        "editor",
        Inside,
        text("long text in $EDITOR", "用 $EDITOR 编辑"),
        text("$EDITOR", "$EDITOR"),
    ),
    hinted(
        A::LeaveForm,
        "leave",
        Inside,
        text("keep the draft and close", "保留草稿并关闭"),
        text("keep draft", "保留草稿"),
    )
    .tells("What was typed is there again when the form is opened.", "再次打开表单时，输入的内容仍在。"),
    row(A::PrevWord, "prev-word", Inside, text("previous choice", "上一个选项")),
    hinted(
        A::NextWord,
        "next-word",
        Inside,
        text("next choice", "下一个选项"),
        text("next choice", "下一个选项"),
    ),
    hinted(
        A::ToggleWord,
        "toggle-word",
        Inside,
        text("take the choice in or out", "选中或取消"),
        text("choose", "选择"),
    ),
    hinted(
        A::KeepFilter,
        "keep-filter",
        Inside,
        text("keep the filter", "保留筛选"),
        text("keep the filter", "保留筛选"),
    ),
    hinted(
        A::ClearFilter,
        "clear-filter",
        Inside,
        text("clear the filter", "清除筛选"),
        text("clear it", "清除"),
    ),
    hinted(A::NextScope, "next-scope", Inside, text("next scope", "下一个范围"), text("scope", "范围")),
    row(A::PrevScope, "prev-scope", Inside, text("previous scope", "上一个范围")),
    hinted(
        A::CopyContact,
        "copy-contact",
        Inside,
        text("copy who to call", "复制联系方式"),
        text("copy", "复制"),
    ),
    hinted(A::Choose, "choose", Inside, text("choose", "选择"), text("choose", "选择")),
    hinted(
        A::ThrowAway,
        "throw-away",
        Inside,
        text("throw the draft away", "丢弃草稿"),
        text("throw away", "丢弃"),
    ),
    hinted(A::BringBack, "bring-back", Inside, text("bring it back", "恢复草稿"), text("bring back", "恢复")),
    hinted(A::Run, "run", Inside, text("run it", "执行"), text("run it", "执行")),
    row(A::Earlier, "earlier", Inside, text("an earlier command", "上一条命令")),
    row(A::Later, "later", Inside, text("a later command", "下一条命令")),
    hinted(A::Rebind, "rebind", Inside, text("give it other keys", "更改按键"), text("rebind", "改键"))
        .tells(
            "Takes the keys you press next and keeps them in keymap.toml.",
            "采用接下来按下的按键，并写入 keymap.toml。",
        ),
    hinted(A::Toggle, "toggle", Inside, text("show or hide", "显示或隐藏"), text("show", "显示")),
    hinted(A::MoveUp, "move-up", Inside, text("move it up", "上移此列"), text("move", "移动")),
    row(A::MoveDown, "move-down", Inside, text("move it down", "下移此列")),
    hinted(A::Wider, "wider", Inside, text("wider", "加宽"), text("wider", "加宽")),
    row(A::Narrower, "narrower", Inside, text("narrower", "变窄")),
    hinted(A::Freeze, "freeze", Inside, text("freeze up to here", "固定至此列"), text("freeze", "固定")),
    row(A::OwnColumns, "own-columns", Inside, text("the usual columns", "恢复默认列")),
    hinted(
        A::SaveView,
        "save-view",
        Inside,
        text("save the list as a view", "另存为视图"),
        text("save", "保存"),
    ),
    hinted(A::RenameView, "rename-view", Inside, text("rename it", "重命名"), text("rename", "改名")),
    hinted(A::DropView, "drop-view", Inside, text("take it away", "删除视图"), text("take away", "删除")),
    hinted(
        A::StartView,
        "start-view",
        Inside,
        text("start in it", "设为起始视图"),
        text("start in it", "起始"),
    ),
    hinted(
        A::ClausePresent,
        "clause-present",
        Inside,
        text("the clause is there", "条款已有"),
        text("present", "已有"),
    ),
    hinted(A::ClauseMissing, "clause-missing", Inside, text("the clause is missing", "缺少该条款"), text("missing", "缺少")),
    hinted(
        A::ClauseApart,
        "clause-not-applicable",
        Inside,
        text("the clause does not apply", "条款不适用"),
        text("n.a.", "不适用"),
    ),
    hinted(A::ClauseArticle, "clause-article", Inside, text("type where the clause stands", "填写条号"), text("article", "条号")),
    row(A::ClauseUnseen, "clause-unseen", Inside, text("nobody has looked for it", "改回未核对")),
    hinted(
        A::Measure,
        "measure",
        Inside,
        text("enter what the next period came to", "登记下一期实测值"),
        text("measure", "登记实测"),
    ),
    rate(0, "rate-0", text("0 of 5, and on", "0 分并继续")),
    rate(1, "rate-1", text("1 of 5, and on", "1 分并继续")),
    rate(2, "rate-2", text("2 of 5, and on", "2 分并继续")),
    rate(3, "rate-3", text("3 of 5, and on", "3 分并继续")),
    rate(4, "rate-4", text("4 of 5, and on", "4 分并继续")),
    rate(5, "rate-5", text("5 of 5, and on", "5 分并继续")),
    hinted(A::TypeValue, "type-value", Inside, text("type the measured value", "输入实测值"), text("value", "实测")),
    hinted(
        A::LeaveCriterion,
        "leave-criterion",
        Inside,
        text("the criterion does not apply", "该指标不适用"),
        text("n.a.", "不适用"),
    ),
    hinted(A::Jot, "jot", Inside, text("keep what was typed", "保存输入内容"), text("keep", "保存")),
    row(A::Unmeasure, "unmeasure", Inside, text("not measured after all", "改回未测量")),
    hinted(A::NextVendor, "next-vendor", Inside, text("next vendor", "下一家供应商"), text("next vendor", "下一家")),
    hinted(A::PrevVendor, "previous-vendor", Inside, text("vendor before", "上一家供应商"), text("back", "上一家")),
    hinted(A::JotNote, "jot-note", Inside, text("note on this vendor", "记录纪要"), text("note", "纪要")),
    hinted(A::JotAsk, "jot-ask", Inside, text("ask with owner and date", "提出要求，含负责人与日期"), text("ask", "要求")),
    hinted(A::JotDecision, "jot-decision", Inside, text("what was decided", "记录决定"), text("decide", "决定")),
    hinted(A::JotPresent, "jot-present", Inside, text("who is present", "登记出席人"), text("present", "出席")),
    hinted(A::WhatIf, "what-if", Inside, text("try scores and weights", "试算得分与权重"), text("what if", "试算")),
    row(A::Lighter, "lighter", Inside, text("weighs 5 points less, tried", "权重减 5 个百分点（试算）")),
    row(A::Heavier, "heavier", Inside, text("weighs 5 points more, tried", "权重加 5 个百分点（试算）")),
    row(A::Sealed, "sealed", Inside, text("sealed scores of one rater", "单人密封评分")),
    row(A::Reveal, "reveal", Inside, text("open the sealed scores", "公开密封评分")),
    hinted(A::Minutes, "minutes", Inside, text("write the minutes", "生成会议纪要"), text("minutes", "会议纪要")),
    hinted(A::CloseMeeting, "close-meeting", Inside, text("end the meeting", "结束会议"), text("end", "结束")),
    hinted(
        A::LeaveOut,
        "leave-out",
        Inside,
        text("leave these out", "跳过这些记录"),
        text("do it to the others", "对其余记录执行"),
    ),
    row(A::Left, "left", Inside, text("column to the left", "左侧一列")),
    row(A::Right, "right", Inside, text("column to the right", "右侧一列")),
    hinted(A::Accept, "accept", Inside, text("do what is chosen", "执行所选"), text("do it", "执行")),
    hinted(A::Take, "take", Inside, text("choose the line or leave it out", "选择或跳过此行"), text("choose", "选择")),
    hinted(A::PrevPeriod, "previous-period", Inside, text("the period before", "上一期"), text("period", "上一期")),
    hinted(A::NextPeriod, "next-period", Inside, text("the period after", "下一期"), text("next period", "下一期")),
    hinted(
        A::PeriodKind,
        "period-kind",
        Inside,
        text("month, quarter, half or year", "月、季、半年、年"),
        text("longer", "更长周期"),
    ),
    hinted(A::NextClass, "next-class", Inside, text("the next class", "下一类别"), text("class", "类别")),
    hinted(A::NextTier, "next-tier", Inside, text("the next tier", "下一层级"), text("tier", "层级")),
    hinted(A::NextOwner, "next-owner", Inside, text("the next owner", "下一负责人"), text("owner", "负责人")),
    hinted(A::Dismiss, "dismiss", Inside, text("close", "关闭"), text("close", "关闭")),
];
