//! Published samples and files made to attack, where the folder that holds them is there.

use crate::support::*;
use ingest::ProblemKind;
use std::path::PathBuf;
use std::time::Instant;

pub fn shared(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    let content = std::fs::read(&path).ok();
    if content.is_none() {
        eprintln!("not run: {} is not there", path.display());
    }
    content
}

#[test]
fn the_official_template_reads_as_eleven_lists() {
    let Some(bytes) = shared("data/annex_a/ofsted_template_2019.xlsx") else { return };
    let extract = extract("template.xlsx", &bytes);
    let rows: Vec<_> = extract.lists.iter().map(|list| list.rows_in).collect();
    // This copy has five sample rows left in List_3.
    assert_eq!(rows, [0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(extract.supplied.lists.len(), 11);
}

#[test]
fn the_liia_sample_is_accounted_for_row_by_row() {
    let Some(bytes) = shared("data/annex_a/liia_2024.xlsx") else { return };
    let extract = extract("liia.xlsx", &bytes);
    let loaded: Vec<_> = extract.lists.iter().map(|list| list.loaded).collect();
    assert_eq!(loaded, [5, 5, 6, 5, 5, 5, 7, 5, 6, 5, 5]);
    assert!(extract.lists.iter().all(|list| list.rejected + list.duplicate == 0));
    let unsure = [ProblemKind::HeaderAmbiguous, ProblemKind::HeaderByResemblance, ProblemKind::UnknownColumn];
    let groups: Vec<_> = extract
        .problem_groups
        .iter()
        .filter(|group| unsure.contains(&group.kind))
        .map(|group| &group.message)
        .collect();
    assert_eq!(groups, Vec::<&String>::new(), "every header is known");
}

#[test]
fn files_made_to_attack_are_refused_at_once() {
    for (name, expected) in
        [("shared_string_bomb_600MB.xlsx", "100 times its size"), ("sparse_two_cells.xlsx", "no Annex A sheets")]
    {
        let Some(bytes) = shared(&format!("fixtures/{name}")) else { continue };
        let started = Instant::now();
        assert!(refusal(name, &bytes).contains(expected));
        assert!(started.elapsed().as_secs() < 15, "{name} took {:?}", started.elapsed());
    }
}
