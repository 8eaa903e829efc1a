//! Deadlines for a calendar: an iCalendar file (RFC 5545) with an event a date and alarms before it.
//!
//! A record has one deadline at a time, and its event one name: a calendar that takes the file again moves
//! what moved, calls it by what it is now, and doubles nothing. What was settled is in the file no more.

use chrono::{DateTime, Duration, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Trigger};

use crate::clean::clean_lines;
use crate::domain::list::ClosedList as _;
use crate::entity::Ref;
use crate::register::{Attention, Refusal};
use crate::shell::clock;
use crate::store::Store;
use crate::texts::{Lang, Sentence, Text, text};

/// Days before a deadline on which a calendar speaks up.
const ALARMS: [i64; 3] = [30, 7, 1];

/// The file of the deadlines of the records that are wanted, and how many they are; `None` where there are
/// none.
///
/// # Errors
/// When the register cannot be read.
pub(in crate::shell) fn of(
    store: &Store,
    lang: Lang,
    is_wanted: impl Fn(Ref) -> bool,
) -> Result<Option<(Vec<u8>, usize)>, Refusal> {
    let lines = store.deadlines(None, is_wanted)?;
    let (mark, at) = (store.mark()?, clock::instant());
    let sheet = Sheet { mark: &mark, at: &at, lang };
    Ok((!lines.is_empty()).then(|| (sheet.write(&lines), lines.len())))
}

/// Said where there are none.
pub(in crate::shell) const NONE: Text =
    text("None of these has a deadline; no file is written.", "这些记录均无截止日期，未写入文件。");

/// What is written of.
#[derive(Debug, Clone, Copy)]
struct Sheet<'a> {
    /// Tells the events of this register from those of others.
    mark: &'a str,
    /// When it is written, as the register stamps its events.
    at: &'a str,
    /// Whose words.
    lang: Lang,
}

impl Sheet<'_> {
    /// The file of these deadlines, each with what happens if nobody acts.
    fn write(self, lines: &[(Attention, Sentence)]) -> Vec<u8> {
        let mut calendar = Calendar::new();
        calendar.name("vendeck");
        for (line, consequence) in lines {
            calendar.push(self.event(line, consequence));
        }
        folded(&calendar.to_string()).into_bytes()
    }

    fn event(self, line: &Attention, consequence: &Sentence) -> Event {
        let what = line.what.label().in_(self.lang);
        let names: Vec<&str> = [line.vendor.as_str(), line.called(self.lang)]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        let summary = clean_lines(&format!("{what}: {}", names.join("  "))).into_owned();
        let uid = format!("{}@{}.vendeck", line.code, self.mark);
        let mut event = Event::new();
        event
            .uid(&uid)
            .timestamp(self.at.parse::<DateTime<Utc>>().unwrap_or(DateTime::UNIX_EPOCH))
            .summary(&summary)
            .description(&clean_lines(&format!("{}\n{}", consequence.in_(self.lang), line.code)))
            .starts(line.date)
            // It takes no time of anybody's day.
            .add_property("TRANSP", "TRANSPARENT");
        for days in ALARMS {
            let mut alarm = Alarm::display(&summary, Trigger::before_start(Duration::days(days)));
            event.alarm(alarm.uid(&format!("{uid}-{days}")).done());
        }
        event.done()
    }
}

/// The most octets of a line (RFC 5545, 3.1), the blank of one that goes on included.
const LINE: usize = 75;

/// The file with its lines folded anew: the writer does not count that blank.
fn folded(file: &str) -> String {
    let mut folded = String::with_capacity(file.len());
    for line in file.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE {
                folded.push_str("\r\n ");
                octets = 1;
            }
            folded.push(c);
            octets += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;
    use crate::register::What;

    /// The properties of an event, and its alarms' triggers.
    type Read = (Vec<(String, String)>, Vec<String>);

    /// The events as a parser that knows nothing of ours reads them.
    fn read(file: &[u8]) -> Vec<Read> {
        let calendars: Vec<_> = ical::IcalParser::new(file).collect::<Result<_, _>>().unwrap();
        assert_eq!(calendars.len(), 1);
        let value = |property: &ical::property::Property| property.value.clone().unwrap_or_default();
        let events = calendars.into_iter().flat_map(|calendar| calendar.events);
        events
            .map(|event| {
                let properties = event.properties.iter().map(|p| (p.name.clone(), value(p))).collect();
                let triggers = event.alarms.iter().flat_map(|alarm| &alarm.properties);
                let triggers = triggers.filter(|p| p.name == "TRIGGER").map(value).collect();
                (properties, triggers)
            })
            .collect()
    }

    fn line(label: &str) -> (Attention, Sentence) {
        let at = Ref { kind: Kind::Contract, id: 5 };
        let line = Attention {
            at,
            code: "C-0005".to_owned(),
            what: What::Notice,
            date: "2026-07-31".parse().unwrap(),
            days: 5,
            label: label.to_owned(),
            named: None,
            vendor: "腾云数据 Tengyun Data".to_owned(),
            silence: None,
        };
        (line, text("Give notice, or it renews; act.", "须发出通知").into())
    }

    const SHEET: Sheet<'static> = Sheet { mark: "a1b2", at: "2026-07-26T08:00:00.000Z", lang: Lang::En };

    #[test]
    fn another_parser_reads_day_name_words_and_alarms() {
        let events = read(&SHEET.write(&[line("CLD-118, \\ ; 云"), line("TWO")]));
        assert_eq!(events.len(), 2);
        let (properties, triggers) = &events[0];
        let of = |name: &str| properties.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        assert_eq!(of("UID"), Some("C-0005@a1b2.vendeck"));
        assert_eq!(of("DTSTART"), Some("20260731"), "a day and no hour, wherever it is read");
        assert_eq!(of("DTEND"), None);
        assert_eq!(of("DTSTAMP"), Some("20260726T080000Z"));
        let summary = of("SUMMARY").unwrap();
        assert!(summary.contains("腾云数据") && summary.contains("CLD-118\\, \\\\ \\; 云"), "{summary}");
        assert!(of("DESCRIPTION").unwrap().contains("renews\\; act.\\nC-0005"), "{:?}", of("DESCRIPTION"));
        assert_eq!(*triggers, ["-PT2592000S", "-PT604800S", "-PT86400S"], "30, 7 and 1 days");
    }

    #[test]
    fn no_line_of_the_file_is_longer_than_the_format_allows_and_none_breaks_a_character() {
        let file = String::from_utf8(SHEET.write(&[line(&"云服务合同".repeat(40))])).unwrap();
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split("\r\n") {
            assert!(line.len() <= 75 && !line.contains('\n'), "{} octets: {line}", line.len());
        }
    }

    #[test]
    fn what_is_hostile_in_a_name_opens_no_line_of_its_own() {
        let events = read(&SHEET.write(&[line("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\u{1b}[2J")]));
        assert_eq!(events.len(), 1);
        assert!(events[0].0.iter().all(|(_, value)| !value.contains('\u{1b}')));
    }
}
