//! The weights of a scorecard make up the whole, each KPI once, before it comes into use and
//! whenever a review takes its rows from it. Between the two its rows are changed one by one.

use rusqlite::Connection;

use crate::domain::list::ClosedList;
use crate::domain::review::TemplateState;
use crate::entity::{Kind, Ref, Value, show};
use crate::register::{Act, Refusal, code_of};
use crate::store::change::Txn;
use crate::store::refused;
use crate::texts::{Lang, Sentence, Text, text};

/// All weights together, in basis points.
const WHOLE: i64 = 10_000;

impl Txn<'_> {
    /// Notes a template that this act writes or takes rows from.
    pub(super) fn note_weights(&mut self, template: Ref) {
        if template.kind == Kind::Template {
            self.weighed.insert(template.id);
        }
    }

    /// Refuses an act that brings a scorecard into use, or takes rows from one, that does not add up.
    /// An import may bring one kind by kind; `check` tells what is then left.
    pub(super) fn refuse_unbalanced(&self) -> Result<(), Refusal> {
        if self.weighed.is_empty() || self.log.act() == Act::Import {
            return Ok(());
        }
        match unbalanced(&self.tx)?.into_iter().find(|found| self.weighed.contains(&found.template)) {
            Some(found) => Err(Refusal::Rule(found.sentence())),
            None => Ok(()),
        }
    }
}

/// A scorecard in use whose rows do not add up.
#[derive(Debug)]
pub(in crate::store) struct Unbalanced {
    template: i64,
    sum: i64,
    is_repeated: bool,
}

impl Unbalanced {
    /// The code of the template.
    pub(in crate::store) fn code(&self) -> String {
        code_of(Ref { kind: Kind::Template, id: self.template })
    }

    /// What is wrong, and what to do.
    pub(in crate::store) fn sentence(&self) -> Sentence {
        let text = if self.is_repeated { TWICE } else { NOT_WHOLE };
        let sum = show::full(&Value::Weight(self.sum), Lang::En);
        Sentence::from(text).with("code", self.code()).with("sum", sum)
    }
}

/// The scorecards in use whose weights do not make up the whole, or that weigh a KPI twice.
pub(in crate::store) fn unbalanced(conn: &Connection) -> Result<Vec<Unbalanced>, Refusal> {
    conn.prepare_cached(
        "SELECT t.id, coalesce(sum(r.weight), 0), count(r.kpi) > count(DISTINCT r.kpi) FROM template t \
         LEFT JOIN template_row r ON r.template = t.id AND r.archived_at IS NULL \
         WHERE t.state = ?1 AND t.archived_at IS NULL GROUP BY t.id \
         HAVING coalesce(sum(r.weight), 0) <> ?2 OR count(r.kpi) > count(DISTINCT r.kpi)",
    )
    .and_then(|mut s| {
        let read = |row: &rusqlite::Row| {
            Ok(Unbalanced { template: row.get(0)?, sum: row.get(1)?, is_repeated: row.get(2)? })
        };
        s.query_map(rusqlite::params![TemplateState::Current.key(), WHOLE], read)?.collect()
    })
    .map_err(refused)
}

const NOT_WHOLE: Text = text(
    "The weights of {code} add up to {sum}, not 100%. Correct its rows first.",
    "{code} 的权重合计为 {sum}，不是 100%，请先更正其行。",
);
const TWICE: Text =
    text("{code} weighs one KPI twice. Correct its rows first.", "{code} 重复使用了同一指标，请先更正其行。");
