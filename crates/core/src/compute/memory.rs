//! Memory sharing: the task's hard limit, each container's hard limit, and the out-of-memory kill.
//!
//! A reservation is a soft floor: it kills nobody. Fargate has no swap, so memory that processes hold cannot be taken
//! back: beyond a limit the kernel kills. Which container dies under the task's limit AWS does not document; the kernel
//! takes the one that holds the most, and so does this model. Source: 'How Amazon ECS manages CPU and memory resources'.

/// What one container holds or would hold, in MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// What it would use if it could.
    pub wants: u32,
    /// `memory` of the container definition: its hard limit.
    pub limit: Option<u32>,
}

/// Which limit a killed container met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Its own `memory`, in MiB.
    Container(u32),
    /// The task's `memory`, in MiB.
    Task(u32),
}

/// A kill for want of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The place of the victim among the holds.
    pub victim: usize,
    /// The limit that decided.
    pub limit: Limit,
}

/// Who is killed first when the containers hold what they want; `None` where all fits.
pub fn first_kill(task_limit: u32, holds: &[Hold]) -> Option<Kill> {
    let own = holds
        .iter()
        .enumerate()
        .find_map(|(victim, hold)| match hold.limit {
            Some(limit) if hold.wants > limit => Some(Kill {
                victim,
                limit: Limit::Container(limit),
            }),
            _ => None,
        });
    let total: u64 = holds.iter().map(|hold| u64::from(hold.wants)).sum();
    let whole = (total > u64::from(task_limit)).then(|| {
        let largest = holds
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, hold)| hold.wants);
        largest.map(|(victim, _)| Kill {
            victim,
            limit: Limit::Task(task_limit),
        })
    });
    own.or(whole.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Task limit, (wants, limit) of each container, the victim and its limit.
    type Row = (u32, &'static [(u32, Option<u32>)], Option<(usize, Limit)>);

    const TABLE: &[Row] = &[
        (2048, &[(292, None), (408, None)], None),
        (2048, &[(1024, None), (1024, None)], None),
        (
            2048,
            &[(1024, None), (1025, None)],
            Some((1, Limit::Task(2048))),
        ),
        (
            2048,
            &[(1500, None), (1500, None)],
            Some((0, Limit::Task(2048))),
        ),
        (2048, &[(1024, Some(1024)), (408, None)], None),
        (
            2048,
            &[(1025, Some(1024)), (408, None)],
            Some((0, Limit::Container(1024))),
        ),
        (
            2048,
            &[(300, None), (1900, Some(1024))],
            Some((1, Limit::Container(1024))),
        ),
        (512, &[(513, None)], Some((0, Limit::Task(512)))),
        (512, &[], None),
    ];

    #[test]
    fn beyond_a_limit_the_kernel_kills() {
        for (limit, holds, expected) in TABLE {
            let holds: Vec<Hold> = holds
                .iter()
                .map(|&(wants, limit)| Hold { wants, limit })
                .collect();
            let kill = first_kill(*limit, &holds).map(|kill| (kill.victim, kill.limit));
            assert_eq!(kill, *expected, "{limit} MiB for {holds:?}");
        }
    }
}
