//! Answers of queries, for people.

use service_manager::api::check::{Check, CheckReport, CheckState, Fix, OfflineProofRow, Risk};
use service_manager::api::diagnosis::DiagnosisReport;
use service_manager::api::images::{ArchInfo, ImageList};
use service_manager::api::log::{LogBatch, LogStream};
use service_manager::api::operation::RepairReport;
use service_manager::api::package::PackageView;
use service_manager::api::plan::PlanView;
use service_manager::api::status::StatusSnapshot;
use service_manager::text::{Text, format, plain};
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
    offline(&report.offline_proof);
    if !report.audit.is_empty() {
        out!(
            "{}",
            Text::new("cli-check-audit").with("count", report.audit.len())
        );
    }
}

/// One line: whether the services that start would need a network.
fn offline(proof: &[OfflineProofRow]) {
    let active = || proof.iter().filter(|row| row.active);
    let open: Vec<&str> = active()
        .filter(|row| !row.verdict.is_proven())
        .map(|row| row.service.as_str())
        .collect();
    if !open.is_empty() {
        let line = Text::new("cli-check-offline-open")
            .with("count", open.len())
            .with("services", format::list(&open));
        out!("{line}");
    } else if active().next().is_some() {
        let line = Text::new("cli-check-offline-complete").with("count", active().count());
        out!("{line}");
    }
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
        check.fixes.iter().for_each(fix);
    }
}

pub(crate) fn diagnoses(report: &DiagnosisReport) {
    if report.diagnoses.is_empty() {
        out!("{}", Text::new("cli-diagnose-nothing"));
    }
    for diagnosis in &report.diagnoses {
        out!(
            "✗ {}  [{} {}]",
            diagnosis.title,
            diagnosis.code,
            diagnosis.id
        );
        if !diagnosis.why.to_string().is_empty() {
            out!("    {}", diagnosis.why);
        }
        if !diagnosis.explains.is_empty() {
            let line = Text::new("cli-diagnose-explains")
                .with("services", format::list(&diagnosis.explains));
            out!("    {line}");
        }
        for proof in &diagnosis.proof {
            out!("    {}: {}", proof.source, proof.line);
        }
        for (number, step) in diagnosis.steps.iter().enumerate() {
            out!("    {}. {step}", number + 1);
        }
        if let Some(text) = &diagnosis.undecided {
            out!("    {text}");
        }
        diagnosis.fixes.iter().for_each(fix);
    }
    for gap in &report.gaps {
        let line = Text::new("cli-diagnose-gap")
            .with("what", &gap.what)
            .with("why", &gap.why);
        out!("{line}");
    }
}

/// What a fix does, exactly, and how to say yes to it.
fn fix(fix: &Fix) {
    out!(
        "    {}",
        Text::new("cli-fix-offer").with("effect", fix.effect.clone())
    );
    changes(fix);
    let command = match fix.risk {
        Risk::Safe => format!("quayside-cli fix '{}'", fix.id),
        Risk::Confirm | Risk::Destructive => format!("quayside-cli fix '{}' --yes", fix.id),
    };
    out!("        {command}");
}

fn changes(fix: &Fix) {
    for change in &fix.changes {
        out!("        {}", change.place);
        for (mark, text) in [("-", &change.now), ("+", &change.after)] {
            for line in text.iter().flat_map(|text| text.lines()) {
                out!("          {mark} {line}");
            }
        }
    }
}

/// What a fix did, and what the same check says now.
pub(crate) fn repair(report: &RepairReport) {
    changes(&report.fix);
    checks(&report.after);
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

/// One line per image, those of the package first and marked.
pub(crate) fn images(list: &ImageList) {
    let head = |key: &'static str| Text::new(key).to_string();
    let mut rows = vec![[
        " ".to_owned(),
        head("cli-images-name"),
        head("cli-images-platform"),
        head("cli-images-size"),
    ]];
    for image in &list.images {
        let platform = image.platform.clone().unwrap_or_default();
        let mark = if image.in_package { "*" } else { " " };
        let first = image.refs.first().unwrap_or(&image.id).clone();
        rows.push([mark.into(), first, platform, format::bytes(image.bytes)]);
        for other in image.refs.iter().skip(1) {
            rows.push([mark.into(), other.clone(), String::new(), String::new()]);
        }
    }
    let pad = |text: &str, column: usize| {
        let width = rows.iter().map(|row| cells(&row[column])).max();
        " ".repeat(width.unwrap_or(0) - cells(text))
    };
    for [mark, name, platform, size] in &rows {
        let line = format!(
            "{mark} {name}{}  {platform}{}  {}{size}",
            pad(name, 1),
            pad(platform, 2),
            pad(size, 3)
        );
        out!("{}", line.trim_end());
    }
    if !list.package.is_empty() {
        let loaded = list.package.iter().filter(|image| image.loaded).count();
        out!(
            "{}",
            Text::new("cli-images-package")
                .with("loaded", loaded)
                .with("total", list.package.len())
        );
    }
}

/// How many cells of a terminal a text takes: a Chinese character takes two, and nothing else here is beyond ASCII.
fn cells(text: &str) -> usize {
    text.chars()
        .map(|letter| if letter.is_ascii() { 1 } else { 2 })
        .sum()
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
        out!("{} {mark} {}", line.service, plain(&line.line));
    }
}
