//! What a dossier runs by: its procedure and its process, on the editions it was received under. A published edition never
//! changes, so what was read once is kept.

use crate::model::*;
use crate::rules::Holds;
use db::Conn;
use form::Form;
use people::Failure;
use procedure::{Procedure, Time};
use rulebook::{Edition, EditionId};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use workflow::Process;

/// The kinds of edition in the rulebook.
pub const PROCEDURE: &str = "procedure";
pub const PROCESS: &str = "workflow";
pub const FORM: &str = "form";

const ROLES: &str = include_str!("../../../data/workflows/roles.toml");

#[derive(Deserialize)]
struct Roles {
    roles: BTreeMap<String, Holds>,
}

/// Who holds the roles of processes. An unknown role is held by nobody.
pub fn holds(role: &str) -> Option<&'static Holds> {
    all_holds().get(role)
}

/// Every role of processes.
pub fn all_holds() -> &'static BTreeMap<String, Holds> {
    static READ: OnceLock<BTreeMap<String, Holds>> = OnceLock::new();
    READ.get_or_init(|| toml::from_str::<Roles>(ROLES).map(|read| read.roles).unwrap_or_default())
}

/// The name of a role of a process.
pub fn role_name(role: &str) -> &str {
    holds(role).map_or(role, |holds| holds.name.as_str())
}

type Kept<T> = OnceLock<Mutex<HashMap<EditionId, Arc<T>>>>;

fn keep<T>(kept: &Kept<T>, id: EditionId, make: impl FnOnce() -> Result<T, Failure>) -> Result<Arc<T>, Failure> {
    let mut kept = kept.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = kept.get(&id) {
        return Ok(found.clone());
    }
    let made = Arc::new(make()?);
    kept.insert(id, made.clone());
    Ok(made)
}

static PROCEDURES: Kept<Procedure> = OnceLock::new();
static PROCESSES: Kept<Process> = OnceLock::new();
static FORMS: Kept<Form> = OnceLock::new();

fn known<T>(kept: &Kept<T>, id: EditionId) -> Option<Arc<T>> {
    kept.get()?.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
}

async fn edition(conn: &mut Conn, id: EditionId) -> Result<Edition, Failure> {
    rulebook::find(conn, id).await?.ok_or_else(|| Failure::Broken(format!("edition {id} of a dossier is not there")))
}

fn read_procedure(edition: &Edition) -> Result<Procedure, Failure> {
    Ok(serde_json::from_value(edition.body.clone())?)
}

fn read_process(edition: &Edition) -> Result<Process, Failure> {
    let file: workflow::File = serde_json::from_value(edition.body.clone())?;
    let read = workflow::read(&file);
    match read.problems.first() {
        None => Ok(read.process),
        Some(problem) => Err(Failure::Broken(format!("published process {}: {problem}", edition.code))),
    }
}

pub async fn procedure(conn: &mut Conn, id: EditionId) -> Result<Arc<Procedure>, Failure> {
    if let Some(found) = known(&PROCEDURES, id) {
        return Ok(found);
    }
    let edition = edition(conn, id).await?;
    keep(&PROCEDURES, id, || read_procedure(&edition))
}

pub async fn process(conn: &mut Conn, id: EditionId) -> Result<Arc<Process>, Failure> {
    if let Some(found) = known(&PROCESSES, id) {
        return Ok(found);
    }
    let edition = edition(conn, id).await?;
    keep(&PROCESSES, id, || read_process(&edition))
}

fn read_form(edition: &Edition) -> Result<Form, Failure> {
    let file: form::File = serde_json::from_value(edition.body.clone())?;
    let read = form::read(&file);
    let why = || read.problems.first().map(ToString::to_string).unwrap_or_default();
    read.form.ok_or_else(|| Failure::Broken(format!("published form {}: {}", edition.code, why())))
}

pub async fn form(conn: &mut Conn, id: EditionId) -> Result<Arc<Form>, Failure> {
    if let Some(found) = known(&FORMS, id) {
        return Ok(found);
    }
    let edition = edition(conn, id).await?;
    keep(&FORMS, id, || read_form(&edition))
}

/// A form with its answers. What it asks for as a file comes in among the papers, where its kind and size are judged.
pub fn settle<'f>(
    form: &'f Form,
    answers: &serde_json::Map<String, serde_json::Value>,
    now: base::Timestamp,
) -> form::Settled<'f> {
    let mut settled = form::settle(form, answers, base::day::today(now), now);
    let files = settled.shown.iter().filter(|one| one.question.kind == form::Kind::File);
    let files: Vec<&str> = files.map(|one| one.path.as_str()).collect();
    settled.refusals.retain(|no| no.field.as_deref().is_none_or(|field| !files.contains(&field)));
    settled
}

/// The edition of a form that is in force on a day; none where the case names none or it is not published yet.
pub async fn form_in_force(
    conn: &mut Conn,
    case: &procedure::Case,
    day: base::Date,
) -> Result<Option<EditionId>, Failure> {
    let Some(code) = &case.form else { return Ok(None) };
    Ok(rulebook::in_force(conn, FORM, code, day).await?.map(|edition| edition.id))
}

/// A procedure as it is taken in on a day, with the process of one of its cases.
pub struct Offer {
    pub procedure: Arc<Procedure>,
    pub procedure_edition: EditionId,
    pub process: Arc<Process>,
    pub process_edition: EditionId,
    pub time: Time,
}

/// The procedure in force on a day; none where there is none.
pub async fn in_force(
    conn: &mut Conn,
    code: &str,
    day: base::Date,
) -> Result<Option<(EditionId, Arc<Procedure>)>, Failure> {
    let Some(edition) = rulebook::in_force(conn, PROCEDURE, code, day).await? else { return Ok(None) };
    let procedure = keep(&PROCEDURES, edition.id, || read_procedure(&edition))?;
    Ok(Some((edition.id, procedure)))
}

/// What a case of a procedure is taken in by on a day.
pub async fn offer(conn: &mut Conn, code: &str, case: &str, day: base::Date) -> Result<Offer, Failure> {
    let (procedure_edition, procedure) = in_force(conn, code, day).await?.ok_or(NotNow::NoProcedure)?;
    let asked = procedure.case(case).ok_or(NotNow::NoCase)?;
    let (time, process_code) = (asked.time, asked.process.clone());
    let edition = rulebook::in_force(conn, PROCESS, &process_code, day).await?;
    let edition = edition.ok_or(NotNow::NoProcess { code: process_code })?;
    let process = keep(&PROCESSES, edition.id, || read_process(&edition))?;
    Ok(Offer { procedure, procedure_edition, process, process_edition: edition.id, time })
}
