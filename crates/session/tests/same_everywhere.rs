//! The same scenario gives the same run, to the byte. The page's tests hold the browser to the same expectation.
//! `UPDATE_EXPECT=1 cargo test -p fargate-session` writes it anew.

#[path = "shared/first_light_run.rs"]
mod first_light_run;

use first_light_run::{EXPECTED, found};

#[test]
fn the_run_is_the_one_that_was_looked_at() {
    let found = found();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/first-light-run.txt"
        );
        std::fs::write(path, &found).unwrap();
    } else {
        assert_eq!(found, EXPECTED, "UPDATE_EXPECT=1 writes it anew");
    }
}
