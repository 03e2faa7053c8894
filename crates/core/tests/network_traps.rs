//! What people believe of the network, and what is so (`data/network/traps.txt`): each has a row of the truth table, a script or a
//! test that shows it, or an entry for the fidelity page.

use std::path::Path;

const TRAPS: &str = include_str!("data/network/traps.txt");
const TRUTH_TABLE: &str = include_str!("../../session/tests/data/network.json");

#[test]
fn each_trap_is_shown_by_what_it_names() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/network");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let table: serde_json::Value = serde_json::from_str(TRUTH_TABLE).unwrap();
    let rows = table["scenarios"].as_array().unwrap();
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let lines = TRAPS.lines().filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for line in lines {
        count += 1;
        let parts: Vec<_> = line.split(" | ").collect();
        let &[id, belief, fact, held] = &parts[..] else {
            panic!("{line}");
        };
        assert_eq!(id, format!("T{count:02}"));
        assert!(!belief.is_empty() && !fact.is_empty(), "{line}");
        let (kind, rest) = held.split_once(' ').unwrap();
        match kind {
            "rows" => {
                for row in rest.split(' ') {
                    assert!(rows.iter().any(|it| it["id"] == row), "{row} of {line}");
                }
            }
            "script" => {
                let found = text(&scripts.join(rest));
                let says = |line: &str| line.starts_with('#') && line.contains(&format!("{id}:"));
                assert!(found.lines().any(says), "{rest} does not speak of {id}");
                let folder = rest.split('/').next().unwrap();
                let plays = text(&scripts.join("../../network_calls.rs"));
                assert!(
                    plays.contains(&format!("/tests/data/network/{folder}\"")),
                    "{folder} is not played"
                );
            }
            "test" => {
                let (file, name) = rest.split_once(' ').unwrap();
                let found = text(&workspace.join(file));
                let wanted = format!("#[test]\nfn {name}()");
                assert!(found.contains(&wanted), "{line}");
            }
            "simplified" => assert!(rest.ends_with('.'), "{line}"),
            "not" => {
                let entry = rest.starts_with("modelled ") && rest.ends_with('.');
                assert!(entry, "{line}");
            }
            _ => panic!("{line}"),
        }
    }
    assert_eq!(count, 63);
}
