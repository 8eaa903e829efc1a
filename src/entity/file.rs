//! The table of files: references to documents and links that belong to a record.

use crate::domain::file::{FileKind, SCHEMES, Target};
use crate::domain::list::ClosedList;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Sentence, Text, text};

/// Where a document is to be found; the document itself stays there.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct File {
    pub target: String,
    pub title: String,
    pub kind: Option<FileKind>,
    pub vendor: Option<Link>,
    pub contract: Option<Link>,
    pub review: Option<Link>,
    pub risk: Option<Link>,
    pub notes: String,
}

impl Entity for File {
    const KIND: Kind = Kind::File;
    const NAMES: Names = Names {
        word: "file",
        plural: "files",
        prefix: "F",
        one: text("File", "文件"),
        many: text("Files", "文件"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("target", text("Path or link", "路径或链接"), Shape::Line, |r: &Self| r.target.show(), |r, v| r.target.put(v))
            .required().column(36, 2).card().hint(text("/srv/contracts/a.pdf or https://…", "/srv/contracts/a.pdf 或 https://…")),
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .column(28, 1).sortable().hint(text("else the name of the file", "留空则用文件名")),
        field("kind", text("Kind", "类型"), Shape::Choice(FileKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v))
            .column(11, 4).chip(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .column(24, 3).card(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .card(),
        field("review", text("Review", "考核"), Shape::Link(Kind::Review), |r: &Self| r.review.show(), |r, v| r.review.put(v)).card(),
        field("risk", text("Risk", "风险"), Shape::Link(Kind::Risk), |r: &Self| r.risk.show(), |r, v| r.risk.put(v)).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("title", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "target", "vendor", "kind"];

    fn label(&self) -> String {
        if self.title.is_empty() { Target::name(&self.target).to_owned() } else { self.title.clone() }
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Err(unknown) = Target::read(&self.target) {
            let sentence =
                Sentence::from(SCHEME).with("scheme", unknown.0).with("schemes", SCHEMES.join(", "));
            problems.push(Problem::new("target", sentence));
        }
        if [&self.vendor, &self.contract, &self.review, &self.risk].into_iter().all(Option::is_none) {
            problems.push(Problem::new("vendor", OF_NOTHING));
        }
        problems
    }
}

const SCHEME: Text = text(
    "Links that begin with {scheme}: are not kept; there are {schemes}, and paths.",
    "不保存以 {scheme}: 开头的链接；可用 {schemes} 以及路径。",
);
const OF_NOTHING: Text = text(
    "A file belongs to a vendor, contract, review or risk; name one.",
    "文件须属于供应商、合同、考核或风险之一，请指定。",
);
