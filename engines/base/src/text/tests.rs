#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use proptest::prelude::*;

#[test]
fn folding_hides_marks_case_and_spaces() {
    for (text, folded) in [
        ("Hòa Bình", "hoa binh"),
        ("Hoà Bình", "hoa binh"),
        ("  HOA   BÌNH \n", "hoa binh"),
        ("thủy", "thuy"),
        ("thuỷ", "thuy"),
        ("Đặng Thị Ẩn", "dang thi an"),
        ("ĐƯỜNG", "duong"),
        ("Quốc lộ 1\u{a0}A", "quoc lo 1 a"),
        ("Sở Văn hóa, Thể thao và Du lịch", "so van hoa, the thao va du lich"),
        ("a\u{306}\u{301} ơ\u{323}", "a o"),
        ("TTHC 1.005129", "tthc 1.005129"),
        ("", ""),
        ("  ", ""),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn search_finds_words_in_any_order_and_initials() {
    let hay = fold("Sở Văn hóa, Thể thao và Du lịch");
    for needle in ["", "văn hóa", "du lịch văn hoá", "svhtt", "svhttdl", "svhttvdl", "VHTT", "th thao", "sở"] {
        assert!(matches(&hay, &fold(needle)), "{needle}");
    }
    for needle in ["công thương", "sct", "svhx", "văn hóa xã", "s v h"] {
        let found = matches(&hay, &fold(needle));
        assert_eq!(found, needle == "s v h", "{needle}");
    }
    assert!(!matches("so noi vu", "x"));
}

#[test]
fn lists_follow_the_alphabet() {
    let ordered = [
        "",
        "2.9",
        "2.10",
        "2.10.1",
        "10",
        "an",
        "An Giang",
        "Ăn",
        "Ân",
        "Bà Rịa",
        "Cà Mau",
        "Cao Bằng",
        "da",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điều 9",
        "Điều 10",
        "em",
        "Êm",
        "fa",
        "ga",
        "hoa",
        "hòa",
        "hỏa",
        "hõa",
        "hóa",
        "họa",
        "ia",
        "ja",
        "ka",
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "man",
        "o",
        "ô",
        "ơ",
        "p",
        "Sở Công Thương",
        "Sở Nội vụ",
        "u",
        "ư",
        "va",
        "wa",
        "xa",
        "ya",
        "za",
    ];
    for pair in ordered.windows(2) {
        assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{:?} before {:?}", pair[0], pair[1]);
        assert_eq!(compare(pair[1], pair[0]), Ordering::Greater);
    }
}

#[test]
fn the_same_word_written_otherwise_is_equal() {
    for (a, b) in
        [("hòa", "hoà"), ("thủy", "thuỷ"), ("ế", "e\u{302}\u{301}"), ("ĐÀ NẴNG", "đà nẵng"), ("007", "7"), (" a ", "a")]
    {
        assert_eq!(compare(a, b), Ordering::Equal, "{a} {b}");
    }
}

#[test]
fn letters_count_before_tones() {
    // "má b" and "ma c": the second letter decides though the tone of the first word differs.
    assert_eq!(compare("má b", "ma c"), Ordering::Less);
    assert_eq!(compare("ma b", "má b"), Ordering::Less);
    assert_eq!(compare("mà bá", "má bà"), Ordering::Less);
}

#[test]
fn long_numbers_keep_their_order() {
    let (short, long) = ("9".repeat(254), "1".repeat(255));
    assert_eq!(compare(&short, &long), Ordering::Less);
    assert_eq!(compare(&long, &"2".repeat(255)), Ordering::Less);
    assert_eq!(compare(&format!("{short}a"), &long), Ordering::Less);
}

#[test]
fn composed_form_is_stored() {
    assert_eq!(nfc("Vie\u{323}\u{302}t"), "Việt");
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn composed_and_decomposed_are_the_same(text in "[a-zA-Zàáảãạăắằẳẵặâấầẩẫậđêếềểễệôơưứừửữựỳýỷỹỵ0-9 .]{0,30}") {
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(fold(&decomposed), fold(&text));
        prop_assert_eq!(sort_key(&decomposed), sort_key(&text));
    }

    #[test]
    fn numbers_sort_as_numbers(a in 0u64.., b in 0u64..) {
        prop_assert_eq!(compare(&format!("Số {a}"), &format!("Số {b}")), a.cmp(&b));
    }

    #[test]
    fn a_text_matches_itself(text in "[a-zàđêơư ]{1,20}") {
        prop_assert!(matches(&fold(&text), &fold(&text)));
    }
}
