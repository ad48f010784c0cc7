//! Signing in at the province's own sign-in system (đăng nhập chung), by configuration: OpenID Connect, the
//! authorization code with PKCE S256.
//!
//! ```text
//! begin ── browser ──> provider ── browser, code + state ──> finish ── code + PKCE ──> ID token, verified
//!   └─ Pending in a short-lived HttpOnly cookie ────────────────┘          │
//!                                          account by "issuer|sub", at first by verified e-mail ──> sign_in::enter
//! ```
//!
//! Left out on purpose: making accounts for whomever the provider knows (an administrator does that), signing out at
//! the provider, refresh tokens (our own session decides how long one is in).

mod provider;
mod words;

use crate::account::{account_by_subject, accounts_by_email, bind_subject};
use crate::sign_in::{self, Outcome, themselves};
use crate::{Account, Failure};
use base::Timestamp;
use data_encoding::BASE64URL_NOPAD;
use db::{Db, Tx};
use openidconnect::core::{CoreAuthenticationFlow, CoreGenderClaim, CoreIdTokenClaims, CoreTokenResponse};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClaimsVerificationError, CsrfToken, EmptyAdditionalClaims, EndUserEmail,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, Scope, SignatureVerificationError,
    SubjectIdentifier, TokenResponse, UserInfoClaims,
};
use provider::{Keys, Provider};
use serde_json::Value;
use std::sync::Arc;
use words::No;

pub use openidconnect::url::Url;

/// What the configuration says of the provider.
#[derive(Clone)]
pub struct OidcSettings {
    /// As the provider names itself, to the letter: `https://dangnhap.tinh.gov.vn/realms/can-bo`.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// The page of ours that the provider sends the browser back to.
    pub redirect_url: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
}

/// Somebody as the provider knows them, who need have no account here: a citizen.
#[derive(Clone, Debug)]
pub struct Known {
    /// Issuer and the person's id there: "https://…|0123".
    pub subject: String,
    /// All that it says of them, of the ID token and of its page for the bearer of the access token.
    pub claims: serde_json::Map<String, Value>,
}

impl Known {
    /// A claim as text; empty where it is not told.
    pub fn text(&self, claim: &str) -> String {
        match self.claims.get(claim) {
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }
}

/// Claims that the standard does not name.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Others(serde_json::Map<String, Value>);
impl AdditionalClaims for Others {}

/// What this browser must remember between [`Oidc::begin`] and [`Oidc::finish`]: in an HttpOnly, SameSite=Lax cookie
/// of ten minutes, which the answer takes away again.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub struct Pending {
    pub state: String,
    pub nonce: String,
    pub pkce: String,
}

/// The provider as this site knows it. Cheap to clone.
#[derive(Clone)]
pub struct Oidc(Arc<Provider>);

impl Oidc {
    /// Takes the settings. The provider itself is asked when the first person comes, so that a site starts although
    /// its provider is down; what it says is kept for an hour.
    pub fn discover(settings: &OidcSettings) -> Result<Oidc, Failure> {
        Provider::new(settings).map(|provider| Oidc(Arc::new(provider)))
    }

    /// The address to send the browser to, and what to remember until it comes back.
    pub async fn begin(&self) -> Result<(Url, Pending), Failure> {
        let client = self.0.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(self.0.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .url();
        let pending =
            Pending { state: state.into_secret(), nonce: nonce.secret().clone(), pkce: verifier.into_secret() };
        Ok((url, pending))
    }

    /// The browser is back with `code` and `state`: who is it?
    pub async fn finish(
        &self,
        db: &Db,
        pending: &Pending,
        code: &str,
        state: &str,
        now: Timestamp,
    ) -> Result<Outcome, Failure> {
        match self.identify(db, pending, code, state, now).await {
            Ok(outcome) => Ok(outcome),
            Err(No::Said(refusal)) => Ok(Outcome::No(refusal)),
            Err(No::Failed(failure)) => Err(failure),
        }
    }

    /// The browser is back: who is it, by the provider alone? Refused in words where that cannot be believed.
    pub async fn who(&self, pending: &Pending, code: &str, state: &str, now: Timestamp) -> Result<Known, Failure> {
        match self.known(pending, code, state, now).await {
            Ok(known) => Ok(known),
            Err(No::Said(refusal)) => Err(refusal.into()),
            Err(No::Failed(failure)) => Err(failure),
        }
    }

    async fn known(&self, pending: &Pending, code: &str, state: &str, now: Timestamp) -> Result<Known, No> {
        if state != pending.state {
            return Err(words::other_state());
        }
        let answer = self.exchange(pending, code).await?;
        let claims = self.believe(&answer, pending, now).await?;
        let subject = format!("{}|{}", claims.issuer().as_str(), claims.subject().as_str());
        // The token was believed above; here it is only read again, for the claims that the standard does not name.
        let token = answer.id_token().map(ToString::to_string).unwrap_or_default();
        let body = token.split('.').nth(1).and_then(|part| BASE64URL_NOPAD.decode(part.as_bytes()).ok());
        let mut all: serde_json::Map<String, Value> =
            body.and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_default();
        match self.user_info::<Others>(&answer, claims.subject()).await.map(serde_json::to_value) {
            Ok(Ok(Value::Object(told))) => all.extend(told),
            Ok(_) => {}
            Err(why) => tracing::warn!(why, "the OIDC provider tells nothing beside its ID token"),
        }
        Ok(Known { subject, claims: all })
    }

    async fn identify(
        &self,
        db: &Db,
        pending: &Pending,
        code: &str,
        state: &str,
        now: Timestamp,
    ) -> Result<Outcome, No> {
        if state != pending.state {
            return Err(words::other_state());
        }
        let answer = self.exchange(pending, code).await?;
        let claims = self.believe(&answer, pending, now).await?;
        let subject = format!("{}|{}", claims.issuer().as_str(), claims.subject().as_str());
        // A stranger's e-mail is asked for before the transaction begins: nobody waits for another house's answer.
        let known = account_by_subject(&mut db.read().await?, &subject).await?;
        let email = if known.is_some() { None } else { self.verified_email(&answer, &claims).await };
        let mut tx = db.begin().await?;
        let id = match account_by_subject(&mut tx, &subject).await? {
            Some(account) => account.id,
            None => first_time(&mut tx, &subject, email, now).await?.id,
        };
        let outcome = sign_in::enter(&mut tx, id, now).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    async fn exchange(&self, pending: &Pending, code: &str) -> Result<CoreTokenResponse, No> {
        let client = self.0.client().await?;
        let request =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|error| words::unfit(&error))?;
        let verifier = PkceCodeVerifier::new(pending.pkce.clone());
        request
            .set_pkce_verifier(verifier)
            .request_async(&self.0.http())
            .await
            .map_err(|error| words::not_exchanged(&error))
    }

    /// Verifies the ID token: signature, issuer, audience, nonce, and that it still holds.
    async fn believe(
        &self,
        answer: &CoreTokenResponse,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<CoreIdTokenClaims, No> {
        let token = answer.id_token().ok_or_else(|| words::unbelievable(&"no ID token"))?;
        let nonce = Nonce::new(pending.nonce.clone());
        let unknown_key = ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey);
        let mut read = token.claims(&self.0.verifier(Keys::Kept).await?, &nonce).cloned();
        if read.as_ref().is_err_and(|error| *error == unknown_key) {
            // The provider has changed its keys since we asked.
            read = token.claims(&self.0.verifier(Keys::Fresh).await?, &nonce).cloned();
        }
        let claims = read.map_err(|error| words::unbelievable(&error))?;
        // The library looks at the clock of the machine; here every hour is the one taken at the door.
        if claims.expiration().timestamp() <= now.as_second() {
            return Err(words::unbelievable(&"the ID token has expired"));
        }
        Ok(claims)
    }

    /// The e-mail, if the provider says that it is verified. Many tell it only to whoever asks with the access token.
    async fn verified_email(&self, answer: &CoreTokenResponse, claims: &CoreIdTokenClaims) -> Option<String> {
        if claims.email().is_some() {
            return verified(claims.email(), claims.email_verified());
        }
        match self.user_info::<EmptyAdditionalClaims>(answer, claims.subject()).await {
            Ok(told) => verified(told.email(), told.email_verified()),
            Err(why) => {
                tracing::warn!(why, "the OIDC provider does not tell the e-mail");
                None
            }
        }
    }

    async fn user_info<A: AdditionalClaims>(
        &self,
        answer: &CoreTokenResponse,
        subject: &SubjectIdentifier,
    ) -> Result<UserInfoClaims<A, CoreGenderClaim>, String> {
        let client = self.0.client().await.map_err(|failure| failure.to_string())?;
        let request = client
            .user_info(answer.access_token().clone(), Some(subject.clone()))
            .map_err(|error| error.to_string())?;
        request.request_async(&self.0.http()).await.map_err(|error| provider::chain(&error))
    }
}

fn verified(email: Option<&EndUserEmail>, verified: Option<bool>) -> Option<String> {
    email.filter(|_| verified == Some(true)).map(|email| email.as_str().to_owned())
}

/// Somebody the house has not seen: the one open account with this e-mail is theirs from now on.
async fn first_time(tx: &mut Tx, subject: &str, email: Option<String>, now: Timestamp) -> Result<Account, No> {
    let Some(email) = email else { return Err(words::unverified()) };
    let found = accounts_by_email(tx, &email).await?;
    let all_closed = !found.is_empty() && found.iter().all(|account| account.closed);
    let mut open = found.into_iter().filter(|account| !account.closed);
    match (open.next(), open.next()) {
        (Some(_), Some(_)) => Err(words::shared(&email)),
        (None, _) if all_closed => Err(No::Said(sign_in::closed())),
        (None, _) => Err(words::stranger(&email)),
        (Some(account), None) => match bind_subject(tx, &themselves(&account, now), account.id, subject).await? {
            true => Ok(account),
            false => Err(words::bound_to_another(&email)),
        },
    }
}
