//! Logs: what containers wrote, in order of time, never more than a reader can take, and as a file.

use crate::play::made;
use service_manager::api::app::{LogsRequest, SaveLogsRequest};
use service_manager::api::log::LogStream;
use service_manager::{LogLines, ServiceManager};
use std::time::{Duration, Instant};
use tests::cli::run;
use tests::sandbox::Sandbox;

/// Two services whose lines are interleaved in time.
async fn written() -> (Sandbox, ServiceManager) {
    let sandbox = Sandbox::new(serde_json::json!({ "web": {}, "db": {} }));
    let web = made(&sandbox, "web", |web| {
        web.logs = vec![
            "2026-11-23T14:00:01.2Z one".into(),
            "2026-11-23T14:00:04Z \u{1b}[31mfour\u{1b}[0m".into(),
            "2026-11-23T14:00:04.1Z [stderr] five".into(),
        ];
    });
    let db = made(&sandbox, "db", |db| {
        db.logs = vec![
            "2026-11-23T14:00:02Z two".into(),
            "2026-11-23T14:00:03Z three".into(),
            "2026-11-23T14:00:06Z six".into(),
        ];
    });
    sandbox.engine.add(web);
    sandbox.engine.add(db);
    let manager = sandbox.open().await;
    (sandbox, manager)
}

/// The last word of every line until the stream ends or pauses.
async fn words(mut lines: LogLines) -> Vec<String> {
    let mut words = Vec::new();
    while let Ok(batch) = tokio::time::timeout(Duration::from_secs(2), lines.next()).await {
        words.extend(batch.lines.iter().map(|line| {
            let plain = service_manager::text::plain(&line.line);
            plain.rsplit(' ').next().unwrap_or_default().to_owned()
        }));
        if batch.ended {
            break;
        }
    }
    words
}

#[tokio::test]
async fn lines_of_several_services_are_told_in_order_of_time_followed_or_not() {
    let (_sandbox, manager) = written().await;
    for follow in [false, true] {
        let lines = manager.logs(LogsRequest {
            follow,
            ..LogsRequest::default()
        });
        let told = words(lines.await.unwrap()).await;
        assert_eq!(told, ["one", "two", "three", "four", "five", "six"]);
    }
    let one = manager.logs(LogsRequest {
        services: vec!["db".into()],
        ..LogsRequest::default()
    });
    assert_eq!(words(one.await.unwrap()).await, ["two", "three", "six"]);
}

#[tokio::test]
async fn since_is_exact_and_what_is_no_time_is_refused() {
    let (sandbox, manager) = written().await;
    let since = |since: &str| {
        manager.logs(LogsRequest {
            since: Some(since.into()),
            ..LogsRequest::default()
        })
    };
    // The engine is asked for whole seconds; 14:00:04 itself is not wanted.
    let told = words(since("2026-11-23T14:00:04.05Z").await.unwrap()).await;
    assert_eq!(told, ["five", "six"]);
    assert!(words(since("1m").await.unwrap()).await.is_empty());
    assert_eq!(since("yesterday").await.unwrap_err().code(), "bad-time");

    let told = run(
        &sandbox,
        &["logs", "--since", "2026-11-23T14:00:04.05Z", "--json"],
    );
    let lines = told.lines();
    assert_eq!((told.code, lines.len()), (0, 2), "{}", told.out);
    assert_eq!(lines[0]["stream"], "stderr");
    assert_eq!(run(&sandbox, &["logs", "--since", "yesterday"]).code, 2);
}

#[tokio::test]
async fn colours_never_reach_a_terminal_nor_a_file() {
    let (sandbox, manager) = written().await;
    let shown = run(&sandbox, &["logs"]).out;
    assert!(
        shown.contains("four") && !shown.contains('\u{1b}'),
        "{shown}"
    );

    let path = sandbox.environment().state.join("kept.log");
    let request = SaveLogsRequest {
        services: vec!["web".into()],
        since: None,
    };
    let saved = manager.save_logs(Some(path.to_string()), request.clone());
    let saved = saved.await.unwrap().expect("a place was chosen");
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!((saved.lines, saved.bytes), (3, text.len() as u64));
    let first = text.lines().next().unwrap();
    assert_eq!(first, "2026-11-23T14:00:01.2Z shop-web-1 out one");
    assert!(text.ends_with("web-1 err [stderr] five\n") && !text.contains('\u{1b}'));

    let nothing = manager.save_logs(None, request.clone()).await.unwrap();
    assert!(nothing.is_none(), "nobody chose a place");
    let package = manager.app_state().package.unwrap();
    let theirs = package.compose_files[0].clone();
    let before = std::fs::read(&theirs).unwrap();
    let refused = manager.save_logs(Some(theirs.clone()), request).await;
    assert_eq!(refused.unwrap_err().code(), "cannot-save");
    assert_eq!(std::fs::read(&theirs).unwrap(), before);
}

/// Reads like the window: the newest lines of every while.
async fn flood(pace: Duration) -> (u64, u64) {
    const LINES: u64 = 30_000;
    let sandbox = Sandbox::new(serde_json::json!({ "web": {} }));
    let web = made(&sandbox, "web", |web| {
        web.logs = Vec::new();
        web.writes = Some((LINES, 10_000));
    });
    sandbox.engine.add(web);
    let manager = sandbox.open().await;
    let request = LogsRequest {
        follow: true,
        ..LogsRequest::default()
    };
    let mut lines = manager.logs(request).await.expect("a stream");
    let (mut kept, mut dropped, mut next) = (0, 0, 0);
    let began = Instant::now();
    loop {
        let batch = lines.newest(pace).await;
        kept += batch.lines.len() as u64;
        // What is dropped is older than what is kept: the numbers go on behind the gap.
        next += batch.dropped;
        dropped += batch.dropped;
        for line in &batch.lines {
            assert_eq!(line.line, format!("line {next} of a flood"));
            assert_eq!(line.stream, LogStream::Stdout);
            next += 1;
        }
        if kept + dropped >= LINES {
            break;
        }
    }
    assert_eq!(kept + dropped, LINES, "kept {kept}, dropped {dropped}");
    assert!(began.elapsed() < Duration::from_mins(1));
    (kept, dropped)
}

#[tokio::test]
async fn of_ten_thousand_lines_a_second_every_one_is_kept_or_counted() {
    let (kept, _) = flood(Duration::from_millis(50)).await;
    assert!(kept > 0);
}

#[tokio::test]
async fn a_reader_that_falls_behind_gets_the_newest_and_the_count_of_the_others() {
    let (_, dropped) = flood(Duration::from_secs(15)).await;
    assert!(dropped > 0, "nothing was dropped");
}

/// Reads until something was said so often; everything that was told comes back.
async fn told(lines: &mut LogLines, word: &str, times: usize) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let reading = async {
        while told.iter().filter(|line| line.contains(word)).count() < times {
            let batch = lines.next().await;
            assert!(!batch.ended, "what is followed does not end");
            told.extend(batch.lines.into_iter().map(|line| line.line));
        }
    };
    let read = tokio::time::timeout(Duration::from_secs(20), reading).await;
    assert!(read.is_ok(), "{word} was never said {times} times");
    told
}

async fn followed(manager: &ServiceManager, services: &[&str]) -> LogLines {
    let request = LogsRequest {
        follow: true,
        services: services.iter().map(|name| (*name).to_owned()).collect(),
        ..LogsRequest::default()
    };
    manager.logs(request).await.expect("a stream")
}

/// A line written now.
fn now(words: &str) -> String {
    format!("{} {words}", jiff::Timestamp::now())
}

#[tokio::test]
async fn a_service_that_is_restarted_is_followed_on_and_no_line_comes_twice() {
    let (sandbox, manager) = written().await;
    let mut lines = followed(&manager, &[]).await;
    assert_eq!(told(&mut lines, "six", 1).await.len(), 6);
    sandbox.engine.change("web", "die", |web| web.end(143));
    sandbox.engine.change("web", "start", |web| {
        web.begin();
        web.logs.push(now("seven"));
    });
    let after = told(&mut lines, "seven", 1).await;
    assert_eq!(after.len(), 1, "{after:?}");
    // Another restart, of which only the lines of the end are told.
    sandbox.engine.change("web", "start", |web| {
        web.begin();
        web.logs.push(now("eight"));
    });
    assert_eq!(told(&mut lines, "eight", 1).await.len(), 1);
}

#[tokio::test]
async fn a_container_that_is_made_anew_is_followed_and_another_services_is_not() {
    let (sandbox, manager) = written().await;
    let mut lines = followed(&manager, &["web"]).await;
    told(&mut lines, "five", 1).await;
    for service in ["web", "db"] {
        let another = made(&sandbox, service, |it| {
            it.id = it.id.chars().rev().collect();
            it.logs = vec![now(&format!("a new {service}"))];
        });
        sandbox.engine.add(another);
    }
    let after = told(&mut lines, "a new web", 1).await;
    assert_eq!(after.len(), 1, "{after:?}");
    let quiet = tokio::time::timeout(Duration::from_secs(1), lines.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}

#[tokio::test]
async fn what_was_written_while_the_engine_was_away_is_told_when_it_is_back() {
    let (sandbox, manager) = written().await;
    let mut lines = followed(&manager, &[]).await;
    told(&mut lines, "six", 1).await;
    sandbox.engine.die();
    sandbox.engine.world(|world| {
        for container in &mut world.containers {
            container.logs.push(now("meanwhile"));
        }
    });
    tokio::time::sleep(Duration::from_millis(1500)).await;
    sandbox.engine.start_again();
    let back = Instant::now();
    let after = told(&mut lines, "meanwhile", 2).await;
    assert_eq!(after.len(), 2, "{after:?}");
    assert!(back.elapsed() < Duration::from_secs(3), "{back:?}");
}
