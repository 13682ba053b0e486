//! Files that are something else than Annex A: named as what they are, with what to do instead.

use super::annex_a::normalised;
use super::cells::Value;

/// What a file is, and what to do instead.
pub(super) type Other = (&'static str, &'static str);

const UNPACK: &str = "Unpack it and load the workbook or the CSV files that it holds";
const LOAD_ANNEX_A: &str = "Load the Annex A lists of the same date instead";

const CIN_CENSUS: Other = ("the children in need census, not Annex A", LOAD_ANNEX_A);
const SSDA903: Other = ("the SSDA903 return on looked after children, not Annex A", LOAD_ANNEX_A);
const SEND: Other =
    ("a return on special educational needs (SEND), not the Annex A of children's social care", LOAD_ANNEX_A);
const ADOPTION: Other = ("the adoption and special guardianship return, not Annex A", LOAD_ANNEX_A);
const ZIP: Other = ("a zip archive that is no workbook", UNPACK);

/// Archives and databases, by their first bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<Other> {
    let kinds: [(&[u8], Other); 7] = [
        (b"\x1F\x8B", ("a compressed file (gzip)", UNPACK)),
        (b"7z\xBC\xAF\x27\x1C", ("a compressed archive (7z)", UNPACK)),
        (b"Rar!\x1A\x07", ("a compressed archive (rar)", UNPACK)),
        (b"\xFD7zXZ\0", ("a compressed file (xz)", UNPACK)),
        (b"BZh", ("a compressed file (bzip2)", UNPACK)),
        (b"SQLite format 3\0", ("a database, not a list", "Export the lists as .xlsx or .csv and load those")),
        (b"PAR1", ("a Parquet file", "Export the lists as .xlsx or .csv and load those")),
    ];
    kinds.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, other)| other)
}

/// A zip archive that holds no workbook.
pub(super) const fn zip() -> Other {
    ZIP
}

/// XML files, web pages and documents, by how their text begins.
pub(super) fn of_text(text: &str) -> Option<Other> {
    const SAVE_AS: &str = "Save it as .xlsx or .csv and load that";
    let start = text.trim_start();
    if start.starts_with("%PDF") {
        return Some(("a PDF document", SAVE_AS));
    }
    if start.starts_with("{\\rtf") {
        return Some(("a text document (RTF)", SAVE_AS));
    }
    if !start.starts_with('<') {
        return None;
    }
    let end = start.char_indices().nth(20_000).map_or(start.len(), |(end, _)| end);
    let head: String = start[..end].chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let collection = |name: &str| head.contains(&format!("<collection>{name}"));
    Some(if collection("cin") || head.contains("<lachildid>") {
        CIN_CENSUS
    } else if collection("cla") || collection("ssda903") || head.contains("ssda903") || head.contains("<lookedafter") {
        SSDA903
    } else if collection("sen2") || head.contains("<sen2") || head.contains("ehcplan") {
        SEND
    } else if collection("alb") || collection("asglb") || head.contains("asglb") {
        ADOPTION
    } else if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        ("a spreadsheet in Excel's old XML format", "Open it in Excel, save it as .xlsx and load that")
    } else {
        ("a web page or XML file, whatever its name says", SAVE_AS)
    })
}

/// Another return, by a row of its headers or of its title.
pub(super) fn of_row(cells: &[Value<'_>]) -> Option<Other> {
    let texts = cells.iter().filter_map(|cell| match cell.cleaned() {
        Value::Text(text) if text.len() <= 300 => Some(text),
        _ => None,
    });
    let mut names = Vec::new();
    for text in texts {
        if let Some(other) = of_name(text) {
            return Some(other);
        }
        names.push(normalised(text));
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    let any = |wanted: &[&str]| wanted.iter().any(|name| has(name));
    if has("child")
        && any(&[
            "decom",
            "rne",
            "mcdob",
            "reviewcode",
            "duc",
            "sdqscore",
            "misstart",
            "dateint",
            "dateplaced",
            "prevperm",
            "intouch",
            "healthcheck",
            "lsadopter",
            "motherdob",
            "placeprovider",
        ])
    {
        Some(SSDA903)
    } else if has("lachildid")
        && any(&[
            "cinreferraldate",
            "personbirthdate",
            "gendercurrent",
            "cinclosuredate",
            "cpstartdate",
            "cppstartdate",
            "primaryneedcode",
            "referralnfa",
            "type",
        ])
    {
        Some(CIN_CENSUS)
    } else if names.iter().any(|name| {
        ["ehcp", "ehcplan", "ehcneedsassessment", "senprovision", "senneed", "senprimaryneed", "sentype"]
            .iter()
            .any(|part| name.contains(part))
    }) {
        Some(SEND)
    } else {
        None
    }
}

/// Another return, by a name or a title: of a sheet, or of a cell above the headers.
pub(super) fn of_name(name: &str) -> Option<Other> {
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let spaced = format!(" {} ", words.join(" "));
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")));
    if says(&["cin census", "children in need census"]) {
        Some(CIN_CENSUS)
    } else if says(&["ssda903", "ssda 903", "903 return"]) {
        Some(SSDA903)
    } else if says(&[
        "send annex a",
        "send inspection",
        "area send",
        "local area send",
        "sen2",
        "ehcp",
        "ehcps",
        "ehc plan",
        "ehc plans",
    ]) {
        Some(SEND)
    } else if says(&[
        "asglb",
        "alb",
        "adoption leadership board",
        "adoption and special guardianship",
        "quarterly adoption",
        "adoption quarterly",
    ]) {
        Some(ADOPTION)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("<?xml version=\"1.0\"?><Message><Header><CollectionDetails> <Collection>CIN</Collection>", CIN_CENSUS)]
    #[case("<Message><Children><Child><ChildIdentifiers><LAchildID>1</LAchildID>", CIN_CENSUS)]
    #[case("<Message><Header><CollectionDetails><Collection>CLA</Collection>", SSDA903)]
    #[case("<SSDA903><Child/></SSDA903>", SSDA903)]
    #[case("<Message><Header><CollectionDetails><Collection>SEN2</Collection>", SEND)]
    fn xml_of_other_returns(#[case] text: &str, #[case] expected: Other) {
        assert_eq!(of_text(text), Some(expected));
    }

    #[rstest]
    #[case(&["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"], Some(SSDA903))]
    #[case(&["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"], Some(SSDA903))]
    #[case(&["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], Some(SSDA903))]
    #[case(&["LAchildID", "UPN", "PersonBirthDate", "GenderCurrent", "CINreferralDate"], Some(CIN_CENSUS))]
    #[case(&["Unique ID", "EHCP status", "Date EHC plan issued"], Some(SEND))]
    #[case(&["Child", "Gender", "Date of Contact"], None)]
    fn tables_of_other_returns(#[case] headers: &[&str], #[case] expected: Option<Other>) {
        let cells: Vec<Value<'_>> = headers.iter().map(|header| Value::Text(header)).collect();
        assert_eq!(of_row(&cells), expected);
    }

    #[rstest]
    #[case("ASGLB return Q2", Some(ADOPTION))]
    #[case("SEND Annex A - cohort", Some(SEND))]
    #[case("SSDA903_episodes", Some(SSDA903))]
    #[case("CIN Census 2025-26", Some(CIN_CENSUS))]
    #[case("Albert Road", None)]
    #[case("Sender", None)]
    #[case("Annex A", None)]
    fn names_of_other_returns(#[case] name: &str, #[case] expected: Option<Other>) {
        assert_eq!(of_name(name), expected);
    }
}
