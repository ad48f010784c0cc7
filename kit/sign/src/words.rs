//! What a person reads of a signature: one verdict, and the lines that say why.

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::after::After;
use crate::mark::on_wall;
use crate::read::Signature;
use crate::trust::Trust;

/// What is to be thought of a signature: the worst thing that is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Whole, in time, and of a trusted root, or no roots were asked for.
    Whole,
    /// Whole; its certificate comes from none of the given roots.
    Untrusted,
    /// Whole; signed outside the certificate's time, or at no known time.
    OutOfTime,
    /// Whole as far as it reaches; something was added to the file after it.
    Added,
    /// What was signed has been changed, or the signature is not of the certificate's key.
    Altered,
    /// It cannot be checked here.
    Unread,
}

impl Verdict {
    /// Whether the paper is as it was signed, by somebody whose certificate is in order.
    pub fn is_whole(self) -> bool {
        self == Self::Whole
    }

    pub fn say(self) -> &'static str {
        match self {
            Self::Whole => "Chữ ký số hợp lệ, văn bản còn nguyên vẹn.",
            Self::Untrusted => "Văn bản còn nguyên vẹn, nhưng chứng thư số không thuộc nơi cấp được tin cậy.",
            Self::OutOfTime => {
                "Văn bản còn nguyên vẹn, nhưng chứng thư số hết hạn, chưa có hiệu lực, hoặc không rõ lúc ký."
            }
            Self::Added => "Văn bản đã thêm nội dung sau khi ký.",
            Self::Altered => "Văn bản đã bị thay đổi sau khi ký. Không sử dụng văn bản này.",
            Self::Unread => "Không kiểm tra được chữ ký số này.",
        }
    }
}

impl Signature {
    pub fn verdict(&self) -> Verdict {
        match &self.seal {
            Err(_) => Verdict::Unread,
            Ok(seal) if !seal.is_right() => Verdict::Altered,
            Ok(_) if self.after == After::Content => Verdict::Added,
            Ok(seal) if seal.in_time != Some(true) => Verdict::OutOfTime,
            Ok(seal) if seal.trust == Trust::Unknown => Verdict::Untrusted,
            Ok(_) => Verdict::Whole,
        }
    }

    /// The verdict, and what is known, one line each; a page or a terminal shows them as they are.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.verdict().say().to_owned()];
        let mut say = |word: &str, what: &str| {
            if !what.is_empty() {
                lines.push(format!("{word}: {what}"));
            }
        };
        say("Ký bởi", &self.name);
        say("Cơ quan", self.unit.as_deref().unwrap_or_default());
        say(
            "Thời gian ký",
            &self.signed_at.map(|at| format!("{} (theo máy của người ký)", on_wall(at))).unwrap_or_default(),
        );
        say("Lý do", self.reason.as_deref().unwrap_or_default());
        say("Nơi ký", self.place.as_deref().unwrap_or_default());
        match &self.seal {
            Err(refusal) => lines.push(refusal.say.clone()),
            Ok(seal) => {
                say("Chứng thư số", &seal.subject);
                say("Nơi cấp", &seal.issuer);
                say("Số chứng thư", &seal.serial);
                say("Hiệu lực", &format!("{} – {}", day(seal.valid_from), day(seal.valid_to)));
                lines.push(trust(seal.trust).to_owned());
            }
        }
        if self.after == After::Signatures {
            lines.push("Sau chữ ký này có thêm chữ ký khác; nội dung văn bản không đổi.".to_owned());
        }
        lines
    }
}

fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Trusted => "Nơi cấp chứng thư số được tin cậy (chưa kiểm tra thu hồi).",
        Trust::Unknown => "Nơi cấp chứng thư số không có trong danh sách được tin cậy.",
        Trust::NotAsked => "Chưa đối chiếu nơi cấp chứng thư số với danh sách được tin cậy.",
    }
}

fn day(at: Timestamp) -> String {
    base::day::vi(base::day::today(at))
}
