//! Whether two layouts share memory.
