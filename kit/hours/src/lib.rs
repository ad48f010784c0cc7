//! When agencies work: the calendars that the program carries, one for each agency, with what was changed since (a
//! storm, a swap of days announced later, other hours); each made once.

mod change;
mod store;
mod trial;
mod week;

pub use change::{Change, ChangeId, Half, Kind, NewChange, add, withdraw};
pub use store::{all_changes, all_weeks, change, week};
pub use trial::{Trial, would};
pub use week::{BOXES, Hours, NewWeek, WEEKDAYS, Week, WeekId, add_week, say, withdraw_week};

use base::{Refusal, Timestamp};
use calendar::{Agency, Calendar, Statute, Table};
use db::{Beside, Conn};
use jiff::civil::DateTime;
use jiff::tz::Offset;
use people::{Failure, UnitId};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

const STATUTE: &str = include_str!("../../../data/calendars/statutory.toml");
const AGENCIES: &str = include_str!("../../../data/calendars/agencies.toml");

macro_rules! years {
    ($($year:literal),+) => { &[$(include_str!(concat!("../../../data/calendars/", $year, ".toml"))),+] };
}

const YEARS: &[&str] = years!(2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027);

#[derive(Deserialize)]
struct Agencies {
    agencies: Vec<Agency>,
}

/// The agencies that have hours of their own; the first is everybody's who has none.
fn agencies() -> Result<&'static [Agency], Refusal> {
    static READ: OnceLock<Result<Vec<Agency>, Refusal>> = OnceLock::new();
    let read = || toml::from_str::<Agencies>(AGENCIES).map(|read| read.agencies).map_err(broken);
    READ.get_or_init(read).as_deref().map_err(Clone::clone)
}

fn broken(error: toml::de::Error) -> Refusal {
    Refusal::new("calendar-broken", format!("Lịch làm việc kèm chương trình không đọc được: {error}"))
}

/// Calendars that were made, by the agency's code and what was changed.
type Made = Mutex<BTreeMap<(String, String), Arc<Calendar>>>;
/// A calendar is some hundred kilobytes; what was changed long ago is not asked for again.
const MOST_KEPT: usize = 64;

fn made(own: &Agency, weeks: &[Week], changes: &[Change]) -> Result<Arc<Calendar>, Refusal> {
    static MADE: OnceLock<Made> = OnceLock::new();
    let ids = weeks.iter().map(|week| week.id.to_string()).chain(changes.iter().map(|change| change.id.to_string()));
    let ids: Vec<String> = ids.collect();
    let key = (own.code.clone(), ids.join(" "));
    let mut made = MADE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(calendar) = made.get(&key) {
        return Ok(calendar.clone());
    }
    let mut changed = own.clone();
    let has_own = agencies()?.first().is_none_or(|common| common.code != own.code);
    let holding = week::holding(weeks, has_own).into_iter();
    changed.weeks.extend(holding.map(|week| calendar::Week { from: week.from, hours: week.hours.clone() }));
    changes.iter().for_each(|change| change.apply(&mut changed));
    let calendar = Arc::new(make(&changed)?);
    if made.len() >= MOST_KEPT {
        made.clear();
    }
    made.insert(key, calendar.clone());
    Ok(calendar)
}

/// The hours of an agency by its code; everybody's where it has none of its own.
fn own(code: &str) -> Result<&'static Agency, Refusal> {
    let agencies = agencies()?;
    let own = agencies.iter().find(|one| one.code == code).or(agencies.first());
    own.ok_or_else(|| Refusal::new("calendar-broken", "Chưa có giờ làm việc chung."))
}

/// The calendar of an agency by its code, as the program carries it: without a database.
pub fn carried(code: &str) -> Result<Arc<Calendar>, Refusal> {
    made(own(code)?, &[], &[])
}

/// The calendar of an agency with what was changed of it. The database is asked, so that every server of a site knows of a
/// change at once.
pub async fn of(conn: &mut Conn, unit: UnitId) -> Result<Arc<Calendar>, Failure> {
    let changes = store::changes_of(conn, Some(unit)).await?;
    let (key, weeks) = store::key_and_weeks(conn, unit).await?.ok_or(Failure::NotFound)?;
    Ok(made(own(&key)?, &weeks, &changes)?)
}

/// The same, asked side by side.
pub async fn beside(beside: &Beside, unit: UnitId) -> Result<Arc<Calendar>, Failure> {
    let changes = async { store::changes_of(&mut beside.read().await?, Some(unit)).await };
    let weeks = async { store::key_and_weeks(&mut beside.read().await?, unit).await };
    let (changes, found) = tokio::try_join!(changes, weeks)?;
    let (key, weeks) = found.ok_or(Failure::NotFound)?;
    Ok(made(own(&key)?, &weeks, &changes)?)
}

/// The calendar of everybody who has none of their own.
pub async fn common(conn: &mut Conn) -> Result<Arc<Calendar>, Failure> {
    let changes = store::changes_of(conn, None).await?;
    let mut weeks = store::all_weeks(conn).await?;
    weeks.retain(|week| week.unit.is_none());
    Ok(made(own("")?, &weeks, &changes)?)
}

/// The same as [`carried`] where a code that nobody has is a mistake; none is the common calendar.
pub fn known(code: Option<&str>) -> Result<Arc<Calendar>, Refusal> {
    let agencies = agencies()?;
    let Some(code) = code else { return carried("") };
    if agencies.iter().any(|one| one.code == code) {
        return carried(code);
    }
    let codes: Vec<&str> = agencies.iter().map(|agency| agency.code.as_str()).collect();
    let say = format!("Không có cơ quan “{code}”. Các mã có: {}.", codes.join(", "));
    Err(Refusal::new("agency-unknown", say))
}

fn make(agency: &Agency) -> Result<Calendar, Refusal> {
    let statute: Statute = toml::from_str(STATUTE).map_err(broken)?;
    let tables: Vec<Table> = YEARS.iter().map(|text| toml::from_str(text)).collect::<Result<_, _>>().map_err(broken)?;
    Calendar::new(&statute, &tables, agency).map_err(|wrong| {
        let say: Vec<String> = wrong.into_iter().map(|refusal| refusal.say).collect();
        Refusal::new("calendar-broken", say.join("\n"))
    })
}

/// The country has one time zone without summer time.
const VIETNAM: Offset = Offset::constant(7);

/// A moment as the calendar has it: on the wall in Việt Nam, to the minute.
pub fn local(at: Timestamp) -> DateTime {
    let on_wall = VIETNAM.to_datetime(at);
    on_wall.with().second(0).subsec_nanosecond(0).build().unwrap_or(on_wall)
}

/// A moment on the wall in Việt Nam as the house keeps it.
pub fn instant(at: DateTime) -> Timestamp {
    VIETNAM.to_timestamp(at).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_carried_is_read_and_the_unknown_works_as_everybody() {
        assert!(carried("so-cong-thuong").is_ok());
        assert!(known(Some("khong-co")).is_err_and(|no| no.say.contains("chung")));
        assert!(Arc::ptr_eq(&carried("").unwrap(), &carried("so-cong-thuong").unwrap()), "made once");
    }

    #[test]
    fn moments_go_to_the_wall_and_back() {
        let at: Timestamp = "2026-02-12T09:00:59Z".parse().unwrap();
        assert_eq!(local(at).to_string(), "2026-02-12T16:00:00");
        assert_eq!(instant(local(at)).to_string(), "2026-02-12T09:00:00Z");
    }
}
