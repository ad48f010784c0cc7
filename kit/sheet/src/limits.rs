//! How much of a file is read before it is refused.

/// Bounds for one file. They stop a mistake (a whole district's archive dropped in) and an attack (a few
/// kilobytes that unpack to gigabytes, one cell at the far corner of a sheet) before memory is spent.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Size of the file as received, in bytes.
    pub bytes: usize,
    /// Size of everything packed in it, in bytes.
    pub unpacked: u64,
    /// Rows of one sheet, counted to the last with anything in it.
    pub rows: usize,
    /// Columns of one sheet, likewise.
    pub columns: usize,
    /// Cells of the whole file, empty ones before a filled one included.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 20 << 20, unpacked: 200 << 20, rows: 100_000, columns: 500, cells: 2_000_000 }
    }
}
