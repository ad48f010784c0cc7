//! Decisions: pure.

/// Where to go after signing in: an address of this site, or home. Never another site's, which a link in a letter
/// could have named.
pub fn place_after(wanted: &str) -> &str {
    let local = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n', '\t']);
    let door = wanted.starts_with("/dang-nhap") || wanted.starts_with("/dang-xuat");
    if local && !door { wanted } else { "/" }
}

#[cfg(test)]
mod tests;
