#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use super::*;

const SET: &str = r#"
code = "thu"
name = "Bộ thử"
source = "QĐ thử"
applies_to = ["so", "xa"]
ratings = [{ name = "Tốt", from = "80" }, { name = "Yếu", from = "0" }]

[[criteria]]
code = "1"
name = "Một"
max = "2.5"
measure = { kind = "points", step = "0.25" }
"#;

/// Files in a folder of their own, and what a command did with them.
struct Desk(tempfile::TempDir);

struct Done {
    code: u8,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn check(&self, text: impl AsRef<[u8]>) -> Done {
        let file = self.file("set.toml", text);
        done(|out, err| check(&Check { file }, out, err))
    }

    fn score(&self, set: &str, answers: &str, json: bool) -> Done {
        let ask = Score { set: self.file("set.toml", set), answers: self.file("answers.json", answers), json };
        done(|out, err| score(&ask, out, err))
    }
}

fn done(run: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>) -> u8) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&mut out, &mut err);
    Done { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

#[test]
fn a_good_set_exits_with_zero() {
    let done = Desk::new().check(SET);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(done.out, "Bộ tiêu chí thu dùng được: 1 tiêu chí, trong đó 1 tiêu chí chấm điểm.\n");
    let done = Desk::new().check(SET.replace("step = \"0.25\"", "step = \"0.3\""));
    assert_eq!(done.code, 0, "a warning does not make it bad");
    assert!(done.err.contains("Lưu ý, tiêu chí 1") && done.out.contains("1 lưu ý"), "{}{}", done.out, done.err);
}

#[test]
fn each_error_of_a_bad_set_names_its_code() {
    let more = "\n[[criteria]]\ncode = \"2\"\nname = \"Hai\"\nmax = \"-1\"\nmeasure = { kind = \"yes-no\" }\n";
    let done = Desk::new().check(SET.replace("\"0.25\"", "\"0\"") + more);
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("Dòng 12. Lỗi, tiêu chí 1 (criteria[0].measure.step): “step” phải lớn hơn 0."),
        "{}",
        done.err
    );
    assert!(done.err.contains("Dòng 17. Lỗi, tiêu chí 2 "), "{}", done.err);
    assert_eq!(done.out, "Bộ tiêu chí chưa dùng được: 2 lỗi, 0 lưu ý. Tiêu chí có lỗi: 1, 2.\n");
}

#[test]
fn files_that_cannot_be_read_are_said_in_words() {
    let desk = Desk::new();
    let gone = Check { file: desk.0.path().join("khong-co.toml") };
    let told = done(|out, err| check(&gone, out, err));
    assert_eq!((told.code, told.out.as_str()), (2, ""));
    assert!(told.err.contains("khong-co.toml: không có tệp này."), "{}", told.err);
    assert!(desk.check([0xff, 0xfe, 0x00]).err.contains("UTF-8"));
    assert_eq!(desk.check("a = ").code, 2);
    let folder = done(|out, err| check(&Check { file: desk.0.path().into() }, out, err));
    assert!(folder.code == 2 && folder.err.contains("thư mục"), "{}", folder.err);
}

#[test]
fn a_workbook_is_checked_at_its_cells() {
    let set = crate::files::set_toml::read(SET).unwrap();
    let write = |value: &serde_json::Value| crate::files::workbook::write(value, "").unwrap();
    let desk = Desk::new();
    let ask = |bytes: Vec<u8>| {
        let file = desk.file("bo.xlsx", bytes);
        done(|out, err| check(&Check { file }, out, err))
    };
    let good = ask(write(&set.value));
    assert_eq!((good.code, good.err.as_str()), (0, ""));
    let mut bad = set.value.clone();
    bad["criteria"][0]["measure"]["step"] = serde_json::json!("0");
    let bad = ask(write(&bad));
    assert_eq!(bad.code, 1);
    assert!(bad.err.starts_with("Ô Tiêu chí!") && bad.err.contains("tiêu chí 1 "), "{}", bad.err);
    assert_eq!(ask(b"PK\x03\x04\xff".to_vec()).code, 2);
}

#[test]
fn scores_as_json() {
    let done = Desk::new().score(SET, r#"{"units": {"Sở A": {"1": {"value": "2"}}}}"#, true);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.out,
        "{\"units\":{\"Sở A\":{\"total\":\"2\",\"applicable_max\":\"2.5\",\"index\":\"80\",\"rating\":\"Tốt\",\"rank\":1,\"unknown\":[],\
         \"lines\":[{\"code\":\"1\",\"points\":\"2\",\"max\":\"2.5\",\"why\":\"Chấm 2 → 2\"}]}}}\n"
    );
}

#[test]
fn scores_as_a_table() {
    let answers = r#"{"kinds": {"Xã X": "xa"}, "units": {"Sở A": {"1": {"value": "2"}}, "Xã X": {"1": {"value": "1"}},
        "Sở Bé": {"1": {"value": "2.5"}}, "Sở C": {"1": null}}}"#;
    let done = Desk::new().score(SET, answers, false);
    let expected = "\
Bộ thử

Loại đơn vị: so

Hạng  Đơn vị  Điểm  Tối đa  Chỉ số %  Xếp loại
   1  Sở Bé   2,50     2,5    100,00  Tốt
   2  Sở A    2,00     2,5     80,00  Tốt
   –  Sở C       –     2,5         –  –


Loại đơn vị: xa

Hạng  Đơn vị  Điểm  Tối đa  Chỉ số %  Xếp loại
   1  Xã X    1,00     2,5     40,00  Yếu

Chưa rõ điểm của Sở C: 1.
";
    assert_eq!(done.out, expected);
}

#[test]
fn a_refusal_prints_no_result() {
    let done =
        Desk::new().score(SET, r#"{"units": {"Sở A": {"1": {"value": "3"}}, "Sở B": {"1": {"value": "2"}}}}"#, true);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("Sở A, tiêu chí 1: chấm 3 điểm, quá điểm tối đa 2,5."), "{}", done.err);
    let done = Desk::new().score(&SET.replace("2.5", "-2.5"), "{}", true);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("tiêu chí 1"), "{}", done.err);
    let done = Desk::new().score(SET, "{", true);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("JSON"), "{}", done.err);
}
