//! Registers of any size for benchmarks, with the shape that real registers have.
//!
//! A stream: nothing is held but the newest master contract of each vendor, so a register of a million
//! contracts costs no memory. Every record is a function of the seed and its number alone. A few vendors
//! hold very many contracts and many hold none; names come in both scripts, some long, some that look
//! like another; most fields are empty in some records. This module must never draw on anything but its
//! seed, and today for the dates.

mod contracts;
mod names;
mod rng;
#[cfg(test)]
mod tests;
mod words;

use chrono::{Days, NaiveDate};

use super::Entry;
use super::when::Period;
use names::Origin;
use rng::Rng;

/// How many records of each kind to make; contacts follow from vendors, rows from reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Vendors, `V-0001` onwards.
    pub vendors: u32,
    /// Contracts, each of one of the vendors.
    pub contracts: u32,
    /// Reviews by the six-KPI card, each with six rows; one or two a vendor until the vendors run out.
    pub reviews: u32,
    /// Risks, each of one of the vendors.
    pub risks: u32,
}

/// A rare English name, found at 61 % of the vendors.
pub const RARE_EN: &str = "Zyxwell Quartzite Holdings";
/// A rare Chinese name, found at 83 % of the vendors.
pub const RARE_ZH: &str = "龘靐麒麟精密仪器有限公司";

/// Streams of numbers that must not repeat each other.
const VENDORS: u64 = 1;
const NAMES: u64 = 2;
const STATES: u64 = 3;
const CONTACTS: u64 = 4;
const CONTRACTS: u64 = 5;
const REVIEWS: u64 = 6;
const RISKS: u64 = 7;

const OWNERS: [&str; 16] = [
    "mei.lin",
    "a.singh",
    "j.ortega",
    "zhao.lei",
    "tang.yue",
    "k.brandt",
    "wu.xin",
    "p.novak",
    "liu.yang",
    "s.haddad",
    "he.jing",
    "m.rossi",
    "chen.bo",
    "e.fischer",
    "gao.ning",
    "r.santos",
];
const TAGS: [&str; 14] = [
    "关键",
    "iso9001",
    "iso27001",
    "single-source",
    "驻场",
    "offshore",
    "框架",
    "personal-data",
    "备选",
    "sme",
    "7x24",
    "cold-chain",
    "audit-2y",
    "green",
];
const NOTES: [&str; 8] = [
    "资质每年三月核对一次。",
    "Invoices by the 5th of the month, else they move to the next.",
    "续约前须法务审核数据条款。Ask for a volume discount.",
    "Contact person changes often; confirm before visits.",
    "现场检查记录见共享盘。",
    "Prices frozen until the end of the term.",
    "该供应商由采购部推荐，三家比选后选定。Second choice kept as backup supplier.",
    "Works well. No complaints in the last four quarters.\n偶有发票延迟，已沟通。\n下次评审时确认新的负责人与备份人员名单。",
];
const AREAS: [&str; 16] =
    ["10", "21", "20", "755", "571", "512", "28", "23", "27", "29", "25", "22", "532", "411", "592", "574"];

/// A register of `sizes` as of `today`, the same for the same `seed`.
///
/// Links point backwards within the stream, except to the default template `T-0001` and the KPIs
/// `K-0001` to `K-0006` of [`super::defaults`], which the register holds already. Without vendors the
/// stream is empty, whatever the other sizes: every record here belongs to one.
pub fn register(seed: u64, sizes: Sizes, today: NaiveDate) -> impl Iterator<Item = Entry> {
    let crowd = Crowd { seed, count: u64::from(sizes.vendors) };
    let of = move |size: u32| if crowd.count == 0 { 0 } else { u64::from(size) };
    let mut next_contact = 0;
    let vendors = (0..crowd.count).flat_map(move |index| crowd.vendor(index, &mut next_contact));
    let mut ledger = contracts::Ledger::of(crowd, today);
    let contracts = (0..of(sizes.contracts)).map(move |index| ledger.contract(index));
    let reviews = of(sizes.reviews);
    let reviewed = (0..reviews).flat_map(move |index| crowd.review(index, reviews, today));
    let risks = (0..of(sizes.risks)).map(move |index| crowd.risk(index, today));
    vendors.chain(contracts).chain(reviewed).chain(risks)
}

/// The vendors of a register: any of them can be asked for by its index, counted from 0.
#[derive(Clone, Copy)]
struct Crowd {
    seed: u64,
    count: u64,
}

impl Crowd {
    /// One of the vendors by size: the first are drawn far more often than the last (Zipf's law with
    /// exponent 1, in steps of powers of two), the rest evenly.
    fn drawn(self, rng: &mut Rng) -> u64 {
        if rng.percent(45) {
            return rng.below(self.count);
        }
        let octaves = u64::from(64 - self.count.leading_zeros());
        let octave = rng.below(octaves);
        let rank = (1_u64 << octave) + rng.below(1 << octave);
        if rank > self.count { rng.below(self.count) } else { rank - 1 }
    }

    /// A vendor's state; the large ones are all at work.
    fn state(self, index: u64) -> &'static str {
        let mut rng = Rng::of(self.seed, STATES, index);
        if index < 1 + self.count / 200 {
            return rng.weighted(&[("active", 94), ("watch", 6)]);
        }
        rng.weighted(&[
            ("prospect", 11),
            ("in_review", 4),
            ("approved", 6),
            ("active", 57),
            ("watch", 4),
            ("suspended", 2),
            ("exiting", 2),
            ("exited", 11),
            ("rejected", 2),
            ("blacklisted", 1),
        ])
    }

    /// Whether the vendor of this index has work in hand.
    fn at_work(self, index: u64) -> bool {
        matches!(self.state(index), "active" | "watch" | "suspended" | "exiting")
    }

    /// What the vendor of this index is called.
    fn name(self, index: u64) -> names::Company {
        let mut rng = Rng::of(self.seed, NAMES, index);
        let mut company = names::company(&mut rng);
        if index == self.count * 61 / 100 {
            return names::Company { name: RARE_EN.to_owned(), zh: None, en: None, ..company };
        }
        if index == self.count * 83 / 100 {
            let zh = Some(RARE_ZH.to_owned());
            return names::Company { name: RARE_ZH.to_owned(), zh, en: None, ..company };
        }
        if index > 0 && rng.percent(3) {
            let other = names::company(&mut Rng::of(self.seed, NAMES, rng.below(index)));
            company = names::Company { name: names::twin(&other.name, &mut rng), ..other };
        }
        company
    }

    /// The vendor of this index, then the people one calls there.
    fn vendor(self, index: u64, next_contact: &mut u64) -> Vec<Entry> {
        let mut rng = Rng::of(self.seed, VENDORS, index);
        let company = self.name(index);
        let origin = if company.domestic() { Origin::Domestic } else { Origin::Offshore };
        let phone = phone(origin, &mut rng);
        let mut fields = vec![("name", company.name)];
        let mut field = |share: u64, key: &'static str, words: String| {
            // Every field draws, so that the share of one never shifts the others.
            if rng.percent(share) && !words.is_empty() {
                fields.push((key, words));
            }
        };
        let mut more = Rng::of(self.seed, VENDORS + 100, index);
        field(70, "name_zh", company.zh.unwrap_or_default());
        field(80, "name_en", company.en.unwrap_or_default());
        let credit = if origin == Origin::Domestic { credit_code(&mut more) } else { String::new() };
        field(55, "credit_code", credit);
        field(
            90,
            "class",
            more.weighted(&[("ito", 30), ("bpo", 45), ("kpo", 20), ("ito,bpo", 5)]).to_owned(),
        );
        let (region, country) = match origin {
            Origin::Domestic => ("domestic", "CN"),
            Origin::Offshore => {
                ("offshore", more.pick(&["US", "DE", "GB", "JP", "SG", "IN", "FR", "NL", "SE", "BR"]))
            }
        };
        field(95, "region", region.to_owned());
        field(80, "country", country.to_owned());
        let tiers = [("routine", 62), ("leverage", 24), ("bottleneck", 9), ("strategic", 5)];
        field(70, "tier", more.weighted(&tiers).to_owned());
        field(100, "state", self.state(index).to_owned());
        field(80, "category", company.category.to_owned());
        field(6, "preferred", "true".to_owned());
        field(85, "owner", more.pick(&OWNERS).to_owned());
        field(35, "tags", format!("{},{}", more.pick(TAGS.split_at(7).0), more.pick(TAGS.split_at(7).1)));
        field(60, "phone", phone);
        field(55, "email", format!("office@v{:06}.example", index + 1));
        field(20, "website", format!("https://v{:06}.example", index + 1));
        field(30, "address", names::address(origin, &mut more));
        field(25, "notes", more.pick(&NOTES).to_owned());
        field(50, "external_id", format!("ERP-{:07}", 1_000_000 + index * 3));
        let mut out = vec![Entry { kind: "vendor", code: code("V", index), fields }];
        out.extend(self.contacts(index, origin, next_contact));
        out
    }

    /// Up to three people for about 60 % of the vendors.
    fn contacts(self, index: u64, origin: Origin, next_contact: &mut u64) -> Vec<Entry> {
        let mut rng = Rng::of(self.seed, CONTACTS, index);
        let count = match rng.below(100) {
            0..36 => 1,
            36..53 => 2,
            53..60 => 3,
            _ => 0,
        };
        let mut out = Vec::with_capacity(count);
        for nth in 0..count {
            let mut fields = vec![("vendor", code("V", index)), ("name", names::person(origin, &mut rng))];
            let role = rng.pick(&[
                "Account manager",
                "客户经理",
                "财务",
                "Service desk",
                "项目经理",
                "",
                "Director",
            ]);
            let reach = [
                ("role", 100, role.to_owned()),
                ("phone", 75, phone(origin, &mut rng)),
                ("email", 70, format!("p{}@v{:06}.example", nth + 1, index + 1)),
                ("primary", if nth == 0 { 80 } else { 0 }, "true".to_owned()),
            ];
            for (key, share, words) in reach {
                if rng.percent(share) && !words.is_empty() {
                    fields.push((key, words));
                }
            }
            out.push(Entry { kind: "contact", code: code("CT", *next_contact), fields });
            *next_contact += 1;
        }
        out
    }

    /// A review and its six rows. Three reviews in a row go to two vendors: two to the first, one to the
    /// second; when the vendors run out, older quarters follow.
    fn review(self, index: u64, reviews: u64, today: NaiveDate) -> Vec<Entry> {
        let (group, part) = (index / 3, index % 3);
        let slot = 2 * group + u64::from(part == 2);
        let slots = 2 * reviews.div_ceil(3);
        let rounds = slot / self.count;
        let vendor = if slots <= self.count { self.working_in(slot, slots) } else { slot % self.count };
        let age = 2 * rounds + u64::from(part == 1);
        let newest = Period::parse("quarter(0)", today);
        let period = newest.and_then(|newest| newest.plus(-i32::try_from(age).ok()?));
        let mut rng = Rng::of(self.seed, REVIEWS, index);
        let state = if age == 0 {
            rng.weighted(&[
                ("planned", 14),
                ("collecting", 12),
                ("draft", 14),
                ("shared", 12),
                ("acknowledged", 14),
                ("disputed", 4),
                ("locked", 30),
            ])
        } else {
            rng.weighted(&[("locked", 93), ("draft", 4), ("disputed", 1), ("collecting", 2)])
        };
        let review = code("PR", index);
        let fields = vec![
            ("vendor", code("V", vendor)),
            ("template", "T-0001".to_owned()),
            ("period", period.map_or_else(String::new, Period::word)),
            ("state", state.to_owned()),
            ("owner", rng.pick(&OWNERS).to_owned()),
        ];
        let mut out = vec![Entry { kind: "review", code: review.clone(), fields }];
        let level = 2 + Rng::of(self.seed, REVIEWS + 100, vendor).below(3);
        for (nth, weight) in (0_u64..).zip([3000, 2500, 1500, 1500, 1000, 500]) {
            let mut fields =
                vec![("review", review.clone()), ("kpi", code("K", nth)), ("weight", format!("{weight}"))];
            let open = matches!(state, "planned" | "collecting")
                && rng.percent(if state == "planned" { 100 } else { 40 });
            if open {
                fields.push(("status", "not_measured".to_owned()));
            } else if rng.percent(3) {
                fields.push(("status", "not_applicable".to_owned()));
            } else {
                fields.push(("status", "measured".to_owned()));
                fields.push(("rating", (level + rng.below(2)).to_string()));
            }
            out.push(Entry { kind: "review_row", code: code("RR", index * 6 + nth), fields });
        }
        out
    }

    /// A vendor at work in the stretch of vendors that belongs to `slot`, else the first of the stretch.
    fn working_in(self, slot: u64, slots: u64) -> u64 {
        let stretch = slot * self.count / slots..(slot + 1) * self.count / slots;
        let first = stretch.start;
        stretch.take(64).find(|index| self.at_work(*index)).unwrap_or(first)
    }

    /// A risk of one of the larger vendors, or of any.
    fn risk(self, index: u64, today: NaiveDate) -> Entry {
        const KINDS: [(&str, &str); 12] = [
            ("quality", "Rework above agreement 返工超标"),
            ("data_security", "客户数据泄露 Customer data leaks"),
            ("performance", "Falling ability to perform 履约能力下降"),
            ("compliance", "用工合规 Labour rules"),
            ("qualification", "资质到期 Certificate lapses"),
            ("vendor_failure", "Vendor may fail 供应商倒闭"),
            ("staffing", "关键人员离职"),
            ("technical", "Interface not documented"),
            ("communication", "No fixed contact 沟通障碍"),
            ("change", "需求频繁变更"),
            ("dependence", "Single source 单一来源"),
            ("cross_border", "跨境数据流动 Cross-border data"),
        ];
        let mut rng = Rng::of(self.seed, RISKS, index);
        let vendor = code("V", self.drawn(&mut rng));
        let (kind, phrase) = rng.pick(&KINDS);
        let state = rng.weighted(&[
            ("open", 15),
            ("assessed", 25),
            ("treating", 35),
            ("accepted", 10),
            ("closed", 15),
        ]);
        let raised = before(today, 1 + rng.below(1000));
        let mut fields = vec![
            ("title", format!("{phrase}, {}", names::title(&mut rng))),
            ("vendor", vendor),
            ("type", kind.to_owned()),
        ];
        // A few are not assessed yet; the others fall from inherent over current to target.
        if rng.percent(94) {
            let (likely, impact) = (1 + rng.below(5), 1 + rng.below(5));
            let now = likely - rng.below(likely.min(3));
            let goal = now - rng.below(now.min(2));
            fields.push(("inherent", format!("{likely}x{impact}")));
            fields.push(("current", format!("{now}x{impact}")));
            fields.push(("target", format!("{goal}x{impact}")));
            let treatments = [("reduce", 62), ("accept", 18), ("transfer", 12), ("avoid", 8)];
            fields.push(("treatment", rng.weighted(&treatments).to_owned()));
        }
        if rng.percent(85) {
            fields.push(("owner", rng.pick(&OWNERS).to_owned()));
        }
        fields.push(("state", state.to_owned()));
        fields.push(("raised_on", iso(raised)));
        if state != "closed" && rng.percent(85) {
            // A tenth of the reviews are overdue.
            let day =
                if rng.percent(10) { before(today, rng.below(60)) } else { after(today, rng.below(300)) };
            fields.push(("review_on", iso(day)));
        }
        Entry { kind: "risk", code: code("RK", index), fields }
    }
}

/// The code of the record `index` of its kind, counted from 0.
fn code(prefix: &str, index: u64) -> String {
    format!("{prefix}-{:04}", index + 1)
}

fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The day `days` before `day`, or the day itself at the edge of the calendar.
fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// The day `days` after `day`, or the day itself at the edge of the calendar.
fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// A telephone number out of ranges that read as fiction (5550, 555 01).
fn phone(origin: Origin, rng: &mut Rng) -> String {
    match origin {
        Origin::Domestic => format!("+86 {} 5550 {:04}", rng.pick(&AREAS), rng.below(10_000)),
        Origin::Offshore => format!("+1 {} 555 01{:02}", 200 + rng.below(800), rng.below(100)),
    }
}

/// A unified social credit code of a division that does not exist (99), with a true check character
/// (GB 32100-2015: weights are powers of 3 modulo 31).
fn credit_code(rng: &mut Rng) -> String {
    const ALPHABET: [char; 31] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K',
        'L', 'M', 'N', 'P', 'Q', 'R', 'T', 'U', 'W', 'X', 'Y',
    ];
    let glyph = |value: u64| usize::try_from(value).ok().and_then(|place| ALPHABET.get(place)).copied();
    let mut code = String::with_capacity(18);
    let (mut weight, mut sum) = (1, 0);
    for nth in 0..17 {
        let value = match nth {
            0 | 2 | 3 => 9,
            1 => 1,
            4..8 => rng.below(10),
            _ => rng.below(31),
        };
        code.extend(glyph(value));
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    code.extend(glyph((31 - sum % 31) % 31));
    code
}
