//! Turns npm packages, our css and our js into one table of files inside the binary.
//!
//! ```text
//! package-lock.json ─ npm ci ─ node_modules ─┐
//! css/*.css ─────────────────────────────────┼─ app.css, app.js, fonts ─ hash, gzip ─ OUT_DIR/table.rs
//! js/*.js, img/*.svg ────────────────────────┘
//! ```
//!
//! Outside of OUT_DIR only `node_modules` is written, and only when it does not match the lock file.

mod npm;
mod script;
mod style;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Where the site serves these files; `tinh` is tĩnh, "static".
const MOUNT: &str = "/tinh/";

/// In the order of the cascade.
const STYLES: [&str; 9] = ["tokens", "base", "shell", "parts", "fields", "table", "grid", "chart", "print"];
const SCRIPTS: [&str; 8] = ["say", "uploads", "forms", "keys", "grid", "blocks", "lists", "live"];

const INTER: &str = "@fontsource-variable/inter/files";
const FONTS: [(&str, &str); 2] =
    [("inter.woff2", "inter-latin-wght-normal.woff2"), ("inter-vi.woff2", "inter-vietnamese-wght-normal.woff2")];
const TINOS: [&str; 4] = [
    "400Regular/Tinos_400Regular.ttf",
    "700Bold/Tinos_700Bold.ttf",
    "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "700Bold_Italic/Tinos_700Bold_Italic.ttf",
];

type Outcome<T> = Result<T, String>;

/// One file of the table, before it is written.
struct Made {
    name: String,
    path: String,
    hash: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

fn main() {
    if let Err(why) = run() {
        eprintln!("\nassets: {why}\n");
        std::process::exit(1);
    }
}

fn run() -> Outcome<()> {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    for watched in ["css", "js", "img", "build", "package-lock.json", npm::STAMP] {
        println!("cargo::rerun-if-changed={watched}");
    }
    npm::install(&home)?;
    let modules = home.join("node_modules");

    let mut made = Vec::new();
    for (name, file) in FONTS {
        made.push(finish(name, read(&modules.join(INTER).join(file))?)?);
    }
    for file in list(&home.join("img"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        made.push(finish(&name, read(&file)?)?);
    }
    let govuk = text(&modules.join("govuk-frontend/dist/govuk/govuk-frontend.min.css"))?;
    let mut sheet = style::layered(&govuk)?;
    for part in STYLES {
        sheet += &style::tight(&text(&home.join(format!("css/{part}.css")))?);
    }
    for file in &made {
        // Beside the sheet in the same folder, so a bare name is the right relative URL.
        sheet = sheet.replace(&format!("url({})", file.name), &format!("url({})", file.path.trim_start_matches(MOUNT)));
    }
    made.push(finish("app.css", sheet.into_bytes())?);

    let mut code = text(&modules.join("htmx.org/dist/htmx.min.js"))?;
    for part in SCRIPTS {
        code += &script::tight(&text(&home.join(format!("js/{part}.js")))?);
    }
    made.push(finish("app.js", code.into_bytes())?);

    table(&out, &modules, &made)
}

/// Names a file by its content, so that browsers may keep it for ever.
fn finish(name: &str, bytes: Vec<u8>) -> Outcome<Made> {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(&bytes);
    let hash = digest.iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let (stem, end) = name.rsplit_once('.').ok_or_else(|| format!("{name} has no extension"))?;
    let kind = match end {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => return Err(format!("no content type is known for {name}")),
    };
    Ok(Made { path: format!("{MOUNT}{stem}.{hash}.{end}"), name: name.to_owned(), hash, kind, bytes })
}

fn table(out: &Path, modules: &Path, made: &[Made]) -> Outcome<()> {
    let mut code = String::from("pub(crate) static FILES: &[Asset] = &[\n");
    for file in made {
        write(&out.join(&file.name), &file.bytes)?;
        let gzip = if file.kind == "font/woff2" {
            "None".to_owned() // already compressed
        } else {
            let name = format!("{}.gz", file.name);
            write(&out.join(&name), &pack(&file.bytes)?)?;
            format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")))")
        };
        let _ = writeln!(
            code,
            "    Asset {{ name: {:?}, path: {:?}, bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}\")), gzip: {gzip}, content_type: {:?}, etag: {:?} }},",
            file.name,
            file.path,
            file.name,
            file.kind,
            format!("\"{}\"", file.hash),
        );
    }
    code += "];\n\npub(crate) static TINOS: [&[u8]; 4] = [\n";
    for face in TINOS {
        let face = modules.join("@expo-google-fonts/tinos").join(face);
        let _ = writeln!(code, "    include_bytes!({face:?}),");
    }
    code += "];\n";
    write(&out.join("table.rs"), code.as_bytes())
}

fn pack(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).and_then(|()| packer.finish()).map_err(|e| e.to_string())
}

fn list(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|e| format!("{}: {e}", file.display()))
}

fn text(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome<()> {
    fs::write(file, bytes).map_err(|e| format!("{}: {e}", file.display()))
}
