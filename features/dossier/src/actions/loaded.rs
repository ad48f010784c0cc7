//! One dossier with all that judges what may be done with it.

use crate::clock::Tick;
use crate::flow;
use crate::model::*;
use crate::rules::{self, Sight};
use crate::store;
use db::{Conn, Db};
use people::{Failure, Scope, Station};
use procedure::Procedure;
use std::sync::Arc;
use workflow::Process;

/// All that is asked of one dossier.
pub struct Loaded {
    pub dossier: Dossier,
    /// All of them on a page; of a deed those that run.
    pub steps: Vec<Step>,
    pub ticks: Vec<Tick>,
    pub process: Arc<Process>,
    pub procedure: Arc<Procedure>,
    pub station: Station,
    pub sight: Sight,
}

/// Loads a dossier; not found for whoever may not know that there is one.
pub async fn load(conn: &mut Conn, scope: &Scope, id: DossierId) -> Result<Loaded, Failure> {
    let dossier = store::dossier(conn, id).await?.ok_or(Failure::NotFound)?;
    let steps = store::steps(conn, id).await?;
    let station = people::station(conn, scope).await?;
    let sight = rules::sight(scope, &station, &dossier, &steps);
    let ticks = store::ticks(conn, id).await?;
    loaded(conn, dossier, steps, ticks, station, sight).await
}

/// The same, asked side by side: for a page.
pub async fn opened(db: &Db, scope: &Scope, id: DossierId) -> Result<Loaded, Failure> {
    let beside = db.beside().await?;
    let dossier = async { Ok::<_, Failure>(store::dossier(&mut beside.read().await?, id).await?) };
    let steps = async { Ok(store::steps(&mut beside.read().await?, id).await?) };
    let ticks = async { Ok(store::ticks(&mut beside.read().await?, id).await?) };
    let station = async { Ok(people::station(&mut beside.read().await?, scope).await?) };
    let (dossier, steps, ticks, station) = tokio::try_join!(dossier, steps, ticks, station)?;
    let dossier = dossier.ok_or(Failure::NotFound)?;
    let sight = rules::sight(scope, &station, &dossier, &steps);
    loaded(&mut beside.read().await?, dossier, steps, ticks, station, sight).await
}

/// Loads a dossier for a deed: of its steps those that run.
pub(super) async fn load_running(conn: &mut Conn, scope: &Scope, id: DossierId) -> Result<Loaded, Failure> {
    let dossier = store::dossier(conn, id).await?.ok_or(Failure::NotFound)?;
    let steps = store::running_steps(conn, id).await?;
    let station = people::station(conn, scope).await?;
    let mut sight = rules::sight(scope, &station, &dossier, &steps);
    if !sight.sees {
        sight = rules::sight(scope, &station, &dossier, &store::steps(conn, id).await?);
    }
    let ticks = store::ticks(conn, id).await?;
    loaded(conn, dossier, steps, ticks, station, sight).await
}

async fn loaded(
    conn: &mut Conn,
    dossier: Dossier,
    steps: Vec<Step>,
    ticks: Vec<Tick>,
    station: Station,
    sight: Sight,
) -> Result<Loaded, Failure> {
    let id = dossier.id;
    // Whoever is asked for an opinion sees what they are asked about.
    if !sight.sees && !store::is_asked(conn, id, &station.path).await? {
        return Err(Failure::NotFound);
    }
    let process = flow::process(conn, dossier.process_edition).await?;
    let procedure = flow::procedure(conn, dossier.procedure_edition).await?;
    Ok(Loaded { dossier, steps, ticks, process, procedure, station, sight })
}

impl Loaded {
    /// The doings that run now, with their step of the process.
    pub fn running(&self) -> impl Iterator<Item = (&Step, &workflow::Step)> {
        let of = |step: &Step| self.process.steps.iter().find(|one| one.code == step.code);
        self.steps.iter().filter(|step| step.done.is_none()).filter_map(move |step| Some((step, of(step)?)))
    }

    /// The running step of a code that this person may do.
    pub fn mine(&self, scope: &Scope, code: &str) -> Result<&Step, NotNow> {
        let running = self.running().find(|(step, _)| step.code == code);
        let (step, _) = running.ok_or_else(|| NotNow::NotYourStep { step: self.dossier.at.name.clone() })?;
        rules::may_step(scope, &self.station, &self.dossier, step, flow::holds(&step.role))?;
        Ok(step)
    }

    /// The running steps that this person may do.
    pub fn all_mine(&self, scope: &Scope) -> Vec<(&Step, &workflow::Step)> {
        let may =
            |step: &Step| rules::may_step(scope, &self.station, &self.dossier, step, flow::holds(&step.role)).is_ok();
        self.running().filter(|(step, _)| may(step)).collect()
    }

    /// Whether this person does a running step, also while the clock stands.
    pub fn does_step(&self, scope: &Scope) -> bool {
        !self.all_mine(scope).is_empty()
    }

    /// Whether the clock stands while this is awaited: a running step of the process says so.
    pub fn stands_for(&self, why: workflow::Wait) -> bool {
        self.running().any(|(_, step)| step.pause.as_ref().is_some_and(|pause| pause.why == why))
    }

    pub fn time(&self) -> Result<procedure::Time, Failure> {
        let case = self.procedure.case(&self.dossier.case);
        case.map(|case| case.time).ok_or_else(|| Failure::Broken("the case of a dossier is gone".into()))
    }
}
