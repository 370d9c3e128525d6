//! How columns are called, in Italian and English, by people and by other programs' exports.
//!
//! Promises: capitals, accents, punctuation and small words make no difference; a word for one of the two sides
//! (`old`, `origine`, a `1` at the end; `new`, `destinazione`, a `2`) counts for the side.

use super::Field;

/// What a column of this name holds; `None` where the name says nothing.
pub fn field(name: &str) -> Option<Field> {
    if ALONE.contains(&name.trim().to_lowercase().as_str()) {
        return Some(Field::DestinationLogin);
    }
    let mut side = None;
    let mut rest: Vec<String> = Vec::new();
    for word in words(name) {
        let numbered = word.strip_suffix(['1', '2']).filter(|word| word.len() > 1);
        if ORIGIN.contains(&word.as_str()) {
            side = Some(Side::Origin);
        } else if DESTINATION.contains(&word.as_str()) {
            side = Some(Side::Destination);
        } else if let Some(start) = numbered {
            side = Some(if word.ends_with('1') {
                Side::Origin
            } else {
                Side::Destination
            });
            rest.push(start.to_owned());
        } else if !SMALL.contains(&word.as_str()) {
            rest.push(word);
        }
    }
    let name = rest.join("-");
    let known = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    Some(match (known?.0, side) {
        (Field::Login, Some(Side::Destination)) => Field::DestinationLogin,
        (Field::Password, Some(Side::Destination)) => Field::DestinationPassword,
        // The address somebody has at the old server is what he logs in with there.
        (Field::Address, Some(Side::Origin)) => Field::Login,
        (field, _) => field,
    })
}

/// What columns of these names hold, read together: one called `alias` is the address itself where no other is, as in
/// `user:password:alias@domain`, the list of the IceWarp tool.
pub fn fields<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Option<Field>> {
    let names: Vec<&str> = names.into_iter().collect();
    let mut fields: Vec<_> = names.iter().map(|name| field(name)).collect();
    let single = |name: &&str| words(name).eq(["alias"]);
    if !fields.contains(&Some(Field::Address))
        && let Some(at) = names.iter().position(single)
    {
        fields[at] = Some(Field::Address);
    }
    fields
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Origin,
    Destination,
}

/// The words of a name, small and without accents.
fn words(name: &str) -> impl Iterator<Item = String> {
    let plain: String = name.to_lowercase().chars().map(plain).collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// A letter without its accent, as far as Italian and its neighbours have them.
fn plain(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Where it goes, without saying what this is.
const ALONE: &[&str] = &["destination", "destinazione"];

const ORIGIN: &[&str] = &[
    "origin", "origine", "source", "sorgente", "src", "old", "vecchio", "vecchia", "current",
    "attuale", "partenza", "1",
];

const DESTINATION: &[&str] = &[
    "destination",
    "destinazione",
    "dest",
    "dst",
    "target",
    "new",
    "nuovo",
    "nuova",
    "arrivo",
    "2",
];

/// Words that change nothing.
const SMALL: &[&str] = &[
    "a",
    "d",
    "da",
    "del",
    "dell",
    "della",
    "di",
    "e",
    "for",
    "il",
    "imap",
    "in",
    "l",
    "la",
    "lo",
    "obbligatoria",
    "obbligatorio",
    "of",
    "per",
    "required",
    "server",
    "the",
];

const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Login,
        &[
            "accesso",
            "account",
            "account-name",
            "id-utente",
            "login",
            "login-name",
            "nome-accesso",
            "nome-account",
            "nome-utente",
            "nomeutente",
            "samaccountname",
            "uid",
            "user",
            "user-id",
            "user-login",
            "user-name",
            "userid",
            "userlogin",
            "username",
            "utente",
            "utente-nome",
        ],
    ),
    (
        Field::Password,
        &[
            "chiave-accesso",
            "parola-chiave",
            "parola-ordine",
            "parola-segreta",
            "pass",
            "passphrase",
            "passwd",
            "password",
            "password-accesso",
            "password-casella",
            "password-utente",
            "psw",
            "pswd",
            "pw",
            "pwd",
            "user-password",
            "userpassword",
        ],
    ),
    (
        Field::Address,
        &[
            "address",
            "alias-domain",
            "alias-dominio",
            "casella",
            "casella-mail",
            "casella-email",
            "casella-posta",
            "email",
            "email-address",
            "emailaddress",
            "indirizzo",
            "indirizzo-email",
            "indirizzo-mail",
            "indirizzo-posta",
            "indirizzo-posta-elettronica",
            "mail",
            "mail-address",
            "mailbox",
            "posta",
            "posta-elettronica",
            "primary-email",
            "primary-smtp-address",
            "primaryemail",
            "primarysmtpaddress",
            "smtp",
            "user-principal-name",
            "userprincipalname",
        ],
    ),
    (
        Field::Aliases,
        &[
            "additional-address",
            "additional-addresses",
            "additional-email",
            "additional-emails",
            "alias",
            "alias-address",
            "alias-addresses",
            "alias-email",
            "alias-es",
            "alias-mail",
            "aliases",
            "alternate-email",
            "altri-indirizzi",
            "altro-indirizzo",
            "email-alias",
            "email-aliases",
            "indirizzi-aggiuntivi",
            "indirizzi-alias",
            "indirizzi-alternativi",
            "indirizzi-mail-aggiuntivi",
            "indirizzi-secondari",
            "indirizzo-aggiuntivo",
            "indirizzo-alias",
            "indirizzo-alternativo",
            "indirizzo-secondario",
            "mail-alias",
            "mail-aliases",
            "other-addresses",
            "secondary-email",
        ],
    ),
    (
        Field::Group,
        &[
            "batch",
            "group",
            "gruppo",
            "gruppo-migrazione",
            "lotto",
            "migration-batch",
            "migration-group",
            "migration-wave",
            "ondata",
            "wave",
        ],
    ),
    (
        Field::FirstName,
        &[
            "first-name",
            "firstname",
            "given-name",
            "givenname",
            "nome",
            "nome-proprio",
        ],
    ),
    (
        Field::LastName,
        &[
            "cognome",
            "family-name",
            "last-name",
            "lastname",
            "sn",
            "surname",
        ],
    ),
    (
        Field::FullName,
        &[
            "cognome-nome",
            "display-name",
            "displayname",
            "full-name",
            "fullname",
            "intestatario",
            "name",
            "nome-cognome",
            "nome-completo",
            "nome-visualizzato",
            "nominativo",
            "real-name",
            "titolare",
        ],
    ),
    (
        Field::Ignored,
        &[
            "comment",
            "comments",
            "commento",
            "department",
            "description",
            "descrizione",
            "dimensione",
            "domain",
            "dominio",
            "host",
            "id",
            "n",
            "note",
            "notes",
            "nr",
            "num",
            "number",
            "numero",
            "org-unit-path",
            "phone",
            "porta",
            "port",
            "quota",
            "quota-mb",
            "reparto",
            "riga",
            "row",
            "size",
            "spazio",
            "state",
            "stato",
            "status",
            "telefono",
            "ufficio",
        ],
    ),
];
