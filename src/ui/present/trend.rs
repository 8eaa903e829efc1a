//! The trend of a vendor's totals over the last periods, the one under review last.

use ratatui::layout::Rect;

use crate::app::state::State;
use crate::entity::{Value, show};
use crate::register::meeting::{Item, Standing};
use crate::texts::{Text, text};
use crate::ui::overview::sparkline;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Rows of the chart with its heading, periods and totals.
pub(super) const HEIGHT: u16 = BARS + 3;
/// Rows of the bars.
const BARS: u16 = 5;
/// Cells of a period.
const CELL: u16 = 6;
/// What the lowest bar stands above the ground, in hundredths: a trend is seen by its differences, and each
/// bar has its figure below it.
const GROUND: i64 = 1_000;

/// The periods with their totals, and now.
fn totals(item: &Item, standing: &Standing) -> Vec<(String, i64)> {
    let short = |period| show::short(&Value::Period(period), crate::texts::Lang::En);
    let mut all: Vec<(String, i64)> =
        item.trend.iter().map(|(period, total)| (short(*period), *total)).collect();
    if let (Some(total), Some(period)) = (standing.total.total, item.review().period) {
        all.push((short(period), total.hundredths()));
    }
    all
}

/// Draws the chart. How many rows it took.
pub(super) fn draw(state: &State, item: &Item, standing: &Standing, area: Rect, pen: &mut Pen) -> u16 {
    let all = totals(item, standing);
    let fits = usize::from(area.width / CELL);
    let seen = all.iter().skip(all.len().saturating_sub(fits));
    let (Some(low), Some(high)) =
        (all.iter().map(|(_, total)| *total).min(), all.iter().map(|(_, total)| *total).max())
    else {
        return 0;
    };
    let heading = TREND.fill(state.lang, &[("n", &all.len().min(fits).to_string())]);
    pen.put(area.x, area.y, area.width, &heading, Role::Muted);
    let ground = (low - GROUND).max(0);
    let span = (high - ground).max(1);
    let steps = pen.signs.steps;
    let levels = i64::from(BARS) * 5;
    let mut x = area.x;
    for (period, total) in seen {
        // Never empty: what is there is seen.
        let filled = ((total - ground) * levels / span).max(1);
        for row in 0..BARS {
            let level = (filled - i64::from(BARS - 1 - row) * 5).clamp(0, 5);
            let step = usize::try_from(level - 1).ok().and_then(|at| steps.get(at));
            if let Some(step) = step {
                let end = pen.put(x + 1, area.y + 1 + row, 1, step, Role::Accent);
                pen.put(end, area.y + 1 + row, 1, step, Role::Accent);
            }
        }
        pen.put(x, area.y + 1 + BARS, CELL - 1, period.strip_prefix("20").unwrap_or(period), Role::Muted);
        pen.put(x, area.y + 2 + BARS, CELL - 1, &show::points(*total), Role::Text);
        x += CELL;
    }
    HEIGHT
}

/// Draws it as a line, where there is no room for bars. How many rows it took.
pub(super) fn line(item: &Item, standing: &Standing, area: Rect, pen: &mut Pen) -> u16 {
    let all: Vec<i64> = totals(item, standing).into_iter().map(|(_, total)| total).collect();
    if all.len() < 2 || area.height == 0 {
        return 0;
    }
    let trend = sparkline(&all, pen.signs);
    pen.put(area.x, area.y, area.width, &trend, Role::Accent);
    2
}

const TREND: Text = text("TREND  {n} periods", "走势  {n} 期");
