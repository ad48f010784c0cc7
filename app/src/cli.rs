//! The command line: what may be said. `run` does it; `say` has the words for help and for what was not understood.

mod run;
mod say;

pub use run::run;
pub use say::said;

use crate::commands::{calendar, form, report, sign, simulate, workflow};
use clap::{ArgAction, Args, Parser, Subcommand};
use job::JobId;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Cửa Việt: cải cách hành chính. Một chương trình, một tệp cấu hình.
#[derive(Parser, Debug)]
#[command(
    name = "cuaviet",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    help_template = say::TEMPLATE,
    subcommand_value_name = "LỆNH",
    after_help = say::EXAMPLES,
)]
pub struct Cli {
    /// Xem trợ giúp của chương trình hoặc của một lệnh.
    #[arg(short = 'h', long = "help", action = ArgAction::Help, global = true, display_order = 100)]
    help: Option<bool>,
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args, Debug)]
struct Common {
    /// Tệp cấu hình [nếu không nêu: /etc/cuaviet/cuaviet.toml, khi có].
    #[arg(long, global = true, value_name = "TỆP", display_order = 90)]
    config: Option<PathBuf>,
    /// Cơ sở dữ liệu: postgres://… hoặc đường dẫn tệp SQLite.
    #[arg(long, global = true, value_name = "ĐỊA_CHỈ", display_order = 91)]
    database: Option<String>,
    /// Thư mục dữ liệu.
    #[arg(long, global = true, value_name = "THƯ_MỤC", display_order = 92)]
    data_dir: Option<String>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Chạy hệ thống: mở cơ sở dữ liệu, cập nhật cấu trúc, phục vụ trang web.
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet serve\n  cuaviet serve --listen 0.0.0.0:8080 --database postgres://cuaviet@/cuaviet")]
    Serve {
        /// Địa chỉ và cổng lắng nghe.
        #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG")]
        listen: Option<String>,
        /// Không tự cập nhật cấu trúc cơ sở dữ liệu; dừng nếu còn thiếu bước.
        #[arg(long)]
        no_migrate: bool,
    },
    /// Chạy thử với dữ liệu mẫu, trong một thư mục riêng.
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet demo\n  cuaviet demo --fresh --listen 127.0.0.1:9000")]
    Demo(Demo),
    /// Cập nhật cấu trúc cơ sở dữ liệu.
    #[command(help_template = say::TEMPLATE)]
    Migrate {
        /// Chỉ xem còn thiếu bước nào; mã thoát 1 nếu còn thiếu.
        #[arg(long)]
        check: bool,
    },
    /// Quản trị viên: tạo, đặt lại mật khẩu, tắt xác thực hai lớp, liệt kê.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH")]
    Admin(Admin),
    /// Cấu hình: xem, kiểm tra, in bản mẫu có chú thích.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH")]
    Config(Config),
    /// Nhật ký: kiểm tra tính nguyên vẹn, xem dòng mới nhất.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH")]
    Journal(Journal),
    /// Việc nền: xem, chạy lại, hủy.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH")]
    Jobs(Jobs),
    /// Chỉ số CCHC: kiểm tra bộ tiêu chí, chấm điểm; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH", after_help = say::INDEX_EXAMPLES)]
    Index(Index),
    /// Lịch làm việc: ngày nghỉ, hạn trả kết quả kèm lý do, âm lịch; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH", after_help = say::CALENDAR_EXAMPLES)]
    Calendar(CalendarAsk),
    /// Báo cáo: các kỳ và ngày chốt số liệu; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH", after_help = "Ví dụ:\n  cuaviet report periods --kind quarter --year 2026\n  cuaviet report period --kind month --on 2026-12-15")]
    Report(ReportAsk),
    /// Quy trình nội bộ: kiểm tra trước khi dùng; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH")]
    Workflow(WorkflowAsk),
    /// Mẫu đơn (XLSForm): kiểm tra mẫu và câu trả lời, chép sang bảng tính; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH")]
    Form(FormAsk),
    /// Ký số một tệp PDF, hoặc kiểm tra chữ ký số của tệp; không cần cơ sở dữ liệu.
    #[command(help_template = say::TEMPLATE, after_help = say::SIGN_EXAMPLES)]
    Sign(sign::Ask),
    /// Sao lưu toàn bộ dữ liệu và tệp vào một tệp ZIP, khi hệ thống vẫn chạy.
    #[command(help_template = say::TEMPLATE, args_conflicts_with_subcommands = true, after_help = say::BACKUP_EXAMPLES)]
    Backup(Backup),
    /// Khôi phục một bản sao lưu vào một nơi còn trống (cơ sở dữ liệu và thư mục tệp).
    #[command(help_template = say::TEMPLATE, after_help = say::RESTORE_EXAMPLES)]
    Restore {
        #[arg(value_name = "TỆP")]
        file: PathBuf,
    },
    /// Đối tác giả để thử tại chỗ: cổng tin nhắn, máy chủ thư, Cổng Dịch vụ công, cổng thanh toán, nơi người dân đăng nhập; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = say::TEMPLATE, subcommand_value_name = "LỆNH", after_help = say::SIMULATE_EXAMPLES)]
    Simulate(Simulate),
    /// Kiểm tra toàn hệ thống; mã thoát 1 nếu có điều cần sửa.
    #[command(help_template = say::TEMPLATE)]
    Doctor {
        /// In kết quả dạng JSON.
        #[arg(long)]
        json: bool,
        /// Sửa những gì sửa được an toàn: cập nhật cấu trúc, dọn tệp không ai dùng.
        #[arg(long)]
        fix: bool,
    },
    /// In mô tả API (OpenAPI 3.1, JSON).
    #[command(help_template = say::TEMPLATE)]
    Openapi,
    /// In phần gợi ý lệnh cho shell.
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet completions bash > /etc/bash_completion.d/cuaviet")]
    Completions {
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// In trang hướng dẫn (man).
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet man | man -l -")]
    Man,
    /// In phiên bản.
    #[command(help_template = say::TEMPLATE)]
    Version {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
struct Demo {
    /// Xóa dữ liệu thử cũ và làm lại từ đầu.
    #[arg(long)]
    fresh: bool,
    /// Địa chỉ và cổng lắng nghe.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Thư mục dữ liệu thử.
    #[arg(long, value_name = "THƯ_MỤC", default_value = "data-local/demo")]
    data: PathBuf,
    /// Ngày mà hệ thống coi là hôm nay (năm-tháng-ngày).
    #[arg(long, value_name = "NGÀY")]
    today: Option<base::Date>,
    /// Ghi danh sách tài khoản thử vào tệp này.
    #[arg(long, value_name = "TỆP")]
    accounts_json: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Admin {
    /// Tạo một quản trị viên; in liên kết dùng một lần để đặt mật khẩu.
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet admin create lan.nguyen --name \"Nguyễn Thị Lan\"")]
    Create {
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
        /// Họ và tên.
        #[arg(long, value_name = "HỌ_TÊN")]
        name: String,
        /// Mã đơn vị, ví dụ tinh-quang-tri [nếu không nêu: đơn vị cao nhất].
        #[arg(long, value_name = "MÃ")]
        unit: Option<String>,
    },
    /// In liên kết dùng một lần để đặt mật khẩu mới.
    #[command(help_template = say::TEMPLATE)]
    ResetPassword {
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
    },
    /// Tắt xác thực hai lớp của một người (mất điện thoại).
    #[command(help_template = say::TEMPLATE)]
    RemoveTotp {
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
    },
    /// Liệt kê các quản trị viên.
    #[command(help_template = say::TEMPLATE)]
    List,
}

#[derive(Subcommand, Debug)]
enum Config {
    /// In mọi khóa với giá trị đang dùng và nơi đặt; giá trị bí mật được che.
    #[command(help_template = say::TEMPLATE)]
    Show,
    /// Kiểm tra cấu hình; nói mọi chỗ sai.
    #[command(help_template = say::TEMPLATE)]
    Check,
    /// In tệp cấu hình mẫu: mọi khóa, ý nghĩa, mặc định.
    #[command(help_template = say::TEMPLATE)]
    Docs,
}

#[derive(Subcommand, Debug)]
enum Jobs {
    /// Liệt kê việc nền, mới nhất trước.
    #[command(help_template = say::TEMPLATE)]
    List {
        /// waiting, running, done, failed hoặc cancelled.
        #[arg(long, value_name = "TRẠNG_THÁI")]
        status: Option<String>,
        /// Số việc nhiều nhất.
        #[arg(long, short = 'n', value_name = "SỐ", default_value_t = 50)]
        lines: i64,
        /// In kết quả dạng JSON.
        #[arg(long)]
        json: bool,
    },
    /// Chạy lại một việc không thành công hoặc đã hủy.
    #[command(help_template = say::TEMPLATE)]
    Retry {
        #[arg(value_name = "MÃ_VIỆC")]
        id: JobId,
    },
    /// Hủy một việc đang chờ hoặc đang chạy.
    #[command(help_template = say::TEMPLATE)]
    Cancel {
        #[arg(value_name = "MÃ_VIỆC")]
        id: JobId,
    },
}

#[derive(Subcommand, Debug)]
enum Index {
    #[command(help_template = say::TEMPLATE)]
    Check(index::cli::Check),
    #[command(help_template = say::TEMPLATE)]
    Score(index::cli::Score),
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet index import so-2027.xlsx\n  cuaviet index import so-2027.toml --publish --database postgres://cuaviet@/cuaviet")]
    Import(index::cli::Import),
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet index export so-2027 --to so-2027.xlsx\n  cuaviet index export so-2027 --number 1 --to so-2027.toml")]
    Export(index::cli::Export),
}

#[derive(Subcommand, Debug)]
enum CalendarAsk {
    #[command(help_template = say::TEMPLATE)]
    Year(calendar::Year),
    #[command(help_template = say::TEMPLATE)]
    Due(calendar::DueAsk),
    #[command(help_template = say::TEMPLATE)]
    Lunar(calendar::LunarAsk),
}

#[derive(Subcommand, Debug)]
enum ReportAsk {
    #[command(help_template = say::TEMPLATE)]
    Periods(report::Periods),
    #[command(help_template = say::TEMPLATE)]
    Period(report::Of),
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet report check bo-chi-tieu.toml\n  cuaviet report check bo-chi-tieu.toml --form bieu.toml")]
    Check(report::Check),
}

#[derive(Subcommand, Debug)]
enum WorkflowAsk {
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet workflow check quy-trinh.toml\n  cuaviet workflow check quy-trinh.toml --held mot-cua,chuyen-vien")]
    Check(workflow::Check),
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet workflow replay quy-trinh-moi.toml --month 2026-10")]
    Replay(workflow::Replay),
}

#[derive(Subcommand, Debug)]
enum FormAsk {
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet form check mau-don.xlsx\n  cuaviet form check mau-don.toml --answers tra-loi.json --json")]
    Check(form::Check),
    #[command(help_template = say::TEMPLATE, after_help = "Ví dụ:\n  cuaviet form convert mau-don.toml --to mau-don.xlsx")]
    Convert(form::Convert),
}

/// One line a partner, here and where `run` begins it.
#[derive(Subcommand, Debug)]
enum Simulate {
    #[command(help_template = say::TEMPLATE)]
    Sms(simulate::sms::Ask),
    #[command(help_template = say::TEMPLATE)]
    Mail(simulate::mail::Ask),
    #[command(help_template = say::TEMPLATE)]
    Dvcqg(simulate::dvcqg::Ask),
    #[command(help_template = say::TEMPLATE)]
    Payment(simulate::payment::Ask),
    #[command(help_template = say::TEMPLATE)]
    Sso(simulate::sso::Ask),
    #[command(help_template = say::TEMPLATE)]
    Reporting(simulate::reporting::Ask),
}

#[derive(Args, Debug)]
struct Backup {
    /// Tệp ZIP sẽ được ghi; không ghi đè tệp đã có.
    #[arg(value_name = "TỆP", required = true)]
    file: Option<PathBuf>,
    #[command(subcommand)]
    verify: Option<BackupVerify>,
}

#[derive(Subcommand, Debug)]
enum BackupVerify {
    /// Đọc lại một bản sao lưu và đối chiếu mọi mã băm.
    #[command(help_template = say::TEMPLATE)]
    Verify {
        #[arg(value_name = "TỆP")]
        file: PathBuf,
    },
}

#[derive(Subcommand, Debug)]
enum Journal {
    /// Kiểm tra chuỗi băm; mã thoát 1 và nêu dòng sai nếu không nguyên vẹn.
    #[command(help_template = say::TEMPLATE)]
    Verify,
    /// Xem những dòng mới nhất.
    #[command(help_template = say::TEMPLATE)]
    Tail {
        /// Số dòng.
        #[arg(long, short = 'n', value_name = "SỐ", default_value_t = 20)]
        lines: i64,
        /// Mỗi dòng một đối tượng JSON.
        #[arg(long)]
        json: bool,
    },
}
