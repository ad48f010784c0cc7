//! Papers and keys that the tests share.

use base::Timestamp;
use letter::{Block, Kind, Letter};
use sign::{Key, Look, Mark, Signer};

pub const PASSPHRASE: &str = "mat-khau";

macro_rules! key_file {
    ($name:literal) => {
        include_bytes!(concat!("../keys/", $name)).as_slice()
    };
}
pub(crate) use key_file;

/// Trần Văn Ước, Sở Công Thương: RSA.
pub fn uoc() -> Key {
    Key::open(key_file!("signer.p12"), PASSPHRASE).unwrap()
}

/// Nguyễn Thị Lan, UBND tỉnh: ECDSA on P-256.
pub fn lan() -> Key {
    Key::open(key_file!("curve.p12"), PASSPHRASE).unwrap()
}

pub fn roots() -> Vec<Vec<u8>> {
    sign::certificates(key_file!("root.pem")).unwrap()
}

/// 24/11/2026 09:14:05 in Việt Nam.
pub fn moment() -> Timestamp {
    "2026-11-24T02:14:05Z".parse().unwrap()
}

pub fn look() -> Look {
    Look {
        reason: "Phê duyệt kết quả".into(), place: "Quảng Trị".into(), moment: moment(), ..Look::default()
    }
}

pub fn marked() -> Look {
    Look { mark: Some(Mark::first_page()), ..look() }
}

/// A paper as the house writes it: PDF/A, objects packed in streams.
pub fn letter() -> Vec<u8> {
    let letter = Letter {
        parent: Some("UBND tỉnh Quảng Trị".into()),
        agency: "Sở Công Thương".into(),
        kind: Kind::named("Giấy phép"),
        number: 312.into(),
        symbol: "GP-SCT".into(),
        place: "Quảng Trị".into(),
        date: Some("2026-11-24".parse().unwrap()),
        title: "Cửa hàng bán lẻ xăng dầu".into(),
        body: vec![Block::Paragraph("Cho phép Công ty TNHH Mẫu bán lẻ xăng dầu.".into())],
        ..Letter::default()
    };
    letter::pdf(&letter).unwrap()
}

/// A paper as PDF 1.4 has it: a plain table, nothing packed; written here byte by byte. The page is turned by
/// `turn` degrees, takes its size from the tree, and has no annotations.
pub fn plain(turn: u16) -> Vec<u8> {
    let content = "BT /F 12 Tf 72 700 Td (Ket qua) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Rotate {turn} /Resources << /Font << /F 5 0 R >> >> >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>".to_owned(),
    ];
    write(&objects)
}

/// Objects from 1 on, as a file with a table; the first is the catalog.
pub fn write(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).into_bytes());
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let trailer =
        format!("xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.extend(trailer.into_bytes());
    file
}

/// An update that lays another object over one of a file with a table.
pub fn overlay(file: &[u8], id: u32, object: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    let before: usize = text.rsplit("startxref\n").next().unwrap().split_whitespace().next().unwrap().parse().unwrap();
    let size = text.rsplit("/Size ").next().unwrap().split(|c: char| !c.is_ascii_digit()).next().unwrap().to_owned();
    let mut out = file.to_vec();
    let at = out.len();
    out.extend(format!("{id} 0 obj\n{object}\nendobj\n").into_bytes());
    let start = out.len();
    out.extend(
        format!(
            "xref\n{id} 1\n{at:010} 00000 n \ntrailer\n<< /Size {size} /Root 1 0 R /Prev {before} >>\n\
             startxref\n{start}\n%%EOF\n"
        )
        .into_bytes(),
    );
    out
}

/// Signs, waiting for it.
pub fn sign(pdf: &[u8], signer: &dyn Signer, look: &Look) -> Vec<u8> {
    wait(sign::sign(pdf, signer, look)).unwrap()
}

pub fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(work)
}
