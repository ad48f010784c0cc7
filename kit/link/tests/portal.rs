//! Every generation of the national portal, end to end against its simulator, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use jiff::SignedDuration;
use link::dvcqg::{self, Generation, Portal, Settings};
use link::simulator::Manners;
use link::simulator::dvcqg::Simulator;
use link::{MessageId, Port, State, Verdict};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use world::{Hands, dossier, due, place, put, state, step};

const SUBJECT: &str = "dossier:7";

struct World {
    simulator: Simulator,
    port: Arc<dyn Port>,
    hands: Hands,
    db: db::Db,
}

fn settings(generation: Generation, address: String) -> Settings {
    Settings {
        generation,
        address,
        paths: dvcqg::Paths::default(),
        account: "cuaviet".into(),
        secret: "thu-nghiem".into(),
        destination: "VN:GOV:000.00.00.G22:vpcpdvcprovider".into(),
        unit: "000.00.00.H50".into(),
        busy_codes: vec!["-1".into()],
    }
}

async fn world(db: db::Db, generation: Generation, manners: Manners) -> World {
    let (listener, address) = place().await;
    let simulator = Simulator::new(generation, manners);
    tokio::spawn(simulator.clone().serve(listener));
    let port = Arc::new(Portal::new(settings(generation, address)).unwrap());
    World { simulator, port, hands: Hands::default(), db }
}

impl World {
    async fn tell(&self, version: i64, status: &str) -> MessageId {
        let sync = dvcqg::DossierSync { status: status.into(), ..dossier() };
        put(&self.db, dvcqg::dossier(SUBJECT, version, &sync).unwrap(), self.hands.now()).await
    }

    async fn tell_step(&self, id: &str, what: &str) -> MessageId {
        put(&self.db, dvcqg::progress(SUBJECT, id, &step(what, "processing")).unwrap(), self.hands.now()).await
    }

    async fn due(&self) -> usize {
        due(&self.db, self.port.clone(), &self.hands).await
    }

    fn taken(&self) -> link::simulator::dvcqg::Taken {
        self.simulator.book().dossiers.get(&dossier().code).cloned().expect("the portal has the dossier")
    }
}

#[tokio::test]
async fn a_dossier_and_its_steps_reach_every_generation_in_order() {
    for db in db::testing::both().await {
        for generation in Generation::ALL {
            let db = db.clone();
            let world = world(db, *generation, Manners::default()).await;
            let subject = format!("dossier:{}", generation.code());
            let sync = dossier();
            let put = async |out: link::Outgoing| {
                put(
                    &world.db,
                    link::Outgoing { subject: subject.clone(), key: format!("{subject}:{}", out.key), ..out },
                    world.hands.now(),
                )
                .await
            };
            put(dvcqg::dossier(&subject, 1, &sync).unwrap()).await;
            put(dvcqg::progress(&subject, "s1", &step("Thẩm định", "processing")).unwrap()).await;
            put(dvcqg::progress(&subject, "s2", &step("Trình ký", "processing")).unwrap()).await;
            let done = dvcqg::DossierSync { status: "returned".into(), ..sync };
            let last = put(dvcqg::dossier(&subject, 2, &done).unwrap()).await;
            assert_eq!(world.due().await, 4);
            let message = state(&world.db, last).await;
            assert_eq!(message.state, State::Sent, "{generation:?}: {:?}", message.problem);
            let book = world.simulator.book();
            assert_eq!((world.taken().created, world.taken().status.as_str()), (1, "10"), "{generation:?}");
            let steps: Vec<&str> = book.progress.iter().map(|step| step["NoiDungXuLy"].as_str().unwrap()).collect();
            assert_eq!(steps, ["Thẩm định", "Trình ký"]);
            assert_eq!(book.passes, 1, "one session for all");
            assert!(book.refused.is_empty(), "{:?}", book.refused);
        }
    }
}

#[tokio::test]
async fn each_generation_reads_its_own_fields_and_moments() {
    let db = db::testing::lite().await;
    let body = async |generation: Generation| -> Value {
        let world = world(db.clone(), generation, Manners::default()).await;
        let sync = dossier();
        let subject = format!("dossier:{}", generation.code());
        put(&db, dvcqg::dossier(&subject, 1, &sync).unwrap(), world.hands.now()).await;
        world.due().await;
        world.taken().body
    };
    let first = body(Generation::Y2019).await;
    assert_eq!(first["NgayTiepNhan"], "20200915083000", "08:30 in Việt Nam");
    assert_eq!(
        (&first["TrangThaiHoSo"], &first["HinhThuc"], &first["NgayTra"]),
        (&"4".into(), &"1".into(), &"".into())
    );
    assert_eq!(first["DanhSachLePhi"][0]["Gia"], "1200000");
    assert_eq!(first["TaiLieuNop"].as_array().unwrap().len(), 1, "the paper without a file is among the others");
    assert_eq!(first["DanhSachTepDinhKemKhac"][0]["SoLuong"], "2");
    assert!(first.get("KenhThucHien").is_none());
    let second = body(Generation::Y2023).await;
    assert_eq!((&second["KenhThucHien"], &second["NgayNopHoSo"]), (&"2".into(), &"20200915013005".into()));
    assert_eq!(second["DinhDanhCHS"][0]["LoaiDinhDanh"], "1");
    assert_eq!(second["TaiLieuNop"][0]["DuocSoHoa"], "1");
    let third = body(Generation::Y2026).await;
    assert_eq!((&third["NgayNop"], &third["LoaiDoiTuong"]), (&"2020-09-15 01:30:05".into(), &"0".into()));
    assert_eq!(third["ThongTinNguoiNop"]["ThongTinChiTiet"]["SoDinhDanh"], "045190001234");
}

/// The portal took it, and the program was cut before it could write that down: the lease runs out, the same is sent
/// again with the same key.
#[tokio::test]
async fn what_was_sent_and_not_marked_is_sent_again_and_taken_once() {
    for db in db::testing::both().await {
        for generation in Generation::ALL {
            let world = world(db.clone(), *generation, Manners::default()).await;
            let subject = format!("dossier:{}", generation.code());
            let mut ids = Vec::new();
            for out in [
                dvcqg::dossier(&subject, 1, &dossier()).unwrap(),
                dvcqg::progress(&subject, &format!("{subject}-s1"), &step("Thẩm định", "processing")).unwrap(),
            ] {
                let id = put(&db, out, world.hands.now()).await;
                // Delivered behind the queue's back: this is the send whose mark was lost.
                let message = state(&db, id).await;
                let remote = world.simulator.book().dossiers.get(&dossier().code).map(|taken| taken.id.clone());
                let came = world.port.deliver(&message, remote.as_deref()).await;
                assert_eq!(came.verdict, Verdict::Sent, "{came:?}");
                ids.push(id);
            }
            assert_eq!(world.due().await, 2);
            for id in ids {
                assert_eq!(state(&db, id).await.state, State::Sent);
            }
            assert_eq!((world.taken().created, world.simulator.book().progress.len()), (1, 1), "{generation:?}");
        }
    }
}

#[tokio::test]
async fn a_session_that_is_over_is_opened_again() {
    for generation in Generation::ALL {
        let world = world(db::testing::lite().await, *generation, Manners::default()).await;
        world.tell(1, "accepted").await;
        world.due().await;
        world.simulator.end_sessions();
        let id = world.tell(2, "processing").await;
        assert_eq!(world.due().await, 1);
        assert_eq!(state(&world.db, id).await.state, State::Sent);
        assert_eq!((world.simulator.book().passes, world.taken().status.as_str()), (2, "4"), "{generation:?}");
    }
}

#[tokio::test]
async fn a_portal_that_fails_at_first_has_everything_in_the_end() {
    for db in db::testing::both().await {
        let world = world(db, Generation::Y2026, Manners { fail: 2, ..Manners::default() }).await;
        let id = world.tell(1, "accepted").await;
        world.tell_step("s1", "Thẩm định").await;
        for _ in 0..3 {
            world.due().await;
            world.hands.go(SignedDuration::from_mins(10));
        }
        assert_eq!(state(&world.db, id).await.state, State::Sent);
        let tries = link::attempts(&mut world.db.read().await.unwrap(), id).await.unwrap();
        let verdicts: Vec<_> = tries.iter().map(|one| (one.verdict.unwrap(), one.status)).collect();
        assert_eq!(verdicts, [(Verdict::Away, Some(503)), (Verdict::Away, Some(503)), (Verdict::Sent, Some(200))]);
        assert_eq!(world.simulator.book().progress.len(), 1);
    }
}

/// The create was taken and the state was not: what the portal calls the dossier is kept, and it is not created again.
#[tokio::test]
async fn a_delivery_that_breaks_in_its_middle_goes_on_from_there() {
    for db in db::testing::both().await {
        let (listener, address) = place().await;
        let simulator = Simulator::new(Generation::Y2026, Manners::default());
        let paths = Arc::new(Mutex::new(Vec::new()));
        let seen = paths.clone();
        let breaks = move |request: Request, next: Next| {
            let path = request.uri().path().to_owned();
            let is_first = path == "/CapNhatTrangThai" && !seen.lock().unwrap().contains(&path);
            seen.lock().unwrap().push(path);
            async move { if is_first { StatusCode::BAD_GATEWAY.into_response() } else { next.run(request).await } }
        };
        let router = simulator.router().layer(from_fn(breaks));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let port = Arc::new(Portal::new(settings(Generation::Y2026, address)).unwrap());
        let hands = Hands::default();
        let id = put(&db, dvcqg::dossier(SUBJECT, 1, &dossier()).unwrap(), hands.now()).await;
        due(&db, port.clone(), &hands).await;
        assert_eq!(state(&db, id).await.state, State::Waiting);
        hands.go(SignedDuration::from_mins(1));
        due(&db, port, &hands).await;
        assert_eq!(state(&db, id).await.state, State::Sent);
        let paths = paths.lock().unwrap().clone();
        assert_eq!(paths, ["/session", "/NoiHoSo", "/CapNhatTrangThai", "/CapNhatTrangThai"]);
    }
}

#[tokio::test]
async fn what_is_wrong_is_refused_before_it_leaves_and_says_where() {
    for db in db::testing::both().await {
        let world = world(db, Generation::Y2019, Manners::default()).await;
        for (version, sync, wanted) in [
            (1, dvcqg::DossierSync { procedure: String::new(), ..dossier() }, "data[0].MaTTHC còn trống"),
            (2, dvcqg::DossierSync { status: "lost".into(), ..dossier() }, "“lost”"),
        ] {
            let subject = format!("dossier:{version}");
            let id = put(&world.db, dvcqg::dossier(&subject, version, &sync).unwrap(), world.hands.now()).await;
            assert_eq!(world.due().await, 1);
            let message = state(&world.db, id).await;
            assert_eq!(message.state, State::Refused);
            let problem = message.problem.unwrap();
            assert!(problem.contains(wanted), "{problem}");
        }
        assert_eq!(world.simulator.book().passes, 0, "the portal was not troubled");
    }
}

#[tokio::test]
async fn a_wrong_account_is_not_the_messages_fault_and_its_secret_is_nowhere() {
    for generation in Generation::ALL {
        let db = db::testing::lite().await;
        let (listener, address) = place().await;
        tokio::spawn(Simulator::new(*generation, Manners::default()).serve(listener));
        let port = Arc::new(Portal::new(Settings { secret: "sai".into(), ..settings(*generation, address) }).unwrap());
        let hands = Hands::default();
        let id = put(&db, dvcqg::dossier(SUBJECT, 1, &dossier()).unwrap(), hands.now()).await;
        assert_eq!(due(&db, port, &hands).await, 1);
        let message = state(&db, id).await;
        assert_eq!((message.state, message.tries), (State::Waiting, 1), "{:?}", message.problem);
        let tries = link::attempts(&mut db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((tries[0].verdict, tries[0].answer.clone()), (Some(Verdict::Away), None));
    }
}

#[tokio::test]
async fn the_simulator_shows_what_it_has_taken() {
    let (listener, address) = place().await;
    tokio::spawn(Simulator::new(Generation::Y2019, Manners::default()).serve(listener));
    // Switches TLS on, as a port does.
    link::http::Client::new(&address).unwrap();
    let page = reqwest::Client::builder().no_proxy().build().unwrap().get(&address).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("Hồ sơ đã nhận: 0"));
}
