//! Numbers of an agency's dossiers over any days, whole and by field, for whoever reports them: the same as on the page of statistics,
//! each with the way to its dossiers.

use super::stats::{link_behind, statistics};
use crate::model::*;
use crate::stats::{Asked, By, Counts, Measure};
use db::Db;
use fact::counter::{self, Counted, Counting};
use people::{Failure, Scope};

/// The name, how it is counted, and the dossiers behind it.
type Number = (&'static str, fn(&Counts) -> i64, Measure, Option<Channel>);

const NUMBERS: [Number; 11] = [
    ("dossier.carried", |all| all.of(Measure::Carried), Measure::Carried, None),
    ("dossier.received", |all| all.of(Measure::Received), Measure::Received, None),
    ("dossier.online", |all| all.received_by(Channel::Online), Measure::Received, Some(Channel::Online)),
    ("dossier.early", |all| all.of(Measure::Early), Measure::Early, None),
    ("dossier.punctual", |all| all.of(Measure::OnTime), Measure::OnTime, None),
    ("dossier.late", |all| all.of(Measure::Late), Measure::Late, None),
    ("dossier.running", |all| all.of(Measure::InTime), Measure::InTime, None),
    ("dossier.overdue", |all| all.of(Measure::Overdue), Measure::Overdue, None),
    ("dossier.supplement", |all| all.of(Measure::Supplement), Measure::Supplement, None),
    ("dossier.duty", |all| all.of(Measure::Duty), Measure::Duty, None),
    ("dossier.paused", |all| all.of(Measure::Other), Measure::Other, None),
];

const NAMES: [&str; 11] = {
    let mut names = [""; 11];
    let mut at = 0;
    while at < names.len() {
        names[at] = NUMBERS[at].0;
        at += 1;
    }
    names
};

/// Counts dossiers for other rooms.
pub struct Counter;

impl counter::Counter for Counter {
    fn names(&self) -> &'static [&'static str] {
        &NAMES
    }

    fn count<'a>(&'a self, db: &'a Db, asked: counter::Asked) -> Counting<'a> {
        Box::pin(count(db, asked))
    }
}

async fn count(db: &Db, asked: counter::Asked) -> Result<Vec<Counted>, Failure> {
    // No names of owners are in it; who may report is the asking room's to say.
    let scope = Scope::program("Đếm hồ sơ cho báo cáo", asked.now);
    let asked = Asked {
        from: asked.from,
        to: asked.to,
        by: By::Field,
        agency: Some(asked.unit),
        field: String::new(),
        procedure: String::new(),
        channel: None,
        receiver: String::new(),
        handler: String::new(),
    };
    let found = statistics(&mut db.snapshot().await?, &scope, &asked).await?;
    let mut all = numbers(&asked, &found.total, None);
    for row in &found.rows {
        all.extend(numbers(&asked.only(&row.key), &row.counts, Some(&row.key)));
    }
    Ok(all)
}

fn numbers(asked: &Asked, counts: &Counts, part: Option<&String>) -> Vec<Counted> {
    let one = |(what, count, measure, channel): &Number| {
        let only = Asked { channel: *channel, ..asked.clone() };
        Counted {
            what,
            part: part.cloned(),
            value: count(counts),
            source: format!("Hệ thống một cửa điện tử: {}", measure.say()),
            link: link_behind(&only, *measure),
        }
    };
    NUMBERS.iter().map(one).collect()
}
