//! Other agencies: what they ask of ours, and asking them.

use super::{place, show};
use crate::actions::{self, NewAwaited};
use crate::model::*;
use axum::extract::{Path, Query};
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, form, show as show_page, to};
use workflow::Wait;

pub const HERE: &str = "/mot-cua/phoi-hop";

/// The page that asks for what is to be awaited.
pub fn asking(id: DossierId, why: Wait) -> String {
    format!("{}/cho?viec={}", place::dossier(id), why.code())
}

/// What other agencies ask of ours.
pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "han", &[]);
    let now = visit.scope.now;
    let mut conn = visit.site.db.read().await?;
    let mut all = actions::helping(&mut conn, &visit.scope).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "phoi-hop", as_file(&all), now);
    }
    sort(&mut all, &list);
    show_page(Page::new(
        "Phối hợp với cơ quan khác",
        html! {
            (list.toolbar(html! {}, list.is_long(all.len())))
            @if all.is_empty() {
                (list.none("Chưa có việc nào cần phối hợp.", "Bước liên thông và câu hỏi của cơ quan khác hiện ở đây."))
            } @else { (table(&list, list.slice(&all), now)) (list.pager(all.len(), "việc")) }
        },
    ))
}

/// Soonest due first, as they come, unless another column is asked for.
fn sort(all: &mut [Helping], list: &Listing) {
    let (key, down) = list.sorted();
    match key {
        "ma" => all.sort_by(|a, b| a.code.cmp(&b.code)),
        "co-quan" => all.sort_by_cached_key(|one| base::text::sort_key(&one.from)),
        _ => {}
    }
    if down {
        all.reverse();
    }
}

fn table(list: &Listing, all: &[Helping], now: base::Timestamp) -> Markup {
    let columns = vec![
        list.column(Column::new("Mã hồ sơ").width(15), "ma"),
        Column::new("Việc cần làm, thủ tục").width(40),
        list.column(Column::new("Cơ quan hỏi").width(20), "co-quan"),
        list.column(Column::new("Hạn").width(25), "han"),
    ];
    let rows = all.iter().map(|one| {
        let row = Row::new(vec![
            html! { a href=(place::dossier(one.dossier)) { (one.code) } },
            html! { (one.what) div.quiet { (one.name) } },
            html! { (one.from) @if !one.holder.is_empty() { div.quiet { "Giao: " (one.holder) } } },
            html! {
                @match one.due {
                    Some(due) => { div { (base::day::vi_moment(due)) } (show::step_tag(one.due, now)) }
                    None => (parts::tag(Tone::Calm, "Tạm dừng")),
                }
            },
        ]);
        if one.due.is_some_and(|due| due < now) { row.tone(Tone::Bad) } else { row }
    });
    html! { (Table { caption: "Việc phối hợp", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

fn as_file(all: &[Helping]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã hồ sơ", 26),
        Column::text("Việc cần làm", 50),
        Column::text("Thủ tục", 50),
        Column::text("Cơ quan hỏi", 26),
        Column::text("Hỏi lúc", 18),
        Column::text("Hạn", 18),
        Column::text("Giao", 24),
    ];
    let mut table = sheet::Table::new(columns).title("Việc phối hợp với cơ quan khác");
    for one in all {
        let due = one.due.map(base::day::vi_moment).unwrap_or_default();
        let asked = base::day::vi_moment(one.asked);
        let cells = [&one.code, &one.what, &one.name, &one.from, &asked, &due, &one.holder];
        table.push(cells.map(|cell| cell.as_str().into()).to_vec());
    }
    table
}

/// For what it is asked, in the address.
#[derive(Deserialize)]
pub struct Why {
    #[serde(default)]
    viec: String,
}

/// What may be awaited here: a supplement has its own form, with its papers.
fn why_of(text: &str) -> Result<Wait, Failure> {
    Wait::of(text).filter(|why| *why != Wait::Supplement).ok_or(Failure::NotFound)
}

pub async fn ask(visit: Visit, Path(id): Path<DossierId>, Query(why): Query<Why>) -> Answer {
    show_page(asked(&visit, id, why_of(&why.viec)?, None, &[]).await?)
}

async fn asked(
    visit: &Visit,
    id: DossierId,
    why: Wait,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Result<Page, Failure> {
    let seen = actions::papers_of(&visit.site.db, &visit.scope, id).await?;
    let dossier = &seen.at.dossier;
    let agencies = actions::agencies(&mut visit.site.db.read().await?, visit.scope.today()).await?;
    let others = agencies.into_iter().filter(|unit| unit.id != dossier.agency);
    let lines: Vec<(String, String)> = others.map(|unit| (unit.id.to_string(), unit.name)).collect();
    let says = match seen.at.stands_for(why) {
        true => "Thời hạn giải quyết tạm dừng từ lúc gửi đến khi có trả lời.",
        false => "Thời hạn giải quyết vẫn chạy trong lúc chờ.",
    };
    let version = form::version(posted, refusals, dossier.version);
    let title = match why {
        Wait::Agency => "Lấy ý kiến cơ quan khác",
        Wait::Duty | Wait::Supplement => "Chờ thực hiện nghĩa vụ tài chính",
    };
    let mut page = Page::new(
        title,
        html! {
            p { (dossier.name) ". " (says) }
            form.form method="post" action={ (place::dossier(id)) "/cho" } data-guard {
                (form::token(visit))
                (version)
                input type="hidden" name="viec" value=(why.code());
                (questions(why, &lines, posted, refusals))
            }
        },
    );
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into()), (dossier.code.clone(), place::dossier(id))];
    Ok(page)
}

fn questions(why: Wait, agencies: &[(String, String)], posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = |name: &str| posted.map_or("", |form| form.get(name));
    let choices = fields::with_first("Cơ quan khác, ghi tên bên dưới", agencies);
    let (label, button) = match why {
        Wait::Agency => ("Nội dung hỏi", "Gửi hỏi ý kiến"),
        Wait::Duty | Wait::Supplement => ("Thông báo: số, ngày, số tiền", "Bắt đầu chờ"),
    };
    html! {
        @if why == Wait::Agency {
            (fields::select(Field::new("co_quan", "Cơ quan").value(typed("co_quan")).refused(refusals), &choices))
            (fields::text(Field::new("co_quan_khac", "Tên cơ quan khác").hint("Khi cơ quan không có trong danh sách").value(typed("co_quan_khac")).optional()))
        }
        (fields::textarea(Field::new("noi_dung_cho", label).value(typed("noi_dung_cho")).rows(3).refused(refusals)))
        (fields::date(Field::new("cho_den", "Chờ đến hết ngày").value(typed("cho_den")).refused(refusals)))
        (Button::new(button))
    }
}

pub async fn begin(visit: Visit, Path(id): Path<DossierId>, posted: Posted) -> Answer {
    let why = why_of(posted.get("viec"))?;
    let mut refusals = Refusals::new();
    let until = form::day(&posted, "cho_den", visit.scope.today(), &mut refusals);
    let new = NewAwaited {
        why,
        agency: posted.text("co_quan").and_then(|text| text.parse().ok()),
        whom: posted.text("co_quan_khac").unwrap_or_default(),
        said: posted.text("noi_dung_cho").unwrap_or_default(),
        until,
    };
    let done = match refusals.is_empty() {
        true => actions::wait_for(&visit.site, &visit.scope, id, posted.hidden("version")?, new).await,
        false => Err(Failure::Refused(refusals)),
    };
    let onward = |()| to(place::dossier(id), Some("Đã gửi. Trả lời sẽ hiện ở trang này."));
    let (visit, posted) = (&visit, &posted);
    let page = |no: Refusals| async move { asked(visit, id, why, Some(posted), &no).await };
    form::settled(done, "Hồ sơ", onward, page).await
}

/// An answer, from the dossier's page.
pub async fn answer(visit: Visit, Path(id): Path<DossierId>, posted: Posted) -> Answer {
    let mut refusals = Refusals::new();
    let files = super::deeds::stored(&visit, &posted, "tep_tra_loi", &mut refusals).await;
    let (version, awaited) = (posted.hidden("version")?, posted.hidden("viec_cho")?);
    let said = posted.text("tra_loi").unwrap_or_default();
    let done = match refusals.is_empty() {
        true => actions::answer(&visit.site, &visit.scope, id, version, awaited, &said, files).await,
        false => Err(Failure::Refused(refusals)),
    };
    super::deeds::back(&visit, id, &posted, done, "Đã ghi trả lời.").await
}
