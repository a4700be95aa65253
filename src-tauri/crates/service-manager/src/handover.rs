//! The handover page: one page for the binder beside the computer. Pure: facts in, HTML out.
//!
//! No scripts, nothing from elsewhere, every value escaped: it is opened in any browser and printed.

use crate::api::check::{Check, CheckState};
use crate::api::package::{PackageView, SupportView};
use crate::api::status::{LinkScope, ServiceStatus, StatusSnapshot};
use crate::text::{self, Text, format};
use std::fmt::Write as _;

/// Everything the page says.
#[derive(Debug)]
pub(crate) struct Handover<'a> {
    pub package: &'a PackageView,
    pub status: &'a StatusSnapshot,
    pub checks: &'a [Check],
    pub places: &'a [Place],
    /// Programs and their versions, in the order in which they are told.
    pub versions: &'a [(Text, String)],
    /// `2026-11-23 14:06 UTC`
    pub made_at: String,
}

/// Where data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// A folder of this computer, or the name of a volume.
    pub what: String,
    pub is_volume: bool,
    pub services: Vec<String>,
    pub bytes: Option<u64>,
}

const STYLE: &str = "\
body{font:14px/20px system-ui,sans-serif;color:#13212a;background:#fff;max-width:760px;margin:32px auto;padding:0 24px}\
h1{font-size:24px;line-height:30px;margin:0 0 4px}h2{font-size:16px;line-height:22px;margin:28px 0 8px;break-after:avoid}\
p{margin:4px 0}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:5px 12px 5px 0;\
border-bottom:1px solid #dce2e5}th{font-weight:600}code,.code{font:12px/18px ui-monospace,monospace;overflow-wrap:anywhere}\
.lead{color:#465862}ul,ol{margin:4px 0;padding-left:22px}tr,li{break-inside:avoid}@page{margin:18mm}\
@media print{body{margin:0;max-width:none;padding:0}}";

/// Returns the page in the language of this process.
pub(crate) fn page(facts: &Handover<'_>) -> String {
    let title = [
        Some(facts.package.title.as_str()),
        facts.package.version.as_deref(),
    ];
    let title = title.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let heading = Text::new("handover-title").with("title", title).to_string();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        text::language().tag(),
        escaped(&heading),
        escaped(&heading)
    );
    let made = Text::new("handover-made").with("time", facts.made_at.as_str());
    paragraph(&mut out, "lead", &made.to_string());
    paragraph(&mut out, "", &facts.status.sentence.to_string());
    links(&mut out, facts.status);
    services(&mut out, facts);
    places(&mut out, facts.places);
    operating(&mut out, facts.package);
    checks(&mut out, facts.checks);
    versions(&mut out, facts.versions);
    support(&mut out, facts.package.support.as_ref());
    out.push_str("</body>\n</html>\n");
    out
}

/// Text between tags, or in a quoted attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}

fn heading(out: &mut String, key: &'static str) {
    let _ = writeln!(out, "<h2>{}</h2>", escaped(&Text::new(key).to_string()));
}

fn paragraph(out: &mut String, class: &str, words: &str) {
    let _ = if class.is_empty() {
        writeln!(out, "<p>{}</p>", escaped(words))
    } else {
        writeln!(out, "<p class=\"{class}\">{}</p>", escaped(words))
    };
}

/// A table; cells that are code are set as code.
fn table(out: &mut String, heads: &[&'static str], rows: impl IntoIterator<Item = Vec<Cell>>) {
    out.push_str("<table>\n<tr>");
    for head in heads {
        let _ = write!(out, "<th>{}</th>", escaped(&Text::new(*head).to_string()));
    }
    out.push_str("</tr>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = match cell {
                Cell::Words(words) => write!(out, "<td>{}</td>", escaped(&words)),
                Cell::Code(words) => write!(out, "<td class=\"code\">{}</td>", escaped(&words)),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

enum Cell {
    Words(String),
    Code(String),
}

fn links(out: &mut String, status: &StatusSnapshot) {
    let of = |scope: LinkScope| -> Vec<(&ServiceStatus, &str)> {
        let services = status.services.iter();
        services
            .flat_map(|it| it.links.iter().map(move |link| (it, link)))
            .filter(|(_, link)| link.scope == scope)
            .map(|(service, link)| (service, link.url.as_str()))
            .collect()
    };
    let (local, lan) = (of(LinkScope::Local), of(LinkScope::Lan));
    if local.is_empty() && lan.is_empty() {
        return;
    }
    heading(out, "handover-open");
    let scopes = [(local, "handover-here"), (lan, "handover-others")];
    let rows = scopes.into_iter().flat_map(|(links, from)| {
        links.into_iter().map(move |(service, url)| {
            vec![
                Cell::Words(Text::new(from).to_string()),
                Cell::Words(service.title.clone()),
                Cell::Code(url.to_owned()),
            ]
        })
    });
    let heads = ["handover-from", "handover-service", "handover-address"];
    table(out, &heads, rows);
}

fn services(out: &mut String, facts: &Handover<'_>) {
    heading(out, "handover-services");
    let rows = facts.status.services.iter().map(|service| {
        let view = facts
            .package
            .services
            .iter()
            .find(|it| it.name == service.name);
        let image = view.and_then(|it| it.image.clone()).unwrap_or_default();
        vec![
            Cell::Words(service.title.clone()),
            Cell::Words(service.sentence.to_string()),
            Cell::Code(image),
        ]
    });
    table(
        out,
        &["handover-service", "handover-state", "handover-image"],
        rows,
    );
}

fn places(out: &mut String, places: &[Place]) {
    heading(out, "handover-data");
    if places.is_empty() {
        return paragraph(out, "", &Text::new("handover-no-data").to_string());
    }
    let rows = places.iter().map(|place| {
        let what = if place.is_volume {
            Cell::Words(
                Text::new("handover-volume")
                    .with("name", place.what.as_str())
                    .to_string(),
            )
        } else {
            Cell::Code(place.what.clone())
        };
        let size = place.bytes.map(format::bytes);
        vec![
            what,
            Cell::Words(format::list(&place.services).to_string()),
            Cell::Words(size.unwrap_or_default()),
        ]
    });
    table(
        out,
        &["handover-place", "handover-service", "handover-size"],
        rows,
    );
    paragraph(out, "lead", &Text::new("handover-data-note").to_string());
}

fn operating(out: &mut String, package: &PackageView) {
    heading(out, "handover-operate");
    paragraph(out, "", &Text::new("handover-operate-window").to_string());
    paragraph(out, "", &Text::new("handover-operate-terminal").to_string());
    // Quoted as a shell takes it, whatever is in the path.
    let folder = format!("'{}'", package.directory.replace('\'', "'\\''"));
    out.push_str("<ul>\n");
    for verb in ["status", "start", "stop", "restart", "logs"] {
        let line = format!("quayside-cli --package {folder} {verb}");
        let _ = writeln!(out, "<li><code>{}</code></li>", escaped(&line));
    }
    out.push_str("</ul>\n");
}

fn checks(out: &mut String, checks: &[Check]) {
    let passed: Vec<&Check> = checks
        .iter()
        .filter(|it| it.state == CheckState::Pass)
        .collect();
    let others: Vec<&Check> = checks
        .iter()
        .filter(|it| it.state != CheckState::Pass)
        .collect();
    heading(out, "handover-checks");
    let count = Text::new("handover-checks-passed")
        .with("count", passed.len())
        .with("others", others.len());
    paragraph(out, "", &count.to_string());
    for (list, key) in [
        (others, "handover-checks-open"),
        (passed, "handover-checks-good"),
    ] {
        if list.is_empty() {
            continue;
        }
        paragraph(out, "lead", &Text::new(key).to_string());
        out.push_str("<ul>\n");
        for check in list {
            let _ = writeln!(out, "<li>{}</li>", escaped(&check.message.to_string()));
        }
        out.push_str("</ul>\n");
    }
}

fn versions(out: &mut String, versions: &[(Text, String)]) {
    heading(out, "handover-versions");
    out.push_str("<table>\n");
    for (name, version) in versions {
        let (name, version) = (escaped(&name.to_string()), escaped(version));
        let _ = writeln!(
            out,
            "<tr><td>{name}</td><td class=\"code\">{version}</td></tr>"
        );
    }
    out.push_str("</table>\n");
}

fn support(out: &mut String, support: Option<&SupportView>) {
    heading(out, "handover-support");
    let lines: Vec<&str> = support
        .map(|it| [&it.name, &it.phone, &it.email, &it.url])
        .into_iter()
        .flatten()
        .filter_map(|line| line.as_deref())
        .collect();
    if lines.is_empty() {
        return paragraph(out, "", &Text::new("handover-no-support").to_string());
    }
    for line in lines {
        paragraph(out, "", line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_package_becomes_markup() {
        let hostile = "<script>alert('x')</script>&\"\u{7}";
        let safe = escaped(hostile);
        assert_eq!(
            safe,
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"
        );
        let mut out = String::new();
        table(
            &mut out,
            &["handover-service"],
            [vec![
                Cell::Words(hostile.into()),
                Cell::Code(hostile.into()),
            ]],
        );
        paragraph(&mut out, "", hostile);
        assert_eq!(out.matches('<').count(), out.matches('>').count());
        assert!(!out.contains("<script"), "{out}");
    }
}
