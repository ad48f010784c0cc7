//! The papers of a dossier by their circulars: TT 03/2025/TT-VPCP and, before it, TT 01/2018/TT-VPCP.

use crate::actions::Seen;
use crate::model::*;
use crate::pages::moment;
use letter::{Block, Col, Kind, Letter, Number, Signer, Table, TableRow};
use people::Unit;

/// Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01). `secret` is what the citizen follows it with; empty where it is
/// printed again: it is kept nowhere.
pub fn receipt(seen: &Seen, counter: &Unit, owner: &str, secret: &str) -> Letter {
    let dossier = &seen.at.dossier;
    let mut body = vec![
        Block::Paragraph(format!("Mã hồ sơ: {}", dossier.code)),
        Block::Paragraph(applicant(dossier)),
        Block::Paragraph(format!("Nội dung yêu cầu giải quyết: {}.", about(dossier))),
        Block::Paragraph("1. Thành phần hồ sơ nộp gồm:".into()),
        Block::Table(papers(&seen.papers)),
        Block::Paragraph(format!("2. Số lượng hồ sơ: {} bộ.", sets(&seen.papers))),
        Block::Paragraph(format!("3. Thời gian giải quyết theo quy định: {}.", time(seen))),
        Block::Paragraph(format!("4. Thời gian nhận hồ sơ: {}.", moment(dossier.received))),
        Block::Paragraph(format!("5. Thời gian trả kết quả: {}.", moment(dossier.promised))),
        Block::Paragraph(format!("6. Đăng ký nhận kết quả: {}.", dossier.return_by.say().to_lowercase())),
    ];
    if !seen.fees.is_empty() {
        body.push(Block::Paragraph(format!("7. Phí, lệ phí: {}.", fees(&seen.fees))));
    }
    body.push(Block::Paragraph(format!(
        "Vào Sổ theo dõi hồ sơ, quyển số {}, số thứ tự {}.",
        hours::local(dossier.received).year(),
        dossier.number
    )));
    if !secret.is_empty() {
        body.push(Block::Paragraph(format!("Tra cứu tình trạng hồ sơ bằng mã hồ sơ và mã tra cứu {secret}.")));
    }
    let by = seen.events.first().map(|event| event.who.clone()).unwrap_or_default();
    let from = if dossier.owner.submitter.is_empty() { &dossier.owner.name } else { &dossier.owner.submitter };
    body.push(Block::Signatures(vec![Signer::new("Người nộp hồ sơ", from), Signer::new("Người tiếp nhận hồ sơ", by)]));
    Letter {
        parent: Some(owner.to_owned()),
        agency: format!("{}\nBộ phận tiếp nhận và trả kết quả", counter.name),
        kind: Kind::named("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        number: Number::Text(format!("{:04}", dossier.number)),
        symbol: "BPTNTKQ".into(),
        place: "Quảng Trị".into(),
        date: Some(base::day::today(dossier.received)),
        body,
        sample: dossier.sample.then(|| "DỮ LIỆU MẪU".into()),
        ..Letter::default()
    }
}

fn applicant(dossier: &Dossier) -> String {
    let owner = &dossier.owner;
    let line = |label: &str, value: &str| if value.is_empty() { String::new() } else { format!("\n{label}: {value}") };
    format!(
        "Tiếp nhận hồ sơ của: {}{}{}{}",
        owner.name,
        line("Địa chỉ", &owner.address),
        line("Số điện thoại", &owner.phone),
        line("Email", &owner.email)
    )
}

fn about(dossier: &Dossier) -> String {
    if dossier.summary.is_empty() { dossier.name.clone() } else { format!("{} ({})", dossier.name, dossier.summary) }
}

fn papers(papers: &[Paper]) -> Table {
    let columns = vec![
        Col::new("STT").mm(12).center(),
        Col::new("Tên giấy tờ").share(1),
        Col::new("Loại giấy tờ").mm(34),
        Col::new("Số lượng").mm(20).center(),
    ];
    let row = |(at, paper): (usize, &Paper)| {
        TableRow::new([(at + 1).to_string(), paper.name.clone(), paper.copy.say().to_owned(), paper.number.to_string()])
    };
    Table { columns, rows: papers.iter().enumerate().map(row).collect() }
}

/// A set has each paper as often as it is asked for; what was handed in counts.
fn sets(papers: &[Paper]) -> i64 {
    papers.iter().map(|paper| paper.number).min().unwrap_or(1).max(1)
}

fn time(seen: &Seen) -> String {
    seen.at.procedure.case(&seen.at.dossier.case).map_or(String::new(), |case| case.time.say())
}

fn fees(fees: &[Fee]) -> String {
    let say =
        |fee: &Fee| format!("{} {} đồng ({})", fee.name, base::number::vi(&fee.amount), fee.state.say().to_lowercase());
    fees.iter().map(say).collect::<Vec<_>>().join("; ")
}
