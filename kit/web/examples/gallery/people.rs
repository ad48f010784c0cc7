//! Who looks at the sample pages. Names are invented.

use web::look::shell::{Frame, Hat, NavGroup, NavItem, Person};

pub fn office(current: &str) -> Frame {
    let item = |label: &str, count: Option<u64>, urgent: bool| NavItem {
        label: label.into(),
        href: format!("/{}.html", if label == "Tự chấm điểm" { "score" } else { "list" }),
        count,
        urgent,
        current: label == current,
    };
    Frame {
        owner: "UBND tỉnh Quảng Trị".into(),
        person: Some(Person {
            name: "Trần Thị Lan".into(),
            unit: "Sở Công Thương".into(),
            unread: 3,
            hats: vec![
                Hat { id: "1".into(), label: "Chuyên viên, Văn phòng Sở Công Thương".into(), current: true },
                Hat { id: "2".into(), label: "Thẩm định lĩnh vực 5, Sở Nội vụ".into(), current: false },
            ],
        }),
        nav: vec![
            NavGroup {
                title: "Việc của tôi".into(),
                items: vec![
                    item("Tự chấm điểm", Some(17), false),
                    item("Cần giải trình", Some(2), true),
                    item("Được giao cho tôi", Some(6), false),
                ],
            },
            NavGroup {
                title: "Chỉ số CCHC".into(),
                items: vec![
                    item("Kỳ đánh giá", None, false),
                    item("Xếp hạng", None, false),
                    item("Tài liệu kiểm chứng", Some(1204), false),
                    item("Bộ tiêu chí", None, false),
                ],
            },
            NavGroup {
                title: "Hệ thống".into(),
                items: vec![
                    item("Đơn vị và người dùng", None, false),
                    item("Việc nền", Some(1), false),
                    item("Nhật ký", None, false),
                ],
            },
        ],
        sample: true,
        csrf: "token".into(),
        help: "Hỗ trợ: Sở Nội vụ, 0233 0000 000 (7:30–17:00)".into(),
        ..Frame::default()
    }
}

pub fn citizen() -> Frame {
    Frame {
        owner: "UBND tỉnh Quảng Trị".into(),
        sample: true,
        csrf: "token".into(),
        help: "Cần giúp? Gọi 0233 0000 000 (7:30–17:00)".into(),
        ..Frame::default()
    }
}
