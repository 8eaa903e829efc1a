//! vendeck: the desk of people who run outsourced work. One register of vendors, contracts,
//! performance reviews and risks, in the terminal, in one SQLite file, in English and Chinese.
//!
//! # A bird's-eye view
//!
//! An event loop draws tabbed screens, hands keys to reducers that change a plain state, and
//! does what they ask for: read from or write to the register on two threads of its own.
//!
//! ```text
//!   keyboard thread ── key, paste, size ──┐
//!   reader thread ──── page, card, hits ──┤  one bounded   shell::runtime: hear one, hear the
//!   writer thread ──── saved, refused ────┤──── channel ─► rest, then draw once
//!   signal thread ──── the end ───────────┘                     │ Msg             ▲ &State
//!                                                               ▼                 │
//!                           app::update(&mut State, Msg) -> Vec<Effect>        ui::draw
//! ```
//!
//! The command line (`shell::cli`) is the other face of the same services: both end in
//! [`entity::input`] and [`store::Store`].
//!
//! # The modules, in reading order
//!
//! - [`texts`] every sentence in both languages; [`clean`] hostile text made visible;
//!   [`limits`] every limit a user can meet, with its reason; [`place`] files that come whole into
//!   their place; [`wrap`] text in cells and lines, [`markdown`] long texts as they are read.
//! - [`domain`] the rules: money, days, the date engine of contracts, scoring, risk matrices,
//!   moves between states. Pure functions of plain values.
//! - [`entity`] kinds of record as data: one table each of typed fields, from which lists,
//!   cards, forms, command line, import, export, history and statements are made.
//! - [`lookup`] finding anything: folding, pinyin, grams, ranking. Pure.
//! - [`register`] the face of the register as plain data: questions, answers, changes, refusals.
//! - [`store`] the register: the only SQL; facts, index rows that follow from them, events.
//! - [`intake`] reading files of others; [`demo`] the demo register and the built-in templates.
//! - [`app`] state and reducers; [`ui`] drawing; [`shell`] terminal, threads, clock, command line.
//!
//! # Invariants
//!
//! **Invariant:** `domain` knows no terminal, database, file, clock or language setting; `today`
//! is an argument.
//!
//! **Invariant:** `app` imports neither ratatui nor crossterm nor rusqlite; it has no I/O, clock,
//! thread or randomness. The same messages give the same state.
//!
//! **Invariant:** `ui` draws from `&State` and never changes it. What both need, such as the rows
//! a list shows, is worked out in [`app::geometry`].
//!
//! **Invariant:** SQL and rusqlite are only in `store`; a colour is named only in [`ui::theme`], a sign of a frame only in [`ui::glyph`];
//! the time is asked only in [`shell::clock`]; only `shell` touches terminal, threads (but for
//! the two of [`store::worker`]) and environment.
//!
//! **Invariant:** a cursor is bound to a record or an event, never to a row ([`app::cursor`]): what
//! another operator took away is under no cursor, and nothing is done to its neighbour.
//!
//! **Invariant:** every change is one transaction with its events and its index rows. Nothing
//! derived is a source of truth; `check` works it out again and compares.
//!
//! **Invariant:** every text on its way to a terminal passes [`clean::clean`].
//!
//! **Invariant:** what was erased is in no byte of the register's file or log once it was swept; only
//! copies hold it, and they are named.
//!
//! **Absent on purpose:** the network, a server, a clock on the screen, `unsafe`.
//!
//! # Where this house differs from the usual
//!
//! - *Texts* are constants with both languages side by side ([`texts::Text`]) and not files in a
//!   folder: a missing sentence does not compile, nothing is read at the start, and whoever
//!   writes a sentence writes it twice at once.
//! - *The key map* is a table in Rust for the same reasons ([`app::keymap::BINDINGS`]).
//! - *Codes are ids*: `V-0031` is row 31 of its table, so a code needs no look-up and a link in
//!   the history is readable.
//! - *Derived columns are stored* in one index table a kind, with the days on which they are
//!   right. So every sort is an index, the Overview is read from tallies at any size, and a
//!   register opened on another day works out the rows it shows.
//! - *An order of two keys* has no index of its own: what is equal in the first key is sorted where
//!   it is little, and else read along the index of the second. First and last page, and each page on
//!   from there, are read in milliseconds at 100,000 vendors; only a jump to a row by its number counts
//!   its way there, off the screen's thread.
//! - *Find anything* answers from tables inside the register (keys, grams, readings), so it is
//!   ready at once, also from the command line, and takes no memory.
//! - *A question is stopped by a wish that stands* ([`store::StopWish`]) and not by the engine's
//!   interrupt, which is lost where no statement runs: a question is many short ones.
//! - *Another day is another file*: the register of a day is a private copy whose later acts are
//!   taken back row by row ([`shell::past`]), so every screen and every command shows it with the
//!   code of the present, and nothing can write into the past.
//! - *A person's data can be erased from a history that is never changed*: the chain of events covers a
//!   salted digest of what each event tells, so the telling can go with its salt while the chain holds; the
//!   erasing is an event of its own that vouches for what was left ([`store::erase`]). The chain shows that
//!   bytes went bad or were meddled with; it is signed by nobody, and whoever may write the file may write
//!   a whole other history.
//! - *The user's keys lie over the table* as a file of their own ([`app::keymap::file`]): what a
//!   context knows is checked against the same table that help and the README are made from.
//! - *Working calendars of the register are known to the process* ([`calendars`]) and not handed to each
//!   rule: a contract names one, and whoever has its values counts by it, on any thread. Whoever opens the
//!   register, writes to it or sees that others did teaches them; index rows are made from the transaction's own.
//! - *The cap of service credits* stands with each service level and not with the contract: it is written
//!   beside the figures it limits, and the greatest of a period holds ([`domain::service_level`]).
//! - *A clause that nobody looked for is no record*: the checklist is the closed list of types, and a
//!   record is made when somebody has judged one ([`register::clauses`]).
//! - *Keys typed ahead* of what they act on wait for it shortly ([`app::state::State::must_wait`]):
//!   over a slow line `2jj⏎` does what it says.

pub mod app;
pub mod calendars;
pub mod clean;
pub mod demo;
pub mod domain;
pub mod entity;
pub mod intake;
pub mod limits;
pub mod lookup;
pub mod markdown;
pub mod place;
pub mod register;
pub mod shell;
pub mod store;
pub mod texts;
pub mod ui;
pub mod wrap;
