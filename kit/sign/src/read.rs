//! Reading signatures back: what they cover, whether the bytes are those that were signed, by whom.
//!
//! Nothing is believed that a stranger may write: the two ranges must leave out the signature itself and nothing
//! else, or a file could show one text and have another one signed.

use base::{Refusal, Timestamp};
use der::asn1::{Any, GeneralizedTime, ObjectIdentifier, OctetString, UtcTime};
use der::{Decode, Encode};
use lopdf::{Dictionary, Document};

use crate::after::{self, After};
use crate::asn1::{self, ContentInfo, IssuerAndSerial, SignedData, SignerInfo, SigningCertificate};
use crate::cert::{Cert, Hash, common_name, line, organization};
use crate::file;
use crate::trust::{self, Trust};

/// One signature of a PDF.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The field that it stands in.
    pub field: String,
    /// Who signed: the common name of the certificate; where that cannot be read, what the file claims.
    pub name: String,
    /// The agency, by the certificate.
    pub unit: Option<String>,
    pub reason: Option<String>,
    pub place: Option<String>,
    /// When, as the signer's clock had it.
    pub signed_at: Option<Timestamp>,
    /// What was added to the file afterwards. `After::Nothing`: the signature covers the whole file.
    pub after: After,
    /// What the cryptography says, or why it says nothing.
    pub seal: Result<Seal, Refusal>,
}

/// The cryptographic part of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// "CN=Trần Văn Ước, O=Sở Công Thương, C=VN"
    pub subject: String,
    pub issuer: String,
    /// Hexadecimal.
    pub serial: String,
    pub valid_from: Timestamp,
    pub valid_to: Timestamp,
    /// The signed bytes are as they were.
    pub digest_right: bool,
    /// The signature over their hash was made by the key of the certificate, and names that certificate.
    pub signature_right: bool,
    /// The certificate was valid at the moment of signing; None where the file names no moment.
    pub in_time: Option<bool>,
    pub trust: Trust,
}

impl Seal {
    /// The bytes are whole and the key is the certificate's. Says nothing of whose certificate it is.
    pub fn is_right(&self) -> bool {
        self.digest_right && self.signature_right
    }
}

/// The signatures of a PDF, in the order of the form; none where it has none. `roots` are certificates (DER) of CAs
/// that are trusted.
///
/// # Errors
/// `pdf-unread`, `pdf-large`, `pdf-locked`; `certificate-unread` for a root.
pub fn read(pdf: &[u8], roots: &[Vec<u8>]) -> Result<Vec<Signature>, Refusal> {
    let roots = roots.iter().map(|der| Cert::read(der)).collect::<Result<Vec<_>, _>>()?;
    let document = file::load(pdf)?;
    let signed = file::fields(&document).into_iter().filter_map(|field| Some((field.name, field.value?)));
    let read: Vec<(Signature, &Dictionary)> =
        signed.map(|(field, value)| (one(&document, pdf, field, value, &roots), value)).collect();
    // Whether the last bytes of the file stand under a right signature.
    let closed = read.iter().any(|(signature, value)| {
        Gap::of(&document, pdf, value).is_ok_and(|gap| gap.end == pdf.len())
            && signature.seal.as_ref().is_ok_and(Seal::is_right)
    });
    let settled = read.into_iter().map(|(mut signature, value)| {
        if let Ok(gap) = Gap::of(&document, pdf, value) {
            signature.after = after::of(pdf, gap.end, &document, closed);
        }
        signature
    });
    Ok(settled.collect())
}

fn one(document: &Document, pdf: &[u8], field: String, value: &Dictionary, roots: &[Cert]) -> Signature {
    let said = |key: &[u8]| file::text(document, value, key);
    let message = Gap::of(document, pdf, value).and_then(|gap| Message::read(document, value, pdf, &gap));
    let signed_at = said(b"M").and_then(|text| moment(&text)).or_else(|| message.as_ref().ok()?.signed_at());
    let own = message.as_ref().ok().map(|message| message.own.subject());
    let (name, unit) = (own.and_then(common_name), own.and_then(organization));
    Signature {
        field,
        name: name.or_else(|| said(b"Name")).unwrap_or_default(),
        unit,
        reason: said(b"Reason"),
        place: said(b"Location"),
        signed_at,
        // Until the ranges are seen to be whole.
        after: After::Content,
        seal: message.map(|message| message.seal(signed_at, roots)),
    }
}

/// The hole in the signed bytes: where /Contents stands.
struct Gap {
    open: usize,
    close: usize,
    end: usize,
}

impl Gap {
    /// From /ByteRange, which must begin with the file, leave out one string in figures and nothing else
    /// (ISO 32000-2, 12.8.1; ETSI EN 319 142-1, 5.3), and end within the file.
    fn of(document: &Document, pdf: &[u8], value: &Dictionary) -> Result<Self, Refusal> {
        let odd = || Refusal::new("range-odd", "Vùng được ký không liền với chữ ký. Không tin được chữ ký này.");
        let numbers =
            file::list(document, value, b"ByteRange").iter().map(|one| usize::try_from(one.as_i64().ok()?).ok());
        let numbers: Vec<usize> = numbers.collect::<Option<_>>().ok_or_else(odd)?;
        let [0, open, close, rest] = numbers[..] else { return Err(odd()) };
        let end = close.checked_add(rest).filter(|end| *end <= pdf.len()).ok_or_else(odd)?;
        let hole = pdf.get(open..close).ok_or_else(odd)?;
        let [b'<', figures @ .., b'>'] = hole else { return Err(odd()) };
        let own = file::get(document, value, b"Contents").and_then(|own| own.as_str().ok()).ok_or_else(odd)?;
        let hex = data_encoding::HEXLOWER_PERMISSIVE.decode(figures).map_err(|_| odd())?;
        // The string in the hole is this signature's own.
        if hex != own { Err(odd()) } else { Ok(Self { open, close, end }) }
    }
}

/// A signature's CMS, with the certificate of its signer.
struct Message {
    info: SignerInfo,
    own: Cert,
    others: Vec<Cert>,
    /// The hash of the signed bytes, and the one that the signature names.
    digest: Vec<u8>,
    hash: Hash,
}

fn unread(why: impl std::fmt::Display) -> Refusal {
    Refusal::new("signature-unread", format!("Không đọc được chữ ký số trong tệp ({why})."))
}

impl Message {
    fn read(document: &Document, value: &Dictionary, pdf: &[u8], gap: &Gap) -> Result<Self, Refusal> {
        let kind = file::name(document, value, b"SubFilter").unwrap_or_default();
        if ![b"ETSI.CAdES.detached".as_slice(), b"adbe.pkcs7.detached"].contains(&kind) {
            let kind = String::from_utf8_lossy(kind).into_owned();
            let say = format!("Loại chữ ký “{kind}” chưa kiểm tra được ở đây. Dùng phần mềm của nơi cấp chứng thư số.");
            return Err(Refusal::new("signature-kind", say));
        }
        let bytes = file::get(document, value, b"Contents").and_then(|own| own.as_str().ok()).unwrap_or_default();
        let info = ContentInfo::from_der(without_padding(bytes)?).map_err(unread)?;
        if info.kind != asn1::SIGNED_DATA {
            return Err(unread("không phải SignedData"));
        }
        let data: SignedData = info.content.decode_as().map_err(unread)?;
        // A content of its own would be signed instead of the paper.
        if data.content.content.is_some() || data.content.kind != asn1::DATA {
            return Err(unread("nội dung ký không phải văn bản này"));
        }
        let [signer] = data.signers.as_slice() else { return Err(unread("không có đúng một người ký")) };
        let info: SignerInfo = signer.decode_as().map_err(unread)?;
        let hash = Hash::by(info.digest.oid).ok_or_else(|| {
            Refusal::new("hash-weak", "Chữ ký dùng thuật toán băm cũ hoặc lạ (như SHA-1), không còn an toàn để tin.")
        })?;
        let certs = data.certificates.as_ref().map_or(&[][..], |list| list.as_slice());
        let mut others: Vec<Cert> = certs.iter().filter_map(|cert| Cert::read(&cert.to_der().ok()?).ok()).collect();
        let own = others.iter().position(|cert| is_named(&info.who, cert));
        let own = others.remove(own.ok_or_else(|| unread("thiếu chứng thư số của người ký"))?);
        Ok(Self { digest: hash.of(&[&pdf[..gap.open], &pdf[gap.close..gap.end]]), info, own, others, hash })
    }

    fn seal(&self, at: Option<Timestamp>, roots: &[Cert]) -> Seal {
        let serial = self.own.serial().map(|serial| data_encoding::HEXUPPER.encode(serial.value()));
        Seal {
            subject: line(self.own.subject()),
            issuer: line(self.own.issuer()),
            serial: serial.unwrap_or_default(),
            valid_from: self.own.valid_from(),
            valid_to: self.own.valid_to(),
            digest_right: self.is_digest_right(),
            signature_right: self.is_signature_right(),
            in_time: at.map(|at| self.own.is_valid_at(at)),
            trust: match at {
                Some(at) => trust::of(&self.own, &self.others, roots, at),
                None if roots.is_empty() => Trust::NotAsked,
                None => Trust::Unknown,
            },
        }
    }

    /// The one value of a signed attribute.
    fn attribute(&self, oid: ObjectIdentifier) -> Option<&Any> {
        let mut found = self.info.signed.as_ref()?.iter().filter(|one| one.oid == oid);
        let attribute = found.next()?;
        match (found.next(), attribute.values.as_slice()) {
            (None, [value]) => Some(value),
            _ => None,
        }
    }

    fn is_digest_right(&self) -> bool {
        let said = self.attribute(asn1::MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
        said.is_some_and(|said| said.as_bytes() == self.digest)
    }

    fn is_signature_right(&self) -> bool {
        let kind = self.attribute(asn1::CONTENT_TYPE).and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
        let Some(signed) = self.info.signed.as_ref().and_then(|signed| signed.to_der().ok()) else { return false };
        kind == Some(asn1::DATA)
            && self.names_its_certificate()
            && self.own.has_signed(&self.info.algorithm, Some(self.hash), &signed, self.info.signature.as_bytes())
                == Some(true)
    }

    /// Signing-certificate-v2, where it is (older signatures lack it): without it another certificate of the same key
    /// could be put in (RFC 5035, 1).
    fn names_its_certificate(&self) -> bool {
        let Some(value) = self.attribute(asn1::SIGNING_CERTIFICATE_V2) else { return true };
        let Ok(said) = value.decode_as::<SigningCertificate>() else { return false };
        let Some(first) = said.certs.first() else { return false };
        let hash = first.algorithm.as_ref().map_or(Some(Hash::Sha256), |algorithm| Hash::by(algorithm.oid));
        hash.is_some_and(|hash| hash.of(&[&self.own.der]) == first.hash.as_bytes())
    }

    /// The attribute of plain CMS signatures, which PAdES leaves to /M.
    fn signed_at(&self) -> Option<Timestamp> {
        let value = self.attribute(asn1::SIGNING_TIME)?;
        let utc = value.decode_as::<UtcTime>().map(|time| time.to_unix_duration());
        let time = utc.or_else(|_| value.decode_as::<GeneralizedTime>().map(|time| time.to_unix_duration())).ok()?;
        Timestamp::from_second(i64::try_from(time.as_secs()).ok()?).ok()
    }
}

/// By issuer and serial number, or by the key identifier that the certificate bears.
fn is_named(who: &Any, cert: &Cert) -> bool {
    if let Ok(named) = who.decode_as::<IssuerAndSerial>() {
        return named.issuer == *cert.issuer() && cert.serial().is_some_and(|serial| serial == named.serial);
    }
    let key_id = cert.extensions().iter().find(|one| one.extn_id.to_string() == "2.5.29.14");
    key_id
        .and_then(|one| OctetString::from_der(one.extn_value.as_bytes()).ok())
        .is_some_and(|id| id.as_bytes() == who.value())
}

/// The room for a signature is filled up with zeros.
fn without_padding(bytes: &[u8]) -> Result<&[u8], Refusal> {
    let mut reader = der::SliceReader::new(bytes).map_err(unread)?;
    let header = der::Header::decode(&mut reader).map_err(unread)?;
    let length = header.encoded_len().and_then(|head| head + header.length()).map_err(unread)?;
    let length = usize::try_from(length).map_err(unread)?;
    bytes.get(..length).ok_or_else(|| unread("bị cắt"))
}

/// "D:20261124091405+07'00'" (ISO 32000-1, 7.9.4). What is missing after the year is the least; no zone is UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let figures: String = text.chars().take_while(char::is_ascii_digit).take(14).collect();
    let part = |from: usize, length: usize, least: i8| match figures.get(from..from + length) {
        Some(figures) => figures.parse::<i8>().ok(),
        None => Some(least),
    };
    let year = figures.get(..4)?.parse::<i16>().ok()?;
    let (month, day) = (part(4, 2, 1)?, part(6, 2, 1)?);
    let time = jiff::civil::Time::new(part(8, 2, 0)?, part(10, 2, 0)?, part(12, 2, 0)?, 0).ok()?;
    let on_wall = base::Date::new(year, month, day).ok()?.to_datetime(time);
    let zone = text.get(figures.len()..)?;
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let parts = zone.split(|c: char| !c.is_ascii_digit()).filter(|figures| !figures.is_empty());
    let parts: Vec<i32> = parts.map(|figures| figures.parse().ok()).collect::<Option<_>>()?;
    let minutes = parts.first().unwrap_or(&0).checked_mul(60)?.checked_add(*parts.get(1).unwrap_or(&0))?;
    let offset = jiff::tz::Offset::from_seconds(sign * minutes.checked_mul(60)?).ok()?;
    offset.to_timestamp(on_wall).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn moments_are_read_as_pdf_writes_them() {
        let cases = [
            ("D:20261124091405+07'00'", "2026-11-24T02:14:05Z"),
            ("D:20261124091405Z", "2026-11-24T09:14:05Z"),
            ("D:20261124091405-03'30", "2026-11-24T12:44:05Z"),
            ("D:202611", "2026-11-01T00:00:00Z"),
            ("2026", "2026-01-01T00:00:00Z"),
        ];
        for (text, at) in cases {
            assert_eq!(moment(text).unwrap().to_string(), at, "{text}");
        }
        for odd in
            ["", "D:", "D:20261399", "hôm qua", "D:20261124091405+99999999999'00'", "D:20261124091405+9999999'9'"]
        {
            assert_eq!(moment(odd), None, "{odd}");
        }
    }
}
