//! What comes round: numbers of on-time reports as facts for the index, and the ladder of reminders.

use super::about_report;
use super::give::{heads_for, people_for, said};
use crate::model::{Behind, State};
use crate::rules;
use crate::store;
use base::{Date, Decimal, Timestamp};
use db::Db;
use notice::News;
use people::{Failure, Scope, UnitId};

/// Nobody is told before this hour, in Việt Nam.
const FROM_HOUR: i8 = 7;
/// How many days before its last day a report is asked about.
const NEAR_DAYS: i64 = 3;

/// The fact, and the reports behind it.
const FACTS: [(&str, Behind); 2] = [("report.due", Behind::Due), ("report.on_time", Behind::OnTime)];

/// Records for each unit how many reports it owed by now in the reporting year, and how many of them it sent on time. A number that
/// was entered by hand stands: whoever entered it knows of other systems.
pub async fn record_facts(db: &Db, scope: &Scope) -> Result<usize, Failure> {
    let mut recorded = 0;
    for (from, to) in fact::years_counted(scope.today()) {
        let days = (base::day::start(from), base::day::start(to).min(scope.now));
        let counted = store::timeliness(&mut db.read().await?, days).await?;
        for (unit, due, on_time) in counted {
            let mut tx = db.begin().await?;
            for ((what, behind), count) in FACTS.into_iter().zip([due, on_time]) {
                let before = fact::of(&mut tx, unit, what, from, to).await?;
                if before.as_ref().is_some_and(|fact| fact.manual) {
                    continue;
                }
                let new = fact::New {
                    what: what.to_owned(),
                    unit,
                    from,
                    to,
                    value: Decimal::from(count),
                    source: format!("Hệ thống báo cáo: {}", behind.say()),
                    link: Some(link_behind(unit, (from, to), behind)),
                    manual: false,
                };
                let fact = fact::record(&mut tx, scope, new).await?;
                recorded += usize::from(before.is_none_or(|before| before.id != fact.id));
            }
            tx.commit().await?;
        }
    }
    Ok(recorded)
}

/// The list of the reports behind a number of a unit.
fn link_behind(unit: UnitId, (from, to): (Date, Date), behind: Behind) -> String {
    let last = to.saturating_sub(jiff::Span::new().days(1));
    let pairs = [
        ("trang_thai", "all"),
        ("don_vi", &unit.to_string()),
        ("tu", &base::day::vi(from)),
        ("den", &base::day::vi(last)),
        ("so", behind.code()),
    ];
    web::address::with("/bao-cao", &pairs)
}

/// Where its last day has passed: told to the head too.
const LATE: &str = "report.overdue";

/// A step of the ladder: three days before, on the last day, too late.
fn step(due: Timestamp, now: Timestamp) -> Option<&'static str> {
    let (day, today) = (base::day::today(due), base::day::today(now));
    let left = i64::from((day - today).get_days());
    match left {
        _ if due < now => Some(LATE),
        0 => Some("report.last-day"),
        1..=NEAR_DAYS => Some("report.remind"),
        _ => None,
    }
}

/// Tells those who have not sent: three days before the last day, on it, and when it has passed. Its head is among them; and where somebody holds it alone, is told when it is late. Done again,
/// nobody is told twice. Gives how many notices that were; none before the morning.
pub async fn ladder(db: &Db, url: &str, scope: &Scope) -> Result<Option<usize>, Failure> {
    if hours::local(scope.now).hour() < FROM_HOUR {
        return Ok(None);
    }
    let until = scope.now.saturating_add(jiff::SignedDuration::from_hours(24 * (NEAR_DAYS + 1))).unwrap_or(scope.now);
    let pressing = store::pressing(&mut db.read().await?, until).await?;
    let mut told = 0;
    for one in pressing {
        let Some(template) = step(one.report.due, scope.now) else { continue };
        let mut tx = db.begin().await?;
        // Whoever has put it before the head has done their part.
        let waits_for_head = one.report.state == State::Asked;
        let mut to =
            if waits_for_head { Vec::new() } else { people_for(&mut tx, scope, &one.report, rules::FILLERS).await? };
        if template == LATE || waits_for_head {
            to.extend(heads_for(&mut tx, scope, &one.report).await?);
        }
        let what = (one.report.id, one.name.as_str(), one.period.as_str(), one.report.due);
        let once = Some(format!("{template}/{}/{}", one.report.id, base::day::today(one.report.due)));
        let values = said(url, what, &one.report.unit_name);
        let news = News { template, values, about: Some(about_report(one.report.id)), once };
        told += notice::tell(&mut tx, scope.now, &news, &to).await?.len();
        tx.commit().await?;
    }
    Ok(Some(told))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_recorded_is_known() {
        for (what, _) in FACTS {
            assert!(fact::catalogue::find(what).is_some(), "{what}");
        }
    }

    #[test]
    fn the_ladder_has_three_steps() {
        let at = |text: &str| format!("{text}:00+07:00").parse::<Timestamp>().unwrap();
        let named = |now: &str| step(at("2026-11-17T17:30"), at(now));
        assert_eq!(named("2026-11-13T08:00"), None);
        assert_eq!(named("2026-11-14T08:00"), Some("report.remind"));
        assert_eq!(named("2026-11-16T23:00"), Some("report.remind"));
        assert_eq!(named("2026-11-17T08:00"), Some("report.last-day"));
        assert_eq!(named("2026-11-17T18:00"), Some("report.overdue"));
        assert_eq!(named("2026-11-20T08:00"), Some("report.overdue"));
    }
}
