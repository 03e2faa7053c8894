//! Secrets and parameters that a customer key encrypts: what is made goes into the stores, its key to IAM.

use super::World;
use crate::call::{CreateSecret, ParameterType, PutParameter};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::iam::{self, ACCOUNT, REGION};
use crate::stores;

impl World {
    /// `CreateSecret`.
    pub(super) fn create_secret(
        &mut self,
        input: &CreateSecret,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let reply = self.stores_call(cause, log, |stores, step| {
            stores::create_secret(stores, input, step)
        })?;
        if let Reply::Made(arn) = &reply {
            self.encrypt("Secret", arn, arn, input.kms_key_id.as_deref(), cause, log)?;
        }
        Ok(reply)
    }

    /// `PutParameter`.
    pub(super) fn put_parameter(
        &mut self,
        input: &PutParameter,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let name = &input.name;
        let known = self.stores.parameters.get(name).and_then(Option::as_ref);
        let kind = input.kind.or(known.map(|it| it.kind));
        let key = input.key_id.as_deref();
        if key.is_some() && kind != Some(ParameterType::Secure) {
            return Err(ApiError::new(
                "ValidationException",
                "KeyId is required for SecureString type parameter only.",
                "Give Type SecureString, or leave KeyId out.",
            ));
        }
        let reply = self.stores_call(cause, log, |stores, step| {
            stores::put_parameter(stores, input, step)
        })?;
        let arn = format!(
            "arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{}",
            name.trim_start_matches('/')
        );
        self.encrypt("Parameter", name, &arn, key, cause, log)?;
        Ok(reply)
    }

    /// Notes the key of something. Where none was ever named, IAM need not know.
    fn encrypt(
        &mut self,
        what: &'static str,
        id: &str,
        arn: &str,
        named: Option<&str>,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<(), ApiError> {
        let key = named.and_then(|it| iam::key_arn(it, self.settings.seed));
        if key.is_none() && !self.iam.is_used() {
            return Ok(());
        }
        self.iam_call(cause, log, |account, step: &mut Step<'_>| {
            if let Some(key) = &key {
                step.log(Fact::Changed {
                    what,
                    id: id.to_owned(),
                    how: format!("is encrypted with {key}"),
                });
            }
            account.encrypt(arn, key);
            Ok(Reply::Done)
        })?;
        Ok(())
    }
}
