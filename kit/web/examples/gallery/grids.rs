//! A department scores itself; the province appraises it.

use maud::{Markup, Render, html};
use web::look::grid::{self, Cell, Conflict, Mode, Stand};
use web::look::parts::{self, Button};
use web::look::table::{Align, Column};
use web::look::{Icon, Page, Tone, shell};

use crate::people;

pub fn score(drawer: bool) -> Markup {
    let columns = [
        Column::new("Mã"),
        Column::new("Tiêu chí"),
        Column::number("Tối đa"),
        Column::number("Trả lời"),
        Column::number("Tự chấm"),
        Column::new("TLKC").align(Align::Center).hint("Tài liệu kiểm chứng"),
        Column::new("Trạng thái"),
    ];
    let open = drawer.then(|| grid::drawer("3.2.1 Tỷ lệ hồ sơ giải quyết đúng hạn", "/score.html", &details()));
    let mut page = Page::new(
        "Tự chấm điểm chỉ số CCHC năm 2020",
        html! {
            (grid::bar(
                &parts::progress("Đã kết luận", 41, 58),
                &html! { (parts::tag(Tone::Soon, "Thiếu TLKC 6")) (parts::tag(Tone::Info, "Chưa giải trình 2")) (parts::tag(Tone::Bad, "Lỗi 1")) },
                &html! { "Tự chấm " strong { "71,25" } "/100 (tạm)" },
                &html! { (Button::new("Xuất Excel").to("/x").second().icon(Icon::Download)) (Button::new("Kiểm tra và gửi").to("/x").key("alt+t")) },
            ))
            (grid::grid(Mode::Score, "Bảng tự chấm điểm", &columns, &rows(), open))
        },
    );
    page.lead =
        Some(html! { "Sở Công Thương · " (parts::tag(Tone::Info, "Còn 6 ngày")) " đóng 17:00 ngày 30/11/2020" });
    page.crumbs = vec![("Chỉ số CCHC".into(), "/list.html".into())];
    page.keys = grid::SCORE_KEYS.to_vec();
    page.wide = true;
    shell::office(&people::office("Tự chấm điểm"), &page)
}

fn cell<'a>(id: &'a str, stand: Stand, say: &'a str) -> Cell<'a> {
    Cell { id, action: "/cell", csrf: "token", version: "3", key: "01937f00-aaaa", stand, say, conflict: None }
}

fn rows() -> Markup {
    let ratio = cell("d-3.2.3", Stand::Saved, "");
    let number = cell("d-3.2.2", Stand::Warn, "Thiếu tài liệu kiểm chứng");
    let wrong = cell("d-3.2.4", Stand::Invalid, "Tử số (900) lớn hơn mẫu số (850)");
    let choice = cell("d-1.2", Stand::Saved, "");
    let todo = cell("d-1.3", Stand::Todo, "");
    let both = Cell {
        conflict: Some(Conflict { who: "Hùng lưu lúc 09:13", theirs: "1,25", mine: "1,50" }),
        ..cell("d-1.1", Stand::Invalid, "")
    };
    let open = |code: &str| format!("/score-drawer.html?mo={code}");
    html! {
        (sum("1", 1, "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", "15,00", "11,25", "5/8"))
        (grid::row("1.1", 2, false, &html! {
            (grid::name("1.1", "Mức độ hoàn thành kế hoạch cải cách hành chính", Some(&open("1.1")), None)) (grid::number("1,50"))
            (both.with(&both.number("value", "Số nhiệm vụ hoàn thành 1.1", "1,50"))) (grid::number("–"))
            (grid::evidence(2, "/x", "1.1", false)) (grid::state(Tone::Bad, "Hai người cùng sửa"))
        }))
        (grid::row("1.2", 2, false, &html! {
            (grid::name("1.2", "Ban hành kế hoạch cải cách hành chính của năm đúng thời hạn", Some(&open("1.2")), None)) (grid::number("1,00"))
            (choice.with(&choice.choose("choice", "Mức của 1.2", "0", &[("0", "Trong tháng 12 năm trước"), ("1", "Trong tháng 01")])))
            (grid::number("1,00")) (grid::evidence(1, "/x", "1.2", false)) (grid::state(Tone::Ok, "Đã xong"))
        }))
        (grid::row("1.3", 2, false, &html! {
            (grid::name("1.3", "Có sáng kiến hoặc giải pháp mới trong cải cách hành chính được cấp có thẩm quyền công nhận", Some(&open("1.3")), None)) (grid::number("2,00"))
            (todo.with(&todo.number("value", "Số sáng kiến 1.3", ""))) (grid::number("–"))
            (grid::evidence(0, "/x", "1.3", false)) (grid::state(Tone::Plain, "Chưa làm"))
        }))
        (sum("3", 1, "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "20,00", "14,50", "9/12"))
        (sum("3.2", 2, "Giải quyết hồ sơ thủ tục hành chính", "6,00", "4,50", "2/3"))
        (grid::row("3.2.1", 3, false, &html! {
            (grid::name("3.2.1", "Tỷ lệ hồ sơ giải quyết đúng hạn", Some(&open("3.2.1")), None)) (grid::number("3,00"))
            (grid::locked("1.187/1.204", Icon::Auto, "Lấy từ hệ thống một cửa")) (grid::number("3,00"))
            (grid::evidence(1, "/x", "3.2.1", false)) (grid::state(Tone::Ok, "Đã xong"))
        }))
        (grid::row("3.2.2", 3, false, &html! {
            (grid::name("3.2.2", "Xin lỗi tổ chức, cá nhân khi giải quyết hồ sơ trễ hạn", Some(&open("3.2.2")), None)) (grid::number("1,50"))
            (number.with(&number.number("value", "Số văn bản xin lỗi 3.2.2", "6"))) (grid::number("1,50"))
            (grid::evidence(0, "/x", "3.2.2", true)) (grid::state(Tone::Soon, "Thiếu TLKC"))
        }))
        (grid::row("3.2.3", 3, false, &html! {
            (grid::name("3.2.3", "Số hoá hồ sơ, kết quả giải quyết", Some(&open("3.2.3")), None)) (grid::number("1,50"))
            (ratio.with(&ratio.part_whole(("Hồ sơ đã số hoá 3.2.3", "850"), ("Tổng hồ sơ 3.2.3", "1.204")))) (grid::number("1,06"))
            (grid::evidence(2, "/x", "3.2.3", false)) (grid::state(Tone::Ok, "Đã xong"))
        }))
        (grid::row("3.2.4", 3, false, &html! {
            (grid::name("3.2.4", "Hồ sơ trực tuyến toàn trình", Some(&open("3.2.4")), None)) (grid::number("1,50"))
            (wrong.with(&wrong.part_whole(("Hồ sơ toàn trình 3.2.4", "900"), ("Tổng hồ sơ 3.2.4", "850")))) (grid::number("–"))
            (grid::evidence(1, "/x", "3.2.4", false)) (grid::state(Tone::Bad, "Chưa lưu được"))
        }))
        (sum("7", 1, "HIỆN ĐẠI HOÁ HÀNH CHÍNH", "15,00", "12,00", "7/9"))
        (grid::row("7.5", 2, false, &html! {
            (grid::name("7.5", "Áp dụng hệ thống quản lý chất lượng TCVN ISO 9001:2015", Some(&open("7.5")), None)) (grid::number("2,00"))
            (grid::locked("Không áp dụng", Icon::Lock, "Đã xin không áp dụng, chờ duyệt")) (grid::number("–"))
            (grid::evidence(1, "/x", "7.5", false)) (grid::state(Tone::Calm, "Chờ duyệt"))
        }))
        @for code in ["7.6", "7.7", "7.8", "7.9"] { (plain(code)) }
    }
}

fn plain(code: &str) -> Markup {
    let id = format!("d-{code}");
    let cell = cell(&id, Stand::Saved, "");
    grid::row(
        code,
        2,
        false,
        &html! {
            (grid::name(code, "Tỷ lệ văn bản trao đổi dưới dạng điện tử có ký số", Some("/score-drawer.html"), None)) (grid::number("1,00"))
            (cell.with(&cell.number("value", &format!("Tỷ lệ {code}"), "98,5"))) (grid::number("1,00"))
            (grid::evidence(1, "/x", code, false)) (grid::state(Tone::Ok, "Đã xong"))
        },
    )
}

fn sum(code: &str, depth: u8, name: &str, max: &str, points: &str, done: &str) -> Markup {
    grid::row(
        code,
        depth,
        true,
        &html! {
            (grid::name(code, name, None, None)) (grid::number(max)) td {} (grid::number(points)) td {} td { (done) }
        },
    )
}

fn details() -> Markup {
    html! {
        (parts::facts([
            ("Cách tính", html! { "Từ 98 % trở lên: 3 điểm; dưới 80 %: 0 điểm; còn lại: tỷ lệ × 3" }),
            ("Kết quả", html! { "1.187/1.204 = 98,59 % ≥ 98 % → " strong { "3,00" } }),
            ("Giao cho", html! { "Văn phòng, Trần Thị Lan" }),
        ]))
        h3 { "Tài liệu kiểm chứng" }
        (parts::facts([("CV 345/SCT-VP", html! { "05/11/2020, mục II, trang 3" })]))
        (Button::new("Thêm tài liệu").to("/x").second().icon(Icon::Plus).key("alt+e").render())
        h3 { "Diễn biến" }
        (parts::timeline(&[
            parts::Event { when: "23/11/2020 15:02".into(), who: "Trần Thị Lan".into(), what: html! { "Lưu 1.187/1.204" }, tone: Tone::Plain },
            parts::Event { when: "20/11/2020 08:31".into(), who: "Lê Văn Dũng".into(), what: html! { "Giao cho Văn phòng" }, tone: Tone::Plain },
        ]))
    }
}

pub fn appraise() -> Markup {
    let columns = [
        Column::new("Mã"),
        Column::new("Tiêu chí"),
        Column::number("Tối đa"),
        Column::number("Tự chấm"),
        Column::number("Thẩm định"),
        Column::number("Lệch"),
        Column::new("Lý do"),
        Column::new("TLKC").align(Align::Center),
        Column::new("Trạng thái"),
    ];
    let agreed = cell("t-3.2.1", Stand::Saved, "");
    let lowered = cell("t-3.2.2", Stand::Saved, "");
    let reason = cell("l-3.2.2", Stand::Saved, "");
    let open = cell("t-3.2.3", Stand::Todo, "");
    let why = cell("l-3.2.3", Stand::Todo, "");
    let rows = html! {
        (grid::row("3.2.1", 2, false, &html! {
            (grid::name("3.2.1", "Tỷ lệ hồ sơ giải quyết đúng hạn", Some("/x"), None)) (grid::number("3,00")) (grid::number("3,00"))
            (agreed.with(&agreed.number("value", "Điểm thẩm định 3.2.1", "3,00"))) (grid::number("0,00")) td {}
            (grid::evidence(1, "/x", "3.2.1", false)) (grid::state(Tone::Ok, "Đồng ý"))
        }))
        (grid::row("3.2.2", 2, false, &html! {
            (grid::name("3.2.2", "Xin lỗi tổ chức, cá nhân khi giải quyết hồ sơ trễ hạn", Some("/x"), None)) (grid::number("1,50")) (grid::number("1,50"))
            (lowered.with(&lowered.number("value", "Điểm thẩm định 3.2.2", "0,75"))) (grid::number("−0,75"))
            (reason.with(&reason.words("reason", "Lý do điều chỉnh 3.2.2", "Thiếu 3/6 văn bản xin lỗi; bản 345 không có ngày")))
            (grid::evidence(2, "/x", "3.2.2", false)) (grid::state(Tone::Info, "Đã điều chỉnh"))
        }))
        (grid::row("3.2.3", 2, false, &html! {
            (grid::name("3.2.3", "Số hoá hồ sơ, kết quả giải quyết", Some("/x"), None)) (grid::number("1,50")) (grid::number("1,06"))
            (open.with(&open.number_or_agree("value", "Điểm thẩm định 3.2.3", "", "3.2.3")))
            (grid::number("–")) (why.with(&why.words("reason", "Lý do điều chỉnh 3.2.3", "")))
            (grid::evidence(2, "/x", "3.2.3", false)) (grid::state(Tone::Plain, "Chưa thẩm định"))
        }))
    };
    let mut page = Page::new(
        "Thẩm định: Sở Công Thương",
        html! {
            (parts::tabs("Cách xem", &[
                parts::Tab { label: "Theo đơn vị", href: "/appraise.html", count: None, current: true },
                parts::Tab { label: "Theo tiêu chí", href: "/x", count: None, current: false },
                parts::Tab { label: "Câu hỏi", href: "/x", count: Some(1), current: false },
            ]))
            (grid::bar(&parts::progress("Đã xong", 37, 58), &html! { (parts::tag(Tone::Soon, "1 câu hỏi chưa trả lời")) },
                &html! { "Lệch " strong { "−3,25" } }, &html! { (Button::new("Kết luận đơn vị").to("/x")) }))
            (grid::grid(Mode::Appraise, "Bảng thẩm định", &columns, &rows, None))
        },
    );
    page.keys = grid::APPRAISE_KEYS.to_vec();
    shell::office(&people::office("Kỳ đánh giá"), &page)
}
