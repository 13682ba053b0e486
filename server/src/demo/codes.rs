//! The official code lists, as the template writes them.

/// Gender, Lists 1 to 8 and 10.
pub(super) const GENDER: [&str; 4] = ["a) Male", "b) Female", "c) Not stated/recorded (or unborn)", "d) Neither"];

/// Gender, List 9.
pub(super) const GENDER_LEAVER: [&str; 4] = ["a) Male", "b) Female", "c) Not stated/recorded", "d) Neither"];

/// Gender, List 11 (its last two letters are the other way round).
pub(super) const GENDER_ADOPTER: [&str; 4] = ["a) Male", "b) Female", "c) Neither", "d) Not stated/recorded"];

/// Ethnicity; the template has two letters s).
pub(super) const ETHNICITY: [&str; 20] = [
    "a) WBRI", "b) WIRI", "c) WIRT", "d) WOTH", "e) WROM", "f) MWBC", "g) MWBA", "h) MWAS", "i) MOTH", "j) AIND",
    "k) APKN", "l) ABAN", "m) AOTH", "n) BCRB", "o) BAFR", "p) BOTH", "q) CHNE", "r) OOTH", "s) REFU", "s) NOBT",
];

/// Contact and referral source.
pub(super) const SOURCE: [&str; 22] = [
    "a) 1A: Individual",
    "b) 1B: Individual",
    "c) 1C: Individual",
    "d) 1D: Individual",
    "e) 2A: Schools",
    "f) 2B: Education services",
    "g) 3A: Health services",
    "h) 3B: Health services",
    "i) 3C: Health services",
    "j) 3D: Health services",
    "k) 3E: Health services",
    "l) 3F: Health services",
    "m) 4: Housing",
    "n) 5A: LA services",
    "o) 5B: LA services",
    "p) 5C: LA services",
    "p1) 5D: LA services",
    "q) 6: Police",
    "r) 7: Other legal agency",
    "s) 8: Other",
    "t) 9: Anonymous",
    "u) 10: Unknown",
];

/// Yes and no.
pub(super) const YES_NO: [&str; 2] = ["a) Yes", "b) No"];

/// Yes, no and unknown.
pub(super) const YES_NO_UNKNOWN: [&str; 3] = ["a) Yes", "b) No", "c) Unknown"];

/// List 11, fostering for adoption.
pub(super) const YES_NO_PLAIN: [&str; 2] = ["Yes", "No"];

/// Primary need, List 6.
pub(super) const NEED: [&str; 10] = [
    "N1 - Abuse or neglect",
    "N2 - Child’s disability",
    "N3 - Parental disability or illness",
    "N4 - Family in acute stress",
    "N5 - Family dysfunction",
    "N6 - Socially unacceptable behaviour",
    "N7 - Low income",
    "N8 - Absent parenting",
    "N9 - Cases other than children in need",
    "N0 - Not stated",
];

/// Category of need, List 8 (N3 is worded the other way round).
pub(super) const NEED_CARE: [&str; 8] = [
    "N1 - Abuse or neglect",
    "N2 - Child’s disability",
    "N3 - Parental illness or disability",
    "N4 - Family in acute stress",
    "N5 - Family dysfunction",
    "N6 - Socially unacceptable behaviour",
    "N7 - Low income",
    "N8 - Absent parenting",
];

/// Reason for closure, List 6.
pub(super) const CLOSURE: [&str; 9] = [
    "RC1 - Adopted",
    "RC2 - Died",
    "RC3 - Child arrangements order",
    "RC4 - Special guardianship order",
    "RC5 - Transferred to services of another local authority",
    "RC6 - Transferred to adult social care services",
    "RC7 - Services ceased for any other reason, including child no longer in need",
    "RC8 - Case closed after assessment, no further action",
    "RC9 - Case closed after assessment, referred to early help",
];

/// Case status, List 6.
pub(super) const STATUS: [&str; 5] = [
    "a) Looked after child",
    "b) Child Protection plan",
    "c) Child in need plan",
    "d) Open assessment",
    "e) Closed episode",
];

/// Category of abuse, List 7.
pub(super) const ABUSE: [&str; 5] =
    ["a) Neglect", "b) Physical abuse", "c) Sexual abuse", "d) Emotional abuse", "e) Multiple/not recommended"];

/// Legal status, List 8.
pub(super) const LEGAL: [&str; 13] = [
    "C1: ICO",
    "C2: FCO",
    "D1: Freeing order",
    "E1: Placement order",
    "V2: Single period under S20",
    "L1: Police protection LA accommodation",
    "L2: EPO",
    "L3: Child assessment order LA accommodation",
    "J1: Remanded to LA or youth detention",
    "J2: LA accommodation under PACE",
    "J3: Youth rehabilitation order",
    "V3: Short term breaks, episodes recorded",
    "V4: Short term breaks, agreements recorded",
];

/// Permanence plan, List 8.
pub(super) const PERMANENCE: [&str; 7] = [
    "a) Return to family",
    "b) Adoption",
    "c) SGO/CAO",
    "d) Supported living in the community",
    "e) Long-term residential placement",
    "f) Long-term fostering",
    "g) other",
];

/// Reason ceased to be looked after, List 8.
pub(super) const CEASED: [&str; 21] = [
    "a) E11: Adopted - application unopposed",
    "b) E12: Adopted - consent dispensed",
    "c) E2: Died",
    "d) E3: Care taken by another LA",
    "e) E4A: Returned home to live with parents or relatives - part of planning",
    "f) E4B: Returned home to live with parents or relatives - not part of planning",
    "g) E13: Parents, relatives or other with no parental responsibility",
    "h) E41: Residence order granted",
    "i) E45: Special Guardianship Orders - former carer relative/friend",
    "j) E46: Special Guardianship Orders - former carer other",
    "k) E47: Special Guardianship Orders - relative/friend",
    "l) E48: Special Guardianship Orders - other",
    "m) E5: Moved into independent living - supported",
    "n) E6: Moved into independent living - no support",
    "o) E7: Transferred to residential care funded by adult social services",
    "p) E9: Sentenced to custody",
    "q) E14: Accommodation on remand ended",
    "r) E15: Age assessment determined child was 18 or over",
    "s) E16: Child moved abroad",
    "t) E8: Care ceased for any other reason",
    "u) X1:CodeError",
];

/// Placement type, List 8.
pub(super) const PLACEMENT: [&str; 27] = [
    "a) U1: Foster placement - relatives - long term",
    "b) U2: Foster placement - relative - FFA",
    "c) U3: Foster placement - relative - not FFA",
    "d) U4: Foster placement - long term",
    "e) U5: Foster placement - FFA",
    "f) U6: Foster placement - not FFA",
    "g) A3: Placed for adoption - consent - current foster",
    "h) A4: Placed for adoption - consent - not foster",
    "i) A5: Placed for adoption - order - foster",
    "j) A6: Placed for adoption - order - not foster",
    "k) P1: Placed with parents",
    "l) P2: Independent living",
    "m) P3: Residential employment",
    "n) H5: Residential accommodation",
    "o) K1: Secure Children’s Homes",
    "p) K2: Children’s Homes",
    "q) R1: Residential Care Home",
    "r) R2: NHS/Health Trust",
    "s) R3: Family Centre or Mother and Baby Unit",
    "t) R5: Young Offender Institution",
    "u) S1: Residential school",
    "v) Z1: Other placements",
    "w) T0: Temporary placement",
    "x) T1: Temporary placement - hospital",
    "y) T2: Temporary placement - holiday",
    "z) T3: Temporary placement - carer holiday",
    "zz) T4: Temporary placement - seven days or less",
];

/// Placement provider, List 8.
pub(super) const PROVIDER: [&str; 6] = [
    "a) PR0: Parents/Parental responsibility",
    "b) PR1: Own provision",
    "c) PR2: Other LA provision",
    "d) PR3: Other public provision",
    "e) PR4: Private provision",
    "f) PR5: Voluntary/third sector",
];

/// Placement location, List 8.
pub(super) const LOCATION: [&str; 2] = ["a) In", "b) Out"];

/// Eligibility, List 9.
pub(super) const ELIGIBILITY: [&str; 4] =
    ["a) Relevant child", "b) Former relevant child", "c) Qualifying care leaver", "d) Eligible child"];

/// In touch, List 9.
pub(super) const IN_TOUCH: [&str; 6] = ["a) Yes", "b) No", "c) Died", "d) Refu", "e) NREQ", "f) Rhom"];

/// Accommodation, List 9.
pub(super) const ACCOMMODATION: [&str; 16] = [
    "B: Parents/relatives",
    "C: Community home / residential care",
    "D: Semi-independent, transitional accommodation and self-contained accommodation",
    "E: Supported lodgings",
    "G: Abroad",
    "H: Deported",
    "K: Ordinary lodgings, without formal support",
    "R: Residence not known",
    "S: No fixed abode / homeless",
    "T: Foyers and similar supported accommodation",
    "U: Independent living",
    "V: Emergency accommodation",
    "W: Bed and breakfast",
    "X: In custody",
    "Y: Other accommodation",
    "Z: With former foster carers",
];

/// Suitability of accommodation, List 9.
pub(super) const SUITABILITY: [&str; 2] = ["a) Suitable", "b) Unsuitable"];

/// Activity, List 9.
pub(super) const ACTIVITY: [&str; 11] = [
    "F1: Full time in higher education",
    "P1: Part time in higher education",
    "F2: Full time in education other than higher",
    "P2: Part time in education other than higher",
    "F4: Young person engaged full time in an apprenticeship",
    "P4: Young person engaged part time in an apprenticeship",
    "F5: Young person engaged full time in training or employment (not apprenticeship)",
    "P5: Young person engaged part time in training or employment (not apprenticeship)",
    "G4: Not in education, employment or training - illness or disability",
    "G5: Not in education, employment or training - other",
    "G6: Not in education, employment or training - pregnancy or parenting",
];

/// Reason no longer placed for adoption, List 10.
pub(super) const REVERSED: [&str; 4] = [
    "RD1 - The child’s needs changed subsequent to the decision",
    "RD2 - The Court did not make a placement order",
    "RD3 - Prospective adopters could not be found",
    "RD4 - Any other reason",
];

/// Reason for leaving the adoption process, List 11.
pub(super) const ADOPTER_LEFT: [&str; 3] =
    ["1 - Adopter withdrew from process", "2 - Process put on hold", "3 - Application refused"];

/// The code of a list that begins with `start` (`"C1"`, `"b)"`), as the template writes it.
pub(super) fn coded(list: &[&'static str], start: &str) -> &'static str {
    list.iter()
        .find(|code| code.starts_with(start) || code.split_once(") ").is_some_and(|(_, rest)| rest.starts_with(start)))
        .copied()
        .unwrap_or("")
}
