//! Names of made-up companies, people and contracts, in both scripts, varied enough that a hundred
//! thousand of them hold few exact duplicates.

use super::rng::Rng;
use super::words::{
    BRAND, CITIES, CODAS, FAMILY, FIRST, FORENAMES, FORMS_EN, FORMS_ZH, GIVEN, ONSETS, SECOND, SUBJECTS,
    SURNAMES, TRADES, TRADES_EN, VOWELS,
};

/// What a company is called.
pub(super) struct Company {
    /// What one calls it.
    pub(super) name: String,
    /// The registered Chinese name, when the company has one.
    pub(super) zh: Option<String>,
    /// The English name, when it has one beside the Chinese.
    pub(super) en: Option<String>,
    /// Its trade as a category.
    pub(super) category: &'static str,
}

impl Company {
    /// Whether the company sits in China, by its name.
    pub(super) fn domestic(&self) -> bool {
        self.zh.is_some()
    }
}

/// A company of any script: Chinese, English, both, or another Latin one.
pub(super) fn company(rng: &mut Rng) -> Company {
    match rng.below(100) {
        0..50 => chinese(rng),
        50..62 => {
            let company = chinese(rng);
            let (en, _) = english(rng);
            Company { name: format!("{} {en}", company.name), en: Some(en), ..company }
        }
        _ => {
            let (name, category) = english(rng);
            Company { name, zh: None, en: None, category }
        }
    }
}

/// A name that looks like `name` and is not: another branch, form, spelling or case.
pub(super) fn twin(name: &str, rng: &mut Rng) -> String {
    if name.is_ascii() {
        return match rng.below(4) {
            0 => name.to_uppercase(),
            1 => name.replace("Ltd.", "Limited").replace("Co., ", "Co ") + " (Asia)",
            2 => format!("The {name}"),
            _ => format!("{name} International"),
        };
    }
    match rng.below(4) {
        0 => format!("{name}（{}）", rng.pick(&CITIES)),
        1 => format!("{name}{}分公司", rng.pick(&CITIES)),
        2 => name.replace("有限公司", "有限责任公司") + "（原）",
        _ => format!("新{name}"),
    }
}

fn chinese(rng: &mut Rng) -> Company {
    let city = rng.pick(&CITIES);
    let brand = glyphs(BRAND, if rng.percent(12) { 3 } else { 2 }, rng);
    let (trade, category) = rng.pick(&TRADES);
    let form = rng.pick(&FORMS_ZH);
    let full = match rng.below(20) {
        0..13 => format!("{city}{brand}{trade}{form}"),
        13..16 => format!("{brand}（{city}）{trade}{form}"),
        16..18 => format!("{brand}{trade}{form}"),
        // Long names are a fact of business registers.
        18 => format!("{city}{brand}{trade}{form}{}分公司", rng.pick(&CITIES)),
        _ => format!("{city}市{brand}国际{trade}与{}综合服务{form}", rng.pick(&TRADES).0),
    };
    let name = if rng.percent(45) { full.clone() } else { format!("{city}{brand}{trade}") };
    Company { name, zh: Some(full), en: None, category }
}

/// An English name and the trade in it.
fn english(rng: &mut Rng) -> (String, &'static str) {
    let trade = rng.pick(&TRADES_EN);
    let head = match rng.below(10) {
        0..4 => coined(rng),
        4..7 => format!("{} {} {}", rng.pick(&FIRST), rng.pick(&SECOND), coined(rng)),
        7..9 => format!("{} {}", coined(rng), rng.pick(&SECOND)),
        _ => format!("{}, {} & {}", rng.pick(&SURNAMES), rng.pick(&SURNAMES), coined(rng)),
    };
    let tail = if rng.percent(4) {
        format!(
            "{trade} and {} of the {} {} Region",
            rng.pick(&TRADES_EN),
            rng.pick(&FIRST),
            rng.pick(&SECOND)
        )
    } else {
        trade.to_owned()
    };
    (format!("{head} {tail} {}", rng.pick(&FORMS_EN)).trim_end().to_owned(), trade)
}

/// A pronounceable made-up word of two or three syllables.
fn coined(rng: &mut Rng) -> String {
    let mut word = String::new();
    for nth in 0..2 + u32::from(rng.percent(25)) {
        let onset = rng.pick(&ONSETS);
        word += &if nth == 0 { onset.to_owned() } else { onset.to_lowercase() };
        word += rng.pick(&VOWELS);
    }
    word + rng.pick(&CODAS)
}

/// `count` characters of `from`, drawn with repetition.
fn glyphs(from: &'static str, count: usize, rng: &mut Rng) -> String {
    let all = u64::try_from(from.chars().count()).unwrap_or(u64::MAX);
    let mut draw = || usize::try_from(rng.below(all)).unwrap_or(0);
    (0..count).filter_map(|_| from.chars().nth(draw())).collect()
}

/// A person's name; Chinese in most cases where the company is.
pub(super) fn person(origin: Origin, rng: &mut Rng) -> String {
    let chinese = match origin {
        Origin::Domestic => rng.percent(85),
        Origin::Offshore => rng.percent(4),
    };
    if chinese {
        let count = if rng.percent(75) { 2 } else { 1 };
        format!("{}{}", rng.pick(&FAMILY), glyphs(GIVEN, count, rng))
    } else {
        format!("{} {}", rng.pick(&FORENAMES), rng.pick(&SURNAMES))
    }
}

/// Where a company sits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// In China.
    Domestic,
    /// Elsewhere.
    Offshore,
}

/// A contract's title, in one script or both.
pub(super) fn title(rng: &mut Rng) -> String {
    let (zh, en) = rng.pick(&SUBJECTS);
    match rng.below(10) {
        0..4 => {
            format!("{}{zh}{}", rng.pick(&CITIES), rng.pick(&["", "合同", "服务协议", "框架协议", "二期"]))
        }
        4..7 => format!(
            "{en}, {} {}",
            rng.pick(&FIRST),
            rng.pick(&["site", "campus", "plant", "branch", "region"])
        ),
        7..9 => format!("{zh} {en}"),
        _ => en.to_owned(),
    }
}

/// A street address.
pub(super) fn address(origin: Origin, rng: &mut Rng) -> String {
    let number = 1 + rng.below(1999);
    match origin {
        Origin::Domestic => format!("{}市{}路{number}号", rng.pick(&CITIES), glyphs(BRAND, 2, rng)),
        Origin::Offshore => format!("{number} {} {} Road", rng.pick(&FIRST), rng.pick(&SECOND)),
    }
}
