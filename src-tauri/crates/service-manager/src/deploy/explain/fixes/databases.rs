//! Databases: only settings that their data was made with.

use super::{Asked, Scene, setting};
use crate::api::check::Risk;
use crate::deploy::explain::remedy::Remedy;
use crate::deploy::observe::services::family;
use crate::deploy::service_change::Wish;
use crate::text::Text;
use serde_json::json;

/// Images whose entrypoint hands options to the server (docker-library and its relatives).
const MYSQL: &[&str] = &["mysql", "mysql-server", "percona", "percona-server"];

/// Whether table names are lower case is decided when the data is made, once and for all: the server is told the same.
pub(super) fn table_names(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let Some(service) = asked.service(scene) else {
        return Vec::new();
    };
    let image = service.image.as_deref().unwrap_or_default();
    let is_known = MYSQL.contains(&family(image).0.as_str()) && service.entrypoint.is_empty();
    // 2 is for file systems that Linux does not have.
    let value = asked.param("limit").filter(|it| matches!(*it, "0" | "1"));
    let is_server = |word: &String| word == "mysqld" || word.starts_with('-');
    let (Some(value), true, true) = (
        value,
        is_known,
        service.command.first().is_none_or(is_server),
    ) else {
        return Vec::new();
    };
    let is_flag = |word: &String| {
        let name = word.trim_start_matches('-').replace('_', "-");
        name.starts_with("lower-case-table-names")
    };
    let others = service.command.iter().filter(|word| !is_flag(word));
    let mut command: Vec<String> = others.cloned().collect();
    command.push(format!("--lower-case-table-names={value}"));
    let wish = Wish {
        service: &service.name,
        path: &["command"],
        value: json!(command),
    };
    let effect = |how| {
        Text::new("fix-table-names")
            .with("service", service.name.as_str())
            .with("value", value)
            .with("how", how)
    };
    let id = format!("mysql.lower_case_table_names:{}:{value}", service.name);
    setting(scene, &wish, (id, Risk::Confirm), effect)
        .into_iter()
        .collect()
}
