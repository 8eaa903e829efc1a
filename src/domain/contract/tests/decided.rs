//! What was decided, a contract in its place, an early end: golden cases and properties.

use super::*;

fn decided(terms: Terms, decision: Decision, on: &str) -> Terms {
    Terms { decision: Some((decision, day(on))), ..terms }
}

/// The boundary is Thursday 1 January 2026, `send_by` Monday 1 December 2025.
fn renewing() -> Terms {
    Terms { notice: span("1m"), ..auto("2025-01-01", "12m", "12m") }
}

#[test]
fn decided_to_renew_nothing_is_missed_in_that_term_and_the_next_asks_again() {
    let terms = decided(renewing(), Decision::Renew, "2025-11-15");
    for (today, badge) in [
        ("2025-11-20", Badge::InTerm),
        ("2025-12-02", Badge::InTerm),
        ("2025-12-31", Badge::InTerm),
        ("2026-01-01", Badge::InTerm),
        ("2026-11-15", Badge::NoticeWindow),
        ("2026-12-31", Badge::NoticeMissed),
    ] {
        assert_eq!(badge_on(&terms, today), Some(badge), "{today}");
    }
    assert_eq!(on(&terms, "2025-12-02").decision, Some(Decision::Renew));
    assert_eq!(on(&terms, "2026-02-01").decision, None);
    assert_eq!(on(&terms, "2025-12-02").send_by, Some(day("2025-12-01")), "the terms still give it");
}

#[test]
fn decided_not_to_renew_the_running_term_is_the_last_where_it_does_not_renew_by_itself() {
    let terms = Terms { renewal: Renewal::Express, notice: span("1m"), ..in_force("2025-01-01", "12m") };
    let terms = decided(terms, Decision::LetLapse, "2025-06-01");
    for today in ["2025-07-01", "2025-12-15", "2025-12-31", "2026-01-01", "2027-01-01"] {
        assert_eq!(badge_on(&terms, today), Some(Badge::LastTerm), "{today}");
    }
}

#[test]
fn a_decision_alone_stops_no_renewal() {
    let terms = decided(renewing(), Decision::LetLapse, "2025-06-01");
    for (today, badge) in [
        ("2025-06-01", Badge::NoticeWindow),
        ("2025-12-01", Badge::NoticeWindow),
        ("2025-12-02", Badge::NoticeMissed),
        ("2026-01-01", Badge::InTerm),
    ] {
        assert_eq!(badge_on(&terms, today), Some(badge), "{today}");
    }
    let noticed = Terms { notice_given_on: Some(day("2025-06-02")), ..terms };
    assert_eq!(badge_on(&noticed, "2025-07-01"), Some(Badge::LastTerm));
    assert_eq!(on(&noticed, "2025-07-01").last_day, Some(day("2025-12-31")));
}

#[test]
fn while_one_renegotiates_the_notice_still_counts() {
    let terms = decided(renewing(), Decision::Renegotiate, "2025-10-15");
    let policy = NoticePolicy { decision_lead_days: 60, window_days: 30 };
    let at = |today| dates(&terms, &Calendar::weekends(), day(today), policy).badge;
    assert_eq!(at("2025-10-20"), Some(Badge::InTerm), "decided, so no decision is due");
    assert_eq!(at("2025-11-20"), Some(Badge::NoticeWindow));
    assert_eq!(at("2025-12-02"), Some(Badge::NoticeMissed));
    let express = Terms { renewal: Renewal::Express, ..in_force("2025-01-01", "12m") };
    let express = decided(express, Decision::Renegotiate, "2025-10-15");
    assert_eq!(badge_on(&express, "2026-01-01"), Some(Badge::Lapsed), "nothing came of it");
}

#[test]
fn an_old_decision_picks_no_term() {
    let terms = Terms { notice: span("1m"), ..auto("2022-01-01", "12m", "12m") };
    let terms = decided(terms, Decision::Renew, "2023-11-15");
    assert_eq!(on(&terms, "2026-02-01").last_day, Some(day("2026-12-31")));
    let ended = Terms { state: ContractState::Ended, ..terms };
    assert_eq!(on(&ended, "2026-02-01").last_day, None, "how often it was renewed nobody has said");
}

#[test]
fn an_early_end_is_the_last_day_whatever_the_terms_say() {
    for terms in
        [renewing(), Terms { renewal: Renewal::Evergreen, ..renewing() }, in_force("2025-01-01", "12m")]
    {
        let terms = Terms { terminated_on: Some(day("2025-09-30")), ..terms };
        let found = on(&terms, "2025-06-01");
        assert_eq!((found.last_day, found.badge), (Some(day("2025-09-30")), Some(Badge::LastTerm)));
        assert_eq!((found.send_by, found.renewed_until, found.earliest_end), (None, None, None));
        assert_eq!(badge_on(&terms, "2026-06-01"), Some(Badge::LastTerm));
        let ended = Terms { state: ContractState::Ended, ..terms };
        assert_eq!(
            (on(&ended, "2026-06-01").last_day, on(&ended, "2026-06-01").badge),
            (found.last_day, None)
        );
    }
}

#[test]
fn golden_force_majeure_is_a_ground_from_day_61() {
    let terms = Terms { force_majeure_from: Some(day("2026-03-01")), ..in_force("2025-01-01", "36m") };
    assert_eq!(terms.ground_on(), Some(day("2026-04-30")));
    let steps = explain(&terms, &Calendar::weekends(), day("2026-03-10"), NoticePolicy::default());
    let ground = steps.iter().find(|step| step.point == Point::Ground).unwrap();
    assert_eq!((ground.day, ground.rule), (day("2026-04-30"), Rule::Lasted(day("2026-03-01"), 60)));
}

#[test]
fn what_was_decided_is_explained_with_the_term_it_is_for() {
    let rules = |terms: &Terms, today: &str| -> Vec<Rule> {
        let steps = explain(terms, &Calendar::weekends(), day(today), NoticePolicy::default());
        steps.into_iter().map(|step| step.rule).collect()
    };
    let terms = decided(renewing(), Decision::Renew, "2025-11-15");
    assert!(rules(&terms, "2025-12-02").contains(&Rule::Decided(Decision::Renew, ForTerm::This)));
    assert!(rules(&terms, "2026-02-01").contains(&Rule::Decided(Decision::Renew, ForTerm::Other)));
    assert!(!rules(&terms, "2025-12-02").iter().any(|rule| matches!(rule, Rule::Renews(_))));
    let ended = Terms { terminated_on: Some(day("2025-09-30")), ..terms };
    let found = rules(&ended, "2025-12-02");
    assert!(found.contains(&Rule::EndedEarly) && !found.iter().any(|rule| matches!(rule, Rule::Less(..))));
}

proptest! {
    /// Whatever else is known, an early end is the end, and nothing is due before it.
    #[test]
    fn a_terminated_contract_ends_on_its_day(terms in any_terms(), last in any_day(), today in any_day()) {
        let terms = Terms { terminated_on: Some(last), state: ContractState::InForce, ..terms };
        let found = dates(&terms, &Calendar::weekends(), today, NoticePolicy::default());
        prop_assert_eq!(found.last_day, Some(last));
        prop_assert_eq!(found.send_by, None);
        prop_assert_eq!(found.badge, Some(Badge::LastTerm));
    }

    /// A decision moves no date; it only says how it stands.
    #[test]
    fn a_decision_moves_no_date(terms in any_terms(), at in 0_usize..3, on in any_day(), today in any_day()) {
        let terms = Terms { decision: None, ..terms };
        let with = Terms { decision: Some((Decision::ALL[at], on)), ..terms };
        let calendar = Calendar::weekends();
        let found = |terms: &Terms| {
            let found = dates(terms, &calendar, today, NoticePolicy::default());
            Dates { decision: None, badge: None, ..found }
        };
        prop_assert_eq!(found(&terms), found(&with));
    }

    /// Decided to renew, neither is a notice missed nor has anything lapsed in that term.
    #[test]
    fn what_is_renewed_is_neither_missed_nor_lapsed(terms in any_terms(), today in any_day()) {
        let terms = Terms { decision: Some((Decision::Renew, today)), ..terms };
        let found = dates(&terms, &Calendar::weekends(), today, NoticePolicy::default());
        prop_assert!(!matches!(found.badge, Some(Badge::NoticeMissed)), "{:?}", found);
        if terms.renewal != Renewal::Evergreen && found.boundary.is_some() && terms.starts_on.is_some() {
            prop_assert!(!matches!(found.badge, Some(Badge::Lapsed)), "{:?}", found);
        }
    }
}
