//! From the bytes of a file to text.
//!
//! It must never replace what it cannot read: a byte that is not text of the encoding is an error
//! with its place, and an encoding that nothing in the file names is asked for, not guessed.

use encoding_rs::{Decoder, DecoderResult};

use crate::intake::error::IntakeError;
use crate::limits::FILE_BYTES;

/// An encoding that lists come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first: what Excel calls "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, which holds GBK and GB2312: what Excel writes on a Chinese Windows.
    Gb18030,
    /// Big5: Excel on a Windows of Taiwan or Hong Kong.
    Big5,
    /// Windows-1252: Excel on a Western Windows.
    Windows1252,
}

impl Encoding {
    /// All encodings, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Gb18030, Self::Big5, Self::Windows1252];

    /// Its word in `--encoding`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a word, the names people use for it included; case, `-` and `_` do not count.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        match plain.as_str() {
            "utf8" => Some(Self::Utf8),
            "utf16le" => Some(Self::Utf16Le),
            "utf16be" => Some(Self::Utf16Be),
            "gb18030" | "gbk" | "gb2312" | "cp936" => Some(Self::Gb18030),
            "big5" | "cp950" => Some(Self::Big5),
            "windows1252" | "cp1252" | "latin1" => Some(Self::Windows1252),
            _ => None,
        }
    }

    fn decoder(self) -> Decoder {
        let encoding = match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        };
        encoding.new_decoder_without_bom_handling()
    }
}

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte order mark.
    pub text: String,
    /// The encoding it was in.
    pub encoding: Encoding,
    /// Whether a byte order mark stood before it.
    pub bom: bool,
}

/// The text of a file: by its byte order mark, else by `asked`, else as UTF-8.
///
/// # Errors
///
/// [`IntakeError::TooLarge`]; [`IntakeError::OldWorkbook`], [`IntakeError::NotAWorkbook`] and [`IntakeError::Utf32`] for what is read
/// in no encoding; [`IntakeError::Undecodable`] with the place of the first byte that is
/// not text; [`IntakeError::BomContradicts`] when `asked` is not what the mark says. Without a mark
/// and without `asked`: [`IntakeError::LooksLikeUtf16`] where NUL bytes say so, else
/// [`IntakeError::NotUtf8`] with the encodings that read the whole file, GB18030 first.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> Result<Decoded, IntakeError> {
    if bytes.len() > FILE_BYTES {
        return Err(IntakeError::TooLarge { bytes: bytes.len(), limit: FILE_BYTES });
    }
    if let Some((encoding, mark)) = byte_order_mark(bytes)? {
        return match asked {
            Some(asked) if asked != encoding => Err(IntakeError::BomContradicts { bom: encoding, asked }),
            _ => Ok(Decoded { text: strict(bytes, mark, encoding)?, encoding, bom: true }),
        };
    }
    match asked {
        Some(encoding) => {
            let text = strict(bytes, 0, encoding)?;
            // GB18030 has a byte order mark of its own: four bytes that mean U+FEFF.
            match text.strip_prefix('\u{feff}') {
                Some(rest) => Ok(Decoded { text: rest.to_owned(), encoding, bom: true }),
                None => Ok(Decoded { text, encoding, bom: false }),
            }
        }
        None => unnamed(bytes),
    }
}

/// A file whose encoding nobody names.
fn unnamed(bytes: &[u8]) -> Result<Decoded, IntakeError> {
    let nul_bytes = bytes.split(|byte| *byte == 0).count() - 1;
    match std::str::from_utf8(bytes) {
        // English in UTF-16 is UTF-8 too, with a NUL for every second byte.
        Ok(_) if nul_bytes > 0 && nul_bytes * 4 >= bytes.len() => Err(IntakeError::LooksLikeUtf16),
        Ok(text) => Ok(Decoded { text: text.to_owned(), encoding: Encoding::Utf8, bom: false }),
        Err(_) if nul_bytes > 0 => Err(IntakeError::LooksLikeUtf16),
        Err(error) => {
            let candidates = [Encoding::Gb18030, Encoding::Big5, Encoding::Windows1252]
                .into_iter()
                .filter(|encoding| strict(bytes, 0, *encoding).is_ok())
                .collect();
            Err(IntakeError::NotUtf8 { offset: error.valid_up_to(), candidates })
        }
    }
}

/// The encoding that the first bytes name, with the length of the mark; or what they say the file is
/// instead of text.
fn byte_order_mark(bytes: &[u8]) -> Result<Option<(Encoding, usize)>, IntakeError> {
    match bytes {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(IntakeError::OldWorkbook),
        [b'P', b'K', 3, 4, ..] => Err(IntakeError::NotAWorkbook),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(IntakeError::Utf32),
        [0xEF, 0xBB, 0xBF, ..] => Ok(Some((Encoding::Utf8, 3))),
        [0xFF, 0xFE, ..] => Ok(Some((Encoding::Utf16Le, 2))),
        [0xFE, 0xFF, ..] => Ok(Some((Encoding::Utf16Be, 2))),
        _ => Ok(None),
    }
}

/// The text of `bytes` after the first `skip` of them, or the place of what is not text.
fn strict(bytes: &[u8], skip: usize, encoding: Encoding) -> Result<String, IntakeError> {
    let body = bytes.get(skip..).unwrap_or_default();
    let broken = |offset: usize| IntakeError::Undecodable { encoding, offset: skip + offset };
    if encoding == Encoding::Utf8 {
        return match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(broken(error.valid_up_to())),
        };
    }
    if let Some(offset) = unassigned(body, encoding) {
        return Err(broken(offset));
    }
    let mut decoder = encoding.decoder();
    let mut text = String::with_capacity(body.len() + body.len() / 2 + 16);
    let mut done = 0;
    loop {
        let rest = body.get(done..).unwrap_or_default();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        done += read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(rest.len() + 16),
            DecoderResult::Malformed(bad, after) => {
                return Err(broken(done.saturating_sub(usize::from(bad) + usize::from(after))));
            }
        }
    }
}

/// Bytes that the decoder of the web reads without complaint although they stand for nothing: five
/// of Windows-1252, and the four of GB18030 that mean U+FFFD itself.
fn unassigned(bytes: &[u8], encoding: Encoding) -> Option<usize> {
    match encoding {
        Encoding::Windows1252 => {
            bytes.iter().position(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D))
        }
        Encoding::Gb18030 => bytes.windows(4).position(|four| four == [0x84, 0x31, 0xA4, 0x37]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "供应商名称,合同金额\n华为技术有限公司,500000\n";

    fn encoded(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn plain_utf_8_and_the_three_marks() {
        let plain = decode(LIST.as_bytes(), None).unwrap();
        assert_eq!(plain, Decoded { text: LIST.to_owned(), encoding: Encoding::Utf8, bom: false });
        let marked = format!("\u{feff}{LIST}");
        for (bytes, encoding) in [
            (marked.clone().into_bytes(), Encoding::Utf8),
            (utf16(&marked, u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(&marked, u16::to_be_bytes), Encoding::Utf16Be),
        ] {
            let want = Decoded { text: LIST.to_owned(), encoding, bom: true };
            assert_eq!(decode(&bytes, None), Ok(want.clone()));
            assert_eq!(decode(&bytes, Some(encoding)), Ok(want));
        }
    }

    #[test]
    fn a_named_encoding_is_read_strictly() {
        let bytes = encoded(LIST, encoding_rs::GB18030);
        let read = decode(&bytes, Some(Encoding::Gb18030)).unwrap();
        assert_eq!((read.text.as_str(), read.bom), (LIST, false));
        let read = decode(&encoded("廠商,名稱", encoding_rs::BIG5), Some(Encoding::Big5)).unwrap();
        assert_eq!(read.text, "廠商,名稱");
        let read = decode(b"Caf\xe9", Some(Encoding::Windows1252)).unwrap();
        assert_eq!(read.text, "Café");
        let marked = encoded("\u{feff}名", encoding_rs::GB18030);
        assert!(decode(&marked, Some(Encoding::Gb18030)).is_ok_and(|d| d.text == "名" && d.bom));
        let bare = utf16(LIST, u16::to_le_bytes);
        assert!(decode(&bare, Some(Encoding::Utf16Le)).is_ok_and(|d| d.text == LIST));
    }

    #[test]
    fn what_is_not_text_is_named_by_its_place() {
        let whole = encoded(LIST, encoding_rs::GB18030);
        let cut = &whole[..12];
        let broken = |encoding, offset| Err(IntakeError::Undecodable { encoding, offset });
        assert_eq!(decode(&encoded("ab供", encoding_rs::GB18030)[..3], Some(Encoding::Gb18030)), {
            broken(Encoding::Gb18030, 2)
        });
        assert_eq!(decode(cut, Some(Encoding::Gb18030)), broken(Encoding::Gb18030, 11));
        assert_eq!(decode(b"ab\xff\xffcd", Some(Encoding::Gb18030)), broken(Encoding::Gb18030, 2));
        assert_eq!(decode(b"ab\xe4", Some(Encoding::Utf8)), broken(Encoding::Utf8, 2));
        assert_eq!(decode(b"\xef\xbb\xbfab\xe4", None), broken(Encoding::Utf8, 5));
        assert_eq!(decode(b"\xff\xfea\0\0\xd8", None), broken(Encoding::Utf16Le, 4));
        assert_eq!(decode(b"\xff\xfea\0b", None), broken(Encoding::Utf16Le, 4));
        assert_eq!(decode(b"ab\x81", Some(Encoding::Windows1252)), broken(Encoding::Windows1252, 2));
        let lost = encoded("ab\u{fffd}", encoding_rs::GB18030);
        assert_eq!(decode(&lost, Some(Encoding::Gb18030)), broken(Encoding::Gb18030, 2));
    }

    #[test]
    fn an_unnamed_encoding_is_asked_for_with_what_would_read_the_file() {
        let names = |bytes: &[u8]| match decode(bytes, None) {
            Err(IntakeError::NotUtf8 { offset, candidates }) => (offset, candidates),
            other => panic!("{other:?}"),
        };
        let (offset, candidates) = names(&encoded(LIST, encoding_rs::GB18030));
        assert_eq!((offset, candidates.first()), (0, Some(&Encoding::Gb18030)));
        let (offset, candidates) = names(b"Caf\xe9 Soci\xe9t\xe9");
        assert_eq!((offset, candidates), (3, vec![Encoding::Windows1252]));
        assert_eq!(names(b"ab\xff\x81").1, []);
    }

    #[test]
    fn nul_bytes_look_like_utf_16() {
        for text in [LIST, "name,amount\na,1\n"] {
            for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(decode(&utf16(text, bytes_of), None), Err(IntakeError::LooksLikeUtf16));
            }
        }
        assert!(decode(b"name,note\nnul,a\0b\n", None).is_ok());
        assert_eq!(decode(b"\xff\xfe\0\0a\0\0\0", None), Err(IntakeError::Utf32));
    }

    #[test]
    fn a_workbook_is_no_text() {
        for (start, error) in [
            (&b"PK\x03\x04\x14\0"[..], IntakeError::NotAWorkbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", IntakeError::OldWorkbook),
        ] {
            for asked in [None, Some(Encoding::Windows1252)] {
                assert_eq!(decode(start, asked), Err(error.clone()));
            }
        }
        assert!(decode(b"PK,name\n", None).is_ok());
    }

    #[test]
    fn a_mark_and_a_name_that_disagree_are_an_error() {
        let error = IntakeError::BomContradicts { bom: Encoding::Utf8, asked: Encoding::Gb18030 };
        assert_eq!(decode(b"\xef\xbb\xbfname", Some(Encoding::Gb18030)), Err(error));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let error = IntakeError::TooLarge { bytes: FILE_BYTES + 1, limit: FILE_BYTES };
        assert_eq!(decode(&vec![0; FILE_BYTES + 1], None), Err(error));
    }

    #[test]
    fn names_are_read_back() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::from_name(encoding.name()), Some(encoding));
        }
        assert_eq!(Encoding::from_name("GBK"), Some(Encoding::Gb18030));
        assert_eq!(Encoding::from_name("ebcdic"), None);
    }
}
