//! Customer keys: which secret and which parameter is encrypted with which key. Who reads one of them needs `kms:Decrypt`, too.
//!
//! Source: 'Secret encryption and decryption in AWS Secrets Manager', 'How AWS Systems Manager Parameter Store uses AWS KMS'. A key's
//! own policy is the default one, which leaves it to IAM ('Default key policy' of the KMS developer guide); AWS's own keys,
//! `aws/secretsmanager` and `aws/ssm`, let everybody of the account decrypt by way of their service.

use super::account::Account;
use super::asks::Ask;
use super::{ACCOUNT, REGION};
use crate::engine::chance;

impl Account {
    /// Notes the customer key that something is encrypted with, by its ARN; `None` for AWS's own key.
    pub(crate) fn encrypt(&mut self, arn: &str, key: Option<String>) {
        match key {
            Some(key) => {
                self.keys.insert(arn.to_owned(), key);
            }
            None => {
                self.keys.remove(arn);
            }
        }
    }

    /// The ask for the key of a secret or a parameter, where it is encrypted with a customer key. A secret may be named without the six
    /// letters at the end of its ARN.
    pub fn decrypts(&self, arn: &str, service: &str) -> Option<Ask> {
        let begun = format!("{arn}-");
        let mut keys = self.keys.iter();
        let found = keys
            .find(|(it, _)| *it == arn || (it.len() == begun.len() + 6 && it.starts_with(&begun)));
        let key = found?.1;
        let via = format!("{service}.{REGION}.amazonaws.com");
        Some(Ask::new("kms:Decrypt", key.as_str()).with("kms:ViaService", via))
    }
}

/// The ARN of the key that a call names: a key by its id or ARN, or an alias, whose key has an id that is drawn. `None` for AWS's own
/// keys.
pub(crate) fn key_arn(named: &str, seed: u64) -> Option<String> {
    let name = named.rsplit(':').next().unwrap_or(named);
    if let Some(alias) = name.strip_prefix("alias/") {
        if alias.starts_with("aws/") {
            return None;
        }
        let draw = |what: &str| chance::draw(seed, what, alias);
        let id = chance::uuid(draw("key"), draw("key-low"));
        return Some(format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{id}"));
    }
    if named.starts_with("arn:") {
        return Some(named.to_owned());
    }
    let id = name.strip_prefix("key/").unwrap_or(name);
    (!id.is_empty()).then(|| format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{id}"))
}
