//! The papers of a dossier by their circulars: TT 03/2025/TT-VPCP and, before it, TT 01/2018/TT-VPCP. Pure; `kit/letter`
//! lays them out. One file a form; which set of forms holds is told by the day of the deed (`set`).

mod apology;
mod ask;
mod control;
mod desk;
mod lines;
mod receipt;
mod refund;
mod refuse;
mod register;
mod set;
mod stop;

#[cfg(test)]
mod tests;

pub use desk::{Heading, Offices};
pub use refund::refund;
pub use register::{Book, COLUMNS, cells, register};
pub use set::What;

use crate::actions::Seen;
use crate::model::*;
use base::{Date, Timestamp};
use letter::{Kind, Letter, Number};
use set::{Form, Set};
use std::collections::BTreeMap;

/// Who put their name to something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    pub title: String,
    pub name: String,
}

/// An apology with its new date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apology {
    pub at: Timestamp,
    pub reason: String,
    pub before: Timestamp,
    pub after: Timestamp,
    pub signed: Signed,
}

/// How a dossier ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub at: Timestamp,
    pub reason: String,
    pub who: String,
}

/// Who had a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    pub office: String,
    pub person: String,
}

/// A line of the register.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: DossierId,
    pub number: i64,
    pub code: String,
    pub name: String,
    pub owner: String,
    pub address: String,
    pub phone: String,
    pub agency: String,
    pub received: Timestamp,
    /// As the receipt says it.
    pub promised: Timestamp,
    pub due: Option<Timestamp>,
    pub state: State,
    pub ended: Option<Timestamp>,
    pub return_by: ReturnBy,
    pub sample: bool,
    pub sets: i64,
}

/// Everything that the forms of one dossier say.
pub struct Printed {
    pub seen: Seen,
    pub offices: Offices,
    pub apologies: Vec<Apology>,
    pub ending: Option<Ending>,
    /// Who officially received it.
    pub receiver: Signed,
    pub guides: BTreeMap<AskId, Signed>,
    pub hands: BTreeMap<StepId, Hand>,
    /// Who heads the agency today.
    pub head: Signed,
    /// Where the site is: a code can be followed there.
    pub site: String,
    /// Where help is.
    pub help: String,
}

/// What is asked of a form beside its dossier.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What the citizen follows it with, on the receipt alone; empty where it is printed again: it is kept nowhere.
    pub secret: String,
    /// Which of several, from 1; none: the latest.
    pub which: Option<usize>,
}

/// A form of a dossier. Refused where its deed was not done, or the circular of that day has no such form.
pub fn form(printed: &Printed, what: What, wish: &Wish) -> Result<Letter, NotNow> {
    match what {
        What::Receipt => receipt::receipt(printed, &wish.secret),
        What::Ask => ask::ask(printed, wish.which),
        What::Refuse => refuse::refuse(printed),
        What::Apology => apology::apology(printed, wish.which),
        What::Stop => stop::stop(printed),
        What::Control => control::control(printed),
        What::Refund => Err(NotNow::NothingToPrint { what: "khoản phí nào đã trả lại" }),
        What::Register => Err(NotNow::NothingToPrint { what: "sổ theo dõi hồ sơ của riêng một hồ sơ" }),
    }
}

/// The set and the form of a deed on its day.
fn form_on(what: What, day: Date) -> Result<(&'static Set, &'static Form), NotNow> {
    let set = set::on(day).ok_or(NotNow::NoForm { circular: String::new() })?;
    let form = set.form(what).ok_or_else(|| NotNow::NoForm { circular: set.mark.clone() })?;
    Ok((set, form))
}

/// Whether the circular of a day has a form.
pub fn has(what: What, day: Date) -> bool {
    set::on(day).is_some_and(|set| set.form(what).is_some())
}

/// A form with its head, still without its text.
fn blank(set: &Set, form: &Form, heading: Heading, day: Option<Date>, sample: bool) -> Letter {
    Letter {
        page: form.size.page(),
        form: Some(set.mark_of(form)),
        parent: Some(heading.parent).filter(|parent| !parent.is_empty()),
        agency: heading.name,
        kind: Kind::named(form.name.clone()),
        number: Number::Blank,
        symbol: heading.symbol,
        place: heading.place,
        date: day,
        sample: sample.then(|| "DỮ LIỆU MẪU".into()),
        ..Letter::default()
    }
}
