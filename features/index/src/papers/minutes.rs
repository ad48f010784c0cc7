//! Biên bản thẩm định: what was changed of a unit's own points, and why.

use super::{Hands, mark, points, points_or_dash};
use crate::model::CardState;
use crate::view::{View, shown};
use base::Date;
use letter::{Annex, Block, Col, Kind, Letter, Number, Signer, Table, TableRow};

/// The minutes of one unit's appraisal. `day` is the day they are written.
pub fn minutes(view: &View, hands: &Hands, day: Date) -> Letter {
    let unit = hands.unit_name();
    let name = |hand: &Option<(String, String)>| hand.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    Letter {
        parent: Some(hands.province.name.clone()),
        agency: "Hội đồng thẩm định\nChỉ số cải cách hành chính".into(),
        kind: Kind::named("Biên bản"),
        number: Number::Blank,
        symbol: "BB-HĐTĐ".into(),
        title: format!("Thẩm định kết quả tự đánh giá Chỉ số cải cách hành chính năm {} của {unit}", view.round.year),
        body: body(view, hands, &unit, day),
        signer: Signer::new("Chủ tọa", name(&hands.chair)),
        second: Some(Signer::new("Thư ký", name(&hands.secretary))),
        receivers: vec!["Các thành viên Hội đồng".into(), unit, "Lưu: Hồ sơ, VT".into()],
        annexes: vec![Annex {
            title: "Bảng điểm thẩm định theo lĩnh vực".into(),
            with: String::new(),
            landscape: false,
            blocks: vec![Block::Table(by_field(view))],
        }],
        sample: mark(view.round.sample),
        ..Letter::default()
    }
}

fn body(view: &View, hands: &Hands, unit: &str, day: Date) -> Vec<Block> {
    let (own, settled) = (shown(&view.own.so_far), shown(&view.settled.so_far));
    let concluded = view.card.state == CardState::Concluded;
    let person = |hand: &Option<(String, String)>| match hand {
        Some((title, name)) => format!("{name}, {title}"),
        None => "…".into(),
    };
    let differences = differences(view);
    let mut blocks = vec![
        Block::Paragraph(format!(
            "Hôm nay, {}, Hội đồng thẩm định thẩm định kết quả tự đánh giá của {unit} theo “{}”.",
            base::day::vi_long(day),
            view.round.name
        )),
        Block::Paragraph(format!(
            "Chủ trì (chủ tọa): {}.\nThư ký (người ghi biên bản): {}.",
            person(&hands.chair),
            person(&hands.secretary)
        )),
        Block::Heading("I. KẾT QUẢ THẨM ĐỊNH".into()),
        Block::Paragraph(format!(
            "Điểm tự đánh giá: {} điểm. Điểm thẩm định: {}/{} điểm, {}.",
            points(&own),
            points(&settled),
            points(&shown(&view.settled.applicable_max)),
            compared(settled - own),
        )),
    ];
    if differences.rows.is_empty() {
        blocks.push(Block::Paragraph("Hội đồng thống nhất với điểm tự đánh giá ở mọi tiêu chí đã thẩm định.".into()));
    } else {
        blocks.push(Block::Paragraph(format!(
            "Các tiêu chí có điểm thẩm định khác điểm tự đánh giá ({} tiêu chí):",
            differences.rows.len()
        )));
        blocks.push(Block::Table(differences));
    }
    let remarks: Vec<Block> = view.remarks.iter().map(remark).collect();
    if !remarks.is_empty() {
        blocks.push(Block::Heading("II. TRAO ĐỔI, GIẢI TRÌNH".into()));
        blocks.extend(remarks);
    }
    let end = if concluded {
        "Hội đồng đã kết luận điểm thẩm định nêu trên"
    } else {
        "Bản nháp: Hội đồng chưa kết luận; điểm nêu trên còn có thể thay đổi"
    };
    blocks.push(Block::Paragraph(format!("{end}.\nBiên bản đã được các thành viên dự họp thông qua và cùng ký.")));
    blocks
}

fn compared(difference: base::Decimal) -> String {
    match difference {
        more if more > base::Decimal::ZERO => format!("cao hơn {} điểm", points(&more)),
        less if less < base::Decimal::ZERO => format!("thấp hơn {} điểm", points(&-less)),
        _ => "bằng điểm tự đánh giá".into(),
    }
}

fn remark(remark: &crate::model::Remark) -> Block {
    use crate::model::Side;
    let side = match remark.side {
        Side::Appraiser => "Thẩm định",
        Side::Unit => "Đơn vị",
        Side::Council => "Hội đồng",
    };
    Block::Item(format!(
        "Tiêu chí {}. {side} ({}): {}",
        remark.code,
        base::day::vi(base::day::today(remark.at)),
        remark.text
    ))
}

/// Criteria whose points were changed, with the reason.
fn differences(view: &View) -> Table {
    let leaves = view.set.nodes(&view.card.kind).into_iter().filter(|node| node.criterion.is_leaf());
    let rows = leaves.filter_map(|node| {
        let code = &node.criterion.code;
        let of = |line: Option<&score::Line>| line.and_then(|line| line.points.as_ref()).map(shown);
        let (own, settled) = (of(view.own_line(code)), of(view.final_line(code)));
        let reason = view.verdicts.get(code).map(|verdict| verdict.reason.clone()).unwrap_or_default();
        (own != settled).then(|| {
            TableRow::new([
                code.clone(),
                node.criterion.name.clone(),
                points_or_dash(own.as_ref()),
                points_or_dash(settled.as_ref()),
                reason,
            ])
        })
    });
    Table {
        columns: vec![
            Col::new("Mã").mm(14),
            Col::new("Tiêu chí").share(2),
            Col::new("Tự chấm").mm(18).right(),
            Col::new("Thẩm định").mm(19).right(),
            Col::new("Lý do").share(2),
        ],
        rows: rows.collect(),
    }
}

fn by_field(view: &View) -> Table {
    let tops = view.set.nodes(&view.card.kind).into_iter().filter(|node| node.depth == 0);
    let mut rows: Vec<TableRow> = tops
        .map(|node| {
            let code = &node.criterion.code;
            let (own, settled) = (view.own.subtotal(&view.set, code), view.settled.subtotal(&view.set, code));
            let got = |sum: Option<&score::Subtotal>| points(&sum.map(|sum| shown(&sum.so_far)).unwrap_or_default());
            let max = settled.map_or_else(|| shown(&node.max), |sum| shown(&sum.max));
            TableRow::new([code.clone(), node.criterion.name.clone(), points(&max), got(own), got(settled)])
        })
        .collect();
    let (max, own, settled) =
        (shown(&view.settled.applicable_max), shown(&view.own.so_far), shown(&view.settled.so_far));
    rows.push(TableRow::new([String::new(), "Tổng cộng".into(), points(&max), points(&own), points(&settled)]).bold());
    Table {
        columns: vec![
            Col::new("TT").mm(12).center(),
            Col::new("Lĩnh vực").share(1),
            Col::new("Điểm tối đa").mm(22).right(),
            Col::new("Tự chấm").mm(22).right(),
            Col::new("Thẩm định").mm(22).right(),
        ],
        rows,
    }
}
