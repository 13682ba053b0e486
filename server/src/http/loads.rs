//! Loading an extract in the browser: `POST /data/load`, and the answer to a load that waits for one.
//!
//! Files are streamed to the disk, never held in memory; their owner alone can read them, and they go with the load.

use super::gate::{Asked, gate};
use super::pace::TooSlow;
use super::{Site, frame, pages, plain, turns};
use crate::db::DbError;
use crate::load::{LoadAnswer, LoadDeskError, UploadedFile};
use crate::state::Visit;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Extension, Form, Router, routing::post};
use chrono::NaiveDate;
use domain::holds::{Confirmed, HoldKind};
use domain::names::collapse;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;

/// Most bytes of one upload, all files together: 200 MB.
pub const LARGEST_UPLOAD: usize = 200 * 1024 * 1024;
/// Most files of one upload: an extract has twelve lists and a few files beside them.
const MOST_FILES: usize = 40;
/// How long the next bytes of an upload may take.
const NEXT_BYTES: Duration = Duration::from_secs(15);
/// Characters of the reason for a confirmation at most.
const LONGEST_REASON: usize = 500;
/// How long a whole upload may take.
const LONGEST: Duration = Duration::from_secs(15 * 60);

pub(crate) fn routes(site: &Site) -> Router<Site> {
    let upload = Router::new().route("/data/load", post(load)).layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    let answers = Router::new()
        .route("/data/loads/{id}/confirm", post(confirm))
        .route("/data/loads/{id}/cancel", post(cancel))
        .layer(from_fn(frame::in_time));
    upload.merge(answers).route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

/// What is wrong with an upload.
enum Wrong {
    TooLarge,
    TooManyFiles,
    TooSlow,
    NoFile,
    NoDate,
    CutOff,
    Disk(std::io::Error),
}

impl From<MultipartError> for Wrong {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ if TooSlow::is_behind(&error) => Self::TooSlow,
            _ => Self::CutOff,
        }
    }
}

impl Wrong {
    fn page(self) -> Response {
        let (status, text) = match self {
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "The files are larger than 200 MB together. An extract is a tenth of that: check what was chosen.",
            ),
            Self::TooManyFiles => (
                StatusCode::BAD_REQUEST,
                "These are more files than one extract has: one workbook, or one file for each list.",
            ),
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "The files did not arrive in time. Try again on a better connection.")
            }
            Self::NoFile => {
                (StatusCode::BAD_REQUEST, "No file was chosen. Go back and choose the files of one extract.")
            }
            Self::NoDate => (
                StatusCode::BAD_REQUEST,
                "The as-at date is missing or is no date. Go back and give the day the case system was read.",
            ),
            Self::CutOff => (StatusCode::BAD_REQUEST, "The files did not arrive whole. Try again."),
            Self::Disk(error) => {
                tracing::error!(%error, "an upload could not be kept on the disk");
                (
                    StatusCode::INSUFFICIENT_STORAGE,
                    "The files could not be kept on the server: its disk may be full. Tell your administrator.",
                )
            }
        };
        plain::page(status, "Nothing was loaded", text)
    }
}

/// What was sent.
struct Upload {
    files: Vec<UploadedFile>,
    as_at: NaiveDate,
    /// Whether only to say what would happen.
    check: bool,
}

async fn load(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(form) = form else { return Wrong::NoFile.page() };
    let Some(_own) = site.turns.begin(visit.viewer.user_id) else { return turns::refused() };
    let Ok(_turn) = site.uploads.try_acquire() else {
        return plain::page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Nothing was loaded",
            "Other files are being sent at this moment. Try again in a few minutes.",
        );
    };
    let upload = match tokio::time::timeout(LONGEST, receive(&site, form)).await {
        Ok(Ok(upload)) => upload,
        Ok(Err(wrong)) => return wrong.page(),
        Err(_) => return Wrong::TooSlow.page(),
    };
    match site.state.loads.start(&site.state, &visit, upload.files, upload.as_at, upload.check).await {
        Ok(id) => Redirect::to(&format!("/data/loads/{id}")).into_response(),
        Err(error) => not_done(&error),
    }
}

/// The desk's errors are written for people; the database's own words go to the log.
fn not_done(error: &LoadDeskError) -> Response {
    let status = match error {
        LoadDeskError::NotAllowed => StatusCode::NOT_FOUND,
        LoadDeskError::NoFiles | LoadDeskError::NoReason => StatusCode::BAD_REQUEST,
        LoadDeskError::TooMany | LoadDeskError::Elsewhere => StatusCode::CONFLICT,
        LoadDeskError::Db(DbError::Busy) => StatusCode::SERVICE_UNAVAILABLE,
        LoadDeskError::Db(error) => {
            tracing::error!(%error, "a load could not be put on record");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    plain::page(status, "Nothing was loaded", &format!("The answer was: {error}."))
}

async fn receive(site: &Site, mut form: Multipart) -> Result<Upload, Wrong> {
    let (mut files, mut as_at, mut check) = (Vec::new(), None, false);
    while let Some(field) = within(form.next_field()).await? {
        match field.name() {
            Some("files") => {
                // An input left empty sends one part without a name.
                let Some(name) = field.file_name().map(str::to_owned).filter(|name| !name.is_empty()) else { continue };
                if files.len() == MOST_FILES {
                    return Err(Wrong::TooManyFiles);
                }
                files.push(UploadedFile { name, file: keep(site, field).await? });
            }
            Some("as_at") => as_at = date(field).await?,
            // Of two buttons the form sends the name of the one that was pressed.
            Some("check") => check = true,
            _ => {}
        }
    }
    if files.is_empty() {
        return Err(Wrong::NoFile);
    }
    Ok(Upload { files, as_at: as_at.ok_or(Wrong::NoDate)?, check })
}

async fn keep(site: &Site, mut field: Field<'_>) -> Result<tempfile::NamedTempFile, Wrong> {
    let folder = site.options.staging.clone().unwrap_or_else(std::env::temp_dir);
    let file = super::staging::make(&folder).map_err(Wrong::Disk)?;
    let mut out = tokio::fs::File::from_std(file.reopen().map_err(Wrong::Disk)?);
    while let Some(bytes) = within(field.chunk()).await? {
        out.write_all(&bytes).await.map_err(Wrong::Disk)?;
    }
    out.flush().await.map_err(Wrong::Disk)?;
    Ok(file)
}

async fn date(mut field: Field<'_>) -> Result<Option<NaiveDate>, Wrong> {
    const LONGEST_DATE: usize = 32;
    let mut text = Vec::new();
    while let Some(bytes) = within(field.chunk()).await? {
        text.extend_from_slice(&bytes);
        if text.len() > LONGEST_DATE {
            return Err(Wrong::NoDate);
        }
    }
    Ok(std::str::from_utf8(&text).ok().and_then(|text| text.trim().parse().ok()))
}

async fn within<T>(next: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Wrong> {
    Ok(tokio::time::timeout(NEXT_BYTES, next).await.map_err(|_| Wrong::TooSlow)??)
}

async fn confirm(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let Ok(id) = id.parse() else { return pages::not_found(&site, nonce.0).await };
    let answered = site
        .state
        .loads
        .confirm(&site.state, &visit, id, answer(&form.map(|Form(fields)| fields).unwrap_or_default()))
        .await;
    back(id, answered)
}

/// What the form of a held load says: the kinds that were ticked, and why.
fn answer(fields: &[(String, String)]) -> LoadAnswer {
    let kinds = fields.iter().filter(|(name, _)| name == "kind").filter_map(|(_, kind)| kind.parse::<HoldKind>().ok());
    let why =
        fields.iter().find(|(name, _)| name == "why").map(|(_, why)| collapse(&why.replace(char::is_control, " ")));
    let why = why.filter(|why| !why.is_empty()).map(|why| why.chars().take(LONGEST_REASON).collect());
    LoadAnswer { confirmed: Confirmed::Kinds(kinds.collect()), why }
}

async fn cancel(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse() else { return pages::not_found(&site, nonce.0).await };
    let answered = site.state.loads.cancel(&site.state, &visit, id).await;
    back(id, answered)
}

/// To the load's page, which says how it stands: also when there was nothing to answer any more.
fn back(id: i64, answered: Result<bool, LoadDeskError>) -> Response {
    match answered {
        Ok(_) => Redirect::to(&format!("/data/loads/{id}")).into_response(),
        Err(error) => not_done(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::extract::{FromRequest as _, Request};
    use axum::http::header::CONTENT_TYPE;
    use futures_util::StreamExt as _;

    #[tokio::test(start_paused = true)]
    async fn bytes_that_never_come_are_given_up() {
        let head = "--edge\r\nContent-Disposition: form-data; name=\"as_at\"\r\n\r\n2024";
        let slow = futures_util::stream::iter([Ok::<_, std::io::Error>(head)]).chain(futures_util::stream::pending());
        let request = Request::post("/").header(CONTENT_TYPE, "multipart/form-data; boundary=edge");
        let request = request.body(Body::from_stream(slow.boxed())).unwrap();
        let mut form = Multipart::from_request(request, &()).await.unwrap();
        let field = within(form.next_field()).await.unwrap_or_default().unwrap();
        assert!(matches!(date(field).await, Err(Wrong::TooSlow)));
    }
}
