//! Just enough HTTP/1.1 to measure with: one kept connection, one request at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Longer than any page may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that stays open.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

/// An answer, read to its end.
pub struct Response {
    /// 200 and so on.
    pub status: u16,
    /// The body, put together again when it came in chunks.
    pub body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Response {
    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl Connection {
    /// Connects.
    pub fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("{address} does not answer"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_string() })
    }

    /// Sends a request and reads the answer.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Response> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.host);
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("content-length: {}\r\n\r\n{body}", body.len());
        self.stream.get_mut().write_all(request.as_bytes())?;
        read(&mut self.stream)
    }
}

fn read(stream: &mut impl BufRead) -> Result<Response> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.with_context(|| format!("\"{first}\" is no answer of HTTP"))?;
    let mut headers = Vec::new();
    loop {
        let header = line(stream)?;
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let mut response = Response { status, body: Vec::new(), headers };
    if response.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        response.body = chunks(stream)?;
    } else if let Some(length) = response.header("content-length") {
        response.body = exactly(stream, length.parse()?)?;
    } else if !matches!(response.status, 204 | 304) {
        bail!("an answer without a length cannot share a kept connection");
    }
    Ok(response)
}

fn chunks(stream: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(stream)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16)?;
        body.extend(exactly(stream, size)?);
        line(stream)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn exactly(stream: &mut impl Read, length: usize) -> Result<Vec<u8>> {
    let mut body = vec![0; length];
    stream.read_exact(&mut body).context("the answer ended too early")?;
    Ok(body)
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        bail!("the connection was closed");
    }
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_a_length_is_read() {
        let mut answer = &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=b; Path=/\r\n\r\nhello"[..];
        let response = read(&mut answer).unwrap();
        assert_eq!((response.status, response.body.as_slice()), (200, &b"hello"[..]));
        assert_eq!(response.header("set-cookie"), Some("a=b; Path=/"));
    }

    #[test]
    fn an_answer_in_chunks_is_put_together_and_the_next_follows() {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
        let twice = chunked.repeat(2);
        let mut stream = twice.as_bytes();
        for _ in 0..2 {
            assert_eq!(read(&mut stream).unwrap().body, b"hello");
        }
    }
}
