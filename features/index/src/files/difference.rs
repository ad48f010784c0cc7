//! What differs between two criteria sets, in the words of the workbook: for the screen that shows what an import, or next
//! year's copy, would change.

use serde::Serialize;
use serde_json::Value;

use super::fields::{
    CRITERION_HEAD, CRITERION_TAIL, Field, KIND, KINDS, PARAMETERS, RATING, SET, get, in_words, levels, said,
};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The criterion; none where it is the set itself.
    pub code: Option<String>,
    /// The field, as people call it: "Điểm tối đa", "Mức “Đạt”".
    pub what: String,
    /// None: it was not there.
    pub before: Option<String>,
    /// None: it is not there any more.
    pub after: Option<String>,
}

/// Every difference, the set's own first, then criterion by criterion in the new order, then those left out.
///
/// Both are compared as what they mean: "1.50" is "1.5", and a default that is written out is the same as one that is
/// not. (In a set with mistakes, meaning cannot be had, and it is compared as written.)
pub fn difference(old: &Value, new: &Value) -> Vec<Change> {
    let meant = |value| score::read(value).set.map(|set| score::to_value(&set));
    match (meant(old), meant(new)) {
        (Some(old), Some(new)) => compare_sets(&old, &new),
        _ => compare_sets(old, new),
    }
}

/// A measure as pairs of a name and what stands there, the kind first.
pub(crate) fn measure_in_words(measure: &Value) -> Vec<(String, String)> {
    let mut said = Said::default();
    said.measure(measure, "");
    said.lines
}

fn compare_sets(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = compare(None, &of_set(old), &of_set(new));
    let (before, after) = (criteria(old), criteria(new));
    let codes = |criteria: &[(String, &Value)]| criteria.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
    changes.extend(order(None, "Thứ tự các tiêu chí", &codes(&before), &codes(&after)));
    for (code, criterion) in &after {
        match before.iter().find(|(known, _)| known == code) {
            Some((_, former)) => changes.extend(compare(Some(code), &of_criterion(former), &of_criterion(criterion))),
            None => changes.push(Change {
                code: Some(code.clone()),
                what: "Thêm tiêu chí".into(),
                before: None,
                after: Some(summary(criterion)),
            }),
        }
    }
    for (code, criterion) in before.iter().filter(|(code, _)| !after.iter().any(|(known, _)| known == code)) {
        changes.push(Change {
            code: Some(code.clone()),
            what: "Bỏ tiêu chí".into(),
            before: Some(summary(criterion)),
            after: None,
        });
    }
    changes
}

/// What a set or a criterion says, field by field.
#[derive(Default)]
struct Said {
    lines: Vec<(String, String)>,
    /// Lists whose order means something, each with a name.
    orders: Vec<(String, Vec<String>)>,
}

impl Said {
    fn fields<'f>(&mut self, value: &Value, fields: impl Iterator<Item = &'f Field>, of: &str) {
        for field in fields {
            if let Some(cell) = get(value, field.key).and_then(|value| field.form.cell(value)) {
                self.line(format!("{of}{}", field.label), in_words(&cell));
            }
        }
    }

    /// A line under a name of its own, which it gives back: a second one of the same name is told from the first.
    fn line(&mut self, what: String, text: String) -> String {
        let alike =
            self.lines.iter().filter(|(known, _)| *known == what || known.starts_with(&format!("{what} ("))).count();
        let what = if alike == 0 { what } else { format!("{what} ({})", alike + 1) };
        self.lines.push((what.clone(), text));
        what
    }

    fn measure(&mut self, measure: &Value, of: &str) {
        let kind = get(measure, "kind").and_then(Value::as_str).unwrap_or_default();
        self.line(format!("{of}{}", KIND.label), said(KINDS, kind).unwrap_or(kind).into());
        self.fields(measure, PARAMETERS.iter().filter(|(_, kinds)| kinds.contains(&kind)).map(|(field, _)| field), of);
        if let Some(levels) = levels(kind) {
            let list = get(measure, levels.key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let shown = |level: &Value, field: &Field| {
                get(level, field.key)
                    .and_then(|value| field.form.cell(value))
                    .map(|cell| in_words(&cell))
                    .unwrap_or_default()
            };
            let mut names = Vec::new();
            for level in list {
                let threshold = shown(level, &levels.fields[0]);
                let name = match levels.fields[0].key {
                    "from" => format!("{of}Bậc từ {threshold}"),
                    "within" => format!("{of}Trong {threshold} ngày"),
                    _ => format!("{of}Mức “{threshold}”"),
                };
                names.push(self.line(name, format!("{} điểm", shown(level, &levels.fields[1]))));
            }
            self.orders.push((format!("{of}Thứ tự các mức"), names));
        }
        let inner = get(measure, "measures").and_then(Value::as_array).into_iter().flatten();
        for (number, inner) in (1..).zip(inner) {
            self.measure(inner, &format!("{of}Nhánh {number} – "));
        }
        let cases = get(measure, "cases").and_then(Value::as_object).into_iter().flatten();
        for (name, inner) in cases {
            self.measure(inner, &format!("{of}Nhánh “{name}” – "));
        }
    }
}

fn of_set(set: &Value) -> Said {
    let mut said = Said::default();
    said.fields(set, SET.iter(), "");
    let mut names = Vec::new();
    for rating in get(set, "ratings").and_then(Value::as_array).into_iter().flatten() {
        let name = get(rating, "name").and_then(Value::as_str).unwrap_or_default();
        said.fields(rating, RATING[1..].iter(), &format!("Xếp loại “{name}” – "));
        names.push(name.to_owned());
    }
    said.orders.push(("Thứ tự các mức xếp loại".into(), names));
    said
}

fn of_criterion(criterion: &Value) -> Said {
    let mut said = Said::default();
    said.fields(criterion, CRITERION_HEAD[1..].iter(), "");
    if let Some(measure) = get(criterion, "measure") {
        said.measure(measure, "");
    }
    said.fields(criterion, CRITERION_TAIL.iter(), "");
    said
}

fn compare(code: Option<&String>, old: &Said, new: &Said) -> Vec<Change> {
    let find =
        |said: &Said, what: &str| said.lines.iter().find(|(known, _)| known == what).map(|(_, text)| text.clone());
    let change = |what: &str, before, after| Change { code: code.cloned(), what: what.into(), before, after };
    let mut changes = Vec::new();
    for (what, after) in &new.lines {
        let before = find(old, what);
        if before.as_ref() != Some(after) {
            changes.push(change(what, before, Some(after.clone())));
        }
    }
    for (what, before) in old.lines.iter().filter(|(what, _)| find(new, what).is_none()) {
        changes.push(change(what, Some(before.clone()), None));
    }
    for (what, after) in &new.orders {
        let before = old.orders.iter().find(|(known, _)| known == what);
        changes.extend(before.and_then(|(_, before)| order(code, what, before, after)));
    }
    changes
}

/// Whether what both have stands in another order; only the stretch that differs is told.
fn order(code: Option<&String>, what: &str, before: &[String], after: &[String]) -> Option<Change> {
    let common = |names: &[String], others: &[String]| {
        names.iter().filter(|name| others.contains(name)).cloned().collect::<Vec<_>>()
    };
    let (before, after) = (common(before, after), common(after, before));
    let same = |(a, b): &(&String, &String)| a == b;
    let head = before.iter().zip(&after).take_while(same).count();
    if head == before.len() && head == after.len() {
        return None;
    }
    let tail = before[head..].iter().rev().zip(after[head..].iter().rev()).take_while(same).count();
    let stretch = |names: &[String]| names[head..names.len() - tail].join(", ");
    Some(Change {
        code: code.cloned(),
        what: what.into(),
        before: Some(stretch(&before)),
        after: Some(stretch(&after)),
    })
}

fn criteria(set: &Value) -> Vec<(String, &Value)> {
    let list = get(set, "criteria").and_then(Value::as_array).into_iter().flatten();
    list.map(|criterion| (get(criterion, "code").and_then(Value::as_str).unwrap_or_default().to_owned(), criterion))
        .collect()
}

/// "Ban hành kế hoạch (1 điểm, theo thời hạn)"
fn summary(criterion: &Value) -> String {
    let said = of_criterion(criterion);
    let find = |field: &Field| said.lines.iter().find(|(what, _)| *what == field.label).map(|(_, text)| text.as_str());
    let [_, name, max, ..] = CRITERION_HEAD else { return String::new() };
    let details: Vec<String> =
        find(max).map(|max| format!("{max} điểm")).into_iter().chain(find(KIND).map(str::to_owned)).collect();
    let name = find(name).unwrap_or_default();
    if details.is_empty() { name.into() } else { format!("{name} ({})", details.join(", ")) }
}

#[cfg(test)]
mod tests;
