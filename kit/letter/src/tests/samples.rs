//! Papers as offices write them, for the tests and for `examples/papers.rs`.

use base::Date;
use letter::{Annex, Block, Col, Fact, Kind, Letter, Number, Page, Qr, Signer, Table, TableRow};

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The publication of the index, with a ranking of sixty units.
pub fn decision() -> Letter {
    Letter {
        agency: "Ủy ban nhân dân tỉnh Quảng Trị".into(),
        kind: Kind::named("Quyết định"),
        number: 7.into(),
        symbol: "QĐ-UBND".into(),
        place: "Quảng Trị".into(),
        date: day(2021, 2, 5),
        title: "Về việc công bố Chỉ số cải cách hành chính năm 2020 của các sở, ban, ngành và Ủy ban nhân dân các huyện, thị xã, thành phố".into(),
        issuer: Some("Chủ tịch Ủy ban nhân dân tỉnh Quảng Trị".into()),
        basis: texts(&[
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
            "Căn cứ Nghị quyết số 30c/NQ-CP ngày 08 tháng 11 năm 2011 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2011 - 2020;",
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 45/TTr-SNV ngày 29 tháng 01 năm 2021.",
        ]),
        body: vec![
            Block::Article {
                number: 1,
                title: String::new(),
                text: "Công bố Chỉ số cải cách hành chính năm 2020 của các sở, ban, ngành và Ủy ban nhân dân các huyện, thị xã, thành phố theo Phụ lục kèm theo Quyết định này.".into(),
            },
            Block::Article {
                number: 2,
                title: "Tổ chức thực hiện".into(),
                text: "Căn cứ kết quả được công bố, Thủ trưởng các cơ quan, đơn vị có trách nhiệm:\na) Phân tích những tiêu chí chưa đạt điểm tối đa;\nb) Xây dựng kế hoạch khắc phục trong Quý I năm 2021.".into(),
            },
            Block::Article {
                number: 3,
                title: String::new(),
                text: "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, Thủ trưởng các sở, ban, ngành cấp tỉnh, Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố và các cơ quan có liên quan chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.".into(),
            },
        ],
        signer: Signer::new("Phó Chủ tịch", "Nguyễn Thị Hoài Thương").by("TM. Ủy ban nhân dân\nKT. Chủ tịch"),
        receivers: texts(&["Như Điều 3", "Bộ Nội vụ (để báo cáo)", "Thường trực Tỉnh ủy, HĐND tỉnh", "Chủ tịch, các PCT UBND tỉnh", "Lưu: VT, NC"]),
        annexes: vec![Annex {
            title: "Kết quả Chỉ số cải cách hành chính năm 2020".into(),
            with: "Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2021 của Chủ tịch Ủy ban nhân dân tỉnh Quảng Trị".into(),
            landscape: false,
            blocks: vec![Block::Table(ranking(60))],
        }],
        ..Letter::default()
    }
}

pub fn ranking(rows: usize) -> Table {
    Table {
        columns: vec![
            Col::new("Hạng").mm(13).center(),
            Col::new("Cơ quan, đơn vị").share(1),
            Col::new("Tự đánh giá").mm(21).right().under("Điểm"),
            Col::new("Thẩm định").mm(21).right().under("Điểm"),
            Col::new("Điều tra xã hội học").mm(21).right().under("Điểm"),
            Col::new("Chỉ số (%)").mm(19).right(),
            Col::new("Xếp loại").center(),
        ],
        rows: (1..=rows)
            .map(|place| {
                let index = format!("{},{:02}", 95 - place.min(100) / 2, (place * 37) % 100);
                let row = TableRow::new([
                    place.to_string(),
                    format!("Sở, ban, ngành thứ {place} của tỉnh"),
                    "68,50".to_owned(),
                    format!("{},25", 60 + place % 9),
                    "24,75".to_owned(),
                    index,
                    (if place < 20 { "Tốt" } else { "Khá" }).to_owned(),
                ]);
                if place % 20 == 0 { row.bold().shade() } else { row }
            })
            .collect(),
    }
}

/// The scoring table of a department, with marks that other programs give a meaning.
fn scored() -> Table {
    Table {
        columns: vec![
            Col::new("TT").mm(14).center(),
            Col::new("Lĩnh vực, tiêu chí, tiêu chí thành phần").share(3),
            Col::new("Điểm tối đa").mm(18).right(),
            Col::new("Tự chấm").mm(18).right(),
            Col::new("Tài liệu kiểm chứng").share(2),
            Col::new("Ghi chú").share(1),
        ],
        rows: [
            (true, ["1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", "8,50", "7,50", "", ""]),
            (
                false,
                [
                    "1.1",
                    "Ban hành kế hoạch cải cách hành chính năm",
                    "2,00",
                    "2,00",
                    "Kế hoạch số 05/KH-SCT ngày 10/01/2020",
                    "",
                ],
            ),
            (
                false,
                [
                    "1.2",
                    "Mức độ hoàn thành kế hoạch",
                    "1,50",
                    "1,479",
                    "Báo cáo số 212/BC-SCT ngày 14/12/2020, mục II, trang 4",
                    "1.187/1.204 = 98,59%",
                ],
            ),
            (true, ["2", "XÂY DỰNG VÀ TỔ CHỨC THỰC HIỆN VĂN BẢN QUY PHẠM PHÁP LUẬT", "10,00", "9,50", "", ""]),
            (
                false,
                [
                    "2.1",
                    "Công bố, rà soát văn bản #1 *không* in _đậm_ $x$ <b> \\ \"ngoặc\"",
                    "3,00",
                    "3,00",
                    "https://vbpl.quangtri.gov.vn/ThuocTinh/2020/12/31/ke-hoach-ra-soat-van-ban-quy-pham.pdf",
                    "",
                ],
            ),
        ]
        .into_iter()
        .map(|(field, cells)| if field { TableRow::new(cells).bold().shade() } else { TableRow::new(cells) })
        .collect(),
    }
}

/// The department's own report, its scoring table on a landscape annex, marked as sample data.
pub fn report() -> Letter {
    Letter {
        parent: Some("UBND tỉnh Quảng Trị".into()),
        agency: "Sở Công Thương".into(),
        kind: Kind::named("BÁO CÁO"),
        number: 312.into(),
        symbol: "BC-SCT".into(),
        place: "Quảng Trị".into(),
        date: day(2020, 11, 24),
        title: "Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm 2020".into(),
        to: texts(&["Ủy ban nhân dân tỉnh Quảng Trị", "Sở Nội vụ tỉnh Quảng Trị"]),
        body: vec![
            Block::Paragraph("Thực hiện Kế hoạch số 5678/KH-UBND ngày 30 tháng 10 năm 2020 của Ủy ban nhân dân tỉnh về việc xác định Chỉ số cải cách hành chính năm 2020, Sở Công Thương báo cáo kết quả tự đánh giá, chấm điểm như sau:".into()),
            Block::Heading("I. KẾT QUẢ TỰ ĐÁNH GIÁ".into()),
            Block::Paragraph("Tổng điểm tự đánh giá là 62,479/70,00 điểm, đạt 89,26%; trong đó:".into()),
            Block::Item("Lĩnh vực chỉ đạo, điều hành: 7,50/8,50 điểm".into()),
            Block::Item("Lĩnh vực thủ tục hành chính: 12,25/13,00 điểm, tăng 0,75 điểm so với năm trước do đã khắc phục được việc trả kết quả quá hạn".into()),
            Block::Table(Table {
                columns: vec![Col::new("Lĩnh vực"), Col::new("Điểm tối đa").right(), Col::new("Tự chấm").right()],
                rows: vec![
                    TableRow::new(["Chỉ đạo, điều hành cải cách hành chính", "8,50", "7,50"]),
                    TableRow::new(["Cải cách thủ tục hành chính", "13,00", "12,25"]),
                    TableRow::new(["Tổng cộng", "21,50", "19,75"]).bold(),
                ],
            }),
            Block::Heading("II. KIẾN NGHỊ, ĐỀ XUẤT".into()),
            Block::Paragraph("Kính đề nghị Hội đồng thẩm định xem xét các nội dung giải trình tại Phụ lục II.\nTrên đây là báo cáo kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm 2020 của Sở Công Thương, kính báo cáo Ủy ban nhân dân tỉnh.".into()),
        ],
        signer: Signer::new("Phó Giám đốc", "Trần Văn Ước").by("KT. GIÁM ĐỐC"),
        receivers: texts(&["Như trên;", "Giám đốc, các Phó Giám đốc Sở;", "Các phòng, đơn vị thuộc Sở;", "Lưu: VT, VP."]),
        annexes: vec![
            Annex {
                title: "Bảng tự đánh giá, chấm điểm".into(),
                with: "(Kèm theo Báo cáo số 312/BC-SCT ngày 24 tháng 11 năm 2020 của Sở Công Thương)".into(),
                landscape: true,
                blocks: vec![
                    Block::Table(scored()),
                    Block::Signatures(vec![
                        Signer::new("Người lập biểu", "Lê Thị Quỳnh Như"),
                        Signer::new("Chánh Văn phòng", "Hoàng Đức Thịnh"),
                    ]),
                ],
            },
            Annex {
                title: "Nội dung giải trình".into(),
                with: String::new(),
                landscape: false,
                blocks: vec![Block::Paragraph("Tiêu chí 1.2: số liệu lấy từ phần mềm một cửa, chốt ngày 20 tháng 11 năm 2020.".into())],
            },
        ],
        sample: Some("DỮ LIỆU MẪU".into()),
        ..Letter::default()
    }
}

/// A công văn, still without number and day.
pub fn official() -> Letter {
    Letter {
        parent: Some("UBND tỉnh Quảng Trị".into()),
        agency: "Sở Nông nghiệp và Phát triển nông thôn".into(),
        kind: Kind::Official,
        number: Number::Blank,
        symbol: "SNN-VP".into(),
        place: "Quảng Trị".into(),
        date: None,
        title: "giải trình các tiêu chí bị trừ điểm trong Chỉ số cải cách hành chính năm 2020".into(),
        to: texts(&["Sở Nội vụ tỉnh Quảng Trị"]),
        body: vec![
            Block::Paragraph("Phúc đáp Công văn số 45/SNV-CCHC ngày 05 tháng 01 năm 2021 của Sở Nội vụ, Sở Nông nghiệp và Phát triển nông thôn giải trình như sau:".into()),
            Block::Item("Tiêu chí 3.2.1: đề nghị xem xét lại, vì hồ sơ đã được trả đúng hạn.".into()),
            Block::Paragraph("Kính đề nghị Sở Nội vụ xem xét, tổng hợp.".into()),
        ],
        signer: Signer::new("Giám đốc", "Võ Hữu Đại"),
        receivers: texts(&["Như trên", "Lưu: VT, VP"]),
        ..Letter::default()
    }
}

/// Minutes of the appraisal council: two hands, no line of place and day.
pub fn minutes() -> Letter {
    Letter {
        parent: Some("UBND tỉnh Quảng Trị".into()),
        agency: "Hội đồng thẩm định Chỉ số cải cách hành chính".into(),
        kind: Kind::named("BIÊN BẢN"),
        number: 12.into(),
        symbol: "BB-HĐTĐ".into(),
        title: "Họp thẩm định kết quả tự đánh giá của Sở Công Thương".into(),
        body: vec![
            Block::Paragraph("Thời gian bắt đầu: 08 giờ 00, ngày 15 tháng 12 năm 2020.\nĐịa điểm: Phòng họp số 2, Sở Nội vụ.".into()),
            Block::Paragraph("Thành phần tham dự: các thành viên Hội đồng; đại diện Sở Công Thương.\nChủ trì (chủ tọa): Ông Nguyễn Ngọc Ẩn, Giám đốc Sở Nội vụ.\nThư ký (người ghi biên bản): Bà Đỗ Thị Ỷ Lan, Trưởng phòng Cải cách hành chính.".into()),
            Block::Heading("Nội dung".into()),
            Block::Paragraph("Hội đồng thống nhất điểm thẩm định là 60,25 điểm, thấp hơn điểm tự đánh giá 2,229 điểm.".into()),
            Block::Paragraph("Cuộc họp kết thúc vào 11 giờ 30, ngày 15 tháng 12 năm 2020, nội dung cuộc họp đã được các thành viên dự họp thông qua và cùng ký vào biên bản.".into()),
        ],
        signer: Signer::new("Chủ tọa", "Nguyễn Ngọc Ẩn"),
        second: Some(Signer::new("Thư ký", "Đỗ Thị Ỷ Lan")),
        receivers: texts(&["Các thành viên Hội đồng", "Sở Công Thương", "Lưu: Hồ sơ, VT"]),
        ..Letter::default()
    }
}

/// A form of the counter on half a sheet, with so many papers.
pub fn form(papers: usize) -> Letter {
    let fact = |label: &str, text: &str| Fact::new(label, text);
    let rows =
        (1..=papers).map(|n| TableRow::new([n.to_string(), format!("Giấy tờ thứ {n}"), "Bản sao".into(), "1".into()]));
    Letter {
        page: Page::A5,
        form: Some("Mẫu số 01, Thông tư số 03/2025/TT-VPCP".into()),
        parent: Some("Sở Công Thương".into()),
        agency: "Bộ phận Tiếp nhận và Trả kết quả".into(),
        kind: Kind::named("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        number: Number::Text("0021".into()),
        symbol: "BPTNTKQ".into(),
        place: "Quảng Trị".into(),
        date: day(2026, 11, 24),
        body: vec![
            Block::Facts {
                rows: vec![
                    vec![fact("Mã hồ sơ", "H50.12-20261124-0000021").bold()],
                    vec![fact("Tiếp nhận hồ sơ của", "Công ty TNHH MẪU An Phát").bold()],
                    vec![fact("Số điện thoại", "0905 123 456"), fact("Email", "")],
                ],
                qr: Some(Qr {
                    content: "https://cchc.example/tra-cuu?ma=H50.12-20261124-0000021".into(),
                    caption: "Quét để tra cứu".into(),
                }),
            },
            Block::Facts { rows: vec![vec![fact("1. Thành phần hồ sơ nộp gồm", "như sau")]], qr: None },
            Block::Table(Table {
                columns: vec![
                    Col::new("STT").mm(10).center(),
                    Col::new("Tên giấy tờ").share(1),
                    Col::new("Loại giấy tờ").mm(24),
                    Col::new("Số lượng").mm(14).center(),
                ],
                rows: rows.collect(),
            }),
            Block::Facts { rows: vec![vec![fact("Vào Sổ theo dõi hồ sơ, quyển số", "2026")]], qr: None },
            Block::Signatures(vec![
                Signer::new("Người nộp hồ sơ", "Nguyễn Văn Mẫu").note("Ký và ghi rõ họ tên"),
                Signer::new("Người tiếp nhận hồ sơ", "Cao Thị Mai").note("Ký và ghi rõ họ tên"),
            ]),
        ],
        sample: Some("DỮ LIỆU MẪU".into()),
        ..Letter::default()
    }
}
