//! Appraisal of one unit (`ux.md` 8.9): the same grid with the appraised points, the difference and its reason.

mod across;
mod drawer;
mod save;

use crate::entry;
use crate::model::*;
use crate::pages::card::{At, Shown, Typed, drawer::at_boxes, field_filter, filled_by, only_drawer, rows::plain};
use crate::pages::place;
use crate::pages::rounds::crumbs;
use crate::rules;
use crate::view::{self, View, shown};
use crate::words;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use base::Decimal;
use base::number::{signed, vi, vi_fixed};
use maud::{Markup, PreEscaped, html};
use people::{Failure, UnitId};
use score::Node;
use score::set::FilledBy;
use web::look::grid::{self, Cell, Mode, Stand};
use web::look::parts::{self, Button, Tone};
use web::look::table::Column;
use web::look::{Icon, Page};
use web::{Answer, Posted, Routes, Visit, Who, form, fragment, show, show_again};

pub fn routes() -> Routes {
    Routes::new()
        .get("/chi-so/dot/{round}/tham-dinh/{unit}", Who::SignedIn, page)
        .post("/chi-so/dot/{round}/tham-dinh/{unit}/o/{code}", Who::SignedIn, save::save)
        .post("/chi-so/dot/{round}/tham-dinh/{unit}/nguoi-thu-hai/{code}", Who::SignedIn, save::second)
        .post("/chi-so/dot/{round}/tham-dinh/{unit}/khong-ap-dung/{code}", Who::SignedIn, save::excuse)
        .post("/chi-so/dot/{round}/tham-dinh/{unit}/ket-luan", Who::SignedIn, save::conclude)
        .get("/chi-so/dot/{round}/tham-dinh-theo-tieu-chi/{kind}/{code}", Who::SignedIn, across::page)
}

async fn page(visit: Visit, Path((round, unit)): At, Query(shown): Query<Shown>, headers: HeaderMap) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let view = view::load(&mut conn, &visit.scope, round, unit).await?;
    allowed(&view)?;
    let open = match &shown.mo {
        Some(code) => Some(drawer::load(&mut conn, &visit, &view, code, None).await?),
        None => None,
    };
    if let (true, Some(open)) = (only_drawer(&headers), &open) {
        return fragment(StatusCode::OK, open.clone());
    }
    show(whole(&visit, &view, &shown, open, &Typed::default()))
}

/// The page again with the drawer open, what was typed in it, and why it was not taken.
pub(crate) async fn again(
    visit: &Visit,
    round: RoundId,
    unit: UnitId,
    code: &str,
    form: &Posted,
    failure: Failure,
) -> Answer {
    let Failure::Refused(refusals) = failure else { return Err(failure.into()) };
    let mut conn = visit.site.db.read().await?;
    let view = view::load(&mut conn, &visit.scope, round, unit).await?;
    allowed(&view)?;
    let open = drawer::load(&mut conn, visit, &view, code, Some((form, &refusals))).await?;
    show_again(whole(visit, &view, &Shown::default(), Some(open), &Typed::default()), at_boxes(refusals, code))
}

/// Appraisers of a field, the council and the round's administrator; a unit sees the verdicts on its own card.
pub(crate) fn allowed(view: &View) -> Result<(), NotNow> {
    let inside = !view.fields.is_empty() || view.standing.councils || view.standing.administers;
    if inside { Ok(()) } else { Err(NotNow::NotYourField) }
}

/// Whether this person sees a criterion here: an appraiser sees the fields that are theirs, and no others.
fn is_seen(view: &View, code: &str) -> bool {
    view.standing.councils || view.standing.administers || view.fields.iter().any(|field| rules::covers(field, code))
}

pub(crate) fn whole(visit: &Visit, view: &View, shown: &Shown, open: Option<Markup>, typed: &Typed) -> Page {
    let table = grid::grid(Mode::Appraise, "Phiếu thẩm định", &columns(), &all_rows(visit, view, shown, typed), open);
    let mut page = Page::new(
        format!("Thẩm định: {}", view.card.unit_name),
        html! { (bar(view)) (filters(view, shown)) (table) (conclusion(visit, view)) },
    );
    page.crumbs = crumbs(&view.round);
    page.lead = Some(html! {
        (parts::tag(Tone::Info, words::phase(view.phase)))
        @if view.card.state == CardState::Scoring { " " (parts::tag(Tone::Soon, "Đơn vị chưa gửi phiếu")) }
        @if view.card.state == CardState::Concluded { " " (parts::tag(Tone::Ok, "Đã kết luận")) }
        @if view.round.sample { " " (parts::tag(Tone::Soon, "Bộ tiêu chí và số liệu mẫu")) }
    });
    page.actions = Some(html! {
        (parts::link_button("Biên bản (PDF)", &format!("{}/bien-ban?kieu=pdf", place::appraisal(view.round.id, view.card.unit))))
    });
    page.keys = grid::APPRAISE_KEYS.to_vec();
    page.wide = true;
    page
}

fn columns<'a>() -> Vec<Column<'a>> {
    vec![
        Column::new("Mã"),
        Column::new("Tiêu chí"),
        Column::number("Tối đa"),
        Column::number("Tự chấm"),
        Column::new("Thẩm định và lý do"),
        Column::number("Lệch"),
        Column::new("TLKC").hint("Tài liệu kiểm chứng"),
        Column::new("Trạng thái"),
    ]
}

fn all_rows(visit: &Visit, view: &View, shown: &Shown, typed: &Typed) -> Markup {
    let nodes = view.set.nodes(&view.card.kind);
    let field = shown.linh_vuc.as_deref().filter(|field| !field.is_empty());
    let wanted: Vec<&str> = nodes
        .iter()
        .filter(|node| node.criterion.is_leaf() && is_seen(view, &node.criterion.code))
        .map(|node| node.criterion.code.as_str())
        .filter(|code| field.is_none_or(|field| rules::covers(field, code)))
        .filter(|code| shown.hien.as_deref() != Some("con-thieu") || !view.is_settled(code))
        .collect();
    let mut all = String::new();
    for node in nodes.iter().filter(|node| wanted.iter().any(|leaf| rules::covers(&node.criterion.code, leaf))) {
        all += &row(visit, view, node, typed).0;
    }
    PreEscaped(all)
}

/// The rows that a verdict changes.
pub(crate) fn changed(visit: &Visit, view: &View, code: &str, typed: &Typed) -> Vec<Markup> {
    view.set
        .nodes(&view.card.kind)
        .iter()
        .filter(|node| rules::covers(&node.criterion.code, code))
        .map(|node| row(visit, view, node, typed))
        .collect()
}

fn row(visit: &Visit, view: &View, node: &Node<'_>, typed: &Typed) -> Markup {
    let code = node.criterion.code.as_str();
    let depth = u8::try_from(node.depth + 1).unwrap_or(5);
    if !node.criterion.is_leaf() {
        return grid::row(code, depth, true, &parent(view, node));
    }
    let open = format!("{}?mo={code}#ngan", place::appraisal(view.round.id, view.card.unit));
    let sign = filled_by(node.criterion.filled_by).map(|(icon, word)| html! { " " span.quiet { (icon) " " (word) } });
    let own = view.own_points(code);
    let now = view.settled_points(code);
    let cells = html! {
        (grid::name(code, &node.criterion.name, Some(&open), sign))
        (grid::number(&vi(&shown(&node.max))))
        (grid::number(&own.map(|own| points(&own)).unwrap_or_else(|| "–".into())))
        (verdict_cell(visit, view, node, typed))
        (grid::number(&difference(own, now)))
        (grid::evidence(view.proofs.get(code).map_or(0, Vec::len) as u64, &open, code, false))
        (state(view, node))
    };
    grid::row(code, depth, false, &cells)
}

/// Points at up to three digits, as they are written in tables.
pub(crate) fn points(points: &Decimal) -> String {
    vi(&points.round_dp(3).normalize())
}

fn difference(own: Option<Decimal>, now: Option<Decimal>) -> String {
    match (own, now) {
        (Some(own), Some(now)) => signed(&(now - own), 2),
        _ => String::new(),
    }
}

fn parent(view: &View, node: &Node<'_>) -> Markup {
    let code = &node.criterion.code;
    let of = |score: &score::UnitScore| score.subtotal(&view.set, code).map(|sum| shown(&sum.so_far));
    let (own, now) = (of(&view.own), of(&view.settled));
    html! {
        (grid::name(code, &node.criterion.name, None, None))
        (grid::number(&vi(&shown(&node.max))))
        (grid::number(&own.map(|own| vi_fixed(&own, 2)).unwrap_or_default()))
        td { @if let Some(now) = now { (vi_fixed(&now, 2)) } }
        (grid::number(&difference(own, now)))
        td {}
        td.state data-say {}
    }
}

fn state(view: &View, node: &Node<'_>) -> Markup {
    let code = node.criterion.code.as_str();
    let verdict = view.verdicts.get(code);
    if view.answers.get(code).is_some_and(|answer| answer.excused == Some(Excused::Asked)) {
        return grid::state(Tone::Soon, "Xin không áp dụng");
    }
    let unanswered =
        view.remarks.iter().rev().find(|remark| remark.code == code).is_some_and(|last| last.side == Side::Appraiser);
    match verdict {
        Some(verdict) if verdict.second == Some(Second::Wanted) => grid::state(Tone::Soon, "Cần người thứ hai"),
        _ if unanswered => grid::state(Tone::Info, "Chờ đơn vị trả lời"),
        Some(verdict) if verdict.agrees => grid::state(Tone::Ok, "Đồng ý"),
        Some(_) => grid::state(Tone::Ok, "Đã điều chỉnh"),
        None if node.criterion.filled_by == FilledBy::Survey => grid::state(Tone::Plain, "Theo khảo sát"),
        None if view.is_settled(code) => grid::state(Tone::Plain, "Không phải xem"),
        None => grid::state(Tone::Plain, "Chưa xem"),
    }
}

/// Points and reason in one form: both are one verdict.
fn verdict_cell(visit: &Visit, view: &View, node: &Node<'_>, typed: &Typed) -> Markup {
    let code = node.criterion.code.as_str();
    let verdict = view.verdicts.get(code);
    let stored = verdict.and_then(|verdict| verdict.points);
    let mine = view.fields.iter().any(|field| rules::covers(field, code));
    let closed = rules::appraisal_open(&view.round, &view.card, visit.scope.today()).err();
    let why = match (mine, &closed) {
        (false, _) => Some(base::Refusal::from(NotNow::NotYourField).say),
        (true, Some(no)) => Some(base::Refusal::from(no.clone()).say),
        (true, None) if node.criterion.filled_by == FilledBy::Survey => {
            Some("Điểm lấy từ kết quả điều tra xã hội học.".to_owned())
        }
        (true, None) => None,
    };
    if let Some(why) = why {
        let text = stored.or(view.settled_points(code)).map(|stored| points(&stored)).unwrap_or_default();
        return grid::locked(&text, Icon::Lock, &why);
    }
    let here = typed.code == code;
    let stand = match (here && !typed.say.is_empty(), verdict) {
        (true, _) => Stand::Invalid,
        (false, Some(_)) => Stand::Saved,
        (false, None) => Stand::Todo,
    };
    let (id, why_id) = (format!("d-{code}"), format!("w-{code}"));
    let action = format!("{}/o/{code}", place::appraisal(view.round.id, view.card.unit));
    let (version, key) = (verdict.map_or(0, |verdict| verdict.version).to_string(), visit.key());
    let cell = Cell {
        id: &id,
        action: &action,
        csrf: visit.csrf(),
        version: &version,
        key: &key,
        stand,
        say: if here { &typed.say } else { "" },
        conflict: typed.conflict_at(code),
    };
    let value = if here {
        typed.form.get("points").to_owned()
    } else {
        stored.map(|stored| points(&stored)).unwrap_or_default()
    };
    let reason = if here {
        typed.form.get("reason").to_owned()
    } else {
        verdict.map(|verdict| verdict.reason.clone()).unwrap_or_default()
    };
    let label = format!("Điểm thẩm định {code}");
    let box_ = if stored.is_none() && view.own_points(code).is_some() {
        cell.number_or_agree("points", &label, &value, code)
    } else {
        cell.number("points", &label, &value)
    };
    let words = Cell { id: &why_id, say: "", conflict: None, ..cell.clone() }.words(
        "reason",
        &format!("Lý do điều chỉnh {code}"),
        &reason,
    );
    cell.with(&html! { (box_) (words) })
}

/// Progress of what this person has to look at, and the difference so far.
pub(crate) fn bar(view: &View) -> Markup {
    let seen: Vec<String> = rules::appraised_leaves(&view.set, &view.card.kind)
        .map(|one| one.code.clone())
        .filter(|code| is_seen(view, code))
        .collect();
    let done = seen.iter().filter(|code| view.is_settled(code)).count();
    let (own, now) = (shown(&view.own.so_far), shown(&view.settled.so_far));
    let total = html! {
        "Tự chấm " (vi_fixed(&own, 2)) " → thẩm định " strong { (vi_fixed(&now, 2)) } " (lệch " (signed(&(now - own), 2)) ")"
        @if let Some(index) = &view.settled.index { ", chỉ số " (vi_fixed(index, 2)) " %" }
    };
    grid::bar(&parts::progress("Đã xem", done as u64, seen.len() as u64), &html! {}, &total, &html! {})
}

fn filters(view: &View, shown: &Shown) -> Markup {
    let here = place::appraisal(view.round.id, view.card.unit);
    field_filter(view, shown, &here, &[("con-thieu", "Chưa xem")], |top| is_seen_below(view, top))
}

fn is_seen_below(view: &View, top: &str) -> bool {
    is_seen(view, top) || view.fields.iter().any(|field| rules::covers(top, field))
}

/// The council's word on the unit.
fn conclusion(visit: &Visit, view: &View) -> Markup {
    if !view.standing.councils {
        return html! {};
    }
    let left = view.left_to_appraise(None).len();
    let can = rules::may_conclude(view.standing, &view.round, &view.card, left, visit.scope.today());
    parts::section(
        "Kết luận của Hội đồng",
        None,
        html! {
            @match can {
                Ok(()) => form.form method="post" action={ (place::appraisal(view.round.id, view.card.unit)) "/ket-luan" } {
                    (form::keyed(visit))
                    (Button::new("Kết luận đơn vị"))
                },
                Err(no) => p { (base::Refusal::from(no).say) },
            }
        },
    )
}

/// What the unit answered, in words.
pub(crate) fn answered(view: &View, code: &str) -> Option<String> {
    let criterion = view.set.criterion(code)?;
    let asked = entry::asked(criterion, &view.card.kind, &plain(view));
    view.answers.get(code)?.value.as_ref().map(|value| entry::brief(&asked, value))
}
