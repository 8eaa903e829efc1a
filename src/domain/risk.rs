//! Risks: types, treatment, the cell of likelihood and impact, and the level of a cell.
//!
//! This module must never make a level from the product of a cell: a level is looked up in a
//! matrix, and the product is only shown and sorted by.

use std::fmt;
use std::str::FromStr;

use crate::closed_list;
use crate::domain::decimal::fold_width;
use crate::domain::list::{Choice, ClosedList};

closed_list! {
    /// What a risk is about (the seed lists T-14).
    RiskType {
        Quality = "quality", Plain, "Quality below standard", "服务质量不达标";
        DataSecurity = "data_security", Plain, "Data security", "信息泄露或数据安全";
        Performance = "performance", Plain, "Falling ability to perform", "履约能力下降";
        Compliance = "compliance", Plain, "Legal compliance", "法律合规风险";
        Qualification = "qualification", Plain, "Unqualified vendor", "供应商资质不合格";
        VendorFailure = "vendor_failure", Plain, "Vendor failure", "供应商倒闭";
        Staffing = "staffing", Plain, "Unstable or short staff", "人力资源不足或不稳定";
        Technical = "technical", Plain, "Technical", "技术问题";
        Communication = "communication", Plain, "Communication", "沟通障碍";
        Change = "change", Plain, "Change of vendor, staff or needs", "供应商、人员或需求变更";
        Dependence = "dependence", Plain, "Dependence on the vendor", "对服务商的依赖";
        CrossBorder = "cross_border", Plain, "Cross-border data", "跨境数据流动";
    }
}

closed_list! {
    /// What is done about a risk.
    Treatment {
        Avoid = "avoid", Plain, "Avoid", "规避";
        Reduce = "reduce", Plain, "Reduce", "降低";
        Transfer = "transfer", Plain, "Transfer", "转移";
        Accept = "accept", Plain, "Accept", "接受";
    }
}

closed_list! {
    /// How far the work on a risk is.
    RiskState {
        Open = "open", Attention, "Open", "待评估";
        Assessed = "assessed", Attention, "Assessed", "已评估";
        Treating = "treating", Plain, "Treating", "处置中";
        Accepted = "accepted", Plain, "Accepted", "已接受";
        Closed = "closed", Good, "Closed", "已关闭";
    }
}

closed_list! {
    /// The level of a risk under [`Matrix::ProductBands`].
    Level {
        Low = "low", Good, "Low", "低";
        Medium = "medium", Plain, "Medium", "中";
        High = "high", Attention, "High", "高";
        Severe = "severe", Bad, "Severe", "重大";
    }
}

closed_list! {
    /// The level of a risk under [`Matrix::Iso27005`].
    IsoLevel {
        VeryLow = "very_low", Good, "Very low", "很低";
        Low = "low", Good, "Low", "低";
        Medium = "medium", Plain, "Medium", "中";
        High = "high", Attention, "High", "高";
        VeryHigh = "very_high", Bad, "Very high", "很高";
    }
}

/// A level of either matrix. Levels order by severity and are compared only within one matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskLevel {
    /// Of the product bands.
    Bands(Level),
    /// Of the ISO 27005 grid.
    Iso(IsoLevel),
}

impl RiskLevel {
    /// The word of the level.
    #[must_use]
    pub fn choice(self) -> &'static Choice {
        match self {
            Self::Bands(level) => level.choice(),
            Self::Iso(level) => level.choice(),
        }
    }
}

closed_list! {
    /// The matrix by which a register reads the level of a cell.
    Matrix {
        /// Low 1 to 4, medium 5 to 9, high 10 to 16, severe 20 to 25; symmetric.
        ProductBands = "product_bands", Plain, "Product bands", "乘积分级";
        /// The example grid of ISO 27005; not symmetric: 2x5 is medium, 5x2 is high.
        Iso27005 = "iso_27005", Plain, "ISO 27005", "ISO 27005";
    }
}

impl Matrix {
    /// The level of `cell`.
    #[must_use]
    pub fn level(self, cell: Cell) -> RiskLevel {
        let row = usize::from(cell.likelihood - 1);
        let column = usize::from(cell.impact - 1);
        match self {
            Self::ProductBands => RiskLevel::Bands(lookup(&PRODUCT_BANDS, row, column, Level::Severe)),
            Self::Iso27005 => RiskLevel::Iso(lookup(&ISO_27005, row, column, IsoLevel::VeryHigh)),
        }
    }
}

/// How many days may pass between two reviews of a risk, settings of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewIntervals {
    /// For severe and very high risks.
    pub severe: u32,
    /// For high risks.
    pub high: u32,
    /// For medium risks.
    pub medium: u32,
    /// For low and very low risks.
    pub low: u32,
}

impl Default for ReviewIntervals {
    fn default() -> Self {
        Self { severe: 30, high: 90, medium: 180, low: 365 }
    }
}

impl ReviewIntervals {
    /// The days until a risk of this level is to be reviewed again.
    #[must_use]
    pub const fn days(&self, level: RiskLevel) -> u32 {
        match level {
            RiskLevel::Bands(Level::Severe) | RiskLevel::Iso(IsoLevel::VeryHigh) => self.severe,
            RiskLevel::Bands(Level::High) | RiskLevel::Iso(IsoLevel::High) => self.high,
            RiskLevel::Bands(Level::Medium) | RiskLevel::Iso(IsoLevel::Medium) => self.medium,
            RiskLevel::Bands(Level::Low) | RiskLevel::Iso(IsoLevel::Low | IsoLevel::VeryLow) => self.low,
        }
    }
}

/// Likelihood and impact, each 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    likelihood: u8,
    impact: u8,
}

/// Why a text is not a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellError {
    /// Nothing but spaces.
    Empty,
    /// Not two numbers with `x`, `×` or `*` between them.
    NotACell,
    /// A number outside 1 to 5.
    OutOfRange {
        /// The number.
        found: u32,
    },
}

impl Cell {
    /// The cell of these two, each 1 to 5.
    ///
    /// # Errors
    ///
    /// The first that is out of range.
    pub const fn new(likelihood: u8, impact: u8) -> Result<Self, CellError> {
        if likelihood < 1 || likelihood > 5 {
            return Err(CellError::OutOfRange { found: likelihood as u32 });
        }
        if impact < 1 || impact > 5 {
            return Err(CellError::OutOfRange { found: impact as u32 });
        }
        Ok(Self { likelihood, impact })
    }

    /// How likely, 1 to 5.
    #[must_use]
    pub const fn likelihood(self) -> u8 {
        self.likelihood
    }

    /// How grave, 1 to 5.
    #[must_use]
    pub const fn impact(self) -> u8 {
        self.impact
    }

    /// Likelihood times impact, 1 to 25, for showing and sorting.
    #[must_use]
    pub const fn product(self) -> u8 {
        self.likelihood * self.impact
    }
}

impl fmt::Display for Cell {
    /// Likelihood first, `4x5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.likelihood, self.impact)
    }
}

impl FromStr for Cell {
    type Err = CellError;

    /// Reads `4x5`, `4×5`, `4*5`, `4 X 5`; likelihood first.
    fn from_str(input: &str) -> Result<Self, CellError> {
        let folded = fold_width(input);
        let text = folded.trim();
        if text.is_empty() {
            return Err(CellError::Empty);
        }
        let (likelihood, impact) = text.split_once(['x', 'X', '×', '*']).ok_or(CellError::NotACell)?;
        Self::new(axis(likelihood)?, axis(impact)?)
    }
}

/// A residual risk (current or target) that is greater than the inherent one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResidualExceeds {
    /// The risk before any control.
    pub inherent: Cell,
    /// The risk that is said to remain.
    pub residual: Cell,
}

/// Checks that what remains of a risk is not greater than the risk was (CISO Assistant), neither by
/// level nor by product.
///
/// # Errors
///
/// The two cells where it is greater.
pub fn check_residual(inherent: Cell, residual: Cell, matrix: Matrix) -> Result<(), ResidualExceeds> {
    let exceeds = residual.product() > inherent.product() || matrix.level(residual) > matrix.level(inherent);
    if exceeds { Err(ResidualExceeds { inherent, residual }) } else { Ok(()) }
}

type Grid = [[usize; 5]; 5];

/// Rows by likelihood, columns by impact; the number is the place of the level in its list.
const PRODUCT_BANDS: Grid =
    [[0, 0, 0, 0, 1], [0, 0, 1, 1, 2], [0, 1, 1, 2, 2], [0, 1, 2, 2, 3], [1, 2, 2, 3, 3]];

/// Rows by likelihood, columns by impact; the number is the place of the level in its list.
const ISO_27005: Grid = [[0, 0, 1, 1, 1], [0, 1, 1, 2, 2], [1, 1, 2, 3, 3], [1, 2, 3, 3, 4], [2, 3, 3, 4, 4]];

/// The level in a place of the grid; `worst` can be met only by a grid that names no level, and
/// then it is the careful answer.
fn lookup<L: ClosedList>(grid: &Grid, row: usize, column: usize, worst: L) -> L {
    let place = grid.get(row).and_then(|r| r.get(column));
    place.and_then(|p| L::ALL.get(*p)).copied().unwrap_or(worst)
}

fn axis(text: &str) -> Result<u8, CellError> {
    let found: u32 = text.trim().parse().map_err(|_| CellError::NotACell)?;
    u8::try_from(found).map_err(|_| CellError::OutOfRange { found })
}

#[cfg(test)]
mod tests;
