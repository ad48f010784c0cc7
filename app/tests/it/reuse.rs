//! Papers that the agency has already: taken over from an earlier dossier of the same owner, and of nobody else.

use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::person::Person;
use crate::world::{WORD, World, journey};

const REUSE: &str = "/mot-cua/ho-so/{dossier}/dung-lai";

#[tokio::test]
async fn a_paper_that_is_held_is_not_handed_in_again() {
    journey(async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        // Nothing to take over: its paper is here, and there is no other dossier.
        let first = mai.dossier().await.hides("Dùng lại");
        let code = first.between("<h1>", "</h1>");
        // The second time she has only paper before her; the scan is there already.
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Công ty TNHH Mẫu An Phát");
        let done = form.with("so_dinh_danh", "046085001234").sent_by(&mai).await.goes_on();
        let place = done.place();
        world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
        let page = mai.dossier().await.says(&format!("đã có trong hồ sơ {code}"));
        let form = page.form(&world.address(REUSE));
        // A file of another record is not found, whoever asks.
        let other = form.clone().with("tep", "00000000-0000-0000-0000-000000000000");
        other.sent_by(&mai).await.is(404);
        // Nor may another agency take it over.
        let (version, file) = (form.value("version").to_owned(), form.value("tep").to_owned());
        let sent = [("version", version.as_str()), ("giay", "don"), ("tep", file.as_str())];
        world.person("tam").sends(REUSE, &sent).await.is(404);
        form.sent_by(&mai).await.goes_on();
        let page =
            mai.dossier().await.says(&format!("Dùng lại từ hồ sơ {code}")).says("don.pdf").hides("đã có trong hồ sơ");
        let file = mai.opens(&page.link(&world.address("/mot-cua/ho-so/{dossier}/tep/"))).await;
        assert_eq!(file.bytes, PDF);
        // Somebody of the same name and another number has nothing of hers.
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Công ty TNHH Mẫu An Phát");
        let done = form.with("so_dinh_danh", "046085009999").sent_by(&mai).await.goes_on();
        mai.opens(&done.place()).await.hides("đã có trong hồ sơ");
    })
    .await;
}

const PAPER: &str = "/nop-ho-so/{draft}/giay-to/don";
const USE: &str = "/nop-ho-so/{draft}/dung-giay-da-co";
const NUMBER: &str = "046085001234";

impl Person {
    /// Begins a dossier online for this number.
    async fn begins_for(&self, number: &str) {
        self.begins_online("cap-lai").await;
        self.says_whose(number).await;
    }

    async fn says_whose(&self, number: &str) {
        let door = "/nop-ho-so/{draft}/nguoi-nop";
        let form = self.opens(door).await.form(&self.world.address(door));
        let boxes = [("ten", "Nguyễn Văn Mẫu Hùng"), ("so_dinh_danh", number), ("dien_thoai", "0905123456")];
        form.filled(&boxes).sent_by(self).await.goes_on();
    }
}

/// A citizen who is signed in, whose application (`don`) the department has; the code of the dossier that it is in.
async fn known_citizen(world: &World) -> (Person, String) {
    with_procedure(world).await;
    let mai = world.person("mai");
    mai.takes_in("Nguyễn Văn Mẫu Hùng").await.goes_on();
    let code = mai.dossier().await.between("<h1>", "</h1>");
    let link = mai.makes_account().await;
    let citizen = world.stranger();
    citizen.chooses(&link, NUMBER, WORD, WORD).await.goes_on();
    citizen.comes_in(NUMBER, WORD).await.leads("/ho-so-cua-toi");
    (citizen, code)
}

#[tokio::test]
async fn a_citizen_who_is_known_uses_what_the_agency_holds() {
    journey(async |world| {
        let (citizen, code) = known_citizen(&world).await;
        citizen.begins_for(NUMBER).await;
        let page = citizen.opens(PAPER).await.says("Bạn không phải nộp lại").says(&code).says("don.pdf");
        assert_eq!(world.done("dossier.held-read").await, 1);
        let take = page.form(&world.address(USE));
        take.clone().with("giay", "dkkd").sent_by(&citizen).await.is(404);
        take.clone().sent_by(&citizen).await.goes_on();
        // Pressed again in another window, it is there once.
        take.sent_by(&citizen).await.goes_on();
        let page = citizen.opens(PAPER).await.says(&format!("(từ hồ sơ {code})")).hides("Bạn không phải nộp lại");
        assert_eq!((world.done("dossier.paper-reused").await, world.done("dossier.held-read").await), (1, 1));
        // Dropped and used again.
        page.form(&world.address("/nop-ho-so/{draft}/bo-tep")).sent_by(&citizen).await.goes_on();
        let page = citizen.opens(PAPER).await.says("Bạn không phải nộp lại");
        page.form(&world.address(USE)).sent_by(&citizen).await.goes_on();
        let form = citizen.opens("/nop-ho-so/{draft}/giay-to/dkkd").await.hides("Bạn không phải nộp lại");
        let form = form.form(&world.address("/nop-ho-so/{draft}/giay-to/dkkd")).attach("tep", "dkkd.pdf", PDF);
        form.sent_by(&citizen).await.goes_on();
        let back = "/nop-ho-so/{draft}/nhan-ket-qua";
        let form = citizen.opens(back).await.form(&world.address(back)).with("tra", "online");
        form.sent_by(&citizen).await.goes_on();
        citizen.sends_it().await;
        // In the office it stands as what a clerk takes over; its file is there.
        let mai = world.person("mai");
        let inbox = mai.opens("/mot-cua?hop=cho-tiep-nhan").await;
        world.name("dossier", inbox.link("/mot-cua/ho-so/").split('/').next_back().unwrap());
        let page = mai.dossier().await.says(&format!("Dùng lại từ hồ sơ {code}"));
        let file = mai.opens(&page.link(&world.address("/mot-cua/ho-so/{dossier}/tep/"))).await;
        assert_eq!(file.bytes, PDF);
        // What nobody has received yet is not held: anybody can hand in under a number.
        citizen.begins_for(NUMBER).await;
        citizen.opens(PAPER).await.says(&format!("Trong hồ sơ {code}"));
    })
    .await;
}

#[tokio::test]
async fn what_is_held_is_offered_to_nobody_else_and_for_nobody_else() {
    journey(async |world| {
        let (citizen, _) = known_citizen(&world).await;
        // Whoever only types the number is offered nothing.
        let other = world.stranger();
        other.begins_for(NUMBER).await;
        let page = other.opens(PAPER).await.hides("Bạn không phải nộp lại");
        let csrf = page.form(&world.address(PAPER)).value("csrf").to_owned();
        let asked = vec![("csrf".to_owned(), csrf), ("giay".to_owned(), "don".to_owned())];
        other.posts(USE, &asked, &Default::default()).await.is(404);
        // Whoever is signed in, for somebody else, neither; and what was taken leaves a draft that becomes another's.
        citizen.begins_for(NUMBER).await;
        citizen.opens(PAPER).await.form(&world.address(USE)).sent_by(&citizen).await.goes_on();
        citizen.says_whose("046190005678").await;
        citizen.opens(PAPER).await.hides("don.pdf").hides("Bạn không phải nộp lại");
        citizen.says_whose(NUMBER).await;
        citizen.opens(PAPER).await.says("Bạn không phải nộp lại");
        // What the office found at fault is not held up as good.
        let mai = world.person("mai");
        let form = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tham-dinh"));
        let form = form.with("dat_don", "0").with("loi_don", "Thiếu chữ ký");
        form.sent_by(&mai).await.goes_on();
        citizen.opens(PAPER).await.hides("Bạn không phải nộp lại");
    })
    .await;
}

#[tokio::test]
async fn what_is_held_of_one_is_not_taken_over_for_another() {
    journey(async |world| {
        let (citizen, code) = known_citizen(&world).await;
        let mai = world.person("mai");
        for (number, theirs) in [("046190005678", false), (NUMBER, true)] {
            citizen.begins_for(NUMBER).await;
            citizen.opens(PAPER).await.form(&world.address(USE)).sent_by(&citizen).await.goes_on();
            let page = citizen.opens("/nop-ho-so/{draft}").await;
            let draft = page.between("<p>Mã nháp <strong>", "</strong>").replace(' ', "");
            // The clerk finishes it at the counter: the application lies before her, and whose it is she may correct.
            let page = mai.opens(&format!("/mot-cua/tiep-nhan?nhap={draft}")).await;
            let form = page.form("/mot-cua/tiep-nhan").with("so_dinh_danh", number).ticks("giay_don", "1");
            let done = form.ticks("giay_dkkd", "1").sent_by(&mai).await.goes_on();
            let page = mai.opens(&done.place()).await;
            match theirs {
                true => page.says(&format!("Dùng lại từ hồ sơ {code}")).says("don.pdf"),
                false => page.hides("Dùng lại từ hồ sơ").hides("don.pdf"),
            };
        }
    })
    .await;
}
