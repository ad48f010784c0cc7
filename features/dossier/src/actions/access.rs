//! The database for one deed: read beside the writer for as long as the deed has written nothing.

use super::work::stale;
use crate::model::DossierId;
use crate::store;
use db::{Conn, Db, Tx};
use people::Failure;

pub struct Access {
    db: Db,
    dossier: DossierId,
    /// By which the dossier is taken.
    version: i64,
    stage: Stage,
}

enum Stage {
    Beside(Conn),
    /// On the way into the transaction; whoever fails there ends.
    Between,
    Within(Tx),
}

impl Access {
    pub(super) fn beside(db: &Db, conn: Conn, dossier: DossierId, version: i64) -> Access {
        Access { db: db.clone(), dossier, version, stage: Stage::Beside(conn) }
    }

    /// The dossier is taken already.
    pub(super) fn within(db: &Db, tx: Tx, dossier: DossierId) -> Access {
        Access { db: db.clone(), dossier, version: 0, stage: Stage::Within(tx) }
    }

    /// For questions: what this deed has written is seen.
    pub fn read(&mut self) -> Result<&mut Conn, Failure> {
        match &mut self.stage {
            Stage::Beside(conn) => Ok(conn),
            Stage::Within(tx) => Ok(tx),
            Stage::Between => Err(gone()),
        }
    }

    /// For changes: the first takes the dossier, or finds that somebody was first.
    pub async fn write(&mut self) -> Result<&mut Tx, Failure> {
        if !matches!(self.stage, Stage::Within(_)) {
            // Readers are few: none is kept while others write.
            self.stage = Stage::Between;
            self.stage = Stage::Within(take(&self.db, self.dossier, self.version).await?);
        }
        match &mut self.stage {
            Stage::Within(tx) => Ok(tx),
            Stage::Beside(_) | Stage::Between => Err(gone()),
        }
    }

    pub async fn commit(self) -> Result<(), Failure> {
        match self.stage {
            Stage::Within(tx) => Ok(tx.commit().await?),
            Stage::Beside(_) | Stage::Between => Ok(()),
        }
    }
}

async fn take(db: &Db, id: DossierId, version: i64) -> Result<Tx, Failure> {
    let mut tx = db.begin().await?;
    if store::take_dossier(&mut tx, id, version).await? {
        return Ok(tx);
    }
    Err(stale(&store::dossier(&mut tx, id).await?.ok_or(Failure::NotFound)?))
}

fn gone() -> Failure {
    Failure::Broken("the transaction of a deed could not begin".into())
}
