//! Mẫu số 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

use super::lines::{applicant, follow_at, hand, line, lines, long_moment, sets, submitter};
use super::set::Set;
use super::{Printed, What, blank, form_on};
use crate::actions::Seen;
use crate::model::*;
use letter::{Block, Col, Fact, Letter, Number, Table, TableRow};

pub fn receipt(printed: &Printed, secret: &str) -> Result<Letter, NotNow> {
    let dossier = &printed.seen.at.dossier;
    if dossier.state == State::Submitted {
        return Err(NotNow::NothingToPrint { what: "việc tiếp nhận chính thức" });
    }
    let day = base::day::today(dossier.received);
    let (set, form) = form_on(What::Receipt, day)?;
    let desk = printed.offices.desk(set);
    let mut body = vec![applicant(printed, Some((&desk.name, &desk.parent)), "Tiếp nhận hồ sơ của")];
    // The fee has a line since 2025, and the papers a table.
    let with_fees = set.form(What::Stop).is_some();
    body.extend(if with_fees { by_table(printed, set) } else { by_list(printed, set) });
    body.push(lines(closing(printed, secret)));
    body.push(Block::Signatures(vec![
        hand("Người nộp hồ sơ", submitter(&dossier.owner)),
        hand("Người tiếp nhận hồ sơ", &printed.receiver.name),
    ]));
    let number = Number::Text(format!("{:04}", dossier.number));
    Ok(Letter { number, body, ..blank(set, form, desk, Some(day), dossier.sample) })
}

/// TT 01/2018: the papers in a list, six points.
fn by_list(printed: &Printed, set: &Set) -> Vec<Block> {
    let seen = &printed.seen;
    let mut rows = vec![vec![Fact::new("", "1. Thành phần hồ sơ nộp gồm:")]];
    rows.extend((1..).zip(&seen.attached.papers).map(|(at, paper)| {
        let kind = paper.copy.say().to_lowercase();
        line("", format!("{at}) {} ({kind}, số lượng {:02})", paper.name, paper.number))
    }));
    rows.extend([
        line("2. Số lượng hồ sơ", format!("{:02} (bộ)", sets(&seen.attached.papers))),
        line("3. Thời gian giải quyết hồ sơ theo quy định", time(printed)),
        line("4. Thời gian nhận hồ sơ", long_moment(seen.at.dossier.received)),
        line("5. Thời gian trả kết quả giải quyết hồ sơ", long_moment(seen.at.dossier.promised)),
        line("6. Đăng ký nhận kết quả tại", return_at(printed, set)),
    ]);
    vec![lines(rows)]
}

/// TT 03/2025: the papers in a table, and what is paid.
fn by_table(printed: &Printed, set: &Set) -> Vec<Block> {
    let seen = &printed.seen;
    let columns = vec![
        Col::new("STT").mm(10).center(),
        Col::new("Tên giấy tờ").share(1),
        Col::new("Loại giấy tờ").mm(30),
        Col::new("Số lượng").mm(14).center(),
    ];
    let row = |(at, paper): (usize, &Paper)| {
        TableRow::new([at.to_string(), paper.name.clone(), paper.copy.say().to_owned(), paper.number.to_string()])
    };
    let table = Table { columns, rows: (1..).zip(&seen.attached.papers).map(row).collect() };
    let rows = vec![
        line("2. Số lượng hồ sơ", format!("{:02} (bộ)", sets(&seen.attached.papers))),
        line("3. Thời gian giải quyết hồ sơ theo quy định", time(printed)),
        line("4. Thời gian nhận hồ sơ", long_moment(seen.at.dossier.received)),
        line("5. Thời gian trả kết quả giải quyết hồ sơ", long_moment(seen.at.dossier.promised)),
        line("6. Đăng ký trả kết quả tại", return_at(printed, set)),
        line("7. Phí, lệ phí (nếu có)", fees(seen)),
    ];
    vec![lines(vec![line("", "1. Thành phần hồ sơ nộp gồm:")]), Block::Table(table), lines(rows)]
}

fn closing(printed: &Printed, secret: &str) -> Vec<Vec<Fact>> {
    let dossier = &printed.seen.at.dossier;
    let year = hours::local(dossier.received).year();
    let book = vec![
        Fact::new("Vào Sổ theo dõi hồ sơ, Quyển số", year.to_string()),
        Fact::new("Số thứ tự", dossier.number.to_string()),
    ];
    let follow = line("Tra cứu", format!("quét mã QR hoặc nhập mã hồ sơ tại {}", follow_at(printed)));
    let mut rows = vec![book, follow];
    if !secret.is_empty() {
        rows.push(vec![Fact::new("Mã tra cứu (giữ kín)", secret).bold()]);
    }
    rows
}

fn time(printed: &Printed) -> String {
    let at = &printed.seen.at;
    let whole = at.procedure.case(&at.dossier.case).map_or(String::new(), |case| case.time.say());
    let others =
        printed.seen.told.others.iter().map(|(agency, by)| format!("{agency} xong trước {}", long_moment(*by)));
    let others: Vec<String> = others.collect();
    if others.is_empty() { whole } else { format!("{whole}, trong đó {}", others.join("; ")) }
}

fn return_at(printed: &Printed, set: &Set) -> String {
    match printed.seen.at.dossier.return_by {
        ReturnBy::Counter => printed.offices.desk_name(set),
        ReturnBy::Post => "địa chỉ của người nộp, qua dịch vụ bưu chính công ích".into(),
        ReturnBy::Online => "tài khoản của người nộp trên Cổng Dịch vụ công (bản điện tử)".into(),
    }
}

fn fees(seen: &Seen) -> String {
    let say = |fee: &Fee| {
        let back = returned_of(fee, &seen.past.refunds);
        let back =
            if back.is_zero() { String::new() } else { format!(", đã hoàn {} đồng", base::number::vi(&back)) };
        let receipt = if fee.receipt.is_empty() { String::new() } else { format!(", biên lai {}", fee.receipt) };
        format!(
            "{} {} đồng ({}{receipt}{back})",
            fee.name,
            base::number::vi(&fee.amount),
            fee.state.say().to_lowercase()
        )
    };
    if seen.past.fees.is_empty() {
        "không thu".into()
    } else {
        seen.past.fees.iter().map(say).collect::<Vec<_>>().join("; ")
    }
}
