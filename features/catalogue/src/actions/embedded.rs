//! The procedures and processes that come with the program (`data/procedures`, `data/workflows`), as published editions.

use super::{processes, publishing};
use crate::model::{FORM, NotNow, PROCEDURE, WORKFLOW};
use base::Date;
use db::Tx;
use people::{Failure, Scope};
use procedure::Procedure;
use rulebook::{Content, New};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use workflow::File;

macro_rules! texts {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/", $folder, "/", $name, ".toml")))),+]
    };
}

/// Name and text of each file.
pub(crate) const PROCEDURES: &[(&str, &str)] = texts!["procedures":
    "luu-thong-hang-hoa",
    "xuc-tien-thuong-mai",
    "thuong-mai-quoc-te",
    "quan-ly-canh-tranh",
    "hoa-chat",
    "vat-lieu-no",
    "dien",
    "an-toan-thuc-pham",
    "kinh-doanh-khi",
    "cong-nghiep",
    "ho-tich",
    "chung-thuc",
];

pub(crate) const WORKFLOWS: &[(&str, &str)] = texts!["workflows":
    "mau-so-01",
    "mau-so-03",
    "mau-so-05",
    "mau-so-07",
    "mau-so-10",
    "mau-so-12",
    "mau-so-15",
    "mau-so-15-lien-thong",
    "mau-so-20",
    "mau-attp-20",
    "mau-xa-01",
    "mau-xa-02",
    "mau-xa-03",
    "mau-xa-05",
];

/// The electronic forms that cases of procedures name.
pub(crate) const FORMS: &[(&str, &str)] = texts!["forms": "mau-ban-le-xang-dau"];

const ROLES: &str = include_str!("../../../../data/workflows/roles.toml");

/// Processes of the samples are in force from the first day of the sample procedures.
const FIRST_DAY: Date = Date::constant(2019, 1, 1);

#[derive(Deserialize)]
struct Listed {
    procedures: Vec<Procedure>,
}

#[derive(Deserialize)]
struct Roles {
    roles: BTreeMap<String, Role>,
}

/// Who holds it is for the one-stop system to know; here it is named.
#[derive(Deserialize)]
struct Role {
    name: String,
}

/// The roles that steps may name, with whom they mean. That the file is read is a test's to see.
pub fn roles() -> BTreeMap<String, String> {
    let read = toml::from_str::<Roles>(ROLES).map(|read| read.roles).unwrap_or_default();
    read.into_iter().map(|(code, role)| (code, role.name)).collect()
}

pub(crate) fn procedures() -> Result<Vec<Procedure>, Failure> {
    let mut all = Vec::new();
    for (name, text) in PROCEDURES {
        let read: Listed = toml::from_str(text).map_err(|error| unreadable(name, &error))?;
        all.extend(read.procedures);
    }
    Ok(all)
}

pub(crate) fn workflows() -> Result<Vec<File>, Failure> {
    WORKFLOWS.iter().map(|(name, text)| toml::from_str(text).map_err(|error| unreadable(name, &error))).collect()
}

fn unreadable(name: &str, error: &toml::de::Error) -> Failure {
    NotNow::Unreadable { why: format!("{name}: {error}") }.into()
}

/// Publishes those that are not in the rulebook yet; gives how many were. They are checked by a test, not here: the demo
/// starts quickly.
pub async fn load_embedded(tx: &mut Tx, scope: &Scope) -> Result<usize, Failure> {
    super::only_admin(scope)?;
    let mut known: BTreeSet<(String, Date)> = BTreeSet::new();
    for kind in [PROCEDURE, WORKFLOW, FORM] {
        let heads = rulebook::list(tx, kind, i64::from(u32::MAX), 0).await?;
        known.extend(heads.into_iter().map(|head| (head.code, head.valid_from)));
    }
    let mut taken = 0;
    for file in workflows()? {
        if known.iter().any(|(code, _)| *code == file.code) {
            continue;
        }
        let draft = rulebook::draft(tx, scope, processes::new_draft(&file, FIRST_DAY)?).await?;
        rulebook::publish(tx, scope, draft.id, draft.version).await?;
        taken += 1;
    }
    for (name, text) in FORMS {
        let file: form::File = toml::from_str(text).map_err(|error| unreadable(name, &error))?;
        let new = form_draft(&file)?;
        if known.iter().any(|(code, _)| *code == new.code) {
            continue;
        }
        let draft = rulebook::draft(tx, scope, new).await?;
        rulebook::publish(tx, scope, draft.id, draft.version).await?;
        taken += 1;
    }
    for one in procedures()? {
        if known.contains(&(one.code.clone(), one.from)) {
            continue;
        }
        let draft = rulebook::draft(tx, scope, new_draft(&one)?).await?;
        publishing::publish_as_is(tx, scope, &draft, draft.version, &one).await?;
        taken += 1;
    }
    Ok(taken)
}

/// A form to write another one after: the sample that comes with the program.
pub fn form_template() -> Result<form::File, Failure> {
    let (name, text) = FORMS.first().copied().ok_or(Failure::NotFound)?;
    toml::from_str(text).map_err(|error| unreadable(name, &error))
}

/// An edition of an electronic form, under the id that the form itself states.
fn form_draft(file: &form::File) -> Result<New, Failure> {
    let read = form::read(file);
    let form = read.form.ok_or_else(|| NotNow::Unreadable { why: "mẫu đơn điện tử có lỗi".into() })?;
    let content = Content {
        name: form.title.clone(),
        source: "MẪU: chưa phải mẫu đơn đã ban hành".into(),
        valid_from: FIRST_DAY,
        valid_to: None,
        body: serde_json::to_value(file)?,
    };
    Ok(New { kind: FORM.into(), code: form.id, content, sample: true })
}

/// What the head of an edition takes from a procedure, and its body.
pub(crate) fn content(one: &Procedure) -> Result<Content, Failure> {
    Ok(Content {
        name: one.name.clone(),
        source: one.source.clone(),
        valid_from: one.from,
        valid_to: one.to,
        body: serde_json::to_value(one)?,
    })
}

pub(crate) fn new_draft(one: &Procedure) -> Result<New, Failure> {
    let sample = !one.sample.is_empty();
    Ok(New { kind: PROCEDURE.into(), code: one.code.clone(), content: content(one)?, sample })
}
