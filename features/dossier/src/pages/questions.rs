//! An electronic form on a page: its questions as boxes, what was written in them, and its answers as they are read
//! afterwards. Everything is settled on the server: the page is the same with and without script.

use base::{Date, Refusal, Refusals, Timestamp};
use form::{Form, Kind, Settled, Shown};
use maud::{Markup, html};
use serde_json::{Map, Value};
use web::Posted;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};

/// Boxes of the form are named by their path after this, apart from the page's own.
const BOX: &str = "to_khai.";

/// What somebody asks of a form besides keeping it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    Keep,
    /// Only look again: what is asked may hang on what was answered.
    Again,
    Add(String),
    Drop(String),
}

impl Wish {
    pub fn of(form: &Posted) -> Wish {
        match form.get("lam").split_once(':') {
            Some(("them", path)) => Wish::Add(path.to_owned()),
            Some(("bo", path)) => Wish::Drop(path.to_owned()),
            _ if form.get("lam") == "xem" => Wish::Again,
            _ => Wish::Keep,
        }
    }

    /// A row more, or one less.
    pub fn grant(&self, given: &mut Map<String, Value>) {
        match self {
            Wish::Add(path) => {
                if let Some(rows) = rows_at(given, path) {
                    rows.push(Value::Object(Map::new()));
                }
            }
            Wish::Drop(path) => {
                let Some((path, row)) = path.strip_suffix(']').and_then(|path| path.rsplit_once('[')) else { return };
                let row = row.parse::<usize>().ok().and_then(|row| row.checked_sub(1));
                if let (Some(rows), Some(row)) = (rows_at(given, path), row)
                    && row < rows.len()
                {
                    rows.remove(row);
                }
            }
            Wish::Keep | Wish::Again => {}
        }
    }
}

/// The rows of a repeat, made where there are none yet: `nguoi`, `cua_hang[2].tru_bom`.
fn rows_at<'a>(given: &'a mut Map<String, Value>, path: &str) -> Option<&'a mut Vec<Value>> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let (name, row) = match first.strip_suffix(']').and_then(|first| first.rsplit_once('[')) {
        Some((name, row)) => (name, row.parse::<usize>().ok()?.checked_sub(1)),
        None => (first, None),
    };
    let slot = given.entry(name.to_owned()).or_insert_with(|| match rest {
        None => Value::Array(Vec::new()),
        Some(_) => Value::Object(Map::new()),
    });
    match (rest, row) {
        (None, _) => slot.as_array_mut(),
        (Some(rest), Some(row)) => rows_at(slot.as_array_mut()?.get_mut(row)?.as_object_mut()?, rest),
        (Some(rest), None) => rows_at(slot.as_object_mut()?, rest),
    }
}

/// The answers of a form that was sent. Numbers and days as people type them become what the engine takes; one that cannot
/// be read is refused at its box.
pub fn answers(form: &Form, posted: &Posted, today: Date) -> (Map<String, Value>, Refusals) {
    let mut refusals = Refusals::new();
    let mut plain: Vec<(String, String)> = Vec::new();
    for (name, text) in posted.fields() {
        let Some(path) = name.strip_prefix(BOX) else { continue };
        match canonical(kind_at(form, path), text.trim(), today) {
            Ok(text) => plain.push((path.to_owned(), text)),
            Err(no) => refusals.push(no.at(name)),
        }
    }
    let pairs = plain.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    (form::of_fields(form, pairs), refusals)
}

/// The kind of the question at a path, whatever the rows.
fn kind_at(form: &Form, path: &str) -> Option<Kind> {
    let mut bare = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if !inside => bare.push(c),
            _ => {}
        }
    }
    (0..form.questions.len()).find(|place| form.path(*place) == bare).map(|place| form.questions[place].kind)
}

fn canonical(kind: Option<Kind>, text: &str, today: Date) -> Result<String, Refusal> {
    match kind {
        _ if text.is_empty() => Ok(String::new()),
        Some(Kind::Integer | Kind::Decimal) => base::number::read_vi(text).map(|number| number.to_string()),
        Some(Kind::Date) => base::day::read_vi(text, today).map(|day| day.to_string()),
        _ => Ok(text.to_owned()),
    }
}

/// Refusals of the engine at the boxes of the page, after those of what could not be read: such a box is empty to the
/// form, and is refused once, for what it is.
pub fn at_boxes(unread: Refusals, refusals: &[Refusal]) -> Refusals {
    let at = |no: &Refusal| match &no.field {
        Some(path) => no.clone().at(format!("{BOX}{path}")),
        None => no.clone(),
    };
    let others = refusals.iter().map(at).filter(|no| !unread.iter().any(|known| known.field == no.field));
    let others: Refusals = others.collect();
    unread.into_iter().chain(others).collect()
}

/// The whole form: `head` holds what every form of its page carries.
pub fn ask(
    (form, settled): (&Form, &Settled<'_>),
    action: &str,
    head: &Markup,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Markup {
    html! {
        p { (form.title) }
        form.form method="post" action=(action) data-live=(watched(form)) data-guard {
            (head)
            // Enter in a box presses the first button of a form: it shall not be one that adds or drops a row.
            button.vh type="submit" name="lam" value="luu" tabindex="-1" aria-hidden="true" { "Lưu" }
            (boxes(form, settled, posted, refusals))
            (Button::new("Lưu và tiếp tục").sends("lam", "luu"))
            div.no-js {
                (Button::new("Cập nhật câu hỏi").second().sends("lam", "xem"))
                p.quiet { "Một số câu hỏi chỉ hiện sau khi bạn trả lời câu khác: bấm “Cập nhật câu hỏi”. Những gì đã nhập được giữ." }
            }
        }
    }
}

/// The names of the boxes that other questions look at, without their rows: see `assets/js/live.js`.
fn watched(form: &Form) -> String {
    form::watched(form).iter().map(|path| format!("{BOX}{path}")).collect::<Vec<_>>().join(" ")
}

/// The boxes, from top to bottom. `posted` keeps what was typed and could not be read.
fn boxes(form: &Form, settled: &Settled<'_>, posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let surplus = settled.refusals.iter().filter(|no| no.code == "form.rows").filter_map(|no| no.field.as_deref());
    let surplus: Vec<&str> = surplus.collect();
    html! { @for one in &settled.shown { (shown(form, one, &surplus, posted, refusals)) } }
}

/// `surplus`: repeats with more rows than their count says. Only there, and where nobody counts, a row may be taken away.
fn shown(form: &Form, one: &Shown<'_>, surplus: &[&str], posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let is_counted = form.questions[one.place].repeat_count.is_some();
    let refused = |path: &str| refusals.iter().find(|no| no.field.as_deref() == Some(&*format!("{BOX}{path}")));
    match (one.question.kind, one.row) {
        (Kind::Group, _) => html! { @if !one.label.is_empty() { h2 { (one.label) } } },
        (Kind::Repeat, None) => html! {
            h2 { (one.label) }
            @if let Some(no) = refused(&one.path) { p.govuk-error-message id={ (BOX) (one.path) } tabindex="-1" { (no.say) } }
            @if !is_counted {
                p { (Button::new("Thêm dòng").second().sends("lam", &format!("them:{}", one.path)).about(&one.label)) }
            }
        },
        (Kind::Repeat, Some(row)) => html! {
            h3 { (one.label) " " (row) }
            @if !is_counted || surplus.iter().any(|path| one.path.strip_prefix(path).is_some_and(|row| row.starts_with('['))) {
                p { (Button::new("Bỏ dòng này").quiet().sends("lam", &format!("bo:{}", one.path)).about(&format!("{} {row}", one.label))) }
            }
        },
        (Kind::Note, _) => parts::notice(parts::Tone::Info, html! { (one.label) }),
        _ => question(one, posted, refusals),
    }
}

fn question(one: &Shown<'_>, posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let name = format!("{BOX}{}", one.path);
    let kind = one.question.kind;
    let unread = posted.filter(|_| refusals.iter().any(|no| no.field.as_deref() == Some(&*name)));
    let value = unread.map_or_else(|| as_typed(kind, &one.value), |form| form.get(&name).to_owned());
    let choices: Vec<Choice> = one.choices.iter().map(|choice| Choice::new(choice.name, &choice.label)).collect();
    let field = Field::new(&name, &one.label).hint(&one.hint).value(&value).locked(one.read_only).refused(refusals);
    let field = if one.required { field } else { field.optional() };
    match kind {
        Kind::One(_) if choices.len() > 15 => fields::select(field, &choices),
        Kind::One(_) => fields::radios(field, &choices),
        // The empty box says that the question was there, so that the last tick can be taken away.
        Kind::Many(_) | Kind::Acknowledge => html! {
            input type="hidden" name=(name) value="";
            @let choices = if kind == Kind::Acknowledge { vec![Choice::new("OK", "Đồng ý")] } else { choices };
            (fields::checkboxes(field, &choices, &one.value.split_whitespace().collect::<Vec<_>>()))
        },
        Kind::Integer | Kind::Decimal => fields::number(field),
        Kind::Date => fields::date(field),
        Kind::File => html! { p { (one.label) ": " span.quiet { "gửi ở phần giấy tờ" } } },
        _ if one.question.appearance.contains("multiline") => fields::textarea(field),
        _ => fields::text(field),
    }
}

/// A value as people write it.
fn as_typed(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Decimal | Kind::Integer => value.replace('.', ","),
        Kind::Date => value.parse::<Date>().map_or_else(|_| value.to_owned(), base::day::vi),
        _ => value.to_owned(),
    }
}

/// The answers as they are read afterwards: each under its question, section by section.
pub fn told(form: &Form, values: &Map<String, Value>, on: Timestamp) -> Markup {
    let settled = form::settle(form, values, base::day::today(on), on);
    let mut sections: Vec<(String, Vec<(&str, Markup)>)> = vec![(String::new(), Vec::new())];
    for one in &settled.shown {
        match (one.question.kind, one.row) {
            (Kind::Note | Kind::File, _) | (Kind::Repeat, None) => {}
            (Kind::Group, _) => sections.push((one.label.clone(), Vec::new())),
            (Kind::Repeat, Some(row)) => sections.push((format!("{} {row}", one.label), Vec::new())),
            _ if one.value.is_empty() => {}
            _ => {
                if let Some((_, lines)) = sections.last_mut() {
                    lines.push((&one.label, html! { (said(one)) }));
                }
            }
        }
    }
    html! {
        @for (title, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            @if !title.is_empty() { h3 { (title) } }
            (parts::facts(lines))
        }
    }
}

/// An answer in the words of its choice.
fn said(one: &Shown<'_>) -> String {
    let label = |name: &str| {
        let choice = one.choices.iter().find(|choice| choice.name == name);
        choice.map_or_else(|| name.to_owned(), |choice| choice.label.clone())
    };
    match one.question.kind {
        Kind::One(_) | Kind::Many(_) => one.value.split_whitespace().map(label).collect::<Vec<_>>().join(", "),
        Kind::Acknowledge => "Đồng ý".to_owned(),
        kind => as_typed(kind, &one.value),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    const FORM: &str = include_str!("../../../../data/forms/mau-ban-le-xang-dau.toml");

    fn form() -> Form {
        let file: form::File = toml::from_str(FORM).unwrap();
        form::read(&file).form.unwrap()
    }

    #[test]
    fn numbers_and_days_are_read_as_people_type_them() {
        let form = form();
        let today: Date = "2026-11-24".parse().unwrap();
        let read = |boxes: &[(&str, &str)]| answers(&form, &Posted::from_pairs(boxes), today);
        let (given, refusals) = read(&[("to_khai.giay_cu.ngay_cap", "5/9/26"), ("csrf", "x"), ("lam", "luu")]);
        assert_eq!(refusals, []);
        assert_eq!(given["giay_cu"]["ngay_cap"], "2026-09-05");
        let (_, refusals) = read(&[("to_khai.giay_cu.ngay_cap", "31/02/2026")]);
        assert_eq!(refusals[0].field.as_deref(), Some("to_khai.giay_cu.ngay_cap"));
    }

    #[test]
    fn rows_are_added_and_taken_away_where_they_stand() {
        let mut given: Map<String, Value> = serde_json::from_str(r#"{"a": [{"b": [{"c": "1"}]}, {}]}"#).unwrap();
        Wish::Add("a[2].b".into()).grant(&mut given);
        Wish::Add("d.e".into()).grant(&mut given);
        Wish::Drop("a[1].b[1]".into()).grant(&mut given);
        Wish::Drop("a[9]".into()).grant(&mut given);
        let expected: Value = serde_json::from_str(r#"{"a": [{"b": []}, {"b": [{}]}], "d": {"e": [{}]}}"#).unwrap();
        assert_eq!(Value::Object(given), expected);
    }
}
