//! What is the same in several places of the tab: long lists are cut, and say so.

use fargate_core::network::ProtocolPort;

/// Lines of a list at most.
pub const MOST: usize = 50;

/// 'TCP 80, TCP 443'.
pub fn ports(ports: &[ProtocolPort]) -> String {
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    ports.join(", ")
}

/// 'a, b and 3 more'; `None` where there is nobody.
pub fn names(all: &[String], most: usize) -> Option<String> {
    let shown = all.get(..most.min(all.len()))?.join(", ");
    match all.len().saturating_sub(most) {
        0 => (!all.is_empty()).then_some(shown),
        more => Some(format!("{shown} and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_say_how_many_are_left_out() {
        let all = ["a", "b", "c"].map(str::to_owned);
        for (count, most, words) in [
            (0, 2, None),
            (1, 2, Some("a")),
            (2, 2, Some("a, b")),
            (3, 2, Some("a, b and 1 more")),
        ] {
            assert_eq!(names(&all[..count], most).as_deref(), words, "{count}");
        }
    }
}
