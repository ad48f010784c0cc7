//! The journal, facts, rule editions, jobs and the system on the screen.

use super::world::{now, worlds};
use ::people::Scope;
use serde_json::json;

#[tokio::test]
async fn every_page_of_administration_is_sound() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        for path in [
            "/quan-tri/quy-dinh",
            "/quan-tri/nhat-ky",
            "/quan-tri/viec-nen",
            "/quan-tri/he-thong",
            "/quan-tri/so-lieu",
            "/quan-tri/so-lieu/nhap",
        ] {
            admin.get(path).await.is(200);
        }
    }
}

#[tokio::test]
async fn the_journal_is_searched_read_and_verified() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        admin.get("/quan-tri/nhat-ky").await.is(200).says("Giao vai trò").says("Lưu đơn vị").says("Hoàng Văn Quản");
        admin.get("/quan-tri/nhat-ky?viec=unit.").await.is(200).says("Lưu đơn vị").hides("Giao vai trò</summary>");
        admin.get("/quan-tri/nhat-ky?tim=hoang+van").await.is(200).says("Đăng nhập").hides("Tạo dữ liệu");
        admin.get("/quan-tri/nhat-ky?xuat=csv").await.is(200).says("Tạo tài khoản");
        admin.post("/quan-tri/nhat-ky/kiem-tra", &[]).await.is(200).says("Nhật ký nguyên vẹn");
    }
}

#[tokio::test]
async fn a_fact_is_entered_with_its_source_and_never_replaced_unseen() {
    for world in worlds().await {
        let mut lan = world.signed_in("lan").await;
        lan.get("/tai-khoan").await.is(200);
        lan.post("/vai-tro", &[("hat", &world.units[3].to_string())]).await.is(303);
        let key = lan.get("/quan-tri/so-lieu/nhap").await.is(200).hidden("key");
        let (own, other) = (world.units[3].to_string(), world.units[1].to_string());
        fn form<'a>(key: &'a str, unit: &'a str, value: &'a str, source: &'a str) -> [(&'a str, &'a str); 7] {
            [
                ("key", key),
                ("don_vi", unit),
                ("so_lieu", "dossier.received"),
                ("ky", "nam"),
                ("nam", "2020"),
                ("gia_tri", value),
                ("nguon", source),
            ]
        }
        let post = "/quan-tri/so-lieu/nhap";
        lan.post(post, &form("", &own, "12.5", "BC 45")).await.is(422).says("Dùng dấu phẩy");
        lan.post(post, &form("", &own, "12,5", "BC 45")).await.is(422).says("phải là số nguyên");
        lan.post(post, &form("", &own, "1.204", "")).await.is(422).says("Ghi rõ nguồn");
        lan.post(post, &form("", &other, "1.204", "BC 45")).await.is(422).says("chỉ nhập được số liệu của đơn vị mình");
        let at = lan.post(post, &form(&key, &own, "1.204", "BC 45")).await.is(303).place;
        lan.get(&at).await.is(200).says("1.204 hồ sơ").says("Năm 2020").says("BC 45");
        let seen = lan.post(post, &form("", &own, "1.300", "BC 46")).await.is(409).says("Kỳ này đã có số: 1.204 hồ sơ");
        let known = seen.hidden("thay");
        let fields = form("", &own, "1.300", "BC 46");
        let again: Vec<(&str, &str)> = fields.into_iter().chain([("thay", known.as_str())]).collect();
        let new = lan.post(post, &again).await.is(303).place;
        lan.get(&new).await.is(200).says("1.300 hồ sơ").says("Đã thay");
        // The old page still holds the old number: correcting from there is seen to be late.
        lan.post(&format!("{at}/sua"), &[("thay", &known), ("gia_tri", "1.400"), ("nguon", "BC 47")])
            .await
            .is(409)
            .says("1.300 hồ sơ");
        lan.get("/quan-tri/so-lieu?nam=2020&xuat=csv").await.is(200).says(";1300;hồ sơ;BC 46;");
    }
}

#[tokio::test]
async fn a_job_is_followed_cancelled_and_retried_by_whoever_asked() {
    for world in worlds().await {
        let lan = ::people::account_by_login(&mut world.db.read().await.unwrap(), "lan").await.unwrap().unwrap();
        let scope = Scope { account: Some(lan.id), roles: Vec::new(), ..Scope::program("Trần Thị Lan", now()) };
        let mut tx = world.db.begin().await.unwrap();
        let id = job::enqueue(&mut tx, &scope, "test", "Xuất bảng điểm", json!({})).await.unwrap();
        tx.commit().await.unwrap();
        let mut asked = world.signed_in("lan").await;
        let at = format!("/viec-nen/{id}");
        asked.get("/viec-nen").await.is(200).says("Xuất bảng điểm");
        asked.get(&at).await.is(200).says("http-equiv=\"refresh\" content=\"3\"").says("Bạn có thể đóng trang này");
        asked.get(&format!("{at}/tien-do")).await.is(200).says("Đang chờ");
        world.signed_in("dung").await.get(&at).await.is(404);
        world.signed_in("quantri").await.get(&at).await.is(200);
        asked.post(&format!("{at}/huy"), &[]).await.leads(&at);
        asked.get(&at).await.is(200).says("đã bị huỷ").says("Chạy lại");
        asked.post(&format!("{at}/chay-lai"), &[]).await.leads(&at);
        asked.get(&format!("{at}/tep")).await.is(404);
    }
}
