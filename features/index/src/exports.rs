//! The tables of the screens as spreadsheets: the same numbers, as numbers. The moment of a file's making is noted by
//! whoever makes the file.

use crate::board::{Board, Entry, HeatRow, Loss, Outcome, ResultLine, ShakyRow};
use crate::model::Proof;
use crate::view::{View, shown};
use base::{Decimal, day};
use people::UnitId;
use score::set::FilledBy;
use sheet::{Cell, Column, Table};
use std::collections::BTreeMap;

/// Title and notes that every table of a round has.
fn titled(board: &Board, kind: &str, title: &str, columns: Vec<Column>) -> Table {
    let standing = match &board.round.decision {
        Some(decision) if board.is_published() => format!("Đã công bố theo Quyết định {decision}"),
        _ => "Tạm tính, chưa công bố".into(),
    };
    let table = Table::new(columns)
        .title(format!("{title}: {}", board.round.name))
        .note(format!("Loại đơn vị: {}. {standing}.", people::kind_name(kind)));
    if board.round.sample { table.note("MẪU: bộ tiêu chí và số liệu không có thật.") } else { table }
}

/// The ranking, or as much of it as somebody looked for, in their order.
pub fn ranking(board: &Board, kind: &str, entries: &[&Entry]) -> Table {
    let last = board.last_year(kind).map_or("năm trước".to_owned(), |year| year.to_string());
    let columns = vec![
        Column::number("Hạng", 0).width(8),
        Column::text("Đơn vị", 40),
        Column::exact("Tự chấm"),
        Column::exact("Thẩm định"),
        Column::exact("Điều tra xã hội học").width(18),
        Column::exact("Điểm cộng"),
        Column::exact("Điểm trừ"),
        Column::number("Tổng điểm", 2),
        Column::exact("Điểm tối đa áp dụng").width(18),
        Column::number("Chỉ số (%)", 2),
        Column::text("Xếp loại", 14),
        Column::number(&format!("Thay đổi điểm so với {last}"), 2).width(20),
        Column::number(&format!("Thay đổi hạng so với {last}"), 0).width(20),
        Column::number("Tiêu chí chưa có điểm", 0).width(18),
    ];
    let mut table = titled(board, kind, "Xếp hạng", columns);
    for entry in entries {
        let one = &entry.outcome;
        table.push(vec![
            one.rank.into(),
            one.unit_name.clone().into(),
            one.self_points.into(),
            entry.appraised.into(),
            one.survey_points.into(),
            one.bonus.into(),
            one.penalty.into(),
            one.points.into(),
            one.applicable_max.into(),
            one.score.into(),
            one.rating.clone().into(),
            entry.moved().into(),
            entry.climbed().into(),
            entry.unknown.into(),
        ]);
    }
    table
}

/// One unit's criteria.
pub fn profile(board: &Board, entry: &Entry) -> Table {
    let mut table =
        titled(board, &entry.outcome.kind, &format!("Kết quả của {}", entry.outcome.unit_name), line_columns());
    push_lines(&mut table, &entry.outcome);
    table
}

fn line_columns() -> Vec<Column> {
    vec![
        Column::text("Mã", 10),
        Column::text("Tiêu chí", 60),
        Column::exact("Điểm tối đa"),
        Column::exact("Tự chấm"),
        Column::exact("Điểm"),
        Column::text("Cách tính", 40),
        Column::text("Lý do của người thẩm định", 40),
    ]
}

fn push_lines(table: &mut Table, outcome: &Outcome) {
    for line in &outcome.lines {
        table.push(line_cells(line));
    }
}

fn line_cells(line: &ResultLine) -> Vec<Cell> {
    vec![
        line.code.clone().into(),
        line.name.clone().into(),
        line.max.into(),
        line.own.into(),
        line.points.into(),
        line.why.clone().into(),
        line.reason.clone().into(),
    ]
}

/// Criteria × units in percent of the maximum.
pub fn heat(board: &Board, kind: &str, units: &[&Entry], rows: &[HeatRow]) -> Table {
    let mut columns = vec![Column::text("Mã", 10), Column::text("Tiêu chí", 50)];
    columns.extend(units.iter().map(|entry| Column::number(&entry.outcome.unit_short, 1)));
    let mut table = titled(board, kind, "Bản đồ nhiệt, % điểm tối đa", columns);
    for row in rows {
        let mut cells: Vec<Cell> = vec![row.code.clone().into(), row.name.clone().into()];
        cells.extend(row.shares.iter().map(|share| Cell::from(*share)));
        table.push(cells);
    }
    table
}

/// Where the province loses points.
pub fn losses(board: &Board, kind: &str, losses: &[&Loss]) -> Table {
    let columns = vec![
        Column::text("Mã", 10),
        Column::text("Tiêu chí", 60),
        Column::exact("Tổng điểm mất"),
        Column::number("Bình quân (% điểm tối đa)", 1).width(18),
        Column::number("Đơn vị 0 điểm", 0),
        Column::number("Đơn vị áp dụng", 0),
    ];
    let mut table = titled(board, kind, "Tiêu chí mất điểm", columns);
    for loss in losses {
        table.push(vec![
            loss.code.clone().into(),
            loss.name.clone().into(),
            loss.lost.into(),
            loss.average.into(),
            loss.zero.into(),
            loss.units.into(),
        ]);
    }
    table
}

/// Rank intervals.
pub fn robustness(board: &Board, kind: &str, rows: &[&ShakyRow]) -> Table {
    let columns = vec![
        Column::number("Hạng", 0).width(8),
        Column::text("Đơn vị", 40),
        Column::text("Chỉ số (%)", 12),
        Column::number("Hạng từ (90 % số lần)", 0).width(16),
        Column::number("Hạng đến (90 % số lần)", 0).width(16),
        Column::number("Hạng tốt nhất", 0),
        Column::number("Hạng kém nhất", 0),
        Column::number("Tốt nhất khi bỏ một tiêu chí", 0).width(16),
        Column::text("Bỏ tiêu chí", 12),
        Column::number("Kém nhất khi bỏ một tiêu chí", 0).width(16),
        Column::text("Bỏ tiêu chí nào", 12),
    ];
    let mut table = titled(board, kind, "Độ vững của thứ hạng", columns);
    for row in rows {
        let interval = &row.interval;
        table.push(vec![
            row.rank.into(),
            row.name.clone().into(),
            row.index.clone().into(),
            interval.low.into(),
            interval.high.into(),
            interval.best.into(),
            interval.worst.into(),
            row.best_without.0.into(),
            row.best_without.1.clone().into(),
            row.worst_without.0.into(),
            row.worst_without.1.clone().into(),
        ]);
    }
    table
}

/// Every criterion of every unit, with its documents.
pub fn everything(board: &Board, documents_of: &BTreeMap<UnitId, BTreeMap<String, Vec<Proof>>>) -> Table {
    let mut columns = vec![Column::text("Loại đơn vị", 16), Column::text("Đơn vị", 36)];
    columns.extend(line_columns());
    columns.push(Column::text("Tài liệu kiểm chứng", 60));
    let mut table = Table::new(columns).title(format!("Từng tiêu chí của mọi đơn vị: {}", board.round.name));
    if board.round.sample {
        table = table.note("MẪU: bộ tiêu chí và số liệu không có thật.");
    }
    for entry in &board.entries {
        let proofs = documents_of.get(&entry.outcome.unit);
        for line in &entry.outcome.lines {
            let mut row: Vec<Cell> =
                vec![people::kind_name(&entry.outcome.kind).into(), entry.outcome.unit_name.clone().into()];
            row.extend(line_cells(line));
            row.push(proofs.and_then(|proofs| proofs.get(&line.code)).map(|proofs| documents(proofs)).into());
            table.push(row);
        }
    }
    table
}

/// A unit's card as it is worked on; what was judged stays empty for whoever does not learn it yet.
pub fn card(view: &View) -> Table {
    let mut table = Table::new(vec![
        Column::text("Mã", 10),
        Column::text("Tiêu chí", 60),
        Column::text("Người chấm", 16),
        Column::exact("Điểm tối đa"),
        Column::exact("Tự chấm"),
        Column::text("Cách tính", 40),
        Column::exact("Thẩm định"),
        Column::text("Lý do của người thẩm định", 40),
        Column::text("Giải thích của đơn vị", 40),
        Column::text("Tài liệu kiểm chứng", 60),
    ])
    .title(format!("Phiếu chấm điểm của {}: {}", view.card.unit_name, view.round.name));
    if view.round.sample {
        table = table.note("MẪU: bộ tiêu chí và số liệu không có thật.");
    }
    for node in view.set.nodes(&view.card.kind) {
        table.push(card_row(view, &node));
    }
    table.totals = Some(vec![
        Cell::Empty,
        "Tổng".into(),
        Cell::Empty,
        shown(&view.own.applicable_max).into(),
        shown(&view.own.so_far).into(),
        Cell::Empty,
        view.sees_verdicts().then(|| shown(&view.settled.so_far)).into(),
    ]);
    table
}

fn card_row(view: &View, node: &score::Node<'_>) -> Vec<Cell> {
    let criterion = node.criterion;
    let code = &criterion.code;
    let judged = view.sees_verdicts();
    let points = |score: &score::UnitScore| -> Option<Decimal> {
        let exact = match criterion.is_leaf() {
            true => score.line(&view.set, code)?.points.clone(),
            false => score.subtotal(&view.set, code)?.points.clone(),
        };
        exact.as_ref().map(shown)
    };
    let by = match criterion.filled_by {
        _ if !criterion.is_leaf() => "",
        FilledBy::Own => "Đơn vị",
        FilledBy::Survey => "Điều tra",
        FilledBy::Auto => "Tự động",
        FilledBy::Appraiser => "Thẩm định",
    };
    vec![
        code.clone().into(),
        criterion.name.clone().into(),
        by.into(),
        shown(&node.max).into(),
        points(&view.own).into(),
        view.own_line(code).map(|line| line.why.clone()).into(),
        judged.then(|| points(&view.settled)).flatten().into(),
        view.verdicts.get(code).filter(|_| judged).map(|verdict| verdict.reason.clone()).into(),
        view.answers.get(code).map(|answer| answer.note.clone()).into(),
        proofs(view, code).into(),
    ]
}

/// The documents of a criterion, with the place in each.
pub fn proofs(view: &View, code: &str) -> String {
    view.proofs.get(code).map(|proofs| documents(proofs)).unwrap_or_default()
}

/// Numbers, days and places of documents.
pub fn documents(proofs: &[Proof]) -> String {
    let one = |proof: &Proof| {
        let evidence = &proof.evidence;
        let issued = evidence.issued.map(|issued| format!(" ngày {}", day::vi(issued))).unwrap_or_default();
        let place = if proof.place.is_empty() { String::new() } else { format!(", {}", proof.place) };
        let number = if evidence.number.is_empty() { &evidence.summary } else { &evidence.number };
        format!("{number}{issued}{place}")
    };
    proofs.iter().map(one).collect::<Vec<_>>().join("; ")
}
