//! The bodies of 2026: create (`NoiHoSo`), progress (`CapNhatTienTrinh`) and state (`CapNhatTrangThai`), each with its own form of
//! moments. Source: a ministry's one-stop system in use (data/links/).

use super::body_2019::{bit, fee, object, of_result};
use super::codes;
use super::{DossierSync, Generation, Paper, ProgressSync, Settings};
use crate::wall::{iso, plain};
use base::Timestamp;
use serde_json::{Value, json};

/// The two lists of a state go along only where they say something: at 5 (supplement), 6 (payment) and 9 (resolved).
const WITH_LISTS: [&str; 3] = ["5", "6", "9"];

pub(super) fn create(sync: &DossierSync, settings: &Settings) -> Value {
    let kind = codes::owner(sync.owner.kind, Generation::Y2026);
    let place = if sync.place_code.is_empty() { &settings.unit } else { &sync.place_code };
    json!({
        "MaHoSo": sync.code,
        "MaTTHC": sync.procedure,
        "MaDichVuCong": sync.service,
        "ChuHoSo": sync.owner.name,
        "LoaiDoiTuong": kind,
        "MaDonViTiepNhan": place,
        "NgayNop": moment(sync.submitted.or(sync.received)),
        "NgayTiepNhan": moment(sync.received),
        "EformThongTinChiTiet": sync.answers,
        "ThanhPhanHoSo": sync.papers.iter().map(component).collect::<Vec<_>>(),
        "ThongTinNguoiNop": {
            "LoaiDoiTuong": kind,
            "IdDoiTuong": sync.owner.portal_id,
            "ThongTinChiTiet": submitter(sync),
        },
    })
}

fn component(paper: &Paper) -> Value {
    let files = match paper.file.is_empty() {
        true => Vec::new(),
        false => vec![json!({
            "IdGiayTo": paper.file,
            "MaKetQua": paper.reused_result,
            "TenGiayTo": paper.name,
            "HashTepTin": paper.sha256,
        })],
    };
    json!({
        "MaThanhPhanHoSo": paper.code,
        "TenThanhPhanHoSo": paper.name,
        "SoLuong": paper.number.to_string(),
        "LoaiBan": paper.copy.to_string(),
        "GiayToDinhKem": files,
    })
}

fn submitter(sync: &DossierSync) -> Value {
    let owner = &sync.owner;
    let (name, number) = match &sync.submitter {
        Some(submitter) => (&submitter.name, &submitter.number),
        None => (&owner.name, &owner.number),
    };
    json!({
        "TenNguoiNop": name,
        "SoDinhDanh": number,
        "NgayCapDinhDanh": "",
        "NgaySinh": owner.born,
        "SoDienThoai": owner.phone,
        "Email": owner.email,
        "Fax": "",
        "MaTinh": owner.province,
        // There is no district any more (1/7/2025); the field stays in the body.
        "MaHuyen": "",
        "MaXa": owner.commune,
        "DiaChiChiTiet": owner.address,
        "TenChuHs": owner.name,
        "SoDinhDanhChuHs": owner.number,
        "MaTinhChuHs": owner.province,
        "MaXaChuHs": owner.commune,
        "DiaChiChiTietChuHs": owner.address,
    })
}

/// Whether the state of a dossier names its results.
pub(super) fn tells_results(sync: &DossierSync) -> bool {
    codes::status(&sync.status).is_ok_and(|code| WITH_LISTS.contains(&code))
}

/// The state of a dossier that the portal knows as `remote`.
pub(super) fn status(sync: &DossierSync, remote: &str) -> Result<Value, String> {
    let code = codes::status(&sync.status)?;
    let mut body = object(json!({
        "IdHoSo": remote,
        "MaHoSo": sync.code,
        "TrangThai": code,
        "NoiDungYKien": sync.note,
        "PhongBanXuLy": sync.agency_name,
        "NoiDungXuLy": sync.return_note,
    }));
    if WITH_LISTS.contains(&code) {
        let mut fees = Vec::new();
        for one in &sync.fees {
            let mut body = object(fee(one)?);
            body.insert("TrangThaiThanhToan".to_owned(), json!(bit(one.paid)));
            fees.push(Value::Object(body));
        }
        body.insert("DanhSachLePhi".to_owned(), Value::Array(fees));
        let results = sync.results.iter().map(|result| of_result(result, true)).collect();
        body.insert("DanhSachGiayToKetQua".to_owned(), Value::Array(results));
    }
    Ok(Value::Object(body))
}

pub(super) fn progress(sync: &ProgressSync, remote: &str) -> Result<Value, String> {
    let moment = |at: Option<Timestamp>| at.map(iso).unwrap_or_default();
    Ok(json!({
        "IDHoSo": remote,
        "MaHoSo": sync.code,
        "NguoiXuLy": sync.who,
        "ThoiDiemXuLy": iso(sync.at),
        "PhongBanXuLy": sync.office,
        "NoiDungXuLy": sync.what,
        "TrangThai": codes::status(&sync.status)?,
        "NgayBatDau": moment(sync.begun),
        "NgayKetThucTheoQuyDinh": moment(sync.due),
    }))
}

fn moment(at: Option<Timestamp>) -> String {
    at.map(plain).unwrap_or_default()
}
