//! What a file may cost before it is refused.

/// Bounds on one read. The defaults hold the extract of the largest council many times over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file as uploaded.
    pub file_bytes: u64,
    /// Bytes of one `.xls` file, which is held in memory as a whole.
    pub xls_bytes: u64,
    /// Bytes a workbook may inflate to, counted while inflating.
    pub inflated_bytes: u64,
    /// How many times its compressed size one part of a workbook may inflate to.
    pub inflated_ratio: u64,
    /// A part that stays below this many bytes may have any ratio.
    pub inflated_ratio_floor: u64,
    /// Bytes of the table of shared texts, the only part that is held in memory.
    pub shared_text_bytes: u64,
    /// Parts of a workbook.
    pub parts: usize,
    /// Columns read of a sheet; what stands to the right is reported and left out.
    pub columns: usize,
    /// The last row read of a sheet; what stands below is refused.
    pub sheet_rows: u32,
    /// Rows of all lists together; more than one full sheet of Excel's holds.
    pub rows: u64,
    /// Cells an `.xls` file may span, blank ones too.
    pub xls_cells: u64,
    /// Characters of one cell (Excel's own limit); longer texts are cut and reported.
    pub cell_chars: usize,
    /// Bytes of text in the cells of the rows that are kept. A workbook writes a text once and may show it in a million cells.
    pub kept_text_bytes: u64,
    /// Problems kept; further ones are counted only.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            file_bytes: 256 * MIB,
            xls_bytes: 64 * MIB,
            inflated_bytes: 512 * MIB,
            inflated_ratio: 100,
            inflated_ratio_floor: 16 * MIB,
            shared_text_bytes: 96 * MIB,
            parts: 1_000,
            columns: 200,
            sheet_rows: 2_000_000,
            rows: 1_200_000,
            xls_cells: 6_000_000,
            cell_chars: 32_767,
            kept_text_bytes: 256 * MIB,
            problems: 10_000,
        }
    }
}
