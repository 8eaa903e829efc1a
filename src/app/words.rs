//! The sentences of the reducers.

use crate::texts::{Text, text};

pub(super) const PASTE_IGNORED: Text =
    text("Pasted text goes into a field: press / or a first.", "请先按 / 或 a，再在输入框中粘贴。");
pub(super) const NOTHING_CHANGED: Text = text("Nothing had to change.", "无需更改。");
pub(super) const QUIT_AGAIN: Text = text("q again to quit", "再按 q 退出");
pub(super) const NO_ACTION: Text =
    text("{key}: no action here, ? for keys", "{key}：此处无操作，按 ? 查看按键");
pub(super) const NOT_HERE: Text = text("Not here: nothing is selected.", "此处不可用：未选中记录。");
pub(super) const IN_A_MEETING: Text =
    text("“{word}” waits until the meeting is left (q).", "“{word}”须先离开会议（q）。");
pub(super) const NO_MEETING: Text = text(
    "No meeting is under way. Go to the vendors or reviews, mark some, and press p.",
    "没有进行中的会议。请在供应商或考核列表中标记，再按 p。",
);
pub(super) const GONE: Text =
    text("{code} is gone from here: choose another line.", "{code} 已不在此处：请另选一行。");
pub(super) const ONLY_IN_LISTS: Text =
    text("This works in a list only: 2 to 5 open one.", "仅可用于列表：按 2 至 5 打开列表。");
pub(super) const NO_FILTER: Text = text(
    "Only a list can be filtered: 2 to 5 open one, Ctrl-P finds anything.",
    "只有列表可以筛选：按 2 至 5 打开列表，或按 Ctrl-P 查找一切。",
);
pub(super) const ELSEWHERE: Text =
    text("“{word}” does not work here: ? shows where it does.", "“{word}”此处不可用：按 ? 查看适用位置。");
pub(super) const NOTHING_TO_EXPLAIN: Text = text(
    "Only the dates of a contract and the score of a review are explained.",
    "仅合同的日期和考核的得分可查看推算过程。",
);
pub(super) const NOTHING_TO_ADD: Text =
    text("Nothing is added to this kind of record.", "此类记录没有下属记录可新增。");
pub(super) const WORKS_THERE: Text = text("Works elsewhere: {place}.", "适用于：{place}。");
pub(super) const PRESS_KEYS: Text = text("Press the new keys for “{what}”.", "请按“{what}”的新按键。");
pub(super) const KEYS_TAKEN: Text = text(
    "{keys}: does “{what}” now. Enter takes it for this, Tab instead of the old keys.",
    "{keys}：现为“{what}”。Enter 改用于此，Tab 同时取消旧键。",
);
pub(super) const KEYS_FREE: Text = text(
    "{keys}: free. Enter adds it, Tab takes it instead of the old keys.",
    "{keys}：未使用。Enter 新增，Tab 取代旧键。",
);
pub(super) const BOUND: Text = text("{keys} does “{what}” now", "{keys} 现在用于“{what}”");
pub(super) const UNBOUND: Text = text("{keys} does nothing now", "{keys} 不再有作用");
pub(super) const NOT_BOUND: Text =
    text("{keys} does nothing in {context}.", "{keys} 在 {context} 中没有作用。");
pub(super) const HOW_TO_BIND: Text = text(
    "Write :bind KEYS ACTION [PLACE], as :bind g x archive; the places are {places}.",
    "写法：:bind 按键 操作 [位置]，如 :bind g x archive；位置：{places}。",
);
pub(super) const HOW_TO_UNBIND: Text = text(
    "Write :unbind KEYS [PLACE], as :unbind d; the places are {places}.",
    "写法：:unbind 按键 [位置]，如 :unbind d；位置：{places}。",
);
pub(super) const NO_SUCH_KEYS: Text = text(
    "“{keys}” names no keys; write them as g x, Ctrl-P, Enter, PgDn.",
    "“{keys}”不是按键；写法如 g x、Ctrl-P、Enter、PgDn。",
);
pub(super) const KEYS_NOT_KEPT: Text =
    text("The keys work now, but cannot be kept: {why}", "按键已生效，但无法保存：{why}");
pub(super) const GOING: Text = text("Making the register as it was on {day}…", "正在生成 {day} 的登记册…");
pub(super) const IN_THE_FUTURE: Text = text("{day} is still to come.", "{day} 尚未到来。");
pub(super) const HOW_TO_GO: Text = text(
    "“{day}” is no day: write :at 2026-03-31, :at -30d or :at now.",
    "“{day}”不是日期：写作 :at 2026-03-31、:at -30d 或 :at now。",
);
pub(super) const HOW_TO_DIFF: Text = text(
    "“{day}” is no day: write :diff 2026-03-31 2026-06-30, or :diff -30d.",
    "“{day}”不是日期：写作 :diff 2026-03-31 2026-06-30，或 :diff -30d。",
);
pub(super) const CANNOT_BIND: Text = text("{why}.", "{why}。");
pub(super) const NO_ACTION_INSIDE: Text =
    text("{key}: no action here, Esc closes", "{key}：此处无操作，按 Esc 关闭");
pub(super) const NOT_IN_FORMS: Text =
    text("Not in a form: Esc leaves it and keeps the draft.", "表单内不可用：按 Esc 离开并保留草稿。");
pub(super) const NO_WAY_BACK: Text = text("There is nothing to go back to.", "没有可返回的位置。");
pub(super) const NO_WAY_ON: Text = text("There is nothing to go forward to.", "没有可前进的位置。");
pub(super) const LINES_END: Text = text(
    "Only the first {n} of {all} lines are shown: deal with some, or look in the lists.",
    "仅显示前 {n} 行，共 {all} 行：请先处理，或到各列表查看。",
);
pub(super) const NO_LINK: Text = text("This record has no {kind}.", "此记录没有关联的{kind}。");
pub(super) const MANY_ARCHIVED: Text = text("{n} archived, u undoes", "已归档 {n} 条，按 u 撤销");
pub(super) const MANY_RESTORED: Text = text("{n} restored, u undoes", "已恢复 {n} 条，按 u 撤销");
pub(super) const MANY_CHANGED: Text = text("{n} changed, u undoes", "已更改 {n} 条，按 u 撤销");
pub(super) const BULK_WRITING: Text = text("Writing… {done} of {of}", "正在写入… {done} / {of}");
pub(super) const COPYING_FIRST: Text = text("Copying the register first…", "正在先备份登记册…");
/// An act on many was done; something in it wants a look.
pub(super) const DONE_BUT: Text = text("{done}. {doubt}", "{done}。{doubt}");
pub(super) const DRAFT_OF_OTHERS: Text = text(
    "This was typed for {name}: look before you save. Ctrl-X resets a field.",
    "以下内容原为 {name} 填写：保存前请核对。Ctrl-X 还原一项。",
);
pub(super) const TYPE_THE_COUNT: Text = text(
    "Type {n}, the number of records, then Enter; Esc leaves all as it is.",
    "请输入记录数 {n} 再按 Enter；按 Esc 则不作更改。",
);
pub(super) const NONE_LEFT: Text =
    text("None is left to do it to: Esc closes.", "没有可操作的记录：按 Esc 关闭。");
pub(super) const NO_SUCH_FIELD: Text = text("{kinds} have no field “{field}”.", "{kinds}没有“{field}”字段。");
pub(super) const MARK_FILTER_FIRST: Text = text(
    "Nothing is marked while a part of the filter cannot be read: {why}",
    "筛选条件有误，未作标记：{why}",
);
pub(super) const DRAFT_OF_MANY: Text =
    text("Mark the records, then e goes on with what was typed.", "请先标记记录，再按 e 继续填写。");
pub(super) const ARCHIVED: Text =
    text("{code} archived: {name} (u undoes)", "{code} 已归档：{name}（按 u 撤销）");
pub(super) const RESTORED: Text =
    text("{code} restored: {name} (u undoes)", "{code} 已恢复：{name}（按 u 撤销）");
pub(super) const SAVED: Text = text("{code} saved: {name} (u undoes)", "{code} 已保存：{name}（按 u 撤销）");
pub(super) const COPIED: Text = text("Copied by OSC 52: {text}", "已通过 OSC 52 复制：{text}");
pub(super) const COPIED_TMUX: Text =
    text("Copied by OSC 52 (through tmux): {text}", "已通过 OSC 52（经 tmux）复制：{text}");
pub(super) const TOO_LONG_TO_COPY: Text = text(
    "{bytes} bytes are too long for the clipboard of a terminal (at most {most}); x writes the list to a file.",
    "共 {bytes} 字节，超出终端剪贴板容量（最多 {most}）；可按 x 写入文件。",
);
pub(super) const NOT_ALL_LOADED: Text = text(
    "Not all marked rows are on this part of the list; x writes them to a file.",
    "部分已标记的行不在当前页；可按 x 写入文件。",
);
pub(super) const NOBODY_TO_CALL: Text = text(
    "Nobody to call stands here: go to its vendor (g v), or add a contact.",
    "此处没有联系方式：请转到供应商（g v），或添加联系人。",
);
pub(super) const EXPORT_NAME: Text = text(
    "Name the file by its kind: :export NAME.csv, .xlsx, .md, .json or .ics.",
    "请以扩展名指明格式：:export 名称.csv、.xlsx、.md、.json 或 .ics。",
);
pub(super) const EXPORTING: Text = text("Writing… {done} of {all} rows", "正在写入… {done} / {all} 行");
pub(super) const EXPORTED: Text = text("{rows} rows written to {path}", "已将 {rows} 行写入 {path}");
/// A record was saved; something in it wants a look.
pub(super) const SAVED_NAMELESS: Text = text("{code} saved (u undoes)", "{code} 已保存（按 u 撤销）");
pub(super) const SAVED_BUT: Text = text("{saved}. {doubt}", "{saved}。{doubt}");
/// A deed is done, and wants a look.
pub(super) const DEED_BUT: Text = text("{saved} {doubt}", "{saved}{doubt}");
pub(super) const NOTES_SAVED: Text =
    text("{field} of {code} saved: {name} (u undoes)", "{code} 的{field}已保存：{name}（按 u 撤销）");
pub(super) const NO_NOTES: Text = text("This kind of record has no long text.", "此类记录没有长文本。");
pub(super) const NOT_SORTABLE: Text = text("This list has one order only.", "本列表只有一种排序。");
pub(super) const UNKNOWN_COMMAND: Text =
    text("There is no command “{word}”; ? shows what there is.", "没有命令“{word}”；按 ? 查看。");
pub(super) const UNKNOWN_KIND: Text = text("There is no kind of record “{word}”.", "没有“{word}”这类记录。");
pub(super) const UNKNOWN_LANG: Text = text("The languages are {langs}.", "可用语言：{langs}。");
pub(super) const UNKNOWN_THEME: Text = text("The themes are {themes}.", "可用主题：{themes}。");
pub(super) const NO_ROW: Text = text("The list ends at row {last}.", "列表到第 {last} 行为止。");
pub(super) const ERRORS: Text =
    text("{n} to correct; the cursor is at the first.", "{n} 处需更正；光标已移到第一处。");
pub(super) const DRAFT_KEPT: Text =
    text("Draft kept: open the form again and go on.", "草稿已保留：再次打开表单可继续。");
pub(super) const NO_CHANGES: Text = text("Nothing was changed.", "未作更改。");
pub(super) const DRAFT_OPENED: Text =
    text("Going on with the kept draft. Ctrl-X resets a field.", "已恢复保留的草稿。Ctrl-X 还原一项。");
pub(super) const CONFLICT: Text = text(
    "Another wrote here too: Ctrl-O takes theirs, Ctrl-Y keeps yours.",
    "对方也写了此项：Ctrl-O 采用对方的，Ctrl-Y 保留您的。",
);
pub(super) const CLASHED: Text = text(
    "{who} changed {field} too: Ctrl-O takes theirs, Ctrl-Y keeps yours.",
    "{who} 也更改了{field}：Ctrl-O 采用对方的，Ctrl-Y 保留您的。",
);
pub(super) const MERGED: Text = text("{who} changed {field}: taken in.", "{who} 更改了{field}，已并入。");
pub(super) const ARCHIVED_MEANWHILE: Text = text(
    "{who} archived {code} meanwhile. What you typed is kept.",
    "{who} 已将 {code} 归档。您输入的内容仍保留。",
);
pub(super) const GONE_MEANWHILE: Text = text(
    "{code} is no more: its adding was taken back. What you typed is kept as a draft.",
    "{code} 已不存在：其新增已被撤销。您输入的内容保留为草稿。",
);
pub(super) const THEIRS_MEANWHILE: Text = text(
    "Changed by another since you typed: Ctrl-O takes theirs, Ctrl-Y keeps yours.",
    "您输入后他人已更改：Ctrl-O 采用对方的，Ctrl-Y 保留您的。",
);
pub(super) const NOTHING_OF_THEIRS: Text = text("Nobody else has written here.", "没有其他人写入此处。");
pub(super) const NO_SUCH_WORD: Text = text(
    "No choice matches “{typed}”: Left and Right turn through all of them.",
    "没有与“{typed}”相符的选项：用左右键浏览全部选项。",
);
pub(super) const TOUR_ON_DEMO: Text = text(
    "The tour walks on demo data: end with q q, start vendeck demo, then :tour.",
    "导览使用演示数据：按 q q 退出，运行 vendeck demo，再输入 :tour。",
);
pub(super) const TOUR_OFFERED: Text = text(
    "The demo: whatever you do here is thrown away. :tour shows you round.",
    "演示数据：退出后即丢弃。输入 :tour 开始导览。",
);
pub(super) const TOUR_DONE: Text = text(
    "That was the tour. ? lists all there is, : takes any action by its word.",
    "导览结束。按 ? 查看全部操作，按 : 输入命令。",
);
pub(super) const KEEP_OPENING: Text = text(
    "To open it each time, write db = \"PATH\" into config.toml; vendeck info names the file.",
    "如需每次打开它，请在 config.toml 中写 db = \"路径\"；vendeck info 会显示文件位置。",
);
pub(super) const FILTER_FIRST: Text = text(
    "Nothing is written while a part of the filter cannot be read: {why}",
    "筛选条件有误，未写入文件：{why}",
);
pub(super) const FIELD_FULL: Text =
    text("The field is full: at most {most} characters.", "该栏已满：最多 {most} 个字符。");
pub(super) const PASTE_TOO_LONG: Text = text(
    "{left} characters were not taken: at most {most} fit here.",
    "有 {left} 个字符未粘贴：此处最多 {most} 个。",
);
pub(super) const NO_HIT: Text = text("Nothing found to do this with.", "没有可操作的结果。");
pub(super) const NOT_LOADED: Text =
    text("This record is not loaded yet: try again.", "此记录尚未加载：请重试。");
pub(super) const STILL_LOADING: Text = text("Loading… Esc stops waiting.", "正在加载……按 Esc 取消等待。");
pub(super) const STILL_SAVING: Text = text("Saving…", "正在保存…");
pub(super) const WAITING: Text = text(
    "Waiting for another operator… Esc leaves; it is saved all the same.",
    "正在等待其他操作员… Esc 离开，仍会保存。",
);
pub(super) const LEFT_SAVING: Text =
    text("Being saved; the draft is kept until it is.", "正在保存；保存完成前草稿会保留。");
pub(super) const NAMELESS: Text = text(
    "You are called {name} in the history: :me NAME says who you are, user = \"NAME\" in {config} for good.",
    "变更历史中您名为 {name}：用 :me 姓名 说明身份；在 {config} 中写 user = \"姓名\" 可长期保留。",
);
pub(super) const NAMED: Text = text(
    "You are {name} in the history from now on; user = \"{name}\" in config.toml keeps it.",
    "此后变更历史中您名为 {name}；在 config.toml 中写 user = \"{name}\" 可长期保留。",
);
pub(super) const NAME_NEEDED: Text =
    text("You are called {name}. Say who you are: :me NAME.", "您名为 {name}。请说明身份：:me 姓名。");
pub(super) const MOUSE_ON: Text = text(
    "The mouse is on: click, double click, wheel. Shift selects text; :mouse turns it off.",
    "鼠标已启用：单击、双击、滚轮。按住 Shift 可选取文字；:mouse 关闭。",
);
pub(super) const MOUSE_OFF: Text =
    text("The mouse is off: it selects text again.", "鼠标已关闭，可直接选取文字。");
pub(super) const MASKED: Text = text(
    "Amounts, notes and contacts are hidden: :mask shows them again.",
    "金额、备注与联系人已隐藏：:mask 恢复显示。",
);
pub(super) const UNMASKED: Text = text("Everything is shown again.", "已恢复显示全部内容。");
pub(super) const HIDDEN: Text = text(
    "Not while amounts and contacts are hidden: :mask shows them again.",
    "金额与联系人隐藏时不可用：:mask 恢复显示。",
);
pub(super) const READ_ONLY: Text = text("The register is open to be read only.", "登记册以只读方式打开。");
pub(super) const NAME_A_FILE: Text = text(
    "Name the file: :import FILE (CSV, JSON, XLSX, ODS).",
    "请写明文件：:import 文件（CSV、JSON、XLSX、ODS）。",
);
pub(super) const STILL_TRYING: Text =
    text("The rows are still being tried; nothing is written yet.", "正在预演各行，尚未写入。");
pub(super) const STILL_IMPORTING: Text =
    text("An import is being written; wait for it.", "正在写入导入内容，请稍候。");
pub(super) const IMPORT_GOES_ON: Text = text(
    "The import goes on; its figures are told here when it is done.",
    "导入继续进行，完成后在此显示结果。",
);
pub(super) const NOTHING_TO_IMPORT: Text =
    text("There is nothing new or changed to import.", "没有新增或更改的内容可导入。");
pub(super) const IMPORTED: Text = text(
    "Imported: {imported} new, {changed} changed, {unchanged} unchanged, {rejected} rejected of {read}; u undoes",
    "已导入 {read} 行：新增 {imported}，更改 {changed}，未变 {unchanged}，拒绝 {rejected}；按 u 撤销",
);
pub(super) const NO_FILE_HERE: Text = text(
    "This opens files: go to one in :files, or on the page of a record.",
    "此操作用于打开文件：请在 :files 或记录页选中一个文件。",
);
pub(super) const SCHEME_NOT_OPENED: Text =
    text("Links that begin with {scheme}: are not opened.", "不打开以 {scheme}: 开头的链接。");
pub(super) const FILE_OPENED: Text = text("Handed to the desktop: {target}", "已交由桌面打开：{target}");
pub(super) const FILE_ELSEWHERE: Text = text(
    "There is no desktop here to open it; copied by OSC 52: {target}",
    "此处没有可用的桌面；已通过 OSC 52 复制：{target}",
);
pub(super) const OF_THE_REGISTER: Text = text(
    "This is about the register as a whole: no record to open.",
    "这是整个登记册的问题，没有可打开的记录。",
);
pub(super) const NO_COLUMNS: Text = text(
    "Nothing moves: the usual columns are shown. c chooses others.",
    "无可移动：当前为默认列。按 c 选择列。",
);
pub(super) const TIMELINE_COLUMNS: Text = text(
    "The timeline has columns of its own; w shows the table, whose columns c chooses.",
    "时间线的列是固定的；按 w 回到表格，再按 c 选择列。",
);
pub(super) const TIMELINE_GROUPS: Text = text(
    "The timeline is grouped by when you must act; w shows the table.",
    "时间线已按最迟行动日分组；按 w 回到表格。",
);
pub(super) const VIEW_SAVED: Text = text("View “{name}” saved", "视图“{name}”已保存");
pub(super) const VIEW_DROPPED: Text = text("View “{name}” taken away", "视图“{name}”已删除");
pub(super) const VIEW_STARTS: Text = text("The list starts in “{name}”", "列表将以“{name}”开始");
pub(super) const VIEW_STARTS_NOT: Text =
    text("The list no longer starts in “{name}”", "列表不再以“{name}”开始");
pub(super) const VIEW_BUILT_IN: Text = text(
    "This view comes with the program: s saves the list under a name of yours.",
    "此视图为内置视图：按 s 可将列表另存为自己的视图。",
);
pub(super) const VIEW_NAMELESS: Text = text("A view needs a name.", "视图须有名称。");
pub(super) const VIEW_TAKEN: Text =
    text("There is a view “{name}” already: type another name.", "已有视图“{name}”：请换一个名称。");
pub(super) const NO_VIEW: Text =
    text("There is no view “{name}” of this list; f shows them.", "本列表没有视图“{name}”；按 f 查看。");
pub(super) const VIEWS_FILE: Text = text(
    "Name the file: :views export FILE, :views import FILE.",
    "请指明文件：:views export 文件、:views import 文件。",
);
pub(super) const VIEWS_TAKEN: Text =
    text("Views taken in: {n}; f shows them.", "已导入 {n} 个视图；按 f 查看。");
pub(super) const VIEWS_GIVEN: Text = text("Views written to {path}", "视图已写入 {path}");
pub(super) const VIEWS_NOT_KEPT: Text =
    text("It is so until the program ends, but not kept: {why}", "本次运行有效，但未能保存：{why}");
pub(super) const NO_GROUPS: Text = text(
    "Groups need an order by a word, such as State or Tier: s chooses one.",
    "分组需按状态、层级等选项列排序：按 s 选择。",
);
pub(super) const NO_PERSON: Text = text(
    "This is a {kind}, no person: go to a contact or an interaction.",
    "这是{kind}，不是个人记录：请选择联系人或沟通记录。",
);
pub(super) const ERASED: Text = text("{code} is erased for good.", "{code} 已永久抹除。");
pub(super) const ERASED_BUT_UNSWEPT: Text = text(
    "{code} is erased; the file's free pages could not be swept yet (another program reads it, or the disk is full): the next start does.",
    "{code} 已抹除；文件空闲页暂未能清除（有其他程序正在读取，或磁盘已满），将在下次启动时清除。",
);
pub(super) const NOT_ERASED: Text = text("Nothing was erased.", "未作抹除。");
pub(super) const NEITHER_CODE_NOR_NAME: Text =
    text("That is neither {code} nor the name; nothing was erased.", "与 {code} 和姓名均不符；未作抹除。");
pub(super) const COPIES_KEPT: Text = text(
    "Copies left as they are: {count}. What was erased is in them.",
    "保留 {count} 份副本；其中仍含有已抹除的内容。",
);
pub(super) const NOT_THE_COUNT: Text =
    text("Their number is {count}; nothing was removed.", "共有 {count} 份；未删除。");
pub(super) const COPIES_REMOVED: Text = text("Copies removed: {count}.", "已删除 {count} 份副本。");
pub(super) const SET_IN_REGISTER: Text = text("set", "已设置");
pub(super) const BY_DEFAULT: Text = text("default", "默认");
pub(super) const SETTING_SET: Text = text("{label} is {value} now.", "{label}现为 {value}。");
pub(super) const OF_THIS_MACHINE: Text =
    text("It is no part of the register. Changed by {how}.", "这不属于登记册。更改方式：{how}。");
pub(super) const SETTINGS_OF_ANOTHER_DAY: Text = text(
    "These are the settings of {day}; go back to {today} (:at now) to change them.",
    "这是 {day} 的设置；请返回 {today}（:at now）后修改。",
);
pub(super) const SET_MEANWHILE: Text = text(
    "Another operator made it {value} meanwhile. Enter again sets yours.",
    "其他操作人已将其改为 {value}。再按 Enter 以您的为准。",
);
/// A deed with a contract was asked for elsewhere.
pub(super) const NO_DEEDS: Text =
    text("Only contracts and reviews are acted on so.", "仅合同与考核可如此办理。");
/// A proposal of which no line is chosen.
pub(super) const NOTHING_CHOSEN: Text =
    text("No line is chosen; Space chooses one.", "未选择任何一行；按空格选择。");
/// Nothing to act on as on a review.
pub(super) const NO_REVIEW: Text = text("Only reviews are acted on so.", "仅考核可如此办理。");
/// No vendors to compare.
pub(super) const NO_VENDORS: Text = text(
    "Vendors are compared in their list: mark them with Space first.",
    "在供应商列表中比较：先用空格标记。",
);
/// Nothing with a score.
pub(super) const NO_SCORE: Text = text("Only a review has a score to compare.", "仅考核有得分可比较。");
/// Nothing to act on as on a contract.
pub(super) const NO_CONTRACT: Text = text("Only contracts are acted on so.", "仅合同可如此办理。");
/// A deed with a contract is done.
pub(super) const DEED_DONE: Text = text("{code} {name}: {deed}.", "{code} {name}：{deed}。");
/// It made another contract.
pub(super) const DEED_MADE: Text =
    text("{code} {name}: {deed}; made {made}.", "{code} {name}：{deed}，已新建 {made}。");
/// A step was asked for elsewhere.
pub(super) const NO_STEP: Text =
    text("Only the steps of an exit case are ticked.", "仅退出事项的步骤可勾选。");
/// The step is done, or was left out.
pub(super) const STEP_SETTLED: Text = text(
    "{code} is settled; e opens it again, with the reason.",
    "{code} 已办结；按 e 并写明理由可重新打开。",
);
/// A step is ticked.
pub(super) const STEP_DONE: Text = text("Done: {step} (u undoes)", "已完成：{step}（按 u 撤销）");
/// The last step is asked for away from its case.
pub(super) const CLOSED_BY_CASE: Text =
    text("It is done by closing the case: go to the page of the case.", "随结案完成：请到该退出事项的页面。");
/// A case is closed.
pub(super) const CASE_CLOSED: Text = text(
    "{code} closed: {name}. :exited takes the vendor out.",
    "{code} 已结案：{name}。可用 :exited 将供应商记为已退出。",
);
/// A vendor is out.
pub(super) const EXITED: Text = text("{name} is Exited (u undoes)", "{name} 已退出（按 u 撤销）");
/// It was before.
pub(super) const OUT_ALREADY: Text = text("It is Exited already.", "已退出。");
/// Nothing of a record wants attention.
pub(super) const NOTHING_DUE: Text = text("Nothing of {code} is due.", "{code} 没有到期事项。");
/// What is due of a record beside the one of the page is not known.
pub(super) const OPEN_FIRST: Text = text("Open it first (Enter).", "请先打开该记录（Enter）。");
/// It is told again.
pub(super) const WOKEN: Text = text("{code} is told again (u undoes)", "{code} 已恢复提醒（按 u 撤销）");
/// It is left out until a day.
pub(super) const SNOOZED: Text =
    text("Snoozed until {until}: {name} (u undoes)", "已搁置至 {until}：{name}（按 u 撤销）");
/// It is left out.
pub(super) const ACKNOWLEDGED: Text = text("Acknowledged: {name} (u undoes)", "已知悉：{name}（按 u 撤销）");
/// What was snoozed is shown there alone.
pub(super) const ONLY_ON_OVERVIEW: Text =
    text("What was snoozed is shown on the Overview.", "已搁置的事项在总览中查看。");
/// There is nothing of it.
pub(super) const NOTHING_SNOOZED: Text = text("Nothing that is due is snoozed.", "没有被搁置的到期事项。");
