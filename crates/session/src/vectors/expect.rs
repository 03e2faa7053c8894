//! What a row expects, and whether it was observed.

use super::observed::Observed;
use super::reader::At;

/// What a row expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// Whether the connection comes about.
    pub allow: bool,
    /// Why not; `None` where it does.
    pub code: Option<String>,
    /// The part that decides against it; of its members those that are there count.
    pub decided_by: Option<Decided>,
}

/// The part that decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// What it is.
    pub kind: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// `forward` or `return`.
    pub phase: Option<String>,
    /// `ingress` or `egress`.
    pub direction: Option<String>,
    /// The subnet whose ACL or route table it is.
    pub subnet: Option<String>,
    /// The number of the ACL's entry, or `*`.
    pub rule: Option<String>,
    /// The interface whose groups they are.
    pub interface: Option<String>,
}

/// A record of VPC Flow Logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The interface.
    pub interface: String,
    /// `ingress` or `egress`.
    pub direction: &'static str,
    /// `ACCEPT` or `REJECT`.
    pub action: &'static str,
}

pub(super) fn expect(at: &At<'_>) -> Result<Expect, String> {
    let verdict = at.member("verdict")?;
    let allow = match verdict.as_text()?.as_str() {
        "ALLOW" => true,
        "DENY" => false,
        _ => return Err(verdict.wrong("ALLOW or DENY")),
    };
    Ok(Expect {
        allow,
        code: at.optional("code").map(|it| it.as_text()).transpose()?,
        decided_by: at
            .optional("decided_by")
            .map(|it| decided(&it))
            .transpose()?,
    })
}

fn decided(at: &At<'_>) -> Result<Decided, String> {
    let text = |name: &str| at.optional(name).map(|it| it.as_text()).transpose();
    let rule = |it: At<'_>| match it.as_number(1, 32_767) {
        Ok(number) => Ok(number.to_string()),
        Err(_) => it.as_text(),
    };
    Ok(Decided {
        kind: text("type")?,
        id: text("id")?,
        phase: text("phase")?,
        direction: text("direction")?,
        subnet: text("subnet")?,
        rule: at.optional("rule").map(rule).transpose()?,
        interface: text("eni")?,
    })
}

impl Expect {
    /// Where what was observed differs, in words; nothing where it does not.
    pub fn differences(&self, observed: &Observed) -> Vec<String> {
        let mut found = Vec::new();
        let verdict = |allow| if allow { "ALLOW" } else { "DENY" };
        if self.allow != observed.allow {
            found.push(format!(
                "verdict {}, not {}",
                verdict(observed.allow),
                verdict(self.allow)
            ));
        }
        if self.code.as_deref() != observed.code {
            found.push(format!("code {:?}, not {:?}", observed.code, self.code));
        }
        let nothing = Decided::default();
        let seen = observed.decided_by.as_ref();
        if self.decided_by.is_none() != seen.is_none() {
            found.push(format!("decided by {seen:?}, not {:?}", self.decided_by));
        } else if let Some(wanted) = &self.decided_by {
            let seen = seen.unwrap_or(&nothing);
            let members = [
                ("type", &wanted.kind, &seen.kind),
                ("id", &wanted.id, &seen.id),
                ("phase", &wanted.phase, &seen.phase),
                ("direction", &wanted.direction, &seen.direction),
                ("subnet", &wanted.subnet, &seen.subnet),
                ("rule", &wanted.rule, &seen.rule),
                ("eni", &wanted.interface, &seen.interface),
            ];
            for (name, wanted, seen) in members {
                if wanted.is_some() && wanted != seen {
                    found.push(format!("decided_by.{name} {seen:?}, not {wanted:?}"));
                }
            }
        }
        found
    }
}
