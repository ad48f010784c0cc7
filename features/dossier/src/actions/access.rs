//! The database for one deed: read beside the writer for as long as the deed has written nothing.

use super::work::stale;
use crate::model::DossierId;
use crate::store;
use db::{Conn, Db, Tx};
use people::Failure;

pub struct Access {
    db: Db,
    dossier: DossierId,
    /// The dossier's, as far as this deed knows.
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

    /// The dossier is taken already, and has this version by that.
    pub(super) fn within(db: &Db, tx: Tx, dossier: DossierId, version: i64) -> Access {
        Access { db: db.clone(), dossier, version, stage: Stage::Within(tx) }
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
        let is_new = !matches!(self.stage, Stage::Within(_));
        let id = self.dossier;
        let (tx, version) = self.enter().await?;
        if is_new && !store::take_dossier(tx, id, version).await? {
            return Err(stale(&store::dossier(tx, id).await?.ok_or(Failure::NotFound)?));
        }
        if is_new {
            self.version += 1;
        }
        self.enter().await.map(|(tx, _)| tx)
    }

    /// The transaction, and the version that the dossier has there if nobody else was first: for what takes it itself.
    pub(super) async fn enter(&mut self) -> Result<(&mut Tx, i64), Failure> {
        if !matches!(self.stage, Stage::Within(_)) {
            // Readers are few: none is kept while others write.
            self.stage = Stage::Between;
            self.stage = Stage::Within(self.db.begin().await?);
        }
        match &mut self.stage {
            Stage::Within(tx) => Ok((tx, self.version)),
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

fn gone() -> Failure {
    Failure::Broken("the transaction of a deed could not begin".into())
}
