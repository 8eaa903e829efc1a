//! The limits a user can meet: of what is typed, read in, found, listed, kept and waited for; each
//! with its reason. What is refused for a limit is told so in words.
//!
//! Numbers that only steer how work is done (batches, polls, pages of a copy, the corrections and
//! cuts inside the look-up's index) are no such limits and stand beside that work.

use std::time::Duration;

/// Characters of a one-line field. Real lists hold supplier names of 197 and titles of some
/// thousand characters.
pub const LINE_CHARS: usize = 4_000;

/// Characters of a many-line field: a long report still fits, a pasted book does not.
pub const LONG_CHARS: usize = 200_000;

/// Words of a list field, such as tags.
pub const LIST_WORDS: usize = 200;

/// Characters of an amount as it is typed: twice the longest sensible one
/// (`人民币 -100,000,000,000,000.00`).
pub const AMOUNT_CHARS: usize = 64;

/// The first year a date may have; those before are slips of the hand.
pub const FIRST_YEAR: i32 = 1900;
/// The last year a date may have; those behind are slips, or marks for "no end".
pub const LAST_YEAR: i32 = 2999;

/// How many months a timeline goes from today: the longest span, so that the end of any term is met.
pub const TIMELINE_MONTHS: i32 = 1_200;
/// Months of a contract whose plan and bills are worked out: the longest span. Dates may be further apart
/// by a slip of the hand.
pub const BOOK_MONTHS: u32 = 1_200;
/// Units of a currency that an exchange rate is told of: enough for four places to be exact of any.
pub const RATE_UNITS: i64 = 1_000_000;
/// The greatest exchange rate, in ten-thousandths: a thousand million, so that no amount times a rate leaves
/// the digits that are counted with.
pub const RATE_TEN_THOUSANDTHS: i64 = 10_000_000_000_000;
/// The longest span in months: a hundred years, more than any contract.
pub const SPAN_MONTHS: u32 = 1_200;
/// The longest span in days or business days, about as long as [`SPAN_MONTHS`].
pub const SPAN_DAYS: u32 = 36_500;

/// Bytes of a file that is read in: ten times the largest public list met.
pub const FILE_BYTES: usize = 256 * 1024 * 1024;
/// Columns of a list that is read in; more refuse the file, which then is no list of records.
pub const FILE_COLUMNS: usize = 512;
/// Rows of a list that is read in, taken or rejected; more refuse the file. Such a list is read
/// whole into memory.
pub const FILE_ROWS: usize = 2_000_000;
/// Bytes of one cell of such a list: more than the longest field holds. More reject its row.
pub const CELL_BYTES: usize = 1024 * 1024;
/// Bytes of a workbook that is read in: five times one of a hundred thousand contracts.
pub const WORKBOOK_BYTES: u64 = 64 * 1024 * 1024;
/// Parts of a workbook: one of hundreds of sheets and pictures has some thousands.
pub const WORKBOOK_PARTS: usize = 16_384;
/// Bytes of one part of a workbook when it is inflated. A sheet has about 35 for each cell, so
/// [`WORKBOOK_CELLS`] is met first unless the part is made of something else.
pub const WORKBOOK_PART_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of one piece of a part, a tag or a run of text: eight times the longest cell, for
/// characters may be escaped.
pub const WORKBOOK_PIECE_BYTES: u64 = 8 * CELL_BYTES as u64;
/// Cells of a sheet, blank ones before the last of a row with them: a hundred thousand rows of
/// eighty columns. Each takes some bytes of memory.
pub const WORKBOOK_CELLS: usize = 8_000_000;
/// Rows of a sheet, the most that an XLSX can have.
pub const WORKBOOK_ROWS: usize = 1 << 20;
/// Bytes of all texts of a sheet: those of a hundred thousand rows of six hundred characters. A text
/// that stands once in the file may stand in every cell.
pub const WORKBOOK_TEXT_BYTES: usize = 64 * 1024 * 1024;
/// Bytes of the texts that the sheets of a workbook share.
pub const WORKBOOK_STRINGS_BYTES: usize = 48 * 1024 * 1024;
/// Styles of cells and codes of number formats: the programs that write workbooks know fewer.
pub const WORKBOOK_STYLES: usize = 130_000;
/// Bytes of a rejected row that are kept for the file of rejected rows: enough for a row anyone
/// will mend by hand, while a quote that is never closed may span a whole file.
pub const REJECT_BYTES: usize = 64 * 1024;
/// The greatest number of a code that a file may bring: codes stay readable.
pub const FILE_CODE: i64 = 999_999_999;

/// Characters of a text by which a record is found; of longer titles the beginning is what people
/// type.
pub const ENTRY_CHARS: usize = 160;
/// Texts by which a record is found: names, aliases and tags by the dozen still fit.
pub const ENTRIES: usize = 48;
/// Characters of a query that are read; a longer one is a pasted text, of which the beginning says
/// enough.
pub const QUERY_CHARS: usize = 128;
/// Words of a query; further ones are not asked for.
pub const QUERY_WORDS: usize = 8;

/// Keys of a chord of one's own: more than these nobody plays.
pub const CHORD: usize = 4;

/// Characters of the name of a view: it stands on one line of a menu.
pub const VIEW_NAME: usize = 60;
/// The least and the greatest width of a column that is chosen, in cells: a narrower one shows
/// nothing, a wider one hides the others.
pub const COLUMN_WIDTH: (u16, u16) = (3, 120);

/// Rows a page query loads at most: three and a half screens of a terminal of 160 rows.
pub const PAGE_ROWS: usize = 560;

/// Related rows a card shows of one kind; the rest is one key away.
pub const CARD_ROWS: usize = 8;

/// Lines of what needs attention that the Overview loads: more than anybody deals with in a day,
/// and read in a moment.
pub const ATTENTION_LINES: usize = 1_000;

/// Related rows of one kind on the page of a record; the rest is in the list of that kind.
pub const SHEET_ROWS: usize = 200;

/// Records from which on an act on many is confirmed by typing their number, and a copy of the
/// register is made before it: fewer are seen at once.
pub const MANY: usize = 20;

/// Vendors that a meeting goes through at most: a day of five minutes each is less than a hundred.
pub const AGENDA: usize = 200;

/// Records of such an act whose reasons are told where they cannot: nobody mends more by hand.
pub const MISFITS: usize = 100;

/// Hits of Find anything.
pub const FIND_HITS: usize = 40;

/// Records that come into question for a filter, up to which the list is sorted by itself; beyond it
/// the list is walked in its own order, which then meets one soon.
pub const FILTER_IDS: usize = 2_000;

/// Vendors whose name holds a word of a filter, up to which the records of each are looked up by
/// themselves; beyond it the list is walked.
pub const FILTER_VENDORS: usize = 200;

/// Events a history view loads.
pub const HISTORY_EVENTS: usize = 500;

/// Messages that are kept to be read again: those of a working hour.
pub const MESSAGES: usize = 100;

/// Hits that a linking field of a form offers below itself; more letters find the rest.
pub const PICKS: usize = 6;

/// Records of a kind that are looked through for the values that a field has already: the newest. So
/// many are read within a frame or two; a value of older records alone is typed as a new one is.
pub const KNOWN_RECORDS: u32 = 20_000;

/// Characters of the name under which somebody works.
pub const USER_CHARS: usize = 60;

/// Names of a folder that are looked through to go on with a path.
pub const FOLDER_NAMES: usize = 10_000;

/// Values of a field that a form keeps to offer them.
pub const KNOWN_VALUES: usize = 2_000;

/// Messages waiting between the threads; more would mean that one of them is stuck.
pub const QUEUE: usize = 256;

/// Keys and pastes held while a form is being saved: more than anybody types in the ten seconds
/// that another operator's write may take.
pub const TYPED_AHEAD: usize = 2_000;

/// Vendors of a ranking that are tried for the smallest change of a weight that turns their order: each two
/// neighbours are, by every criterion, and their reviews are read whole.
pub const SWING_VENDORS: usize = 200;

/// Periods that a comparison over time shows: three years of quarters, and what fits beside names.
pub const COMPARED_PERIODS: usize = 12;

/// Places kept for going back and forward.
pub const TRAIL: usize = 100;

/// Bytes sent to the clipboard of the terminal; more is cut off by most of them.
pub const CLIPBOARD_BYTES: usize = 74_000;

/// Minor units of an amount, to either side: about the yearly product of China in fen. More is a
/// slip of the keyboard. Nine hundred such amounts in one currency, which no desk has, still come
/// to a sum that fits 64 bits.
pub const MONEY_MINOR: i64 = 10_i64.pow(16);

/// Kinds of record that the number of a record has room for: it is `id * 128 + kind`.
pub const KINDS: i64 = 128;

/// Records of one kind: the look-up keeps the number of a record in 40 bits.
pub const RECORDS: i64 = (1 << 40) - 1;

/// How long another writer is waited for.
pub const LOCK_WAIT: Duration = Duration::from_secs(10);
