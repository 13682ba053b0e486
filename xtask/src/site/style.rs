//! Sass to CSS, with GOV.UK Frontend's modules on the load path.

use anyhow::{Result, bail};

use crate::{npm, steps, workspace};

/// Compiles `style/main.scss`.
pub fn compile() -> Result<String> {
    let folder = workspace::root().join("style");
    if !folder.join("main.scss").is_file() {
        bail!("style/main.scss is missing; the site's styles begin there");
    }
    let mut sass = steps::command(npm::program("style", "sass"));
    sass.current_dir(&folder)
        .args(["--style=compressed", "--no-source-map", "--quiet-deps"])
        .args(["--load-path=node_modules/govuk-frontend/dist", "main.scss"]);
    steps::output(&mut sass)
}
