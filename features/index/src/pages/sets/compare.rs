//! Any two editions side by side: only what differs.

use super::{HERE, crumbs, parts_of};
use crate::actions::sets::{set, sets};
use crate::files::difference::difference;
use axum::extract::Query;
use maud::html;
use rulebook::EditionId;
use serde::Deserialize;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::{Answer, Visit, show};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub a: Option<String>,
    pub b: Option<String>,
}

pub async fn page(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let heads = sets(&mut conn, &visit.scope).await?;
    let chosen = |id: &Option<String>| id.as_deref().and_then(|id| id.parse::<EditionId>().ok());
    let (a, b) = (chosen(&asked.a), chosen(&asked.b));
    let ids: Vec<String> = heads.iter().map(|head| head.id.to_string()).collect();
    let labels: Vec<String> = heads.iter().map(|head| format!("{} (bản số {})", head.name, head.number)).collect();
    let choices: Vec<Choice> = ids.iter().zip(&labels).map(|(id, label)| Choice::new(id, label)).collect();
    let found = match (a, b) {
        (Some(a), Some(b)) => {
            let (old, new) = (set(&mut conn, &visit.scope, a).await?, set(&mut conn, &visit.scope, b).await?);
            let changes = difference(&old.body, &new.body);
            Some(html! { h2 { (changes.len()) " khác biệt" } (parts_of::changes(&changes)) })
        }
        _ => None,
    };
    let value = |id: Option<EditionId>| id.map(|id| id.to_string()).unwrap_or_default();
    let (a, b) = (value(a), value(b));
    let mut page = Page::new(
        "So sánh hai bản",
        html! {
            form.form method="get" action={ (HERE) "/so-sanh" } {
                (fields::select(Field::new("a", "Bản trước").value(&a), &choices))
                (fields::select(Field::new("b", "Bản sau").value(&b), &choices))
                (Button::new("So sánh"))
            }
            @match found {
                Some(found) => (found),
                None => (parts::empty("Chọn hai bản.", "Trang này chỉ liệt kê những chỗ khác nhau.", None)),
            }
        },
    );
    page.crumbs = crumbs();
    show(page)
}
