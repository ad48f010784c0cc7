//! `cuaviet workflow check`, said by the program itself.

use super::desk;

const TEN: &str = include_str!("../../../engines/workflow/src/tests/ten-faults.toml");
const GOOD: &str = include_str!("../../../data/workflows/mau-cap-phep-05-ngay.toml");

#[test]
fn a_process_is_judged_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let keep = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = keep("tot.toml", GOOD);
    assert_eq!(desk::done(&["workflow", "check", &good]), "Quy trình dùng được: 8 bước.\n");
    let held = desk::run(&["workflow", "check", &good, "--held", "mot-cua,chuyen-vien,lanh-dao-phong,lanh-dao-so"]);
    assert_eq!(held.code, 1);
    assert!(held.out.starts_with("Bước 6: không ai giữ vai trò “van-thu”."), "{}", held.out);
    let ten = desk::run(&["workflow", "check", &keep("muoi-loi.toml", TEN)]);
    assert_eq!(ten.code, 1);
    assert!(ten.out.ends_with("Quy trình chưa dùng được: 10 lỗi.\n"), "{}", ten.out);
    let odd = desk::run(&["workflow", "check", &keep("sai.toml", "code = 1")]);
    assert!(odd.code == 1 && odd.err.contains("sai.toml"), "{}", odd.err);
}
