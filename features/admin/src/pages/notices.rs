//! What somebody was told, in their page; and, for administrators, the e-mails and texts that did not go out.

use axum::extract::Path;
use maud::{Markup, html};
use notice::{Notice, NoticeId, Outgoing};
use web::list::Listing;
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Page, Tone};
use web::{Answer, Posted, Visit, form, show, to};

const HERE: &str = "/thong-bao";
const FAILED: &str = "/quan-tri/tin-gui";

pub async fn mine(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let mut conn = visit.site.db.read().await?;
    let after = match list.get("sau").parse::<NoticeId>() {
        Ok(id) => notice::find(&mut conn, &visit.scope, id).await?,
        Err(_) => None,
    };
    let all = notice::list(&mut conn, &visit.scope, after.as_ref(), list.size() as i64).await?;
    let mut page = Page::new(
        "Thông báo",
        html! {
            @if all.is_empty() { (parts::empty("Chưa có thông báo nào.", "Khi có hồ sơ được giao cho bạn hoặc chờ bạn ký, bạn được báo ở đây.", None)) }
            @else { @for one in &all { (parts::section(&one.subject, None, shown(&visit, one))) } }
            (list.onward(all.last().filter(|_| all.len() == list.size()).map(|last| last.id)))
        },
    );
    page.lead = Some(html! { "Thông báo được giữ " (notice::KEPT_DAYS) " ngày." });
    if visit.unread > 0 {
        page.actions = Some(html! {
            form method="post" action={ (HERE) "/da-doc" } { (form::token(&visit)) (Button::new("Đánh dấu đã đọc tất cả").second()) }
        });
    }
    show(page)
}

fn shown(visit: &Visit, one: &Notice) -> Markup {
    html! {
        p.quiet { (base::day::vi_moment(one.at)) @if one.read.is_none() { " " (parts::tag(Tone::Info, "Chưa đọc")) } }
        @for line in one.body.lines() { p { (line) } }
        @if !one.link.is_empty() {
            form method="post" action={ (HERE) "/" (one.id) } { (form::token(visit)) (Button::new("Mở").about(&one.subject).second()) }
        }
    }
}

/// Marks one as read, and goes where it leads.
pub async fn open(visit: Visit, Path(id): Path<NoticeId>) -> Answer {
    let mut tx = visit.site.db.begin().await?;
    let one = notice::read(&mut tx, &visit.scope, id).await?;
    tx.commit().await?;
    // Links are whole, for e-mails; here only those of this site lead anywhere.
    let path = one.link.strip_prefix(&visit.site.settings.public_url).filter(|path| path.starts_with('/'));
    to(path.unwrap_or(HERE).to_owned(), None)
}

pub async fn read_all(visit: Visit) -> Answer {
    let mut tx = visit.site.db.begin().await?;
    notice::read_all(&mut tx, &visit.scope).await?;
    tx.commit().await?;
    to(HERE.to_owned(), Some("Đã đánh dấu đọc tất cả."))
}

pub async fn failed(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let mut conn = visit.site.db.read().await?;
    let after = match list.get("sau").parse::<NoticeId>() {
        Ok(id) => notice::find_failed(&mut conn, &visit.scope, id).await?,
        Err(_) => None,
    };
    let all = notice::failed(&mut conn, &visit.scope, after.as_ref(), list.size() as i64).await?;
    let settings = &visit.site.settings;
    let mut page = Page::new(
        "Thư, tin nhắn không gửi được",
        html! {
            @if !settings.mail && !settings.text {
                (parts::notice(Tone::Info, html! { "Hệ thống chưa gửi thư và tin nhắn: điền phần [smtp], [sms] trong tệp cấu hình (" code { "cuaviet config docs" } ")." }))
            }
            @if all.is_empty() { (parts::empty("Không có thư, tin nhắn nào gửi không được.", "Thư và tin nhắn gửi hỏng nhiều lần nằm ở đây, kèm lý do.", None)) }
            @else { (table(&visit, &all)) }
            (list.onward(all.last().filter(|_| all.len() == list.size()).map(|last| last.id)))
        },
    );
    page.lead = Some(html! { "Địa chỉ chỉ hiện một phần. Được giữ " (notice::SENT_DAYS) " ngày." });
    show(page)
}

fn table(visit: &Visit, all: &[Outgoing]) -> Markup {
    let columns = vec![
        Column::new("Gửi đến").width(20),
        Column::new("Nội dung").width(25),
        Column::new("Vì sao không gửi được").width(35),
        Column::new("Thôi gửi lúc").width(15),
        Column::actions("Gửi lại"),
    ];
    let row = |one: &Outgoing| {
        Row::new(vec![
            html! { (one.to) div.quiet { (one.way.say()) ", " (one.tries) " lần" } },
            html! { (one.subject) },
            html! { (one.problem.as_deref().unwrap_or_default()) },
            html! { (one.ended.map(base::day::vi_moment).unwrap_or_default()) },
            html! {
                form method="post" action={ (FAILED) "/" (one.id) "/gui-lai" } { (form::token(visit)) (Button::new("Gửi lại").about(&one.subject).quiet()) }
            },
        ])
    };
    html! { (Table { caption: "Thư, tin nhắn không gửi được", columns, rows: all.iter().map(row).collect(), ..Table::default() }) }
}

pub async fn resend(visit: Visit, Path(id): Path<NoticeId>, _: Posted) -> Answer {
    let mut tx = visit.site.db.begin().await?;
    notice::resend(&mut tx, &visit.scope, id).await?;
    tx.commit().await?;
    to(FAILED.to_owned(), Some("Sẽ gửi lại trong ít phút."))
}
