//! Graphics cards of this computer: is a driver loaded, and is the toolkit there that hands them to containers?

use crate::environment::Environment;
use crate::process::{self, Invocation};
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// It answers in half a second; a driver that hangs must not keep a check waiting.
const LIMIT: Duration = Duration::from_millis(1200);

/// What is known of NVIDIA's cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gpu {
    /// The kernel has the driver, or Windows hands its own to Linux.
    pub has_driver: bool,
    /// The engine finds the program that hands cards to containers.
    pub has_toolkit: bool,
    /// What `nvidia-smi` said instead of listing cards.
    pub complaint: Option<String>,
}

/// Looks, and asks `nvidia-smi` where it is.
pub(crate) async fn look(environment: &Environment) -> Gpu {
    let there = |path: &str| Path::new(path).exists();
    let hooks = ["nvidia-container-runtime-hook", "nvidia-container-toolkit"];
    let has_toolkit = hooks.iter().any(|hook| {
        ["/usr/bin", "/usr/local/bin", "/usr/sbin"]
            .iter()
            .any(|folder| there(&format!("{folder}/{hook}")))
    });
    Gpu {
        has_driver: there("/proc/driver/nvidia/version") || there("/dev/dxg"),
        has_toolkit,
        complaint: complaint(environment).await,
    }
}

async fn complaint(environment: &Environment) -> Option<String> {
    let program = environment.find_program("nvidia-smi")?;
    let asking = Invocation::new(program, ["--list-gpus"], &environment.variables).within(LIMIT);
    let asking = Invocation {
        grace: Duration::ZERO,
        ..asking
    };
    match process::run(&asking, &CancellationToken::new(), |_, _| ()).await {
        Ok(finished) if finished.success() => None,
        // Its complaints go to standard output.
        Ok(finished) => {
            let words = finished.stdout.trim().to_owned();
            Some(if words.is_empty() {
                finished.stderr.join(" ")
            } else {
                words
            })
        }
        Err(error) => Some(error.to_string()),
    }
}
