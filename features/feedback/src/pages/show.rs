//! What several screens show: a state, a list of files.

use crate::model::*;
use crate::rules;
use base::{Refusal, Refusals};
use file::Use;
use maud::{Markup, html};
use people::Failure;
use web::look::fields::{self, Field};
use web::look::parts::{self, Tone};
use web::{Posted, Site};

/// The state in one tag.
pub fn state(one: &Feedback) -> Markup {
    let tone = match one.state {
        State::New => Tone::Soon,
        State::Answered => Tone::Ok,
        State::Refused => Tone::Calm,
    };
    parts::tag(tone, one.state.say())
}

/// A line for each file.
pub fn files(all: &[Use], place: impl Fn(&Use) -> String) -> Markup {
    html! {
        ul { @for one in all { li { a href=(place(one)) { (one.name) } ", " (size(one.bytes.unsigned_abs())) } } }
    }
}

pub fn size(bytes: u64) -> String {
    file::size(bytes)
}

/// The box for files, its limits said before.
pub fn box_of_files(site: &Site, label: &str, refusals: &[Refusal]) -> Markup {
    let hint = format!("Nhiều nhất {} tệp.", rules::FILES);
    let field = Field::new("tep", label).hint(&hint).optional().refused(refusals);
    fields::file_within(field, site.files.limits(), true)
}

/// The files of a form, judged and stored; one that is not taken is refused by its name, the rest are kept.
pub async fn stored(site: &Site, form: &Posted, refusals: &mut Refusals) -> Result<Vec<Brought>, Failure> {
    let mut found = Vec::new();
    for one in form.files.iter().filter(|one| one.field == "tep").take(rules::FILES + 1) {
        match site.files.put(one.bytes.clone(), &one.name).await {
            Ok(content) => found.push(Brought { content, name: one.name.clone() }),
            Err(Failure::Refused(wrong)) => refusals.extend(wrong.into_iter().map(|no| no.at("tep"))),
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}
