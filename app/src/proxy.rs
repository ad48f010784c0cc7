//! Who speaks for others: only a proxy in a configured range may say whose request it passes on.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

/// A range of addresses: `10.0.0.0/8`, `::1/128`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u32,
}

impl FromStr for Network {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr = base.parse().map_err(drop)?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(drop))?;
        if bits > most { Err(()) } else { Ok(Network { base, bits }) }
    }
}

impl Network {
    pub fn contains(&self, address: IpAddr) -> bool {
        // An IPv4 client of an IPv6 socket comes as ::ffff:10.0.0.1.
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                same_head(u32::from(base).into(), u32::from(address).into(), 32, self.bits)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => same_head(base.into(), address.into(), 128, self.bits),
            _ => false,
        }
    }
}

fn same_head(one: u128, other: u128, width: u32, bits: u32) -> bool {
    bits == 0 || (one ^ other) >> (width - bits) == 0
}

/// The address of whoever asks: the peer's, or the one a trusted proxy names.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    pub address: Option<IpAddr>,
    /// Passed on by somebody, trusted or not.
    pub forwarded: bool,
}

impl Client {
    /// Asked from this very machine, by nobody for somebody else.
    pub fn is_local(&self) -> bool {
        !self.forwarded && self.address.is_some_and(|address| address.to_canonical().is_loopback())
    }
}

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const CLAIMS: [&str; 6] =
    ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip", "forwarded"];

/// Puts the [`Client`] into the request, and takes away what an untrusted peer claims.
pub async fn trust(State(trusted): State<Arc<Vec<Network>>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let headers = request.headers_mut();
    let forwarded = CLAIMS.iter().any(|name| headers.contains_key(*name));
    let mut address = peer;
    if peer.is_some_and(is_trusted) {
        // From the right: each proxy appends whom it saw; the first that is not one of ours is the client.
        let chain = headers.get_all(FOR).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
        let named = chain.rsplit(',').map_while(|part| part.trim().parse::<IpAddr>().ok());
        for one in named {
            address = Some(one);
            if !is_trusted(one) {
                break;
            }
        }
    } else {
        for name in CLAIMS {
            headers.remove(name);
        }
    }
    // What further in asks for the peer (a session, a cap by address) means whoever asks, not our own proxy.
    if let Some(address) = address {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    request.extensions_mut().insert(Client { address, forwarded });
    next.run(request).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Network;

    #[test]
    fn a_range_holds_its_own() {
        let cases = [
            ("10.0.0.0/8", "10.255.1.2", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("127.0.0.1", "127.0.0.2", false),
            ("fd00::/8", "fd12::1", true),
            ("::1/128", "::2", false),
        ];
        for (range, address, expected) in cases {
            let network: Network = range.parse().unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), expected, "{range} {address}");
        }
        assert!("10.0.0.0/33".parse::<Network>().is_err());
        assert!("may-chu".parse::<Network>().is_err());
    }
}
