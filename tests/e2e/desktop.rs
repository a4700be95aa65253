//! The desktop around the window, on the private bus of the suite: a place for tray icons, and one for notifications.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant::OwnedValue;

/// The desktop; gone when dropped.
pub(crate) struct Desktop {
    bus: Connection,
    items: Arc<Mutex<Vec<String>>>,
    said: Arc<Mutex<Vec<(String, String)>>>,
}

#[allow(clippy::unused_self, clippy::used_underscore_binding)] // the protocols' methods, not ours
mod roles {
    use std::sync::{Arc, Mutex, PoisonError};
    use zbus::zvariant::OwnedValue;

    pub(super) struct Watcher(pub(super) Arc<Mutex<Vec<String>>>);

    #[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
    impl Watcher {
        fn register_status_notifier_item(
            &self,
            service: String,
            #[zbus(header)] header: zbus::message::Header<'_>,
        ) {
            // An item names itself by its object's path, and its program by who sent this.
            let sender = header.sender().map(ToString::to_string).unwrap_or_default();
            let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            items.push(format!("{sender} {service}"));
        }

        fn register_status_notifier_host(&self, _service: String) {}

        #[zbus(property)]
        fn is_status_notifier_host_registered(&self) -> bool {
            true
        }

        #[zbus(property)]
        fn protocol_version(&self) -> i32 {
            0
        }

        #[zbus(property)]
        fn registered_status_notifier_items(&self) -> Vec<String> {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        }
    }

    pub(super) struct Notifications(pub(super) Arc<Mutex<Vec<(String, String)>>>);

    #[zbus::interface(name = "org.freedesktop.Notifications")]
    impl Notifications {
        #[allow(clippy::too_many_arguments)] // the protocol's
        fn notify(
            &self,
            _app: String,
            _replaces: u32,
            _icon: String,
            summary: String,
            body: String,
            _actions: Vec<String>,
            _hints: std::collections::HashMap<String, OwnedValue>,
            _timeout: i32,
        ) -> u32 {
            let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            said.push((summary, body));
            u32::try_from(said.len()).unwrap_or(1)
        }

        fn get_capabilities(&self) -> Vec<String> {
            vec!["body".into()]
        }

        fn get_server_information(&self) -> (String, String, String, String) {
            ("suite".into(), "quayside".into(), "1".into(), "1.2".into())
        }
    }
}

impl Desktop {
    /// Begins before the window does.
    pub(crate) fn start() -> Self {
        let (items, said) = (Arc::default(), Arc::default());
        let bus = connection::Builder::session()
            .and_then(|it| it.name("org.kde.StatusNotifierWatcher"))
            .and_then(|it| it.name("org.freedesktop.Notifications"))
            .and_then(|it| {
                it.serve_at("/StatusNotifierWatcher", roles::Watcher(Arc::clone(&items)))
            })
            .and_then(|it| {
                let notifications = roles::Notifications(Arc::clone(&said));
                it.serve_at("/org/freedesktop/Notifications", notifications)
            })
            .and_then(connection::Builder::build)
            .unwrap_or_else(|error| panic!("no session bus: {error}"));
        Self { bus, items, said }
    }

    /// Returns what was notified: title and text.
    pub(crate) fn said(&self) -> Vec<(String, String)> {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits for so many notifications.
    pub(crate) async fn until_told(&self, count: usize) {
        for _ in 0..120 {
            if self.said().len() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        panic!("{count} notifications never came: {:?}", self.said());
    }

    /// Waits for the icon and returns the way to its menu.
    pub(crate) fn menu(&self) -> Menu {
        let item = until("a tray icon", || {
            self.items
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .last()
                .cloned()
        });
        let (name, path) = item.split_once(' ').unwrap_or_default();
        let properties = Proxy::new(
            &self.bus,
            name.to_owned(),
            path.to_owned(),
            "org.kde.StatusNotifierItem",
        );
        let item = properties.unwrap_or_else(|error| panic!("{error}"));
        let menu: zbus::zvariant::OwnedObjectPath = item
            .get_property("Menu")
            .unwrap_or_else(|error| panic!("{error}"));
        let menu = Proxy::new(
            &self.bus,
            name.to_owned(),
            menu.to_string(),
            "com.canonical.dbusmenu",
        );
        Menu {
            item,
            menu: menu.unwrap_or_else(|error| panic!("{error}")),
        }
    }
}

/// The tray icon's menu, read and pressed as a panel does.
pub(crate) struct Menu {
    item: Proxy<'static>,
    menu: Proxy<'static>,
}

type Layout = (
    i32,
    std::collections::HashMap<String, OwnedValue>,
    Vec<OwnedValue>,
);

impl Menu {
    /// Returns the picture's name, which changes with the picture.
    pub(crate) fn picture(&self) -> String {
        // Not kept: a panel is told by a signal that this one does not listen to.
        let asked = self.item.connection().call_method(
            Some(self.item.destination().clone()),
            self.item.path().clone(),
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &("org.kde.StatusNotifierItem", "IconName"),
        );
        let reply = asked.unwrap_or_else(|error| panic!("{error}"));
        let value: OwnedValue = reply
            .body()
            .deserialize()
            .unwrap_or_else(|error| panic!("{error}"));
        String::try_from(value).unwrap_or_default()
    }

    /// Returns number and words of every entry.
    pub(crate) fn entries(&self) -> Vec<(i32, String)> {
        let asked: zbus::Result<(u32, Layout)> = self
            .menu
            .call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new()));
        let (_, (_, _, children)) = asked.unwrap_or_else(|error| panic!("{error}"));
        let entry = |value: OwnedValue| {
            let (number, properties, _) = Layout::try_from(value).ok()?;
            let words = properties.get("label")?.try_clone().ok()?;
            Some((number, String::try_from(words).ok()?.replace('_', "")))
        };
        children.into_iter().filter_map(entry).collect()
    }

    /// Presses the entry that begins so.
    pub(crate) fn press(&self, beginning: &str) {
        let entries = self.entries();
        let found = entries
            .iter()
            .find(|(_, words)| words.starts_with(beginning));
        let (number, _) = found.unwrap_or_else(|| panic!("no {beginning} in {entries:?}"));
        let data = zbus::zvariant::Value::from(0_i32);
        let pressed: zbus::Result<()> = self.menu.call("Event", &(*number, "clicked", data, 0_u32));
        pressed.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Waits until the first entry, the verdict's sentence, contains some words.
    pub(crate) fn until_says(&self, words: &str) {
        let mut last = String::new();
        let begun = Instant::now();
        while !last.contains(words) {
            let patient = begun.elapsed() < Duration::from_mins(1);
            assert!(patient, "it never said {words}; it says: {last}");
            std::thread::sleep(Duration::from_millis(200));
            last = self.entries().swap_remove(0).1;
        }
    }
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "it never came to: {what}"
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}
