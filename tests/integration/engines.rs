//! Choosing the engine: it takes effect at once and the next time, and never replaces one that somebody named.

use crate::play::{deploy, shop};
use service_manager::ServiceManager;
use service_manager::api::app::EngineRequest;
use service_manager::api::engines::EngineOrigin;
use service_manager::api::status::{EngineState, Verdict};
use tests::sandbox::{Sandbox, eventually};

fn choose(url: &str) -> EngineRequest {
    EngineRequest {
        url: Some(url.into()),
    }
}

#[tokio::test]
async fn a_choice_takes_effect_at_once_and_the_next_time() {
    let sandbox = Sandbox::new(shop());
    deploy(&sandbox.open().await).await;
    let manager = ServiceManager::new(sandbox.environment(), None);
    manager
        .open_package(sandbox.request())
        .await
        .expect("opens");
    let chosen = manager.choose_engine(choose(&format!(" {} ", sandbox.engine.url())));
    let chosen = chosen.await.expect("chosen");
    assert_eq!(chosen.current, sandbox.engine.url());
    assert_eq!((chosen.origin, chosen.fixed), (EngineOrigin::Chosen, false));
    assert_eq!(chosen.engines[0].state, EngineState::Connected);
    assert_eq!(chosen.engines[0].version.as_deref(), Some("26.1.5"));
    eventually("the package is watched there", || {
        let status = manager.app_state().status;
        status.is_some_and(|status| status.verdict == Verdict::Ready)
    })
    .await;
    let next = ServiceManager::new(sandbox.environment(), None);
    assert_eq!(next.engines().await.current, sandbox.engine.url());
    // Back to whatever is found.
    let found = next
        .choose_engine(EngineRequest::default())
        .await
        .expect("found");
    assert_ne!(found.origin, EngineOrigin::Chosen);
}

#[tokio::test]
async fn an_engine_that_was_named_is_never_replaced_and_nonsense_is_refused() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    let kept = manager
        .choose_engine(choose("unix:///nobody/here.sock"))
        .await;
    let kept = kept.expect("saved for another time");
    assert_eq!(kept.current, sandbox.engine.url());
    assert_eq!((kept.origin, kept.fixed), (EngineOrigin::Given, true));
    for nonsense in ["", "docker", "ssh://root@erp", "/var/run/docker.sock"] {
        let refused = manager.choose_engine(choose(nonsense)).await;
        assert_eq!(refused.expect_err(nonsense).code(), "bad-address");
    }
}
