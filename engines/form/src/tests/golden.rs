//! The sample form of data/forms, filled in as somebody would.

use super::{form, given, now, refused, settled, today};
use crate::*;
use serde_json::json;

const PETROL: &str = include_str!("../../../../data/forms/mau-ban-le-xang-dau.toml");

const ANSWERS: &str = r#"{
  "truong_hop": "cap_moi",
  "giay_cu": { "so_giay": "12/GCN", "ngay_cap": "không nhớ" },
  "doanh_nghiep": {
    "ten": "Công ty TNHH MẪU", "ma_so_thue": "3200000000-001", "tru_so": "Số 1 đường MẪU", "dien_thoai": "0905 000 000",
    "hinh_thuc": "so_huu"
  },
  "cua_hang": {
    "ten_cua_hang": "Cửa hàng MẪU", "dia_chi": "Quốc lộ 9", "tinh": "quang_tri", "xa": "cua_viet", "dien_tich": "1200.50",
    "mat_hang": ["ron95", "do"]
  },
  "so_be": "3",
  "be": [
    { "chua_gi": "ron95", "dung_tich": "25.1" }, { "chua_gi": "ron95", "dung_tich": "25.2" }, { "chua_gi": "do", "dung_tich": "10" }
  ],
  "tong_dung_tich": "9999",
  "nhan_vien": [
    { "ho_ten": "Nguyễn Văn Mẫu", "ngay_sinh": "1990-01-31", "da_huan_luyen": "co", "so_chung_nhan": "07/HL" },
    { "ho_ten": "Trần Thị Mẫu", "ngay_sinh": "2008-09-05", "da_huan_luyen": "khong", "so_chung_nhan": "bỏ" }
  ],
  "ban_ke": "ban-ke.pdf",
  "cam_ket": "OK"
}"#;

#[test]
fn a_request_for_a_petrol_station_is_settled() {
    let form = form(PETROL);
    let settled = settled(&form, ANSWERS);
    assert_eq!(refused(&settled), [""; 0]);
    let values = serde_json::Value::from(settled.values.clone());
    // What is irrelevant is gone (giay_cu, the certificate of who was not trained), what was sent for a calculation is not believed.
    assert_eq!(values["giay_cu"], json!(null));
    assert_eq!(values["tong_dung_tich"], "60.3");
    assert_eq!(values["so_nhan_vien"], "2");
    assert_eq!(values["be"][2], json!({ "so_be_thu": "3", "chua_gi": "do", "dung_tich": "10" }));
    assert_eq!(
        values["nhan_vien"][1],
        json!({ "ho_ten": "Trần Thị Mẫu", "ngay_sinh": "2008-09-05", "da_huan_luyen": "khong" })
    );
    assert_eq!(values["cua_hang"]["mat_hang"], json!(["ron95", "do"]));
    assert_eq!(values["cua_hang"]["dien_tich"], "1200.5");
    let shown: Vec<&str> = settled.shown.iter().map(|shown| shown.path.as_str()).collect();
    assert_eq!(shown[..3], ["truong_hop", "doanh_nghiep", "doanh_nghiep.ten"]);
    assert!(!shown.contains(&"doanh_nghiep.ben_giao") && !shown.contains(&"nhan_vien[2].so_chung_nhan"));
    let label = |path: &str| settled.shown.iter().find(|shown| shown.path == path).unwrap().label.as_str();
    assert_eq!(label("be[2].dung_tich"), "Dung tích bể số 2 (m³)");
    assert_eq!(label("ghi_chu_dung_tich"), "Tổng dung tích: 60,3 m³.");
    assert_eq!(label("cam_ket"), "Cam kết nội dung kê khai là đúng (3 bể, 2 người)");
    let offered = |path: &str| {
        let shown = settled.shown.iter().find(|shown| shown.path == path).unwrap();
        shown.choices.iter().map(|offer| offer.name).collect::<Vec<_>>()
    };
    assert_eq!(offered("be[1].chua_gi"), ["ron95", "do"]);
    assert_eq!(offered("cua_hang.xa"), ["cua_viet", "nam_dong_ha"]);
    // What was kept may be sent again.
    assert_eq!(settle(&form, &settled.values, today(), now()).values, settled.values);
}

#[test]
fn everything_wrong_with_it_is_said_at_once_and_in_words() {
    let form = form(PETROL);
    let changes = [
        ("\"cap_moi\",", "\"cap_lai\","),
        ("\"3200000000-001\"", "\"32000\""),
        ("\"xa\": \"cua_viet\"", "\"xa\": \"thuan_hoa\""),
        ("\"1200.50\"", "1200.5"),
        ("{ \"chua_gi\": \"do\", \"dung_tich\": \"10\" }", "{ \"chua_gi\": \"e5\", \"dung_tich\": \"101\" }"),
        ("2008-09-05", "2008-09-06"),
        ("\"cam_ket\": \"OK\"", "\"cam_ket\": true, \"phi\": \"0\""),
    ];
    let answers = changes.iter().fold(ANSWERS.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let settled = settled(&form, &answers);
    let said: Vec<String> = settled.refusals.iter().map(|no| no.to_string()).collect();
    assert_eq!(
        said,
        [
            "giay_cu.ngay_cap: “không nhớ” không phải ngày: viết năm-tháng-ngày, ví dụ 2026-09-05.",
            "giay_cu.ly_do: Nêu lý do: giấy bị mất, bị hỏng, hay nội dung nào thay đổi.",
            "doanh_nghiep.ma_so_thue: Mã số thuế có 10 chữ số, ví dụ 0100109106, hoặc thêm -001.",
            "cua_hang.xa: “Xã, phường”: phương án “Phường Thuận Hóa” không còn hợp với các câu trả lời khác, chọn lại.",
            "cua_hang.dien_tich: Số gửi trong dấu nháy, phần thập phân dùng dấu chấm: \"12.5\".",
            "be[3].chua_gi: “Bể số 3 chứa”: phương án “Xăng E5 RON 92” không còn hợp với các câu trả lời khác, chọn lại.",
            "be[3].dung_tich: Dung tích một bể lớn hơn 0 và không quá 100 m³.",
            "nhan_vien[2].ngay_sinh: Trần Thị Mẫu chưa đủ 18 tuổi.",
            "cam_ket: Câu trả lời này phải là một chuỗi trong dấu nháy.",
            "phi: Mẫu đơn không có câu hỏi “phi”: bỏ câu trả lời này.",
        ]
    );
}

#[test]
fn an_empty_form_begins_with_its_defaults_and_asks_for_the_rest() {
    let form = form(PETROL);
    let begun = begin(&form);
    assert_eq!(serde_json::Value::from(begun.clone())["nhan_vien"], json!([{}]));
    let settled = settle(&form, &begun, today(), now());
    assert_eq!(settled.values["truong_hop"], "cap_moi");
    assert_eq!(settled.values["cua_hang"], json!({ "tinh": "quang_tri" }));
    assert!(refused(&settled).contains(&"form.required@nhan_vien[1].ho_ten".to_owned()));
    assert!(!refused(&settled).contains(&"form.required@truong_hop".to_owned()));
    // An answer that was taken away is not the default again.
    let emptied = settle(&form, &given(r#"{ "truong_hop": "" }"#), today(), now());
    assert_eq!(emptied.refusals[0].to_string(), "truong_hop: Chọn “Trường hợp đề nghị”.");
}

#[test]
fn a_page_knows_what_to_watch() {
    let form = form(PETROL);
    let watched: Vec<String> = watched(&form).into_iter().collect();
    assert_eq!(
        watched,
        [
            "be.dung_tich",
            "be.so_be_thu",
            "cua_hang.mat_hang",
            "cua_hang.tinh",
            "doanh_nghiep.hinh_thuc",
            "giay_cu.ngay_cap",
            "giay_cu.so_nam",
            "nhan_vien",
            "nhan_vien.da_huan_luyen",
            "nhan_vien.ho_ten",
            "so_be",
            "so_nhan_vien",
            "tong_dung_tich",
            "truong_hop",
        ]
    );
    let live = live(&form).into_iter().find(|live| live.path == "be.chua_gi").unwrap();
    assert_eq!(live.value.into_iter().collect::<Vec<_>>(), ["cua_hang.mat_hang"]);
    assert_eq!(live.words.into_iter().collect::<Vec<_>>(), ["be.so_be_thu"]);
}

#[test]
fn the_boxes_of_a_page_are_the_same_answers() {
    let form = form(PETROL);
    let boxes = [
        ("doanh_nghiep.ten", "Công ty"),
        ("cua_hang.mat_hang", ""),
        ("cua_hang.mat_hang", "ron95"),
        ("cua_hang.mat_hang", "do"),
        ("nhan_vien", ""),
        ("nhan_vien[2].ho_ten", "Trần Thị Mẫu"),
        ("nhan_vien[1].ho_ten", "Nguyễn Văn Mẫu"),
        ("nhan_vien[3].ho_ten.x", "lạ"),
        ("nhan_vien[0].ho_ten", "lạ"),
        ("be", ""),
        ("cam_ket", ""),
        ("cam_ket", "OK"),
    ];
    let expected = json!({
        "doanh_nghiep": { "ten": "Công ty" },
        "cua_hang": { "mat_hang": ["ron95", "do"] },
        "nhan_vien": [{ "ho_ten": "Nguyễn Văn Mẫu" }, { "ho_ten": "Trần Thị Mẫu" }, { "ho_ten.x": "lạ" }],
        "nhan_vien[0].ho_ten": "lạ",
        "be": [],
        "cam_ket": "OK",
    });
    assert_eq!(serde_json::Value::from(of_fields(&form, boxes)), expected);
}
