//! The document as it goes out.

use super::{Document, Organ, SPACE};
use data_encoding::BASE64;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

type Xml = Writer<Vec<u8>>;
type Written = io::Result<()>;

fn leaf(xml: &mut Xml, name: &str, text: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

fn inside(xml: &mut Xml, name: &str, write: impl FnOnce(&mut Xml) -> Written) -> Written {
    xml.create_element(name).write_inner_content(write).map(drop)
}

fn organ(xml: &mut Xml, name: &str, one: &Organ) -> Written {
    inside(xml, name, |xml| {
        leaf(xml, "OrganId", &one.id)?;
        leaf(xml, "OrganName", &one.name)
    })
}

/// Refused by nobody: what is asked of a document is asked where it is read.
pub fn write(one: &Document) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("edXML").with_attribute(("xmlns", SPACE)).write_inner_content(|xml| {
        inside(xml, "edXMLEnvelope", |xml| {
            inside(xml, "edXMLHeader", |xml| {
                inside(xml, "MessageHeader", |xml| head(xml, one))?;
                inside(xml, "TraceHeaderList", |xml| trace(xml, one))
            })
        })?;
        inside(xml, "AttachmentEncoded", |xml| files(xml, one))
    })?;
    Ok(xml.into_inner())
}

fn head(xml: &mut Xml, one: &Document) -> Written {
    organ(xml, "From", &one.from)?;
    one.to.iter().try_for_each(|to| organ(xml, "To", to))?;
    leaf(xml, "DocumentId", &one.id)?;
    inside(xml, "Code", |xml| {
        leaf(xml, "CodeNumber", &one.number)?;
        leaf(xml, "CodeNotation", &one.notation)
    })?;
    inside(xml, "PromulgationInfo", |xml| {
        leaf(xml, "Place", &one.place)?;
        leaf(xml, "PromulgationDate", &one.date.map(|date| date.strftime("%Y/%m/%d").to_string()).unwrap_or_default())
    })?;
    inside(xml, "DocumentType", |xml| {
        // 2: văn bản hành chính.
        leaf(xml, "Type", "2")?;
        leaf(xml, "TypeName", &one.kind)
    })?;
    leaf(xml, "Subject", &one.subject)?;
    inside(xml, "SignerInfo", |xml| {
        leaf(xml, "Position", &one.signer.0)?;
        leaf(xml, "FullName", &one.signer.1)
    })
}

fn trace(xml: &mut Xml, one: &Document) -> Written {
    for (organ, at) in &one.trace {
        inside(xml, "TraceHeader", |xml| {
            leaf(xml, "OrganId", organ)?;
            leaf(xml, "Timestamp", &in_vietnam(*at))
        })?;
    }
    inside(xml, "Bussiness", |xml| leaf(xml, "BussinessDocType", &one.business.number().to_string()))
}

/// As systems in use write a moment: by the clock of Việt Nam, without its zone.
fn in_vietnam(at: base::Timestamp) -> String {
    let clock = at.saturating_add(jiff::SignedDuration::from_hours(7)).unwrap_or(at);
    clock.strftime("%Y/%m/%d %H:%M:%S").to_string()
}

fn files(xml: &mut Xml, one: &Document) -> Written {
    for (at, file) in one.attached.iter().enumerate() {
        inside(xml, "Attachment", |xml| {
            leaf(xml, "ContentType", &file.kind)?;
            leaf(xml, "ContentId", &format!("file-{}", at + 1))?;
            leaf(xml, "AttachmentName", &file.name)?;
            leaf(xml, "ContentTransferEncoded", &BASE64.encode(&file.bytes))
        })?;
    }
    Ok(())
}
