//! What only a few places of the source may do, so that no request goes round the one gate and no id round the one name.

use std::path::{Path, PathBuf};

/// What may stand only in these files and folders of `server/src`.
const ONLY_IN: &[(&str, &[&str])] = &[
    // Reading everything is for the command line.
    ("Scope::operator(", &["cli/"]),
    ("HoldsTheDatabase", &["cli/"]),
    // A scope is made of somebody's grants; of a meeting's remit where its agenda is gathered.
    (
        "Scope::of(",
        &[
            "state.rs",
            "http/session.rs",
            "mail/addresses.rs",
            "notices/mod.rs",
            "reading/unscoped.rs",
            "demo/",
            // Their own tests.
            "desk/signal/tests.rs",
            "desk/surgeries/sight.rs",
        ],
    ),
    ("Unscoped::counts(", &["desk/surgeries/agenda.rs"]),
    ("scope_of_remit(", &["reading/unscoped.rs", "desk/surgeries/agenda.rs"]),
    // An id that was kept becomes one that is shown in one place; the store keeps it, the demo's people act by it.
    (".as_kept()", &["reading/naming.rs", "store/", "demo/"]),
    ("still_theirs(", &["council.rs", "reading/naming.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_request_reads_with_the_scope_of_everything_and_no_kept_id_is_shown_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 200, "{}", files.len());
    let mut wrong = Vec::new();
    let mut met = vec![false; ONLY_IN.len()];
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let place = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        for (at, (what, allowed)) in ONLY_IN.iter().enumerate().filter(|(_, (what, _))| text.contains(what)) {
            met[at] = true;
            if !allowed.iter().any(|allowed| place.starts_with(allowed)) {
                wrong.push(format!("{what} in {place}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(met, vec![true; ONLY_IN.len()], "each is a name that the source still has");
}
