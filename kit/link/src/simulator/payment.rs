//! The payment gateway, simulated: it takes askings, shows the payer a page with buttons, and calls back.

use super::{Manners, Mood, answer, held, page};
use crate::contract::{self, Contract};
use crate::http::{Client, Load};
use crate::payment::{Told, is_signed, sign};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::Decimal;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// What `cuaviet simulate payment` signs with where no secret is given.
pub const SAMPLE_SECRET: &str = "khoa-thu-nghiem-khong-dung-that";

/// What a payer does on the gateway's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deed {
    Pay,
    Cancel,
    /// The bank takes the money twice.
    Twice,
    /// One đồng is missing.
    Less,
}

/// One asking at the gateway.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub asked: Map<String, Value>,
    pub told: Told,
    /// By the number of the receipt: what came in, and whether it went back.
    pub receipts: BTreeMap<String, (Decimal, bool)>,
    /// Refunds by their key: the same again changes nothing.
    pub refunds: Vec<String>,
}

/// The gateway.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    secret: String,
    mood: Mood,
    orders: Mutex<BTreeMap<String, Order>>,
    calls: Mutex<Vec<String>>,
}

impl Simulator {
    pub fn new(secret: &str, manners: Manners) -> Simulator {
        let mood = Mood::new(manners);
        Simulator(Arc::new(Inner { secret: secret.into(), mood, orders: Mutex::default(), calls: Mutex::default() }))
    }

    pub fn order(&self, code: &str) -> Option<Order> {
        held(&self.0.orders).get(code).cloned()
    }

    pub fn router(&self) -> Router {
        Router::new()
            .route("/", get(show))
            .route("/pay/{code}", get(offer).post(press))
            .route("/payments", post(create))
            .route("/payments/query", post(query))
            .route("/payments/refund", post(refund))
            .with_state(self.clone())
    }

    /// Serves until the task is dropped.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        axum::serve(listener, self.router()).await
    }

    /// Does what a payer does, without calling back; gives the notices that are to be called back.
    pub fn act(&self, code: &str, deed: Deed) -> Vec<Value> {
        let mut orders = held(&self.0.orders);
        let Some(order) = orders.get_mut(code) else { return Vec::new() };
        let asked: Decimal = text(&order.asked, "SoTien").parse().unwrap_or_default();
        if deed == Deed::Cancel {
            order.told = Told::Failed;
            return vec![self.notice(code, order, "", Decimal::ZERO, Told::Failed)];
        }
        let times = if deed == Deed::Twice { 2 } else { 1 };
        let amount = if deed == Deed::Less { asked - Decimal::ONE } else { asked };
        order.told = Told::Paid;
        let mut notices = Vec::new();
        for _ in 0..times {
            let reference = format!("{code}-{}", order.receipts.len() + 1);
            order.receipts.insert(reference.clone(), (amount, false));
            notices.push(self.notice(code, order, &reference, amount, Told::Paid));
        }
        notices
    }

    fn notice(&self, code: &str, order: &Order, reference: &str, amount: Decimal, told: Told) -> Value {
        let mut body = Map::new();
        for (name, value) in [
            ("MaDonVi", text(&order.asked, "MaDonVi")),
            ("MaGiaoDich", code),
            ("ThoiDiem", &crate::wall::compact(db::now())),
            ("MaTraCuuTT", reference),
            ("SoTien", &amount.to_string()),
            ("TrangThai", told.code()),
        ] {
            body.insert(name.to_owned(), json!(value));
        }
        sign(&mut body, &self.0.secret);
        Value::Object(body)
    }

    /// Calls back; what came of it is shown on the first page.
    async fn call_back(&self, code: &str, notices: &[Value]) {
        let Some(order) = self.order(code) else { return };
        let address = text(&order.asked, "DiaChiThongBao");
        for notice in notices {
            let said = match Client::new(address) {
                Ok(client) => match client.post(address, &[], Load::Json(notice)).await {
                    Ok(answer) => format!("{} {}", answer.status, answer.text),
                    Err(say) => say,
                },
                Err(failure) => failure.say(),
            };
            held(&self.0.calls).push(format!("{address} ← {notice} → {said}"));
        }
    }

    /// A body that we are sent: signed, and as its schema says.
    fn read(&self, body: &Bytes, held: &Contract) -> Result<Map<String, Value>, (u16, Value)> {
        let value: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        let object = value.as_object().cloned().unwrap_or_default();
        if !is_signed(&object, &self.0.secret) {
            return Err((401, json!({ "MaLoi": "01", "ThongBao": "Chữ ký không đúng" })));
        }
        let problems = held.problems(&value);
        match problems.is_empty() {
            true => Ok(object),
            false => Err((400, json!({ "MaLoi": "02", "ThongBao": problems.join("; ") }))),
        }
    }
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn unknown() -> Response {
    answer(404, &json!({ "MaLoi": "04", "ThongBao": "Không có giao dịch này" }))
}

async fn create(State(gateway): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    if gateway.0.mood.refuses().await {
        return answer(503, &json!({ "ThongBao": "Hệ thống bảo trì" }));
    }
    let asked = match gateway.read(&body, contract::payment_create()) {
        Ok(asked) => asked,
        Err((status, said)) => return answer(status, &said),
    };
    let code = text(&asked, "MaGiaoDich").to_owned();
    let host = super::header_of(&headers, header::HOST.as_str());
    let address = format!("http://{host}/pay/{code}");
    let order = Order { asked, told: Told::Pending, receipts: BTreeMap::new(), refunds: Vec::new() };
    // The same code again is the same asking.
    held(&gateway.0.orders).entry(code).or_insert(order);
    answer(200, &json!({ "MaLoi": "00", "DiaChiThanhToan": address }))
}

async fn query(State(gateway): State<Simulator>, body: Bytes) -> Response {
    if gateway.0.mood.refuses().await {
        return answer(503, &json!({ "ThongBao": "Hệ thống bảo trì" }));
    }
    let asked = match gateway.read(&body, contract::payment_query()) {
        Ok(asked) => asked,
        Err((status, said)) => return answer(status, &said),
    };
    let code = text(&asked, "MaGiaoDich");
    let Some(order) = gateway.order(code) else { return unknown() };
    let told = |back: bool| if back { Told::Refunded } else { Told::Paid };
    let mut notices: Vec<Value> = order
        .receipts
        .iter()
        .map(|(reference, (amount, back))| gateway.notice(code, &order, reference, *amount, told(*back)))
        .collect();
    if notices.is_empty() {
        notices.push(gateway.notice(code, &order, "", Decimal::ZERO, order.told));
    }
    answer(200, &json!({ "MaLoi": "00", "DanhSach": notices }))
}

async fn refund(State(gateway): State<Simulator>, body: Bytes) -> Response {
    if gateway.0.mood.refuses().await {
        return answer(503, &json!({ "ThongBao": "Hệ thống bảo trì" }));
    }
    let asked = match gateway.read(&body, contract::payment_refund()) {
        Ok(asked) => asked,
        Err((status, said)) => return answer(status, &said),
    };
    let (code, key, reference) = (text(&asked, "MaGiaoDich"), text(&asked, "MaHoanTien"), text(&asked, "MaTraCuuTT"));
    let notice = {
        let mut orders = held(&gateway.0.orders);
        let Some(order) = orders.get_mut(code) else { return unknown() };
        if order.refunds.iter().any(|known| known == key) {
            return answer(200, &json!({ "MaLoi": "00", "ThongBao": "Đã nhận từ trước" }));
        }
        let Some((amount, back)) = order.receipts.get_mut(reference) else { return unknown() };
        if amount.to_string() != text(&asked, "SoTien") || *back {
            return answer(200, &json!({ "MaLoi": "05", "ThongBao": "Không hoàn được khoản này" }));
        }
        *back = true;
        let amount = *amount;
        order.refunds.push(key.to_owned());
        gateway.notice(code, order, reference, amount, Told::Refunded)
    };
    let (caller, code) = (gateway.clone(), code.to_owned());
    tokio::spawn(async move { caller.call_back(&code, &[notice]).await });
    answer(200, &json!({ "MaLoi": "00", "ThongBao": "Đã nhận yêu cầu hoàn tiền" }))
}

async fn offer(State(gateway): State<Simulator>, Path(code): Path<String>) -> Response {
    let Some(order) = gateway.order(&code) else { return unknown() };
    let button = |deed: &str, say: &str| -> Markup {
        html! { p { button name="deed" value=(deed) { (say) } } }
    };
    let body = html! {
        p { (text(&order.asked, "NoiDungThanhToan")) }
        p { "Số tiền: " strong { (text(&order.asked, "SoTien")) " đồng" } }
        p { "Trạng thái: " (order.told.say()) }
        form method="post" {
            (button("pay", "Thanh toán"))
            (button("cancel", "Hủy"))
            (button("twice", "Trả hai lần"))
            (button("less", "Trả thiếu một đồng"))
        }
    };
    page("Mô phỏng cổng thanh toán", &body)
}

#[derive(Deserialize)]
struct Pressed {
    deed: Deed,
}

async fn press(State(gateway): State<Simulator>, Path(code): Path<String>, Form(pressed): Form<Pressed>) -> Response {
    let Some(order) = gateway.order(&code) else { return unknown() };
    let notices = gateway.act(&code, pressed.deed);
    gateway.call_back(&code, &notices).await;
    Redirect::to(text(&order.asked, "DiaChiTraVe")).into_response()
}

async fn show(State(gateway): State<Simulator>) -> Response {
    let (orders, calls) = (held(&gateway.0.orders).clone(), held(&gateway.0.calls).clone());
    let body = html! {
        h2 { "Yêu cầu thanh toán: " (orders.len()) }
        ul {
            @for (code, order) in &orders {
                li {
                    a href={ "/pay/" (code) } { (code) } ": " (text(&order.asked, "SoTien")) " đồng, " (order.told.say())
                    @for (reference, (amount, back)) in &order.receipts {
                        ", biên nhận " (reference) " " (amount) " đồng" @if *back { " (đã hoàn)" }
                    }
                }
            }
        }
        h2 { "Thông báo đã gọi lại: " (calls.len()) }
        ol { @for call in &calls { li { code { (call) } } } }
    };
    page("Mô phỏng cổng thanh toán", &body)
}
