//! The settings of this machine with where each comes from, for the panel that tells them.

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::app::board::LAYOUTS;
use crate::app::look::ThemeName;
use crate::app::settings::{Origin, Personal};
use crate::shell::config::Config;
use crate::shell::{locale, paths};
use crate::store::Opening;
use crate::texts::Lang;

/// Gathers them: a flag goes before the environment, this before the configuration.
pub(super) fn of(matches: &ArgMatches, config: &Config, lang: Lang, opening: &Opening) -> Vec<Personal> {
    let file =
        || Origin::File(paths::config().map_or_else(|| "config.toml".to_owned(), |path| paths::told(&path)));
    let given = |id: &str, flag: &'static str, variable: &'static str| match matches.value_source(id) {
        Some(ValueSource::CommandLine) => Some(Origin::Flag(flag)),
        Some(ValueSource::EnvVariable) => Some(Origin::Environment(variable)),
        _ => None,
    };
    let configured = |is: bool| is.then(file);
    let or_default = |from: Option<Origin>| from.unwrap_or(Origin::Default);
    let of_locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find(|key| std::env::var(key).is_ok_and(|value| !value.is_empty()));
    let of_locale =
        of_locale.filter(|key| std::env::var(key).is_ok_and(|word| locale::language(&word).is_some()));
    let login = ["USER", "LOGNAME"]
        .into_iter()
        .find(|key| std::env::var(key).is_ok_and(|name| !name.trim().is_empty()));
    let named =
        matches.get_one::<String>("theme").and_then(|word| ThemeName::from_word(word)).or(config.theme);
    let is_ascii = matches.get_flag("ascii");
    let glyphs = if is_ascii { Some("ascii") } else { config.glyphs.map(crate::app::look::Glyphs::word) };
    let known = || LAYOUTS.map(|(name, _)| name.to_owned()).to_vec();
    let layouts = config.layouts.clone().unwrap_or_else(known).join(", ");
    let one = |key, value: String, from| Personal { key, value, from };
    let mut all = vec![
        one(
            "lang",
            lang.word().to_owned(),
            or_default(
                given("lang", "--lang", "")
                    .or_else(|| configured(config.lang.is_some()))
                    .or(of_locale.map(Origin::Environment)),
            ),
        ),
        one(
            "theme",
            named.map_or_else(|| "auto".to_owned(), |theme| theme.word().to_owned()),
            or_default(given("theme", "--theme", "").or_else(|| configured(config.theme.is_some()))),
        ),
        one(
            "glyphs",
            glyphs.unwrap_or("auto").to_owned(),
            or_default(
                is_ascii.then_some(Origin::Flag("--ascii")).or_else(|| configured(config.glyphs.is_some())),
            ),
        ),
        one("layout", layouts, or_default(configured(config.layouts.is_some()))),
        one(
            "user",
            opening.actor.clone(),
            or_default(
                given("user", "--user", "VENDECK_USER")
                    .or_else(|| configured(config.user.is_some()))
                    .or(login.map(Origin::Environment)),
            ),
        ),
        one(
            "db",
            paths::told(&opening.path),
            or_default(given("db", "--db", "VENDECK_DB").or_else(|| configured(config.db.is_some()))),
        ),
    ];
    let folder = paths::state().map(|folder| folder.join("drafts"));
    for (key, path) in [
        ("config", paths::config()),
        ("keymap", paths::keymap()),
        ("views", paths::views()),
        ("drafts", folder),
    ] {
        if let Some(path) = path {
            let from = if path.exists() { Origin::Default } else { Origin::NotYet };
            all.push(one(key, paths::told(&path), from));
        }
    }
    all
}
