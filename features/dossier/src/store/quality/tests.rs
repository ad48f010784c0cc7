//! The numbers of one pass are those of each dossier looked at alone, and each is listed by as many, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::model::{Channel, Dossier, DossierId};
use crate::stats::tests::dossier;
use crate::store;
use crate::store::stats::tests::{Dice, hour, world};
use db::Tx;

sql! {
    CLOSE = "update dossier_life set closed = $2, verdict = $3 where dossier = $1";
    FEE = "insert into dossier_fee (id, dossier, name, amount, collect, state, way) values ($1, $1, 'Phí', '5000', 'at-intake', $2, $3)";
    RESULT = "insert into dossier_result (id, dossier, name, drafted, signed, issued) values ($1, $1, 'Kết quả', 0, $2, $3)";
    PAPER = "insert into dossier_paper (dossier, code, name, copy, number, place) values ($1, 'don', 'Đơn', 'original', 1, 1)";
    CONTENT = "insert into file_content (sha256, bytes, kind, stored) values ('0', 1, 'application/pdf', 0)";
    FILE = "insert into file_use (id, sha256, name, about_kind, about, at) values ($1, '0', 'a.pdf', $2, $3, 0)";
    RATING = "insert into dossier_rating (dossier, at, answers) values ($1, 0, $2)";
}

/// What a dossier has, by chance.
struct Has {
    received: u64,
    closed: Option<u64>,
    online: bool,
    fee: Option<(&'static str, &'static str)>,
    signed: bool,
    issued: bool,
    file: bool,
    paper: bool,
    scan: bool,
    rating: Option<&'static str>,
}

fn chance(dice: &mut Dice) -> Has {
    let received = dice.roll(100);
    Has {
        received,
        closed: (dice.roll(5) > 0).then(|| received + dice.roll(60)),
        online: dice.roll(2) > 0,
        fee: [None, Some(("paid", "online")), Some(("paid", "cash")), Some(("waived", ""))][dice.roll(4) as usize],
        signed: dice.roll(3) > 0,
        issued: dice.roll(2) > 0,
        file: dice.roll(3) > 0,
        paper: dice.roll(3) > 0,
        scan: dice.roll(2) > 0,
        rating: [None, Some(r#"{"a":4,"b":5}"#), Some(r#"{"a":3,"b":5}"#)][dice.roll(3) as usize],
    }
}

impl Has {
    /// Whether it is among a number of [20, 80).
    fn is(&self, count: Count) -> bool {
        let received = (20..80).contains(&self.received);
        let closed = self.closed.is_some_and(|at| (20..80).contains(&at));
        let resolved = closed && (self.signed || self.issued);
        let electronic = resolved && self.signed && self.file;
        match count {
            Count::Received => received,
            // Every second of those that are closed in the range was late.
            Count::OnTime => received && self.closed.is_some_and(|at| at < 80 && at % 2 == 0),
            Count::Online => received && self.online,
            Count::PaidOnline => received && self.fee == Some(("paid", "online")),
            Count::WithDuty => received && self.fee.is_some_and(|(state, _)| state != "waived"),
            Count::Resolved => resolved,
            Count::Electronic => electronic,
            Count::Digitised => electronic && (!self.paper || self.scan),
            Count::Satisfied => resolved && self.rating.is_some_and(|said| !said.contains(":3")),
            _ => false,
        }
    }

    async fn put(&self, tx: &mut Tx, one: &Dossier) {
        let id = one.id;
        store::add_dossier(tx, one, None).await.unwrap();
        if let Some(at) = self.closed {
            let verdict = if at % 2 == 0 { "on-time" } else { "late" };
            tx.exec(CLOSE, args![id, hour(at), verdict]).await.unwrap();
        }
        if let Some((state, way)) = self.fee {
            tx.exec(FEE, args![id, state, way]).await.unwrap();
        }
        let when = |is: bool| is.then(|| hour(1));
        tx.exec(RESULT, args![id, when(self.signed), when(self.issued)]).await.unwrap();
        if self.file {
            file(tx, "dossier-result", id.to_string()).await;
        }
        if self.paper {
            tx.exec(PAPER, args![id]).await.unwrap();
        }
        if self.scan {
            file(tx, "dossier-paper", format!("{id}/don")).await;
        }
        if let Some(said) = self.rating {
            tx.exec(RATING, args![id, said]).await.unwrap();
        }
    }
}

async fn file(tx: &mut Tx, kind: &str, about: String) {
    tx.exec(FILE, args![db::fresh_id::<DossierId>(), kind, about]).await.unwrap();
}

#[tokio::test]
async fn one_pass_counts_what_each_dossier_is_and_lists_it() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let made = world(&mut tx).await;
        tx.exec(CONTENT, args![]).await.unwrap();
        let mut dice = Dice(11);
        let mut all = Vec::new();
        for nth in 0..160u64 {
            let has = chance(&mut dice);
            let mut one = dossier();
            one.code = format!("MAU-20260101-{nth:07}");
            one.agency = made.agencies[(nth % 2) as usize];
            (one.counter, one.procedure_edition, one.process_edition) = (one.agency, made.edition, made.edition);
            one.procedure = format!("1.00{}", nth % 3);
            (one.received, one.channel) =
                (hour(has.received), if has.online { Channel::Online } else { Channel::Counter });
            has.put(&mut tx, &one).await;
            all.push((one, has));
        }
        let range = Range { from: hour(20), to: hour(80) };
        for agency in made.agencies {
            let found = count_quality(&mut tx, agency, range).await.unwrap();
            let is = |count: Count| all.iter().filter(move |(one, has)| one.agency == agency && has.is(count));
            for count in OF_RECEIVED.into_iter().chain(OF_RESOLVED) {
                let expected: BTreeSet<DossierId> = is(count).map(|(one, _)| one.id).collect();
                assert_eq!(found.of[&count], expected.len() as i64, "{count:?}");
                assert!(!expected.is_empty() || count == Count::Synced, "{count:?}");
                let listed = list_quality(&mut tx, count, agency, range, (0, 500)).await.unwrap();
                assert_eq!(listed.iter().map(|one| one.id).collect::<BTreeSet<_>>(), expected, "{count:?}");
            }
            let online: BTreeSet<String> = is(Count::Online).map(|(one, _)| one.procedure.clone()).collect();
            assert_eq!(found.used_online, online);
        }
    }
}
