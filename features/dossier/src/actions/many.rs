//! Many dossiers at once. Each is a deed and a transaction of its own: one that is refused holds up none of the others,
//! and is told with its reason.

use super::assign::assign;
use super::loaded::{Loaded, load};
use super::step::{Onward, leave};
use crate::model::*;
use crate::{rules, store};
use db::Conn;
use people::{AccountId, Failure, Role, Scope, UnitId};
use std::str::FromStr;
use web::Site;

/// No more at once than a page shows.
pub const MOST: usize = 100;

/// A dossier as it stood in the list where it was ticked: `id:version`. One that has moved on since is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticked {
    pub id: DossierId,
    pub version: i64,
}

impl FromStr for Ticked {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, version) = text.split_once(':').ok_or(())?;
        Ok(Ticked { id: id.parse().map_err(drop)?, version: version.parse().map_err(drop)? })
    }
}

/// What became of one.
#[derive(Clone, Debug)]
pub struct Fate {
    pub id: DossierId,
    pub code: String,
    /// Why it was not done.
    pub refused: Option<String>,
}

/// Moves each on from the step that this person does, where only one way leads on.
pub async fn move_many(site: &Site, scope: &Scope, all: &[Ticked]) -> Result<Vec<Fate>, Failure> {
    let mut fates = Vec::new();
    for one in few(all)? {
        let at = seen(site, scope, *one).await?;
        let done = match at.as_ref().map(|at| only_way(scope, at)) {
            None => Err(Failure::NotFound),
            Some(Err(no)) => Err(no.into()),
            Some(Ok(ask)) => leave(site, scope, one.id, one.version, ask).await,
        };
        fates.push(fate(*one, at.as_ref(), done));
    }
    Ok(fates)
}

/// Gives the running step of each to somebody.
pub async fn assign_many(
    site: &Site,
    scope: &Scope,
    all: &[Ticked],
    to: Option<AccountId>,
) -> Result<Vec<Fate>, Failure> {
    let mut fates = Vec::new();
    for one in few(all)? {
        let at = seen(site, scope, *one).await?;
        let step = at.as_ref().and_then(|at| at.running().next()).map(|(step, _)| step.code.clone());
        let done = match step {
            None => Err(Failure::NotFound),
            Some(step) => assign(site, scope, one.id, one.version, &step, to).await,
        };
        fates.push(fate(*one, at.as_ref(), done));
    }
    Ok(fates)
}

pub(super) fn few(all: &[Ticked]) -> Result<&[Ticked], NotNow> {
    if all.is_empty() || all.len() > MOST { Err(NotNow::TickSome { most: MOST }) } else { Ok(all) }
}

pub(super) async fn seen(site: &Site, scope: &Scope, one: Ticked) -> Result<Option<Loaded>, Failure> {
    let mut conn = site.db.read().await?;
    match load(&mut conn, scope, one.id).await {
        Ok(at) => Ok(Some(at)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The step this person does, left by the one way that is open to it.
fn only_way(scope: &Scope, at: &Loaded) -> Result<Onward, NotNow> {
    rules::runs(&at.dossier)?;
    let mine = at.all_mine(scope);
    let [(step, of)] = mine[..] else { return Err(NotNow::NotYourStep { step: at.dossier.at.name.clone() }) };
    let open = workflow::open(of, Some(&at.dossier.case), None);
    let onward: Vec<usize> = open.into_iter().filter(|at| !of.moves[*at].back).collect();
    match (of.end, &onward[..]) {
        (Some(_), _) => Ok(Onward { step: step.code.clone(), ..Onward::default() }),
        (None, [only]) => Ok(Onward { step: step.code.clone(), onward: Some(*only), ..Onward::default() }),
        _ => Err(NotNow::ManyWays { step: step.name.clone() }),
    }
}

pub(super) fn fate(one: Ticked, at: Option<&Loaded>, done: Result<(), Failure>) -> Fate {
    let refused = done.err().map(|failure| match failure {
        Failure::Conflict { .. } => "Vừa được người khác xử lý: tải lại danh sách để xem tình trạng mới.".to_owned(),
        Failure::NotFound => "Không có bước nào của bạn ở hồ sơ này.".to_owned(),
        Failure::Broken(why) => {
            tracing::error!(dossier = %one.id, why, "one of many failed");
            "Hệ thống gặp sự cố ở hồ sơ này, chưa có gì thay đổi: hãy thử lại.".to_owned()
        }
        other => other.say(),
    });
    Fate { id: one.id, code: at.map(|at| at.dossier.code.clone()).unwrap_or_default(), refused }
}

/// Who has how much at an agency, those with late dossiers first: who oversees the agency's work asks.
pub async fn workload(conn: &mut Conn, scope: &Scope) -> Result<Vec<Load>, Failure> {
    let agency = overseen(conn, scope).await?;
    Ok(store::workload(conn, agency, scope.now).await?)
}

/// What somebody has, soonest due first; none: what was given to nobody.
pub async fn held(conn: &mut Conn, scope: &Scope, by: Option<AccountId>) -> Result<Vec<Listed>, Failure> {
    let agency = overseen(conn, scope).await?;
    Ok(store::held(conn, agency, by, MOST).await?)
}

/// Specialists and whoever else does steps at the agency, those with the least work first: for a list to choose from.
pub async fn hands(conn: &mut Conn, scope: &Scope) -> Result<Vec<Candidate>, Failure> {
    let agency = overseen(conn, scope).await?;
    let (roles, give) = (crate::rules::HANDS, crate::rules::HANDS);
    let asked = store::Hands { agency, day: scope.today(), one: None, roles, give, others: false };
    Ok(store::may_hold(conn, &asked).await?.hands)
}

async fn overseen(conn: &mut Conn, scope: &Scope) -> Result<UnitId, Failure> {
    let unit = scope.unit.ok_or(Failure::NotFound)?;
    if !scope.has_any(&[Role::Head, Role::Coordinator]) {
        return Err(Failure::forbidden("Phân việc dành cho lãnh đạo và đầu mối của cơ quan."));
    }
    Ok(people::station(conn, scope).await?.agency.unwrap_or(unit))
}
