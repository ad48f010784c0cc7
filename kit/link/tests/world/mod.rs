//! People, ports and deeds for the tests of this room.
#![allow(dead_code, reason = "each test binary uses its part")]

use base::Timestamp;
use db::{Db, Tx};
use jiff::SignedDuration;
use link::dvcqg::{Channel, Collection, DossierSync, Fee, Owner, OwnerKind, Paper, ProgressSync, Supplement, Yield};
use link::{Clock, Delivery, Doing, Message, MessageId, Outgoing, Port, Verdict};
use people::{Failure, Scope};
use serde_json::{Map, json};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The day of the letter: 15 September 2020, nine in the morning in Việt Nam.
pub fn morning() -> Timestamp {
    "2020-09-15T02:00:00Z".parse().unwrap()
}

/// A clock that stands until it is moved.
#[derive(Clone, Default)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    pub fn now(&self) -> Timestamp {
        morning() + SignedDuration::from_secs(self.0.load(Ordering::Relaxed))
    }

    pub fn go(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::Relaxed);
    }

    pub fn clock(&self) -> Clock {
        let hands = self.clone();
        Arc::new(move || hands.now())
    }

    pub fn scope(&self) -> Scope {
        Scope::program("Quản trị", self.now())
    }
}

/// One deed in one transaction.
pub async fn deed<T>(db: &Db, deed: impl AsyncFnOnce(&mut Tx) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tx = db.begin().await?;
    let done = deed(&mut tx).await?;
    tx.commit().await?;
    Ok(done)
}

pub fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    match outcome.unwrap_err() {
        Failure::Refused(refusals) => refusals[0].code,
        Failure::NotFound => "not-found",
        other => panic!("{other:?}"),
    }
}

pub fn note(subject: &str, key: &str) -> Outgoing {
    let body = json!({ "said": key });
    Outgoing { system: "stub", kind: "note", subject: subject.into(), key: key.into(), body }
}

pub async fn put(db: &Db, out: Outgoing, now: Timestamp) -> MessageId {
    deed(db, async |tx| Ok(link::put(tx, out, now).await?)).await.unwrap()
}

pub async fn state(db: &Db, id: MessageId) -> Message {
    link::find(&mut db.read().await.unwrap(), id).await.unwrap().unwrap()
}

type Answering = Box<dyn Fn(&Message) -> Delivery + Send + Sync>;

/// A system outside that answers as it is told, and remembers what it was sent.
pub struct Stub {
    pub heard: Mutex<Vec<String>>,
    answering: Answering,
}

impl Stub {
    pub fn new(answering: impl Fn(&Message) -> Delivery + Send + Sync + 'static) -> Arc<Stub> {
        Arc::new(Stub { heard: Mutex::default(), answering: Box::new(answering) })
    }

    pub fn keys(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

impl Port for Stub {
    fn system(&self) -> &'static str {
        "stub"
    }

    fn deliver<'a>(&'a self, message: &'a Message, _remote: Option<&'a str>) -> Doing<'a> {
        self.heard.lock().unwrap().push(message.key.clone());
        let came = (self.answering)(message);
        Box::pin(async move {
            tokio::task::yield_now().await;
            came
        })
    }
}

pub fn no(verdict: Verdict, say: &str) -> Delivery {
    Delivery::new(verdict, say)
}

/// Sends what is due; what failed is told, for whoever reads a test that fails.
pub async fn due(db: &Db, port: Arc<dyn Port>, hands: &Hands) -> usize {
    let tries = link::run_due(db, &port, &hands.clock()).await.unwrap();
    for message in link::list(&mut db.read().await.unwrap(), &link::Filter::default(), None, 99).await.unwrap() {
        if let Some(problem) = message.problem {
            eprintln!("{}: {problem}", message.key);
        }
    }
    tries
}

/// A free place on this machine, and its address.
pub async fn place() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    (listener, address)
}

/// A dossier with something in every list.
pub fn dossier() -> DossierSync {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    DossierSync {
        code: "000.00.12.H50-200915-0007".into(),
        procedure: "2.000635".into(),
        procedure_name: "Cấp Giấy chứng nhận đủ điều kiện bán lẻ xăng dầu".into(),
        service: String::new(),
        field: "LV-01".into(),
        field_name: "Lưu thông hàng hóa trong nước".into(),
        receipt: "0007".into(),
        owner: Owner {
            kind: OwnerKind::Citizen,
            name: "Trần Thị Lan".into(),
            number: "045190001234".into(),
            portal_id: String::new(),
            born: "1990".into(),
            phone: "0912345678".into(),
            email: "lan@example.vn".into(),
            address: "12 Hùng Vương, Đông Hà".into(),
            province: "45".into(),
            commune: String::new(),
        },
        submitter: None,
        summary: "Cửa hàng xăng dầu số 7".into(),
        channel: Channel::Online,
        status: "processing".into(),
        submitted: Some(at("2020-09-14T18:30:05Z")),
        received: Some(at("2020-09-15T01:30:00Z")),
        due: Some(at("2020-10-06T10:00:00Z")),
        resolved: None,
        returned: None,
        refused: None,
        return_note: String::new(),
        return_by_post: true,
        agency_name: "Sở Công Thương".into(),
        agency_code: "000.00.12.H50".into(),
        place_code: "000.00.12.H50".into(),
        note: String::new(),
        identified: true,
        paid_online: false,
        papers: vec![
            Paper {
                code: "TP1".into(),
                name: "Đơn đề nghị".into(),
                number: 1,
                copy: 2,
                file: "a1".into(),
                sha256: "00".repeat(32),
                address: "https://example.vn/a1".into(),
                digitised: true,
                reused: 0,
                reused_result: String::new(),
            },
            Paper {
                code: "TP2".into(),
                name: "Bản sao giấy đăng ký kinh doanh".into(),
                number: 2,
                copy: 1,
                file: String::new(),
                sha256: String::new(),
                address: String::new(),
                digitised: false,
                reused: 0,
                reused_result: String::new(),
            },
        ],
        fees: vec![Fee {
            code: "P1".into(),
            name: "Phí thẩm định".into(),
            amount: "1200000.00".parse().unwrap(),
            is_charge: true,
            collection: Collection::OnReceipt,
            paid: true,
        }],
        supplements: vec![Supplement {
            id: "bs1".into(),
            asked_by: "Nguyễn Văn Minh".into(),
            content: "Bổ sung bản sao giấy đăng ký".into(),
            asked: at("2020-09-15T03:00:00Z"),
            answered: None,
            taken_by: String::new(),
            answer: String::new(),
            papers: vec!["Bản sao giấy đăng ký kinh doanh".into()],
            due_before: Some(at("2020-10-06T10:00:00Z")),
            due_after: None,
        }],
        results: vec![Yield {
            name: "Giấy chứng nhận".into(),
            component: "KQ1".into(),
            file: "k1".into(),
            address: "https://example.vn/k1".into(),
            code: "KQ.H50.1".into(),
        }],
        databases: vec!["CSDLDC".into()],
        answers: Map::new(),
    }
}

pub fn step(what: &str, status: &str) -> ProgressSync {
    ProgressSync {
        code: dossier().code,
        who: "Nguyễn Văn Minh".into(),
        title: "Chuyên viên".into(),
        office: "Phòng Quản lý thương mại".into(),
        what: what.into(),
        at: morning(),
        status: status.into(),
        begun: Some(morning()),
        due: None,
    }
}
