//! Mẫu số 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.

use super::lines::{address, applicant, hand, line, lines, submitter};
use super::{Printed, What, blank, form_on};
use crate::model::*;
use letter::{Block, Letter};

pub fn refuse(printed: &Printed) -> Result<Letter, NotNow> {
    let dossier = &printed.seen.at.dossier;
    let refused = printed.ending.as_ref().filter(|_| dossier.state == State::Refused);
    let ending = refused.ok_or(NotNow::NothingToPrint { what: "việc từ chối" })?;
    let day = base::day::today(ending.at);
    let (set, form) = form_on(What::Refuse, day)?;
    let desk = printed.offices.desk(set);
    let body = vec![
        applicant(printed, Some((&desk.name, &desk.parent)), "Tiếp nhận hồ sơ của"),
        lines(vec![
            line(
                &format!(
                    "Qua xem xét, {} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau",
                    printed.offices.desk_name(set)
                ),
                &ending.reason,
            ),
            line("", format!("Xin thông báo cho {} được biết và thực hiện.", address(&dossier.owner))),
        ]),
        Block::Signatures(vec![
            hand("Người nộp hồ sơ", submitter(&dossier.owner)),
            hand("Người tiếp nhận hồ sơ", &ending.who),
        ]),
    ];
    Ok(Letter { body, ..blank(set, form, desk, Some(day), dossier.sample) })
}
