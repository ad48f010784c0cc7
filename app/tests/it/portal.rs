//! What the national portal hears of a dossier, from its simulator's side, and what an administrator does about a message
//! that it refused.

use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::world::journey_with;
use link::dvcqg::Generation;
use link::simulator::Manners;
use link::simulator::dvcqg::Simulator;
use tokio::net::TcpListener;

async fn portal(generation: Generation) -> (Simulator, Vec<(&'static str, String)>) {
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
