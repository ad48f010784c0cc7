//! What people are told: owners of dossiers by e-mail, staff in their page, administrators of what did not go out.

use crate::counter::with_procedure;
use crate::world::journey_with;
use notice::postbox::{self, Received};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A mail server that keeps what it receives, and the settings that lead to it.
async fn mail_server() -> (Arc<Mutex<Vec<Received>>>, Vec<(&'static str, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters: Arc<Mutex<Vec<Received>>> = Arc::default();
    let kept = letters.clone();
    tokio::spawn(postbox::serve(listener, move |letter| kept.lock().unwrap().push(letter)));
    let set = [
        ("smtp.host", "127.0.0.1".to_owned()),
        ("smtp.port", port.to_string()),
        ("smtp.security", "none".to_owned()),
        ("smtp.from", "Một cửa Mẫu <mot-cua@quangtri.example>".to_owned()),
    ];
    (letters, set.to_vec())
}

#[tokio::test]
async fn an_owner_is_told_by_mail_and_staff_in_their_page() {
    let (letters, set) = mail_server().await;
    journey_with(&set, async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let (mai, nam, binh) = (world.person("mai"), world.person("nam"), world.person("binh"));
        let takes_in = async |mail: &str| {
            let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
            let form = page.form("/mot-cua/tiep-nhan").with("ten", "Nguyễn Thị Mẫu").with("thu", mail);
            let place = form.sent_by(&mai).await.goes_on().place();
            world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
        };
        takes_in("nguoi-mau@example.vn").await;
        world.works().await;
        let letter = letters.lock().unwrap().pop().expect("a letter");
        assert_eq!(letter.to, ["nguoi-mau@example.vn"]);
        assert_eq!(letter.header("Subject"), "Đã tiếp nhận hồ sơ sct-20261125-0000001");
        // Received on the 25th before three o'clock, five working days: the day of the receipt is not counted.
        assert!(letter.body.contains("02/12/2026"), "{}", letter.body);
        assert!(letter.body.contains("http://cuaviet.test/tra-cuu/sct-20261125-0000001"), "{}", letter.body);
        assert!(!letter.body.contains("Nguyễn"), "no name leaves the house: {}", letter.body);
        // What moves inside the office is not the owner's news.
        mai.moves("0|", "").await.goes_on();
        nam.moves("0|", "").await.goes_on();
        world.turns_to("2026-11-26");
        world.works().await;
        assert_eq!(letters.lock().unwrap().len(), 0);
        binh.opens("/mot-cua").await.hides("chưa đọc");
        let give = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("binh")).sent_by(&nam).await.goes_on();
        let page = binh.opens("/thong-bao").await.says("1 chưa đọc").says("Bạn được giao hồ sơ sct-20261125-0000001");
        page.form_of_one("/thong-bao/").sent_by(&binh).await.leads(&world.address("/mot-cua/ho-so/{dossier}"));
        binh.opens("/thong-bao").await.hides("chưa đọc").hides("Đánh dấu đã đọc tất cả");
        // Another's notice is not there, and one may read all of one's own at once.
        nam.opens("/thong-bao").await.says("Chưa có thông báo nào.");
        let back = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        back.with("giao_cho", "").sent_by(&nam).await.goes_on();
        let give = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("binh")).sent_by(&nam).await.goes_on();
        let all = binh.opens("/thong-bao").await.form("/thong-bao/da-doc").sent_by(&binh).await.goes_on();
        assert_eq!(all.place(), "/thong-bao");
        binh.opens("/thong-bao").await.hides("chưa đọc");
        // A letter that the server refuses for good is told to the administrator, its address in part.
        world.turns_to("2026-11-27");
        takes_in("tu-choi@example.vn").await;
        world.works().await;
        let quan = world.person("quan");
        let page = quan.opens("/quan-tri/tin-gui").await.says("tu•••@example.vn").hides("tu-choi@example.vn");
        world.name("notice", page.between("action=\"/quan-tri/tin-gui/", "/gui-lai"));
        quan.sends("/quan-tri/tin-gui/{notice}/gui-lai", &[]).await.goes_on();
        assert_eq!(world.done("notice.resent").await, 1);
        quan.opens("/quan-tri/tin-gui").await.says("Không có thư, tin nhắn nào gửi không được.");
        binh.goes("/quan-tri/tin-gui").await.is(403);
        // The morning after it was due, and the next: told once of the dossier, each day how much there is.
        for day in ["2026-12-03", "2026-12-04"] {
            world.turns_to(day);
            world.works().await;
        }
        let page = binh.opens("/thong-bao").await.says("Hồ sơ sct-20261125-0000001 đã quá hạn");
        assert_eq!(page.text().matches("Chưa đọc").count(), 1, "told once: {}", page.text());
        let letters: Vec<Received> = std::mem::take(&mut *letters.lock().unwrap());
        let digest = letters.iter().find(|letter| letter.to == ["binh@quangtri.example"]).expect("a digest");
        assert_eq!(digest.header("Subject"), "Việc ngày 03/12/2026: 1 hồ sơ quá hạn");
    })
    .await;
}
