//! Two who edit one thing: whoever saves second sees both, and decides.

use base::Refusal;
use maud::html;
use web::Posted;
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::look::{Flash, Page, Tone};

/// What was typed, now on top of the version that somebody else saved.
pub fn on_version(form: &Posted, version: i64) -> Posted {
    let version = version.to_string();
    let kept = form.fields().filter(|(name, _)| *name != "version");
    Posted::from_pairs(&kept.chain([("version", version.as_str())]).collect::<Vec<_>>())
}

/// The form's page with what differs above it: the name of each, as it is stored and as it was typed. `stored` is where
/// the stored one is read.
pub fn compared(mut page: Page, differ: Vec<[String; 3]>, stored: &str, refusal: &Refusal) -> Page {
    let rows = differ.into_iter().map(|cells| Row::new(cells.map(|cell| html! { (cell) }).to_vec()));
    page.body = html! {
        (Table {
            caption: "Hai bản khác nhau",
            caption_shown: true,
            columns: ["Mục", "Bản đã lưu", "Bản của bạn"].map(Column::new).to_vec(),
            rows: rows.collect(),
            ..Table::default()
        })
        p { (parts::link_button("Giữ bản đã lưu", stored)) }
        h2 { "Lưu bản của bạn" }
        (page.body)
    };
    page.flash = Some(Flash { tone: Tone::Soon, say: refusal.say.clone() });
    page
}
