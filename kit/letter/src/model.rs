//! What a writer fills in. Text is data: no mark in it has a meaning, only a line break does.
//!
//! Words that the decree wants in capitals, signs at line ends, "Điều 1.", "Phụ lục I", padded numbers and
//! the like are made by `paper`; write names as they are.

use base::Date;
use serde::{Deserialize, Serialize};

/// One administrative document with its annexes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Letter {
    #[serde(default)]
    pub page: Page,
    /// What form it is, small at the top of the first page: "Mẫu số 01, Thông tư số 03/2025/TT-VPCP".
    #[serde(default)]
    pub form: Option<String>,
    /// Cơ quan chủ quản trực tiếp, where there is one.
    pub parent: Option<String>,
    /// Cơ quan ban hành. A line break here is kept, so a long name breaks where its clerk wants it.
    pub agency: String,
    pub kind: Kind,
    pub number: Number,
    /// Ký hiệu: `BC-SCT`, `QĐ-UBND`, `SCT-VP`.
    pub symbol: String,
    /// Địa danh. Empty: no line of place and day (minutes tell their time in the text).
    pub place: String,
    /// Day of issue. `None`: blanks to be filled by hand, as a draft has them.
    pub date: Option<Date>,
    /// Trích yếu: "Kết quả tự đánh giá…", "Về việc công bố…". For công văn "V/v" is put before it.
    pub title: String,
    /// Thẩm quyền ban hành, for a decision: "GIÁM ĐỐC SỞ CÔNG THƯƠNG" stands before the căn cứ and
    /// "QUYẾT ĐỊNH:" after them.
    pub issuer: Option<String>,
    /// Căn cứ, one each; signs at the ends are made.
    pub basis: Vec<String>,
    /// Kính gửi, one each.
    pub to: Vec<String>,
    pub body: Vec<Block>,
    /// Stands at the right.
    pub signer: Signer,
    /// A second hand, at the left: the secretary of minutes.
    pub second: Option<Signer>,
    /// Nơi nhận, one each, the last "Lưu: VT, VP.".
    pub receivers: Vec<String>,
    pub annexes: Vec<Annex>,
    /// A mark in grey on every page: "DỮ LIỆU MẪU".
    pub sample: Option<String>,
}

/// The sheet it is printed on, and with it every size. DOCX is always A4 upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    #[default]
    A4,
    /// A register, whose table is the whole of it.
    A4Landscape,
    /// Half the sheet: what is handed out at a counter.
    A5,
}

/// Tên loại văn bản.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Công văn: no name; its trích yếu stands under the number.
    #[default]
    Official,
    /// "BÁO CÁO", "QUYẾT ĐỊNH", "BIÊN BẢN"…
    Named(String),
}

impl Kind {
    pub fn named(name: impl Into<String>) -> Self {
        Self::Named(name.into())
    }
}

/// Số of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Number {
    /// Not given yet: room is left for it.
    #[default]
    Blank,
    Count(u32),
    /// As it stands in an older register: `07a`.
    Text(String),
    /// It bears none: a register.
    None,
}

impl From<u32> for Number {
    fn from(count: u32) -> Self {
        Self::Count(count)
    }
}

impl From<Option<u32>> for Number {
    fn from(count: Option<u32>) -> Self {
        count.map_or(Self::Blank, Self::Count)
    }
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Quyền hạn, a line above the title: "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC".
    pub authority: Option<String>,
    /// Chức vụ: "GIÁM ĐỐC".
    pub title: String,
    /// Họ và tên, without academic titles (Phụ lục I, II.7).
    pub name: String,
    /// What is to be done under the title: "Ký và ghi rõ họ tên"; brackets are put around it.
    #[serde(default)]
    pub note: String,
}

impl Signer {
    pub fn new(title: impl Into<String>, name: impl Into<String>) -> Self {
        Self { title: title.into(), name: name.into(), ..Self::default() }
    }

    /// The same signer, on behalf of somebody: `signer.by("KT. GIÁM ĐỐC")`.
    pub fn by(mut self, authority: impl Into<String>) -> Self {
        self.authority = Some(authority.into());
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Phụ lục. Numbered with Roman figures where there are two or more.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Annex {
    pub title: String,
    /// "Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2020 của …"; brackets are put around it.
    pub with: String,
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

/// One piece of the text. A line break inside a text begins a new paragraph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Block {
    /// "I. KẾT QUẢ TỰ ĐÁNH GIÁ": numbered by the writer.
    Heading(String),
    Paragraph(String),
    /// "Điều 1." with or without a title of its own.
    Article {
        number: u32,
        title: String,
        text: String,
    },
    /// A dash is put before it.
    Item(String),
    Table(Table),
    /// The lines of a form, with a QR code at their right where there is one.
    Facts {
        /// Facts of one row stand side by side.
        rows: Vec<Vec<Fact>>,
        qr: Option<Qr>,
    },
    /// Side by side: the hands under a form or a table.
    Signatures(Vec<Signer>),
}

/// "Địa chỉ: …". An empty text leaves dots to write on; an empty label leaves the text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub label: String,
    pub text: String,
    pub bold: bool,
}

impl Fact {
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), bold: false }
    }

    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }
}

/// A QR code. Whoever holds the sheet reads it, so it never carries what only some may know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    pub content: String,
    /// Under it: "Quét để tra cứu".
    pub caption: String,
}

/// A table; its header is repeated on each page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<Col>,
    /// Cells beyond the columns are left out, missing ones are empty.
    pub rows: Vec<TableRow>,
}

/// A column.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Col {
    pub title: String,
    pub width: Width,
    pub align: Align,
    /// Neighbours with the same group stand under one common header.
    pub group: Option<String>,
}

impl Col {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// As wide as so many millimetres.
    pub fn mm(mut self, width: u32) -> Self {
        self.width = Width::Mm(width);
        self
    }

    /// Takes so many shares of what the other columns leave.
    pub fn share(mut self, parts: u32) -> Self {
        self.width = Width::Share(parts);
        self
    }

    pub fn center(mut self) -> Self {
        self.align = Align::Center;
        self
    }

    pub fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }

    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// How wide a column is. Columns that do not fit the page are narrowed together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Width {
    /// By its longest text.
    #[default]
    Auto,
    /// Shares of what the others leave.
    Share(u32),
    Mm(u32),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TableRow {
    pub cells: Vec<String>,
    pub bold: bool,
    pub shade: bool,
}

impl TableRow {
    pub fn new<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), bold: false, shade: false }
    }

    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub fn shade(mut self) -> Self {
        self.shade = true;
        self
    }
}
