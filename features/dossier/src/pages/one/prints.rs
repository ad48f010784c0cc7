//! The papers of a dossier: which can be printed, and each as PDF.

use super::Fresh;
use crate::actions::{self, Seen};
use crate::model::*;
use crate::pages::place;
use crate::papers::{self, What, Wish};
use axum::extract::{Path, Query};
use letter::Letter;
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use web::{Answer, Format, Visit, download, paper};

/// A link to each form whose deed was done.
pub fn links(seen: &Seen) -> Markup {
    let all = printable(seen);
    html! {
        @if all.is_empty() { p { "Chưa có giấy tờ nào để in." } }
        ul {
            @for (what, which, say) in all {
                li { a href=(address(seen.at.dossier.id, what, which)) download { (say) } " (PDF)" }
            }
        }
    }
}

fn address(id: DossierId, what: What, which: Option<usize>) -> String {
    let dossier = place::dossier(id);
    match (what, which) {
        (What::Receipt, _) => format!("{dossier}/giay-hen"),
        (_, None) => format!("{dossier}/in/{}", what.word()),
        (_, Some(which)) => format!("{dossier}/in/{}?lan={which}", what.word()),
    }
}

/// The forms, which of several, and how the link is called.
fn printable(seen: &Seen) -> Vec<(What, Option<usize>, String)> {
    let dossier = &seen.at.dossier;
    let mut found = Vec::new();
    if dossier.state != State::Submitted {
        found.extend([
            (What::Receipt, None, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả".to_owned()),
            (What::Control, None, "Phiếu kiểm soát quá trình giải quyết hồ sơ".to_owned()),
        ]);
    }
    let several = seen.past.asks.len() > 1;
    for (at, ask) in (1..).zip(&seen.past.asks) {
        let day = base::day::vi(base::day::today(ask.at));
        found.push((What::Ask, several.then_some(at), format!("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ ngày {day}")));
    }
    if dossier.extended > 0 {
        found.push((What::Apology, None, "Văn bản xin lỗi và hẹn lại ngày trả kết quả".to_owned()));
    }
    let ended = dossier.ended.map(base::day::today);
    match dossier.state {
        State::Refused => found.push((What::Refuse, None, "Phiếu từ chối tiếp nhận giải quyết hồ sơ".to_owned())),
        State::Stopped | State::Withdrawn if ended.is_some_and(|day| papers::has(What::Stop, day)) => {
            found.push((What::Stop, None, "Thông báo dừng giải quyết hồ sơ".to_owned()));
        }
        _ => {}
    }
    found
}

#[derive(Deserialize)]
pub struct Which {
    lan: Option<usize>,
}

/// The receipt with the appointment. The secret is known only where it was just made; printed again without it.
pub async fn receipt(visit: Visit, Path(id): Path<DossierId>, Query(fresh): Query<Fresh>) -> Answer {
    sheet(&visit, id, What::Receipt, Wish { secret: fresh.ma, which: None }).await
}

/// Any other form, by its word.
pub async fn print(visit: Visit, Path((id, word)): Path<(DossierId, String)>, Query(which): Query<Which>) -> Answer {
    let what = What::of(&word).ok_or(Failure::NotFound)?;
    sheet(&visit, id, what, Wish { which: which.lan, secret: String::new() }).await
}

async fn sheet(visit: &Visit, id: DossierId, what: What, wish: Wish) -> Answer {
    let printed = actions::printed(&visit.site, &visit.scope, id, what).await?;
    let name = format!("{}-{}", what.word(), printed.seen.at.dossier.code);
    pdf(papers::form(&printed, what, &wish).map_err(Failure::from)?, name).await
}

pub async fn pdf(letter: Letter, name: String) -> Answer {
    download(paper(letter, &name, Format::Pdf).await?)
}
