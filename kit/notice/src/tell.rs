//! Telling: in the transaction of the deed that is told of, so that nobody hears of what did not happen.

use crate::model::{Placed, TOLD_DAYS};
use crate::template::{Said, Values, render};
use crate::{NoticeId, Receiver, Status, Way, words};
use base::Timestamp;
use db::{DbError, Tx, args, fresh_id, sql};
use jiff::SignedDuration;
use journal::About;
use people::Failure;

sql! {
    ADD = "insert into notice (id, template, way, account, address, subject, body, link, about_kind, about, once, at, \
           status, due, until, problem, ended) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, $14, $15, $16) on conflict do nothing";
}

/// What is to be told.
#[derive(Clone, Debug)]
pub struct News<'a> {
    /// The code of a template: "dossier.received".
    pub template: &'a str,
    pub values: Values,
    /// The record it is about, so that its page can show what was told: [`of`](crate::of).
    pub about: Option<About>,
    /// With a key, a receiver is told once for it, however often this is called: "due-soon/{id}/{day}" of a job that may
    /// run again.
    pub once: Option<String>,
}

/// What is to be told, already in words: made before the transaction of its deed, so that nobody waits for it.
#[derive(Clone, Debug)]
pub struct Letter {
    said: Said,
    about: Option<About>,
    once: Option<String>,
    to: Vec<Receiver>,
}

impl News<'_> {
    pub fn letter(self, to: Vec<Receiver>) -> Result<Letter, Failure> {
        Ok(Letter { said: render(self.template, &self.values)?, about: self.about, once: self.once, to })
    }
}

/// [`tell`] of what is in words already.
pub async fn send(tx: &mut Tx, now: Timestamp, letter: &Letter) -> Result<Vec<NoticeId>, DbError> {
    put(tx, now, &letter.said, letter.about.as_ref(), letter.once.as_deref(), &letter.to).await
}

/// Tells each receiver. What goes out waits in the table for [`send_due`](crate::send_due). An address that is none is
/// written down as failed and stops nothing. Gives the new notices, without those that `once` kept back.
///
/// No line in the journal: the deed that is told of has written its own.
pub async fn tell(tx: &mut Tx, now: Timestamp, news: &News<'_>, to: &[Receiver]) -> Result<Vec<NoticeId>, Failure> {
    let said = render(news.template, &news.values)?;
    Ok(put(tx, now, &said, news.about.as_ref(), news.once.as_deref(), to).await?)
}

/// The same with what is rendered already: for [`digest`](crate::digest()).
pub async fn put(
    tx: &mut Tx,
    now: Timestamp,
    said: &Said,
    about: Option<&About>,
    once: Option<&str>,
    to: &[Receiver],
) -> Result<Vec<NoticeId>, DbError> {
    let mut told = Vec::new();
    for receiver in to {
        let id = fresh_id::<NoticeId>();
        let Placed { way, account, address, problem } = receiver.placed();
        let body = match way {
            Way::Page => said.text.clone(),
            Way::Mail => words::mail(&said.text, &said.link),
            Way::Text => said.short.clone(),
        };
        let status = match (way, problem) {
            (Way::Page, _) => Status::Kept,
            (_, Some(_)) => Status::Failed,
            (_, None) => Status::Waiting,
        };
        let until = now + SignedDuration::from_hours(24 * TOLD_DAYS);
        let ended = (status == Status::Failed).then_some(now);
        let (about_kind, about_id) = (about.map(|about| about.kind), about.map(|about| about.id.as_str()));
        let row = args![
            id,
            &said.template,
            way,
            account,
            address,
            &said.subject,
            body,
            &said.link,
            about_kind,
            about_id,
            once,
            now,
            status,
            until,
            problem,
            ended
        ];
        if tx.exec(ADD, row).await? == 1 {
            told.push(id);
        }
    }
    Ok(told)
}
