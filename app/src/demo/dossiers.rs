//! The demo's dossiers: some on their way, one waiting for its citizen, one late, some returned.

use super::morning;
use base::Date;
use dossier::actions::{self, Given, Intake, Onward};
use dossier::model::{Channel, DossierId, Owner, OwnerKind, ReturnBy};
use people::{Failure, Role, Scope};
use procedure::Copy;
use serde::Deserialize;
use web::Site;

const TEXT: &str = include_str!("../../../data/demo/dossiers.toml");

#[derive(Deserialize)]
struct All {
    dossiers: Vec<One>,
}

/// A dossier: received on a day, and what was done on later ones.
#[derive(Deserialize)]
struct One {
    procedure: String,
    case: String,
    owner: String,
    kind: OwnerKind,
    on: Date,
    #[serde(default)]
    done: Vec<Deed>,
}

#[derive(Deserialize)]
struct Deed {
    by: String,
    on: Date,
    what: What,
    #[serde(default)]
    note: String,
    /// The login of whoever gets the next step.
    #[serde(default)]
    to: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Move,
    Draft,
    Sign,
    Issue,
    Return,
    Ask,
    Refuse,
}

pub async fn make(site: &Site) -> Result<(), Failure> {
    let all: All = toml::from_str(TEXT).map_err(|error| Failure::Broken(error.to_string()))?;
    let paper = paper()?;
    let content = site.files.put(paper.into(), "ket-qua-mau.pdf").await?;
    for one in &all.dossiers {
        let id = receive(site, one).await?;
        for deed in &one.done {
            act(site, id, deed, &content).await?;
        }
    }
    Ok(())
}

/// Somebody at work on the morning of a day, with the hat that has their role.
pub async fn hat(site: &Site, login: &str, day: Date) -> Result<Scope, Failure> {
    let mut conn = site.db.read().await?;
    let account = people::account_by_login(&mut conn, login).await?.ok_or(Failure::NotFound)?;
    // Who coordinates or heads one unit and works in another acts for the first.
    let oversees = |hat: &people::Hat| hat.roles.iter().any(|role| [Role::Coordinator, Role::Head].contains(role));
    let hats = people::hats(&mut conn, account.id, day).await?;
    let hat = hats.into_iter().min_by_key(|hat| !oversees(hat)).ok_or(Failure::NotFound)?;
    Ok(Scope {
        account: Some(account.id),
        name: account.name,
        unit: Some(hat.unit),
        station: hat.station,
        roles: hat.roles,
        read_only: false,
        now: morning(day),
    })
}

async fn receive(site: &Site, one: &One) -> Result<DossierId, Failure> {
    let scope = hat(site, "mai.sct", one.on).await?;
    let mut conn = site.db.read().await?;
    let found = dossier::flow::in_force(&mut conn, &one.procedure, one.on).await?;
    let (_, procedure) = found.ok_or_else(|| Failure::Broken(format!("the demo has no {}", one.procedure)))?;
    drop(conn);
    let asked = procedure.asked(&one.case).ok_or(Failure::NotFound)?;
    let papers = asked
        .papers
        .iter()
        .map(|paper| Given { code: paper.code.clone(), copy: Copy::Original, number: 1, files: Vec::new() })
        .collect();
    let tariff = asked.fees.iter().position(|fee| !fee.when.is_empty());
    let owner = Owner {
        kind: one.kind,
        name: one.owner.clone(),
        number: String::new(),
        born: String::new(),
        phone: String::new(),
        email: String::new(),
        address: "Địa chỉ mẫu".into(),
        submitter: String::new(),
        submitter_number: String::new(),
    };
    let new = Intake {
        procedure: one.procedure.clone(),
        case: one.case.clone(),
        channel: Channel::Counter,
        owner,
        summary: "MẪU".into(),
        papers,
        return_by: ReturnBy::Counter,
        tariff,
        paid: true,
        received: None,
        why: String::new(),
        draft: None,
        sample: true,
    };
    Ok(actions::receive(site, &scope, new).await?.id)
}

async fn act(site: &Site, id: DossierId, deed: &Deed, content: &file::Content) -> Result<(), Failure> {
    let scope = hat(site, &deed.by, deed.on).await?;
    let seen = actions::papers_of(&site.db, &scope, id).await?;
    let mut conn = site.db.read().await?;
    let to = match &deed.to {
        Some(login) => people::account_by_login(&mut conn, login).await?.map(|account| account.id),
        None => None,
    };
    drop(conn);
    let version = seen.at.dossier.version;
    let onward = |onward: Option<usize>| Onward {
        step: seen.at.dossier.at.step.clone(),
        onward,
        chosen: None,
        note: deed.note.clone(),
        to,
    };
    match deed.what {
        What::Move => actions::leave(site, &scope, id, version, onward(Some(0))).await,
        What::Return => actions::leave(site, &scope, id, version, onward(None)).await,
        What::Draft => actions::draft(site, &scope, id, version, "Kết quả mẫu", content, "ket-qua-mau.pdf").await,
        What::Sign => actions::sign(site, &scope, id, version).await,
        What::Issue => match seen.brought.results.first() {
            Some(result) => actions::issue(site, &scope, id, version, result.id).await,
            None => Err(Failure::NotFound),
        },
        What::Ask => {
            let first = seen.attached.papers.first().ok_or(Failure::NotFound)?;
            let item = dossier::model::Item {
                code: first.code.clone(),
                name: first.name.clone(),
                fault: "Thiếu chữ ký".into(),
                wanted: "Nộp lại bản có chữ ký".into(),
            };
            let new = actions::NewAsk { items: vec![item], reason: deed.note.clone(), until: None };
            actions::ask(site, &scope, id, version, new).await
        }
        What::Refuse => actions::refuse(site, &scope, id, version, &deed.note).await,
    }
}

/// One page that says it is a sample.
fn paper() -> Result<Vec<u8>, Failure> {
    let letter = letter::Letter {
        agency: "Sở Công Thương".into(),
        kind: letter::Kind::named("Kết quả mẫu"),
        symbol: "MẪU".into(),
        title: "Kết quả giải quyết thủ tục hành chính".into(),
        body: vec![letter::Block::Paragraph(
            "Văn bản này do chương trình làm ra để dùng thử, không có giá trị.".into(),
        )],
        signer: letter::Signer::new("Người ký mẫu", "(không có)"),
        sample: Some("DỮ LIỆU MẪU".into()),
        ..letter::Letter::default()
    };
    letter::pdf(&letter).map_err(|broken| Failure::Broken(broken.to_string()))
}
