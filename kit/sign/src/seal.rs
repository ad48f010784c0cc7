//! The CMS of a signature, as PAdES baseline B-B wants it (ETSI EN 319 142-1, 6.3; CMS profile of EN 319 122-1).
//!
//! Signed attributes: content-type, message-digest, signing-certificate-v2. No signing-time: PAdES has the moment in
//! the PDF (/M) and forbids the attribute. No content: the PDF around it is what is signed.

use base::Refusal;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;

use crate::asn1::{
    self, CertId, ContentInfo, Encapsulated, IssuerAndSerial, SignedData, SignerInfo, SigningCertificate,
};
use crate::cert::{Cert, Hash};
use crate::signer::Algorithm;

/// What a signer signs: the attributes, and their DER, whose hash it is given.
pub(crate) struct ToSign {
    attributes: SetOfVec<Attribute>,
    pub der: Vec<u8>,
}

fn odd(error: der::Error) -> Refusal {
    Refusal::new("signature-unmade", format!("Không ghép được chữ ký số (CMS): {error}."))
}

/// The signed attributes over the SHA-256 hash of the two ranges of a PDF.
pub(crate) fn to_sign(digest: &[u8], own: &Cert) -> Result<ToSign, Refusal> {
    let make = || -> der::Result<ToSign> {
        let certificate =
            CertId { algorithm: None, hash: OctetString::new(Hash::Sha256.of(&[&own.der]))?, issuer: None };
        let certificate = SigningCertificate { certs: vec![certificate], policies: None };
        let attributes = SetOfVec::try_from(vec![
            attribute(asn1::CONTENT_TYPE, Any::encode_from(&asn1::DATA)?)?,
            attribute(asn1::MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest)?)?)?,
            attribute(asn1::SIGNING_CERTIFICATE_V2, Any::encode_from(&certificate)?)?,
        ])?;
        // Signed as an explicit SET, though it stands as [0] in the message (RFC 5652, 5.4).
        let der = attributes.to_der()?;
        Ok(ToSign { attributes, der })
    };
    make().map_err(odd)
}

fn attribute(oid: der::asn1::ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// The whole message: attributes, signature, certificates.
pub(crate) fn message(
    to_sign: ToSign,
    algorithm: Algorithm,
    signature: &[u8],
    chain: &[Cert],
) -> Result<Vec<u8>, Refusal> {
    let make = || -> der::Result<Vec<u8>> {
        let own = chain.first().ok_or_else(|| der::Error::from(der::ErrorKind::Failed))?;
        let serial = own.serial().ok_or_else(|| der::Error::from(der::ErrorKind::Failed))?;
        let sha256 = AlgorithmIdentifierOwned { oid: asn1::SHA256, parameters: None };
        let info = SignerInfo {
            version: 1,
            who: Any::encode_from(&IssuerAndSerial { issuer: own.issuer().clone(), serial })?,
            digest: sha256.clone(),
            signed: Some(to_sign.attributes),
            algorithm: signature_algorithm(algorithm),
            signature: OctetString::new(signature)?,
            unsigned: None,
        };
        let certificates = chain.iter().map(|cert| Any::from_der(&cert.der)).collect::<der::Result<Vec<_>>>()?;
        let data = SignedData {
            version: 1,
            digests: SetOfVec::try_from(vec![sha256])?,
            content: Encapsulated { kind: asn1::DATA, content: None },
            certificates: Some(SetOfVec::try_from(certificates)?),
            crls: None,
            signers: SetOfVec::try_from(vec![Any::encode_from(&info)?])?,
        };
        ContentInfo { kind: asn1::SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()
    };
    make().map_err(odd)
}

/// RSA's has NULL as its parameter, ECDSA's has none (RFC 4055, 5; RFC 5758, 3.2).
pub(crate) fn signature_algorithm(algorithm: Algorithm) -> AlgorithmIdentifierOwned {
    let parameters = match algorithm {
        Algorithm::RsaSha256 => Some(Any::null()),
        Algorithm::EcdsaSha256 => None,
    };
    AlgorithmIdentifierOwned { oid: algorithm.oid(), parameters }
}
