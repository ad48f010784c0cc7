//! The nouns: a notice, who is told and how, and where it stands.

use crate::words;
use base::Timestamp;
use db::{DbError, Row};
use people::AccountId;
use serde::Serialize;

db::id!(
    /// One notice to one receiver. It is the message's own id too (Message-ID, the gateway's key): who gets it twice can
    /// tell.
    NoticeId
);

/// A message is tried this often before it counts as failed; a try that was cut counts.
pub const MOST_TRIES: i64 = 8;
/// News older than this many days is not sent any more, not even once the partner is back: it would mislead.
pub const TOLD_DAYS: i64 = 3;
/// Notices in the page are kept this many days.
pub const KEPT_DAYS: i64 = 90;
/// What was sent, or failed, is kept this many days after that: it holds an address.
pub const SENT_DAYS: i64 = 30;

db::words! {
    /// How a notice reaches its receiver.
    Way {
        Page = "page", "trên trang";
        Mail = "mail", "thư điện tử";
        Text = "text", "tin nhắn";
    }
}

db::words! {
    /// Where a notice stands.
    Status {
        /// In the page: nothing more is to be done.
        Kept = "kept", "Trên trang";
        Waiting = "waiting", "Chờ gửi";
        Sent = "sent", "Đã gửi";
        Failed = "failed", "Không gửi được";
    }
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// In the page, by the bell.
    Account(AccountId),
    /// An e-mail address.
    Mail(String),
    /// A mobile number of Việt Nam, as people write it: "0905 123 456", "+84905123456".
    Phone(String),
}

/// A receiver as the table has it. An address that cannot be one is kept with the reason: it must not stop the deed that is
/// told of, and somebody should see it.
pub(crate) struct Placed {
    pub way: Way,
    pub account: Option<AccountId>,
    pub address: String,
    pub problem: Option<&'static str>,
}

impl Receiver {
    pub(crate) fn placed(&self) -> Placed {
        match self {
            Receiver::Account(id) => {
                Placed { way: Way::Page, account: Some(*id), address: String::new(), problem: None }
            }
            Receiver::Mail(typed) => {
                let address = typed.trim().to_owned();
                let problem = address.parse::<lettre::Address>().is_err().then_some(words::NO_MAIL_ADDRESS);
                Placed { way: Way::Mail, account: None, address, problem }
            }
            Receiver::Phone(typed) => match mobile(typed) {
                Some(address) => Placed { way: Way::Text, account: None, address, problem: None },
                None => Placed {
                    way: Way::Text,
                    account: None,
                    address: typed.trim().to_owned(),
                    problem: Some(words::NO_MOBILE),
                },
            },
        }
    }
}

/// The ten digits of a mobile number: those of Việt Nam begin with 03, 05, 07, 08 or 09 since 2018. A landline receives
/// no texts.
fn mobile(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && !".-()".contains(*c)).collect();
    let national = match digits.strip_prefix("+84").or_else(|| digits.strip_prefix("84").filter(|rest| rest.len() == 9))
    {
        Some(rest) => format!("0{rest}"),
        None => digits,
    };
    let is_mobile = national.len() == 10
        && national.bytes().all(|b| b.is_ascii_digit())
        && ["03", "05", "07", "08", "09"].iter().any(|prefix| national.starts_with(prefix));
    is_mobile.then_some(national)
}

/// A notice in somebody's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Notice {
    pub id: NoticeId,
    /// The code of its template.
    pub template: String,
    pub subject: String,
    pub body: String,
    /// Where to go; empty where there is nowhere.
    pub link: String,
    /// When it was told.
    pub at: Timestamp,
    pub read: Option<Timestamp>,
}

pub(crate) fn read_notice(row: &mut Row) -> Result<Notice, DbError> {
    Ok(Notice {
        id: row.pull()?,
        template: row.pull()?,
        subject: row.pull()?,
        body: row.pull()?,
        link: row.pull()?,
        at: row.pull()?,
        read: row.pull()?,
    })
}

/// An e-mail or a text and what became of it. Its address is shown in part only: who needs the whole opens the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outgoing {
    pub id: NoticeId,
    pub template: String,
    pub way: Way,
    /// "la•••@example.vn", "0905•••456"
    pub to: String,
    pub subject: String,
    /// The record it is about: its kind and id.
    pub about_kind: Option<String>,
    pub about: Option<String>,
    pub at: Timestamp,
    pub status: Status,
    pub tries: i64,
    /// Why the last try did not succeed, in Vietnamese.
    pub problem: Option<String>,
    /// When it was sent or given up.
    pub ended: Option<Timestamp>,
}

pub(crate) fn read_outgoing(row: &mut Row) -> Result<Outgoing, DbError> {
    Ok(Outgoing {
        id: row.pull()?,
        template: row.pull()?,
        way: row.pull()?,
        to: covered(&row.pull::<String>()?),
        subject: row.pull()?,
        about_kind: row.pull()?,
        about: row.pull()?,
        at: row.pull()?,
        status: row.pull()?,
        tries: row.pull()?,
        problem: row.pull()?,
        ended: row.pull()?,
    })
}

/// Enough of an address to know it again, not enough to learn it.
pub(crate) fn covered(address: &str) -> String {
    let (name, house) = address.split_once('@').map_or((address, None), |(name, house)| (name, Some(house)));
    let letters: Vec<char> = name.chars().collect();
    let first = if house.is_some() { 2 } else { 4 };
    let head: String = letters.iter().take(first.min(letters.len() / 2)).collect();
    match house {
        Some(house) => format!("{head}•••@{house}"),
        None => {
            let tail: String = letters.iter().skip(letters.len().saturating_sub(3).max(first)).collect();
            format!("{head}•••{tail}")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_mobile_number_is_read_as_people_write_it() {
        for typed in ["0905123456", " 0905 123 456", "0905.123.456", "+84905123456", "+84 905-123-456", "84905123456"] {
            assert_eq!(mobile(typed).as_deref(), Some("0905123456"), "{typed}");
        }
        for typed in
            ["", "0233852456", "02333852456", "090512345", "09051234567", "0905x23456", "+1 905123456", "٠٩٠٥١٢٣٤٥٦"]
        {
            assert_eq!(mobile(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_address_that_is_none_is_known_before_it_is_sent_to() {
        let problem = |to: Receiver| to.placed().problem.is_some();
        assert!(!problem(Receiver::Mail(" lan@example.vn ".into())));
        for typed in ["", "lan", "lan@", "lan@example.vn, minh@example.vn", "lan@example.vn\r\nBcc: x@example.vn"] {
            assert!(problem(Receiver::Mail(typed.into())), "{typed}");
        }
        assert!(problem(Receiver::Phone("0233852456".into())));
    }

    #[test]
    fn an_address_is_shown_in_part() {
        assert_eq!(covered("lan.nguyen@example.vn"), "la•••@example.vn");
        assert_eq!(covered("a@example.vn"), "•••@example.vn");
        assert_eq!(covered("0905123456"), "0905•••456");
        assert!(!covered("12345").contains("345"), "{}", covered("12345"));
        assert_eq!(covered(""), "•••");
    }
}
