//! Which language is spoken: what the user asked for, else the locale, else English.
//!
//! The choice is a pure function of its inputs; only [`of_environment`] looks around.

use crate::domain::money::Currency;
use crate::texts::Lang;

/// The locale as the environment names it, such as `zh_CN.UTF-8`; empty when it names none.
///
/// `LC_ALL`, `LC_MESSAGES` and `LANG` in this order (POSIX), then what the platform says.
#[must_use]
pub fn of_environment() -> String {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|key| std::env::var(key).ok());
    named.into_iter().find(|value| !value.is_empty()).or_else(sys_locale::get_locale).unwrap_or_default()
}

/// The language of a word such as `zh`, `zh-CN` or `en_GB.UTF-8`; `None` for any other language.
#[must_use]
pub fn language(word: &str) -> Option<Lang> {
    Lang::from_word(word.split(['_', '-', '.', '@']).next().unwrap_or_default())
}

/// The language: of the flag, else of the configuration, else of the locale, else English.
#[must_use]
pub fn choose(flag: Option<Lang>, config: Option<Lang>, locale: &str) -> Lang {
    flag.or(config).or_else(|| language(locale)).unwrap_or_default()
}

/// The currency of the locale's country; `None` when the locale names no country.
#[must_use]
pub fn currency(locale: &str) -> Option<Currency> {
    let plain = locale.split(['.', '@']).next()?;
    let mut parts = plain.split(['_', '-']).skip(1);
    parts.find(|part| part.len() == 2).and_then(Currency::of_country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_goes_before_the_configuration_and_this_before_the_locale() {
        assert_eq!(choose(Some(Lang::En), Some(Lang::Zh), "zh_CN.UTF-8"), Lang::En);
        assert_eq!(choose(None, Some(Lang::Zh), "en_GB"), Lang::Zh);
        assert_eq!(choose(None, None, "zh_TW.UTF-8@x"), Lang::Zh);
        assert_eq!(choose(None, None, "de_DE.UTF-8"), Lang::En);
        assert_eq!(choose(None, None, "C.UTF-8"), Lang::En);
        assert_eq!(choose(None, None, ""), Lang::En);
    }

    #[test]
    fn the_country_of_a_locale_has_its_currency() {
        let of = |locale| currency(locale).map(Currency::code);
        assert_eq!(of("en_CA.UTF-8"), Some("CAD"));
        assert_eq!(of("zh-Hans-CN"), Some("CNY"));
        assert_eq!((of("C.UTF-8"), of("POSIX"), of(""), of("en")), (None, None, None, None));
    }
}
