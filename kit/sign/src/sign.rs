//! Signing: an incremental update (ISO 32000-1, 7.5.6) that adds a field, its mark and the signature, and leaves every
//! byte before it as it was.
//!
//! Written twice over: first with room for the signature and numbers of full width in /ByteRange, then, where all
//! offsets are known, the numbers and the signature are put into that room.

use base::{Refusal, Timestamp};
use jiff::tz::Offset;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, StringFormat, dictionary};

use crate::cert::{Cert, Hash, common_name, organization, shown};
use crate::field;
use crate::file;
use crate::look::Look;
use crate::seal;
use crate::signer::{Algorithm, Signer};

/// The PDF with one more signature, PAdES baseline B-B. What was there, signatures too, is left byte by byte.
///
/// Reading and hashing take a few milliseconds of a core for a megabyte; the rest is waiting for the signer.
///
/// # Errors
/// `pdf-…` for what cannot be signed, `certificate-…` and `key-…` for an unfit certificate, `page-…` for the mark,
/// and whatever the signer refuses with.
pub async fn sign(pdf: &[u8], signer: &dyn Signer, look: &Look) -> Result<Vec<u8>, Refusal> {
    let chain = signer.chain().iter().map(|der| Cert::read(der)).collect::<Result<Vec<_>, _>>()?;
    let own = chain.first().ok_or_else(|| Refusal::new("certificate-missing", "Chưa có chứng thư số để ký."))?;
    let algorithm = Algorithm::of(own)?;
    fits(own, look.moment)?;
    let look = filled(look, own);
    let update = Update::make(pdf, &look, room(&chain))?;

    let to_sign = seal::to_sign(&update.digest(), own)?;
    let hash = hash(&to_sign.der);
    let signature = signer.sign(&hash).await?;
    // A service may sign with another key than the certificate's; better known now than by the citizen.
    if own.has_signed(&seal::signature_algorithm(algorithm), None, &to_sign.der, &signature) != Some(true) {
        return Err(Refusal::new("signature-odd", "Chữ ký nhận được không khớp chứng thư số. Báo người quản trị."));
    }
    update.close(&seal::message(to_sign, algorithm, &signature, &chain)?)
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

fn fits(own: &Cert, moment: Timestamp) -> Result<(), Refusal> {
    let day = |at| base::day::vi(base::day::today(at));
    if moment < own.valid_from() {
        let say = format!("Chứng thư số chỉ có hiệu lực từ {}. Chưa ký được.", day(own.valid_from()));
        return Err(Refusal::new("certificate-early", say));
    }
    if moment > own.valid_to() {
        let say = format!("Chứng thư số hết hạn từ {}. Gia hạn hoặc dùng chứng thư khác.", day(own.valid_to()));
        return Err(Refusal::new("certificate-expired", say));
    }
    if !own.may_sign() {
        return Err(Refusal::new("certificate-use", "Chứng thư số không dùng để ký văn bản. Dùng chứng thư khác."));
    }
    Ok(())
}

/// Names in order, and taken from the certificate where they are empty.
fn filled(look: &Look, own: &Cert) -> Look {
    let or = |said: &str, else_: Option<String>| {
        let said = shown(said.trim());
        if said.is_empty() { else_.unwrap_or_default() } else { said }
    };
    Look {
        name: or(&look.name, common_name(own.subject())),
        unit: or(&look.unit, organization(own.subject())),
        reason: or(&look.reason, None),
        place: or(&look.place, None),
        ..look.clone()
    }
}

/// Bytes for the message: the certificates, the signature, and what stands around them.
fn room(chain: &[Cert]) -> usize {
    chain.iter().map(|cert| cert.der.len()).sum::<usize>() + 4096
}

/// As wide as any offset gets; what is not used becomes blanks.
const WIDE: i64 = 9_999_999_999;

/// A PDF with room for its signature.
struct Update {
    bytes: Vec<u8>,
    /// Where "<" of /Contents stands, and what follows ">".
    gap: (usize, usize),
}

impl Update {
    fn make(pdf: &[u8], look: &Look, room: usize) -> Result<Self, Refusal> {
        let old = file::load(pdf)?;
        may_be_updated(&old)?;
        let mut both = IncrementalDocument::create_from(pdf.to_vec(), old);
        trim_trailer(&mut both, pdf, look);
        let value = signature(look, room);
        let value_id = both.new_document.add_object(value.clone());
        field::add(&mut both, look, value_id)?;
        let mut bytes = Vec::with_capacity(pdf.len() + 4 * room + 65536);
        // It speaks as the file did: a table after a table, a stream after a stream (7.5.8.4).
        both.save_to(&mut bytes).map_err(|error| unwritten(&error))?;
        // The file ends as files do; some readers look for the mark at the start of a line that is whole.
        bytes.push(b'\n');

        let mut as_written = format!("\n{} {} obj\n", value_id.0, value_id.1).into_bytes();
        lopdf::Writer::write_object(&mut as_written, &Object::Dictionary(value)).map_err(|error| unwritten(&error))?;
        let start = pdf.len().saturating_sub(1);
        let found = only(&bytes[start..], &as_written).map(|at| at + start);
        let object = found.ok_or_else(|| unwritten(&"signature object"))?;
        let inside = |what: &[u8]| only(&as_written, what).map(|at| at + object);
        let open = inside(b"/Contents<").map(|at| at + b"/Contents<".len() - 1);
        let range = inside(format!("[0 {WIDE} {WIDE} {WIDE}]").as_bytes());
        let (Some(open), Some(range)) = (open, range) else { return Err(unwritten(&"signature room")) };
        let gap = (open, open + 2 * room + 2);

        let numbers = format!("[0 {} {} {}", gap.0, gap.1, bytes.len() - gap.1);
        let width = format!("[0 {WIDE} {WIDE} {WIDE}]").len();
        let numbers = format!("{numbers:<blanks$}]", blanks = width - 1);
        bytes[range..range + width].copy_from_slice(numbers.as_bytes());
        Ok(Self { bytes, gap })
    }

    /// SHA-256 of all but the room.
    fn digest(&self) -> Vec<u8> {
        Hash::Sha256.of(&[&self.bytes[..self.gap.0], &self.bytes[self.gap.1..]])
    }

    fn close(mut self, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        let hex = data_encoding::HEXUPPER.encode(message);
        let start = self.gap.0 + 1;
        if start + hex.len() > self.gap.1 - 1 {
            return Err(Refusal::new("signature-large", "Chữ ký số dài hơn chỗ dành sẵn. Báo người quản trị."));
        }
        self.bytes[start..start + hex.len()].copy_from_slice(hex.as_bytes());
        Ok(self.bytes)
    }
}

pub(crate) fn unwritten(why: &dyn std::fmt::Display) -> Refusal {
    Refusal::new("pdf-unwritten", format!("Không ghi được chữ ký vào tệp PDF ({why}). Báo người quản trị."))
}

/// The one place where `what` stands; None where it stands nowhere or twice.
fn only(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let mut found = bytes.windows(what.len()).enumerate().filter(|(_, here)| *here == what);
    let first = found.next()?.0;
    found.next().is_none().then_some(first)
}

/// Refuses what readers would not take for the same document after an update.
fn may_be_updated(old: &Document) -> Result<(), Refusal> {
    if old.xref_recovery.is_some() {
        let say = "Bảng tra cứu trong tệp PDF bị hỏng nên không ký được. Lưu lại tệp bằng chương trình khác rồi ký.";
        return Err(Refusal::new("pdf-damaged", say));
    }
    let locked = |value: &Dictionary| {
        file::list(old, value, b"Reference").iter().filter_map(|one| file::dict(old, one)).any(|one| {
            let limits = file::get(old, one, b"TransformParams").and_then(|limits| limits.as_dict().ok());
            file::name(old, one, b"TransformMethod") == Some(b"DocMDP")
                && limits.and_then(|limits| limits.get(b"P").ok()?.as_i64().ok()) == Some(1)
        })
    };
    if file::fields(old).iter().any(|field| field.value.is_some_and(locked)) {
        let say = "Người ký trước đã khóa văn bản, không cho ký thêm. Ký trên bản chưa khóa.";
        return Err(Refusal::new("pdf-certified", say));
    }
    Ok(())
}

/// Leaves what a trailer may have (7.5.5): a table's stream has more of its own, which must not stay. The second half
/// of /ID is new with each update (14.4); it is counted from the content, so that the same paper is the same twice.
fn trim_trailer(both: &mut IncrementalDocument, pdf: &[u8], look: &Look) {
    let root_and_co = [b"Root".as_slice(), b"Info", b"ID", b"Prev"];
    let keys: Vec<Vec<u8>> = both.new_document.trailer.iter().map(|(key, _)| key.clone()).collect();
    for key in keys.iter().filter(|key| !root_and_co.contains(&key.as_slice())) {
        both.new_document.trailer.remove(key);
    }
    let fresh = Hash::Sha256.of(&[pdf, look.moment.to_string().as_bytes()])[..16].to_vec();
    let fresh = Object::String(fresh, StringFormat::Hexadecimal);
    let ids = both.new_document.trailer.get(b"ID").and_then(Object::as_array).ok();
    let first = ids.and_then(|ids| ids.first()).filter(|id| id.as_str().is_ok()).cloned();
    both.new_document.trailer.set("ID", vec![first.unwrap_or_else(|| fresh.clone()), fresh]);
}

/// The signature dictionary (12.8.1), with room for what is not known yet. The moment stands in /M, as PAdES has it.
fn signature(look: &Look, room: usize) -> Dictionary {
    let mut value = dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), WIDE.into(), WIDE.into(), WIDE.into()],
        "Contents" => Object::String(vec![0; room], StringFormat::Hexadecimal),
        "M" => Object::string_literal(Offset::constant(7).to_datetime(look.moment).strftime("D:%Y%m%d%H%M%S+07'00'").to_string()),
    };
    for (key, said) in [("Name", &look.name), ("Reason", &look.reason), ("Location", &look.place)] {
        if !said.is_empty() {
            value.set(key, text(said));
        }
    }
    value
}

/// UTF-16 with its mark, in figures: letters of any kind, and no byte that needs an escape.
pub(crate) fn text(said: &str) -> Object {
    let bytes = std::iter::once(0xFEFF).chain(said.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}
