#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::nd30::{COUNTRY, MOTTO, ND30};

#[test]
fn faces_draw_every_vietnamese_letter() {
    let faces = faces().unwrap();
    for font in &faces.fonts {
        for c in ('\0'..='ỹ').filter(|c| is_house_letter(*c)) {
            assert!(font.info().coverage.contains(c as u32), "{} has no {c}", font.info().family);
        }
    }
    assert!("–—“”‘’…•≥≤±×°²".chars().all(|c| faces.draws(c)), "signs that reports use");
    assert!(faces.draws('□'), "what stands for a missing letter");
}

#[test]
fn head_of_the_sheet_fits_its_columns() {
    let right = ND30.text_width(false) - ND30.agency_column;
    let country = width(COUNTRY, true, ND30.country).unwrap();
    assert!(country < right, "quốc hiệu is {country:.1} mm, its column {right:.1}");
    assert!(country > right - 6.0, "no room is wasted that the agency's name could have");
    assert!(width(MOTTO, true, ND30.motto).unwrap() < country);
}

/// Times New Roman, 2048 units an em: "a" 909, "n" 1024, bold "a" 1024 (its published advance widths).
#[test]
fn widths_are_those_of_times_new_roman() {
    let mm = |units: f64| units / 2048.0 * 14.0 / PT;
    assert!((width("an", false, 14.0).unwrap() - mm(909.0 + 1024.0)).abs() < 0.01);
    assert!((width("a", true, 14.0).unwrap() - mm(1024.0)).abs() < 0.01);
}

#[test]
fn names_break_into_even_lines() {
    let check = |text: &str, room: f64, want: &[&str]| assert_eq!(lines(text, true, 13.0, room).unwrap(), want);
    check("ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ", 59.0, &["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG TRỊ"]);
    check("SỞ CÔNG THƯƠNG", 59.0, &["SỞ CÔNG THƯƠNG"]);
    check("SỞ\nCÔNG THƯƠNG", 59.0, &["SỞ", "CÔNG THƯƠNG"]);
    check("", 59.0, &[]);
    check("WWWWWWWWWWWWWWWWWWWWWWWWWWWW A", 10.0, &["WWWWWWWWWWWWWWWWWWWWWWWWWWWW", "A"]);
}

#[test]
fn files_of_the_face_are_known_by_their_names() {
    for (file, place) in [
        ("times.ttf", 0),
        ("TIMESBD.TTF", 1),
        ("Times_New_Roman_Italic.ttf", 2),
        ("Times New Roman Bold Italic.ttf", 3),
    ] {
        assert_eq!(face_of(file), Some(place), "{file}");
    }
    assert_eq!(face_of("timesheet.ttf"), None);
    assert_eq!(face_of("times.otf"), None);
}
