//! What is done on a dossier's page. Each form goes back there; what was refused is said there, with what was typed.

use super::{one, place};
use crate::actions::{self, NewAsk, Onward};
use crate::model::*;
use axum::extract::Path;
use base::{Refusal, Refusals};
use people::{AccountId, Failure};
use web::{Answer, Fault, Posted, Visit, form, to};

/// Back to the dossier with a sentence, or with why not.
pub(super) async fn back(visit: &Visit, id: DossierId, form: &Posted, done: Result<(), Failure>, say: &str) -> Answer {
    match done {
        Ok(()) => to(place::dossier(id), Some(say)),
        Err(Failure::Refused(refusals)) => one::again(visit, id, form, refusals).await,
        Err(Failure::Conflict { .. }) => {
            let answer = one::again(visit, id, form, vec![web::form::stale("Hồ sơ")]).await;
            web::with_status(answer, axum::http::StatusCode::CONFLICT)
        }
        Err(other) => Err(Fault(other)),
    }
}

type Of = Path<DossierId>;

pub async fn leave(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    // "move|chosen": the way that was pressed.
    let (onward, chosen) = form.get("duong").split_once('|').unwrap_or((form.get("duong"), ""));
    let ask = Onward {
        step: form.get("buoc").to_owned(),
        onward: onward.parse().ok(),
        chosen: (!chosen.is_empty()).then(|| chosen.to_owned()),
        note: form.text("y_kien").unwrap_or_default(),
        to: form.text("giao_tiep").and_then(|text| text.parse().ok()),
    };
    let done = actions::leave(&visit.site, &visit.scope, id, version, ask).await;
    back(&visit, id, &form, done, "Đã chuyển bước.").await
}

pub async fn accept(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let tariff = form.text("muc_thu").and_then(|at| at.parse().ok());
    let done = actions::accept(&visit.site, &visit.scope, id, form.hidden("version")?, tariff).await;
    back(&visit, id, &form, done, "Đã tiếp nhận chính thức. Thời hạn giải quyết bắt đầu.").await
}

pub async fn reuse(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let (paper, file) = (form.get("giay"), form.hidden("tep")?);
    let done = actions::reuse(&visit.site, &visit.scope, id, form.hidden("version")?, paper, file).await;
    back(&visit, id, &form, done, "Đã dùng lại giấy tờ đã có.").await
}

pub async fn undo(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let done = actions::undo(&visit.site, &visit.scope, id, form.hidden("version")?).await;
    back(&visit, id, &form, done, "Đã rút lại bước vừa làm.").await
}

pub async fn assign(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let to: Option<AccountId> = form.text("giao_cho").and_then(|text| text.parse().ok());
    let version = form.hidden("version")?;
    let done = actions::assign(&visit.site, &visit.scope, id, version, form.get("buoc"), to).await;
    back(&visit, id, &form, done, "Đã phân công.").await
}

pub async fn judge(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let verdicts: Vec<(Item, Option<bool>)> = form
        .all("ma_giay")
        .map(|code| {
            let good = match form.get(&format!("dat_{code}")) {
                "1" => Some(true),
                "0" => Some(false),
                _ => None,
            };
            (item(&form, code, ""), good)
        })
        .collect();
    let done = actions::judge(&visit.site, &visit.scope, id, form.hidden("version")?, &verdicts).await;
    back(&visit, id, &form, done, "Đã ghi kết quả thẩm định giấy tờ.").await
}

fn item(form: &Posted, code: &str, name: &str) -> Item {
    Item {
        code: code.to_owned(),
        name: name.to_owned(),
        fault: form.text(&format!("loi_{code}")).unwrap_or_default(),
        wanted: form.text(&format!("can_{code}")).unwrap_or_default(),
    }
}

pub async fn ask(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let mut refusals = Refusals::new();
    let until = form::day(&form, "den_ngay", visit.scope.today(), &mut refusals);
    let items = form.all("giay").map(|code| item(&form, code, form.get(&format!("ten_{code}")))).collect();
    let new = NewAsk { items, reason: form.text("ly_do").unwrap_or_default(), until };
    let done = match refusals.is_empty() {
        true => actions::ask(&visit.site, &visit.scope, id, version, new).await,
        false => Err(Failure::Refused(refusals)),
    };
    back(&visit, id, &form, done, "Đã yêu cầu bổ sung. Thời hạn tạm dừng từ lúc này.").await
}

pub async fn supply(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let mut refusals = Refusals::new();
    let mut files = Vec::new();
    for code in form.all("ma_giay") {
        let stored = stored(&visit, &form, &format!("tep_{code}"), &mut refusals).await;
        files.extend(stored.into_iter().map(|(content, name)| (code.to_owned(), content, name)));
    }
    let note = form.text("y_kien").unwrap_or_default();
    let done = match refusals.is_empty() {
        true => actions::supply(&visit.site, &visit.scope, id, version, files, &note).await,
        false => Err(Failure::Refused(refusals)),
    };
    back(&visit, id, &form, done, "Đã nhận bổ sung. Thời hạn chạy tiếp.").await
}

pub async fn refuse(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let why = form.get("ly_do").trim();
    let done = actions::refuse(&visit.site, &visit.scope, id, form.hidden("version")?, why).await;
    back(&visit, id, &form, done, "Đã từ chối giải quyết hồ sơ.").await
}

pub async fn withdraw(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let why = form.get("ly_do").trim();
    let done = actions::withdraw(&visit.site, &visit.scope, id, form.hidden("version")?, why).await;
    back(&visit, id, &form, done, "Đã ghi nhận rút hồ sơ.").await
}

pub async fn extend(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let days = form.get("so_ngay").trim().parse().unwrap_or(0);
    let why = form.get("ly_do").trim();
    let done = actions::extend(&visit.site, &visit.scope, id, form.hidden("version")?, days, why).await;
    back(&visit, id, &form, done, "Đã xin lỗi và hẹn lại ngày trả.").await
}

pub async fn correct(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let why = form.get("ly_do_lui").trim();
    let done = match super::intake::read_moment(form.get("luc_nhan"), visit.scope.today()) {
        Ok(at) => actions::correct(&visit.site, &visit.scope, id, version, at, why).await,
        Err(no) => Err(no.at("luc_nhan").into()),
    };
    back(&visit, id, &form, done, "Đã sửa lúc nhận. Hãy in lại giấy hẹn cho người nộp.").await
}

pub async fn pay(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let (version, fee) = (form.hidden("version")?, form.hidden("phi")?);
    let done = match form.get("viec") {
        "mien" => actions::waive(&visit.site, &visit.scope, id, version, fee, form.get("ly_do")).await,
        _ => actions::pay(&visit.site, &visit.scope, id, version, fee).await,
    };
    back(&visit, id, &form, done, "Đã ghi khoản thu.").await
}

pub async fn draft(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let mut refusals = Refusals::new();
    let files = stored(&visit, &form, "tep", &mut refusals).await;
    let name = form.text("ten_ket_qua").unwrap_or_default();
    let done = match (refusals.is_empty(), files.first()) {
        (false, _) => Err(Failure::Refused(refusals)),
        (true, None) => Err(NotNow::NoResult.into()),
        (true, Some((content, file_name))) => {
            actions::draft(&visit.site, &visit.scope, id, version, &name, content, file_name).await
        }
    };
    back(&visit, id, &form, done, "Đã đính kèm dự thảo kết quả.").await
}

pub async fn drop_draft(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let (version, result) = (form.hidden("version")?, form.hidden("ket_qua")?);
    let done = actions::drop_draft(&visit.site, &visit.scope, id, version, result).await;
    back(&visit, id, &form, done, "Đã bỏ dự thảo.").await
}

pub async fn sign(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let done = actions::sign(&visit.site, &visit.scope, id, form.hidden("version")?).await;
    back(&visit, id, &form, done, "Đã ký kết quả.").await
}

pub async fn issue(visit: Visit, Path(id): Of, form: Posted) -> Answer {
    let (version, result) = (form.hidden("version")?, form.hidden("ket_qua")?);
    let done = actions::issue(&visit.site, &visit.scope, id, version, result).await;
    back(&visit, id, &form, done, "Đã vào sổ kết quả.").await
}

/// The files of a field, judged and stored; one that is not taken is refused by its name, the rest are kept.
pub(super) async fn stored(
    visit: &Visit,
    form: &Posted,
    field: &str,
    refusals: &mut Refusals,
) -> Vec<(file::Content, String)> {
    let mut found = Vec::new();
    for one in form.files.iter().filter(|one| one.field == field) {
        match visit.site.files.put(one.bytes.clone(), &one.name).await {
            Ok(content) => found.push((content, one.name.clone())),
            Err(Failure::Refused(wrong)) => refusals.extend(wrong.into_iter().map(|no| no.at(field))),
            Err(other) => refusals.push(Refusal::new("file", other.say()).at(field)),
        }
    }
    found
}
