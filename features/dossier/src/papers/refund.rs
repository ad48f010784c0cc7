//! Phiếu hoàn phí, lệ phí: what both hands keep of money that was given back. No circular has a form for it.

use super::Printed;
use super::lines::{about, hand, line, lines, submitter};
use super::set;
use crate::model::*;
use letter::{Block, Fact, Kind, Letter, Number, Page};

pub fn refund(printed: &Printed, one: &Refund) -> Result<Letter, NotNow> {
    let missing = NotNow::NothingToPrint { what: "khoản phí nào đã trả lại" };
    let (Some(paid), Some(fee)) = (one.paid, printed.seen.past.fees.iter().find(|fee| fee.id == one.fee)) else {
        return Err(missing);
    };
    let dossier = &printed.seen.at.dossier;
    let day = base::day::today(paid);
    let desk = set::on(day).map(|set| printed.offices.desk(set)).unwrap_or_else(|| printed.offices.agency());
    let dong = |amount| format!("{} đồng", base::number::vi(amount));
    let mut rows = vec![
        vec![Fact::new("Mã hồ sơ", &dossier.code).bold()],
        vec![Fact::new("Người nhận lại tiền", submitter(&dossier.owner)).bold()],
        line("Nội dung yêu cầu giải quyết", about(dossier)),
        line("Khoản đã thu", format!("{}, {}, biên lai {}", fee.name, dong(&fee.amount), fee.receipt)),
        vec![Fact::new("Số tiền hoàn", dong(&one.amount)).bold()],
        line("Lý do", &one.reason),
    ];
    if !one.decided_by.is_empty() {
        let on = one.decided.map(|at| base::day::vi(base::day::today(at))).unwrap_or_default();
        rows.push(line("Người duyệt", format!("{}, ngày {on}", one.decided_by)));
    }
    let hands = vec![hand("Người nhận tiền", submitter(&dossier.owner)), hand("Người hoàn tiền", &one.paid_by)];
    Ok(Letter {
        page: Page::A5,
        parent: Some(desk.parent).filter(|parent| !parent.is_empty()),
        agency: desk.name,
        kind: Kind::named("Phiếu hoàn phí, lệ phí"),
        number: Number::Text(one.number.clone()),
        symbol: desk.symbol,
        place: desk.place,
        date: Some(day),
        sample: dossier.sample.then(|| "DỮ LIỆU MẪU".into()),
        body: vec![lines(rows), Block::Signatures(hands)],
        ..Letter::default()
    })
}
