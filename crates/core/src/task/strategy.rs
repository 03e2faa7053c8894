//! Capacity provider strategies: which provider runs which task.
//!
//! Source: API reference of `CapacityProviderStrategyItem` for base and weight. AWS does not say who gets what is left over: here each
//! task goes to the provider that lacks most of its part, the first listed of those that lack as much.

/// A capacity provider of Fargate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provider {
    /// On demand.
    Fargate,
    /// On capacity that AWS has to spare and takes back when it needs it.
    FargateSpot,
}

impl Provider {
    /// Both, in the order of their names.
    pub const ALL: [Self; 2] = [Self::Fargate, Self::FargateSpot];

    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Fargate => "FARGATE",
            Self::FargateSpot => "FARGATE_SPOT",
        }
    }

    /// The provider of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.aws() == name)
    }
}

/// One item of a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The provider.
    pub provider: Provider,
    /// How many tasks it runs at least.
    pub base: u32,
    /// Its part of the others.
    pub weight: u32,
}

/// Which provider runs each of so many more tasks, where `running` says how many each item of the strategy runs already.
pub fn spread(strategy: &[Part], running: &[u32], more: u32) -> Vec<Provider> {
    let mut runs: Vec<u32> = strategy
        .iter()
        .enumerate()
        .map(|(place, _)| running.get(place).copied().unwrap_or(0))
        .collect();
    let total: u64 = strategy.iter().map(|part| u64::from(part.weight)).sum();
    let mut chosen = Vec::new();
    for _ in 0..more {
        let short = strategy.iter().zip(&runs);
        let base = short.clone().position(|(part, runs)| *runs < part.base);
        // beyond the bases: of so many tasks with this one, its part is `weight / total`
        let beyond = |(part, runs): (&Part, &u32)| u64::from(runs.saturating_sub(part.base));
        let rest: u64 = short.clone().map(beyond).sum::<u64>() + 1;
        let lacks = |(part, runs): (&Part, &u32)| {
            i128::from(rest * u64::from(part.weight)) - i128::from(beyond((part, runs)) * total)
        };
        let weighed = short.enumerate().filter(|(_, (part, _))| part.weight > 0);
        let most = weighed.rev().max_by_key(|(_, it)| lacks(*it));
        let Some(place) = base.or(most.map(|(place, _)| place)) else {
            break;
        };
        runs[place] += 1;
        chosen.push(strategy[place].provider);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many tasks on demand and on Spot, of base and weight of each.
    fn placed(
        fargate: (u32, u32),
        spot: (u32, u32),
        running: [u32; 2],
        more: u32,
    ) -> (usize, usize) {
        let part = |provider, (base, weight)| Part {
            provider,
            base,
            weight,
        };
        let strategy = [
            part(Provider::Fargate, fargate),
            part(Provider::FargateSpot, spot),
        ];
        let chosen = spread(&strategy, &running, more);
        let spots = chosen
            .iter()
            .filter(|it| **it == Provider::FargateSpot)
            .count();
        (chosen.len() - spots, spots)
    }

    #[test]
    fn the_base_comes_first_and_the_rest_goes_by_weight() {
        // (base and weight of FARGATE, of FARGATE_SPOT, what runs, how many more) gives (on demand, on Spot)
        let rows = [
            ((0, 1), (0, 4), [0, 0], 10, (2, 8)),
            ((0, 1), (0, 1), [0, 0], 4, (2, 2)),
            ((2, 0), (0, 1), [0, 0], 5, (2, 3)),
            ((0, 3), (0, 1), [0, 0], 8, (6, 2)),
            ((0, 1), (0, 1), [0, 0], 7, (4, 3)),
            // what runs already fills the base
            ((2, 0), (0, 1), [2, 3], 5, (0, 5)),
            ((2, 1), (0, 1), [1, 0], 3, (2, 1)),
            // weight 0 gets nothing beyond its base
            ((1, 0), (0, 0), [0, 0], 3, (1, 0)),
            ((0, 1_000), (100_000, 0), [0, 0], 2, (0, 2)),
        ];
        for (fargate, spot, running, more, wanted) in rows {
            assert_eq!(
                placed(fargate, spot, running, more),
                wanted,
                "{fargate:?} {spot:?} {running:?} {more}"
            );
        }
    }

    #[test]
    fn of_providers_that_lack_as_much_the_first_listed_is_taken() {
        let part = |provider| Part {
            provider,
            base: 0,
            weight: 1,
        };
        let chosen = spread(
            &[part(Provider::FargateSpot), part(Provider::Fargate)],
            &[],
            3,
        );
        assert_eq!(
            chosen,
            [
                Provider::FargateSpot,
                Provider::Fargate,
                Provider::FargateSpot
            ]
        );
    }
}
