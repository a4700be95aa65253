//! The display, as a window manager uses it: a window is found by its title, asked to close, and looked at.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

/// A connection to the display of the suite.
pub(crate) struct Display {
    connection: RustConnection,
    root: Window,
}

impl Display {
    pub(crate) fn connect() -> Self {
        let (connection, screen) = x11rb::connect(None).expect("a display");
        let root = connection.setup().roots[screen].root;
        Self { connection, root }
    }

    /// Returns the window of this title that is drawn, if there is one.
    pub(crate) fn drawn(&self, title: &str) -> Option<Window> {
        let tree = self.connection.query_tree(self.root).ok()?.reply().ok()?;
        tree.children.into_iter().find(|window| {
            self.title(*window).is_some_and(|it| it == title) && self.is_drawn(*window)
        })
    }

    /// Asks a window to close, as the cross in its corner does.
    pub(crate) fn close(&self, window: Window) {
        let message = ClientMessageEvent::new(
            32,
            window,
            self.atom("WM_PROTOCOLS"),
            [self.atom("WM_DELETE_WINDOW"), 0, 0, 0, 0],
        );
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, message)
            .expect("a display");
        self.connection.flush().expect("a display");
    }

    fn title(&self, window: Window) -> Option<String> {
        let asked =
            self.connection
                .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 1024);
        String::from_utf8(asked.ok()?.reply().ok()?.value).ok()
    }

    fn is_drawn(&self, window: Window) -> bool {
        let asked = self.connection.get_window_attributes(window);
        let reply = asked.ok().and_then(|asked| asked.reply().ok());
        reply.is_some_and(|reply| reply.map_state == MapState::VIEWABLE)
    }

    fn atom(&self, name: &str) -> u32 {
        let asked = self.connection.intern_atom(false, name.as_bytes());
        let reply = asked.expect("a display").reply().expect("a display");
        reply.atom
    }
}
