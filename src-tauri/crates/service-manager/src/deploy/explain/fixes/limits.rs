//! Limits that were too low: of a service's memory and open files, and of the kernel.

use super::{Asked, Scene, setting};
use crate::api::check::Risk;
use crate::deploy::checks::sysctl;
use crate::deploy::explain::remedy::Remedy;
use crate::deploy::service_change::Wish;
use crate::host::kernel::{INSTANCES, MAP_COUNT, OPEN_FILES, WATCHES};
use crate::text::{Text, format};
use serde_json::json;

const MIB: u64 = 1 << 20;
/// What database and search engines ask for in their manuals, where the program does not say how many it wants.
const FILES_WANTED: u64 = 65_536;
/// Elasticsearch's bootstrap check, OpenSearch's and SonarQube's.
const MAPS_WANTED: u64 = 262_144;
/// What editors and log collectors that watch many folders ask for in their manuals.
const WATCHES_WANTED: u64 = 524_288;
const INSTANCES_WANTED: u64 = 1024;

/// Twice the memory, where the computer has it to spare.
pub(super) fn memory(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let Some((service, now)) = asked
        .service(scene)
        .and_then(|it| Some((it, it.wishes.memory_limit?)))
    else {
        return Vec::new();
    };
    let after = now.saturating_mul(2);
    let Some(path) = memory_path(scene, &service.name) else {
        return Vec::new();
    };
    if !has_room(scene, after) {
        return Vec::new();
    }
    let written = if after % MIB == 0 {
        format!("{}m", after / MIB)
    } else {
        after.to_string()
    };
    let wish = Wish {
        service: &service.name,
        path,
        value: json!(written),
    };
    let effect = |how| {
        Text::new("fix-memory")
            .with("service", service.name.as_str())
            .with("old", format::bytes(now))
            .with("new", format::bytes(after))
            .with("how", how)
    };
    let id = format!("oom.killed:{}:{written}", service.name);
    setting(scene, &wish, (id, Risk::Confirm), effect)
        .into_iter()
        .collect()
}

/// Where the limit is written: Compose refuses two different ones. A limit of swap beside it would have to grow too.
fn memory_path(scene: &Scene<'_>, service: &str) -> Option<&'static [&'static str]> {
    let Ok(Some(sources)) = &scene.state.sources else {
        return None;
    };
    let model = sources.model()?;
    let service = model.get("services")?.get(service)?;
    let has = |pointer: &str| service.pointer(pointer).is_some_and(|it| !it.is_null());
    if has("/memswap_limit") {
        None
    } else if has("/mem_limit") {
        Some(&["mem_limit"])
    } else if has("/deploy/resources/limits/memory") {
        Some(&["deploy", "resources", "limits", "memory"])
    } else {
        None
    }
}

/// Whether the computer has so much memory that nobody uses, and a twentieth of all of it besides. Where that cannot be
/// seen, a quarter of what the engine has is thought to be free.
fn has_room(scene: &Scene<'_>, wanted: u64) -> bool {
    let Some(total) = scene.state.engine.as_ref().ok().and_then(|it| it.memory) else {
        return false;
    };
    let under = scene.state.host.under.as_ref();
    match under.and_then(|it| it.kernel.available_memory) {
        Some(available) => wanted.saturating_add(total / 20) <= available,
        None => wanted <= total / 4,
    }
}

/// More open files for one service.
pub(super) fn open_files(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    // The engine may not give so many: asking for more would not help.
    if asked.says("setting rlimit") || asked.says("cannot modify limit") {
        return Vec::new();
    }
    let Some(service) = asked.service(scene) else {
        return Vec::new();
    };
    let minimum = asked.param("minimum").and_then(|it| it.parse::<u64>().ok());
    let wanted = minimum.unwrap_or(FILES_WANTED);
    let under = scene.state.host.under.as_ref();
    let most = under.and_then(|it| it.kernel.setting(OPEN_FILES));
    if most.is_some_and(|most| wanted > most)
        || service.wishes.open_files.is_some_and(|now| now >= wanted)
    {
        return Vec::new();
    }
    let wish = Wish {
        service: &service.name,
        path: &["ulimits", "nofile"],
        value: json!({ "soft": wanted, "hard": wanted }),
    };
    let effect = |how| {
        Text::new("fix-open-files")
            .with("service", service.name.as_str())
            .with("value", wanted.to_string())
            .with("how", how)
    };
    let id = format!("limit.nofile:{}:{wanted}", service.name);
    setting(scene, &wish, (id, Risk::Confirm), effect)
        .into_iter()
        .collect()
}

pub(super) fn map_count(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let minimum = asked.param("minimum").and_then(|it| it.parse::<u64>().ok());
    let wanted = minimum.unwrap_or(MAPS_WANTED).max(MAPS_WANTED);
    kernel(scene, "host.vm_max_map_count", MAP_COUNT, wanted)
}

pub(super) fn inotify(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    // Too many instances are said to be too many open files (inotify_init(2), EMFILE).
    if asked.says("instances") || asked.says("too many open files") {
        kernel(scene, "host.inotify_limit", INSTANCES, INSTANCES_WANTED)
    } else {
        kernel(scene, "host.inotify_limit", WATCHES, WATCHES_WANTED)
    }
}

fn kernel(scene: &Scene<'_>, id: &str, name: &str, wanted: u64) -> Vec<Remedy> {
    let under = scene.state.host.under.as_ref();
    let found = under.and_then(|it| it.kernel.setting(name));
    found
        .filter(|found| *found < wanted)
        .and_then(|found| sysctl(scene.state, id, name, found, wanted))
        .map(Remedy::from)
        .into_iter()
        .collect()
}
