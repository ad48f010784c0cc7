//! In and out: signing in, hats, passwords by a link, the first start; and what is one's own.

use crate::person::Person;
use crate::program::Program;
use crate::world::{WORD, World, day, journey};
use people::{NewGrant, Purpose, Role};

/// Gives a person of the world its password.
async fn has_word(world: &World, login: &str) {
    let mut tx = world.db().begin().await.unwrap();
    let account = people::account_by_login(&mut tx, login).await.unwrap().unwrap();
    people::set_password(&mut tx, &world.program(), account.id, WORD, false).await.unwrap();
    tx.commit().await.unwrap();
}

async fn signs_in(person: &Person, login: &str, word: &str) -> crate::page::Page {
    let page = person.opens("/dang-nhap?ve=%2Fchi-so").await;
    page.form("/dang-nhap").filled(&[("login", login), ("mat_khau", word)]).sent_by(person).await
}

#[tokio::test]
async fn a_person_signs_in_changes_hats_and_signs_out() {
    journey(async |world| {
        has_word(&world, "lan").await;
        let scope = world.program();
        let mut tx = world.db().begin().await.unwrap();
        let new = NewGrant {
            account: world.id("lan").parse().unwrap(),
            unit: world.id("snv").parse().unwrap(),
            role: Role::Viewer,
            from: day("2020-01-01"),
            to: None,
            note: String::new(),
        };
        people::grant(&mut tx, &scope, new).await.unwrap();
        tx.commit().await.unwrap();

        let lan = world.stranger();
        lan.goes("/chi-so").await.leads("/dang-nhap?ve=%2Fchi%2Dso");
        let again = signs_in(&lan, "lan", "sai").await.refuses("Tên đăng nhập hoặc mật khẩu không đúng");
        assert_eq!((again.form("/dang-nhap").value("login"), again.form("/dang-nhap").value("mat_khau")), ("lan", ""));
        signs_in(&lan, "Lan", WORD).await.leads("/chi-so");
        lan.goes("/dang-nhap").await.leads("/");
        // The hat decides whose card it is.
        lan.opens("/chi-so/dot/{round}/phieu/{sct}").await;
        lan.goes("/chi-so/dot/{round}/phieu/{snv}").await.is(403);
        let page = lan.opens("/").await;
        let csrf = page.between("name=\"csrf\" value=\"", "\"");
        let hat = |unit: &str| vec![("csrf".to_owned(), csrf.clone()), ("hat".to_owned(), world.id(unit))];
        lan.posts("/vai-tro", &hat("snv"), &Default::default()).await.leads("/");
        lan.opens("/chi-so/dot/{round}/phieu/{snv}").await.says("Phiếu đang chấm");
        lan.goes("/chi-so/dot/{round}/phieu/{sct}").await.is(403);
        lan.posts("/vai-tro", &hat("vp"), &Default::default()).await.forbids("Bạn không có vai trò nào tại đơn vị này");
        lan.opens("/tai-khoan").await.form("/dang-xuat").sent_by(&lan).await.leads("/dang-nhap");
        lan.goes("/chi-so").await.leads("/dang-nhap");
        assert_eq!(world.done("account.signed-out").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    journey(async |world| {
        let stranger = world.stranger();
        let form = vec![("login".to_owned(), "lan".to_owned()), ("mat_khau".to_owned(), WORD.to_owned())];
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("origin", "https://la.example".parse().unwrap());
        stranger.posts("/dang-nhap", &form, &headers).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_password_is_set_by_a_link_that_works_once() {
    journey(async |world| {
        let quan = world.person("quan");
        quan.goes("/.well-known/change-password").await.is(302);
        let made = quan.sends("/quan-tri/nguoi-dung/{lan}/lien-ket", &[]).await.is(200);
        let link = made.between("http://cuaviet.test", "<");
        assert!(link.starts_with("/dat-mat-khau?ma="), "{link}");
        let lan = world.stranger();
        let form = lan.opens(&link).await.says("lan").form("/dat-mat-khau");
        form.clone()
            .filled(&[("mat_khau_moi", "ngắn"), ("mat_khau_lap", "ngắn")])
            .sent_by(&lan)
            .await
            .refuses("ít nhất 10 ký tự");
        form.filled(&[("mat_khau_moi", WORD), ("mat_khau_lap", WORD)]).sent_by(&lan).await.leads("/dang-nhap");
        lan.goes(&link).await.is(410);
        signs_in(&lan, "lan", WORD).await.leads("/chi-so");
        let form = lan.opens("/tai-khoan/mat-khau").await.form("/tai-khoan/mat-khau");
        form.filled(&[("mat_khau_cu", WORD), ("mat_khau_moi", "câu mới dễ nhớ hơn"), ("mat_khau_lap", "khác")])
            .sent_by(&lan)
            .await
            .refuses("chưa giống nhau");
    })
    .await;
}

#[tokio::test]
async fn the_first_administrator_comes_in_by_the_link_of_the_first_start() {
    for db in db::testing::both().await {
        let world = World::empty(db);
        let mut tx = world.db().begin().await.unwrap();
        let link = people::make_link(&mut tx, &world.program(), Purpose::Setup, None).await.unwrap();
        tx.commit().await.unwrap();
        let first = world.stranger();
        first.goes("/thiet-lap?ma=sai").await.is(410);
        let form = first.opens(&format!("/thiet-lap?ma={link}")).await.form("/thiet-lap");
        let form = form.filled(&[
            ("don_vi", "Tỉnh Quảng Trị"),
            ("name", "Hoàng Văn Quản"),
            ("login", "quan"),
            ("mat_khau_moi", WORD),
            ("mat_khau_lap", WORD),
        ]);
        form.sent_by(&first).await.leads("/tai-khoan/hai-lop");
        // Without a second factor an administrator goes nowhere else.
        first.goes("/chi-so").await.leads("/tai-khoan/hai-lop");
        first
            .opens("/tai-khoan/hai-lop")
            .await
            .form("/tai-khoan/hai-lop")
            .with("ma", "000000")
            .sent_by(&first)
            .await
            .refuses("Mã không đúng");
        world.stranger().goes(&format!("/thiet-lap?ma={link}")).await.is(410);
        assert!(journal::verify(world.db()).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn sign_in_by_oidc_is_not_there_until_it_is_configured() {
    journey(async |world| {
        world.stranger().goes("/dang-nhap/oidc").await.is(404);
        world.stranger().goes("/dang-nhap/oidc/xong").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn ones_own_account_sessions_loans_and_keys() {
    journey(async |world| {
        let (minh, lan) = (world.person("minh"), world.person("lan"));
        for page in [
            "/tai-khoan",
            "/tai-khoan/phien",
            "/tai-khoan/mat-khau",
            "/tai-khoan/hai-lop",
            "/tai-khoan/uy-quyen",
            "/tai-khoan/khoa",
        ] {
            minh.opens(page).await;
        }
        minh.sends("/tai-khoan/phien", &[("phien", "khac")]).await.goes_on();
        // The head is away: a colleague sends the card for these days, and no longer.
        world.sct_answers().await;
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/gui", &[]).await.is(403);
        let loan = minh.opens("/tai-khoan/uy-quyen").await.form("/tai-khoan/uy-quyen");
        let loan = loan.filled(&[
            ("role", "head"),
            ("account", &world.id("lan")),
            ("from", "24/11/2026"),
            ("to", "26/11/2026"),
        ]);
        loan.sent_by(&minh).await.goes_on();
        lan.opens("/chi-so/dot/{round}/phieu/{sct}/gui").await.says("Gửi phiếu tự chấm");
        minh.opens("/tai-khoan/uy-quyen")
            .await
            .form("/tai-khoan/uy-quyen/ket-thuc")
            .press("grant")
            .sent_by(&minh)
            .await
            .goes_on();
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/gui", &[]).await.is(403);

        let key = lan.opens("/tai-khoan/khoa").await.form("/tai-khoan/khoa").filled(&[
            ("name", "Một cửa"),
            ("quyen", "doc"),
            ("days", "90"),
        ]);
        let secret = key.sent_by(&lan).await.is(200).between("<code>", "<");
        let program = Program::with_key(&world, &secret);
        program.reads("/api/v1/rounds").await;
        lan.opens("/tai-khoan/khoa")
            .await
            .hides(&secret)
            .form("/tai-khoan/khoa/ket-thuc")
            .press("khoa")
            .sent_by(&lan)
            .await
            .goes_on();
        program.gets("/api/v1/rounds").await.problem(401, "signed-out");
    })
    .await;
}
