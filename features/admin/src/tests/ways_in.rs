//! Signing in and out, the first start, links that work once.

use super::world::{WORD, empty_worlds, now, worlds};
use ::people::{Purpose, Scope};

#[tokio::test]
async fn a_person_signs_in_where_they_wanted_to_be_and_out_again() {
    for world in worlds().await {
        let mut lan = world.browser();
        lan.get("/tai-khoan").await.leads("/dang-nhap?ve=%2Ftai%2Dkhoan");
        let page = lan.get("/dang-nhap?ve=%2Ftai-khoan").await.is(200);
        assert_eq!(page.hidden("ve"), "/tai-khoan");
        lan.post("/dang-nhap", &[("login", "lan"), ("mat_khau", "sai"), ("ve", "/tai-khoan")])
            .await
            .is(422)
            .says("Tên đăng nhập hoặc mật khẩu không đúng.")
            .says("value=\"lan\"")
            .hides("value=\"sai\"");
        lan.post("/dang-nhap", &[("login", "Lan"), ("mat_khau", WORD), ("ve", "/tai-khoan")]).await.leads("/tai-khoan");
        lan.get("/tai-khoan").await.is(200).says("Trần Thị Lan").says("lan@quangtri.example");
        lan.get("/dang-nhap").await.leads("/");
        lan.post("/dang-xuat", &[]).await.leads("/dang-nhap");
        lan.get("/tai-khoan").await.is(303);
    }
}

#[tokio::test]
async fn an_address_that_only_takes_forms_is_no_blank_page() {
    for world in worlds().await {
        world.signed_in("lan").await.get("/vai-tro").await.says("Không tìm thấy trang");
        // A form sent after the session has ended leads back to the form, not to the place it was sent to.
        world.browser().post("/vai-tro", &[("hat", "x")]).await.leads("/dang-nhap?ve=%2F");
    }
}

#[tokio::test]
async fn the_way_back_is_never_another_site() {
    for world in worlds().await {
        let mut lan = world.browser();
        lan.post("/dang-nhap", &[("login", "lan"), ("mat_khau", WORD), ("ve", "//la.example")]).await.leads("/");
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_and_the_page_says_until_when() {
    for world in worlds().await {
        let mut guess = world.browser();
        for _ in 0..5 {
            guess.post("/dang-nhap", &[("login", "dung"), ("mat_khau", "đoán mò")]).await.is(422);
        }
        // 09:00 and fifteen minutes.
        guess.post("/dang-nhap", &[("login", "dung"), ("mat_khau", WORD)]).await.is(422).says("Hãy thử lại sau 09:15");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused_with_and_without_a_session() {
    for world in worlds().await {
        let mut guest = world.browser();
        let form = [("login", "lan"), ("mat_khau", WORD)];
        guest.post_with("/dang-nhap", &form, "", "https://la.example").await.is(403);
        let mut lan = world.signed_in("lan").await;
        lan.get("/tai-khoan").await.is(200);
        let hat = world.units[3].to_string();
        lan.post_with("/vai-tro", &[("hat", &hat)], "khác", "http://cuaviet.test")
            .await
            .is(403)
            .says("Hãy tải lại trang");
    }
}

#[tokio::test]
async fn one_puts_on_another_hat_of_ones_own_only() {
    for world in worlds().await {
        let mut lan = world.signed_in("lan").await;
        lan.get("/tai-khoan").await.says("Đang dùng");
        lan.post("/vai-tro", &[("hat", &world.units[1].to_string())]).await.leads("/");
        lan.get("/quan-tri/so-lieu").await.is(403).says("Việc này dành cho: Quản trị, Đầu mối CCHC");
        lan.post("/vai-tro", &[("hat", &world.units[3].to_string())]).await.leads("/");
        lan.get("/quan-tri/so-lieu").await.is(200);
        lan.post("/vai-tro", &[("hat", &world.units[2].to_string())])
            .await
            .is(403)
            .says("Bạn không có vai trò nào tại đơn vị này.");
    }
}

#[tokio::test]
async fn an_administrator_has_no_roles_until_the_second_factor_is_on() {
    for world in worlds().await {
        let mut that = world.signed_in("that").await;
        that.get("/quan-tri/don-vi").await.leads("/tai-khoan/hai-lop");
        let page = that.get("/tai-khoan/hai-lop").await.is(200).says("Các vai trò của bạn tạm dừng");
        let secret = page.hidden("bi_mat");
        that.post("/tai-khoan/hai-lop", &[("bi_mat", &secret), ("ma", "000000")])
            .await
            .is(422)
            .says("Mã không đúng")
            .says(&secret);
        that.post("/tai-khoan/hai-lop", &[("bi_mat", &secret), ("ma", &code(&secret, 0))]).await.leads("/");
        that.get("/quan-tri/don-vi").await.is(200);
        // From now on the code is asked for; the one just used opens nothing.
        let mut again = world.browser();
        let step = again.post("/dang-nhap", &[("login", "that"), ("mat_khau", WORD)]).await.is(200).says("Mã 6 chữ số");
        let ticket = step.hidden("phieu");
        again
            .post("/dang-nhap", &[("phieu", &ticket), ("ma", &code(&secret, 0))])
            .await
            .is(422)
            .says("Mã xác thực không đúng hoặc đã dùng");
        again.post("/dang-nhap", &[("phieu", &ticket), ("ma", &code(&secret, 30))]).await.leads("/");
    }
}

/// The six digits of a secret at the world's time and some seconds later (RFC 6238).
fn code(secret: &str, later: u64) -> String {
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(bytes).with_account_name("cuaviet").build().unwrap();
    totp.generate(u64::try_from(now().as_second()).unwrap() + later).to_string()
}

#[tokio::test]
async fn the_first_administrator_comes_in_by_the_link_once() {
    for world in empty_worlds().await {
        let mut tx = world.db.begin().await.unwrap();
        let link = ::people::make_link(&mut tx, &Scope::program("serve", now()), Purpose::Setup, None).await.unwrap();
        tx.commit().await.unwrap();
        let mut first = world.browser();
        first.get("/thiet-lap?ma=sai").await.is(410).says("Liên kết này đã dùng hoặc đã quá hạn");
        first.get(&format!("/thiet-lap?ma={link}")).await.is(200).says("Tên tỉnh, thành phố");
        let form = |unit: &'static str, again: &'static str| {
            [
                ("ma", link.clone()),
                ("don_vi", unit.into()),
                ("name", "Hoàng Văn Quản".into()),
                ("login", "quan".into()),
                ("mat_khau_moi", WORD.into()),
                ("mat_khau_lap", again.into()),
            ]
        };
        let sent = form("", "khác");
        let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        first.post("/thiet-lap", &pairs).await.is(422).says("Có 2 chỗ cần sửa").says("Nhập tên đơn vị");
        let sent = form("Tỉnh Quảng Trị", WORD);
        let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        first.post("/thiet-lap", &pairs).await.leads("/tai-khoan/hai-lop");
        first.get("/tai-khoan/hai-lop").await.is(200).says("bắt buộc xác thực hai lớp");
        world.browser().post("/thiet-lap", &pairs).await.is(410).says("Hệ thống đã có tài khoản");
        let unit = ::people::unit_by_key(&mut world.db.read().await.unwrap(), "tinh-quang-tri").await.unwrap().unwrap();
        assert_eq!((unit.name.as_str(), unit.kind.as_str()), ("Tỉnh Quảng Trị", "tinh"));
    }
}

#[tokio::test]
async fn a_password_chosen_by_somebody_else_is_replaced_before_anything() {
    for world in worlds().await {
        let scope = Scope::program("Quản trị", now());
        let mut tx = world.db.begin().await.unwrap();
        let lan = ::people::account_by_login(&mut tx, "lan").await.unwrap().unwrap();
        ::people::set_password(&mut tx, &scope, lan.id, "tam thoi 2020 nhe", true).await.unwrap();
        tx.commit().await.unwrap();
        let mut lan = world.browser();
        lan.post("/dang-nhap", &[("login", "lan"), ("mat_khau", "tam thoi 2020 nhe")]).await.leads("/");
        lan.get("/tai-khoan").await.leads("/tai-khoan/mat-khau");
        lan.get("/tai-khoan/mat-khau").await.is(200).says("do người khác đặt");
        lan.post("/vai-tro", &[("hat", &world.units[3].to_string())]).await.is(403).says("đổi mật khẩu trước");
        let form = [("mat_khau_cu", "tam thoi 2020 nhe"), ("mat_khau_moi", WORD), ("mat_khau_lap", WORD)];
        lan.post("/tai-khoan/mat-khau", &form).await.leads("/");
        lan.get("/tai-khoan").await.is(200);
    }
}
