//! `cuaviet sign`: signs a PDF with a key from a file, or says whether signed ones are whole. No database.
//!
//! The passphrase comes from the environment or a file: the words of a command line are seen by everybody on the host.

use ::sign::{Key, Look, Mark, Seal, Signature};
use anyhow::{Result, anyhow, bail};
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The variable that holds the passphrase of the key.
const PASSPHRASE: &str = "CUAVIET_KEY_PASSPHRASE";

/// Ký số một tệp PDF, hoặc kiểm tra chữ ký số của tệp.
#[derive(Args, Debug)]
pub struct Ask {
    /// Tệp PDF.
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Kiểm tra thay vì ký; mã thoát 1 nếu có chữ ký không hợp lệ hoặc tệp chưa được ký.
    #[arg(long, conflicts_with_all = ["key", "out", "passphrase_file", "name", "unit", "reason", "place", "page", "hidden"])]
    pub check: bool,
    /// Khi kiểm tra: tệp chứng thư số của những nơi cấp được tin cậy (PEM).
    #[arg(long, value_name = "TỆP", requires = "check", conflicts_with = "key")]
    roots: Option<PathBuf>,
    /// Khi kiểm tra: in kết quả dạng JSON.
    #[arg(long, requires = "check", conflicts_with = "key")]
    json: bool,
    /// Tệp khóa: PKCS#12 (.p12, .pfx) hoặc PEM.
    #[arg(long, value_name = "TỆP", required_unless_present = "check")]
    key: Option<PathBuf>,
    /// Tệp có mật khẩu của khóa [nếu không nêu: biến môi trường CUAVIET_KEY_PASSPHRASE].
    #[arg(long, value_name = "TỆP")]
    passphrase_file: Option<PathBuf>,
    /// Tệp sẽ ghi [nếu không nêu: thêm “-da-ky” vào tên tệp]; không ghi đè tệp đã có.
    #[arg(long, value_name = "TỆP")]
    out: Option<PathBuf>,
    /// Tên người ký hiện trên văn bản [nếu không nêu: theo chứng thư số].
    #[arg(long, value_name = "TÊN")]
    name: Option<String>,
    /// Cơ quan hiện trên văn bản [nếu không nêu: theo chứng thư số].
    #[arg(long, value_name = "TÊN")]
    unit: Option<String>,
    /// Lý do ký.
    #[arg(long, value_name = "LÝ_DO")]
    reason: Option<String>,
    /// Nơi ký.
    #[arg(long, value_name = "NƠI")]
    place: Option<String>,
    /// Trang hiện chữ ký, ở góc trên bên phải.
    #[arg(long, value_name = "SỐ", default_value_t = 1)]
    page: u32,
    /// Không hiện chữ ký trên trang.
    #[arg(long, conflicts_with = "page")]
    hidden: bool,
}

pub async fn sign(ask: &Ask) -> Result<String> {
    let Some(key) = &ask.key else { bail!("Nêu tệp khóa: --key KHOA.p12") };
    let out = ask.out.clone().unwrap_or_else(|| beside(&ask.file));
    let at = out.display();
    if out.exists() {
        bail!("Đã có tệp {at}. Chọn tên khác; lệnh này không ghi đè lên tệp nào.");
    }
    let key = Key::open(&read(key)?, &passphrase(ask.passphrase_file.as_deref())?)?;
    let said = |words: &Option<String>| words.clone().unwrap_or_default();
    let look = Look {
        name: said(&ask.name),
        unit: said(&ask.unit),
        reason: said(&ask.reason),
        place: said(&ask.place),
        moment: db::now(),
        mark: (!ask.hidden).then_some(Mark { page: ask.page, ..Mark::first_page() }),
    };
    let signed = ::sign::sign(&read(&ask.file)?, &key, &look).await?;
    std::fs::write(&out, signed).map_err(|error| anyhow!("Không ghi được {at}: {error}."))?;
    Ok(format!("Đã ký và ghi {at}."))
}

/// What is to be said, and whether every signature is in order and there is one.
pub fn check(ask: &Ask) -> Result<(String, bool)> {
    let roots = match &ask.roots {
        Some(file) => ::sign::certificates(&read(file)?)?,
        None => Vec::new(),
    };
    let signatures = ::sign::read(&read(&ask.file)?, &roots)?;
    let is_good = !signatures.is_empty() && signatures.iter().all(|one| one.verdict().is_whole());
    if ask.json {
        let each: Vec<Value> = signatures.iter().map(machine).collect();
        return Ok((json!({ "ok": is_good, "signatures": each }).to_string(), is_good));
    }
    let each =
        signatures.iter().enumerate().map(|(at, one)| format!("Chữ ký {}. {}", at + 1, one.lines().join("\n  ")));
    let said: Vec<String> = each.collect();
    Ok((if said.is_empty() { "Tệp chưa được ký số.".to_owned() } else { said.join("\n") }, is_good))
}

fn machine(signature: &Signature) -> Value {
    let Signature { field, name, unit, reason, place, signed_at, after, seal } = signature;
    let mut said = json!({
        "field": field, "name": name, "unit": unit, "reason": reason, "place": place, "signed_at": signed_at,
        "after": after, "verdict": signature.verdict(), "say": signature.verdict().say(),
    });
    match seal {
        Ok(seal) => {
            let Seal { subject, issuer, serial, valid_from, valid_to, digest_right, signature_right, in_time, trust } =
                seal;
            said["certificate"] = json!({
                "subject": subject, "issuer": issuer, "serial": serial,
                "valid_from": valid_from, "valid_to": valid_to,
            });
            said["digest_right"] = json!(digest_right);
            said["signature_right"] = json!(signature_right);
            said["in_time"] = json!(in_time);
            said["trust"] = json!(trust);
        }
        Err(refusal) => said["refusal"] = json!(refusal),
    }
    said
}

fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-da-ky.pdf"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| anyhow!("Không đọc được {}: {error}.", path.display()))
}

/// One line of a file, or the environment; empty for a key without one.
fn passphrase(file: Option<&Path>) -> Result<String> {
    let Some(file) = file else { return Ok(std::env::var(PASSPHRASE).unwrap_or_default()) };
    let text = String::from_utf8(read(file)?).map_err(|_| anyhow!("Tệp mật khẩu không phải văn bản UTF-8."))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        ask: Ask,
    }

    fn ask(words: &[&str]) -> Ask {
        Line::try_parse_from(std::iter::once("sign").chain(words.iter().copied())).unwrap().ask
    }

    #[tokio::test]
    async fn a_paper_is_signed_beside_itself_and_checked() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let keys = concat!(env!("CARGO_MANIFEST_DIR"), "/../kit/sign/tests/keys/");
        std::fs::write(at("gp.pdf"), letter::pdf(&letter::Letter::default()).unwrap()).unwrap();
        std::fs::write(at("mat-khau"), "mat-khau\n").unwrap();
        let (key, root) = (format!("{keys}signer.p12"), format!("{keys}root.pem"));

        assert_eq!(check(&ask(&[&at("gp.pdf"), "--check"])).unwrap(), ("Tệp chưa được ký số.".into(), false));
        let line = ask(&[&at("gp.pdf"), "--key", &key, "--passphrase-file", &at("mat-khau"), "--reason", "Duyệt"]);
        assert!(sign(&line).await.unwrap().ends_with("gp-da-ky.pdf."));
        assert!(sign(&line).await.unwrap_err().to_string().contains("không ghi đè"));

        let (said, is_good) = check(&ask(&["--check", &at("gp-da-ky.pdf"), "--roots", &root])).unwrap();
        assert!(is_good && said.contains("Trần Văn Ước") && said.contains("Lý do: Duyệt"), "{said}");
        let (said, _) = check(&ask(&["--check", &at("gp-da-ky.pdf"), "--roots", &root, "--json"])).unwrap();
        let said: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["signatures"][0]["verdict"], "whole");
        assert_eq!(said["signatures"][0]["trust"], "trusted");
    }

    #[test]
    fn a_line_signs_or_checks_not_both_and_never_holds_a_passphrase() {
        let parse = |words: &[&str]| Line::try_parse_from(std::iter::once("sign").chain(words.iter().copied())).is_ok();
        assert!(!parse(&["a.pdf"]), "without a key nothing is signed");
        assert!(!parse(&["a.pdf", "--check", "--key", "k.p12"]));
        assert!(!parse(&["a.pdf", "--key", "k.p12", "--roots", "r.pem"]));
        assert!(!parse(&["a.pdf", "--key", "k.p12", "--passphrase", "x"]));
    }
}
