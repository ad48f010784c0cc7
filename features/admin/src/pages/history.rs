//! Lines of the journal as people read them: who did what, and what was before and after.

use crate::deeds;
use crate::rules::{self, Change};
use journal::Line;
use maud::{Markup, html};
use people::Failure;
use std::collections::HashMap;
use web::Site;
use web::look::Tone;
use web::look::parts::{self, Event};
use web::look::table::{Column, Row, Table};

/// The names of units and people, by their ids: the journal keeps ids.
pub struct Names(HashMap<String, String>);

impl Names {
    pub async fn load(site: &Site) -> Result<Names, Failure> {
        let mut conn = site.db.read().await?;
        let units = people::units(&mut conn).await?;
        let (accounts, _) = people::accounts(&mut conn, "", i64::MAX, 0).await?;
        let units = units.into_iter().map(|unit| (unit.id.to_string(), unit.name));
        let people = accounts.into_iter().map(|account| (account.id.to_string(), account.name));
        Ok(Names(units.chain(people).collect()))
    }

    pub fn of(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// A value of a record: a word for a code, a name for an id, otherwise as it is. Several ids are parted by commas.
    fn value(&self, field: &str, value: &str) -> String {
        if let Some(word) = deeds::value(field, value) {
            return word;
        }
        let parts: Vec<&str> = value.split(", ").map(|part| self.of(part).unwrap_or(part)).collect();
        parts.join(", ")
    }
}

/// The history of one record, newest first.
pub fn timeline(lines: &[Line], names: &Names) -> Markup {
    if lines.is_empty() {
        return html! { p.quiet { "Chưa có thay đổi nào." } };
    }
    let event = |line: &Line| Event {
        when: base::day::vi_moment(line.at),
        who: line.who.clone(),
        what: html! { p { (deeds::name(&line.what)) } (difference(line, names)) },
        tone: Tone::Plain,
    };
    parts::timeline(&lines.iter().map(event).collect::<Vec<_>>())
}

/// Before and after of a line; nothing where the deed says all.
pub fn difference(line: &Line, names: &Names) -> Markup {
    let found = changes(line);
    if found.is_empty() {
        return html! {};
    }
    let row = |change: &Change| {
        Row::new(vec![
            html! { (deeds::field(&change.field)) },
            html! { (names.value(&change.field, &change.before)) },
            html! { (names.value(&change.field, &change.after)) },
        ])
    };
    let caption = format!("Thay đổi ở dòng {}", line.seq);
    // Of what is new there is nothing before.
    let summary =
        if line.before.is_some() { format!("{} mục thay đổi", found.len()) } else { "Chi tiết".to_owned() };
    parts::details(
        &summary,
        html! {
            (Table {
                caption: &caption,
                columns: ["Mục", "Trước", "Sau"].map(Column::new).to_vec(),
                rows: found.iter().map(row).collect(),
                ..Table::default()
            })
        },
    )
}

/// What changed, without the record's own ids, which name nothing to a reader.
pub fn changes(line: &Line) -> Vec<Change> {
    let mut found = rules::changes(line.before.as_deref(), line.after.as_deref());
    found.retain(|change| change.field != "id");
    found
}

/// The same in one line of text, for a file.
pub fn in_words(line: &Line, names: &Names) -> String {
    let one = |change: &Change| {
        let side = |value: &str| names.value(&change.field, value);
        format!("{}: {} → {}", deeds::field(&change.field), side(&change.before), side(&change.after))
    };
    changes(line).iter().map(one).collect::<Vec<_>>().join("; ")
}
