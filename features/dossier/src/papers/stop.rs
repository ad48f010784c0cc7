//! Mẫu số 05 (TT 03/2025): Thông báo dừng giải quyết hồ sơ. Also where its owner took it back.

use super::lines::{about, address, head, line, lines, phone};
use super::{Printed, What, blank, form_on};
use crate::model::*;
use letter::{Block, Fact, Kind, Letter};

pub fn stop(printed: &Printed) -> Result<Letter, NotNow> {
    let dossier = &printed.seen.at.dossier;
    let stopped = matches!(dossier.state, State::Stopped | State::Withdrawn);
    let ending = printed.ending.as_ref().filter(|_| stopped);
    let ending = ending.ok_or(NotNow::NothingToPrint { what: "việc dừng giải quyết" })?;
    let day = base::day::today(ending.at);
    let (set, form) = form_on(What::Stop, day)?;
    let heading = printed.offices.agency();
    let (you, agency) = (address(&dossier.owner), &printed.offices.agency.name);
    let body = vec![
        Block::Paragraph(format!(
            "{} đã tiếp nhận hồ sơ của {you} ngày {}, nội dung sau:",
            printed.offices.desk_name(set),
            base::day::vi(base::day::today(dossier.received))
        )),
        lines(vec![
            vec![Fact::new("Mã hồ sơ", &dossier.code).bold()],
            line("Chủ hồ sơ", &dossier.owner.name),
            line("Địa chỉ", &dossier.owner.address),
            vec![Fact::new("Số điện thoại", phone(&dossier.owner.phone)), Fact::new("Email", &dossier.owner.email)],
            line("Nội dung yêu cầu giải quyết", about(dossier)),
        ]),
        Block::Paragraph(format!(
            "{agency} thông báo dừng giải quyết hồ sơ trên kể từ {}. Lý do: {}.",
            base::day::vi_long(day),
            reason(printed, &ending.reason)
        )),
        Block::Paragraph(format!(
            "{you} nhận lại giấy tờ đã nộp tại {}. Khi có nhu cầu, {you} lập và nộp hồ sơ mới theo quy định.",
            printed.offices.desk_name(set)
        )),
        Block::Paragraph(format!("{agency} thông báo để {you} được biết.")),
    ];
    let made = blank(set, form, heading, Some(day), dossier.sample);
    Ok(Letter {
        kind: Kind::named("Thông báo"),
        title: "Dừng giải quyết hồ sơ".into(),
        symbol: format!("TB-{}", made.symbol),
        to: vec![dossier.owner.name.clone()],
        body,
        signer: head(&printed.head),
        receivers: vec!["Như trên".into(), printed.offices.desk_name(set), "Lưu: VT, hồ sơ".into()],
        ..made
    })
}

/// As it was written; where nothing was, what the records show.
fn reason(printed: &Printed, written: &str) -> String {
    let written = written.trim().trim_end_matches('.');
    if !written.is_empty() {
        return written.to_owned();
    }
    let unanswered = printed.seen.past.asks.iter().rfind(|ask| ask.answered.is_none());
    match (printed.seen.at.dossier.state, unanswered) {
        (State::Withdrawn, _) => "theo đề nghị của người nộp hồ sơ".into(),
        (_, Some(ask)) => {
            let day = base::day::vi(base::day::today(ask.at));
            format!("hết thời hạn mà chưa nhận được giấy tờ bổ sung theo yêu cầu ngày {day}")
        }
        _ => "…".into(),
    }
}
