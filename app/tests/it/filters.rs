//! The boxes of one cửa narrowed to what somebody wants, and kept under a name.

use crate::counter::with_procedure;
use crate::world::journey;

#[tokio::test]
async fn a_box_is_narrowed_by_field_procedure_and_day() {
    journey(async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        // Due on 02/12/2026: before its end it is there, the day before it is not.
        let page = mai.opens("/mot-cua").await.says("Lĩnh vực").says("Lưu thông hàng hóa trong nước");
        page.says("Hạn đến hết ngày").hides("Lưu bộ lọc này");
        let there = "/mot-cua?thu_tuc=1.005129&linh_vuc=L%C6%B0u+th%C3%B4ng+h%C3%A0ng+h%C3%B3a+trong+n%C6%B0%E1%BB%9Bc";
        mai.opens(&format!("{there}&han_den=02/12/2026")).await.says("Mẫu An Phát").says("Xoá bộ lọc (3)");
        mai.opens(&format!("{there}&han_den=01/12/2026")).await.hides("Mẫu An Phát");
        mai.opens("/mot-cua?linh_vuc=H%C3%B3a+ch%E1%BA%A5t").await.hides("Mẫu An Phát").says("Hóa chất");
        mai.opens("/mot-cua?thu_tuc=9.999999").await.hides("Mẫu An Phát").says("9.999999");
        mai.goes("/mot-cua?han_den=mai").await.refuses("không phải là ngày").says("Mẫu An Phát");
        // Of another agency nothing is offered.
        world.person("tam").opens("/mot-cua").await.hides("Lưu thông hàng hóa");
    })
    .await;
}

#[tokio::test]
async fn a_filter_is_kept_renamed_and_removed_by_its_owner_alone() {
    journey(async |world| {
        let (mai, minh) = (world.person("mai"), world.person("minh"));
        let page = mai.opens("/mot-cua?thu_tuc=1.005129&hop=qua-han&trang=2").await;
        page.form("/bo-loc").with("ten", " ").sent_by(&mai).await.refuses("Đặt tên cho bộ lọc");
        let kept = page.form("/bo-loc").with("ten", "Xăng dầu quá hạn").sent_by(&mai).await;
        assert_eq!(kept.place(), "/mot-cua?hop=qua-han&thu_tuc=1.005129");
        // The same question in another order is the same filter; its name is not given twice.
        mai.opens("/mot-cua?hop=qua-han&thu_tuc=1.005129").await.says("Xăng dầu quá hạn").hides("Lưu bộ lọc này");
        let other = mai.opens("/mot-cua?hop=tam-dung").await.says("Xăng dầu quá hạn");
        other.form("/bo-loc").with("ten", "Xăng dầu quá hạn").sent_by(&mai).await.refuses("Đã có bộ lọc tên");
        mai.sends("/bo-loc", &[("dia_chi", "https://a.example/"), ("ten", "Lạ")])
            .await
            .refuses("Không lưu được bộ lọc này");
        // Nobody else sees it, nor touches it.
        minh.opens("/mot-cua").await.hides("Xăng dầu quá hạn");
        let mine = mai.opens("/bo-loc?danh_sach=/mot-cua").await.says("Chỉ bạn thấy các bộ lọc này");
        let rename = mine.form_of_one("/bo-loc/");
        let id = rename.action.rsplit('/').next().unwrap().to_owned();
        world.name("bo-loc", id);
        minh.sends("/bo-loc/{bo-loc}", &[("ten", "Của tôi")]).await.is(404);
        minh.sends("/bo-loc/{bo-loc}/xoa", &[]).await.is(404);
        mai.sends("/bo-loc/{bo-loc}", &[("ten", "")]).await.refuses("Đặt tên cho bộ lọc");
        mai.sends("/bo-loc/{bo-loc}", &[("ten", "Quá hạn")]).await.leads("/bo-loc?danh_sach=");
        mai.opens("/mot-cua").await.says("Quá hạn").hides("Xăng dầu quá hạn");
        mai.sends("/bo-loc/{bo-loc}/xoa", &[]).await.goes_on();
        mai.opens("/bo-loc?danh_sach=/mot-cua").await.says("Chưa lưu bộ lọc nào.");
        for deed in ["filter.kept", "filter.renamed", "filter.dropped"] {
            assert_eq!(world.done(deed).await, 1, "{deed}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_box_is_narrowed_by_who_holds_it_and_when_it_was_received() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam, binh, tam) =
            (world.person("mai"), world.person("nam"), world.person("binh"), world.person("tam"));
        // Both taken in today, 24/11/2026; one goes on to Bình, by name.
        mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        mai.takes_in("Công ty TNHH Mẫu Bình Minh").await.goes_on();
        let (sct, office) = (world.id("sct"), world.id("sct-phong"));
        let (his, yens) = (world.id("binh"), world.id("yen"));
        let page = mai.opens("/mot-cua").await.says("Phòng, đơn vị đang giữ").says("Người đang giữ");
        page.says("Phạm Văn Bình").says("Phòng KH").hides("Đỗ Thị Yến").hides("Phòng CCHC");
        mai.opens("/mot-cua?nguoi_giu=khong").await.says("Mẫu An Phát").says("Mẫu Bình Minh").says("Xoá bộ lọc (1)");
        mai.opens(&format!("/mot-cua?nguoi_giu={his}")).await.hides("Mẫu An Phát").says("Hộp này không có hồ sơ.");
        mai.moves("0|", "").await.goes_on();
        nam.moves("0|", "").await.goes_on();
        let gives = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        gives.with("giao_cho", &his).sent_by(&nam).await.goes_on();
        let both = format!("/mot-cua?nguoi_giu={his}&phong={office}");
        mai.opens(&both).await.says("Mẫu Bình Minh").hides("Mẫu An Phát").says("Xoá bộ lọc (2)");
        mai.opens(&format!("/mot-cua?phong={sct}")).await.hides("Mẫu Bình Minh");
        mai.opens("/mot-cua?nguoi_giu=khong").await.says("Mẫu An Phát").hides("Mẫu Bình Minh");
        // An ended box has nobody who holds: it says so.
        mai.opens(&format!("/mot-cua?hop=da-tra&nguoi_giu={his}")).await.says("không còn ai giữ");
        // Whoever works elsewhere is no choice, and neither is what is no id; neither counts.
        for wrong in [&yens, "xyz"] {
            let page = mai.goes(&format!("/mot-cua?nguoi_giu={wrong}")).await.refuses("Chọn một người trong danh sách");
            page.says("Mẫu An Phát").says("Mẫu Bình Minh").hides("Đỗ Thị Yến");
        }
        let page = mai.goes(&format!("/mot-cua?phong={}", world.id("snv-phong"))).await;
        page.refuses("Chọn một phòng, đơn vị trong danh sách").says("Mẫu An Phát");
        tam.goes(&both).await.refuses("Chọn một người trong danh sách").hides("Mẫu Bình Minh");
        // A specialist chooses between what is theirs and what nobody has.
        binh.opens("/mot-cua").await.says("Phạm Văn Bình").hides("Lê Văn Minh").says("Mẫu Bình Minh");
        binh.goes(&format!("/mot-cua?nguoi_giu={}", world.id("minh"))).await.refuses("Chọn một người trong danh sách");
        // The last day counts whole, the day after the first does not.
        mai.opens("/mot-cua?nhan_tu=24/11/2026&nhan_den=24/11/2026").await.says("Mẫu An Phát");
        mai.opens("/mot-cua?nhan_tu=25/11/2026").await.hides("Mẫu An Phát");
        mai.opens("/mot-cua?nhan_den=23/11/2026").await.hides("Mẫu An Phát");
        mai.goes("/mot-cua?nhan_tu=25/11/2026&nhan_den=24/11/2026").await.refuses("Ngày cuối phải từ ngày đầu trở đi");
        mai.goes("/mot-cua?nhan_tu=ngay-kia").await.refuses("không phải là ngày").says("Mẫu An Phát");
        // Kept under a name, and taken away as a file, it is the same question.
        let asked = format!("/mot-cua?nguoi_giu={his}&nhan_den=24/11/2026");
        let page = mai.opens(&asked).await;
        page.form("/bo-loc").with("ten", "Của Bình").sent_by(&mai).await.goes_on();
        mai.opens("/mot-cua").await.says("Của Bình").says(&format!("nguoi_giu={his}&amp;nhan_den=24%2F11%2F2026"));
        mai.opens(&format!("{asked}&xuat=csv")).await.says("Mẫu Bình Minh").hides("Mẫu An Phát");
    })
    .await;
}
