//! The papers of a dossier, each printed where its deed was done; the register of the counter.

use crate::counter::with_procedure;
use crate::page::Page;
use crate::person::Person;
use crate::world::journey;
use lopdf::Document;

/// The text of a PDF without white space: readers differ in where they see a space.
fn read(page: &Page) -> String {
    assert_eq!(page.header("content-type"), "application/pdf", "{}", page.asked);
    let document = Document::load_mem(&page.bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    plain(&document.extract_text(&pages).unwrap())
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

#[track_caller]
fn says(paper: &str, words: &str) {
    assert!(paper.contains(&plain(words)), "{words:?} is not in {paper}");
}

impl Person {
    /// Prints a paper by its link on the dossier's page.
    async fn prints(&self, word: &str) -> String {
        let place = self.world.address(&format!("/mot-cua/ho-so/{{dossier}}/{word}"));
        let page = self.dossier().await;
        assert!(page.html().contains(&format!("href=\"{place}\"")), "no link to {place}");
        read(&self.opens(&place).await)
    }

    async fn gives_reason(&self, door: &str, why: &str) {
        let form = self.dossier().await.form(&self.world.address(&format!("/mot-cua/ho-so/{{dossier}}/{door}")));
        form.with("ly_do", why).sent_by(self).await.goes_on();
    }
}

async fn cannot_print(who: &Person, words: &[&str]) {
    for word in words {
        who.goes(&format!("/mot-cua/ho-so/{{dossier}}/in/{word}")).await.refuses("nên chưa in được giấy tờ này");
    }
}

#[tokio::test]
async fn each_paper_is_printed_once_its_deed_was_done() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam, minh) = (world.person("mai"), world.person("nam"), world.person("minh"));
        let done = mai.takes_in("Nguyễn Thị Mẫu").await.goes_on();
        let secret = done.place().rsplit_once("?ma=").unwrap().1.to_owned();
        let paper = read(&mai.opens(&format!("/mot-cua/ho-so/{{dossier}}/giay-hen?ma={secret}")).await);
        says(&paper, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ");
        says(&paper, "Mẫu số 01, Thông tư số 03/2025/TT-VPCP");
        says(&paper, "Quảng Trị, ngày 24 tháng 11 năm 2026");
        says(&paper, "Tiếp nhận hồ sơ của: Nguyễn Thị Mẫu");
        says(&paper, &secret);
        let again = mai.prints("giay-hen").await;
        assert!(!again.contains(&secret), "the secret is kept nowhere");
        says(&mai.prints("in/kiem-soat").await, "1. Giao: Người nộp hồ sơ 2. Nhận: Bộ phận Tiếp nhận và Trả kết quả");
        mai.dossier().await.says("Giấy tờ in").hides("Phiếu yêu cầu bổ sung, hoàn thiện");
        cannot_print(&mai, &["bo-sung", "tu-choi", "xin-loi", "dung"]).await;
        mai.goes("/mot-cua/ho-so/{dossier}/in/so-do").await.is(404);
        world.person("tam").goes("/mot-cua/ho-so/{dossier}/in/kiem-soat").await.is(404);

        mai.moves("0|", "").await.goes_on();
        says(&mai.prints("in/kiem-soat").await, "Người giao: Cao Thị Mai");
        let form = minh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/xin-loi"));
        form.with("so_ngay", "2").with("ly_do", "Chờ ý kiến").sent_by(&minh).await.goes_on();
        let sorry = minh.prints("in/xin-loi").await;
        says(&sorry, "Lý do: Chờ ý kiến.");
        says(&sorry, "GIÁM ĐỐC");
        says(&sorry, "Lê Văn Minh");
        world.turns_to("2026-11-26");
        let form = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/bo-sung"));
        let form = form.ticks("giay", "don").with("can_don", "Nộp lại đơn có chữ ký").with("ly_do", "Thiếu trang ký");
        form.sent_by(&nam).await.goes_on();
        let asked = mai.prints("in/bo-sung").await;
        says(&asked, "Nộp lại đơn có chữ ký");
        says(&asked, "Lý do: Thiếu trang ký");
        says(&asked, "NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Ngô Văn Nam");
        mai.gives_reason("rut", "Đơn xin rút ngày 26/11/2026").await;
        says(&mai.prints("in/dung").await, "Lý do: Đơn xin rút ngày 26/11/2026.");

        mai.takes_in("Người Mẫu Hai").await.goes_on();
        mai.gives_reason("tu-choi", "Không thuộc thẩm quyền").await;
        let refused = mai.prints("in/tu-choi").await;
        says(&refused, "lý do cụ thể như sau: Không thuộc thẩm quyền");
        says(&refused, "Cao Thị Mai");
        assert!(world.done("dossier.printed").await >= 8, "what was printed stands in the journal");
    })
    .await;
}

#[tokio::test]
async fn the_register_is_read_taken_away_and_printed_by_days() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, van) = (world.person("mai"), world.person("van"));
        mai.opens("/mot-cua/so").await.says("Không có hồ sơ nào trong khoảng ngày này.");
        mai.takes_in("Người Mẫu Một").await.goes_on();
        world.turns_to("2026-11-25");
        mai.takes_in("Người Mẫu Hai").await.goes_on();
        mai.gives_reason("tu-choi", "Không thuộc thẩm quyền").await;
        mai.opens("/mot-cua/so").await.says("Người Mẫu Một").says("Người Mẫu Hai").says("Từ chối 25/11/2026");
        let one = "/mot-cua/so?tu=24/11/2026&den=24/11/2026";
        let page = van.opens(one).await.says("Người Mẫu Một").hides("Người Mẫu Hai");
        let printed = read(&van.opens(&page.link("/mot-cua/so/in")).await);
        says(&printed, "SỔ THEO DÕI HỒ SƠ Từ ngày 24/11/2026 đến ngày 24/11/2026");
        says(&printed, "Người Mẫu Một");
        assert!(!printed.contains(&plain("Người Mẫu Hai")));
        let csv = mai.opens("/mot-cua/so?xuat=csv").await;
        assert!(csv.html().contains("Cơ quan chủ trì giải quyết") && csv.html().contains("Người Mẫu Hai"));
        let excel = mai.opens("/mot-cua/so?xuat=xlsx").await;
        assert!(excel.bytes.starts_with(b"PK"));
        mai.goes("/mot-cua/so?tu=25/11/2026&den=24/11/2026").await.refuses("ngày cuối không trước ngày đầu");
        mai.goes("/mot-cua/so?tu=01/01/2020&den=24/11/2026").await.refuses("nhiều nhất 366 ngày");
        mai.goes("/mot-cua/so?tu=32/11/2026").await.is(422);
        mai.goes("/mot-cua/so/in?tu=x").await.is(422);
        // Another agency's register is not there, nor is a specialist given any.
        world.person("tam").opens("/mot-cua/so").await.hides("Người Mẫu Một");
        world.person("tam").goes(&format!("/mot-cua/so?quay={}", world.id("sct"))).await.is(404);
        world.person("binh").goes("/mot-cua/so").await.is(403);
        assert!(world.done("dossier.register-read").await >= 5, "the reading of it stands in the journal");
    })
    .await;
}
