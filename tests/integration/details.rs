//! One service in detail: everything a technician asks for, and not one value that could be secret.

use crate::play::{deploy, shop};
use serde_json::json;
use service_manager::api::app::ServiceRequest;
use service_manager::api::details::{HistoryKind, PlaceKind};
use service_manager::api::status::ServiceState;
use tests::sandbox::Sandbox;

fn of(service: &str) -> ServiceRequest {
    ServiceRequest {
        service: service.into(),
    }
}

#[tokio::test]
async fn a_drawer_tells_who_depends_on_whom_where_data_is_and_what_happened() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    deploy(&manager).await;
    let data = sandbox.file("data/db/ibdata1", &"x".repeat(5000));
    let folder = data.parent().expect("a folder").to_owned();
    sandbox.engine.change("db", "health_status: healthy", |db| {
        db.env = vec!["ROOT_PASSWORD=geheim".into(), "TZ=UTC".into()];
        let target = "/var/lib/mysql";
        db.mounts =
            vec![json!({ "Type": "bind", "Source": folder, "Destination": target, "RW": true })];
        db.probes = vec![
            json!({ "Start": "2026-11-23T14:00:00Z", "End": "2026-11-23T14:00:01Z", "ExitCode": 1, "Output": "no" }),
            json!({ "Start": "2026-11-23T14:00:02Z", "End": "2026-11-23T14:00:03Z", "ExitCode": 0, "Output": "alive\n" }),
        ];
    });
    let db = manager.service_details(of("db")).await.expect("details");
    assert_eq!(db.needed_by, ["web"]);
    assert!(db.needs.is_empty());
    let container = &db.containers[0];
    assert_eq!(container.variables, ["ROOT_PASSWORD", "TZ"]);
    let json = serde_json::to_string(&db).expect("JSON");
    assert!(!json.contains("geheim"), "{json}");
    assert_eq!(container.networks[0].name, "shop_default");
    assert_eq!(container.restart_policy, "always");
    let newest = &container.probes[0];
    assert_eq!((newest.passed, newest.output.as_str()), (true, "alive"));
    let place = &db.places[0];
    assert_eq!(
        (place.kind, place.source.as_str()),
        (PlaceKind::Bind, folder.as_str())
    );
    let bytes = place.bytes.expect("it may be read");
    assert!((5000..100_000).contains(&bytes), "{bytes}");
    let healthy =
        |it: &service_manager::api::details::HistoryEntry| it.what == HistoryKind::Healthy;
    assert!(db.history.iter().any(healthy), "{:?}", db.history);

    let web = manager.service_details(of("web")).await.expect("details");
    assert_eq!(web.needs[0].service, "db");
    assert_eq!(web.needs[0].state, Some(ServiceState::Healthy));
    assert!(!web.history.iter().any(healthy), "another's history");
    let refused = manager.service_details(of("nobody")).await;
    assert_eq!(refused.expect_err("refused").code(), "no-such-service");
}
