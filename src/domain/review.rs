//! Performance reviews: their states, what a criterion is, and the grades.
//!
//! [`Criterion::judged`], [`total`] and [`rolling`] are the scoring. This module must never turn "not
//! applicable" or "not measured" into a number.

mod bridge;
mod criterion;
mod cycle;
mod evidence;
mod grade;
mod rank;
mod raters;
mod scale;
mod score;
mod survey;

pub use bridge::{Bridge, BridgeRow, Effect, Part, bridge, contributions};
pub use criterion::{Criterion, Judged, VetoRule};
pub use cycle::{Asked, Idle, PlanRule, asked, is_reviewed};
pub use evidence::{Found, USUAL_PLACES};
pub use grade::{Band, BandsError, GradeBands, GradesError};
pub use rank::{Contender, Swing, ranks, swing};
pub use raters::{Gathered, gather};
pub use scale::{
    FEWEST_STEPS, KpiRule, KpiValue, MOST_STEPS, PointsError, Step, Steps, StepsError, kpi_points,
};
pub use score::{
    FULL, GradeRules, MAX_RATING, Outcome, Score, ScoreError, ScoredRow, Total, Veto, rolling, total, trend,
};
pub use survey::{Answers, Satisfaction, THIN};

use crate::closed_list;

closed_list! {
    /// How far a review is. Overdue is derived, not stored.
    ReviewState {
        Planned = "planned", Plain, "Planned", "已计划";
        Collecting = "collecting", Plain, "Collecting", "数据收集";
        Draft = "draft", Plain, "Draft", "草稿";
        Shared = "shared", Attention, "Shared", "已反馈";
        Acknowledged = "acknowledged", Good, "Acknowledged", "供应商已确认";
        Disputed = "disputed", Attention, "Disputed", "供应商有异议";
        Locked = "locked", Good, "Locked", "已锁定";
    }
}

closed_list! {
    /// How a plan counts its years.
    YearBasis {
        Calendar = "calendar", Plain, "Calendar", "日历年";
        Fiscal = "fiscal", Plain, "Fiscal year", "财年";
    }
}

closed_list! {
    /// How the vendor answered a shared review.
    ResponseKind {
        Acknowledged = "acknowledged", Good, "Acknowledged", "确认";
        Disputed = "disputed", Attention, "Disputed", "有异议";
    }
}

closed_list! {
    /// Whether a criterion of a review has a value.
    RowStatus {
        NotMeasured = "not_measured", Attention, "Not measured", "未测量";
        Measured = "measured", Good, "Measured", "已测量";
        NotApplicable = "not_applicable", Plain, "Not applicable", "不适用";
    }
}

closed_list! {
    /// How a KPI is expressed (seed text 2, line 729: quantitative and qualitative).
    KpiMeasure {
        Quant = "quant", Plain, "Quantitative", "定量";
        Qual = "qual", Plain, "Qualitative", "定性";
    }
}

closed_list! {
    /// When a KPI speaks: before, during or after the performance it is about (ServiceNow).
    KpiNature {
        Leading = "leading", Plain, "Leading", "先行";
        Lagging = "lagging", Plain, "Lagging", "滞后";
        Current = "current", Plain, "Current", "同步";
    }
}

closed_list! {
    /// Which way a KPI is better.
    KpiDirection {
        Max = "max", Plain, "Higher is better", "越高越好";
        Min = "min", Plain, "Lower is better", "越低越好";
        Range = "range", Plain, "Within a range", "区间内为优";
    }
}

closed_list! {
    /// How a KPI is collected (seed text 2, line 729: form, customer feedback, on-site check).
    KpiMethod {
        Form = "form", Plain, "Form", "考核表";
        Feedback = "feedback", Plain, "Customer feedback", "客户反馈";
        OnSite = "on_site", Plain, "On-site check", "现场检查";
    }
}

closed_list! {
    /// What of the register fills a quantitative KPI of a period; a person confirms.
    Feed {
        Sla = "sla", Plain, "Service levels met", "服务水平达标";
        Deliverables = "deliverables", Plain, "Deliverables met", "交付物达标";
        Issues = "issues", Plain, "Issues", "问题数";
        Complaints = "complaints", Plain, "Complaints", "投诉数";
        Stability = "stability", Plain, "Staff stability", "人员稳定率";
        Survey = "survey", Plain, "Survey", "满意度调查";
        OnTime = "on_time", Plain, "On-time delivery", "准时交付率";
    }
}

closed_list! {
    /// How several values of a period become one.
    Aggregate {
        Avg = "avg", Plain, "Mean", "平均";
        Sum = "sum", Plain, "Sum", "合计";
        Min = "min", Plain, "Lowest", "最低";
        Max = "max", Plain, "Highest", "最高";
        Latest = "latest", Plain, "Latest", "最近";
    }
}

closed_list! {
    /// How far a scorecard template is.
    TemplateState {
        Draft = "draft", Plain, "Draft", "草稿";
        Current = "current", Good, "Current", "现行";
        Retired = "retired", Plain, "Retired", "已停用";
    }
}

closed_list! {
    /// The grade of a review, best first.
    Grade {
        A = "A", Good, "A", "A";
        B = "B", Plain, "B", "B";
        C = "C", Attention, "C", "C";
        D = "D", Bad, "D", "D";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::{ClosedList, Tone};

    #[test]
    fn grades_order_from_the_best_and_have_tones() {
        assert!(Grade::A < Grade::D);
        let tones = Grade::ALL.iter().map(|g| g.choice().tone).collect::<Vec<_>>();
        assert_eq!(tones, [Tone::Good, Tone::Plain, Tone::Attention, Tone::Bad]);
    }

    #[test]
    fn keys_are_the_stored_words() {
        let keys =
            |choices: &[crate::domain::list::Choice]| choices.iter().map(|c| c.key).collect::<Vec<_>>();
        assert_eq!(keys(RowStatus::CHOICES), ["not_measured", "measured", "not_applicable"]);
        assert_eq!(keys(KpiMethod::CHOICES), ["form", "feedback", "on_site"]);
        assert_eq!(keys(KpiMeasure::CHOICES), ["quant", "qual"]);
        assert_eq!(keys(KpiDirection::CHOICES), ["max", "min", "range"]);
    }
}
