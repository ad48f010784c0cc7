//! Fees: paid at the counter, or waived.

use super::work::{Said, open};
use crate::model::*;
use crate::store;
use people::{Failure, Scope};
use web::Site;

/// Takes a fee in cash; gives the receipt's number.
pub async fn pay(site: &Site, scope: &Scope, id: DossierId, version: i64, fee: FeeId) -> Result<(), Failure> {
    settle(site, scope, id, version, fee, FeeState::Paid, "").await
}

/// Waives a fee, with the reason.
pub async fn waive(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    fee: FeeId,
    why: &str,
) -> Result<(), Failure> {
    if why.trim().is_empty() {
        return Err(Failure::from(base::Refusal::new("waive-why", "Ghi căn cứ miễn phí.").at("ly_do")));
    }
    settle(site, scope, id, version, fee, FeeState::Waived, why).await
}

async fn settle(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    fee: FeeId,
    state: FeeState,
    why: &str,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if !work.at.sight.counts {
        return Err(Failure::forbidden("Thu phí dành cho cán bộ một cửa."));
    }
    let fees = store::fees(&mut work.tx, id).await?;
    let one = fees.iter().find(|one| one.id == fee).ok_or(Failure::NotFound)?;
    let receipt = match state {
        FeeState::Paid => {
            let row = format!("receipt:{}:{}", work.at.dossier.counter, scope.today().year());
            format!("{:07}", store::next_number(&mut work.tx, &row).await?)
        }
        _ => String::new(),
    };
    if !store::settle_fee(&mut work.tx, scope, id, fee, state, &receipt, "cash").await? {
        return Err(NotNow::FeePaid.into());
    }
    let (what, deed) = match state {
        FeeState::Paid => ("Thu phí", "dossier.fee-paid"),
        _ => ("Miễn phí", "dossier.fee-waived"),
    };
    let note = match state {
        FeeState::Paid => format!("{}: {} đồng, biên lai {receipt}", one.name, base::number::vi(&one.amount)),
        _ => format!("{}: {why}", one.name),
    };
    work.settle(scope, deed, Said { what, note: &note, public: true }).await
}
