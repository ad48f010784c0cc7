//! Mẫu số 04: Phiếu xin lỗi và hẹn lại ngày trả kết quả (TT 01/2018); Văn bản xin lỗi và đề nghị gia hạn thời gian giải
//! quyết (TT 03/2025), which is an official letter of the agency.

use super::lines::{about, address, code, head, line, long_moment};
use super::set::{Set, Size};
use super::{Apology, Printed, What, blank, form_on};
use crate::model::*;
use letter::{Block, Fact, Kind, Letter};

pub fn apology(printed: &Printed, which: Option<usize>) -> Result<Letter, NotNow> {
    let all = &printed.apologies;
    let found = which.map_or(all.last(), |which| all.get(which.wrapping_sub(1)));
    let apology = found.ok_or(NotNow::NothingToPrint { what: "việc xin lỗi, hẹn lại ngày trả" })?;
    let day = base::day::today(apology.at);
    let (set, form) = form_on(What::Apology, day)?;
    let dossier = &printed.seen.at.dossier;
    let is_letter = form.size == Size::A4;
    let mut made = blank(set, form, printed.offices.agency(), Some(day), dossier.sample);
    if is_letter {
        made.kind = Kind::Official;
        made.title = "xin lỗi và đề nghị gia hạn thời gian giải quyết hồ sơ".into();
        made.receivers = vec!["Như trên".into(), printed.offices.desk_name(set), "Lưu: VT, hồ sơ".into()];
    }
    let rows = vec![
        vec![Fact::new("Mã hồ sơ", &dossier.code).bold()],
        line("Địa chỉ", &dossier.owner.address),
        line("Nội dung yêu cầu giải quyết", about(dossier)),
    ];
    let mut body = vec![Block::Facts { rows, qr: Some(code(printed)) }];
    body.extend(text(printed, apology, set, is_letter).into_iter().map(Block::Paragraph));
    Ok(Letter { to: vec![dossier.owner.name.clone()], body, signer: head(&apology.signed), ..made })
}

fn text(printed: &Printed, apology: &Apology, set: &Set, is_letter: bool) -> Vec<String> {
    let dossier = &printed.seen.at.dossier;
    let (you, agency) = (address(&dossier.owner), &printed.offices.agency.name);
    let received = base::day::today(dossier.received);
    let reason = apology.reason.trim().trim_end_matches('.');
    let mut said = vec![
        format!(
            "{}, {} tiếp nhận giải quyết hồ sơ nêu trên của {you} và hẹn trả kết quả vào {}.",
            capital(&base::day::vi_long(received)),
            printed.offices.desk_name(set),
            long_moment(apology.before)
        ),
        format!(
            "Tuy nhiên đến nay, {agency} chưa giải quyết xong hồ sơ của {you} theo thời hạn ghi trong Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Lý do: {reason}."
        ),
    ];
    said.push(if is_letter {
        format!(
            "{agency} xin lỗi {you} về sự chậm trễ này và đề nghị gia hạn thời gian giải quyết; kết quả sẽ được trả vào {}.",
            long_moment(apology.after)
        )
    } else {
        format!(
            "Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của {you}. {agency} xin lỗi {you} và sẽ trả kết quả vào: {}.",
            long_moment(apology.after)
        )
    });
    said.push(format!("Mong nhận được sự thông cảm của {you}."));
    said
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
