#[test]
fn a_step_keeps_its_time_by_the_minute() {
    let at = |text: &str| format!("2026-11-24T{text}+07:00").parse::<Timestamp>().unwrap();
    let kept = |done: &str| kept_time(at(done), Some(at("11:30:00"))).unwrap().say();
    assert_eq!([kept("11:29:59"), kept("11:30:59"), kept("11:31:00")], ["Trước hạn", "Đúng hạn", "Quá hạn"]);
    assert_eq!(kept_time(at("11:30:00"), None), None);
}
