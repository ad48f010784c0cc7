//! Internal processes: their list, one as a table and as a picture, its life.

use super::parts_of::{self, days, sample_tag, state_of, state_tag};
use super::{HERE, PROCESSES, XLSX};
use crate::actions::{self, ProcessView};
use crate::{diagram, files};
use axum::extract::{Path, Query};
use base::text::compare as in_order;
use base::{Date, Refusals, day};
use maud::{Markup, html};
use people::{Failure, Role};
use rulebook::{EditionId, Head, Status};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::list::{self as lists, Listing};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::parts::{Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, download, form, once, show, show_again, to};

const STATES: [(&str, &str); 4] =
    [("hieu-luc", "Đang hiệu lực"), ("sap", "Chưa đến ngày"), ("nhap", "Bản nháp"), ("het", "Đã thay thế")];

pub(super) fn crumbs() -> Vec<(String, String)> {
    vec![("Danh mục thủ tục".into(), HERE.into()), ("Quy trình nội bộ".into(), PROCESSES.into())]
}

pub async fn list(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let heads = actions::processes(&mut conn, &visit.scope).await?;
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for code in actions::in_force(&mut conn, visit.scope.today()).await?.into_iter().flat_map(|entry| entry.processes) {
        *uses.entry(code).or_default() += 1;
    }
    let list = Listing::of(&visit.uri, "ma", &["tim", "trang_thai"]);
    let today = visit.scope.today();
    let state = list.get("trang_thai");
    let mut lines: Vec<&Head> = heads
        .iter()
        .filter(|head| list.finds(&format!("{} {} {}", head.code, head.name, head.source)))
        .filter(|head| state.is_empty() || state_of(head, today).code() == state)
        .collect();
    let (column, down) = list.sorted();
    if column == "ten" {
        lines.sort_by(|a, b| in_order(&a.name, &b.name));
    }
    if down {
        lines.reverse();
    }
    if let Some(file) = list.as_file() {
        return lists::file(file, "quy-trinh-noi-bo", as_sheet(&lines, &uses, today), visit.scope.now);
    }
    let admin = visit.scope.has(Role::Admin);
    let states: Vec<Choice> = std::iter::once(Choice::new("", "Mọi trạng thái"))
        .chain(STATES.into_iter().map(|(code, say)| Choice::new(code, say)))
        .collect();
    let filters = html! {
        (fields::search(Field::new("tim", "Tìm quy trình").value(list.get("tim"))))
        (fields::select(Field::new("trang_thai", "Trạng thái").value(state), &states))
    };
    let body = html! {
        (list.toolbar(filters, list.is_long(lines.len())))
        @if lines.is_empty() { (list.none("Không có quy trình nào phù hợp.", "Quy trình nội bộ cho biết mỗi bước ai làm, trong bao lâu.")) }
        @else { (table(&list, &lines, &uses, today)) (list.pager(lines.len(), "bản")) }
    };
    let mut page = Page::new("Quy trình nội bộ", body);
    page.crumbs = super::crumbs();
    page.actions = Some(html! {
        @if admin {
            (Button::new("Nạp từ tệp").to(&format!("{PROCESSES}/nap")))
            (Button::new("Soạn mới").to(&format!("{PROCESSES}/moi")).second().key("alt+n"))
        }
        (Button::new("Tải tệp mẫu").to(&format!("{PROCESSES}/mau.xlsx")).second().file())
    });
    show(page)
}

fn table(list: &Listing, lines: &[&Head], uses: &BTreeMap<String, usize>, today: Date) -> Markup {
    let columns = vec![
        list.column(Column::new("Mã"), "ma"),
        list.column(Column::new("Tên").width(45), "ten"),
        Column::number("Bản số"),
        Column::number("Số thủ tục dùng"),
        Column::new("Hiệu lực"),
        Column::new("Trạng thái"),
    ];
    let row = |head: &Head| {
        Row::new(vec![
            html! { code { (head.code) } },
            html! { a href={ (PROCESSES) "/" (head.id) } { (head.name) } @if head.sample { " " (sample_tag()) } },
            html! { (head.number) },
            html! { (uses.get(&head.code).copied().unwrap_or_default()) },
            html! { (days(head.valid_from, head.valid_to)) },
            html! { (state_tag(state_of(head, today))) },
        ])
    };
    let rows = list.slice(lines).iter().map(|head| row(head)).collect();
    html! { (Table { caption: "Quy trình nội bộ", columns, rows, names: 1, ..Table::default() }) }
}

fn as_sheet(lines: &[&Head], uses: &BTreeMap<String, usize>, today: Date) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã", 24),
        Column::text("Tên", 70),
        Column::exact("Bản số"),
        Column::exact("Số thủ tục dùng"),
        Column::date("Từ ngày"),
        Column::date("Đến hết ngày"),
        Column::text("Trạng thái", 16),
        Column::text("Quyết định phê duyệt", 50),
    ];
    let mut table = sheet::Table::new(columns).title("Quy trình nội bộ");
    for head in lines {
        table.push(vec![
            head.code.as_str().into(),
            head.name.as_str().into(),
            head.number.into(),
            uses.get(&head.code).copied().unwrap_or_default().into(),
            head.valid_from.into(),
            head.valid_to.and_then(|to| to.yesterday().ok()).into(),
            state_of(head, today).name().into(),
            head.source.as_str().into(),
        ]);
    }
    table
}

async fn load(visit: &Visit, id: EditionId) -> Result<ProcessView, Fault> {
    Ok(actions::process(&mut visit.site.db.read().await?, &visit.scope, id).await?)
}

pub async fn view(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let found = load(&visit, id).await?;
    let editions =
        actions::process_editions(&mut visit.site.db.read().await?, &visit.scope, &found.edition.code).await?;
    let today = visit.scope.today();
    let roles = actions::roles();
    let body = html! {
        (faults(&found.faults))
        (parts::facts([
            ("Thời hạn", html! { (diagram::time(found.process.legal)) }),
            ("Trường hợp", html! { @if found.file.cases.is_empty() { "Mọi trường hợp" } @else { (found.file.cases.join(", ")) } }),
            ("Quyết định phê duyệt", html! { @if found.file.source.is_empty() { "Chưa ghi" } @else { (found.file.source) } }),
        ]))
        (parts::section("Các bước", None, parts_of::steps(&found.process, &roles)))
        (parts::section("Sơ đồ", None, diagram::svg(&found.process, &roles, "so-do")))
        (parts::section("Các bản", None, all_editions(&editions, id, today)))
    };
    let mut page = Page::new(found.file.name.clone(), body);
    page.crumbs = crumbs();
    page.lead = Some(html! {
        (state_tag(state_of(&found.edition, today))) " " code { (found.edition.code) } ", bản số " (found.edition.number) ", "
        (days(found.edition.valid_from, found.edition.valid_to)) "."
        @if found.edition.sample { " " (sample_tag()) }
    });
    page.actions = Some(deeds(&visit, &found));
    show(page)
}

pub(super) fn faults(faults: &[String]) -> Markup {
    html! {
        @if !faults.is_empty() {
            (parts::notice(Tone::Bad, html! { "Quy trình còn " (faults.len()) " lỗi nên chưa ban hành được." }))
            ul { @for say in faults { li { (say) } } }
        }
    }
}

fn all_editions(editions: &[Head], here: EditionId, today: Date) -> Markup {
    let columns =
        vec![Column::number("Bản số"), Column::new("Hiệu lực"), Column::new("Trạng thái"), Column::new("Quyết định")];
    let row = |head: &Head| {
        Row::new(vec![
            html! { @if head.id == here { strong { (head.number) } } @else { a href={ (PROCESSES) "/" (head.id) } { span.vh { "Bản số " } (head.number) } } },
            html! { (days(head.valid_from, head.valid_to)) },
            html! { (state_tag(state_of(head, today))) },
            html! { (head.source) },
        ])
    };
    html! { (Table { caption: "Các bản của quy trình", columns, rows: editions.iter().map(row).collect(), names: 0, ..Table::default() }) }
}

fn deeds(visit: &Visit, found: &ProcessView) -> Markup {
    let here = format!("{PROCESSES}/{}", found.edition.id);
    let writes = visit.scope.has(Role::Admin) && found.edition.status == Status::Draft;
    // The decision may still be written where it is published.
    let decided = workflow::File { source: "có".into(), ..found.file.clone() };
    let can_work = writes && actions::process_faults(&decided).is_empty();
    html! {
        @if writes {
            @if can_work { (Button::new("Ban hành").to(&format!("{here}/ban-hanh"))) }
            (Button::new("Sửa").to(&format!("{here}/sua")).second())
            form method="post" action={ (here) "/bo" } {
                (form::token(visit))
                input type="hidden" name="version" value=(found.edition.version);
                (Button::new("Bỏ bản nháp").danger())
            }
        }
        @if visit.scope.has(Role::Admin) && !writes {
            form method="post" action={ (here) "/soan" } { (form::keyed(visit)) (Button::new("Soạn bản mới").second()) }
        }
        (Button::new("Excel").to(&format!("{here}/tai")).second().file())
        (Button::new("TOML").to(&format!("{here}/tai?kieu=toml")).second().file())
    }
}

#[derive(Deserialize)]
pub struct Asked {
    kieu: Option<String>,
}

pub async fn file(visit: Visit, Path(id): Path<EditionId>, Query(asked): Query<Asked>) -> Answer {
    let found = load(&visit, id).await?;
    let name = format!("{}-ban-{}", found.edition.code, found.edition.number);
    let (bytes, kind, ending) = match asked.kieu.as_deref() {
        Some("toml") => {
            let text = toml::to_string_pretty(&found.file).map_err(|error| Failure::Broken(error.to_string()))?;
            (text.into_bytes(), "application/toml; charset=utf-8", "toml")
        }
        _ => (files::process_book::write(Some(&found.file), &actions::roles())?, XLSX, "xlsx"),
    };
    download(web::Sheet { bytes, kind, name: format!("{name}.{ending}") })
}

pub async fn publish_page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let found = load(&visit, id).await?;
    let from = day::vi(found.edition.valid_from);
    show(publish_form(&visit, &found, &found.file.source, &from, &Refusals::new()))
}

fn publish_form(visit: &Visit, found: &ProcessView, source: &str, from: &str, refusals: &Refusals) -> Page {
    let mut page = Page::new(
        format!("Ban hành: {}", found.file.name),
        html! {
            (parts::notice(Tone::Soon, html! { "Bản đã ban hành không sửa được nữa. Bản đang hiệu lực của quy trình này hết hiệu lực khi bản mới bắt đầu." }))
            form.form method="post" action={ (PROCESSES) "/" (found.edition.id) "/ban-hanh" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(found.edition.version);
                (fields::date(Field::new("from", "Có hiệu lực từ ngày").value(from).refused(refusals)))
                (fields::text(Field::new("source", "Quyết định phê duyệt").hint("Số, ngày và cơ quan ban hành").value(source).refused(refusals)))
                (Button::new("Ban hành"))
            }
        },
    );
    page.crumbs = [crumbs(), vec![(found.edition.code.clone(), format!("{PROCESSES}/{}", found.edition.id))]].concat();
    page
}

pub async fn publish(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let found = load(&visit, id).await?;
    let mut unread = Refusals::new();
    let from = form::day(&form, "from", visit.scope.today(), &mut unread).unwrap_or(found.edition.valid_from);
    let again = |refusals: &Refusals| publish_form(&visit, &found, form.get("source"), form.get("from"), refusals);
    if !unread.is_empty() {
        return show_again(again(&unread), unread);
    }
    let deed = async {
        actions::publish_process(&visit.site, &visit.scope, id, version, form.get("source"), from).await?;
        Ok(format!("{PROCESSES}/{id}"))
    };
    match once(&visit, &form, Some("Đã ban hành quy trình."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => show_again(again(&refusals), refusals),
        other => other,
    }
}

pub async fn discard(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    actions::discard_process(&visit.site, &visit.scope, id, form.hidden("version")?).await?;
    to(PROCESSES, Some("Đã bỏ bản nháp."))
}
