//! The province: 20 departments with offices, 78 communes, some thousand people, 20 procedures.

use super::morning;
use crate::site::plain;
use anyhow::Result;
use base::Date;
use db::Tx;
use people::{AccountId, NewAccount, NewGrant, Role, Scope, Unit, UnitId};
use rulebook::{Content, EditionId, New};
use web::Site;

const DEPARTMENTS: usize = 20;
const COMMUNES: usize = 78;
const OFFICES: usize = 4;
const STAFF: usize = 6;

const PROCESS: &str = include_str!("../../../data/workflows/mau-cap-phep-05-ngay.toml");

/// An agency that resolves, with its people.
pub struct Agency {
    pub id: UnitId,
    pub key: String,
    pub offices: Vec<UnitId>,
    pub clerks: Vec<AccountId>,
    pub staff: Vec<AccountId>,
}

pub struct Made {
    pub agencies: Vec<Agency>,
    pub procedures: Vec<Procedure>,
    pub process: EditionId,
    pub steps: Vec<workflow::Step>,
}

pub struct Procedure {
    pub code: String,
    pub name: String,
    pub field: String,
    pub edition: EditionId,
    pub days: u32,
}

const FIELDS: [&str; 8] =
    ["Đất đai", "Hộ tịch", "Đăng ký kinh doanh", "Xây dựng", "Giao thông", "Y tế", "Giáo dục", "Lao động"];
const DEEDS: [&str; 5] = ["Cấp mới", "Cấp lại", "Điều chỉnh", "Gia hạn", "Thu hồi"];

pub async fn make(site: &Site) -> Result<Made> {
    let scope = Scope::program("bench", morning());
    let mut tx = site.db.begin().await?;
    let province = unit(&mut tx, &scope, "tinh", "tinh", None).await?;
    person(&mut tx, &scope, "bench.tinh", province, Role::Viewer).await?;
    let mut agencies = Vec::new();
    for (kind, count) in [("so", DEPARTMENTS), ("xa", COMMUNES)] {
        for nth in 0..count {
            agencies.push(agency(&mut tx, &scope, kind, nth, province).await?);
        }
    }
    let process: workflow::File = toml::from_str(PROCESS)?;
    let steps = workflow::read(&process).process.steps;
    let process = publish(&mut tx, &scope, "workflow", &process.code.clone(), serde_json::to_value(&process)?).await?;
    let mut procedures = Vec::new();
    for (at, field) in FIELDS.iter().enumerate() {
        for (nth, deed) in DEEDS.iter().enumerate().take(if at < 4 { 3 } else { 2 }) {
            procedures.push(procedure(&mut tx, &scope, at, field, nth, deed).await?);
        }
    }
    tx.commit().await?;
    Ok(Made { agencies, procedures, process, steps })
}

async fn unit(tx: &mut Tx, scope: &Scope, key: &str, kind: &str, parent: Option<UnitId>) -> Result<UnitId> {
    let unit = Unit {
        id: db::fresh_id(),
        key: key.into(),
        name: format!("Đơn vị {key}"),
        short: key.into(),
        kind: kind.into(),
        parent,
        from: Date::constant(2010, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    };
    people::save_unit(tx, scope, &unit).await.map_err(plain)?;
    Ok(unit.id)
}

async fn person(tx: &mut Tx, scope: &Scope, login: &str, unit: UnitId, role: Role) -> Result<AccountId> {
    let new =
        NewAccount { login: login.into(), name: format!("Người {login}"), sample: true, ..NewAccount::default() };
    let account = people::create(tx, scope, new).await.map_err(plain)?.id;
    let from = Date::constant(2015, 1, 1);
    let grant = NewGrant { account, unit, role, from, to: None, note: String::new() };
    people::grant(tx, scope, grant).await.map_err(plain)?;
    Ok(account)
}

async fn agency(tx: &mut Tx, scope: &Scope, kind: &str, nth: usize, province: UnitId) -> Result<Agency> {
    let key = format!("{kind}-{nth}");
    let id = unit(tx, scope, &key, kind, Some(province)).await?;
    let login = |what: &str, at: usize| format!("bench.{key}.{what}.{at}");
    let mut offices = Vec::new();
    for at in 0..(if kind == "so" { OFFICES } else { 0 }) {
        let office = unit(tx, scope, &format!("{key}-phong-{at}"), "phong", Some(id)).await?;
        offices.push(office);
        person(tx, scope, &login("truong-phong", at), office, Role::Head).await?;
    }
    let mut clerks = Vec::new();
    for at in 0..2 {
        clerks.push(person(tx, scope, &login("mot-cua", at), id, Role::Clerk).await?);
    }
    let mut staff = Vec::new();
    for at in 0..STAFF {
        let unit = offices.get(at % OFFICES).copied().unwrap_or(id);
        staff.push(person(tx, scope, &login("chuyen-vien", at), unit, Role::Staff).await?);
    }
    person(tx, scope, &login("lanh-dao", 0), id, Role::Head).await?;
    person(tx, scope, &login("van-thu", 0), id, Role::Registrar).await?;
    Ok(Agency { id, key, offices, clerks, staff })
}

async fn publish(tx: &mut Tx, scope: &Scope, kind: &str, code: &str, body: serde_json::Value) -> Result<EditionId> {
    let name = body["name"].as_str().unwrap_or_default().to_owned();
    let content =
        Content { name, source: "MẪU".into(), valid_from: Date::constant(2015, 1, 1), valid_to: None, body };
    let new = New { kind: kind.into(), code: code.into(), content, sample: true };
    let draft = rulebook::draft(tx, scope, new).await.map_err(plain)?;
    rulebook::publish(tx, scope, draft.id, 1).await.map_err(plain)?;
    Ok(draft.id)
}

async fn procedure(tx: &mut Tx, scope: &Scope, at: usize, field: &str, nth: usize, deed: &str) -> Result<Procedure> {
    let (code, days) = (format!("1.{:06}", 5000 + at * 10 + nth), [5, 10, 15, 20][(at + nth) % 4]);
    let name = format!("{deed} giấy tờ thuộc lĩnh vực {}", field.to_lowercase());
    let text = format!(
        "code = \"{code}\"\nname = \"{name}\"\nfield = \"{field}\"\nsource = \"MẪU\"\nfrom = \"2015-01-01\"\nreceives = [\"so\", \"xa\"]\n\
         resolves = [\"so\", \"xa\"]\nlevels = [{{ from = \"2022-08-15\", level = \"full\" }}]\n\
         cases = [{{ code = \"cap-moi\", name = \"Cấp mới\", time = {{ days = {days} }}, process = \"mau-cap-phep-05-ngay\" }}]\n\
         papers = [{{ code = \"don\", name = \"Đơn đề nghị\" }}, {{ code = \"ban-sao\", name = \"Bản sao giấy tờ\", copy = \"copy\" }}]\n\
         results = [{{ name = \"Giấy phép\", electronic = true }}]\n"
    );
    let read: procedure::Procedure = toml::from_str(&text)?;
    let edition = publish(tx, scope, "procedure", &code, serde_json::to_value(read)?).await?;
    Ok(Procedure { code, name, field: field.into(), edition, days })
}
