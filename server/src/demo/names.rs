//! Names of people who do not exist: given names from everywhere, surnames from nowhere.

const GIVEN: [&str; 64] = [
    "Abena", "Adwoa", "Aisling", "Alun", "Amara", "Anjali", "Arjun", "Ayesha", "Beatrix", "Bilal", "Bronwen", "Callum",
    "Carys", "Chidi", "Clement", "Danuta", "Delphine", "Dimitri", "Efua", "Eilidh", "Elif", "Emeka", "Farida",
    "Fergus", "Freya", "Gethin", "Giulia", "Hamza", "Harriet", "Hyacinth", "Idris", "Imogen", "Ines", "Jarek",
    "Jolanta", "Kavita", "Kwame", "Leila", "Lorcan", "Mairead", "Malachi", "Meera", "Miriam", "Nadia", "Niamh",
    "Olumide", "Oscar", "Parveen", "Priya", "Rafael", "Rosalind", "Ruaridh", "Sabina", "Samir", "Sioned", "Stefan",
    "Tamsin", "Tariq", "Thandiwe", "Ursula", "Winston", "Yasmin", "Yusuf", "Zofia",
];

const FAMILY: [&str; 61] = [
    "Applebarrow",
    "Ashquill",
    "Barleymow",
    "Bellwether",
    "Birchwhistle",
    "Bramblecote",
    "Candlewick",
    "Cloverdane",
    "Cobblethwaite",
    "Copperfeld",
    "Dappleford",
    "Dewhollow",
    "Dovetail",
    "Elderbrook-Oak",
    "Fallowmere",
    "Featherstow",
    "Fernwhistle",
    "Flaxenby",
    "Foxlantern",
    "Gallowglen",
    "Goldenrood",
    "Gorsebury",
    "Greywether",
    "Harebellow",
    "Hawthistle",
    "Hazelrigging",
    "Heathercombe",
    "Hollyhocker",
    "Honeyquill",
    "Ivorydale",
    "Jackdawe",
    "Juniperley",
    "Kestrelby",
    "Kingcupper",
    "Larkmeadow",
    "Lavenderly",
    "Lockspire",
    "Mallowbrook",
    "Marigolding",
    "Merryfeather",
    "Mistlethrop",
    "Mossgather",
    "Nettleship-Vale",
    "Oakenquill",
    "Orchardine",
    "Otterbourne-Lea",
    "Pebblewick",
    "Pennyfarrow",
    "Quillfeather",
    "Ravenscroop",
    "Rosehipper",
    "Rushbarrow",
    "Silverthorpe",
    "Sorrelwood",
    "Starlingham",
    "Tansyworth",
    "Teaselbrook",
    "Thistledown",
    "Underbough",
    "Whinberry",
    "Yarrowstone",
];

/// Name number `index`; every number has a name of its own.
pub(super) fn name(index: u32) -> String {
    let (given, family) = (GIVEN.len() as u32, FAMILY.len() as u32);
    let (round, place) = (index / (given * family), index % (given * family));
    // 64 and 61 share no factor, so the two counters meet in every combination once.
    let (first, last) = (GIVEN[(place * 37 % given) as usize], FAMILY[(place % family) as usize]);
    match round {
        0 => format!("{first} {last}"),
        round => format!("{first} {} {last}", initials(round)),
    }
}

fn initials(mut round: u32) -> String {
    let mut letters = String::new();
    while round > 0 {
        letters.push(char::from(b'A' + u8::try_from((round - 1) % 26).unwrap_or(0)));
        letters.push('.');
        round = (round - 1) / 26;
    }
    letters
}

/// The part of a user name or an e-mail address before the `@`.
pub(super) fn user_name(name: &str) -> String {
    name.to_lowercase().replace(' ', ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_people_share_a_name() {
        let all: HashSet<String> = (0..12_000).map(name).collect();
        assert_eq!(all.len(), 12_000);
    }
}
