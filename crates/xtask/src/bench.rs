//! `cargo xtask bench`: runs every bench of the workspace and shows times as ratios to this machine's speed.
