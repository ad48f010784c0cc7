//! Electronic forms: their list, one with its questions, its life.

use super::parts_of::{days, sample_tag, state_of, state_tag};
use super::{FORMS, HERE, XLSX};
use crate::actions::{self, FormView};
use axum::extract::Path;
use base::{Date, Refusals, day};
use maud::{Markup, html};
use people::{Failure, Role};
use rulebook::{EditionId, Head, Status};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, download, form, once, show, show_again, to};

pub(super) fn crumbs() -> Vec<(String, String)> {
    vec![("Danh mục thủ tục".into(), HERE.into()), ("Mẫu đơn điện tử".into(), FORMS.into())]
}

pub async fn list(visit: Visit) -> Answer {
    let heads = actions::forms(&mut visit.site.db.read().await?, &visit.scope).await?;
    let list = Listing::of(&visit.uri, "ma", &["tim"]);
    let found = |head: &&Head| list.finds(&format!("{} {} {}", head.code, head.name, head.source));
    let lines: Vec<&Head> = heads.iter().filter(found).collect();
    let search = fields::search(Field::new("tim", "Tìm mẫu đơn").value(list.get("tim")));
    let body = html! {
        (list.toolbar(search, list.is_long(lines.len())))
        @if lines.is_empty() { (list.none("Không có mẫu đơn nào phù hợp.", "Mẫu đơn điện tử là các câu hỏi mà người nộp trả lời thay cho tờ khai giấy.")) }
        @else { (table(list.slice(&lines), visit.scope.today())) (list.pager(lines.len(), "bản")) }
    };
    let mut page = Page::new("Mẫu đơn điện tử", body);
    page.crumbs = super::crumbs();
    page.actions = Some(html! {
        @if visit.scope.has(Role::Admin) { (Button::new("Nạp từ tệp").to(&format!("{FORMS}/nap"))) }
        (Button::new("Tải tệp mẫu").to(&format!("{FORMS}/mau.xlsx")).second().file())
    });
    show(page)
}

fn table(lines: &[&Head], today: Date) -> Markup {
    let columns = vec![
        Column::new("Mã"),
        Column::new("Tên").width(45),
        Column::number("Bản số"),
        Column::new("Hiệu lực"),
        Column::new("Trạng thái"),
    ];
    let row = |head: &&Head| {
        Row::new(vec![
            html! { code { (head.code) } },
            html! { a href={ (FORMS) "/" (head.id) } { (head.name) } @if head.sample { " " (sample_tag()) } },
            html! { (head.number) },
            html! { (days(head.valid_from, head.valid_to)) },
            html! { (state_tag(state_of(head, today))) },
        ])
    };
    let rows = lines.iter().map(row).collect();
    html! { (Table { caption: "Mẫu đơn điện tử", columns, rows, names: 1, ..Table::default() }) }
}

async fn load(visit: &Visit, id: EditionId) -> Result<FormView, Fault> {
    Ok(actions::form(&mut visit.site.db.read().await?, &visit.scope, id).await?)
}

pub async fn view(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let found = load(&visit, id).await?;
    let edition = &found.edition;
    let body = html! {
        @if !found.faults.is_empty() {
            (parts::notice(Tone::Bad, html! { "Mẫu đơn còn " (found.faults.len()) " lỗi nên chưa ban hành được." }))
            ul { @for say in &found.faults { li { (say) } } }
        }
        (parts::facts([
            ("Số câu hỏi", html! { (questions(&found)) }),
            ("Quyết định ban hành", html! { @if edition.source.is_empty() { "Chưa ghi" } @else { (edition.source) } }),
        ]))
        (parts::section("Câu hỏi", None, survey(&found.file.survey)))
    };
    let mut page = Page::new(edition.name.clone(), body);
    page.crumbs = crumbs();
    page.lead = Some(html! {
        (state_tag(state_of(edition, visit.scope.today()))) " " code { (edition.code) } ", bản số " (edition.number) ", "
        (days(edition.valid_from, edition.valid_to)) "."
        @if edition.sample { " " (sample_tag()) }
    });
    page.actions = Some(deeds(&visit, &found));
    show(page)
}

fn questions(found: &FormView) -> usize {
    let all = found.form.as_ref().map(|form| form.questions.iter().filter(|one| !one.kind.is_section()).count());
    all.unwrap_or_default()
}

/// The sheet `survey` as it was written: what is asked, in which order, under which condition.
pub(super) fn survey(sheet: &::form::Sheet) -> Markup {
    let at = |name: &str| sheet.columns.iter().position(|column| column.split("::").next() == Some(name));
    let columns =
        [("type", "Loại"), ("name", "Mã câu"), ("label", "Câu hỏi"), ("required", "Bắt buộc"), ("relevant", "Hỏi khi")];
    let shown: Vec<(usize, &str)> = columns.iter().filter_map(|(name, label)| Some((at(name)?, *label))).collect();
    let row = |cells: Vec<&str>| {
        Row::new(shown.iter().map(|(at, _)| html! { (cells.get(*at).copied().unwrap_or_default()) }).collect())
    };
    let rows = sheet.table().into_iter().map(row).collect();
    let columns = shown.iter().map(|(_, label)| Column::new(label)).collect();
    html! { (Table { caption: "Câu hỏi", columns, rows, names: 1, ..Table::default() }) }
}

fn deeds(visit: &Visit, found: &FormView) -> Markup {
    let here = format!("{FORMS}/{}", found.edition.id);
    let writes = visit.scope.has(Role::Admin) && found.edition.status == Status::Draft;
    html! {
        @if writes {
            @if found.faults.is_empty() { (Button::new("Ban hành").to(&format!("{here}/ban-hanh"))) }
            form method="post" action={ (here) "/bo" } {
                (form::token(visit))
                input type="hidden" name="version" value=(found.edition.version);
                (Button::new("Bỏ bản nháp").danger())
            }
        }
        (Button::new("Excel (XLSForm)").to(&format!("{here}/tai")).second().file())
    }
}

pub async fn workbook(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let found = load(&visit, id).await?;
    let bytes = sheet::xlsform::write(&found.file).map_err(Failure::from)?;
    let name = format!("{}-ban-{}.xlsx", found.edition.code, found.edition.number);
    download(web::Sheet { bytes, kind: XLSX, name })
}

pub async fn publish_page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let found = load(&visit, id).await?;
    let from = day::vi(found.edition.valid_from);
    show(publish_form(&visit, &found, &found.edition.source, &from, &Refusals::new()))
}

fn publish_form(visit: &Visit, found: &FormView, source: &str, from: &str, refusals: &Refusals) -> Page {
    let edition = &found.edition;
    let mut page = Page::new(
        format!("Ban hành: {}", edition.name),
        html! {
            (parts::notice(Tone::Soon, html! { "Bản đã ban hành không sửa được nữa. Hồ sơ đang làm giữ bản mà nó bắt đầu." }))
            form.form method="post" action={ (FORMS) "/" (edition.id) "/ban-hanh" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(edition.version);
                (fields::date(Field::new("from", "Có hiệu lực từ ngày").value(from).refused(refusals)))
                (fields::text(Field::new("source", "Quyết định ban hành").hint("Số, ngày và cơ quan ban hành").value(source).refused(refusals)))
                (Button::new("Ban hành"))
            }
        },
    );
    page.crumbs = [crumbs(), vec![(edition.code.clone(), format!("{FORMS}/{}", edition.id))]].concat();
    page
}

pub async fn publish(visit: Visit, Path(id): Path<EditionId>, posted: Posted) -> Answer {
    let version = posted.hidden("version")?;
    let found = load(&visit, id).await?;
    let mut unread = Refusals::new();
    let from = form::day(&posted, "from", visit.scope.today(), &mut unread).unwrap_or(found.edition.valid_from);
    let again = |refusals: &Refusals| publish_form(&visit, &found, posted.get("source"), posted.get("from"), refusals);
    if !unread.is_empty() {
        return show_again(again(&unread), unread);
    }
    let deed = async {
        actions::publish_form(&visit.site, &visit.scope, id, version, posted.get("source"), from).await?;
        Ok(format!("{FORMS}/{id}"))
    };
    match once(&visit, &posted, Some("Đã ban hành mẫu đơn."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => show_again(again(&refusals), refusals),
        other => other,
    }
}

pub async fn discard(visit: Visit, Path(id): Path<EditionId>, posted: Posted) -> Answer {
    actions::discard_form(&visit.site, &visit.scope, id, posted.hidden("version")?).await?;
    to(FORMS, Some("Đã bỏ bản nháp."))
}
