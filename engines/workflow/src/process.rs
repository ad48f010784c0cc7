//! A process as it is understood: every word is known, every step it names is there.

/// One process. The first step is where a dossier begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    pub code: String,
    pub name: String,
    pub source: String,
    pub sample: bool,
    /// The legal time in working minutes; a day has 480.
    pub legal: u32,
    pub cases: Vec<String>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub code: String,
    pub name: String,
    pub role: String,
    /// Working minutes.
    pub time: u32,
    pub output: String,
    pub agency: Option<String>,
    pub needs: Vec<Need>,
    pub gives: Vec<Give>,
    pub choices: Vec<String>,
    pub moves: Vec<Move>,
    pub pause: Option<Pause>,
    pub waits_for_all: bool,
    pub end: Option<End>,
    pub undo: bool,
}

/// A way onward: open where every condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Places of steps; several run beside each other.
    pub to: Vec<usize>,
    pub case: Option<String>,
    pub chosen: Option<String>,
    pub back: bool,
}

/// The clock stands until somebody outside has answered, at most so long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub why: Wait,
    /// Days on the wall after which it ends, and where the dossier then stands; none is a mistake of the process.
    pub ends: Option<(u32, usize)>,
}

base::words! {
    /// What a step asks for before it may be left: a closed list.
    Need {
        Note = "note", "ý kiến xử lý";
        Papers = "paper-verdicts", "kết luận từng giấy tờ";
        Fee = "fee", "phí, lệ phí đã nộp";
        Result = "result-attached", "kết quả đã đính kèm";
        Signed = "result-signed", "kết quả đã ký";
        Approval = "approval", "lãnh đạo đã duyệt";
    }
}

base::words! {
    /// What a step brings in, for needs of its own and of those after it.
    Give {
        Fee = "fee", "thu phí, lệ phí";
        Result = "result", "dự thảo kết quả";
        Signature = "signature", "ký kết quả";
        Approval = "approval", "phê duyệt";
    }
}

base::words! {
    /// For what the clock stands.
    Wait {
        Supplement = "supplement", "bổ sung hồ sơ";
        Duty = "financial-duty", "nghĩa vụ tài chính";
        Agency = "agency-answer", "ý kiến cơ quan khác";
    }
}

base::words! {
    /// How a dossier ends.
    End {
        Returned = "returned", "trả kết quả";
        Refused = "refused", "từ chối";
        Stopped = "stopped", "dừng giải quyết";
    }
}

impl Need {
    /// What must have been given for it; none where the person at the step gives it there and then.
    pub fn met_by(self) -> Option<Give> {
        match self {
            Need::Note | Need::Papers => None,
            Need::Fee => Some(Give::Fee),
            Need::Result => Some(Give::Result),
            Need::Signed => Some(Give::Signature),
            Need::Approval => Some(Give::Approval),
        }
    }
}
