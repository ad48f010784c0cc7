//! From boxes to an answer; every box that cannot be read is refused by its name.

use super::Asked;
use base::{Date, Refusal, Refusals, day, number};
use score::set::{Measure, With};
use serde_json::{Map, Value, json};
use web::Posted;

/// The boxes of one measure: what was typed, under its prefix.
struct Boxes<'a> {
    posted: &'a Posted,
    prefix: String,
    today: Date,
    refusals: Refusals,
}

type Object = Map<String, Value>;

/// Reads an answer. None: every box is empty, so nothing is known.
pub fn read(asked: &Asked<'_>, posted: &Posted, today: Date) -> Result<Option<Value>, Refusals> {
    let mut boxes = Boxes { posted, prefix: String::new(), today, refusals: Vec::new() };
    let answer = match asked {
        Asked::Measure(measure) => boxes.measure(measure),
        Asked::Phase(cases) => boxes.phase(cases),
        Asked::Waits(_) | Asked::Nothing => None,
    };
    if !boxes.refusals.is_empty() {
        return Err(boxes.refusals);
    }
    let mut answer = answer;
    if posted.get("zero_if") == "1" {
        answer.get_or_insert_with(Object::new).insert("zero_if".into(), json!(true));
    }
    Ok(answer.map(Value::Object))
}

impl Boxes<'_> {
    fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.posted.text(&self.name(name))
    }

    fn refuse(&mut self, name: &str, refusal: Refusal) {
        let name = self.name(name);
        self.refusals.push(Refusal { field: Some(name), ..refusal });
    }

    fn measure(&mut self, measure: &Measure) -> Option<Object> {
        match measure {
            Measure::YesNo => match self.text("yes")?.as_str() {
                "1" => Some(object([("yes", json!(true))])),
                _ => Some(object([("yes", json!(false))])),
            },
            Measure::Choice { .. } => self.position("choice").map(|choice| object([("choice", json!(choice))])),
            Measure::Bands { .. } => self.band(),
            Measure::Ratio { .. } => self.share(),
            Measure::Count { .. } | Measure::Relative { .. } | Measure::Points { .. } => self.value(),
            Measure::Versus { with: With::Mean, .. } => self.value(),
            Measure::Versus { with: With::LastYear, .. } => {
                let last_year = self.decimal("last_year");
                let mut found = self.value().unwrap_or_default();
                if let Some(last_year) = last_year {
                    found.insert("last_year".into(), json!(last_year));
                }
                (!found.is_empty()).then_some(found)
            }
            Measure::Checklist { .. } => self.items(),
            Measure::Deduct { cases, .. } => self.cases(cases.len()),
            Measure::Deadline { .. } => self.deadline(),
            Measure::Survey { weights, .. } => self.tally(weights.len()),
            Measure::BestOf { measures } => self.many(measures),
            // Chosen before the boxes were drawn; inside a best-of it has no boxes.
            Measure::By { .. } => None,
        }
    }

    fn decimal(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        match number::read_vi(&text) {
            Ok(value) => Some(value.to_string()),
            Err(refusal) => {
                self.refuse(name, refusal);
                None
            }
        }
    }

    fn count(&mut self, name: &str) -> Option<u64> {
        let text = self.text(name)?;
        match number::read_count(&text) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refuse(name, refusal);
                None
            }
        }
    }

    fn position(&mut self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }

    fn value(&mut self) -> Option<Object> {
        self.decimal("value").map(|value| object([("value", json!(value))]))
    }

    /// A number, or "17/20".
    fn band(&mut self) -> Option<Object> {
        let text = self.text("value")?;
        let Some((part, whole)) = text.split_once('/') else { return self.value() };
        match (number::read_vi(part.trim()), number::read_vi(whole.trim())) {
            (Ok(part), Ok(whole)) => {
                Some(object([("part", json!(part.to_string())), ("whole", json!(whole.to_string()))]))
            }
            (Err(refusal), _) | (_, Err(refusal)) => {
                self.refuse("value", refusal);
                None
            }
        }
    }

    fn share(&mut self) -> Option<Object> {
        let (part, whole) = (self.decimal("part"), self.decimal("whole"));
        match (part, whole) {
            (Some(part), Some(whole)) => Some(object([("part", json!(part)), ("whole", json!(whole))])),
            (None, None) => None,
            // Half an answer is kept as it is: the engine takes a null as unknown.
            (part, whole) => Some(object([("part", json!(part)), ("whole", json!(whole))])),
        }
    }

    fn items(&mut self) -> Option<Object> {
        let name = self.name("items");
        // The marker says that the boxes were on the form: none ticked is an answer too.
        if !self.posted.has(&name) {
            return None;
        }
        let met: Vec<u64> = self.posted.all(&name).filter_map(|item| item.parse().ok()).collect();
        Some(object([("items", json!(met))]))
    }

    fn cases(&mut self, many: usize) -> Option<Object> {
        let counts: Vec<Option<u64>> = (0..many).map(|i| self.count(&format!("case-{i}"))).collect();
        if counts.iter().all(Option::is_none) {
            return None;
        }
        // A box left empty beside a filled one is none of that case.
        Some(object([("cases", json!(counts.iter().map(|count| count.unwrap_or(0)).collect::<Vec<_>>()))]))
    }

    fn tally(&mut self, many: usize) -> Option<Object> {
        let counts: Vec<Option<u64>> = (0..many).map(|i| self.count(&format!("answer-{i}"))).collect();
        if counts.iter().all(Option::is_none) {
            return None;
        }
        Some(object([("answers", json!(counts.iter().map(|count| count.unwrap_or(0)).collect::<Vec<_>>()))]))
    }

    fn deadline(&mut self) -> Option<Object> {
        if self.text("never").is_some() {
            return Some(object([("never", json!(true))]));
        }
        let (from, done) = (self.date("from"), self.date("done"));
        if from.is_none() && done.is_none() {
            return None;
        }
        Some(object([("from", json!(from)), ("done", json!(done))]))
    }

    fn date(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        match day::read_vi(&text, self.today) {
            Ok(day) => Some(day.to_string()),
            Err(refusal) => {
                self.refuse(name, refusal);
                None
            }
        }
    }

    fn many(&mut self, measures: &[Measure]) -> Option<Object> {
        let outer = self.prefix.clone();
        let mut found = Vec::new();
        for (i, measure) in measures.iter().enumerate() {
            self.prefix = format!("{outer}m{i}-");
            found.push(self.measure(measure).map_or(Value::Null, Value::Object));
        }
        self.prefix = outer;
        if found.iter().all(Value::is_null) { None } else { Some(object([("measures", json!(found))])) }
    }

    fn phase(&mut self, cases: &[(String, Measure)]) -> Option<Object> {
        let phase = self.text("phase")?;
        let at = cases.iter().position(|(case, _)| *case == phase)?;
        self.prefix = format!("p{at}-");
        let mut found = self.measure(&cases[at].1).unwrap_or_default();
        self.prefix.clear();
        found.insert("phase".into(), json!(phase));
        Some(found)
    }
}

fn object<const N: usize>(pairs: [(&str, Value); N]) -> Object {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
