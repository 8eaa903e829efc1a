use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts(state: ContractState) -> Facts {
    let terms = Terms { state, starts_on: Some(day("2025-01-01")), ..Terms::default() };
    Facts { terms, last_day: Some(day("2026-12-31")), decision: None, today: day("2026-07-26") }
}

/// The words of what can be done.
fn possible(facts: &Facts) -> Vec<&'static str> {
    Deed::of(Subject::Contract).filter(|deed| deed.why_not(facts).is_none()).map(ClosedList::key).collect()
}

#[test]
fn each_state_has_its_deeds() {
    use ContractState as S;
    for (state, deeds) in [
        (S::Draft, vec!["legal-review", "cancel"]),
        (S::LegalReview, vec!["back-to-draft", "approve", "cancel"]),
        (S::Approved, vec!["sign", "cancel"]),
        (S::Signed, vec!["in-force", "amend", "cancel"]),
        (S::InForce, vec!["notice", "renew", "let-lapse", "renegotiate", "amend", "terminate"]),
        (S::Ended, vec!["exit"]),
        (S::Cancelled, vec![]),
    ] {
        assert_eq!(possible(&facts(state)), deeds, "{state:?}");
    }
}

/// What can be done with a review in this state.
fn with_review(state: ReviewState) -> Vec<&'static str> {
    let deeds = Deed::of(Subject::Review).filter(|deed| deed.why_not_in(state.key()).is_none());
    deeds.map(ClosedList::key).collect()
}

#[test]
fn each_state_of_a_review_has_its_deeds() {
    use ReviewState as S;
    for (state, deeds) in [
        (S::Planned, vec!["collect"]),
        (S::Collecting, vec!["draft"]),
        (S::Draft, vec!["share"]),
        (S::Shared, vec!["acknowledge", "dispute"]),
        (S::Acknowledged, vec!["lock"]),
        (S::Disputed, vec!["draft"]),
        (S::Locked, vec!["correct"]),
    ] {
        assert_eq!(with_review(state), deeds, "{state:?}");
    }
}

#[test]
fn every_move_between_states_is_a_deed_and_a_deed_makes_no_other() {
    let all = MoveFacts { filled: &|_| true, reason: Some("agreed") };
    for subject in [Subject::Contract, Subject::Review] {
        for from in subject.states() {
            for to in subject.states().iter().filter(|to| to.key != from.key) {
                let is_move = check_move(subject.moves(), from.key, to.key, &all).is_ok();
                let leads = |deed: &Deed| {
                    deed.spec().to.is_some_and(|state| state.choice() == to) && deed.states().contains(&from)
                };
                assert_eq!(Deed::of(subject).any(|deed| leads(&deed)), is_move, "{from:?} to {to:?}");
            }
        }
    }
}

#[test]
fn a_deed_needs_the_reason_that_its_move_needs() {
    let needs: Vec<_> = Deed::ALL
        .iter()
        .filter(|deed| deed.states().iter().any(|from| deed.needs_reason(from.key)))
        .map(|deed| deed.key())
        .collect();
    assert_eq!(needs, ["back-to-draft", "terminate", "cancel", "correct"]);
}

#[test]
fn why_not_is_the_first_thing_in_the_way() {
    let running = facts(ContractState::InForce);
    let of = |terms: Terms| Facts { terms, ..running };
    let terms = running.terms;
    assert_eq!(
        Deed::Notice.why_not(&facts(ContractState::Draft)),
        Some(WhyNot::Only(vec![ContractState::InForce.choice()]))
    );
    assert_eq!(Deed::LetRenew.why_not(&running), Some(WhyNot::NotAutomatic));
    assert_eq!(Deed::LetRenew.why_not(&of(Terms { renewal: Renewal::Auto, ..terms })), None);
    let noticed = of(Terms { notice_given_on: Some(day("2026-07-01")), ..terms });
    assert_eq!(Deed::Notice.why_not(&noticed), Some(WhyNot::Noticed(day("2026-07-01"))));
    let evergreen = Facts { last_day: None, ..of(Terms { renewal: Renewal::Evergreen, ..terms }) };
    assert_eq!(Deed::LetLapse.why_not(&evergreen), Some(WhyNot::NoTerm));
    assert_eq!(Deed::End.why_not(&evergreen), Some(WhyNot::NoEnd));
    assert_eq!(Deed::End.why_not(&running), Some(WhyNot::RunsTo(day("2026-12-31"))));
    assert_eq!(Deed::End.why_not(&Facts { today: day("2026-12-31"), ..running }), None);
    let terminated = of(Terms { terminated_on: Some(day("2026-08-31")), ..terms });
    assert_eq!(Deed::Renew.why_not(&terminated), Some(WhyNot::Terminated(day("2026-08-31"))));
}

#[test]
fn renewing_what_renews_by_itself_leaves_its_notice_due() {
    assert_eq!(Deed::Renew.decides(Renewal::Auto), Some(Decision::Renegotiate));
    assert_eq!(Deed::Renew.decides(Renewal::Express), Some(Decision::Renew));
    assert_eq!(Deed::LetRenew.decides(Renewal::Auto), Some(Decision::Renew));
    assert_eq!(Deed::Amend.decides(Renewal::Auto), None);
}

#[test]
fn what_is_asked_is_asked_once_and_ends_have_reasons() {
    assert_eq!(TABLE.iter().map(|row| row.deed).collect::<Vec<_>>(), Deed::ALL);
    for deed in Deed::ALL {
        let asks = deed.spec().asks;
        for (at, ask) in asks.iter().enumerate() {
            assert!(
                asks.iter().skip(at + 1).all(|other| other.field != ask.field),
                "{deed:?}: {}",
                ask.field
            );
        }
        if deed.spec().to == Some(To::Contract(ContractState::Ended)) {
            assert!(asks.iter().any(|ask| ask.field == "end_reason" && ask.needed), "{deed:?}");
        }
    }
}
