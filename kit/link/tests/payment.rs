//! Money is asked for, paid, not paid, paid wrongly, paid twice and given back, with the simulated gateway, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use base::Decimal;
use db::Db;
use jiff::SignedDuration;
use link::Port;
use link::payment::{
    self, Asking, Change, Filter, Gateway, Heard, Hearing, Payment, PaymentState, Settings, Settled, begin, open,
    poll_due, reply, settle,
};
use link::simulator::Manners;
use link::simulator::payment::{Deed, SAMPLE_SECRET, Simulator};
use people::Failure;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use world::{Hands, code, deed, due, place};

/// Remembers what it is told.
#[derive(Default)]
struct Ear(Mutex<Vec<Settled>>);

impl Hearing for Ear {
    fn ready<'a>(&'a self, _: &'a mut db::Tx, _: &'a link::payment::Payment) -> link::payment::Heard<'a> {
        Box::pin(async { Ok(()) })
    }

    fn hear<'a>(&'a self, _tx: &'a mut db::Tx, settled: &'a Settled) -> Heard<'a> {
        self.0.lock().unwrap().push(settled.clone());
        Box::pin(async { Ok(()) })
    }
}

struct World {
    db: Db,
    hands: Hands,
    gateway: Arc<Gateway>,
    simulator: Simulator,
}

async fn world(db: Db, manners: Manners) -> World {
    let (listener, address) = place().await;
    let simulator = Simulator::new(SAMPLE_SECRET, manners);
    tokio::spawn(simulator.clone().serve(listener));
    let secret = SAMPLE_SECRET.to_owned();
    // Call-backs go nowhere: the tests carry them themselves.
    let notify = "http://127.0.0.1:9/thanh-toan/goi-lai".to_owned();
    let gateway = Gateway::new(Settings { address, unit: "000.00.12.H50".into(), secret, notify }).unwrap();
    World { db, hands: Hands::default(), gateway: Arc::new(gateway), simulator }
}

fn asking(fee: &str, amount: &str) -> Asking {
    Asking {
        subject: "dossier:7".into(),
        fee: fee.into(),
        amount: amount.parse().unwrap(),
        content: "Phí thẩm định hồ sơ 000.00.12.H50-200915-0007".into(),
        payer: "Trần Thị Lan".into(),
    }
}

impl World {
    async fn begin(&self, asking: Asking) -> Result<Payment, Failure> {
        deed(&self.db, async |tx| begin(tx, &self.hands.scope(), asking).await).await
    }

    /// Asked for, and known to the gateway.
    async fn asked(&self, fee: &str, amount: &str) -> Payment {
        let payment = self.begin(asking(fee, amount)).await.unwrap();
        open(&self.db, &self.gateway, payment.id, "https://cuaviet.example.vn/ho-so/7", self.hands.now()).await.unwrap()
    }

    async fn hear(&self, notice: &Value) -> Result<Settled, Failure> {
        let body = notice.to_string();
        deed(&self.db, async |tx| settle(tx, &self.gateway, body.as_bytes(), self.hands.now()).await).await
    }

    async fn press(&self, payment: &Payment, does: Deed) -> Vec<Settled> {
        let mut settled = Vec::new();
        for notice in self.simulator.act(&payment.code, does) {
            settled.push(self.hear(&notice).await.unwrap());
        }
        settled
    }

    async fn now(&self, payment: &Payment) -> Payment {
        payment::find(&mut self.db.read().await.unwrap(), payment.id).await.unwrap().unwrap()
    }

    async fn poll(&self) -> Vec<Settled> {
        let ear = Ear::default();
        let changed = poll_due(&self.db, &self.gateway, self.hands.now(), &ear).await.unwrap();
        let heard = ear.0.lock().unwrap().clone();
        assert_eq!(changed, heard.len(), "whatever changed was told");
        heard
    }

    async fn lines(&self, payment: &Payment) -> Vec<String> {
        let lines =
            journal::of(&mut self.db.read().await.unwrap(), "payment", &payment.id.to_string(), 99).await.unwrap();
        lines.into_iter().rev().map(|line| line.what).collect()
    }
}

#[tokio::test]
async fn a_fee_is_asked_for_paid_and_told_once_however_often_it_is_heard() {
    for db in db::testing::both().await {
        let world = world(db, Manners::default()).await;
        let payment = world.asked("fee1", "1200000.00").await;
        assert_eq!(payment.state, PaymentState::Pending);
        assert!(payment.address.as_ref().unwrap().ends_with(&payment.code));
        let order = world.simulator.order(&payment.code).unwrap();
        assert_eq!(order.asked["SoTien"], "1200000", "whole đồng, in digits alone");
        assert_eq!(world.begin(asking("fee1", "1200000")).await.unwrap().id, payment.id, "asked twice is asked once");

        let notice = world.simulator.act(&payment.code, Deed::Pay).remove(0);
        let settled = world.hear(&notice).await.unwrap();
        assert_eq!((settled.change, settled.payment.state), (Change::Paid, PaymentState::Paid));
        assert_eq!(reply(&Ok(settled)).0, 200);
        for _ in 0..3 {
            let again = world.hear(&notice).await;
            assert_eq!(again.as_ref().unwrap().change, Change::Nothing);
            assert_eq!(reply(&again).1["MaLoi"], "00", "the gateway need not say it again");
        }
        assert_eq!(world.lines(&payment).await, ["payment.begun", "payment.noticed"]);
        assert_eq!(world.now(&payment).await.said, Some(Decimal::from(1_200_000)));
        assert_eq!(code(world.begin(asking("fee1", "1200000")).await), "payment-paid");
    }
}

#[tokio::test]
async fn a_cancelled_payment_has_failed_and_may_still_be_paid() {
    for db in db::testing::both().await {
        let world = world(db, Manners::default()).await;
        let payment = world.asked("fee1", "50000").await;
        let cancelled = world.simulator.act(&payment.code, Deed::Cancel).remove(0);
        assert_eq!(world.hear(&cancelled).await.unwrap().change, Change::Failed);
        assert_eq!(world.now(&payment).await.state, PaymentState::Failed);
        assert_eq!(world.press(&payment, Deed::Pay).await[0].change, Change::Paid);
        assert_eq!(world.hear(&cancelled).await.unwrap().change, Change::Nothing, "an old failure undoes nothing");
        assert_eq!(world.now(&payment).await.state, PaymentState::Paid);
    }
}

#[tokio::test]
async fn another_sum_than_was_asked_is_never_taken_as_paid() {
    for db in db::testing::both().await {
        let world = world(db, Manners::default()).await;
        let payment = world.asked("fee1", "50000").await;
        let settled = world.press(&payment, Deed::Less).await.remove(0);
        assert_eq!((settled.change, settled.payment.state), (Change::Mismatch, PaymentState::Mismatch));
        let problem = world.now(&payment).await.problem.unwrap();
        assert_eq!(problem, "Cổng thanh toán báo 49.999 đồng, số phải nộp là 50.000 đồng.");
        let filter = Filter { to_refund: true, ..Filter::default() };
        let to_refund = payment::list(&mut world.db.read().await.unwrap(), &filter, None, 9).await.unwrap();
        assert_eq!(to_refund.len(), 1);
        // The right sum on the same asking counts.
        let settled = world.press(&payment, Deed::Pay).await.remove(0);
        assert_eq!((settled.change, settled.payment.extra), (Change::Paid, false));
        assert_ne!(settled.payment.id, payment.id, "the wrong sum keeps its row");
    }
}

#[tokio::test]
async fn what_the_gateway_did_not_sign_changes_nothing() {
    for db in db::testing::both().await {
        let world = world(db, Manners::default()).await;
        let payment = world.asked("fee1", "50000").await;
        let good = world.simulator.act(&payment.code, Deed::Pay).remove(0);
        let with = |name: &str, value: &str| {
            let mut bad = good.clone();
            bad[name] = json!(value);
            bad
        };
        let mut unsigned = good.clone();
        unsigned.as_object_mut().unwrap().shift_remove("ChuKy");
        let mut foreign = good.clone();
        payment::sign(foreign.as_object_mut().unwrap(), "another-secret-of-16");
        let mut other_unit = with("MaDonVi", "000.00.13.H50");
        payment::sign(other_unit.as_object_mut().unwrap(), SAMPLE_SECRET);
        for bad in [
            with("SoTien", "60000"),
            with("MaTraCuuTT", "x"),
            with("ChuKy", &"0".repeat(64)),
            unsigned,
            foreign,
            other_unit,
        ] {
            let refused = world.hear(&bad).await;
            assert_eq!(reply(&refused).0, 401);
            assert_eq!(code(refused), "payment-forged", "{bad}");
        }
        let mut garbled = with("TrangThai", "9");
        payment::sign(garbled.as_object_mut().unwrap(), SAMPLE_SECRET);
        assert_eq!(code(world.hear(&garbled).await), "payment-garbled");
        let mut unknown = with("MaGiaoDich", "nobody");
        payment::sign(unknown.as_object_mut().unwrap(), SAMPLE_SECRET);
        assert_eq!(code(world.hear(&unknown).await), "not-found");
        assert_eq!(world.now(&payment).await.state, PaymentState::Pending);
        assert_eq!(world.hear(&good).await.unwrap().change, Change::Paid);
    }
}

#[tokio::test]
async fn money_that_came_twice_on_one_asking_counts_once_and_goes_back_once() {
    for db in db::testing::both().await {
        let world = world(db, Manners::default()).await;
        let payment = world.asked("fee1", "50000").await;
        let settled = world.press(&payment, Deed::Twice).await;
        let changes: Vec<_> = settled.iter().map(|one| one.change).collect();
        assert_eq!(changes, [Change::Paid, Change::PaidTwice]);
        let extra = &settled[1].payment;
        assert!(extra.extra && extra.is_to_refund() && !settled[0].payment.is_to_refund());

        let refund = async |reason: &str| {
            deed(&world.db, async |tx| payment::refund(tx, &world.hands.scope(), extra.id, reason).await).await
        };
        assert_eq!(code(refund(" ").await), "link-reason");
        refund("Nộp trùng").await.unwrap();
        assert_eq!(code(refund("Nộp trùng").await), "payment-refund-asked");
        assert_eq!(due(&world.db, world.gateway.clone() as Arc<dyn Port>, &world.hands).await, 1);
        let order = world.simulator.order(&payment.code).unwrap();
        assert_eq!(order.receipts.values().filter(|(_, back)| *back).count(), 1);
        assert_eq!(world.now(extra).await.state, PaymentState::Paid, "until the gateway says so");
        world.hands.go(SignedDuration::from_mins(3));
        let heard = world.poll().await;
        assert_eq!(
            heard.iter().map(|one| (one.payment.id, one.change)).collect::<Vec<_>>(),
            [(extra.id, Change::Refunded)]
        );
        assert_eq!(world.now(extra).await.state, PaymentState::Refunded);
        assert_eq!(world.now(&payment).await.state, PaymentState::Paid);
    }
}

#[tokio::test]
async fn two_payments_of_one_fee_count_once_even_when_both_are_told_at_one_moment() {
    for db in db::testing::both().await {
        let world = Arc::new(world(db, Manners::default()).await);
        let first = world.asked("fee1", "50000").await;
        world.hear(&world.simulator.act(&first.code, Deed::Cancel)[0]).await.unwrap();
        let second = world.asked("fee1", "50000").await;
        assert_ne!(first.id, second.id);
        let tell = |payment: &Payment| {
            let (world, notice) = (world.clone(), world.simulator.act(&payment.code, Deed::Pay).remove(0));
            tokio::spawn(async move { world.hear(&notice).await.unwrap().change })
        };
        let (one, other) = (tell(&first), tell(&second));
        let mut changes = [one.await.unwrap(), other.await.unwrap()];
        changes.sort_by_key(|change| *change == Change::PaidTwice);
        assert_eq!(changes, [Change::Paid, Change::PaidTwice]);
        let all = payment::of_subject(&mut world.db.read().await.unwrap(), "dossier:7").await.unwrap();
        let (extra, counted): (Vec<_>, Vec<_>) = all.into_iter().partition(|payment| payment.extra);
        assert_eq!((extra.len(), counted.len()), (1, 1));

        // The one that counted is given back: the other counts instead.
        deed(&world.db, async |tx| payment::refund(tx, &world.hands.scope(), counted[0].id, "Người nộp yêu cầu").await)
            .await
            .unwrap();
        due(&world.db, world.gateway.clone() as Arc<dyn Port>, &world.hands).await;
        world.hands.go(SignedDuration::from_mins(3));
        assert_eq!(world.poll().await.len(), 1);
        assert!(!world.now(&extra[0]).await.extra);
        assert_eq!(code(world.begin(asking("fee1", "50000")).await), "payment-paid");
    }
}

#[tokio::test]
async fn where_no_call_back_came_the_gateway_is_asked_and_an_unpaid_asking_ends() {
    for db in db::testing::both().await {
        let world = world(db, Manners::default()).await;
        let (paid, never) = (world.asked("fee1", "50000").await, world.asked("fee2", "70000").await);
        world.simulator.act(&paid.code, Deed::Pay);
        assert!(world.poll().await.is_empty(), "not at once: the call-back is likely on its way");
        world.hands.go(SignedDuration::from_mins(3));
        let heard = world.poll().await;
        assert_eq!(heard.iter().map(|one| (one.payment.id, one.change)).collect::<Vec<_>>(), [(paid.id, Change::Paid)]);
        assert!(world.poll().await.is_empty(), "each only when it is due again");
        world.hands.go(SignedDuration::from_hours(49));
        assert_eq!(world.poll().await[0].change, Change::Failed);
        assert_eq!(world.now(&never).await.state, PaymentState::Failed);
        // Money that comes later is taken all the same.
        assert_eq!(world.press(&never, Deed::Pay).await[0].change, Change::Paid);
    }
}

#[tokio::test]
async fn a_gateway_that_is_away_says_so_and_takes_the_same_asking_later() {
    for db in db::testing::both().await {
        let world = world(db, Manners { fail: 1, ..Manners::default() }).await;
        let payment = world.begin(asking("fee1", "50000")).await.unwrap();
        let go = async || open(&world.db, &world.gateway, payment.id, "https://x.vn/", world.hands.now()).await;
        assert_eq!(code(go().await), "payment-away");
        let opened = go().await.unwrap();
        assert_eq!(go().await.unwrap().address, opened.address);
        for wrong in ["0", "-1", "0.5"] {
            assert_eq!(code(world.begin(asking("fee9", wrong)).await), "payment-amount", "{wrong}");
        }
    }
}

#[tokio::test]
async fn the_page_of_the_simulator_calls_back() {
    let db = db::testing::lite().await;
    let (listener, address) = place().await;
    let world = world(db, Manners::default()).await;
    // A site that only hears.
    let heard = Arc::new(Mutex::new(Vec::new()));
    let into = heard.clone();
    let site = axum::Router::new().fallback(move |body: String| async move {
        into.lock().unwrap().push(body);
        "{\"MaLoi\":\"00\"}"
    });
    tokio::spawn(async move { axum::serve(listener, site).await });
    let notify = format!("{address}/goi-lai");
    let gateway_address = world.asked("fee0", "1000").await.address.unwrap();
    let root = gateway_address.split("/pay/").next().unwrap().to_owned();
    let settings = Settings { address: root, unit: "000.00.12.H50".into(), secret: SAMPLE_SECRET.into(), notify };
    let gateway = Gateway::new(settings).unwrap();
    let payment = world.begin(asking("fee1", "50000")).await.unwrap();
    let page = open(&world.db, &gateway, payment.id, &format!("{address}/ve"), world.hands.now())
        .await
        .unwrap()
        .address
        .unwrap();
    let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let shown = browser.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(shown.contains("50000") && shown.contains("Trả hai lần"), "{shown}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let pressed = browser.post(&page).header(form.0, form.1).body("deed=twice").send().await.unwrap();
    assert_eq!(
        (pressed.status().as_u16(), pressed.headers()["location"].to_str().unwrap()),
        (303, format!("{address}/ve").as_str())
    );
    let heard = heard.lock().unwrap().clone();
    let mut changes = Vec::new();
    for notice in heard {
        changes.push(world.hear(&serde_json::from_str(&notice).unwrap()).await.unwrap().change);
    }
    assert_eq!(changes, [Change::Paid, Change::PaidTwice]);
}
