//! Editions of an agency's week: its hours by weekday, from a day on. Never altered: withdrawn, and said anew.

use crate::store;
use base::{Date, Refusal, Refusals, Timestamp};
use calendar::Span;
use db::{Conn, Tx};
use journal::about;
use people::{Failure, Scope, UnitId};
use serde::Serialize;

db::id!(
    /// One edition of a week.
    WeekId
);

/// From Monday to Sunday.
pub const WEEKDAYS: [&str; 7] = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"];
/// The boxes of the weekdays in a form.
pub const BOXES: [&str; 7] = ["gio_2", "gio_3", "gio_4", "gio_5", "gio_6", "gio_7", "gio_8"];

/// The hours of each weekday, from Monday.
pub type Hours = [Vec<Span>; 7];

/// An edition as it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    pub id: WeekId,
    /// None: of every agency that has none of its own.
    pub unit: Option<UnitId>,
    pub from: Date,
    pub hours: Hours,
    pub basis: String,
    pub at: Timestamp,
    pub author: String,
}

/// An edition as it is asked for: the hours as they were typed, from Monday.
#[derive(Clone, Debug)]
pub struct NewWeek {
    pub unit: Option<UnitId>,
    pub from: Date,
    pub typed: [String; 7],
    pub basis: String,
}

/// As people write it: "07:30-11:30, 13:30-17:30"; nothing on a day off.
pub fn say(spans: &[Span]) -> String {
    let at = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let all: Vec<String> = spans.iter().map(|(from, to)| format!("{}-{}", at(*from), at(*to))).collect();
    all.join(", ")
}

/// The spans of a day as somebody types them: "7h30 - 11h30, 13:30-17:30".
fn read(typed: &str) -> Result<Vec<Span>, &'static str> {
    const HOW: &str = "Ghi giờ như 07:30-11:30, 13:30-17:30; để trống nếu nghỉ cả ngày.";
    const NOON: u16 = 12 * 60;
    let minute = |text: &str| {
        let text = text.trim().replace(['h', 'H', '.'], ":");
        let (hour, minute) = text.split_once(':').unwrap_or((&text, ""));
        let minute = if minute.is_empty() { "0" } else { minute };
        let (hour, minute) = (hour.trim().parse::<u16>().ok()?, minute.trim().parse::<u16>().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    let mut spans: Vec<Span> = Vec::new();
    for part in typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once(['-', '–']).ok_or(HOW)?;
        let (from, to) = minute(from).zip(minute(to)).ok_or(HOW)?;
        if from >= to || spans.last().is_some_and(|last| last.1 > from) {
            return Err("Giờ cuối phải sau giờ đầu, buổi sáng ghi trước buổi chiều, hai buổi không chồng lên nhau.");
        }
        // A half day off leaves the other half: noon divides them.
        if from < NOON && to > NOON {
            return Err("Ghi tách hai buổi ở 12:00, ví dụ 07:30-12:00, 12:00-16:30.");
        }
        spans.push((from, to));
    }
    Ok(spans)
}

/// As it stands in the table.
pub(crate) fn to_text(hours: &Hours) -> String {
    hours.each_ref().map(|spans| say(spans).replace(' ', "")).join(";")
}

pub(crate) fn of_text(text: &str) -> Option<Hours> {
    let days: Vec<Vec<Span>> = text.split(';').map(read).collect::<Result<_, _>>().ok()?;
    days.try_into().ok()
}

/// The hours that are asked for, or everything wrong with them.
fn check(new: &NewWeek) -> Result<Hours, Refusals> {
    let mut wrong = Refusals::new();
    let mut hours = Hours::default();
    for ((day, typed), field) in hours.iter_mut().zip(&new.typed).zip(BOXES) {
        match read(typed) {
            Ok(spans) => *day = spans,
            Err(say) => wrong.push(Refusal::new("week-hours", say).at(field)),
        }
    }
    if wrong.is_empty() && hours.iter().all(Vec::is_empty) {
        wrong.push(Refusal::new("week-empty", "Ghi giờ làm việc của ít nhất một ngày trong tuần.").at(BOXES[0]));
    }
    if !(2018..2100).contains(&new.from.year()) {
        wrong.push(Refusal::new("hours-outside", "Lịch làm việc chỉ có từ năm 2018 đến hết năm 2099.").at("tu"));
    }
    if new.basis.trim().is_empty() {
        wrong.push(Refusal::new("hours-basis", "Ghi căn cứ: số và ngày của quyết định, thông báo.").at("can_cu"));
    }
    if wrong.is_empty() { Ok(hours) } else { Err(wrong) }
}

/// Writes an edition down. What follows from it (deadlines) is for whoever keeps deadlines.
pub async fn add_week(tx: &mut Tx, scope: &Scope, new: NewWeek) -> Result<Week, Failure> {
    let hours = ready(tx, &new).await?;
    let week = Week {
        id: db::fresh_id(),
        unit: new.unit,
        from: new.from,
        hours,
        basis: new.basis.trim().to_owned(),
        at: scope.now,
        author: scope.name.clone(),
    };
    store::add_week(tx, scope, &week).await?;
    journal::write(tx, scope, "hours.week-set", about("working-week", week.id), &(), &week).await?;
    Ok(week)
}

/// The hours that are asked for, if an edition may be written down as it is asked for.
pub(crate) async fn ready(conn: &mut Conn, new: &NewWeek) -> Result<Hours, Failure> {
    let hours = check(new).map_err(Failure::Refused)?;
    if store::all_weeks(conn).await?.iter().any(|one| one.unit == new.unit && one.from == new.from) {
        let from = base::day::vi(new.from);
        let say = format!("Đã có giờ làm việc ghi từ ngày {from}. Bỏ bản đó trước, hoặc chọn ngày khác.");
        return Err(Refusal::new("week-taken", say).at("tu").into());
    }
    Ok(hours)
}

/// Takes an edition back; it stays written that it held until now.
pub async fn withdraw_week(tx: &mut Tx, scope: &Scope, id: WeekId) -> Result<Week, Failure> {
    let week = store::week(tx, id).await?.ok_or(Failure::NotFound)?;
    if !store::withdraw_week(tx, id, scope.now).await? {
        return Err(Refusal::new("hours-withdrawn", "Giờ làm việc này đã được bỏ. Hãy tải lại trang.").into());
    }
    journal::write(tx, scope, "hours.week-withdrawn", about("working-week", id), &week, &()).await?;
    Ok(week)
}

/// The editions in the order in which they hold for an agency: from its first own edition on, its own; before that
/// everybody's, unless the program carries hours of its own for it.
pub(crate) fn holding(all: &[Week], has_own: bool) -> Vec<&Week> {
    let first_own = all.iter().filter(|week| week.unit.is_some()).map(|week| week.from).min();
    let common = |week: &&Week| !has_own && first_own.is_none_or(|first| week.from < first);
    let mut found: Vec<&Week> = all.iter().filter(|week| week.unit.is_some() || common(week)).collect();
    found.sort_by_key(|week| week.from);
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        let two = vec![(450, 690), (810, 1050)];
        for typed in ["07:30-11:30, 13:30-17:30", "7h30 – 11h30; 13h30-17h30", "7.30-11.30,13.30-17.30"] {
            assert_eq!(read(typed).unwrap(), two, "{typed}");
        }
        assert_eq!(read("7h-11h").unwrap(), vec![(420, 660)]);
        assert!(read(" ").unwrap().is_empty());
        for bad in
            ["sáng", "11:30-07:30", "13:30-17:30, 07:30-11:30", "07:30-17:30", "25:00-26:00", "07:30-11:30-12:00"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let typed = ["07:30-11:30, 13:30-17:30", "", "", "", "", "08:00-11:00", ""].map(str::to_owned);
        let from = "2026-12-01".parse().unwrap();
        let hours = check(&NewWeek { unit: None, from, typed, basis: "QĐ 1/MẪU".into() }).unwrap();
        assert_eq!(to_text(&hours), "07:30-11:30,13:30-17:30;;;;;08:00-11:00;");
        assert_eq!(of_text(&to_text(&hours)).unwrap(), hours);
    }

    #[test]
    fn a_week_without_work_is_refused() {
        let new = NewWeek {
            unit: None,
            from: "2026-12-01".parse().unwrap(),
            typed: Default::default(),
            basis: "QĐ 1/MẪU".into(),
        };
        assert_eq!(check(&new).unwrap_err()[0].code, "week-empty");
    }

    #[test]
    fn an_agency_keeps_its_own_hours_from_their_first_day() {
        let week = |unit: Option<UnitId>, from: &str| Week {
            id: db::fresh_id(),
            unit,
            from: from.parse().unwrap(),
            hours: Hours::default(),
            basis: String::new(),
            at: Timestamp::UNIX_EPOCH,
            author: String::new(),
        };
        let own = Some(db::fresh_id());
        let all = [week(None, "2027-06-01"), week(own, "2027-01-01"), week(None, "2026-01-01")];
        let froms =
            |has_own| -> Vec<String> { holding(&all, has_own).iter().map(|one| one.from.to_string()).collect() };
        assert_eq!(froms(false), ["2026-01-01", "2027-01-01"]);
        assert_eq!(froms(true), ["2027-01-01"]);
    }
}
