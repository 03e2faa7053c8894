//! Seeded chance: every draw is a pure function of the seed, a purpose and a subject.
//!
//! There is no generator to advance, so a new draw in one place cannot reshuffle another, and the same task draws the
//! same numbers in every branch of a history.

/// A number drawn for a purpose and a subject: the same for the same seed, wherever and whenever it is drawn.
pub fn draw(seed: u64, purpose: &str, subject: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ mix(seed);
    for byte in purpose.bytes().chain([0]).chain(subject.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(hash)
}

/// A draw from `low` to `high`, both included.
pub fn between(seed: u64, purpose: &str, subject: &str, low: u64, high: u64) -> u64 {
    low + draw(seed, purpose, subject) % (high.saturating_sub(low) + 1)
}

/// Two draws as an id of AWS's requests: `4a5c1b1e-…`, a UUID of version 4.
pub fn uuid(high: u64, low: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// Spreads a number over all 64 bits (the finalizer of `SplitMix64`).
const fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_depend_on_seed_purpose_and_subject_alone() {
        assert_eq!(draw(1, "mac", "eni-1"), draw(1, "mac", "eni-1"));
        assert_ne!(draw(1, "mac", "eni-1"), draw(2, "mac", "eni-1"));
        assert_ne!(draw(1, "mac", "eni-1"), draw(1, "address", "eni-1"));
        assert_ne!(draw(1, "mac", "eni-1"), draw(1, "mac", "eni-2"));
        assert_ne!(draw(1, "a", "bc"), draw(1, "ab", "c"));
        let seen: Vec<u64> = (0..200)
            .map(|i| between(7, "span", &i.to_string(), 10, 13))
            .collect();
        assert_eq!(
            (seen.iter().min(), seen.iter().max()),
            (Some(&10), Some(&13))
        );
    }
}
