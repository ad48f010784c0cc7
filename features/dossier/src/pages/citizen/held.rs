//! Papers that the agency holds of whoever has signed in: offered beside the way to send them, so that nothing is asked for twice.

use super::fill::place_of;
use super::token;
use crate::actions::{self, Held};
use crate::model::*;
use axum::extract::Path;
use axum::http::HeaderMap;
use maud::{Markup, html};
use web::look::parts::Button;
use web::{Answer, Guest, Posted, form, to};

pub fn offer(guest: &Guest, id: DraftId, held: &Held) -> Markup {
    html! {
        h2 { "Cơ quan đang giữ giấy tờ này của bạn" }
        p { "Bạn không phải nộp lại. Giấy tờ đã thay đổi thì tải bản mới lên ở dưới." }
        p {
            "Trong hồ sơ " (held.earlier.from) ", nhận " (base::day::vi_moment(held.earlier.received)) ": "
            (held.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "))
        }
        form method="post" action={ (place_of(id)) "/dung-giay-da-co" } {
            (form::token_of_guest(guest))
            input type="hidden" name="giay" value=(held.paper);
            (Button::new("Dùng giấy tờ đã có"))
        }
    }
}

pub async fn take(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap, form: Posted) -> Answer {
    let paper = form.get("giay");
    actions::use_held(&guest.site, id, token(&headers), paper).await?;
    to(format!("{}/giay-to/{paper}", place_of(id)), Some("Đã dùng giấy tờ cơ quan đang giữ."))
}
