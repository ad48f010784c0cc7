//! People, news and partners for the tests of this room.
#![allow(dead_code, reason = "each test binary uses its part")]

use base::Timestamp;
use db::{Db, Tx, args, sql};
use jiff::SignedDuration;
use journal::about;
use notice::{News, NoticeId, Outgoing, Receiver, Senders, Sending, Status, Texts, Unsent, Values};
use people::{AccountId, Failure, Role, Scope};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

sql! {
    ACCOUNT = "insert into account (id, login, name, folded) values ($1, $2, $2, $2)";
    JOURNAL = "select what, before, after from journal order by seq";
    DUE = "select due from notice where id = $1";
}

/// When every test begins.
pub fn start() -> Timestamp {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

pub fn later(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

pub const DAY: i64 = 24 * 3600;

pub fn admin(now: Timestamp) -> Scope {
    Scope::program("Quản trị", now)
}

pub async fn person(db: &Db, login: &str) -> Scope {
    let id = db::fresh_id::<AccountId>();
    let mut tx = db.begin().await.unwrap();
    tx.exec(ACCOUNT, args![id, login]).await.unwrap();
    tx.commit().await.unwrap();
    Scope { account: Some(id), roles: vec![Role::Staff], ..Scope::program(login, start()) }
}

/// One deed in one transaction.
pub async fn deed<T>(db: &Db, deed: impl AsyncFnOnce(&mut Tx) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tx = db.begin().await?;
    let done = deed(&mut tx).await?;
    tx.commit().await?;
    Ok(done)
}

pub fn values() -> Values {
    Values {
        code: "H50.12-261124-0007".into(),
        state: "Đang giải quyết".into(),
        day: Some("2026-12-05".parse().unwrap()),
        link: "https://cuaviet.example/tra-cuu/H50.12-261124-0007".into(),
        agency: "Sở Công Thương".into(),
        procedure: "Cấp giấy phép bán lẻ rượu".into(),
    }
}

pub fn news(template: &str) -> News<'_> {
    News { template, values: values(), about: Some(about("dossier", "d1")), once: None }
}

/// Tells one receiver at a moment.
pub async fn told(db: &Db, now: Timestamp, to: Receiver) -> NoticeId {
    deed(db, async |tx| notice::tell(tx, now, &news("dossier.received"), &[to]).await).await.unwrap()[0]
}

pub fn phone() -> Receiver {
    Receiver::Phone("0905 123 456".into())
}

pub async fn one(db: &Db, id: NoticeId) -> Outgoing {
    let all = notice::of(&mut db.read().await.unwrap(), &about("dossier", "d1")).await.unwrap();
    all.into_iter().find(|one| one.id == id).unwrap()
}

pub async fn status(db: &Db, id: NoticeId) -> Status {
    one(db, id).await.status
}

pub async fn due(db: &Db, id: NoticeId) -> Timestamp {
    db.read().await.unwrap().find(DUE, args![id], |row| row.pull()).await.unwrap().unwrap()
}

pub async fn journal(db: &Db) -> Vec<(String, Option<String>, Option<String>)> {
    let read = |row: &mut db::Row| Ok((row.pull()?, row.pull()?, row.pull()?));
    db.read().await.unwrap().list(JOURNAL, &[], read).await.unwrap()
}

/// A gateway in memory: keeps what it was given, and answers as it was told to, in the end always well.
#[derive(Default)]
pub struct Carrier {
    pub given: Mutex<Vec<Sending>>,
    answers: Mutex<VecDeque<Answer>>,
}

#[derive(Clone)]
pub enum Answer {
    Well,
    Not(Unsent),
    /// Takes the message and never answers.
    Silence,
    /// Takes the message and refuses it once it is told to.
    Late(Arc<Notify>),
}

impl Carrier {
    pub fn answering(answers: impl IntoIterator<Item = Answer>) -> Arc<Carrier> {
        Arc::new(Carrier { given: Mutex::default(), answers: Mutex::new(answers.into_iter().collect()) })
    }

    pub fn senders(self: &Arc<Carrier>) -> Senders {
        Senders { mail: None, texts: Some(self.clone()) }
    }

    pub fn ids(&self) -> Vec<NoticeId> {
        self.given.lock().unwrap().iter().map(|message| message.id).collect()
    }
}

impl Texts for Carrier {
    fn send<'a>(&'a self, message: &'a Sending) -> Pin<Box<dyn Future<Output = Result<(), Unsent>> + Send + 'a>> {
        self.given.lock().unwrap().push(message.clone());
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Answer::Well);
        Box::pin(async move {
            // Others get their turn while this one is on the way.
            tokio::task::yield_now().await;
            match answer {
                Answer::Well => Ok(()),
                Answer::Not(unsent) => Err(unsent),
                Answer::Silence => std::future::pending().await,
                Answer::Late(go) => {
                    go.notified().await;
                    Err(Unsent::Refused("số không đúng".into()))
                }
            }
        })
    }
}

/// Sends until the carrier has been given `count` messages, and ends there as a program that is killed.
pub async fn killed_when_given(db: &Db, carrier: &Arc<Carrier>, count: usize, now: Timestamp) {
    let senders = carrier.senders();
    let given = async {
        while carrier.ids().len() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        done = notice::send_due(db, &senders, || now) => panic!("not killed, but done: {done:?}"),
        () = given => {}
    }
}
