//! What is known of the provider: asked for when it is needed, kept for an hour, asked again where keys changed.

use super::{OidcSettings, words};
use crate::Failure;
use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IssuerUrl, RedirectUrl, http,
};
use std::pin::Pin;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

const KEPT: Duration = Duration::from_secs(3600);
/// New keys are not asked for more often than this, or anybody with a forged token could make us knock.
const FRESH: Duration = Duration::from_secs(3);
/// How long what is known holds while the provider says nothing.
const ENDURED: Duration = Duration::from_secs(24 * 3600);
const TRIES: u32 = 3;
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer. Real ones have some thousands.
const LONGEST: usize = 1 << 20;

/// Signatures that only the provider can make: neither `none` nor those made with the secret we share with it.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

pub(super) type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// Which of the provider's keys will do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    Kept,
    Fresh,
}

pub(super) struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect: RedirectUrl,
    pub(super) scopes: Vec<String>,
    http: Http,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl Provider {
    pub fn new(settings: &OidcSettings) -> Result<Provider, Failure> {
        let bad = |say: &str| Failure::refused("oidc-settings", say);
        let issuer = IssuerUrl::new(settings.issuer.clone())
            .map_err(|_| bad("Địa chỉ hệ thống đăng nhập chung (issuer) không hợp lệ."))?;
        if !is_private(issuer.url()) {
            return Err(bad("Địa chỉ hệ thống đăng nhập chung (issuer) phải bắt đầu bằng https://."));
        }
        let redirect = RedirectUrl::new(settings.redirect_url.clone())
            .map_err(|_| bad("Địa chỉ quay về sau đăng nhập không hợp lệ."))?;
        Ok(Provider {
            issuer,
            client_id: ClientId::new(settings.client_id.clone()),
            client_secret: ClientSecret::new(settings.client_secret.clone()),
            redirect,
            scopes: settings.scopes.clone(),
            http: Http::new()?,
            known: Mutex::new(None),
        })
    }

    pub fn http(&self) -> Http {
        self.http.clone()
    }

    pub async fn client(&self) -> Result<Client, Failure> {
        let provider = self.metadata(Keys::Kept).await?;
        let by = auth_type(&provider);
        let client =
            CoreClient::from_provider_metadata(provider, self.client_id.clone(), Some(self.client_secret.clone()));
        Ok(client.set_redirect_uri(self.redirect.clone()).set_auth_type(by))
    }

    pub async fn verifier(&self, keys: Keys) -> Result<CoreIdTokenVerifier<'static>, Failure> {
        let provider = self.metadata(keys).await?;
        // The issuer of the settings: what the provider says of itself was compared with it when it was asked.
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.client_id.clone(),
            self.issuer.clone(),
            provider.jwks().clone(),
        );
        Ok(verifier.set_allowed_algs(SIGNATURES))
    }

    /// One asks, the others wait for the answer.
    async fn metadata(&self, keys: Keys) -> Result<CoreProviderMetadata, Failure> {
        let mut known = self.known.lock().await;
        let good_for = if keys == Keys::Fresh { FRESH } else { KEPT };
        if let Some((asked, provider)) = known.as_ref().filter(|(asked, _)| asked.elapsed() < good_for) {
            tracing::trace!(age = asked.elapsed().as_secs(), "the OIDC provider is known");
            return Ok(provider.clone());
        }
        let silent = match self.ask().await {
            Ok(provider) => return Ok(known.insert((Instant::now(), provider)).1.clone()),
            Err(silent) => silent,
        };
        if let Some((_, provider)) = known.as_ref().filter(|(asked, _)| asked.elapsed() < ENDURED) {
            // Better yesterday's keys than nobody let in.
            tracing::warn!(why = %silent, "the OIDC provider does not answer: what is known of it still holds");
            return Ok(provider.clone());
        }
        Err(match silent {
            Silent::Away(why) => words::away(&why),
            Silent::Unfit(why) => words::unfit(&why),
        })
    }

    async fn ask(&self) -> Result<CoreProviderMetadata, Silent> {
        let mut tried = 1;
        loop {
            match CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await {
                Ok(provider) => return Ok(provider),
                Err(DiscoveryError::Request(error)) if tried == TRIES => return Err(Silent::Away(chain(&error))),
                Err(DiscoveryError::Request(_)) => tokio::time::sleep(Duration::from_millis(200) * tried).await,
                // A proxy in front of a provider that is down answers too, but not for it.
                Err(DiscoveryError::Response(status, ..)) if status.is_server_error() => {
                    return Err(Silent::Away(status.to_string()));
                }
                Err(error) => return Err(Silent::Unfit(chain(&error))),
            }
            tried += 1;
        }
    }
}

/// Why a provider tells nothing of itself: it is not there, or it is not what the settings say.
#[derive(Debug, thiserror::Error)]
enum Silent {
    #[error("{0}")]
    Away(String),
    #[error("{0}")]
    Unfit(String),
}

/// Whether nobody can listen on the way: TLS, or this very machine (tests).
fn is_private(url: &openidconnect::url::Url) -> bool {
    use openidconnect::url::Host;
    let this_machine = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || this_machine
}

/// The secret travels in a header, as the standard has it where nothing else is said; in the form only for providers
/// that know nothing else.
fn auth_type(provider: &CoreProviderMetadata) -> AuthType {
    let said = provider.token_endpoint_auth_methods_supported();
    let knows = |method| said.is_some_and(|methods| methods.contains(&method));
    match knows(CoreClientAuthMethod::ClientSecretPost) && !knows(CoreClientAuthMethod::ClientSecretBasic) {
        true => AuthType::RequestBody,
        false => AuthType::BasicAuth,
    }
}

/// HTTP for the library: our reqwest (rustls with ring) rather than the one it would bring along. It follows no
/// redirect, or a provider could send our secret elsewhere.
#[derive(Clone)]
pub(super) struct Http(reqwest::Client);

#[derive(Debug, thiserror::Error)]
pub(super) enum Unreachable {
    #[error("{}", chain(.0))]
    Line(#[from] reqwest::Error),
    #[error(transparent)]
    Build(#[from] http::Error),
    #[error("the answer is longer than {LONGEST} bytes")]
    Long,
}

impl Http {
    fn new() -> Result<Http, Failure> {
        // The program's start does this too; without it reqwest would stop the program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build();
        client.map(Http).map_err(|error| Failure::Broken(chain(&error)))
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let mut answer = self.0.execute(reqwest::Request::try_from(request)?).await?;
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            body.extend_from_slice(&piece);
            if body.len() > LONGEST {
                return Err(Unreachable::Long);
            }
        }
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            *headers = std::mem::take(answer.headers_mut());
        }
        Ok(response.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Unreachable;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().send(request))
    }
}

/// An error with its causes: the outer text rarely says what happened.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |inner| inner.source())
        .fold(error.to_string(), |text, inner| format!("{text}: {inner}"))
}
