//! A packed package is unpacked once, before whatever was asked for.

use crate::args::{Action, Cli};
use crate::follow::{Telling, follow};
use crate::stop::Stop;
use crate::{exit, refuse};
use service_manager::ServiceManager;
use service_manager::api::app::CopyRequest;

/// Puts the folder in the place of a packed package. Returns an exit code when that is the end.
pub(crate) async fn unpack(manager: &ServiceManager, cli: &mut Cli, stop: &mut Stop) -> Option<u8> {
    let needs_none = matches!(cli.command, Action::Copy { .. } | Action::ArchInfo);
    if needs_none || !manager.is_packed(&cli.package) {
        return None;
    }
    if manager.unpacked(&cli.package).is_none() {
        let request = CopyRequest {
            from: Some(cli.package.clone()),
            to: None,
        };
        let started = match manager.copy_package(request).await {
            Ok(started) => started,
            Err(error) => return Some(refuse(error, cli.json)),
        };
        let telling = if cli.json {
            Telling::FailureAsJson
        } else {
            Telling::Failure
        };
        let code = follow(manager, &started, telling, stop).await;
        if code != exit::DONE {
            return Some(code);
        }
    }
    cli.package = manager.unpacked(&cli.package)?;
    None
}
