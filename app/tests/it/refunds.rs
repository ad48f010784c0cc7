//! Fees given back at the counter: asked for, approved, paid out once, and in the day's money.

use crate::counter::with_procedure;
use crate::page::Page;
use crate::person::Person;
use crate::world::journey;

const DEED: &str = "/mot-cua/ho-so/{dossier}/hoan-phi";

impl Person {
    /// Asks so much of the dossier's fee back.
    async fn asks_back(&self, amount: &str, why: &str) -> Page {
        let form = self.dossier().await.form(&self.world.address(DEED));
        form.with("so_tien", amount).with("ly_do_hoan", why).sent_by(self).await
    }

    /// Does the last deed that the page offers for a refund.
    async fn settles(&self, deed: &str, why: &str) -> Page {
        let forms = crate::form::Form::all(&self.dossier().await.html(), &self.world.address(DEED));
        let form = forms.into_iter().find(|form| form.offers(deed)).expect("a form with this deed");
        let form = if why.is_empty() { form } else { form.with("ly_do_khong", why) };
        form.with("viec", deed).sent_by(self).await
    }
}

#[tokio::test]
async fn a_fee_is_given_back_once_and_no_more_than_was_paid() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, minh, van) = (world.person("mai"), world.person("minh"), world.person("van"));
        mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        mai.opens("/mot-cua/thu-phi").await.says("1.200.000").says("Thu tiền mặt").says("sct-20261124-0000001");
        // What is wrong is said at once, and what was typed stays.
        let again =
            mai.asks_back("1.500.000", " ").await.refuses("Chỉ còn 1.200.000 đồng có thể hoàn").says("Ghi lý do hoàn");
        assert_eq!(again.form(&world.address(DEED)).value("so_tien"), "1.500.000");
        mai.asks_back("nhiều", "Thu nhầm mức").await.refuses("nhiều");
        mai.asks_back("200.000", "Thu nhầm mức").await.goes_on();
        mai.dossier().await.says("Chờ lãnh đạo duyệt").says("Thu nhầm mức");
        mai.asks_back("1.000.001", "Thu hai lần").await.refuses("Chỉ còn 1.000.000 đồng");
        // Not before the head has approved, and only the head does.
        let refund = van_sees_no_forms(&van, &minh).await;
        world.name("refund", refund);
        for viec in ["tra", "duyet"] {
            let said =
                mai.sends(DEED, &[("version", &version(&mai).await), ("hoan", "{refund}"), ("viec", viec)]).await;
            match viec {
                "tra" => said.refuses("Chưa trả lại tiền được: chờ lãnh đạo duyệt"),
                _ => said.forbids("Duyệt hoàn phí dành cho lãnh đạo"),
            };
        }
        minh.settles("khong", "").await.refuses("Ghi lý do không duyệt.");
        minh.settles("duyet", "").await.goes_on();
        mai.goes("/mot-cua/ho-so/{dossier}/hoan-phi/{refund}").await.refuses("chưa có khoản phí nào đã trả lại");
        mai.settles("tra", "").await.goes_on();
        let twice = [("version", &*version(&mai).await), ("hoan", "{refund}"), ("viec", "tra")];
        mai.sends(DEED, &twice).await.refuses("Tiền đã được trả lại theo phiếu 0000001");
        let slip = mai.opens("/mot-cua/ho-so/{dossier}/hoan-phi/{refund}").await;
        assert!(slip.bytes.starts_with(b"%PDF"), "{}", slip.asked);
        // A part is back: the fee stays paid, and the day says what is left.
        mai.dossier().await.says("Đã nộp").says("phiếu 0000001");
        mai.opens("/mot-cua/thu-phi").await.says("−200.000").says("1.000.000").says("Hoàn");
        // Declined: it takes nothing of the fee. Then the rest.
        mai.asks_back("1.000.000", "Thu hai lần").await.goes_on();
        minh.settles("khong", "Chưa có chứng từ").await.goes_on();
        mai.asks_back("1.000.000", "Thu hai lần").await.goes_on();
        minh.settles("duyet", "").await.goes_on();
        mai.settles("tra", "").await.goes_on();
        mai.dossier().await.says("Đã hoàn").says("Không duyệt").says("phiếu 0000002").hides("Số tiền hoàn");
        for (deed, times) in [
            ("dossier.refund-asked", 3),
            ("dossier.refund-agreed", 2),
            ("dossier.refund-declined", 1),
            ("dossier.fee-given-back", 2),
        ] {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
    })
    .await;
}

async fn version(person: &Person) -> String {
    person.dossier().await.between("name=\"version\" value=\"", "\"")
}

/// A registrar reads of the refund and is offered nothing; the head's form names it.
async fn van_sees_no_forms(van: &Person, minh: &Person) -> String {
    let address = van.world.address(DEED);
    let page = van.dossier().await.says("Chờ lãnh đạo duyệt");
    assert!(crate::form::Form::all(&page.html(), &address).is_empty(), "nothing is offered to a registrar");
    minh.dossier().await.between("name=\"hoan\" value=\"", "\"")
}

#[tokio::test]
async fn the_money_of_a_counter_adds_up_by_days() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, minh) = (world.person("mai"), world.person("minh"));
        mai.takes_in("Người Mẫu Một").await.goes_on();
        world.turns_to("2026-11-25");
        mai.takes_in("Người Mẫu Hai").await.goes_on();
        mai.asks_back("300000", "Thu nhầm mức").await.goes_on();
        minh.settles("duyet", "").await.goes_on();
        mai.settles("tra", "").await.goes_on();
        // Today alone, then both days with their sum.
        mai.opens("/mot-cua/thu-phi").await.says("900.000").hides("2.400.000");
        let both = mai.opens("/mot-cua/thu-phi?tu=24/11/2026&den=25/11/2026").await;
        both.says("Cộng").says("2.400.000").says("300.000").says("2.100.000");
        let file = mai.opens("/mot-cua/thu-phi?tu=24/11/2026&den=25/11/2026&xuat=csv").await;
        assert_eq!(file.text().matches("Phí thẩm định").count(), 3, "{}", file.text());
        mai.goes("/mot-cua/thu-phi?tu=25/11/2026&den=24/11/2026").await.refuses("Chọn từ ngày đến ngày");
        // Another agency's counter has its own.
        world.person("tam").opens("/mot-cua/thu-phi?tu=24/11/2026").await.says("Không có khoản thu");
        world.person("binh").goes("/mot-cua/thu-phi").await.is(403);
    })
    .await;
}
