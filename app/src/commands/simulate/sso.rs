//! `cuaviet simulate sso`: a sign-in of citizens in the shape of VNeID, where whoever comes may be anybody of a list.

use super::listen;
use anyhow::{Context, Result, bail};
use clap::Args;
use link::simulator::Manners;
use link::simulator::sso::{Claims, Fault, SAMPLE_CLIENT, SAMPLE_SECRET, Setup, Simulator, invented, settings};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Hệ thống đăng nhập giả của người dân (dạng VNeID, OpenID Connect): trang đăng nhập là danh sách người giả để chọn.
#[derive(Args, Debug)]
pub struct Ask {
    /// Địa chỉ và cổng lắng nghe; mở bằng trình duyệt để xem cấu hình cần chép và những gì đã xảy ra.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:9104")]
    listen: SocketAddr,
    /// Tên tự xưng (issuer); mặc định là http:// cùng địa chỉ lắng nghe.
    #[arg(long, value_name = "ĐỊA_CHỈ")]
    issuer: Option<String>,
    /// Tệp TOML hoặc JSON liệt kê người giả: mỗi người là một bảng [[nguoi]] gồm sub và các trường tùy ý.
    #[arg(long, value_name = "TỆP")]
    people: Option<PathBuf>,
    #[arg(long, value_name = "TÊN", default_value = SAMPLE_CLIENT, help = "Mã của hệ thống được phép hỏi (client_id).")]
    client: String,
    /// Khóa của hệ thống ấy (client_secret).
    #[arg(long, value_name = "KHÓA", default_value = SAMPLE_SECRET)]
    secret: String,
    /// Điều làm sai: chu-ky, het-han, nonce, ben-nhan, nguoi-khac (câu trả lời sai), tu-choi (không ai đồng ý).
    #[arg(long, value_name = "LỖI", value_parser = fault)]
    fault: Option<Fault>,
    /// Số lần gọi đầu tiên bị trả lời "đang bảo trì" (503).
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    fail: u32,
    /// Trả lời chậm bấy nhiêu phần nghìn giây.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    slow: u64,
}

/// Serves until Ctrl+C.
pub async fn run(ask: &Ask) -> Result<()> {
    let people = match &ask.people {
        Some(file) => read(file)?,
        None => invented(),
    };
    let listener = listen(ask.listen, "Hệ thống đăng nhập giả của người dân").await?;
    let setup = Setup {
        issuer: ask.issuer.clone().unwrap_or(format!("http://{}", listener.local_addr()?)),
        client: ask.client.clone(),
        secret: ask.secret.clone(),
        people,
        manners: Manners { fail: ask.fail, slow: Duration::from_millis(ask.slow) },
        fault: ask.fault,
    };
    println!("Chép vào tệp cấu hình của Cửa Việt để thử:\n\n{}", settings(&setup));
    let simulator = Simulator::new(setup).map_err(super::super::said)?;
    tokio::select! {
        ended = simulator.serve(listener) => ended?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

fn fault(typed: &str) -> Result<Fault, String> {
    let all: Vec<&str> = Fault::ALL.iter().map(|(word, _)| *word).collect();
    Fault::of(typed).ok_or_else(|| format!("chỉ có {}", all.join(", ")))
}

/// The people of a file: a list under `nguoi`, or (JSON) nothing but the list.
fn read(file: &Path) -> Result<Vec<Claims>> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("Không đọc được {name}"))?;
    people(&text, file.extension().is_some_and(|kind| kind == "json")).with_context(|| format!("Không hiểu {name}"))
}

fn people(text: &str, is_json: bool) -> Result<Vec<Claims>> {
    let all: Value = if is_json { serde_json::from_str(text)? } else { toml::from_str(text)? };
    let listed = if all.is_array() { &all } else { &all["nguoi"] };
    let Some(listed) = listed.as_array().filter(|listed| !listed.is_empty()) else {
        bail!("chưa liệt kê ai: cần ít nhất một bảng [[nguoi]]");
    };
    let one = |(at, one): (usize, &Value)| match one {
        Value::Object(claims) if claims.get("sub").is_some_and(Value::is_string) => Ok(claims.clone()),
        _ => bail!("người thứ {} chưa có trường sub (dạng chữ)", at + 1),
    };
    listed.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn people_come_from_a_file_of_either_kind() {
        let toml = "[[nguoi]]\nsub = \"a\"\nname = \"Nguyễn Thị Mẫu\"\nso = 5\n[[nguoi]]\nsub = \"b\"\n";
        let json = r#"{ "nguoi": [{ "sub": "a", "name": "Nguyễn Thị Mẫu", "so": 5 }, { "sub": "b" }] }"#;
        let bare = r#"[{ "sub": "a", "name": "Nguyễn Thị Mẫu", "so": 5 }, { "sub": "b" }]"#;
        let expected = people(toml, false).unwrap();
        assert_eq!((expected.len(), &expected[0]["name"]), (2, &Value::from("Nguyễn Thị Mẫu")));
        assert_eq!((people(json, true).unwrap(), people(bare, true).unwrap()), (expected.clone(), expected));
    }

    #[test]
    fn a_file_that_does_not_say_who_is_refused_with_what_is_missing() {
        for (text, says) in
            [("", "chưa liệt kê ai"), ("[[nguoi]]\nname = \"Không mã\"\n", "người thứ 1 chưa có trường sub")]
        {
            let refused = people(text, false).unwrap_err().to_string();
            assert!(refused.contains(says), "{refused}");
        }
    }
}
