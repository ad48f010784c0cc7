//! The closed list of functions. What the specification names and we leave out is named too, with the reason: such an
//! expression is refused when the form is read, and never silently true.

macro_rules! functions {
    ($($function:ident $name:literal $least:literal..=$most:literal),* $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function { $($function),* }

        /// Name, function, fewest and most arguments.
        pub const ALL: &[(&str, Function, usize, usize)] = &[$(($name, Function::$function, $least, $most)),*];
    };
}

/// As many arguments as one likes.
pub const MANY: usize = 99;

functions! {
    If "if" 3..=3, Coalesce "coalesce" 2..=2, Once "once" 1..=1, True "true" 0..=0, False "false" 0..=0,
    Boolean "boolean" 1..=1, BooleanFromString "boolean-from-string" 1..=1, Not "not" 1..=1, Regex "regex" 2..=2,
    Checklist "checklist" 3..=99, WeightedChecklist "weighted-checklist" 4..=99,
    String "string" 1..=1, Concat "concat" 1..=99, Join "join" 2..=99, Substr "substr" 2..=3,
    SubstringBefore "substring-before" 2..=2, SubstringAfter "substring-after" 2..=2, Translate "translate" 3..=3,
    StringLength "string-length" 0..=1, NormalizeSpace "normalize-space" 0..=1, Contains "contains" 2..=2,
    StartsWith "starts-with" 2..=2, EndsWith "ends-with" 2..=2,
    Number "number" 1..=1, Int "int" 1..=1, Round "round" 1..=2, Abs "abs" 1..=1, Pow "pow" 2..=2, Sqrt "sqrt" 1..=1,
    Log "log" 1..=1, Log10 "log10" 1..=1, Exp "exp" 1..=1, Exp10 "exp10" 1..=1, Sin "sin" 1..=1, Cos "cos" 1..=1,
    Tan "tan" 1..=1, Asin "asin" 1..=1, Acos "acos" 1..=1, Atan "atan" 1..=1, Atan2 "atan2" 2..=2, Pi "pi" 0..=0,
    Sum "sum" 1..=1, Max "max" 1..=99, Min "min" 1..=99, Count "count" 1..=1, CountNonEmpty "count-non-empty" 1..=1,
    Position "position" 1..=1, IndexedRepeat "indexed-repeat" 3..=7,
    Today "today" 0..=0, Now "now" 0..=0, Date "date" 1..=1, FormatDate "format-date" 2..=2,
    FormatDateTime "format-date-time" 2..=2, DecimalDateTime "decimal-date-time" 1..=1, DecimalTime "decimal-time" 1..=1,
    Selected "selected" 2..=2, SelectedAt "selected-at" 2..=2, CountSelected "count-selected" 1..=1,
    ChoiceName "jr:choice-name" 2..=2,
}

impl Function {
    /// Its first argument must be the answers of a question: `${name}`.
    pub fn wants_nodes(self) -> bool {
        matches!(self, Function::Sum | Function::Count | Function::CountNonEmpty | Function::IndexedRepeat)
    }
}

/// Named by the specification, and left out: names, and why.
pub const LEFT_OUT: &[(&[&str], &str)] = &[
    (&["random", "randomize", "uuid"], "mỗi lần tính cho một kết quả khác, không kiểm tra lại được"),
    (&["area", "distance", "geofence"], "hệ thống chưa có câu hỏi bản đồ"),
    (
        &["pulldata", "instance", "current", "search", "item-at"],
        "mẫu đơn không đọc tệp dữ liệu ngoài: đưa danh mục vào trang choices",
    ),
    (
        &["digest", "base64-decode", "base64-encode", "extract-signed"],
        "việc mã hóa, ký số do hệ thống làm, không làm trong mẫu đơn",
    ),
    (&["property", "version", "jr:itext"], "giá trị của thiết bị, của bản dịch, không có trên máy chủ"),
];
