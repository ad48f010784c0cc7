//! The morning's one message to a member of staff: how much of which work there is. Rendering only; who has how much is
//! the features' to count.

use crate::Said;
use base::{Date, day};

/// Work of one person this morning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Came in since yesterday.
    pub fresh: u32,
    pub due_today: u32,
    pub overdue: u32,
    pub to_sign: u32,
}

/// The message of a morning; none where there is nothing to do: a daily "0" teaches people not to read.
pub fn digest(counts: &Counts, today: Date, link: &str) -> Option<Said> {
    // The most pressing first: it is what the subject has room for.
    let all = [
        (counts.overdue, "quá hạn"),
        (counts.due_today, "đến hạn hôm nay"),
        (counts.to_sign, "chờ ký"),
        (counts.fresh, "mới nhận"),
    ];
    let some: Vec<String> =
        all.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} hồ sơ {what}")).collect();
    let pressing = some.first()?;
    let lines: Vec<String> = some.iter().map(|line| format!("- {line}")).collect();
    Some(Said {
        template: "digest".into(),
        subject: format!("Việc ngày {}: {pressing}", day::vi(today)),
        text: format!("Việc của bạn hôm nay:\n{}", lines.join("\n")),
        short: format!("Việc ngày {}: {}. Xem: {link}", day::vi(today), some.join(", ")),
        link: link.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(counts: Counts) -> Option<Said> {
        digest(&counts, "2026-11-24".parse().unwrap(), "https://cuaviet.example/mot-cua")
    }

    #[test]
    fn a_morning_with_work_is_told_in_one_message() {
        let said = of(Counts { fresh: 3, due_today: 2, overdue: 1, to_sign: 4 }).unwrap();
        assert_eq!(said.subject, "Việc ngày 24/11/2026: 1 hồ sơ quá hạn");
        assert_eq!(
            said.text,
            "Việc của bạn hôm nay:\n- 1 hồ sơ quá hạn\n- 2 hồ sơ đến hạn hôm nay\n- 4 hồ sơ chờ ký\n- 3 hồ sơ mới nhận"
        );
        assert_eq!(said.link, "https://cuaviet.example/mot-cua");
    }

    #[test]
    fn what_there_is_none_of_is_left_out() {
        let said = of(Counts { to_sign: 4, ..Counts::default() }).unwrap();
        assert_eq!(said.subject, "Việc ngày 24/11/2026: 4 hồ sơ chờ ký");
        assert_eq!(said.text, "Việc của bạn hôm nay:\n- 4 hồ sơ chờ ký");
        assert_eq!(of(Counts::default()), None);
    }
}
