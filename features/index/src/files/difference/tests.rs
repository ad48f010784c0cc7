#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

const SET: &str = r#"
code = "a"
name = "Bộ A"
source = "QĐ 1"
valid = { from = "2020-01-01", to = "2021-01-01" }
rounding = { total = 2 }
ratings = [{ name = "Tốt", from = "80" }, { name = "Yếu", from = "0" }]
[[criteria]]
code = "1"
name = "Cha"
[[criteria]]
code = "1.1"
name = "Tỷ lệ"
max = "1.5"
measure = { kind = "ratio", part = "x", whole = "y", floor = "0.8" }
[[criteria]]
code = "1.2"
name = "Chọn"
max = "1"
measure = { kind = "choice", options = [{ name = "Đạt", points = "1" }, { name = "Gần", points = "0.5" }, { name = "Không", points = "0" }] }
[[criteria]]
code = "1.3"
name = "Tùy"
max = "1"
measure = { kind = "by", on = "kind", cases = { so = { kind = "yes-no" }, xa = { kind = "bands", bands = [{ from = "0.5", points = "1" }] } } }
"#;

fn read(text: &str) -> Value {
    toml::from_str(text).unwrap()
}

/// The differences after replacing one piece of the set's text by another, as "code|what|before|after".
fn after(old: &str, new: &str) -> Vec<String> {
    assert!(SET.contains(old), "{old}");
    let text = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    let changes = difference(&read(SET), &read(&SET.replacen(old, new, 1)));
    changes
        .into_iter()
        .map(|change| [text(change.code), change.what, text(change.before), text(change.after)].join("|"))
        .collect()
}

#[test]
fn each_change_is_told_in_words() {
    for (old, new, expected) in [
        ("", "", vec![]),
        (r#"max = "1.5""#, r#"max = "1.50""#, vec![]),
        (r#"floor = "0.8""#, r#"floor = "0.8", full_at = "1", empty = "unknown""#, vec![]),
        (r#"rounding = { total = 2 }"#, "", vec![]),
        (r#"max = "1.5""#, r#"max = "1.25""#, vec!["1.1|Điểm tối đa|1,5|1,25"]),
        (r#"name = "Tỷ lệ""#, r#"name = "Tỉ lệ""#, vec!["1.1|Tên tiêu chí|Tỷ lệ|Tỉ lệ"]),
        (r#", to = "2021-01-01""#, "", vec!["-|Hết hiệu lực từ ngày|01/01/2021|-"]),
        (r#"from = "2020-01-01""#, r#"from = "2020-03-01""#, vec!["-|Hiệu lực từ ngày|01/01/2020|01/03/2020"]),
        (
            r#"source = "QĐ 1""#,
            "source = \"QĐ 1\"\nties = \"dense\"",
            vec!["-|Khi bằng điểm|cùng hạng, bỏ hạng sau (1, 2, 2, 4)|cùng hạng, không bỏ hạng (1, 2, 2, 3)"],
        ),
        (
            r#"from = "80""#,
            r#"from = "85", no_zero = true"#,
            vec!["-|Xếp loại “Tốt” – Chỉ số từ|80|85", "-|Xếp loại “Tốt” – Không được có tiêu chí 0 điểm|-|có"],
        ),
        (
            r#"floor = "0.8""#,
            r#"floor = "0.7", empty = "full""#,
            vec!["1.1|Tỷ lệ thấp nhất|0,8|0,7", "1.1|Khi mẫu số bằng 0|chưa có điểm|điểm tối đa"],
        ),
        (
            r#"name = "Gần", points = "0.5""#,
            r#"name = "Gần", points = "0.75""#,
            vec!["1.2|Mức “Gần”|0,5 điểm|0,75 điểm"],
        ),
        (r#"{ name = "Gần", points = "0.5" }, "#, "", vec!["1.2|Mức “Gần”|0,5 điểm|-"]),
        (
            r#"{ name = "Đạt", points = "1" }, { name = "Gần", points = "0.5" }"#,
            r#"{ name = "Gần", points = "0.5" }, { name = "Đạt", points = "1" }"#,
            vec!["1.2|Thứ tự các mức|Mức “Đạt”, Mức “Gần”|Mức “Gần”, Mức “Đạt”"],
        ),
        (
            r#"so = { kind = "yes-no" }"#,
            r#"so = { kind = "count", each = "0.1" }"#,
            vec!["1.3|Nhánh “so” – Cách chấm|có hoặc không|theo số lần", "1.3|Nhánh “so” – Điểm mỗi lần|-|0,1"],
        ),
        (
            r#"from = "0.5", points = "1""#,
            r#"from = "0.6", points = "1""#,
            vec!["1.3|Nhánh “xa” – Bậc từ 0,6|-|1 điểm", "1.3|Nhánh “xa” – Bậc từ 0,5|1 điểm|-"],
        ),
        (
            r#"measure = { kind = "ratio", part = "x", whole = "y", floor = "0.8" }"#,
            r#"evidence = "none"
measure = { kind = "relative" }"#,
            vec![
                "1.1|Tài liệu kiểm chứng|không bắt buộc|không cần",
                "1.1|Cách chấm|theo tỷ lệ|so với đơn vị cao nhất",
                "1.1|Tử số|x|-",
                "1.1|Mẫu số|y|-",
                "1.1|Tỷ lệ thấp nhất|0,8|-",
                "1.1|Tỷ lệ đạt tối đa|1|-",
                "1.1|Khi mẫu số bằng 0|chưa có điểm|-",
            ],
        ),
    ] {
        assert_eq!(after(old, new), expected, "{old} → {new}");
    }
}

#[test]
fn added_left_out_and_moved_criteria() {
    let more = "[[criteria]]\ncode = \"2\"\nname = \"Mới\"\nmax = \"2\"\nmeasure = { kind = \"yes-no\" }\n[[criteria]]\ncode = \"1\"\nname = \"Cha\"\n";
    assert_eq!(
        after("[[criteria]]\ncode = \"1\"\nname = \"Cha\"\n", more),
        ["2|Thêm tiêu chí|-|Mới (2 điểm, có hoặc không)"]
    );
    let whole = SET.find("[[criteria]]\ncode = \"1.2\"").unwrap();
    let next = SET.find("[[criteria]]\ncode = \"1.3\"").unwrap();
    assert_eq!(after(&SET[whole..next], ""), ["1.2|Bỏ tiêu chí|Chọn (1 điểm, chọn một mức)|-"]);
    let swapped = format!("{}{}", &SET[next..], &SET[whole..next]);
    assert_eq!(after(&SET[whole..], &swapped), ["-|Thứ tự các tiêu chí|1.2, 1.3|1.3, 1.2"]);
}

#[test]
fn a_draft_with_mistakes_is_compared_as_written() {
    let changes = difference(&read(SET), &read(&SET.replacen(r#"max = "1.5""#, r#"max = "rất nhiều""#, 1)));
    let change = changes.iter().find(|change| change.what == "Điểm tối đa").unwrap();
    assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("1,5"), Some("rất nhiều")));
}

#[test]
fn twins_are_told_apart() {
    let twin = r#"{ name = "Đạt", points = "1" }, { name = "Đạt", points = "0.9" }"#;
    assert_eq!(after(r#"{ name = "Đạt", points = "1" }"#, twin), ["1.2|Mức “Đạt” (2)|-|0,9 điểm"]);
}
