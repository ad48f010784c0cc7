//! SDMX 2.1 as its REST doors have it, and ADX. Which form is answered is asked by `Accept`, or by `?format=json|csv|xml`.

use crate::actions::{self, ToldOut};
use crate::formats::adx as written;
use crate::formats::sdmx::{self, Filter, Flow};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base::{Date, Refusal};
use indicator::Period;
use people::Failure;
use serde::Deserialize;
use web::{Caller, JsonAnswer};

const STRUCTURE: &str = "application/vnd.sdmx.structure+xml;version=2.1";
const GENERIC: &str = "application/vnd.sdmx.genericdata+xml;version=2.1";
const JSON: &str = "application/vnd.sdmx.data+json;version=1.0.0";
const CSV: &str = "application/vnd.sdmx.data+csv;version=1.0.0;charset=utf-8";

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    #[serde(rename = "startPeriod")]
    from: String,
    #[serde(rename = "endPeriod")]
    to: String,
    format: String,
}

fn answer(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

fn broken(error: &std::io::Error) -> Failure {
    Failure::Broken(error.to_string())
}

/// The day that a bound of time begins or ends with: a day, a month, or a period of ours.
fn bound(text: &str, is_end: bool, name: &'static str) -> Result<Option<Date>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(day) = text.parse::<Date>() {
        return Ok(Some(day));
    }
    let period: Period = text.replace("-S", "-H").parse().map_err(|_: Refusal| {
        Refusal::new(
            "period",
            format!("Không hiểu mốc thời gian “{text}”. Viết như 2026, 2026-Q1, 2026-11 hoặc 2026-11-30."),
        )
        .at(name)
    })?;
    let days = period.days(indicator::Closing::LAST_DAY);
    Ok(days.map(|(from, after)| if is_end { after.yesterday().unwrap_or(after) } else { from }))
}

/// By the months that a period is named by, whatever the day on which its figures were closed.
async fn told(caller: &Caller, flow: &str, wanted: &Wanted) -> Result<ToldOut, Failure> {
    // `CUAVIET,cchc-quy,1.0` is the same as `cchc-quy`.
    let code = flow.split(',').nth(1).unwrap_or(flow);
    let (from, to) = (bound(&wanted.from, false, "startPeriod")?, bound(&wanted.to, true, "endPeriod")?);
    let lets = |period: Period| {
        let Some((first, after)) = period.days(indicator::Closing::LAST_DAY) else { return false };
        from.is_none_or(|from| from < after) && to.is_none_or(|to| first <= to)
    };
    let mut conn = caller.site.db.read().await?;
    // A dataflow's identifier has a low line where the regime's code has a dot.
    let regimes = actions::regimes_in_force(&mut conn, &caller.scope).await?;
    let known = regimes.iter().find(|head| head.code == code || sdmx::id(&head.code) == code);
    let code = known.map_or(code, |head| head.code.as_str());
    actions::told_out(&mut conn, &caller.scope, code, lets).await?.ok_or(Failure::NotFound)
}

async fn structured(caller: Caller, flow: &str) -> JsonAnswer {
    let told = told(&caller, flow, &Wanted::default()).await?;
    let text = Flow { told: &told, now: caller.scope.now }.structure().map_err(|error| broken(&error))?;
    Ok(answer(STRUCTURE, text))
}

pub async fn structure(caller: Caller, Path((_, flow)): Path<(String, String)>) -> JsonAnswer {
    structured(caller, &flow).await
}

/// The latest is the only one that is served: an edition's structure is that of the figures in force.
pub async fn structure_of(caller: Caller, Path((_, flow, _)): Path<(String, String, String)>) -> JsonAnswer {
    structured(caller, &flow).await
}

pub async fn all(caller: Caller, Path(flow): Path<String>, wanted: Query<Wanted>, headers: HeaderMap) -> JsonAnswer {
    data(caller, (&flow, "all"), wanted.0, &headers).await
}

pub async fn some(
    caller: Caller,
    Path((flow, key)): Path<(String, String)>,
    wanted: Query<Wanted>,
    headers: HeaderMap,
) -> JsonAnswer {
    data(caller, (&flow, &key), wanted.0, &headers).await
}

async fn data(caller: Caller, (flow, key): (&str, &str), wanted: Wanted, headers: &HeaderMap) -> JsonAnswer {
    let filter = Filter::of(key).ok_or_else(|| {
        let say = "Khoá gồm sáu mã cách nhau bằng dấu chấm (FREQ.UNIT.LEVEL.INDICATOR.PART.NATURE), mã nào không lọc thì để trống.";
        Failure::from(Refusal::new("key", say).at("key"))
    })?;
    let told = told(&caller, flow, &wanted).await?;
    let flow = Flow { told: &told, now: caller.scope.now };
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Ok(match wanted.format.as_str() {
        "json" => answer(JSON, flow.json(&filter).to_string()),
        "csv" => answer(CSV, flow.csv(&filter)),
        "" if accepts.contains("json") => answer(JSON, flow.json(&filter).to_string()),
        "" if accepts.contains("csv") => answer(CSV, flow.csv(&filter)),
        _ => answer(GENERIC, flow.data(&filter).map_err(|error| broken(&error))?),
    })
}

/// All that was told by a regime, as ADX.
pub async fn adx(caller: Caller, Path(code): Path<String>, wanted: Query<Wanted>) -> JsonAnswer {
    let told = told(&caller, &code, &wanted.0).await?;
    let text = written::write(&told, caller.scope.now).map_err(|error| broken(&error))?;
    Ok(answer("application/adx+xml", text))
}
