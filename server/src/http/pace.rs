//! The least pace of a body that comes in: who sends slower than that holds a place that others wait for.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use futures_util::stream::{self, StreamExt as _};
use hyper::body::Body as _;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// So many bytes, or the rest of the body, have to come within [`SPAN`].
const LEAST: usize = 64 * 1024;
/// Only the time spent waiting for the sender counts, none that the server takes to keep what came.
const SPAN: Duration = Duration::from_secs(60);

/// The body came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub(crate) struct TooSlow;

impl TooSlow {
    /// Whether an error comes from this one.
    pub(crate) fn is_behind(error: &(dyn std::error::Error + 'static)) -> bool {
        std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<Self>())
    }
}

/// A request whose body ends in [`TooSlow`] when it comes too slowly.
pub(crate) async fn at_pace(request: Request) -> Request {
    request.map(|body| if body.is_end_stream() { body } else { paced(body) })
}

fn paced(body: Body) -> Body {
    let pace = Pace { came: 0, waited: Duration::ZERO };
    let stream = stream::unfold(Some((body.into_data_stream(), pace)), |at| async {
        let (mut body, mut pace) = at?;
        let began = Instant::now();
        match timeout(SPAN.saturating_sub(pace.waited), body.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(bytes))) => {
                pace.took(began.elapsed(), bytes.len());
                Some((Ok(bytes), Some((body, pace))))
            }
            Ok(Some(Err(error))) => Some((Err::<Bytes, axum::Error>(error), None)),
            Err(_) => Some((Err(axum::Error::new(TooSlow)), None)),
        }
    });
    Body::from_stream(stream)
}

/// What came since the last [`LEAST`] bytes were whole, and how long it was waited for.
struct Pace {
    came: usize,
    waited: Duration,
}

impl Pace {
    fn took(&mut self, waited: Duration, bytes: usize) {
        self.waited += waited;
        self.came += bytes;
        if self.came >= LEAST {
            *self = Self { came: 0, waited: Duration::ZERO };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a body of which so many bytes come every so many seconds; answers what came and how it ended.
    async fn read(pieces: usize, bytes: usize, every: u64) -> (usize, Option<axum::Error>) {
        let slow = stream::iter(0..pieces).then(move |_| async move {
            tokio::time::sleep(Duration::from_secs(every)).await;
            Ok::<_, std::io::Error>(vec![b'a'; bytes])
        });
        let request = at_pace(Request::new(Body::from_stream(slow))).await;
        let mut body = request.into_body().into_data_stream();
        let mut came = 0;
        while let Some(next) = body.next().await {
            match next {
                Ok(bytes) => came += bytes.len(),
                Err(error) => return (came, Some(error)),
            }
        }
        (came, None)
    }

    #[tokio::test(start_paused = true)]
    async fn sixty_four_kibibytes_a_minute_are_enough_and_less_is_not() {
        assert!(matches!(read(300, LEAST / 59, 1).await, (came, None) if came == 300 * (LEAST / 59)));
        // One byte a second, for ever: ended after a minute.
        let began = Instant::now();
        let (came, error) = read(10_000, 1, 1).await;
        assert!(came <= 60 && began.elapsed() <= SPAN, "{came}");
        assert!(TooSlow::is_behind(&error.unwrap()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_body_has_its_minute() {
        assert!(matches!(read(5, 10, 11).await, (50, None)));
    }
}
