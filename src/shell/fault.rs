//! Defects on purpose, so that tests see how the program ends on one. Only builds for debugging
//! have them: there `VENDECK_FAULT` names the place, `loop` or `worker`.

/// A place at which a defect can be had.
///
/// # Panics
/// If it is the one that `VENDECK_FAULT` names.
#[cfg(debug_assertions)]
pub fn at(place: &str) {
    let is_named = std::env::var("VENDECK_FAULT").is_ok_and(|named| named == place);
    assert!(!is_named, "a defect on purpose in the {place}");
}

/// Nothing: this build has no defects on purpose.
#[cfg(not(debug_assertions))]
pub const fn at(_place: &str) {}
