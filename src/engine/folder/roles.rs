//! Special folders: what `Posta inviata` is to a server that calls it `Sent Items`.
//!
//! Three ways of finding out, in the order of trust: attributes, the table of exact names, and the single meaningful
//! word left when filler is taken away. Letter case and accents never count. It chooses no destination.

use super::OriginFolder;
use super::letters::plain;

/// What a special folder is for (RFC 6154).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Copies of messages sent.
    Sent,
    /// Deleted messages.
    Trash,
    /// Messages being written.
    Drafts,
    /// Unwanted messages.
    Junk,
    /// Messages put away.
    Archive,
    /// A view of every message.
    All,
    /// A view of the flagged messages.
    Flagged,
    /// A view of the messages the server believes important.
    Important,
}

impl Role {
    /// The attribute for LIST and CREATE-SPECIAL-USE.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Sent => "\\Sent",
            Self::Trash => "\\Trash",
            Self::Drafts => "\\Drafts",
            Self::Junk => "\\Junk",
            Self::Archive => "\\Archive",
            Self::All => "\\All",
            Self::Flagged => "\\Flagged",
            Self::Important => "\\Important",
        }
    }

    /// Whether servers usually fill such a folder with messages that are in other folders too.
    ///
    /// Nobody's own folder called `Importanti` is taken for one: only attributes count, and Gmail's own level.
    pub fn is_view(self) -> bool {
        matches!(self, Self::All | Self::Flagged | Self::Important)
    }
}

/// How a role was found, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleSource {
    /// A SPECIAL-USE attribute.
    Attribute,
    /// An attribute of Google's older XLIST.
    Xlist,
    /// The table of names.
    Name,
    /// One meaningful word.
    CoreWord,
}

/// A language in which special folders can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Italian.
    Italian,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Czech.
    Czech,
}

/// The role the server itself gives to a folder.
pub(super) fn by_attribute(folder: &OriginFolder) -> Option<(Role, RoleSource)> {
    const SPECIAL_USE: [Role; 8] = [
        Role::Sent,
        Role::Trash,
        Role::Drafts,
        Role::Junk,
        Role::Archive,
        Role::All,
        Role::Flagged,
        Role::Important,
    ];
    const XLIST: [(&str, Role); 3] = [
        ("\\AllMail", Role::All),
        ("\\Spam", Role::Junk),
        ("\\Starred", Role::Flagged),
    ];
    let special = SPECIAL_USE
        .into_iter()
        .find(|role| folder.has(role.attribute()));
    let xlist = || {
        XLIST
            .into_iter()
            .find(|(attribute, _)| folder.has(attribute))
            .map(|(_, role)| (role, RoleSource::Xlist))
    };
    special
        .map(|role| (role, RoleSource::Attribute))
        .or_else(xlist)
}

/// The role one level of a name suggests by itself; attributes, which count more, are not known here.
pub fn of_name(level: &str) -> Option<Role> {
    by_name(level).or_else(|| by_core_word(level))
}

/// The role of a folder with exactly this name.
pub(super) fn by_name(name: &str) -> Option<Role> {
    // Without its accent it would be anybody's folder.
    if name.trim().to_lowercase() == "koš" {
        return Some(Role::Trash);
    }
    let name = plain(name);
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(role, _)| *role)
}

/// The role of a folder whose name has one meaningful word; `Sent to clients` has two.
pub(super) fn by_core_word(name: &str) -> Option<Role> {
    let name = plain(name);
    let mut words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !FILLER.contains(word));
    let core = words.next()?;
    if words.next().is_some() {
        return None;
    }
    CORE_WORDS
        .iter()
        .find(|(_, words)| words.contains(&core))
        .map(|(role, _)| *role)
}

/// The level under which Gmail keeps its own folders.
pub(super) fn is_gmail_level(name: &str) -> bool {
    ["[Gmail]", "[Google Mail]"]
        .iter()
        .any(|level| level.eq_ignore_ascii_case(name))
}

/// What to call a special folder that has to be created; views are never created.
pub(super) fn name_in(language: Language, role: Role) -> Option<&'static str> {
    let [english, italian, german, french, spanish, czech] = match role {
        Role::Sent => [
            "Sent",
            "Posta inviata",
            "Gesendete Objekte",
            "Envoyés",
            "Enviados",
            "Odeslané",
        ],
        Role::Trash => [
            "Trash",
            "Cestino",
            "Gelöschte Objekte",
            "Corbeille",
            "Papelera",
            "Koš",
        ],
        Role::Drafts => [
            "Drafts",
            "Bozze",
            "Entwürfe",
            "Brouillons",
            "Borradores",
            "Rozepsané",
        ],
        Role::Junk => [
            "Junk",
            "Posta indesiderata",
            "Junk-E-Mail",
            "Courrier indésirable",
            "Correo no deseado",
            "Spam",
        ],
        Role::Archive => [
            "Archive", "Archivio", "Archiv", "Archives", "Archivo", "Archiv",
        ],
        Role::All | Role::Flagged | Role::Important => return None,
    };
    Some(match language {
        Language::English => english,
        Language::Italian => italian,
        Language::German => german,
        Language::French => french,
        Language::Spanish => spanish,
        Language::Czech => czech,
    })
}

/// Names in plain form.
const NAMES: [(Role, &[&str]); 8] = [
    (
        Role::Sent,
        &[
            "sent",
            "sent items",
            "sent messages",
            "sent mail",
            "posta inviata",
            "inviata",
            "inviate",
            "inviati",
            "elementi inviati",
            "messaggi inviati",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "envoyes",
            "elements envoyes",
            "objets envoyes",
            "messages envoyes",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "odeslane",
            "odeslana posta",
        ],
    ),
    (
        Role::Trash,
        &[
            "trash",
            "deleted items",
            "deleted messages",
            "bin",
            "cestino",
            "posta eliminata",
            "elementi eliminati",
            "eliminata",
            "papierkorb",
            "geloschte elemente",
            "geloschte objekte",
            "corbeille",
            "elements supprimes",
            "papelera",
            "elementos eliminados",
        ],
    ),
    (
        Role::Drafts,
        &[
            "drafts",
            "draft",
            "bozze",
            "bozza",
            "entwurfe",
            "entwurf",
            "brouillons",
            "brouillon",
            "borradores",
            "borrador",
            "rozepsane",
            "koncepty",
        ],
    ),
    (
        Role::Junk,
        &[
            "junk",
            "spam",
            "junk email",
            "junk e-mail",
            "junk mail",
            "bulk",
            "bulk mail",
            "posta indesiderata",
            "indesiderata",
            "posta indesirata",
            "antispam",
            "aspam",
            "junk-e-mail",
            "unerwunscht",
            "courrier indesirable",
            "pourriel",
            "correo no deseado",
        ],
    ),
    (
        Role::Archive,
        &[
            "archive",
            "archives",
            "archivio",
            "archivi",
            "archiviati",
            "archiv",
            "archivo",
        ],
    ),
    (
        Role::All,
        &[
            "all mail",
            "tutti i messaggi",
            "alle nachrichten",
            "tous les messages",
            "todos",
        ],
    ),
    (
        Role::Flagged,
        &[
            "starred",
            "flagged",
            "speciali",
            "contrassegnati",
            "markiert",
            "suivis",
            "destacados",
        ],
    ),
    (
        Role::Important,
        &["important", "importanti", "wichtig", "importantes"],
    ),
];

/// Words that say nothing about the role.
const FILLER: [&str; 31] = [
    "mail",
    "mails",
    "email",
    "emails",
    "e",
    "items",
    "item",
    "messages",
    "message",
    "folder",
    "my",
    "the",
    "posta",
    "elementi",
    "messaggi",
    "cartella",
    "i",
    "la",
    "mia",
    "miei",
    "elemente",
    "objekte",
    "nachrichten",
    "ordner",
    "elements",
    "objets",
    "courrier",
    "elementos",
    "mensajes",
    "correo",
    "correos",
];

/// Words that mean a role when they stand alone.
const CORE_WORDS: [(Role, &[&str]); 5] = [
    (
        Role::Sent,
        &[
            "sent",
            "inviata",
            "inviate",
            "inviati",
            "gesendet",
            "gesendete",
            "envoyes",
            "enviados",
        ],
    ),
    (
        Role::Trash,
        &[
            "trash",
            "deleted",
            "cestino",
            "eliminata",
            "eliminate",
            "eliminati",
            "cancellata",
            "cancellati",
            "papierkorb",
            "geloschte",
            "corbeille",
            "supprimes",
            "papelera",
            "eliminados",
        ],
    ),
    (
        Role::Drafts,
        &[
            "drafts",
            "draft",
            "bozze",
            "bozza",
            "entwurfe",
            "brouillons",
            "borradores",
        ],
    ),
    (
        Role::Junk,
        &[
            "junk",
            "spam",
            "bulk",
            "indesiderata",
            "indesiderati",
            "indesirata",
            "antispam",
            "unerwunscht",
            "unerwunschte",
            "indesirable",
            "indesirables",
            "pourriel",
        ],
    ),
    (
        Role::Archive,
        &[
            "archive",
            "archives",
            "archivio",
            "archiviata",
            "archiviati",
            "archiv",
            "archivo",
        ],
    ),
];
