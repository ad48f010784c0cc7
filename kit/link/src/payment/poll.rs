//! Asking the gateway, where no call-back came: later and later, and of an asking that nobody pays not for ever.

use super::{Change, Gateway, Payment, PaymentId, PaymentState, Settled, store, taking};
use crate::words::EXPIRED;
use base::Timestamp;
use db::{Db, Tx};
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Scope};
use serde_json::json;
use std::pin::Pin;

/// How long after its first, second, … question a payment waits for the next, in minutes; then one a day.
const PAUSES: [i64; 8] = [3, 5, 10, 20, 60, 180, 360, 720];
const A_DAY: i64 = 24 * 60;
/// An asking that nobody paid within this has failed. Money that comes later is taken all the same.
const EXPIRES: SignedDuration = SignedDuration::from_hours(48);
/// A refund is asked after this often: about three weeks. Then a person asks the gateway's people.
const MOST_QUESTIONS: i64 = 28;
/// In one go.
const MOST: i64 = 100;

pub type Heard<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// Who is told when a question changed a payment, in the same transaction: the room that asked settles its fee.
pub trait Hearing: Send + Sync {
    /// Locks what the payment is for, before its notice takes the journal's head: whoever settles a fee in another way takes
    /// the two in this order.
    fn ready<'a>(&'a self, tx: &'a mut Tx, payment: &'a Payment) -> Heard<'a>;
    fn hear<'a>(&'a self, tx: &'a mut Tx, settled: &'a Settled) -> Heard<'a>;
}

/// Asks of every payment that is due, and takes what is answered as if it had been called back; says how many changed.
/// Any number of nodes may do this at one time.
pub async fn poll_due(db: &Db, gateway: &Gateway, now: Timestamp, heard: &dyn Hearing) -> Result<usize, Failure> {
    let due = store::due(&mut db.read().await?, now, MOST).await?;
    let mut changed = 0;
    for (id, was_due, asked) in due {
        let mut tx = db.begin().await?;
        let ours = store::claim(&mut tx, id, was_due, next(asked, now)).await?;
        tx.commit().await?;
        let payment = store::find(&mut db.read().await?, id).await?;
        let Some(payment) = payment.filter(|_| ours) else { continue };
        let notices = match gateway.ask(payment.asking_code(), now).await {
            Ok(notices) => notices,
            Err(failed) => {
                tracing::info!(%id, say = failed.say, "the gateway did not say how a payment stands");
                continue;
            }
        };
        for notice in notices {
            let mut tx = db.begin().await?;
            heard.ready(&mut tx, &payment).await?;
            let settled = taking::take(&mut tx, &notice, now).await?;
            if settled.change != Change::Nothing {
                heard.hear(&mut tx, &settled).await?;
                changed += 1;
            }
            tx.commit().await?;
        }
        changed += usize::from(expire(db, &payment, now, heard).await?);
    }
    Ok(changed)
}

/// When to ask next, after `asked` questions and this one.
fn next(asked: i64, now: Timestamp) -> Option<Timestamp> {
    let pause = usize::try_from(asked).ok().and_then(|asked| PAUSES.get(asked)).copied().unwrap_or(A_DAY);
    (asked < MOST_QUESTIONS).then(|| now + SignedDuration::from_mins(pause))
}

async fn expire(db: &Db, asked: &Payment, now: Timestamp, heard: &dyn Hearing) -> Result<bool, Failure> {
    if asked.state != PaymentState::Pending || now < asked.begun + EXPIRES {
        return Ok(false);
    }
    let mut tx = db.begin().await?;
    let id: PaymentId = asked.id;
    let scope = Scope::program("Cổng thanh toán", now);
    let after = json!({ "state": PaymentState::Failed, "problem": EXPIRED });
    journal::write(&mut tx, &scope, "payment.expired", about("payment", id), &(), &after).await?;
    // Paid just now: then it is left as it is, and the line is not written.
    if !store::fail(&mut tx, id, Some(EXPIRED), now).await? {
        return Ok(false);
    }
    let problem = Some(EXPIRED.to_owned());
    let payment = Payment { state: PaymentState::Failed, problem, settled: Some(now), ..asked.clone() };
    heard.hear(&mut tx, &Settled { payment, change: Change::Failed }).await?;
    tx.commit().await?;
    Ok(true)
}
