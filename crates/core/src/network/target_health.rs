//! The health of a target: what a load balancer's checks found, in the words of `DescribeTargetHealth`.

use super::load_balancer::HealthCheck;

/// What the health checks of a target found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetHealth {
    /// Its state.
    pub state: TargetState,
    /// Checks in a row that say otherwise.
    pub against: u32,
}

/// The state of a target. Source: `TargetHealth` of the Elastic Load Balancing API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetState {
    /// It was registered, and is still to be asked.
    #[default]
    Initial,
    /// It answers.
    Healthy,
    /// It does not.
    Unhealthy(Ailment),
    /// It is not asked.
    Unused(Unused),
}

/// Why a target is unhealthy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ailment {
    /// No answer came: a group, an ACL or a route drops the check, or nothing has the address.
    Timeout,
    /// The connection was refused: nothing listens.
    Refused,
    /// The answer has a code that does not count as well.
    Code(u16),
}

/// Why a target is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unused {
    /// No listener forwards to its group.
    NoListener,
    /// It is in a zone that the load balancer does not serve.
    Zone,
}

impl TargetState {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Healthy => "healthy",
            Self::Unhealthy(_) => "unhealthy",
            Self::Unused(_) => "unused",
        }
    }

    /// AWS's code of the reason; `None` for a healthy one.
    pub const fn reason(self) -> Option<&'static str> {
        Some(match self {
            Self::Initial => "Elb.InitialHealthChecking",
            Self::Healthy => return None,
            Self::Unhealthy(Ailment::Timeout) => "Target.Timeout",
            Self::Unhealthy(Ailment::Refused) => "Target.FailedHealthChecks",
            Self::Unhealthy(Ailment::Code(_)) => "Target.ResponseCodeMismatch",
            Self::Unused(_) => "Target.NotInUse",
        })
    }

    /// AWS's words for the reason; nothing for a healthy one.
    pub fn description(self) -> String {
        match self {
            Self::Initial => "Initial health checks in progress",
            Self::Healthy => "",
            Self::Unhealthy(Ailment::Timeout) => "Request timed out",
            Self::Unhealthy(Ailment::Refused) => "Health checks failed",
            Self::Unhealthy(Ailment::Code(code)) => {
                return format!("Health checks failed with these codes: [{code}]");
            }
            Self::Unused(Unused::NoListener) => {
                "Target group is not configured to receive traffic from the load balancer"
            }
            Self::Unused(Unused::Zone) => {
                "Target is in an Availability Zone that is not enabled for the load balancer"
            }
        }
        .to_owned()
    }
}

impl TargetHealth {
    /// Whether it gets requests where no target is healthy.
    pub(super) const fn is_used(self) -> bool {
        !matches!(self.state, TargetState::Unused(Unused::Zone))
    }

    /// What it is after a check that found a state. One success is enough for a new target; then as many in a row as the check's
    /// thresholds say. Source: 'Health checks for your target groups' of the load balancers' guides.
    pub(super) fn after(self, found: TargetState, check: &HealthCheck) -> Self {
        use TargetState::{Healthy, Initial, Unhealthy, Unused};
        let settled = Self {
            state: found,
            against: 0,
        };
        let needed = match (self.state, found) {
            (Healthy | Initial, Unhealthy(_)) => check.unhealthy,
            (Unhealthy(_), Healthy) => check.healthy,
            (_, Healthy | Initial | Unhealthy(_) | Unused(_)) => return settled,
        };
        if self.against + 1 >= needed {
            return settled;
        }
        Self {
            against: self.against + 1,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ailment, TargetHealth, TargetState};
    use crate::network::{HealthCheck, LoadBalancerKind};

    /// What a target is after each of some checks, a letter each: does the check come through (`+`) or not (`-`).
    #[test]
    fn thresholds_count_checks_in_a_row() {
        let check = HealthCheck::default_of(LoadBalancerKind::Application, None);
        for (checks, states) in [
            ("+", "h"),
            ("--", "iu"),
            ("-+", "ih"),
            ("+-+--", "hhhhu"),
            ("--+++++", "iuuuuuh"),
            ("--++++-+++++", "iuuuuuuuuuuh"),
        ] {
            let mut health = TargetHealth::default();
            let mut found = String::new();
            for one in checks.chars() {
                let state = if one == '+' {
                    TargetState::Healthy
                } else {
                    TargetState::Unhealthy(Ailment::Timeout)
                };
                health = health.after(state, &check);
                found.push_str(&health.state.aws()[..1]);
            }
            assert_eq!(found, states, "{checks}");
        }
    }
}
