//! The report service as provinces already ask each other: offices, indicators, values; in an envelope of data, error and total.
//!
//! Kinds of figures are 1 to 4 (plan, estimate, actual, official); periods 1–12 months, 13–16 quarters, 17 and 18 half-years, 20 the
//! year. 19 stands for nine months here: the service that this follows leaves it out.

use crate::actions::{self, Observation, ToldOut};
use axum::extract::Query;
use base::Refusal;
use indicator::{Kind, Nature, Period};
use people::{Failure, Unit};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Body, Caller, JsonAnswer, json as answer_json};

/// Lines a page at most.
const MOST: usize = 200;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub struct Wanted {
    office_code: String,
    indicator_code: String,
    data_type_id: u8,
    period_id: i8,
    data_year: i16,
    page: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    office_code: String,
    #[serde(default)]
    indicator_codes: Vec<String>,
    data_type_id: u8,
    period_id: i8,
    data_year: i16,
    #[serde(default)]
    page: usize,
}

/// A page of what there is, and how many there are.
fn enveloped(all: Vec<Value>, page: usize) -> JsonAnswer {
    let total = all.len();
    let data: Vec<Value> = all.into_iter().skip(page.saturating_sub(1).saturating_mul(MOST)).take(MOST).collect();
    answer_json(&json!({ "data": data, "error": null, "total": total }), None)
}

fn period(id: i8, year: i16) -> Option<Period> {
    match id {
        1..=12 => Period::new(Kind::Month, year, id),
        13..=16 => Period::new(Kind::Quarter, year, id - 12),
        17 | 18 => Period::new(Kind::HalfYear, year, id - 16),
        19 => Period::new(Kind::NineMonths, year, 1),
        20 => Period::new(Kind::Year, year, 1),
        _ => None,
    }
}

/// The code of an office: that of QCVN 102:2016, else its name in data files.
fn code(unit: &Unit) -> &str {
    unit.code_old.as_deref().unwrap_or(&unit.key)
}

/// What was told by every regime that the caller's agency collects by.
async fn told(caller: &Caller, lets: impl Fn(Period) -> bool + Copy) -> Result<Vec<ToldOut>, Failure> {
    let mut conn = caller.site.db.read().await?;
    let mut all = Vec::new();
    for head in actions::regimes_in_force(&mut conn, &caller.scope).await? {
        all.extend(actions::told_out(&mut conn, &caller.scope, &head.code, lets).await?);
    }
    Ok(all)
}

pub async fn offices(caller: Caller, Query(wanted): Query<Wanted>) -> JsonAnswer {
    let mut all: Vec<(String, String)> = Vec::new();
    for told in told(&caller, |_| true).await? {
        for unit in told.units {
            let line = (code(&unit).to_owned(), unit.name.clone());
            if !all.contains(&line) {
                all.push(line);
            }
        }
    }
    let line = |(code, name): (String, String)| json!({ "Code": code, "Name": name });
    enveloped(all.into_iter().map(line).collect(), wanted.page)
}

/// Indicators, each with those that it is worked out from.
pub async fn tree(caller: Caller, Query(wanted): Query<Wanted>) -> JsonAnswer {
    let mut all = Vec::new();
    for told in told(&caller, |_| true).await? {
        let set = &told.ready.set;
        let line = |at: usize, parent: Option<&str>| {
            let one = set.indicators.get(at)?;
            Some(
                json!({ "id": format!("{}/{}", set.code, one.code), "code": one.code, "name": one.name, "parentCode": parent, "childrens": [] }),
            )
        };
        for (at, one) in set.indicators.iter().enumerate() {
            let Some(mut parent) = line(at, None) else { continue };
            let on = one.derived.as_ref().map(indicator::Derived::on).unwrap_or_default();
            parent["childrens"] = on.into_iter().filter_map(|on| line(on, Some(&one.code))).collect();
            all.push(parent);
        }
    }
    enveloped(all, wanted.page)
}

fn refuse(say: &str, field: &'static str) -> Failure {
    Refusal::new("report-service", say).at(field).into()
}

async fn found(caller: &Caller, asked: &Asked) -> Result<Vec<Value>, Failure> {
    let nature = Nature::numbered(asked.data_type_id)
        .ok_or_else(|| refuse("dataTypeId từ 1 đến 4: kế hoạch, ước tính, thực hiện, chính thức.", "dataTypeId"))?;
    let period = period(asked.period_id, asked.data_year).ok_or_else(|| {
        refuse("periodId: 1-12 tháng, 13-16 quý, 17-18 nửa năm, 19 chín tháng, 20 cả năm.", "periodId")
    })?;
    let mut values = Vec::new();
    for told in told(caller, |one| one == period).await? {
        let Some(unit) = told.units.iter().find(|unit| code(unit) == asked.office_code) else { continue };
        let is_asked = |one: &&Observation| {
            let codes = &asked.indicator_codes;
            let is_code = codes.is_empty() || codes.contains(&one.name.indicator);
            one.unit == unit.key && one.name.nature == nature && one.name.part.is_none() && is_code
        };
        let mut all: Vec<&Observation> = told.observations.iter().filter(is_asked).collect();
        // Of an agency that adds up others, the whole is its figure.
        all.sort_by_key(|one| (&one.name.indicator, !one.is_whole));
        all.dedup_by_key(|one| &one.name.indicator);
        let measure =
            |indicator: &str| told.ready.set.indicators.iter().find(|one| one.code == indicator).map(|one| &one.unit);
        values.extend(all.into_iter().map(|one| {
            json!({ "indicatorCode": one.name.indicator, "unit": measure(&one.name.indicator), "value": one.value.to_string() })
        }));
    }
    Ok(values)
}

fn asked(wanted: Wanted) -> Asked {
    let codes = wanted.indicator_code.split(',').map(str::trim).filter(|code| !code.is_empty());
    Asked {
        indicator_codes: codes.map(str::to_owned).collect(),
        office_code: wanted.office_code,
        data_type_id: wanted.data_type_id,
        period_id: wanted.period_id,
        data_year: wanted.data_year,
        page: wanted.page,
    }
}

pub async fn values(caller: Caller, Query(wanted): Query<Wanted>) -> JsonAnswer {
    let asked = asked(wanted);
    enveloped(found(&caller, &asked).await?, asked.page)
}

/// The same with many codes; it changes nothing, but wants a key that may write, as every POST does.
pub async fn values_of(caller: Caller, Body(asked): Body<Asked>) -> JsonAnswer {
    enveloped(found(&caller, &asked).await?, asked.page)
}

pub async fn has_data(caller: Caller, Query(wanted): Query<Wanted>) -> JsonAnswer {
    let found = found(&caller, &asked(wanted)).await?;
    answer_json(&json!({ "data": !found.is_empty(), "error": null, "total": found.len() }), None)
}
