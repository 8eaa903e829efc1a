//! The register of another day: a copy of its own in a private folder, set back in time.

use chrono::NaiveDate;

use crate::register::Refusal;
use crate::shell::private::Folder;
use crate::store::{Access, Opening, Store};

/// A register as it was; its file goes with it.
#[derive(Debug)]
pub struct Past {
    /// How it is opened.
    pub opening: Opening,
    _folder: Folder,
}

impl Past {
    /// Makes the register as it was at the end of a day, which ends at `instant` (UTC).
    ///
    /// # Errors
    /// What the register refuses, or that no file can be made.
    pub fn make(opening: &Opening, day: NaiveDate, instant: &str) -> Result<Self, Refusal> {
        let folder = Folder::make().map_err(Refusal::Io)?;
        let path = folder.path().join(opening.path.file_name().unwrap_or("register.db".as_ref()));
        let now = Store::open(&Opening { access: Access::Read, ..opening.clone() })?;
        now.past(&path, instant, day)?;
        let opening = Opening { path, access: Access::Read, today: day, ..opening.clone() };
        Ok(Self { opening, _folder: folder })
    }
}
