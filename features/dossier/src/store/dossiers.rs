//! Dossiers, one at a time.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};

sql! {
    BY_ID = "select id, code, number, procedure, procedure_edition, process_edition, case_code, name, field, agency, counter, channel, state, \
             owner_kind, owner, owner_id, owner_born, phone, email, address, submitter, submitter_id, summary, return_by, secret, \
             submitted, received, received_by, promised, due, paused, resolved, ended, standing, step, step_name, step_role, step_due, \
             office, holder, asked, extended, identified, sample, version from dossier where id = $1";
    BY_CODE = "select id, code, number, procedure, procedure_edition, process_edition, case_code, name, field, agency, counter, channel, state, \
               owner_kind, owner, owner_id, owner_born, phone, email, address, submitter, submitter_id, summary, return_by, secret, \
               submitted, received, received_by, promised, due, paused, resolved, ended, standing, step, step_name, step_role, step_due, \
               office, holder, asked, extended, identified, sample, version from dossier where code = $1";
    ADD = "insert into dossier (id, code, number, procedure, procedure_edition, process_edition, case_code, name, field, agency, counter, \
           channel, state, owner_kind, owner, owner_folded, owner_id, owner_born, phone, email, address, submitter, submitter_id, summary, \
           answers, return_by, secret, submitted, received, received_by, promised, due, standing, step, step_name, step_role, step_due, \
           office, holder, identified, sample) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
           $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41)";
    ANSWERS = "select answers from dossier where id = $1";
    DECLARE = "update dossier set answers = $2 where id = $1";
    // Taken by every deed: two people at one dossier queue here, on either engine, and the second sees what the first did.
    TAKE = "update dossier set version = version + 1 where id = $1 and version = $2";
    MOVE = "update dossier set state = $2, due = $3, paused = $4, resolved = $5, ended = $6, standing = $7, step = $8, step_name = $9, \
            step_role = $10, step_due = $11, office = $12, holder = $13, asked = $14, extended = $15, version = $16 \
            where id = $1 and version = $17";
    SET_PROCESS = "update dossier set process_edition = $2 where id = $1";
    RECEIVED = "update dossier set received = $2, promised = $3 where id = $1";
}

fn read(row: &mut Row) -> Result<Dossier, DbError> {
    Ok(Dossier {
        id: row.pull()?,
        code: row.pull()?,
        number: row.pull()?,
        procedure: row.pull()?,
        procedure_edition: row.pull()?,
        process_edition: row.pull()?,
        case: row.pull()?,
        name: row.pull()?,
        field: row.pull()?,
        agency: row.pull()?,
        counter: row.pull()?,
        channel: row.pull()?,
        state: row.pull()?,
        owner: Owner {
            kind: row.pull()?,
            name: row.pull()?,
            number: row.pull()?,
            born: row.pull()?,
            phone: row.pull()?,
            email: row.pull()?,
            address: row.pull()?,
            submitter: row.pull()?,
            submitter_number: row.pull()?,
        },
        summary: row.pull()?,
        return_by: row.pull()?,
        secret: row.pull()?,
        submitted: row.pull()?,
        received: row.pull()?,
        received_by: row.pull()?,
        promised: row.pull()?,
        due: row.pull()?,
        paused: row.pull()?,
        resolved: row.pull()?,
        ended: row.pull()?,
        standing: standing(&row.pull::<String>()?)?,
        at: Place {
            step: row.pull()?,
            name: row.pull()?,
            role: row.pull()?,
            due: row.pull()?,
            office: row.pull()?,
            holder: row.pull()?,
        },
        asked: row.pull()?,
        extended: row.pull()?,
        identified: row.pull()?,
        sample: row.pull()?,
        version: row.pull()?,
    })
}

fn standing(text: &str) -> Result<workflow::Standing, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Value(format!("the standing of a dossier: {error}")))
}

fn standing_text(standing: &workflow::Standing) -> Result<String, DbError> {
    serde_json::to_string(standing).map_err(|error| DbError::Value(error.to_string()))
}

pub async fn dossier(conn: &mut Conn, id: DossierId) -> Result<Option<Dossier>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

pub async fn dossier_by_code(conn: &mut Conn, code: &str) -> Result<Option<Dossier>, DbError> {
    conn.find(BY_CODE, args![code], read).await
}

/// Adds a dossier with what its electronic form says.
pub async fn add_dossier(tx: &mut Tx, one: &Dossier, declared: Option<&Declared>) -> Result<(), DbError> {
    let owner = &one.owner;
    let answers = declared.map(written).transpose()?;
    let row = args![
        one.id,
        &one.code,
        one.number,
        &one.procedure,
        one.procedure_edition,
        one.process_edition,
        &one.case,
        &one.name,
        &one.field,
        one.agency,
        one.counter,
        one.channel,
        one.state,
        owner.kind,
        &owner.name,
        base::text::fold(&owner.name),
        &owner.number,
        &owner.born,
        &owner.phone,
        &owner.email,
        &owner.address,
        &owner.submitter,
        &owner.submitter_number,
        &one.summary,
        answers,
        one.return_by,
        &one.secret,
        one.submitted,
        one.received,
        one.received_by,
        one.promised,
        one.due,
        standing_text(&one.standing)?,
        &one.at.step,
        &one.at.name,
        &one.at.role,
        one.at.due,
        one.at.office,
        one.at.holder,
        one.identified,
        one.sample
    ];
    tx.exec(ADD, row).await?;
    super::life::begin_life(tx, one).await
}

fn written(declared: &Declared) -> Result<String, DbError> {
    serde_json::to_string(declared).map_err(|error| DbError::Value(error.to_string()))
}

/// Keeps the electronic form of a dossier.
pub async fn declare(tx: &mut Tx, id: DossierId, declared: &Declared) -> Result<(), DbError> {
    tx.exec(DECLARE, args![id, written(declared)?]).await.map(drop)
}

/// The electronic form that came with it.
pub async fn declared(conn: &mut Conn, id: DossierId) -> Result<Option<Declared>, DbError> {
    let text = conn.find(ANSWERS, args![id], |row| row.pull::<Option<String>>()).await?.flatten();
    let read = |text: String| serde_json::from_str(&text).map_err(|error| DbError::Value(format!("answers: {error}")));
    text.map(read).transpose()
}

/// Takes the dossier for this transaction; false where somebody has changed it since `version`.
pub async fn take_dossier(tx: &mut Tx, id: DossierId, version: i64) -> Result<bool, DbError> {
    Ok(tx.exec(TAKE, args![id, version]).await? == 1)
}

/// Writes where a dossier stands now: everything that its deeds change. False where it stands at another version than
/// `version`: somebody was first.
pub async fn move_dossier(tx: &mut Tx, one: &Dossier, version: i64) -> Result<bool, DbError> {
    let row = args![
        one.id,
        one.state,
        one.due,
        one.paused,
        one.resolved,
        one.ended,
        standing_text(&one.standing)?,
        &one.at.step,
        &one.at.name,
        &one.at.role,
        one.at.due,
        one.at.office,
        one.at.holder,
        one.asked,
        one.extended,
        one.version,
        version
    ];
    Ok(tx.exec(MOVE, row).await? == 1)
}

/// Says by which edition of its process it runs from now on.
pub async fn set_process(tx: &mut Tx, id: DossierId, edition: rulebook::EditionId) -> Result<(), DbError> {
    tx.exec(SET_PROCESS, args![id, edition]).await.map(drop)
}

/// Corrects when it was received, and what its receipt promises.
pub async fn set_received(tx: &mut Tx, id: DossierId, received: Timestamp, promised: Timestamp) -> Result<(), DbError> {
    tx.exec(RECEIVED, args![id, received, promised]).await.map(drop)
}
