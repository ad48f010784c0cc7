//! The National Public Service Portal, simulated: sessions and tokens, dossiers that it has or has not, progress.
//!
//! Accounts: any, but the password "sai" is refused. A dossier that is there already is not taken a second time as new:
//! 2019 and 2023 answer that it was synchronised, 2026 gives the id it had. A key heard before changes nothing.

use super::{Manners, Mood, answer, header_of, held, page};
use crate::contract;
use crate::dvcqg::Generation;
use crate::http::{Client, Load};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use data_encoding::BASE64;
use maud::html;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The password that the portal refuses.
const WRONG: &str = "sai";

/// What the portal has taken.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By `MaHoSo`.
    pub dossiers: BTreeMap<String, Taken>,
    /// Every progress, in the order in which it came.
    pub progress: Vec<Value>,
    /// Files that were uploaded: hash and the id it was given.
    pub files: BTreeMap<String, String>,
    /// What was refused, and why.
    pub refused: Vec<String>,
    /// Sessions and tokens given so far.
    pub passes: usize,
    /// Those that still hold.
    open: BTreeSet<String>,
    keys: BTreeSet<String>,
}

/// A dossier on the portal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// Of 2026: `idHoSo`.
    pub id: String,
    /// How often it was taken as new: more than once would be a fault.
    pub created: u32,
    /// How often it was changed.
    pub updated: u32,
    pub status: String,
    pub body: Value,
}

/// The portal.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    generation: Generation,
    mood: Mood,
    book: Mutex<Book>,
}

impl Simulator {
    pub fn new(generation: Generation, manners: Manners) -> Simulator {
        Simulator(Arc::new(Inner { generation, mood: Mood::new(manners), book: Mutex::default() }))
    }

    /// What it has taken so far.
    pub fn book(&self) -> Book {
        held(&self.0.book).clone()
    }

    /// Sends a dossier that somebody is to have handed in on the portal, as often as it is called; gives what was answered.
    /// What is taken is known here from then on, so that its states can be told.
    pub async fn push(&self, push: &Push) -> Result<(u16, Value), String> {
        let client = Client::new(&push.to).map_err(|failure| failure.say())?;
        let bearer = format!("Bearer {}", push.token);
        let (url, body) = (format!("{}/ket-noi/dvcqg/ho-so", push.to), push.body());
        let headers = [("Authorization", bearer.as_str())];
        let answer =
            client.post(&url, &headers, Load::Json(&body)).await.map_err(|_| "không kết nối được".to_owned())?;
        let said: Value = serde_json::from_str(&answer.text).unwrap_or(Value::Null);
        if let Some(code) = said["maHoSo"].as_str().filter(|_| answer.status == 200) {
            let taken = Taken { id: push.id.clone(), created: 1, updated: 0, status: String::new(), body };
            let mut book = held(&self.0.book);
            if book.dossiers.get(code).is_none_or(|known| known.id != push.id) {
                book.dossiers.insert(code.to_owned(), taken);
            }
        }
        Ok((answer.status, said))
    }

    /// Every session and token is over.
    pub fn end_sessions(&self) {
        held(&self.0.book).open.clear();
    }

    pub fn router(&self) -> Router {
        Router::new().route("/", get(show)).fallback(post(take)).with_state(self.clone())
    }

    /// Serves until the task is dropped.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        axum::serve(listener, self.router()).await
    }
}

/// A dossier of the portal on its way to a province.
#[derive(Clone, Debug)]
pub struct Push {
    /// The address of the site, without a slash at the end.
    pub to: String,
    pub token: String,
    /// What the portal calls it.
    pub id: String,
    pub procedure: String,
    /// The national code of the unit that receives it.
    pub unit: String,
    pub owner: String,
    /// Papers by their codes: each with a file of one page.
    pub papers: Vec<String>,
}

/// A page without anything on it.
const BLANK: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

impl Push {
    /// As `dvcqg-2026-push.json` has it.
    pub fn body(&self) -> Value {
        let paper = |code: &String| {
            let file = json!({
                "IdGiayTo": format!("{}-{code}", self.id), "MaKetQua": "", "TenGiayTo": format!("{code}.pdf"), "HashTepTin": "",
                "NoiDungTep": BASE64.encode(BLANK),
            });
            json!({ "MaThanhPhanHoSo": code, "TenThanhPhanHoSo": code, "SoLuong": "1", "LoaiBan": "2", "GiayToDinhKem": [file] })
        };
        json!({
            "IdHoSo": self.id, "MaHoSo": "", "MaTTHC": self.procedure, "MaDichVuCong": "", "ChuHoSo": self.owner,
            "LoaiDoiTuong": "0", "MaDonViTiepNhan": self.unit, "NgayNop": "", "NgayTiepNhan": "",
            "EformThongTinChiTiet": {}, "ThanhPhanHoSo": self.papers.iter().map(paper).collect::<Vec<_>>(),
            "ThongTinNguoiNop": { "LoaiDoiTuong": "0", "IdDoiTuong": "", "ThongTinChiTiet": {
                "TenNguoiNop": self.owner, "SoDinhDanh": "045099000001", "NgayCapDinhDanh": "", "NgaySinh": "1990",
                "SoDienThoai": "0900000001", "Email": "", "Fax": "", "MaTinh": "44", "MaHuyen": "", "MaXa": "",
                "DiaChiChiTiet": "Địa chỉ MẪU", "TenChuHs": self.owner, "SoDinhDanhChuHs": "045099000001",
                "MaTinhChuHs": "44", "MaXaChuHs": "", "DiaChiChiTietChuHs": "Địa chỉ MẪU",
            } },
        })
    }
}

async fn take(State(portal): State<Simulator>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let opens = uri.path() == "/session";
    if !opens && portal.0.mood.refuses().await {
        return answer(503, &json!({ "message": "Hệ thống bảo trì" }));
    }
    let mut book = held(&portal.0.book);
    let (status, said) = match (portal.0.generation, uri.path()) {
        (Generation::Y2026, "/session") => book.token(&body),
        (Generation::Y2026, path) => book.modern(path, &headers, &json_of(&body)),
        (_, "/session") => book.session(&headers, &json_of(&body)),
        (generation, "/call") => book.call(generation, &headers, &json_of(&body)),
        (_, _) => (404, Value::Null),
    };
    if status >= 400 || said["error_code"].as_str().is_some_and(|code| code != "00") {
        book.refused.push(format!("{} → {status} {said}", uri.path()));
    }
    answer(status, &said)
}

fn json_of(body: &Bytes) -> Value {
    serde_json::from_slice(body).unwrap_or(Value::Null)
}

type Said = (u16, Value);

/// The answers of 2019 and 2023: HTTP 200, whatever happened.
impl Book {
    fn session(&mut self, headers: &HeaderMap, body: &Value) -> Said {
        let problems = contract::session_2019().problems(body);
        if !problems.is_empty() || header_of(headers, "dstcode").is_empty() || body["password"] == WRONG {
            return error("98", "Sai tên, mật khẩu hoặc dstcode");
        }
        (200, json!({ "session": self.pass(), "error_code": 0 }))
    }

    fn pass(&mut self) -> String {
        self.passes += 1;
        let pass = format!("phien-{}", self.passes);
        self.open.insert(pass.clone());
        pass
    }

    fn call(&mut self, generation: Generation, headers: &HeaderMap, body: &Value) -> Said {
        if !body["session"].as_str().is_some_and(|session| self.open.contains(session)) {
            return error("97", "Phiên làm việc không còn hiệu lực");
        }
        let key = header_of(headers, "Idempotency-Key");
        let held = match (body["service"].as_str(), generation) {
            (Some("DongBoHoSoMC"), Generation::Y2023) => contract::dossier_2023(),
            (Some("DongBoHoSoMC"), _) => contract::dossier_2019(),
            (Some("CapNhatTienDoHoSoMC"), _) => contract::progress_2019(),
            (_, _) => return error("1", "Không có dịch vụ này"),
        };
        let problems = held.problems(body);
        if !problems.is_empty() {
            return error("2", &problems.join("; "));
        }
        for item in body["data"].as_array().into_iter().flatten() {
            let said = match body["isUpdating"].as_str() {
                Some(updating) => self.dossier(item, updating == "True"),
                None => self.step(item, &key),
            };
            if let Err(said) = said {
                return said;
            }
        }
        (200, json!({ "error_code": "00", "message": "Thành công" }))
    }

    fn dossier(&mut self, item: &Value, updating: bool) -> Result<(), Said> {
        let code = item["MaHoSo"].as_str().unwrap_or_default();
        let status = item["TrangThaiHoSo"].as_str().unwrap_or_default().to_owned();
        match (self.dossiers.get_mut(code), updating) {
            (Some(_), false) => return Err(error("3", "Hồ sơ đã đồng bộ")),
            (None, true) => return Err(error("4", "Không có hồ sơ này")),
            (None, false) => {
                let taken = Taken { id: String::new(), created: 1, updated: 0, status, body: item.clone() };
                self.dossiers.insert(code.to_owned(), taken);
            }
            (Some(taken), true) => {
                taken.updated += 1;
                (taken.status, taken.body) = (status, item.clone());
            }
        }
        Ok(())
    }

    fn step(&mut self, item: &Value, key: &str) -> Result<(), Said> {
        let code = item["MaHoSo"].as_str().unwrap_or_default();
        let dossier = self.dossiers.get_mut(code).ok_or_else(|| error("4", "Không có hồ sơ này"))?;
        if self.keys.insert(key.to_owned()) {
            dossier.status = item["TrangThai"].as_str().unwrap_or_default().to_owned();
            self.progress.push(item.clone());
        }
        Ok(())
    }
}

fn error(code: &str, say: &str) -> Said {
    (200, json!({ "error_code": code, "message": say }))
}

/// The answers of 2026: HTTP statuses tell.
impl Book {
    fn token(&mut self, body: &Bytes) -> Said {
        let form = String::from_utf8_lossy(body);
        let wrong = format!("client_secret={WRONG}");
        let good = form.contains("client_id=") && form.split('&').all(|pair| pair != wrong);
        match good {
            true => (200, json!({ "access_token": self.pass(), "expires_in": 3600 })),
            false => (401, json!({ "message": "Sai client_id hoặc client_secret" })),
        }
    }

    fn modern(&mut self, path: &str, headers: &HeaderMap, body: &Value) -> Said {
        let pass = header_of(headers, "Authorization");
        if !pass.strip_prefix("Bearer ").is_some_and(|token| self.open.contains(token)) {
            return (401, json!({ "message": "Mã truy cập không còn hiệu lực" }));
        }
        let held = match path {
            "/TaiTep" => contract::file_2026(),
            "/NoiHoSo" => contract::create_2026(),
            "/CapNhatTienTrinh" => contract::progress_2026(),
            "/CapNhatTrangThai" => contract::status_2026(),
            _ => return (404, Value::Null),
        };
        let problems = held.problems(body);
        if !problems.is_empty() {
            return (400, json!({ "message": problems.join("; ") }));
        }
        if path == "/TaiTep" {
            let hash = body["HashTepTin"].as_str().unwrap_or_default().to_owned();
            let id = format!("tep-{}", self.files.len() + 1);
            let id = self.files.entry(hash.clone()).or_insert(id).clone();
            return (200, json!({ "IdTepTin": id, "HashTepTin": hash }));
        }
        if path == "/NoiHoSo" {
            return self.create(body);
        }
        let is_new = self.keys.insert(header_of(headers, "Idempotency-Key"));
        let id = if path == "/CapNhatTienTrinh" { &body["IDHoSo"] } else { &body["IdHoSo"] };
        let code = body["MaHoSo"].as_str().unwrap_or_default();
        let Some(dossier) = self.dossiers.get_mut(code).filter(|dossier| *id == dossier.id) else {
            return (404, json!({ "message": "Không có hồ sơ này" }));
        };
        if is_new {
            dossier.status = body["TrangThai"].as_str().unwrap_or_default().to_owned();
            dossier.updated += 1;
            if path == "/CapNhatTienTrinh" {
                self.progress.push(body.clone());
            }
        }
        (200, json!({ "message": "Thành công" }))
    }

    fn create(&mut self, body: &Value) -> Said {
        let code = body["MaHoSo"].as_str().unwrap_or_default().to_owned();
        let id = format!("hs-{}", self.dossiers.len() + 1);
        let taken = self.dossiers.entry(code.clone()).or_insert_with(|| Taken {
            id,
            created: 1,
            updated: 0,
            status: String::new(),
            body: body.clone(),
        });
        (200, json!({ "idHoSo": taken.id, "maHoSo": code }))
    }
}

async fn show(State(portal): State<Simulator>) -> Response {
    let book = portal.book();
    let body = html! {
        p { "Thế hệ " (portal.0.generation.say()) ". Đã cấp " (book.passes) " phiên." }
        h2 { "Hồ sơ đã nhận: " (book.dossiers.len()) }
        table border="1" {
            tr { th { "Mã hồ sơ" } th { "Trạng thái" } th { "Số lần cập nhật" } th { "Nội dung nhận đầu tiên hoặc mới nhất" } }
            @for (code, taken) in &book.dossiers {
                tr { td { (code) } td { (taken.status) } td { (taken.updated) } td { code { (taken.body) } } }
            }
        }
        h2 { "Tệp đã nhận: " (book.files.len()) }
        h2 { "Tiến độ đã nhận: " (book.progress.len()) }
        ol { @for step in &book.progress { li { code { (step) } } } }
        h2 { "Đã từ chối: " (book.refused.len()) }
        ol { @for line in &book.refused { li { (line) } } }
    };
    page("Mô phỏng Cổng Dịch vụ công quốc gia", &body)
}
