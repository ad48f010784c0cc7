//! People on the screen.

use super::world::{WORD, World, now, worlds};

async fn id_of(world: &World, login: &str) -> String {
    ::people::account_by_login(&mut world.db.read().await.unwrap(), login).await.unwrap().unwrap().id.to_string()
}

#[tokio::test]
async fn people_are_found_without_diacritics_and_files_have_no_personal_data() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        admin.get("/quan-tri/nguoi-dung").await.is(200).says("Trần Thị Lan").hides("lan@quangtri.example");
        admin.get("/quan-tri/nguoi-dung?tim=tran+thi").await.is(200).says("Trần Thị Lan").hides("Nguyễn Tiến Dũng");
        admin.get("/quan-tri/nguoi-dung?vai_tro=head").await.is(200).says("Nguyễn Tiến Dũng").hides("Trần Thị Lan");
        admin
            .get("/quan-tri/nguoi-dung?xuat=csv")
            .await
            .is(200)
            .says("Trần Thị Lan;lan;Chuyên viên")
            .hides("quangtri.example");
    }
}

#[tokio::test]
async fn a_new_person_sets_a_password_by_the_link_and_gets_a_role() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        let key = admin.get("/quan-tri/nguoi-dung/them").await.is(200).hidden("key");
        admin
            .post("/quan-tri/nguoi-dung/them", &[("login", "lan"), ("name", "Lan Khác")])
            .await
            .is(422)
            .says("Tên đăng nhập này đã có người dùng");
        let form = [("key", key.as_str()), ("login", "binh"), ("name", "Phạm Văn Bình"), ("title", "Chuyên viên")];
        let made = admin.post("/quan-tri/nguoi-dung/them", &form).await.is(200).says("Phạm Văn Bình");
        let link = made.body.split("http://cuaviet.test").nth(1).unwrap().split('<').next().unwrap().to_owned();
        // Pressed twice: one person, and the link is not shown again.
        let at = admin.post("/quan-tri/nguoi-dung/them", &form).await.is(303).place;
        admin.get(&at).await.is(200).hides(&link);
        let unit = world.units[1].to_string();
        admin
            .post(&format!("{at}/vai-tro"), &[("vai_tro", "staff")])
            .await
            .is(422)
            .says("Chọn một đơn vị trong danh sách.");
        admin.post(&format!("{at}/vai-tro"), &[("vai_tro", "staff"), ("don_vi", &unit)]).await.leads(&at);
        let mut binh = world.browser();
        let code = binh.get(&link).await.is(200).says("binh").hidden("ma");
        binh.post("/dat-mat-khau", &[("ma", &code), ("mat_khau_moi", "ngắn"), ("mat_khau_lap", "ngắn")])
            .await
            .is(422)
            .says("ít nhất 10 ký tự");
        binh.post("/dat-mat-khau", &[("ma", &code), ("mat_khau_moi", WORD), ("mat_khau_lap", WORD)])
            .await
            .leads("/dang-nhap");
        binh.get(&link).await.is(410);
        binh.post("/dang-nhap", &[("login", "binh"), ("mat_khau", WORD)]).await.leads("/");
        binh.get("/tai-khoan").await.is(200).says("Chuyên viên");
    }
}

#[tokio::test]
async fn opening_a_persons_page_is_noted() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        let lan = id_of(&world, "lan").await;
        admin.get(&format!("/quan-tri/nguoi-dung/{lan}")).await.is(200).says("lan@quangtri.example");
        let lines = journal::of(&mut world.db.read().await.unwrap(), "account", &lan, 1).await.unwrap();
        assert_eq!((lines[0].what.as_str(), lines[0].who.as_str()), ("account.read", "Hoàng Văn Quản"));
    }
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_nobody_closes_or_disarms_themselves() {
    for world in worlds().await {
        let (mut admin, mut lan) = (world.signed_in("quantri").await, world.signed_in("lan").await);
        let (own, other) = (id_of(&world, "quantri").await, id_of(&world, "lan").await);
        admin.get("/tai-khoan").await.is(200);
        admin.post(&format!("/quan-tri/nguoi-dung/{other}/khoa"), &[]).await.is(303);
        lan.get("/tai-khoan").await.is(303);
        lan.post("/dang-nhap", &[("login", "lan"), ("mat_khau", WORD)]).await.is(422).says("Tài khoản đã khoá");
        admin.post(&format!("/quan-tri/nguoi-dung/{own}/khoa"), &[]).await.is(422).says("không thể tự khoá");
        let page = admin.get(&format!("/quan-tri/nguoi-dung/{own}")).await.is(200);
        let grant = page.body.split("name=\"grant\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        admin
            .post(&format!("/quan-tri/nguoi-dung/{own}/vai-tro/ket-thuc"), &[("grant", &grant)])
            .await
            .is(422)
            .says("không thể tự bỏ vai trò Quản trị");
    }
}

#[tokio::test]
async fn the_administrator_of_a_department_does_not_reach_the_provinces() {
    for world in worlds().await {
        // A sample account, to be spared the second factor here.
        let mut tx = world.db.begin().await.unwrap();
        let scope = ::people::Scope::program("Tạo dữ liệu", now());
        let new = ::people::NewAccount {
            login: "quan.so".into(),
            name: "Quản Trị Sở".into(),
            sample: true,
            ..Default::default()
        };
        let account = ::people::create(&mut tx, &scope, new).await.unwrap();
        ::people::set_password(&mut tx, &scope, account.id, WORD, false).await.unwrap();
        let grant = ::people::NewGrant {
            account: account.id,
            unit: world.units[1],
            role: ::people::Role::Admin,
            from: scope.today(),
            to: None,
            note: String::new(),
        };
        ::people::grant(&mut tx, &scope, grant).await.unwrap();
        tx.commit().await.unwrap();
        let mut of_department = world.signed_in("quan.so").await;
        of_department.get("/tai-khoan").await.is(200);
        let (province, lan) = (id_of(&world, "quantri").await, id_of(&world, "lan").await);
        of_department
            .post(&format!("/quan-tri/nguoi-dung/{province}/lien-ket"), &[])
            .await
            .is(403)
            .says("ngoài phạm vi quản trị");
        of_department.get(&format!("/quan-tri/don-vi/{}/sua", world.units[2])).await.is(403);
        let own_role = [("vai_tro", "admin"), ("don_vi", &*world.units[0].to_string())]
            .map(|(name, value)| (name, value.to_owned()));
        let pairs: Vec<(&str, &str)> = own_role.iter().map(|(name, value)| (*name, value.as_str())).collect();
        of_department.post(&format!("/quan-tri/nguoi-dung/{}/vai-tro", account.id), &pairs).await.is(403);
        of_department
            .post(&format!("/quan-tri/nguoi-dung/{lan}/lien-ket"), &[])
            .await
            .is(200)
            .says("/dat-mat-khau?ma=");
    }
}
