//! Quyết định công bố: three articles and the ranking of each kind of unit.

use super::{Hands, mark, points, points_or_dash};
use crate::board::{Board, Entry};
use base::{Date, number};
use letter::{Annex, Block, Col, Kind, Letter, Number, Signer, Table, TableRow};

/// The decision of publication; of a round that is not published yet, its draft.
pub fn decision(board: &Board, hands: &Hands) -> Letter {
    let round = &board.round;
    let (number, symbol) = number_and_symbol(round.decision.as_deref());
    let committee = hands.committee();
    let chair = format!("Chủ tịch {committee}");
    let whom = whom(board);
    let with = with(round.decision.as_deref(), round.decided_on, &chair);
    Letter {
        agency: committee.clone(),
        kind: Kind::named("Quyết định"),
        number,
        symbol,
        place: hands.place(),
        date: round.decided_on,
        title: format!("Về việc công bố Chỉ số cải cách hành chính năm {} của {whom}", round.year),
        issuer: Some(chair),
        basis: basis(board),
        body: articles(board, &whom, &committee),
        signer: Signer::new("Chủ tịch", "").by(format!("TM. {committee}")),
        receivers: vec![
            "Như Điều 3".into(),
            "Bộ Nội vụ (để báo cáo)".into(),
            "Thường trực Tỉnh ủy, Thường trực HĐND tỉnh".into(),
            "Chủ tịch, các Phó Chủ tịch UBND tỉnh".into(),
            "Lưu: VT, NC".into(),
        ],
        annexes: board.kinds().into_iter().map(|kind| annex(board, kind, &with)).collect(),
        sample: mark(round.sample),
        ..Letter::default()
    }
}

/// "07/QĐ-UBND" has its number before the stroke. Without one there is room to write it.
fn number_and_symbol(decision: Option<&str>) -> (Number, String) {
    match decision.map(|decision| decision.split_once('/').unwrap_or((decision, "QĐ-UBND"))) {
        Some((number, symbol)) => {
            let count = number.parse::<u32>().map_or_else(|_| Number::Text(number.to_owned()), Number::Count);
            (count, symbol.to_owned())
        }
        None => (Number::Blank, "QĐ-UBND".into()),
    }
}

fn with(decision: Option<&str>, on: Option<Date>, chair: &str) -> String {
    let day = on.map_or("ngày … tháng … năm …".to_owned(), base::day::vi_long);
    format!("Kèm theo Quyết định số {} {day} của {chair}", decision.unwrap_or("     /QĐ-UBND"))
}

/// The law of local government in force on the day, and what the round stands on.
fn basis(board: &Board) -> Vec<String> {
    let law = if board.round.year >= 2025 {
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
    } else {
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019"
    };
    let mut basis = vec![law.to_owned()];
    for (kind, set) in &board.sets {
        let source = set.source.as_deref().map(|source| format!(" ({source})")).unwrap_or_default();
        basis.push(format!(
            "Căn cứ bộ tiêu chí “{}”{source}, áp dụng cho {}",
            set.name,
            people::kind_name(kind).to_lowercase()
        ));
    }
    basis.push(format!(
        "Theo kết luận của Hội đồng thẩm định về “{}” và đề nghị của Giám đốc Sở Nội vụ",
        board.round.name
    ));
    basis
}

/// "các sở, ban, ngành; các huyện, thị xã, thành phố".
fn whom(board: &Board) -> String {
    let words = |kind: &str| match kind {
        "so" => "các sở, ban, ngành".to_owned(),
        "huyen" => "Ủy ban nhân dân các huyện, thị xã, thành phố".to_owned(),
        "xa" => "Ủy ban nhân dân các xã, phường, thị trấn".to_owned(),
        "trung-uong" => "các cơ quan ngành dọc đóng trên địa bàn".to_owned(),
        other => people::kind_name(other).to_lowercase(),
    };
    let kinds: Vec<String> = board.kinds().into_iter().map(words).collect();
    match kinds.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} và {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => "các đơn vị".into(),
    }
}

fn articles(board: &Board, whom: &str, committee: &str) -> Vec<Block> {
    let article = |number, text: String| Block::Article { number, title: String::new(), text };
    vec![
        article(1, format!("Công bố Chỉ số cải cách hành chính năm {} của {whom} theo các Phụ lục kèm theo Quyết định này.", board.round.year)),
        article(
            2,
            "Căn cứ kết quả được công bố, thủ trưởng các cơ quan, đơn vị có trách nhiệm phân tích những tiêu chí chưa đạt điểm tối đa, xác định nguyên nhân và có giải pháp khắc phục trong năm tiếp theo. Sở Nội vụ theo dõi, đôn đốc việc thực hiện.".into(),
        ),
        article(
            3,
            format!("Chánh Văn phòng {committee}, Giám đốc Sở Nội vụ, thủ trưởng các cơ quan, đơn vị có tên tại Phụ lục chịu trách nhiệm thi hành Quyết định này kể từ ngày ký."),
        ),
    ]
}

fn annex(board: &Board, kind: &str, with: &str) -> Annex {
    Annex {
        title: format!(
            "Xếp hạng Chỉ số cải cách hành chính năm {}: {}",
            board.round.year,
            people::kind_name(kind).to_lowercase()
        ),
        with: with.to_owned(),
        landscape: false,
        blocks: vec![Block::Table(ranking(&board.of(kind)))],
    }
}

fn ranking(entries: &[&Entry]) -> Table {
    let row = |entry: &&Entry| {
        let one = &entry.outcome;
        TableRow::new([
            one.rank.map_or("–".to_owned(), |rank| rank.to_string()),
            one.unit_name.clone(),
            points_or_dash(one.self_points.as_ref()),
            points(&entry.appraised),
            points_or_dash(one.survey_points.as_ref()),
            number::vi_fixed(&one.points, 2),
            one.score.as_ref().map_or("–".to_owned(), |index| number::vi_fixed(index, 2)),
            one.rating.clone().unwrap_or_default(),
        ])
    };
    Table {
        columns: vec![
            Col::new("Hạng").mm(15).center(),
            Col::new("Cơ quan, đơn vị").share(1),
            Col::new("Tự chấm").mm(17).right().under("Điểm"),
            Col::new("Thẩm định").mm(18).right().under("Điểm"),
            Col::new("Điều tra").mm(17).right().under("Điểm"),
            Col::new("Tổng").mm(16).right().under("Điểm"),
            Col::new("Chỉ số (%)").mm(17).right(),
            Col::new("Xếp loại").center(),
        ],
        rows: entries.iter().map(row).collect(),
    }
}
