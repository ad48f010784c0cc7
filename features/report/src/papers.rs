//! A report on paper: a letter by NĐ 30/2020/NĐ-CP with the outline as its text and the forms as annexes.

use crate::model::*;
use crate::view::View;
use indicator::Form;
use letter::{Annex, Block, Col, Kind, Letter, Number, Signer, Table, TableRow};

/// Whose letter it is.
#[derive(Clone, Debug, Default)]
pub struct Hands {
    /// The agency that issues it, and the one above.
    pub agency: String,
    pub parent: Option<String>,
    /// Title and name of who signs.
    pub head: Option<(String, String)>,
    pub place: String,
}

pub fn letter(view: &View, hands: &Hands) -> Letter {
    let Held { round, report, ready, .. } = &view.held;
    let (number, symbol) = split(&report.number);
    let with = match report.issued {
        Some(day) if !report.number.is_empty() => {
            format!("Kèm theo Báo cáo số {} {} của {}", report.number, base::day::vi_long(day), hands.agency)
        }
        _ => format!("Kèm theo Báo cáo số      /BC của {}", hands.agency),
    };
    let annex = |(at, form): (usize, &Form)| Annex {
        title: form.name.clone(),
        with: with.clone(),
        landscape: true,
        blocks: vec![Block::Table(table(view, at, form))],
    };
    Letter {
        parent: hands.parent.clone(),
        agency: hands.agency.clone(),
        kind: Kind::named("Báo cáo"),
        number,
        symbol,
        place: hands.place.clone(),
        date: report.issued,
        title: format!("{} {}", ready.file.name.trim_start_matches("Báo cáo ").trim(), round.period.say()),
        to: vec![ready.file.receiver.clone()],
        body: body(view),
        signer: hands
            .head
            .clone()
            .map_or_else(|| Signer::new("Thủ trưởng đơn vị", ""), |(title, name)| Signer::new(title, name)),
        receivers: vec!["Như trên".into(), "Lưu: VT".into()],
        annexes: ready.forms.iter().enumerate().map(annex).collect(),
        sample: round.sample.then(|| "MẪU".to_owned()),
        ..Letter::default()
    }
}

/// "312/BC-SCT": the number, and the sign after it.
fn split(number: &str) -> (Number, String) {
    match number.split_once('/') {
        Some((count, symbol)) => (Number::Text(count.trim().to_owned()), symbol.trim().to_owned()),
        None if number.is_empty() => (Number::Blank, "BC".to_owned()),
        None => (Number::Text(number.to_owned()), "BC".to_owned()),
    }
}

fn body(view: &View) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in &view.ready().sections {
        let text = view.section(&section.code);
        blocks.push(Block::Heading(section.heading.clone()));
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
    }
    for one in view.wrong.iter().filter(|one| !one.explained.is_empty()) {
        blocks.push(Block::Item(format!("Giải trình: {} {}", one.say, one.explained)));
    }
    blocks
}

fn table(view: &View, at: usize, form: &Form) -> Table {
    let worked = view.worked();
    let own = [Col::new("TT").mm(14).center(), Col::new("Chỉ tiêu").share(3), Col::new("Đơn vị tính").mm(24)];
    let columns = form.columns.iter().map(|column| Col::new(column.head.join(", ")).mm(30).right());
    let rows = form.rows.iter().enumerate().map(|(row, line)| {
        let unit = line.counts.and_then(|counts| view.ready().set.indicators.get(counts.indicator));
        let first = [line.code.clone(), line.name.clone(), unit.map(|one| one.unit.clone()).unwrap_or_default()];
        let cells = (0..form.columns.len()).map(|column| view.text(at, row, column, &worked));
        let made = TableRow::new(first.into_iter().chain(cells).collect::<Vec<String>>());
        if line.is_heading { made.bold().shade() } else { made }
    });
    Table { columns: own.into_iter().chain(columns).collect(), rows: rows.collect() }
}
