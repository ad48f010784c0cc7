//! Working days: a storm closes an agency, a swap is announced for all, and open deadlines follow.

use crate::counter::with_procedure;
use crate::person::Person;
use crate::world::journey;

impl Person {
    /// Writes a change of the working days down.
    async fn changes_days(&self, fields: &[(&str, &str)]) -> crate::page::Page {
        self.opens("/mot-cua/lich").await.form("/mot-cua/lich").filled(fields).sent_by(self).await
    }
}

#[tokio::test]
async fn deadlines_follow_a_change_of_the_working_days() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, minh, quan, binh) =
            (world.person("mai"), world.person("minh"), world.person("quan"), world.person("binh"));
        mai.takes_in("Người Mẫu").await.goes_on();
        // Received on a day off, so on the 25th: 26, 27, 30 November, 1 and 2 December.
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026");
        minh.opens("/mot-cua/lich").await.says("thứ Ba 24/11/2026").says("Chưa có thay đổi nào");
        minh.opens("/mot-cua/lich?nam=2028").await.says("dự kiến theo Bộ luật Lao động");
        let sct = world.id("sct");
        let storm = [("cua", sct.as_str()), ("tu", "26/11/2026"), ("den", "27/11/2026"), ("ly_do", "Bão số 14 MẪU")];
        let again = minh.changes_days(&storm).await.refuses("Ghi căn cứ: số và ngày");
        assert_eq!(again.form("/mot-cua/lich").value("ly_do"), "Bão số 14 MẪU", "what was typed stays");
        binh.sends("/mot-cua/lich", &[("cua", &sct), ("tu", "26/11/2026"), ("ly_do", "x"), ("can_cu", "y")])
            .await
            .forbids("Lãnh đạo, đầu mối ghi ngày nghỉ của cơ quan mình");
        world
            .person("yen")
            .sends("/mot-cua/lich", &[("cua", &sct), ("tu", "26/11/2026"), ("ly_do", "x"), ("can_cu", "y")])
            .await
            .forbids("của cơ quan mình");
        minh.changes_days(&[&storm[..], &[("can_cu", "Công điện 1/MẪU")]].concat()).await.goes_on();
        world.works().await;
        // Two days less: 30 November, 1, 2, 3 and 4 December.
        mai.dossier()
            .await
            .says("Hạn trả 17 giờ 30, 04/12/2026")
            .says("Bão số 14 MẪU")
            .says("02/12/2026 17:30 thành 04/12/2026 17:30");
        // Everybody works on Saturday 28th for Monday the 30th: one day sooner.
        let swap = [("cua", "chung"), ("viec", "made-up"), ("tu", "28/11/2026"), ("ly_do", "Làm bù MẪU")];
        quan.changes_days(&swap).await.refuses("Ghi ngày được nghỉ thay").says("Ghi căn cứ");
        let swap = [&swap[..], &[("lam_bu_cho", "30/11/2026"), ("can_cu", "Thông báo 2/MẪU")]].concat();
        quan.changes_days(&swap).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 03/12/2026");
        minh.opens("/mot-cua/lich").await.says("28/11/2026").says("Làm bù MẪU").says("Mọi cơ quan");
        minh.opens("/mot-cua/lich?xuat=csv").await.says("Bão số 14 MẪU");
        let page = quan.opens("/mot-cua/lich").await;
        let withdraw = page.form_of_one("/mot-cua/lich/");
        world.name("change", withdraw.action.split('/').nth(3).unwrap());
        minh.sends("/mot-cua/lich/{change}/bo", &[]).await.forbids("Lãnh đạo, đầu mối");
        withdraw.sent_by(&quan).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 04/12/2026");
        minh.opens("/mot-cua/lich").await.form_of_one("/mot-cua/lich/").sent_by(&minh).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026");
        for (deed, times) in [("dossier.recomputed", 4), ("hours.changed", 2), ("hours.withdrawn", 2)] {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
    })
    .await;
}
