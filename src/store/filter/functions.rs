//! What the engine asks of a text or an amount while it walks: functions of its own, pure ones.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Result};

use crate::domain::decimal::fold_width;
use crate::domain::money::{Currency, Money};

/// Whether a text holds another, folded one: `holds(text, part)`.
pub(super) const HOLDS: &str = "vendeck_holds";
/// Whether one word of a list is a folded word: `is_among(list, word)`.
pub(super) const IS_AMONG: &str = "vendeck_is_among";
/// An amount in ten-thousandths of a unit: `size(minor, currency)`.
pub(super) const SIZE: &str = "vendeck_size";

/// Makes the functions known to a connection.
///
/// # Errors
/// Whatever the database answers.
pub(in crate::store) fn register(conn: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    let both = |ctx: &Context<'_>| -> Result<Option<(String, String)>> {
        let (text, part) = (ctx.get::<Option<String>>(0)?, ctx.get::<Option<String>>(1)?);
        Ok(text.zip(part))
    };
    conn.create_scalar_function(HOLDS, 2, flags, move |ctx| {
        Ok(both(ctx)?.is_some_and(|(text, part)| folded(&text).contains(&part)))
    })?;
    conn.create_scalar_function(IS_AMONG, 2, flags, move |ctx| {
        Ok(both(ctx)?.is_some_and(|(list, word)| list.split('\u{1f}').any(|held| folded(held) == word)))
    })?;
    conn.create_scalar_function(SIZE, 2, flags, |ctx| {
        let (minor, code) = (ctx.get::<Option<i64>>(0)?, ctx.get::<Option<String>>(1)?);
        let currency = code.as_deref().and_then(Currency::from_code);
        Ok(minor.zip(currency).map(|(minor, currency)| Money { minor, currency }.sort_key()))
    })
}

/// A text in half width and lower case, ends of line as blanks: what is alike in it is equal.
pub(super) fn folded(text: &str) -> String {
    fold_width(text).to_lowercase().replace(['\r', '\n'], " ")
}
