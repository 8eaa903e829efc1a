//! The parts of a workbook: looked up by name, inflated and parsed as far as the limits go.
//!
//! The sizes that an archive declares are believed only where they are too large: what is read is
//! counted while it is inflated.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::intake::error::IntakeError;
use crate::limits;

/// How each entry of the directory of an archive begins.
const ENTRY: &[u8] = b"PK\x01\x02";

/// Elements within each other: the sheets of real programs come to about ten.
const DEPTH: usize = 256;

/// An archive that holds no more parts than a workbook has.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    pub(super) fn open(mut file: R) -> Result<Self, IntakeError> {
        // Before the directory is loaded: it may be all there is in the file.
        let entries = count_entries(&mut file).map_err(|_| damaged(""))?;
        if entries > limits::WORKBOOK_PARTS {
            return Err(IntakeError::TooManyParts { limit: limits::WORKBOOK_PARTS });
        }
        let zip = ZipArchive::new(file).map_err(|_| damaged(""))?;
        Ok(Self { zip })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// The XML of a part, to be read once.
    pub(super) fn part(&mut self, name: &str) -> Result<Part<'_>, IntakeError> {
        let place = self.place(name).ok_or_else(|| damaged(name))?;
        let limit = limits::WORKBOOK_PART_BYTES;
        let file = self.zip.by_index(place).map_err(|_| damaged(name))?;
        if file.size() > limit {
            return Err(IntakeError::PartTooLarge { part: name.to_owned(), limit });
        }
        Ok(Part::new(name, Box::new(file)))
    }

    /// Names differ in case and slashes between the programs that write them.
    fn place(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.zip.index_for_name(name).or_else(|| {
            let same = |other: &str| other.replace('\\', "/").eq_ignore_ascii_case(name);
            let mut names = self.zip.file_names();
            names.position(|other| other.is_ok_and(|other| same(&other)))
        })
    }
}

/// A part that is being read.
pub(super) struct Part<'a> {
    name: String,
    reader: Reader<Counted<BufReader<Box<dyn Read + 'a>>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'a> Part<'a> {
    fn new(name: &str, file: Box<dyn Read + 'a>) -> Self {
        let counted = Counted { file: BufReader::with_capacity(64 * 1024, file), read: 0, piece: 0 };
        let mut reader = Reader::from_reader(counted);
        reader.config_mut().expand_empty_elements = true;
        Self { name: name.to_owned(), reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next event; empty elements come as a start and an end.
    pub(super) fn next(&mut self) -> Result<Event<'_>, IntakeError> {
        self.buffer.clear();
        self.reader.get_mut().piece = 0;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::DocType(_)) => Err(damaged(&self.name)),
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > DEPTH { Err(damaged(&self.name)) } else { Ok(event) }
            }
            Err(_) => Err(self.reader.get_ref().over(&self.name).unwrap_or_else(|| damaged(&self.name))),
        }
    }

    /// Adds what an event says to `text`, if it is a piece of text.
    pub(super) fn push_text(name: &str, event: &Event<'_>, text: &mut String) -> Result<(), IntakeError> {
        match event {
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::CData(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) => {
                if let Some(c) = entity.resolve_char_ref().map_err(|_| damaged(name))? {
                    text.push(c);
                } else {
                    let known = quick_xml::escape::resolve_predefined_entity(entity);
                    text.push_str(known.ok_or_else(|| damaged(name))?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The text up to the end of the element that was just entered, that of inner elements with it.
    pub(super) fn text(&mut self) -> Result<String, IntakeError> {
        let name = self.name.clone();
        let floor = self.depth;
        let mut text = String::new();
        loop {
            let event = self.next()?;
            let ends = matches!(event, Event::End(_));
            if matches!(event, Event::Eof) {
                return Err(damaged(&name));
            }
            Self::push_text(&name, &event, &mut text)?;
            if ends && self.depth < floor {
                return Ok(text);
            }
        }
    }

    /// How many elements are open around what comes next.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The name of the part.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// A part that cannot be read to its end; the name is empty where it is the archive itself.
pub(super) fn damaged(part: &str) -> IntakeError {
    IntakeError::DamagedWorkbook { part: part.to_owned() }
}

/// Counts what is read of a part, and of the piece of it that is being parsed.
struct Counted<F> {
    file: F,
    read: u64,
    piece: u64,
}

impl<F> Counted<F> {
    /// The limit that was met.
    fn over(&self, part: &str) -> Option<IntakeError> {
        let part = part.to_owned();
        if self.read > limits::WORKBOOK_PART_BYTES {
            Some(IntakeError::PartTooLarge { part, limit: limits::WORKBOOK_PART_BYTES })
        } else if self.piece > limits::WORKBOOK_PIECE_BYTES {
            Some(IntakeError::PieceTooLong { part, limit: limits::WORKBOOK_PIECE_BYTES })
        } else {
            None
        }
    }
}

impl<F: Read> Read for Counted<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

impl<F: BufRead> BufRead for Counted<F> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > limits::WORKBOOK_PART_BYTES || self.piece > limits::WORKBOOK_PIECE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount as u64;
        self.piece += amount as u64;
        self.file.consume(amount);
    }
}

/// How often the file says that an entry of a directory begins: at least as often as one does.
fn count_entries(file: &mut (impl Read + Seek)) -> io::Result<usize> {
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 * 1024];
    let (mut kept, mut entries) = (0, 0);
    loop {
        let read = match buffer.get_mut(kept..) {
            Some(free) => file.read(free)?,
            None => 0,
        };
        if read == 0 {
            file.seek(SeekFrom::Start(0))?;
            return Ok(entries);
        }
        let filled = kept + read;
        let seen = buffer.get(..filled).unwrap_or_default();
        entries += seen.windows(ENTRY.len()).filter(|four| *four == ENTRY).count();
        // One may begin in this piece of the file and end in the next.
        let rest = filled.min(ENTRY.len() - 1);
        buffer.copy_within(filled - rest..filled, 0);
        kept = rest;
    }
}
