//! Figures of operation, in the text form that Prometheus reads. A register of our own: a dozen series need no library.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::Instrument;

/// Upper bounds of the histogram, in seconds.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What has been counted since the start.
#[derive(Default)]
pub struct Metrics(Mutex<BTreeMap<Series, Count>>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Series {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Default)]
struct Count {
    requests: u64,
    seconds: f64,
    /// How many ended within each bound, and not within the one before.
    within: [u64; BOUNDS.len()],
}

impl Metrics {
    fn add(&self, series: Series, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(series).or_default();
        let seconds = took.as_secs_f64();
        count.requests += 1;
        count.seconds += seconds;
        if let Some(at) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            count.within[at] += 1;
        }
    }

    /// All series of requests.
    pub fn requests(&self) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::from(
            "# HELP cuaviet_http_requests_total Requests answered.\n# TYPE cuaviet_http_requests_total counter\n",
        );
        for (series, count) in all.iter() {
            let _ = writeln!(text, "cuaviet_http_requests_total{{{}}} {}", labels(series), count.requests);
        }
        text += "# HELP cuaviet_http_request_seconds Time to answer.\n# TYPE cuaviet_http_request_seconds histogram\n";
        for (series, count) in all.iter() {
            let labels = labels(series);
            let mut sum = 0;
            for (bound, within) in BOUNDS.iter().zip(count.within) {
                sum += within;
                let _ = writeln!(text, "cuaviet_http_request_seconds_bucket{{{labels},le=\"{bound}\"}} {sum}");
            }
            let _ = writeln!(text, "cuaviet_http_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}", count.requests);
            let _ = writeln!(text, "cuaviet_http_request_seconds_sum{{{labels}}} {}", count.seconds);
            let _ = writeln!(text, "cuaviet_http_request_seconds_count{{{labels}}} {}", count.requests);
        }
        text
    }
}

fn labels(series: &Series) -> String {
    format!("route=\"{}\",method=\"{}\",status=\"{}\"", series.route, series.method, series.status)
}

/// One figure with its meaning; `labels` is empty or `name="value"`.
pub fn gauge(text: &mut String, name: &str, help: &str, values: &[(String, i64)]) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
    for (labels, value) in values {
        let _ = match labels.is_empty() {
            true => writeln!(text, "{name} {value}"),
            false => writeln!(text, "{name}{{{labels}}} {value}"),
        };
    }
}

/// Bytes of this process in memory, where the host tells.
pub fn resident() -> Option<i64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<i64>().ok().map(|kib| kib * 1024)
}

/// Counts a request and writes its line in the log: the route as the table has it, never the address with its words.
pub async fn watch(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = known(request.method());
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let span = tracing::info_span!("request", id, method, route);
    let begun = Instant::now();
    let answer = next.run(request).instrument(span.clone()).await;
    let (status, took) = (answer.status(), begun.elapsed());
    let _inside = span.enter();
    let ms = u64::try_from(took.as_micros()).unwrap_or(u64::MAX) as f64 / 1000.0;
    match status {
        status if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE => {
            tracing::error!(status = status.as_u16(), ms, "answered");
        }
        status => tracing::info!(status = status.as_u16(), ms, "answered"),
    }
    drop(_inside);
    metrics.add(Series { route, method, status: status.as_u16() }, took);
    answer
}

/// A stranger may send any word as a method; the register must not grow by it.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_counts_all_below_it() {
        let metrics = Metrics::default();
        let series = Series { route: "/".into(), method: "GET", status: 200 };
        for ms in [3, 30, 30, 20_000] {
            metrics.add(series.clone(), Duration::from_millis(ms));
        }
        let text = metrics.requests();
        let bucket = |le: &str| {
            format!("cuaviet_http_request_seconds_bucket{{route=\"/\",method=\"GET\",status=\"200\",le=\"{le}\"}}")
        };
        for (le, count) in [("0.005", 1), ("0.025", 1), ("0.05", 3), ("10", 3), ("+Inf", 4)] {
            assert!(text.contains(&format!("{} {count}\n", bucket(le))), "{le}: {text}");
        }
    }
}
