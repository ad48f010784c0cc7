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
