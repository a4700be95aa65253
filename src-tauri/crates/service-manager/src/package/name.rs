//! The project's name, exactly as Compose derives it; pure.

use crate::compose::Generation;
use camino::Utf8Path;

/// Returns the name: COMPOSE_PROJECT_NAME, else the file's `name:` (which v1 does not know), else the folder's name.
pub(crate) fn project_name(
    generation: Generation,
    variable: Option<&str>,
    written: Option<&str>,
    directory: &Utf8Path,
) -> String {
    let written = written.filter(|_| generation == Generation::V2);
    let name = variable.or(written).filter(|name| !name.is_empty());
    let name = normalise(
        generation,
        name.or_else(|| directory.file_name()).unwrap_or_default(),
    );
    if name.is_empty() {
        "default".to_owned()
    } else {
        name
    }
}

/// Lower case, and nothing but letters, digits, `-` and `_`; v2 also begins with a letter or a digit.
fn normalise(generation: Generation, name: &str) -> String {
    let kept: String = name
        .to_lowercase()
        .chars()
        .filter(|char| {
            char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | '_')
        })
        .collect();
    match generation {
        Generation::V1 => kept,
        Generation::V2 => kept.trim_start_matches(['-', '_']).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_each_generation_makes_them() {
        for (variable, written, folder, v1, v2) in [
            (None, None, "/p/Acme ERP 2.0", "acmeerp20", "acmeerp20"),
            (None, None, "/p/_docker-x", "_docker-x", "docker-x"),
            (None, Some("Shop"), "/p/docker", "docker", "shop"),
            (Some("mine"), Some("shop"), "/p/docker", "mine", "mine"),
            (Some(""), None, "/p/docker", "docker", "docker"),
            (None, None, "/p/系统", "default", "default"),
            (None, None, "/", "default", "default"),
        ] {
            let name = |generation| project_name(generation, variable, written, folder.into());
            assert_eq!(
                (name(Generation::V1).as_str(), name(Generation::V2).as_str()),
                (v1, v2),
                "{folder}"
            );
        }
    }
}
