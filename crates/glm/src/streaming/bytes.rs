//! How accumulators travel: MessagePack behind a line that says what it is.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// The first bytes; the number is the version of what follows.
const HEAD: &[u8] = b"rustsci.glm.accumulator 1\n";

pub(super) fn write(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut out = HEAD.to_vec();
    rmp_serde::encode::write_named(&mut out, value)
        .map_err(|error| Error::value(format!("an accumulator cannot be written: {error}")))?;
    Ok(out)
}

pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let Some(rest) = bytes.strip_prefix(HEAD) else {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD.len())]).into_owned();
        return Err(Error::value(format!(
            "these bytes are no accumulator of this version: they begin with {start:?}, not with {:?}",
            String::from_utf8_lossy(HEAD)
        )));
    };
    rmp_serde::from_slice(rest)
        .map_err(|error| Error::value(format!("these bytes are no whole accumulator: {error}")))
}
