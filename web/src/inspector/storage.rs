//! The storage section: what fills the task's disk, and the volumes that containers share.

use super::task::Card;
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::Memo;
use crate::words::thousands;
use fargate_session::view::{DiskCard, VolumeCard};
use leptos::prelude::*;

/// '512 MiB', '20 GiB', '1.4 GiB'.
fn amount(mib: u32) -> String {
    if mib < 1_024 {
        return format!("{mib} MiB");
    }
    let tenths = (u64::from(mib) * 10 + 512) / 1_024;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{} GiB", thousands(whole)),
        (whole, tenth) => format!("{}.{tenth} GiB", thousands(whole)),
    }
}

/// A part of a disk, in percent of its room.
fn percent(part: u32, room: u32) -> f64 {
    f64::from(part.min(room)) * 100.0 / f64::from(room.max(1))
}

fn bar(disk: &DiskCard) -> AnyView {
    let layers = percent(disk.layers, disk.room);
    let written = percent(disk.written, disk.room).min(100.0 - layers);
    let share = |part: f64| format!("{part:.2}%");
    view! {
        <svg class="disk" width="100%" height="10" aria-hidden="true">
            <rect width="100%" height="10" rx="5" class="sh-track"></rect>
            <rect width=share(layers) height="10" rx="5" class="disk-layers"></rect>
            <rect x=share(layers) width=share(written) height="10" class="disk-written"></rect>
        </svg>
    }
}

fn facts(disk: &DiskCard) -> AnyView {
    let own = disk.volumes.map(|(used, room)| {
        let words = format!("{} of {}", amount(used), amount(room));
        view! { <dt>"Volumes, on a disk of their own"</dt><dd class="ui">{words}</dd> }
    });
    view! {
        <dt><i class="swatch disk-layers" aria-hidden="true"></i>" Image layers"</dt>
        <dd class="ui">{amount(disk.layers)}</dd>
        <dt><i class="swatch disk-written" aria-hidden="true"></i>" Written"</dt>
        <dd class="ui">{amount(disk.written)}</dd>
        {own}
    }
}

fn volume(it: &VolumeCard) -> AnyView {
    let place = if it.local {
        ""
    } else {
        "On a file system of its own. "
    };
    let mounts = match it.mounts.join("; ") {
        none if none.is_empty() => "No container mounts it.".to_owned(),
        mounts => format!("{mounts}."),
    };
    view! {
        <li>
            <p class="row t12">
                <span class="med name" title=it.name.clone()>{it.name.clone()}</span>
                <span class="t2 end">{amount(it.written)}" written"</span>
            </p>
            <p class="t12 dim">{place}{mounts}</p>
        </li>
    }
}

/// The storage section.
#[component]
pub fn StorageSection(
    /// The task.
    card: Card,
) -> AnyView {
    let disk = Memo::new(move |_| card.with(|card| card.disk));
    let sentence = Memo::new(move |_| card.with(|card| card.disk_sentence.clone()));
    let volumes = Memo::new(move |_| card.with(|card| card.volumes.clone()));
    let used = move || {
        let disk = disk.get();
        let used = disk.layers.saturating_add(disk.written);
        format!("{} of {}", amount(used), amount(disk.room))
    };
    view! {
        <section class="sec slim" aria-label="Storage">
            <div class="sec-h tight">
                <Glyph icon=Icon::Database/>
                <h3>"Storage"</h3>
                <span class="end t12 t2">{used}</span>
            </div>
            {move || bar(&disk.get())}
            <dl class="kv">{move || facts(&disk.get())}</dl>
            <ul class="container-list" aria-label="Volumes">
                {move || volumes.get().iter().map(volume).collect_view()}
            </ul>
            <p class="callout"><span>{move || sentence.get()}</span></p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_in_mib_below_one_gib_and_in_gib_above() {
        for (mib, words) in [
            (0, "0 MiB"),
            (1_023, "1023 MiB"),
            (1_024, "1 GiB"),
            (1_480, "1.4 GiB"),
            (20_480, "20 GiB"),
        ] {
            assert_eq!(amount(mib), words);
        }
    }

    #[test]
    fn no_part_is_more_than_the_whole() {
        for (part, room, share) in [(0, 0, 0.0), (5, 20, 25.0), (30, 20, 100.0)] {
            assert!(
                (percent(part, room) - share).abs() < 1e-9,
                "{part} of {room}"
            );
        }
    }
}
