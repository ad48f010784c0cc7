//! Payments through the gateway: how each stands, and what is to be given back. Payers' names are not shown.

use axum::extract::Path;
use link::payment::{self, Filter, Payment, PaymentId, PaymentState};
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table, Toolbar};
use web::look::{Page, Tone};
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

const HERE: &str = "/quan-tri/thanh-toan";

pub async fn page(visit: Visit) -> Answer {
    show(shown(&visit, None, &[]).await?)
}

/// `tried`: the payment whose refund was refused, and the reason that was typed.
async fn shown(visit: &Visit, tried: Option<(PaymentId, &str)>, refusals: &[base::Refusal]) -> Result<Page, Failure> {
    let list = Listing::of(&visit.uri, "", &["tinh_trang"]);
    let state = PaymentState::ALL.iter().find(|state| state.code() == list.get("tinh_trang"));
    let filter = Filter { state: state.copied(), subject: None, to_refund: list.get("tinh_trang") == "phai-hoan" };
    let mut conn = visit.site.db.read().await?;
    let after = list.get("sau").parse::<PaymentId>().ok();
    let all = payment::list(&mut conn, &filter, after, list.size() as i64).await?;
    let mut page = Page::new(
        "Thanh toán trực tuyến",
        html! {
            @if visit.site.payments.is_none() {
                (parts::notice(Tone::Info, html! { "Chưa có cổng thanh toán: điền phần [payment] trong tệp cấu hình (" code { "cuaviet config docs" } ")." }))
            }
            (Toolbar { action: HERE, filters: Some(filters(&list)), ..Toolbar::default() })
            @if all.is_empty() { (list.none("Không có khoản thanh toán nào", "Mỗi lần người dân nộp phí trực tuyến, một khoản vào đây.")) }
            @else { (table(visit, &all, tried, refusals)) }
            (list.onward(all.last().filter(|_| all.len() == list.size()).map(|last| last.id)))
        },
    );
    page.lead = Some(html! { "Tiền đến hai lần, sai số tiền, hoặc sau khi đã thu ở quầy thì phải hoàn lại." });
    Ok(page)
}

fn filters(list: &Listing) -> Markup {
    let all = PaymentState::ALL.iter().map(|state| Choice::new(state.code(), state.say()));
    let first = [Choice::new("", "Mọi tình trạng"), Choice::new("phai-hoan", "Phải hoàn lại")];
    let choices: Vec<Choice> = first.into_iter().chain(all).collect();
    fields::select(Field::new("tinh_trang", "Tình trạng").value(list.get("tinh_trang")), &choices)
}

fn tag(one: &Payment) -> Markup {
    let tone = match one.state {
        PaymentState::Pending => Tone::Soon,
        PaymentState::Paid => Tone::Ok,
        PaymentState::Failed | PaymentState::Refunded => Tone::Calm,
        PaymentState::Mismatch => Tone::Bad,
    };
    html! {
        (parts::tag(tone, one.state.say()))
        @if one.is_to_refund() { " " (parts::tag(Tone::Bad, "Phải hoàn lại")) }
        @if one.refund_asked.is_some() && one.refunded.is_none() { " " (parts::tag(Tone::Soon, "Đã yêu cầu hoàn")) }
    }
}

fn table(visit: &Visit, all: &[Payment], tried: Option<(PaymentId, &str)>, refusals: &[base::Refusal]) -> Markup {
    let columns = vec![
        Column::new("Nội dung").width(30),
        Column::number("Số tiền (đồng)"),
        Column::new("Tình trạng").width(20),
        Column::new("Lúc").width(15),
        Column::new("Hoàn tiền").width(25),
    ];
    let row = |one: &Payment| {
        let row = Row::new(vec![
            html! { (one.content) @if let Some(reference) = &one.reference { div.quiet { "Số tra cứu " (reference) } } },
            html! { (base::number::vi(&one.amount)) @if one.said.is_some_and(|said| said != one.amount) { div.quiet { "đến " (base::number::vi(&one.said.unwrap_or_default())) } } },
            html! { (tag(one)) @if let Some(problem) = &one.problem { div.quiet { (problem) } } },
            html! { (base::day::vi_moment(one.settled.unwrap_or(one.begun))) },
            html! { @if one.is_to_refund() { (refunding(visit, one, tried.filter(|(id, _)| *id == one.id).map(|(_, reason)| reason), refusals)) } @else if let Some(reason) = &one.refund_reason { (reason) } },
        ]);
        if one.is_to_refund() { row.tone(Tone::Bad) } else { row }
    };
    html! { (Table { caption: "Thanh toán trực tuyến", columns, rows: all.iter().map(row).collect(), ..Table::default() }) }
}

fn refunding(visit: &Visit, one: &Payment, tried: Option<&str>, refusals: &[base::Refusal]) -> Markup {
    let refusals = if tried.is_some() { refusals } else { &[] };
    html! {
        form method="post" action={ (HERE) "/" (one.id) "/hoan" } {
            (form::token(visit))
            (fields::text(Field::new("ly_do", "Lý do hoàn").id(format!("ly-do-{}", one.id)).value(tried.unwrap_or_default()).refused(refusals)))
            (Button::new("Yêu cầu hoàn tiền").about(&one.content).second())
        }
    }
}

pub async fn refund(visit: Visit, Path(id): Path<PaymentId>, form: Posted) -> Answer {
    let mut tx = visit.site.db.begin().await?;
    match payment::refund(&mut tx, &visit.scope, id, form.get("ly_do")).await {
        Ok(()) => tx.commit().await?,
        Err(Failure::Refused(no)) => {
            drop(tx);
            let no: Vec<base::Refusal> = no.into_iter().map(|no| no.at("ly_do")).collect();
            return show_again(shown(&visit, Some((id, form.get("ly_do"))), &no).await?, no);
        }
        Err(other) => return Err(Fault(other)),
    }
    to(HERE.to_owned(), Some("Đã gửi yêu cầu hoàn tiền tới cổng thanh toán."))
}
