//! XML through quick-xml: names and attributes are ours, text is always escaped.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::Broken;

pub struct Xml(Writer<Vec<u8>>);

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    pub fn new() -> Result<Self, Broken> {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        Ok(xml)
    }

    pub fn open(&mut self, name: &str, attributes: Attributes) -> Result<(), Broken> {
        self.put(Event::Start(tag(name, attributes)))
    }

    pub fn close(&mut self, name: &str) -> Result<(), Broken> {
        self.put(Event::End(BytesEnd::new(name)))
    }

    pub fn empty(&mut self, name: &str, attributes: Attributes) -> Result<(), Broken> {
        self.put(Event::Empty(tag(name, attributes)))
    }

    pub fn text(&mut self, text: &str) -> Result<(), Broken> {
        self.put(Event::Text(BytesText::new(text)))
    }

    pub fn finish(self) -> Result<String, Broken> {
        String::from_utf8(self.0.into_inner()).map_err(|error| Broken::at("docx", error))
    }

    fn put(&mut self, event: Event) -> Result<(), Broken> {
        self.0.write_event(event).map_err(|error| Broken::at("docx", error))
    }
}

fn tag<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}
