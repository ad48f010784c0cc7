//! One's own account.

use super::world::{WORD, worlds};

#[tokio::test]
async fn every_page_of_ones_account_is_sound() {
    for world in worlds().await {
        let mut lan = world.signed_in("lan").await;
        for path in [
            "/tai-khoan",
            "/tai-khoan/phien",
            "/tai-khoan/mat-khau",
            "/tai-khoan/hai-lop",
            "/tai-khoan/uy-quyen",
            "/tai-khoan/khoa",
            "/viec-nen",
        ] {
            lan.get(path).await.is(200);
        }
    }
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    for world in worlds().await {
        let (mut here, mut there) = (world.signed_in("lan").await, world.signed_in("lan").await);
        here.get("/tai-khoan/mat-khau").await.is(200);
        let wrong = [("mat_khau_cu", WORD), ("mat_khau_moi", "câu mới dễ nhớ hơn"), ("mat_khau_lap", "câu khác")];
        here.post("/tai-khoan/mat-khau", &wrong).await.is(422).says("Hai lần nhập mật khẩu chưa giống nhau");
        let right =
            [("mat_khau_cu", WORD), ("mat_khau_moi", "câu mới dễ nhớ hơn"), ("mat_khau_lap", "câu mới dễ nhớ hơn")];
        here.post("/tai-khoan/mat-khau", &right).await.leads("/tai-khoan");
        here.get("/tai-khoan").await.is(200);
        there.get("/tai-khoan").await.is(303);
    }
}

#[tokio::test]
async fn one_ends_the_other_sessions() {
    for world in worlds().await {
        let (mut here, mut there) = (world.signed_in("lan").await, world.signed_in("lan").await);
        here.get("/tai-khoan/phien").await.is(200).says("Phiên này").says("Kết thúc mọi phiên khác");
        here.post("/tai-khoan/phien", &[("phien", "khac")]).await.leads("/tai-khoan/phien");
        here.get("/tai-khoan/phien").await.is(200).hides("Kết thúc mọi phiên khác");
        there.get("/tai-khoan").await.is(303);
    }
}

#[tokio::test]
async fn a_key_is_shown_once_and_made_once() {
    for world in worlds().await {
        let mut lan = world.signed_in("lan").await;
        let key = lan.get("/tai-khoan/khoa").await.is(200).hidden("key");
        let form = [("key", key.as_str()), ("name", "Một cửa"), ("quyen", "doc"), ("days", "90")];
        let shown = lan.post("/tai-khoan/khoa", &form).await.is(200).says("khoá chỉ hiện một lần");
        let secret = shown.body.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        assert!(secret.starts_with("cv_"), "{secret}");
        lan.post("/tai-khoan/khoa", &form).await.leads("/tai-khoan/khoa");
        let list = lan.get("/tai-khoan/khoa").await.is(200).says("Một cửa").hides(&secret);
        assert_eq!(list.body.matches("Chỉ đọc</td>").count(), 1, "{}", list.body);
        let scope = people_scope(&world, &secret).await;
        assert!(scope.is_some_and(|scope| scope.read_only));
        let id = list.body.split("name=\"khoa\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        lan.post("/tai-khoan/khoa/ket-thuc", &[("khoa", &id)]).await.leads("/tai-khoan/khoa");
        assert!(people_scope(&world, &secret).await.is_none());
    }
}

async fn people_scope(world: &super::world::World, secret: &str) -> Option<::people::Scope> {
    ::people::scope_of_token(&world.db, secret, super::world::now()).await.unwrap()
}

#[tokio::test]
async fn a_head_lends_a_role_to_a_colleague_and_takes_it_back() {
    for world in worlds().await {
        let mut dung = world.signed_in("dung").await;
        let page = dung.get("/tai-khoan/uy-quyen").await.is(200).says("Trần Thị Lan");
        dung.post("/tai-khoan/uy-quyen", &[("role", "head"), ("from", "32/13/2020")]).await.is(422).says("Lỗi: ");
        let lan = ::people::account_by_login(&mut world.db.read().await.unwrap(), "lan")
            .await
            .unwrap()
            .unwrap()
            .id
            .to_string();
        let key = page.hidden("key");
        let form = [
            ("key", key.as_str()),
            ("role", "head"),
            ("account", &lan),
            ("from", "24/11/2020"),
            ("to", "26/11/2020"),
            ("note", "đi công tác"),
        ];
        dung.post("/tai-khoan/uy-quyen", &form).await.leads("/tai-khoan/uy-quyen");
        let page = dung.get("/tai-khoan/uy-quyen").await.is(200).says("Thu hồi").says("26/11/2020");
        world.signed_in("lan").await.get("/tai-khoan").await.says("Lãnh đạo đơn vị");
        let grant = page.body.split("name=\"grant\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        dung.post("/tai-khoan/uy-quyen/ket-thuc", &[("grant", &grant)]).await.leads("/tai-khoan/uy-quyen");
        world.signed_in("lan").await.get("/tai-khoan").await.hides("Lãnh đạo đơn vị, Chuyên viên");
    }
}
