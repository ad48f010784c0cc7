//! What people do, in their own words; each walks the pages as a browser without script.

use crate::page::Page;
use crate::person::Person;
use crate::world::World;

/// A small PDF: what counts is that it is one.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

impl Person {
    /// An address with this person's unit for `{unit}`, as the program writes it.
    #[track_caller]
    pub fn own(&self, path: &str) -> String {
        self.world.address(&path.replace("{unit}", &format!("{{{}}}", self.unit)))
    }

    /// Opens one's card with the drawer of a criterion.
    pub async fn drawer(&self, code: &str) -> Page {
        self.opens(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}?mo={code}"))).await
    }

    /// Fills the boxes of a criterion and saves.
    pub async fn answers(&self, code: &str, boxes: &[(&str, &str)]) -> Page {
        let form = self.drawer(code).await.form(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}/o/{code}")));
        form.filled(boxes).sent_by(self).await
    }

    /// Ticks these lines of a checklist and saves.
    pub async fn ticks(&self, code: &str, lines: &[&str]) -> Page {
        let form = self.drawer(code).await.form(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}/o/{code}")));
        lines.iter().fold(form, |form, line| form.ticks("items", line)).sent_by(self).await
    }

    /// Writes how it was counted.
    pub async fn notes(&self, code: &str, text: &str) -> Page {
        let form =
            self.drawer(code).await.form(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}/giai-thich/{code}")));
        form.with("note", text).sent_by(self).await
    }

    /// Gives a document with one file.
    pub async fn proves(&self, code: &str, file: &str, content: &[u8]) -> Page {
        let form =
            self.drawer(code).await.form(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}/tlkc/{code}")));
        let boxes = [
            ("number", "118/BC-SCT"),
            ("issued", "10/11/2026"),
            ("issuer", "Sở Công Thương"),
            ("summary", "Báo cáo cải cách hành chính năm 2026"),
            ("place", "mục II, trang 3"),
        ];
        form.filled(&boxes).attach("file", file, content).sent_by(self).await
    }

    /// Asks that a criterion not apply.
    pub async fn asks_off(&self, code: &str, why: &str) -> Page {
        let form = self
            .drawer(code)
            .await
            .form(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}/khong-ap-dung/{code}")));
        form.with("excused_why", why).sent_by(self).await
    }

    /// The head sends the card.
    pub async fn sends_card(&self) -> Page {
        let page = self.opens(&self.own("/chi-so/dot/{round}/phieu/{unit}/gui")).await;
        page.form(&self.own("/chi-so/dot/{round}/phieu/{unit}/gui")).sent_by(self).await
    }

    /// Says something about a criterion of a card, on the card's own page.
    pub async fn explains(&self, code: &str, text: &str) -> Page {
        let form =
            self.drawer(code).await.form(&self.own(&format!("/chi-so/dot/{{round}}/phieu/{{unit}}/trao-doi/{code}")));
        form.with("text", text).sent_by(self).await
    }

    /// Opens the appraisal of a unit.
    pub async fn appraises(&self, unit: &str) -> Page {
        self.opens(&format!("/chi-so/dot/{{round}}/tham-dinh/{{{unit}}}")).await
    }

    /// The same with a criterion's drawer.
    pub async fn looks_at(&self, unit: &str, code: &str) -> Page {
        self.opens(&format!("/chi-so/dot/{{round}}/tham-dinh/{{{unit}}}?mo={code}")).await
    }

    /// Agrees with what a unit gave itself.
    pub async fn agrees(&self, unit: &str, code: &str) -> Page {
        self.verdict(unit, code, &[("agree", "1")]).await
    }

    /// Gives points of one's own, with a reason.
    pub async fn judges(&self, unit: &str, code: &str, points: &str, reason: &str) -> Page {
        self.verdict(unit, code, &[("points", points), ("reason", reason)]).await
    }

    async fn verdict(&self, unit: &str, code: &str, boxes: &[(&str, &str)]) -> Page {
        let address = self.world.address(&format!("/chi-so/dot/{{round}}/tham-dinh/{{{unit}}}/o/{code}"));
        self.appraises(unit).await.cell(&address).filled(boxes).sent_by(self).await
    }

    /// The council concludes a unit.
    pub async fn concludes(&self, unit: &str) -> Page {
        let address = self.world.address(&format!("/chi-so/dot/{{round}}/tham-dinh/{{{unit}}}/ket-luan"));
        self.appraises(unit).await.form(&address).sent_by(self).await
    }

    /// The council publishes the round.
    pub async fn publishes(&self, decision: &str, on: &str) -> Page {
        let page = self.opens("/chi-so/dot/{round}/cong-bo").await;
        let form = page.form(&self.world.address("/chi-so/dot/{round}/cong-bo"));
        form.filled(&[("decision", decision), ("on", on)]).sent_by(self).await
    }
}

impl World {
    /// Sở Công Thương has answered all that is its own: 2 + 3,4 + 4 + 2,5 + 3 = 14,9 points.
    pub async fn sct_answers(&self) {
        let lan = self.person("lan");
        lan.answers("1.1", &[("yes", "1")]).await.goes_on();
        lan.answers("1.2", &[("part", "17"), ("whole", "20")]).await.goes_on();
        lan.answers("1.3", &[("choice", "0")]).await.goes_on();
        lan.answers("2.1", &[("case-0", "1")]).await.goes_on();
        lan.ticks("2.2", &["0", "1"]).await.goes_on();
        lan.proves("1.1", "ke-hoach.pdf", PDF).await.goes_on();
        lan.notes("1.2", "17 trên 20 nhiệm vụ, theo báo cáo năm.").await.goes_on();
    }

    /// Sở Nội vụ has answered, and asks that 1.3 not apply to it: 0 + 4 + 3 + 2 = 9 points.
    pub async fn snv_answers(&self) {
        let yen = self.person("yen");
        yen.answers("1.1", &[("yes", "0")]).await.goes_on();
        yen.answers("1.2", &[("part", "20"), ("whole", "20")]).await.goes_on();
        yen.asks_off("1.3", "Năm nay không có đoàn kiểm tra.").await.goes_on();
        yen.answers("2.1", &[("case-0", "0"), ("case-1", "0")]).await.goes_on();
        yen.ticks("2.2", &["1"]).await.goes_on();
        yen.notes("1.1", "Ban hành chậm 5 ngày.").await.goes_on();
        yen.notes("1.2", "Theo báo cáo năm.").await.goes_on();
    }

    /// Both departments have answered and sent.
    pub async fn both_send(&self) {
        self.sct_answers().await;
        self.snv_answers().await;
        self.person("minh").sends_card().await.goes_on();
        self.person("yen").sends_card().await.goes_on();
    }

    /// The survey: two thirds best and one third middling for Sở Công Thương, all best for Sở Nội vụ.
    pub async fn survey_comes(&self) {
        let rows = [("SCT", [20, 10, 0]), ("SNV", [30, 0, 0])].map(|(unit, answers)| index::actions::SurveyAnswer {
            unit: unit.into(),
            code: "2.3".into(),
            value: serde_json::json!({ "answers": answers }),
            place: unit.into(),
        });
        let round = self.id("round").parse().unwrap();
        index::actions::import_survey(&self.site(), &self.program(), round, &rows).await.unwrap();
    }

    /// Every appraiser has looked at every leaf and agreed; 1.3 need not apply to Sở Nội vụ.
    pub async fn all_is_agreed(&self) {
        self.turns_to("2026-12-12");
        let (thu, hai) = (self.person("thu"), self.person("hai"));
        for code in ["1.1", "1.2", "1.3"] {
            thu.agrees("sct", code).await.goes_on();
        }
        for unit in ["sct", "snv"] {
            for code in ["2.1", "2.2"] {
                hai.agrees(unit, code).await.goes_on();
            }
        }
        for code in ["1.1", "1.2"] {
            hai.agrees("snv", code).await.goes_on();
        }
        let address = self.address("/chi-so/dot/{round}/tham-dinh/{snv}/khong-ap-dung/1.3");
        hai.looks_at("snv", "1.3").await.form(&address).with("granted", "1").sent_by(&hai).await.goes_on();
    }
}
