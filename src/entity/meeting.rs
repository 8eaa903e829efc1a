//! The table of review meetings: when vendors are gone through, and who was there.

use chrono::NaiveDate;

use crate::domain::list::ClosedList;
use crate::domain::meeting::MeetingState;
use crate::domain::moves::MEETING_MOVES;
use crate::domain::period::Period;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Moves, Names};
use crate::texts::text;

/// A meeting that walks through scorecards.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Meeting {
    pub title: String,
    pub held_on: Option<NaiveDate>,
    pub period: Option<Period>,
    pub state: Option<MeetingState>,
    pub chair: String,
    pub attendees: Vec<String>,
    pub apologies: Vec<String>,
    pub minutes_each: Option<i64>,
    pub decisions: String,
    pub notes: String,
}

impl Default for Meeting {
    fn default() -> Self {
        Self {
            title: String::new(),
            held_on: None,
            period: None,
            state: Some(MeetingState::Planned),
            chair: String::new(),
            attendees: Vec::new(),
            apologies: Vec::new(),
            minutes_each: None,
            decisions: String::new(),
            notes: String::new(),
        }
    }
}

impl Entity for Meeting {
    const KIND: Kind = Kind::Meeting;
    const NAMES: Names = Names {
        word: "meeting",
        plural: "meetings",
        prefix: "MT",
        one: text("Meeting", "评审会议"),
        many: text("Meetings", "评审会议"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v)).required().column(34, 1).sortable(),
        field("held_on", text("Held", "会议日期"), Shape::Date, |r: &Self| r.held_on.show(), |r, v| r.held_on.put(v)).required().column(10, 2).sortable().card(),
        field("period", text("Period", "考核期"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v)).column(8, 4).card(),
        field("state", text("State", "状态"), Shape::Choice(MeetingState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v)).required().column(10, 3).chip(),
        field("chair", text("Chair", "主持人"), Shape::Line, |r: &Self| r.chair.show(), |r, v| r.chair.put(v)).repeats().column(14, 5).card(),
        field("attendees", text("Present", "出席人"), Shape::List, |r: &Self| r.attendees.show(), |r, v| r.attendees.put(v)).card(),
        field("apologies", text("Apologies", "请假人"), Shape::List, |r: &Self| r.apologies.show(), |r, v| r.apologies.put(v)).card(),
        field("minutes_each", text("Minutes each", "每家分钟数"), Shape::Int(1, 240), |r: &Self| r.minutes_each.show(), |r, v| r.minutes_each.put(v)).card().hint(text("time for a vendor", "每家供应商的时间")),
        field("decisions", text("Decisions", "会议决定"), Shape::Long, |r: &Self| r.decisions.show(), |r, v| r.decisions.put(v)),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("held_on", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["held_on", "title", "state", "period", "chair"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: MEETING_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }
}
