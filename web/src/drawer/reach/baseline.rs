//! What the network is compared with: a moment of this run, or the end of another.

use super::kept::Moment;
use crate::commands::Commands;
use fargate_core::units::SimTime;
use fargate_session::view::HistoryCard;

/// What a person chose to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// Just before the last edit.
    LastEdit,
    /// The beginning of the run.
    Beginning,
    /// A moment that was kept, by its number.
    Kept(usize),
    /// The end of another run.
    Run(usize),
}

/// A choice, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is.
    pub baseline: Baseline,
    /// Its words.
    pub title: String,
    /// The run, and the moment in it; `None` for what was kept.
    pub place: Option<(usize, SimTime)>,
}

/// What there is to compare with, the most useful first.
pub fn choices(
    history: &HistoryCard,
    last_edit: Option<SimTime>,
    kept: Option<Moment>,
) -> Vec<Choice> {
    let title = |run: usize| history.runs.get(run).map_or("", |run| run.title.as_str());
    let here = history.current;
    let mut found = Vec::new();
    // What stood there at the very beginning has no moment before it.
    if let Some(at) = last_edit.filter(|at| at.0 > 0) {
        found.push(Choice {
            baseline: Baseline::LastEdit,
            title: format!("Before the last edit, at {at}"),
            place: Some((here, SimTime(at.0 - 1))),
        });
    }
    if let Some(kept) = kept {
        found.push(Choice {
            baseline: Baseline::Kept(kept.number),
            title: kept.title,
            place: None,
        });
    }
    found.push(Choice {
        baseline: Baseline::Beginning,
        title: format!("The beginning of {}", title(here)),
        place: Some((here, SimTime::default())),
    });
    let others = (0..history.runs.len()).filter(|run| *run != here);
    found.extend(others.map(|run| Choice {
        baseline: Baseline::Run(run),
        title: format!("The end of {}", title(run)),
        place: Some((run, SimTime(u64::MAX))),
    }));
    found
}

/// When the last edit was made; not tracked.
pub fn last_edit(commands: Commands) -> Option<SimTime> {
    commands.ask_session(fargate_session::Session::last_edit_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_session::view::RunCard;

    #[test]
    fn moments_and_other_runs_are_told_apart() {
        let run = |title: &str| RunCard {
            title: title.to_owned(),
            from: None,
        };
        let history = HistoryCard {
            runs: vec![run("Run 1"), run("Run 2")],
            current: 1,
            ..HistoryCard::default()
        };
        let titles = |edit: Option<u64>, kept: Option<&str>| -> Vec<String> {
            let kept = kept.map(|title| Moment {
                number: 0,
                title: title.to_owned(),
                scenario: "one".into(),
            });
            let all = choices(&history, edit.map(SimTime), kept);
            all.into_iter().map(|choice| choice.title).collect()
        };
        assert_eq!(
            titles(None, None),
            ["The beginning of Run 2", "The end of Run 1"]
        );
        assert_eq!(
            titles(Some(12_000), Some("Run 1 at 10:00:05")),
            [
                "Before the last edit, at 10:00:12",
                "Run 1 at 10:00:05",
                "The beginning of Run 2",
                "The end of Run 1"
            ]
        );
        assert_eq!(titles(Some(0), None).len(), 2);
    }
}
