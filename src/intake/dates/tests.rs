use proptest::prelude::*;

use super::*;

fn settle(cells: &[&str]) -> Result<DateReader, IntakeError> {
    DateReader::settle("signed", cells.iter().enumerate().map(|(at, cell)| (at + 2, *cell)), None)
}

fn asked(order: DateOrder) -> DateReader {
    DateReader::settle("signed", [], Some(order)).unwrap()
}

fn read_all(cells: &[&str]) -> Vec<String> {
    let reader = settle(cells).unwrap();
    cells.iter().map(|cell| reader.read(cell).unwrap().unwrap().to_string()).collect()
}

#[test]
fn the_year_first_needs_no_order() {
    let cells = [
        "2012-10-04",
        "2012/10/4",
        "2012.10.04",
        "2012年10月4日",
        "２０１２－１０－０４",
        "2012 年 10 月 4 日",
    ];
    assert!(read_all(&cells).iter().all(|date| date == "2012-10-04"));
    assert_eq!(asked(DateOrder::Dmy).read("2012-10-04"), asked(DateOrder::Ymd).read("2012-10-04"));
}

#[test]
fn midnight_is_no_time_of_day() {
    let reader = settle(&[]).unwrap();
    for cell in [
        "2012-10-04T00:00:00",
        "2012-10-04 00:00:00.000",
        "2012-10-04T00:00:00Z",
        "2012/10/4 0:00",
        "2012-10-04T00:00:00+00:00",
        "2012-10-04t00:00",
        "2012年10月4日 00:00",
        "Oct 4, 2012 12:00:00 AM",
    ] {
        assert_eq!(reader.read(cell).unwrap().unwrap().to_string(), "2012-10-04", "{cell}");
    }
    for cell in ["2012-10-04T08:00:00", "2012-10-04 12:00", "2012-10-04 12:00 PM", "2012-10-04 1:00 AM"] {
        assert_eq!(reader.read(cell), Err(CellProblem::HasTimeOfDay), "{cell}");
    }
    for cell in
        ["2012-10-04T00:00:xx", "2012-10-04x00:00", "00:00", ":", "2012-10-04 00:", "2012-10-04T00:00+08:00"]
    {
        assert_eq!(reader.read(cell), Err(CellProblem::NotADate), "{cell}");
    }
}

#[test]
fn one_date_that_has_one_meaning_decides_for_its_column() {
    assert_eq!(read_all(&["04/10/2012", "31/12/2012"]), ["2012-10-04", "2012-12-31"]);
    assert_eq!(read_all(&["04/10/2012", "12/31/2012"]), ["2012-04-10", "2012-12-31"]);
    assert_eq!(read_all(&["4-10-2012", "31-12-2012"]), ["2012-10-04", "2012-12-31"]);
    assert_eq!(read_all(&["04.10.2012"]), ["2012-10-04"]);
    assert_eq!(read_all(&["10/1/79", "12/31/03"]), ["1979-10-01", "2003-12-31"]);
    let reader = settle(&["04/10/2012", "Pre-PQ Process", "", "31/12/2012"]).unwrap();
    assert_eq!(reader.read("Pre-PQ Process"), Err(CellProblem::NotADate));
    assert_eq!(reader.read(" None "), Ok(None));
}

#[test]
fn a_column_with_two_readings_is_asked_about() {
    let ambiguous = |orders: &[DateOrder], text: &str| IntakeError::AmbiguousDates {
        column: "signed".to_owned(),
        line: 2,
        text: text.to_owned(),
        orders: orders.to_vec(),
    };
    let both = [DateOrder::Dmy, DateOrder::Mdy];
    assert_eq!(settle(&["04/10/2012", "05/10/2012"]), Err(ambiguous(&both, "04/10/2012")));
    assert_eq!(settle(&["01/02/03"]), Err(ambiguous(&DateOrder::ALL, "01/02/03")));
    let year_or_day = [DateOrder::Ymd, DateOrder::Dmy];
    assert_eq!(settle(&["12-Oct-04"]), Err(ambiguous(&year_or_day, "12-Oct-04")));
    assert_eq!(settle(&["24.05.06"]), Err(ambiguous(&year_or_day, "24.05.06")));
    let date = |order, cell| asked(order).read(cell).unwrap().unwrap().to_string();
    assert_eq!(date(DateOrder::Dmy, "04/10/2012"), "2012-10-04");
    assert_eq!(date(DateOrder::Mdy, "04/10/2012"), "2012-04-10");
    assert_eq!(date(DateOrder::Ymd, "01/02/03"), "2001-02-03");
    assert_eq!(asked(DateOrder::Dmy).read("12/31/2012"), Err(CellProblem::OtherDateOrder));
    assert_eq!(asked(DateOrder::Ymd).read("04/10/2012"), Err(CellProblem::OtherDateOrder));
}

#[test]
fn a_column_with_two_styles_is_asked_about() {
    for (first, other) in [
        ("2012-10-04", "31/12/2012"),
        ("31/12/2012", "12/31/2012"),
        ("31.12.2012", "31/12/2012"),
        ("4-Oct-12", "2012-10-04"),
        ("4-Oct-12", "Oct 4, 2012"),
    ] {
        let mixed = IntakeError::MixedDates {
            column: "signed".to_owned(),
            first: (2, first.to_owned()),
            other: (4, other.to_owned()),
        };
        assert_eq!(settle(&[first, "-", other]), Err(mixed));
    }
    assert!(asked(DateOrder::Dmy).read("2012-10-04").is_ok());
    assert!(asked(DateOrder::Dmy).read("31.12.2012").is_ok());
}

#[test]
fn months_by_name() {
    assert_eq!(read_all(&["4-Oct-12", "11-Jul-06"]), ["2012-10-04", "2006-07-11"]);
    assert_eq!(read_all(&["4 October 2012", "04-OCT-2012"]), ["2012-10-04", "2012-10-04"]);
    assert_eq!(
        read_all(&["Oct 4, 2012", "Sept. 4 2012", "May 4, 12"]),
        ["2012-10-04", "2012-09-04", "2012-05-04"]
    );
    assert_eq!(read_all(&["2012-Oct-04"]), ["2012-10-04"]);
    let reader = settle(&[]).unwrap();
    for cell in ["4-Foo-12", "Oct-12", "Oct 2012", "4 Oct", "4#Oct#2012"] {
        assert_eq!(reader.read(cell), Err(CellProblem::NotADate), "{cell}");
    }
}

#[test]
fn what_is_no_date_is_said() {
    let reader = asked(DateOrder::Dmy);
    for cell in [
        "45292",
        "20121004",
        "2012",
        "2012年10月",
        "soon",
        "12-10",
        "2012-10",
        "2012-10/04",
        "0012-10-04",
        "1/2/3",
        "123/1/2012",
        "-1/2/2012",
        "2012-10-04x",
        "1-2-3-4",
        "1.2.",
        "１",
    ] {
        assert_eq!(reader.read(cell), Err(CellProblem::NotADate), "{cell}");
    }
    for cell in ["2023-02-29", "31/04/2023", "2023年13月1日", "0/1/2023", "31-Apr-2023", "2023-001-500"] {
        assert!(reader.read(cell).is_err(), "{cell}");
    }
    assert_eq!(reader.read("29/2/2023"), Err(CellProblem::NoSuchDay));
    assert_eq!(DateOrder::from_name("mdy"), Some(DateOrder::Mdy));
    assert_eq!(DateOrder::from_name("DMY"), None);
}

#[test]
fn years_are_those_of_every_date_and_still_tell_the_order() {
    let reader = settle(&["04/10/2012", "31/12/9999"]).unwrap();
    assert_eq!(reader.read("04/10/2012").unwrap().unwrap().to_string(), "2012-10-04");
    for cell in ["31/12/9999", "9999-12-31", "3000-01-01", "1899-12-31", "1000年1月1日"] {
        assert_eq!(reader.read(cell), Err(CellProblem::YearOutOfRange), "{cell}");
    }
    for cell in ["2999-12-31", "1900-01-01"] {
        assert_eq!(reader.read(cell).unwrap().unwrap().to_string(), cell);
    }
}

proptest! {
    #[test]
    fn any_cell_is_read_or_refused(cell in "[0-9年月日号/.:T\\- a-cOct,]{0,20}|\\PC{0,20}") {
        for order in DateOrder::ALL {
            let _ = asked(order).read(&cell);
        }
        let _ = settle(&[&cell]);
    }

    #[test]
    fn every_day_is_read_back(days in 0..80_000_i32, order in 0..3_usize) {
        let date = NaiveDate::from_num_days_from_ce_opt(694_000 + days).unwrap();
        let format = ["%Y/%-m/%-d", "%d/%m/%Y", "%-m-%-d-%Y"][order];
        let cell = date.format(format).to_string();
        prop_assert_eq!(asked(DateOrder::ALL[order]).read(&cell), Ok(Some(date)));
    }
}
