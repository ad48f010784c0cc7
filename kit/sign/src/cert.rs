//! One certificate (X.509, RFC 5280): what it says, whether it signed something, what it may be used for.

use base::{Refusal, Timestamp};
use der::asn1::{Any, BitString, BmpString, ObjectIdentifier};
use der::{Decode, Encode, Sequence, Tag, Tagged};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};
use x509_cert::name::Name;
use x509_cert::{Certificate, ext::Extension};

use crate::asn1;

/// A certificate with the bytes that were signed, as they stand in it.
#[derive(Clone, Debug)]
pub(crate) struct Cert {
    pub der: Vec<u8>,
    to_be_signed: Vec<u8>,
    algorithm: AlgorithmIdentifierOwned,
    signature: Vec<u8>,
    content: Certificate,
}

#[derive(Sequence)]
struct Outer {
    to_be_signed: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Cert {
    pub fn read(der: &[u8]) -> Result<Self, Refusal> {
        let read = || -> Result<Self, der::Error> {
            let outer = Outer::from_der(der)?;
            Ok(Self {
                der: der.to_vec(),
                to_be_signed: outer.to_be_signed.to_der()?,
                algorithm: outer.algorithm,
                signature: outer.signature.raw_bytes().to_vec(),
                content: Certificate::from_der(der)?,
            })
        };
        read().map_err(|error| {
            Refusal::new("certificate-unread", format!("Không đọc được chứng thư số (X.509): {error}."))
        })
    }

    pub fn key(&self) -> &SubjectPublicKeyInfoOwned {
        self.content.tbs_certificate().subject_public_key_info()
    }

    pub fn rsa_bits(&self) -> Option<u32> {
        let key = rsa::PublicKey::from_spki(self.key())?;
        Some(key.n().bit_width())
    }

    /// Of elliptic curves, the one that is signed with here.
    pub fn is_on_p256(&self) -> bool {
        let key = &self.key().algorithm;
        let curve = key.parameters.as_ref().and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
        key.oid == asn1::EC_KEY && curve == Some(asn1::P256)
    }

    pub fn subject(&self) -> &Name {
        self.content.tbs_certificate().subject()
    }

    pub fn issuer(&self) -> &Name {
        self.content.tbs_certificate().issuer()
    }

    /// The INTEGER as it stands in the certificate.
    pub fn serial(&self) -> Option<Any> {
        let serial = self.content.tbs_certificate().serial_number().to_der().ok()?;
        Any::from_der(&serial).ok()
    }

    pub fn valid_from(&self) -> Timestamp {
        moment(self.content.tbs_certificate().validity().not_before)
    }

    pub fn valid_to(&self) -> Timestamp {
        moment(self.content.tbs_certificate().validity().not_after)
    }

    pub fn is_valid_at(&self, at: Timestamp) -> bool {
        self.valid_from() <= at && at <= self.valid_to()
    }

    pub fn extensions(&self) -> &[Extension] {
        self.content.tbs_certificate().extensions().map_or(&[], |list| list.as_slice())
    }

    /// Whether this certificate bears the signature of that one's key.
    pub fn is_signed_by(&self, issuer: &Cert) -> bool {
        self.issuer() == issuer.subject()
            && issuer.has_signed(&self.algorithm, None, &self.to_be_signed, &self.signature) == Some(true)
    }

    /// A CA: basicConstraints says so, and keyUsage, where there is one, lets it sign certificates (RFC 5280, 4.2.1.9
    /// and 4.2.1.3). `below` is how many CAs stand between it and the signer.
    pub fn may_issue(&self, below: usize) -> bool {
        let content = self.content.tbs_certificate();
        let is_ca = content.get_extension::<BasicConstraints>().ok().flatten().is_some_and(|(_, limits)| {
            limits.ca && limits.path_len_constraint.is_none_or(|most| below <= usize::from(most))
        });
        is_ca && content.get_extension::<KeyUsage>().is_ok_and(|use_| use_.is_none_or(|(_, use_)| use_.key_cert_sign()))
    }

    /// Signs documents: keyUsage, where there is one, has digitalSignature or nonRepudiation.
    pub fn may_sign(&self) -> bool {
        let found = self.content.tbs_certificate().get_extension::<KeyUsage>();
        found.is_ok_and(|found| found.is_none_or(|(_, use_)| use_.digital_signature() || use_.non_repudiation()))
    }

    /// Whether the key of this certificate made a signature over a message; None where the algorithm is not one that
    /// is checked here. `hash` is for signatures that name only their key's kind, as CMS allows (RFC 3370, 3.2).
    pub fn has_signed(
        &self,
        algorithm: &AlgorithmIdentifierOwned,
        hash: Option<Hash>,
        message: &[u8],
        signature: &[u8],
    ) -> Option<bool> {
        let hash = match algorithm.oid {
            asn1::RSA_SHA256 | asn1::ECDSA_SHA256 => Hash::Sha256,
            asn1::RSA_SHA384 | asn1::ECDSA_SHA384 => Hash::Sha384,
            asn1::RSA_SHA512 | asn1::ECDSA_SHA512 => Hash::Sha512,
            asn1::RSA => hash?,
            _ => return None,
        };
        let digest = hash.of(&[message]);
        let is_ecdsa = [asn1::ECDSA_SHA256, asn1::ECDSA_SHA384, asn1::ECDSA_SHA512].contains(&algorithm.oid);
        let key = self.key();
        match key.algorithm.oid {
            asn1::RSA if !is_ecdsa => {
                let key = rsa::PublicKey::from_spki(key)?;
                let scheme = match hash {
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                Some(key.verify(scheme, &digest, signature).is_ok())
            }
            asn1::EC_KEY if is_ecdsa && self.is_on_p256() => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key.subject_public_key.raw_bytes()).ok()?;
                let signature = p256::ecdsa::Signature::from_der(signature);
                Some(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
            }
            _ => None,
        }
    }
}

/// The key of a `SubjectPublicKeyInfo`, None where it is not a usable RSA key.
trait FromSpki: Sized {
    fn from_spki(key: &SubjectPublicKeyInfoOwned) -> Option<Self>;
}

impl FromSpki for rsa::PublicKey {
    fn from_spki(key: &SubjectPublicKeyInfoOwned) -> Option<Self> {
        use spki::DecodePublicKey;
        Self::from_public_key_der(&key.to_der().ok()?).ok()
    }
}

/// The hashes that are still taken for safe. SHA-1 is not among them: whoever can find two files of one hash can have
/// one signed and show the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn by(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            asn1::SHA256 => Some(Self::Sha256),
            asn1::SHA384 => Some(Self::Sha384),
            asn1::SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn over<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha256 => over::<Sha256>(parts),
            Self::Sha384 => over::<Sha384>(parts),
            Self::Sha512 => over::<Sha512>(parts),
        }
    }
}

fn moment(time: x509_cert::time::Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

const COMMON_NAME: &str = "2.5.4.3";
const ORGANIZATION: &str = "2.5.4.10";

/// The person, or the agency, that a name names: its CN.
pub(crate) fn common_name(name: &Name) -> Option<String> {
    part(name, COMMON_NAME)
}

pub(crate) fn organization(name: &Name) -> Option<String> {
    part(name, ORGANIZATION)
}

fn part(name: &Name, wanted: &str) -> Option<String> {
    let found = name.iter().find(|one| one.oid.to_string() == wanted)?;
    Some(letters(&found.value))
}

/// A name on one line, the nearest part first: "CN=Trần Văn Ước, O=Sở Công Thương, C=VN" (RFC 4514 without its
/// escapes: it is read, not parsed).
pub(crate) fn line(name: &Name) -> String {
    let mut parts: Vec<String> = name.iter().map(|one| format!("{}={}", short(one.oid), letters(&one.value))).collect();
    parts.reverse();
    parts.join(", ")
}

fn short(oid: ObjectIdentifier) -> String {
    let dots = oid.to_string();
    let word = match dots.as_str() {
        COMMON_NAME => "CN",
        ORGANIZATION => "O",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "SERIALNUMBER",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "T",
        "2.5.4.42" => "GN",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "E",
        _ => return dots,
    };
    word.to_owned()
}

fn letters(value: &Any) -> String {
    let text = match value.tag() {
        Tag::BmpString => value.decode_as::<BmpString>().map(|text| text.to_string()).unwrap_or_default(),
        _ => String::from_utf8_lossy(value.value()).into_owned(),
    };
    shown(&text)
}

/// What would break a line, hide on it or turn its order of reading has no place in a name that others must trust.
pub(crate) fn shown(text: &str) -> String {
    let hides =
        |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    base::text::nfc(text).chars().filter(|c| !c.is_control() && !hides(*c)).collect()
}
