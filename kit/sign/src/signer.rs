//! Who can sign: a certificate with its chain, and something that signs a hash. The private key itself may be in a
//! file, in a token or at a signing service; nothing else of this room asks where.

use std::pin::Pin;

use base::{Refusal, Timestamp};
use der::asn1::ObjectIdentifier;

use crate::asn1;
use crate::cert::{self, Cert};

/// The signature of one hash, on its way: a service or a token takes its time.
pub type Signing<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, Refusal>> + Send + 'a>>;

/// Somebody who signs.
pub trait Signer: Send + Sync {
    /// The certificates, DER: the signer's own first, then those that lead towards a root.
    fn chain(&self) -> &[Vec<u8>];

    /// Signs a SHA-256 hash of 32 bytes with the key of the first certificate: PKCS #1 v1.5 (RFC 8017, 8.2), or
    /// ECDSA as the DER of `Ecdsa-Sig-Value` (RFC 3279, 2.2.3), as `Algorithm` has it for that key.
    ///
    /// # Errors
    /// A refusal in words where the key cannot be had: no answer, a wrong PIN, a withdrawn right.
    fn sign<'a>(&'a self, hash: &'a [u8; 32]) -> Signing<'a>;
}

/// Whose certificate signs, and from when to when it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    pub name: String,
    pub valid_from: Timestamp,
    pub valid_to: Timestamp,
}

/// What the signer's own certificate says of itself.
///
/// # Errors
/// `certificate-missing`, `certificate-unread`.
pub fn own(signer: &dyn Signer) -> Result<Own, Refusal> {
    let first = signer.chain().first();
    let first = first.ok_or_else(|| Refusal::new("certificate-missing", "Chưa có chứng thư số để ký."))?;
    let cert = Cert::read(first)?;
    Ok(Own { name: cert::line(cert.subject()), valid_from: cert.valid_from(), valid_to: cert.valid_to() })
}

/// What a key signs with, always over SHA-256: every reader of PDF knows it, and SHA-1 is no longer safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA of 2048 bits or more, PKCS #1 v1.5.
    RsaSha256,
    /// ECDSA on P-256.
    EcdsaSha256,
}

impl Algorithm {
    /// The name in the contract of `Remote`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaSha256 => "RSA-SHA256",
            Self::EcdsaSha256 => "ECDSA-SHA256",
        }
    }

    /// By the key of a certificate.
    pub(crate) fn of(cert: &Cert) -> Result<Self, Refusal> {
        let key = cert.key();
        match key.algorithm.oid {
            asn1::RSA if cert.rsa_bits().is_some_and(|bits| bits < 2048) => {
                Err(Refusal::new("key-weak", "Khóa RSA ngắn hơn 2048 bit. Dùng chứng thư số có khóa dài hơn."))
            }
            asn1::RSA => Ok(Self::RsaSha256),
            asn1::EC_KEY if cert.is_on_p256() => Ok(Self::EcdsaSha256),
            _ => Err(Refusal::new("key-kind", "Chỉ ký được bằng khóa RSA hoặc ECDSA P-256. Dùng chứng thư số khác.")),
        }
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        match self {
            Self::RsaSha256 => asn1::RSA_SHA256,
            Self::EcdsaSha256 => asn1::ECDSA_SHA256,
        }
    }
}
