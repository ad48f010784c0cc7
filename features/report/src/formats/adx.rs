//! ADX (IHE Quality, Research and Public Health, Aggregate Data Exchange): a group for each unit and period, a value for each figure.
//! What a figure is divided by stands in attributes of its own, as the structure of ADX has it.

use crate::actions::ToldOut;
use base::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use std::collections::BTreeMap;
use std::io;

const SPACE: &str = "urn:ihe:qrph:adx:2015";

/// What was told, as one document.
pub fn write(told: &ToldOut, now: Timestamp) -> io::Result<String> {
    let mut groups: BTreeMap<(String, bool, String), Vec<&crate::actions::Observation>> = BTreeMap::new();
    for one in &told.observations {
        groups.entry((super::interval(one.period), one.is_whole, one.unit.clone())).or_default().push(one);
    }
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let exported = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    xml.create_element("adx")
        .with_attributes([("xmlns", SPACE), ("exported", exported.as_str())])
        .write_inner_content(|xml| {
            for ((period, is_whole, unit), figures) in &groups {
                let level = if *is_whole { "tong-hop" } else { "don-vi" };
                let all = [
                    ("orgUnit", unit.as_str()),
                    ("period", period),
                    ("dataSet", &told.ready.file.code),
                    ("level", level),
                ];
                xml.create_element("group").with_attributes(all).write_inner_content(|xml| {
                    for one in figures {
                        let (value, nature) = (one.value.to_string(), one.name.nature.code());
                        let mut element = xml.create_element("dataValue").with_attributes([
                            ("dataElement", one.name.indicator.as_str()),
                            ("value", &value),
                            ("nature", nature),
                        ]);
                        if let Some(part) = &one.name.part {
                            element = element.with_attribute(("part", part.as_str()));
                        }
                        element.write_empty()?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    String::from_utf8(xml.into_inner()).map_err(io::Error::other)
}
