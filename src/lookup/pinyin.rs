//! Pinyin: how Han characters are typed on a Latin keyboard, in full and by initials.
//!
//! Readings come from the `pinyin` crate (pinyin-data), every reading of a character that a name can have,
//! the one usual in names first; ü is typed v or u. A reading is never guessed from a translation, and
//! nothing here may grow with the product of the readings: every list is cut at a stated number.

use std::sync::OnceLock;

use pinyin::{Pinyin, ToPinyinMulti};

use super::fold::{Folded, Glyph, is_han};

/// Readings kept of one character.
pub const READINGS: usize = 4;
/// Ways a row of letters is cut into syllables: `fangan` has two, no typed name more than a handful.
pub const CUTS: usize = 6;
/// Full readings of one name kept as keys; the pairs of syllables hold the rest.
pub const FULL_KEYS: usize = 6;
/// Initials of one name kept as keys.
pub const INITIAL_KEYS: usize = 4;
/// Letters of a key of full readings: about five syllables, more than is typed before the hit is first.
pub const FULL_KEY_LETTERS: usize = 20;
/// Letters of a key of initials.
pub const INITIAL_KEY_LETTERS: usize = 12;
/// Letters of a query that are read as pinyin.
pub const QUERY_LETTERS: usize = 48;
/// Bytes of a sort key.
pub const SORT_KEY_BYTES: usize = 48;

/// The readings of one character in plain letters, the usual one first; empty when it is not Han.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    list: [&'static str; READINGS],
    len: usize,
}

impl Readings {
    /// The readings.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.list.iter().copied().take(self.len)
    }

    /// The usual reading.
    #[must_use]
    pub fn usual(&self) -> Option<&'static str> {
        self.iter().next()
    }

    /// The first letters of the readings, each once.
    pub fn initials(&self) -> impl Iterator<Item = char> + '_ {
        self.iter().enumerate().filter_map(|(at, reading)| {
            let first = reading.chars().next()?;
            let seen = self.iter().take(at).any(|r| r.starts_with(first));
            (!seen).then_some(first)
        })
    }

    fn add(&mut self, reading: &'static str) {
        if self.iter().any(|r| r == reading) {
            return;
        }
        if let Some(place) = self.list.get_mut(self.len) {
            *place = reading;
            self.len += 1;
        }
    }
}

/// The readings of `c`.
#[must_use]
pub fn readings(c: char) -> Readings {
    let mut found = Readings::default();
    if !is_han(c) {
        return found;
    }
    if let Some(usual) = usual_in_names(c) {
        found.add(usual);
    }
    let Some(all) = c.to_pinyin_multi() else { return found };
    let wanted = if has_one_living_reading(c) { 1 } else { READINGS };
    for reading in all.into_iter().map(Pinyin::plain).take(wanted) {
        match reading {
            // 乾 folds to 干 and is still read qian.
            "gan" if c == '干' => ["gan", "qian"].into_iter().for_each(|r| found.add(r)),
            "lü" => ["lv", "lu"].into_iter().for_each(|r| found.add(r)),
            "nü" => ["nv", "nu"].into_iter().for_each(|r| found.add(r)),
            "lüe" => ["lve", "lue"].into_iter().for_each(|r| found.add(r)),
            "nüe" => ["nve", "nue"].into_iter().for_each(|r| found.add(r)),
            plain if plain.is_ascii() => found.add(plain),
            _ => {}
        }
    }
    found
}

/// One place of a name as it is typed: a Han character by its readings, anything else as itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A Han character.
    Han(Readings),
    /// A letter or digit; whether it begins a word or a part.
    Plain(char),
}

impl Unit {
    /// The unit of a folded character.
    #[must_use]
    pub fn of(c: char) -> Self {
        let found = readings(c);
        if found.len == 0 { Self::Plain(c) } else { Self::Han(found) }
    }
}

/// The units of a folded text; empty when it holds no Han character, since then nothing is to be read.
#[must_use]
pub fn units(glyphs: &[Glyph]) -> Vec<Unit> {
    if glyphs.iter().any(|g| is_han(g.c)) {
        glyphs.iter().map(|g| Unit::of(g.c)).collect()
    } else {
        Vec::new()
    }
}

/// How typed letters read a stretch of a name, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Every syllable in full, the last perhaps begun only.
    Full,
    /// Every character by its first letter.
    Initials,
    /// Some in full, some by the first letter (`huaweijs`).
    Mixed,
}

/// A stretch of a name read by typed letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How it is read.
    pub style: Style,
    /// The unit after the last one read.
    pub end: usize,
}

/// Reads `typed` (lower-case letters and digits) from the unit at `start` on; the best style that works.
///
/// At least one Han character takes part, otherwise it is no reading.
#[must_use]
pub fn read(units: &[Unit], start: usize, typed: &str) -> Option<Reading> {
    if typed.is_empty() || typed.len() > QUERY_LETTERS || !typed.is_ascii() {
        return None;
    }
    let rest = units.get(start..)?;
    [Style::Full, Style::Initials, Style::Mixed].into_iter().find_map(|style| {
        let mut dead = vec![0_u64; rest.len().min(QUERY_LETTERS) + 1];
        let end = walk(rest, 0, typed, 0, style, &mut dead)?;
        let has_han = rest.iter().take(end).any(|u| matches!(u, Unit::Han(_)));
        has_han.then_some(Reading { style, end: start + end })
    })
}

/// The keys under which a name is found by full pinyin: from its beginning and from its first Han character.
#[must_use]
pub fn full_keys(folded: &Folded) -> Vec<String> {
    keys(folded, FULL_KEYS, FULL_KEY_LETTERS, |r| r.iter().map(str::to_owned).collect())
}

/// The keys under which a name is found by initials: from its beginning and from its first Han character.
#[must_use]
pub fn initial_keys(folded: &Folded) -> Vec<String> {
    keys(folded, INITIAL_KEYS, INITIAL_KEY_LETTERS, |r| r.initials().map(String::from).collect())
}

/// The ways to cut `letters` into syllables, fewest first; with `Tail::Begun` the last may be begun only.
#[must_use]
pub fn cuts(letters: &str, tail: Tail) -> Vec<Vec<&str>> {
    if letters.is_empty() || letters.len() > QUERY_LETTERS || !letters.bytes().all(|b| b.is_ascii_lowercase())
    {
        return Vec::new();
    }
    let ends = possible_ends(letters, tail);
    let mut found = Vec::new();
    cut_on(letters, 0, tail, &ends, &mut Vec::new(), &mut found);
    found.sort_by_key(Vec::len);
    found
}

/// How the last syllable of a cut may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Whole.
    Whole,
    /// Whole or the beginning of one.
    Begun,
}

/// The collation key of a name: Latin letters and pinyin of the usual reading in one order.
///
/// Sorting by the bytes of the key sorts names of both scripts together, as a Chinese telephone book does;
/// a name without letters sorts by itself. At most [`SORT_KEY_BYTES`] bytes, cut between characters.
#[must_use]
pub fn sort_key(name: &str) -> String {
    let folded = super::fold::fold(name);
    let mut key = String::with_capacity(SORT_KEY_BYTES);
    let mut before = ' ';
    let glyphs = folded.glyphs();
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.edge == super::fold::Edge::Word && at > 0 && !glyph.is_wide() {
            key.push(' ');
        }
        let next = glyphs.get(at + 1).map_or(' ', |g| g.c);
        match reading_between(before, glyph.c, next).or_else(|| readings(glyph.c).usual()) {
            Some(syllable) => key.push_str(syllable),
            None => key.push(glyph.c),
        }
        before = glyph.c;
        if key.len() >= SORT_KEY_BYTES {
            break;
        }
    }
    if key.is_empty() {
        key = super::fold::raw(name);
    }
    super::cut(&key, SORT_KEY_BYTES).to_owned()
}

/// Whether `letters` is a whole syllable.
#[must_use]
pub fn is_syllable(letters: &str) -> bool {
    SYLLABLES.binary_search(&letters).is_ok()
}

/// The syllables that begin with `letters`, in order.
#[must_use]
pub fn begun_by(letters: &str) -> &'static [&'static str] {
    let from = SYLLABLES.partition_point(|s| *s < letters);
    let rest = SYLLABLES.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|s| s.starts_with(letters))).unwrap_or_default()
}

/// Whether `letters` are two whole syllables or more in a row.
#[must_use]
pub fn is_spelling(letters: &str) -> bool {
    if letters.len() > QUERY_LETTERS || is_syllable(letters) {
        return false;
    }
    // Bit n stands for "the first n letters can be cut"; no query is longer than the word has bits.
    let mut reached = 1_u64;
    for at in 0..letters.len() {
        if reached >> at & 1 == 1 {
            steps(letters, at, Tail::Whole).for_each(|step| reached |= 1 << (at + step));
        }
    }
    reached >> letters.len() & 1 == 1
}

/// Walks the units; marks in `dead` the places from which nothing was found.
fn walk(
    units: &[Unit],
    at: usize,
    typed: &str,
    done: usize,
    style: Style,
    dead: &mut [u64],
) -> Option<usize> {
    let left = typed.get(done..)?;
    if left.is_empty() {
        return Some(at);
    }
    let bit = 1_u64 << done.min(63);
    if dead.get(at).is_none_or(|d| d & bit != 0) {
        return None;
    }
    let found = match units.get(at)? {
        Unit::Plain(c) => left
            .starts_with(*c)
            .then(|| walk(units, at + 1, typed, done + c.len_utf8(), style, dead))
            .flatten(),
        Unit::Han(readings) => read_han(readings, left, style)
            .into_iter()
            .find_map(|step| walk(units, at + 1, typed, done + step, style, dead)),
    };
    if found.is_none()
        && let Some(d) = dead.get_mut(at)
    {
        *d |= bit;
    }
    found
}

/// The numbers of letters that one character may take from the front of `left`.
fn read_han(readings: &Readings, left: &str, style: Style) -> Vec<usize> {
    let mut steps = Vec::new();
    for reading in readings.iter() {
        if style != Style::Initials {
            if left.starts_with(reading) {
                steps.push(reading.len());
            } else if reading.starts_with(left) {
                steps.push(left.len());
            }
        }
        if style != Style::Full && left.as_bytes().first() == reading.as_bytes().first() {
            steps.push(1);
        }
    }
    steps
}

fn keys(folded: &Folded, most: usize, letters: usize, spell: fn(&Readings) -> Vec<String>) -> Vec<String> {
    let all = units(folded.glyphs());
    let Some(first_han) = all.iter().position(|u| matches!(u, Unit::Han(_))) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for start in [0, first_han] {
        let spelled = spellings(all.get(start..).unwrap_or_default(), most, letters, spell);
        for key in spelled {
            if !found.contains(&key) {
                found.push(key);
            }
        }
        if first_han == 0 {
            break;
        }
    }
    found
}

/// The spellings of a row of units, those that deviate least from the usual first.
fn spellings(
    units: &[Unit],
    most: usize,
    letters: usize,
    spell: fn(&Readings) -> Vec<String>,
) -> Vec<String> {
    // Each spelling so far with the number of its deviations from the usual readings.
    let mut rows: Vec<(usize, String)> = vec![(0, String::new())];
    for unit in units {
        if rows.iter().all(|(_, row)| row.len() >= letters) {
            break;
        }
        match unit {
            Unit::Plain(c) => rows.iter_mut().for_each(|(_, row)| row.push(*c)),
            Unit::Han(readings) => {
                let ways = spell(readings);
                rows = rows
                    .iter()
                    .flat_map(|(cost, row)| {
                        ways.iter().enumerate().map(move |(nth, way)| (cost + nth, format!("{row}{way}")))
                    })
                    .collect();
                rows.sort_by_key(|(cost, _)| *cost);
                rows.truncate(most);
            }
        }
    }
    rows.into_iter().map(|(_, row)| super::cut(&row, letters).to_owned()).collect()
}

/// For each place of `letters` whether the rest can be cut into syllables.
fn possible_ends(letters: &str, tail: Tail) -> Vec<bool> {
    let mut ends = vec![false; letters.len() + 1];
    if let Some(last) = ends.last_mut() {
        *last = true;
    }
    for at in (0..letters.len()).rev() {
        let ok = steps(letters, at, tail).any(|step| ends.get(at + step) == Some(&true));
        if let Some(place) = ends.get_mut(at) {
            *place = ok;
        }
    }
    ends
}

/// The lengths of the syllables that begin at `at`, longest first.
fn steps(letters: &str, at: usize, tail: Tail) -> impl Iterator<Item = usize> {
    let rest = letters.get(at..).unwrap_or_default();
    let rest = if rest.starts_with(['i', 'u', 'v']) { "" } else { rest };
    (1..=rest.len().min(LONGEST_SYLLABLE)).rev().filter(move |step| {
        let piece = rest.get(..*step).unwrap_or_default();
        is_syllable(piece) || (tail == Tail::Begun && *step == rest.len() && is_begun(piece))
    })
}

fn cut_on<'a>(
    letters: &'a str,
    at: usize,
    tail: Tail,
    ends: &[bool],
    row: &mut Vec<&'a str>,
    found: &mut Vec<Vec<&'a str>>,
) {
    if found.len() >= CUTS {
        return;
    }
    if at == letters.len() {
        found.push(row.clone());
        return;
    }
    for step in steps(letters, at, tail) {
        let piece = letters.get(at..at + step).unwrap_or_default();
        if ends.get(at + step) == Some(&true) {
            row.push(piece);
            cut_on(letters, at + step, tail, ends, row, found);
            row.pop();
        }
    }
}

fn is_begun(letters: &str) -> bool {
    !begun_by(letters).is_empty()
}

/// The reading usual in names of firms, people and places, where pinyin-data puts another first.
fn usual_in_names(c: char) -> Option<&'static str> {
    Some(match c {
        '长' => "chang",
        '都' => "du",
        '重' => "zhong",
        '行' => "xing",
        '厦' => "xia",
        '藏' => "zang",
        '阿' => "a",
        '和' => "he",
        '曾' => "zeng",
        '单' => "dan",
        '调' => "tiao",
        '佛' => "fo",
        '劲' => "jin",
        '朝' => "chao",
        '乐' => "le",
        _ => return None,
    })
}

/// The reading that the neighbours of a polyphone decide, for sorting alone; look-up takes every reading.
fn reading_between(before: char, c: char, next: char) -> Option<&'static str> {
    Some(match (before, c, next) {
        (_, '重', '庆' | '组' | '复' | '叠' | '启' | '新') => "chong",
        ('银' | '商' | '农' | '央' | '投' | '分' | '支', '行', _) | (_, '行', '业' | '情' | '家') => {
            "hang"
        }
        ('成' | '生' | '增' | '校' | '会' | '部' | '事' | '总' | '处' | '局', '长', _) => "zhang",
        ('大' | '广', '厦', _) => "sha",
        ('收' | '珍' | '储' | '冷' | '馆' | '典' | '宝', '藏', _) | (_, '藏', '品') => "cang",
        ('音' | '器' | '声' | '民', '乐', _) | (_, '乐', '器' | '团' | '谱' | '清') => "yue",
        (_, '会', '计') => "kuai",
        ('空' | '协', '调', _) => "tiao",
        (_, '调', '度' | '查' | '研') => "diao",
        (_, '朝', '阳' | '日') => "chao",
        _ => return None,
    })
}

/// Whether every further reading of `c` is archaic: kept, they would only swell the index.
fn has_one_living_reading(c: char) -> bool {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    TABLE.get_or_init(|| ONE_LIVING_READING.chars().collect()).binary_search(&c).is_ok()
}

/// Characters frequent in names of firms, with several readings of which names use the first; in order.
const ONE_LIVING_READING: &str = "\
    丁万不之事亨从以件任份众伯体余佰俊信倍儿兄免兔六共其典内冉冰冷净划列券刻前助勒勤包化半南印厂古可台叶\
    号司合吴吾呈味咸哈喜团园土圣地圳均垦培塔墨声壹夏大太央奋奔奥姓姚娃娜宁宅完客家容寰封尚居属屯屹巨已巷\
    市帕平年幸广庄度弟强彦彬御思感戎房才承技投抗拓拖招择拱拾捷探控搜摩敦数斗斯方施族无昂昆明昕映是景暴月\
    有服期术朱机杉杭果柜柴栖核格桃桐棵概榜横橙橦殷母比氏池汤汽汾沈沙治泛波泥泵洁洋洗活洽派浩涌涪液淳渥温\
    港游湃溪溯潭澳激炎焦熙熟爆片狄狼猫王甘甬登白百的皇皓皖盖盟盾省眼石研硅碱祁祖租积移税稽窖窗立精红纶络\
    综羽而耐肥育胜胞胶能脉腔至致舍舒色艾芋芒芦芭苑若英荃草荒莆莞莫葡蓝蕊虹蛇蜓蜻蝶蟒蟠蠡见觉许识读谷豫赫\
    超越趣跨路达迦透造邑部郴醋野鑫铅限隧零震霍霸青顿食鸟鹄鹿鼎齐\
";

/// The syllables of standard Chinese without tones, ü as v and as u; in order.
#[rustfmt::skip]
const SYLLABLES: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "ba", "bai", "ban", "bang", "bao", "bei", "ben", "beng", "bi", "bian",
    "biang", "biao", "bie", "bin", "bing", "bo", "bu", "ca", "cai", "can", "cang", "cao", "ce", "cen",
    "ceng", "cha", "chai", "chan", "chang", "chao", "che", "chen", "cheng", "chi", "chong", "chou", "chu",
    "chua", "chuai", "chuan", "chuang", "chui", "chun", "chuo", "ci", "cong", "cou", "cu", "cuan", "cui",
    "cun", "cuo", "da", "dai", "dan", "dang", "dao", "de", "dei", "den", "deng", "di", "dia", "dian",
    "diao", "die", "ding", "diu", "dong", "dou", "du", "duan", "dui", "dun", "duo", "e", "ei", "en", "eng",
    "er", "fa", "fan", "fang", "fei", "fen", "feng", "fo", "fou", "fu", "ga", "gai", "gan", "gang", "gao",
    "ge", "gei", "gen", "geng", "gong", "gou", "gu", "gua", "guai", "guan", "guang", "gui", "gun", "guo",
    "ha", "hai", "han", "hang", "hao", "he", "hei", "hen", "heng", "hong", "hou", "hu", "hua", "huai",
    "huan", "huang", "hui", "hun", "huo", "ji", "jia", "jian", "jiang", "jiao", "jie", "jin", "jing",
    "jiong", "jiu", "ju", "juan", "jue", "jun", "ka", "kai", "kan", "kang", "kao", "ke", "kei", "ken",
    "keng", "kong", "kou", "ku", "kua", "kuai", "kuan", "kuang", "kui", "kun", "kuo", "la", "lai", "lan",
    "lang", "lao", "le", "lei", "leng", "li", "lia", "lian", "liang", "liao", "lie", "lin", "ling", "liu",
    "lo", "long", "lou", "lu", "luan", "lue", "lun", "luo", "lv", "lve", "ma", "mai", "man", "mang", "mao",
    "me", "mei", "men", "meng", "mi", "mian", "miao", "mie", "min", "ming", "miu", "mo", "mou", "mu", "na",
    "nai", "nan", "nang", "nao", "ne", "nei", "nen", "neng", "ni", "nia", "nian", "niang", "niao", "nie",
    "nin", "ning", "niu", "nong", "nou", "nu", "nuan", "nue", "nun", "nuo", "nv", "nve", "o", "ou", "pa",
    "pai", "pan", "pang", "pao", "pei", "pen", "peng", "pi", "pian", "piao", "pie", "pin", "ping", "po",
    "pou", "pu", "qi", "qia", "qian", "qiang", "qiao", "qie", "qin", "qing", "qiong", "qiu", "qu", "quan",
    "que", "qun", "ran", "rang", "rao", "re", "ren", "reng", "ri", "rong", "rou", "ru", "ruan", "rui",
    "run", "ruo", "sa", "sai", "san", "sang", "sao", "se", "sen", "seng", "sha", "shai", "shan", "shang",
    "shao", "she", "shei", "shen", "sheng", "shi", "shou", "shu", "shua", "shuai", "shuan", "shuang",
    "shui", "shun", "shuo", "si", "song", "sou", "su", "suan", "sui", "sun", "suo", "ta", "tai", "tan",
    "tang", "tao", "te", "teng", "ti", "tian", "tiao", "tie", "ting", "tong", "tou", "tu", "tuan", "tui",
    "tun", "tuo", "wa", "wai", "wan", "wang", "wei", "wen", "weng", "wo", "wu", "xi", "xia", "xian",
    "xiang", "xiao", "xie", "xin", "xing", "xiong", "xiu", "xu", "xuan", "xue", "xun", "ya", "yan", "yang",
    "yao", "ye", "yi", "yin", "ying", "yo", "yong", "you", "yu", "yuan", "yue", "yun", "za", "zai", "zan",
    "zang", "zao", "ze", "zei", "zen", "zeng", "zha", "zhai", "zhan", "zhang", "zhao", "zhe", "zhei",
    "zhen", "zheng", "zhi", "zhong", "zhou", "zhu", "zhua", "zhuai", "zhuan", "zhuang", "zhui", "zhun",
    "zhuo", "zi", "zong", "zou", "zu", "zuan", "zui", "zun", "zuo",
];

/// Letters of the longest syllable (`zhuang`).
const LONGEST_SYLLABLE: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::fold::fold;
    use proptest::prelude::*;

    fn read_name(name: &str, typed: &str) -> Option<(Style, usize)> {
        let all = units(fold(name).glyphs());
        (0..all.len()).find_map(|at| read(&all, at, typed)).map(|r| (r.style, r.end))
    }

    #[test]
    fn polyphones_are_read_in_every_living_way() {
        for (name, typed) in [
            ("重庆", "chongqing"),
            ("重庆", "zhongqing"),
            ("音乐", "yinyue"),
            ("音乐", "yinle"),
            ("绿地", "lvdi"),
            ("绿地", "ludi"),
            ("银行", "yinhang"),
            ("长沙", "changsha"),
            ("长沙", "zhangsha"),
            ("乾照光电", "qianzhao"),
            ("女", "nv"),
            ("女", "nu"),
            ("吕梁", "lvliang"),
        ] {
            assert_eq!(read_name(name, typed).map(|r| r.0), Some(Style::Full), "{name} {typed}");
            assert!(full_keys(&fold(name)).iter().any(|k| k == typed), "{name} {typed}");
        }
    }

    #[test]
    fn initials_and_mixtures_are_read() {
        assert_eq!(read_name("华为技术", "hwjs"), Some((Style::Initials, 4)));
        assert_eq!(read_name("银行", "yh"), Some((Style::Initials, 2)));
        assert_eq!(read_name("重庆", "cq"), Some((Style::Initials, 2)));
        assert_eq!(read_name("华为技术", "huaweij"), Some((Style::Full, 3)));
        assert_eq!(read_name("华为技术", "huaweijs"), Some((Style::Mixed, 4)));
        assert_eq!(read_name("上海腾云", "tengyun"), Some((Style::Full, 4)));
        assert_eq!(read_name("万科A", "wka"), Some((Style::Initials, 3)));
        assert_eq!(read_name("TCL科技", "tclkj"), Some((Style::Initials, 5)));
        assert_eq!(read_name("TCL科技", "tcl"), None, "no Han takes part");
        assert_eq!(read_name("华为", "aweij"), None);
    }

    #[test]
    fn keys_begin_at_the_name_and_at_its_first_han() {
        assert_eq!(initial_keys(&fold("ST华谊")), ["sthy", "hy"]);
        assert_eq!(full_keys(&fold("Globex")), Vec::<String>::new());
        assert_eq!(full_keys(&fold("腾云数据")).first().map(String::as_str), Some("tengyunshuju"));
    }

    #[test]
    fn keys_stay_few_for_names_full_of_polyphones() {
        let name = fold("重行长乐都藏会盛重行长乐都藏会盛");
        assert!(full_keys(&name).len() <= FULL_KEYS);
        assert!(initial_keys(&name).len() <= INITIAL_KEYS);
    }

    #[test]
    fn letters_are_cut_into_syllables() {
        assert_eq!(cuts("huawei", Tail::Whole), [vec!["hua", "wei"], vec!["hu", "a", "wei"]]);
        assert_eq!(cuts("fangan", Tail::Whole), [vec!["fang", "an"], vec!["fan", "gan"]]);
        assert!(cuts("huaw", Tail::Whole).is_empty());
        assert_eq!(cuts("huaw", Tail::Begun).first(), Some(&vec!["hua", "w"]));
        assert!(cuts("globex", Tail::Begun).is_empty());
        assert!(cuts(&"a".repeat(40), Tail::Whole).len() <= CUTS);
    }

    #[test]
    fn tables_are_in_order() {
        assert!(SYLLABLES.is_sorted());
        let ones: Vec<char> = ONE_LIVING_READING.chars().collect();
        assert!(ones.is_sorted());
    }

    #[test]
    fn names_of_both_scripts_sort_together() {
        let mut names = ["中兴", "Zebra", "重庆港", "Chubb", "长沙银行", "阿里云", "Amazon", "%%"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["%%", "阿里云", "Amazon", "长沙银行", "重庆港", "Chubb", "Zebra", "中兴"]);
        assert_eq!(sort_key("长沙银行"), "changshayinhang");
        assert_eq!(sort_key("Acme Corp"), "acme corp");
    }

    proptest! {
        #[test]
        fn reading_ends_in_time_and_inside_the_name(name in "[重行长阿a-c中恶额]{0,60}", typed in "[a-e]{0,60}") {
            let all = units(fold(&name).glyphs());
            for at in 0..=all.len() {
                if let Some(found) = read(&all, at, &typed) {
                    prop_assert!(found.end > at && found.end <= all.len());
                }
            }
        }

        #[test]
        fn a_name_is_found_by_each_of_its_keys(name in "[\\u{4e00}-\\u{9fa5}]{2,5}") {
            let folded = fold(&name);
            let all = units(folded.glyphs());
            for key in full_keys(&folded) {
                prop_assert!(read(&all, 0, &key).is_some(), "{} {}", name, key);
            }
        }

        #[test]
        fn sort_keys_are_short(name in any::<String>()) {
            prop_assert!(sort_key(&name).len() <= SORT_KEY_BYTES);
        }
    }
}
