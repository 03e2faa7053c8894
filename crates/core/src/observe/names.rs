//! Names that AWS gives: ARNs, and ids that look drawn.

use crate::engine::chance;

/// The account.
pub(super) const ACCOUNT: &str = "123456789012";
/// The Region.
pub(super) const REGION: &str = "us-east-1";
/// The ARN of something of ECS: `task/default/0123…`.
pub(super) fn ecs(what: &str) -> String {
    format!("arn:aws:ecs:{REGION}:{ACCOUNT}:{what}")
}

/// The ARN of a cluster.
pub(super) fn cluster(name: &str) -> String {
    ecs(&format!("cluster/{name}"))
}

/// The ARN of a task of a cluster.
pub(super) fn task(cluster: &str, id: &str) -> String {
    ecs(&format!("task/{cluster}/{id}"))
}

/// The ARN of a container of a task.
pub(super) fn container(seed: u64, cluster: &str, task: &str, name: &str) -> String {
    let id = uuid(seed, "container", &format!("{task}/{name}"));
    ecs(&format!("container/{cluster}/{task}/{id}"))
}

/// A container's `runtimeId`, which the task metadata calls `DockerId`.
pub(super) fn runtime(seed: u64, task: &str, name: &str) -> String {
    let number = chance::draw(seed, "runtime", &format!("{task}/{name}")) % 10_000_000_000;
    format!("{task}-{number:010}")
}

/// The digest of an image.
pub(super) fn digest(image: &str) -> String {
    let draw = |part: u8| chance::draw(0, "digest", &format!("{image}{part}"));
    let [a, b, c, d] = [draw(0), draw(1), draw(2), draw(3)];
    format!("sha256:{a:016x}{b:016x}{c:016x}{d:016x}")
}

/// A UUID, the same for the same subject as `DescribeTasks` shows it.
pub(super) fn uuid(seed: u64, purpose: &str, subject: &str) -> String {
    let high = chance::draw(seed, purpose, subject);
    let low = chance::draw(seed, purpose, &format!("{subject}/"));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        0x4000 | (high & 0xfff),
        0x8000 | (low >> 48 & 0x3fff),
        low & 0xffff_ffff_ffff
    )
}
