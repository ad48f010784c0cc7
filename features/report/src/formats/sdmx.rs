//! SDMX 2.1: the structure as SDMX-ML, the figures as SDMX-ML (generic, by series), SDMX-JSON 1.0 and SDMX-CSV 1.0.
//!
//! A regime is a dataflow. Its dimensions: how often (FREQ), whose (UNIT), whether the unit's own or the whole that an agency added up
//! (LEVEL), what (INDICATOR), of which part (PART), which kind of figure (NATURE), and when (TIME_PERIOD). Identifiers of SDMX have
//! no dots: TN.TK is TN_TK.

use crate::actions::{Observation, ToldOut};
use base::{Decimal, Timestamp};
use indicator::{Kind, Nature, Period};
use quick_xml::Writer;
use quick_xml::events::BytesText;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Who maintains what is here.
pub const AGENCY: &str = "CUAVIET";
pub const VERSION: &str = "1.0";
/// Of the whole, not of a part.
const WHOLE: &str = "_T";
const DIMENSIONS: [(&str, &str); 6] = [
    ("FREQ", "Tần suất"),
    ("UNIT", "Đơn vị"),
    ("LEVEL", "Báo cáo của đơn vị hay báo cáo tổng hợp"),
    ("INDICATOR", "Chỉ tiêu"),
    ("PART", "Phân tổ"),
    ("NATURE", "Loại số liệu"),
];
const TIME: &str = "TIME_PERIOD";
const VALUE: &str = "OBS_VALUE";
const MEASURE: &str = "UNIT_MEASURE";

/// An identifier: what SDMX lets stand in none becomes a low line.
pub fn id(text: &str) -> String {
    let is_let = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '@' | '$');
    text.chars().map(|letter| if is_let(letter) { letter } else { '_' }).collect()
}

fn frequency(kind: Kind) -> &'static str {
    match kind {
        Kind::Month => "M",
        Kind::Quarter => "Q",
        Kind::HalfYear => "S",
        // No letter of the common list stands for nine months.
        Kind::NineMonths => "N9",
        Kind::Year => "A",
    }
}

fn time(period: Period) -> String {
    match period.kind() {
        Kind::HalfYear => period.to_string().replace('H', "S"),
        Kind::NineMonths => super::interval(period),
        _ => period.to_string(),
    }
}

/// The key of a series: a code for each dimension.
type Key = [String; 6];

fn key(one: &Observation) -> Key {
    let level = if one.is_whole { "T" } else { "U" };
    [
        frequency(one.period.kind()).into(),
        id(&one.unit),
        level.into(),
        id(&one.name.indicator),
        one.name.part.as_deref().map_or_else(|| WHOLE.to_owned(), id),
        one.name.nature.number().to_string(),
    ]
}

/// Which series are asked for: `Q.so-noi-vu..TN_TK+TN_TT._T.3`, an empty place or `all` for every one.
pub struct Filter(Vec<Vec<String>>);

impl Filter {
    /// None where there are other dimensions than ours.
    pub fn of(text: &str) -> Option<Filter> {
        if text.is_empty() || text == "all" {
            return Some(Filter(Vec::new()));
        }
        let places: Vec<Vec<String>> = text
            .split('.')
            .map(|place| place.split('+').filter(|code| !code.is_empty()).map(str::to_owned).collect())
            .collect();
        (places.len() == DIMENSIONS.len()).then_some(Filter(places))
    }

    fn lets(&self, key: &Key) -> bool {
        self.0.iter().zip(key).all(|(codes, code)| codes.is_empty() || codes.contains(code))
    }
}

/// One dataflow with what was told in it.
pub struct Flow<'a> {
    pub told: &'a ToldOut,
    pub now: Timestamp,
}

/// Figures by series, each by the places of periods.
type Series = BTreeMap<Key, BTreeMap<usize, Decimal>>;

type Written = io::Result<()>;
type Xml = Writer<Vec<u8>>;

const MES: (&str, &str) = ("xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message");
const STR: (&str, &str) = ("xmlns:str", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure");
const COM: (&str, &str) = ("xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common");
const GEN: (&str, &str) = ("xmlns:gen", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic");

fn leaf(xml: &mut Xml, name: &str, text: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

fn named(xml: &mut Xml, text: &str) -> Written {
    xml.create_element("com:Name").with_attribute(("xml:lang", "vi")).write_text_content(BytesText::new(text)).map(drop)
}

/// A reference to something that is maintained for itself.
fn reference(xml: &mut Xml, (id, package, class): (&str, &str, &str)) -> Written {
    let all = [("id", id), ("agencyID", AGENCY), ("version", VERSION), ("package", package), ("class", class)];
    xml.create_element("Ref").with_attributes(all).write_empty().map(drop)
}

impl Flow<'_> {
    fn code(&self) -> String {
        id(&self.told.ready.file.code)
    }

    /// What a dimension can be differs from regime to regime.
    fn codelist(&self, dimension: &str) -> String {
        format!("CL_{dimension}_{}", self.code())
    }

    fn kind(&self) -> Kind {
        self.told.ready.file.period
    }

    /// What each dimension can be: what the regime's own set has, in its order, then what older editions told.
    fn codes(&self, dimension: &str) -> Vec<(String, String)> {
        let set = &self.told.ready.set;
        let told = || self.told.observations.iter();
        let mut all: Vec<(String, String)> = match dimension {
            "FREQ" => {
                let kinds = std::iter::once(self.kind()).chain(told().map(|one| one.period.kind()));
                kinds.map(|kind| (frequency(kind).into(), kind.say().into())).collect()
            }
            "UNIT" => self.told.units.iter().map(|unit| (id(&unit.key), unit.name.clone())).collect(),
            "LEVEL" => vec![("U".into(), "Báo cáo của đơn vị".into()), ("T".into(), "Báo cáo tổng hợp".into())],
            "INDICATOR" => {
                let own = set.indicators.iter().map(|one| (id(&one.code), one.name.clone()));
                own.chain(told().map(|one| (id(&one.name.indicator), one.say.clone()))).collect()
            }
            "PART" => {
                let items = set.categories.iter().flat_map(|one| &one.items);
                let own = items.map(|(code, name)| (id(code), name.clone()));
                let told = told().filter_map(|one| Some((id(one.name.part.as_deref()?), one.part.clone())));
                std::iter::once((WHOLE.to_owned(), "Tổng số".to_owned())).chain(own).chain(told).collect()
            }
            _ => Nature::ALL.iter().map(|one| (one.number().to_string(), one.say().to_owned())).collect(),
        };
        let mut seen = BTreeSet::new();
        all.retain(|one| seen.insert(one.0.clone()));
        all
    }

    /// What the figures of each indicator are measured in.
    fn measures(&self) -> BTreeMap<String, &str> {
        let told = self.told.observations.iter().map(|one| (id(&one.name.indicator), one.measure.as_str()));
        let own = self.told.ready.set.indicators.iter().map(|one| (id(&one.code), one.unit.as_str()));
        told.chain(own).collect()
    }

    fn series(&self, filter: &Filter) -> Series {
        let mut all = Series::new();
        for one in &self.told.observations {
            let key = key(one);
            if let Some(at) = self.told.periods.iter().position(|period| *period == one.period)
                && filter.lets(&key)
            {
                all.entry(key).or_default().insert(at, one.value);
            }
        }
        all
    }

    fn prepared(&self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn header(&self, xml: &mut Xml, structure: impl FnOnce(&mut Xml) -> Written) -> Written {
        xml.create_element("mes:Header")
            .write_inner_content(|xml| {
                leaf(xml, "mes:ID", &format!("{}-{}", self.code(), self.now.as_second()))?;
                leaf(xml, "mes:Test", if self.told.ready.is_sample() { "true" } else { "false" })?;
                leaf(xml, "mes:Prepared", &self.prepared())?;
                xml.create_element("mes:Sender").with_attribute(("id", AGENCY)).write_empty()?;
                structure(xml)
            })
            .map(drop)
    }

    fn message(
        &self,
        root: &str,
        spaces: &[(&str, &str)],
        inside: impl FnOnce(&mut Xml) -> Written,
    ) -> io::Result<String> {
        let mut xml = Writer::new(Vec::new());
        xml.write_event(quick_xml::events::Event::Decl(quick_xml::events::BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element(root).with_attributes(spaces.iter().copied()).write_inner_content(inside)?;
        String::from_utf8(xml.into_inner()).map_err(io::Error::other)
    }

    /// The dataflow, its structure, its codes and concepts: one message, whatever of them is asked for.
    pub fn structure(&self) -> io::Result<String> {
        self.message("mes:Structure", &[MES, STR, COM], |xml| {
            self.header(xml, |_| Ok(()))?;
            xml.create_element("mes:Structures")
                .write_inner_content(|xml| {
                    self.dataflow(xml)?;
                    self.codelists(xml)?;
                    self.concepts(xml)?;
                    self.definition(xml)
                })
                .map(drop)
        })
    }

    fn maintained(
        &self,
        xml: &mut Xml,
        name: &str,
        id: &str,
        say: &str,
        inside: impl FnOnce(&mut Xml) -> Written,
    ) -> Written {
        let all = [("id", id), ("agencyID", AGENCY), ("version", VERSION), ("isFinal", "false")];
        xml.create_element(name)
            .with_attributes(all)
            .write_inner_content(|xml| {
                named(xml, say)?;
                inside(xml)
            })
            .map(drop)
    }

    fn dataflow(&self, xml: &mut Xml) -> Written {
        let (code, name) = (self.code(), &self.told.ready.file.name);
        xml.create_element("str:Dataflows")
            .write_inner_content(|xml| {
                self.maintained(xml, "str:Dataflow", &code, name, |xml| {
                    xml.create_element("str:Structure")
                        .write_inner_content(|xml| reference(xml, (&code, "datastructure", "DataStructure")))
                        .map(drop)
                })
            })
            .map(drop)
    }

    fn codelists(&self, xml: &mut Xml) -> Written {
        let list = |xml: &mut Xml, dimension: &str, say: &str| {
            self.maintained(xml, "str:Codelist", &self.codelist(dimension), say, |xml| {
                for (code, name) in self.codes(dimension) {
                    xml.create_element("str:Code")
                        .with_attribute(("id", code.as_str()))
                        .write_inner_content(|xml| named(xml, &name))?;
                }
                Ok(())
            })
        };
        xml.create_element("str:Codelists")
            .write_inner_content(|xml| DIMENSIONS.iter().try_for_each(|(dimension, say)| list(xml, dimension, say)))
            .map(drop)
    }

    fn concepts(&self, xml: &mut Xml) -> Written {
        let rest = [(TIME, "Kỳ báo cáo"), (VALUE, "Giá trị"), (MEASURE, "Đơn vị tính")];
        xml.create_element("str:Concepts")
            .write_inner_content(|xml| {
                self.maintained(xml, "str:ConceptScheme", "CONCEPTS", "Khái niệm", |xml| {
                    for (concept, say) in DIMENSIONS.iter().chain(&rest) {
                        xml.create_element("str:Concept")
                            .with_attribute(("id", *concept))
                            .write_inner_content(|xml| named(xml, say))?;
                    }
                    Ok(())
                })
            })
            .map(drop)
    }

    fn definition(&self, xml: &mut Xml) -> Written {
        let code = self.code();
        xml.create_element("str:DataStructures")
            .write_inner_content(|xml| {
                self.maintained(xml, "str:DataStructure", &code, &self.told.ready.file.name, |xml| {
                    xml.create_element("str:DataStructureComponents")
                        .write_inner_content(|xml| self.components(xml))
                        .map(drop)
                })
            })
            .map(drop)
    }

    fn components(&self, xml: &mut Xml) -> Written {
        xml.create_element("str:DimensionList").with_attribute(("id", "DimensionDescriptor")).write_inner_content(
            |xml| {
                for (at, (dimension, _)) in DIMENSIONS.iter().enumerate() {
                    let all = [("id", *dimension), ("position", &(at + 1).to_string())];
                    xml.create_element("str:Dimension").with_attributes(all).write_inner_content(|xml| {
                        concept(xml, dimension)?;
                        represented(xml, |xml| {
                            xml.create_element("str:Enumeration")
                                .write_inner_content(|xml| {
                                    reference(xml, (&self.codelist(dimension), "codelist", "Codelist"))
                                })
                                .map(drop)
                        })
                    })?;
                }
                let all = [("id", TIME), ("position", &(DIMENSIONS.len() + 1).to_string())];
                xml.create_element("str:TimeDimension").with_attributes(all).write_inner_content(|xml| {
                    concept(xml, TIME)?;
                    represented(xml, |xml| format(xml, "ObservationalTimePeriod"))
                })?;
                Ok(())
            },
        )?;
        xml.create_element("str:AttributeList").with_attribute(("id", "AttributeDescriptor")).write_inner_content(
            |xml| {
                let all = [("id", MEASURE), ("assignmentStatus", "Mandatory")];
                xml.create_element("str:Attribute").with_attributes(all).write_inner_content(|xml| {
                    concept(xml, MEASURE)?;
                    represented(xml, |xml| format(xml, "String"))?;
                    xml.create_element("str:AttributeRelationship").write_inner_content(|xml| {
                        for (dimension, _) in DIMENSIONS {
                            xml.create_element("str:Dimension").write_inner_content(|xml| {
                                xml.create_element("Ref").with_attribute(("id", dimension)).write_empty().map(drop)
                            })?;
                        }
                        Ok(())
                    })?;
                    Ok(())
                })?;
                Ok(())
            },
        )?;
        xml.create_element("str:MeasureList").with_attribute(("id", "MeasureDescriptor")).write_inner_content(
            |xml| {
                xml.create_element("str:PrimaryMeasure")
                    .with_attribute(("id", VALUE))
                    .write_inner_content(|xml| concept(xml, VALUE))
                    .map(drop)
            },
        )?;
        Ok(())
    }

    /// SDMX-ML, generic, a series after the other.
    pub fn data(&self, filter: &Filter) -> io::Result<String> {
        let code = self.code();
        self.message("mes:GenericData", &[MES, GEN, COM], |xml| {
            self.header(xml, |xml| {
                let all = [("structureID", code.as_str()), ("dimensionAtObservation", TIME)];
                xml.create_element("mes:Structure").with_attributes(all).write_inner_content(|xml| {
                    xml.create_element("com:Structure")
                        .write_inner_content(|xml| reference(xml, (&code, "datastructure", "DataStructure")))
                        .map(drop)
                })?;
                Ok(())
            })?;
            let all = [("structureRef", code.as_str()), ("action", "Replace")];
            let measures = self.measures();
            xml.create_element("mes:DataSet").with_attributes(all).write_inner_content(|xml| {
                self.series(filter).iter().try_for_each(|(key, values)| {
                    self.one_series(xml, (key, values), measures.get(&key[3]).copied().unwrap_or_default())
                })
            })?;
            Ok(())
        })
    }

    fn one_series(&self, xml: &mut Xml, (key, values): (&Key, &BTreeMap<usize, Decimal>), measure: &str) -> Written {
        let value = |xml: &mut Xml, id: &str, value: &str| {
            xml.create_element("gen:Value").with_attributes([("id", id), ("value", value)]).write_empty().map(drop)
        };
        xml.create_element("gen:Series")
            .write_inner_content(|xml| {
                xml.create_element("gen:SeriesKey").write_inner_content(|xml| {
                    DIMENSIONS.iter().zip(key).try_for_each(|((dimension, _), code)| value(xml, dimension, code))
                })?;
                xml.create_element("gen:Attributes").write_inner_content(|xml| value(xml, MEASURE, measure))?;
                for (at, told) in values {
                    let Some(period) = self.told.periods.get(*at) else { continue };
                    xml.create_element("gen:Obs").write_inner_content(|xml| {
                        xml.create_element("gen:ObsDimension")
                            .with_attribute(("value", time(*period).as_str()))
                            .write_empty()?;
                        xml.create_element("gen:ObsValue")
                            .with_attribute(("value", told.to_string().as_str()))
                            .write_empty()?;
                        Ok(())
                    })?;
                }
                Ok(())
            })
            .map(drop)
    }

    /// SDMX-JSON 1.0: figures by series, places of codes for the codes themselves.
    pub fn json(&self, filter: &Filter) -> Value {
        let codes: Vec<Vec<(String, String)>> = DIMENSIONS.iter().map(|(dimension, _)| self.codes(dimension)).collect();
        let places: Vec<BTreeMap<&str, usize>> = codes
            .iter()
            .map(|all| all.iter().enumerate().map(|(at, (code, _))| (code.as_str(), at)).collect())
            .collect();
        let known = self.measures();
        let mut measures: Vec<&str> = Vec::new();
        let mut series = serde_json::Map::new();
        for (key, values) in &self.series(filter) {
            let at: Option<Vec<String>> =
                places.iter().zip(key).map(|(places, code)| Some(places.get(code.as_str())?.to_string())).collect();
            // Every code that a figure has is one of its dimension.
            let Some(at) = at else { continue };
            let measure = known.get(&key[3]).copied().unwrap_or_default();
            let place = measures.iter().position(|one| *one == measure).unwrap_or_else(|| {
                measures.push(measure);
                measures.len() - 1
            });
            let told = |(at, value): (&usize, &Decimal)| (at.to_string(), json!([exact(value)]));
            let observations: serde_json::Map<String, Value> = values.iter().map(told).collect();
            series.insert(at.join(":"), json!({ "attributes": [place], "observations": observations }));
        }
        let values = |all: &[(String, String)]| -> Vec<Value> {
            all.iter().map(|(code, name)| json!({ "id": code, "name": name })).collect()
        };
        let dimension = |(at, (one, say)): (usize, &(&str, &str))| json!({ "id": one, "name": say, "keyPosition": at, "role": null, "values": codes.get(at).map(|all| values(all)) });
        let periods: Vec<Value> =
            self.told.periods.iter().map(|period| json!({ "id": time(*period), "name": period.say() })).collect();
        let units: Vec<Value> = measures.iter().map(|one| json!({ "id": one, "name": one })).collect();
        json!({
            "header": {
                "id": format!("{}-{}", self.code(), self.now.as_second()), "test": self.told.ready.is_sample(),
                "prepared": self.prepared(), "sender": { "id": AGENCY, "name": "Cửa Việt" },
            },
            "structure": {
                "name": self.told.ready.file.name,
                "dimensions": {
                    "dataSet": [], "dataset": [],
                    "series": DIMENSIONS.iter().enumerate().map(dimension).collect::<Vec<_>>(),
                    "observation": [{ "id": TIME, "name": "Kỳ báo cáo", "keyPosition": DIMENSIONS.len(), "role": "time", "values": periods }],
                },
                "attributes": {
                    "dataSet": [], "dataset": [], "observation": [],
                    "series": [{ "id": MEASURE, "name": "Đơn vị tính", "role": null, "values": units }],
                },
            },
            "dataSets": [{ "action": "Replace", "series": series }],
        })
    }

    /// SDMX-CSV 1.0: a line for each figure.
    pub fn csv(&self, filter: &Filter) -> String {
        let heads = std::iter::once("DATAFLOW").chain(DIMENSIONS.iter().map(|one| one.0)).chain([TIME, VALUE, MEASURE]);
        let mut text = heads.collect::<Vec<_>>().join(",") + "\r\n";
        let flow = format!("{AGENCY}:{}({VERSION})", self.code());
        let measures = self.measures();
        for (key, values) in &self.series(filter) {
            for (at, value) in values {
                let Some(period) = self.told.periods.get(*at) else { continue };
                let (period, value) = (time(*period), value.to_string());
                let first = std::iter::once(flow.as_str()).chain(key.iter().map(String::as_str));
                let line: Vec<String> = first
                    .chain([period.as_str(), &value, measures.get(&key[3]).copied().unwrap_or_default()])
                    .map(quoted)
                    .collect();
                text += &(line.join(",") + "\r\n");
            }
        }
        text
    }
}

/// A number of JSON: readers take it as one of fifteen digits.
fn exact(value: &Decimal) -> Value {
    serde_json::from_str(&value.to_string()).unwrap_or(Value::Null)
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn concept(xml: &mut Xml, id: &str) -> Written {
    let all = [
        ("id", id),
        ("maintainableParentID", "CONCEPTS"),
        ("maintainableParentVersion", VERSION),
        ("agencyID", AGENCY),
        ("package", "conceptscheme"),
        ("class", "Concept"),
    ];
    xml.create_element("str:ConceptIdentity")
        .write_inner_content(|xml| xml.create_element("Ref").with_attributes(all).write_empty().map(drop))
        .map(drop)
}

fn represented(xml: &mut Xml, inside: impl FnOnce(&mut Xml) -> Written) -> Written {
    xml.create_element("str:LocalRepresentation").write_inner_content(inside).map(drop)
}

fn format(xml: &mut Xml, kind: &str) -> Written {
    xml.create_element("str:TextFormat").with_attribute(("textType", kind)).write_empty().map(drop)
}
