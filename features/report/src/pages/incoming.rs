//! Letters that came in as edXML: which there are, one of them with its files.

use super::list::crumbs;
use crate::actions::{self, MOST};
use crate::model::*;
use crate::rules::RECEIVERS;
use axum::extract::Path;
use base::Refusal;
use file::FileUseId;
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field, Limits};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, file_answer, form, show, show_again, to};

pub const HERE: &str = "/bao-cao/van-ban";
const BUSINESS: [&str; 4] = ["Văn bản mới", "Thu hồi", "Cập nhật", "Thay thế"];

fn place(id: IncomingId) -> String {
    format!("{HERE}/{id}")
}

fn code(one: &Incoming) -> String {
    format!("{}/{}", one.number, one.notation)
}

pub async fn list(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    if let Some(kind) = list.as_file() {
        let (all, _) = actions::letters(&mut visit.site.db.read().await?, &visit.scope, (0, MOST)).await?;
        return web::list::file(kind, "van-ban-den", as_file(&all), visit.scope.now);
    }
    show(whole(&visit, &list, &[]).await?)
}

async fn whole(visit: &Visit, list: &Listing, refusals: &[Refusal]) -> Result<Page, Failure> {
    let at: i64 = list.get("trang").parse().unwrap_or(1).clamp(1, 100_000);
    let size = list.size() as i64;
    let (found, count) =
        actions::letters(&mut visit.site.db.read().await?, &visit.scope, ((at - 1) * size, size)).await?;
    let count = usize::try_from(count).unwrap_or(0);
    let mut page = Page::new(
        "Văn bản đến",
        html! {
            @if visit.scope.has_any(RECEIVERS) { (bring(visit, refusals)) }
            (list.toolbar(html! {}, list.is_long(count)))
            @if count == 0 { (list.none("Chưa có văn bản nào.", "Nạp tệp edXML nhận từ trục liên thông.")) }
            @else { (table(&found)) (list.pager(count, "văn bản")) }
        },
    );
    page.lead = Some(html! { "Văn bản điện tử nhận theo edXML (QCVN 102:2016/BTTTT), kèm tệp." });
    page.crumbs = crumbs();
    page.wide = true;
    Ok(page)
}

fn bring(visit: &Visit, refusals: &[Refusal]) -> Markup {
    let megabytes = visit.site.settings.upload_mib.min(48);
    let limits = Limits { kinds: "edXML (.edxml, .xml)", accept: ".edxml,.xml", megabytes, many: false };
    let inside = html! {
        form.form method="post" action=(HERE) enctype="multipart/form-data" {
            (form::token(visit))
            (fields::file(Field::new("tep", "Tệp edXML").refused(refusals), &limits))
            (Button::new("Nhận văn bản"))
        }
    };
    parts::details_open("Nhận văn bản từ tệp edXML", !refusals.is_empty(), inside)
}

fn table(all: &[Incoming]) -> Markup {
    let columns = vec![
        Column::new("Số, ký hiệu").width(15),
        Column::new("Ngày").width(10),
        Column::new("Nơi gửi").width(25),
        Column::new("Trích yếu").width(35),
        Column::new("Nhận lúc").width(15),
    ];
    let rows = all.iter().map(|one| {
        Row::new(vec![
            html! { a href=(place(one.id)) { (code(one)) } },
            html! { (one.day.map(base::day::vi).unwrap_or_default()) },
            html! { (one.from_name) div.quiet { (one.from_id) } },
            html! { (one.subject) },
            html! { (base::day::vi_moment(one.received)) },
        ])
    });
    html! { (Table { caption: "Văn bản đến", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

fn as_file(all: &[Incoming]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Số, ký hiệu", 20),
        Column::text("Ngày", 12),
        Column::text("Mã nơi gửi", 20),
        Column::text("Nơi gửi", 40),
        Column::text("Trích yếu", 60),
        Column::text("Nhận lúc", 18),
    ];
    let mut table = sheet::Table::new(columns).title("Văn bản đến");
    for one in all {
        let (day, at) = (one.day.map(base::day::vi).unwrap_or_default(), base::day::vi_moment(one.received));
        let cells = [code(one).as_str(), &day, &one.from_id, &one.from_name, &one.subject, &at].map(Into::into);
        table.push(cells.to_vec());
    }
    table
}

pub async fn take_in(visit: Visit, posted: Posted) -> Answer {
    let file = posted.files.iter().find(|file| file.field == "tep" && !file.bytes.is_empty());
    let done = match file {
        Some(file) => actions::take_in(&visit.site, &visit.scope, file.bytes.to_vec()).await,
        None => Err(Refusal::new("file", "Chọn tệp edXML để nhận.").at("tep").into()),
    };
    match done {
        Ok(id) => to(place(id), Some("Đã nhận văn bản.")),
        Err(failure) => match form::why(&failure) {
            Some((_, say)) => {
                let refusals = vec![Refusal::new("letter", say).at("tep")];
                let list = Listing::of(&visit.uri, "", &[]);
                show_again(whole(&visit, &list, &refusals).await?, refusals)
            }
            None => Err(failure.into()),
        },
    }
}

pub async fn one(visit: Visit, Path(id): Path<IncomingId>) -> Answer {
    let (one, files) = actions::letter_in(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let business = usize::try_from(one.business).ok().and_then(|at| BUSINESS.get(at)).copied().unwrap_or_default();
    let mut page = Page::new(
        format!("{} {}", one.kind, code(&one)).trim().to_owned(),
        html! {
            (parts::facts([
                ("Trích yếu", html! { (one.subject) }),
                ("Nơi gửi", html! { (one.from_name) " (" (one.from_id) ")" }),
                ("Ngày ban hành", html! { (one.day.map(base::day::vi).unwrap_or_default()) }),
                ("Người ký", html! { (one.signer) }),
                ("Nghiệp vụ", html! { (business) }),
                ("Mã văn bản của nơi gửi", html! { (one.document) }),
                ("Nhận", html! { (base::day::vi_moment(one.received)) ", " (one.who) }),
            ]))
            (parts::section("Tệp kèm theo", None, html! {
                @if files.is_empty() { p { "Không có tệp." } }
                @else { ul { @for file in &files {
                    li { a href={ (place(id)) "/tep/" (file.id) } download { (file.name) } " " span.quiet { (file::size(file.bytes.unsigned_abs())) } }
                } } }
            }))
        },
    );
    page.crumbs = crumbs();
    page.crumbs.push(("Văn bản đến".into(), HERE.into()));
    show(page)
}

pub async fn file(visit: Visit, Path((id, file)): Path<(IncomingId, FileUseId)>) -> Answer {
    let opened = actions::letter_file(&visit.site, &visit.scope, id, file).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes))
}
