//! The words for the figures of a contract's money, the same on the screen and on the command line.

use crate::texts::{Text, text};

/// A month of the book.
pub const MONTH: Text = text("Month", "月份");
/// What was to be billed.
pub const PLAN: Text = text("Plan", "计划");
/// What was billed.
pub const ACTUAL: Text = text("Actual", "实际");
/// What was billed less what it was billed for.
pub const DIFFERENCE: Text = text("Difference", "差异");
/// What is going to have been billed.
pub const FORECAST: Text = text("Forecast", "预测");
/// The forecast of all months up to one.
pub const CUMULATIVE: Text = text("Cumulative", "累计");
/// All months.
pub const TOTAL: Text = text("Total", "合计");
/// What was planned for months that have ended and is not billed yet.
pub const UNBILLED: Text = text("Ended, not billed yet", "已到期未开票");
/// All that a contract costs over its term.
pub const TCO: Text = text("Total cost of ownership", "总拥有成本");
/// What the work would cost in-house.
pub const BASELINE: Text = text("In-house baseline", "自营基准");
/// What is saved against it.
pub const SAVING: Text = text("Saving", "节约率");
/// A layer of total cost.
pub const LAYER: Text = text("Layer", "成本层");
/// A kind of fee.
pub const KIND: Text = text("Kind of fee", "费用类别");
/// Bills of several kinds of fee, or of which nobody said.
pub const SEVERAL_KINDS: Text = text("Several, or not said", "多类或未注明");
/// Invoices and their payments.
pub const INVOICES: Text = text("Invoices", "发票");
/// What was billed in a currency.
pub const BILLED: Text = text("Billed", "已开票");
/// What was paid.
pub const PAID: Text = text("Paid", "已付");
/// What is to be paid.
pub const OPEN: Text = text("Open", "未付");
/// What of it was due.
pub const OVERDUE: Text = text("Overdue", "逾期");
/// What of it is disputed.
pub const DISPUTED: Text = text("Disputed", "有争议");
/// There is nothing to reckon with.
pub const NOTHING: Text = text(
    "Nothing is planned or billed under this contract: add a cost line or an invoice.",
    "该合同尚无费用计划或发票：请新增费用项或发票。",
);
/// Why no saving is told.
pub const NO_BASELINE: Text =
    text("none: no cost line of the layer in-house baseline", "无：没有“自营基准”层的费用项");
/// Why no saving is told though there is a baseline.
pub const NOT_WHOLE: Text = text("not known: see the notes", "未知：见说明");
/// The term that is reckoned with.
pub const TERM: Text = text("{from} to {to}", "{from} 至 {to}");
/// Up to when bills are in.
pub const CLOSED: Text = text("billed to {day}", "已开票至 {day}");
/// In which currency figures are told.
pub const CURRENCY: Text = text("in {own}", "币种 {own}");
/// In which currencies figures are told.
pub const CURRENCIES: Text = text("in {own}, base {base}", "币种 {own}，基准 {base}");
