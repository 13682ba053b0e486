//! Clients that take their time, and more of them than one address needs: case 49 of the security plan, over real sockets.

use super::child::raw;
use crate::common::{PASSWORD, Start, TestApp, on_both};
use domain::scope::{Area, Role};
use server::http::{Patience, answer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

async fn listening(router: axum::Router, patience: Patience) -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (address, tokio::spawn(answer(listener, router, patience, std::future::pending())))
}

fn short() -> Patience {
    Patience { headers: Duration::from_millis(600), writing: Duration::from_millis(600), ..Patience::default() }
}

/// Asks and never reads; a small window, so that the answer does not fit on the way.
async fn asks_and_never_reads(address: SocketAddr, path: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).await.unwrap();
    stream
}

/// An answer far larger than what fits between a server and a client that does not read, counted while it is held.
fn large(held: &Arc<()>, asked: &Arc<AtomicUsize>) -> axum::Router {
    use axum::body::Body;
    use futures_util::StreamExt as _;
    let (held, asked) = (Arc::clone(held), Arc::clone(asked));
    axum::Router::new().route(
        "/large",
        axum::routing::get(move || {
            let held = Arc::clone(&held);
            asked.fetch_add(1, Ordering::Relaxed);
            async move {
                Body::from_stream(
                    futures_util::stream::repeat_with(move || {
                        let _ = &held;
                        Ok::<_, std::io::Error>(vec![b'a'; 64 * 1024])
                    })
                    .boxed(),
                )
            }
        }),
    )
}

async fn wait_until(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn sixty_clients_that_never_read_are_let_go_and_others_are_answered_meanwhile() {
    let (held, asked) = (Arc::new(()), Arc::new(AtomicUsize::new(0)));
    let router = large(&held, &asked).route("/small", axum::routing::get(|| async { "small" }));
    let (address, server) = listening(router, short()).await;
    let nobody = Arc::strong_count(&held);
    let mut clients = Vec::new();
    for _ in 0..60 {
        clients.push(asks_and_never_reads(address, "/large").await);
    }
    wait_until("nothing was asked", || asked.load(Ordering::Relaxed) == 60).await;
    let small = raw(address, b"GET /small HTTP/1.1\r\nHost: a\r\nconnection: close\r\n\r\n", 0).await;
    assert!(small.ends_with("small"), "{small}");
    wait_until("clients that never read are held", || Arc::strong_count(&held) == nobody).await;
    drop(clients);
    server.abort();
}

#[tokio::test]
async fn headers_that_do_not_come_and_a_connection_left_open_are_given_up() {
    on_both(Start::default(), |app: TestApp| async move {
        let (address, server) = listening(app.router.clone(), short()).await;
        for begun in ["", "GET /healthz HTTP/1.1\r\nHost: a\r\nx-slow", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(begun.as_bytes()).await.unwrap();
            let mut all = Vec::new();
            let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut all)).await;
            assert!(read.is_ok(), "held for ever after {begun:?}");
        }
        server.abort();
    })
    .await;
}

#[tokio::test]
async fn an_address_holds_no_more_connections_than_it_may() {
    on_both(Start::default(), |app: TestApp| async move {
        let patience = Patience { of_address: Some(8), ..Patience::default() };
        let (address, server) = listening(app.router.clone(), patience).await;
        let mut held = Vec::new();
        for _ in 0..8 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
            let mut first = [0; 12];
            stream.read_exact(&mut first).await.unwrap();
            assert_eq!(&first, b"HTTP/1.1 200");
            held.push(stream);
        }
        let ask: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: a\r\nconnection: close\r\n\r\n";
        let mut ninth = TcpStream::connect(address).await.unwrap();
        let _ = ninth.write_all(ask).await;
        let mut all = Vec::new();
        let _ = ninth.read_to_end(&mut all).await;
        assert!(all.is_empty(), "{}", String::from_utf8_lossy(&all));
        drop(held.pop());
        let began = Instant::now();
        loop {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let _ = stream.write_all(ask).await;
            let mut all = Vec::new();
            let _ = stream.read_to_end(&mut all).await;
            if all.starts_with(b"HTTP/1.1 200") {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(10), "the place of who is gone stays taken");
        }
        server.abort();
    })
    .await;
}

#[tokio::test]
async fn a_request_that_names_no_host_or_two_is_refused() {
    on_both(Start::default(), |app: TestApp| async move {
        let (address, server) = listening(app.router.clone(), Patience::default()).await;
        for (hosts, status) in [
            ("Host: surgery.example\r\n", 200),
            ("", 400),
            ("Host: surgery.example\r\nHost: surgery.example\r\n", 400),
            ("Host: surgery.example\r\nHost: evil.example\r\n", 400),
            ("Host: surgery.example, evil.example\r\n", 400),
            ("Host: \r\n", 400),
        ] {
            for version in ["1.1", "1.0"] {
                let request = format!("GET /healthz HTTP/{version}\r\n{hosts}connection: close\r\n\r\n");
                let answer = raw(address, request.as_bytes(), 0).await;
                let found = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
                assert_eq!(found, Some(status), "{hosts:?} {version}: {answer}");
            }
        }
        server.abort();
    })
    .await;
}

/// A client that says `Expect: 100-continue` is told to go on only when its body is wanted.
#[tokio::test]
async fn who_may_not_send_is_not_asked_to_go_on() {
    on_both(Start::default(), |app: TestApp| async move {
        app.add_user("member", Role::Member, Area::All).await;
        app.add_user("ann", Role::Analyst, Area::All).await;
        let (address, server) = listening(app.router.clone(), Patience::default()).await;
        for (name, first) in [("member", "HTTP/1.1 404"), ("ann", "HTTP/1.1 100")] {
            let browser = app.browser();
            browser.sign_in(name, PASSWORD).await;
            let head = format!(
                "POST /data/load HTTP/1.1\r\nHost: {address}\r\ncookie: {}\r\nsec-fetch-site: same-origin\r\nexpect: 100-continue\r\ncontent-type: multipart/form-data; boundary=edge\r\ncontent-length: 9000000\r\n\r\n",
                browser.token().unwrap()
            );
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut bytes = [0; 12];
            stream.read_exact(&mut bytes).await.unwrap();
            assert_eq!(String::from_utf8_lossy(&bytes), first, "{name}");
        }
        server.abort();
    })
    .await;
}
