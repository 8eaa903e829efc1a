//! A proposal of the house: its lines, chosen or not, each with its reason.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::proposal::ProposalPane;
use crate::app::state::State;
use crate::register::proposal::{Fate, Line, Wish};
use crate::texts::{Lang, Text, text};
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the box.
const WIDE: u16 = 112;
/// Rows of the reason in full, below the lines.
const FULL: u16 = 2;
/// Cells of the word that says what becomes of a line.
const FATE: u16 = 9;

/// Draws it over the screen.
pub fn draw(state: &State, pane: &ProposalPane, pen: &mut Pen) {
    let lang = state.lang;
    let screen = pen.area;
    let wide = WIDE.min(screen.width.saturating_sub(2));
    let listed = pane.proposal.as_ref().map_or(1, |proposal| proposal.lines.len().max(1));
    let high = u16::try_from(listed).unwrap_or(u16::MAX).saturating_add(FULL + 5);
    let high = high.min(screen.height.saturating_sub(2)).max(3);
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let actions = match pane.wish {
        Wish::Open { .. } => {
            &[Action::Accept, Action::Take, Action::NextPeriod, Action::PeriodKind, Action::Dismiss][..]
        }
        Wish::Fill(_) | Wish::Decide(_) => &[Action::Accept, Action::Take, Action::Dismiss],
    };
    let hints = hint_line(state, &[Context::Proposal], actions);
    pen.frame(area, TITLE.fill(lang, &[("title", pane.wish.title().in_(lang))]).trim(), &hints);
    let inner =
        Rect { x: area.x + 2, y: area.y + 1, width: wide.saturating_sub(4), height: high.saturating_sub(2) };
    let Some(proposal) = &pane.proposal else { return };
    pen.put(inner.x, inner.y, inner.width, &proposal.summary().in_(lang), Role::Strong);
    if proposal.lines.is_empty() {
        let none = match pane.wish {
            Wish::Open { .. } => NONE,
            Wish::Fill(_) => NO_FEED,
            Wish::Decide(_) => NO_RULE,
        };
        pen.put(inner.x, inner.y + 2, inner.width, none.in_(lang), Role::Muted);
        return;
    }
    let rows = inner.height.saturating_sub(FULL + 3);
    let top = (pane.cursor + 1).saturating_sub(usize::from(rows));
    let first = inner.y + 2;
    for (y, (at, one)) in (first..first + rows).zip(proposal.lines.iter().enumerate().skip(top)) {
        line(lang, pane, one, Rect { y, height: 1, ..inner }, pen);
        if at == pane.cursor {
            pen.put(area.x + 1, y, 1, pen.signs.cursor, Role::Text);
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
    if let Some(one) = pane.line() {
        let full = pen.measure.wrapped(&spoken_line(one, lang), inner.width);
        for (y, part) in (inner.bottom().saturating_sub(FULL)..inner.bottom()).zip(full) {
            pen.put(inner.x, y, inner.width, &part, Role::Muted);
        }
    }
}

fn line(lang: Lang, pane: &ProposalPane, one: &Line, area: Rect, pen: &mut Pen) {
    let (word, role) = match one.fate {
        Fate::Will | Fate::Over if pane.is_chosen(one) => (DO, Role::Good),
        Fate::Will if matches!(pane.wish, Wish::Decide(_)) => (PROPOSED, Role::Text),
        Fate::Will => (LEFT, Role::Muted),
        Fate::Over => (OVER, Role::Attention),
        Fate::Stands => (THERE, Role::Muted),
        Fate::Skipped => (SKIPPED, Role::Attention),
    };
    pen.put(area.x, area.y, FATE, word.in_(lang), role);
    let x = area.x + FATE + 1;
    let room = area.right().saturating_sub(x);
    let what = (room * 2 / 5).max(12).min(room);
    pen.put(x, area.y, what, &one.what.in_(lang), Role::Text);
    let says = x + what + 2;
    pen.put(says, area.y, area.right().saturating_sub(says), &one.says.in_(lang), Role::Muted);
}

/// The line under the cursor, as it is spoken.
pub(super) fn spoken(pane: &ProposalPane, lang: Lang) -> String {
    let line = pane.line().map(|line| spoken_line(line, lang));
    let summary = pane.proposal.as_ref().map(|proposal| proposal.summary().in_(lang));
    line.or(summary).unwrap_or_default()
}

fn spoken_line(line: &Line, lang: Lang) -> String {
    SPOKEN.fill(lang, &[("what", &line.what.in_(lang)), ("says", &line.says.in_(lang))])
}

const TITLE: Text = text("{title}", "{title}");
const SPOKEN: Text = text("{what}: {says}", "{what}：{says}");
const DO: Text = text("do it", "执行");
const PROPOSED: Text = text("proposed", "建议");
const LEFT: Text = text("left out", "不执行");
const OVER: Text = text("in place", "将替换");
const THERE: Text = text("there", "已存在");
const SKIPPED: Text = text("skipped", "跳过");
const NO_FEED: Text = text(
    "None of its KPIs says where it is filled from, and nobody has rated it.",
    "其指标均未指定数据来源，也没有评分人评分。",
);
const NO_RULE: Text =
    text("The rules of the register name nothing for this grade.", "登记册规则未为此等级规定措施。");
const NONE: Text = text(
    "Nothing is proposed. Review plans say whose reviews are opened: vendeck review-plan add.",
    "没有可发起的内容。考核计划决定对谁考核：vendeck review-plan add。",
);
