//! Numbers that are the same in every run, unless `COVERAGE_SEED` says otherwise.

use std::f64::consts::{FRAC_PI_2, TAU};

use rustsci_healpix::Depth;

/// How many random regions of a kind: few enough for every day, or `all` of them if `COVERAGE_ALL` is set.
pub(crate) fn rounds(all: usize) -> usize {
    if std::env::var_os("COVERAGE_ALL").is_some() {
        all
    } else {
        all / 20
    }
}

pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(start: u64) -> Self {
        let seed = std::env::var("COVERAGE_SEED").ok();
        let seed: u64 = seed.and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut random = Self(start ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..20 {
            random.uniform();
        }
        random
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    pub(crate) fn log_between(&mut self, low: f64, high: f64) -> f64 {
        self.between(low.ln(), high.ln()).exp()
    }

    /// A position: some of them at a pole, on the seam, near a pole, or where the polar part begins.
    pub(crate) fn position(&mut self) -> (f64, f64) {
        let lon = self.between(0.0, TAU);
        let lat = self.between(-1.0, 1.0).asin();
        match (self.uniform() * 20.0) as u8 {
            0 => (lon, FRAC_PI_2),
            1 => (lon, -FRAC_PI_2),
            2 => (0.0, lat),
            3 => (TAU, lat),
            4 => (lon, (FRAC_PI_2 - self.log_between(1e-7, 0.1)).copysign(lat)),
            5 => (lon, (2.0_f64 / 3.0).asin().copysign(lat)),
            6 => ((lon / FRAC_PI_2).floor() * FRAC_PI_2, lat),
            _ => (lon, lat),
        }
    }

    /// A depth from 2 to 9 at which a region of a size has not too many cells.
    pub(crate) fn depth_for(&mut self, size: f64) -> Depth {
        let deepest = if size > 0.5 {
            6.99
        } else if size > 0.05 {
            8.99
        } else {
            9.99
        };
        Depth::new(self.between(2.0, deepest) as u8).unwrap()
    }
}
