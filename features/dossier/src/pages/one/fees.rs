//! The fees of a dossier: taken, waived, given back.

use super::forms::{begin, to};
use crate::actions::Seen;
use crate::model::*;
use crate::pages::refunds;
use base::Refusal;
use base::number::vi;
use maud::{Markup, html};
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Posted, Visit};

pub fn fees(visit: &Visit, seen: &Seen, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    html! {
        @for fee in &seen.past.fees {
            div.fee {
                p {
                    (fee.name) ": " strong { (vi(&fee.amount)) " đồng" } " "
                    @match fee.state {
                        FeeState::Due => (parts::tag(Tone::Soon, fee.state.say())),
                        FeeState::Paid => (parts::tag(Tone::Ok, fee.state.say())),
                        _ => (parts::tag(Tone::Calm, fee.state.say())),
                    }
                    @if !fee.receipt.is_empty() { " biên lai " (fee.receipt) }
                }
                @if fee.state == FeeState::Due && seen.at.sight.counts { (take(visit, seen, fee)) }
                @for one in seen.past.refunds.iter().filter(|one| one.fee == fee.id) { (refund(visit, seen, one, typed, refusals)) }
                @if is_refundable(seen, fee) { (asking(visit, seen, fee, typed, refusals)) }
            }
        }
    }
}

fn take(visit: &Visit, seen: &Seen, fee: &Fee) -> Markup {
    html! {
        form.filters method="post" action=(to(seen, "phi")) {
            (begin(visit, seen)) input type="hidden" name="phi" value=(fee.id);
            (Button::new("Đã thu tiền mặt").second())
            (fields::text(Field::new("ly_do", "Căn cứ miễn").id(format!("mien-{}", fee.id)).optional()))
            (Button::new("Miễn").quiet().sends("viec", "mien"))
        }
    }
}

fn is_refundable(seen: &Seen, fee: &Fee) -> bool {
    let left = left_of(fee, &seen.past.refunds) > base::Decimal::ZERO;
    seen.at.sight.counts && fee.state == FeeState::Paid && fee.way != ONLINE && left
}

fn asking(visit: &Visit, seen: &Seen, fee: &Fee, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = typed.filter(|form| form.get("phi") == fee.id.to_string() && form.has("so_tien"));
    let refusals = if typed.is_some() { refusals } else { &[] };
    let left = vi(&left_of(fee, &seen.past.refunds));
    let amount = typed.map_or(left.as_str(), |form| form.get("so_tien"));
    let why = typed.map_or("", |form| form.get("ly_do_hoan"));
    let form = html! {
        form.form method="post" action=(to(seen, "hoan-phi")) {
            (begin(visit, seen)) input type="hidden" name="phi" value=(fee.id);
            (fields::number(Field::new("so_tien", "Số tiền hoàn").id(format!("so-tien-{}", fee.id)).unit("đồng").value(amount).refused(refusals)))
            (fields::text(Field::new("ly_do_hoan", "Lý do hoàn").id(format!("ly-do-hoan-{}", fee.id)).hint("Ví dụ: thu nhầm mức; thu hai lần").value(why).refused(refusals)))
            (Button::new("Đề nghị hoàn").second())
        }
    };
    parts::details_open("Hoàn phí", typed.is_some(), form)
}

fn refund(visit: &Visit, seen: &Seen, one: &Refund, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let tone = match (one.decided, one.agreed, one.paid) {
        (None, ..) | (_, true, None) => Tone::Soon,
        _ => Tone::Calm,
    };
    html! {
        p {
            "Hoàn " strong { (vi(&one.amount)) " đồng" } " " (parts::tag(tone, one.say()))
            @if one.paid.is_some() { " phiếu " a href=(refunds::slip(seen.at.dossier.id, one.id)) download { (one.number) } }
        }
        p.quiet {
            (one.reason) " (" (one.asked_by) ", " (base::day::vi_moment(one.asked)) ")"
            @if !one.decided_by.is_empty() { ". " (one.decided_by) @if !one.why_not.is_empty() { ": " (one.why_not) } }
        }
        @if one.decided.is_none() && seen.at.sight.heads { (deciding(visit, seen, one, typed, refusals)) }
        @if one.agreed && one.paid.is_none() && seen.at.sight.counts {
            form.filters method="post" action=(to(seen, "hoan-phi")) {
                (begin(visit, seen)) input type="hidden" name="hoan" value=(one.id);
                (Button::new("Đã trả lại tiền").sends("viec", "tra"))
            }
        }
    }
}

fn deciding(visit: &Visit, seen: &Seen, one: &Refund, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = typed.filter(|form| form.get("hoan") == one.id.to_string());
    let refusals = if typed.is_some() { refusals } else { &[] };
    let why = typed.map_or("", |form| form.get("ly_do_khong"));
    html! {
        form.filters method="post" action=(to(seen, "hoan-phi")) {
            (begin(visit, seen)) input type="hidden" name="hoan" value=(one.id);
            (Button::new("Duyệt hoàn phí").sends("viec", "duyet"))
            (fields::text(Field::new("ly_do_khong", "Lý do không duyệt").id(format!("khong-{}", one.id)).value(why).optional().refused(refusals)))
            (Button::new("Không duyệt").quiet().sends("viec", "khong"))
        }
    }
}
