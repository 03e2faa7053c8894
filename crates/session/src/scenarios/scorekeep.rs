//! The task definition of the first scenario, and what its images do: in Rust, so that a first visit loads nothing that reads them.
//! Tests hold them against the text and the catalogue.

use fargate_core::task_definition::{ContainerDefinition, PortMapping, Protocol, TaskDefinition};
use fargate_core::units::{CpuUnits, MiB};
use fargate_core::workload::{Outbound, Workload};
use std::sync::Arc;

/// The definition as it is registered.
pub(super) const JSON: &str = include_str!("../../scenarios/scorekeep.json").trim_ascii_end();

/// What reading [`JSON`] gives.
pub(super) fn definition() -> TaskDefinition {
    let containers = [
        ("scorekeep-frontend", "fe", 256, 8_080),
        ("scorekeep-api", "api", 768, 5_000),
    ];
    TaskDefinition {
        family: "scorekeep".to_owned(),
        cpu: Some(CpuUnits(1_024)),
        memory: Some(MiB(2_048)),
        network_mode: Some("awsvpc".to_owned()),
        requires_compatibilities: vec!["FARGATE".to_owned()],
        task_role_arn: Some("arn:aws:iam::123456789012:role/scorekeepRole".to_owned()),
        execution_role_arn: Some(
            "arn:aws:iam::123456789012:role/scorekeepExecutionRole".to_owned(),
        ),
        containers: containers
            .map(|(name, image, cpu, port)| Arc::new(container(name, image, cpu, port)))
            .to_vec(),
        ..TaskDefinition::default()
    }
}

fn container(name: &str, image: &str, cpu: u32, port: u16) -> ContainerDefinition {
    let image = format!("123456789012.dkr.ecr.us-east-1.amazonaws.com/{image}");
    let mut container = ContainerDefinition::new(name, &image);
    container.cpu = Some(CpuUnits(cpu));
    container.memory_reservation = Some(MiB(512));
    container.port_mappings.push(PortMapping {
        container_port: port,
        host_port: None,
        protocol: Protocol::Tcp,
    });
    container
}

/// What the catalogue says of an image of [`definition`].
pub(super) fn workload(image: &str) -> Workload {
    if image.ends_with("/fe") {
        let api = Outbound {
            to: None,
            port: 5_000,
            per_request: 1,
            every_ms: None,
        };
        Workload {
            size_mib: 182,
            start_ms: 1_200,
            idle_cpu: 101,
            idle_memory: 290,
            request_cpu_milli: 43_600,
            request_memory_kib: 3_600,
            calls: vec![api],
            stop_ms: Some(900),
            stop_code: 0,
            ..Workload::SMALL
        }
    } else {
        Workload {
            size_mib: 246,
            start_ms: 2_400,
            idle_cpu: 181,
            idle_memory: 406,
            request_cpu_milli: 5_200,
            request_memory_kib: 2_900,
            stop_ms: Some(2_600),
            ..Workload::SMALL
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::task_definition::{Context, read};
    use fargate_core::text::{Json, read as tree};
    use fargate_core::units::Date;
    use fargate_core::workload::of_catalogue;

    #[test]
    fn the_definition_is_what_reading_the_text_gives() {
        assert_eq!(
            Json::of(&tree(JSON).root),
            Json::known(JSON),
            "it has no blanks"
        );
        let reading = read(JSON, &Context::fargate(Date::new(2026, 6, 1)));
        assert!(reading.accepted());
        assert_eq!(reading.definition, definition());
    }

    #[test]
    fn the_images_do_what_the_catalogue_says() {
        for container in definition().containers {
            let image = &container.image;
            let mut known = of_catalogue(image);
            // what it says when asked changes nothing else, and is read by panels only
            known.logs.retain(|line| line.on.is_none());
            assert_eq!(workload(image), known, "{image}");
        }
    }
}
