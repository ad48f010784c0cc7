//! The fields of each form by name, in the set of its day.

use super::world::{ask, at, offices, paper, printed, step, unit};
use super::*;

const NEW: &str = "2026-11-24";
const OLD: &str = "2020-11-24";

fn receipt(printed: &Printed) -> Letter {
    form(printed, What::Receipt, &Wish { secret: "12345678".into(), which: None }).unwrap()
}

fn made(printed: &Printed, what: What) -> Letter {
    form(printed, what, &Wish::default()).unwrap()
}

fn no(printed: &Printed, what: What) -> NotNow {
    form(printed, what, &Wish::default()).unwrap_err()
}

fn ended(day: &str, state: State, reason: &str) -> Printed {
    let mut printed = printed(day);
    let end = at(&format!("{day}T16:00"));
    (printed.seen.at.dossier.state, printed.seen.at.dossier.ended) = (state, Some(end));
    printed.ending = Some(Ending { at: end, reason: reason.into(), who: "Cao Thị Mẫu Mai".into() });
    printed
}

#[test]
fn receipt_of_2025_has_its_fields() {
    let letter = receipt(&printed(NEW));
    let read = Read::of(&letter);
    assert_eq!((read.size(), read.pages.len()), ((148, 210), 1));
    read.says("Mẫu số 01, Thông tư số 03/2025/TT-VPCP")
        .says("SỞ CÔNG THƯƠNG")
        .says("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ")
        .says("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        .says("Số: 0021/BPTNTKQ")
        .says("Quảng Trị, ngày 24 tháng 11 năm 2026")
        .says("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
        .says("Mã hồ sơ: H50.12-20261124-0000021")
        .says("Bộ phận Tiếp nhận và Trả kết quả: Sở Công Thương")
        .says("Tiếp nhận hồ sơ của: Công ty TNHH MẪU An Phát")
        .says("Địa chỉ: Thôn Mẫu, xã Hải Lăng, tỉnh Quảng Trị")
        .says("Số điện thoại: 0905 123 456")
        .says("Email: lienhe@anphat.example")
        .says("Nội dung yêu cầu giải quyết: Cấp Giấy chứng nhận cửa hàng")
        .says("STT Tên giấy tờ Loại giấy tờ Số lượng")
        .says("2 Giấy tờ MẪU thứ 2 Bản sao chứng thực 2")
        .says("2. Số lượng hồ sơ: 01 (bộ)")
        .says("3. Thời gian giải quyết hồ sơ theo quy định: 5 ngày làm việc")
        .says("4. Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 24 tháng 11 năm 2026")
        .says("5. Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 15 phút, ngày 01 tháng 12 năm 2026")
        .says("6. Đăng ký trả kết quả tại: Bộ phận Tiếp nhận và Trả kết quả Sở Công Thương")
        .says("7. Phí, lệ phí (nếu có): Phí thẩm định 1.200.000 đồng (đã nộp, biên lai 0000007)")
        .says("Quyển số: 2026 Số thứ tự: 21")
        .says("nhập mã hồ sơ tại cchc.example/tra-cuu")
        .says("Mã tra cứu (giữ kín): 12345678")
        .says("NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Nguyễn Văn Mẫu")
        .says("NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Cao Thị Mẫu Mai");
}

#[test]
fn receipt_across_agencies_says_both_days() {
    for day in [NEW, OLD] {
        let mut printed = printed(day);
        printed.seen.told.others = vec![("Sở Nội vụ".into(), at("2026-11-27T17:30"))];
        Read::of(&receipt(&printed))
            .says("5 ngày làm việc, trong đó Sở Nội vụ xong trước 17 giờ 30 phút, ngày 27 tháng 11 năm 2026")
            .says("5. Thời gian trả kết quả");
    }
}

#[test]
fn receipt_of_2018_lists_its_papers_and_has_no_fee() {
    let read = Read::of(&receipt(&printed(OLD)));
    assert_eq!((read.size(), read.pages.len()), ((148, 210), 1));
    read.says("Mẫu số 01, Thông tư số 01/2018/TT-VPCP")
        .says("1) Đơn đề nghị (Mẫu số 1) (bản chính, số lượng 01)")
        .says("3) Giấy tờ MẪU thứ 3 (bản sao chứng thực, số lượng 02)")
        .says("6. Đăng ký nhận kết quả tại: Bộ phận")
        .silent("STT")
        .silent("Phí");
    // The last day of the old set, and the first of the new.
    Read::of(&receipt(&printed("2025-09-14"))).says("Thông tư số 01/2018/TT-VPCP");
    Read::of(&receipt(&printed("2025-09-15"))).says("Thông tư số 03/2025/TT-VPCP");
}

#[test]
fn the_code_carries_the_dossier_code_and_the_address_and_nothing_else() {
    let mut printed = printed(NEW);
    printed.site = "https://cchc.example/".into();
    assert_eq!(code_of(&receipt(&printed)), "https://cchc.example/tra-cuu?ma=H50.12-20261124-0000021");
    assert_eq!(code_of(&made(&printed, What::Control)), "https://cchc.example/tra-cuu?ma=H50.12-20261124-0000021");
    printed.seen.at.dossier.code = "a b&c".into();
    assert_eq!(code_of(&receipt(&printed)), "https://cchc.example/tra-cuu?ma=a%20b%26c");
}

#[test]
fn receipt_printed_again_has_no_secret() {
    Read::of(&made(&printed(NEW), What::Receipt)).silent("Mã tra cứu").says("nhập mã hồ sơ");
}

#[test]
fn a_centre_and_a_commune_are_named_by_their_own_heads() {
    let mut centre = printed(NEW);
    centre.offices.counter = unit("Trung tâm Phục vụ hành chính công tỉnh", "don-vi-su-nghiep");
    Read::of(&receipt(&centre))
        .says("UBND TỈNH QUẢNG TRỊ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH")
        .says("Số: 0021/TTPVHCC")
        .says("6. Đăng ký trả kết quả tại: Trung tâm Phục vụ hành chính công tỉnh");
    let commune = |day: &str| {
        let mut printed = printed(day);
        printed.offices.counter = unit("UBND phường Nam Đông Hà", "xa");
        Read::of(&receipt(&printed))
    };
    commune(NEW).says("Số: 0021/TTPVHCC").says("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG").says("Nam Đông Hà, ngày 24");
    commune(OLD).says("Số: 0021/BPTNTKQ").says("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ");
}

#[test]
fn request_to_supplement_has_its_table_since_2025_and_a_list_before() {
    for (day, is_new) in [(NEW, true), (OLD, false)] {
        let mut printed = printed(day);
        let ask = ask(day);
        let guide = Signed { title: "Chuyên viên".into(), name: "Phạm Văn Mẫu Bình".into() };
        printed.guides.insert(ask.id, guide);
        printed.seen.past.asks.push(ask);
        let read = Read::of(&made(&printed, What::Ask));
        assert_eq!((read.size(), read.pages.len()), ((148, 210), 1));
        read.says("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ")
            .says("Tiếp nhận hồ sơ của: Công ty TNHH MẪU An Phát")
            .says("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:")
            .says("Thiếu chữ ký. Ký và đóng dấu trang cuối")
            .says("Lý do: Hồ sơ chưa đủ căn cứ thẩm định")
            .says("Thời hạn bổ sung: đến hết ngày 25 tháng 12 năm 2026")
            .says("liên hệ Phạm Văn Mẫu Bình, 0233 000 000 để được hướng dẫn")
            .says("NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Phạm Văn Mẫu Bình");
        if is_new {
            read.says("Mẫu số 02, Thông tư số 03/2025").says("Bản chứng thực").says("Bản photo");
        } else {
            read.says("Mẫu số 02, Thông tư số 01/2018").silent("Bản photo").says("1. Đơn đề nghị (Mẫu số 1): Thiếu");
        }
    }
}

#[test]
fn of_two_requests_each_can_be_printed() {
    let mut printed = printed(NEW);
    printed.seen.past.asks = vec![ask("2026-11-25"), Ask { reason: "Lần hai".into(), ..ask("2026-12-07") }];
    let which = |which| form(&printed, What::Ask, &Wish { which, ..Wish::default() });
    Read::of(&which(None).unwrap()).says("Lý do: Lần hai");
    Read::of(&which(Some(1)).unwrap()).says("Lý do: Hồ sơ chưa đủ");
    for none in [0, 3, usize::MAX] {
        assert_eq!(which(Some(none)).unwrap_err(), NotNow::NothingToPrint { what: "yêu cầu bổ sung" });
    }
}

#[test]
fn refusal_says_why() {
    for day in [NEW, OLD] {
        let read = Read::of(&made(&ended(day, State::Refused, "Không thuộc thẩm quyền giải quyết"), What::Refuse));
        assert_eq!((read.size(), read.pages.len()), ((148, 210), 1));
        read.says("Mẫu số 03")
            .says("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ")
            .says("Địa chỉ: Thôn Mẫu")
            .says("thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: Không thuộc thẩm quyền giải quyết")
            .says("Xin thông báo cho Quý cơ quan, tổ chức được biết")
            .says("NGƯỜI NỘP HỒ SƠ")
            .says("NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Cao Thị Mẫu Mai");
    }
}

fn sorry(day: &str) -> Printed {
    let mut printed = printed(day);
    printed.apologies.push(Apology {
        at: at(&format!("{day}T15:00")),
        reason: "Chờ ý kiến của cơ quan phối hợp.".into(),
        before: at("2026-12-01T17:30"),
        after: at("2026-12-03T17:30"),
        signed: Signed { title: "Giám đốc".into(), name: "Lê Văn Mẫu Minh".into() },
    });
    printed
}

#[test]
fn apology_is_a_slip_by_2018_and_a_letter_by_2025() {
    for (day, size) in [(OLD, (148, 210)), (NEW, (210, 297))] {
        let read = Read::of(&made(&sorry(day), What::Apology));
        assert_eq!((read.size(), read.pages.len()), (size, 1));
        read.says("ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ SỞ CÔNG THƯƠNG")
            .says("Kính gửi: Công ty TNHH MẪU An Phát")
            .says("hẹn trả kết quả vào 17 giờ 30 phút, ngày 01 tháng 12 năm 2026")
            .says("Lý do: Chờ ý kiến của cơ quan phối hợp.")
            .says("xin lỗi Quý cơ quan, tổ chức")
            .says("17 giờ 30 phút, ngày 03 tháng 12 năm 2026")
            .says("GIÁM ĐỐC")
            .says("Lê Văn Mẫu Minh");
    }
    Read::of(&made(&sorry(OLD), What::Apology))
        .says("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ")
        .says("Mẫu số 04, Thông tư số 01/2018");
    Read::of(&made(&sorry(NEW), What::Apology))
        .says("/SCT")
        .says("V/v xin lỗi và đề nghị gia hạn thời gian giải quyết hồ sơ")
        .says("Nơi nhận:")
        .silent("PHIẾU XIN LỖI");
}

#[test]
fn notice_of_stopping_is_known_since_2025() {
    let read = Read::of(&made(&ended(NEW, State::Stopped, "Quá hạn bổ sung"), What::Stop));
    assert_eq!((read.size(), read.pages.len()), ((210, 297), 1));
    read.says("Mẫu số 05, Thông tư số 03/2025")
        .says("THÔNG BÁO Dừng giải quyết hồ sơ")
        .says("/TB-SCT")
        .says("Chủ hồ sơ: Công ty TNHH MẪU An Phát")
        .says("thông báo dừng giải quyết hồ sơ trên kể từ ngày 24 tháng 11 năm 2026. Lý do: Quá hạn bổ sung.")
        .says("Lê Văn Mẫu Minh");
    // Nothing was written: what the records show.
    let mut silent = ended(NEW, State::Stopped, "");
    silent.seen.past.asks.push(ask("2026-11-25"));
    Read::of(&made(&silent, What::Stop)).says("chưa nhận được giấy tờ bổ sung theo yêu cầu ngày 25/11/2026");
    Read::of(&made(&ended(NEW, State::Withdrawn, ""), What::Stop)).says("theo đề nghị của người nộp hồ sơ");
    let circular = "Thông tư số 01/2018/TT-VPCP".into();
    assert_eq!(no(&ended(OLD, State::Stopped, "x"), What::Stop), NotNow::NoForm { circular });
}

#[test]
fn what_was_not_done_is_not_printed() {
    let printed = printed(NEW);
    for what in [What::Ask, What::Refuse, What::Apology, What::Stop] {
        assert!(matches!(no(&printed, what), NotNow::NothingToPrint { .. }), "{what:?}");
    }
    // Handed in online and not yet received: there is nothing to promise.
    let mut submitted = printed;
    submitted.seen.at.dossier.state = State::Submitted;
    assert!(matches!(no(&submitted, What::Receipt), NotNow::NothingToPrint { .. }));
}

#[test]
fn control_slip_has_a_row_for_each_hand_over_and_how_its_time_was_kept() {
    for (day, number) in [(NEW, "06"), (OLD, "05")] {
        let mut printed = printed(day);
        let moment = |time: &str| format!("{day}T{time}");
        let mut second =
            step("2", "lanh-dao-phong", &moment("10:00"), &moment("11:30"), Some(&moment("11:30")), "Ngô Văn Mẫu Nam");
        second.note = "Giao chuyên viên".into();
        let mut third =
            step("3", "chuyen-vien", &moment("11:30"), &moment("14:00"), Some(&moment("14:01")), "Phạm Văn Mẫu Bình");
        third.back = true;
        let fourth = step("2", "lanh-dao-phong", &moment("14:01"), &moment("17:00"), None, "");
        printed.hands.insert(second.id, Hand { office: "Phòng Quản lý thương mại".into(), person: String::new() });
        printed
            .hands
            .insert(fourth.id, Hand { office: "Phòng Quản lý thương mại".into(), person: "Ngô Văn Mẫu Nam".into() });
        let first = step("1", "mot-cua", &moment("09:15"), &moment("16:00"), Some(&moment("10:00")), "Cao Thị Mẫu Mai");
        printed.seen.at.steps = vec![first, second, third, fourth];
        let read = Read::of(&made(&printed, What::Control));
        assert_eq!((read.size(), read.pages.len()), ((148, 210), 1));
        read.says(&format!("Mẫu số {number}"))
            .says("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ")
            .says("Chủ hồ sơ: Công ty TNHH MẪU An Phát")
            .says("1. Giao: Người nộp hồ sơ 2. Nhận: Bộ phận Tiếp nhận và Trả kết quả 09 giờ 15 phút")
            .says("Người giao: Nguyễn Văn Mẫu Người nhận: Cao Thị Mẫu Mai")
            .says("1. Giao: Bộ phận Tiếp nhận và Trả kết quả 2. Nhận: Phòng Quản lý thương mại 10 giờ 00 phút")
            .says("Người nhận: Ngô Văn Mẫu Nam Trước hạn")
            .says("Người nhận: Phạm Văn Mẫu Bình Đúng hạn Giao chuyên viên")
            .says("Người nhận: Ngô Văn Mẫu Nam Quá hạn Trả lại.");
    }
}

fn line(number: i64) -> Line {
    Line {
        id: db::fresh_id(),
        number,
        code: format!("H50.12-20261124-{number:07}"),
        name: "Cấp Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu".into(),
        owner: format!("Người MẪU thứ {number}"),
        address: "Thôn Mẫu, xã Hải Lăng".into(),
        phone: "0905123456".into(),
        agency: "Sở Công Thương".into(),
        received: at("2026-11-24T09:15"),
        promised: at("2026-12-01T17:30"),
        due: Some(at("2026-12-01T17:30")),
        state: State::Processing,
        ended: None,
        return_by: ReturnBy::Post,
        sample: true,
        sets: 2,
    }
}

#[test]
fn register_lies_on_its_side_and_goes_on_over_pages() {
    let mut lines: Vec<Line> = (1..=40).map(line).collect();
    lines[0] = Line { state: State::Returned, ended: Some(at("2026-11-30T10:00")), ..line(1) };
    lines[1] = Line { state: State::Refused, ended: Some(at("2026-11-25T10:00")), ..line(2) };
    lines[2].due = Some(at("2026-12-03T17:30"));
    let days = |from: &str, last: &str| (from.parse().unwrap(), last.parse().unwrap());
    let (from, last) = days("2026-11-01", "2026-11-30");
    let book = Book { offices: offices(), from, last, lines };
    let read = Read::of(&register(&book).unwrap());
    assert_eq!(read.size(), (297, 210));
    assert!(read.pages.len() > 1);
    for name in COLUMNS.iter().filter(|name| !name.starts_with("Ngày")) {
        assert!(read.pages.iter().all(|page| page.contains(&plain(name))), "{name} on each page");
    }
    read.says("Mẫu số 07, Thông tư số 03/2025/TT-VPCP")
        .says("SỔ THEO DÕI HỒ SƠ Từ ngày 01/11/2026 đến ngày 30/11/2026")
        .silent("Số:")
        .says("Người MẪU thứ 1 Thôn Mẫu, xã Hải Lăng, 0905 123 456 Sở Công Thương 24/11/2026 01/12/2026 30/11/2026 Bưu chính")
        .says("Từ chối 25/11/2026")
        .says("Hẹn lại 03/12/2026")
        .says("Người MẪU thứ 40");
    let (from, last) = days("2020-11-01", "2020-11-30");
    Read::of(&register(&Book { offices: offices(), from, last, lines: vec![] }).unwrap())
        .says("Mẫu số 06, Thông tư số 01/2018");
}

#[test]
fn whatever_was_typed_stays_on_the_sheet() {
    let long = "Nguyễn Thị Tên Rất Dài ".repeat(14);
    assert!(long.chars().count() > 300);
    let word = "ABCDEFGHIJ".repeat(30);
    for (day, name) in [(NEW, long.as_str()), (OLD, long.as_str()), (NEW, word.as_str()), (NEW, "Hồ"), (OLD, "Hồ")]
    {
        let mut printed = ended(day, State::Refused, name);
        let dossier = &mut printed.seen.at.dossier;
        dossier.owner = Owner {
            name: name.into(),
            phone: String::new(),
            email: String::new(),
            address: if name == "Hồ" { String::new() } else { name.into() },
            submitter: String::new(),
            ..dossier.owner.clone()
        };
        dossier.summary = name.into();
        printed.seen.attached.papers = (1..=30).map(paper).collect();
        printed.seen.attached.papers[3].name = name.into();
        let read = Read::of(&receipt(&printed));
        assert!(read.pages.len() >= 2 && read.pages.len() <= 6, "{} pages", read.pages.len());
        read.says("Số điện thoại: ....").says("Giấy tờ MẪU thứ 30").says("NGƯỜI TIẾP NHẬN HỒ SƠ").says(name);
        let last = read.pages.last().unwrap();
        assert!(last.find("Mãtracứu").unwrap() < last.find("NGƯỜINỘP").unwrap(), "no hand stands alone: {last}");
        Read::of(&made(&printed, What::Refuse)).says(name);
        Read::of(&made(&printed, What::Control)).says(name);
    }
}
