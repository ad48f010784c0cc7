//! How the binary is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        // A hundred and ninety thousand addresses to adjust at the start, as a bitmap (DT_RELR) of 80 KB and not as a
        // table of 9 MB that every idle server would hold in memory. Asks for glibc 2.36 (Debian 12) or musl 1.2.4.
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
