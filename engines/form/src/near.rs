//! "Có phải bạn muốn viết …?"

/// The hint, or nothing where no word is near.
pub fn near<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> String {
    match nearest(word, among) {
        Some(one) => format!("; có phải là “{one}”?"),
        None => String::new(),
    }
}

/// The word that takes fewest changes to reach, if at most one letter of three is changed.
pub fn nearest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).min(3);
    among.map(|one| (distance(word, one), one)).filter(|(far, _)| (1..=most).contains(far)).min().map(|(_, one)| one)
}

/// Letters to change, add or take away.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.iter().enumerate() {
            let changed = corner + usize::from(left != *right);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
