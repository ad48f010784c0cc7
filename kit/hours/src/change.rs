//! What differs from a carried calendar: days off, days made up. Never altered: withdrawn, and said anew.

use crate::store;
use base::{Date, Refusal, Refusals, Timestamp};
use calendar::{Agency, Closure, MadeUp, is_weekday};
use db::Tx;
use journal::about;
use people::{Failure, Scope, UnitId};
use serde::Serialize;

db::id!(
    /// One change of a calendar.
    ChangeId
);

db::words! {
    Kind {
        Off = "off", "Nghỉ, đóng cửa";
        MadeUp = "made-up", "Làm bù";
    }
}

db::words! {
    Half {
        Morning = "morning", "Buổi sáng";
        Afternoon = "afternoon", "Buổi chiều";
    }
}

/// A change as it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub id: ChangeId,
    /// None: of every agency.
    pub unit: Option<UnitId>,
    /// The days [from, to).
    pub from: Date,
    pub to: Date,
    pub kind: Kind,
    pub half: Option<Half>,
    pub replaces: Option<Date>,
    pub why: String,
    pub basis: String,
    pub at: Timestamp,
    pub author: String,
}

/// A change as it is asked for; `last` is its last day.
#[derive(Clone, Debug)]
pub struct NewChange {
    pub unit: Option<UnitId>,
    pub first: Date,
    pub last: Date,
    pub kind: Kind,
    pub half: Option<Half>,
    pub replaces: Option<Date>,
    pub why: String,
    pub basis: String,
}

/// A closure is of days, not of seasons: more is a slip of the pen.
const MOST_DAYS: i32 = 60;

impl Change {
    /// As it would be written down.
    pub(crate) fn of(scope: &Scope, new: NewChange) -> Change {
        Change {
            id: db::fresh_id(),
            unit: new.unit,
            from: new.first,
            to: new.last.tomorrow().unwrap_or(new.last),
            kind: new.kind,
            half: new.half.filter(|_| new.kind == Kind::Off),
            replaces: new.replaces.filter(|_| new.kind == Kind::MadeUp),
            why: new.why.trim().to_owned(),
            basis: new.basis.trim().to_owned(),
            at: scope.now,
            author: scope.name.clone(),
        }
    }

    /// Into the hours of an agency.
    pub(crate) fn apply(&self, agency: &mut Agency) {
        match (self.kind, self.replaces) {
            (Kind::MadeUp, Some(replaces)) => {
                agency.made_up.push(MadeUp { date: self.from, replaces, why: self.why.clone() });
            }
            _ => {
                let half = self.half.map(|half| match half {
                    Half::Morning => calendar::Half::Morning,
                    Half::Afternoon => calendar::Half::Afternoon,
                });
                agency.closures.push(Closure { from: self.from, to: self.to, why: self.why.clone(), half });
            }
        }
    }
}

/// Everything wrong with a change.
pub(crate) fn check(new: &NewChange) -> Refusals {
    let mut found = Refusals::new();
    let mut say = |code, field: &str, say: &str| found.push(Refusal::new(code, say).at(field));
    let days = (new.last - new.first).get_days();
    if new.last < new.first || days >= MOST_DAYS {
        say("hours-days", "den", "Ngày cuối không trước ngày đầu, và một lần ghi không quá 60 ngày.");
    }
    if !(2018..2100).contains(&new.first.year()) {
        say("hours-outside", "tu", "Lịch làm việc chỉ có từ năm 2018 đến hết năm 2099.");
    }
    if new.why.trim().is_empty() {
        say("hours-why", "ly_do", "Ghi lý do, ví dụ: Bão số 9.");
    }
    if new.basis.trim().is_empty() {
        say("hours-basis", "can_cu", "Ghi căn cứ: số và ngày của quyết định, thông báo.");
    }
    if new.kind == Kind::MadeUp {
        if new.first != new.last || is_weekday(new.first) {
            say("hours-made-up", "den", "Mỗi lần ghi một ngày làm bù, và là thứ Bảy hoặc Chủ Nhật.");
        }
        if new.replaces.is_none_or(|day| !is_weekday(day)) {
            say("hours-replaces", "lam_bu_cho", "Ghi ngày được nghỉ thay, từ thứ Hai đến thứ Sáu.");
        }
    }
    found
}

/// Writes a change down. What follows from it (deadlines) is for whoever keeps deadlines.
pub async fn add(tx: &mut Tx, scope: &Scope, new: NewChange) -> Result<Change, Failure> {
    let wrong = check(&new);
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong));
    }
    let change = Change::of(scope, new);
    store::add(tx, scope, &change).await?;
    journal::write(tx, scope, "hours.changed", about("working-change", change.id), &(), &change).await?;
    Ok(change)
}

/// Takes a change back; it stays written that it held until now.
pub async fn withdraw(tx: &mut Tx, scope: &Scope, id: ChangeId) -> Result<Change, Failure> {
    let change = store::change(tx, id).await?.ok_or(Failure::NotFound)?;
    if !store::withdraw(tx, id, scope.now).await? {
        return Err(Refusal::new("hours-withdrawn", "Thay đổi này đã được bỏ. Hãy tải lại trang.").into());
    }
    journal::write(tx, scope, "hours.withdrawn", about("working-change", id), &change, &()).await?;
    Ok(change)
}
