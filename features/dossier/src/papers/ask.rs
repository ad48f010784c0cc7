//! Mẫu số 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.

use super::lines::{applicant, contact, hand, line, lines};
use super::{Printed, What, blank, form_on};
use crate::model::*;
use letter::{Block, Col, Letter, Signer, Table, TableRow};
use procedure::Copy;

pub fn ask(printed: &Printed, which: Option<usize>) -> Result<Letter, NotNow> {
    let asks = &printed.seen.past.asks;
    let found = which.map_or(asks.last(), |which| asks.get(which.wrapping_sub(1)));
    let ask = found.ok_or(NotNow::NothingToPrint { what: "yêu cầu bổ sung" })?;
    let day = base::day::today(ask.at);
    let (set, form) = form_on(What::Ask, day)?;
    let desk = printed.offices.desk(set);
    let guide = printed.guides.get(&ask.id).cloned().unwrap_or_default();
    let mut body = vec![
        applicant(printed, Some((&desk.name, &desk.parent)), "Tiếp nhận hồ sơ của"),
        lines(vec![line("", "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:")]),
    ];
    let with_table = set.form(What::Stop).is_some();
    body.push(if with_table { Block::Table(table(printed, ask)) } else { list(ask) });
    let mut rows = vec![line("Lý do", &ask.reason)];
    rows.extend(ask.until.map(|until| line("Thời hạn bổ sung", format!("đến hết {}", base::day::vi_long(until)))));
    rows.push(line("", contact(printed, &guide)));
    body.push(lines(rows));
    body.push(Block::Signatures(vec![Signer::default(), hand("Người hướng dẫn", &guide.name)]));
    Ok(Letter { body, ..blank(set, form, desk, Some(day), printed.seen.at.dossier.sample) })
}

/// What is wrong and what is to be done, as one sentence each.
fn wanted(item: &Item) -> String {
    let parts = [item.fault.trim(), item.wanted.trim()];
    let said: Vec<&str> =
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.trim_end_matches('.')).collect();
    said.join(". ")
}

fn list(ask: &Ask) -> Block {
    let row = |(at, item): (usize, &Item)| line("", format!("{at}. {}: {}", item.name, wanted(item)));
    lines((1..).zip(&ask.items).map(row).collect())
}

/// The number stands under the kind of copy that the paper is handed in as.
fn table(printed: &Printed, ask: &Ask) -> Table {
    let under = "Số lượng";
    let columns = vec![
        Col::new("TT").mm(9).center(),
        Col::new("Thành phần hồ sơ").share(2),
        Col::new("Nội dung bổ sung, hoàn thiện").share(3),
        Col::new("Bản chính").mm(13).center().under(under),
        Col::new("Bản chứng thực").mm(15).center().under(under),
        Col::new("Bản photo").mm(13).center().under(under),
    ];
    let row = |(at, item): (usize, &Item)| {
        let paper = printed.seen.attached.papers.iter().find(|paper| paper.code == item.code);
        let (copy, number) = paper.map_or((Copy::Original, 1), |paper| (paper.copy, paper.number));
        let count = |kinds: &[Copy]| if kinds.contains(&copy) { number.to_string() } else { String::new() };
        TableRow::new([
            at.to_string(),
            item.name.clone(),
            wanted(item),
            count(&[Copy::Original, Copy::Electronic]),
            count(&[Copy::Certified]),
            count(&[Copy::Copy]),
        ])
    };
    Table { columns, rows: (1..).zip(&ask.items).map(row).collect() }
}
