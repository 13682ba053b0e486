//! A mail server for tests: a real socket that speaks SMTP, keeps what it is given and refuses what it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::OwnedReadHalf;
use tokio::net::{TcpListener, TcpStream};

/// A message that was taken.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to: Vec<String>,
    pub text: String,
}

/// What the server does with the next message instead of taking it.
#[derive(Debug, Clone, Copy)]
pub enum Next {
    /// Says this at DATA.
    Refuse(&'static str),
    /// Takes it all and goes away without a word.
    Vanish,
}

/// The server.
#[derive(Debug, Clone)]
pub struct Sink {
    pub url: String,
    letters: Arc<Mutex<Vec<Letter>>>,
    next: Arc<Mutex<VecDeque<Next>>>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let sink = Self { url, letters: Arc::default(), next: Arc::default() };
        let serving = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = serving.clone();
                // A client that goes away is its own matter.
                tokio::spawn(async move { sink.talk(stream).await.ok() });
            }
        });
        sink
    }

    /// What was taken so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }

    /// To whom, and the subject of each, in order.
    pub fn subjects(&self) -> Vec<(String, String)> {
        let subject = |letter: &Letter| {
            let line = letter.text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
            (letter.to.join(","), line.strip_prefix("Performance Surgery: ").unwrap_or(line).to_owned())
        };
        let mut subjects: Vec<_> = self.letters().iter().map(subject).collect();
        subjects.sort();
        subjects
    }

    pub fn then(&self, next: Next) {
        self.next.lock().unwrap().push_back(next);
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut read = BufReader::new(read);
        write.write_all(b"220 sink\r\n").await?;
        let mut to = Vec::new();
        let mut line = String::new();
        loop {
            line.clear();
            if read.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let command = line.trim_end().to_ascii_uppercase();
            let answer = match command.split(' ').next().unwrap_or_default() {
                "EHLO" => "250-sink\r\n250 8BITMIME\r\n".to_owned(),
                "RCPT" => {
                    to.push(line.split('<').nth(1).and_then(|rest| rest.split('>').next()).unwrap().to_owned());
                    "250 ok\r\n".to_owned()
                }
                "DATA" => {
                    let next = self.next.lock().unwrap().pop_front();
                    if let Some(Next::Refuse(words)) = next {
                        format!("{words}\r\n")
                    } else {
                        write.write_all(b"354 go on\r\n").await?;
                        let text = data(&mut read).await?;
                        self.letters.lock().unwrap().push(Letter { to: std::mem::take(&mut to), text });
                        if next.is_some() {
                            return Ok(());
                        }
                        "250 taken\r\n".to_owned()
                    }
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "250 ok\r\n".to_owned(),
            };
            write.write_all(answer.as_bytes()).await?;
        }
    }
}

async fn data(read: &mut BufReader<OwnedReadHalf>) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if read.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(text);
        }
        text.push_str(&line);
    }
}
