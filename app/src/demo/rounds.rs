//! The demo's rounds: that of 2019 published, that of 2020 open, and one of 2026.

use super::morning;
use super::world::{self, Round, World};
use base::Decimal;
use db::Tx;
use index::actions::{self, LoadedEvidence, NewRound, NewWatch};
use index::model::{CardState, Evidence, RoundId};
use people::{Failure, Scope, Unit};
use rulebook::EditionId;
use serde_json::Value;
use std::collections::BTreeMap;
use web::Site;

type Units = BTreeMap<String, Unit>;

/// The documents of evidence, by number.
pub type Papers = BTreeMap<String, Vec<u8>>;

/// Each document as one page of PDF that says it is a sample.
pub fn papers(evidence: &[world::Evidence]) -> Result<Papers, Failure> {
    evidence.iter().map(|one| Ok((one.number.clone(), page(one)?))).collect()
}

/// Gives the rounds that are open.
pub async fn make(site: &Site, world: &World, papers: &Papers) -> Result<Vec<RoundId>, Failure> {
    let scope = Scope::program("Dữ liệu mẫu", morning(base::Date::constant(2019, 1, 2)));
    let mut tx = site.db.begin().await?;
    actions::load_embedded(&mut tx, &scope).await?;
    tx.commit().await?;
    let units: Units =
        people::units(&mut site.db.read().await?).await?.into_iter().map(|unit| (unit.key.clone(), unit)).collect();
    let mut open = Vec::new();
    for round in &world.rounds {
        let id = one(site, world, papers, &units, round).await?;
        open.extend((round.status == "open").then_some(id));
    }
    Ok(open)
}

async fn one(site: &Site, world: &World, papers: &Papers, units: &Units, round: &Round) -> Result<RoundId, Failure> {
    let scope = Scope::program("Dữ liệu mẫu", morning(round.days.scoring_from));
    let id = create(site, &scope, units, round).await?;
    let made = Made { site, scope: &scope, world, units, round, id };
    made.appraisers().await?;
    actions::open_round(site, &scope, id).await?;
    let mut tx = site.db.begin().await?;
    if let Some(facts) = &round.facts {
        record_facts(&mut tx, &scope, units, world::file(facts)?).await?;
    }
    let mut seen = Vec::new();
    for name in round.answers.values().chain(round.survey.values()) {
        if !seen.contains(&name) {
            actions::load_answers(&mut tx, &scope, id, &json(name)?).await?;
            seen.push(name);
        }
    }
    actions::read_all_facts(&mut tx, &scope, id).await?;
    tx.commit().await?;
    made.assignments().await?;
    made.evidence(papers).await?;
    if round.status == "published" {
        publish(site, round, id).await?;
    }
    Ok(id)
}

fn json(name: &str) -> Result<Value, Failure> {
    Ok(serde_json::from_str(world::file(name)?)?)
}

/// All units of the round's kinds under its province, in being on its first day.
async fn create(site: &Site, scope: &Scope, units: &Units, round: &Round) -> Result<RoundId, Failure> {
    let province = unit(units, &round.province)?;
    let mut conn = site.db.read().await?;
    let mut sets: Vec<(String, EditionId)> = Vec::new();
    for (kind, code) in &round.sets {
        let edition = rulebook::in_force(&mut conn, index::model::EDITION_KIND, code, round.days.scoring_from).await?;
        let edition =
            edition.ok_or_else(|| Failure::refused("demo-set", format!("Không có bộ tiêu chí {code} có hiệu lực.")))?;
        sets.push((kind.clone(), edition.id));
    }
    drop(conn);
    let all: Vec<Unit> = units.values().cloned().collect();
    let inside = |unit: &&Unit| people::path(&all, unit.id).iter().any(|above| above.id == province.id);
    let chosen = all
        .iter()
        .filter(|unit| unit.is_on(round.days.scoring_from) && round.sets.contains_key(&unit.kind))
        .filter(inside);
    let new = NewRound {
        name: round.name.clone(),
        year: round.year,
        province: province.id,
        days: round.days,
        sets,
        units: chosen.map(|unit| (unit.id, unit.kind.clone())).collect(),
        sample: true,
    };
    actions::create_round(site, scope, new).await
}

fn unit<'a>(units: &'a Units, key: &str) -> Result<&'a Unit, Failure> {
    units
        .get(key)
        .ok_or_else(|| Failure::refused("demo-unit", format!("Dữ liệu mẫu nhắc tới đơn vị “{key}” nhưng không có.")))
}

/// A round that is there, for what is put into it.
#[derive(Clone, Copy)]
struct Made<'a> {
    site: &'a Site,
    scope: &'a Scope,
    world: &'a World,
    units: &'a Units,
    round: &'a Round,
    id: RoundId,
}

impl Made<'_> {
    /// A field's department appraises every unit but itself; its own card goes to another.
    async fn appraisers(&self) -> Result<(), Failure> {
        let Made { site, scope, world, units, round, id } = *self;
        for one in world.appraisers.iter().filter(|one| one.rounds.contains(&round.key)) {
            let (watching, other) = (unit(units, &one.unit)?, unit(units, &one.own)?);
            for kind in round.sets.keys() {
                let usual = NewWatch {
                    kind: kind.clone(),
                    fields: one.fields.clone(),
                    unit: watching.id,
                    account: None,
                    only_unit: None,
                };
                if *kind == watching.kind {
                    let own = NewWatch { unit: other.id, only_unit: Some(watching.id), ..usual.clone() };
                    actions::give_fields(site, scope, id, own).await?;
                }
                actions::give_fields(site, scope, id, usual).await?;
            }
        }
        Ok(())
    }

    async fn assignments(&self) -> Result<(), Failure> {
        let Made { site, scope, world, units, round, id } = *self;
        let mut tx = site.db.begin().await?;
        for one in world.assignments.iter().filter(|one| one.rounds.contains(&round.key)) {
            let account = match &one.account {
                Some(login) => people::account_by_login(&mut tx, login).await?.map(|account| account.id),
                None => None,
            };
            let office = unit(units, &one.office)?.id;
            actions::load_assignments(&mut tx, scope, id, unit(units, &one.unit)?.id, &one.codes, office, account)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    async fn evidence(&self, papers: &Papers) -> Result<(), Failure> {
        let Made { site, scope, world, units, round, id } = *self;
        for one in world.evidence.iter().filter(|one| one.year == round.year) {
            let bytes = papers.get(&one.number).cloned().unwrap_or_default();
            let name = format!("{}.pdf", one.number.replace('/', "-"));
            let content = site.files.put(bytes.into(), &name).await?;
            let mut tx = site.db.begin().await?;
            let evidence = Evidence {
                id: db::fresh_id(),
                unit: unit(units, &one.unit)?.id,
                year: one.year,
                number: one.number.clone(),
                issued: Some(one.issued),
                issuer: one.issuer.clone(),
                summary: one.summary.clone(),
                link: None,
                at: morning(one.issued),
                version: 1,
            };
            file::attach(&mut tx, scope, &content, &name, journal::about("evidence", evidence.id)).await?;
            let proves = one.proves.iter().map(|proof| (proof.code.clone(), proof.place.clone())).collect();
            actions::load_evidence(&mut tx, scope, id, &LoadedEvidence { unit: evidence.unit, evidence, proves })
                .await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

async fn record_facts(tx: &mut Tx, scope: &Scope, units: &Units, text: &str) -> Result<(), Failure> {
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.splitn(6, ',').collect();
        let [what, key, from, to, value, source] = cells[..] else { return Err(bad(line)) };
        let (Ok(from), Ok(to), Ok(value)) = (from.parse(), to.parse(), value.parse::<Decimal>()) else {
            return Err(bad(line));
        };
        let new = fact::New {
            what: what.to_owned(),
            unit: unit(units, key)?.id,
            from,
            to,
            value,
            source: source.to_owned(),
            link: None,
            manual: false,
        };
        fact::record(tx, scope, new).await?;
    }
    Ok(())
}

fn bad(line: &str) -> Failure {
    Failure::refused("demo-facts", format!("Dòng số liệu mẫu không đọc được: {line}"))
}

fn page(one: &world::Evidence) -> Result<Vec<u8>, Failure> {
    use letter::{Block, Kind, Letter, Number, Signer};
    let (number, symbol) = one.number.split_once('/').unwrap_or(("", one.number.as_str()));
    let letter = Letter {
        parent: Some("UBND tỉnh Quảng Trị".into()),
        agency: one.issuer.clone(),
        kind: Kind::named("Văn bản mẫu"),
        number: Number::Text(number.to_owned()),
        symbol: symbol.to_owned(),
        place: "Quảng Trị".into(),
        date: Some(one.issued),
        title: one.summary.clone(),
        body: vec![Block::Paragraph(
            "Văn bản này do chương trình làm ra để dùng thử. Mọi nội dung đều là mẫu, không có giá trị chứng minh."
                .into(),
        )],
        signer: Signer::new("Người ký mẫu", "(không có)"),
        sample: Some("DỮ LIỆU MẪU".into()),
        ..Letter::default()
    };
    letter::pdf(&letter).map_err(|broken| Failure::Broken(broken.to_string()))
}

async fn publish(site: &Site, round: &Round, id: RoundId) -> Result<(), Failure> {
    let on = round.decided_on.unwrap_or(round.days.second_to);
    let scope = Scope::program("Dữ liệu mẫu", morning(on));
    let mut tx = site.db.begin().await?;
    for (kind, name) in &round.verdicts {
        actions::load_verdicts(&mut tx, &scope, id, kind, &json(name)?).await?;
    }
    actions::settle_cards(&mut tx, &scope, id, CardState::Concluded).await?;
    tx.commit().await?;
    actions::publish(site, &scope, id, round.decision.as_deref().unwrap_or_default(), Some(on)).await
}
