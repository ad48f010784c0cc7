//! What the national portal hears of a dossier, from its simulator's side, and what an administrator does about a message
//! that it refused.

use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::world::journey_with;
use axum::body::Body;
use axum::http::Request;
use link::dvcqg::Generation;
use link::simulator::Manners;
use link::simulator::dvcqg::{Push, Simulator};
use tokio::net::TcpListener;
use tower::ServiceExt;

pub(crate) async fn portal(generation: Generation) -> (Simulator, Vec<(&'static str, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let simulator = Simulator::new(generation, Manners::default());
    tokio::spawn(simulator.clone().serve(listener));
    let set = [
        ("dvcqg.address", address),
        ("dvcqg.generation", generation.code().to_owned()),
        ("dvcqg.account", "cuaviet".to_owned()),
        ("dvcqg.secret", "thu-nghiem".to_owned()),
        ("dvcqg.destination", "VN:GOV:000.00.00.G22:vpcpdvcprovider".to_owned()),
        ("dvcqg.unit", "000.00.00.H50".to_owned()),
    ];
    (simulator, set.to_vec())
}

#[tokio::test]
async fn the_portal_hears_of_a_dossier_from_its_receipt_to_its_result() {
    for generation in Generation::ALL {
        let (simulator, set) = portal(*generation).await;
        journey_with(&set, async |world| {
            with_procedure(&world).await;
            let (mai, nam) = (world.person("mai"), world.person("nam"));
            mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
            let code = mai.dossier().await.between("<h1>", "</h1>");
            world.tells().await;
            let taken = || simulator.book().dossiers.get(&code).cloned().expect("the portal has the dossier");
            assert_eq!((taken().status.as_str(), taken().created), ("2", 1), "{:?}", simulator.book().refused);
            mai.moves("0|", "").await.goes_on();
            world.tells().await;
            assert_eq!(taken().status, "4");
            let form = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/bo-sung"));
            let form = form.ticks("giay", "don").with("can_don", "Ký tên").with("ly_do", "Thiếu chữ ký");
            form.sent_by(&nam).await.goes_on();
            world.tells().await;
            assert_eq!(taken().status, "5");
            let supply = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/nhan-bo-sung"));
            supply.attach("tep_don", "don-moi.pdf", PDF).sent_by(&mai).await.goes_on();
            let withdraw = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/rut"));
            withdraw.with("ly_do", "Đơn ngày 24/11/2026").sent_by(&mai).await.goes_on();
            world.tells().await;
            assert_eq!((taken().status.as_str(), taken().created), ("7", 1));
            // Both engines tell one portal of one code: to the second it says that it knows it.
            let refused = simulator.book().refused;
            assert!(refused.iter().all(|no| no.contains("đã đồng bộ")), "{generation:?}: {refused:?}");
            assert!(!simulator.book().progress.is_empty());
        })
        .await;
    }
}

#[tokio::test]
async fn a_message_that_the_portal_refuses_is_seen_and_put_right() {
    let (_simulator, set) = portal(Generation::Y2023).await;
    journey_with(&set, async |world| {
        let quan = world.person("quan");
        let puts = async |key: &str| {
            let out = link::Outgoing {
                system: link::dvcqg::SYSTEM,
                kind: link::dvcqg::DOSSIER,
                subject: "dossier:1".into(),
                key: key.into(),
                body: serde_json::json!({ "owner": "Nguyễn Thị Mẫu" }),
            };
            let mut tx = world.db().begin().await.unwrap();
            let id = link::put(&mut tx, out, world.program().now).await.unwrap();
            tx.commit().await.unwrap();
            world.name("message", id);
        };
        quan.opens("/quan-tri/ket-noi").await.says("Không có bản tin nào");
        puts("1").await;
        quan.opens("/quan-tri/ket-noi").await.says("Chờ gửi");
        world.tells().await;
        quan.opens("/quan-tri/ket-noi").await.says("Bị từ chối").says("Đang chặn các bản tin sau");
        let page = quan.opens("/quan-tri/ket-noi/{message}").await.says("Bị từ chối").hides("Nguyễn Thị Mẫu");
        page.form(&world.address("/quan-tri/ket-noi/{message}/gui-lai")).sent_by(&quan).await.goes_on();
        let stale = page.form(&world.address("/quan-tri/ket-noi/{message}/gui-lai"));
        stale.sent_by(&quan).await.is(422);
        world.tells().await;
        let skip = |reason: &'static str| {
            let page = page.form(&world.address("/quan-tri/ket-noi/{message}/bo-qua"));
            page.with("ly_do", reason)
        };
        skip("").sent_by(&quan).await.is(422);
        skip("Hồ sơ thử").sent_by(&quan).await.goes_on();
        quan.opens("/quan-tri/ket-noi").await.says("Đã bỏ qua").hides("Đang chặn các bản tin sau");
        assert_eq!((world.done("link.resent").await, world.done("link.passed-over").await), (1, 1));
        world.person("mai").goes("/quan-tri/ket-noi").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_of_the_portal_is_received_once_and_told_back() {
    const TOKEN: &str = "ma-cong-gui-ve-1234";
    let (simulator, mut set) = portal(Generation::Y2026).await;
    set.push(("dvcqg.incoming_token", TOKEN.to_owned()));
    journey_with(&set, async |world| {
        with_procedure(&world).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let push = Push {
            to: format!("http://{}", listener.local_addr().unwrap()),
            token: TOKEN.into(),
            id: format!("cong-{}", world.id("sct")),
            procedure: "1.005129".into(),
            unit: "H50.12".into(),
            owner: "Nguyễn Thị Cổng".into(),
            papers: vec!["don".into()],
        };
        let router = world.router();
        tokio::spawn(async move {
            axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>()).await
        });
        let pushed = async |change: &dyn Fn(&mut Push)| {
            let mut one = push.clone();
            change(&mut one);
            simulator.push(&one).await.unwrap()
        };
        let request = Request::post("/ket-noi/dvcqg/ho-so").body(Body::from("{}")).unwrap();
        assert_eq!(world.router().oneshot(request).await.unwrap().status().as_u16(), 401);
        assert_eq!(pushed(&|one| one.token = "ma-khac".into()).await.0, 401);
        let (status, said) = pushed(&|one| one.owner = String::new()).await;
        assert_eq!(
            (status, said["message"].as_str().is_some_and(|say| say.contains("ChuHoSo"))),
            (400, true),
            "{said}"
        );
        let (status, said) = pushed(&|one| one.procedure = "9.999999".into()).await;
        assert_eq!(status, 422, "{said}");
        // Sent three times, it is there once, under one code.
        let (status, said) = pushed(&|_| ()).await;
        assert_eq!((status, said["trangThai"].as_str()), (200, Some("1")), "{said}");
        let code = said["maHoSo"].as_str().unwrap().to_owned();
        for _ in 0..2 {
            assert_eq!(pushed(&|_| ()).await, (200, said.clone()));
        }
        assert_eq!(world.done("dossier.submitted").await, 1);
        let mai = world.person("mai");
        let page = mai.opens("/mot-cua?hop=cho-tiep-nhan").await.says(&code).says("Nguyễn Thị Cổng");
        world.name("dossier", page.link("/mot-cua/ho-so/").split('/').next_back().unwrap());
        mai.dossier().await.says("Nộp trên Cổng Dịch vụ công quốc gia").says("don.pdf");
        // What happens to it is told under the name that the portal has for it; it is never created there anew.
        world.tells().await;
        let taken = simulator.book().dossiers.get(&code).cloned().unwrap();
        assert_eq!((taken.id.as_str(), taken.status.as_str(), taken.created), (push.id.as_str(), "1", 1));
        let accept = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tiep-nhan"));
        accept.sent_by(&mai).await.goes_on();
        world.tells().await;
        assert_eq!(simulator.book().dossiers.get(&code).unwrap().status, "2", "{:?}", simulator.book().refused);
    })
    .await;
}

#[tokio::test]
async fn files_go_to_the_portal_before_the_dossier_that_names_them() {
    let (simulator, set) = portal(Generation::Y2026).await;
    journey_with(&set, async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Người Mẫu Có Tệp").attach("tep_don", "don.pdf", PDF);
        form.sent_by(&mai).await.goes_on();
        world.tells().await;
        let book = simulator.book();
        let id = book.files.values().next().expect("the file is there").clone();
        let bodies: Vec<String> = book.dossiers.values().map(|one| one.body.to_string()).collect();
        assert!(bodies.iter().any(|body| body.contains(&format!("\"IdGiayTo\":\"{id}\""))), "{bodies:?}");
    })
    .await;
}
