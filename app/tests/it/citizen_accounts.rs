//! Whoever has no VNeID: an account made at the counter, a link that works once, and in by number and password.

use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::page::Page;
use crate::person::Person;
use crate::world::{WORD, World, journey, journey_with};
use db::Sql;

const MAKE: &str = "/mot-cua/ho-so/{dossier}/tai-khoan";
const NUMBER: &str = "046085001234";
const LINK: &str = "/ho-so-cua-toi/dat-mat-khau";
/// Of every line, all that could tell whose it is.
const LINES: Sql = Sql {
    name: "LINES",
    room: "tests",
    text: "select who || ' ' || what || ' ' || about || ' ' || coalesce(before, '') || ' ' || coalesce(after, '') from journal",
};

impl Person {
    /// Makes an account for the owner of the dossier, and gives its link.
    pub async fn makes_account(&self) -> String {
        let form = self.opens(MAKE).await.form(&self.world.address(MAKE)).ticks("da_doi_chieu", "1");
        form.sent_by(self).await.is(200).says("dùng được một lần").between("http://cuaviet.test", "<")
    }

    pub async fn chooses(&self, link: &str, number: &str, password: &str, again: &str) -> Page {
        let form = self.opens(link).await.form(LINK);
        form.filled(&[("so_dinh_danh", number), ("mat_khau_moi", password), ("mat_khau_lap", again)])
            .sent_by(self)
            .await
    }

    pub async fn comes_in(&self, number: &str, password: &str) -> Page {
        let form = self.opens("/ho-so-cua-toi").await.form("/ho-so-cua-toi/vao");
        form.filled(&[("so_dinh_danh", number), ("mat_khau", password)]).sent_by(self).await
    }
}

/// A dossier of a person, and its code.
async fn taken_in(world: &World) -> String {
    with_procedure(world).await;
    let mai = world.person("mai");
    mai.takes_in("Nguyễn Văn Mẫu Hùng").await.goes_on();
    let code = mai.dossier().await.between("<h1>", "</h1>");
    world.name("code", &code);
    code
}

#[tokio::test]
async fn whoever_has_no_vneid_comes_in_by_an_account_of_the_counter() {
    journey(async |world| {
        let code = taken_in(&world).await;
        let mai = world.person("mai");
        mai.dossier().await.says("Tài khoản cho chủ hồ sơ");
        let page = mai.opens(MAKE).await.says("Chưa có");
        page.form(&world.address(MAKE)).sent_by(&mai).await.refuses("Đối chiếu giấy tờ tùy thân");
        let link = mai.makes_account().await;
        assert!(link.starts_with(&format!("{LINK}?ma=")) && !link.contains(NUMBER), "{link}");
        mai.opens(MAKE).await.says("chờ chủ hồ sơ mở liên kết");

        let citizen = world.stranger();
        citizen.opens(&link).await.hides(NUMBER).hides("Mẫu Hùng");
        citizen.chooses(&link, "", "ngắn", "").await.refuses("Nhập số định danh").says("ít nhất 10 ký tự");
        citizen.chooses(&link, NUMBER, WORD, "khác").await.refuses("chưa giống nhau");
        let own = format!("so cua toi {NUMBER}");
        citizen.chooses(&link, NUMBER, &own, &own).await.refuses("không được chứa số định danh");
        citizen.chooses(&link, "046085009999", WORD, WORD).await.refuses("không đúng với liên kết này");
        citizen.chooses(&link, "046 085 001 234", WORD, WORD).await.leads("/ho-so-cua-toi");
        citizen.goes(&link).await.is(410).says("đã dùng hoặc đã quá 48 giờ");

        let again = citizen.comes_in(NUMBER, "câu nào đó dài").await.refuses("Số định danh hoặc mật khẩu không đúng.");
        let form = again.form("/ho-so-cua-toi/vao");
        assert_eq!((form.value("so_dinh_danh"), form.value("mat_khau")), (NUMBER, ""));
        citizen.comes_in(NUMBER, WORD).await.leads("/ho-so-cua-toi");
        // The very same as by VNeID: the dossiers without their secret, and what is known filled in.
        citizen.opens("/ho-so-cua-toi").await.says(&code).says("…\u{2060}1234").hides(NUMBER);
        citizen.opens("/tra-cuu/{code}").await.says("Nguyễn V. M. H.");
        citizen.begins_online("cap-lai").await;
        let page = citizen.opens("/nop-ho-so/{draft}/nguoi-nop").await;
        assert_eq!(page.form(&world.address("/nop-ho-so/{draft}/nguoi-nop")).value("so_dinh_danh"), NUMBER);
        world.stranger().goes("/tra-cuu/{code}").await.leads("/tra-cuu?ma=");

        for (what, lines) in [
            ("citizen.account-made", 1),
            ("citizen.sign-in-failed", 2),
            ("citizen.password-set", 1),
            ("citizen.signed-in", 1),
        ] {
            assert_eq!(world.done(what).await, lines, "{what}");
        }
        let told: Vec<String> = world.db().read().await.unwrap().list(LINES, &[], |row| row.pull()).await.unwrap();
        let of_citizens: Vec<&String> = told.iter().filter(|line| line.contains("citizen.")).collect();
        let personal = [NUMBER, "Mẫu Hùng", &people::sha256(NUMBER)];
        assert!(of_citizens.iter().all(|line| personal.iter().all(|word| !line.contains(word))), "{of_citizens:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_before_a_password_is_chosen_locks_nobody_out() {
    journey(async |world| {
        taken_in(&world).await;
        let link = world.person("mai").makes_account().await;
        for _ in 0..6 {
            world.stranger().comes_in(NUMBER, "câu nào đó dài").await.refuses("Số định danh hoặc mật khẩu không đúng.");
        }
        world.stranger().chooses(&link, NUMBER, WORD, WORD).await.leads("/ho-so-cua-toi");
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_at_the_counter_and_whoever_was_in_is_out() {
    journey(async |world| {
        let code = taken_in(&world).await;
        let mai = world.person("mai");
        let first = mai.makes_account().await;
        let citizen = world.stranger();
        citizen.chooses(&first, NUMBER, WORD, WORD).await.goes_on();
        citizen.comes_in(NUMBER, WORD).await.leads("/ho-so-cua-toi");
        mai.opens(MAKE).await.says("Đã có, đang dùng").says("mật khẩu cũ và liên kết cũ không dùng được nữa");
        let second = mai.makes_account().await;
        citizen.opens("/ho-so-cua-toi").await.hides(&code);
        citizen.goes("/tra-cuu/{code}").await.leads("/tra-cuu?ma=");
        citizen.comes_in(NUMBER, WORD).await.refuses("Số định danh hoặc mật khẩu không đúng.");
        // A third link stands for the second.
        let third = mai.makes_account().await;
        citizen.goes(&second).await.is(410);
        citizen.chooses(&third, NUMBER, "câu mới dễ nhớ hơn", "câu mới dễ nhớ hơn").await.goes_on();
        citizen.comes_in(NUMBER, "câu mới dễ nhớ hơn").await.leads("/ho-so-cua-toi");
        citizen.opens("/ho-so-cua-toi").await.says(&code);
        assert_eq!((world.done("citizen.account-made").await, world.done("citizen.account-renewed").await), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_link_that_nobody_opens_is_of_no_use_after_two_days() {
    journey(async |world| {
        taken_in(&world).await;
        let link = world.person("mai").makes_account().await;
        let citizen = world.stranger();
        world.waits(47 * 3600);
        citizen.opens(&link).await;
        world.waits(2 * 3600);
        citizen.goes(&link).await.is(410);
        let page = world.person("mai").opens(MAKE).await;
        page.says("Liên kết đã quá hạn mà chưa đặt mật khẩu");
    })
    .await;
}

#[tokio::test]
async fn five_wrong_passwords_lock_and_nobody_learns_who_has_an_account() {
    journey(async |world| {
        taken_in(&world).await;
        let link = world.person("mai").makes_account().await;
        let citizen = world.stranger();
        citizen.chooses(&link, NUMBER, WORD, WORD).await.goes_on();
        let unknown = citizen.comes_in("046085007777", "câu nào đó dài").await.is(422).text();
        for _ in 0..5 {
            let wrong = citizen.comes_in(NUMBER, "câu nào đó dài").await.is(422).text();
            assert_eq!(wrong.replace(NUMBER, ""), unknown.replace("046085007777", ""));
        }
        citizen.comes_in(NUMBER, WORD).await.refuses("Số định danh hoặc mật khẩu không đúng.");
        assert_eq!((world.done("citizen.locked").await, world.done("citizen.sign-in-failed").await), (1, 4));
        world.waits(15 * 60 + 1);
        citizen.comes_in(NUMBER, WORD).await.leads("/ho-so-cua-toi");
        // Guessing whose a link is locks as well.
        let link = world.person("mai").makes_account().await;
        for _ in 0..5 {
            citizen.chooses(&link, "046085007777", WORD, WORD).await.refuses("không đúng với liên kết này");
        }
        citizen.chooses(&link, NUMBER, WORD, WORD).await.refuses("không đúng với liên kết này");
        world.waits(15 * 60 + 1);
        citizen.chooses(&link, NUMBER, WORD, WORD).await.leads("/ho-so-cua-toi");
    })
    .await;
}

#[tokio::test]
async fn only_a_clerk_of_the_counter_makes_accounts_and_only_for_persons() {
    journey(async |world| {
        taken_in(&world).await;
        let ticked = [("da_doi_chieu", "1")];
        // A head sees the dossier and is no clerk; another agency's clerk is told that there is no such dossier.
        world.person("nam").goes(MAKE).await.is(403);
        world.person("nam").sends(MAKE, &ticked).await.is(403);
        world.person("tam").goes(MAKE).await.is(404);
        world.person("tam").sends(MAKE, &ticked).await.is(404);
        let mai = world.person("mai");
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("loai", "organisation").with("ten", "Công ty Mẫu");
        let form = form.with("so_dinh_danh", "3200123456").attach("tep_don", "don.pdf", crate::deeds::PDF);
        let place = form.sent_by(&mai).await.goes_on().place();
        world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
        mai.dossier().await.hides("Tài khoản cho chủ hồ sơ");
        mai.sends(MAKE, &ticked).await.refuses("cá nhân có số định danh 12 chữ số");
        assert_eq!(world.done("citizen.account-made").await, 0);
    })
    .await;
}

const TOLD: Sql = Sql {
    name: "TOLD",
    room: "tests",
    text: "select coalesce(address, '') || ': ' || body from notice where template = 'citizen.account-renewed'",
};

#[tokio::test]
async fn the_owner_of_an_account_is_told_that_it_was_made_anew() {
    let texts = [("sms.url", "http://127.0.0.1:9/tin-nhan".to_owned()), ("sms.token", "khoa-thu".to_owned())];
    journey_with(&texts, async |world| {
        let told = async || -> Vec<String> {
            world.db().read().await.unwrap().list(TOLD, &[], |row| row.pull()).await.unwrap()
        };
        with_procedure(&world).await;
        let mai = world.person("mai");
        // Somebody stands at the counter with the same number, and another telephone.
        for phone in ["0905123456", "0911222333"] {
            let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
            let form = page.form("/mot-cua/tiep-nhan").with("ten", "Nguyễn Văn Mẫu Hùng").with("so_dinh_danh", NUMBER);
            let form = form.with("dien_thoai", phone).attach("tep_don", "don.pdf", PDF);
            let place = form.sent_by(&mai).await.goes_on().place();
            world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
            assert_eq!(told().await.len(), 0, "whoever stands at the counter knows of the first");
            mai.makes_account().await;
        }
        let told = told().await;
        let [one] = &told[..] else { panic!("{told:?}") };
        assert!(one.starts_with("0905123456: ") && one.contains("vừa cấp lại tài khoản"), "{one}");
        assert!(!one.contains(NUMBER) && !one.contains("Mẫu Hùng"), "nothing personal goes out");
    })
    .await;
}
