//! What an archive and a clerk would look at in the PDF.

use letter::{Align, Annex, Block, Col, Letter, Signer, Table, TableRow, Width};
use lopdf::{Dictionary, Document, Object};

use super::samples;

/// A PDF taken apart.
pub struct Read {
    document: Document,
    pub pages: Vec<String>,
}

impl Read {
    pub fn of(letter: &Letter) -> Self {
        Self::bytes(&letter::pdf(letter).unwrap())
    }

    pub fn bytes(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.get_pages().keys().map(|page| plain(&document.extract_text(&[*page]).unwrap())).collect();
        Self { document, pages }
    }

    /// The page holds this text, whatever its line breaks.
    pub fn says(&self, page: usize, text: &str) -> &Self {
        let page_text = &self.pages[page - 1];
        assert!(page_text.contains(&plain(text)), "page {page} does not say {text:?}:\n{page_text}");
        self
    }

    pub fn silent(&self, page: usize, text: &str) -> &Self {
        let page_text = &self.pages[page - 1];
        assert!(!page_text.contains(&plain(text)), "page {page} says {text:?}:\n{page_text}");
        self
    }

    /// Width and height of a page, mm.
    pub fn size(&self, page: u32) -> (i64, i64) {
        let id = self.document.get_pages()[&page];
        let page = self.document.get_dictionary(id).unwrap();
        let found = page.get(b"MediaBox").or_else(|_| {
            let parent = page.get(b"Parent").and_then(Object::as_reference).unwrap();
            self.document.get_dictionary(parent).unwrap().get(b"MediaBox")
        });
        let corner: Vec<f32> = found.unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
        let mm = |points: f32| (points / 72.0 * 25.4).round() as i64;
        (mm(corner[2]), mm(corner[3]))
    }

    fn dictionaries(&self, kind: &str) -> Vec<&Dictionary> {
        let all = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        all.filter(|dict| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == kind.as_bytes()))
            .collect()
    }

    fn metadata(&self) -> String {
        let catalog = self.document.catalog().unwrap();
        let id = catalog.get(b"Metadata").and_then(Object::as_reference).unwrap();
        let stream = self.document.get_object(id).unwrap().as_stream().unwrap();
        String::from_utf8(stream.get_plain_content().unwrap_or_else(|_| stream.content.clone())).unwrap()
    }
}

/// Without any white space: readers differ in where they see a space between justified words.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

#[test]
fn decision_reads_as_it_was_written() {
    let read = Read::of(&samples::decision());
    assert_eq!(read.pages.len(), 4, "two pages of text, two of annex");
    read.says(1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        .says(1, "Độc lập - Tự do - Hạnh phúc")
        .says(1, "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ")
        .says(1, "Số: 07/QĐ-UBND")
        .says(1, "Quảng Trị, ngày 05 tháng 02 năm 2021")
        .says(1, "QUYẾT ĐỊNH Về việc công bố Chỉ số cải cách hành chính năm 2020")
        .says(1, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ")
        .says(1, "ngày 22 tháng 11 năm 2019;")
        .says(1, "ngày 29 tháng 01 năm 2021. QUYẾT ĐỊNH: Điều 1. Công bố")
        .says(1, "Điều 2. Tổ chức thực hiện")
        .says(2, "kể từ ngày ký./.")
        .says(2, "TM. ỦY BAN NHÂN DÂN")
        .says(2, "KT. CHỦ TỊCH")
        .says(2, "PHÓ CHỦ TỊCH")
        .says(2, "Nguyễn Thị Hoài Thương")
        .says(2, "Nơi nhận:")
        .says(2, "- Như Điều 3;")
        .says(2, "- Lưu: VT, NC.");
}

#[test]
fn annex_repeats_its_header_and_counts_its_own_pages() {
    let read = Read::of(&samples::decision());
    read.says(3, "Phụ lục KẾT QUẢ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2020").silent(3, "Phụ lục I");
    read.says(3, "(Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2021");
    for page in [3, 4] {
        read.says(page, "Cơ quan, đơn vị").says(page, "Điều tra xã hội học").says(page, "Xếp loại");
    }
    read.says(3, "Sở, ban, ngành thứ 1 của tỉnh").says(4, "Sở, ban, ngành thứ 60 của tỉnh");
    // The number is the first thing on a page; the first page of the letter and of the annex have none.
    let number = |page: usize| read.pages[page - 1].chars().next().filter(char::is_ascii_digit);
    assert_eq!([number(1), number(2), number(3), number(4)], [None, Some('2'), None, Some('2')]);
}

#[test]
fn report_has_its_landscape_annex_its_mark_and_marks_of_markup_untouched() {
    let read = Read::of(&samples::report());
    assert_eq!(read.pages.len(), 3);
    assert_eq!([read.size(1), read.size(2), read.size(3)], [(210, 297), (297, 210), (210, 297)]);
    read.says(1, "Kính gửi: - Ủy ban nhân dân tỉnh Quảng Trị; - Sở Nội vụ tỉnh Quảng Trị.")
        .says(1, "- Lĩnh vực chỉ đạo, điều hành: 7,50/8,50 điểm")
        .says(1, "Trần Văn Ước")
        .says(2, "Phụ lục I BẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM")
        .says(2, r#"Công bố, rà soát văn bản #1 *không* in _đậm_ $x$ <b> \ "ngoặc""#)
        .says(2, "NGƯỜI LẬP BIỂU")
        .says(2, "Hoàng Đức Thịnh")
        .says(3, "Phụ lục II NỘI DUNG GIẢI TRÌNH");
    for page in 1..=3 {
        read.says(page, "DỮ LIỆU MẪU");
    }
}

#[test]
fn official_letter_has_its_title_under_the_number_and_room_for_number_and_day() {
    let read = Read::of(&samples::official());
    assert_eq!(read.pages.len(), 1);
    read.says(1, "Số: /SNN-VP")
        .says(1, "V/v giải trình các tiêu chí bị trừ điểm trong Chỉ số cải cách hành chính năm 2020")
        .says(1, "Quảng Trị, ngày tháng năm")
        .says(1, "Kính gửi: Sở Nội vụ tỉnh Quảng Trị Phúc đáp")
        .says(1, "tổng hợp./.")
        .silent(1, "DỮ LIỆU MẪU");
}

#[test]
fn minutes_bear_two_hands_and_no_line_of_day() {
    let read = Read::of(&samples::minutes());
    read.says(1, "BIÊN BẢN Họp thẩm định kết quả tự đánh giá của Sở Công Thương")
        .says(1, "THƯ KÝ")
        .says(1, "CHỦ TỌA")
        .says(1, "Đỗ Thị Ỷ Lan")
        .says(1, "Nguyễn Ngọc Ẩn")
        .says(1, "cùng ký vào biên bản.")
        .silent(1, "./.");
    assert!(!read.pages[0].contains("QuảngTrị,ngày"));
}

#[test]
fn every_letter_of_the_alphabet_comes_back() {
    let mut alphabet = String::new();
    for base in ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"] {
        for mark in ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"] {
            // Written apart, as macOS types it: the paper has composed letters.
            alphabet.push_str(&format!("{base}{mark} "));
        }
    }
    alphabet.push('đ');
    let letter = Letter {
        body: vec![Block::Paragraph(format!("{alphabet}\n{}", alphabet.to_uppercase()))],
        ..Letter::default()
    };
    let read = Read::of(&letter);
    read.says(1, "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ");
    read.says(1, "ơ ờ ở ỡ ớ ợ u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ đ");
    read.says(1, "Ơ Ờ Ở Ỡ Ớ Ợ U Ù Ủ Ũ Ú Ụ Ư Ừ Ử Ữ Ứ Ự Y Ỳ Ỷ Ỹ Ý Ỵ Đ");
}

#[test]
fn file_is_an_archive_copy_with_its_faces() {
    for letter in [samples::decision(), samples::report(), samples::official(), samples::minutes()] {
        let read = Read::of(&letter);
        let metadata = read.metadata();
        assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
        assert!(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{metadata}");
        assert!(metadata.contains(letter.title.lines().next().unwrap()), "{metadata}");
        assert!(read.document.catalog().unwrap().has(b"OutputIntents"), "PDF/A names its colours");
        let faces = read.dictionaries("FontDescriptor");
        assert!(faces.len() >= 3, "regular, bold, italic");
        for face in faces {
            let name = String::from_utf8_lossy(face.get(b"FontName").and_then(Object::as_name).unwrap()).into_owned();
            assert!(name.contains("Tinos") || name.contains("TimesNewRoman"), "{name}");
            assert!(face.has(b"FontFile2") || face.has(b"FontFile3"), "{name} is not embedded");
        }
    }
}

#[test]
fn file_is_dated_by_the_letter_and_the_same_each_time() {
    let letter = samples::decision();
    let first = letter::pdf(&letter).unwrap();
    assert_eq!(first, letter::pdf(&letter).unwrap());
    assert!(Read::bytes(&first).metadata().contains("2021-02-05"));
}

#[test]
fn signature_never_stands_on_a_page_alone() {
    for lines in 18..40 {
        let mut letter = samples::minutes();
        letter.second = None;
        letter.body = (1..=lines).map(|n| Block::Paragraph(format!("Đoạn văn thứ {n} của biên bản này."))).collect();
        let read = Read::of(&letter);
        let signed = read.pages.iter().position(|page| page.contains("NguyễnNgọcẨn")).unwrap();
        assert!(
            read.pages[signed].contains(&plain(&format!("thứ {lines} của"))),
            "{lines} lines: {}",
            read.pages[signed]
        );
    }
}

#[test]
fn many_papers_at_once_do_not_disturb_each_other() {
    let threads: Vec<_> = (1..=4u32)
        .map(|number| {
            std::thread::spawn(move || {
                let letter = Letter { number: number.into(), symbol: "BC-SCT".into(), ..samples::official() };
                Read::of(&letter).says(1, &format!("Số: 0{number}/BC-SCT"));
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn a_job_can_keep_a_letter_as_json() {
    let letter = Letter {
        body: vec![Block::Table(Table {
            columns: vec![Col { title: "A".into(), width: Width::Share(2), align: Align::Right, group: None }],
            rows: vec![TableRow::new(["1"])],
        })],
        annexes: vec![Annex::default()],
        signer: Signer::new("Giám đốc", "A"),
        ..samples::report()
    };
    let kept = serde_json::to_string(&letter).unwrap();
    let back: Letter = serde_json::from_str(&kept).unwrap();
    assert_eq!(letter::pdf(&back).unwrap(), letter::pdf(&letter).unwrap());
}
