//! A rustc that can build for wasm32-unknown-unknown: rustup's, or the distribution's with its standard library
//! built from source once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::steps::{self, Done};
use crate::{debian, workspace};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// Which rustc the library beside it was built by; an upgrade of the package builds it again.
const BUILT_BY: &str = "built-by";

/// The cargo and rustc that have the target.
#[derive(Clone)]
pub enum Toolchain {
    /// The one that started this tool.
    Default,
    /// The distribution's.
    Debian,
}

impl Toolchain {
    /// A cargo of this toolchain.
    pub fn cargo(&self) -> Command {
        match self {
            Self::Default => steps::cargo(),
            Self::Debian => debian_cargo(),
        }
    }

    /// What `rustc --version` says.
    pub fn version(&self) -> Result<String> {
        version(&self.rustc())
    }

    fn rustc(&self) -> PathBuf {
        match self {
            Self::Default => std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()).into(),
            Self::Debian => DEBIAN_RUSTC.into(),
        }
    }
}

/// Finds the toolchain, installing what is missing.
pub fn ensure() -> Result<(Toolchain, Done)> {
    if let Some(found) = present() {
        return Ok((found, Done::UpToDate));
    }
    if rustup_may_install() {
        steps::run(steps::command("rustup").args(["target", "add", TARGET]))
            .context("rustup could not add the wasm32 target; is the network reachable?")?;
        return Ok((Toolchain::Default, Done::Made));
    }
    if debian::can_install() {
        install_debian()?;
        return Ok((Toolchain::Debian, Done::Made));
    }
    bail!(
        "no rustc here has the standard library of {TARGET}. Install it: `rustup target add {TARGET}`, \
         or on Debian, as root, run this command again"
    );
}

/// The toolchain that has the target already, if one has.
pub fn present() -> Option<Toolchain> {
    [Toolchain::Default, Toolchain::Debian].into_iter().find(|toolchain| has_std(&toolchain.rustc()))
}

fn has_std(rustc: &Path) -> bool {
    let Ok(libdir) = target_libdir(rustc) else {
        return false;
    };
    let Ok(entries) = fs::read_dir(&libdir) else {
        return false;
    };
    let found = entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    });
    let same_rustc = match fs::read_to_string(libdir.join(BUILT_BY)) {
        Ok(built_by) => version(rustc).is_ok_and(|now| now == built_by),
        Err(_) => true,
    };
    found && same_rustc
}

fn target_libdir(rustc: &Path) -> Result<PathBuf> {
    let mut ask = with_plain_env(steps::command(rustc), rustc);
    Ok(steps::output(ask.args(["--print", "target-libdir", "--target", TARGET]))?.trim().into())
}

fn version(rustc: &Path) -> Result<String> {
    let mut ask = with_plain_env(steps::command(rustc), rustc);
    Ok(steps::output(ask.arg("--version"))?.trim().to_owned())
}

/// `RUSTUP_AUTO_INSTALL=0` says that rustup cannot or must not download.
fn rustup_may_install() -> bool {
    let forbidden = std::env::var("RUSTUP_AUTO_INSTALL").is_ok_and(|value| value == "0");
    !forbidden && steps::which("rustup").is_some()
}

fn install_debian() -> Result<()> {
    debian::install(&["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"], "a rustc for WebAssembly")?;
    debian::install(&[&linker_package()?], "the linker of WebAssembly")?;
    let carrier = build_std()?;
    copy_std(&carrier)?;
    if !has_std(Path::new(DEBIAN_RUSTC)) {
        bail!("the standard library was built, but {DEBIAN_RUSTC} does not find it");
    }
    Ok(())
}

/// `rust-lld` is a link to `lld-NN`, which is a package of that name.
fn linker_package() -> Result<String> {
    let link = fs::read_link("/usr/bin/rust-lld").context("rust-web-llvm has no /usr/bin/rust-lld")?;
    let name = link.file_name().context("/usr/bin/rust-lld leads nowhere")?;
    Ok(name.to_string_lossy().into_owned())
}

/// Builds an empty crate, and with it the standard library; returns the folder that holds the libraries.
fn build_std() -> Result<PathBuf> {
    println!("    building the standard library of {TARGET} from source, once");
    let carrier = workspace::work().join("wasm-std");
    if carrier.exists() {
        fs::remove_dir_all(&carrier)?;
    }
    fs::create_dir_all(&carrier)?;
    fs::write(carrier.join("lib.rs"), "#![no_std]\n")?;
    fs::write(
        carrier.join("Cargo.toml"),
        "[package]\nname = \"carrier\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
         [lib]\npath = \"lib.rs\"\n[profile.release]\npanic = \"abort\"\n[workspace]\n",
    )?;
    let target = carrier.join("target");
    let mut build = debian_cargo();
    build
        .current_dir(&carrier)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["build", "--quiet", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort"])
        .arg("--target-dir")
        .arg(&target);
    steps::run(&mut build)
        .context("the standard library could not be built; are crates.io and rust-web-src reachable?")?;
    Ok(target.join(TARGET).join("release/deps"))
}

fn copy_std(deps: &Path) -> Result<()> {
    let libdir = target_libdir(Path::new(DEBIAN_RUSTC))?;
    let stamp = deps.join(BUILT_BY);
    fs::write(&stamp, version(Path::new(DEBIAN_RUSTC))?)?;
    let mut files = vec![stamp];
    for entry in fs::read_dir(deps)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libcarrier-") {
            files.push(path);
        }
    }
    steps::output(debian::privileged("rm")?.arg("-rf").arg(&libdir))?;
    steps::output(debian::privileged("install")?.args(["-m", "644", "-D", "-t"]).arg(&libdir).args(&files))?;
    Ok(())
}

fn debian_cargo() -> Command {
    let mut cargo = with_plain_env(steps::cargo_at(DEBIAN_CARGO), Path::new(DEBIAN_RUSTC));
    cargo.env("RUSTC", DEBIAN_RUSTC).env("RUSTDOC", "/usr/bin/rustdoc");
    cargo
}

/// rustup tells its own tools where they are; the distribution's must not hear it.
fn with_plain_env(mut command: Command, rustc: &Path) -> Command {
    if rustc == Path::new(DEBIAN_RUSTC) {
        for name in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO", "LD_LIBRARY_PATH"] {
            command.env_remove(name);
        }
    }
    command
}
