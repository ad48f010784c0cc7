//! From an answer to boxes, and to a few words.

use super::Asked;
use base::{Date, Decimal, Refusal, day, number};
use maud::{Markup, html};
use score::set::{Level, Measure, With};
use serde_json::Value;
use web::Posted;
use web::look::fields::{self, Choice, Field};

/// Where the boxes get what stands in them: what was just typed, or what is stored.
pub struct Filled<'a> {
    pub answer: Option<&'a Value>,
    pub typed: Option<&'a Posted>,
    pub refusals: &'a [Refusal],
}

impl Filled<'_> {
    fn value(&self, name: &str, stored: impl FnOnce(&Value) -> Option<String>) -> String {
        match self.typed {
            Some(posted) => posted.get(name).to_owned(),
            None => self.answer.and_then(stored).unwrap_or_default(),
        }
    }
}

/// All boxes of a criterion, for the drawer and its page.
pub fn boxes(asked: &Asked<'_>, filled: &Filled<'_>) -> Markup {
    match asked {
        Asked::Measure(measure) => one(measure, filled, ""),
        Asked::Phase(cases) => phases(cases, filled),
        Asked::Waits(code) => {
            html! { p.quiet { "Cách chấm phụ thuộc tiêu chí " (code) ". Hãy trả lời tiêu chí đó trước." } }
        }
        Asked::Nothing => html! { p.quiet { "Tiêu chí này không có mức chấm cho đơn vị." } },
    }
}

fn phases(cases: &[(String, Measure)], filled: &Filled<'_>) -> Markup {
    let chosen = filled.value("phase", |answer| Some(answer.get("phase")?.as_str()?.to_owned()));
    let choices: Vec<Choice> = cases.iter().map(|(case, _)| Choice::new(case, case)).collect();
    html! {
        (fields::radios(Field::new("phase", "Trường hợp của đơn vị").value(&chosen).refused(filled.refusals), &choices))
        @for (at, (case, measure)) in cases.iter().enumerate() {
            fieldset.case {
                legend { "Nếu là “" (case) "”" }
                @if *case == chosen { (one(measure, filled, &format!("p{at}-"))) }
                @else { (one(measure, &Filled { answer: None, ..*filled }, &format!("p{at}-"))) }
            }
        }
    }
}

fn one(measure: &Measure, filled: &Filled<'_>, prefix: &str) -> Markup {
    let name = |name: &str| format!("{prefix}{name}");
    match measure {
        Measure::YesNo => {
            let value = filled
                .value(&name("yes"), |answer| Some(if answer.get("yes")?.as_bool()? { "1" } else { "0" }.to_owned()));
            let choices = [Choice::new("1", "Có, đạt yêu cầu"), Choice::new("0", "Không đạt")];
            fields::radios(Field::new(&name("yes"), "Kết quả").value(&value).refused(filled.refusals), &choices)
        }
        Measure::Choice { options } => levels(options, &name("choice"), filled),
        Measure::Bands { .. } => {
            number_box(&name("value"), "Số liệu, hoặc phần/tổng (ví dụ 17/20)", filled, |answer| {
                text(answer.get("value"))
                    .or_else(|| Some(format!("{}/{}", text(answer.get("part"))?, text(answer.get("whole"))?)))
            })
        }
        Measure::Ratio { part, whole, .. } => html! {
            (number_box(&name("part"), &upper(part), filled, |answer| text(answer.get("part"))))
            (number_box(&name("whole"), &upper(whole), filled, |answer| text(answer.get("whole"))))
        },
        Measure::Count { .. } => {
            number_box(&name("value"), "Số lượng", filled, |answer| text(answer.get("value")))
        }
        Measure::Relative { .. } => {
            number_box(&name("value"), "Số liệu của đơn vị", filled, |answer| text(answer.get("value")))
        }
        Measure::Versus { with, .. } => html! {
            (number_box(&name("value"), "Số liệu năm nay", filled, |answer| text(answer.get("value"))))
            @if *with == With::LastYear { (number_box(&name("last_year"), "Số liệu năm trước", filled, |answer| text(answer.get("last_year")))) }
        },
        Measure::Points { .. } => number_box(&name("value"), "Điểm", filled, |answer| text(answer.get("value"))),
        Measure::Checklist { items } => checklist(items, &name("items"), filled),
        Measure::Deduct { cases, .. } => counts(cases, &name("case"), "cases", filled),
        Measure::Survey { weights, .. } => {
            let levels: Vec<Level> = weights
                .iter()
                .enumerate()
                .map(|(i, weight)| Level { name: format!("Phương án {}", i + 1), points: *weight })
                .collect();
            counts(&levels, &name("answer"), "answers", filled)
        }
        Measure::Deadline { .. } => deadline(filled, prefix),
        Measure::BestOf { measures } => many(measures, filled, prefix),
        Measure::By { .. } => html! {},
    }
}

fn number_box(name: &str, label: &str, filled: &Filled<'_>, stored: impl FnOnce(&Value) -> Option<String>) -> Markup {
    let value = filled.value(name, stored);
    fields::number(Field::new(name, label).value(&value).width(10).refused(filled.refusals))
}

fn levels(options: &[Level], name: &str, filled: &Filled<'_>) -> Markup {
    let value = filled.value(name, |answer| Some(answer.get("choice")?.to_string()));
    let values: Vec<String> = (0..options.len()).map(|at| at.to_string()).collect();
    let labels: Vec<String> = options.iter().map(worded).collect();
    let choices: Vec<Choice> = values.iter().zip(&labels).map(|(value, label)| Choice::new(value, label)).collect();
    fields::radios(Field::new(name, "Mức đạt được").value(&value).refused(filled.refusals), &choices)
}

fn worded(level: &Level) -> String {
    format!("{}: {} điểm", level.name, number::vi(&level.points))
}

fn checklist(items: &[Level], name: &str, filled: &Filled<'_>) -> Markup {
    let chosen: Vec<String> = match filled.typed {
        Some(posted) => posted.all(name).map(str::to_owned).collect(),
        None => met(filled.answer).iter().map(u64::to_string).collect(),
    };
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let values: Vec<String> = (0..items.len()).map(|at| at.to_string()).collect();
    let labels: Vec<String> = items.iter().map(worded).collect();
    let choices: Vec<Choice> = values.iter().zip(&labels).map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        // Says that the boxes were there, so that none ticked is an answer.
        input type="hidden" name=(name) value="";
        (fields::checkboxes(Field::new(name, "Các nội dung đạt được").refused(filled.refusals), &choices, &chosen))
    }
}

fn met(answer: Option<&Value>) -> Vec<u64> {
    answer
        .and_then(|answer| answer.get("items")?.as_array())
        .map(|items| items.iter().filter_map(Value::as_u64).collect())
        .unwrap_or_default()
}

fn counts(cases: &[Level], name: &str, key: &str, filled: &Filled<'_>) -> Markup {
    html! {
        @for (at, case) in cases.iter().enumerate() {
            @let name = format!("{name}-{at}");
            @let value = filled.value(&name, |answer| Some(answer.get(key)?.get(at)?.to_string()));
            (fields::number(Field::new(&name, &format!("{} ({})", case.name, number::vi(&case.points))).hint("Số trường hợp; không có thì ghi 0").value(&value).width(4).refused(filled.refusals)))
        }
    }
}

fn deadline(filled: &Filled<'_>, prefix: &str) -> Markup {
    let name = |name: &str| format!("{prefix}{name}");
    let date =
        |key: &'static str| move |answer: &Value| Some(day::vi(answer.get(key)?.as_str()?.parse::<Date>().ok()?));
    let from = filled.value(&name("from"), date("from"));
    let done = filled.value(&name("done"), date("done"));
    let never = filled.value(&name("never"), |answer| answer.get("never")?.as_bool()?.then(|| "1".to_owned()));
    html! {
        (fields::date(Field::new(&name("from"), "Ngày tính thời hạn").value(&from).refused(filled.refusals)))
        (fields::date(Field::new(&name("done"), "Ngày hoàn thành").value(&done).refused(filled.refusals)))
        (fields::tick(Field::new(&name("never"), "Không thực hiện").refused(filled.refusals), never == "1"))
    }
}

fn many(measures: &[Measure], filled: &Filled<'_>, prefix: &str) -> Markup {
    html! {
        p.quiet { "Điền những cách tính có số liệu; hệ thống lấy cách cho điểm cao nhất." }
        @for (at, measure) in measures.iter().enumerate() {
            @let inner = filled.answer.and_then(|answer| answer.get("measures")?.get(at));
            fieldset.case {
                legend { "Cách " (at + 1) }
                (one(measure, &Filled { answer: inner, ..*filled }, &format!("{prefix}m{at}-")))
            }
        }
    }
}

/// An answer in a few words, for tables and where it cannot be changed.
pub fn brief(asked: &Asked<'_>, answer: &Value) -> String {
    match asked {
        Asked::Measure(measure) => brief_of(measure, answer),
        Asked::Phase(cases) => {
            let phase = answer.get("phase").and_then(Value::as_str).unwrap_or_default();
            let measure = cases.iter().find(|(case, _)| case == phase).map(|(_, measure)| measure);
            let rest = measure.map(|measure| brief_of(measure, answer)).unwrap_or_default();
            format!("{phase}: {rest}")
        }
        Asked::Waits(_) | Asked::Nothing => String::new(),
    }
}

fn brief_of(measure: &Measure, answer: &Value) -> String {
    let named = |levels: &[Level], at: &Value| {
        at.as_u64().and_then(|at| levels.get(usize::try_from(at).ok()?)).map(|level| level.name.clone())
    };
    let found = match measure {
        Measure::YesNo => {
            answer.get("yes").and_then(Value::as_bool).map(|yes| if yes { "Có" } else { "Không" }.to_owned())
        }
        Measure::Choice { options } => answer.get("choice").and_then(|at| named(options, at)),
        Measure::Checklist { items } => Some(format!("{}/{} nội dung", met(Some(answer)).len(), items.len())),
        Measure::Deduct { .. } => answer
            .get("cases")
            .and_then(Value::as_array)
            .map(|counts| format!("{} trường hợp", counts.iter().filter_map(Value::as_u64).sum::<u64>())),
        Measure::Survey { .. } => answer
            .get("answers")
            .and_then(Value::as_array)
            .map(|counts| format!("{} phiếu", counts.iter().filter_map(Value::as_u64).sum::<u64>())),
        Measure::Deadline { .. } => {
            match (answer.get("from").and_then(Value::as_str), answer.get("done").and_then(Value::as_str)) {
                (Some(from), Some(done)) => Some(format!("{} → {}", vi_day(from), vi_day(done))),
                _ => answer.get("never").map(|_| "Không thực hiện".to_owned()),
            }
        }
        Measure::BestOf { measures } => answer.get("measures").and_then(Value::as_array).map(|inner| {
            let parts: Vec<String> = measures
                .iter()
                .zip(inner)
                .map(|(measure, answer)| brief_of(measure, answer))
                .filter(|part| !part.is_empty())
                .collect();
            parts.join("; ")
        }),
        _ => text(answer.get("value"))
            .or_else(|| Some(format!("{}/{}", text(answer.get("part"))?, text(answer.get("whole"))?))),
    };
    found.unwrap_or_default()
}

fn vi_day(text: &str) -> String {
    text.parse::<Date>().map(day::vi).unwrap_or_else(|_| text.to_owned())
}

/// A number of the answers file, written the Vietnamese way.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text.parse::<Decimal>().map(|value| number::vi(&value)).unwrap_or(text))
}

fn upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
