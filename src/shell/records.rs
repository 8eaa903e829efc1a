//! What every export of ours writes beside the fields of a record; a file with all three is ours.

/// The column that names a record for good.
pub(in crate::shell) const CODE: &str = "code";
/// The column that counts the changes of a record.
pub(in crate::shell) const VERSION: &str = "version";
/// The column that says whether a record is put away.
pub(in crate::shell) const ARCHIVED: &str = "archived";
/// All three.
pub(in crate::shell) const OWN: [&str; 3] = [CODE, VERSION, ARCHIVED];
