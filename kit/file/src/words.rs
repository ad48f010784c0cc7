//! Every reason for which a file is not taken, and its sentence. Each names the file: of twenty that were chosen, the
//! person must know which one.

use crate::{Found, Kind};
use base::{Decimal, Refusal, number};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    Empty,
    /// `bytes` is unknown where the upload was stopped at the limit.
    TooBig {
        bytes: Option<u64>,
        max: u64,
    },
    /// The line broke before the end.
    Cut,
    /// It opens only with a password, or its use is restricted by one.
    Locked,
    /// It begins like a known kind, but cannot be read.
    Damaged,
    /// Text in an old encoding (TCVN3, VNI, UTF-16).
    OldText,
    /// The name says one kind, the content is another.
    Renamed {
        claimed: Kind,
        found: Found,
    },
    /// The content would be taken, but not under such a name.
    Extension {
        extension: String,
    },
    /// Nothing that the house takes.
    NotTaken {
        found: Found,
    },
    /// A known kind that this form does not take.
    Unwanted {
        kind: Kind,
        wanted: Vec<Kind>,
    },
    /// clamd knows it.
    Virus {
        signature: String,
    },
    /// clamd did not answer.
    NotLookedAt,
}

impl NotNow {
    /// The refusal of the file of this name.
    pub fn about(&self, name: &str) -> Refusal {
        let file = format!("Tệp “{name}”");
        match self {
            NotNow::Empty => Refusal::new("file-empty", format!("{file} rỗng (0 byte). Hãy chọn lại tệp.")),
            NotNow::TooBig { bytes, max } => {
                let by = bytes.map(|bytes| format!(": {}", size(bytes))).unwrap_or_default();
                let say = format!("{file} quá lớn{by}, tối đa {}. Hãy nén ảnh, hoặc chia nhỏ tệp.", size(*max));
                Refusal::new("file-too-big", say)
            }
            NotNow::Cut => Refusal::new("file-cut", format!("{file} chưa tải lên hết do mất kết nối. Hãy tải lại.")),
            NotNow::Locked => {
                let say = format!("{file} được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu (và khóa quyền) rồi tải lại.");
                Refusal::new("file-locked", say)
            }
            NotNow::Damaged => {
                let say = format!("{file} bị hỏng, không đọc được. Hãy mở thử trên máy rồi lưu lại.");
                Refusal::new("file-damaged", say)
            }
            NotNow::OldText => {
                let say = format!("{file} không ghi bằng Unicode UTF-8. Hãy lưu lại với mã UTF-8.");
                Refusal::new("file-old-text", say)
            }
            NotNow::Renamed { claimed, found } => {
                let say = format!("{file} không phải là tệp {}{}.", claimed.name(), but(*found));
                Refusal::new("file-renamed", say)
            }
            NotNow::Extension { extension } => {
                let say = format!("{file}: không nhận tệp có đuôi “.{extension}”. Hãy lưu lại với đuôi đúng loại.");
                Refusal::new("file-extension", say)
            }
            NotNow::NotTaken { found } => not_taken(&file, *found),
            NotNow::Unwanted { kind, wanted } => {
                let wanted: Vec<&str> = wanted.iter().map(|kind| kind.name()).collect();
                let say = format!("{file} là tệp {}. Ở đây chỉ nhận: {}.", kind.name(), wanted.join(", "));
                Refusal::new("file-unwanted", say)
            }
            NotNow::Virus { signature } => {
                let say =
                    format!("{file} có mã độc ({signature}), không nhận. Hãy quét vi-rút trên máy rồi chọn tệp sạch.");
                Refusal::new("file-virus", say)
            }
            NotNow::NotLookedAt => {
                let say = format!("{file} chưa được nhận vì lúc này không quét được vi-rút. Hãy thử lại sau ít phút.");
                Refusal::new("file-unseen", say)
            }
        }
    }
}

fn but(found: Found) -> String {
    match found {
        Found::Kind(kind) => format!(" mà là tệp {}. Hãy đổi đuôi thành “.{}”", kind.name(), usual(kind)),
        Found::Program => " mà là chương trình chạy được, không nhận".into(),
        Found::Markup => " mà là trang web (HTML, XML). Hãy mở ra rồi lưu lại đúng loại".into(),
        Found::Archive => " mà là tệp nén. Hãy giải nén rồi tải từng tệp".into(),
        Found::Macros => " vì có chứa macro. Hãy lưu lại thành loại không có macro".into(),
        Found::Heic => " mà là ảnh HEIC của điện thoại. Hãy chuyển sang JPEG".into(),
        Found::OldText | Found::Unknown => ". Hãy kiểm tra lại tệp".into(),
    }
}

fn not_taken(file: &str, found: Found) -> Refusal {
    match found {
        Found::Program => Refusal::new("file-program", format!("{file} là chương trình chạy được, không nhận.")),
        Found::Markup => {
            let say = format!("{file} là trang web hoặc ảnh vẽ (HTML, XML, SVG), không nhận. Hãy lưu thành PDF.");
            Refusal::new("file-markup", say)
        }
        Found::Archive => {
            Refusal::new("file-archive", format!("{file} là tệp nén, không nhận. Hãy giải nén rồi tải từng tệp."))
        }
        Found::Macros => {
            let say = format!("{file} có chứa macro, không nhận. Hãy lưu lại thành docx, xlsx hoặc PDF.");
            Refusal::new("file-macros", say)
        }
        Found::Heic => {
            let say = format!("{file} là ảnh HEIC của điện thoại. Hãy chuyển sang JPEG rồi tải lại.");
            Refusal::new("file-heic", say)
        }
        Found::Kind(_) | Found::OldText | Found::Unknown => {
            let say = format!("{file} thuộc loại không nhận. Hãy chuyển sang PDF, Word, Excel hoặc ảnh.");
            Refusal::new("file-unknown", say)
        }
    }
}

fn usual(kind: Kind) -> &'static str {
    kind.extensions().first().copied().unwrap_or_default()
}

/// "25,4 MB"; below one MB in KB. In steps of 1.024, as Windows counts.
pub fn size(bytes: u64) -> String {
    let (unit, name) = if bytes >= 1024 * 1024 { (1024 * 1024, "MB") } else { (1024, "KB") };
    let value = (Decimal::from(bytes) / Decimal::from(unit)).round_dp(1).normalize();
    format!("{} {name}", number::vi(&value))
}

/// The store does not give the file back: told to the person, and in the log with the hash.
pub(crate) fn lost(name: &str) -> Refusal {
    let say = format!("Tệp “{name}” trong kho lưu trữ bị mất hoặc hỏng. Hãy báo người quản trị.");
    Refusal::new("file-lost", say)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_by_people() {
        let mb = 1024 * 1024;
        assert_eq!(size(20 * mb), "20 MB");
        assert_eq!(size(25 * mb + 4 * mb / 10), "25,4 MB");
        assert_eq!(size(1536), "1,5 KB");
    }
}
