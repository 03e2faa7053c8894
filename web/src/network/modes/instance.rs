//! What the tasks stand on: an instance of a type, or Fargate.

use super::fields::{Part, text, tick};
use super::{modes, trouble};
use crate::markup::{Show, view};
use crate::signals::Memo;
use fargate_core::call::LaunchType;
use fargate_core::network::InstanceType;
use fargate_session::modes::{ModesCard, Place, Sheet};
use leptos::prelude::*;

/// The instance's fields.
#[component]
pub fn InstanceFields(
    /// The sheet's card.
    card: Memo<ModesCard>,
) -> AnyView {
    let modes = modes();
    let on_fargate = Memo::new(move |_| modes.sheet.with(Sheet::on_fargate));
    let choose = move |event| {
        let fargate = event_target_value(&event) == "FARGATE";
        let on = if fargate {
            LaunchType::Fargate
        } else {
            LaunchType::Ec2
        };
        modes.sheet.update(|sheet| sheet.launch_type = on);
    };
    let fields = move || {
        let kind = Part {
            label: "Instance type",
            example: "c5.large",
            look: |sheet: &Sheet| sheet.instance_type.clone(),
            change: |sheet: &mut Sheet, typed| sheet.instance_type = typed,
        };
        let loopback = Part {
            label: "Ports bound to the instance's own loopback",
            example: "51678",
            look: |sheet: &Sheet| sheet.loopback.clone(),
            change: |sheet: &mut Sheet, typed| sheet.loopback = typed,
        };
        view! {
            <div class="net-form-part">
                {text(modes, card, kind, Some(Place::Type), Some("modes-kind".to_owned()))}
                {trouble(card, Place::Type)}
                <p class="t12 dim">{move || modes.sheet.with(|sheet| limits(sheet.instance_type.trim()))}</p>
                {tick(modes, "awsvpcTrunking: more interfaces, where the type has trunking", |it| it.trunking, |it, on| it.trunking = on)}
                {tick(modes, "Its subnet's default route leads to an internet gateway, not to NAT", |it| it.public_subnet, |it, on| it.public_subnet = on)}
                {tick(modes, "ECS_AWSVPC_BLOCK_IMDS: no instance metadata for awsvpc tasks", |it| it.blocks_metadata, |it, on| it.blocks_metadata = on)}
                {text(modes, card, loopback, Some(Place::Loopback), None)}
                {trouble(card, Place::Loopback)}
            </div>
        }
    };
    view! {
        <fieldset class="net-row modes-set">
            <legend class="med">"Where they run"</legend>
            <label class="field-label">
                "Launch type"
                <select class="field" on:change=choose>
                    <option value="EC2" prop:selected=move || !on_fargate.get()>"EC2, on an instance"</option>
                    <option value="FARGATE" prop:selected=move || on_fargate.get()>"Fargate"</option>
                </select>
            </label>
            <Show when=move || !on_fargate.get()>{fields()}</Show>
        </fieldset>
    }
}

/// '2 vCPU, 4096 MiB; 3 network interfaces, 12 with trunking'.
fn limits(name: &str) -> String {
    let Some(kind) = InstanceType::named(name) else {
        return String::new();
    };
    let trunked = kind.trunked_tasks.map(|_| {
        let about = if kind.trunking_derived { "about " } else { "" };
        format!(", {about}{} with trunking", kind.interface_limit(true))
    });
    format!(
        "{} vCPU, {} MiB; {} network interfaces{}",
        kind.vcpus,
        kind.memory_mib,
        kind.interfaces,
        trunked.unwrap_or_default()
    )
}
