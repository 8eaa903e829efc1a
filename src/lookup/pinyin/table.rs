//! What pinyin-data does not say: which reading names use, and which syllables there are.
//!
//! Facts of the language only; how they are used is decided above.

use std::sync::OnceLock;

/// The reading usual in names of firms, people and places, where pinyin-data puts another first.
pub(super) fn usual_in_names(c: char) -> Option<&'static str> {
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
pub(super) fn reading_between(before: char, c: char, next: char) -> Option<&'static str> {
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
pub(super) fn has_one_living_reading(c: char) -> bool {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    TABLE.get_or_init(|| ONE_LIVING_READING.chars().collect()).binary_search(&c).is_ok()
}

/// Characters frequent in names of firms, with several readings of which names use the first; in order.
pub(super) const ONE_LIVING_READING: &str = "\
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
pub(super) const SYLLABLES: &[&str] = &[
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
pub(super) const LONGEST_SYLLABLE: usize = 6;
