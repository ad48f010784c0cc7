//! One component of QĐ 766: its rule, its numbers, the procedures behind them; and entering it with its source.

use super::quality::{HERE, came, days_of, number, rule, said};
use super::stats;
use crate::actions::{self, Entered, Quality, QualityPlace};
use crate::quality::{self, Came, Count, Excuse, Line};
use axum::extract::Path;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::{Answer, Posted, Visit, form, show as show_page};

pub async fn page(visit: Visit, Path(criterion): Path<String>) -> Answer {
    show_page(shown(&visit, &criterion, None, &[]).await?)
}

async fn shown(visit: &Visit, criterion: &str, typed: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let list = Listing::of(&visit.uri, "", &[]);
    let (days, odd) = days_of(&list, &visit.scope);
    if !odd.is_empty() {
        return Err(Failure::Refused(odd));
    }
    let index = quality::index().ok_or_else(|| Failure::Broken("the components of QĐ 766 are broken".into()))?;
    let one = index.set.criterion(criterion).filter(|one| one.is_leaf()).ok_or(Failure::NotFound)?;
    let mut conn = visit.site.db.snapshot().await?;
    let found = actions::quality(&mut conn, &visit.scope, list.get("co_quan").parse().ok(), days).await?;
    let line = found.lines.iter().find(|line| line.component.criterion == criterion).ok_or(Failure::NotFound)?;
    let place = QualityPlace { agency: found.unit.id, from: days.0, to: days.1 };
    let here = own(&list, &found.unit.id.to_string(), criterion);
    let why = found.score.line(&index.set, criterion).map(|line| line.why.clone()).unwrap_or_default();
    let body = html! {
        @match &line.came { Came::Excused(excuse) => (away(excuse, &found)), _ => (numbers(line, place)) }
        @if !why.is_empty() { p { (why) } }
        @if let Some(text) = &one.text { p { @for line in text.lines() { (line) br; } } }
        (procedures(&found, line))
        @if found.may_enter {
            @match &line.came {
                Came::Excused(excuse) => (applies(visit, &here, excuse)),
                _ => { (entry(visit, line, &here, typed, refusals)) (excusing(visit, &here, &found, typed, refusals)) }
            }
        }
    };
    let mut page = Page::new(format!("{} {}", one.code, one.name), body);
    page.lead = Some(html! { (found.unit.name) ". " (said(days)) });
    let agency = found.unit.id.to_string();
    let up = web::address::with(HERE, &[("co_quan", &agency), ("ky", list.get("ky")), ("nam", list.get("nam"))]);
    page.crumbs = vec![("Chỉ số 766".into(), up)];
    Ok(page)
}

fn numbers(line: &Line, place: QualityPlace) -> Markup {
    let Some((part, whole)) = line.numbers else {
        return parts::empty(
            "Chưa có số của thành phần này.",
            "Số lấy từ hệ thống khác: ghi lại cùng văn bản, báo cáo làm nguồn.",
            None,
        );
    };
    let sides = match line.came {
        Came::Counted { part, whole } => [Some(part), Some(whole)],
        _ => [None, None],
    };
    let label = |side: Option<Count>, usual: &'static str| side.map_or(usual, Count::say);
    parts::facts([
        (label(sides[0], "Số đạt"), number(place, sides[0], &part)),
        (label(sides[1], "Trên tổng số"), number(place, sides[1], &whole)),
        ("Nguồn", came(line)),
    ])
}

/// The procedures behind the numbers, those of the part marked.
fn procedures(found: &Quality, line: &Line) -> Markup {
    let Came::Counted { part, whole } = line.came else { return html! {} };
    let Some(all) = found.procedures.get(&whole) else { return html! {} };
    let reached = found.procedures.get(&part);
    let has = |code: &str| reached.is_some_and(|some| some.iter().any(|(one, _)| one == code));
    html! {
        @if !all.is_empty() {
            h2 { (whole.say()) }
            ul {
                @for (code, name) in all {
                    li { (code) " " (name) @if has(code) { " " (parts::tag(web::look::Tone::Info, "Đạt")) } }
                }
            }
        }
    }
}

/// Where numbers of the component are sent, and where that it does not apply.
/// `agency`: also where the address names none, and it is one's own.
fn own(list: &Listing, agency: &str, criterion: &str) -> [String; 2] {
    let pairs = [("co_quan", agency), ("ky", list.get("ky")), ("nam", list.get("nam"))];
    let here = format!("{HERE}/{criterion}");
    [web::address::with(&here, &pairs), web::address::with(&format!("{here}/khong-ap-dung"), &pairs)]
}

fn away(excuse: &Excuse, found: &Quality) -> Markup {
    html! {
        (parts::facts([
            ("Tình trạng", html! { (parts::tag(web::look::Tone::Calm, "Không áp dụng")) }),
            ("Lý do", html! { (excuse.reason) }),
            ("Người ghi", html! { (excuse.author) ", " (base::day::vi_moment(excuse.at)) }),
        ]))
        @if let Some(excused) = found.excused { p { (rule(excused)) } }
    }
}

/// Says that it does not apply.
fn excusing(visit: &Visit, to: &[String; 2], found: &Quality, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let reason = typed.map_or("", |form| form.get("ly_do"));
    let hint = "Theo văn bản nào, vì sao không có ở cơ quan này";
    let inside = html! {
        @if let Some(excused) = found.excused { p { (rule(excused)) } }
        form.form method="post" action=(to[1]) data-guard {
            (form::token(visit))
            (fields::textarea(Field::new("ly_do", "Lý do không áp dụng").hint(hint).value(reason).rows(2).refused(refusals)))
            (Button::new("Ghi không áp dụng").second())
        }
    };
    parts::section("Thành phần không áp dụng cho cơ quan", None, inside)
}

/// Takes that back.
fn applies(visit: &Visit, to: &[String; 2], excuse: &Excuse) -> Markup {
    html! {
        form method="post" action=(to[1]) {
            (form::token(visit))
            (Button::new("Áp dụng lại thành phần này").about(&excuse.criterion).sends("bo", "1").second())
        }
    }
}

fn entry(visit: &Visit, line: &Line, to: &[String; 2], typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let stands = |first: bool| match (&line.came, line.numbers) {
        (Came::Entered { .. }, Some((part, whole))) => base::number::vi(if first { &part } else { &whole }),
        _ => String::new(),
    };
    let source = match &line.came {
        Came::Entered { source, .. } => source.clone(),
        _ => String::new(),
    };
    let value = |name: &str, usual: String| typed.map_or(usual, |form| form.get(name).to_owned());
    let (part, whole, source) = (value("dat", stands(true)), value("tong", stands(false)), value("nguon", source));
    let inside = html! {
        form.form method="post" action=(to[0]) data-guard {
            (form::token(visit))
            (fields::number(Field::new("dat", "Số đạt").value(&part).refused(refusals)))
            (fields::number(Field::new("tong", "Trên tổng số").value(&whole).refused(refusals)))
            (fields::textarea(Field::new("nguon", "Nguồn").hint("Ai cung cấp, ngày nào, văn bản hay báo cáo số mấy").value(&source).rows(2).refused(refusals)))
            (Button::new("Ghi số liệu"))
        }
    };
    parts::section("Ghi số từ nguồn khác", None, inside)
}

/// It does not apply, or does so again.
pub async fn excuse(visit: Visit, Path(criterion): Path<String>, posted: Posted) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let (days, refusals) = days_of(&list, &visit.scope);
    let agency = list.get("co_quan").parse().map_err(|_| Failure::NotFound)?;
    let place = QualityPlace { agency, from: days.0, to: days.1 };
    let (site, scope) = (&visit.site, &visit.scope);
    let (done, said) = match posted.has("bo") {
        _ if !refusals.is_empty() => (Err(Failure::Refused(refusals)), ""),
        true => (actions::apply_quality(site, scope, place, &criterion).await, "Thành phần này lại áp dụng."),
        false => {
            let reason = posted.get("ly_do");
            (actions::excuse_quality(site, scope, place, &criterion, reason).await, "Đã ghi không áp dụng.")
        }
    };
    match done {
        Ok(()) => web::to(own(&list, list.get("co_quan"), &criterion)[0].clone(), Some(said)),
        Err(Failure::Refused(no)) => web::show_again(shown(&visit, &criterion, Some(&posted), &no).await?, no),
        Err(other) => Err(other.into()),
    }
}

pub async fn enter(visit: Visit, Path(criterion): Path<String>, posted: Posted) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let (days, mut refusals) = days_of(&list, &visit.scope);
    let agency = list.get("co_quan").parse().map_err(|_| Failure::NotFound)?;
    let new = read(&posted, &mut refusals);
    let place = QualityPlace { agency, from: days.0, to: days.1 };
    let done = match new.filter(|_| refusals.is_empty()) {
        Some(new) => actions::enter_quality(&visit.site, &visit.scope, place, &criterion, new).await,
        None => Err(Failure::Refused(refusals)),
    };
    match done {
        Ok(()) => web::to(list.with(&[]), Some("Đã ghi số liệu.")),
        Err(Failure::Refused(no)) => web::show_again(shown(&visit, &criterion, Some(&posted), &no).await?, no),
        Err(other) => Err(other.into()),
    }
}

fn read(posted: &Posted, refusals: &mut Refusals) -> Option<Entered> {
    let mut count = |name: &str| match base::number::read_count(posted.get(name)) {
        Ok(count) => Some(base::Decimal::from(count)),
        Err(no) => {
            refusals.push(no.at(name));
            None
        }
    };
    let (part, whole) = (count("dat"), count("tong"));
    let source = posted.text("nguon");
    if source.is_none() {
        refusals
            .push(Refusal::new("source", "Ghi nguồn: ai cung cấp, ngày nào, văn bản hay báo cáo số mấy.").at("nguon"));
    }
    Some(Entered { part: part?, whole: whole?, source: source? })
}

/// The dossiers behind a number.
pub async fn list(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let count = Count::of(list.get("so")).filter(|count| count.is_dossiers()).ok_or(Failure::NotFound)?;
    let (Ok(agency), Ok(from), Ok(to)) =
        (list.get("co_quan").parse(), list.get("tu").parse(), list.get("truoc").parse())
    else {
        return Err(Failure::NotFound.into());
    };
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).max(1);
    let mut conn = visit.site.db.read().await?;
    let place = QualityPlace { agency, from, to };
    let found = actions::listed_quality(&mut conn, &visit.scope, place, count, ((page - 1) * size, size)).await?;
    let total = usize::try_from(found.total).unwrap_or(0);
    let body = html! {
        @if found.lines.is_empty() {
            (parts::empty("Không có hồ sơ nào.", "Tình trạng hồ sơ có thể đã đổi từ khi bảng được mở.", None))
        } @else {
            (stats::lines(&found))
            (list.pager(total, "hồ sơ"))
        }
    };
    let mut page = Page::new(count.say(), body);
    page.lead = Some(html! { (said((from, to))) });
    page.crumbs = vec![("Chỉ số 766".into(), HERE.into())];
    page.wide = true;
    show_page(page)
}
