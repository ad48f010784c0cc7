//! A report on paper: a letter by NĐ 30/2020/NĐ-CP with the outline as its text and the forms as annexes.

use crate::model::*;
use crate::rules::figures;
use crate::view::View;
use indicator::Form;
use indicator::form::Row;
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
    let (number, symbol) = split(&report.number, &report.unit_short);
    let with = match report.issued {
        Some(day) if !report.number.is_empty() => {
            format!("Kèm theo Báo cáo số {} {} của {}", report.number, base::day::vi_long(day), hands.agency)
        }
        _ => format!("Kèm theo Báo cáo số …/BC-{} của {}", report.unit_short, hands.agency),
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
        title: ready.titled(round.period).trim_start_matches("Báo cáo ").to_owned(),
        to: addressed(view),
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

/// A part goes to whoever adds it up; the whole to whom the regime says.
fn addressed(view: &View) -> Vec<String> {
    let Held { round, report, ready, .. } = &view.held;
    match (report.gathers(), ready.file.to.is_empty()) {
        (false, _) => vec![round.collector_name.clone()],
        (true, true) => vec![ready.file.receiver.clone()],
        (true, false) => ready.file.to.clone(),
    }
}

/// "312/BC-SCT": the number, and the sign after it.
fn split(number: &str, short: &str) -> (Number, String) {
    match number.split_once('/') {
        Some((count, symbol)) => (Number::Text(count.trim().to_owned()), symbol.trim().to_owned()),
        None if number.is_empty() => (Number::Blank, format!("BC-{short}")),
        None => (Number::Text(number.to_owned()), format!("BC-{short}")),
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

/// More columns than these share the width of the sheet.
const WIDE: usize = 6;

/// The rows that the unit is asked for. What they are measured in has a column where rows have one.
fn table(view: &View, at: usize, form: &Form) -> Table {
    let worked = view.worked();
    let unit =
        |row: &Row| row.counts.and_then(|counts| Some(view.ready().set.indicators.get(counts.indicator)?.unit.clone()));
    let has_units = form.rows.iter().any(|row| unit(row).is_some());
    let mut columns = vec![Col::new("TT").mm(14).center(), Col::new("Chỉ tiêu").share(3)];
    columns.extend(has_units.then(|| Col::new("Đơn vị tính").mm(24)));
    columns.extend(form.columns.iter().map(|column| {
        let col = Col::new(column.head.join(", "));
        if form.columns.len() > WIDE { col.share(1).right() } else { col.mm(30).right() }
    }));
    let rows = figures::rows(view.ready(), form, &view.held.report.asks).into_iter().filter_map(|row| {
        let line = form.rows.get(row)?;
        let first =
            [Some(line.code.clone()), Some(line.name.clone()), has_units.then(|| unit(line).unwrap_or_default())];
        let cells = (0..form.columns.len()).map(|column| view.text(at, row, column, &worked));
        let made = TableRow::new(first.into_iter().flatten().chain(cells).collect::<Vec<String>>());
        Some(if line.is_heading { made.bold().shade() } else { made })
    });
    Table { columns, rows: rows.collect() }
}
