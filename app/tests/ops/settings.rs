//! Where settings come from, and what is said of a wrong one.

use super::desk;
use cuaviet::settings::{self, Holder, table};
use std::path::PathBuf;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

fn environment(pairs: &[(&str, &str)]) -> std::vec::IntoIter<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>().into_iter()
}

#[test]
fn flags_go_before_environment_before_file_before_defaults() {
    let desk = Desk::new();
    let file = desk.file("a.toml", "owner = \"Tệp\"\nworkers = 3\n[upload]\nmax_mib = 7\n");
    let pairs = environment(&[("CUAVIET_WORKERS", "4"), ("CUAVIET_UPLOAD__MAX_MIB", "8")]);
    let read = settings::read(Some(&file), pairs, &[("upload.max_mib", "9".to_owned())]).unwrap();
    assert_eq!(read.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(read.owner, "Tệp");
    assert_eq!(read.workers, 4);
    assert_eq!(read.upload_mib, 9);
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_nearest_name() {
    let desk = Desk::new();
    let file = desk.file("a.toml", "owner = \"A\"\n\n[oidc]\nisuer = \"https://sso\"\n");
    let wrong = settings::read(Some(&file), environment(&[]), &[]).unwrap_err().to_string();
    let expected = format!("{}, dòng 4: không có khóa oidc.isuer. Có phải bạn muốn viết oidc.issuer?", file.display());
    assert!(wrong.contains(&expected), "{wrong}");
    let wrong = settings::read(None, environment(&[("CUAVIET_PUBLIC_ULR", "x")]), &[]).unwrap_err().to_string();
    assert_eq!(
        wrong,
        "Biến môi trường CUAVIET_PUBLIC_ULR: không có khóa public_ulr. Có phải bạn muốn viết public_url?"
    );
}

#[test]
fn every_mistake_is_said_at_once() {
    let desk = Desk::new();
    let file = desk.file(
        "a.toml",
        "listen = \"tám nghìn\"\nworkers = \"hai\"\n[log]\nformat = \"xml\"\n[oidc]\nclient_id = \"a\"\n",
    );
    let wrong = settings::read(Some(&file), environment(&[]), &[]).unwrap_err().0;
    let parts = [
        "dòng 1: khóa listen phải là",
        "dòng 2: khóa workers phải là",
        "dòng 4: khóa log.format phải là một trong: text, json",
        "Phần [oidc] thiếu khóa oidc.issuer",
        "Phần [oidc] thiếu khóa oidc.client_secret",
    ];
    for part in parts {
        assert!(wrong.iter().any(|say| say.contains(part)), "{part}: {wrong:#?}");
    }
    assert_eq!(wrong.len(), parts.len(), "{wrong:#?}");
}

#[test]
fn a_secret_comes_from_a_file_and_is_never_shown() {
    let desk = Desk::new();
    let secret = desk.file("token", "rat-bi-mat\n");
    let pairs = environment(&[("CUAVIET_METRICS__TOKEN_FILE", secret.to_str().unwrap())]);
    let read = settings::read(None, pairs, &[("database", "postgres://a:matkhau@b/c".to_owned())]).unwrap();
    assert_eq!(read.metrics_token.as_deref(), Some("rat-bi-mat"));
    let shown = read.show();
    assert!(!shown.contains("rat-bi-mat") && !shown.contains("matkhau"), "{shown}");
    assert!(shown.contains("database = \"••••••\"  # tham số dòng lệnh"), "{shown}");
}

#[test]
fn the_packaged_file_is_what_the_program_documents() {
    let packaged = std::fs::read_to_string("../packaging/cuaviet.toml").unwrap();
    assert_eq!(packaged, table::docs(), "write it anew: cuaviet config docs > packaging/cuaviet.toml");
    assert_eq!(desk::done(&["config", "docs"]), packaged);
}

/// With every comment sign before a key taken away the file still reads, so no example is wrong.
#[test]
fn every_documented_example_is_taken() {
    let desk = Desk::new();
    let is_key = |line: &&str| {
        line.strip_prefix("# ").and_then(|rest| rest.split(' ').next()).is_some_and(|word| {
            line.contains(" = ") && word.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
        })
    };
    let text: String = table::docs()
        .lines()
        .map(|line| if is_key(&line) { format!("{}\n", &line[2..]) } else { format!("{line}\n") })
        .collect();
    let secret = desk.file("s", "mot-bi-mat-dai-hon-16");
    let secrets = [
        "metrics-token",
        "oidc-secret",
        "citizen-secret",
        "s3-secret",
        "smtp-password",
        "sms-token",
        "ky-so-mat-khau",
        "ky-so-token",
        "dvcqg-incoming-token",
        "dvcqg-secret",
        "payment-secret",
        "reporting-token",
    ];
    let text = secrets
        .map(|name| format!("/etc/cuaviet/{name}"))
        .iter()
        .fold(text, |text, path| text.replace(path, secret.to_str().unwrap()));
    // A key here and one at a service are two: one is told of, and the other goes.
    let both = settings::read(Some(&desk.file("a.toml", &text)), environment(&[]), &[]).unwrap_err();
    assert!(both.to_string().contains("chỉ giữ một"), "{both}");
    let without = |name: &str| text.lines().filter(|line| !line.starts_with(name)).collect::<Vec<_>>().join("\n");
    let remote = settings::read(Some(&desk.file("b.toml", &without("key = "))), environment(&[]), &[]).unwrap();
    let Holder::Service { url, token, .. } = remote.signing.unwrap().holder else { panic!("not at a service") };
    assert_eq!((url.as_str(), token.as_str()), ("https://kyso.example.gov.vn/ky", "mot-bi-mat-dai-hon-16"));
    let text = without("service = ");
    let read = settings::read(Some(&desk.file("a.toml", &text)), environment(&[]), &[]).unwrap();
    assert_eq!(read.incoming_token.as_deref(), Some("mot-bi-mat-dai-hon-16"));
    assert_eq!(read.data_dir, PathBuf::from("/var/lib/cuaviet"));
    assert_eq!(read.s3.unwrap().secret_access_key, "mot-bi-mat-dai-hon-16");
    assert_eq!(read.oidc.unwrap().client_id, "cuaviet");
    assert_eq!(read.smtp.unwrap().password.as_deref(), Some("mot-bi-mat-dai-hon-16"));
    assert_eq!(read.sms.unwrap().token, "mot-bi-mat-dai-hon-16");
    let Holder::Key { passphrase, .. } = read.signing.unwrap().holder else { panic!("not a key") };
    assert_eq!(passphrase, "mot-bi-mat-dai-hon-16");
    assert_eq!(read.trusted_proxies.len(), 2);
}

#[test]
fn what_is_not_understood_exits_with_two() {
    let said = desk::run(&["bakcup"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("Không có lệnh bakcup. Có phải bạn muốn viết backup?"), "{}", said.err);
    assert_eq!(desk::run(&["--help"]).code, 0);
    assert!(desk::done(&["man"]).contains("cuaviet restore"));
    assert!(desk::done(&["completions", "bash"]).contains("_cuaviet"));
}
