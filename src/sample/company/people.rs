//! Who works at the shipyard, who writes to it, and what they are called.

/// Somebody with an account.
#[derive(Debug)]
pub(super) struct Colleague {
    pub name: &'static str,
    pub role: &'static str,
    pub user: &'static str,
    pub password: &'static str,
}

/// Somebody outside.
#[derive(Debug)]
pub(super) struct Contact {
    pub name: &'static str,
    pub firm: &'static str,
    pub address: &'static str,
}

pub(super) const DOMAIN: &str = "lagunari.example.it";

pub(super) const COLLEAGUES: [Colleague; 5] = [
    Colleague {
        name: "Giulia Zanella",
        role: "Direzione",
        user: "giulia.zanella",
        password: "Bricola-27-darsena",
    },
    Colleague {
        name: "Marco Dal Corso",
        role: "Ufficio tecnico",
        user: "marco.dalcorso",
        password: "fasciame&Ordinate9",
    },
    Colleague {
        name: "Elena Bortoluzzi",
        role: "Amministrazione",
        user: "elena.bortoluzzi",
        password: "Partita doppia 1494",
    },
    Colleague {
        name: "Davide Scarpa",
        role: "Ufficio acquisti",
        user: "davide.scarpa",
        password: "larice\"e\\rovere",
    },
    Colleague {
        name: "Segreteria",
        role: "Segreteria",
        user: "info",
        password: "caranto2019",
    },
];

pub(super) const CLIENTS: [Contact; 6] = [
    Contact {
        name: "Ottavio Rossi",
        firm: "Rossi Yachting",
        address: "ottavio@rossi-yachting.example.com",
    },
    Contact {
        name: "Beatrice Salvagno",
        firm: "Marina Sant'Elena",
        address: "b.salvagno@marina.example.it",
    },
    Contact {
        name: "Renzo Boscolo",
        firm: "Cooperativa Pescatori Sottomarina",
        address: "boscolo@coop.example.it",
    },
    Contact {
        name: "Ing. Paola Ferrarese",
        firm: "Trasporti Lacuali",
        address: "ferrarese@tl.example.it",
    },
    Contact {
        name: "Nicolò Giustinian",
        firm: "Autorità Portuale",
        address: "n.giustinian@porto.example.it",
    },
    Contact {
        name: "Annika Holm",
        firm: "Holm Charter",
        address: "annika@holm-charter.example.com",
    },
];

pub(super) const SUPPLIERS: [Contact; 6] = [
    Contact {
        name: "Tullio De Bona",
        firm: "Legnami Cadore",
        address: "ordini@legnami.example.it",
    },
    Contact {
        name: "Sara Penzo",
        firm: "Vernici Adria",
        address: "sara.penzo@vernici.example.it",
    },
    Contact {
        name: "Ufficio vendite",
        firm: "Motori Brenta",
        address: "vendite@motori.example.it",
    },
    Contact {
        name: "Loris Vianello",
        firm: "Officina Vianello",
        address: "loris@officina.example.it",
    },
    Contact {
        name: "Claudia Marangon",
        firm: "Studio Marangon",
        address: "marangon@studio.example.it",
    },
    Contact {
        name: "Kurt Eberle",
        firm: "Eberle Batterien",
        address: "eberle@batterien.example.com",
    },
];

pub(super) const SHIPS: [&str; 8] = [
    "Serenissima",
    "Barene",
    "Bocca di Lido",
    "Alga",
    "Nuova Chioggia",
    "San Servolo",
    "Cavalier d'Italia",
    "Moeca",
];

impl Colleague {
    pub(super) fn address(&self) -> String {
        format!("{}@{DOMAIN}", self.user)
    }

    /// As it stands in a header.
    pub(super) fn mailbox(&self) -> String {
        format!("{} <{}>", self.name, self.address())
    }
}

impl Contact {
    pub(super) fn mailbox(&self) -> String {
        format!("{} <{}>", self.name, self.address)
    }
}
