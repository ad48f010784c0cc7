//! Self-assessment: the grid of a unit's card (`ux.md` 8.8).

pub(crate) mod drawer;
pub(crate) mod evidence;
pub(crate) mod facts;
pub(crate) mod rows;
pub(crate) mod save;
mod sending;

use crate::model::*;
use crate::pages::place;
use crate::pages::rounds::crumbs;
use crate::view::{self, View};
use crate::words;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use base::number::vi_fixed;
use maud::{Markup, Render, html};
use people::UnitId;
use serde::Deserialize;
use web::look::fields::{self, Choice, Field};
use web::look::grid::{self, Conflict, Mode};
use web::look::parts::{self, Tone};
use web::look::table::{Column, Toolbar};
use web::look::{Icon, Page};
use web::{Answer, Posted, Routes, Visit, Who, form, fragment, show};

pub fn routes() -> Routes {
    Routes::new()
        .get("/chi-so/dot/{round}/phieu/{unit}", Who::SignedIn, page)
        .post("/chi-so/dot/{round}/phieu/{unit}/o/{code}", Who::SignedIn, save::save)
        .post("/chi-so/dot/{round}/phieu/{unit}/giai-thich/{code}", Who::SignedIn, save::note)
        .post("/chi-so/dot/{round}/phieu/{unit}/khong-ap-dung/{code}", Who::SignedIn, save::excuse)
        .post("/chi-so/dot/{round}/phieu/{unit}/phan-cong", Who::SignedIn, save::assign)
        .post("/chi-so/dot/{round}/phieu/{unit}/lay-so-lieu", Who::SignedIn, save::facts)
        .post("/chi-so/dot/{round}/phieu/{unit}/trao-doi/{code}", Who::SignedIn, save::say)
        .get("/chi-so/dot/{round}/phieu/{unit}/gui", Who::SignedIn, sending::page)
        .post("/chi-so/dot/{round}/phieu/{unit}/gui", Who::SignedIn, sending::submit)
        .post("/chi-so/dot/{round}/phieu/{unit}/giai-trinh-xong", Who::SignedIn, sending::explained)
        .get("/chi-so/dot/{round}/phieu/{unit}/mo-lai", Who::SignedIn, sending::reopen_page)
        .post("/chi-so/dot/{round}/phieu/{unit}/mo-lai", Who::SignedIn, sending::ask_reopen)
        .post("/chi-so/dot/{round}/phieu/{unit}/mo-lai/{request}", Who::SignedIn, sending::decide_reopen)
        .and(evidence::routes())
}

/// What the grid shows, kept in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    /// The criterion whose drawer is open.
    pub mo: Option<String>,
    /// Only this field.
    pub linh_vuc: Option<String>,
    /// 'con-thieu', 'cua-toi'.
    pub hien: Option<String>,
}

pub(crate) type At = Path<(RoundId, UnitId)>;
pub(crate) type AtCode = Path<(RoundId, UnitId, String)>;

/// What one cell had when it was refused or met somebody else's.
#[derive(Default)]
pub(crate) struct Typed {
    pub code: String,
    pub form: Posted,
    pub say: String,
    /// Who wrote in between, what stands there now, what was typed here.
    pub conflict: Option<(String, String, String)>,
}

impl Typed {
    /// Both values, where this is the cell that met another's.
    pub fn conflict_at(&self, code: &str) -> Option<Conflict<'_>> {
        let (who, theirs, mine) = self.conflict.as_ref().filter(|_| self.code == code)?;
        Some(Conflict { who, theirs, mine })
    }
}

async fn page(visit: Visit, Path((round, unit)): At, Query(shown): Query<Shown>, headers: HeaderMap) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let view = view::load(&mut conn, &visit.scope, round, unit).await?;
    let open = match &shown.mo {
        Some(code) => Some(drawer::load(&mut conn, &visit, &view, code).await?),
        None => None,
    };
    if let (true, Some(open)) = (only_drawer(&headers), &open) {
        return fragment(StatusCode::OK, open.clone());
    }
    show(whole(&visit, &view, &shown, open, &Typed::default()))
}

/// Whether a script asks for the drawer alone.
pub(crate) fn only_drawer(headers: &HeaderMap) -> bool {
    headers.get("hx-target").and_then(|value| value.to_str().ok()).is_some_and(|target| target.ends_with("#ngan"))
}

/// The whole page. `typed` holds what one cell had when it was refused.
pub(crate) fn whole(visit: &Visit, view: &View, shown: &Shown, open: Option<Markup>, typed: &Typed) -> Page {
    let title = format!("{}: {}", view.round.name, view.card.unit_name);
    let grid = grid::grid(Mode::Score, "Phiếu tự chấm", &columns(), &rows::rows(visit, view, shown, typed), open);
    let mut page = Page::new(title, html! { (bar(visit, view)) (filters(view, shown)) (grid) });
    page.crumbs = crumbs(&view.round);
    page.lead = Some(lead(visit, view));
    page.actions = Some(actions(visit, view));
    page.keys = grid::SCORE_KEYS.to_vec();
    page.wide = true;
    page
}

fn columns<'a>() -> Vec<Column<'a>> {
    vec![
        Column::new("Mã"),
        Column::new("Tiêu chí"),
        Column::number("Tối đa"),
        Column::new("Trả lời"),
        Column::number("Điểm"),
        Column::new("TLKC").hint("Tài liệu kiểm chứng"),
        Column::new("Trạng thái"),
    ]
}

/// Phase, deadline and state in one line.
fn lead(visit: &Visit, view: &View) -> Markup {
    let end = crate::rules::phase_end(&view.round, view.phase);
    html! {
        (parts::tag(Tone::Info, words::phase(view.phase))) " "
        @if let Some(end) = end {
            @let left = (end - visit.scope.today()).get_days();
            "đến hết ngày " (base::day::vi(end.yesterday().unwrap_or(end))) ", còn " (left) " ngày. "
        }
        (state_of(view)) " "
        @if view.round.sample { (parts::tag(Tone::Soon, "Bộ tiêu chí và số liệu mẫu")) }
    }
}

fn state_of(view: &View) -> Markup {
    let (tone, say) = match view.card.state {
        CardState::Scoring => (Tone::Info, "Phiếu đang chấm"),
        CardState::Submitted => (Tone::Ok, "Phiếu đã gửi"),
        CardState::Appraised => (Tone::Info, "Đã thẩm định lần 1"),
        CardState::Explained => (Tone::Info, "Đã giải trình"),
        CardState::Concluded => (Tone::Ok, "Đã kết luận"),
    };
    parts::tag(tone, say)
}

fn actions(visit: &Visit, view: &View) -> Markup {
    let here = place::card(view.round.id, view.card.unit);
    let open = view.card.state == CardState::Scoring;
    html! {
        (parts::link_button("Xuất Excel", &format!("{here}/tai?kieu=xlsx")))
        @if view.standing.of_unit && open { (parts::link_button("Kiểm tra và gửi", &format!("{here}/gui"))) }
        @if view.standing.of_unit && !open && view.phase < Phase::Published { (parts::link_button("Xin mở lại", &format!("{here}/mo-lai"))) }
        @if view.standing.heads && view.phase == Phase::Explaining && (CardState::Submitted..CardState::Explained).contains(&view.card.state) {
            form method="post" action={ (here) "/giai-trinh-xong" } {
                (form::token(visit))
                (parts::button("Đã giải trình xong"))
            }
        }
        @if !view.fields.is_empty() { (parts::link_button("Thẩm định", &place::appraisal(view.round.id, view.card.unit))) }
    }
}

/// The strip with the progress: criteria concluded, never points.
pub(crate) fn bar(visit: &Visit, view: &View) -> Markup {
    let missing = view.missing();
    let count = |pick: fn(&crate::rules::Missing) -> bool| missing.iter().filter(|one| pick(one)).count();
    let all = rows::own_leaves(view).count();
    let done =
        all.saturating_sub(missing.iter().map(|one| one.code()).collect::<std::collections::BTreeSet<_>>().len());
    let proofs = count(|one| matches!(one, crate::rules::Missing::Proof(_)));
    let wrong = count(|one| matches!(one, crate::rules::Missing::Wrong(..)));
    let problems = html! {
        @if proofs > 0 { (parts::tag(Tone::Soon, &format!("Thiếu tài liệu kiểm chứng {proofs}"))) }
        @if wrong > 0 { (parts::tag(Tone::Bad, &format!("Số liệu sai {wrong}"))) }
    };
    let max = view::shown(&view.own.applicable_max);
    let so_far = view::shown(&view.own.so_far);
    let total = html! {
        "Tự chấm " strong { (vi_fixed(&so_far, 2)) } " / " (vi_fixed(&max, 2))
        @if !view.own.unknown.is_empty() { " (tạm tính, còn " (view.own.unknown.len()) " tiêu chí chưa có điểm)" }
    };
    let refresh = html! {
        @if view.standing.coordinates || view.standing.heads {
            form method="post" action={ (place::card(view.round.id, view.card.unit)) "/lay-so-lieu" } {
                (form::token(visit))
                button.btn.btn-2 type="submit" { "Lấy lại số liệu tự động" }
            }
        }
    };
    grid::bar(&parts::progress("Đã kết luận", done as u64, all as u64), &problems, &total, &refresh)
}

fn filters(view: &View, shown: &Shown) -> Markup {
    let here = place::card(view.round.id, view.card.unit);
    field_filter(view, shown, &here, &[("con-thieu", "Chưa xong"), ("cua-toi", "Giao cho tôi")], |_| true)
}

/// Which field, and which of its criteria: the same strip above both grids.
pub(crate) fn field_filter(
    view: &View,
    shown: &Shown,
    here: &str,
    kinds: &[(&str, &str)],
    seen: impl Fn(&str) -> bool,
) -> Markup {
    let nodes = view.set.nodes(&view.card.kind);
    let tops = nodes.iter().filter(|node| node.depth == 0 && seen(&node.criterion.code));
    let names: Vec<(String, String)> = tops
        .map(|node| (node.criterion.code.clone(), format!("{}. {}", node.criterion.code, node.criterion.name)))
        .collect();
    let all = [Choice::new("", "Tất cả")];
    let fields: Vec<Choice> =
        all.iter().copied().chain(names.iter().map(|(code, name)| Choice::new(code, name))).collect();
    let kinds: Vec<Choice> =
        all.iter().copied().chain(kinds.iter().map(|(value, label)| Choice::new(value, label))).collect();
    let (field, kind) = (shown.linh_vuc.as_deref().unwrap_or_default(), shown.hien.as_deref().unwrap_or_default());
    let filters = html! {
        (fields::select(Field::new("linh_vuc", "Lĩnh vực").value(field), &fields))
        (fields::select(Field::new("hien", "Hiện").value(kind), &kinds))
    };
    let set = usize::from(!field.is_empty()) + usize::from(!kind.is_empty());
    Toolbar { action: here, filters: Some(filters), set, clear: here, ..Toolbar::default() }.render()
}

/// A sign beside the name of what a person does not fill.
pub(crate) fn filled_by(by: score::set::FilledBy) -> Option<(Icon, &'static str)> {
    match by {
        score::set::FilledBy::Own => None,
        score::set::FilledBy::Auto => Some((Icon::Auto, "Tự động")),
        score::set::FilledBy::Survey => Some((Icon::Person, "Điều tra xã hội học")),
        score::set::FilledBy::Appraiser => Some((Icon::Lock, "Cơ quan thẩm định chấm")),
    }
}
