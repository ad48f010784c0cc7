//! The register of regimes, and one of them with all that NĐ 09/2019/NĐ-CP, Điều 8, asks.

use super::list;
use crate::actions;
use crate::regime::{Ready, TOTAL};
use axum::extract::Path;
use indicator::Form;
use indicator::form::Purpose;
use maud::{Markup, html};
use rulebook::{EditionId, Head};
use web::list::Listing;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, download, show};

pub const HERE: &str = "/bao-cao/che-do";

pub async fn list(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let all = actions::regimes_in_force(&mut conn, &visit.scope).await?;
    let twice = actions::asked_twice(&mut conn, &visit.scope).await?;
    drop(conn);
    let list = Listing::of(&visit.uri, "", &["tim"]);
    let found: Vec<Head> = all.into_iter().filter(|head| list.finds(&format!("{} {}", head.code, head.name))).collect();
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "che-do-bao-cao", as_file(&found), visit.scope.now);
    }
    let columns = vec![
        Column::new("Chế độ báo cáo").width(45),
        Column::new("Căn cứ").width(35),
        Column::new("Hiệu lực").width(20),
    ];
    let rows = list.slice(&found).iter().map(|head| {
        Row::new(vec![
            html! { a href={ (HERE) "/" (head.id) } { (head.name) } div.quiet { (head.code) } @if head.sample { (parts::tag(Tone::Soon, "Mẫu")) } },
            html! { (head.source) },
            html! { "Từ " (base::day::vi(head.valid_from)) @if let Some(to) = head.valid_to { " đến trước " (base::day::vi(to)) } },
        ])
    });
    let words = web::look::fields::search(web::look::fields::Field::new("tim", "Tên, mã").value(list.get("tim")));
    let table = Table { caption: "Chế độ báo cáo", columns, rows: rows.collect(), names: 0, ..Table::default() };
    let mut page = Page::new(
        "Chế độ báo cáo",
        html! {
            (list.toolbar(words, list.is_long(found.len())))
            @if found.is_empty() { (list.none("Không có chế độ báo cáo nào đang có hiệu lực.", "Quản trị ban hành chế độ báo cáo.")) }
            @else { (table) (list.pager(found.len(), "chế độ")) }
            @if !twice.is_empty() {
                (parts::section("Số liệu hỏi trùng", None, html! {
                    p { "Nghị định số 09/2019/NĐ-CP: không yêu cầu báo cáo số liệu mà chế độ báo cáo khác đã thu của cùng đơn vị." }
                    ul { @for (figure, one, other) in &twice { li { (figure) ": “" (one) "” và “" (other) "”" } } }
                }))
            }
        },
    );
    page.actions = visit
        .scope
        .has(people::Role::Admin)
        .then(|| html! { (Button::new("Nạp chế độ báo cáo").to(super::design::HERE)) });
    page.crumbs = list::crumbs();
    show(page)
}

fn as_file(all: &[Head]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã", 24),
        Column::text("Tên báo cáo", 50),
        Column::text("Căn cứ", 60),
        Column::text("Hiệu lực từ", 14),
    ];
    let mut table = sheet::Table::new(columns).title("Danh mục chế độ báo cáo");
    for head in all {
        let from = base::day::vi(head.valid_from);
        table.push([head.code.as_str(), &head.name, &head.source, &from].map(Into::into).to_vec());
    }
    table
}

pub async fn one(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let (head, ready) = actions::regime(&mut visit.site.db.read().await?, id).await?;
    let mut page = Page::new(
        head.name.clone(),
        html! {
            (parts::facts(facts(&head.source, &ready)))
            (asked(&ready))
            p { (Button::new("Tải tệp Excel của chế độ này").to(&format!("{HERE}/{id}/tep")).second().file()) }
        },
    );
    page.lead = head.sample.then(|| parts::tag(Tone::Soon, "Chế độ mẫu, không phải chế độ đã ban hành"));
    page.crumbs = list::crumbs();
    page.crumbs.push(("Chế độ báo cáo".into(), HERE.into()));
    show(page)
}

pub async fn workbook(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    download(actions::workbook_of(&mut visit.site.db.read().await?, id).await?)
}

/// The outline and the forms.
pub(super) fn asked(ready: &Ready) -> Markup {
    html! {
            @if !ready.sections.is_empty() {
                (parts::section("Mẫu đề cương", None, html! {
                    @for section in &ready.file.sections {
                        h3 { (section.heading) }
                        @if !section.guide.is_empty() { p.quiet { (section.guide) } }
                        @if !section.text.is_empty() { p { (section.text) } }
                    }
                }))
            }
            @for form in &ready.forms { (parts::section(&form.name, None, cells(ready, form))) }
    }
}

/// The fields in the order of Điều 8.
pub(super) fn facts<'a>(source: &'a str, ready: &'a Ready) -> Vec<(&'static str, Markup)> {
    let file = &ready.file;
    let text = |value: &str| html! { (value) };
    let kind = |kind: &str| {
        if kind == TOTAL { "Cơ quan tổng hợp".to_owned() } else { people::kind_name(kind).to_owned() }
    };
    let asked: Vec<String> = file.asked.iter().map(|one| kind(one)).collect();
    let closing = i8::from(file.closing);
    let closed = if closing >= 31 {
        "ngày cuối kỳ".to_owned()
    } else {
        format!("hết ngày {closing} của tháng cuối kỳ")
    };
    let mut pairs = vec![
        ("Tên báo cáo", text(&file.name)),
        ("Loại", text(file.sort.say())),
        ("Căn cứ", text(source)),
        ("Nội dung yêu cầu", text(&file.content)),
        ("Đối tượng thực hiện", text(&asked.join(", "))),
        ("Cơ quan nhận", text(&file.receiver)),
        ("Phương thức gửi, nhận", text(&file.method)),
        (
            "Thời hạn gửi",
            html! { @for one in &file.deadlines { div { (kind(&one.of)) ": " (one.days) " ngày làm việc sau ngày chốt số liệu" } } },
        ),
        ("Tần suất", text(&format!("Hằng {}", file.period.say()))),
        ("Thời gian chốt số liệu", text(&closed)),
        ("Hướng dẫn", text(&file.guidance)),
    ];
    pairs.retain(|(_, value)| !value.0.is_empty());
    pairs
}

/// What a form asks for.
fn cells(ready: &Ready, form: &Form) -> Markup {
    let heads: Vec<String> = form
        .columns
        .iter()
        .filter(|column| matches!(column.purpose, Purpose::Takes(_)))
        .map(|column| column.head.join(", "))
        .collect();
    let columns = vec![Column::new("Mã"), Column::new("Chỉ tiêu"), Column::new("Đơn vị tính")];
    let rows = form.rows.iter().map(|row| {
        let unit = row.counts.and_then(|counts| ready.set.indicators.get(counts.indicator));
        let line = Row::new(vec![
            html! { (row.code) },
            html! { (row.name) },
            html! { (unit.map_or("", |one| one.unit.as_str())) },
        ]);
        if row.is_heading { line.strong() } else { line }
    });
    html! {
        p { "Cột nhập: " (heads.join("; ")) "." }
        (Table { caption: &form.name, columns, rows: rows.collect(), names: 1, ..Table::default() })
    }
}
