//! The few structures of CMS that a signature has (RFC 5652), with what ESS adds (RFC 5035), and their names.
//!
//! What is hashed or checked later (certificates, names, attributes) stays `Any`: taken apart and put together again
//! it might differ from what was signed.

use der::Sequence;
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;
use x509_cert::name::Name;

const fn oid(dots: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dots)
}

pub const DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.1");
pub const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");

pub const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
pub const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
pub const SIGNING_TIME: ObjectIdentifier = oid("1.2.840.113549.1.9.5");
pub const SIGNING_CERTIFICATE_V2: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.47");

pub const SHA256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
pub const SHA384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
pub const SHA512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");

pub const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
pub const RSA_SHA256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
pub const RSA_SHA384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
pub const RSA_SHA512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
pub const EC_KEY: ObjectIdentifier = oid("1.2.840.10045.2.1");
pub const P256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
pub const ECDSA_SHA256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
pub const ECDSA_SHA384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
pub const ECDSA_SHA512: ObjectIdentifier = oid("1.2.840.10045.4.3.4");

/// `ContentInfo` (RFC 5652, 3).
#[derive(Clone, Debug, Sequence)]
pub struct ContentInfo {
    pub kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub content: Any,
}

/// `SignedData` (RFC 5652, 5.1).
#[derive(Clone, Debug, Sequence)]
pub struct SignedData {
    pub version: u8,
    pub digests: SetOfVec<AlgorithmIdentifierOwned>,
    pub content: Encapsulated,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub certificates: Option<SetOfVec<Any>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub crls: Option<SetOfVec<Any>>,
    pub signers: SetOfVec<Any>,
}

/// `EncapsulatedContentInfo`: without the content, since that is the PDF around it.
#[derive(Clone, Debug, Sequence)]
pub struct Encapsulated {
    pub kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub content: Option<Any>,
}

/// `SignerInfo` (RFC 5652, 5.3).
#[derive(Clone, Debug, Sequence)]
pub struct SignerInfo {
    pub version: u8,
    /// `IssuerAndSerial`, or `[0]` with a key identifier.
    pub who: Any,
    pub digest: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub signed: Option<SetOfVec<Attribute>>,
    pub algorithm: AlgorithmIdentifierOwned,
    pub signature: OctetString,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub unsigned: Option<SetOfVec<Any>>,
}

/// `IssuerAndSerialNumber` (RFC 5652, 10.2.4). The serial number stays as its bytes: some CAs exceed RFC 5280.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct IssuerAndSerial {
    pub issuer: Name,
    pub serial: Any,
}

/// `SigningCertificateV2` (RFC 5035, 3).
#[derive(Clone, Debug, Sequence)]
pub struct SigningCertificate {
    pub certs: Vec<CertId>,
    #[asn1(optional = "true")]
    pub policies: Option<Any>,
}

/// `ESSCertIDv2` (RFC 5035, 4). SHA-256 where no algorithm is named.
#[derive(Clone, Debug, Sequence)]
pub struct CertId {
    #[asn1(optional = "true")]
    pub algorithm: Option<AlgorithmIdentifierOwned>,
    pub hash: OctetString,
    #[asn1(optional = "true")]
    pub issuer: Option<Any>,
}
