//! Báo cáo tự đánh giá: what a department reports of itself, the scoring table in its annex.

use super::{Hands, mark, points, points_or_dash};
use crate::exports::proofs;
use crate::model::CardState;
use crate::view::{View, shown};
use base::{Date, number};
use letter::{Annex, Block, Col, Kind, Letter, Number, Table, TableRow};

/// The report of a card. Its day is that of sending; a card that is not sent yet gives a draft without a day.
pub fn report(view: &View, hands: &Hands) -> Letter {
    let year = view.round.year;
    let date: Option<Date> = view.card.submitted.map(base::day::today);
    let sent = view.card.state != CardState::Scoring;
    let unit = hands.unit_name();
    let day = match date {
        Some(date) => base::day::vi_long(date),
        None => "ngày … tháng … năm …".into(),
    };
    Letter {
        parent: Some(hands.province.name.clone()),
        agency: unit.clone(),
        kind: Kind::named("Báo cáo"),
        number: Number::Blank,
        symbol: format!("BC-{}", hands.sign()),
        place: hands.place(),
        date,
        title: format!("Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}"),
        to: vec![hands.committee(), "Hội đồng thẩm định Chỉ số cải cách hành chính".into()],
        body: body(view, &unit, sent),
        signer: hands
            .head
            .clone()
            .map(|(title, name)| letter::Signer::new(title, name))
            .unwrap_or_else(|| letter::Signer::new("Thủ trưởng đơn vị", "")),
        receivers: vec![
            "Như trên".into(),
            format!("Lãnh đạo {unit}"),
            format!("Các phòng, đơn vị thuộc {unit}"),
            "Lưu: VT".into(),
        ],
        annexes: vec![Annex {
            title: "Bảng tự đánh giá, chấm điểm".into(),
            with: format!("Kèm theo Báo cáo số      /BC-{} {day} của {unit}", hands.sign()),
            landscape: true,
            blocks: vec![Block::Table(table(view))],
        }],
        sample: mark(view.round.sample),
        ..Letter::default()
    }
}

fn body(view: &View, unit: &str, sent: bool) -> Vec<Block> {
    let year = view.round.year;
    let total = shown(&view.own.so_far);
    let max = shown(&view.own.applicable_max);
    let index = match &view.own.index {
        Some(index) => format!(", đạt {}", number::percent(index, 2)),
        None => format!(" (tạm tính, còn {} tiêu chí chưa có điểm)", view.own.unknown.len()),
    };
    let state = if sent { "" } else { " (bản nháp, phiếu chưa gửi)" };
    let mut blocks = vec![
        Block::Paragraph(format!(
            "Thực hiện “{}”, {unit} báo cáo kết quả tự đánh giá, chấm điểm{state} như sau:",
            view.round.name
        )),
        Block::Heading("I. KẾT QUẢ TỰ ĐÁNH GIÁ".into()),
        Block::Paragraph(format!(
            "Tổng điểm tự đánh giá là {}/{} điểm{index}; trong đó:",
            points(&total),
            points(&max)
        )),
    ];
    blocks.push(Block::Table(by_field(view)));
    let short = short_of(view);
    if !short.rows.is_empty() {
        blocks.push(Block::Heading("II. CÁC TIÊU CHÍ CHƯA ĐẠT ĐIỂM TỐI ĐA".into()));
        blocks.push(Block::Table(short));
    }
    blocks.push(Block::Paragraph(format!(
        "Trên đây là báo cáo kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year} của {unit}; bảng chấm điểm và danh mục tài liệu kiểm chứng tại Phụ lục kèm theo"
    )));
    blocks
}

fn by_field(view: &View) -> Table {
    let rows = view.set.nodes(&view.card.kind).into_iter().filter(|node| node.depth == 0).map(|node| {
        let sum = view.own.subtotal(&view.set, &node.criterion.code);
        let got = sum.map(|sum| shown(&sum.so_far)).unwrap_or_default();
        let max = sum.map_or_else(|| shown(&node.max), |sum| shown(&sum.max));
        TableRow::new([node.criterion.code.clone(), node.criterion.name.clone(), points(&max), points(&got)])
    });
    let mut table = Table {
        columns: vec![
            Col::new("TT").mm(12).center(),
            Col::new("Lĩnh vực").share(1),
            Col::new("Điểm tối đa").mm(24).right(),
            Col::new("Tự chấm").mm(24).right(),
        ],
        rows: rows.collect(),
    };
    let (max, total) = (shown(&view.own.applicable_max), shown(&view.own.so_far));
    table.rows.push(TableRow::new([String::new(), "Tổng cộng".into(), points(&max), points(&total)]).bold());
    table
}

/// Leaves below their maximum, with what the unit says of them. Bonus and penalty are left out: nobody owes them.
fn short_of(view: &View) -> Table {
    let leaves =
        view.set.nodes(&view.card.kind).into_iter().filter(|node| node.criterion.is_leaf() && node.group.is_none());
    let rows = leaves.filter_map(|node| {
        let code = &node.criterion.code;
        let line = view.own_line(code)?;
        let (got, max) = (shown(line.points.as_ref()?), shown(&line.max));
        let note = view.answers.get(code).map(|answer| answer.note.trim().to_owned()).unwrap_or_default();
        let reached = format!("{}/{}", points(&got), points(&max));
        (got < max).then(|| TableRow::new([code.clone(), node.criterion.name.clone(), reached, note]))
    });
    Table {
        columns: vec![
            Col::new("Mã").mm(15),
            Col::new("Tiêu chí").share(3),
            Col::new("Điểm").mm(27).right(),
            Col::new("Giải trình của đơn vị").share(2),
        ],
        rows: rows.collect(),
    }
}

/// The documents of a criterion; without any, the written explanation that stands for them.
fn proved(view: &View, code: &str) -> String {
    let documents = proofs(view, code);
    let note = || view.answers.get(code).map(|answer| answer.note.trim().to_owned()).unwrap_or_default();
    if documents.is_empty() { note() } else { documents }
}

/// Criteria, maxima, own points, documents, how it was counted.
fn table(view: &View) -> Table {
    let rows = view.set.nodes(&view.card.kind).into_iter().map(|node| {
        let code = &node.criterion.code;
        let leaf = node.criterion.is_leaf();
        let (got, max, why) = if leaf {
            let line = view.own_line(code);
            let why = line.map_or("Không áp dụng".to_owned(), |line| line.why.clone());
            (
                line.and_then(|line| line.points.as_ref()).map(shown),
                line.map_or_else(|| shown(&node.max), |line| shown(&line.max)),
                why,
            )
        } else {
            let sum = view.own.subtotal(&view.set, code);
            (
                sum.map(|sum| shown(&sum.so_far)),
                sum.map_or_else(|| shown(&node.max), |sum| shown(&sum.max)),
                String::new(),
            )
        };
        let cells = [
            code.clone(),
            node.criterion.name.clone(),
            points(&max),
            points_or_dash(got.as_ref()),
            proved(view, code),
            why,
        ];
        match (node.depth, leaf) {
            (0, _) => TableRow::new(cells).bold().shade(),
            (_, false) => TableRow::new(cells).bold(),
            _ => TableRow::new(cells),
        }
    });
    Table {
        columns: vec![
            Col::new("Mã").mm(14),
            Col::new("Lĩnh vực, tiêu chí, tiêu chí thành phần").share(4),
            Col::new("Điểm tối đa").mm(17).right(),
            Col::new("Tự chấm").mm(17).right(),
            Col::new("Tài liệu kiểm chứng").share(3),
            Col::new("Cách tính").share(3),
        ],
        rows: rows.collect(),
    }
}
