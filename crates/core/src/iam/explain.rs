//! Why a request was refused, how near a statement was to allowing it, and the tightest statement that would.

use super::evaluate::{Considered, Decision, Layer, Outcome, Unmet};
use super::operator::Comparison;
use super::pattern::{Case, Pattern};
use super::policy::Effect;
use crate::text::quote;

/// What cures a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// What to do, in a sentence.
    pub sentence: String,
    /// The statement to add, as JSON; `None` where adding one does not help.
    pub statement: Option<String>,
    /// The kind of policy that it goes into.
    pub layer: Layer,
}

impl Decision {
    /// What decided, in a sentence.
    pub fn reason(&self) -> String {
        let action = &self.request.action;
        match (self.outcome, self.layer, self.statement()) {
            (Outcome::Allowed, None, _) => {
                "The root user may do everything that no service control policy denies.".to_owned()
            }
            (Outcome::Allowed, _, Some(it)) => format!(
                "{} allows {action}, and nothing denies it.",
                capital(&it.to_string())
            ),
            (Outcome::ExplicitDeny, _, Some(it)) => format!(
                "{} denies {action}, and no Allow outweighs a Deny.",
                capital(&it.to_string())
            ),
            (_, layer, _) => {
                let layer = layer.unwrap_or(Layer::Identity).aws();
                if self
                    .considered
                    .iter()
                    .any(|it| Some(it.layer) == self.layer)
                {
                    format!(
                        "No statement of a {layer} allows {action} on {}.",
                        self.request.resource
                    )
                    .replace("a identity", "an identity")
                } else {
                    format!("There is no {layer} at all, and what nothing allows is denied.")
                }
            }
        }
    }

    /// The statements that nearly allowed it, the nearest first, each with what it would have taken.
    pub fn near(&self) -> Vec<String> {
        if self.outcome != Outcome::ImplicitDeny {
            return Vec::new();
        }
        let layer = self.layer.unwrap_or(Layer::Identity);
        let all = self.considered.iter();
        let mut near: Vec<(usize, String)> = all
            .filter(|it| it.effect == Effect::Allow && it.layer == layer)
            .filter_map(|it| self.miss(it))
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().map(|(_, words)| words).take(4).collect()
    }

    fn miss(&self, it: &Considered) -> Option<(usize, String)> {
        let name = capital(&it.to_string());
        let request = &self.request;
        if it.action && it.resource && it.principal.is_some() {
            let unmet: Vec<String> = it.unmet.iter().map(unmet).collect();
            return Some((
                unmet.len(),
                format!("{name} would allow it if {}.", unmet.join(" and ")),
            ));
        }
        if it.action && it.principal.is_none() {
            return Some((
                1,
                format!("{name} lets others in, not {}.", request.principal),
            ));
        }
        if it.action && !it.resource {
            let also = if it.unmet.is_empty() {
                ""
            } else {
                ", and its condition does not hold either"
            };
            let on = it.resources.join(", ");
            let words = match near_arn(&it.resources, &request.resource) {
                Some(hint) => format!("{name} allows {} on {on}; {hint}{also}.", request.action),
                None => format!(
                    "{name} allows {} on {on}, not on {}{also}.",
                    request.action, request.resource
                ),
            };
            return Some((2 + it.unmet.len(), words));
        }
        let service = request.action.split(':').next().unwrap_or_default();
        let same = it.actions.iter().filter(|it| {
            it.split(':')
                .next()
                .is_some_and(|it| it.eq_ignore_ascii_case(service))
        });
        let same: Vec<&str> = same.map(String::as_str).take(4).collect();
        (it.resource && it.unmet.is_empty() && !same.is_empty()).then(|| {
            (
                4,
                format!("{name} allows {}, not {}.", same.join(", "), request.action),
            )
        })
    }

    /// What cures the refusal; `None` where it was none. The statement names this action and this resource only, with the
    /// condition that AWS recommends for handing on a role.
    pub fn cure(&self) -> Option<Cure> {
        let layer = self.layer.filter(|_| !self.allowed())?;
        let request = &self.request;
        if self.outcome == Outcome::ExplicitDeny {
            let statement = self
                .statement()
                .map(ToString::to_string)
                .unwrap_or_default();
            return Some(Cure {
                sentence: format!(
                    "Narrow or remove {statement}: while it denies this, no Allow helps."
                ),
                statement: None,
                layer,
            });
        }
        let mut elements = vec!["\"Effect\": \"Allow\"".to_owned()];
        if layer == Layer::Trust {
            let principal = quote(&request.principal);
            let kind = if request.principal.starts_with("arn:") {
                "AWS"
            } else {
                "Service"
            };
            elements.push(format!("\"Principal\": {{ \"{kind}\": {principal} }}"));
        }
        if layer == Layer::Endpoint {
            elements.push("\"Principal\": \"*\"".to_owned());
        }
        elements.push(format!("\"Action\": {}", quote(&request.action)));
        if layer != Layer::Trust {
            elements.push(format!("\"Resource\": {}", quote(&request.resource)));
        }
        let narrow = [
            ("iam:PassedToService", "StringEquals"),
            ("ecs:cluster", "ArnEquals"),
        ];
        for (key, operator) in narrow {
            if let Some([value]) = request.context.get(key) {
                let value = quote(value);
                elements.push(format!(
                    "\"Condition\": {{ \"{operator}\": {{ \"{key}\": {value} }} }}"
                ));
                break;
            }
        }
        let json = format!("{{\n  {}\n}}", elements.join(",\n  "));
        let action = &request.action;
        let sentence = match layer {
            Layer::Trust => format!(
                "Let {} assume the role: add a statement to its trust policy.",
                request.principal
            ),
            Layer::Identity => format!(
                "Allow {action} on {} in a policy of whoever asks for it.",
                request.resource
            ),
            other => format!(
                "Allow {action} in the {}, too: what that leaves out, no other policy gives.",
                other.aws()
            ),
        };
        Some(Cure {
            sentence,
            statement: Some(json),
            layer,
        })
    }

    /// The refusal's cure in sentences, the near misses first.
    pub fn advice(&self) -> String {
        let near = self.near().into_iter().next();
        let cure = self.cure().map(|it| it.sentence);
        near.into_iter().chain(cure).collect::<Vec<_>>().join(" ")
    }
}

/// What a condition would have taken: 'ecs:cluster were …/prod (it is …/default)'.
fn unmet(it: &Unmet) -> String {
    let given = match it.given.as_deref() {
        None => "the request has none".to_owned(),
        Some(values) => format!("it is {}", values.join(", ")),
    };
    let (key, wanted) = (&it.key, it.wanted.join(" or "));
    match it.operator.comparison {
        None if it.wanted.iter().any(|it| it.eq_ignore_ascii_case("true")) => {
            format!("the request had no {key} ({given})")
        }
        None => format!("the request had {key} ({given})"),
        Some(_) if it.operator.negated => format!("{key} were not {wanted} ({given})"),
        Some(Comparison::Like | Comparison::Arn) if wanted.contains(['*', '?']) => {
            format!("{key} were like {wanted} ({given})")
        }
        Some(_) => format!("{key} were {wanted} ({given})"),
    }
}

/// What keeps an ARN from fitting, where it is a little: a revision that is not named, or one part.
fn near_arn(patterns: &[String], resource: &str) -> Option<String> {
    patterns.iter().find_map(|pattern| {
        if pattern.ends_with(":*") && Pattern::plain(pattern).fits(&format!("{resource}:0"), Case::Kept) {
            return Some(format!("the call names no revision, so {resource} is asked for, which {pattern} does not fit"));
        }
        let (a, b) = (pattern.splitn(6, ':').collect::<Vec<_>>(), resource.splitn(6, ':').collect::<Vec<_>>());
        if a.len() != 6 || b.len() != 6 {
            return None;
        }
        let mut differ = (0..6).filter(|at| !Pattern::plain(a[*at]).fits(b[*at], Case::Kept));
        let (first, second) = (differ.next()?, differ.next());
        let what = ["scheme", "partition", "service", "Region", "account", "resource"][first];
        (second.is_none() && first < 5).then(|| format!("its {what} is {}, not {}", b[first], a[first]))
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
