//! Names of people who do not exist: given names and surnames that go together, each surname once before any comes again.

/// Those who hold an office, by the numbers of [`super::county`].
#[rustfmt::skip]
const IN_OFFICE: [&str; 40] = [
    "Abena Mensah", "Leila Hosseini", "Bronwen Pritchard", "Parveen Sadiq", "Elif Kaya", "Tariq Bashir",
    "Idris Morgan", "Alun Griffiths", "Malachi Reid", "Chidi Anozie", "Rosalind Hartley", "Fergus Drummond",
    "Winston Clarke", "Jarek Wozniak", "Arjun Banerjee", "Nadia Khoury", "Delphine Laurent", "Samir Naseem",
    "Giulia Ferrante", "Zofia Lewandowska", "Kwame Ofori", "Bilal Chishti", "Oscar Lindley", "Eilidh Sinclair",
    "Tamsin Penrose", "Ottilie Marchant", "Aisling Byrne", "Mairead Sweeney", "Carys Jenkins", "Rafael Monteiro",
    "Farida Rahman", "Ursula Brandt", "Ines Carvalho", "Anjali Desai", "Miriam Feldman", "Danuta Zielonka",
    "Sabina Lovric", "Gethin Powell", "Yusuf Adan", "Kavita Shah",
];

/// Given names and the surnames that they are found with.
struct Origin {
    given: &'static [&'static str],
    family: &'static [&'static str],
}

const ORIGINS: [Origin; 7] = [
    Origin { given: &BRITISH_GIVEN, family: &BRITISH },
    Origin { given: &CELTIC_GIVEN, family: &CELTIC },
    Origin { given: &SOUTH_ASIAN_GIVEN, family: &SOUTH_ASIAN },
    Origin { given: &MUSLIM_GIVEN, family: &MUSLIM },
    Origin { given: &AFRICAN_GIVEN, family: &AFRICAN },
    Origin { given: &EUROPEAN_GIVEN, family: &EUROPEAN },
    Origin { given: &CARIBBEAN_GIVEN, family: &CARIBBEAN },
];

#[rustfmt::skip]
const BRITISH_GIVEN: [&str; 64] = [
    "Alison", "Amy", "Andrew", "Ben", "Bethan", "Caroline", "Catherine", "Chloe", "Christine", "Claire", "Craig",
    "Daniel", "David", "Deborah", "Elaine", "Emma", "Fiona", "Gareth", "Gemma", "Gillian", "Graham", "Hannah",
    "Heather", "Helen", "Ian", "Jack", "Jane", "Jennifer", "Joanne", "John", "Jonathan", "Karen", "Kate", "Laura",
    "Leanne", "Lisa", "Louise", "Lucy", "Mark", "Martin", "Megan", "Michael", "Michelle", "Natalie", "Neil",
    "Nicola", "Paul", "Peter", "Rachel", "Rebecca", "Richard", "Robert", "Ruth", "Sally", "Sarah", "Sharon",
    "Simon", "Sophie", "Stephen", "Susan", "Thomas", "Tracey", "Victoria", "Wendy",
];

#[rustfmt::skip]
const BRITISH: [&str; 215] = [
    "Acton", "Addison", "Aldridge", "Allsop", "Amos", "Ancell", "Archer", "Armitage", "Ashby", "Ashworth",
    "Atherton", "Attwell", "Backhouse", "Bagshaw", "Bainbridge", "Ballard", "Banfield", "Bannister", "Barlow",
    "Barraclough", "Bassett", "Batchelor", "Beaumont", "Beckett", "Bellamy", "Benbow", "Berridge", "Bickerton",
    "Birch", "Blackwell", "Blakemore", "Blythe", "Boardman", "Bolton", "Bosworth", "Bowyer", "Bracewell", "Bramley",
    "Brereton", "Brierley", "Brindle", "Broadbent", "Bromley", "Buckland", "Bulmer", "Burgess", "Burrows",
    "Butterfield", "Cadwallader", "Calvert", "Carver", "Catchpole", "Chadwick", "Challis", "Chatterton",
    "Chesworth", "Clegg", "Coates", "Colclough", "Copeland", "Corbett", "Crabtree", "Cresswell", "Crossley",
    "Culshaw", "Dalton", "Danvers", "Darby", "Deakin", "Denholm", "Dewhurst", "Dickens", "Dobson", "Downing",
    "Drayton", "Duckworth", "Dutton", "Eastwood", "Eccles", "Egerton", "Ellershaw", "Elphick", "Entwistle",
    "Fairhurst", "Farrington", "Fawcett", "Fenwick", "Fielding", "Flint", "Foulkes", "Freeborn", "Frobisher",
    "Furnival", "Garland", "Garside", "Gatley", "Gilbey", "Glossop", "Goodall", "Gorton", "Greenhalgh", "Gresham",
    "Grimshaw", "Hadfield", "Halliwell", "Hanbury", "Hargreaves", "Haslam", "Hathersage", "Haworth", "Heald",
    "Hebden", "Hemsley", "Heywood", "Hindley", "Hobday", "Holroyd", "Horrocks", "Houghton", "Huxley", "Ibbotson",
    "Ingleby", "Isherwood", "Jagger", "Jarvis", "Jephcott", "Kershaw", "Kettering", "Kilner", "Kinsey", "Lacey",
    "Langford", "Latham", "Leadbetter", "Leyland", "Lingard", "Lockett", "Longden", "Lumley", "Mawson", "Mellor",
    "Merrick", "Milburn", "Mossley", "Naylor", "Newbold", "Norbury", "Nuttall", "Oakley", "Ogden", "Openshaw",
    "Orrell", "Oultram", "Padgett", "Parkin", "Peacock", "Pemberton", "Pickles", "Pilling", "Plumb", "Pomfret",
    "Prestwich", "Quayle", "Radcliffe", "Ramsden", "Rawlins", "Redfern", "Ridgway", "Rigby", "Roebuck", "Rowbotham",
    "Rushton", "Saddington", "Scholes", "Seddon", "Shackleton", "Sharples", "Shipley", "Siddall", "Skelton",
    "Slater", "Snape", "Southern", "Spedding", "Stafford", "Stanway", "Stockdale", "Sugden", "Sutcliffe",
    "Swindells", "Tattersall", "Thackray", "Thornley", "Tillotson", "Tolley", "Tranter", "Turnbull", "Unsworth",
    "Varley", "Vickers", "Wadsworth", "Walmsley", "Warburton", "Weatherby", "Westhead", "Whitaker", "Whiteley",
    "Widdowson", "Wilmot", "Winstanley", "Woodcock", "Woolley", "Wragg", "Yardley", "Yates",
];

#[rustfmt::skip]
const CELTIC_GIVEN: [&str; 33] = [
    "Aisling", "Aoife", "Bronwen", "Callum", "Carys", "Catriona", "Ciara", "Cormac", "Deirdre", "Eilidh", "Eleri",
    "Emlyn", "Fergus", "Fionnuala", "Gethin", "Grainne", "Huw", "Iain", "Kirsty", "Lorcan", "Mairead", "Morag",
    "Niamh", "Nia", "Orla", "Rhian", "Rhys", "Roisin", "Ruaridh", "Seonaid", "Sian", "Sinead", "Tomos",
];

#[rustfmt::skip]
const CELTIC: [&str; 50] = [
    "Brennan", "Buckley", "Cassidy", "Colgan", "Conneely", "Corrigan", "Coughlan", "Delaney", "Devlin", "Donnelly",
    "Doyle", "Fallon", "Flannery", "Gallagher", "Geraghty", "Hanratty", "Keane", "Kinsella", "Lavery",
    "MacAllister", "MacLeod", "McBride", "McCartan", "McCrae", "McGinley", "McIlroy", "McLaren", "Moynihan",
    "Mulholland", "Nolan", "O'Brien", "Rafferty", "Rooney", "Sheehan", "Tierney", "Bevan", "Bowen", "Cadogan",
    "Eynon", "Gethin", "Gwilliam", "Llewellyn", "Maddock", "Mostyn", "Parry", "Prosser", "Pugh", "Rhydderch",
    "Tudor", "Vaughan",
];

#[rustfmt::skip]
const SOUTH_ASIAN_GIVEN: [&str; 22] = [
    "Amrit", "Anjali", "Arjun", "Deepa", "Gurpreet", "Harpreet", "Hema", "Jaspreet", "Kavita", "Kiran", "Meera",
    "Mohan", "Nisha", "Pooja", "Priya", "Rajesh", "Ravi", "Reena", "Sanjay", "Shilpa", "Sunita", "Vikram",
];

#[rustfmt::skip]
const SOUTH_ASIAN: [&str; 32] = [
    "Acharya", "Bhatt", "Chakraborty", "Chaudhry", "Chowdhury", "Dasgupta", "Deshmukh", "Gandhi", "Ganguly", "Gill",
    "Grewal", "Gupta", "Iyer", "Joshi", "Kapoor", "Kulkarni", "Mehta", "Menon", "Mistry", "Mukherjee", "Nair",
    "Pandya", "Parmar", "Pillai", "Rao", "Reddy", "Sandhu", "Sharma", "Solanki", "Thakur", "Verma", "Vyas",
];

#[rustfmt::skip]
const MUSLIM_GIVEN: [&str; 22] = [
    "Aisha", "Amina", "Asif", "Ayesha", "Bilal", "Elif", "Faisal", "Farida", "Hamza", "Imran", "Leila", "Nadia",
    "Omar", "Parveen", "Rukhsana", "Sabina", "Samir", "Shazia", "Tariq", "Yasmin", "Yusuf", "Zainab",
];

#[rustfmt::skip]
const MUSLIM: [&str; 27] = [
    "Abbasi", "Akhtar", "Arslan", "Aziz", "Baig", "Demir", "Farooqi", "Haddad", "Hamdani", "Hashmi", "Iqbal",
    "Jaleel", "Karimi", "Khalil", "Mahmood", "Malik", "Mirza", "Nazari", "Osmani", "Qureshi", "Rahimi", "Rashid",
    "Saleem", "Siddiqui", "Tariq", "Yildiz", "Zaman",
];

#[rustfmt::skip]
const AFRICAN_GIVEN: [&str; 22] = [
    "Abena", "Adwoa", "Akosua", "Amara", "Chidi", "Chipo", "Efua", "Emeka", "Esi", "Femi", "Folake", "Grace",
    "Kofi", "Kwame", "Mercy", "Ngozi", "Olumide", "Patience", "Rudo", "Tendai", "Thandiwe", "Tunde",
];

#[rustfmt::skip]
const AFRICAN: [&str; 37] = [
    "Abiodun", "Acheampong", "Addo", "Adebayo", "Adeyemi", "Agyeman", "Amoako", "Ansah", "Asante", "Balogun",
    "Boakye", "Chikwanda", "Danso", "Dube", "Eze", "Gumbo", "Kamara", "Kariuki", "Lungu", "Mbeki", "Moyo", "Mutasa",
    "Ncube", "Nkosi", "Nwosu", "Obi", "Odhiambo", "Okafor", "Okonkwo", "Oladipo", "Osei", "Owusu", "Quaye", "Sesay",
    "Sibanda", "Tembo", "Wanjiru",
];

#[rustfmt::skip]
const EUROPEAN_GIVEN: [&str; 24] = [
    "Agnieszka", "Ana", "Andrei", "Beata", "Danuta", "Dimitri", "Elena", "Giulia", "Ines", "Ioana", "Ivan", "Jarek",
    "Jolanta", "Katarzyna", "Magda", "Marek", "Marta", "Monika", "Piotr", "Rafael", "Sofia", "Stefan", "Tomasz",
    "Zofia",
];

#[rustfmt::skip]
const EUROPEAN: [&str; 26] = [
    "Baran", "Bielak", "Costa", "Dudek", "Ferreira", "Georgiou", "Ivanov", "Jankowski", "Kaczmarek", "Kovacs",
    "Kowalczyk", "Lombardi", "Marchetti", "Mazur", "Moreau", "Nowicki", "Pavlova", "Petrescu", "Popescu", "Rinaldi",
    "Sikora", "Szymanski", "Vasilev", "Wrona", "Zajac", "Zielinski",
];

#[rustfmt::skip]
const CARIBBEAN_GIVEN: [&str; 18] = [
    "Althea", "Beverley", "Camille", "Carlton", "Claudette", "Cordelia", "Delroy", "Desmond", "Everton", "Jermaine",
    "Leroy", "Marcia", "Marlon", "Maxine", "Natasha", "Shanice", "Winston", "Yvonne",
];

#[rustfmt::skip]
const CARIBBEAN: [&str; 20] = [
    "Antoine", "Augustin", "Baptiste", "Bramble", "Campbell", "Cumberbatch", "Dacosta", "Gayle", "Gittens",
    "Grannum", "Hinds", "Lashley", "Mullings", "Pinnock", "Samuda", "Sobers", "Toussaint", "Weekes", "Wint",
    "Yearwood",
];

/// Name number `index` of those who hold an office.
pub(super) fn in_office(index: u32) -> String {
    IN_OFFICE[index as usize % IN_OFFICE.len()].to_owned()
}

/// Name number `index` of everybody else; every number has a name of its own, and the first [`SURNAMES`] a surname of
/// their own.
pub(super) fn name(index: u32) -> String {
    let (round, place) = (index / SURNAMES, index % SURNAMES);
    // The step shares no factor with the number of surnames, so that each comes up once in a round.
    let mut family = place * STEP % SURNAMES;
    let mut origin = &ORIGINS[0];
    for of in &ORIGINS {
        origin = of;
        let count = of.family.len() as u32;
        if family < count {
            break;
        }
        family -= count;
    }
    let given = origin.given.len() as u32;
    let first = origin.given[((place * 5 + family * 3 + round) % given) as usize];
    let last = origin.family[family as usize];
    match round / given {
        0 => format!("{first} {last}"),
        again => format!("{first} {} {last}", initials(again)),
    }
}

/// How many surnames there are.
const SURNAMES: u32 = {
    let (mut count, mut at) = (0, 0);
    while at < ORIGINS.len() {
        count += ORIGINS[at].family.len() as u32;
        at += 1;
    }
    count
};

const STEP: u32 = 150;

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

    #[test]
    fn no_two_people_of_the_first_round_or_in_office_share_a_surname() {
        let surname = |name: String| name.rsplit(' ').next().unwrap_or_default().to_owned();
        let count = SURNAMES as usize + IN_OFFICE.len();
        let all: HashSet<String> =
            (0..SURNAMES).map(name).chain((0..IN_OFFICE.len() as u32).map(in_office)).map(surname).collect();
        assert_eq!(all.len(), count);
    }
}
