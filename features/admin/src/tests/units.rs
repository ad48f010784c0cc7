//! Units on the screen.

use super::world::worlds;

#[tokio::test]
async fn units_are_listed_searched_and_taken_away_as_files() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        admin.get("/quan-tri/don-vi").await.is(200).says("Sở Công Thương").says("Tất cả 5 đơn vị");
        admin.get("/quan-tri/don-vi?tim=cong+thuong").await.is(200).says("Sở Công Thương").hides("Sở Nội vụ</a>");
        admin.get("/quan-tri/don-vi?tim=kh%C3%B4ng+c%C3%B3").await.is(200).says("Không có đơn vị nào khớp");
        admin.get("/quan-tri/don-vi?loai=huyen&sap=-ten&dong=50").await.is(200).says("Huyện Cam Lộ");
        admin
            .get("/quan-tri/don-vi?xuat=csv&loai=so")
            .await
            .is(200)
            .says("Sở Công Thương;Sở Công Thương;Sở, ban, ngành");
        let book = admin.get("/quan-tri/don-vi?xuat=xlsx").await.is(200);
        assert!(book.body.starts_with("PK"));
    }
}

#[tokio::test]
async fn staff_may_not_and_an_address_that_names_nothing_is_not_found() {
    for world in worlds().await {
        let mut lan = world.signed_in("lan").await;
        lan.get("/quan-tri/don-vi").await.is(403).says("Việc này dành cho: Quản trị");
        lan.post("/quan-tri/don-vi/them", &[("name", "X")]).await.is(403);
        let mut admin = world.signed_in("quantri").await;
        admin.get("/quan-tri/don-vi/khong-co").await.is(404);
    }
}

#[tokio::test]
async fn a_unit_is_added_once_and_all_that_is_wrong_is_said_together() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        let page = admin.get("/quan-tri/don-vi/them").await.is(200);
        admin
            .post("/quan-tri/don-vi/them", &[("from", "x")])
            .await
            .is(422)
            .says("Có 3 chỗ cần sửa")
            .says("Chọn loại đơn vị.");
        let (key, parent) = (page.hidden("key"), world.units[0].to_string());
        let form =
            [("key", key.as_str()), ("name", "Sở Tư pháp"), ("kind", "so"), ("parent", &parent), ("from", "1/1/2015")];
        let first = admin.post("/quan-tri/don-vi/them", &form).await.is(303);
        let second = admin.post("/quan-tri/don-vi/them", &form).await.is(303);
        assert_eq!(first.place, second.place);
        admin.get(&first.place).await.is(200).says("Sở Tư pháp").says("so-tu-phap").says("Lưu đơn vị");
        let other = [("name", "Sở Tư pháp"), ("kind", "so"), ("parent", parent.as_str()), ("from", "1/1/2015")];
        admin.post("/quan-tri/don-vi/them", &other).await.is(422).says("Mã đơn vị này đã có");
    }
}

#[tokio::test]
async fn two_who_edit_one_unit_the_second_sees_both() {
    for world in worlds().await {
        let (mut first, mut second) = (world.signed_in("quantri").await, world.signed_in("quantri").await);
        let (at, parent) = (format!("/quan-tri/don-vi/{}/sua", world.units[2]), world.units[0].to_string());
        let version = first.get(&at).await.is(200).hidden("version");
        second.get(&at).await.is(200);
        fn form<'a>(name: &'a str, parent: &'a str, version: &'a str) -> [(&'a str, &'a str); 5] {
            [("name", name), ("kind", "so"), ("parent", parent), ("from", "01/01/2015"), ("version", version)]
        }
        first.post(&at, &form("Sở Nội vụ tỉnh", &parent, &version)).await.is(303);
        let both = second.post(&at, &form("Sở Nội vụ và Lao động", &parent, &version)).await.is(409);
        let both = both
            .says("Bản đã lưu")
            .says("Sở Nội vụ tỉnh")
            .says("Sở Nội vụ và Lao động")
            .says("vừa được người khác sửa");
        let version = both.hidden("version");
        second.post(&at, &form("Sở Nội vụ và Lao động", &parent, &version)).await.is(303);
        second.get(&at.replace("/sua", "")).await.is(200).says("Sở Nội vụ và Lao động");
    }
}

#[tokio::test]
async fn a_unit_ends_with_its_heir() {
    for world in worlds().await {
        let mut admin = world.signed_in("quantri").await;
        let at = format!("/quan-tri/don-vi/{}", world.units[4]);
        let version = admin.get(&format!("{at}/ket-thuc")).await.is(200).hidden("version");
        let (one, two) = (world.units[1].to_string(), world.units[2].to_string());
        let short = [("version", version.as_str()), ("ngay", "1/7/2025"), ("how", "merge")];
        admin.post(&format!("{at}/ket-thuc"), &short).await.is(422).says("Chọn ít nhất một đơn vị kế tục.");
        let many = [
            ("version", version.as_str()),
            ("ngay", "1/7/2025"),
            ("how", "rename"),
            ("ke_tuc", &one),
            ("ke_tuc", &two),
        ];
        admin.post(&format!("{at}/ket-thuc"), &many).await.is(422).says("chọn đúng một đơn vị kế tục");
        let split =
            [("version", version.as_str()), ("ngay", "1/7/2025"), ("how", "split"), ("ke_tuc", &one), ("ke_tuc", &two)];
        admin.post(&format!("{at}/ket-thuc"), &split).await.leads(&at);
        admin.get(&at).await.is(200).says("Sẽ kết thúc 01/07/2025").says("chia tách, 01/07/2025");
        admin.get(&format!("/quan-tri/don-vi/{one}")).await.is(200).says("Tiếp nối từ").says("Huyện Cam Lộ");
    }
}
