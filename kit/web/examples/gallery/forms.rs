//! Signing in, a form with errors, a citizen's steps.

use base::Refusal;
use maud::{Markup, Render, html};
use web::look::fields::{self, Choice, Field, Limits};
use web::look::parts::{self, Button, Task};
use web::look::{Flash, Page, Tone, shell};

use crate::people;

fn csrf() -> Markup {
    html! { input type="hidden" name="csrf" value="token"; }
}

pub fn sign_in() -> Markup {
    let mut page = Page::new(
        "Đăng nhập",
        html! {
            form method="post" action="/dang-nhap" {
                (csrf())
                (fields::text(Field::new("ten", "Tên đăng nhập").autocomplete("username").as_code()))
                (fields::password(Field::new("mat_khau", "Mật khẩu").autocomplete("current-password")))
                (parts::button("Đăng nhập"))
            }
        },
    );
    page.lead = Some(html! { "Dùng tài khoản do cơ quan cấp." });
    shell::bare(&people::citizen(), &page)
}

pub fn settings() -> Markup {
    let refusals = vec![
        Refusal::new("date-order", "Ngày đóng phải sau ngày mở 01/11/2020").at("dong"),
        Refusal::new("number", "Dùng dấu phẩy cho phần thập phân, ví dụ 12,5").at("nguong"),
    ];
    let kinds = [
        Choice::new("so", "Sở, ban, ngành").hint("20 đơn vị"),
        Choice::new("huyen", "Huyện, thị xã, thành phố").hint("10 đơn vị"),
        Choice::new("xa", "Xã, phường, thị trấn"),
    ];
    let mut page = Page::new(
        "Mở kỳ đánh giá 2020",
        html! {
            form.form method="post" action="/ky" enctype="multipart/form-data" data-guard {
                (csrf())
                (fields::text(Field::new("ten", "Tên kỳ đánh giá").value("Chỉ số CCHC năm 2020").refused(&refusals)))
                (fields::select(Field::new("bo", "Bộ tiêu chí").value("so-2020"), &[
                    Choice::new("so-2019", "Chỉ số CCHC cấp sở 2019"), Choice::new("so-2020", "Chỉ số CCHC cấp sở 2020"),
                ]))
                (fields::radios(Field::new("cap", "Áp dụng cho").value("so"), &kinds))
                (fields::date(Field::new("mo", "Ngày mở tự chấm").value("01/11/2020").refused(&refusals)))
                (fields::date(Field::new("dong", "Ngày đóng tự chấm").value("30/10/2020").refused(&refusals)))
                (fields::number(Field::new("nguong", "Ngưỡng xếp loại Tốt").value("80.5").unit("điểm").refused(&refusals)))
                (fields::checkboxes(Field::new("nhac", "Nhắc việc").optional(), &[
                    Choice::new("7", "Trước hạn 7 ngày"), Choice::new("1", "Trước hạn 1 ngày"),
                ], &["7"]))
                (fields::textarea(Field::new("ghi_chu", "Ghi chú").optional().hint("Các đơn vị đọc được ghi chú này.")))
                (fields::file(Field::new("van_ban", "Văn bản hướng dẫn").optional(), &Limits {
                    kinds: "PDF hoặc Word", accept: ".pdf,.docx", megabytes: 20, many: false,
                }))
                div.actions {
                    (Button::new("Mở kỳ đánh giá").key("alt+s"))
                    (Button::new("Lưu nháp").second().sends("nhap", "1"))
                    a href="/list.html" { "Huỷ" }
                }
            }
        },
    );
    page.crumbs = vec![("Chỉ số CCHC".into(), "/".into()), ("Kỳ đánh giá".into(), "/list.html".into())];
    page.refusals = refusals;
    shell::office(&people::office("Kỳ đánh giá"), &page)
}

pub fn citizen_tasks() -> Markup {
    let task = |name, href, tone, state| Task { name, href, hint: "", tone, state };
    let mut page = Page::new(
        "Cấp giấy chứng nhận đủ điều kiện bán lẻ xăng dầu",
        html! {
            p { "Đã xong 2/5 việc. Mã nháp: " strong { "482 913" } }
            (parts::task_list(&[
                task("Người nộp", Some("/citizen-question.html"), Tone::Plain, "Đã xong"),
                task("Thông tin cửa hàng", Some("/citizen-question.html"), Tone::Plain, "Đã xong"),
                task("Giấy tờ", Some("/citizen-question.html"), Tone::Bad, "Cần sửa"),
                task("Nhận kết quả", Some("/citizen-question.html"), Tone::Info, "Chưa làm"),
                task("Kiểm tra và nộp", None, Tone::Calm, "Chưa thể làm"),
            ]))
            (parts::details("Vì sao hỏi những thông tin này?", html! { p { "Để đối chiếu với đăng ký kinh doanh." } }))
        },
    );
    page.flash = Some(Flash::done("Bản nháp đã được lưu lúc 09:14"));
    shell::citizen(&people::citizen(), &page)
}

pub fn citizen_question() -> Markup {
    let refusals = vec![Refusal::new("missing", "Chọn nơi nhận kết quả").at("nhan")];
    let mut page = Page::new(
        "Bạn muốn nhận kết quả ở đâu?",
        html! {
            form method="post" action="/nhan" {
                (csrf())
                (fields::radios(Field::new("nhan", "Bạn muốn nhận kết quả ở đâu?").as_heading().refused(&refusals), &[
                    Choice::new("quay", "Tại quầy").hint("Trung tâm Phục vụ hành chính công, 7:30–17:00"),
                    Choice::new("buu_dien", "Qua bưu điện").hint("Phí khoảng 26.000 đồng, trả khi nhận"),
                    Choice::new("dien_tu", "Bản điện tử"),
                ]))
                (fields::text(Field::new("sdt", "Số điện thoại").kind("tel").autocomplete("tel").inputmode("tel").width(20)))
                (parts::button("Tiếp tục"))
            }
        },
    );
    page.own_heading = true;
    page.refusals = refusals;
    page.crumbs = vec![("Danh sách việc".into(), "/citizen-tasks.html".into())];
    shell::citizen(&people::citizen(), &page)
}

pub fn citizen_done() -> Markup {
    let mut page = Page::new(
        "Đã nộp hồ sơ",
        html! {
            (parts::panel("Đã nộp hồ sơ", html! { p { "Mã hồ sơ" strong { "H50.12-201124-0021" } } }))
            p { (parts::copy("H50.12-201124-0021", "mã hồ sơ")) }
            h2 { "Tiếp theo" }
            ol { li { "Cán bộ kiểm tra trong 8 giờ làm việc." } li { "Kết quả dự kiến: " strong { "08/12/2020" } "." } }
            (parts::check_answers([
                ("Người nộp", html! { "Nguyễn Văn Hùng" }, "/"),
                ("Giấy tờ", html! { "don.pdf, 2 trang, 0,4 MB" }, "/"),
                ("Ghi chú", html! {}, "/"),
            ]))
            (Button::new("Theo dõi hồ sơ").to("/").render())
        },
    );
    page.own_heading = true;
    shell::citizen(&people::citizen(), &page)
}
