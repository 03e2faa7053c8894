//! Area `circuit_breaker`: what a deployment comes to whose tasks fail, as far as nothing breaks the circuit.

use super::Case;
use super::failing::failing;
use super::seen::Seen;
use super::words::{any, any_flag, speaks_of};

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let breaker = any(case.setup, &["circuitBreaker", "deploymentCircuitBreaker"]);
    let off = breaker.is_none_or(|it| any_flag(it, &["enable"]) == Some(false));
    if off && speaks_of(case.deed(), &["never reach running", "fail to start"]) {
        return failing(case);
    }
    Ok(case.not_modelled())
}
