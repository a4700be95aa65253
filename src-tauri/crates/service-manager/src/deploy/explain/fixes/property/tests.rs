//! Over all classes, variants and systems: nothing of the failure catalogue's never-list is offered or advised.

use super::*;
use crate::diagnose::classes::CLASSES;
use crate::diagnose::facts::Facts;
use crate::diagnose::system::System;
use crate::diagnose::words;
use crate::text::Language;

/// What no fix does and no step advises, as it would be written. Section 11 of the failure catalogue.
const NEVER: &[&str] = &[
    "down -v",
    "down --volumes",
    "volume rm",
    "volume prune",
    "system prune",
    "prune -a",
    "image prune",
    "network prune",
    "rm -v",
    "rm -r",
    "chmod 777",
    "chmod 666",
    "chmod -R",
    "chmod a+rw",
    "chown -R",
    "setenforce",
    "iptables -F",
    "iptables --flush",
    "systemctl stop firewalld",
    "systemctl disable firewalld",
    "ufw disable",
    "aa-teardown",
    "privileged: true",
    "--privileged",
    "seccomp=unconfined",
    "seccomp:unconfined",
    "user: root",
    "user: \"0",
    "insecure-registries",
    "tls-verify=false",
    "docker pull",
    "chmod o+",
    "kill -9",
    "pkill",
    "killall",
    "skip-grant-tables",
    "innodb_force_recovery=",
    "pg_resetwal",
    "ib_logfile0",
    "rm /",
    "wsl --unregister",
    "NVIDIA_DISABLE_REQUIRE",
    "stop-writes-on-bgsave-error no",
    "curl | sh",
    "| sh",
];

fn said(text: &Text) -> Vec<String> {
    Language::ALL.map(|it| text.render(it)).into()
}

fn assert_harmless(place: &str, sentences: impl IntoIterator<Item = String>) {
    for sentence in sentences {
        let never = NEVER.iter().find(|word| sentence.contains(**word));
        assert_eq!(never, None, "{place}: {sentence}");
        let is_whole =
            !sentence.is_empty() && !sentence.contains("{$") && !sentence.contains("fix-");
        assert!(is_whole, "{place}: {sentence}");
    }
}

/// What rules read from texts, as far as fixes ask for it.
fn everything_said() -> Params {
    params(&[
        ("container", "demo-web-1"),
        ("network", "demo_default"),
        ("image", "shop/web:1"),
        ("port", "8080"),
        ("host", "db"),
        ("limit", "1"),
        ("minimum", "262144"),
    ])
}

fn variants(id: &str) -> Vec<Option<&'static str>> {
    let mut variants = vec![None];
    variants.extend(words::variants(id).into_iter().map(Some));
    variants
}

#[test]
fn what_is_offered_is_exact_has_its_consent_and_is_nothing_that_must_never_be_done() {
    let place = place();
    let mut offered = std::collections::BTreeSet::new();
    for class in CLASSES {
        for variant in variants(class.id) {
            for remedy in place.ask_with(class.id, variant, everything_said(), &["open files"]) {
                offered.insert(class.id);
                let fix = remedy.view();
                assert_ne!(class.level, Level::Guide, "{}", class.id);
                assert!(
                    class.level == Level::Safe || fix.risk != Risk::Safe,
                    "{}: less consent than the catalogue asks for",
                    class.id
                );
                assert_ne!(fix.risk, Risk::Destructive);
                assert_harmless(&fix.id, said(&fix.effect));
                let has_preview = !fix.changes.is_empty()
                    || !remedy.course.is_empty()
                    || fix.id.ends_with(":again");
                assert!(has_preview, "{}", fix.id);
                let shown = fix.changes.iter().flat_map(|it| [&it.now, &it.after]);
                assert_harmless(
                    &fix.id,
                    shown.flatten().filter(|it| !it.is_empty()).cloned(),
                );
                // The id begins with the class, by which it is looked at again.
                assert_eq!(fix.id.split(':').next(), Some(class.id));
                for change in &remedy.proposal.changes {
                    assert!(is_bounded(change), "{}: {change:?}", fix.id);
                }
            }
        }
    }
    for id in [
        "app.upstream_unresolved",
        "compose.network_changed",
        "container.busy",
        "container.name_conflict",
        "gpu.toolkit_missing",
        "health.slow_start",
        "host.inotify_limit",
        "host.vm_max_map_count",
        "image.arch_mismatch",
        "image.missing",
        "limit.nofile",
        "mysql.lower_case_table_names",
        "net.stale_network",
        "oom.killed",
        "port.in_use",
    ] {
        assert!(
            offered.contains(id),
            "{id} is not offered anything any more"
        );
    }
}

/// A fix of a problem writes files of the package, sets the kernel, or takes away what is made anew; never a mode, an
/// owner, or a folder: those are checks' business, which have looked at every single file.
fn is_bounded(change: &Change) -> bool {
    match change {
        Change::Write { path, .. } | Change::Duplicate { path, .. } => path.starts_with("/demo"),
        Change::Admin { .. } => true,
        Change::RemoveStoppedContainer { name, .. } | Change::RemoveNetwork { name, .. } => {
            name.starts_with("demo")
        }
        _ => false,
    }
}

#[test]
fn no_step_on_any_system_advises_what_must_never_be_done() {
    for class in CLASSES {
        for variant in variants(class.id) {
            let finding = Finding {
                class,
                variant,
                confidence: 0.9,
                service: Some("web".into()),
                image: Some("shop/web:1".into()),
                params: everything_said(),
                proof: Vec::new(),
                undecided: true,
                leads: true,
                explains: Vec::new(),
            };
            for os in ["linux", "windows", "macos"] {
                for flavour in ["", "snap", "rootless", "podman", "desktop"] {
                    let mut facts = Facts::default();
                    facts.set("engineFlavour", flavour);
                    facts.set("systemd", os == "linux" && flavour.is_empty());
                    let view = words::view(&finding, None, &System::of(&facts, os));
                    let texts = [&view.title, &view.why].into_iter().chain(&view.steps);
                    let texts = texts.chain(&view.undecided);
                    for text in texts {
                        assert_harmless(class.id, said(text));
                    }
                }
            }
        }
    }
}
