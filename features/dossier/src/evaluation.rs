//! How procedures are handled, in points (NĐ 61/2018/NĐ-CP Art. 31): nine indicators of 0, 1 or 2; `data/dossier/evaluation.toml`. Pure.

use crate::model::Step;
use crate::rules::Against;
use base::Decimal;
use rust_decimal::RoundingStrategy;
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../data/dossier/evaluation.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    pub source: String,
    pub digits: u32,
    pub most: Decimal,
    pub indicators: Vec<Indicator>,
    /// From the highest.
    pub classes: Vec<Class>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub number: u32,
    pub name: String,
    /// Empty: computed from dossiers.
    #[serde(default)]
    pub fact: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub name: String,
    pub from: Decimal,
}

/// The table, read once; none where it is broken, which the test of this file finds.
pub fn table() -> Option<&'static Evaluation> {
    static READ: OnceLock<Option<Evaluation>> = OnceLock::new();
    READ.get_or_init(|| toml::from_str(TABLE).ok()).as_ref()
}

/// The points of one dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    pub whole: i64,
    pub steps: i64,
    pub asked: i64,
}

/// Shorter than the time given is 2, as long 1, longer 0. Of the steps the worst counts, so that nobody's delay hides
/// behind another's haste. A supplement asked for once is 1, more often 0.
pub fn marks(verdict: Against, steps: &[Step], asked: i64) -> Marks {
    let whole = match verdict {
        Against::Early => 2,
        Against::OnTime => 1,
        Against::Late => 0,
    };
    let of = |step: &Step| match (step.done, step.due) {
        (Some(done), Some(due)) if done > due => 0,
        (Some(done), Some(due)) if done == due => 1,
        _ => 2,
    };
    Marks { whole, steps: steps.iter().map(of).min().unwrap_or(2), asked: (2 - asked).clamp(0, 2) }
}

/// What dossiers together have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub dossiers: i64,
    pub whole: i64,
    pub steps: i64,
    pub asked: i64,
}

impl Evaluation {
    fn mean(&self, sum: i64, count: i64) -> Option<Decimal> {
        let mean = (count > 0).then(|| Decimal::from(sum) / Decimal::from(count))?;
        Some(mean.round_dp_with_strategy(self.digits, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The points of each indicator, where they are known: from dossiers, or from what was entered.
    pub fn points(&self, sums: &Sums, entered: impl Fn(&str) -> Option<Decimal>) -> Vec<Option<Decimal>> {
        let of = |one: &Indicator| match (one.number, one.fact.as_str()) {
            (1, "") => self.mean(sums.whole, sums.dossiers),
            (2, "") => self.mean(sums.steps, sums.dossiers),
            (3, "") => self.mean(sums.asked, sums.dossiers),
            (_, fact) => entered(fact),
        };
        self.indicators.iter().map(of).collect()
    }

    /// The sum and its class, where all indicators are known.
    pub fn total(&self, points: &[Option<Decimal>]) -> Option<(Decimal, &str)> {
        let total = points.iter().copied().sum::<Option<Decimal>>()?;
        let class = self.classes.iter().find(|class| total >= class.from);
        Some((total, class.map_or("", |class| class.name.as_str())))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_table_has_nine_indicators_and_the_facts_are_known() {
        let table = table().unwrap();
        assert_eq!(table.indicators.iter().map(|one| one.number).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
        for one in table.indicators.iter().filter(|one| !one.fact.is_empty()) {
            assert!(fact::catalogue::find(&one.fact).is_some(), "{}", one.fact);
        }
        assert!(table.classes.windows(2).all(|pair| pair[0].from > pair[1].from));
        assert_eq!(table.classes.last().unwrap().from, Decimal::ZERO);
    }

    #[test]
    fn an_indicator_is_the_mean_of_its_dossiers_to_one_digit() {
        let table = table().unwrap();
        // Of four dossiers: 2 + 2 + 1 + 0 = 5, 5/4 = 1.25, rounded 1.3.
        let sums = Sums { dossiers: 4, whole: 5, steps: 8, asked: 6 };
        let points = table.points(&sums, |_| Some(Decimal::from(2)));
        let said: Vec<String> = points.iter().map(|one| one.unwrap().normalize().to_string()).collect();
        assert_eq!(said, ["1.3", "2", "1.5", "2", "2", "2", "2", "2", "2"]);
        assert_eq!(table.total(&points).unwrap(), ("16.8".parse().unwrap(), "Xuất sắc"));
        let unknown = table.points(&sums, |fact| (fact != "dossier.evaluation_6").then_some(Decimal::ONE));
        assert_eq!(table.total(&unknown), None, "nothing is classed on half of its indicators");
    }

    #[test]
    fn the_worst_step_counts() {
        let mut step = Step {
            id: db::fresh_id(),
            code: "1".into(),
            name: String::new(),
            role: String::new(),
            agency: None,
            office: None,
            holder: None,
            begun: "2026-03-02T02:00:00Z".parse().unwrap(),
            due: Some("2026-03-02T09:00:00Z".parse().unwrap()),
            minutes: 240,
            done: Some("2026-03-02T08:00:00Z".parse().unwrap()),
            done_by: None,
            done_name: String::new(),
            onward: String::new(),
            note: String::new(),
            back: false,
        };
        let early = step.clone();
        assert_eq!(marks(Against::Early, std::slice::from_ref(&early), 0), Marks { whole: 2, steps: 2, asked: 2 });
        step.done = step.due;
        assert_eq!(marks(Against::OnTime, &[early.clone(), step.clone()], 1), Marks { whole: 1, steps: 1, asked: 1 });
        step.done = Some("2026-03-02T09:01:00Z".parse().unwrap());
        assert_eq!(marks(Against::Late, &[early, step], 3), Marks { whole: 0, steps: 0, asked: 0 });
    }
}
