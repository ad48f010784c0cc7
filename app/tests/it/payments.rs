//! A fee paid online: asked for, paid at the gateway, told by it, and given back where it came once too often.

use crate::counter::with_procedure;
use crate::world::{World, journey_with};
use axum::body::Body;
use axum::http::Request;
use link::simulator::Manners;
use link::simulator::payment::{Deed, SAMPLE_SECRET, Simulator};
use serde_json::Value;
use tokio::net::TcpListener;
use tower::ServiceExt;

async fn gateway() -> (Simulator, Vec<(&'static str, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let simulator = Simulator::new(SAMPLE_SECRET, Manners::default());
    tokio::spawn(simulator.clone().serve(listener));
    let set = [
        ("payment.address", address),
        ("payment.unit", "000.00.12.H50".to_owned()),
        ("payment.secret", SAMPLE_SECRET.to_owned()),
    ];
    (simulator, set.to_vec())
}

/// What the gateway calls back, and the status that it is answered.
async fn calls_back(world: &World, notice: &Value) -> u16 {
    let request = Request::post("/thanh-toan/thong-bao").body(Body::from(notice.to_string())).unwrap();
    world.router().oneshot(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_fee_is_paid_online_once_and_what_comes_too_much_goes_back() {
    let (simulator, set) = gateway().await;
    let (portal, and) = crate::portal::portal(link::dvcqg::Generation::Y2023).await;
    journey_with(&[set, and].concat(), async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let citizen = world.stranger();
        citizen.begins_online("cap-moi").await;
        citizen.fills_the_rest("Nguyễn Văn Mẫu").await;
        citizen.sends_it().await;
        const HERE: &str = "/tra-cuu/{code}";
        const PAY: &str = "/tra-cuu/{code}/nop-phi";
        let page = citizen.opens(HERE).await.says("1.200.000 đồng, chưa nộp");
        page.form(&world.address(PAY)).sent_by(&citizen).await.goes_on();
        let page = citizen.opens(HERE).await.says("Đến trang thanh toán");
        let code = page.link("http://").split('/').next_back().unwrap().to_owned();
        let order = simulator.order(&code).expect("the gateway knows the asking");
        assert_eq!(order.asked["SoTien"], "1200000");
        // Not signed by the gateway: nothing is believed.
        let paid = simulator.act(&code, Deed::Twice);
        let mut forged = paid[0].clone();
        forged["SoTien"] = "1".into();
        assert_eq!(calls_back(&world, &forged).await, 401);
        citizen.opens(HERE).await.says("chưa nộp");
        // Told twice of one receipt, and of a second one: the fee is paid once, the second goes back.
        for notice in [&paid[0], &paid[0], &paid[1]] {
            assert_eq!(calls_back(&world, notice).await, 200);
        }
        citizen
            .opens(HERE)
            .await
            .says("1.200.000 đồng, đã nộp")
            .says("Nộp phí trực tuyến")
            .hides("Đến trang thanh toán");
        // The portal hears of the money at once, while nobody has done anything yet.
        world.tells().await;
        let number = world.address("{code}");
        let told = || portal.book().dossiers.get(&number).map(|one| one.body["DuocThanhToanTrucTuyen"].clone());
        assert_eq!(told(), Some("1".into()));
        citizen.sends(PAY, &[("phi", "00000000-0000-0000-0000-000000000000")]).await.is(404);
        assert_eq!(world.done("dossier.fee-paid").await, 1);
        let quan = world.person("quan");
        let page = quan.opens("/quan-tri/thanh-toan?tinh_trang=phai-hoan").await.says("Phải hoàn lại");
        page.hides("Nguyễn Văn Mẫu");
        let page = quan.opens("/quan-tri/thanh-toan").await;
        world.name("payment", page.between("action=\"/quan-tri/thanh-toan/", "/hoan"));
        const BACK: &str = "/quan-tri/thanh-toan/{payment}/hoan";
        page.form(&world.address(BACK)).sent_by(&quan).await.is(422);
        page.form(&world.address(BACK)).with("ly_do", "Nộp hai lần").sent_by(&quan).await.goes_on();
        quan.opens("/quan-tri/thanh-toan").await.says("Đã yêu cầu hoàn");
        world.tells().await;
        assert_eq!(simulator.order(&code).unwrap().refunds.len(), 1);
        world.person("mai").goes("/quan-tri/thanh-toan").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn money_for_a_fee_that_was_taken_at_the_counter_goes_back() {
    let (simulator, set) = gateway().await;
    journey_with(&set, async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let (citizen, mai) = (world.stranger(), world.person("mai"));
        citizen.begins_online("cap-moi").await;
        citizen.fills_the_rest("Nguyễn Văn Mẫu").await;
        citizen.sends_it().await;
        let page = citizen.opens("/tra-cuu/{code}").await;
        page.form(&world.address("/tra-cuu/{code}/nop-phi")).sent_by(&citizen).await.goes_on();
        let code = citizen.opens("/tra-cuu/{code}").await.link("http://").split('/').next_back().unwrap().to_owned();
        let link = mai.opens("/mot-cua?hop=cho-tiep-nhan").await.link("/mot-cua/ho-so/");
        world.name("dossier", link.split('/').next_back().unwrap());
        mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phi")).sent_by(&mai).await.goes_on();
        for notice in simulator.act(&code, Deed::Pay) {
            assert_eq!(calls_back(&world, &notice).await, 200);
        }
        assert_eq!(world.done("dossier.fee-paid").await, 1);
        let page = world.person("quan").opens("/quan-tri/thanh-toan").await;
        page.says("Phải hoàn lại").says("đã thu ở quầy");
    })
    .await;
}
