//! The bars of the timeline's last lane: how many requests were sent, column by column.

use super::Span;
use super::time_axis::TimeAxis;
use crate::view::RequestTimes;
use fargate_core::units::SimTime;

/// From one bar's left edge to the next one's, in pixels.
const STEP: f64 = 9.0;
/// A bar's width.
const WIDTH: f64 = 6.0;

/// A bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it stands.
    pub span: Span,
    /// Its height, 0 to 1: the highest is 1.
    pub height: f64,
}

/// The bars of a run's requests; columns without any have none.
pub fn bars(axis: &TimeAxis, times: &RequestTimes) -> Vec<Bar> {
    let columns = ((axis.right() - axis.left()) / STEP).floor().max(0.0) as usize;
    let mut sums = vec![0.0; columns];
    for (place, count) in times
        .counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
    {
        let from = axis.x(SimTime(place as u64 * times.stretch.0)) - axis.left();
        let until = axis.x(SimTime((place as u64 + 1) * times.stretch.0)) - axis.left();
        let width = (until - from).max(1e-6);
        // A stretch that reaches over several columns is shared out among them.
        let (first, last) = ((from / STEP) as usize, (until / STEP) as usize);
        for (column, sum) in sums.iter_mut().enumerate().take(last + 1).skip(first) {
            let (left, right) = (column as f64 * STEP, (column + 1) as f64 * STEP);
            let part = (until.min(right) - from.max(left)).max(0.0) / width;
            *sum += f64::from(*count) * part;
        }
    }
    let most = sums.iter().copied().fold(0.0, f64::max);
    let bar = |(column, sum): (usize, f64)| Bar {
        span: Span {
            x: axis.left() + column as f64 * STEP + 1.5,
            w: WIDTH,
        },
        height: sum / most,
    };
    sums.into_iter()
        .enumerate()
        .filter(|(_, sum)| *sum > 0.0)
        .map(bar)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::SimSpan;

    #[test]
    fn columns_share_out_what_is_sent() {
        // 360 s in 540 pixels: 6 s a column.
        let axis = TimeAxis::new(150.0, 690.0, SimTime(286_000));
        let mut counts = vec![0; 20];
        (counts[0], counts[6], counts[11]) = (4, 1, 1);
        let shown = bars(
            &axis,
            &RequestTimes {
                stretch: SimSpan::secs(1),
                counts,
            },
        );
        let heights: Vec<(f64, f64)> = shown
            .iter()
            .map(|bar| (bar.span.x, (bar.height * 100.0).round()))
            .collect();
        assert_eq!(heights, [(151.5, 100.0), (160.5, 50.0)]);
        let long = bars(
            &axis,
            &RequestTimes {
                stretch: SimSpan::secs(12),
                counts: vec![8],
            },
        );
        assert_eq!(long.len(), 2, "a stretch of 12 s fills two columns");
        assert!(
            bars(
                &axis,
                &RequestTimes {
                    stretch: SimSpan::secs(1),
                    counts: vec![]
                }
            )
            .is_empty()
        );
    }
}
