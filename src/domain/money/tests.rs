use super::*;
use crate::limits::MONEY_MINOR;
use proptest::prelude::*;

fn cur(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

fn cny() -> MoneyRules {
    MoneyRules::of_base(Currency::CNY)
}

fn plain(input: &str, rules: MoneyRules) -> String {
    Money::parse(input, &rules).map_or_else(|e| format!("{input}: {e:?}"), Money::plain)
}

#[test]
fn reads_amounts_as_people_write_them() {
    for (input, expected) in [
        ("3900000", "CNY 3900000.00"),
        ("3,900,000.00", "CNY 3900000.00"),
        ("CNY 3900000", "CNY 3900000.00"),
        ("3900000 CNY", "CNY 3900000.00"),
        ("cny3900000", "CNY 3900000.00"),
        ("¥3.9m", "CNY 3900000.00"),
        ("￥390万", "CNY 3900000.00"),
        ("390万", "CNY 3900000.00"),
        ("390万元", "CNY 3900000.00"),
        ("人民币390万元", "CNY 3900000.00"),
        ("RMB 390万", "CNY 3900000.00"),
        ("1.2亿", "CNY 120000000.00"),
        ("1.5万亿", "CNY 1500000000000.00"),
        ("5百万", "CNY 5000000.00"),
        ("3.9m", "CNY 3900000.00"),
        ("3.9 million", "CNY 3900000.00"),
        ("12k", "CNY 12000.00"),
        ("2bn", "CNY 2000000000.00"),
        ("2bn EUR", "EUR 2000000000.00"),
        ("120万美元", "USD 1200000.00"),
        ("$1,317,169.92 CAD", "CAD 1317169.92"),
        ("US$5", "USD 5.00"),
        ("5 US$", "USD 5.00"),
        ("USD $5", "USD 5.00"),
        ("HK$12.50", "HKD 12.50"),
        ("R$ 12.50", "BRL 12.50"),
        ("€9.99", "EUR 9.99"),
        ("99 zł", "PLN 99.00"),
        ("CNY　１２，３４５．６０", "CNY 12345.60"),
        ("1'234'567.89", "CNY 1234567.89"),
        ("1’234’567", "CNY 1234567.00"),
        ("1 234 567.89", "CNY 1234567.89"),
        ("1\u{A0}234\u{202F}567", "CNY 1234567.00"),
        ("-5", "CNY -5.00"),
        ("\u{2212}5", "CNY -5.00"),
        ("+5", "CNY 5.00"),
        ("(5)", "CNY -5.00"),
        ("（5）", "CNY -5.00"),
        ("CNY (5)", "CNY -5.00"),
        ("(CNY 5)", "CNY -5.00"),
        ("-¥5", "CNY -5.00"),
        ("¥-5", "CNY -5.00"),
        ("(5m) USD", "USD -5000000.00"),
        ("0", "CNY 0.00"),
        ("-0", "CNY 0.00"),
        ("007", "CNY 7.00"),
        ("5.1000000", "CNY 5.10"),
        ("JPY 500.00", "JPY 500"),
        ("KWD 1.234", "KWD 1.234"),
        ("CLF 0.0001", "CLF 0.0001"),
        ("1.23456789m", "CNY 1234567.89"),
        ("  5  ", "CNY 5.00"),
    ] {
        assert_eq!(plain(input, cny()), expected, "{input}");
    }
}

#[test]
fn refuses_what_is_not_exactly_one_number() {
    use MoneyError as E;
    let unknown = |text: &str| E::UnknownText { text: text.to_owned() };
    let out_of_range = |code| E::OutOfRange { most: Money { minor: MONEY_MINOR, currency: cur(code) } };
    let too_many = |code| E::TooManyDecimals { currency: cur(code), allowed: cur(code).exponent() };
    for (input, error) in [
        ("", E::Empty),
        (" \u{3000}", E::Empty),
        ("CNY", E::NoNumber),
        ("abc", E::NoNumber),
        ("942467.", E::BareMark),
        (".5", E::BareMark),
        ("5,", E::BareMark),
        ("¥982, 900", E::BadGrouping),
        ("S2,035,000.00", unknown("S")),
        ("31.65/MT", unknown("/MT")),
        ("31.65 MT", unknown("MT")),
        ("76500.0025.95625.00", E::SecondMark),
        ("1,31,169", E::BadGrouping),
        ("1,3116,9", E::BadGrouping),
        ("0,123", E::BadGrouping),
        ("1234,567", E::BadGrouping),
        ("1,234'567", E::BadGrouping),
        ("1  234", E::BadGrouping),
        ("1.5,000", E::BadGrouping),
        ("12-13", E::NotOneNumber { at: '-' }),
        ("1e5", E::NotOneNumber { at: 'e' }),
        ("5²3", E::NotOneNumber { at: '²' }),
        ("5²", unknown("²")),
        ("5%", unknown("%")),
        ("5 apples", unknown("apples")),
        ("m5", unknown("m")),
        ("5 CNY m", unknown("m")),
        ("5km", unknown("km")),
        ("--5", E::TwoSigns),
        ("-(5)", E::TwoSigns),
        ("(-5)", E::TwoSigns),
        ("5-", E::TwoSigns),
        ("(5", E::UnbalancedParenthesis),
        ("5)", E::UnbalancedParenthesis),
        ("(5))", E::UnbalancedParenthesis),
        (")5(", E::UnbalancedParenthesis),
        ("5.001", too_many("CNY")),
        ("JPY 0.5", too_many("JPY")),
        ("0.000000001m", too_many("CNY")),
        ("100000000000000.01", out_of_range("CNY")),
        ("-100000000000000.01", out_of_range("CNY")),
        ("JPY 10000000000000001", out_of_range("JPY")),
        ("KWD 101万亿", out_of_range("KWD")),
        ("92233720368547758.08", out_of_range("CNY")),
        ("9999999999999999999999999999999999999999999", out_of_range("CNY")),
    ] {
        assert_eq!(Money::parse(input, &cny()), Err(error), "{input}");
    }
    let long = "1".repeat(65);
    assert_eq!(Money::parse(&long, &cny()), Err(E::TooLong { max: 64 }));
}

#[test]
fn the_smallest_amount_is_read() {
    let least = Money { minor: -MONEY_MINOR, currency: Currency::CNY };
    assert_eq!(Money::parse("-100万亿", &cny()), Ok(least));
}

#[test]
fn a_comma_marks_decimals_where_the_rules_say_so() {
    let rules = MoneyRules { decimal: DecimalMark::Comma, ..cny() };
    assert_eq!(plain("€ 1.234,56", rules), "EUR 1234.56");
    assert_eq!(plain("1.234", rules), "CNY 1234.00");
    assert_eq!(plain("1,5", rules), "CNY 1.50");
    assert_eq!(plain("1 234,5", rules), "CNY 1234.50");
    assert_eq!(Money::parse("1.234.56", &rules), Err(MoneyError::BadGrouping));
    assert_eq!(Money::parse("1,5", &cny()), Err(MoneyError::BadGrouping));
    let names = DecimalMark::ALL.map(DecimalMark::name);
    assert_eq!(names.map(DecimalMark::from_name), DecimalMark::ALL.map(Some));
    assert_eq!(DecimalMark::from_name("dot"), None);
}

#[test]
fn bare_numbers_and_shared_symbols_take_the_named_currency_then_the_base() {
    let cad = MoneyRules::of_base(cur("CAD"));
    assert_eq!(plain("5", cad), "CAD 5.00");
    assert_eq!(plain("$5", cad), "CAD 5.00");
    assert_eq!(plain("¥5", MoneyRules::of_base(cur("JPY"))), "JPY 5");
    assert_eq!(plain("kr. 5", MoneyRules::of_base(cur("SEK"))), "SEK 5.00");
    assert_eq!(plain("5 kr.", MoneyRules::of_base(cur("SEK"))), "SEK 5.00");
    let asked = MoneyRules { currency: Some(cur("AUD")), ..cad };
    assert_eq!(plain("5", asked), "AUD 5.00");
    assert_eq!(plain("$5", asked), "AUD 5.00");
}

#[test]
fn a_value_that_states_its_currency_keeps_it() {
    let asked = MoneyRules { currency: Some(cur("EUR")), ..cny() };
    assert_eq!(plain("5 USD", asked), "USD 5.00");
    assert_eq!(plain("£5 GBP", asked), "GBP 5.00");
    assert_eq!(plain("₹5", asked), "INR 5.00");
}

#[test]
fn a_symbol_of_several_currencies_is_never_guessed() {
    let symbol = "$".to_owned();
    let Err(MoneyError::AmbiguousSymbol { symbol: found, may_mean }) = Money::parse("$5", &cny()) else {
        panic!("a dollar sign says nothing in a register of yuan");
    };
    assert_eq!(found, symbol);
    assert!(may_mean.contains(&Currency::USD) && may_mean.contains(&cur("CAD")));
    assert!(!may_mean.contains(&Currency::CNY));
    let asked = MoneyRules { currency: Some(Currency::EUR), ..cny() };
    let refused = MoneyError::SymbolNotCurrency { symbol, currency: Currency::EUR };
    assert_eq!(Money::parse("$5", &asked), Err(refused));
    assert!(matches!(Money::parse("£5", &cny()), Err(MoneyError::AmbiguousSymbol { .. })));
    assert!(matches!(
        Money::parse("390万元", &MoneyRules::of_base(cur("CAD"))),
        Err(MoneyError::AmbiguousSymbol { .. })
    ));
}

#[test]
fn two_currencies_in_one_value_contradict() {
    for (input, first, second) in
        [("€5 USD", "€", "USD"), ("$5 EUR", "$", "EUR"), ("CNY 5 元 USD", "CNY", "USD")]
    {
        let error = MoneyError::TwoCurrencies { first: first.to_owned(), second: second.to_owned() };
        assert_eq!(Money::parse(input, &cny()), Err(error), "{input}");
    }
}

#[test]
fn prints_in_full() {
    let money = Money { minor: 390_000_000, currency: Currency::CNY };
    assert_eq!(money.plain(), "CNY 3900000.00");
    assert_eq!(money.full(), "CNY 3,900,000.00");
    assert_eq!(money.full_digits(), "3,900,000.00");
    assert_eq!(Money { minor: -123_456, currency: cur("JPY") }.full(), "JPY -123,456");
    assert_eq!(Money { minor: -5, currency: cur("KWD") }.full(), "KWD -0.005");
}

#[test]
fn prints_short_for_lists() {
    let short = |minor, code| Money { minor, currency: cur(code) }.short();
    for (minor, expected) in [
        (390_000_000, "¥3.90M"),
        (42_000_000, "¥0.42M"),
        (98_000, "¥980"),
        (98_050, "¥981"),
        (124_000_000, "¥1.24M"),
        (4_260_000_000, "¥42.6M"),
        (31_000_000, "¥0.31M"),
        (8_640_000, "¥86.4k"),
        (125_000, "¥1.25k"),
        (14_200_000_000, "¥142M"),
        (124_000_000_000, "¥1.24B"),
        (99_960, "¥1.00k"),
        (9_999_900, "¥0.10M"),
        (999_600_000, "¥10.0M"),
        (-390_000_000, "-¥3.90M"),
        (1_250, "¥12.50"),
        (500, "¥5"),
        (0, "¥0"),
        (i64::MAX, "¥92,234T"),
    ] {
        assert_eq!(short(minor, "CNY"), expected, "{minor}");
    }
    assert_eq!(short(390_000_000, "USD"), "$3.90M");
    assert_eq!(short(390_000_000, "EUR"), "€3.90M");
    assert_eq!(short(390_000_000, "GBP"), "£3.90M");
    assert_eq!(short(390_000_000, "CAD"), "CAD 3.90M");
    assert_eq!(short(-3_900_000, "JPY"), "JPY -3.90M");
}

#[test]
fn prints_short_in_ten_thousands() {
    for (minor, expected) in [
        (390_000_000, "¥390万"),
        (12_000_000_000, "¥1.2亿"),
        (8_640_000, "¥8.64万"),
        (42_000_000, "¥42万"),
        (980_000, "¥9,800"),
        (4_260_000_000, "¥4,260万"),
        (999_996_000_000, "¥100亿"),
        (-390_000_000, "-¥390万"),
    ] {
        let money = Money { minor, currency: Currency::CNY };
        assert_eq!(money.short_zh(), expected, "{minor}");
    }
}

#[test]
fn sort_keys_compare_amounts_of_different_exponents() {
    let key = |minor, code| Money { minor, currency: cur(code) }.sort_key();
    assert_eq!(key(500, "CNY"), 50_000);
    assert_eq!(key(5, "JPY"), 50_000);
    assert_eq!(key(5_000, "KWD"), 50_000);
    assert_eq!(key(50_000, "CLF"), 50_000);
    assert_eq!((key(i64::MAX, "CNY"), key(i64::MIN, "JPY")), (i64::MAX, i64::MIN));
}

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same(minor in -MONEY_MINOR..=MONEY_MINOR, code in "CNY|USD|JPY|KWD|CLF|EUR|CAD|TND|KRW", base in "CNY|JPY|KWD") {
        let money = Money { minor, currency: cur(&code) };
        let rules = MoneyRules::of_base(cur(&base));
        prop_assert_eq!(Money::parse(&money.plain(), &rules), Ok(money));
        prop_assert_eq!(Money::parse(&money.full(), &rules), Ok(money));
    }

    #[test]
    fn no_text_panics(text in "[-0-9.,' ¥$€a-zA-Z万亿元()（）０-９]{0,24}") {
        for decimal in DecimalMark::ALL {
            let _ = Money::parse(&text, &MoneyRules { decimal, ..cny() });
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = Money::parse(&text, &cny());
    }

    #[test]
    fn the_sort_key_orders_within_a_currency(a in -1_000_000_000_000_i64..1_000_000_000_000, b in -1_000_000_000_000_i64..1_000_000_000_000) {
        let key = |minor| Money { minor, currency: Currency::CNY }.sort_key();
        prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
    }
}
