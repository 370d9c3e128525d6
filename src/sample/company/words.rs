//! What people at a shipyard write about.
//!
//! Braces are filled in by the writer: `{nave}`, `{ditta}`, `{n}`, `{euro}`, `{giorno}`, `{anno}`.

/// Something to write about.
#[derive(Debug)]
pub(super) struct Topic {
    pub subject: &'static str,
    pub sentences: &'static [&'static str],
    /// The file such a letter brings along, if it brings one.
    pub file: &'static str,
}

pub(super) const BUSINESS: [Topic; 14] = [
    Topic {
        subject: "Preventivo n. {n}/{anno} - revisione carena {nave}",
        sentences: &[
            "in allegato il preventivo per la revisione completa della carena della {nave}.",
            "L'importo è di {euro} euro più IVA, trasporto e alaggio compresi.",
            "L'offerta resta valida trenta giorni; per partire entro {giorno} ci serve la conferma firmata.",
            "Abbiamo previsto due mani di antivegetativa in più sulla linea di galleggiamento.",
        ],
        file: "Preventivo {n}.pdf",
    },
    Topic {
        subject: "Stato avanzamento lavori {nave}",
        sentences: &[
            "il fasciame di dritta è chiuso fino all'ordinata 14, da lunedì passiamo a sinistra.",
            "Siamo in ritardo di circa quattro giorni per via dell'acqua alta della settimana scorsa.",
            "La prova di galleggiamento della {nave} resta fissata per {giorno}.",
            "Le foto di oggi sono in allegato: si vede bene la nuova chiglia.",
        ],
        file: "cantiere_{n}.jpg",
    },
    Topic {
        subject: "Fattura {n} del {giorno}",
        sentences: &[
            "trasmettiamo in allegato la fattura n. {n} per un totale di {euro} euro.",
            "Il pagamento è previsto a 60 giorni data fattura fine mese, come da accordi.",
            "Vi preghiamo di indicare il numero di commessa nella causale del bonifico.",
        ],
        file: "Fattura_{n}_{anno}.pdf",
    },
    Topic {
        subject: "Ordine {n}: lamellare di larice",
        sentences: &[
            "confermiamo l'ordine di 12 metri cubi di lamellare di larice, qualità A/B.",
            "Serve lo scarico in banchina con il vostro mezzo: il piazzale regge al massimo 18 tonnellate.",
            "Il prezzo concordato con {ditta} è di {euro} euro, franco cantiere.",
            "Chiediamo la consegna entro {giorno}, perché dal giorno dopo la gru è impegnata.",
        ],
        file: "Ordine {n}.xlsx",
    },
    Topic {
        subject: "Riunione di cantiere: verbale del {giorno}",
        sentences: &[
            "di seguito il verbale della riunione, correggetemi se ho dimenticato qualcosa.",
            "1. {nave}: si anticipa il montaggio del motore; 2. officina: turni confermati; 3. sicurezza: nuovi parapetti.",
            "Prossima riunione {giorno} alle 8.30, sempre nell'ufficio al primo piano.",
        ],
        file: "",
    },
    Topic {
        subject: "Collaudo impianto elettrico {nave}",
        sentences: &[
            "il collaudo è andato bene, resta solo da isolare meglio il quadro di poppa.",
            "L'assorbimento misurato è di {n} ampere a pieno carico, dentro i limiti del progetto.",
            "Il certificato arriva appena l'ente lo firma, penso entro {giorno}.",
        ],
        file: "Misure impianto {n}.xlsx",
    },
    Topic {
        subject: "Richiesta disponibilità bacino per {giorno}",
        sentences: &[
            "avremmo bisogno del bacino per circa dieci giorni a partire da {giorno}.",
            "Si tratta della {nave}: 22 metri fuori tutto, pescaggio 1,80.",
            "Se fosse già occupato ci andrebbe bene anche la settimana successiva.",
        ],
        file: "",
    },
    Topic {
        subject: "Ferie d'agosto e turni di guardia",
        sentences: &[
            "vi giro il piano ferie: chi non ha ancora risposto lo faccia entro venerdì.",
            "Il cantiere chiude due settimane, la portineria resta aperta la mattina.",
            "Per le urgenze in laguna risponde a turno il numero di guardia.",
        ],
        file: "Piano ferie {anno}.xlsx",
    },
    Topic {
        subject: "Sollecito pagamento fattura {n}",
        sentences: &[
            "dalle nostre verifiche la fattura n. {n} di {euro} euro risulta ancora aperta.",
            "Se il bonifico è già partito vi chiediamo di mandarci la contabile e di ignorare questo messaggio.",
            "In caso contrario vi preghiamo di provvedere entro {giorno}.",
        ],
        file: "",
    },
    Topic {
        subject: "Disegni esecutivi {nave} rev. {n}",
        sentences: &[
            "ecco la revisione dei disegni con le modifiche chieste dal registro.",
            "Cambia solo la paratia stagna tra sala macchine e gavone: le altre tavole restano valide.",
            "Attenzione: la tavola 7 sostituisce quella mandata {giorno}.",
        ],
        file: "Tavole {nave} rev{n}.pdf",
    },
    Topic {
        subject: "Traghetto elettrico: batterie e ingombri",
        sentences: &[
            "il pacco batterie da {n} kWh entra solo se spostiamo la cassa acque nere verso prua.",
            "{ditta} garantisce 4.000 cicli con la ricarica notturna in banchina.",
            "Il peso totale sale di 640 kg, l'assetto va rifatto.",
            "Possiamo parlarne {giorno} con il progettista?",
        ],
        file: "Schema batterie.pdf",
    },
    Topic {
        subject: "Città e laguna: permessi per il varo della {nave}",
        sentences: &[
            "la Capitaneria chiede il piano di varo almeno quindici giorni prima.",
            "Servono due rimorchiatori e l'ordinanza per chiudere il canale dalle 6 alle 9.",
            "Ho già sentito {ditta}: per loro va bene {giorno}.",
        ],
        file: "Piano di varo.pdf",
    },
    Topic {
        subject: "Campione colore RAL {n}",
        sentences: &[
            "il campione è arrivato ma alla luce del sole sembra più verde di quello approvato.",
            "Prima di ordinare i 180 litri vorrei una seconda prova su lamiera.",
            "Costo del campione a nostro carico, come sempre.",
        ],
        file: "campione_{n}.jpg",
    },
    Topic {
        subject: "Manutenzione gru a portale",
        sentences: &[
            "la verifica periodica della gru è scaduta, l'ispettore può venire {giorno}.",
            "Nel frattempo limite di carico a 15 tonnellate, l'ho scritto anche sul quadro.",
            "Il preventivo per le funi nuove è di {euro} euro.",
        ],
        file: "Verbale gru {n}.pdf",
    },
];

pub(super) const NEWSLETTER: [Topic; 3] = [
    Topic {
        subject: "Nautica & Mestieri, numero {n}",
        sentences: &[
            "in questo numero: la vela al terzo, i nuovi incentivi per i motori elettrici, le fiere di primavera.",
            "L'intervista: quarant'anni da maestro d'ascia, tra squeri e computer.",
            "Per non ricevere più questa lettera basta rispondere con la parola CANCELLA.",
        ],
        file: "",
    },
    Topic {
        subject: "Previsioni di marea per la settimana",
        sentences: &[
            "massima prevista {n} cm alle 23.40, minima -10 cm alle 5.15.",
            "Vento da scirocco in rinforzo da giovedì, attenzione agli ormeggi.",
        ],
        file: "",
    },
    Topic {
        subject: "Bollettino dell'associazione artigiani, {giorno}",
        sentences: &[
            "aperte le iscrizioni al corso di saldatura e a quello di primo soccorso.",
            "Contributi per la sicurezza: domande entro {giorno}.",
        ],
        file: "",
    },
];

pub(super) const JUNK: [Topic; 3] = [
    Topic {
        subject: "HAI VINTO {euro} EURO!!! Rispondi subito",
        sentences: &[
            "gentile utente, il suo indirizzo è stato estratto.",
            "Invii i suoi dati per ritirare il premio.",
        ],
        file: "",
    },
    Topic {
        subject: "La sua casella è piena, verifichi la password",
        sentences: &[
            "la sua casella sarà chiusa entro 24 ore.",
            "Prema qui per evitare la perdita dei messaggi.",
        ],
        file: "",
    },
    Topic {
        subject: "Toner originali -70% solo oggi",
        sentences: &[
            "svuotiamo il magazzino di cartucce e toner.",
            "Consegna gratuita in tutta Italia sopra i 50 euro.",
        ],
        file: "",
    },
];

pub(super) const GREETINGS: [&str; 6] = [
    "Buongiorno,",
    "Gentilissimi,",
    "Ciao,",
    "Buonasera,",
    "Salve,",
    "Ciao a tutti,",
];

pub(super) const REPLIES: [&str; 8] = [
    "ricevuto, grazie. Ti confermo entro domani.",
    "per noi va bene così, procedete pure.",
    "manca ancora la firma sulla seconda pagina, puoi rimandarla?",
    "ne ho parlato in direzione: d'accordo sulla data, non sul prezzo.",
    "mi sembra tutto a posto. Resta da capire chi avvisa la Capitaneria.",
    "domani sono fuori sede, ne parliamo giovedì? Però il materiale ordinatelo.",
    "grazie mille, gentilissimo. È quello che aspettavamo.",
    "attenzione: il numero di commessa non è quello giusto, correggo io.",
];

pub(super) const CLOSINGS: [&str; 5] = [
    "Cordiali saluti",
    "Distinti saluti",
    "Un caro saluto",
    "Grazie e buon lavoro",
    "A presto",
];
