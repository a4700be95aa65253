//! Published ports: a port somebody else holds blocks, with the holder's name.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::{PortHolder, PortObserved};
use crate::text::Text;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let mut checks: Vec<Judged> = state
        .ports
        .iter()
        .filter_map(|port| {
            let holder = port.holder.as_ref()?;
            Some(
                Row::new("port.in_use", CheckState::Block)
                    .subject(port.label.as_str())
                    .with("port", port.label.as_str())
                    .with("service", port.service.as_str())
                    .with("holder", holder.text())
                    .judged(),
            )
        })
        .collect();
    if checks.is_empty() {
        let labels: Vec<&str> = state
            .ports
            .iter()
            .map(|port: &PortObserved| port.label.as_str())
            .collect();
        checks.push(
            Row::new("port.in_use", CheckState::Pass)
                .with("count", labels.len())
                .with("ports", labels.join(", "))
                .judged(),
        );
    }
    checks
}

impl PortHolder {
    /// Returns the holder in words.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::Service(name) => Text::new("holder-service").with("name", name),
            Self::Container(name, Some(project)) => Text::new("holder-container-project")
                .with("name", name)
                .with("project", project),
            Self::Container(name, None) => Text::new("holder-container").with("name", name),
            Self::Process(name, pid) => Text::new("holder-process")
                .with("name", name)
                .with("pid", pid.to_string()),
            Self::Hidden => Text::new("holder-hidden"),
        }
    }
}
