//! One edition of a set: what it says of itself, what is wrong with it, its tree.

use super::{HERE, crumbs, days, place, standing, tree};
use crate::actions::sets::set;
use crate::files::fields::{self, Form, RATING, SET};
use crate::pages::rounds::sample;
use axum::extract::Path;
use base::number::vi;
use maud::{Markup, html};
use people::Role;
use rulebook::{Edition, EditionId, Status};
use score::{CriteriaSet, Problem, Reading, Severity};
use serde_json::Value;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, form, show};

pub async fn page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let edition = set(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let reading = score::read(&edition.body);
    let writes = visit.scope.has(Role::Admin) && edition.status == Status::Draft;
    let body = html! {
        (problems(&reading, &edition.body))
        div.columns {
            (parts::section("Quy định chung", writes.then(|| html! { (Button::new("Sửa").to(&format!("{}/sua", place(&edition))).second().about("quy định chung")) }), own(&edition)))
            @if let Some(set) = &reading.set { (parts::section("Điểm theo lĩnh vực", None, sums(set))) }
        }
        (parts::section("Tiêu chí", writes.then(|| html! { (Button::new("Thêm tiêu chí").to(&format!("{}/tieu-chi", place(&edition))).second().key("alt+n")) }), tree::tree(&visit, &edition, reading.set.as_ref(), writes)))
    };
    let mut page = Page::new(edition.name.clone(), body);
    page.crumbs = crumbs();
    let (_, tone, word) = standing(&edition, visit.scope.today());
    page.lead = Some(html! {
        (parts::tag(tone, word)) " " code { (edition.code) } ", bản số " (edition.number) ", " (days(&edition)) ". "
        @if edition.source.is_empty() { "Chưa ghi căn cứ ban hành." } @else { (edition.source) }
        @if edition.sample { " " (sample()) }
    });
    page.actions = Some(actions(&visit, &edition, reading.errors().count()));
    show(page)
}

fn actions(visit: &Visit, edition: &Edition, errors: usize) -> Markup {
    let here = place(edition);
    let admin = visit.scope.has(Role::Admin);
    let draft = edition.status == Status::Draft;
    html! {
        @if admin && draft && errors == 0 { (Button::new("Ban hành").to(&format!("{here}/ban-hanh"))) }
        (Button::new("Excel").to(&format!("{here}/tai?kieu=xlsx")).second().file())
        @if errors == 0 { (Button::new("TOML").to(&format!("{here}/tai?kieu=toml")).second().file()) }
        (Button::new("JSON").to(&format!("{here}/tai?kieu=json")).second().file())
        (Button::new("So sánh").to(&format!("{HERE}/so-sanh?b={}", edition.id)).second())
        @if admin { (Button::new("Chép sang năm sau").to(&format!("{here}/sao-chep")).second()) }
        @if admin && draft {
            form method="post" action={ (here) "/bo" } {
                (form::token(visit))
                input type="hidden" name="version" value=(edition.version);
                (Button::new("Bỏ bản nháp").danger())
            }
        }
    }
}

/// What `check` finds, each with a way to its criterion.
fn problems(reading: &Reading, body: &Value) -> Markup {
    let of = |severity: Severity| {
        reading.problems.iter().filter(move |problem| problem.severity == severity).collect::<Vec<_>>()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    html! {
        @if !errors.is_empty() {
            (parts::notice(Tone::Bad, html! { "Bộ tiêu chí còn " (errors.len()) " lỗi nên chưa ban hành được." }))
            ul { @for problem in &errors { li { (said(problem, body)) } } }
        }
        @if !warnings.is_empty() {
            (parts::details(&format!("{} điểm cần lưu ý", warnings.len()), html! { ul { @for problem in &warnings { li { (said(problem, body)) } } } }))
        }
    }
}

fn said(problem: &Problem, body: &Value) -> Markup {
    let known = |code: &&str| tree::criteria(body).iter().any(|criterion| tree::code(criterion) == *code);
    // Some sentences name their criterion themselves.
    let say = problem
        .code
        .as_ref()
        .and_then(|code| problem.say.strip_prefix(&format!("Tiêu chí {code}: ")))
        .unwrap_or(&problem.say);
    html! {
        @if let Some(code) = &problem.code {
            @if known(&code.as_str()) { a href={ "#" (tree::anchor(code)) } { "Tiêu chí " (code) } ": " } @else { "Tiêu chí " (code) ": " }
        }
        (say)
    }
}

/// What the set says of itself, in the words of the workbook.
fn own(edition: &Edition) -> Markup {
    let body = &edition.body;
    let shown = |field: &fields::Field| {
        let value = fields::get(body, field.key)?;
        if let (Form::List, Some(kinds)) = (field.form, value.as_array()) {
            return Some(kinds.iter().filter_map(Value::as_str).map(people::kind_name).collect::<Vec<_>>().join("; "));
        }
        Some(fields::in_words(&field.form.cell(value)?))
    };
    let ratings = fields::get(body, "ratings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let lines = SET.iter().filter_map(|field| Some((field.label, html! { (shown(field)?) })));
    let rating = |rating: &Value| {
        let said: Vec<String> = RATING
            .iter()
            .map(|field| {
                fields::get(rating, field.key)
                    .and_then(|value| field.form.cell(value))
                    .map(|cell| fields::in_words(&cell))
                    .unwrap_or_default()
            })
            .collect();
        let strict = rating.get("no_zero") == Some(&Value::Bool(true));
        html! { (said[0]) ": từ " (said[1]) " %" @if strict { ", không có tiêu chí 0 điểm" } br; }
    };
    html! {
        (parts::facts(lines))
        @if !ratings.is_empty() { (parts::facts([("Xếp loại", html! { @for one in ratings { (rating(one)) } })])) }
    }
}

/// The maximum of each field for each kind of unit, and their sum; groups stand outside it.
fn sums(set: &CriteriaSet) -> Markup {
    let kinds: Vec<&str> =
        if set.applies_to.is_empty() { vec![""] } else { set.applies_to.iter().map(String::as_str).collect() };
    let mut columns = vec![Column::new("Lĩnh vực")];
    columns.extend(
        kinds
            .iter()
            .map(|kind| Column::number(if kind.is_empty() { "Điểm tối đa" } else { people::kind_name(kind) })),
    );
    let tops: Vec<_> = set.criteria.iter().filter(|criterion| !criterion.code.contains('.')).collect();
    let nodes: Vec<Vec<score::Node<'_>>> = kinds.iter().map(|kind| set.nodes(kind)).collect();
    let max = |of_kind: &[score::Node<'_>], code: &str| {
        of_kind.iter().find(|node| node.criterion.code == code).map(|node| crate::view::shown(&node.max))
    };
    let rows = tops
        .iter()
        .map(|top| {
            let mut cells = vec![
                html! { (top.code) ". " (top.name) @if top.group.is_some() { " " span.quiet { "(ngoài tổng điểm)" } } },
            ];
            cells.extend(nodes.iter().map(
                |of_kind| html! { @match max(of_kind, &top.code) { Some(max) => (vi(&max.normalize())), None => "–" } },
            ));
            Row::new(cells)
        })
        .collect();
    let total = |of_kind: &Vec<score::Node<'_>>| {
        tops.iter().filter(|top| top.group.is_none()).filter_map(|top| max(of_kind, &top.code)).sum::<base::Decimal>()
    };
    let mut foot = vec![html! { "Tổng" }];
    foot.extend(nodes.iter().map(|of_kind| html! { (vi(&total(of_kind).normalize())) }));
    html! { (Table { caption: "Điểm tối đa theo lĩnh vực", columns, rows, foot: Some(Row::new(foot)), names: 0, ..Table::default() }) }
}
