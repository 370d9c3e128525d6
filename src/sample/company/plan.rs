//! Which folders each mailbox has, and what lies in them.
//!
//! Names are written as they are on the wire: `Attivit&AOA-` is modified UTF-7 for "Attività".

use super::super::store::Store;
use Content::{Certified, Drafts, Junk, Newsletter, Odd, Photos, Received, Sent};

/// Which letter of the mailbox with photos carries the largest attachment.
pub(super) const LARGEST_SERIAL: u32 = 260;

/// One folder and its content.
#[derive(Debug)]
pub(super) struct Drawer {
    pub path: &'static [&'static str],
    pub role: Option<&'static str>,
    pub subscribed: bool,
    pub letters: usize,
    pub content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Received,
    Sent,
    Drafts,
    Junk,
    Newsletter,
    Photos,
    Certified,
    Odd,
}

impl Drawer {
    /// The name on the wire for this store.
    pub(super) fn name(&self, store: &Store) -> String {
        if self.path == ["INBOX"] {
            return "INBOX".to_owned();
        }
        let separator = store.separator().to_string();
        format!("{}{}", store.prefix(), self.path.join(&separator))
    }

    const fn without_role(path: &'static [&'static str], letters: usize, content: Content) -> Self {
        Self {
            path,
            role: None,
            subscribed: true,
            letters,
            content,
        }
    }

    const fn with_role(
        path: &'static [&'static str],
        role: &'static str,
        letters: usize,
        content: Content,
    ) -> Self {
        Self {
            path,
            role: Some(role),
            subscribed: true,
            letters,
            content,
        }
    }

    const fn unsubscribed(path: &'static [&'static str], letters: usize, content: Content) -> Self {
        Self {
            path,
            role: None,
            subscribed: false,
            letters,
            content,
        }
    }
}

/// The folders of a colleague's mailbox.
pub(super) fn drawers(user: &str) -> &'static [Drawer] {
    match user {
        "giulia.zanella" => &DIRECTION,
        "marco.dalcorso" => &DRAWING_OFFICE,
        "elena.bortoluzzi" => &ACCOUNTS,
        "davide.scarpa" => &PURCHASING,
        _ => &RECEPTION,
    }
}

static DIRECTION: [Drawer; 20] = [
    Drawer::without_role(&["INBOX"], 110, Received),
    Drawer::with_role(&["Posta inviata"], "\\Sent", 96, Sent),
    Drawer::with_role(&["Bozze"], "\\Drafts", 5, Drafts),
    Drawer::with_role(&["Cestino"], "\\Trash", 22, Received),
    Drawer::with_role(&["Posta indesiderata"], "\\Junk", 17, Junk),
    Drawer::with_role(&["Archivio"], "\\Archive", 60, Received),
    Drawer::without_role(&["Archivio", "Vecchio server"], 0, Odd),
    Drawer::without_role(&["Clienti"], 0, Received),
    Drawer::without_role(&["Clienti", "Rossi Yachting"], 44, Received),
    Drawer::without_role(&["Clienti", "Marina Sant'Elena"], 31, Received),
    Drawer::without_role(&["Clienti", "Autorit&AOA- Portuale"], 26, Received),
    Drawer::without_role(&["Fornitori", "Legnami Cadore"], 18, Received),
    Drawer::without_role(&["Fornitori", "Vernici &- Pitture"], 9, Received),
    Drawer::without_role(&["Progetti", "2024"], 12, Received),
    Drawer::without_role(&["Progetti", "2024", "Traghetto elettrico"], 40, Received),
    Drawer::without_role(&["Progetti", "2025"], 21, Received),
    Drawer::without_role(&["Attivit&AOA-"], 14, Received),
    Drawer::without_role(&["&2D3eog- Varo"], 12, Received),
    Drawer::without_role(&["Da leggere"], 0, Received),
    Drawer::unsubscribed(&["Newsletter"], 26, Newsletter),
];

/// A server without roles: every program made its own folder for sent mail.
static DRAWING_OFFICE: [Drawer; 13] = [
    Drawer::without_role(&["INBOX"], 95, Received),
    Drawer::without_role(&["Sent"], 38, Sent),
    Drawer::without_role(&["Posta inviata"], 57, Sent),
    Drawer::without_role(&["Bozze"], 3, Drafts),
    Drawer::without_role(&["Cestino"], 11, Received),
    Drawer::without_role(&["Posta indesiderata"], 9, Junk),
    Drawer::without_role(&["Foto cantiere"], 64, Photos),
    Drawer::without_role(&["Disegni", "Revisioni \"definitive\""], 23, Received),
    Drawer::without_role(&["Progetti", "2024", "Traghetto elettrico"], 48, Received),
    Drawer::without_role(&["Progetti", "2025", "Vaporetto a idrogeno"], 30, Received),
    Drawer::without_role(&["Ricerca &- sviluppo"], 16, Received),
    Drawer::without_role(&["Qualit&AOA-", "Perch&AOk- non galleggia"], 7, Received),
    Drawer::unsubscribed(&["Vecchio PC"], 19, Received),
];

static ACCOUNTS: [Drawer; 15] = [
    Drawer::without_role(&["INBOX"], 88, Received),
    Drawer::with_role(&["Posta inviata"], "\\Sent", 70, Sent),
    Drawer::with_role(&["Bozze"], "\\Drafts", 2, Drafts),
    Drawer::with_role(&["Cestino"], "\\Trash", 14, Received),
    Drawer::with_role(&["Posta indesiderata"], "\\Junk", 12, Junk),
    Drawer::without_role(&["PEC"], 0, Certified),
    Drawer::without_role(&["PEC", "Ricevute"], 24, Certified),
    Drawer::without_role(&["PEC", "Inviate"], 12, Certified),
    Drawer::without_role(&["Fatture", "2022"], 36, Received),
    Drawer::without_role(&["Fatture", "2023"], 38, Received),
    Drawer::without_role(&["Fatture", "2024"], 42, Received),
    Drawer::without_role(&["Fatture", "2025"], 33, Received),
    Drawer::without_role(&["Banca"], 20, Received),
    Drawer::without_role(&["Solleciti &IKw-"], 11, Sent),
    Drawer::unsubscribed(&["Newsletter"], 15, Newsletter),
];

static PURCHASING: [Drawer; 9] = [
    Drawer::without_role(&["INBOX"], 74, Received),
    Drawer::with_role(&["Elementi inviati"], "\\Sent", 52, Sent),
    Drawer::with_role(&["Bozze"], "\\Drafts", 1, Drafts),
    Drawer::with_role(&["Posta eliminata"], "\\Trash", 8, Received),
    Drawer::without_role(&["Fornitori", "Legnami Cadore"], 34, Received),
    Drawer::without_role(&["Fornitori", "Motori Brenta"], 27, Received),
    Drawer::without_role(&["Fornitori", "Eberle Batterien"], 19, Received),
    Drawer::without_role(&["Listini"], 13, Received),
    Drawer::without_role(&["Magazzino"], 0, Received),
];

static RECEPTION: [Drawer; 4] = [
    Drawer::without_role(&["INBOX"], 41, Received),
    Drawer::with_role(&["Posta inviata"], "\\Sent", 18, Sent),
    Drawer::with_role(&["Cestino"], "\\Trash", 6, Received),
    Drawer::with_role(&["Spam"], "\\Junk", 10, Junk),
];
