//! What comes to its next state by itself: by the kind of its id, the file that knows its states.

use crate::engine::step::Step;
use crate::network::Network;

/// Brings a thing of the network to its next state.
type Due = fn(&mut Network, &str, &mut Step<'_>);

/// What ids begin with, and who knows their things.
const KINDS: &[(&str, Due)] = &[
    ("nat-", super::nat::due),
    ("i-", super::instances::due),
    ("vpce-", super::endpoints::due),
    ("db-", super::databases::due),
    ("fsmt-", super::mount_targets::due),
    (super::load_balancers::ARN, super::load_balancers::due),
    (super::health_checks::CHECK, super::health_checks::due),
    (super::registrations::TARGET, super::registrations::due),
];

/// Brings the thing of an id to its next state.
pub(crate) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let known = KINDS.iter().find(|(kind, _)| id.starts_with(kind));
    if let Some((_, due)) = known {
        due(network, id, step);
    }
}
