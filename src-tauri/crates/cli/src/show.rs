//! Answers of queries, for people.

use service_manager::api::check::{Check, CheckReport, CheckState};
use service_manager::api::images::{ArchInfo, ImageList};
use service_manager::api::log::{LogBatch, LogStream};
use service_manager::api::package::PackageView;
use service_manager::api::plan::PlanView;
use service_manager::api::status::StatusSnapshot;
use service_manager::text::{Text, format};

pub(crate) fn status(status: &StatusSnapshot) {
    println!("{}", status.sentence);
    if let Some(reason) = &status.engine.reason {
        println!("{reason}");
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
        println!(
            "  {:width$}  {state:16}  {}  {}",
            service.title,
            service.sentence,
            links.join(" ")
        );
    }
}

pub(crate) fn check(report: &CheckReport) {
    println!("{}", Text::new(format!("cli-check-{}", report.verdict)));
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
        println!("{mark} {}  [{}]", check.message, check.id);
        if let Some(text) = &check.why {
            println!("    {text}");
        }
        for (number, step) in check.steps.iter().enumerate() {
            println!("    {}. {step}", number + 1);
        }
    }
}

pub(crate) fn plan(plan: &PlanView) {
    for (number, step) in plan.steps.iter().enumerate() {
        println!("{}. {}", number + 1, step.sentence);
        for change in &step.changes {
            println!("     {change}");
        }
    }
}

pub(crate) fn package(package: &PackageView) {
    let version = package
        .version
        .as_deref()
        .map(|version| format!(" {version}"))
        .unwrap_or_default();
    println!("{}{version}  ({})", package.title, package.project);
    if package.preview {
        println!("{}", Text::new("cli-preview"));
    }
    for service in &package.services {
        let ports: Vec<String> = service
            .ports
            .iter()
            .filter_map(|port| Some(format!("{}:{}", port.published.as_deref()?, port.target)))
            .collect();
        println!(
            "  {}  {}  {}",
            service.name,
            service.image.as_deref().unwrap_or("-"),
            ports.join(" ")
        );
    }
    for archive in &package.archives {
        println!("  {}  {}", archive.file, format::bytes(archive.bytes));
        for image in &archive.images {
            println!("      {}  {}", image.refs.join(" "), image.platform);
        }
    }
    for finding in &package.findings {
        println!("  {}: {}", finding.severity, finding.message);
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
        println!(
            "{mark} {names}  {}  {}",
            image.platform.as_deref().unwrap_or("?"),
            format::bytes(image.bytes)
        );
    }
}

pub(crate) fn arch(info: &ArchInfo) {
    let line =
        |key: &'static str, value: String| println!("{}", Text::new(key).with("value", value));
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
        println!("{}", Text::new("cli-arch-mismatch"));
    }
}

pub(crate) fn logs(batch: &LogBatch) {
    for line in &batch.lines {
        let mark = if line.stream == LogStream::Stderr {
            "!"
        } else {
            " "
        };
        println!("{} {mark} {}", line.service, line.line);
    }
}
