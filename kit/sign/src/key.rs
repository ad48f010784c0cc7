//! A signer whose key is in a file: PKCS#12 (RFC 7292), as CAs and Windows give it, or PEM (RFC 5958, RFC 7468).
//!
//! For tests, demonstrations and offices that hold a file; whoever holds the file and its passphrase signs in the
//! agency's name. A token or a signing service (`Remote`) keeps the key where nobody copies it.

use std::fmt;

use base::Refusal;
use p12_keystore::Pkcs12Archive;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use pkcs8::{DecodePrivateKey, EncodePublicKey, EncryptedPrivateKeyInfoRef};
use rsa::Pkcs1v15Sign;
use rsa::rand_core::UnwrapErr;
use sha2::Sha256;

use crate::cert::Cert;
use crate::signer::{Algorithm, Signer, Signing};
use crate::{pem, trust};

/// A private key with its certificates.
pub struct Key {
    secret: Secret,
    chain: Vec<Vec<u8>>,
}

enum Secret {
    Rsa(Box<rsa::PrivateKey>),
    Ecdsa(p256::ecdsa::SigningKey),
}

impl Key {
    /// Reads a key file, PKCS#12 or PEM by its content, and opens it by its passphrase (empty where it has none).
    ///
    /// PEM holds `ENCRYPTED PRIVATE KEY` or `PRIVATE KEY` (PKCS #8) and one certificate or more. Which certificate is
    /// the key's is found by comparing keys; the others are put in order behind it.
    ///
    /// # Errors
    /// `key-locked` for a wrong passphrase or an unknown cipher, `key-unread` for what is no key file,
    /// `key-without-certificate`, `key-kind` for other keys than RSA and ECDSA P-256, `key-weak` below 2048 bits.
    pub fn open(file: &[u8], passphrase: &str) -> Result<Self, Refusal> {
        let text = String::from_utf8_lossy(file);
        let (key, certs) = match text.contains("-----BEGIN ") {
            true => from_pem(&text, passphrase)?,
            false => from_pkcs12(file, passphrase)?,
        };
        let secret = Secret::read(&key)?;
        let public = secret.public()?;
        let certs = certs.iter().map(|der| Cert::read(der)).collect::<Result<Vec<_>, _>>()?;
        let own = certs.iter().find(|cert| is_key_of(cert, &public)).ok_or_else(|| {
            Refusal::new("key-without-certificate", "Tệp khóa không có chứng thư số của khóa này. Xuất lại cả hai.")
        })?;
        Algorithm::of(own)?;
        let chain = trust::in_order(own, &certs).into_iter().map(|cert| cert.der.clone()).collect();
        Ok(Self { secret, chain })
    }
}

/// Keys are compared as they are encoded; parameters of RSA may be NULL or missing, so its numbers are.
fn is_key_of(cert: &Cert, public: &[u8]) -> bool {
    cert.key().subject_public_key.raw_bytes() == public
}

impl Secret {
    fn read(pkcs8: &[u8]) -> Result<Self, Refusal> {
        if let Ok(key) = rsa::PrivateKey::from_pkcs8_der(pkcs8) {
            return Ok(Self::Rsa(Box::new(key)));
        }
        let key = p256::ecdsa::SigningKey::from_pkcs8_der(pkcs8)
            .map_err(|_| Refusal::new("key-kind", "Khóa bí mật không phải RSA hay ECDSA P-256. Dùng khóa khác."))?;
        Ok(Self::Ecdsa(key))
    }

    /// The bits of `subjectPublicKey`.
    fn public(&self) -> Result<Vec<u8>, Refusal> {
        let broken = |_| Refusal::new("key-unread", "Khóa bí mật trong tệp bị hỏng. Xuất lại tệp khóa.");
        let whole = match self {
            Self::Rsa(key) => key.to_public_key().to_public_key_der().map_err(broken)?,
            Self::Ecdsa(key) => key.verifying_key().to_public_key_der().map_err(broken)?,
        };
        let read: spki::SubjectPublicKeyInfoOwned = whole
            .decode_msg()
            .map_err(|_| Refusal::new("key-unread", "Khóa bí mật trong tệp bị hỏng. Xuất lại tệp khóa."))?;
        Ok(read.subject_public_key.raw_bytes().to_vec())
    }

    fn sign(&self, hash: &[u8; 32]) -> Result<Vec<u8>, Refusal> {
        let failed = |error: &dyn fmt::Display| Refusal::new("key-failed", format!("Khóa không ký được: {error}."));
        match self {
            // Blinded by random numbers, so that the time it takes tells nothing of the key.
            Self::Rsa(key) => key
                .sign_with_rng(&mut UnwrapErr(getrandom::SysRng), Pkcs1v15Sign::new::<Sha256>(), hash)
                .map_err(|error| failed(&error)),
            Self::Ecdsa(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(hash).map_err(|error| failed(&error))?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
        }
    }
}

impl Signer for Key {
    fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn sign<'a>(&'a self, hash: &'a [u8; 32]) -> Signing<'a> {
        Box::pin(async move { self.secret.sign(hash) })
    }
}

/// Nothing of the key: this may come into a log.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("certificates", &self.chain.len()).finish_non_exhaustive()
    }
}

type Found = (Vec<u8>, Vec<Vec<u8>>);

fn locked() -> Refusal {
    Refusal::new("key-locked", "Không mở được tệp khóa: mật khẩu không đúng, hoặc tệp dùng cách mã hóa chưa hỗ trợ.")
}

fn from_pkcs12(file: &[u8], passphrase: &str) -> Result<Found, Refusal> {
    let unread = || Refusal::new("key-unread", "Tệp khóa không phải PKCS#12 (.p12, .pfx) hay PEM. Chọn tệp khác.");
    // Every PKCS#12 is a SEQUENCE: a wrong file must not be called a wrong passphrase.
    if file.first() != Some(&0x30) {
        return Err(unread());
    }
    let archive = Pkcs12Archive::from_pkcs12(file, passphrase).map_err(|_| locked())?;
    let key = archive.keys.first().ok_or_else(unread)?.key.as_der().to_vec();
    Ok((key, archive.certs.iter().map(|bag| bag.cert.as_der().to_vec()).collect()))
}

fn from_pem(text: &str, passphrase: &str) -> Result<Found, Refusal> {
    let blocks = pem::blocks(text);
    let certs = blocks.iter().filter(|(label, _)| label == "CERTIFICATE").map(|(_, bytes)| bytes.clone()).collect();
    let block = |wanted: &str| blocks.iter().find(|(label, _)| label == wanted).map(|(_, bytes)| bytes);
    if let Some(bytes) = block("ENCRYPTED PRIVATE KEY") {
        let closed = EncryptedPrivateKeyInfoRef::try_from(bytes.as_slice()).map_err(|_| locked())?;
        let open = closed.decrypt(passphrase).map_err(|_| locked())?;
        return Ok((open.as_bytes().to_vec(), certs));
    }
    if let Some(bytes) = block("PRIVATE KEY") {
        return Ok((bytes.clone(), certs));
    }
    let say = "Tệp PEM không có khóa bí mật dạng PKCS#8. Chuyển bằng: openssl pkcs8 -topk8 -in KHOA.pem -out MOI.pem";
    Err(Refusal::new("key-unread", say))
}
