//! A dossier that the portal sends here (2026), in neutral form.

use super::{Owner, OwnerKind, Submitter};
use crate::contract;
use data_encoding::BASE64;
use serde_json::Value;

/// A dossier that was handed in on the portal.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// What the portal calls it: the same is the same dossier.
    pub remote: String,
    /// The code that the portal has given it; empty: none yet.
    pub code: String,
    pub procedure: String,
    /// The online service: names the case, where it is one of its codes.
    pub service: String,
    /// The national code of the unit that is to receive it.
    pub place: String,
    pub owner: Owner,
    pub submitter: Option<Submitter>,
    pub papers: Vec<IncomingPaper>,
}

#[derive(Clone, Debug)]
pub struct IncomingPaper {
    pub code: String,
    pub name: String,
    pub files: Vec<Attached>,
}

#[derive(Clone, Debug)]
pub struct Attached {
    pub name: String,
    /// None where the portal sends its name only.
    pub bytes: Option<Vec<u8>>,
}

/// Reads what the portal has sent.
///
/// # Errors
/// What is wrong with it, in Vietnamese, for whoever looks after the portal's side.
pub fn read_push(body: &[u8]) -> Result<Incoming, Vec<String>> {
    let body: Value = serde_json::from_slice(body).map_err(|_| vec!["Nội dung không phải JSON.".to_owned()])?;
    let problems = contract::push_2026().problems(&body);
    if !problems.is_empty() {
        return Err(problems);
    }
    let text = |at: &Value, name: &str| at[name].as_str().unwrap_or_default().trim().to_owned();
    let person = &body["ThongTinNguoiNop"]["ThongTinChiTiet"];
    let owner = Owner {
        kind: match body["LoaiDoiTuong"].as_str() {
            Some("0") => OwnerKind::Citizen,
            Some("2") => OwnerKind::Household,
            _ => OwnerKind::Business,
        },
        name: text(&body, "ChuHoSo"),
        number: text(person, "SoDinhDanhChuHs"),
        portal_id: text(&body["ThongTinNguoiNop"], "IdDoiTuong"),
        born: text(person, "NgaySinh"),
        phone: text(person, "SoDienThoai"),
        email: text(person, "Email"),
        address: text(person, "DiaChiChiTietChuHs"),
        province: text(person, "MaTinhChuHs"),
        commune: text(person, "MaXaChuHs"),
    };
    let submitter = Submitter { name: text(person, "TenNguoiNop"), number: text(person, "SoDinhDanh") };
    let mut wrong = Vec::new();
    let mut papers = Vec::new();
    for item in body["ThanhPhanHoSo"].as_array().into_iter().flatten() {
        let mut files = Vec::new();
        for file in item["GiayToDinhKem"].as_array().into_iter().flatten() {
            let (name, content) = (text(file, "TenGiayTo"), text(file, "NoiDungTep"));
            let bytes = BASE64.decode(content.as_bytes());
            if bytes.is_err() {
                wrong.push(format!("Tệp “{name}”: NoiDungTep không phải base64."));
            }
            files.push(Attached { name, bytes: bytes.ok().filter(|bytes| !bytes.is_empty()) });
        }
        papers.push(IncomingPaper { code: text(item, "MaThanhPhanHoSo"), name: text(item, "TenThanhPhanHoSo"), files });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Incoming {
        remote: text(&body, "IdHoSo"),
        code: text(&body, "MaHoSo"),
        procedure: text(&body, "MaTTHC"),
        service: text(&body, "MaDichVuCong"),
        place: text(&body, "MaDonViTiepNhan"),
        submitter: Some(submitter).filter(|one| !one.name.is_empty() && one.name != owner.name),
        owner,
        papers,
    })
}
