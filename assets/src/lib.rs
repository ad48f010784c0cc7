//! The files a browser needs, and the typeface of letters, inside the binary. Made by `build/main.rs`.

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// One file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// What templates call it: `app.css`.
    pub name: &'static str,
    /// Where it is served: `/tinh/app.3f2a9c01d2e4.css`. The name changes with the content, so the
    /// answer may say `Cache-Control: public, max-age=31536000, immutable`.
    pub path: &'static str,
    pub bytes: &'static [u8],
    /// The same bytes packed, where packing helps (not for fonts).
    pub gzip: Option<&'static [u8]>,
    pub content_type: &'static str,
    /// With its quotes, as the header wants it.
    pub etag: &'static str,
}

/// The file served at this URL path.
pub fn find(path: &str) -> Option<&'static Asset> {
    FILES.iter().find(|file| file.path == path)
}

/// The URL path of a file by its plain name; empty for a name that does not exist, which the tests of
/// the shells would notice.
pub fn url(name: &str) -> &'static str {
    FILES.iter().find(|file| file.name == name).map_or("", |file| file.path)
}

/// Every file, for a page of checks or an export.
pub fn all() -> &'static [Asset] {
    FILES
}

/// Tinos as TrueType: regular, bold, italic, bold italic. Same metrics as Times New Roman, OFL.
pub fn tinos() -> [&'static [u8]; 4] {
    TINOS
}

#[cfg(test)]
mod tests;
