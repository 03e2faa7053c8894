//! The truth tables of the network: what AWS does with a connection in a topology, row by row.
#![allow(clippy::expect_used, clippy::panic)] // a test says so when it fails

use fargate_session::vectors::{self, Table};

/// All rows of a file come out as they expect.
fn check(file: &str, least: usize) {
    let rows = vectors::read(file).expect("the file is read");
    assert!(rows.len() >= least, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let expect = row.expect.as_ref().expect("a row expects something");
        let observed = row.observe();
        let differences = expect.differences(&observed);
        if !differences.is_empty() {
            wrong.push(format!(
                "{} {}: {}",
                row.id,
                row.title,
                differences.join("; ")
            ));
        }
        // a refusal names the part that decides, and says why
        assert_eq!(observed.decided_by.is_none(), observed.allow, "{}", row.id);
        assert!(!observed.because.is_empty(), "{}", row.id);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn connections_end_where_aws_ends_them() {
    check(include_str!("data/network.json"), 97);
}

#[test]
fn rarer_connections_end_where_aws_ends_them() {
    check(include_str!("data/network-rare.json"), 30);
}

#[test]
fn further_connections_end_where_aws_documents_it() {
    check(include_str!("data/network-further.json"), 85);
}

#[test]
fn connections_at_the_edges_of_what_is_documented_end_as_it_says() {
    check(include_str!("data/network-edges.json"), 185);
}

#[test]
fn what_differs_in_one_thing_from_a_connection_ends_as_that_thing_decides() {
    check(include_str!("data/network-counterparts.json"), 284);
}

#[test]
fn a_topology_may_leave_out_what_has_a_default_and_write_numbers_as_texts() {
    let row = r#"{"id":"N1","topology":{"vpcs":{"id":"vpc-a","cidrs":"10.0.0.0/16","main_route_table":"rtb-a","default_nacl":"acl-a"},
        "subnets":[{"id":"sub-a","vpc":"vpc-a","cidr":"10.0.1.0/24","az":"us-east-1a"},{"id":"sub-b","vpc":"vpc-a","cidr":"10.0.2.0/24","az":"us-east-1a"}],
        "route_tables":[{"id":"rtb-a","vpc":"vpc-a","routes":[{"dest":"10.9.0.0/16","target":"tgw-1","state":"blackhole"},{"dest":"10.8.0.1","target":"i-1"}]}],
        "security_groups":[{"id":"sg-a","vpc":"vpc-a","ingress":[{"proto":6,"from":"443","to":"443","peer":"10.0.1.10"}],"egress":{"proto":"-1","peer":"0.0.0.0/0"}}],
        "nacls":[{"id":"acl-a","vpc":"vpc-a","entries":[{"num":"100","egress":"false","proto":"ANY","cidr":"0.0.0.0/0","action":"ALLOW"},{"num":100,"egress":true,"proto":-1,"cidr":"0.0.0.0/0","action":"allow"}]}],
        "enis":[{"id":"eni-a","subnet":"sub-a","private_ip":"10.0.1.10","sgs":"sg-a","kind":"task"},{"id":"eni-b","subnet":"sub-b","private_ip":"10.0.2.10","sgs":["sg-a"],"kind":"instance","owner":"i-1"}]},
        "flow":FLOW,"expect":{"verdict":"ALLOW","code":null,"decided_by":null}}"#;
    for flow in [
        r#"{"src":{"eni":"eni-a"},"dst":{"ip":"10.0.2.10"},"proto":"tcp","dst_port":"443","src_port":"40001"}"#,
        r#"{"src":{"ip":"10.0.1.10"},"dst":{"eni":"eni-b"},"proto":"https","dst_port":443}"#,
        r#"{"src":{"eni":"eni-a"},"dst":{"eni":"eni-b"},"proto":6,"dst_port":443}"#,
    ] {
        let row = row.replace("FLOW", flow);
        let file = format!(r#"{{"format":"network/scenarios@1","scenarios":[{row}]}}"#);
        check(&file, 1);
    }
}

#[test]
fn a_bad_row_is_told_by_its_id_the_member_and_the_cure() {
    let good = include_str!("data/network.json");
    let broken = [
        (
            "\"172.20.4.0/24\"",
            "\"172.20.4.0/40\"",
            "row N005: topology.subnets[0].cidr: \"172.20.4.0/40\" stands here. Write a block such as 10.0.0.0/16. (line 2)",
        ),
        (
            "\"kind\": \"task\"",
            "\"kind\": \"lambda\"",
            "row N005: topology.enis[0].kind: \"lambda\" stands here. Write task, instance, rds, alb, nlb or vpce. (line 2)",
        ),
        (
            "\"dst_port\": 8080",
            "\"dst_port\": 80800",
            "row N005: flow.dst_port: 80800 stands here. Write a whole number from 0 to 65535. (line 2)",
        ),
        (
            "\"dst_port\": 8080",
            "\"port\": 8080",
            "row N005: flow: the member \"port\" is not known here.",
        ),
        (
            "\"src\": {\"eni\": \"eni-a\"}",
            "\"src\": {\"eni\": \"eni-x\"}",
            "row N005: flow.src.eni: eni-x is not there. Add it to enis. (line 2)",
        ),
        (
            "\"verdict\": \"ALLOW\"",
            "\"verdict\": \"MAYBE\"",
            "row N005: expect.verdict: \"MAYBE\" stands here. Write ALLOW or DENY. (line 2)",
        ),
        (
            "\"main_route_table\": \"rtb-main-a\"",
            "\"main_route_table\": \"rtb-x\"",
            "row N005: topology.vpcs[0].main_route_table: rtb-x is not there. Add it to route_tables. (line 2)",
        ),
        (
            "\"id\": \"N006\"",
            "\"id\": \"N005\"",
            "scenarios[1]: another row before it has the same id. Give each its own. (line 3)",
        ),
        (
            "\"format\": \"network/scenarios@1\"",
            "\"format\": \"network/scenarios@2\"",
            "format: \"network/scenarios@2\" stands here. Write \"network/scenarios@1\". (line 1)",
        ),
        ("{\"id\": \"N006\"", "{\"id\": N006", "line 3, column 8: "),
    ];
    for (from, to, message) in broken {
        assert!(good.contains(from), "{from}");
        let said = vectors::read(&good.replacen(from, to, 1)).expect_err(to);
        assert!(said.starts_with(message), "{to}: {said}");
    }
    for text in [
        "",
        "[]",
        "{}",
        "null",
        "{\"format\": \"network/scenarios@1\"}",
    ] {
        assert!(vectors::read(text).is_err(), "{text}");
    }
}

/// Those without an edit say in words what would help: the address or the listener is what is wrong, a load balancer would have to
/// change, or a gateway would have to be made first.
#[test]
fn every_refusal_of_the_table_has_proven_cures_or_words_that_help() {
    use fargate_core::network::{Question, cure};
    let mut without = Vec::new();
    let mut cured = 0;
    for row in vectors::read(include_str!("data/network.json")).unwrap() {
        let question = Question::of(row.flow.clone());
        let trace = row.network.walk(&row.flow);
        let fixes = row.network.fixes(&question);
        if trace.delivered() {
            assert!(fixes.is_empty(), "{}", row.id);
            continue;
        }
        for fix in &fixes {
            let after = row.network.with(&fix.edits).unwrap();
            assert!(
                after.walk(&row.flow).delivered(),
                "{}: {}",
                row.id,
                fix.title
            );
        }
        assert!(
            cure(&row.network, &question, &trace).ends_with('.'),
            "{}",
            row.id
        );
        if fixes.is_empty() {
            without.push((row.id, trace.code().unwrap().aws()));
        } else {
            cured += 1;
        }
    }
    let expected = [
        ("N027", "X_NO_LISTENER"),
        ("N028", "X_NO_LISTENER"),
        ("N054", "NO_POSSIBLE_DESTINATION"),
        ("N059", "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"),
        ("N098", "X_UNROUTABLE_PRIVATE_DESTINATION"),
        ("N124", "X_NO_SERVICE"),
        ("N132", "NO_ROUTE_TO_DESTINATION"),
        ("N159", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"),
        ("N161", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"),
        ("N168", "ELBV2_LISTENERS_MISMATCH"),
        ("N182", "ELB_NOT_CROSSZONE"),
        ("N184", "X_HAIRPIN_CLIENT_IP"),
        ("N187", "ELBV2_LISTENER_HAS_NO_TG"),
    ];
    let without: Vec<_> = without
        .iter()
        .map(|(id, code)| (id.as_str(), *code))
        .collect();
    assert_eq!(without, expected);
    assert_eq!(cured, 43);
}

#[test]
fn a_refusal_says_what_nearly_let_it_pass() {
    let rows = vectors::read(include_str!("data/network.json")).expect("the file is read");
    let near = [
        (
            "N006",
            "sg-b: TCP 8000-8080 172.20.4.0/24: would match if the port were 8000-8080",
        ),
        (
            "N007",
            "sg-dns: TCP 53 10.24.0.0/16: would match if the protocol were TCP",
        ),
        (
            "N017",
            "sg-srv: TCP 8080 10.32.1.17/32: would match if it came from 10.32.1.17/32",
        ),
        (
            "N027",
            "a process listens on localhost:5000: would answer if it listened on all addresses",
        ),
        (
            "N038",
            "rule 100 allows TCP 443: would match if the port were 443",
        ),
        (
            "N047",
            "rule 100 allows all: would match if its number were below 10",
        ),
        (
            "N053",
            "10.57.2.0/24 to eni-gone: would lead on if eni-gone worked",
        ),
        (
            "N105",
            "0.0.0.0/0 to igw-1: is for the other address family: 2001:db8:9::9 needs a route of its own",
        ),
        (
            "N110",
            "rule 100 allows all: is for the other address family: 0.0.0.0/0",
        ),
        (
            "N113",
            "sg-b: TCP 8080 sg-task: would match if the sender used the private address: sg-task stands for private addresses, and a gateway changed the sender's",
        ),
        ("N168", "HTTPS:443: would take it if it were HTTPS 443"),
    ];
    for (id, words) in near {
        let row = rows.iter().find(|row| row.id == id).expect(id);
        let observed = row.observe();
        assert_eq!(
            observed.near_misses.first().map(String::as_str),
            Some(words),
            "{id}"
        );
    }
    // nothing is near where no rule is there, or no one thing is missing
    for id in ["N010", "N064"] {
        let row = rows.iter().find(|row| row.id == id).expect(id);
        assert!(row.observe().near_misses.is_empty(), "{id}");
    }
}

#[test]
fn rows_of_scheduling_come_out_as_they_expect() {
    let areas = [
        ("lifecycle", 12),
        ("iam", 12),
        ("throttle", 12),
        ("quota", 12),
        ("cost", 12),
        ("cli", 12),
        ("spot", 12),
        ("capacity_provider", 12),
        ("rolling", 9),
    ];
    check_scheduling(include_str!("data/scheduling.json"), 150, &areas);
}

#[test]
fn further_rows_of_scheduling_come_out_as_they_expect() {
    let areas = [
        ("lifecycle", 60),
        ("iam", 100),
        ("throttle", 50),
        ("quota", 38),
        ("cost", 34),
        ("cli", 100),
        ("spot", 15),
        ("capacity_provider", 30),
        ("rolling", 45),
        ("circuit_breaker", 55),
    ];
    check_scheduling(include_str!("data/scheduling-further.json"), 740, &areas);
}

/// Plays all rows of a file, which are so many at least, and so many of each area.
fn check_scheduling(file: &str, least: usize, areas: &[(&str, usize)]) {
    let rows = scheduling(file);
    assert!(rows.len() >= least, "{} rows", rows.len());
    let blind = scheduling(&file.replace("\"expect\"", "\"expected\""));
    let mut wrong = Vec::new();
    for (row, blind) in rows.iter().zip(&blind) {
        let observed = row.observe();
        let differences = row.differences(&observed);
        if !differences.is_empty() {
            wrong.push(format!(
                "{}: {}\n  {observed:?}",
                row.id,
                differences.join("; ")
            ));
        }
        // what is observed does not follow what is expected
        assert_eq!(blind.observe(), observed, "{}", row.id);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (area, least) in areas {
        let of = rows.iter().filter(|it| it.area == *area).count();
        assert!(of >= *least, "{area}: {of} rows");
    }
}

/// The rows of a file of scheduling, all of which can be read.
fn scheduling(file: &str) -> Vec<vectors::scheduling::Row> {
    let Ok(Table::Scheduling(rows)) = vectors::read_table(file) else {
        panic!("the file is read as one of scheduling");
    };
    rows.into_iter()
        .map(|row| row.expect("the row is read"))
        .collect()
}

#[test]
fn a_row_that_cannot_be_read_stops_no_other() {
    let row = |id: &str, setup: &str| {
        format!(
            r#"{{"id":"{id}","area":"cost","setup":{setup},"action":{{"type":"hourly cost"}}}}"#
        )
    };
    let good = r#"{"vcpu":1,"gb":2}"#;
    let rows = [
        row("a", good),
        "7".to_owned(),
        row("b", "[]"),
        row("a", good),
        row("c", "{\"vcpu\": one}"),
        r#"{"id":"d"}"#.to_owned(),
        row("e", good),
    ];
    let file = format!("{{\"scenarios\": [\n{}\n]}}", rows.join(",\n"));
    let Ok(Table::Scheduling(read)) = vectors::read_table(&file) else {
        panic!("the file is read");
    };
    let told: Vec<String> = read
        .iter()
        .map(|row| match row {
            Ok(row) => row.id.clone(),
            Err(bad) => format!("{}: {}", bad.id, bad.error),
        })
        .collect();
    assert_eq!(
        told,
        [
            "a",
            "scenarios[1]: scenarios[1]: 7 stands here. Write an object. (line 3)",
            "b: row b: setup: a list stands here. Write an object. (line 4)",
            "a: scenarios[3]: another row before it has the same id. Give each its own. (line 5)",
            "c: line 6, column 42: one stands without quotation marks. Write the file as JSON.",
            "d: row d: the member \"area\" is missing. Add it. (line 7)",
            "e",
        ]
    );
}

#[test]
fn a_file_that_is_none_is_told_with_its_place_and_the_cure() {
    for (file, message) in [
        ("", "the file is empty. Write {\"scenarios\": [row, …]}."),
        (" \n", "the file is empty. Write {\"scenarios\": [row, …]}."),
        (
            "hello",
            "line 1, column 1: hello stands without quotation marks. Write the file as JSON.",
        ),
        ("[]", "a list stands here. Write an object. (line 1)"),
        (
            "{}",
            "the member \"scenarios\" is missing. Add it. (line 1)",
        ),
        (
            "{\"scenarios\": []}",
            "scenarios: the list is empty. Write a row. (line 1)",
        ),
        (
            "{\"scenarios\": [{}]}",
            "the member \"format\" is missing. Add it. (line 1)",
        ),
        (
            "{\"scenarios\": [{\"id\": 1}",
            "line 1, column 1: This { is never closed. Write the file as JSON.",
        ),
    ] {
        let said = vectors::read_table(file).expect_err(file);
        assert_eq!(said, message, "{file}");
    }
}

#[test]
fn a_row_that_no_area_models_says_so_and_does_not_pass() {
    let table = |area: &str, action: &str| {
        let row = format!(
            r#"{{"id":"r","area":"{area}","setup":{{}},"action":{{"type":"{action}"}},"expect":{{"error":"X"}}}}"#
        );
        format!(r#"{{"scenarios":[{row}]}}"#)
    };
    for (area, action) in [
        ("weather", "rain"),
        ("lifecycle", "rain"),
        ("cli", "aws s3 ls"),
    ] {
        let rows = scheduling(&table(area, action));
        let observed = rows[0].observe();
        assert!(observed.as_str().contains("not modelled"), "{observed:?}");
        assert_eq!(rows[0].differences(&observed).len(), 1);
    }
}

#[test]
fn a_bad_row_of_scheduling_is_told_by_its_id_the_member_and_the_cure() {
    let good = include_str!("data/scheduling.json");
    for (from, to, message) in [
        (
            "\"setup\": {}",
            "\"setup\": []",
            "row count-1: setup: a list stands here. Write an object. (line 16)",
        ),
        (
            "\"action\": {\"type\": \"observe",
            "\"acts\": {\"type\": \"observe",
            "row stop-1: the member \"action\" is missing. Add it. (line 2)",
        ),
        (
            "\"id\": \"kept-2\"",
            "\"id\": \"kept-1\"",
            "scenarios[5]: another row before it has the same id. Give each its own. (line 7)",
        ),
    ] {
        assert!(good.contains(from), "{from}");
        let Ok(Table::Scheduling(rows)) = vectors::read_table(&good.replacen(from, to, 1)) else {
            panic!("the others are read");
        };
        let bad: Vec<String> = rows
            .into_iter()
            .filter_map(Result::err)
            .map(|it| it.error)
            .collect();
        assert_eq!(bad, [message]);
    }
}
