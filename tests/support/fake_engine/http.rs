//! HTTP as far as a local client needs it: one request, one answer, one connection.

use super::truth::{container_of, frame, is_wanted, past, truth};
use super::{Answer, FakeContainer, Request, Shared, helper, lock};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;

/// One request, one answer, one connection: enough for a local client.
pub(super) async fn serve(stream: UnixStream, shared: Arc<Shared>) {
    let mut stream = BufReader::new(stream);
    let Some((request, headers)) = read_head(&mut stream).await else {
        return;
    };
    lock(&shared.requests).push(request.clone());
    let line = request.line();
    match shared.answer(&line) {
        Some(Answer::Hang) => std::future::pending().await,
        Some(Answer::Hold) => {
            while shared.is_held(&line) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        Some(Answer::Cut) => return,
        Some(Answer::Slow(time)) => tokio::time::sleep(time).await,
        Some(Answer::Error(status, message)) => {
            let _ = read_body(&mut stream, &headers).await;
            return reply(
                &mut stream,
                status,
                &json!({ "message": message }).to_string(),
            )
            .await;
        }
        Some(Answer::Body(body)) => {
            let _ = read_body(&mut stream, &headers).await;
            return reply(&mut stream, 200, &body).await;
        }
        None => {}
    }
    if request.path == "/events" && !request.query.contains_key("until") {
        return stream_events(&mut stream, &request, &shared).await;
    }
    let body = read_body(&mut stream, &headers).await.unwrap_or_default();
    let helped = {
        let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        helper::answer(&mut lock(&shared.world), &request.method, &path, &body)
    };
    if let Some((status, answer)) = helped {
        return reply_bytes(&mut stream, status, &answer).await;
    }
    if request.path.ends_with("/logs") {
        let Some(container) = container_of(&shared, &request.path) else {
            return reply(&mut stream, 404, r#"{"message":"No such container"}"#).await;
        };
        if request.query.get("follow").is_some_and(|it| it == "true") {
            return follow_logs(&mut stream, &container, &request, &shared).await;
        }
        return reply_bytes(&mut stream, 200, &past(&container, &request)).await;
    }
    let (status, answer) = truth(&shared, &request, &body);
    reply(&mut stream, status, &answer).await;
}

async fn read_head(
    stream: &mut BufReader<UnixStream>,
) -> Option<(Request, BTreeMap<String, String>)> {
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let mut words = first.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let path = match path
        .strip_prefix("/v1.")
        .and_then(|rest| rest.find('/').map(|at| &rest[at..]))
    {
        Some(rest) => rest,
        None => path,
    };
    let query = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    Some((
        Request {
            method,
            path: decode(path),
            query,
        },
        headers,
    ))
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let digits = String::from_utf8_lossy(&digits).into_owned();
                bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn read_body(
    stream: &mut BufReader<UnixStream>,
    headers: &BTreeMap<String, String>,
) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if let Some(length) = headers
        .get("content-length")
        .and_then(|text| text.parse().ok())
    {
        body = vec![0; length];
        stream.read_exact(&mut body).await?;
    } else if headers
        .get("transfer-encoding")
        .is_some_and(|value| value == "chunked")
    {
        loop {
            let mut size = String::new();
            stream.read_line(&mut size).await?;
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; size + 2];
            stream.read_exact(&mut chunk).await?;
            if size == 0 {
                break;
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }
    Ok(body)
}

async fn reply(stream: &mut BufReader<UnixStream>, status: u16, body: &str) {
    reply_bytes(stream, status, body.as_bytes()).await;
}

async fn reply_bytes(stream: &mut BufReader<UnixStream>, status: u16, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nApi-Version: 1.45\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body).await;
    let _ = stream.flush().await;
}

async fn stream_events(stream: &mut BufReader<UnixStream>, request: &Request, shared: &Shared) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    if stream.write_all(head.as_bytes()).await.is_err() {
        return;
    }
    let _ = stream.flush().await;
    let mut news = shared.news.subscribe();
    let mut sent = 0;
    loop {
        let fresh: Vec<Value> = {
            let world = lock(&shared.world);
            let all = world.events.iter().skip(sent);
            let fresh = all
                .filter(|event| is_wanted(event, request))
                .cloned()
                .collect();
            sent = world.events.len();
            fresh
        };
        for event in fresh {
            let line = format!("{event}\n");
            let chunk = format!("{:x}\r\n{line}\r\n", line.len());
            if stream.write_all(chunk.as_bytes()).await.is_err() {
                return;
            }
        }
        let _ = stream.flush().await;
        if news.changed().await.is_err() {
            return;
        }
    }
}

/// The past, then what the container writes: `(lines, in a second)`, a chunk every 10 ms. Without it, a container that
/// says nothing more goes on running; the stream ends with the run.
async fn follow_logs(
    stream: &mut BufReader<UnixStream>,
    container: &FakeContainer,
    request: &Request,
    shared: &Shared,
) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    let before = past(container, request);
    if stream.write_all(head.as_bytes()).await.is_err() || chunk(stream, &before).await.is_err() {
        return;
    }
    let Some((lines, in_a_second)) = container.writes else {
        let mut news = shared.news.subscribe();
        while container.state == "running"
            && container_of(shared, &request.path).is_some_and(|it| it.run() == container.run())
        {
            if news.changed().await.is_err() {
                return;
            }
        }
        let _ = stream.write_all(b"0\r\n\r\n").await;
        let _ = stream.flush().await;
        return;
    };
    let began = tokio::time::Instant::now();
    let mut written: u64 = 0;
    while written < lines {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let due = lines.min(in_a_second * millis / 1000);
        let now = jiff::Timestamp::now();
        let mut frames = Vec::new();
        for number in written..due {
            frames.extend(frame(&format!("{now} line {number} of a flood\n")));
        }
        written = due;
        if chunk(stream, &frames).await.is_err() {
            return;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n").await;
    let _ = stream.flush().await;
}

async fn chunk(stream: &mut BufReader<UnixStream>, bytes: &[u8]) -> std::io::Result<()> {
    if bytes.is_empty() {
        return stream.flush().await;
    }
    let size = format!("{:x}\r\n", bytes.len());
    stream.write_all(size.as_bytes()).await?;
    stream.write_all(bytes).await?;
    stream.write_all(b"\r\n").await?;
    stream.flush().await
}
