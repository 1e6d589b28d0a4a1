//! The floating-point types that can be written and read.

use half::f16;

use super::digits::{Cutoff, Digits, Text};

/// A floating-point type: `f16`, `f32` or `f64`.
pub trait Float: Copy + sealed::Shortest {
    /// The first power of ten that `str` writes with an exponent.
    ///
    /// Beyond it the shortest digits of the type no longer reach the units.
    const SCIENTIFIC_FROM: f64;

    /// How many significant digits release 1.13 gave to `str` and to `repr`.
    const DIGITS_IN_1_13: (usize, usize);

    /// The same value as a double, exactly.
    fn to_f64(self) -> f64;

    /// The nearest value of this type, halves to even.
    fn from_f64(value: f64) -> Self;

    /// The magnitude.
    fn abs(self) -> Self {
        Self::from_f64(self.to_f64().abs())
    }
}

pub(super) mod sealed {
    use super::Text;

    /// What the digit search needs to know about a type's spacing.
    pub trait Shortest {
        /// Fewest digits that read back as this positive, finite value, as any text that `f64` parses.
        fn shortest_text(self) -> Text;

        /// Whether `text` is a decimal that rounds to this very value.
        fn reads_back(self, text: &str) -> bool;
    }
}

impl sealed::Shortest for f64 {
    fn shortest_text(self) -> Text {
        Text::of(format_args!("{self:e}"))
    }

    fn reads_back(self, text: &str) -> bool {
        text.parse::<Self>() == Ok(self)
    }
}

impl Float for f64 {
    const SCIENTIFIC_FROM: f64 = 1e16;
    const DIGITS_IN_1_13: (usize, usize) = (12, 17);

    fn to_f64(self) -> f64 {
        self
    }

    fn from_f64(value: f64) -> Self {
        value
    }
}

impl sealed::Shortest for f32 {
    fn shortest_text(self) -> Text {
        Text::of(format_args!("{self:e}"))
    }

    fn reads_back(self, text: &str) -> bool {
        text.parse::<Self>() == Ok(self)
    }
}

impl Float for f32 {
    const SCIENTIFIC_FROM: f64 = 1e6;
    const DIGITS_IN_1_13: (usize, usize) = (6, 8);

    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    fn from_f64(value: f64) -> Self {
        value as Self
    }
}

impl sealed::Shortest for f16 {
    /// Tries one digit, then two, up to the five that tell any two halves apart.
    fn shortest_text(self) -> Text {
        let value = f64::from(self);
        for count in 1..5 {
            let mut candidate = Digits::nearest(value, Cutoff::Significant(count));
            // Below a power of two the spacing halves, so the nearest decimal may be out of reach where the next
            // one up is not.
            for _ in 0..2 {
                let text = candidate.to_text();
                if self.reads_back(text.as_str()) {
                    return text;
                }
                candidate.increment();
            }
        }
        Digits::nearest(value, Cutoff::Significant(5)).to_text()
    }

    fn reads_back(self, text: &str) -> bool {
        text.parse::<f64>()
            .is_ok_and(|value| Self::from_f64(value) == self)
    }
}

impl Float for f16 {
    const SCIENTIFIC_FROM: f64 = 1e3;
    const DIGITS_IN_1_13: (usize, usize) = (6, 8);

    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    fn from_f64(value: f64) -> Self {
        Self::from_f64(value)
    }
}
