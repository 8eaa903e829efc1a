//! What the demo register promises: it reads on any day, every word of every closed list occurs, every
//! kind of attention is reached, and what is said of one record agrees with the others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};

use super::*;

fn ymd(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

/// Days that are hard on dates: a leap day, ends and beginnings of months, quarters and years.
fn days() -> Vec<NaiveDate> {
    let texts = [
        "2026-11-22",
        "2028-02-29",
        "2027-02-28",
        "2026-12-31",
        "2027-01-01",
        "2026-03-31",
        "2026-04-01",
        "2026-08-31",
        "2025-06-30",
    ];
    texts.map(ymd).to_vec()
}

fn of_kind<'a>(entries: &'a [Entry], kind: &str) -> Vec<&'a Entry> {
    entries.iter().filter(|entry| entry.kind == kind).collect()
}

fn words<'a>(entries: &'a [Entry], kind: &str, field: &str) -> BTreeSet<&'a str> {
    let of_kind = entries.iter().filter(|entry| entry.kind == kind);
    of_kind.filter_map(|entry| entry.get(field)).flat_map(|words| words.split(',')).collect()
}

/// Days from `today` to the date in `field`; late is negative.
fn days_to(entry: &Entry, field: &str, today: NaiveDate) -> Option<i64> {
    entry.get(field).map(|date| (ymd(date) - today).num_days())
}

#[test]
fn the_register_reads_on_any_day_with_links_backwards_and_codes_once() {
    for today in days() {
        let mut seen = BTreeMap::new();
        for entry in entries(today).unwrap() {
            for (field, code) in &entry.fields {
                let kinds: &[&str] = match *field {
                    "parent" => &["contract"],
                    link @ ("vendor" | "contract" | "service" | "template" | "kpi" | "review" | "risk") => {
                        &[link]
                    }
                    _ => &[],
                };
                if let Some(kind) = kinds.first() {
                    assert_eq!(seen.get(code), Some(kind), "{} {field} {code}", entry.code);
                }
            }
            assert_eq!(seen.insert(entry.code.clone(), entry.kind), None, "{} twice", entry.code);
        }
    }
}

#[test]
fn the_register_is_as_large_as_it_says() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    let least = [
        ("vendor", 26),
        ("contract", 44),
        ("service", 12),
        ("kpi", 16),
        ("template", 11),
        ("review", 130),
        ("risk", 32),
        ("action", 30),
        ("interaction", 30),
        ("contact", 40),
    ];
    for (kind, least) in least {
        let count = of_kind(&entries, kind).len();
        assert!(count >= least, "{count} {kind}");
    }
    let mut quarters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for review in of_kind(&entries, "review") {
        if review.get("period").unwrap().contains("-Q") {
            quarters.entry(review.get("vendor").unwrap()).or_default().insert(review.get("period").unwrap());
        }
    }
    let eight = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
    let full = quarters.values().filter(|periods| eight.iter().all(|quarter| periods.contains(quarter)));
    assert!(full.count() >= 12);
}

#[test]
fn every_word_of_every_closed_list_occurs_and_no_other() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    let lists = [
        ("vendor", "class", "ito bpo kpo"),
        ("vendor", "region", "domestic offshore"),
        ("vendor", "tier", "strategic leverage bottleneck routine"),
        (
            "vendor",
            "state",
            "prospect in_review approved active watch suspended exiting exited rejected blacklisted",
        ),
        ("service", "class", "ito bpo kpo"),
        ("service", "reliance", "none low material full"),
        ("service", "substitutability", "easy medium hard impossible"),
        ("service", "criticality", "1 2 3 4"),
        ("contract", "kind", "master order nda dispatch amendment"),
        ("contract", "state", "draft legal_review approved signed in_force ended cancelled"),
        ("contract", "renewal", "none express auto evergreen"),
        ("contract", "notice_method", "registered"),
        ("contract", "end_reason", "expired terminated_mutual terminated_breach force_majeure replaced"),
        ("kpi", "measure", "quant qual"),
        ("kpi", "nature", "leading lagging current"),
        ("kpi", "direction", "max min range"),
        ("kpi", "method", "form feedback on_site"),
        ("template", "period_kind", "month quarter half year"),
        ("template", "state", "draft current retired"),
        ("review", "state", "planned collecting draft shared acknowledged disputed locked"),
        ("review", "response", "acknowledged disputed"),
        ("review_row", "status", "not_measured measured not_applicable"),
        (
            "risk",
            "type",
            "quality data_security performance compliance qualification vendor_failure staffing technical \
             communication change dependence cross_border",
        ),
        ("risk", "treatment", "avoid reduce transfer accept"),
        ("risk", "state", "open assessed treating accepted closed"),
        ("action", "side", "ours theirs"),
        ("action", "state", "open in_progress done dropped"),
        ("interaction", "channel", "meeting phone email visit"),
    ];
    for (kind, field, list) in lists {
        let expected: BTreeSet<&str> = list.split_whitespace().collect();
        assert_eq!(words(&entries, kind, field), expected, "{kind} {field}");
    }
}

#[test]
fn required_fields_are_filled_and_money_and_mails_are_in_form() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    let required = [
        ("vendor", "name"),
        ("contact", "vendor"),
        ("contact", "name"),
        ("service", "name"),
        ("contract", "vendor"),
        ("contract", "title"),
        ("kpi", "name"),
        ("template", "name"),
        ("template_row", "weight"),
        ("review", "vendor"),
        ("review", "period"),
        ("review_row", "kpi"),
        ("review_row", "weight"),
        ("risk", "title"),
        ("action", "title"),
        ("interaction", "on"),
        ("interaction", "summary"),
    ];
    for (kind, field) in required {
        for entry in of_kind(&entries, kind) {
            assert!(entry.get(field).is_some_and(|words| !words.is_empty()), "{} lacks {field}", entry.code);
        }
    }
    for entry in &entries {
        if let Some(mail) = entry.get("email") {
            assert!(mail.ends_with(".example"), "{mail}");
        }
        if let Some(site) = entry.get("website") {
            assert!(site.ends_with(".example"), "{site}");
        }
        if let Some(phone) = entry.get("phone") {
            assert!(["5550 0", "555 01", "7946 0"].iter().any(|part| phone.contains(part)), "{phone}");
        }
        if let Some(value) = entry.get("value").filter(|_| entry.kind != "measurement") {
            let (currency, amount) = value.split_once(' ').unwrap();
            assert!(
                ["CNY", "USD", "EUR", "JPY"].contains(&currency) && amount.parse::<u64>().is_ok(),
                "{value}"
            );
        }
        for (_, words) in &entry.fields {
            assert_eq!(words.trim(), words, "{}", entry.code);
        }
    }
}

#[test]
fn weights_of_every_template_sum_to_ten_thousand() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    for template in of_kind(&entries, "template") {
        let rows = of_kind(&entries, "template_row");
        let own = rows.iter().filter(|row| row.get("template") == Some(template.code.as_str()));
        let sum: u32 = own.map(|row| row.get("weight").unwrap().parse::<u32>().unwrap()).sum();
        assert_eq!(sum, 10_000, "{}", template.code);
    }
}

#[test]
fn the_defaults_come_first_and_start_with_the_six_kpi_card() {
    let (defaults, entries) = (defaults().unwrap(), entries(ymd("2026-11-22")).unwrap());
    let six: Vec<_> = of_kind(&defaults, "template_row")
        .into_iter()
        .filter(|row| row.get("template") == Some("T-0001"))
        .map(|row| (row.get("kpi").unwrap(), row.get("weight").unwrap()))
        .collect();
    let expected = [
        ("K-0001", "3000"),
        ("K-0002", "2500"),
        ("K-0003", "1500"),
        ("K-0004", "1500"),
        ("K-0005", "1000"),
        ("K-0006", "500"),
    ];
    assert_eq!(six, expected);
    for default in &defaults {
        let same = entries.iter().find(|entry| entry.code == default.code).unwrap();
        // The demo moves the default card on to its second revision and changes nothing else.
        assert!(same == default || same.code == "T-0001", "{}", default.code);
        assert!(default.kind != "kpi" || default.get("name_zh").is_some(), "{}", default.code);
    }
    let card = |code: &str| {
        let card = entries.iter().find(|entry| entry.code == code).unwrap();
        ["name", "revision", "state"].map(|field| card.get(field).unwrap())
    };
    assert_eq!(card("T-0001"), [card("T-0009")[0], "2", "current"]);
    assert_eq!(card("T-0009")[1..], ["1", "retired"]);
}

/// The first day not covered by the running term (auto: the first boundary after today).
fn boundary(contract: &Entry, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(last) = contract.get("ends_on") {
        return ymd(last).succ_opt();
    }
    let months = |field| -> Option<u32> {
        let span = contract.get(field)?;
        match span.chars().last()? {
            'm' => span.trim_end_matches('m').parse().ok(),
            'y' => span.trim_end_matches('y').parse::<u32>().ok().map(|years| years * 12),
            _ => None,
        }
    };
    let (starts, mut term) = (ymd(contract.get("starts_on")?), months("term")?);
    while contract.get("renewal") == Some("auto") && starts + Months::new(term) <= today {
        term += months("renewal_term")?;
    }
    Some(starts + Months::new(term))
}

/// Days until notice must leave, for undecided automatic renewals with a notice in days; before any roll.
fn notice_in(contract: &Entry, today: NaiveDate) -> Option<i64> {
    if contract.get("renewal") != Some("auto") || contract.get("state") != Some("in_force") {
        return None;
    }
    if contract.get("notice_given_on").is_some() {
        return None;
    }
    let days =
        |field| contract.get(field).map_or(Some(0), |span| span.trim_end_matches('d').parse::<u64>().ok());
    let lead = days("notice")? + days("transit")? + days("receipt")?;
    Some((boundary(contract, today)? - Days::new(lead) - today).num_days())
}

#[test]
fn every_badge_and_every_deadline_of_a_contract_is_reached() {
    for today in days() {
        let entries = entries(today).unwrap();
        let contracts = of_kind(&entries, "contract");
        let any = |what: &str, test: &dyn Fn(&Entry) -> bool| {
            assert!(contracts.iter().any(|contract| test(contract)), "{what} on {today}");
        };
        let in_force = |contract: &Entry| contract.get("state") == Some("in_force");
        let ends_in = |contract: &Entry| boundary(contract, today).map(|end| (end - today).num_days());
        any("notice missed", &|c| notice_in(c, today).is_some_and(|days| (-14..0).contains(&days)));
        any("notice within a week", &|c| notice_in(c, today).is_some_and(|days| (0..=7).contains(&days)));
        any("notice within a month", &|c| notice_in(c, today).is_some_and(|days| (20..=30).contains(&days)));
        any("in term", &|c| notice_in(c, today).is_some_and(|days| days > 60));
        any("last term, notice given", &|c| in_force(c) && c.get("notice_given_on").is_some());
        any("last term, ending", &|c| {
            in_force(c)
                && c.get("renewal") == Some("none")
                && ends_in(c).is_some_and(|d| (1..=90).contains(&d))
        });
        any("decision due, its notice date past", &|c| {
            let ends = ends_in(c).unwrap_or_default();
            in_force(c)
                && c.get("renewal") == Some("express")
                && c.get("notice") == Some("30d")
                && (10..30).contains(&ends)
        });
        any("lapsed", &|c| {
            in_force(c) && c.get("renewal") == Some("express") && ends_in(c).is_some_and(|d| d <= 0)
        });
        any("upcoming", &|c| {
            c.get("state") == Some("signed") && days_to(c, "starts_on", today).is_some_and(|d| d > 0)
        });
        any("evergreen", &|c| in_force(c) && c.get("renewal") == Some("evergreen"));
        any("order under a master", &|c| c.get("kind") == Some("order") && c.get("parent").is_some());
        any("second renewal", &|c| {
            in_force(c) && days_to(c, "starts_on", today).is_some_and(|days| days < -48 * 30)
        });
    }
}

#[test]
fn contracts_are_in_the_state_that_their_dates_say() {
    for today in days() {
        for contract in of_kind(&entries(today).unwrap(), "contract") {
            let code = &contract.code;
            let (starts, signed) =
                (days_to(contract, "starts_on", today), days_to(contract, "signed_on", today));
            match contract.get("state").unwrap() {
                "in_force" => assert!(starts.unwrap() <= 0 && signed.unwrap() <= 0, "{code} on {today}"),
                "ended" => {
                    assert!(days_to(contract, "ends_on", today).unwrap() < 0, "{code} on {today}");
                    assert!(contract.get("end_reason").is_some(), "{code}");
                }
                "signed" => assert!(starts.unwrap() > 0 && signed.unwrap() <= 0, "{code} on {today}"),
                _ => assert!(signed.is_none(), "{code}"),
            }
            let reason = contract.get("end_reason").is_some();
            assert_eq!(reason, contract.get("state") == Some("ended"), "{code}");
        }
    }
}

#[test]
fn vendors_are_in_the_state_that_their_contracts_say() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    for vendor in of_kind(&entries, "vendor") {
        let contracts = of_kind(&entries, "contract");
        let in_force = contracts
            .iter()
            .filter(|contract| contract.get("vendor") == Some(vendor.code.as_str()))
            .any(|contract| contract.get("state") == Some("in_force"));
        let state = vendor.get("state").unwrap();
        let expected = matches!(state, "active" | "watch" | "suspended" | "exiting");
        assert_eq!(in_force, expected, "{} is {state}", vendor.code);
    }
}

/// The total of a review of qualitative rows, in hundredths, without rows that are not measured.
fn total(entries: &[Entry], review: &Entry) -> Option<u32> {
    let rows = of_kind(entries, "review_row");
    let own = rows.into_iter().filter(|row| row.get("review") == Some(review.code.as_str()));
    let (mut points, mut weights) = (0, 0);
    for row in own.filter(|row| row.get("rating").is_some()) {
        let weight: u32 = row.get("weight").unwrap().parse().unwrap();
        points += weight * 2000 * row.get("rating").unwrap().parse::<u32>().unwrap();
        weights += weight;
    }
    points.checked_div(weights)
}

#[test]
fn scores_tell_the_story_of_their_vendors() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    let score = |vendor: &str, period: &str| {
        let reviews = of_kind(&entries, "review");
        let of =
            |review: &&&Entry| review.get("vendor") == Some(vendor) && review.get("period") == Some(period);
        total(&entries, reviews.iter().find(of).unwrap()).unwrap()
    };
    assert_eq!(score("V-0001", "2026-Q3"), 8600);
    assert_eq!(score("V-0002", "2026-Q3"), 7900);
    assert_eq!(score("V-0004", "2026-Q3"), 6300);
    assert_eq!(score("V-0006", "2026-Q3"), 7100);
    assert_eq!(score("V-0007", "2026-Q3"), 8400);
    assert_eq!(score("V-0010", "2026-Q3"), 8200);
    assert_eq!(score("V-0011", "2026-Q3"), 8800);
    assert!(score("V-0001", "2024-Q4") < 7500, "rising");
    assert!(score("V-0004", "2024-Q4") > 8000, "falling");
    let of_kestrel = of_kind(&entries, "review_row").into_iter().find(|row| {
        row.get("kpi") == Some("K-0016") && row.get("raw") == Some("1") && row.get("weight") == Some("1500")
    });
    assert!(of_kestrel.is_some(), "a veto puts the second vendor under watch");
}

#[test]
fn reviews_are_overdue_due_and_ahead() {
    for today in days() {
        let entries = entries(today).unwrap();
        let periods = |states: &[&str]| -> BTreeSet<&str> {
            let reviews = of_kind(&entries, "review").into_iter();
            reviews
                .filter(|r| states.contains(&r.get("state").unwrap()))
                .filter_map(|r| r.get("period"))
                .collect()
        };
        let open = periods(&["planned", "collecting", "draft"]);
        for period in ["quarter(-1)", "quarter(0)", "month(0)", "month(1)", "quarter(1)"] {
            let word = when::Period::parse(period, today).unwrap().word();
            assert!(open.contains(word.as_str()), "{period} on {today}");
        }
        let newest = when::Period::parse("quarter(0)", today).unwrap().word();
        for state in words(&entries, "review", "state") {
            assert!(periods(&[state]).contains(newest.as_str()), "{state} on {today}");
        }
    }
}

#[test]
fn reviews_risks_actions_and_interactions_reach_every_attention() {
    for today in days() {
        let entries = entries(today).unwrap();
        let any = |kind: &str, field: &str, range: std::ops::RangeInclusive<i64>, closed: &[&str]| {
            let found = of_kind(&entries, kind).into_iter().any(|entry| {
                !entry.get("state").is_some_and(|state| closed.contains(&state))
                    && days_to(entry, field, today).is_some_and(|days| range.contains(&days))
            });
            assert!(found, "{kind} {field} {range:?} on {today}");
        };
        any("review", "due_on", -60..=-1, &["shared", "acknowledged", "locked"]);
        any("review", "due_on", 0..=7, &["shared", "acknowledged", "locked"]);
        any("risk", "review_on", -60..=-1, &["closed"]);
        any("risk", "review_on", 0..=7, &["closed"]);
        any("action", "due_on", -60..=-1, &["done", "dropped"]);
        any("action", "due_on", 0..=7, &["done", "dropped"]);
        any("interaction", "next_due", -60..=-1, &[]);
        any("interaction", "next_due", 0..=7, &[]);
        for interaction in of_kind(&entries, "interaction") {
            assert!(days_to(interaction, "on", today).unwrap() < 0, "{} lies ahead", interaction.code);
        }
        for action in of_kind(&entries, "action") {
            let done = action.get("state") == Some("done");
            assert_eq!(
                done,
                days_to(action, "done_on", today).is_some_and(|days| days < 0),
                "{}",
                action.code
            );
        }
    }
}

#[test]
fn risks_spread_over_the_map_and_fall_from_inherent_to_target() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    let cell = |risk: &Entry, field: &str| -> Option<(u8, u8)> {
        let (likelihood, impact) = risk.get(field)?.split_once('x')?;
        Some((likelihood.parse().unwrap(), impact.parse().unwrap()))
    };
    let mut bands = BTreeSet::new();
    for risk in of_kind(&entries, "risk") {
        let [inherent, current, target] = ["inherent", "current", "target"].map(|field| cell(risk, field));
        let Some((likelihood, impact)) = current else { continue };
        assert!((1..=5).contains(&likelihood) && (1..=5).contains(&impact), "{}", risk.code);
        bands.insert(match likelihood * impact {
            0..5 => "low",
            5..10 => "medium",
            10..20 => "high",
            _ => "severe",
        });
        let inherent = inherent.unwrap();
        assert!(likelihood <= inherent.0 && impact <= inherent.1, "{}", risk.code);
        assert!(target.is_none_or(|target| target.0 <= likelihood && target.1 <= impact), "{}", risk.code);
    }
    assert_eq!(bands.len(), 4);
    let cells: BTreeSet<_> =
        of_kind(&entries, "risk").into_iter().filter_map(|risk| risk.get("current")).collect();
    assert!(cells.len() >= 17, "{} cells", cells.len());
    assert!(of_kind(&entries, "risk").iter().any(|risk| risk.get("current").is_none()), "one is unassessed");
}

#[test]
fn both_scripts_are_everywhere() {
    let entries = entries(ymd("2026-11-22")).unwrap();
    let cjk = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (kind, field) in
        [("vendor", "name"), ("vendor", "notes"), ("interaction", "summary"), ("risk", "title")]
    {
        let texts: Vec<_> =
            of_kind(&entries, kind).into_iter().filter_map(|entry| entry.get(field)).collect();
        let chinese = texts.iter().filter(|text| cjk(text)).count();
        assert!(
            chinese * 4 > texts.len() && chinese < texts.len(),
            "{kind} {field}: {chinese} of {}",
            texts.len()
        );
    }
}
