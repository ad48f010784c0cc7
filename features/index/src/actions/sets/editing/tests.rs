#![allow(clippy::unwrap_used)]
use super::*;

fn list(codes: &[&str]) -> Vec<Value> {
    codes.iter().map(|code| json!({ "code": code })).collect()
}

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter().map(code_of).collect()
}

#[test]
fn a_block_moves_with_all_below_it() {
    let mut all = list(&["1", "1.1", "1.2", "2", "2.1", "10"]);
    shift(&mut all, "2", Move::Up);
    assert_eq!(codes(&all), ["2", "2.1", "1", "1.1", "1.2", "10"]);
    shift(&mut all, "2", Move::Down);
    assert_eq!(codes(&all), ["1", "1.1", "1.2", "2", "2.1", "10"]);
    shift(&mut all, "1.1", Move::Up);
    shift(&mut all, "10", Move::Down);
    assert_eq!(codes(&all), ["1", "1.1", "1.2", "2", "2.1", "10"]);
    shift(&mut all, "1.1", Move::Down);
    assert_eq!(codes(&all), ["1", "1.2", "1.1", "2", "2.1", "10"]);
}

#[test]
fn a_new_criterion_stands_after_its_siblings() {
    let mut all = list(&["1", "1.1", "2"]);
    put(&mut all, None, json!({ "code": "1.2" })).unwrap();
    put(&mut all, None, json!({ "code": "3" })).unwrap();
    assert_eq!(codes(&all), ["1", "1.1", "1.2", "2", "3"]);
    assert!(put(&mut all, None, json!({ "code": "1.1" })).is_err());
}

#[test]
fn those_below_follow_a_changed_code() {
    let mut all = list(&["1", "1.1", "1.1.1", "10", "10.1"]);
    put(&mut all, Some("1"), json!({ "code": "7", "name": "Mới" })).unwrap();
    assert_eq!(codes(&all), ["7", "7.1", "7.1.1", "10", "10.1"]);
}
