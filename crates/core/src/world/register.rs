//! `RegisterTaskDefinition`: the verdict, and the revision if it accepts.

use super::World;
use crate::call::RegisterTaskDefinition;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::finding::{AwsError, Finding};
use crate::task_definition::{Context, Revision, RevisionStatus, Verdict};
use std::sync::Arc;

impl World {
    pub(super) fn register(
        &mut self,
        input: &RegisterTaskDefinition,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let context = Context::fargate(self.as_of);
        let authority = self.settings.authority;
        let reading = (authority.read)(input.definition.as_str(), &context);
        if let Verdict::Refused { finding, aws } = &reading.verdict {
            return Err(refusal(reading.findings.get(*finding), aws.as_ref()));
        }
        let family = reading.definition.family.clone();
        let number = self.revisions.next_number(&family);
        let name: Arc<str> = format!("{family}:{number}").into();
        self.revisions.add(
            &family,
            Revision {
                name: name.clone(),
                number,
                described: (authority.described)(
                    &reading.document,
                    &reading.definition,
                    number,
                    &reading.compatibilities,
                    &context,
                ),
                compatibilities: reading.compatibilities,
                definition: Arc::new(reading.definition),
                needs: reading.needs,
                sent: input.definition.clone(),
                registered_at: self.now,
                status: RevisionStatus::Active,
            },
        );
        self.log(
            Fact::Registered {
                revision: name.to_string(),
            },
            cause,
            log,
        );
        Ok(Reply::Registered {
            family,
            revision: number,
        })
    }
}

/// The refusal of a definition: AWS's words, and the cure of the finding that decided.
fn refusal(finding: Option<&Finding>, aws: Option<&AwsError>) -> ApiError {
    let cure = finding
        .map(|it| it.help.clone())
        .filter(|help| !help.is_empty());
    let cure = cure.unwrap_or_else(|| "The editor marks the place and offers the cure.".to_owned());
    match (aws, finding) {
        (Some(aws), _) => ApiError::new(aws.code, aws.message.clone(), cure),
        (None, Some(finding)) => {
            ApiError::new("ParamValidationError", finding.message.clone(), cure)
        }
        (None, None) => ApiError::new("ParamValidationError", "Invalid JSON received.", cure),
    }
}
