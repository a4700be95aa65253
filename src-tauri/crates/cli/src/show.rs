//! Answers of queries, for people.

use service_manager::api::check::{Check, CheckReport, CheckState};
use service_manager::api::images::{ArchInfo, ImageList};
use service_manager::api::log::{LogBatch, LogStream};
use service_manager::api::package::PackageView;
use service_manager::api::plan::PlanView;
use service_manager::api::status::StatusSnapshot;
use service_manager::text::{Text, format};
use std::io::Write;

pub(crate) fn status(status: &StatusSnapshot) {
    out!("{}", status.sentence);
    if let Some(reason) = &status.engine.reason {
        out!("{reason}");
    }
    let width = status
        .services
        .iter()
        .map(|service| service.title.chars().count())
        .max()
        .unwrap_or(0);
    for service in &status.services {
        let state = Text::new(format!("cli-state-{}", service.state)).to_string();
        let links: Vec<&str> = service.links.iter().map(|link| link.url.as_str()).collect();
        out!(
            "  {:width$}  {state:16}  {}  {}",
            service.title,
            service.sentence,
            links.join(" ")
        );
    }
}

pub(crate) fn check(report: &CheckReport) {
    out!("{}", Text::new(format!("cli-check-{}", report.verdict)));
    checks(&report.checks);
}

pub(crate) fn checks(checks: &[Check]) {
    for check in checks {
        let mark = match check.state {
            CheckState::Pass => "✓",
            CheckState::Warn => "!",
            CheckState::Block => "✗",
            CheckState::Unknown => "?",
        };
        out!("{mark} {}  [{}]", check.message, check.id);
        if let Some(text) = &check.why {
            out!("    {text}");
        }
        for (number, step) in check.steps.iter().enumerate() {
            out!("    {}. {step}", number + 1);
        }
    }
}

pub(crate) fn plan(plan: &PlanView) {
    for (number, step) in plan.steps.iter().enumerate() {
        out!("{}. {}", number + 1, step.sentence);
        for change in &step.changes {
            out!("     {change}");
        }
    }
}

pub(crate) fn package(package: &PackageView) {
    let version = package
        .version
        .as_deref()
        .map(|version| format!(" {version}"))
        .unwrap_or_default();
    out!("{}{version}  ({})", package.title, package.project);
    if package.preview {
        out!("{}", Text::new("cli-preview"));
    }
    for service in &package.services {
        let ports: Vec<String> = service
            .ports
            .iter()
            .filter_map(|port| Some(format!("{}:{}", port.published.as_deref()?, port.target)))
            .collect();
        out!(
            "  {}  {}  {}",
            service.name,
            service.image.as_deref().unwrap_or("-"),
            ports.join(" ")
        );
    }
    for archive in &package.archives {
        out!("  {}  {}", archive.file, format::bytes(archive.bytes));
        for image in &archive.images {
            out!("      {}  {}", image.refs.join(" "), image.platform);
        }
    }
    for finding in &package.findings {
        out!("  {}: {}", finding.severity, finding.message);
    }
}

pub(crate) fn images(list: &ImageList) {
    for image in &list.images {
        let mark = if image.in_package { "*" } else { " " };
        let names = if image.refs.is_empty() {
            image.id.clone()
        } else {
            image.refs.join(" ")
        };
        out!(
            "{mark} {names}  {}  {}",
            image.platform.as_deref().unwrap_or("?"),
            format::bytes(image.bytes)
        );
    }
}

pub(crate) fn arch(info: &ArchInfo) {
    let line = |key: &'static str, value: String| out!("{}", Text::new(key).with("value", value));
    line("cli-arch-host", info.host.clone());
    line(
        "cli-arch-engine",
        info.engine
            .clone()
            .unwrap_or_else(|| Text::new("cli-arch-no-engine").to_string()),
    );
    line("cli-arch-suffix", info.image_suffix.clone());
    if !info.emulation.is_empty() {
        line("cli-arch-emulation", info.emulation.join(", "));
    }
    if info.mismatch {
        out!("{}", Text::new("cli-arch-mismatch"));
    }
}

pub(crate) fn logs(batch: &LogBatch) {
    for line in &batch.lines {
        let mark = if line.stream == LogStream::Stderr {
            "!"
        } else {
            " "
        };
        out!("{} {mark} {}", line.service, line.line);
    }
}
