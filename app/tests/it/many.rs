//! Many dossiers at once, and many people.

use crate::counter::with_procedure;
use crate::page::Page;
use crate::world::journey;
use std::time::Duration;

#[tokio::test]
async fn many_are_moved_and_given_out_at_once_and_each_refusal_is_told() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam, binh) = (world.person("mai"), world.person("nam"), world.person("binh"));
        const MANY: &str = "/mot-cua/nhieu-ho-so";
        for owner in ["Người Mẫu Một", "Người Mẫu Hai", "Người Mẫu Ba"] {
            mai.takes_in(owner).await.goes_on();
        }
        let list = mai.opens("/mot-cua").await.says("Người Mẫu Một").hides("Giao cho");
        let ticks = |page: &Page| {
            let text = String::from_utf8_lossy(&page.bytes);
            let values = text.split("name=\"chon\" value=\"").skip(1);
            values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let all = ticks(&list);
        assert_eq!(all.len(), 3);
        list.form(MANY).with("lam", "chuyen").sent_by(&mai).await.refuses("Đánh dấu từ 1 đến 100 hồ sơ");
        // Hers moves on before the others: its line in the list is old.
        mai.moves("0|", "").await.goes_on();
        let ticked = all.iter().fold(list.form(MANY), |form, one| form.ticks("chon", one));
        let told = ticked.with("lam", "chuyen").sent_by(&mai).await.is(200);
        let told = told.says("Đã làm xong 2 hồ sơ").says("1 hồ sơ chưa làm được");
        told.says("Hồ sơ đang ở bước “Phân công thụ lý”").says("sct-20261124-0000003");
        // The head of the office gives two to one, from the list, and sees who has how much.
        let list = nam.opens("/mot-cua").await.says("Giao cho");
        let ticked = ticks(&list).iter().fold(list.form(MANY), |form, one| form.ticks("chon", one));
        let ticked = ticked.with("lam", "giao").with("giao_cho", &world.id("binh")).sent_by(&nam).await;
        ticked.says("3 hồ sơ chưa làm được").says("không giữ vai trò của bước");
        let ticked = ticks(&list).iter().fold(list.form(MANY), |form, one| form.ticks("chon", one));
        ticked.with("lam", "chuyen").sent_by(&nam).await.says("Đã làm xong 3 hồ sơ");
        let list = nam.opens("/mot-cua").await;
        let two = ticks(&list);
        let ticked = two.iter().take(2).fold(list.form(MANY), |form, one| form.ticks("chon", one));
        let ticked = ticked.with("lam", "giao").with("giao_cho", &world.id("binh"));
        ticked.sent_by(&nam).await.is(200).says("Đã làm xong 2 hồ sơ");
        nam.opens("/mot-cua/phan-viec").await.says("Phạm Văn Bình").says("Chưa giao riêng ai");
        nam.opens("/mot-cua/phan-viec/chua-giao").await.says("Giao cho");
        let page = nam.opens("/mot-cua/phan-viec/{binh}").await;
        assert_eq!(ticks(&page).len(), 2);
        // Taken back from Bình; whoever does not oversee the work is not let in, and gives nothing out.
        let back = ticks(&page).iter().fold(page.form(MANY), |form, one| form.ticks("chon", one));
        let undecided = ticks(&page).iter().fold(page.form(MANY), |form, one| form.ticks("chon", one));
        undecided.with("lam", "giao").sent_by(&nam).await.refuses("Chọn người nhận trong ô “Giao cho”");
        back.with("lam", "giao").with("giao_cho", "khong").sent_by(&nam).await.says("Đã làm xong 2 hồ sơ");
        nam.goes("/mot-cua/phan-viec/{binh}").await.is(404);
        binh.goes("/mot-cua/phan-viec").await.is(403);
        let stray = [("chon", two[0].as_str()), ("lam", "giao"), ("giao_cho", &world.id("binh"))];
        binh.sends(MANY, &stray).await.says("1 hồ sơ chưa làm được");
        assert_eq!(world.done("dossier.assigned").await, 4);
        world.person("tam").sends(MANY, &stray).await.says("1 hồ sơ chưa làm được").hides("sct-2026");
    })
    .await;
}

/// A page asks over several connections, of which there are few: none is kept by somebody who waits for another.
#[tokio::test]
async fn more_people_at_once_than_connections_all_see_their_pages() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam) = (world.person("mai"), world.person("nam"));
        mai.takes_in("Người Mẫu Đông").await.goes_on();
        let both = |_| async { (nam.opens("/mot-cua").await, nam.dossier().await) };
        let all = futures_util::future::join_all((0..60).map(both));
        let all = tokio::time::timeout(Duration::from_secs(30), all).await.expect("they wait for one another");
        for (list, dossier) in all {
            list.says("Người Mẫu Đông");
            dossier.says("Người Mẫu Đông");
        }
    })
    .await;
}
