//! The simulated sign-in on a free port, for one test.

use link::simulator::sso::{Claims, Setup, Simulator};
use serde_json::{Value, json};

pub const CLIENT: &str = link::simulator::sso::SAMPLE_CLIENT;
pub const SECRET: &str = link::simulator::sso::SAMPLE_SECRET;
/// Nothing listens here: the walk ends where the browser would be sent to it.
#[allow(dead_code)] // the journeys of the whole program share this file
pub const BACK: &str = "http://127.0.0.1:1/dang-nhap/chung/tro-ve";

pub struct Provider {
    pub url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts it; `change` sets it up otherwise than it would be.
pub async fn start(change: impl FnOnce(&mut Setup)) -> Provider {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut setup = Setup { people: people(), ..Setup::new(&url) };
    change(&mut setup);
    let simulator = Simulator::new(setup).unwrap();
    let task = tokio::spawn(async move { simulator.serve(listener).await.unwrap() });
    Provider { url, task }
}

/// Who can sign in. `khach` never confirmed the address; `dan` is a citizen as a national system tells of one, with a claim
/// that the standard does not know.
fn people() -> Vec<Claims> {
    let all = [
        json!({ "sub": "lan", "name": "Nguyễn Thị Lan", "email": "Lan.Nguyen@quangtri.example", "email_verified": true }),
        json!({ "sub": "minh", "name": "Trần Văn Minh", "email": "minh.tran@quangtri.example", "email_verified": true }),
        json!({
            "sub": "dan", "name": "Nguyễn Văn Mẫu Hùng", "identity_number": "046085001234", "birthdate": "1985-02-03",
            "phone_number": "0905123456"
        }),
        json!({ "sub": "khach", "name": "Khách", "email": "lan.nguyen@quangtri.example", "email_verified": false }),
    ];
    let claims = |one| if let Value::Object(claims) = one { claims } else { unreachable!("an object") };
    all.into_iter().map(claims).collect()
}
