//! Whether the clock of this computer is set by others, as systemd says it.

use crate::environment::Environment;
use crate::process::{self, Invocation};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// It answers in a few hundredths of a second; the first time it has to be started.
const LIMIT: Duration = Duration::from_millis(700);

/// Asks `timedatectl` (systemd 239 and later) whether the clock is synchronised; none where nobody can say.
pub(crate) async fn is_synchronised(environment: &Environment) -> Option<bool> {
    let program = environment.find_program("timedatectl")?;
    let args = ["show", "--property=NTPSynchronized", "--value"];
    let asking = Invocation {
        grace: Duration::ZERO,
        ..Invocation::new(program, args, &environment.variables).within(LIMIT)
    };
    let answer = process::run(&asking, &CancellationToken::new(), |_, _| ()).await;
    let finished = answer.ok().filter(process::Finished::success)?;
    read(&finished.stdout)
}

fn read(text: &str) -> Option<bool> {
    match text.trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn only_a_plain_answer_counts() {
        assert_eq!(read("yes\n"), Some(true));
        assert_eq!(read("no\n"), Some(false));
        assert_eq!(read("n/a"), None);
        assert_eq!(read(""), None);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_program_that_hangs_or_fails_says_nothing_in_time() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("timedatectl");
        for (script, said) in [
            ("echo no", Some(false)),
            ("exit 1", None),
            ("/bin/sleep 5", None),
        ] {
            fs_err::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
            let mode = std::fs::Permissions::from_mode(0o755);
            fs_err::set_permissions(&path, mode).expect("is ours");
            let folder = folder.path().display().to_string();
            let variables: BTreeMap<_, _> = [("PATH".to_owned(), folder)].into();
            let environment = Environment::from_variables(variables);
            let begun = std::time::Instant::now();
            assert_eq!(is_synchronised(&environment).await, said, "{script}");
            assert!(begun.elapsed() < Duration::from_secs(3));
        }
    }
}
