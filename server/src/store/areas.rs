//! An area as two columns: its kind and, but for everything, its name.

use domain::scope::Area;

/// The two columns of an area.
pub(super) fn columns(area: &Area) -> (&'static str, Option<&str>) {
    match area {
        Area::All => ("all", None),
        Area::Service(name) => ("service", Some(name)),
        Area::Team(name) => ("team", Some(name)),
    }
}

/// The area of two columns; `None` for what is no area.
pub(super) fn of_columns(kind: &str, name: Option<String>) -> Option<Area> {
    match (kind, name) {
        ("all", None) => Some(Area::All),
        ("service", Some(name)) => Some(Area::Service(name)),
        ("team", Some(name)) => Some(Area::Team(name)),
        _ => None,
    }
}
