//! Memory, processors, kernels and graphics cards: what images want of them and what there is.

use super::host::{engine, found, kernel, one, service, wishing};
use super::*;
use crate::deploy::observe::host::Under;
use crate::deploy::observe::services::ServiceObserved;
use crate::engine::Flavour;
use crate::host::cpu::Processor;
use crate::host::gpu::Gpu;
use crate::host::kernel::{Kernel, MAP_COUNT, OPEN_FILES, OVERCOMMIT, WATCHES};
use CheckState::{Block, Unknown, Warn};

#[test]
fn memory_and_processors_are_the_engines() {
    let gib = |count: u64| Some(count << 30);
    let memory = |found_here: u64, wanted: u64, flavour| {
        found(|s| {
            engine(s).memory = gib(found_here);
            engine(s).details.flavour = flavour;
            s.requirements.memory = gib(wanted);
        })
    };
    let id = "host.low_memory";
    assert_eq!(memory(4, 8, Flavour::Native), one(id, Block, &[]));
    assert_eq!(memory(4, 8, Flavour::Desktop), one(id, Block, &[]));
    assert_eq!(memory(8, 8, Flavour::Native), []);
    assert_eq!(
        memory(29, 32, Flavour::Native),
        [],
        "the system keeps a part"
    );
    let asked = |limit: Option<u64>, reservation: Option<u64>| {
        found(|s| {
            engine(s).memory = gib(4);
            s.services = vec![wishing(|it| {
                it.memory_limit = limit;
                it.memory_reservation = reservation;
            })];
        })
    };
    assert_eq!(asked(None, gib(5)), one(id, Warn, &[]));
    assert_eq!(asked(gib(5), None), one(id, Warn, &[]));
    assert_eq!(asked(gib(2), gib(1)), []);
    let cpus = |wanted: Option<f64>, limit: Option<f64>, compose: &str| {
        found(|s| {
            engine(s).cpus = Some(2);
            s.requirements.cpus = wanted;
            s.compose_version = Version::parse(compose);
            s.services = vec![wishing(|it| it.cpu_limit = limit)];
        })
    };
    let id = "host.low_cpu";
    assert_eq!(cpus(Some(4.0), None, "2.26.1"), one(id, Block, &[]));
    assert_eq!(cpus(Some(2.0), Some(1.5), "2.26.1"), []);
    assert_eq!(cpus(None, Some(4.0), "2.26.1"), one(id, Block, &[]));
    assert_eq!(cpus(None, Some(4.0), "1.29.2"), one(id, Warn, &[]));
}

#[test]
fn images_that_want_something_of_the_kernel() {
    let with = |service: ServiceObserved, setting: &str, value: u64| {
        found(|s| {
            s.services = vec![service];
            kernel(s, setting, value);
        })
    };
    let id = "host.vm_max_map_count";
    let fix = |id: &str, setting: &str| format!("{id}:{setting}");
    let low = |image: &str| with(service(image, "8.13.0"), MAP_COUNT, 65_530);
    let maps = fix(id, MAP_COUNT);
    assert_eq!(low("elasticsearch"), one(id, Warn, &[&maps]));
    assert_eq!(low("sonarqube"), one(id, Block, &[&maps]));
    assert_eq!(low("nginx"), []);
    assert_eq!(with(service("opensearch", "2"), MAP_COUNT, 262_144), []);
    assert_eq!(
        with(service("redis", "7"), OVERCOMMIT, 0),
        [],
        "worth a line only"
    );
    let id = "host.inotify_limit";
    assert_eq!(
        with(service("promtail", "2"), WATCHES, 8192),
        one(id, Warn, &[&fix(id, WATCHES)])
    );
    let id = "limit.nofile";
    let files = |most| {
        with(
            wishing(|it| it.open_files = Some(2_000_000)),
            OPEN_FILES,
            most,
        )
    };
    assert_eq!(files(1_048_576), one(id, Block, &[&fix(id, OPEN_FILES)]));
    assert_eq!(files(3_000_000), []);
    let elsewhere = found(|s| {
        s.services = vec![service("sonarqube", "10")];
        s.host.under = None;
    });
    assert_eq!(elsewhere, [], "nobody knows the kernel of another computer");
}

#[test]
fn images_that_want_another_processor() {
    let id = "host.cpu_unsupported";
    let on = |image: &str, tag: &str, processor: Processor| {
        found(|s| {
            s.services = vec![service(image, tag)];
            s.host.under = Some(Under {
                kernel: Kernel::default(),
                processor: Some(processor),
            });
        })
    };
    let old = Processor {
        level_2: true,
        ..Processor::default()
    };
    assert_eq!(on("mongo", "7.0", old), one(id, Block, &[]));
    assert_eq!(on("mongo", "4.4", old), []);
    assert_eq!(
        on("mongo", "latest", old),
        [],
        "which one that is nobody knows"
    );
    assert_eq!(on("ubi9", "9.3", Processor::default()), one(id, Warn, &[]));
    assert_eq!(
        on("keycloak", "24.0", Processor::default()),
        one(id, Warn, &[])
    );
    assert_eq!(on("keycloak", "24.0", old), []);
}

#[test]
fn graphics_cards_that_nobody_hands_out() {
    let asks = |s: &mut ObservedState, gpu: Option<Gpu>| {
        s.services = vec![wishing(|it| it.gpu = true)];
        s.host.gpu = gpu;
        engine(s).details.runtimes = vec!["runc".into()];
    };
    let there = || Gpu {
        has_driver: true,
        has_toolkit: true,
        complaint: None,
    };
    assert_eq!(found(|s| asks(s, Some(there()))), []);
    assert_eq!(
        found(|s| asks(s, Some(Gpu::default()))),
        one("gpu.toolkit_missing", Block, &[])
    );
    assert_eq!(
        found(|s| asks(s, None)),
        one("gpu.toolkit_missing", Unknown, &[])
    );
    let driver = |change: fn(&mut Gpu)| {
        let mut gpu = there();
        change(&mut gpu);
        found(|s| asks(s, Some(gpu)))
    };
    assert_eq!(
        driver(|it| it.has_driver = false),
        one("gpu.driver_unavailable", Block, &[])
    );
    assert_eq!(
        driver(|it| it.complaint = Some("Driver/library version mismatch".into())),
        one("gpu.driver_unavailable", Warn, &[])
    );
    let runtime = |name: &str| {
        found(|s| {
            s.services = vec![wishing(|it| it.runtime = Some(name.into()))];
            engine(s).details.runtimes = vec!["runc".into()];
        })
    };
    assert_eq!(runtime("nvidia"), one("gpu.toolkit_missing", Block, &[]));
    assert_eq!(runtime("kata"), one("gpu.toolkit_missing", Block, &[]));
    assert_eq!(runtime("runc"), []);
}
