//! The HTML document around the app.

use crate::routes::App;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The site's files, by their addresses with the content's hash in the name: `/pkg/surgery.0123456789abcdef.js`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    /// The script that starts the app in the browser.
    pub js: String,
    /// The app in WebAssembly.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The icon.
    pub favicon: String,
}

/// The whole document, for the server. The nonce is leptos's own of this response; the same one belongs in the
/// header `Content-Security-Policy`.
pub fn shell(assets: &Assets) -> impl IntoView + use<> {
    let Assets { js, wasm, css, favicon } = assets.clone();
    let nonce = use_nonce();
    let start =
        format!("import({js:?}).then(app => app.default({{module_or_path: {wasm:?}}}).then(() => app.hydrate()));");
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light" />
                <meta name="theme-color" content="#12344d" />
                <link rel="stylesheet" href=css />
                <link rel="icon" type="image/svg+xml" href=favicon />
                <link rel="modulepreload" href=js nonce=nonce.clone() />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <script type="module" nonce=nonce>
                    {start}
                </script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
