//! A status in the text format that Prometheus collects (exposition format 0.0.4): words become labels, states are 0 or 1.

use service_manager::api::status::{EngineState, ServiceState, StatusSnapshot, Verdict};
use std::fmt::Write as _;

/// Returns the metrics of a snapshot.
pub(crate) fn metrics(status: &StatusSnapshot) -> String {
    let mut out = String::new();
    let mut family = |name: &str, kind: &str, samples: Vec<(String, u64)>| {
        let _ = writeln!(out, "# TYPE quayside_{name} {kind}");
        for (labels, value) in samples {
            let _ = writeln!(out, "quayside_{name}{labels} {value}");
        }
    };
    let connected = status.engine.state == EngineState::Connected;
    family(
        "engine_up",
        "gauge",
        vec![(String::new(), connected.into())],
    );
    let verdict = |verdict: &Verdict| {
        let labels = labels(&[("verdict", verdict.word())]);
        (labels, u64::from(*verdict == status.verdict))
    };
    family(
        "verdict",
        "gauge",
        Verdict::ALL.iter().map(verdict).collect(),
    );
    family(
        "services",
        "gauge",
        vec![(String::new(), status.total.into())],
    );
    family(
        "services_running",
        "gauge",
        vec![(String::new(), status.running.into())],
    );
    let states = status.services.iter().flat_map(|service| {
        ServiceState::ALL.iter().map(|state| {
            let labels = labels(&[("service", &service.name), ("state", state.word())]);
            (labels, u64::from(*state == service.state))
        })
    });
    family("service_state", "gauge", states.collect());
    let containers = || {
        status.services.iter().flat_map(|service| {
            let containers = service.containers.iter();
            containers.map(|it| {
                (
                    labels(&[("service", &service.name), ("container", &it.name)]),
                    it,
                )
            })
        })
    };
    let restarts = containers().map(|(labels, it)| (labels, it.restart_count.into()));
    family("container_restarts_total", "counter", restarts.collect());
    let killed = containers().map(|(labels, it)| (labels, it.oom_killed.into()));
    family("container_oom_killed", "gauge", killed.collect());
    out
}

fn labels(pairs: &[(&str, &str)]) -> String {
    let escaped = |value: &str| {
        value
            .replace('\\', r"\\")
            .replace('"', "\\\"")
            .replace('\n', r"\n")
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}=\"{}\"", escaped(value)))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_values_are_escaped_as_the_format_wants() {
        assert_eq!(
            labels(&[("service", "a\"b\\c\nd"), ("state", "running")]),
            r#"{service="a\"b\\c\nd",state="running"}"#
        );
    }
}
