//! Stands in for the running screens.

use crate::store::Opening;
use crate::texts::Lang;

/// What the screens start with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The register to open.
    pub opening: Opening,
    /// The language.
    pub lang: Lang,
    /// The theme that was asked for.
    pub theme: Option<String>,
    /// Whether the register is thrown away at the end.
    pub throwaway: bool,
}

/// Runs the screens until the user leaves.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(start: Start) -> color_eyre::Result<()> {
    drop(start);
    Err(color_eyre::eyre::eyre!("there are no screens yet"))
}
