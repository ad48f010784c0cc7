//! From a criteria set back to a value, keys always in the order of the contract's example: what is written and
//! read again is the same set.

use base::Decimal;
use serde_json::{Map, Value, json};

use crate::set::{CriteriaSet, Criterion, Level, Measure, On, Ties};

/// The set as the files have it; every default that matters is written out.
pub fn to_value(set: &CriteriaSet) -> Value {
    let mut out = Map::new();
    out.insert("code".into(), json!(set.code));
    out.insert("name".into(), json!(set.name));
    put(&mut out, "source", set.source.as_ref());
    if let Some(valid) = &set.valid {
        let mut days = Map::new();
        days.insert("from".into(), json!(valid.from.to_string()));
        put(&mut days, "to", valid.to.map(|to| to.to_string()).as_ref());
        out.insert("valid".into(), Value::Object(days));
    }
    if !set.applies_to.is_empty() {
        out.insert("applies_to".into(), json!(set.applies_to));
    }
    let mut rounding = Map::new();
    if let Some(leaf) = set.rounding.leaf {
        rounding.insert("leaf".into(), json!(leaf));
    }
    rounding.insert("total".into(), json!(set.rounding.total));
    out.insert("rounding".into(), Value::Object(rounding));
    out.insert("not_applicable".into(), json!(set.not_applicable.word()));
    let ties = match &set.ties {
        Ties::Skip => json!("skip"),
        Ties::Dense => json!("dense"),
        Ties::By(codes) => json!(codes),
    };
    out.insert("ties".into(), ties);
    out.insert("survey_not_held".into(), json!(set.survey_not_held.word()));
    let ratings = set.ratings.iter().map(|rating| {
        let mut out = Map::new();
        out.insert("name".into(), json!(rating.name));
        out.insert("from".into(), number(&rating.from));
        if rating.no_zero {
            out.insert("no_zero".into(), json!(true));
        }
        Value::Object(out)
    });
    out.insert("ratings".into(), ratings.collect());
    out.insert("criteria".into(), set.criteria.iter().map(criterion).collect());
    Value::Object(out)
}

fn criterion(criterion: &Criterion) -> Value {
    let mut out = Map::new();
    out.insert("code".into(), json!(criterion.code));
    if !criterion.name.is_empty() {
        out.insert("name".into(), json!(criterion.name));
    }
    put(&mut out, "group", criterion.group.map(|group| group.word().to_owned()).as_ref());
    if let Some(cap) = &criterion.cap {
        out.insert("cap".into(), number(cap));
    }
    if let Some(max) = &criterion.max {
        out.insert("max".into(), number(max));
    }
    if !criterion.applies_to.is_empty() {
        out.insert("applies_to".into(), json!(criterion.applies_to));
    }
    put(&mut out, "not_applicable", criterion.not_applicable.map(|policy| policy.word().to_owned()).as_ref());
    if criterion.is_leaf() {
        out.insert("filled_by".into(), json!(criterion.filled_by.word()));
        out.insert("evidence".into(), json!(criterion.evidence.word()));
    }
    put(&mut out, "text", criterion.text.as_ref());
    put(&mut out, "zero_if", criterion.zero_if.as_ref());
    if let Some(digits) = criterion.leaf_digits {
        out.insert("rounding".into(), digits.map_or(json!({}), |digits| json!({ "leaf": digits })));
    }
    if let Some(found) = &criterion.measure {
        out.insert("measure".into(), measure(found));
    }
    Value::Object(out)
}

/// One measure as the files have it.
pub fn measure(measure: &Measure) -> Value {
    let mut out = Map::new();
    out.insert("kind".into(), json!(measure.kind()));
    match measure {
        Measure::YesNo | Measure::Relative { .. } => {}
        Measure::Choice { options } => drop(out.insert("options".into(), levels(options))),
        Measure::Bands { bands, none } => {
            let rows = bands.iter().map(|band| json!({ "from": number(&band.from), "points": number(&band.points) }));
            out.insert("bands".into(), rows.collect());
            if let Some(none) = none {
                out.insert("none".into(), number(none));
            }
        }
        Measure::Ratio { part, whole, floor, full_at, empty } => {
            out.insert("part".into(), json!(part));
            out.insert("whole".into(), json!(whole));
            out.insert("floor".into(), number(floor));
            out.insert("full_at".into(), number(full_at));
            out.insert("empty".into(), json!(empty.word()));
        }
        Measure::Count { each } => drop(out.insert("each".into(), number(each))),
        Measure::Checklist { items } => drop(out.insert("items".into(), levels(items))),
        Measure::Deduct { cases, least } => {
            out.insert("cases".into(), levels(cases));
            out.insert("least".into(), number(least));
        }
        Measure::Deadline { bands, never } => {
            let rows = bands.iter().map(|band| json!({ "within": band.days, "points": number(&band.points) }));
            out.insert("bands".into(), rows.collect());
            out.insert("never".into(), number(never));
        }
        Measure::Survey { weights, least_answers } => {
            out.insert("weights".into(), weights.iter().map(number).collect());
            out.insert("least_answers".into(), json!(least_answers));
        }
        Measure::Versus { with, at_or_above, below, .. } => {
            out.insert("with".into(), json!(with.word()));
            out.insert("at_or_above".into(), number(at_or_above));
            out.insert("below".into(), number(below));
        }
        Measure::BestOf { measures } => {
            drop(out.insert("measures".into(), measures.iter().map(self::measure).collect()))
        }
        Measure::By { on, cases } => {
            let on = match on {
                On::Kind => "kind",
                On::Phase => "phase",
                On::Criterion(code) => code,
            };
            out.insert("on".into(), json!(on));
            let cases = cases.iter().map(|(case, inner)| (case.clone(), self::measure(inner)));
            out.insert("cases".into(), Value::Object(cases.collect()));
        }
        Measure::Points { step } => drop(out.insert("step".into(), number(step))),
    }
    Value::Object(out)
}

fn levels(levels: &[Level]) -> Value {
    levels.iter().map(|level| json!({ "name": level.name, "points": number(&level.points) })).collect()
}

fn number(number: &Decimal) -> Value {
    Value::String(number.normalize().to_string())
}

fn put(out: &mut Map<String, Value>, key: &str, text: Option<&String>) {
    if let Some(text) = text {
        out.insert(key.into(), json!(text));
    }
}
