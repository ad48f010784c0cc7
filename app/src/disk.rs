//! Room on the disk.

use std::path::Path;

/// Free MiB for this user where a path lies (or will lie); none where the host does not tell.
pub fn free_mib(path: &Path) -> Option<u64> {
    let there = path
        .ancestors()
        .find(|path| path.exists())
        .filter(|path| !path.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let stat = rustix::fs::statvfs(there).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize) / (1024 * 1024))
}
