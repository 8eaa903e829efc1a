use super::*;
use proptest::prelude::*;

fn cell(text: &str) -> Cell {
    text.parse().unwrap()
}

#[test]
fn cells_are_typed_and_printed() {
    for input in ["4x5", "4×5", "4*5", " 4 X 5 ", "４×５", "４ｘ５"] {
        assert_eq!(cell(input).to_string(), "4x5", "{input}");
    }
    assert_eq!((cell("4x5").likelihood(), cell("4x5").impact(), cell("4x5").product()), (4, 5, 20));
}

#[test]
fn what_is_no_cell_is_refused() {
    for (input, error) in [
        ("", CellError::Empty),
        ("45", CellError::NotACell),
        ("4x", CellError::NotACell),
        ("4x5x1", CellError::NotACell),
        ("-4x5", CellError::NotACell),
        ("0x5", CellError::OutOfRange { found: 0 }),
        ("4x6", CellError::OutOfRange { found: 6 }),
        ("4x300", CellError::OutOfRange { found: 300 }),
    ] {
        assert_eq!(input.parse::<Cell>(), Err(error), "{input}");
    }
}

#[test]
fn the_product_bands_hold_in_every_cell() {
    for likelihood in 1..=5 {
        for impact in 1..=5 {
            let cell = Cell::new(likelihood, impact).unwrap();
            let expected = match cell.product() {
                1..=4 => Level::Low,
                5..=9 => Level::Medium,
                10..=16 => Level::High,
                _ => Level::Severe,
            };
            assert_eq!(Matrix::ProductBands.level(cell), RiskLevel::Bands(expected), "{cell}");
        }
    }
}

#[test]
fn the_iso_grid_is_not_symmetric() {
    let level = |text| Matrix::Iso27005.level(cell(text)).choice().key;
    assert_eq!((level("2x5"), level("5x2")), ("medium", "high"));
    assert_eq!(
        (level("1x1"), level("5x5"), level("1x5"), level("5x1")),
        ("very_low", "very_high", "low", "medium")
    );
    assert_eq!((level("3x3"), level("4x3"), level("3x4")), ("medium", "high", "high"));
}

#[test]
fn the_graver_the_risk_the_sooner_the_review() {
    let intervals = ReviewIntervals::default();
    let bands = Level::ALL.iter().map(|l| intervals.days(RiskLevel::Bands(*l)));
    assert_eq!(bands.collect::<Vec<_>>(), [365, 180, 90, 30]);
    let iso = IsoLevel::ALL.iter().map(|l| intervals.days(RiskLevel::Iso(*l)));
    assert_eq!(iso.collect::<Vec<_>>(), [365, 365, 180, 90, 30]);
}

#[test]
fn what_remains_is_not_greater_than_what_was() {
    let check = |inherent, residual, matrix| check_residual(cell(inherent), cell(residual), matrix);
    assert_eq!(check("4x4", "4x4", Matrix::ProductBands), Ok(()));
    assert_eq!(check("4x4", "2x3", Matrix::ProductBands), Ok(()));
    let exceeds = ResidualExceeds { inherent: cell("3x3"), residual: cell("3x4") };
    assert_eq!(check("3x3", "3x4", Matrix::ProductBands), Err(exceeds));
    // Greater within the same level is greater all the same.
    assert!(check("2x3", "3x3", Matrix::ProductBands).is_err());
    // The same product, and a higher level on the ISO grid alone.
    assert_eq!(check("2x5", "5x2", Matrix::ProductBands), Ok(()));
    assert!(check("2x5", "5x2", Matrix::Iso27005).is_err());
}

#[test]
fn the_seed_types_have_their_keys() {
    let keys = RiskType::CHOICES.iter().map(|c| c.key).collect::<Vec<_>>();
    let expected = [
        "quality",
        "data_security",
        "performance",
        "compliance",
        "qualification",
        "vendor_failure",
        "staffing",
        "technical",
        "communication",
        "change",
        "dependence",
        "cross_border",
    ];
    assert_eq!(keys, expected);
}

proptest! {
    #[test]
    fn more_likely_or_graver_is_never_a_lower_level(l in 1_u8..5, i in 1_u8..5, iso: bool) {
        let matrix = if iso { Matrix::Iso27005 } else { Matrix::ProductBands };
        let level = |l, i| matrix.level(Cell::new(l, i).unwrap());
        prop_assert!(level(l + 1, i) >= level(l, i));
        prop_assert!(level(l, i + 1) >= level(l, i));
    }

    #[test]
    fn printed_cells_parse_to_the_same(l in 1_u8..=5, i in 1_u8..=5) {
        let cell = Cell::new(l, i).unwrap();
        prop_assert_eq!(cell.to_string().parse(), Ok(cell));
    }
}
