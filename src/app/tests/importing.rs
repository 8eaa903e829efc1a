//! The import: nothing is written before its figures were seen, and what is said of a file is tried.

use super::*;
use crate::app::importer::{Line, Phase};
use crate::register::import::{About, Done, Holds, Judged, Question, Seen, SeenColumn, Wish};

fn seen(question: Option<About>) -> Box<Seen> {
    let column = |name: &str, fills| SeenColumn { name: name.to_owned(), samples: Vec::new(), fills };
    Box::new(Seen {
        kind: Kind::Vendor,
        sheets: Vec::new(),
        sheet: 0,
        rows: 3,
        columns: vec![column("name", Some("name")), column("colour", None)],
        notes: Vec::new(),
        dates: None,
        has: Holds { dates: true, amounts: false, bare_amounts: false },
        question: question.map(|about| Question { about, sentence: words::STILL_TRYING.into() }),
    })
}

fn judged() -> Judged {
    Judged { read: 3, imported: 2, rejected: 1, ..Judged::default() }
}

/// A program in which a file is being imported.
struct Import {
    desk: Desk,
    /// The newest job that was given.
    ticket: Ticket,
    job: Job,
}

impl Import {
    fn opened() -> Self {
        let desk = Desk::new().press(": i m p o r t Space a . c s v Enter");
        let [Effect::Import(ticket, job)] = desk.wanted.as_slice() else { panic!("{:?}", desk.wanted) };
        let (ticket, job) = (*ticket, job.clone());
        assert_eq!(job, Job::Try(Wish::of("a.csv", Lang::En)));
        Self { desk, ticket, job }
    }

    /// A file whose rows were tried.
    fn tried() -> Self {
        Self::opened().told(ImportTold::Seen(seen(None))).told(ImportTold::Tried(judged()))
    }

    fn press(self, keys: &str) -> Self {
        let Self { mut desk, mut ticket, mut job } = self;
        for key in keys.split(' ') {
            desk = desk.press(key);
            for effect in &desk.wanted {
                if let Effect::Import(given, new) = effect {
                    (ticket, job) = (*given, new.clone());
                }
            }
        }
        Self { desk, ticket, job }
    }

    fn told(self, told: ImportTold) -> Self {
        let desk = self.desk.tell(Msg::Import(self.ticket, told));
        Self { desk, ..self }
    }

    fn wish(&self) -> &Wish {
        match &self.job {
            Job::Try(wish) | Job::Write(wish) => wish,
            Job::Forget => panic!("forgotten"),
        }
    }

    fn phase(&self) -> &Phase {
        &self.desk.state.importer.as_ref().unwrap().phase
    }

    fn cursor(&self) -> Line {
        self.desk.state.importer.as_ref().unwrap().cursor
    }

    fn is_trying(&self) -> bool {
        matches!(self.job, Job::Try(_))
    }
}

#[test]
fn nothing_is_written_before_its_figures_were_seen() {
    let import = Import::opened().press("Ctrl-S");
    assert!(import.is_trying(), "the file is not read yet");
    let import = import.told(ImportTold::Seen(seen(None))).press("Ctrl-S");
    assert!(import.is_trying(), "its rows are not tried yet");
    let import = import.told(ImportTold::Tried(judged())).press("Enter");
    assert!(matches!(import.job, Job::Write(_)));
    let import = import.told(ImportTold::Progress(1, 3));
    assert_eq!(*import.phase(), Phase::Writing(1, 3));
    let done = Done { judged: judged(), rejects: None, copy: None };
    let import = import.told(ImportTold::Done(Box::new(done))).press("u");
    assert!(import.desk.wanted.iter().any(|effect| matches!(effect, Effect::Write(_, Write::Undo))));
    assert!(import.desk.state.importer.is_none());
}

#[test]
fn a_question_is_gone_to_and_its_answer_tried() {
    let asked = || ImportTold::Seen(seen(Some(About::Dates(vec!["dmy", "mdy"]))));
    let import = Import::opened().told(asked());
    assert_eq!(import.cursor(), Line::Dates);
    let import = import.press("Ctrl-S");
    assert!(import.is_trying() && import.desk.state.message.is_some(), "the question is open");
    let import = import.press("Right");
    assert_eq!(import.wish().dates, Some("dmy"));
    let old = import.ticket;
    assert!(import.desk.state.must_wait(Key::Right), "what it would be said of is not there yet");
    let import = import.told(ImportTold::Seen(seen(None))).press("Right");
    assert_eq!(import.wish().dates, Some("mdy"));
    let desk = import.desk.tell(Msg::Import(old, ImportTold::Tried(judged())));
    let phase = desk.state.importer.map(|importer| importer.phase);
    assert_eq!(phase, Some(Phase::Reading), "the figures of an older wish are dropped");
}

#[test]
fn a_column_fills_another_field_but_none_that_is_filled() {
    let import = Import::tried().press("Up");
    assert_eq!(import.cursor(), Line::Column(1));
    let import = import.press("Right");
    assert_eq!(import.wish().uses.get(&1), Some(&Some("name_zh")), "name is filled already");
    let import = import.told(ImportTold::Seen(seen(None))).press("Up Left");
    assert_eq!(import.wish().uses.get(&0), Some(&None));
    let import = import.told(ImportTold::Seen(seen(None))).press("g Right");
    assert_ne!(import.wish().kind, Some(Kind::Vendor));
    assert!(import.wish().uses.is_empty(), "another kind has other fields");
}

#[test]
fn a_closed_import_is_forgotten_or_told_of_when_it_is_written() {
    let import = Import::tried().press("Esc");
    assert_eq!((import.job, import.desk.state.importer.is_none()), (Job::Forget, true));

    let import = Import::tried().press("Enter Esc");
    assert!(import.desk.state.importer.is_none());
    assert!(matches!(import.job, Job::Write(_)), "what is being written is not stopped");
    let import = import.press(": i m p o r t Space b Enter");
    assert!(import.desk.state.importer.is_none(), "one at a time");
    let done = Done { judged: judged(), rejects: None, copy: None };
    let import = import.told(ImportTold::Done(Box::new(done)));
    let message = import.desk.state.message.as_ref().unwrap().sentence.in_(Lang::En);
    assert!(message.starts_with("Imported: 2 new"), "{message}");
    assert_eq!(import.desk.state.importing, None);
}

#[test]
fn what_cannot_be_imported_is_told() {
    let mut desk = Desk::new().press(": i m p o r t Enter");
    assert!(desk.state.importer.is_none() && desk.state.message.is_some());
    desk.state.read_only = true;
    let desk = desk.press(": i m p o r t Space a Enter");
    assert!(desk.state.importer.is_none() && desk.wanted.is_empty());
}
