//! Regimes and sets of indicators: editions of the rulebook, read once; and those that come with the program.

use crate::design::{self, Design};
use crate::model::*;
use crate::regime::{self, Ready, RegimeFile};
use base::Refusal;
use db::{Conn, Tx};
use indicator::{Asks, File, Problem, Set};
use people::{Failure, Role, Scope};
use rulebook::{Content, EditionId, New};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use web::{Sheet, Site};

macro_rules! texts {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/reports/", $folder, "/", $name, ".toml")))),+]
    };
}

const SETS: &[(&str, &str)] = texts!["indicators": "cong-thuong-thang", "giai-quyet-tthc", "cchc-quy"];
const FORMS: &[(&str, &str)] = texts!["forms": "cong-thuong-thang", "giai-quyet-tthc", "cchc-quy"];
const REGIMES: &[(&str, &str)] = texts!["regimes": "cong-thuong-thang", "giai-quyet-tthc-quy", "cchc-quy"];

type Kept = Mutex<BTreeMap<(EditionId, EditionId), Arc<Ready>>>;
/// What is reported by at one time; older ones are read again.
const MOST_KEPT: usize = 64;

/// A regime with its indicators. Published editions never change, so each pair is understood once.
pub async fn ready(conn: &mut Conn, regime: EditionId, indicators: EditionId) -> Result<Arc<Ready>, Failure> {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    let kept = KEPT.get_or_init(Mutex::default);
    if let Some(ready) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&(regime, indicators)) {
        return Ok(ready.clone());
    }
    let rule = rulebook::find(conn, regime).await?.ok_or(Failure::NotFound)?;
    let set = rulebook::find(conn, indicators).await?.ok_or(Failure::NotFound)?;
    let ready = Arc::new(understood(&file_of(&rule)?, &set_of(&set)?)?);
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert((regime, indicators), ready.clone());
    Ok(ready)
}

/// The regime of an edition with the indicators in force on its first day, for whoever looks at it.
pub async fn regime(conn: &mut Conn, id: EditionId) -> Result<(rulebook::Head, Arc<Ready>), Failure> {
    let rule = rulebook::find(conn, id).await?.filter(|one| one.kind == REGIME).ok_or(Failure::NotFound)?;
    let code = file_of(&rule)?.indicators;
    let set = rulebook::in_force(conn, INDICATORS, &code, rule.valid_from).await?;
    let set = set.ok_or(No::IndicatorsMissing { code })?;
    Ok((rule.head.clone(), ready(conn, rule.id, set.id).await?))
}

/// Figures that two regimes in force on a day ask the same units for (NĐ 09/2019/NĐ-CP: a report asks for nothing that another already
/// collects), each with both their names.
pub async fn asked_twice(conn: &mut Conn, scope: &Scope) -> Result<Vec<(String, String, String)>, Failure> {
    let mut all = Vec::new();
    for head in rulebook::all_in_force(conn, REGIME, scope.today()).await? {
        // A regime whose set is not in force yet asks for nothing that could be compared.
        match regime(conn, head.id).await {
            Ok(one) => all.push(one),
            Err(Failure::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    let asks: Vec<Asks<'_>> = all
        .iter()
        .flat_map(|(head, ready)| {
            let of = &ready.file.asked;
            ready.forms.iter().map(|form| Asks::new(&head.name, form, &ready.set, of))
        })
        .collect();
    let named = |code: &str| {
        let sets = all.iter().flat_map(|(_, ready)| &ready.set.indicators);
        sets.into_iter().find(|one| one.code == code).map_or_else(|| code.to_owned(), |one| one.name.clone())
    };
    // Forms of one regime ask for each figure once already.
    let found = indicator::overlaps(&asks).into_iter().filter(|one| one.regimes.0 != one.regimes.1);
    Ok(found.map(|one| (named(one.indicator), one.regimes.0.to_owned(), one.regimes.1.to_owned())).collect())
}

pub(super) fn file_of(edition: &rulebook::Edition) -> Result<RegimeFile, Failure> {
    Ok(serde_json::from_value(edition.body.clone())?)
}

fn set_of(edition: &rulebook::Edition) -> Result<Set, Failure> {
    let file: File = serde_json::from_value(edition.body.clone())?;
    indicator::read(&file).map_err(|problems| broken(&problems))
}

fn understood(file: &RegimeFile, set: &Set) -> Result<Ready, Failure> {
    regime::read(file, set).map_err(|problems| broken(&problems))
}

fn broken(problems: &[Problem]) -> Failure {
    let why: Vec<String> = problems.iter().map(Problem::to_string).collect();
    No::RegimeBroken { why: why.join(" ") }.into()
}

/// Publishes what comes with the program and is not in the rulebook yet; gives how many editions that were.
pub async fn load_embedded(tx: &mut Tx, scope: &Scope) -> Result<usize, Failure> {
    if !scope.has(Role::Admin) {
        return Err(Failure::forbidden("Chế độ báo cáo do quản trị ban hành."));
    }
    let (sets, regimes) = embedded()?;
    let drafts = sets.iter().map(set_draft).chain(regimes.iter().map(regime_draft));
    let mut taken = 0;
    for new in drafts.collect::<Result<Vec<New>, Failure>>()? {
        if rulebook::latest(tx, &new.kind, &new.code).await?.is_some() {
            continue;
        }
        let draft = rulebook::draft(tx, scope, new).await?;
        rulebook::publish(tx, scope, draft.id, draft.version).await?;
        taken += 1;
    }
    Ok(taken)
}

/// The sets and the regimes in the program, each regime with its forms.
pub(crate) fn embedded() -> Result<(Vec<File>, Vec<RegimeFile>), Failure> {
    let sets = SETS.iter().map(|(name, text)| toml::from_str(text).map_err(|error| unreadable(name, &error)));
    let regimes = REGIMES.iter().map(|(name, text)| with_forms(text).map_err(|error| unreadable(name, &error)));
    Ok((sets.collect::<Result<_, _>>()?, regimes.collect::<Result<_, _>>()?))
}

/// A regime's file names its forms; an edition holds them.
fn with_forms(text: &str) -> Result<RegimeFile, toml::de::Error> {
    let mut table: toml::Table = toml::from_str(text)?;
    let named = |name: &toml::Value| {
        let (_, text) = FORMS.iter().find(|(known, _)| Some(*known) == name.as_str())?;
        toml::from_str::<toml::Value>(text).ok()
    };
    if let Some(forms) = table.get_mut("forms").and_then(toml::Value::as_array_mut) {
        for form in forms.iter_mut() {
            *form = named(form).unwrap_or_else(|| form.clone());
        }
    }
    table.try_into()
}

/// A regime with its indicators as a workbook: to begin another from, or to change it.
pub async fn workbook_of(conn: &mut Conn, id: EditionId) -> Result<Sheet, Failure> {
    let (head, ready) = regime(conn, id).await?;
    let set = rulebook::in_force(conn, INDICATORS, &ready.file.indicators, head.valid_from).await?;
    let set: File = serde_json::from_value(set.ok_or(Failure::NotFound)?.body)?;
    let bytes = design::write(&set, &ready.file, &ready)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(Sheet { bytes, kind, name: format!("che-do-{}.xlsx", ready.file.code) })
}

/// What a workbook orders, understood; or everything that is wrong with it.
pub async fn designed(scope: &Scope, bytes: Vec<u8>, name: String) -> Result<Design, Failure> {
    let today = scope.today();
    let read = tokio::task::spawn_blocking(move || {
        let book = sheet::read(&bytes, &name).map_err(|no| vec![no.at("tep")])?;
        design::read(&book, today)
    });
    let design = read.await.map_err(|error| Failure::Broken(error.to_string()))?.map_err(Failure::Refused)?;
    whole(&design)?;
    Ok(design)
}

/// The regime of a design, made ready; every problem is told.
pub fn whole(design: &Design) -> Result<Ready, Failure> {
    let told = |problems: Vec<Problem>| {
        Failure::Refused(problems.iter().map(|one| Refusal::new(one.code, one.to_string())).collect())
    };
    regime::read(&design.regime, &indicator::read(&design.set).map_err(told)?).map_err(told)
}

/// Other regimes that ask by the same set must still find all that they ask for.
async fn fits_others(tx: &mut Tx, design: &Design) -> Result<(), Failure> {
    let set = indicator::read(&design.set).map_err(|problems| broken(&problems))?;
    for head in rulebook::all_in_force(tx, REGIME, design.regime.from).await? {
        let Some(edition) = rulebook::find(tx, head.id).await? else { continue };
        let file = file_of(&edition)?;
        if file.code == design.regime.code || file.indicators != design.set.code {
            continue;
        }
        if let Err(problems) = regime::read(&file, &set) {
            let why = problems.first().map(Problem::to_string).unwrap_or_default();
            let say = format!("Bộ chỉ tiêu này còn dùng cho “{}”, mà ở đó: {why}", file.name);
            return Err(Refusal::new("regime-other", say).into());
        }
    }
    Ok(())
}

/// Publishes a design: the set where it is not in the rulebook as it is, then the regime, in force from its own day on.
pub async fn publish(site: &Site, scope: &Scope, design: &Design) -> Result<EditionId, Failure> {
    if !scope.has(Role::Admin) {
        return Err(Failure::forbidden("Chế độ báo cáo do quản trị ban hành."));
    }
    whole(design)?;
    let mut tx = site.db.begin().await?;
    let mut set = set_draft(&design.set)?;
    let known = rulebook::in_force(&mut tx, INDICATORS, &set.code, design.regime.from).await?;
    if known.as_ref().is_none_or(|known| known.body != set.content.body) {
        if rulebook::latest(&mut tx, INDICATORS, &set.code).await?.is_some() {
            set.content.valid_from = design.regime.from;
        }
        let draft = rulebook::draft(&mut tx, scope, set).await?;
        rulebook::publish(&mut tx, scope, draft.id, draft.version).await?;
        fits_others(&mut tx, design).await?;
    }
    let draft = rulebook::draft(&mut tx, scope, regime_draft(&design.regime)?).await?;
    rulebook::publish(&mut tx, scope, draft.id, draft.version).await?;
    tx.commit().await?;
    Ok(draft.id)
}

fn unreadable(name: &str, error: &toml::de::Error) -> Failure {
    No::RegimeBroken { why: format!("{name}: {error}") }.into()
}

fn set_draft(file: &File) -> Result<New, Failure> {
    indicator::read(file).map_err(|problems| broken(&problems))?;
    let content = Content {
        name: file.name.clone(),
        source: source(&file.basis, file.sample),
        // Before any period that is reported by it.
        valid_from: base::Date::constant(2019, 1, 1),
        valid_to: None,
        body: serde_json::to_value(file)?,
    };
    Ok(New { kind: INDICATORS.into(), code: file.code.clone(), content, sample: file.sample })
}

fn regime_draft(file: &RegimeFile) -> Result<New, Failure> {
    let content = Content {
        name: file.name.clone(),
        source: source(&file.basis, file.sample),
        valid_from: file.from,
        valid_to: None,
        body: serde_json::to_value(file)?,
    };
    Ok(New { kind: REGIME.into(), code: file.code.clone(), content, sample: file.sample })
}

fn source(basis: &str, sample: bool) -> String {
    if sample && basis.is_empty() {
        "MẪU: chưa phải chế độ báo cáo đã ban hành".into()
    } else {
        basis.to_owned()
    }
}
