//! Every key that an operator may set: the one table from which reading, `config docs` and the packaged file are made.

/// One key.
#[derive(Debug)]
pub struct Key {
    /// "section.key", or a key of no section.
    pub name: &'static str,
    /// Its meaning, in lines, for `config docs`.
    pub say: &'static str,
    /// Empty: none.
    pub default: &'static str,
    pub shown: Shown,
}

/// How the packaged file shows a key.
#[derive(Debug)]
pub enum Shown {
    /// Commented out, with its default.
    Default,
    /// Commented out, with an example.
    Example(&'static str),
    /// As a setting that holds.
    Written(&'static str),
}

const fn key(name: &'static str, default: &'static str, say: &'static str) -> Key {
    Key { name, say, default, shown: Shown::Default }
}

const fn example(name: &'static str, example: &'static str, say: &'static str) -> Key {
    Key { name, say, default: "", shown: Shown::Example(example) }
}

/// In the order of `config docs`: keys without a section first.
pub const KEYS: &[Key] = &[
    key(
        "listen",
        "127.0.0.1:8080",
        "Địa chỉ và cổng lắng nghe. Nên để 127.0.0.1 và đặt Caddy hoặc nginx phía trước (TLS).",
    ),
    example(
        "public_url",
        "https://cchc.example.gov.vn",
        "Địa chỉ mà người dùng gõ vào trình duyệt; dùng trong đường dẫn gửi đi, cookie và đăng nhập OIDC. Không có dấu / ở cuối.\nBỏ trống = http:// và địa chỉ lắng nghe.",
    ),
    key("owner", "Cửa Việt", "Tên cơ quan hiện ở đầu mỗi trang, ví dụ \"UBND tỉnh Quảng Trị\"."),
    key("help", "Cần hỗ trợ: hỏi quản trị hệ thống của cơ quan bạn.", "Câu chỉ nơi hỗ trợ, hiện ở cuối mỗi trang."),
    Key {
        name: "data_dir",
        say: "Thư mục dữ liệu: cơ sở dữ liệu SQLite, tệp chứng cứ. Không đặt = ./data-local.",
        default: "data-local",
        shown: Shown::Written("/var/lib/cuaviet"),
    },
    example(
        "database",
        "postgres://cuaviet@/cuaviet?host=/run/postgresql",
        "Cơ sở dữ liệu. Bỏ trống = SQLite trong data_dir. PostgreSQL 14 trở lên: postgres://người_dùng:mật_khẩu@máy/tên\nCó mật khẩu thì nên ghi địa chỉ vào một tệp riêng: database_file = \"/etc/cuaviet/database\".",
    ),
    key("workers", "2", "Số việc nền chạy cùng lúc."),
    example(
        "trusted_proxies",
        "127.0.0.1/32, ::1/128",
        "Những dải địa chỉ của Caddy, nginx được tin khi nói thay khách (X-Forwarded-For…), cách nhau bằng dấu phẩy.\nBỏ trống = không tin ai.",
    ),
    key("log.format", "text", "\"text\" cho người đọc, \"json\" cho máy thu thập nhật ký."),
    key("log.level", "info", "\"error\", \"warn\", \"info\", \"debug\", hoặc theo từng phần: \"info,db=debug\"."),
    key(
        "upload.max_mib",
        "20",
        "Dung lượng lớn nhất của một tệp tải lên, tính bằng MiB. Một lần gửi được tới 4 tệp như vậy:\nđặt giới hạn ở Caddy hoặc nginx lớn hơn 4 lần số này.",
    ),
    example(
        "upload.clamd",
        "/run/clamav/clamd.ctl",
        "Nơi clamd (ClamAV) nghe: đường dẫn ổ nối, hoặc máy:cổng. Mọi tệp tải lên được quét vi-rút trước khi nhận; clamd không trả lời thì không nhận tệp.\nBỏ trống = không quét. StreamMaxLength của clamd phải lớn hơn upload.max_mib.",
    ),
    example(
        "metrics.token_file",
        "/etc/cuaviet/metrics-token",
        "Tệp chứa mã mà máy thu thập gửi kèm khi đọc /metrics (Authorization: Bearer …). Bỏ trống = chỉ đọc được từ chính máy này.",
    ),
    example("oidc.issuer", "https://sso.example.gov.vn", "Địa chỉ nhà cung cấp, đúng từng ký tự như nơi ấy công bố."),
    example("oidc.client_id", "cuaviet", "Mã ứng dụng đã đăng ký; địa chỉ quay về: public_url + /dang-nhap/oidc/xong."),
    example(
        "oidc.client_secret_file",
        "/etc/cuaviet/oidc-secret",
        "Tệp chứa bí mật, chỉ người dùng cuaviet đọc được (0640 root:cuaviet).",
    ),
    key("oidc.label", "Đăng nhập bằng tài khoản chung của tỉnh", "Chữ trên nút đăng nhập."),
    example(
        "citizen.issuer",
        "https://vneid.example.gov.vn",
        "Địa chỉ nhà cung cấp, đúng từng ký tự như nơi ấy công bố.",
    ),
    example(
        "citizen.client_id",
        "cuaviet",
        "Mã ứng dụng đã đăng ký; địa chỉ quay về: public_url + /ho-so-cua-toi/xong.",
    ),
    example(
        "citizen.client_secret_file",
        "/etc/cuaviet/citizen-secret",
        "Tệp chứa bí mật, chỉ người dùng cuaviet đọc được (0640 root:cuaviet).",
    ),
    key("citizen.label", "Đăng nhập bằng VNeID", "Chữ trên nút đăng nhập."),
    key("citizen.scopes", "profile phone", "Những gì xin nhà cung cấp, cách nhau bằng dấu cách."),
    key("citizen.claim_name", "name", "Trường chứa họ tên."),
    key("citizen.claim_number", "identity_number", "Trường chứa số định danh cá nhân: thiếu nó thì không cho vào."),
    key("citizen.claim_born", "birthdate", "Trường chứa ngày sinh."),
    key("citizen.claim_phone", "phone_number", "Trường chứa số điện thoại."),
    key("citizen.claim_address", "place_of_residence", "Trường chứa nơi cư trú."),
    example("s3.endpoint", "https://s3.example.gov.vn", "Địa chỉ kho."),
    example("s3.region", "vn", "Vùng; nhiều kho nội bộ nhận bất kỳ chữ gì."),
    example("s3.bucket", "cuaviet", "Tên thùng chứa."),
    example("s3.access_key_id", "cuaviet", "Mã khóa."),
    example("s3.secret_access_key_file", "/etc/cuaviet/s3-secret", "Tệp chứa khóa bí mật."),
    example("smtp.host", "mail.example.gov.vn", "Máy chủ thư."),
    key("smtp.port", "587", "Cổng: 587 với starttls, 465 với tls."),
    key(
        "smtp.security",
        "starttls",
        "\"starttls\", \"tls\", hoặc \"none\" (chỉ trong mạng nội bộ, không có mật khẩu).",
    ),
    example(
        "smtp.user",
        "mot-cua@example.gov.vn",
        "Tài khoản gửi; bỏ trống nếu máy chủ nhận thư của máy này không cần hỏi.",
    ),
    example("smtp.password_file", "/etc/cuaviet/smtp-password", "Tệp chứa mật khẩu của tài khoản gửi."),
    example("smtp.from", "Một cửa <mot-cua@example.gov.vn>", "Người gửi ghi trên thư."),
    example(
        "dvcqg.address",
        "https://lgsp.example.gov.vn/dvcqg",
        "Địa chỉ kết nối Cổng Dịch vụ công quốc gia, thường qua trục LGSP của tỉnh.",
    ),
    key("dvcqg.generation", "2023", "Thế hệ bản tin: \"2019\", \"2023\" hoặc \"2026\"."),
    example("dvcqg.account", "cuaviet", "Tài khoản kết nối được cấp."),
    example("dvcqg.secret_file", "/etc/cuaviet/dvcqg-secret", "Tệp chứa mật khẩu kết nối."),
    example("dvcqg.destination", "VN:GOV:000.00.00.G22:vpcpdvcprocessing", "Mã đích (dstcode) của thế hệ 2019, 2023."),
    example("dvcqg.unit", "000.00.00.H50", "Mã đơn vị (madonvi) của tỉnh."),
    example(
        "dvcqg.busy_codes",
        "-1, 99",
        "Các giá trị error_code (2019, 2023) nghĩa là “thử lại sau”, cách nhau bằng dấu phẩy.",
    ),
    example(
        "dvcqg.incoming_token_file",
        "/etc/cuaviet/dvcqg-incoming-token",
        "Tệp chứa mã mà Cổng gửi kèm (Authorization: Bearer …) khi chuyển hồ sơ về /ket-noi/dvcqg/ho-so, ít nhất 16 ký tự.\nBỏ trống = không nhận hồ sơ từ Cổng.",
    ),
    key("dvcqg.session_path", "/session", "Đường dẫn mở phiên, hoặc lấy token (2026)."),
    key("dvcqg.call_path", "/call", "Đường dẫn gọi dịch vụ (2019, 2023)."),
    key("dvcqg.upload_path", "/TaiTep", "Đường dẫn tải tệp lên (2026), trước khi tạo hồ sơ."),
    key("dvcqg.create_path", "/NoiHoSo", "Đường dẫn tạo hồ sơ (2026)."),
    key("dvcqg.progress_path", "/CapNhatTienTrinh", "Đường dẫn cập nhật tiến trình (2026)."),
    key("dvcqg.status_path", "/CapNhatTrangThai", "Đường dẫn cập nhật trạng thái (2026)."),
    example(
        "reporting.address",
        "https://lgsp.example.gov.vn/bao-cao",
        "Địa chỉ nhận báo cáo của hệ thống Chính phủ hoặc Bộ, thường qua trục LGSP của tỉnh; gói tin gửi tới /goi-tin.",
    ),
    example("reporting.token_file", "/etc/cuaviet/reporting-token", "Tệp chứa mã kết nối được cấp."),
    example("reporting.unit", "000.00.00.H50", "Mã đơn vị gửi báo cáo."),
    example("payment.address", "https://thanhtoan.example.gov.vn", "Địa chỉ cổng thanh toán; cần cả public_url."),
    example("payment.unit", "000.00.12.H50", "Mã đơn vị thụ hưởng (MaDonVi)."),
    example("payment.secret_file", "/etc/cuaviet/payment-secret", "Tệp chứa khóa ký chung với cổng, ít nhất 16 ký tự."),
    example("signing.key", "/etc/cuaviet/ky-so.p12", "Tệp khóa của chứng thư số cơ quan: PKCS#12 hoặc PEM."),
    example("signing.passphrase_file", "/etc/cuaviet/ky-so-mat-khau", "Tệp chứa mật khẩu của khóa."),
    example(
        "signing.service",
        "https://kyso.example.gov.vn/ky",
        "Thay cho key: địa chỉ dịch vụ ký số giữ khóa (ký từ xa); hợp đồng ở docs/how-to/signatures.md. Chỉ mã băm rời máy này.",
    ),
    example("signing.certificate", "so-cong-thuong-2026", "Mã chứng thư số ở dịch vụ ký số."),
    example(
        "signing.chain",
        "/etc/cuaviet/chung-thu.pem",
        "Chứng thư số của cơ quan rồi các nơi cấp (PEM), khi ký ở dịch vụ ký số.",
    ),
    example(
        "signing.token_file",
        "/etc/cuaviet/ky-so-token",
        "Tệp chứa mã gửi kèm cho dịch vụ ký số (Authorization: Bearer …).",
    ),
    example(
        "signing.roots",
        "/etc/cuaviet/goc-tin-cay.pem",
        "Chứng thư số của những nơi cấp được tin cậy (PEM), để trang xác minh nói chữ ký do ai cấp.",
    ),
    example(
        "sms.url",
        "https://sms.example.gov.vn/tin-nhan",
        "Địa chỉ cổng tin nhắn (SMS, Zalo): hợp đồng ở docs/how-to/notices.md.",
    ),
    example("sms.token_file", "/etc/cuaviet/sms-token", "Tệp chứa mã gửi kèm (Authorization: Bearer …)."),
];

/// The keys whose value is a secret. Shown above by the file that holds them; each may also be given as it is.
pub const SECRETS: &[&str] = &[
    "database",
    "metrics.token",
    "oidc.client_secret",
    "citizen.client_secret",
    "s3.secret_access_key",
    "smtp.password",
    "dvcqg.secret",
    "dvcqg.incoming_token",
    "reporting.token",
    "payment.secret",
    "signing.passphrase",
    "signing.token",
    "sms.token",
];

/// What a section is for.
pub const SECTIONS: &[(&str, &str)] = &[
    ("log", "Nhật ký vận hành, ghi ra stderr."),
    ("upload", "Tệp tải lên."),
    ("metrics", "Số liệu vận hành (Prometheus)."),
    ("oidc", "Đăng nhập một lần qua nhà cung cấp OpenID Connect. Bỏ trống cả phần này nếu không dùng."),
    (
        "citizen",
        "Người dân đăng nhập (VNeID) qua OpenID Connect: tên các trường theo tài liệu của nhà cung cấp. Bỏ trống cả phần này = người dân không cần và không có tài khoản.",
    ),
    (
        "s3",
        "Tệp chứng cứ trên kho S3, khi nhiều máy cùng phục vụ. Bỏ trống cả phần này = thư mục files trong data_dir.",
    ),
    ("smtp", "Thư điện tử báo cho người dân và cán bộ. Bỏ trống cả phần này = không gửi thư."),
    (
        "dvcqg",
        "Đồng bộ hồ sơ lên Cổng Dịch vụ công quốc gia. Bỏ trống cả phần này = không đồng bộ. Xem docs/how-to/connections.md.",
    ),
    (
        "reporting",
        "Gửi báo cáo đã ký sang hệ thống báo cáo của Chính phủ, Bộ. Bỏ trống cả phần này = không gửi. Xem docs/how-to/connections.md.",
    ),
    ("payment", "Nộp phí, lệ phí trực tuyến. Bỏ trống cả phần này = chỉ thu tại quầy. Xem docs/how-to/connections.md."),
    ("signing", "Ký số kết quả bằng chứng thư số của cơ quan. Bỏ trống cả phần này = chỉ ghi người ký và lúc ký."),
    ("sms", "Tin nhắn báo cho người dân. Bỏ trống cả phần này = không gửi tin."),
];

/// Every name that may stand in a file or an environment, secrets both plain and by file.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = KEYS.iter().map(|key| key.name.to_owned()).collect();
    for secret in SECRETS {
        names.push((*secret).to_owned());
        names.push(format!("{secret}_file"));
    }
    names.sort();
    names.dedup();
    names
}

/// The default of a key; empty where there is none.
pub fn default_of(name: &str) -> &'static str {
    KEYS.iter().find(|key| key.name == name).map_or("", |key| key.default)
}

/// The whole configuration file, commented: what `config docs` prints and the package installs.
pub fn docs() -> String {
    let mut text = HEAD.to_owned();
    let mut section = "";
    for key in KEYS {
        let (here, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if here != section {
            section = here;
            let say = SECTIONS.iter().find(|(name, _)| *name == here).map_or("", |(_, say)| say);
            text += &format!("\n# {say}\n[{here}]\n");
        } else if section.is_empty() {
            text.push('\n');
        }
        for line in key.say.lines() {
            text += &format!("# {line}\n");
        }
        text += &match key.shown {
            Shown::Default => format!("# {name} = {}\n", literal(key.default)),
            Shown::Example(example) => format!("# {name} = {}\n", literal(example)),
            Shown::Written(value) => format!("{name} = {}\n", literal(value)),
        };
    }
    text
}

fn literal(value: &str) -> String {
    if value.parse::<u64>().is_ok() { value.to_owned() } else { format!("\"{value}\"") }
}

const HEAD: &str = "\
# Cửa Việt: cấu hình.
#
# Thứ tự ưu tiên: tham số dòng lệnh > biến môi trường > tệp này > giá trị mặc định.
# Biến môi trường: CUAVIET_ + tên khóa viết hoa, hai gạch dưới thay dấu chấm, ví dụ CUAVIET_PUBLIC_URL, CUAVIET_OIDC__ISSUER.
# Khóa bí mật đọc được từ tệp: thêm _file vào tên khóa (CUAVIET_OIDC__CLIENT_SECRET_FILE).
# Khóa sai tên bị từ chối khi khởi động. Kiểm tra trước: cuaviet config check
# Dòng có dấu # là giá trị mặc định hoặc ví dụ; bỏ dấu # rồi sửa.
";
