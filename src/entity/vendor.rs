//! The table of vendors.

use crate::domain::list::ClosedList;
use crate::domain::moves::VENDOR_MOVES;
use crate::domain::vendor::{Region, Tier, VendorClass, VendorState, check_credit_code};
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem, lookalike};
use crate::texts::text;

/// A company that works for us or may.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Vendor {
    pub name: String,
    pub name_zh: String,
    pub name_en: String,
    pub short_name: String,
    pub aliases: Vec<String>,
    pub credit_code: String,
    pub class: Vec<VendorClass>,
    pub region: Option<Region>,
    pub country: String,
    pub tier: Option<Tier>,
    pub state: Option<VendorState>,
    pub category: String,
    pub preferred: bool,
    pub owner: String,
    pub tags: Vec<String>,
    pub phone: String,
    pub email: String,
    pub website: String,
    pub address: String,
    pub notes: String,
    pub external_id: String,
    pub source_key: String,
}

impl Default for Vendor {
    fn default() -> Self {
        Self {
            state: Some(VendorState::Prospect),
            name: String::new(),
            name_zh: String::new(),
            name_en: String::new(),
            short_name: String::new(),
            aliases: Vec::new(),
            credit_code: String::new(),
            class: Vec::new(),
            region: None,
            country: String::new(),
            tier: None,
            category: String::new(),
            preferred: false,
            owner: String::new(),
            tags: Vec::new(),
            phone: String::new(),
            email: String::new(),
            website: String::new(),
            address: String::new(),
            notes: String::new(),
            external_id: String::new(),
            source_key: String::new(),
        }
    }
}

impl Entity for Vendor {
    const KIND: Kind = Kind::Vendor;
    const NAMES: Names = Names {
        word: "vendor",
        plural: "vendors",
        prefix: "V",
        one: text("Vendor", "供应商"),
        many: text("Vendors", "供应商"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("name", text("Name", "名称"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v))
            .required().column(32, 1).sortable().group(text("Who", "基本信息")).hint(text("what you call them, any script", "平时的叫法，中英文均可")),
        field("name_zh", text("Chinese name", "中文名称"), Shape::Line, |r: &Self| r.name_zh.show(), |r, v| r.name_zh.put(v)),
        field("name_en", text("English name", "英文名称"), Shape::Line, |r: &Self| r.name_en.show(), |r, v| r.name_en.put(v)),
        field("short_name", text("Short name", "简称"), Shape::Line, |r: &Self| r.short_name.show(), |r, v| r.short_name.put(v)),
        field("aliases", text("Also known as", "别名"), Shape::List, |r: &Self| r.aliases.show(), |r, v| r.aliases.put(v))
            .hint(text("with commas between", "用逗号分隔")),
        field("credit_code", text("Credit code", "统一社会信用代码"), Shape::Line, |r: &Self| r.credit_code.show(), |r, v| r.credit_code.put(v))
            .hint(text("18 characters", "18 位")),
        field("class", text("Class", "外包类别"), Shape::Choices(VendorClass::CHOICES), |r: &Self| r.class.show(), |r, v| r.class.put(v))
            .column(7, 6).group(text("How we see them", "分类")).hint(text("ito, bpo, kpo", "ito、bpo、kpo")).card(),
        field("region", text("Region", "地域"), Shape::Choice(Region::CHOICES), |r: &Self| r.region.show(), |r, v| r.region.put(v))
            .column(9, 9),
        field("country", text("Country", "国家"), Shape::Line, |r: &Self| r.country.show(), |r, v| r.country.put(v)).repeats()
            .hint(text("two letters, such as CN", "两位代码，如 CN")),
        field("tier", text("Tier", "层级"), Shape::Choice(Tier::CHOICES), |r: &Self| r.tier.show(), |r, v| r.tier.put(v))
            .column(10, 7).sortable().chip(),
        field("state", text("State", "状态"), Shape::Choice(VendorState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(11, 8).sortable().chip(),
        field("category", text("Category", "品类"), Shape::Line, |r: &Self| r.category.show(), |r, v| r.category.put(v)).repeats()
            .column(13, 4).sortable(),
        field("preferred", text("Preferred", "优选"), Shape::Bool, |r: &Self| r.preferred.show(), |r, v| r.preferred.put(v)).chip(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats()
            .column(12, 8).sortable().card(),
        field("tags", text("Tags", "标签"), Shape::List, |r: &Self| r.tags.show(), |r, v| r.tags.put(v)).repeats().column(12, 9).card(),
        field("phone", text("Phone", "电话"), Shape::Line, |r: &Self| r.phone.show(), |r, v| r.phone.put(v)).personal()
            .group(text("How to reach them", "联系方式")).card(),
        field("email", text("E-mail", "邮箱"), Shape::Line, |r: &Self| r.email.show(), |r, v| r.email.put(v)).personal().card(),
        field("website", text("Website", "网站"), Shape::Line, |r: &Self| r.website.show(), |r, v| r.website.put(v)).card(),
        field("address", text("Address", "地址"), Shape::Line, |r: &Self| r.address.show(), |r, v| r.address.put(v)),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)).group(text("Notes", "备注")),
        field("external_id", text("External id", "外部编号"), Shape::Line, |r: &Self| r.external_id.show(), |r, v| r.external_id.put(v)),
        field("source_key", text("Source key", "来源键"), Shape::Line, |r: &Self| r.source_key.show(), |r, v| r.source_key.put(v)).hidden(),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("score", text("Score", "得分"), Shape::Points).column(5, 2).sortable(Blanks::Low),
        derived("change", text("Chg", "变化"), Shape::Points).change().column(4, 5).sortable(Blanks::Low),
        derived("grade", text("Grade", "等级"), Shape::Choice(crate::domain::review::Grade::CHOICES))
            .column(5, 6),
        derived("risk", text("Risk", "风险"), Shape::Choice(crate::domain::risk::Level::CHOICES))
            .column(6, 3)
            .sortable(Blanks::Low),
        derived("contracts", text("In force", "履行中合同"), Shape::Int(0, i64::MAX)).column(9, 9),
        derived("ends", text("Ends", "到期日"), Shape::Date).column(10, 4).sortable(Blanks::High),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["name", "category", "state", "score", "change", "risk", "ends"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: VENDOR_MOVES });

    fn label(&self) -> String {
        self.name.clone()
    }

    fn settle(&mut self, before: &Self) {
        let is_code = self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_alphabetic());
        if is_code && self.country != before.country {
            self.country.make_ascii_uppercase();
        }
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        let is_code = self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_uppercase());
        if !is_code && !self.country.is_empty() {
            problems.push(Problem::new(
                "country",
                text(
                    "A country is two capital letters, such as CN or DE.",
                    "国家为两位大写字母代码，如 CN、DE。",
                ),
            ));
        }
        problems
    }

    fn advise(&self, _: &Moment) -> Vec<Problem> {
        let names = [
            ("name", &self.name),
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
            ("short_name", &self.short_name),
        ];
        let mut problems: Vec<Problem> = names
            .into_iter()
            .filter_map(|(key, name)| Some(Problem::new(key, lookalike::doubt(name)?)))
            .collect();
        // Early pilot codes are lawful and fail the check digit, so this is no rule.
        if !self.credit_code.is_empty() && check_credit_code(&self.credit_code).is_err() {
            problems.push(Problem::new(
                "credit_code",
                text(
                    "Not a usual unified social credit code: 18 characters whose last one checks the others. Compare it with the licence.",
                    "统一社会信用代码不合常规：应为 18 位且末位校验正确，请对照营业执照。",
                ),
            ));
        }
        problems
    }
}
