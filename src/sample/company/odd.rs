//! The messages that break programs: each is one that some real mailbox holds.
//!
//! Twins to the octet, no Message-ID, no header at all, raw 8-bit headers, bare LF, endless lines, no final CRLF, one
//! octet. Two letters alike in every header whose texts differ stand for all who take headers for identity.

use super::super::store::Mail;

const LONG_LINE_OCTETS: usize = 10_500;

/// All of them, in the order of their dates.
pub(super) fn messages() -> Vec<Mail> {
    let twin = "From: Loris Vianello <loris@officina.example.it>\r\nTo: info@lagunari.example.it\r\nSubject: Chiavi \
        dell'officina\r\nDate: Tue, 10 Jun 2014 18:02:11 +0200\r\nMessage-ID: <chiavi.1@officina.example.it>\r\n\r\nLe \
        chiavi sono dal custode.\r\nLoris\r\n";
    let twin = Mail::new(twin.as_bytes().to_vec())
        .with_date("10-Jun-2014 18:02:14 +0200")
        .with_flags(&["\\Seen"]);
    let alike = |text: &str| {
        let header = "From: Tullio De Bona <ordini@legnami.example.it>\r\nTo: info@lagunari.example.it\r\nSubject: Listino\
            \r\nDate: Mon, 02 Mar 2015 09:00:00 +0100\r\nMessage-ID: <listino@legnami.example.it>\r\n\r\n";
        Mail::new(format!("{header}{text}\r\n").into_bytes())
            .with_date(" 2-Mar-2015 09:00:05 +0100")
    };
    let nameless = "From: fax@lagunari.example.it\r\nTo: info@lagunari.example.it\r\nSubject: Fax ricevuto, 2 \
        pagine\r\nDate: Thu, 4 Sep 2014 07:12:00 +0200\r\n\r\nFax senza Message-ID, come tutti quelli del vecchio \
        apparecchio.\r\n";
    let latin = b"From: Nicol\xf2 Giustinian <n.giustinian@porto.example.it>\r\nTo: info@lagunari.example.it\r\nSubject: \
        Perch\xe9 la citt\xe0 d'acqua \xe8 cos\xec\r\nDate: Fri, 17 Oct 2014 16:40:00 +0200\r\nMessage-ID: \
        <vecchio.17@porto.example.it>\r\n\r\nTesto in Latin-1 senza dirlo: perch\xe9, citt\xe0, pi\xf9.\r\n";
    let long = format!(
        "From: registro@cantiere.example.it\r\nTo: info@lagunari.example.it\r\nSubject: Esportazione del registro di \
         officina\r\nMessage-ID: <registro.1@cantiere.example.it>\r\nDate: Mon, 19 Jan 2015 11:00:00 +0100\r\n\r\n{}\r\n",
        "data;commessa;ore;".repeat(LONG_LINE_OCTETS / 18 + 1)
    );
    let bare = "From: cron@mare.example.it\nTo: info@lagunari.example.it\nSubject: Livelli di marea\nMessage-ID: \
        <marea.77@mare.example.it>\n\nore 06 +38\nore 12 +71\nore 18 +45\n";
    let mixed = "From: cron@mare.example.it\r\nTo: info@lagunari.example.it\r\nSubject: Fine riga miste\r\n\r\nuna\r\ndue\n\
        tre\rquattro\r\n";
    let unfinished = "From: Sara Penzo <sara.penzo@vernici.example.it>\r\nTo: info@lagunari.example.it\r\nSubject: Scheda \
        di sicurezza\r\nMessage-ID: <scheda@vernici.example.it>\r\n\r\nL'ultima riga non finisce";
    let header_only = "From: avvisi@porto.example.it\r\nTo: info@lagunari.example.it\r\nSubject: Canale chiuso domattina\
        \r\nMessage-ID: <avviso.9@porto.example.it>\r\n\r\n";
    let dots = "From: Marco Dal Corso <marco.dalcorso@lagunari.example.it>\r\nTo: info@lagunari.example.it\r\nSubject: \
        Punti\r\nMessage-ID: <punti@lagunari.example.it>\r\n\r\n.\r\n..\r\n.fine {12}\r\n* 1 FETCH (UID 1)\r\na1 OK finto\r\n";
    vec![
        twin.clone(),
        twin.clone(),
        twin,
        plain(nameless.as_bytes(), " 4-Sep-2014 07:12:02 +0200")
            .with_flags(&["\\Seen", "$MDNSent"]),
        plain(latin, "17-Oct-2014 16:40:09 +0200").with_flags(&["\\Seen", "\\Answered"]),
        plain(long.as_bytes(), "19-Jan-2015 11:00:30 +0100"),
        alike("Il listino resta quello dell'anno scorso."),
        alike("Il listino è cambiato: larice +4%, rovere +6%."),
        plain(bare.as_bytes(), "21-Apr-2015 05:00:00 +0200"),
        plain(mixed.as_bytes(), "22-Apr-2015 05:00:00 +0200"),
        plain(unfinished.as_bytes(), "30-Jun-2015 14:21:00 +0200").with_flags(&["\\Flagged"]),
        plain(header_only.as_bytes(), " 1-Jul-2015 06:30:00 +0200"),
        plain(
            b"Appunto senza intestazioni, scritto da un programma che non c'e' piu'.\r\n",
            " 9-Nov-2015 12:00:00 +0100",
        ),
        plain(
            b"\r\nSolo testo dopo una riga vuota.\r\n",
            "10-Nov-2015 12:00:00 +0100",
        ),
        plain(b"X", "11-Nov-2015 12:00:00 +0100"),
        plain(dots.as_bytes(), "29-Feb-2016 23:59:59 +0100").with_flags(&["\\Seen", "Progetto"]),
    ]
}

fn plain(octets: &[u8], date: &str) -> Mail {
    Mail::new(octets.to_vec()).with_date(date)
}
