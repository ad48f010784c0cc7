//! Working days: a storm closes an agency, a swap is announced for all, and open deadlines follow.

use crate::across::at_both;
use crate::counter::with_procedure;
use crate::form::Form;
use crate::page::Page;
use crate::person::Person;
use crate::world::journey;

impl Person {
    /// Writes a change of the working days down, and sees what would move.
    async fn thinks_of(&self, fields: &[(&str, &str)]) -> Page {
        self.opens("/mot-cua/lich").await.form("/mot-cua/lich").filled(fields).sent_by(self).await
    }

    /// The same, and applies it.
    async fn changes_days(&self, fields: &[(&str, &str)]) -> Page {
        let seen = self.thinks_of(fields).await.is(200);
        seen.form("/mot-cua/lich").with("ap_dung", "1").sent_by(self).await
    }

    /// Sends a form that is looked at first, and applies what was seen.
    async fn applies(&self, form: Form) -> Page {
        let seen = form.sent_by(self).await.is(200).says("hồ sơ đang tính hạn");
        seen.form(&form.action).with("ap_dung", "1").sent_by(self).await
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
        let again = minh.thinks_of(&storm).await.refuses("Ghi căn cứ: số và ngày");
        assert_eq!(again.form("/mot-cua/lich").value("ly_do"), "Bão số 14 MẪU", "what was typed stays");
        binh.sends("/mot-cua/lich", &[("cua", &sct), ("tu", "26/11/2026"), ("ly_do", "x"), ("can_cu", "y")])
            .await
            .forbids("Lãnh đạo, đầu mối ghi ngày nghỉ, giờ làm việc của cơ quan mình");
        world
            .person("yen")
            .sends("/mot-cua/lich", &[("cua", &sct), ("tu", "26/11/2026"), ("ly_do", "x"), ("can_cu", "y")])
            .await
            .forbids("của cơ quan mình; quản trị");
        // What would move is seen first, and nothing is written by looking, nor by going back.
        let storm = [&storm[..], &[("can_cu", "Công điện 1/MẪU")]].concat();
        let seen = minh.thinks_of(&storm).await.is(200).says("1 trong 1 hồ sơ đang tính hạn sẽ đổi hạn trả");
        let seen = seen.says("02/12/2026 17:30").says("04/12/2026 17:30").says("Muộn hơn");
        let back = seen.form("/mot-cua/lich").with("sua", "1").sent_by(&minh).await.is(200);
        assert_eq!(back.form("/mot-cua/lich").value("ly_do"), "Bão số 14 MẪU");
        minh.opens("/mot-cua/lich").await.says("Chưa có thay đổi nào");
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026");
        minh.changes_days(&storm).await.goes_on();
        world.works().await;
        // Two days less: 30 November, 1, 2, 3 and 4 December.
        mai.dossier()
            .await
            .says("Hạn trả 17 giờ 30, 04/12/2026")
            .says("Bão số 14 MẪU")
            .says("02/12/2026 17:30 thành 04/12/2026 17:30");
        // Everybody works on Saturday 28th for Monday the 30th: one day sooner.
        let swap = [("cua", "chung"), ("viec", "made-up"), ("tu", "28/11/2026"), ("ly_do", "Làm bù MẪU")];
        quan.thinks_of(&swap).await.refuses("Ghi ngày được nghỉ thay").says("Ghi căn cứ");
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
        quan.applies(withdraw).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 04/12/2026");
        minh.applies(minh.opens("/mot-cua/lich").await.form_of_one("/mot-cua/lich/")).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026");
        for (deed, times) in [("dossier.recomputed", 4), ("hours.changed", 2), ("hours.withdrawn", 2)] {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_agency_sets_the_hours_of_its_week_from_a_day_on() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, minh, binh) = (world.person("mai"), world.person("minh"), world.person("binh"));
        mai.takes_in("Người Mẫu").await.goes_on();
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026");
        let page =
            minh.opens("/mot-cua/lich/gio").await.says("07:30-11:30, 13:30-17:30").says("theo giờ kèm chương trình");
        let week = page.form("/mot-cua/lich/gio").with("tu", "30/11/2026").with("gio_2", "7h30-17h");
        let again = week.sent_by(&minh).await.refuses("Ghi tách hai buổi ở 12:00").says("Ghi căn cứ");
        assert_eq!(again.form("/mot-cua/lich/gio").value("gio_2"), "7h30-17h", "what was typed stays");
        // From Monday 30th on closed on Wednesdays: 26, 27, 30 November, 1 and 3 December.
        let week = again.form("/mot-cua/lich/gio").with("gio_2", "7h30-11h30, 13h30-17h").with("gio_4", "");
        let week = week.with("can_cu", "Quyết định 3/MẪU");
        binh.sends("/mot-cua/lich/gio", &[("cua", &world.id("sct")), ("tu", "30/11/2026"), ("can_cu", "x")])
            .await
            .forbids("giờ làm việc của cơ quan mình");
        let seen = week.sent_by(&minh).await.is(200).says("1 trong 1 hồ sơ").says("03/12/2026 17:30");
        let back = seen.form("/mot-cua/lich/gio").with("sua", "1").sent_by(&minh).await.is(200);
        assert_eq!(back.form("/mot-cua/lich/gio").value("gio_4"), "");
        minh.applies(week).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 03/12/2026");
        let page = minh.opens("/mot-cua/lich/gio").await.says("Thứ Tư: nghỉ").says("Quyết định 3/MẪU");
        // The same day twice is refused; today still has the hours from before.
        let twice = page.form("/mot-cua/lich/gio").with("tu", "30/11/2026").with("can_cu", "Quyết định 4/MẪU");
        assert_eq!(twice.value("gio_4"), "07:30-11:30, 13:30-17:30");
        twice.sent_by(&minh).await.refuses("Đã có giờ làm việc ghi từ ngày 30/11/2026");
        // Another agency has its own week.
        world.person("yen").opens("/mot-cua/lich/gio").await.hides("Quyết định 3/MẪU");
        let withdraw = minh.opens("/mot-cua/lich/gio").await.form_of_one("/mot-cua/lich/gio/");
        world.name("week", withdraw.action.split('/').nth(4).unwrap());
        mai.sends("/mot-cua/lich/gio/{week}/bo", &[]).await.forbids("Lãnh đạo, đầu mối");
        minh.applies(withdraw).await.goes_on();
        world.works().await;
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026");
        for (deed, times) in [("hours.week-set", 1), ("hours.week-withdrawn", 1), ("dossier.recomputed", 2)] {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
    })
    .await;
}

#[tokio::test]
async fn running_steps_follow_the_days_of_whoever_does_them() {
    journey(async |world| {
        at_both(&world).await;
        let (mai, minh, yen) = (world.person("mai"), world.person("minh"), world.person("yen"));
        // 16 hours at Sở Nội vụ, 8 hours here, both from the morning of the 25th on.
        mai.dossier().await.says("hạn 26/11/2026 17:30").says("hạn 25/11/2026 17:30");
        let morning = |cua: &str| {
            let all =
                [("tu", "25/11/2026"), ("buoi", "morning"), ("ly_do", "Mất điện MẪU"), ("can_cu", "Thông báo 1/MẪU")];
            [&[("cua", cua.to_owned())][..], &all.map(|(name, value)| (name, value.to_owned()))].concat()
        };
        // Four hours less there: that agency's step ends on the morning after, and no dossier of its own is there.
        let storm = morning(&world.id("snv"));
        let storm: Vec<(&str, &str)> = storm.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let seen = yen.thinks_of(&storm).await.is(200).says("Không hồ sơ nào đổi hạn trả, trong 0 hồ sơ");
        let seen = seen.says("1 trong 1 bước đang chạy sẽ đổi hạn").says("Cho ý kiến về nhân sự").says("Muộn hơn");
        seen.says("26/11/2026 17:30").says("27/11/2026 11:30").says("sct-20261124-0000001");
        mai.dossier().await.says("hạn 26/11/2026 17:30");
        yen.changes_days(&storm).await.goes_on();
        world.works().await;
        mai.dossier().await.says("hạn 27/11/2026 11:30").says("hạn 25/11/2026 17:30");
        assert_eq!((world.done("dossier.steps-recomputed").await, world.done("dossier.recomputed").await), (1, 0));
        // And here: the other agency's step is not this one's to move.
        let storm = morning(&world.id("sct"));
        let storm: Vec<(&str, &str)> = storm.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let seen = minh.thinks_of(&storm).await.says("1 trong 1 bước đang chạy").hides("Cho ý kiến về nhân sự");
        seen.says("25/11/2026 17:30").says("26/11/2026 11:30");
        minh.changes_days(&storm).await.goes_on();
        world.works().await;
        mai.dossier().await.says("hạn 27/11/2026 11:30").says("hạn 26/11/2026 11:30");
        // Nothing more follows from the same thing said of a day long after.
        let later = [&storm[..1], &[("tu", "25/12/2026"), ("ly_do", "x"), ("can_cu", "y")]].concat();
        minh.thinks_of(&later).await.says("Không bước nào đổi hạn, trong 1 bước đang chạy");
    })
    .await;
}
