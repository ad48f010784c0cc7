//! A list, a dashboard, and all the small parts.

use base::Decimal;
use maud::{Markup, Render, html};
use web::look::chart::{self, Bar, Heat, HeatCell, Interval, Series};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Event, Pager};
use web::look::table::{Column, Row, Sorted, Table, Toolbar};
use web::look::{Flash, Icon, Page, Tone, shell};

use crate::people;

fn number(text: &str) -> Decimal {
    text.replace(',', ".").parse().unwrap_or_default()
}

const UNITS: [(&str, &str, &str, &str); 7] = [
    ("Sở Tư pháp", "91,20", "+1,10", "Xuất sắc"),
    ("Sở Nội vụ", "90,75", "−0,30", "Xuất sắc"),
    ("Sở Giao thông vận tải", "88,10", "+0,85", "Tốt"),
    ("Sở Kế hoạch và Đầu tư", "87,42", "0,00", "Tốt"),
    ("Sở Công Thương", "84,60", "+2,05", "Tốt"),
    ("Ban Quản lý Khu kinh tế tỉnh", "79,95", "−4,10", "Khá"),
    ("Sở Văn hoá, Thể thao và Du lịch", "78,30", "−0,75", "Khá"),
];

pub fn list() -> Markup {
    let rows = UNITS.iter().enumerate().map(|(at, (name, points, change, rating))| {
        Row::new(vec![
            html! { (at + 1) },
            html! { a href="/board.html" { (name) } },
            html! { (points) },
            html! { (change) },
            html! { (chart::sparkline(&["80", "81.5", "79", "83", "84.6"].map(|text| Some(number(text))), "2016: 80; 2017: 81,5; 2018: 79; 2019: 83; 2020: 84,6")) },
            html! { (parts::tag(if at < 5 { Tone::Ok } else { Tone::Soon }, rating)) },
            html! { (Button::new("Mở").to("/board.html").quiet().about(name)) },
        ])
        .tone(if at == 5 { Tone::Bad } else { Tone::Plain })
    });
    let table = Table {
        caption: "Xếp hạng các sở, ban, ngành năm 2020",
        columns: vec![
            Column::number("Hạng").sort("?sap=hang", Sorted::Up).width(5),
            Column::new("Đơn vị").sort("?sap=ten", Sorted::No),
            Column::number("Điểm").sort("?sap=diem", Sorted::No),
            Column::number("So với 2019"),
            Column::new("5 năm"),
            Column::new("Xếp loại"),
            Column::actions("Thao tác"),
        ],
        rows: rows.collect(),
        foot: Some(Row::new(vec![
            html! {},
            html! { "Trung vị" },
            html! { "86,01" },
            html! { "+0,40" },
            html! {},
            html! {},
            html! {},
        ])),
        names: 1,
        ..Table::default()
    };
    let toolbar = Toolbar {
        action: "/list.html",
        filters: Some(html! {
            (fields::search(Field::new("tim", "Tìm đơn vị")))
            (fields::select(Field::new("nhom", "Nhóm").value(""), &[Choice::new("", "Tất cả"), Choice::new("so", "Sở, ban, ngành")]))
            (fields::select(Field::new("nam", "Năm").value("2020"), &[Choice::new("2020", "2020"), Choice::new("2019", "2019")]))
        }),
        set: 1,
        clear: "/list.html",
        exports: vec![("Excel", "/x.xlsx".into()), ("CSV", "/x.csv".into())],
        sizes: vec![(20, None), (50, Some("?dong=50".into())), (100, Some("?dong=100".into()))],
        ..Toolbar::default()
    };
    let mut page = Page::new(
        "Xếp hạng năm 2020",
        html! {
            (toolbar) (table)
            (parts::pagination(&Pager { page: 3, pages: 9, total: 172, noun: "đơn vị" }, |page| format!("?trang={page}")))
        },
    );
    page.lead = Some(html! { "Đã công bố theo Quyết định 12/QĐ-UBND ngày 05/01/2021" });
    page.crumbs = vec![("Chỉ số CCHC".into(), "/".into())];
    page.actions = Some(
        html! { (Button::new("Tải quyết định").to("/x").second().icon(Icon::Download)) (Button::new("Thêm đơn vị").to("/x").icon(Icon::Plus).key("alt+n")) },
    );
    page.flash = Some(Flash::done("Đã công bố kết quả năm 2020"));
    shell::office(&people::office("Xếp hạng"), &page)
}

const FIELDS: [(&str, &str, &str, &str); 8] = [
    ("Chỉ đạo", "82", "78", "Chỉ đạo, điều hành"),
    ("Thể chế", "91", "88", "Cải cách thể chế"),
    ("TTHC", "88", "90", "Thủ tục hành chính"),
    ("Bộ máy", "79", "82", "Tổ chức bộ máy"),
    ("Cán bộ", "85", "80", "Đội ngũ cán bộ"),
    ("Tài chính", "61", "74", "Tài chính công"),
    ("Hiện đại", "93", "81", "Hiện đại hoá hành chính"),
    ("Tác động", "76", "77", "Tác động của cải cách"),
];

pub fn board() -> Markup {
    let of = Decimal::from(100);
    let lines: Vec<Bar> = FIELDS
        .iter()
        .map(|(_, value, mark, name)| Bar {
            label: name,
            href: Some("/x"),
            value: number(value),
            max: of,
            text: format!("{value} %"),
            mark: Some((number(mark), format!("{mark} %"))),
        })
        .collect();
    let series = |name, pick: fn(&(&'static str, &'static str, &'static str, &'static str)) -> &'static str| Series {
        name,
        values: FIELDS.iter().map(|field| number(pick(field))).collect(),
        texts: FIELDS.iter().map(|field| format!("{} %", pick(field))).collect(),
    };
    let axes: Vec<&str> = FIELDS.iter().map(|field| field.0).collect();
    let intervals: Vec<Interval> = UNITS
        .iter()
        .zip([(1, 1, 2), (2, 1, 3), (3, 3, 4), (4, 3, 6), (7, 5, 9), (12, 9, 15), (14, 12, 17)])
        .map(|(unit, (rank, best, worst))| Interval {
            name: unit.0,
            href: None,
            rank,
            best,
            worst,
            points: unit.1.into(),
        })
        .collect();
    let mut page = Page::new(
        "Sở Công Thương năm 2020",
        html! {
            div.numbers {
                (parts::figure_number("Chỉ số", "84,60", Some(html! { "+2,05 so với 2019" })))
                (parts::figure_number("Hạng", "7/20", Some(html! { "tăng 3 hạng" })))
                (parts::figure_number("Tự chấm", "87,85", Some(html! { "lệch −3,25" })))
                (parts::figure_number("Điều tra xã hội học", "18,40/20", None))
            }
            div.columns {
                (chart::bars("Tài chính công thấp nhất: 61 %", "Nguồn: kết quả công bố 05/01/2021. Vạch đen: trung vị.", ["Lĩnh vực", "Đạt", "Trung vị"], &lines))
                (chart::radar("So với trung vị theo 8 lĩnh vực", "", &axes, of, &series("Năm 2020", |field| field.1), Some(&series("Trung vị", |field| field.2))))
            }
            (chart::ranks("Hạng khi trọng số các lĩnh vực thay đổi ±20 %", "10.000 lần thử; khoảng chứa 95 % số lần.", 20, &intervals))
            (heat())
        },
    );
    page.actions = Some(html! { (Button::new("In").second().icon(Icon::Print).to("#main")) });
    shell::office(&people::office("Xếp hạng"), &page)
}

fn heat() -> Markup {
    let units = ["TPháp", "NVụ", "GTVT", "KHĐT", "CThương", "KKT", "VHTT", "TChính", "YTế", "GDĐT"];
    let rows = FIELDS
        .iter()
        .enumerate()
        .map(|(row, field)| {
            let cells = (0..units.len()).map(|column| {
                let value = 45 + (row * 17 + column * 23) % 56;
                if row == 6 && column == 5 {
                    HeatCell { value: None, text: "–".into(), href: None }
                } else {
                    HeatCell { value: Some(Decimal::from(value)), text: value.to_string(), href: Some("/x") }
                }
            });
            (field.3, cells.collect())
        })
        .collect();
    let columns = units.iter().map(|name| (*name, *name)).collect();
    chart::heat(
        "Phần trăm điểm tối đa theo lĩnh vực và đơn vị",
        "Gạch chéo: không áp dụng.",
        &Heat { columns, rows, of: Decimal::from(100), corner: "Lĩnh vực" },
    )
}

pub fn parts() -> Markup {
    let tones = [
        (Tone::Plain, "Chưa làm"),
        (Tone::Info, "Còn 6 ngày"),
        (Tone::Soon, "Sắp đến hạn"),
        (Tone::Hot, "Trong chiều nay"),
        (Tone::Step, "Chậm bước 1 ngày"),
        (Tone::Bad, "Quá hạn 2 ngày"),
        (Tone::Calm, "Tạm dừng"),
        (Tone::Ok, "Đã có kết quả"),
    ];
    let page = Page::new(
        "Các phần nhỏ",
        html! {
            (parts::section("Nhãn và nút", Some(html! { (Button::new("Sửa").to("/x").quiet().icon(Icon::Edit)) }), html! {
                p { @for (tone, words) in tones { (parts::tag(tone, words)) " " } (parts::tag_with(Tone::Calm, Icon::Lock, "Đã khoá")) }
                form.actions method="post" action="/x" {
                    input type="hidden" name="csrf" value="token";
                    (Button::new("Gửi bản tự chấm")) (Button::new("Lưu nháp").second()) (Button::new("Xoá tệp").danger().icon(Icon::Bin))
                    (Button::new("Xem thêm").quiet()) (Button::new("Chưa gửi được").disabled(true))
                }
            }))
            @for (tone, words) in [(Tone::Ok, "Đã lưu lúc 09:14."), (Tone::Soon, "Còn 6 tiêu chí thiếu tài liệu kiểm chứng."), (Tone::Bad, "Chưa gửi được: kỳ đánh giá đã đóng lúc 17:00."), (Tone::Info, "Bạn đang xem bản đã gửi; không sửa được.")] {
                (parts::notice(tone, words))
            }
            div.columns {
                (parts::section("Thông tin", None, parts::facts([("Đơn vị", html! { "Sở Công Thương" }), ("Mã hồ sơ", parts::copy("H50.12-201124-0021", "mã hồ sơ")), ("Hạn", html! { "08/12/2020" })])))
                (parts::section("Diễn biến", None, parts::timeline(&[
                    Event { when: "24/11/2020 09:15".into(), who: "Sở Công Thương".into(), what: html! { "Gửi bản tự chấm" }, tone: Tone::Info },
                    Event { when: "25/11/2020 15:40".into(), who: "Sở Nội vụ".into(), what: html! { "Hỏi về tiêu chí 3.2.2" }, tone: Tone::Soon },
                    Event { when: "26/11/2020 08:00".into(), who: "Sở Công Thương".into(), what: html! { "Giải trình, kèm 3 văn bản" }, tone: Tone::Ok },
                ])))
            }
            (parts::running("Xuất bảng điểm năm 2020 (12.480 dòng)", Some((64, 100)), "Còn khoảng 20 giây. Bạn có thể đóng trang này.", "/x"))
            (parts::details("Công thức", html! { p { "Tỷ lệ × điểm tối đa" } }))
            (parts::empty("Chưa có câu hỏi nào.", "Câu hỏi của người thẩm định sẽ hiện ở đây.", Some(parts::link_button("Về bảng điểm", "/score.html"))))
            p { kbd { "Ctrl" } " " kbd { "K" } " " (Button::new("In").to("/x").second().render()) }
        },
    );
    shell::office(&people::office("Nhật ký"), &page)
}
