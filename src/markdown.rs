//! Long texts as they are read: headings, emphasis, lists, quotes, links and code of Markdown, cut
//! into lines of a width.
//!
//! What a text says stays: a line of the writer is a line, what Markdown does not know stands as it
//! was typed, a link shows where it leads, and whatever could steer a terminal is written out. Only
//! texts on their way to the eye pass here; what is edited, copied or written out is the source.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::clean::clean;
use crate::wrap::Measure;

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Plain,
    /// A heading, or what is emphasised.
    Strong,
    /// Code, between the signs it was typed with.
    Code,
    /// Where a link leads.
    Link,
    /// The sign or number of a line of a list.
    Mark,
    /// The bar before what is quoted: [`BAR`] for each level.
    Quote,
    /// A line across: [`DASH`] for each cell.
    Rule,
}

/// Stands for the bar of a quote until it is drawn.
pub const BAR: char = '|';
/// Stands for a cell of a line across until it is drawn.
pub const DASH: char = '-';
/// The most cells of a line across.
const RULE: u16 = 20;

/// One line: pieces of clean text, from the left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line(pub Vec<(String, Ink)>);

impl Line {
    /// The text of the line alone.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// A text in lines of at most `width` cells.
#[must_use]
pub fn lines(text: &str, measure: Measure, width: u16) -> Vec<Line> {
    // A tab has no width of its own, and where it begins a line it says how deep that is.
    let text = text.replace('\t', "    ");
    let mut page = Page { measure, width: width.max(2), ..Page::default() };
    for event in Parser::new_ext(&text, Options::empty()) {
        page.take(event);
    }
    page.end_line();
    page.lines
}

/// What stands before each line of a part: a quote or a list.
#[derive(Debug)]
enum Before {
    Quote,
    /// The sign of an item, where its first line has not come, and how wide it is.
    Item(Option<String>, u16),
}

/// The lines so far, and where the text is.
#[derive(Debug, Default)]
struct Page {
    measure: Measure,
    width: u16,
    lines: Vec<Line>,
    before: Vec<Before>,
    /// The number of the next item of each open list, where it has numbers.
    lists: Vec<Option<u64>>,
    /// The pieces of the line that is open.
    open: Vec<(String, Ink)>,
    strong: usize,
    /// Where the open links lead, and where their text begins.
    links: Vec<(String, usize)>,
    in_code: bool,
    /// Whether what is quoted begins with the next line.
    begun: bool,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.code(&text),
            Event::Text(text) => self.put(&text, if self.strong > 0 { Ink::Strong } else { Ink::Plain }),
            Event::Code(text) => self.put(&format!("`{text}`"), Ink::Code),
            Event::Html(text) | Event::InlineHtml(text) => self.typed(&text),
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::Rule => {
                self.begin();
                let room = self.room().min(RULE);
                self.put(&DASH.to_string().repeat(usize::from(room)), Ink::Rule);
                self.end_line();
            }
            // What is not asked of the parser does not come.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin(),
            Tag::Heading { level, .. } => {
                self.begin();
                self.strong += 1;
                if level > HeadingLevel::H2 {
                    self.put(&format!("{} ", "#".repeat(level as usize)), Ink::Mark);
                }
            }
            Tag::BlockQuote(_) => {
                self.begin();
                self.before.push(Before::Quote);
                self.begun = true;
            }
            Tag::CodeBlock(kind) => {
                self.begin();
                self.in_code = true;
                if let CodeBlockKind::Fenced(name) = kind
                    && !name.is_empty()
                {
                    self.put(&name, Ink::Mark);
                    self.end_line();
                }
            }
            Tag::List(first) => {
                self.begin();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_line();
                let sign = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let sign = format!("{number}. ");
                        *number = number.saturating_add(1);
                        sign
                    }
                    _ => "- ".to_owned(),
                };
                let wide = self.measure.width(&sign);
                self.before.push(Before::Item(Some(sign), wide));
            }
            Tag::Emphasis | Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let begin = self.open.len();
                self.links.push((dest_url.into_string(), begin));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_line(),
            TagEnd::Heading(_) => {
                self.strong -= 1;
                self.end_line();
            }
            TagEnd::CodeBlock => {
                self.end_line();
                self.in_code = false;
            }
            TagEnd::BlockQuote(_) => {
                self.end_line();
                self.before.pop();
            }
            TagEnd::Item => {
                // An item with nothing in it is a line all the same.
                if matches!(self.before.last(), Some(Before::Item(Some(_), _))) {
                    self.put("", Ink::Plain);
                }
                self.end_line();
                self.before.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong => self.strong -= 1,
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    /// Begins a part of the text: a blank line parts it from the one before, but within a list.
    fn begin(&mut self) {
        self.end_line();
        let first = self.lines.is_empty() || self.begun;
        if !first && self.lists.is_empty() {
            let quoted = self.before.iter().filter(|before| matches!(before, Before::Quote)).count();
            let bar = (quoted > 0).then(|| (BAR.to_string().repeat(quoted), Ink::Quote));
            self.lines.push(Line(bar.into_iter().collect()));
        }
    }

    fn put(&mut self, text: &str, ink: Ink) {
        self.open.push((clean(text).into_owned(), ink));
    }

    /// Lines that stand as they were typed.
    fn code(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.put(line.trim_end_matches(['\n', '\r']), Ink::Code);
            self.end_line();
        }
    }

    /// Signs that are no Markdown to us.
    fn typed(&mut self, text: &str) {
        for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.put(line, Ink::Plain);
        }
    }

    /// Says where a link leads, unless its text says so.
    fn end_link(&mut self) {
        let Some((to, begin)) = self.links.pop() else { return };
        let said: String = self.open.iter().skip(begin).map(|(text, _)| text.as_str()).collect();
        let is_said = said == to || to.strip_prefix("mailto:") == Some(said.as_str());
        for (_, ink) in self.open.iter_mut().skip(begin).filter(|_| is_said) {
            *ink = Ink::Link;
        }
        if !is_said && !to.is_empty() {
            self.put(" (", Ink::Plain);
            self.put(&to, Ink::Link);
            self.put(")", Ink::Plain);
        }
    }

    /// What stands before the next line. The deepest parts go where they would leave no room.
    fn prefix(&mut self) -> Vec<(String, Ink)> {
        let most = self.width / 2;
        let (mut used, mut all) = (0, Vec::new());
        for before in &mut self.before {
            let (text, ink, wide) = match before {
                Before::Quote => (format!("{BAR} "), Ink::Quote, 2),
                Before::Item(sign, wide) => {
                    let blank = " ".repeat(usize::from(*wide));
                    (sign.take().unwrap_or(blank), Ink::Mark, *wide)
                }
            };
            if used + wide <= most {
                used += wide;
                all.push((text, ink));
            }
        }
        all
    }

    /// The cells that are left behind what stands before a line.
    fn room(&self) -> u16 {
        let most = self.width / 2;
        let wide = self.before.iter().map(|before| match before {
            Before::Quote => 2,
            Before::Item(_, wide) => *wide,
        });
        let used = wide.fold(0, |used, wide| if used + wide <= most { used + wide } else { used });
        self.width - used
    }

    /// Cuts the open line into lines of the width.
    fn end_line(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.begun &= open.is_empty();
        // What a link began with is on a line that is done.
        self.links.iter_mut().for_each(|(_, begin)| *begin = 0);
        if open.is_empty() {
            return;
        }
        let text: String = open.iter().map(|(text, _)| text.as_str()).collect();
        let room = self.room();
        for range in self.measure.breaks(&text, room) {
            let mut line = Line(self.prefix());
            let mut start = 0;
            for (piece, ink) in &open {
                let end = start + piece.len();
                let (from, to) = (range.start.max(start), range.end.min(end));
                if let Some(part) = (from < to).then(|| text.get(from..to)).flatten() {
                    line.0.push((part.to_owned(), *ink));
                }
                start = end;
            }
            self.lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrap::Breadth;

    /// The lines, with a letter for each piece that is no plain text.
    fn shown(text: &str, width: u16) -> Vec<String> {
        let piece = |(text, ink): &(String, Ink)| match ink {
            Ink::Plain | Ink::Mark | Ink::Quote | Ink::Rule => text.clone(),
            Ink::Strong => format!("<{text}>"),
            Ink::Code => format!("«{text}»"),
            Ink::Link => format!("‹{text}›"),
        };
        lines(text, Measure::default(), width).iter().map(|line| line.0.iter().map(piece).collect()).collect()
    }

    #[test]
    fn what_is_no_markdown_stands_as_it_was_typed() {
        for text in
            ["one", "续约需法务先审。\n第二行", "a_b_c 5 * 3 * 2 <b>x</b> [x] ~~y~~ | 1 | 2 |", "50% & 3 < 4"]
        {
            assert_eq!(shown(text, 80).join("\n"), text);
        }
        assert_eq!(shown("one\r\ntwo\n\n\nthree", 80), ["one", "two", "", "three"]);
        assert!(lines("", Measure::default(), 80).is_empty());
    }

    #[test]
    fn headings_emphasis_code_and_links_are_told_apart() {
        assert_eq!(shown("# Exit *plan*\ntext", 80), ["<Exit ><plan>", "", "text"]);
        assert_eq!(shown("### Steps", 80), ["### <Steps>"]);
        assert_eq!(shown("a **b** `c d` e", 80), ["a <b> «`c d`» e"]);
        assert_eq!(shown("see [the file](https://x.org/a)", 80), ["see the file (‹https://x.org/a›)"]);
        assert_eq!(shown("<https://x.org> <a@b.cn>", 80), ["‹https://x.org› ‹a@b.cn›"]);
        assert_eq!(shown("```sh\nls  -l\n\n  x\n```", 80), ["sh", "«ls  -l»", "", "«  x»"]);
        assert_eq!(shown("a\n\n---\n\nb", 8), ["a", "", "--------", "", "b"]);
    }

    #[test]
    fn lists_and_quotes_keep_their_signs_on_every_line() {
        let text = "1. 续约需法务先审\n2. two\n   - deep\n\n> said\n> so\n>> twice";
        let all = ["1. 续约需法", "   务先审", "2. two", "   - deep", "", "| said", "| so", "|", "| | twice"];
        assert_eq!(shown(text, 11), all);
        assert_eq!(shown("7. seven\n8. eight\n\n-\n- x", 20), ["7. seven", "8. eight", "", "- ", "- x"]);
    }

    #[test]
    fn no_depth_leaves_a_text_without_room() {
        let deep = format!("{} end of it", "> ".repeat(40));
        let shown = lines(&deep, Measure::default(), 12);
        assert!(shown.iter().all(|line| Measure::default().width(&line.text()) <= 12), "{shown:?}");
        assert!(
            shown.iter().map(|line| line.text().replace("| ", "")).collect::<String>().contains("end of")
        );
    }

    #[test]
    fn a_text_takes_the_cells_that_are_counted() {
        let two = Measure { breadth: Breadth::Two, more: ".." };
        for width in 2..40 {
            for measure in [Measure::default(), two] {
                let all =
                    lines("**“Иван”** 续约 `法务` [先](http://审)\n- 一二三四五六七八九", measure, width);
                assert!(
                    all.iter().all(|line| measure.width(&line.text()) <= width.max(2)),
                    "{width}: {all:?}"
                );
            }
        }
    }

    #[test]
    fn whatever_steers_a_terminal_is_written_out_wherever_it_stands() {
        let text =
            "a\u{1b}[2J **\u{202e}b** `\u{9b}` [x](http://\u{7f}) &#27; &#8238;\n\n    \u{1b}\n\n<b\u{1b}>";
        let all: String = lines(text, Measure::default(), 200).iter().map(Line::text).collect();
        assert!(!all.contains(crate::clean::is_unsafe), "{all:?}");
        assert_eq!(all.matches("<U+001B>").count(), 4, "{all}");
        assert_eq!(all.matches("<U+202E>").count(), 2, "{all}");
    }
}
