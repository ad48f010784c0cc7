#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::Refusal;
use maud::{Markup, Render, html};

use super::check::faults;
use super::fields::{self, Choice, Field, Limits};
use super::grid::{self, Cell, Conflict, Mode, Stand};
use super::parts::{self, Button, Pager, Tab};
use super::shell::{self, Hat, NavGroup, NavItem, Person};
use super::table::{Align, Column, Row, Sorted, Table, Toolbar};
use super::{Flash, Frame, Page, Tone};

fn frame() -> Frame {
    let hat = |id: &str, current| Hat { id: id.into(), label: format!("Vai {id}"), current };
    let item =
        |label: &str, count, urgent| NavItem { label: label.into(), href: "/".into(), count, urgent, current: false };
    Frame {
        owner: "UBND tỉnh Quảng Trị".into(),
        person: Some(Person {
            name: "Trần Thị Lan".into(),
            unit: "Sở Công Thương".into(),
            unread: 0,
            hats: vec![hat("1", true), hat("2", false)],
        }),
        nav: vec![NavGroup {
            title: "Việc của tôi".into(),
            items: vec![item("Chờ", Some(1204), false), item("Quá hạn", Some(3), true)],
        }],
        sample: true,
        csrf: "c".into(),
        help: "Hỗ trợ: 0233".into(),
        ..Frame::default()
    }
}

fn csrf() -> Markup {
    html! { input type="hidden" name="csrf" value="c"; }
}

fn form(refusals: &[Refusal]) -> Markup {
    let choices = [Choice::new("a", "Sở").hint("20 đơn vị"), Choice::new("b", "Huyện")];
    let limits = Limits { kinds: "PDF", accept: ".pdf", megabytes: 20, many: true };
    html! {
        form method="post" action="/x" {
            (csrf())
            (fields::text(Field::new("ten", "Tên").hint("Như trong quyết định").refused(refusals)))
            (fields::number(Field::new("diem", "Điểm").unit("điểm").refused(refusals)))
            (fields::date(Field::new("ngay", "Ngày").refused(refusals)))
            (fields::password(Field::new("mat_khau", "Mật khẩu").value("lộ").autocomplete("current-password")))
            (fields::textarea(Field::new("ghi_chu", "Ghi chú").optional()))
            (fields::select(Field::new("bo", "Bộ").value("a"), &choices))
            (fields::radios(Field::new("cap", "Cấp").refused(refusals), &choices))
            (fields::checkboxes(Field::new("nhac", "Nhắc"), &choices, &["b"]))
            (fields::tick(Field::new("dung", "Tôi cam đoan số liệu là đúng"), false))
            (fields::file(Field::new("tep", "Tệp"), &limits))
            (parts::button("Lưu"))
        }
    }
}

fn cell(id: &str) -> Cell<'_> {
    Cell { id, action: "/cell", csrf: "c", version: "3", key: "k", ..Cell::default() }
}

fn whole_grid() -> Markup {
    let value = cell("d-1");
    let ratio = Cell { stand: Stand::Invalid, say: "Tử số lớn hơn mẫu số", ..cell("d-2") };
    let both =
        Cell { conflict: Some(Conflict { who: "Hùng lưu lúc 09:13", theirs: "1", mine: "2" }), ..cell("d-3") };
    let rows = html! {
        (grid::row("1", 1, true, &html! { (grid::name("1", "Chỉ đạo", None, None)) td {} td {} td {} }))
        (grid::row("1.1", 2, false, &html! {
            (grid::name("1.1", "Kế hoạch", Some("?mo=1.1"), None)) (value.with(&value.number_or_agree("value", "Điểm 1.1", "1", "1.1")))
            (grid::evidence(0, "/x", "1.1", true)) (grid::state(Tone::Ok, "Đã xong"))
        }))
        (grid::row("1.2", 2, false, &html! {
            (grid::name("1.2", "Báo cáo", Some("?mo=1.2"), None)) (ratio.with(&ratio.part_whole(("Tử số 1.2", "9"), ("Mẫu số 1.2", "8"))))
            td {} (grid::state(Tone::Bad, "Chưa lưu được"))
        }))
        (grid::row("1.3", 2, false, &html! {
            (grid::name("1.3", "Kiểm tra", None, None)) (both.with(&both.words("reason", "Lý do 1.3", "Thiếu"))) td {} td {}
        }))
    };
    let columns = [
        Column::new("Mã"),
        Column::new("Tiêu chí"),
        Column::number("Điểm"),
        Column::new("TLKC").align(Align::Center),
        Column::new("Trạng thái"),
    ];
    grid::grid(Mode::Score, "Bảng tự chấm", &columns, &rows, None)
}

#[test]
fn every_shell_makes_a_page_without_faults() {
    let body = html! {
        (form(&[]))
        (whole_grid())
        (parts::tabs("Cách xem", &[Tab { label: "Theo đơn vị", href: "/", count: Some(1), current: true }]))
        (parts::pagination(&Pager { page: 2, pages: 9, total: 172, noun: "đơn vị" }, |page| format!("?trang={page}")))
        (Button::new("Sửa").to("/").quiet().about("tiêu chí 1"))
        (parts::copy("H50.12", "mã"))
    };
    let mut page = Page::new("Thử", body);
    page.crumbs = vec![("Chỉ số".into(), "/".into())];
    page.flash = Some(Flash::done("Đã lưu"));
    page.keys = grid::SCORE_KEYS.to_vec();
    for shell in [shell::office, shell::citizen, shell::bare] {
        let html = shell(&frame(), &page).0;
        assert_eq!(faults(&html), Vec::<String>::new());
        assert!(html.contains("DỮ LIỆU MẪU"));
    }
    assert!(shell::office(&frame(), &page).0.contains("1.204"), "counters are grouped as Vietnamese numbers");
}

#[test]
fn refusals_are_listed_first_linked_and_announced() {
    let refusals = vec![
        Refusal::new("missing", "Nhập tên").at("ten"),
        Refusal::new("missing", "Chọn cấp").at("cap"),
        Refusal::new("closed", "Kỳ đã đóng").at("3.2.1"),
    ];
    let mut page = Page::new("Mở kỳ", form(&refusals));
    page.refusals = refusals;
    let html = shell::office(&frame(), &page).0;
    assert_eq!(faults(&html), Vec::<String>::new());
    assert!(html.contains("<title>Lỗi: Mở kỳ - Cửa Việt</title>"));
    assert!(html.contains("Có 3 chỗ cần sửa"));
    assert!(html.contains("href=\"#f-ten\"") && html.contains("href=\"#f-cap\""));
    assert!(!html.contains("#f-3.2.1"), "a refusal about something that is not on the page is no link");
    assert!(html.find("data-errors").unwrap() < html.find("<h1").unwrap());
    // The same words at the field, tied to it after its hint.
    assert!(html.contains("aria-describedby=\"f-ten-hint f-ten-error\" aria-invalid=\"true\""));
}

#[test]
fn what_was_typed_is_escaped_and_a_password_never_comes_back() {
    let html = fields::text(Field::new("ten", "Tên").value("\"><script>")).0;
    assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;\""));
    assert!(!form(&[]).0.contains("lộ"));
}

#[test]
fn a_list_says_how_it_is_sorted_and_names_its_rows() {
    let table = Table {
        caption: "Xếp hạng",
        columns: vec![
            Column::number("Hạng").sort("?sap=hang", Sorted::Up),
            Column::new("Đơn vị").sort("?sap=ten", Sorted::No),
            Column::actions("Thao tác"),
        ],
        rows: vec![Row::new(vec![html! { "1" }, html! { "Sở Tư pháp" }, html! {}]).tone(Tone::Bad)],
        names: 1,
        ..Table::default()
    };
    let html = table.render().0;
    assert_eq!(faults(&html), Vec::<String>::new());
    assert_eq!(html.matches("aria-sort").count(), 1);
    assert!(html.contains("aria-sort=\"ascending\""));
    assert!(html.contains("<th scope=\"row\">Sở Tư pháp</th>"));
    assert!(
        html.contains("tabindex=\"0\" role=\"region\" aria-label=\"Xếp hạng\""),
        "reachable by keyboard where it scrolls"
    );
    let toolbar = Toolbar {
        filters: Some(html! {}),
        action: "/",
        keep: vec![("sap", "hang")],
        set: 2,
        clear: "/",
        ..Toolbar::default()
    };
    assert!(toolbar.render().0.contains("Xoá bộ lọc (2)"));
}

#[test]
fn pages_show_the_ends_and_the_neighbours() {
    let html =
        parts::pagination(&Pager { page: 5, pages: 9, total: 172, noun: "đơn vị" }, |page| format!("?t={page}")).0;
    for page in [1, 4, 5, 6, 9] {
        assert!(html.contains(&format!("aria-label=\"Trang {page}\"")), "{page}");
    }
    assert!(!html.contains("aria-label=\"Trang 3\"") && !html.contains("aria-label=\"Trang 8\""));
    assert_eq!(html.matches('…').count(), 2);
}

#[test]
fn a_cell_carries_what_the_server_needs_and_both_values_of_a_conflict() {
    let html = whole_grid().0;
    for part in [
        "name=\"csrf\" value=\"c\"",
        "name=\"version\" value=\"3\"",
        "name=\"key\" value=\"k\"",
        "data-cell",
        ">Lưu</button>",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(html.contains("Hùng lưu lúc 09:13: <strong>1</strong>. Bạn nhập: <strong>2</strong>"));
    assert!(html.contains("aria-describedby=\"d-2-say\" aria-invalid=\"true\""));
}

#[test]
fn in_an_answer_the_rows_come_before_anything_else() {
    let row = grid::row("1", 1, false, &html! { td { "1" } });
    let html = grid::answer(&[row], &[html! { div #bar {} }]).0;
    assert!(html.find("<tr").unwrap() < html.find("<div").unwrap());
}

#[test]
fn the_checker_sees_what_it_is_there_for() {
    let says = |html: &str, what: &str| {
        let found = faults(html);
        assert!(found.iter().any(|fault| fault.contains(what)), "`{what}` in {html}: {found:?}");
    };
    says("<input id=\"a\" name=\"a\">", "no label");
    says("<p id=\"a\"></p><p id=\"a\"></p>", "twice");
    says("<input aria-label=\"x\" aria-describedby=\"b\">", "`b`, which is not there");
    says("<a href=\"#c\">x</a>", "`#c`, which is not there");
    says("<p style=\"color:red\">", "inline style");
    says("<script>x()</script>", "inline <script>");
    says("<button type=\"button\" onclick=\"x()\">Lưu</button>", "inline onclick");
    says("<form method=\"post\" action=\"/x\"></form>", "no csrf");
    says("<a href=\"/x\"><svg></svg></a>", "says nothing");
    says("<p tabindex=\"3\">", "positive tabindex");
    says("<html lang=\"vi\"><title>x</title><main><h1>a</h1><h1>b</h1></main>", "2 h1");
    says("<html lang=\"vi\"><title>x</title><main><h1>a</h1><div data-errors></div></main>", "but the title is");
    // A `>` in a value, a label around its input, and a hidden input are all right.
    assert_eq!(
        faults(
            "<p title=\"a > b\">x</p><label><input type=\"checkbox\" name=\"a\"> Có</label><input type=\"hidden\" name=\"b\">"
        ),
        Vec::<String>::new()
    );
}
