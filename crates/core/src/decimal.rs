//! Fractions as people and pictures write them, without the standard library's float formatting: that would weigh more than all
//! its uses are worth.

use std::fmt;

/// A number to at most four decimals, without trailing zeros: `0.25`, `-3.5`, `12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(i64);

/// Parts of one.
const SCALE: i64 = 10_000;

impl Decimal {
    /// The nearest to a number. One that is none, or beyond the range, is cut to it: 0, or some 922 million million.
    pub fn of(number: f64) -> Self {
        Self((number * SCALE as f64).round() as i64)
    }

    /// The nearest with so many decimals, at most four.
    pub fn to(number: f64, decimals: u32) -> Self {
        let step = 10_i64.pow(4 - decimals.min(4));
        let steps = (number * (SCALE / step) as f64).round() as i64;
        Self(steps.saturating_mul(step))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, mut part) = (self.0 / SCALE, (self.0 % SCALE).unsigned_abs());
        if self.0 < 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", whole.unsigned_abs())?;
        if part == 0 {
            return Ok(());
        }
        let mut digits = 4;
        while part.is_multiple_of(10) {
            part /= 10;
            digits -= 1;
        }
        write!(f, ".{part:0digits$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_to_four_decimals_without_zeros() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.25, "0.25"),
            (-3.5, "-3.5"),
            (-0.05, "-0.05"),
            (1.000_04, "1"),
            (0.000_06, "0.0001"),
            (12.345_67, "12.3457"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(Decimal::of(number).to_string(), text, "{number}");
        }
        for (number, decimals, text) in [
            (1.26, 1, "1.3"),
            (99.6, 0, "100"),
            (2.0, 1, "2"),
            (0.123_45, 9, "0.1235"),
        ] {
            assert_eq!(Decimal::to(number, decimals).to_string(), text, "{number}");
        }
    }
}
