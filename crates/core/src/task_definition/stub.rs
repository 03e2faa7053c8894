//! Stand-in.
use super::*;
use crate::finding::AwsError;
use crate::units::{CpuUnits, Date, MiB};
use std::sync::Arc;
/// c
pub struct Context;
impl Context {
    /// c
    pub fn fargate(_: Date) -> Self {
        Self
    }
}
/// r
pub struct Reading {
    /// d
    pub definition: TaskDefinition,
}
impl Reading {
    /// r
    pub fn refusal(&self) -> Option<&AwsError> {
        None
    }
    /// r
    pub fn runs_on_fargate(&self) -> bool {
        true
    }
}
/// r
pub fn read(text: &str, _: &Context) -> Reading {
    let v: serde_json::Value = serde_json::from_str(text).unwrap();
    let containers = v["containerDefinitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            Arc::new(ContainerDefinition {
                name: c["name"].as_str().unwrap().into(),
                image: c["image"].as_str().unwrap().into(),
                cpu: c["cpu"].as_u64().map(|c| CpuUnits(c as u32)),
                memory: c["memory"].as_u64().map(|c| MiB(c as u32)),
                memory_reservation: c["memoryReservation"].as_u64().map(|c| MiB(c as u32)),
                essential: c["essential"].as_bool().unwrap_or(true),
                port_mappings: c["portMappings"]
                    .as_array()
                    .map(|p| {
                        p.iter()
                            .map(|p| PortMapping {
                                container_port: p["containerPort"].as_u64().unwrap() as u16,
                                host_port: None,
                                protocol: Protocol::Tcp,
                            })
                            .collect()
                    })
                    .unwrap_or_default(),
                stop_timeout: None,
            })
        })
        .collect();
    Reading {
        definition: TaskDefinition {
            family: v["family"].as_str().unwrap().into(),
            cpu: Some(CpuUnits(1024)),
            memory: Some(MiB(2048)),
            containers,
            ..Default::default()
        },
    }
}
