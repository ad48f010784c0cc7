//! Messages to systems outside: what waits, what was refused, every try of one. Their content names people and is not shown.

use axum::extract::Path;
use link::{Attempt, Filter, Message, MessageId, State};
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table, Toolbar};
use web::look::{Page, Tone};
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

const HERE: &str = "/quan-tri/ket-noi";
/// As many of those that hold up others as anybody looks at.
const HELD: i64 = 20;

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &["tinh_trang", "ve"]);
    let state = State::ALL.iter().find(|state| state.code() == list.get("tinh_trang"));
    let subject = Some(list.get("ve").trim().to_owned()).filter(|subject| !subject.is_empty());
    let mut conn = visit.site.db.read().await?;
    let filter = Filter { state: state.copied(), system: None, subject };
    let after = list.get("sau").parse::<MessageId>().ok();
    let all = link::list(&mut conn, &filter, after, list.size() as i64).await?;
    let held = link::held(&mut conn, HELD).await?;
    let mut page = Page::new(
        "Kết nối ra ngoài",
        html! {
            @if !visit.site.settings.portal {
                (parts::notice(Tone::Info, html! { "Hệ thống chưa kết nối Cổng Dịch vụ công quốc gia: điền phần [dvcqg] trong tệp cấu hình (" code { "cuaviet config docs" } ")." }))
            }
            @if !held.is_empty() { (parts::section("Đang chặn các bản tin sau", None, held_table(&held))) }
            (Toolbar { action: HERE, filters: Some(filters(&list)), ..Toolbar::default() })
            @if all.is_empty() { (list.none("Không có bản tin nào", "Mỗi lần hồ sơ đổi trạng thái, một bản tin vào đây và được gửi đi theo thứ tự.")) }
            @else { (table(&all)) }
            (list.onward(all.last().filter(|_| all.len() == list.size()).map(|last| last.id)))
        },
    );
    page.lead = Some(
        html! { "Bản tin gửi Cổng Dịch vụ công quốc gia và cổng thanh toán. Hệ thống ngoài gặp sự cố không làm dừng việc ở quầy." },
    );
    show(page)
}

fn filters(list: &Listing) -> Markup {
    let all = State::ALL.iter().map(|state| Choice::new(state.code(), state.say()));
    let choices: Vec<Choice> = [Choice::new("", "Mọi tình trạng")].into_iter().chain(all).collect();
    fields::select(Field::new("tinh_trang", "Tình trạng").value(list.get("tinh_trang")), &choices)
}

fn tag(one: &Message) -> Markup {
    let tone = match one.state {
        State::Waiting => Tone::Soon,
        State::Sent => Tone::Ok,
        State::Refused | State::GivenUp => Tone::Bad,
    };
    html! { (parts::tag(tone, one.state.say())) @if one.passed.is_some() { " " (parts::tag(Tone::Calm, "Đã bỏ qua")) } }
}

fn what(kind: &str) -> &str {
    match kind {
        link::dvcqg::DOSSIER => "Hồ sơ",
        link::dvcqg::PROGRESS => "Tiến độ",
        link::payment::REFUND => "Hoàn tiền",
        other => other,
    }
}

fn table(all: &[Message]) -> Markup {
    let columns = vec![
        Column::new("Bản tin").width(30),
        Column::new("Tình trạng").width(20),
        Column::number("Số lần gửi"),
        Column::new("Vì sao chưa nhận").width(30),
        Column::new("Xếp hàng lúc").width(15),
    ];
    let row = |one: &Message| {
        let row = Row::new(vec![
            html! { a href={ (HERE) "/" (one.id) } { (what(&one.kind)) } div.quiet { (one.subject) ", thứ " (one.place) } },
            tag(one),
            html! { (one.tries) },
            html! { (one.problem.as_deref().unwrap_or_default()) },
            html! { (base::day::vi_moment(one.put)) },
        ]);
        if matches!(one.state, State::Refused | State::GivenUp) && one.passed.is_none() {
            row.tone(Tone::Bad)
        } else {
            row
        }
    };
    html! { (Table { caption: "Bản tin ra hệ thống ngoài", columns, rows: all.iter().map(row).collect(), ..Table::default() }) }
}

fn held_table(held: &[(Message, i64)]) -> Markup {
    let columns =
        vec![Column::new("Bản tin").width(40), Column::new("Lý do").width(45), Column::number("Đang chờ sau")];
    let row = |(one, behind): &(Message, i64)| {
        Row::new(vec![
            html! { a href={ (HERE) "/" (one.id) } { (what(&one.kind)) } div.quiet { (one.subject) } },
            html! { (one.problem.as_deref().unwrap_or_default()) },
            html! { (behind) },
        ])
    };
    html! { (Table { caption: "Bản tin đang chặn", columns, rows: held.iter().map(row).collect(), ..Table::default() }) }
}

pub async fn one(visit: Visit, Path(id): Path<MessageId>) -> Answer {
    show(shown(&visit, id, "", &[]).await?)
}

async fn shown(visit: &Visit, id: MessageId, reason: &str, refusals: &[base::Refusal]) -> Result<Page, Failure> {
    let mut conn = visit.site.db.read().await?;
    let one = link::find(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    let attempts = link::attempts(&mut conn, id).await?;
    let dossier = one.subject.strip_prefix("dossier:").map(|id| format!("/mot-cua/ho-so/{id}"));
    let stuck = matches!(one.state, State::Refused | State::GivenUp) && one.passed.is_none();
    let mut page = Page::new(
        format!("Bản tin {}", what(&one.kind).to_lowercase()),
        html! {
            (parts::facts([
                ("Hệ thống", html! { (one.system) }),
                ("Về", html! { @match &dossier { Some(href) => a href=(href) { (one.subject) }, None => (one.subject) } ", thứ " (one.place) }),
                ("Tình trạng", tag(&one)),
                ("Lý do", html! { (one.problem.as_deref().unwrap_or("Không có")) }),
                ("Xếp hàng lúc", html! { (base::day::vi_moment(one.put)) }),
            ]))
            @if stuck {
                form.form method="post" action={ (HERE) "/" (one.id) "/gui-lai" } {
                    (form::token(visit)) (Button::new("Gửi lại"))
                    p.quiet { "Sửa nguyên nhân trước (tài khoản, mã đơn vị, mã thủ tục), rồi gửi lại." }
                }
                (parts::details_open("Bỏ qua bản tin này", !refusals.is_empty(), html! {
                    form.form method="post" action={ (HERE) "/" (one.id) "/bo-qua" } {
                        (form::token(visit))
                        (fields::textarea(Field::new("ly_do", "Lý do bỏ qua").hint("Các bản tin sau của hồ sơ này sẽ được gửi tiếp.").value(reason).rows(2).refused(refusals)))
                        (Button::new("Bỏ qua").second())
                    }
                }))
            }
            (parts::section("Các lần gửi", None, tries(&attempts)))
        },
    );
    page.crumbs = vec![("Kết nối ra ngoài".into(), HERE.into())];
    Ok(page)
}

fn tries(attempts: &[Attempt]) -> Markup {
    if attempts.is_empty() {
        return html! { p.quiet { "Chưa gửi lần nào." } };
    }
    let columns = vec![
        Column::number("Lần"),
        Column::new("Lúc").width(20),
        Column::new("Kết quả").width(25),
        Column::number("HTTP"),
        Column::new("Trả lời").width(40),
    ];
    let row = |one: &Attempt| {
        Row::new(vec![
            html! { (one.number) },
            html! { (base::day::vi_moment(one.begun)) },
            html! { (one.verdict.map_or("Đang gửi", |verdict| verdict.say())) },
            html! { @if let Some(status) = one.status { (status) } },
            html! { (one.say.as_deref().unwrap_or_default()) },
        ])
    };
    html! { (Table { caption: "Các lần gửi", columns, rows: attempts.iter().map(row).collect(), ..Table::default() }) }
}

pub async fn resend(visit: Visit, Path(id): Path<MessageId>, _: Posted) -> Answer {
    let mut tx = visit.site.db.begin().await?;
    match link::resend(&mut tx, &visit.scope, id).await {
        Ok(()) => tx.commit().await?,
        Err(Failure::Refused(no)) => {
            drop(tx);
            return show_again(shown(&visit, id, "", &no).await?, no);
        }
        Err(other) => return Err(Fault(other)),
    }
    to(format!("{HERE}/{id}"), Some("Sẽ gửi lại ngay."))
}

pub async fn pass_over(visit: Visit, Path(id): Path<MessageId>, form: Posted) -> Answer {
    let reason = form.text("ly_do").unwrap_or_default();
    let mut tx = visit.site.db.begin().await?;
    match link::pass_over(&mut tx, &visit.scope, id, &reason).await {
        Ok(()) => tx.commit().await?,
        Err(Failure::Refused(no)) => {
            drop(tx);
            let no: Vec<base::Refusal> = no.into_iter().map(|no| no.at("ly_do")).collect();
            return show_again(shown(&visit, id, &reason, &no).await?, no);
        }
        Err(other) => return Err(Fault(other)),
    }
    to(format!("{HERE}/{id}"), Some("Đã bỏ qua. Các bản tin sau được gửi tiếp."))
}
