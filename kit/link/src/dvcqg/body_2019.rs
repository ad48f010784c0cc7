//! The bodies of 2019 (`DongBoHoSoMC`, `CapNhatTienDoHoSoMC`), and what 2023 adds to them. Everything is text; a moment that is
//! not there is empty text. Source: VietOpenCPS/opencps-v2; the additions: a provincial system (data/links/).

use super::codes;
use super::{DossierSync, Fee, Generation, Paper, ProgressSync, Supplement, Yield};
use crate::wall::compact;
use base::{Decimal, Timestamp};
use serde_json::{Map, Value, json};

/// One entry of `data` of `DongBoHoSoMC`; the error is a sentence in Vietnamese.
pub(super) fn dossier(sync: &DossierSync, generation: Generation) -> Result<Value, String> {
    let wide = generation == Generation::Y2023;
    let owner = &sync.owner;
    let mut body = object(json!({
        "MaHoSo": sync.code,
        "MaTTHC": sync.procedure,
        "TenTTHC": sync.procedure_name,
        "MaLinhVuc": sync.field,
        "TenLinhVuc": sync.field_name,
        "SoBienNhan": sync.receipt,
        "ChuHoSo": owner.name,
        "LoaiDoiTuong": codes::owner(owner.kind, generation),
        "MaDoiTuong": owner.portal_id,
        "ThongTinKhac": "",
        "Email": owner.email,
        "Fax": "",
        "SoDienThoai": owner.phone,
        "TrichYeuHoSo": sync.summary,
        "NgayTiepNhan": moment(sync.received),
        "NgayHenTra": moment(sync.due),
        "TrangThaiHoSo": codes::status(&sync.status)?,
        "NgayTra": moment(sync.returned),
        "ThongTinTra": sync.return_note,
        "HinhThuc": bit(sync.return_by_post),
        "NgayKetThucXuLy": moment(sync.resolved),
        "DonViXuLy": sync.agency_name,
        "GhiChu": sync.note,
    }));
    let (with_file, on_paper): (Vec<_>, Vec<_>) = sync.papers.iter().partition(|paper| !paper.file.is_empty());
    let add = |body: &mut Map<String, Value>, name: &str, list: Vec<Value>| {
        body.insert(name.to_owned(), Value::Array(list));
    };
    add(&mut body, "TaiLieuNop", with_file.into_iter().map(|paper| attached(paper, wide)).collect());
    add(&mut body, "DanhSachLePhi", sync.fees.iter().map(fee).collect::<Result<_, _>>()?);
    add(&mut body, "DanhSachTepDinhKemKhac", on_paper.into_iter().map(other).collect());
    add(&mut body, "DanhSachHoSoBoSung", sync.supplements.iter().map(supplement).collect());
    add(&mut body, "DanhSachGiayToKetQua", sync.results.iter().map(|result| of_result(result, wide)).collect());
    if wide {
        body.extend(added_in_2023(sync));
    }
    Ok(Value::Object(body))
}

fn added_in_2023(sync: &DossierSync) -> Map<String, Value> {
    let number = &sync.owner.number;
    let databases: Vec<Value> = sync.databases.iter().map(|code| json!({ "MaCSDL": code })).collect();
    object(json!({
        "KenhThucHien": sync.channel.code(),
        "SoGiayToChuHoSo": number,
        "NoiNopHoSo": sync.place_code,
        "HoSoCoThanhPhanSoHoa": bit(sync.papers.iter().any(|paper| paper.digitised)),
        "TaiKhoanDuocXacThucVoiVNeID": bit(sync.identified),
        "DuocThanhToanTrucTuyen": bit(sync.paid_online),
        "NgayTuChoi": moment(sync.refused),
        "NgayNopHoSo": moment(sync.submitted),
        "DinhDanhCHS": identities(number),
        "DSKetNoiCSDL": databases,
    }))
}

/// 1: an identity number of 12 digits; 2: the 9 of before. A tax code or a foreign document is neither.
fn identities(number: &str) -> Vec<Value> {
    let digits = number.len() == number.chars().filter(char::is_ascii_digit).count();
    match (digits, number.len()) {
        (true, 12) => vec![json!({ "LoaiDinhDanh": "1", "SoDinhDanh": number })],
        (true, 9) => vec![json!({ "LoaiDinhDanh": "2", "SoDinhDanh": number })],
        _ => Vec::new(),
    }
}

fn attached(paper: &Paper, wide: bool) -> Value {
    let mut body = object(json!({
        "TepDinhKemId": paper.file,
        "TenTepDinhKem": paper.name,
        "IsDeleted": "False",
        "MaThanhPhanHoSo": paper.code,
        "DuongDanTaiTepTin": paper.address,
    }));
    if wide {
        body.extend(object(json!({
            "DuocSoHoa": bit(paper.digitised),
            "DuocTaiSuDung": paper.reused.to_string(),
            "DuocLayTuKhoDMQG": bit(paper.reused > 0),
            "MaKetQuaThayThe": paper.reused_result,
        })));
    }
    Value::Object(body)
}

fn other(paper: &Paper) -> Value {
    json!({ "TenGiayTo": paper.name, "SoLuong": paper.number.to_string(), "LoaiGiayTo": paper.copy.to_string() })
}

pub(super) fn fee(fee: &Fee) -> Result<Value, String> {
    Ok(json!({
        "TenPhiLePhi": fee.name,
        "MaPhiLePhi": fee.code,
        "HinhThucThu": fee.collection.code(),
        "Gia": whole(&fee.amount)?,
        "LoaiPhiLePhi": if fee.is_charge { "1" } else { "2" },
    }))
}

fn supplement(ask: &Supplement) -> Value {
    let papers: Vec<Value> = ask.papers.iter().map(|name| json!({ "TenGiayTo": name })).collect();
    json!({
        "HoSoBoSungId": ask.id,
        "NguoiYeuCauBoSung": ask.asked_by,
        "NoiDungBoSung": ask.content,
        "NgayBoSung": compact(ask.asked),
        "NguoiTiepNhanBoSung": ask.taken_by,
        "ThongTinTiepNhan": ask.answer,
        "NgayTiepNhanBoSung": moment(ask.answered),
        "TrangThaiBoSung": bit(ask.answered.is_some()),
        "DanhSachGiayToBoSung": papers,
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": moment(ask.due_before),
        "NgayHenTraMoi": moment(ask.due_after),
    })
}

pub(super) fn of_result(result: &Yield, wide: bool) -> Value {
    let mut body = object(json!({
        "TenGiayTo": result.name,
        "MaThanhPhanHoSo": result.component,
        "GiayToId": result.file,
        "DuongDanTepTinKetQua": result.address,
    }));
    if wide {
        body.insert("MaGiayToKetQua".to_owned(), json!(result.code));
    }
    Value::Object(body)
}

/// One entry of `data` of `CapNhatTienDoHoSoMC`.
pub(super) fn progress(sync: &ProgressSync) -> Result<Value, String> {
    Ok(json!({
        "MaHoSo": sync.code,
        "NguoiXuLy": sync.who,
        "ChucDanh": sync.title,
        "ThoiDiemXuLy": compact(sync.at),
        "PhongBanXuLy": sync.office,
        "NoiDungXuLy": sync.what,
        "TrangThai": codes::status(&sync.status)?,
        "NgayBatDau": moment(sync.begun),
        "NgayKetThucTheoQuyDinh": moment(sync.due),
    }))
}

/// Money crosses as whole đồng, in digits alone.
pub(super) fn whole(amount: &Decimal) -> Result<String, String> {
    match amount.fract().is_zero() && !amount.is_sign_negative() {
        true => Ok(amount.trunc().normalize().to_string()),
        false => Err(format!("số tiền {amount} không phải số đồng nguyên")),
    }
}

fn moment(at: Option<Timestamp>) -> String {
    at.map(compact).unwrap_or_default()
}

pub(super) fn bit(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
