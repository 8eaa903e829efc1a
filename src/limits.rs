//! Every limit of the program, with its reason. A limit that is met is said in words.

/// Characters of a one-line field. Real lists hold supplier names of 197 and titles of some
/// thousand characters.
pub const LINE_CHARS: usize = 4_000;

/// Characters of a many-line field: a long report still fits, a pasted book does not.
pub const LONG_CHARS: usize = 200_000;

/// Words of a list field, such as tags.
pub const LIST_WORDS: usize = 200;

/// Rows a page query loads: three screens of the tallest usual terminal.
pub const PAGE_ROWS: usize = 240;

/// Related rows a card shows of one kind; the rest is one key away.
pub const CARD_ROWS: usize = 8;

/// Lines of what needs attention that the Overview loads: more than anybody deals with in a day,
/// and read in a moment.
pub const ATTENTION_LINES: usize = 1_000;

/// Hits of Find anything.
pub const FIND_HITS: usize = 40;

/// Matching records up to which a filtered list is sorted by itself; beyond it the list is
/// walked in its own order and tested row by row, which then finds a hit soon.
pub const FILTER_IDS: usize = 2_000;

/// Events a history view loads.
pub const HISTORY_EVENTS: usize = 500;

/// Messages waiting between the threads; more would mean that one of them is stuck.
pub const QUEUE: usize = 256;

/// Places kept for going back and forward.
pub const TRAIL: usize = 100;

/// Bytes sent to the clipboard of the terminal; more is cut off by most of them.
pub const CLIPBOARD_BYTES: usize = 74_000;

/// Records of one kind: the look-up keeps the number of a record in 40 bits.
pub const RECORDS: i64 = (1 << 40) - 1;
