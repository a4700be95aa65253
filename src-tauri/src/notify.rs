//! Desktop notifications: what the library finds worth telling somebody who is not looking.

use notify_rust::{Notification, Timeout, Urgency};
use service_manager::text::Text;
use service_manager::{Alert, ServiceManager};

/// Tells alerts as they come, unless the person has switched that off.
pub(crate) fn start(manager: &ServiceManager) {
    let manager = manager.clone();
    tauri::async_runtime::spawn(async move {
        let mut alerts = manager.alerts();
        loop {
            let alert = alerts.next().await;
            if manager.settings().notifications {
                tell(&alert.title, &alert.body, urgency(&alert));
            }
        }
    });
}

/// Shows one notification. A desktop that has no place for it is no error: the tray and the window say the same.
pub(crate) fn tell(title: &Text, body: &Text, urgency: Urgency) {
    let mut notification = Notification::new();
    notification
        .appname("Quayside")
        .summary(&title.to_string())
        .body(&body.to_string())
        .timeout(Timeout::Default);
    #[cfg(target_os = "linux")]
    notification.urgency(urgency).icon("quayside");
    #[cfg(not(target_os = "linux"))]
    let _ = urgency;
    if let Err(error) = notification.show() {
        tracing::info!(%error, "no notification could be shown");
    }
}

const fn urgency(alert: &Alert) -> Urgency {
    if alert.is_trouble {
        Urgency::Critical
    } else {
        Urgency::Normal
    }
}
