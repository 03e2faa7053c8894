//! Names that AWS gives: ARNs, and ids that look drawn.

use crate::engine::chance;

/// The account.
pub(super) const ACCOUNT: &str = "123456789012";
/// The Region.
pub(super) const REGION: &str = "us-east-1";
/// The cluster: there is one.
pub(super) const CLUSTER: &str = "default";

/// The ARN of something of ECS: `task/default/0123…`.
pub(super) fn ecs(what: &str) -> String {
    format!("arn:aws:ecs:{REGION}:{ACCOUNT}:{what}")
}

/// The ARN of a task.
pub(super) fn task(id: &str) -> String {
    ecs(&format!("task/{CLUSTER}/{id}"))
}

/// The ARN of a container of a task.
pub(super) fn container(seed: u64, task: &str, name: &str) -> String {
    let id = uuid(seed, &format!("{task}/{name}"));
    ecs(&format!("container/{CLUSTER}/{task}/{id}"))
}

/// An id that is the same for the same subject: a UUID.
pub(super) fn uuid(seed: u64, subject: &str) -> String {
    let (high, low) = (chance::draw(seed, "uuid", subject), chance::draw(seed, "uuid-low", subject));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// An id of hexadecimal digits.
pub(super) fn hex(seed: u64, purpose: &str, subject: &str, digits: usize) -> String {
    let mut text = String::new();
    for part in 0..digits.div_ceil(16) {
        let draw = chance::draw(seed, purpose, &format!("{subject}/{part}"));
        text.push_str(&format!("{draw:016x}"));
    }
    text.truncate(digits);
    text
}
