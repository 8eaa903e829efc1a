//! A proposal over the screen: lines chosen or left out, and one write for all that is chosen.

use super::*;
use crate::app::proposal::ProposalPane;
use crate::app::state::Overlay;
use crate::register::proposal::{Fate, Line, Proposal, Wish};

/// Two lines to do, one that is there and one that is skipped.
pub(super) fn proposal(wish: Wish) -> Proposal {
    let line = |key: &str, fate| Line {
        key: key.to_owned(),
        fate,
        at: None,
        what: crate::texts::text("Vendor", "供应商").into(),
        says: crate::texts::text("so it is", "如此").into(),
        puts: Vec::new(),
    };
    let lines =
        vec![line("a", Fate::Will), line("b", Fate::Stands), line("c", Fate::Will), line("d", Fate::Skipped)];
    Proposal { wish, lines }
}

fn pane(desk: &Desk) -> &ProposalPane {
    match &desk.state.overlay {
        Some(Overlay::Proposal(pane)) => pane,
        other => panic!("no proposal but {other:?}"),
    }
}

/// What is sent to be done.
fn accepted(desk: &Desk) -> Vec<(String, Vec<String>)> {
    let sent = desk.wanted.iter().filter_map(|effect| match effect {
        Effect::Write(_, Write::Accept(Wish::Open { period, .. }, chosen)) => {
            Some((period.to_string(), chosen.clone()))
        }
        _ => None,
    });
    sent.collect()
}

#[test]
fn what_is_to_be_done_is_chosen_at_first_and_done_by_one_key() {
    let desk = Desk::new().press("4 R");
    assert_eq!(pane(&desk).chosen, ["a", "c"]);
    assert_eq!(pane(&desk).wish, Wish::Open { period: "2026-Q3".parse().unwrap(), plan: None });
    let desk = desk.press("Enter");
    assert_eq!(accepted(&desk), [("2026-Q3".to_owned(), vec!["a".to_owned(), "c".to_owned()])]);
    assert!(desk.state.overlay.is_none());
}

#[test]
fn a_line_is_left_out_with_a_key_and_what_cannot_be_done_says_why() {
    let desk = Desk::new().press("4 R Space");
    assert_eq!((pane(&desk).chosen.as_slice(), pane(&desk).cursor), (&["c".to_owned()][..], 1));
    let desk = desk.press("Space");
    assert_eq!((desk.says().as_str(), pane(&desk).cursor), ("so it is", 1));
    let desk = desk.press("j Space Enter");
    assert_eq!((desk.says().as_str(), accepted(&desk).len()), ("No line is chosen; Space chooses one.", 0));
    let desk = desk.press("Esc");
    assert!(desk.state.overlay.is_none() && accepted(&desk).is_empty());
}

#[test]
fn what_a_grade_leads_to_is_decided_line_by_line_and_nothing_else_has_one() {
    let decided = |desk: &Desk| {
        let sent = desk.wanted.iter().filter_map(|effect| match effect {
            Effect::Write(_, Write::Accept(Wish::Decide(at), chosen)) => Some((code_of(*at), chosen.clone())),
            _ => None,
        });
        sent.collect::<Vec<_>>()
    };
    let desk = Desk::new().press("4 V");
    assert!(pane(&desk).chosen.is_empty(), "nothing is decided before somebody chooses it");
    assert_eq!(decided(&desk.press("Enter")), [("PR-0001".to_owned(), vec!["a".to_owned()])]);
    let desk = Desk::new().press("4 V j j Space Enter");
    assert_eq!(decided(&desk), [("PR-0001".to_owned(), vec!["c".to_owned()])]);
    let desk = Desk::new().press("4 V j Enter");
    assert_eq!((decided(&desk).len(), desk.says().as_str()), (0, "No line is chosen; Space chooses one."));
    for keys in ["2 V", "2 F"] {
        assert_eq!(Desk::new().press(keys).says(), "Only reviews are acted on so.");
    }
}

#[test]
fn amounts_are_hidden_while_others_look_on() {
    let mut desk = Desk::new().press("4 V");
    if let Some(Overlay::Proposal(pane)) = &mut desk.state.overlay {
        let line = &mut pane.proposal.as_mut().unwrap().lines[0];
        line.puts = vec![("amount", "CNY 1,500.00".to_owned())];
        line.says = crate::texts::text("CNY 1,500.00, 5 %", "CNY 1,500.00，5 %").into();
    }
    let shown = crate::app::mask::masked(&desk.state);
    let Some(Overlay::Proposal(pane)) = &shown.overlay else { panic!("no proposal") };
    assert!(!format!("{pane:?}").contains("1,500"), "{pane:?}");
    assert_eq!(pane.proposal.as_ref().unwrap().lines[2].says.in_(Lang::En), "so it is", "all else is told");
}

#[test]
fn the_period_is_turned_and_lengthened_in_place() {
    let period = |desk: &Desk| {
        let Wish::Open { period, .. } = pane(desk).wish else { panic!("another proposal") };
        period.to_string()
    };
    let desk = Desk::new().press("4 R Right");
    assert_eq!(period(&desk), "2026-Q4");
    let desk = desk.press("Left Left Tab");
    assert_eq!(period(&desk), "2026-H1");
    let desk = desk.press("Tab Tab");
    assert_eq!(period(&desk), "2026-01");
}
