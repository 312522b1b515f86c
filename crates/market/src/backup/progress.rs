use std::sync::Arc;

/// How far something that takes long has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The file is looked through.
    Checked {
        /// Bytes.
        done: u64,
        /// Bytes.
        of: u64,
    },
    /// Rows of a table are copied.
    Rows {
        /// The table's name.
        table: String,
        /// Rows.
        done: u64,
        /// Rows.
        of: u64,
    },
    /// What was written to a table is read again and compared.
    Compared {
        /// The table's name.
        table: String,
    },
    /// Pictures are copied.
    Pictures {
        /// Pictures.
        done: u64,
        /// Pictures.
        of: u64,
    },
}

/// Whoever wants to know.
pub type Told = Arc<dyn Fn(Progress) + Send + Sync>;
