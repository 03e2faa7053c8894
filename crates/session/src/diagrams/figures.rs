//! Figures as the page writes them: lengths of time, money, sizes.

use fargate_core::units::{CpuUnits, NanoUsd, SimSpan};

/// `9 s`, `4 min`, `2 h 5 min`.
pub fn length(span: SimSpan) -> String {
    let seconds = (span.0 + 500) / 1_000;
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `$0.0036`; two decimals from a dollar up.
pub fn money(amount: NanoUsd) -> String {
    let (step, decimals) = if amount.0 < 1_000_000_000 {
        (100_000, 4)
    } else {
        (10_000_000, 2)
    };
    let rounded = (amount.0 + step / 2) / step;
    let whole = 10_u64.pow(decimals);
    format!(
        "${}.{:0width$}",
        rounded / whole,
        rounded % whole,
        width = decimals as usize
    )
}

/// `1 vCPU`, `0.25 vCPU`.
pub fn vcpu(units: CpuUnits) -> String {
    let thousandths = u64::from(units.0) * 1_000 / 1_024;
    let (whole, part) = (thousandths / 1_000, thousandths % 1_000);
    let decimals = format!("{part:03}");
    match decimals.trim_end_matches('0') {
        "" => format!("{whole} vCPU"),
        decimals => format!("{whole}.{decimals} vCPU"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_have_the_unit_that_fits() {
        for (ms, text) in [
            (0, "0 s"),
            (9_400, "9 s"),
            (59_499, "59 s"),
            (59_500, "1 min"),
            (260_000, "4 min"),
            (3_600_000, "1 h"),
            (7_500_000, "2 h 5 min"),
        ] {
            assert_eq!(length(SimSpan(ms)), text);
        }
    }

    #[test]
    fn money_has_four_decimals_below_a_dollar() {
        for (nano, text) in [
            (0, "$0.0000"),
            (3_634_875, "$0.0036"),
            (49_370_000, "$0.0494"),
            (999_960_000, "$1.0000"),
            (1_234_567_890, "$1.23"),
        ] {
            assert_eq!(money(NanoUsd(nano)), text);
        }
    }

    #[test]
    fn sizes_are_in_vcpu() {
        for (units, text) in [
            (256, "0.25 vCPU"),
            (1_024, "1 vCPU"),
            (1_536, "1.5 vCPU"),
            (16_384, "16 vCPU"),
        ] {
            assert_eq!(vcpu(CpuUnits(units)), text);
        }
    }
}
