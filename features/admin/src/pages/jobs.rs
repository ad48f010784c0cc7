//! Work in the background: my jobs, everybody's for the administrator, and one job while it runs.

use super::history::Names;
use crate::actions::{self, file_of};
use axum::extract::Path;
use axum::http::StatusCode;
use job::{Filter, Job, JobId, Status};
use maud::{Markup, html};
use people::Failure;
use web::list::{self, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Icon, Page, Tone};
use web::{Answer, Fault, Posted, Visit, form};

/// The most lines of a file.
const IN_A_FILE: i64 = 20_000;
const FILTERS: [&str; 1] = ["tinh_trang"];

pub async fn mine(visit: Visit) -> Answer {
    listed(&visit, false).await
}

pub async fn all(visit: Visit) -> Answer {
    listed(&visit, true).await
}

async fn listed(visit: &Visit, everyones: bool) -> Answer {
    let list = Listing::of(&visit.uri, "", &FILTERS);
    let status = Status::ALL.into_iter().find(|status| status.code() == list.get("tinh_trang"));
    let mut conn = visit.site.db.read().await?;
    let after = match list.get("sau").parse::<JobId>() {
        Ok(id) => job::find(&mut conn, &visit.scope, id).await.ok(),
        Err(_) => None,
    };
    let most = if list.as_file().is_some() { IN_A_FILE } else { list.size() as i64 };
    let jobs = job::list(&mut conn, &visit.scope, Filter { everyones, status }, after.as_ref(), most).await?;
    drop(conn);
    let names = if everyones { Some(Names::load(&visit.site).await?) } else { None };
    if let Some(kind) = list.as_file() {
        return list::file(kind, "viec-nen", as_sheet(&jobs, names.as_ref()), visit.scope.now);
    }
    let mut page = Page::new(
        if everyones { "Việc nền của mọi người" } else { "Việc nền" },
        html! {
            (list.toolbar(filters(&list), true))
            @if jobs.is_empty() { (list.none("Chưa có việc nào", "Việc mất nhiều thời gian, như xuất tệp lớn, chạy ở đây và tiếp tục cả khi bạn đóng trang.")) }
            @else { (table(&jobs, names.as_ref())) }
            (list.onward(jobs.last().filter(|_| jobs.len() == list.size()).map(|last| last.id)))
        },
    );
    page.lead = Some(html! { "Kết quả được giữ " (job::KEPT_DAYS) " ngày." });
    // Without script too, what runs is seen to go on.
    page.refresh = jobs.iter().any(|job| !job.status.has_ended()).then_some(5);
    web::show(page)
}

fn filters(list: &Listing) -> Markup {
    let choices: Vec<Choice> = [Choice::new("", "Mọi tình trạng")]
        .into_iter()
        .chain(Status::ALL.map(|status| Choice::new(status.code(), status.name())))
        .collect();
    fields::select(Field::new("tinh_trang", "Tình trạng").value(list.get("tinh_trang")), &choices)
}

fn tone(status: Status) -> Tone {
    match status {
        Status::Waiting => Tone::Soon,
        Status::Running => Tone::Info,
        Status::Done => Tone::Ok,
        Status::Failed => Tone::Bad,
        Status::Cancelled => Tone::Calm,
    }
}

fn table(jobs: &[Job], names: Option<&Names>) -> Markup {
    let mut columns =
        vec![Column::new("Việc"), Column::new("Tình trạng"), Column::new("Yêu cầu lúc"), Column::new("Xong lúc")];
    if names.is_some() {
        columns.push(Column::new("Người yêu cầu"));
    }
    columns.push(Column::actions("Kết quả"));
    let row = |job: &Job| {
        let mut cells = vec![
            html! { a href={ "/viec-nen/" (job.id) } { (job.title) } },
            html! { (parts::tag(tone(job.status), job.status.name())) @if job.status == Status::Running && job.total > 0 { " " (share(job)) } },
            html! { (base::day::vi_moment(job.begun)) },
            html! { (job.ended.map(base::day::vi_moment).unwrap_or_default()) },
        ];
        if let Some(names) = names {
            cells.push(html! { (asked_by(job, names)) });
        }
        cells.push(html! { @if file_of(job).is_some() { (Button::new("Tải về").to(&format!("/viec-nen/{}/tep", job.id)).quiet().icon(Icon::Download).file().about(&job.title)) } });
        Row::new(cells)
    };
    html! { (Table { caption: "Việc nền", columns, rows: jobs.iter().map(row).collect(), ..Table::default() }) }
}

fn asked_by<'a>(job: &Job, names: &'a Names) -> &'a str {
    job.account.and_then(|id| names.of(&id.to_string())).unwrap_or("Hệ thống")
}

fn as_sheet(jobs: &[Job], names: Option<&Names>) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Việc", 50),
        Column::text("Tình trạng", 18),
        Column::text("Yêu cầu lúc", 18),
        Column::text("Xong lúc", 18),
        Column::text("Người yêu cầu", 28),
    ];
    let mut table = sheet::Table::new(columns).title("Việc nền");
    for job in jobs {
        table.push(vec![
            job.title.as_str().into(),
            job.status.name().into(),
            base::day::vi_moment(job.begun).into(),
            job.ended.map(base::day::vi_moment).into(),
            names.map(|names| asked_by(job, names)).unwrap_or_default().into(),
        ]);
    }
    table
}

/// "64 %".
fn share(job: &Job) -> String {
    format!("{} %", job.done.saturating_mul(100).checked_div(job.total).unwrap_or(0))
}

async fn find(visit: &Visit, id: &str) -> Result<Job, Fault> {
    let id: JobId = id.parse().map_err(|_| Fault(Failure::NotFound))?;
    Ok(job::find(&mut visit.site.db.read().await?, &visit.scope, id).await?)
}

pub async fn page(visit: Visit, Path(id): Path<String>) -> Answer {
    let job = find(&visit, &id).await?;
    let mut page = Page::new(job.title.clone(), html! { (progress(&visit, &job)) });
    page.crumbs = vec![("Việc nền".into(), "/viec-nen".into())];
    page.refresh = (!job.status.has_ended()).then_some(3);
    web::show(page)
}

/// The same without the page around it, for a script that looks again.
pub async fn again(visit: Visit, Path(id): Path<String>) -> Answer {
    let job = find(&visit, &id).await?;
    web::fragment(StatusCode::OK, progress(&visit, &job))
}

fn progress(visit: &Visit, job: &Job) -> Markup {
    let at = |verb: &str| format!("/viec-nen/{}/{verb}", job.id);
    let deed =
        |verb: &str, button: Button| html! { form method="post" action=(at(verb)) { (form::token(visit)) (button) } };
    let counted = (job.total > 0).then_some((job.done.unsigned_abs(), job.total.unsigned_abs()));
    let place =
        job.result.as_ref().and_then(|result| result.get("place")?.as_str()).filter(|place| place.starts_with('/'));
    html! {
        div {
            @match job.status {
                Status::Waiting | Status::Running => {
                    (parts::running(job.status.name(), counted, "Bạn có thể đóng trang này, việc vẫn chạy tiếp.", &at("tien-do")))
                    @if let Some(problem) = &job.problem { (parts::notice(Tone::Soon, html! { "Lần chạy trước chưa được: " (problem) " Hệ thống sẽ tự chạy lại." })) }
                    (deed("huy", Button::new("Huỷ việc này").second()))
                }
                Status::Done => {
                    (parts::notice(Tone::Ok, html! { "Đã xong lúc " (job.ended.map(base::day::vi_moment).unwrap_or_default()) "." }))
                    @if file_of(job).is_some() { p { (Button::new("Tải kết quả").to(&at("tep")).icon(Icon::Download).file()) } }
                    @if let Some(place) = place { p { (parts::link_button("Xem kết quả", place)) } }
                }
                Status::Failed => {
                    (parts::notice(Tone::Bad, html! { "Không thành công. " (job.problem.as_deref().unwrap_or_default()) }))
                    (deed("chay-lai", Button::new("Chạy lại")))
                }
                Status::Cancelled => {
                    (parts::notice(Tone::Calm, html! { "Việc này đã bị huỷ." }))
                    (deed("chay-lai", Button::new("Chạy lại")))
                }
            }
            (parts::facts([
                ("Yêu cầu lúc", html! { (base::day::vi_moment(job.begun)) }),
                ("Số lần chạy", html! { (job.tries) }),
            ]))
        }
    }
}

pub async fn cancel(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = find(&visit, &id).await?.id;
    actions::cancel_job(&visit.site, &visit.scope, id).await?;
    web::to(format!("/viec-nen/{id}"), Some("Đã huỷ. Việc đang chạy sẽ dừng sau một hai giây."))
}

pub async fn retry(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = find(&visit, &id).await?.id;
    actions::retry_job(&visit.site, &visit.scope, id).await?;
    web::to(format!("/viec-nen/{id}"), Some("Đã cho chạy lại."))
}

pub async fn download(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: JobId = id.parse().map_err(|_| Fault(Failure::NotFound))?;
    let (headers, bytes) = actions::job_file(&visit.site, &visit.scope, id).await?;
    Ok(web::file_answer(&headers, bytes))
}
