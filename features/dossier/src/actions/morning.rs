//! The morning's round: whoever has a dossier that is late or nearly due is told in their page, once for each of them, and
//! gets one e-mail with how much of which work there is.

use super::tell::Outside;
use crate::flow;
use crate::rules::At;
use crate::store::{self, Pressing};
use base::Date;
use calendar::Calendar;
use db::{Conn, Db};
use jiff::SignedDuration;
use notice::{Counts, News, Receiver, Values};
use people::{AccountId, Failure, Role, Scope};
use std::collections::BTreeMap;

/// Nobody is told before this hour, in Việt Nam.
const FROM_HOUR: i8 = 7;
/// Owners are reminded this many days before their last day to supplement.
const NEAR_DAYS: i64 = 3;
/// Nearly due: within this.
const SOON: SignedDuration = SignedDuration::from_hours(48);

/// Does the round of a working day; done again on the same day, it tells nobody twice. Gives how many notices that
/// were; none before the morning of a working day.
pub async fn morning(db: &Db, outside: &Outside, scope: &Scope) -> Result<Option<usize>, Failure> {
    let today = scope.today();
    let mut conn = db.read().await?;
    if hours::local(scope.now).hour() < FROM_HOUR || !is_worked(&*hours::common(&mut conn).await?, today) {
        return Ok(None);
    }
    let pressing = store::pressing(&mut conn, scope.now.saturating_add(SOON).unwrap_or(scope.now)).await?;
    let mut all: BTreeMap<AccountId, (Counts, Vec<Pressing>)> = BTreeMap::new();
    for one in pressing {
        let (counts, theirs) = all.entry(one.holder).or_default();
        counts.overdue += u32::from(one.due < scope.now);
        counts.due_today += u32::from(one.due >= scope.now && base::day::today(one.due) == today);
        theirs.push(one);
    }
    for (account, waiting) in to_sign(&mut conn, today).await? {
        all.entry(account).or_default().0.to_sign += waiting;
    }
    let accounts: Vec<AccountId> = all.keys().copied().collect();
    let emails = if outside.mail { store::emails(&mut conn, &accounts).await? } else { BTreeMap::new() };
    drop(conn);
    let mut told = remind(db, outside, scope).await?;
    for (account, (counts, pressing)) in &all {
        let email = emails.get(account).map(String::as_str);
        match tell(db, outside, scope, *account, email, counts, pressing).await {
            Ok(count) => told += count,
            // One person's trouble is not everybody's.
            Err(failure) => tracing::error!(%account, say = failure.say(), "somebody could not be told of the morning"),
        }
    }
    Ok(Some(told))
}

/// Tells owners that their last day to supplement is near.
async fn remind(db: &Db, outside: &Outside, scope: &Scope) -> Result<usize, Failure> {
    use jiff::ToSpan;
    let near = scope.today().saturating_add(NEAR_DAYS.days());
    let waiting = store::unanswered(&mut db.read().await?, near).await?;
    let mut told = 0;
    for id in waiting {
        let mut tx = db.begin().await?;
        told += super::tell::remind_owner(&mut tx, scope, outside, id).await?;
        tx.commit().await?;
    }
    Ok(told)
}

/// One person, in one transaction.
async fn tell(
    db: &Db,
    outside: &Outside,
    scope: &Scope,
    account: AccountId,
    email: Option<&str>,
    counts: &Counts,
    pressing: &[Pressing],
) -> Result<usize, Failure> {
    let mut tx = db.begin().await?;
    let mut told = 0;
    for one in pressing {
        let template = if one.due < scope.now { "dossier.overdue" } else { "dossier.due-soon" };
        let day = base::day::today(one.due);
        let values = Values {
            code: one.code.clone(),
            state: one.step.clone(),
            day: Some(day),
            link: format!("{}/mot-cua/ho-so/{}", outside.url, one.id),
            procedure: one.name.clone(),
            ..Values::default()
        };
        let about = Some(journal::about("dossier", one.id));
        let news = News { template, values, about, once: Some(format!("{template}/{}/{day}", one.id)) };
        told += notice::tell(&mut tx, scope.now, &news, &[Receiver::Account(account)]).await?.len();
    }
    let today = scope.today();
    if let Some(email) = email
        && let Some(said) = notice::digest(counts, today, &format!("{}/mot-cua", outside.url))
    {
        let to = [Receiver::Mail(email.to_owned())];
        told +=
            notice::put(&mut tx, scope.now, &said, None, Some(&format!("digest/{account}/{today}")), &to).await?.len();
    }
    tx.commit().await?;
    Ok(told)
}

/// Heads of agencies, with how many dossiers stand at a step that is theirs.
async fn to_sign(conn: &mut Conn, today: Date) -> Result<Vec<(AccountId, u32)>, Failure> {
    let mut found = Vec::new();
    for (role, holds) in
        flow::all_holds().iter().filter(|(_, holds)| holds.role == Role::Head && holds.at == At::Agency)
    {
        for (agency, count) in store::at_role(conn, role).await? {
            let heads = store::holders(conn, agency, Role::Head, today).await?;
            let heads = heads.into_iter().filter(|one| holds.fits(one.office, agency));
            found.extend(heads.map(|one| (one.account, u32::try_from(count).unwrap_or(u32::MAX))));
        }
    }
    Ok(found)
}

/// By the common calendar: who works on other days reads it the day after.
fn is_worked(calendar: &Calendar, day: Date) -> bool {
    let year = day.year();
    let usual = calendar::is_weekday(day) && !calendar.off(year).contains(&day);
    usual || calendar.made_up(year).contains(&day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn people_are_told_on_days_that_are_worked() {
        // Tuesday 24/11/2026 is a day off (Ngày Văn hóa Việt Nam); Saturday 22/8/2026 was made up for Monday 31/8.
        let calendar = hours::carried("").unwrap();
        let worked = |day: &str| is_worked(&calendar, day.parse().unwrap());
        assert!(worked("2026-11-25") && !worked("2026-11-24") && !worked("2026-11-28"));
        assert!(worked("2026-08-22"));
    }
}
