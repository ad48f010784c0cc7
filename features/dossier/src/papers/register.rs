//! Sổ theo dõi hồ sơ (Mẫu số 06 of TT 01/2018, Mẫu số 07 of TT 03/2025): on its side, for a range of days.

use super::lines::phone;
use super::{Line, Offices, What, blank, form_on};
use crate::model::*;
use base::{Date, Timestamp};
use letter::{Block, Col, Letter, Number, Table, TableRow};

/// The lines of a counter's register that were received from a day to a day, both included.
pub struct Book {
    pub offices: Offices,
    pub from: Date,
    pub last: Date,
    pub lines: Vec<Line>,
}

/// The columns, by name: of the paper and of the file alike.
pub const COLUMNS: [&str; 13] = [
    "TT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Số lượng hồ sơ (bộ)",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Ngày trả kết quả",
    "Phương thức nhận kết quả",
    "Ký nhận",
    "Ghi chú",
];

pub fn register(book: &Book) -> Result<Letter, NotNow> {
    let (set, form) = form_on(What::Register, book.last)?;
    let sample = book.lines.iter().any(|line| line.sample);
    let made = blank(set, form, book.offices.desk(set), None, sample);
    let table = Table { columns: columns(), rows: book.lines.iter().map(|line| TableRow::new(cells(line))).collect() };
    Ok(Letter {
        number: Number::None,
        symbol: String::new(),
        place: String::new(),
        title: format!("Từ ngày {} đến ngày {}", base::day::vi(book.from), base::day::vi(book.last)),
        body: vec![Block::Table(table)],
        ..made
    })
}

fn columns() -> Vec<Col> {
    let (days, given) = ("Ngày, tháng, năm", "Trả kết quả");
    let widths: [fn(Col) -> Col; 13] = [
        |col| col.mm(9).center(),
        |col| col.mm(27),
        |col| col.share(3),
        |col| col.mm(13).center(),
        |col| col.share(2),
        |col| col.share(2),
        |col| col.mm(25),
        |col| col.mm(19).center(),
        |col| col.mm(19).center(),
        |col| col.mm(19).center(),
        |col| col.mm(18),
        |col| col.mm(16),
        |col| col.mm(20),
    ];
    let group = |at: usize| match at {
        7 | 8 => Some(days),
        9..=11 => Some(given),
        _ => None,
    };
    (0..)
        .zip(COLUMNS.iter().zip(widths))
        .map(|(at, (name, width))| {
            let col = width(Col::new(*name));
            match group(at) {
                Some(group) => col.under(group),
                None => col,
            }
        })
        .collect()
}

/// The cells of a line in the order of the columns.
pub fn cells(line: &Line) -> [String; 13] {
    let day = |at: Timestamp| base::day::vi(base::day::today(at));
    let returned = line.ended.filter(|_| line.state == State::Returned);
    let contact: Vec<String> =
        [line.address.clone(), phone(&line.phone)].into_iter().filter(|one| !one.is_empty()).collect();
    [
        line.number.to_string(),
        line.code.clone(),
        line.name.clone(),
        line.sets.max(1).to_string(),
        line.owner.clone(),
        contact.join(", "),
        line.agency.clone(),
        day(line.received),
        day(line.promised),
        returned.map(day).unwrap_or_default(),
        returned.map_or("", |_| line.return_by.say()).to_owned(),
        String::new(),
        note(line),
    ]
}

/// Another end than the return, or another date than the receipt says.
fn note(line: &Line) -> String {
    let day = |at: Timestamp| base::day::vi(base::day::today(at));
    match (line.state, line.ended, line.due) {
        (State::Refused | State::Withdrawn | State::Stopped, Some(ended), _) => {
            format!("{} {}", line.state.say(), day(ended))
        }
        (State::Waiting, ..) => line.state.say().into(),
        (_, _, Some(due)) if day(due) != day(line.promised) => format!("Hẹn lại {}", day(due)),
        _ => String::new(),
    }
}
