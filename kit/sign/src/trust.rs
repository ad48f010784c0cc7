//! Whether a certificate comes from one of the roots that the house trusts (RFC 5280, 6, without revocation).
//!
//! Revocation is not asked for: level B-B carries nothing about it, and the house calls nobody outside unasked. Who
//! must know goes to the CA, whose lists are named in the certificate.

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::cert::Cert;

/// What is known of where a certificate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// From one of the given roots.
    Trusted,
    /// From none of them.
    Unknown,
    /// No roots were given.
    NotAsked,
}

/// Intermediate CAs at most; the country's tree has two.
const DEEPEST: usize = 6;
/// Signatures checked at most: a stranger's file may bring a thousand certificates of one name.
const MOST_CHECKS: usize = 64;

/// A certificate and those that lead up from it, as far as they are there.
pub(crate) fn in_order<'a>(own: &'a Cert, all: &'a [Cert]) -> Vec<&'a Cert> {
    let mut chain = vec![own];
    while let Some(last) = chain.last().filter(|_| chain.len() <= DEEPEST)
        && let Some(next) =
            all.iter().find(|cert| last.is_signed_by(cert) && chain.iter().all(|one| one.der != cert.der))
    {
        chain.push(next);
    }
    chain
}

/// Whether `own` comes from a root, all valid at that moment and allowed to do what they did.
pub(crate) fn of(own: &Cert, others: &[Cert], roots: &[Cert], at: Timestamp) -> Trust {
    if roots.is_empty() {
        return Trust::NotAsked;
    }
    let mut walk = Walk { others, roots, at, checks: MOST_CHECKS };
    match own.may_sign() && own.is_valid_at(at) && is_understood(own) && walk.leads_to_root(own, 0) {
        true => Trust::Trusted,
        false => Trust::Unknown,
    }
}

struct Walk<'a> {
    others: &'a [Cert],
    roots: &'a [Cert],
    at: Timestamp,
    checks: usize,
}

impl Walk<'_> {
    /// `below`: how many CAs stand between this certificate's issuer and the signer.
    fn leads_to_root(&mut self, cert: &Cert, below: usize) -> bool {
        if self.roots.iter().any(|root| root.der == cert.der) {
            return true;
        }
        let (others, roots) = (self.others, self.roots);
        // A root is trusted for what it is: it needs no extension that says it is a CA (RFC 5280, 6.1.1 d).
        if roots.iter().any(|root| root.is_valid_at(self.at) && self.is_signed(cert, root)) {
            return true;
        }
        below < DEEPEST
            && others.iter().any(|next| {
                next.der != cert.der
                    && next.may_issue(below)
                    && next.is_valid_at(self.at)
                    && is_understood(next)
                    && self.is_signed(cert, next)
                    && self.leads_to_root(next, below + 1)
            })
    }

    fn is_signed(&mut self, cert: &Cert, issuer: &Cert) -> bool {
        if cert.issuer() != issuer.subject() || self.checks == 0 {
            return false;
        }
        self.checks -= 1;
        cert.is_signed_by(issuer)
    }
}

/// Extensions whose limits are kept here, or that limit nothing about signing a document.
const UNDERSTOOD: [&str; 5] = ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.32", "2.5.29.37"];

/// A critical extension that is not understood forbids trust (RFC 5280, 4.2).
fn is_understood(cert: &Cert) -> bool {
    let critical = cert.extensions().iter().filter(|one| one.critical);
    critical.map(|one| one.extn_id.to_string()).all(|oid| UNDERSTOOD.contains(&oid.as_str()))
}
