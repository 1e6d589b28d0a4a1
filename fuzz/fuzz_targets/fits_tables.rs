//! Any bytes are a FITS file or an error; the tables of a file, written, are read as they were.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rustsci_healpix::fits::{table_file, tables};

fuzz_target!(|bytes: &[u8]| {
    let Ok(found) = tables(bytes) else { return };
    for table in found {
        // A column that no file can hold (an empty cell, a name with a line break) may be refused.
        let Ok(file) = table_file(&[], &table.columns) else {
            continue;
        };
        let again = tables(&file).expect("what was written can be read");
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].columns.len(), table.columns.len());
    }
});
