//! The palette: what is painted, in which colour, under which class.

use plotters::style::RGBColor;

/// What a stroke, an area or a text stands for. Each has a colour of its own, by which [`super::svg`] knows it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Words and numbers.
    Text,
    /// Axes and their ticks.
    Axis,
    /// Help lines; nothing is lost without them.
    Grid,
    /// The measured line and its points.
    Value,
    /// Extracts behind the measured line, thin.
    Behind,
    /// The target, dashed.
    Target,
    /// England, dotted.
    England,
    /// The mean of a control chart, thin.
    Mean,
    /// Its limits, thin and dashed.
    Limit,
    /// Where the measured line leads if it goes on, dotted.
    Path,
    /// The outer limits of a funnel, in long dashes.
    Outer,
    /// A point that is special for the better.
    Better,
    /// A point that is special for the worse.
    Worse,
    /// A point that is special where neither way is better.
    Changed,
    /// The as-at date.
    AsAt,
    /// Contact, early help, assessment.
    FrontDoor,
    /// Section 47, child in need, child protection.
    Safeguarding,
    /// Looked after, care leaver, adoption.
    Care,
}

impl Ink {
    pub(super) const ALL: [Self; 18] = [
        Self::Text,
        Self::Axis,
        Self::Grid,
        Self::Value,
        Self::Behind,
        Self::Target,
        Self::England,
        Self::Mean,
        Self::Limit,
        Self::Path,
        Self::Outer,
        Self::Better,
        Self::Worse,
        Self::Changed,
        Self::AsAt,
        Self::FrontDoor,
        Self::Safeguarding,
        Self::Care,
    ];

    /// The colour on a white page, no two alike.
    pub(super) const fn colour(self) -> RGBColor {
        match self {
            Self::Text => RGBColor(0x0b, 0x0c, 0x0c),
            Self::Axis => RGBColor(0x6d, 0x6d, 0x6d),
            Self::Grid => RGBColor(0xdb, 0xdb, 0xdb),
            Self::Value => RGBColor(0x1f, 0x6f, 0xb2),
            Self::Behind => RGBColor(0x6d, 0x6d, 0x6a),
            Self::Target => RGBColor(0xb8, 0x50, 0x0f),
            Self::England => RGBColor(0x0e, 0x7c, 0x7b),
            Self::Mean => RGBColor(0x6d, 0x6d, 0x6e),
            Self::Limit => RGBColor(0x6d, 0x6d, 0x6c),
            Self::Path => RGBColor(0x1f, 0x6f, 0xb1),
            Self::Outer => RGBColor(0x6d, 0x6d, 0x6b),
            Self::Better => RGBColor(0x1b, 0x7f, 0x4b),
            Self::Worse => RGBColor(0xc4, 0x2b, 0x2b),
            Self::Changed => RGBColor(0x7d, 0x55, 0xb8),
            Self::AsAt => RGBColor(0x0b, 0x0c, 0x0d),
            Self::FrontDoor => RGBColor(0x1f, 0x6f, 0xb3),
            Self::Safeguarding => RGBColor(0xb8, 0x50, 0x0e),
            Self::Care => RGBColor(0x0e, 0x7c, 0x7a),
        }
    }

    /// The class of its groups.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Text => "chart-text",
            Self::Axis => "chart-axis",
            Self::Grid => "chart-grid",
            Self::Value => "chart-value",
            Self::Behind => "chart-behind",
            Self::Target => "chart-target",
            Self::England => "chart-england",
            Self::Mean => "chart-mean",
            Self::Limit => "chart-limit",
            Self::Path => "chart-path",
            Self::Outer => "chart-outer",
            Self::Better => "chart-better",
            Self::Worse => "chart-worse",
            Self::Changed => "chart-changed",
            Self::AsAt => "chart-as-at",
            Self::FrontDoor => "chart-front-door",
            Self::Safeguarding => "chart-safeguarding",
            Self::Care => "chart-care",
        }
    }

    /// What tells its strokes apart without colour.
    pub(super) const fn dashes(self) -> Option<&'static str> {
        match self {
            Self::Target => Some("10 6"),
            Self::England => Some("2 5"),
            Self::Path => Some("3 6"),
            Self::Limit => Some("5 4"),
            Self::Outer => Some("12 5"),
            _ => None,
        }
    }

    /// Its own colour as an attribute; `None` where it has the colour of the text around it, which a reader's
    /// forced colours then reach without a rule of ours.
    pub(super) fn own_colour(self) -> Option<String> {
        match self {
            Self::Text
            | Self::Axis
            | Self::Grid
            | Self::Behind
            | Self::Mean
            | Self::Limit
            | Self::Outer
            | Self::AsAt => None,
            _ => Some(self.hex()),
        }
    }

    /// How much of the text's colour it takes.
    pub(super) const fn opacity(self) -> Option<&'static str> {
        match self {
            Self::Axis | Self::Behind | Self::Mean | Self::Limit | Self::Outer => Some(".6"),
            Self::Grid => Some(".15"),
            _ => None,
        }
    }

    fn hex(self) -> String {
        let RGBColor(red, green, blue) = self.colour();
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The ink of a colour as the SVG backend writes it: `#1F6FB2`.
    pub(super) fn of_hex(hex: &str) -> Option<Self> {
        let number = u32::from_str_radix(hex.strip_prefix('#')?, 16).ok()?;
        Self::ALL.into_iter().find(|ink| {
            let RGBColor(red, green, blue) = ink.colour();
            u32::from_be_bytes([0, red, green, blue]) == number
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(ink: Ink) -> f64 {
        let RGBColor(red, green, blue) = ink.colour();
        let [red, green, blue] = [red, green, blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn on_white_words_reach_4_5_and_lines_reach_3() {
        for ink in Ink::ALL {
            let contrast = 1.05 / (luminance(ink) + 0.05);
            let least = match ink {
                Ink::Text => 4.5,
                Ink::Grid => 1.0,
                _ => 3.0,
            };
            assert!(contrast >= least, "{ink:?}: {contrast:.2}");
        }
    }

    #[test]
    fn what_keeps_its_colour_on_black_reaches_3_there_too() {
        for ink in Ink::ALL.into_iter().filter(|ink| ink.own_colour().is_some()) {
            let contrast = (luminance(ink) + 0.05) / 0.05;
            assert!(contrast >= 3.0, "{ink:?}: {contrast:.2}");
        }
    }

    #[test]
    fn every_ink_is_known_again_by_its_colour() {
        for ink in Ink::ALL {
            assert_eq!(Ink::of_hex(&ink.hex().to_uppercase()), Some(ink));
        }
    }
}
