//! What is handed to whoever helps: shown, written, or read out.

use crate::args::{Action, Cli};
use crate::{answer, exit};
use service_manager::api::support::{BundleFileRequest, SupportBundle, SupportRequest};
use service_manager::text::{Text, format};
use service_manager::{Error, ServiceManager};
use std::io::Write;
use std::path::Path;

/// Carries out `support-bundle`. The package may be broken: that is when it is needed.
pub(crate) async fn support(manager: &ServiceManager, cli: &Cli) -> Result<u8, Error> {
    let Action::SupportBundle {
        out,
        preview,
        show,
        include_host_names,
        summary,
    } = &cli.command
    else {
        return Ok(exit::USAGE);
    };
    let request = SupportRequest {
        package: Some(cli.package.clone()),
        include_host_names: *include_host_names,
    };
    if *summary {
        let summary = manager.support_summary(request).await?;
        return Ok(answer(cli.json, &summary, |it| out!("{}", it.text)));
    }
    let mut bundle = manager.prepare_support(request).await?;
    if let Some(name) = show {
        let request = BundleFileRequest { name: name.clone() };
        let content = manager.support_content(&request)?;
        return Ok(answer(cli.json, &content, |it| out!("{}", it.text)));
    }
    if !preview {
        let path = out.clone().unwrap_or_else(free_name);
        let written = manager.save_support(Some(path), false).await?;
        bundle = written.unwrap_or(bundle);
    }
    Ok(answer(cli.json, &bundle, show_bundle))
}

/// The first name in this folder that no file has.
fn free_name() -> String {
    let numbered = (2..).map(|number| format!("quayside-support-{number}.zip"));
    std::iter::once("quayside-support.zip".to_owned())
        .chain(numbered)
        .find(|name| !Path::new(name).exists())
        .unwrap_or_default()
}

fn show_bundle(bundle: &SupportBundle) {
    if bundle.file.is_none() {
        out!("{}", Text::new("cli-support-preview"));
    }
    for file in &bundle.files {
        let line = Text::new("cli-support-file")
            .with("name", &file.name)
            .with("size", format::bytes(file.bytes))
            .with("redacted", file.redacted);
        out!("  {line}");
    }
    let kinds = bundle.report.kinds.iter().map(|it| {
        let kind = Text::new(format!("support-kind-{}", it.kind));
        Text::new("cli-support-kind")
            .with("kind", kind)
            .with("count", it.count)
            .to_string()
    });
    let kinds: Vec<String> = kinds.collect();
    if !kinds.is_empty() {
        let kinds = format::list(&kinds);
        out!(
            "{}",
            Text::new("cli-support-taken-out").with("kinds", kinds)
        );
    }
    let weak = bundle.report.only_where_named;
    if weak > 0 {
        out!("{}", Text::new("cli-support-weak").with("count", weak));
    }
    for gap in &bundle.gaps {
        let line = Text::new("cli-support-gap")
            .with("what", &gap.what)
            .with("why", &gap.why);
        out!("{line}");
    }
    if let Some(file) = &bundle.file {
        let line = Text::new("cli-support-written")
            .with("file", file)
            .with("size", format::bytes(bundle.bytes));
        out!("{line}");
    }
}
