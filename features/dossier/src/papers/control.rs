//! Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu số 05 of TT 01/2018, Mẫu số 06 of TT 03/2025): a row for each
//! hand-over, with how the giver kept their time.

use super::lines::{about, code, line, long_moment, submitter};
use super::{Heading, Printed, What, blank, form_on};
use crate::flow;
use crate::model::*;
use crate::rules;
use base::Timestamp;
use letter::{Block, Col, Fact, Letter, Number, Table, TableRow};

pub fn control(printed: &Printed) -> Result<Letter, NotNow> {
    let dossier = &printed.seen.at.dossier;
    if dossier.state == State::Submitted {
        return Err(NotNow::NothingToPrint { what: "việc tiếp nhận chính thức" });
    }
    let day = base::day::today(dossier.received);
    let (set, form) = form_on(What::Control, day)?;
    let desk = printed.offices.desk(set);
    let rows = vec![
        vec![Fact::new("Mã hồ sơ", &dossier.code).bold()],
        line("Thủ tục hành chính", about(dossier)),
        vec![Fact::new("Chủ hồ sơ", &dossier.owner.name).bold()],
        line("Cơ quan giải quyết hồ sơ", &printed.offices.agency.name),
        line("Thời gian nhận", long_moment(dossier.received)),
        line("Thời gian trả", long_moment(dossier.due.unwrap_or(dossier.promised))),
    ];
    let body = vec![
        Block::Facts { rows, qr: Some(code(printed)) },
        Block::Table(Table { columns: columns(), rows: hand_overs(printed, &desk) }),
    ];
    let number = Number::Text(format!("{:04}", dossier.number));
    Ok(Letter { number, body, ..blank(set, form, desk, Some(day), dossier.sample) })
}

fn columns() -> Vec<Col> {
    vec![
        Col::new("Tên cơ quan").share(3),
        Col::new("Thời gian giao, nhận hồ sơ").share(4),
        Col::new("Kết quả giải quyết hồ sơ (Trước hạn/ Đúng hạn/ Quá hạn)").mm(23).center(),
        Col::new("Ghi chú").share(2),
    ]
}

/// One hand-over as a row: the office and the person that gives, and those that receive.
fn row(from: (&str, &str), to: (&str, &str), at: Timestamp, kept: &str, note: &str) -> TableRow {
    let local = hours::local(at);
    let when = format!("{:02} giờ {:02} phút, ngày {}", local.hour(), local.minute(), base::day::vi(local.date()));
    TableRow::new([
        format!("1. Giao: {}\n2. Nhận: {}", from.0, to.0),
        format!("{when}\nNgười giao: {}\nNgười nhận: {}", dots(from.1), dots(to.1)),
        kept.to_owned(),
        note.to_owned(),
    ])
}

fn dots(name: &str) -> &str {
    if name.is_empty() { "……………" } else { name }
}

fn hand_overs(printed: &Printed, desk: &Heading) -> Vec<TableRow> {
    let at = &printed.seen.at;
    let dossier = &at.dossier;
    let who = |step: &Step| (office(printed, desk, step), person(printed, step));
    let from = submitter(&dossier.owner);
    let clerk = printed.receiver.name.as_str();
    let mut rows = vec![row(("Người nộp hồ sơ", from), (&desk.name, clerk), dossier.received, "", "")];
    // What several offices had at once was given on one by one: each end of a doing is a row.
    for step in at.steps.iter().filter(|step| step.done.is_some()) {
        let Some(done) = step.done else { continue };
        let (giver, name) = who(step);
        let next: Vec<(String, String)> = at.steps.iter().filter(|next| next.begun == done).map(who).collect();
        let join = |of: fn(&(String, String)) -> &String| {
            let names: Vec<&str> = next.iter().map(|one| of(one).as_str()).filter(|name| !name.is_empty()).collect();
            names.join("; ")
        };
        let (mut to, mut receiver) = (join(|one| &one.0), join(|one| &one.1));
        if next.is_empty() {
            (to, receiver) =
                ("Người nộp hồ sơ".into(), if dossier.state == State::Returned { from.into() } else { String::new() });
        }
        let kept = rules::kept_time(done, step.due).map_or("", |kept| kept.say());
        let note = if step.back { format!("Trả lại. {}", step.note) } else { step.note.clone() };
        rows.push(row((&giver, &name), (&to, &receiver), done, kept, note.trim()));
    }
    rows
}

/// Where a step was done: the office that had it, else the counter or the agency by its role.
fn office(printed: &Printed, desk: &Heading, step: &Step) -> String {
    if let Some(hand) = printed.hands.get(&step.id).filter(|hand| !hand.office.is_empty()) {
        return hand.office.clone();
    }
    let at_counter = flow::holds(&step.role).is_some_and(|holds| holds.role == people::Role::Clerk);
    if at_counter {
        desk.name.clone()
    } else {
        format!("{} ({})", printed.offices.agency.name, flow::role_name(&step.role))
    }
}

fn person(printed: &Printed, step: &Step) -> String {
    let held = || printed.hands.get(&step.id).map_or(String::new(), |hand| hand.person.clone());
    if step.done_name.is_empty() { held() } else { step.done_name.clone() }
}
