//! References to files and links: what a person wrote down, and whether it may be opened.
//!
//! A link is opened only by a scheme that shows or fetches something; whatever else a text before a
//! colon may start, such as a script, is refused. Nothing here looks at a file.

use crate::closed_list;

closed_list! {
    /// What a file is to the record.
    FileKind {
        Contract = "contract", Plain, "Contract", "合同文本";
        Invoice = "invoice", Plain, "Invoice", "发票";
        Report = "report", Plain, "Report", "报告";
        Certificate = "certificate", Plain, "Certificate", "证书";
        Letter = "letter", Plain, "Letter", "函件";
        Other = "other", Plain, "Other", "其他";
    }
}

/// The schemes of links that may be kept and opened.
pub const SCHEMES: [&str; 7] = ["https", "http", "mailto", "ftp", "sftp", "smb", "file"];

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// A file or folder, by its path.
    Path(&'a str),
    /// A link with one of [`SCHEMES`].
    Link(&'a str),
}

/// A scheme that is not among [`SCHEMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownScheme<'a>(pub &'a str);

impl<'a> Target<'a> {
    /// What a text leads to.
    ///
    /// A scheme is what RFC 3986 calls one, of two letters at least: `C:\contract.pdf` is a path.
    ///
    /// # Errors
    /// [`UnknownScheme`].
    pub fn read(text: &'a str) -> Result<Self, UnknownScheme<'a>> {
        let Some((scheme, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
            return Ok(Self::Path(text));
        };
        if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
            return Err(UnknownScheme(scheme));
        }
        // `file:///srv/a.pdf` is a path, on this machine.
        match rest.strip_prefix("//").filter(|_| scheme.eq_ignore_ascii_case("file")) {
            Some(path) if path.starts_with('/') && !path.contains('%') => Ok(Self::Path(path)),
            _ => Ok(Self::Link(text)),
        }
    }

    /// What it is called where it has no title: the last part of its path.
    #[must_use]
    pub fn name(text: &str) -> &str {
        let whole = text.trim_end_matches(['/', '\\']);
        whole.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(text)
    }
}

fn is_scheme(text: &str) -> bool {
    let mut letters = text.chars();
    text.len() > 1
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_links_are_told_apart() {
        for path in ["/srv/a.pdf", "a.pdf", "C:\\a.pdf", "~/合同: 2026.pdf", "合同：a.pdf", "", "1a:b"] {
            assert_eq!(Target::read(path), Ok(Target::Path(path)));
        }
        assert_eq!(Target::read("file:///srv/a.pdf"), Ok(Target::Path("/srv/a.pdf")));
        for link in ["https://example.com/a", "mailto:a@b.c", "SMB://host/share", "file:///a%20b"] {
            assert_eq!(Target::read(link), Ok(Target::Link(link)));
        }
        for (text, scheme) in
            [("javascript:alert(1)", "javascript"), ("data:text/html,x", "data"), ("vbscript:x", "vbscript")]
        {
            assert_eq!(Target::read(text), Err(UnknownScheme(scheme)));
        }
    }

    #[test]
    fn a_file_is_called_by_the_end_of_its_path() {
        assert_eq!(Target::name("/srv/合同/a.pdf"), "a.pdf");
        assert_eq!(Target::name("C:\\docs\\b.docx"), "b.docx");
        assert_eq!(Target::name("https://example.com/"), "example.com");
        assert_eq!(Target::name("/"), "/");
    }
}
