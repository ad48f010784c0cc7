//! Evidence for programs: files come in the body, in base 64.

use crate::actions::{self, NewEvidence};
use crate::model::*;
use axum::extract::Path;
use base::{Date, Refusal};
use bytes::Bytes;
use data_encoding::BASE64;
use people::{Failure, UnitId};
use serde::Deserialize;
use serde_json::json;
use web::{Caller, JsonAnswer, done, json as answer_json, page_of};

/// Files come in the body: the limit of size around the whole site is the one that counts.
const LARGE: usize = 1024;

/// Everything that proves something on the card.
pub async fn list(caller: Caller, Path((round, unit)): Path<(RoundId, UnitId)>) -> JsonAnswer {
    let view = crate::view::load(&mut caller.site.db.read().await?, &caller.scope, round, unit).await?;
    let proofs: Vec<&Proof> = view.proofs.values().flatten().collect();
    page_of(&proofs, None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    number: String,
    issued: Option<Date>,
    issuer: String,
    summary: String,
    place: String,
    link: Option<String>,
    #[serde(default)]
    files: Vec<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    name: String,
    base64: String,
}

pub async fn add(
    caller: Caller,
    Path((round, unit, code)): Path<(RoundId, UnitId, String)>,
    web::Body(body): web::Body<Document, LARGE>,
) -> JsonAnswer {
    let mut files = Vec::new();
    for file in body.files {
        let bytes = BASE64.decode(file.base64.as_bytes());
        let bytes = bytes.map_err(|_| {
            Failure::from(
                Refusal::new("base64", format!("Nội dung tệp “{}” không phải là base64.", file.name)).at("files"),
            )
        })?;
        files.push((file.name, Bytes::from(bytes)));
    }
    let new = NewEvidence {
        number: body.number,
        issued: body.issued,
        issuer: body.issuer,
        summary: body.summary,
        place: body.place,
        link: body.link,
        files,
    };
    let id = actions::add_evidence(&caller.site, &caller.scope, round, unit, &code, new).await?;
    answer_json(&json!({ "id": id }), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    place: String,
}

type OfProof = Path<(RoundId, UnitId, String, EvidenceId)>;

pub async fn prove(
    caller: Caller,
    Path((round, unit, code, id)): OfProof,
    web::Body(body): web::Body<Place>,
) -> JsonAnswer {
    actions::prove(&caller.site, &caller.scope, round, unit, &code, id, &body.place).await?;
    done()
}

pub async fn drop_one(caller: Caller, Path((round, unit, code, id)): OfProof) -> JsonAnswer {
    actions::drop_proof(&caller.site, &caller.scope, round, unit, &code, id).await?;
    done()
}

pub async fn file(caller: Caller, Path((evidence, id)): Path<(EvidenceId, file::FileUseId)>) -> JsonAnswer {
    let (found, bytes) = actions::open_file(&caller.site, &caller.scope, evidence, id).await?;
    Ok(web::file_answer(&file::headers(&found.name, &found.kind, false), bytes))
}
