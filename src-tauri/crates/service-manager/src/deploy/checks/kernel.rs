//! What images are known to want of the kernel and of the processor below them. Images are known by their own name and
//! tag, so a vendor's image that was renamed is not seen: nothing is claimed about it.

use super::flavour::sysctl;
use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::host::Under;
use crate::deploy::observe::services::ServiceObserved;
use crate::engine::EngineInfo;
use crate::host::cpu::Ability;
use crate::host::kernel::{INSTANCES, MAP_COUNT, OPEN_FILES, OVERCOMMIT, WATCHES};

/// Elasticsearch's bootstrap check, OpenSearch's and SonarQube's.
const MAP_COUNT_WANTED: u64 = 262_144;
/// What programs that watch folders ask for in their manuals (Visual Studio Code, Grafana Agent).
const WATCHES_WANTED: u64 = 65_536;
const INSTANCES_WANTED: u64 = 128;

const SEARCH: &[&str] = &["elasticsearch", "opensearch", "sonarqube"];
const REDIS: &[&str] = &[
    "redis",
    "redis-stack",
    "redis-stack-server",
    "valkey",
    "keydb",
];
const WATCHERS: &[&str] = &[
    "code-server",
    "filebeat",
    "fluent-bit",
    "fluentd",
    "gitlab-ce",
    "gitlab-ee",
    "promtail",
];

/// Images that do not run on every processor: the name, the first major version, what it needs, and whether it ends at
/// once without it.
const PROCESSORS: &[(&str, u32, Ability, bool)] = &[
    // docker-library/mongo, docker-entrypoint.sh
    ("mongo", 5, Ability::Avx, true),
    ("mongodb-community-server", 5, Ability::Avx, true),
    // Built on distributions whose C library refuses older processors (RHEL 9 and its relatives).
    ("ubi9", 0, Ability::Level2, false),
    ("ubi", 9, Ability::Level2, false),
    ("rockylinux", 9, Ability::Level2, false),
    ("almalinux", 9, Ability::Level2, false),
    ("oraclelinux", 9, Ability::Level2, false),
    ("keycloak", 22, Ability::Level2, false),
    ("mysql", 9, Ability::Level2, false),
    // RHEL 10 and its relatives.
    ("ubi10", 0, Ability::Level3, false),
    ("rockylinux", 10, Ability::Level3, false),
];

pub(super) fn check(state: &ObservedState, engine: &EngineInfo) -> Vec<Judged> {
    let Some(under) = &state.host.under else {
        return Vec::new();
    };
    let mut checks = Vec::new();
    checks.extend(map_count(state, under));
    checks.extend(overcommit(state, under));
    checks.extend(inotify(state, under));
    checks.extend(open_files(state, under));
    if engine.platform.ends_with("/amd64") {
        checks.extend(processor(state, under));
    }
    checks
}

fn of<'a>(state: &'a ObservedState, names: &[&str]) -> Vec<&'a ServiceObserved> {
    let services = state.services.iter();
    services
        .filter(|service| names.contains(&service.image.0.as_str()))
        .collect()
}

fn names(services: &[&ServiceObserved]) -> String {
    let names: Vec<&str> = services.iter().map(|it| it.name.as_str()).collect();
    names.join(", ")
}

fn map_count(state: &ObservedState, under: &Under) -> Option<Judged> {
    let services = of(state, SEARCH);
    let found = under.kernel.setting(MAP_COUNT)?;
    if services.is_empty() {
        return None;
    }
    let verdict = if found >= MAP_COUNT_WANTED {
        CheckState::Pass
    } else if services.iter().any(|service| service.insists_on_maps()) {
        CheckState::Block
    } else {
        CheckState::Warn
    };
    let row = Row::new("host.vm_max_map_count", verdict)
        .subject(names(&services))
        .with("services", names(&services))
        .with("value", found.to_string())
        .with("wanted", MAP_COUNT_WANTED.to_string())
        .with("file", state.host.sysctl_file.0.as_str());
    if verdict == CheckState::Pass {
        return Some(row.judged());
    }
    let fix = sysctl(
        state,
        "host.vm_max_map_count",
        MAP_COUNT,
        found,
        MAP_COUNT_WANTED,
    );
    Some(row.offer(fix).judged())
}

/// Redis works without it and may fail to save under load: worth a line, not a warning.
fn overcommit(state: &ObservedState, under: &Under) -> Option<Judged> {
    let services = of(state, REDIS);
    let found = under.kernel.setting(OVERCOMMIT)?;
    if services.is_empty() || found == 1 {
        return None;
    }
    let row = Row::new("host.overcommit", CheckState::Pass).subject(names(&services));
    let fix = sysctl(state, "host.overcommit", OVERCOMMIT, found, 1);
    Some(row.with("services", names(&services)).offer(fix).judged())
}

fn inotify(state: &ObservedState, under: &Under) -> Option<Judged> {
    let services = of(state, WATCHERS);
    if services.is_empty() {
        return None;
    }
    let low = [(WATCHES, WATCHES_WANTED), (INSTANCES, INSTANCES_WANTED)];
    let (setting, found, wanted) = low.into_iter().find_map(|(setting, wanted)| {
        let found = under.kernel.setting(setting)?;
        (found < wanted).then_some((setting, found, wanted))
    })?;
    Some(
        Row::new("host.inotify_limit", CheckState::Warn)
            .subject(setting)
            .with("setting", setting)
            .with("services", names(&services))
            .with("value", found.to_string())
            .with("wanted", wanted.to_string())
            .offer(sysctl(state, "host.inotify_limit", setting, found, wanted))
            .judged(),
    )
}

/// More open files than the kernel gives anybody are refused when the container starts.
fn open_files(state: &ObservedState, under: &Under) -> Vec<Judged> {
    let Some(most) = under.kernel.setting(OPEN_FILES) else {
        return Vec::new();
    };
    let too_many = state
        .services
        .iter()
        .filter_map(|service| Some((service, service.wishes.open_files?)))
        .filter(|(_, asked)| *asked > most);
    too_many
        .map(|(service, asked)| {
            Row::new("limit.nofile", CheckState::Block)
                .subject(service.name.as_str())
                .with("service", service.name.as_str())
                .with("value", most.to_string())
                .with("wanted", asked.to_string())
                .offer(sysctl(state, "limit.nofile", OPEN_FILES, most, asked))
                .judged()
        })
        .collect()
}

fn processor(state: &ObservedState, under: &Under) -> Vec<Judged> {
    let Some(processor) = under.processor else {
        return Vec::new();
    };
    let judge = |service: &ServiceObserved| {
        let (name, tag) = (service.image.0.as_str(), service.image.1.as_str());
        let major = major(tag);
        let (.., ability, ends) = PROCESSORS
            .iter()
            .filter(|(known, first, ..)| {
                *known == name && (*first == 0 || major.is_some_and(|major| major >= *first))
            })
            .find(|(.., ability, _)| !processor.can(*ability))?;
        let verdict = if *ends {
            CheckState::Block
        } else {
            CheckState::Warn
        };
        Some(
            Row::new("host.cpu_unsupported", verdict)
                .subject(service.name.as_str())
                .with("service", service.name.as_str())
                .with("image", format!("{name}:{tag}"))
                .with("ability", ability.word())
                .judged(),
        )
    };
    state.services.iter().filter_map(judge).collect()
}

/// `8.0.36` -> 8, `v22` -> 22; `latest` says nothing.
fn major(tag: &str) -> Option<u32> {
    let tag = tag.trim_start_matches('v');
    let end = tag
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(tag.len());
    tag[..end].parse().ok()
}
