//! Sheets: what is written is what is read.

use super::*;

#[test]
fn what_is_missing_stays_missing_and_zero_stays_zero() {
    let all = [Some(12_345), None, Some(-7), Some(0), None];
    assert_eq!(sheet::written(&all), "12345,,-7,0,");
    assert_eq!(sheet::figures("12345,,-7,0,", 5).unwrap(), all);
    assert_eq!(sheet::figures("", 1).unwrap(), [None]);
    assert_eq!(sheet::figures("", 0).unwrap(), []);
}

#[test]
fn what_is_no_sheet_of_this_form_is_none() {
    for (text, cells) in
        [("1,2", 3), ("1,2,3", 2), ("", 2), ("1", 0), ("1,x", 2), ("1, 2", 2), ("9223372036854775808", 1)]
    {
        assert_eq!(sheet::figures(text, cells), None, "{text:?}");
    }
}

proptest! {
    #[test]
    fn a_sheet_is_read_as_it_was_written(all in proptest::collection::vec(proptest::option::of(any::<i64>()), 0..40)) {
        prop_assert_eq!(sheet::figures(&sheet::written(&all), all.len()), Some(all));
    }
}
