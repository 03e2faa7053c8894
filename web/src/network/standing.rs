//! The sections of what stands in VPCs beside tasks, and of what is outside: hosts, and names that only VPCs know.

use super::fold::Fold;
use super::forms::{
    Adds, databases, file_systems, hosted_zones, hosts, instances, load_balancers, target_groups,
};
use super::things::things;
use crate::icons::Icon;
use crate::markup::view;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The sections.
#[component]
pub fn Standing() -> AnyView {
    let [database, balancer, _] = things().placing;
    view! {
        <Fold
            section=Kind::Instance
            title="Instances"
            icon=Icon::Cpu
            kinds=&[Kind::Instance]
            empty="No EC2 instance."
        >
            <Adds add="Run instance" make=|open| view! { <instances::InstanceForm open/> }/>
        </Fold>
        <Fold
            section=Kind::LoadBalancer
            title="Load balancers"
            icon=Icon::LoadBalancer
            kinds=&[Kind::LoadBalancer, Kind::TargetGroup]
            empty="No load balancer and no target group."
        >
            <Adds add="Add load balancer" make=|open| view! { <load_balancers::BalancerForm open/> } shared=(balancer, "net-place-balancer")/>
            <Adds add="Add target group" make=|open| view! { <target_groups::GroupForm open/> }/>
        </Fold>
        <Fold
            section=Kind::DatabaseSubnetGroup
            title="Databases"
            icon=Icon::Database
            kinds=&[Kind::Database, Kind::DatabaseSubnetGroup]
            empty="No database. One stands in a DB subnet group."
        >
            <Adds add="Add DB subnet group" make=|open| view! { <databases::GroupForm open/> }/>
            <Adds add="Add database" make=|open| view! { <databases::DatabaseForm open/> } shared=(database, "net-place-database")/>
        </Fold>
        <Fold
            section=Kind::FileSystem
            title="File systems"
            icon=Icon::Layers
            kinds=&[Kind::FileSystem, Kind::MountTarget]
            empty="No file system."
        >
            <Adds add="Add file system" make=|open| view! { <file_systems::FileSystemForm open/> }/>
        </Fold>
        <Fold
            section=Kind::HostedZone
            title="Private zones"
            icon=Icon::Book
            kinds=&[Kind::HostedZone]
            empty="No private hosted zone."
        >
            <Adds add="Add private zone" make=|open| view! { <hosted_zones::ZoneForm open/> }/>
        </Fold>
        <Fold
            section=Kind::Host
            title="Internet hosts"
            icon=Icon::Globe
            kinds=&[Kind::Host]
            empty="No host but AWS's services."
        >
            <Adds add="Add host" make=|open| view! { <hosts::HostForm open/> }/>
        </Fold>
    }
}
