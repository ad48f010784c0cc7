//! What others say of our signatures: poppler (`pdfsig`) and OpenSSL (`openssl cms`). Each is asked where the host has
//! it; `cargo xtask test` installs poppler-utils, and OpenSSL comes with Debian.

use crate::samples::{key_file, lan, letter, marked, plain, sign, uoc};
use std::path::Path;
use std::process::Command;

fn has(program: &str) -> bool {
    Command::new(program).arg("-v").output().is_ok() || Command::new(program).arg("version").output().is_ok()
}

fn said(command: &mut Command) -> String {
    let out = command.output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

fn pdfsig(folder: &Path, pdf: &[u8]) -> String {
    let file = folder.join("signed.pdf");
    std::fs::write(&file, pdf).unwrap();
    said(Command::new("pdfsig").arg(&file).env("TZ", "UTC"))
}

#[test]
fn poppler_finds_both_signatures_whole() {
    if !has("pdfsig") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for pdf in [plain(0), letter()] {
        let once = sign(&pdf, &uoc(), &marked());
        let said = pdfsig(folder.path(), &once);
        assert!(said.contains("Signature is Valid"), "{said}");
        assert!(said.contains("Signer Certificate Common Name: Trần Văn Ước"), "{said}");
        assert!(said.contains("Signing Time: Nov 24 2026 02:14:05"), "{said}");
        assert!(said.contains("Signing Hash Algorithm: SHA-256"), "{said}");
        assert!(said.contains("Signature Type: ETSI.CAdES.detached"), "{said}");
        assert!(said.contains("Total document signed"), "{said}");

        let twice = sign(&once, &lan(), &marked());
        let said = pdfsig(folder.path(), &twice);
        assert_eq!(said.matches("Signature is Valid").count(), 2, "{said}");
        assert!(said.contains("Nguyễn Thị Lan"), "{said}");

        let mut altered = twice;
        let at = pdf.len() / 2;
        altered[at] ^= 1;
        let said = pdfsig(folder.path(), &altered);
        assert!(!said.contains("Signature is Valid"), "{said}");
    }
}

#[test]
fn openssl_verifies_the_message_and_its_chain_to_the_root() {
    if !has("openssl") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("root.pem"), key_file!("root.pem")).unwrap();
    for key in [uoc(), lan()] {
        let signed = sign(&letter(), &key, &marked());
        let open = signed.windows(10).rposition(|here| here == b"/Contents<").unwrap() + 9;
        let close = open + signed[open..].iter().position(|byte| *byte == b'>').unwrap() + 1;
        let message = data_encoding::HEXUPPER.decode(&signed[open + 1..close - 1]).unwrap();
        std::fs::write(at("message.der"), message).unwrap();
        let content = [&signed[..open], &signed[close..]].concat();
        let verify = |content: &[u8]| {
            std::fs::write(at("content.bin"), content).unwrap();
            let mut command = Command::new("openssl");
            command.args(["cms", "-verify", "-cades", "-inform", "DER", "-binary", "-purpose", "any"]);
            command.arg("-in").arg(at("message.der")).arg("-content").arg(at("content.bin"));
            said(command.arg("-CAfile").arg(at("root.pem")).arg("-out").arg(at("out.bin")))
        };
        let text = verify(&content);
        assert!(text.contains("Verification successful"), "{text}");
        let mut altered = content.clone();
        altered[100] ^= 1;
        let text = verify(&altered);
        assert!(text.contains("Verification failure") || text.contains("verification failure"), "{text}");
    }
}

#[test]
fn the_mark_is_read_as_text_on_pages_that_are_turned_too() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signed.pdf");
    for pdf in [letter(), plain(0), plain(90), plain(180), plain(270)] {
        std::fs::write(&file, sign(&pdf, &uoc(), &marked())).unwrap();
        let text = said(Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-"));
        let lines = ["Ký bởi: Trần Văn Ước", "Cơ quan: Sở Công Thương"];
        for line in lines.into_iter().chain(["Thời gian: 24/11/2026 09:14:05 +07:00"]) {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
