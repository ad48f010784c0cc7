//! Lines that several forms share.

use super::{Printed, Signed};
use crate::model::*;
use base::Timestamp;
use letter::{Block, Fact, Qr, Signer};

/// "16 giờ 30 phút, ngày 08 tháng 12 năm 2026", as the circulars' forms have it.
pub fn long_moment(at: Timestamp) -> String {
    let local = hours::local(at);
    format!("{:02} giờ {:02} phút, {}", local.hour(), local.minute(), base::day::vi_long(local.date()))
}

/// A line of a form.
pub fn line(label: &str, text: impl Into<String>) -> Vec<Fact> {
    vec![Fact::new(label, text)]
}

/// Lines without a code beside them.
pub fn lines(rows: Vec<Vec<Fact>>) -> Block {
    Block::Facts { rows, qr: None }
}

/// Whose dossier it is and what it is about, beside the code that leads to it.
pub fn applicant(printed: &Printed, desk: Option<(&str, &str)>, whose: &str) -> Block {
    let dossier = &printed.seen.at.dossier;
    let owner = &dossier.owner;
    let mut rows = vec![vec![Fact::new("Mã hồ sơ", &dossier.code).bold()]];
    rows.extend(desk.map(|(name, of)| line(name, of)));
    rows.push(vec![Fact::new(whose, &owner.name).bold()]);
    if !owner.submitter.is_empty() {
        rows.push(line("Người nộp", &owner.submitter));
    }
    rows.push(line("Địa chỉ", &owner.address));
    rows.push(vec![Fact::new("Số điện thoại", phone(&owner.phone)), Fact::new("Email", &owner.email)]);
    rows.push(line("Nội dung yêu cầu giải quyết", about(dossier)));
    Block::Facts { rows, qr: Some(code(printed)) }
}

/// The QR code: where the dossier is followed, and its code. Whoever finds the paper reads it, so neither whose dossier it
/// is nor the secret is ever in it.
pub fn code(printed: &Printed) -> Qr {
    let place = format!("{}/tra-cuu", printed.site.trim_end_matches('/'));
    let content = web::address::with(&place, &[("ma", &printed.seen.at.dossier.code)]);
    Qr { content, caption: "Quét để tra cứu".into() }
}

/// Where a dossier is followed, to read.
pub fn follow_at(printed: &Printed) -> String {
    let site = printed.site.trim_end_matches('/');
    format!("{}/tra-cuu", site.trim_start_matches("https://").trim_start_matches("http://"))
}

pub fn about(dossier: &Dossier) -> String {
    if dossier.summary.is_empty() { dossier.name.clone() } else { format!("{} ({})", dossier.name, dossier.summary) }
}

/// "0905 123 456".
pub fn phone(digits: &str) -> String {
    match (digits.get(..4), digits.get(4..7), digits.get(7..)) {
        (Some(a), Some(b), Some(c)) if digits.len() == 10 => format!("{a} {b} {c}"),
        _ => digits.to_owned(),
    }
}

/// How its owner is spoken to.
pub fn address(owner: &Owner) -> &'static str {
    match owner.kind {
        OwnerKind::Person => "Ông/Bà",
        OwnerKind::Organisation => "Quý cơ quan, tổ chức",
    }
}

/// Whoever hands it in: the owner, or somebody for them.
pub fn submitter(owner: &Owner) -> &str {
    if owner.submitter.is_empty() { &owner.name } else { &owner.submitter }
}

/// A set has each paper as often as it is asked for; what was handed in counts.
pub fn sets(papers: &[Paper]) -> i64 {
    papers.iter().map(|paper| paper.number).min().unwrap_or(1).max(1)
}

/// A hand under a form of the counter.
pub fn hand(title: &str, name: &str) -> Signer {
    Signer::new(title, name).note("Ký và ghi rõ họ tên")
}

/// Who signs for the agency. Without a name it is left to be written.
pub fn head(signed: &Signed) -> Signer {
    let title = if signed.title.is_empty() { "Thủ trưởng cơ quan" } else { &signed.title };
    Signer::new(title, &signed.name)
}

/// Where questions go, as far as that is known.
pub fn contact(printed: &Printed, who: &Signed) -> String {
    let places = [who.name.as_str(), printed.help.trim()];
    let known: Vec<&str> = places.into_iter().filter(|one| !one.is_empty()).collect();
    format!(
        "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, {} liên hệ {} để được hướng dẫn.",
        address(&printed.seen.at.dossier.owner),
        if known.is_empty() { "nơi tiếp nhận hồ sơ".to_owned() } else { known.join(", ") }
    )
}
