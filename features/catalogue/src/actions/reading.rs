//! What is there: for staff with its editions and drafts, for everybody what is in force.

use crate::model::{Entry, FORM, NotNow, PROCEDURE, State, WORKFLOW};
use crate::{rules, store};
use base::Date;
use db::Conn;
use people::{Failure, Role, Scope, Unit};
use procedure::Procedure;
use rulebook::{Edition, EditionId, Status};
use std::collections::BTreeMap;
use workflow::{File, Process};

/// Every edition; drafts only for those who write them.
pub async fn entries(conn: &mut Conn, scope: &Scope) -> Result<Vec<Entry>, Failure> {
    let drafts = scope.has(Role::Admin);
    let all = store::all(conn).await?;
    Ok(all.into_iter().filter(|entry| drafts || entry.published).collect())
}

/// What is in force on a day: the citizens' list. Public, so nobody is asked who they are.
pub async fn in_force(conn: &mut Conn, day: Date) -> Result<Vec<Entry>, Failure> {
    Ok(store::in_force(conn, day).await?)
}

/// An edition with its procedure. Another's draft is not there.
pub async fn edition(conn: &mut Conn, scope: &Scope, id: EditionId) -> Result<(Edition, Procedure), Failure> {
    let found = rulebook::find(conn, id).await?.filter(|edition| edition.kind == PROCEDURE);
    let edition = found.ok_or(Failure::NotFound)?;
    if edition.status == Status::Draft && !scope.has(Role::Admin) {
        return Err(Failure::NotFound);
    }
    let one = read(&edition)?;
    Ok((edition, one))
}

fn read(edition: &Edition) -> Result<Procedure, Failure> {
    serde_json::from_value(edition.body.clone())
        .map_err(|error| NotNow::Unreadable { why: format!("{}: {error}", edition.code) }.into())
}

/// A procedure as a page shows it.
pub struct Found {
    pub edition: Edition,
    pub one: Procedure,
    pub entry: Entry,
    /// Its processes by their codes, as they are in force with it.
    pub processes: BTreeMap<String, (File, Process)>,
    /// Keys and kinds that it names, in words.
    pub units: BTreeMap<String, String>,
}

/// All editions of a code that this scope may see, the newest first.
pub async fn find(conn: &mut Conn, scope: &Scope, code: &str) -> Result<Vec<Entry>, Failure> {
    let drafts = scope.has(Role::Admin);
    let all = store::of_code(conn, code).await?;
    let seen: Vec<Entry> = all.into_iter().filter(|entry| drafts || entry.published).collect();
    if seen.is_empty() { Err(Failure::NotFound) } else { Ok(seen) }
}

/// One edition: the one of this number, or the one that stands for the procedure today.
pub async fn view(conn: &mut Conn, scope: &Scope, editions: &[Entry], number: Option<i64>) -> Result<Found, Failure> {
    let today = scope.today();
    let entry = match number {
        Some(number) => editions.iter().find(|entry| entry.number == number),
        None => rules::lines(editions, None, today).first().copied(),
    };
    let entry = entry.ok_or(Failure::NotFound)?.clone();
    let (edition, one) = edition(conn, scope, entry.edition).await?;
    whole(conn, edition, one, entry, today).await
}

/// What everybody may see: the edition in force on a day.
pub async fn public(conn: &mut Conn, code: &str, day: Date) -> Result<Found, Failure> {
    let edition = rulebook::in_force(conn, PROCEDURE, code, day).await?.ok_or(Failure::NotFound)?;
    let entry = store::one(conn, edition.id).await?.ok_or(Failure::NotFound)?;
    let one = read(&edition)?;
    whole(conn, edition, one, entry, day).await
}

/// Every published edition of a code, the newest first: what is said of a procedure that is not in force.
pub async fn published(conn: &mut Conn, code: &str) -> Result<Vec<Entry>, Failure> {
    let all = store::of_code(conn, code).await?;
    Ok(all.into_iter().filter(|entry| entry.published).collect())
}

async fn whole(conn: &mut Conn, edition: Edition, one: Procedure, entry: Entry, today: Date) -> Result<Found, Failure> {
    // A process is shown as it was on the last day on which the edition was in force, and before that as it will be.
    let day = match entry.state(today) {
        State::InForce => today,
        State::Coming | State::Draft => one.from.max(today),
        State::Abolished | State::Ended => {
            entry.valid_to.and_then(|to| to.yesterday().ok()).unwrap_or(one.from).max(one.from)
        }
    };
    let processes = processes_of(conn, &one, day).await?;
    let units = units_named(&people::units(conn).await?, &one, today);
    Ok(Found { edition, one, entry, processes, units })
}

/// The processes that the cases of a procedure name, where they are in force on a day.
pub(crate) async fn processes_of(
    conn: &mut Conn,
    one: &Procedure,
    day: Date,
) -> Result<BTreeMap<String, (File, Process)>, Failure> {
    let mut found = BTreeMap::new();
    for case in &one.cases {
        if found.contains_key(&case.process) || case.process.is_empty() {
            continue;
        }
        if let Some(edition) = rulebook::in_force(conn, WORKFLOW, &case.process, day).await? {
            let file: File = serde_json::from_value(edition.body)?;
            let process = workflow::read(&file).process;
            found.insert(case.process.clone(), (file, process));
        }
    }
    Ok(found)
}

/// What keeps a procedure from being published, by place.
pub async fn faults(conn: &mut Conn, one: &Procedure) -> Result<Vec<(String, String)>, Failure> {
    let processes = processes_of(conn, one, one.from).await?;
    let mut found = rules::faults(one, |code| processes.get(code).map(|(_, process)| process));
    found.extend(forms_missing(conn, one).await?);
    found.extend(rules::in_the_way(one, &store::of_code(conn, &one.code).await?));
    Ok(found)
}

/// The cases whose electronic form is not published for the day on which the procedure comes into force.
async fn forms_missing(conn: &mut Conn, one: &Procedure) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    for case in &one.cases {
        let Some(code) = case.form.as_deref().filter(|code| !code.is_empty()) else { continue };
        if rulebook::in_force(conn, FORM, code, one.from).await?.is_none() {
            let from = base::day::vi(one.from);
            let say = format!(
                "mẫu đơn “{code}” của thủ tục “{}” chưa được ban hành để dùng từ ngày {from}. Ban hành mẫu đơn trước, \
                 hoặc bỏ mã mẫu đơn ở trường hợp này.",
                one.name
            );
            found.push((format!("cases.{}.form", case.code), say));
        }
    }
    Ok(found)
}

/// Keys and kinds of units in words. Of units that a procedure names, those that are no more are left out, unless all are.
pub fn units_named(all: &[Unit], one: &Procedure, day: Date) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for list in [&one.receives, &one.resolves, &one.coordinates] {
        let named = |key: &&String| all.iter().find(|unit| unit.key == **key);
        let some_are = list.iter().any(|key| named(&key).is_some_and(|unit| unit.is_on(day)));
        for key in list {
            match named(&key) {
                Some(unit) if unit.is_on(day) || !some_are => {
                    found.insert(key.clone(), unit.name.clone());
                }
                Some(_) => {}
                None => {
                    found.insert(key.clone(), kind_of_every(key));
                }
            }
        }
    }
    found
}

/// "xa" names every commune for itself; what is neither key nor kind names itself.
fn kind_of_every(key: &str) -> String {
    match key {
        "xa" => "UBND cấp xã".into(),
        "huyen" => "UBND cấp huyện".into(),
        other => people::kind_name(other).to_owned(),
    }
}
