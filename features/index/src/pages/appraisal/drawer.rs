//! The appraiser's drawer: the evidence in the page, last year's outcome, the others on the same criterion, the talk.

use crate::actions::{self, Beside};
use crate::model::*;
use crate::pages::card::drawer::{Typed, talk};
use crate::pages::card::{evidence, facts};
use crate::pages::place;
use crate::rules;
use crate::view::View;
use base::number::vi;
use db::Conn;
use maud::{Markup, html};
use people::Failure;
use web::look::grid;
use web::look::parts::{self, Button};
use web::{Visit, form};

pub async fn load(
    conn: &mut Conn,
    visit: &Visit,
    view: &View,
    code: &str,
    typed: Typed<'_>,
) -> Result<Markup, Failure> {
    let criterion = view.set.criterion(code).ok_or_else(|| NotNow::NoSuchCriterion { code: code.to_owned() })?;
    if !super::is_seen(view, code) {
        return Err(NotNow::NotYourField.into());
    }
    let given = evidence::load(conn, view, code).await?;
    let behind = facts::behind(conn, visit, view, criterion).await?;
    let beside = actions::beside(conn, view, code).await?;
    let here = place::appraisal(view.round.id, view.card.unit);
    let answer = view.answers.get(code);
    let inside = html! {
        p { "Điểm tối đa " strong { (criterion.max.map(|max| vi(&max)).unwrap_or_default()) } }
        @if let Some(text) = &criterion.text { p.rule { @for line in text.lines() { (line) br; } } }
        @if let Some(said) = super::answered(view, code) { p { "Đơn vị trả lời: " strong { (said) } } }
        @if let Some(line) = view.own_line(code) { p { "Cách tính: " (line.why) } }
        (behind)
        @if let Some(answer) = answer.filter(|answer| !answer.note.is_empty()) { p { "Giải trình: " (answer.note) } }
        (excuse(visit, view, code))
        (evidence::section(visit, view, code, &given, false, None))
        (preview(&given))
        (others(view, code, &beside))
        (second(visit, view, code))
        (talk(visit, view, code, "tham-dinh", typed))
        p { a href={ "/chi-so/dot/" (view.round.id) "/tham-dinh-theo-tieu-chi/" (view.card.kind) "/" (code) } { "So tiêu chí này giữa các đơn vị" } }
    };
    Ok(grid::drawer(&format!("{code}. {}", criterion.name), &format!("{here}#r-{code}"), &inside))
}

/// The first file that a browser can show, in the page.
fn preview(given: &actions::Given) -> Markup {
    let shown = given.files.iter().find(|file| file.kind == "application/pdf" || file.kind.starts_with("image/"));
    html! {
        @if let Some(file) = shown {
            @let href = format!("/chi-so/tai-lieu/{}/{}", file.about, file.id);
            @if file.kind == "application/pdf" { iframe.preview src=(href) title={ "Xem " (file.name) } loading="lazy" {} }
            @else { img.preview src=(href) alt=(file.name); }
        }
    }
}

fn others(view: &View, code: &str, beside: &Beside) -> Markup {
    html! {
        @if let Some(last) = &beside.last_year {
            p { "Năm trước: tự chấm " (last.own.map(|own| vi(&own)).unwrap_or_else(|| "–".into())) ", thẩm định " (last.points.map(|points| vi(&points)).unwrap_or_else(|| "–".into()))
                @if !last.reason.is_empty() { " (" (last.reason) ")" } }
        }
        @if let Some(median) = &beside.median {
            p { "Trung vị của " (beside.units) " đơn vị cùng loại ở tiêu chí " (code) ": " strong { (super::points(median)) } }
        }
        @if view.round.sample { p.quiet { "Số liệu mẫu." } }
    }
}

fn excuse(visit: &Visit, view: &View, code: &str) -> Markup {
    let Some(answer) = view.answers.get(code).filter(|answer| answer.excused.is_some()) else { return html! {} };
    let mine = view.fields.iter().any(|field| rules::covers(field, code));
    parts::section(
        "Đề nghị không áp dụng",
        None,
        html! {
            p { (answer.excused_why) }
            @if answer.excused == Some(Excused::Asked) && mine {
                form.form method="post" action={ (place::appraisal(view.round.id, view.card.unit)) "/khong-ap-dung/" (code) } {
                    (form::token(visit))
                    (Button::new("Đồng ý không áp dụng").sends("granted", "1"))
                    (Button::new("Không đồng ý").second().sends("granted", "0"))
                }
            }
        },
    )
}

fn second(visit: &Visit, view: &View, code: &str) -> Markup {
    let Some(verdict) = view.verdicts.get(code) else { return html! {} };
    let here = place::appraisal(view.round.id, view.card.unit);
    let mine = view.fields.iter().any(|field| rules::covers(field, code));
    if !mine {
        return html! {};
    }
    let first = verdict.account.is_some() && verdict.account == visit.scope.account;
    html! {
        @match (verdict.second, first) {
            (Some(Second::Wanted), false) => form method="post" action={ (here) "/nguoi-thu-hai/" (code) } {
                (form::token(visit))
                (Button::new("Tôi đồng ý với điểm này").second())
            },
            (Some(Second::Wanted), true) => p.quiet { "Đang chờ người thẩm định thứ hai." },
            (Some(Second::Agreed), _) => p.quiet { "Người thẩm định thứ hai đã đồng ý." },
            (None, _) => form method="post" action={ (here) "/o/" (code) } {
                (form::token(visit))
                input type="hidden" name="version" value=(verdict.version);
                input type="hidden" name="points" value=(verdict.points.map(|points| vi(&points)).unwrap_or_default());
                input type="hidden" name="reason" value=(verdict.reason);
                (Button::new("Đánh dấu cần người thứ hai").quiet().sends("second", "1"))
            },
        }
    }
}
