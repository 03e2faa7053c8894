//! CPU sharing: weighted water filling under the task's hard cap.
//!
//! The kernel gives runnable containers time in proportion to their shares; what one leaves idle the others borrow; the
//! task's quota is a ceiling for all of them together. Source: the ECS agent's source (shares of 2 where `cpu` is 0 or
//! absent, at most 262,144) and 'How Amazon ECS manages CPU and memory resources' (AWS containers blog, 2019).

/// What one container brings: its `cpu` as defined, and what it would use, in CPU units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// `cpu` of the container definition; 0 where absent.
    pub cpu: u32,
    /// Units it would use if it could.
    pub wants: u32,
}

/// What one container gets, in CPU units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// What its weight is worth when all are busy.
    pub entitled: u32,
    /// What it gets.
    pub granted: u32,
    /// What it gets above its entitlement.
    pub borrowed: u32,
    /// What of its entitlement the others use.
    pub lent: u32,
}

/// The kernel's weight for a container's `cpu`.
pub fn weight(cpu: u32) -> u32 {
    cpu.clamp(2, 262_144)
}

/// Shares `cap` CPU units among the containers that run.
///
/// Each round gives every hungry container its weighted part of what is left, or what it wants if that is less, until
/// nothing is left or nobody is hungry. Odd units go to the first, so that the whole cap is given.
pub fn share(cap: u32, claims: &[Claim]) -> Vec<Grant> {
    let all: Vec<usize> = (0..claims.len()).collect();
    let entitled = split(cap, claims, &all);
    let mut given = vec![0; claims.len()];
    let mut hungry: Vec<usize> = all.into_iter().filter(|&i| claims[i].wants > 0).collect();
    let mut left = cap;
    while left > 0 && !hungry.is_empty() {
        let parts = split(left, claims, &hungry);
        let sated: Vec<usize> = hungry
            .iter()
            .copied()
            .filter(|&i| claims[i].wants <= parts[i])
            .collect();
        if sated.is_empty() {
            for &i in &hungry {
                given[i] = parts[i];
            }
            left = 0;
        }
        for &i in &sated {
            given[i] = claims[i].wants;
            left -= claims[i].wants;
        }
        hungry.retain(|i| !sated.contains(i));
    }
    let borrowed: Vec<u32> = (0..claims.len())
        .map(|i| u32::saturating_sub(given[i], entitled[i]))
        .collect();
    let loans = lend(&borrowed, &entitled, &given);
    (0..claims.len())
        .map(|i| Grant {
            entitled: entitled[i],
            granted: given[i],
            borrowed: borrowed[i],
            lent: loans[i],
        })
        .collect()
}

/// Splits `amount` by weight among `members`; the others get 0. Largest remainders get the odd units.
fn split(amount: u32, claims: &[Claim], members: &[usize]) -> Vec<u32> {
    let total: u64 = members
        .iter()
        .map(|&i| u64::from(weight(claims[i].cpu)))
        .sum();
    let mut parts = vec![0; claims.len()];
    if total == 0 {
        return parts;
    }
    let mut odd = amount;
    let mut remainders = Vec::with_capacity(members.len());
    for &i in members {
        let product = u64::from(amount) * u64::from(weight(claims[i].cpu));
        parts[i] = (product / total) as u32;
        odd -= parts[i];
        remainders.push((std::cmp::Reverse(product % total), i));
    }
    remainders.sort_unstable();
    for (_, i) in remainders.into_iter().take(odd as usize) {
        parts[i] += 1;
    }
    parts
}

/// Charges what is borrowed to those that leave part of their entitlement idle, in proportion to what they leave.
fn lend(borrowed: &[u32], entitled: &[u32], granted: &[u32]) -> Vec<u32> {
    let idle: Vec<u32> = entitled
        .iter()
        .zip(granted)
        .map(|(e, g)| e.saturating_sub(*g))
        .collect();
    take(borrowed.iter().sum(), &idle)
}

/// Takes an amount out of several stores in proportion to what each has, and never more than it has.
pub(super) fn take(amount: u32, stores: &[u32]) -> Vec<u32> {
    let all: u64 = stores.iter().map(|&it| u64::from(it)).sum();
    let mut rest = u64::from(amount).min(all) as u32;
    let part = |store: u32| (u64::from(rest) * u64::from(store)).checked_div(all);
    let mut taken: Vec<u32> = stores
        .iter()
        .map(|&store| part(store).unwrap_or(0) as u32)
        .collect();
    rest -= taken.iter().sum::<u32>();
    for (part, store) in taken.iter_mut().zip(stores) {
        let more = rest.min(store - *part);
        *part += more;
        rest -= more;
    }
    taken
}

/// What Windows gives: `cpu` is a quota there, not a weight, so nothing is lent; 1 % of a CPU where it is absent.
/// Source: ECS developer guide, 'Amazon ECS task definition differences for EC2 instances running Windows'.
pub fn quotas(claims: &[Claim]) -> Vec<Grant> {
    let grant = |claim: &Claim| {
        let entitled = if claim.cpu == 0 { 10 } else { claim.cpu };
        Grant {
            entitled,
            granted: claim.wants.min(entitled),
            ..Grant::default()
        }
    };
    claims.iter().map(grant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the developer guide, and what an absent `cpu` is worth beside it. Many more stand in
    /// `tests/data/shares`.
    #[test]
    fn weights_decide_only_while_all_want_more() {
        let busy = |cpu: u32| Claim { cpu, wants: 2_000 };
        let idle = |cpu: u32| Claim { cpu, wants: 0 };
        for (claims, gets) in [
            ([busy(256), busy(768)], [256, 768]),
            ([busy(256), idle(768)], [1_024, 0]),
            ([busy(256), busy(0)], [1_016, 8]),
            ([busy(0), busy(0)], [512, 512]),
        ] {
            let granted: Vec<u32> = share(1_024, &claims).iter().map(|it| it.granted).collect();
            assert_eq!(granted, gets, "{claims:?}");
        }
    }
}
