//! The kinds of file that the house takes. A closed list: each can be recognised by its content.

use serde::{Deserialize, Serialize};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Pdf,
    Docx,
    Xlsx,
    Odt,
    Ods,
    Doc,
    Xls,
    Png,
    Jpeg,
    Gif,
    Tiff,
    Txt,
    Csv,
    Eml,
}

impl Kind {
    pub const ALL: [Kind; 14] = [
        Kind::Pdf,
        Kind::Docx,
        Kind::Xlsx,
        Kind::Odt,
        Kind::Ods,
        Kind::Doc,
        Kind::Xls,
        Kind::Png,
        Kind::Jpeg,
        Kind::Gif,
        Kind::Tiff,
        Kind::Txt,
        Kind::Csv,
        Kind::Eml,
    ];

    /// The media type, in the database and on the wire.
    pub fn media(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Odt => "application/vnd.oasis.opendocument.text",
            Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::Doc => "application/msword",
            Kind::Xls => "application/vnd.ms-excel",
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Gif => "image/gif",
            Kind::Tiff => "image/tiff",
            Kind::Txt => "text/plain",
            Kind::Csv => "text/csv",
            Kind::Eml => "message/rfc822",
        }
    }

    pub fn of_media(media: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.media() == media)
    }

    /// How such a file may be called, in lower case; the first is the usual one.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Odt => &["odt"],
            Kind::Ods => &["ods"],
            Kind::Doc => &["doc"],
            Kind::Xls => &["xls"],
            Kind::Png => &["png"],
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Gif => &["gif"],
            Kind::Tiff => &["tif", "tiff"],
            Kind::Txt => &["txt"],
            Kind::Csv => &["csv"],
            Kind::Eml => &["eml"],
        }
    }

    pub fn of_extension(extension: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.extensions().contains(&extension))
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Pdf => "PDF",
            Kind::Docx => "Word (docx)",
            Kind::Xlsx => "Excel (xlsx)",
            Kind::Odt => "văn bản ODF (odt)",
            Kind::Ods => "bảng tính ODF (ods)",
            Kind::Doc => "Word 97-2003 (doc)",
            Kind::Xls => "Excel 97-2003 (xls)",
            Kind::Png => "ảnh PNG",
            Kind::Jpeg => "ảnh JPEG",
            Kind::Gif => "ảnh GIF",
            Kind::Tiff => "ảnh TIFF",
            Kind::Txt => "văn bản thuần (txt)",
            Kind::Csv => "bảng CSV",
            Kind::Eml => "thư điện tử (eml)",
        }
    }

    /// Its family, as people speak of it before they choose a file.
    pub fn family(self) -> &'static str {
        match self {
            Kind::Pdf => "PDF",
            Kind::Docx | Kind::Doc | Kind::Odt => "Word",
            Kind::Xlsx | Kind::Xls | Kind::Ods | Kind::Csv => "Excel",
            Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Tiff => "ảnh",
            Kind::Txt => "văn bản thuần",
            Kind::Eml => "thư điện tử",
        }
    }

    /// Whether a browser may show it in a page: it can neither run nor be mistaken for something that runs.
    pub fn is_shown(self) -> bool {
        matches!(self, Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Gif)
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_kind_is_known_by_its_media_type_and_its_extensions() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_media(kind.media()), Some(kind));
            for extension in kind.extensions() {
                assert_eq!(Kind::of_extension(extension), Some(kind));
            }
        }
        assert_eq!(Kind::of_extension("exe"), None);
    }
}
