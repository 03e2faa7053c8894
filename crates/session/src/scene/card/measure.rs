//! What a task's card needs: its height, the columns of its chips, the widths of its pills, the lines of its reason.

use crate::scene::spacing::Density;
use crate::scene::text::{self, Face};
use crate::view::TaskCard;
use fargate_core::task::TaskState;

/// Whether the task has ended, so that its card keeps only the reason.
pub(crate) fn ended(task: &TaskCard) -> bool {
    task.state == TaskState::Stopped
}

/// The height of a task's card at a width.
pub(crate) fn height(task: &TaskCard, density: Density, width: f64) -> f64 {
    if ended(task) {
        return match density {
            Density::Mini => 16.0,
            Density::Large | Density::Snug | Density::Medium | Density::Line => {
                36.0 + 16.0 * reason_lines(task, width).len() as f64
            }
        };
    }
    let rows = task.containers.len().div_ceil(2).max(1) as f64;
    match density {
        Density::Large => 52.0 + rows * 128.0 - 12.0 + 244.0,
        Density::Snug => 52.0 + rows * 128.0 - 12.0 + 174.0,
        Density::Medium => {
            let row = if needs_row(task, width) { 22.0 } else { 0.0 };
            36.0 + row + chip_rows(task.containers.len(), width) as f64 * 96.0 + 2.0
        }
        Density::Line => 36.0,
        Density::Mini => 16.0,
    }
}

/// The reason of an ended task, in the lines of its card.
pub fn reason_lines(task: &TaskCard, width: f64) -> Vec<String> {
    let reason = task.stop.as_ref().map_or("", |stop| &stop.reason);
    text::wrap(reason, Face::Plain, width - 20.0, 2)
}

pub(super) fn chip_columns(containers: usize, width: f64) -> usize {
    let fit = ((width - 16.0 + 6.0) / 78.0).floor() as usize;
    fit.min(containers).max(1)
}

fn chip_rows(containers: usize, width: f64) -> usize {
    containers.div_ceil(chip_columns(containers, width)).max(1)
}

fn pill_width(address: &str) -> f64 {
    32.0 + text::width(address, Face::Mono)
}

pub(super) fn pill_widths(task: &TaskCard) -> (f64, f64) {
    task.interface.as_ref().map_or((0.0, 0.0), |interface| {
        let public = interface
            .public_ip
            .map_or(0.0, |ip| pill_width(&ip.to_string()));
        (pill_width(&interface.private_ip.to_string()), public)
    })
}

/// Whether the public address needs a row in the card.
pub(super) fn needs_row(task: &TaskCard, width: f64) -> bool {
    let (private, public) = pill_widths(task);
    public > 0.0 && private + 8.0 + public > width - 24.0
}
