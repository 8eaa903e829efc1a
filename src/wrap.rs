//! Text cut into lines by the cells it takes on a screen.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::clean::clean_lines;

/// The text cut into lines of at most `most` cells, at blanks where there are any and between
/// any two wide characters.
#[must_use]
pub fn wrapped(text: &str, most: u16) -> Vec<String> {
    let most = usize::from(most.max(2));
    let mut lines = Vec::new();
    for line in clean_lines(text).split('\n') {
        let mut now = String::new();
        let mut used = 0;
        for word in line.split_word_bounds() {
            let wide = word.width();
            if used + wide > most && used > 0 && wide <= most {
                lines.push(std::mem::take(&mut now).trim_end().to_owned());
                used = 0;
                if word.trim().is_empty() {
                    continue;
                }
            }
            for grapheme in word.graphemes(true) {
                let wide = grapheme.width();
                if used + wide > most {
                    lines.push(std::mem::take(&mut now));
                    used = 0;
                }
                now.push_str(grapheme);
                used += wide;
            }
        }
        lines.push(now);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_between_wide_characters() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("续约需法务先审", 6), ["续约需", "法务先", "审"]);
        assert_eq!(wrapped("a\nb", 8), ["a", "b"]);
        assert!(wrapped("x".repeat(30).as_str(), 8).iter().all(|line| line.len() <= 8));
    }
}
