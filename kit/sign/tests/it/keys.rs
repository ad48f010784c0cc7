use crate::samples::{PASSPHRASE, key_file};
use sign::{Key, Signer, certificates};

#[test]
fn a_key_is_opened_from_every_kind_of_file() {
    let cases = [
        (key_file!("signer.p12"), key_file!("signer.pem")),
        (key_file!("legacy.p12"), key_file!("signer.pem")),
        (key_file!("curve.p12"), key_file!("curve.pem")),
        (key_file!("curve-key.pem"), key_file!("curve.pem")),
    ];
    for (file, own) in cases {
        let key = Key::open(file, PASSPHRASE).unwrap();
        assert_eq!(key.chain().len(), 3, "its own, the CA's, the root's");
        assert_eq!(key.chain()[0], certificates(own).unwrap()[0], "its own first");
        assert_eq!(key.chain()[2], certificates(key_file!("root.pem")).unwrap()[0], "the root last");
    }
}

#[test]
fn what_does_not_open_is_refused_by_its_reason() {
    let cut = &key_file!("signer.p12")[..400];
    let cases = [
        (key_file!("signer.p12"), "sai", "key-locked"),
        (key_file!("curve-key.pem"), "", "key-locked"),
        (cut, PASSPHRASE, "key-locked"),
        (b"%PDF-1.4".as_slice(), PASSPHRASE, "key-unread"),
        (b"".as_slice(), PASSPHRASE, "key-unread"),
        (key_file!("root.pem"), PASSPHRASE, "key-unread"),
    ];
    for (file, passphrase, code) in cases {
        assert_eq!(Key::open(file, passphrase).unwrap_err().code, code);
    }
}

#[test]
fn a_log_shows_nothing_of_a_key() {
    let shown = format!("{:?}", Key::open(key_file!("curve.p12"), PASSPHRASE).unwrap());
    assert_eq!(shown, "Key { certificates: 3, .. }");
}
