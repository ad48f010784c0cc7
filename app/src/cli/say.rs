//! What the command line says when it is asked for help or not understood.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

pub const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}\n";

pub const EXAMPLES: &str = "\
Ví dụ:
  cuaviet demo                             chạy thử với dữ liệu mẫu
  cuaviet serve                            chạy hệ thống
  cuaviet backup /srv/sao-luu/hom-nay.zip  sao lưu khi hệ thống đang chạy
  cuaviet doctor                           kiểm tra hệ thống

Mã thoát: 0 xong; 1 bị từ chối hoặc gặp lỗi; 2 không hiểu dòng lệnh.";

pub const INDEX_EXAMPLES: &str = "\
Ví dụ:
  cuaviet index check so-2020.toml
  cuaviet index score --set so-2020.toml --answers tra-loi.json --json";

pub const CALENDAR_EXAMPLES: &str = "\
Ví dụ:
  cuaviet calendar year 2026
  cuaviet calendar due --at 2026-02-12T16:00 --hours 16
  cuaviet calendar due --ledger dong-ho.json
  cuaviet calendar lunar 2030";

pub const SIMULATE_EXAMPLES: &str = "\
Ví dụ:
  cuaviet simulate sms --fail 2
  cuaviet simulate mail --listen 127.0.0.1:9125
  cuaviet simulate dvcqg --generation 2019 --fail 3
  cuaviet simulate payment
  cuaviet simulate sso --fault chu-ky
  cuaviet simulate reporting --fail 3";

pub const SIGN_EXAMPLES: &str = "\
Ví dụ:
  CUAVIET_KEY_PASSPHRASE=… cuaviet sign giay-phep.pdf --key khoa.p12 --reason \"Phê duyệt kết quả\"
  cuaviet sign giay-phep.pdf --key khoa.p12 --passphrase-file mat-khau.txt --out da-ky.pdf
  cuaviet sign --check da-ky.pdf --roots noi-cap.pem";

pub const BACKUP_EXAMPLES: &str = "\
Ví dụ:
  cuaviet backup /srv/sao-luu/2026-11-24.zip
  cuaviet backup verify /srv/sao-luu/2026-11-24.zip";

pub const RESTORE_EXAMPLES: &str = "\
Ví dụ:
  cuaviet restore /srv/sao-luu/2026-11-24.zip --data-dir /var/lib/cuaviet
  cuaviet restore 2026-11-24.zip --database postgres://cuaviet@/cuaviet_moi";

const NOT_UNDERSTOOD: u8 = 2;

/// Prints help, or says in Vietnamese what was not understood; gives the exit code.
pub fn refuse(error: &Error) -> u8 {
    if !error.use_stderr() {
        let _ = error.print();
        return 0;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let near = |kind| {
        Some(text(kind))
            .filter(|near| !near.is_empty())
            .map(|near| format!(" Có phải bạn muốn viết {near}?"))
            .unwrap_or_default()
    };
    let say = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("Không có lệnh {}.{}", text(ContextKind::InvalidSubcommand), near(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::UnknownArgument => {
            format!("Không hiểu tham số {}.{}", text(ContextKind::InvalidArg), near(ContextKind::SuggestedArg))
        }
        ErrorKind::MissingRequiredArgument => format!("Còn thiếu: {}.", text(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "Còn thiếu tên lệnh.".into()
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = text(ContextKind::ValidValue);
            let among = if valid.is_empty() { String::new() } else { format!(" Chọn một trong: {valid}.") };
            format!(
                "Tham số {} không nhận giá trị \"{}\".{among}",
                text(ContextKind::InvalidArg),
                text(ContextKind::InvalidValue)
            )
        }
        ErrorKind::ArgumentConflict => {
            format!("Tham số {} không đi cùng tham số khác đã nêu.", text(ContextKind::InvalidArg))
        }
        _ => "Không hiểu dòng lệnh.".into(),
    };
    eprintln!("{say}\nXem cách dùng: cuaviet --help");
    NOT_UNDERSTOOD
}

/// An error with its causes, on one line.
pub fn said(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = error.chain().map(ToString::to_string).collect();
    parts.dedup();
    parts.join(": ")
}
