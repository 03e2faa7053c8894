//! What a draft and the revisions are called.

use fargate_session::view::FamilyCard;

/// The most characters of a family that AWS takes. Source: `family` of `RegisterTaskDefinition`.
const LONGEST: usize = 255;
/// The characters that are shown of one that is longer.
const CLIPPED: usize = 40;

/// The revision that registering a family makes next, such as `scorekeep:2`; `None` without a family. One that
/// AWS refuses for its length is cut, so that what names it still has room.
pub(crate) fn next_revision(family: &str, families: &[FamilyCard]) -> Option<String> {
    if family.is_empty() {
        return None;
    }
    let known = families.iter().find(|card| card.family == family);
    let last = known.and_then(|card| card.revisions.last());
    let next = last.map_or(1, |card| card.revision + 1);
    match family.char_indices().nth(LONGEST) {
        Some(_) => {
            let head: String = family.chars().take(CLIPPED).collect();
            Some(format!("{head}…:{next}"))
        }
        None => Some(format!("{family}:{next}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::SimTime;
    use fargate_session::view::RevisionCard;

    #[test]
    fn revisions_count_from_one_in_each_family() {
        let revision = |revision| RevisionCard {
            name: format!("scorekeep:{revision}"),
            revision,
            json: "{}".into(),
            sent: "{}".into(),
            registered_at: SimTime(0),
            fargate: true,
            active: true,
        };
        let families = [FamilyCard {
            family: "scorekeep".to_owned(),
            revisions: vec![revision(1), revision(2)],
        }];
        let (longest, too_long) = ("x".repeat(255), "é".repeat(1 << 20));
        let (whole, cut) = (format!("{longest}:1"), format!("{}…:1", "é".repeat(40)));
        for (family, next) in [
            (&*longest, Some(&*whole)),
            (&*too_long, Some(&*cut)),
            ("scorekeep", Some("scorekeep:3")),
            ("other", Some("other:1")),
            ("", None),
        ] {
            assert_eq!(
                next_revision(family, &families).as_deref(),
                next,
                "{family}"
            );
        }
    }
}
