//! From a letter to the octets of a message: headers, plain text, HTML beside it, attachments, the signed envelope of
//! certified mail.

use super::dice::{Dice, Moment};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

const BASE64_LINE: usize = 76;
const QUOTED_LINE: usize = 72;

/// A letter before it becomes octets.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub from: String,
    pub to: String,
    pub cc: Option<String>,
    pub subject: String,
    pub date: Moment,
    pub id: String,
    pub references: Vec<String>,
    pub text: String,
    pub style: Style,
    pub attachments: Vec<Attachment>,
}

/// How the text travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    Html,
}

#[derive(Clone, Debug)]
pub(super) struct Attachment {
    pub name: String,
    pub kind: &'static str,
    pub octets: Vec<u8>,
}

impl Letter {
    pub(super) fn octets(&self) -> Vec<u8> {
        let mut message = self.header();
        match &self.attachments[..] {
            [] => message.push_str(&self.body()),
            attachments => {
                let edge = self.edge("misto");
                let _ = write!(
                    message,
                    "Content-Type: multipart/mixed; boundary=\"{edge}\"\r\n\r\n"
                );
                message.push_str("This is a multi-part message in MIME format.\r\n");
                let _ = write!(message, "--{edge}\r\n{}", self.body());
                for attachment in attachments {
                    let _ = write!(message, "\r\n--{edge}\r\n{}", attachment.part());
                }
                let _ = write!(message, "\r\n--{edge}--\r\n");
            }
        }
        message.into_bytes()
    }

    /// The letter inside the signed envelope of an Italian certified mail provider.
    pub(super) fn certified(&self, dice: &mut Dice) -> Vec<u8> {
        let (edge, inner) = (self.edge("firma"), self.edge("busta"));
        let envelope = Self {
            from: format!(
                "\"Per conto di: {}\" <posta-certificata@pec.example.it>",
                address(&self.from)
            ),
            subject: format!("POSTA CERTIFICATA: {}", self.subject),
            ..self.clone()
        };
        let mut message = envelope.header();
        let _ = write!(
            message,
            "X-Trasporto: posta-certificata\r\nX-Riferimento-Message-ID: {}\r\n",
            self.id
        );
        let _ = write!(
            message,
            "Content-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\";\r\n micalg=\"sha-256\"; \
             boundary=\"{edge}\"\r\n\r\nThis is an S/MIME signed message\r\n\r\n"
        );
        let notice = format!(
            "Messaggio di posta certificata\r\n\r\nIl giorno {} il messaggio \"{}\" è stato inviato da \"{}\"\r\n\
             indirizzato a:\r\n{} (\"posta certificata\")\r\n\r\nIdentificativo messaggio: {}\r\n",
            self.date.header(),
            self.subject,
            address(&self.from),
            address(&self.to),
            self.id
        );
        let data = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<postacert tipo=\"posta-certificata\" errore=\"nessuno\">\n  \
             <intestazione>\n    <mittente>{}</mittente>\n    <destinatari tipo=\"certificato\">{}</destinatari>\n    \
             <oggetto>{}</oggetto>\n  </intestazione>\n</postacert>\n",
            address(&self.from),
            address(&self.to),
            self.subject
        );
        let postacert = Attachment {
            name: "daticert.xml".to_owned(),
            kind: "application/xml",
            octets: data.into_bytes(),
        };
        let _ = write!(
            message,
            "--{edge}\r\nContent-Type: multipart/mixed; boundary=\"{inner}\"\r\n\r\n"
        );
        let _ = write!(message, "--{inner}\r\n{}", plain(&notice));
        let _ = write!(message, "\r\n--{inner}\r\n{}", postacert.part());
        let _ = write!(
            message,
            "\r\n--{inner}\r\nContent-Type: message/rfc822; name=\"postacert.eml\"\r\nContent-Disposition: inline; \
             filename=\"postacert.eml\"\r\n\r\n"
        );
        message.push_str(&String::from_utf8_lossy(&self.octets()));
        let signature = Attachment {
            name: "smime.p7s".to_owned(),
            kind: "application/x-pkcs7-signature",
            octets: dice.octets(4_700),
        };
        let _ = write!(
            message,
            "\r\n--{inner}--\r\n\r\n--{edge}\r\n{}\r\n--{edge}--\r\n",
            signature.part()
        );
        message.into_bytes()
    }

    fn header(&self) -> String {
        let mut header = String::new();
        let _ = write!(header, "Return-Path: <{}>\r\n", address(&self.from));
        let host = address(&self.from).rsplit('@').next().unwrap_or_default();
        let _ = write!(
            header,
            "Received: from smtp.{host} (smtp.{host} [192.0.2.{}])\r\n\tby mail.lagunari.example.it (Postfix) with ESMTPS \
             id {:08X}\r\n\tfor <{}>; {}\r\n",
            self.date.seconds() % 250 + 1,
            self.date.seconds(),
            address(&self.to),
            self.date.later(3).header()
        );
        let _ = write!(
            header,
            "Message-ID: {}\r\nDate: {}\r\n",
            self.id,
            self.date.header()
        );
        let _ = write!(
            header,
            "From: {}\r\nTo: {}\r\n",
            mailbox(&self.from),
            mailbox(&self.to)
        );
        if let Some(cc) = &self.cc {
            let _ = write!(header, "Cc: {}\r\n", mailbox(cc));
        }
        let _ = write!(header, "Subject: {}\r\n", word(&self.subject));
        if let Some(last) = self.references.last() {
            let _ = write!(
                header,
                "In-Reply-To: {last}\r\nReferences: {}\r\n",
                self.references.join("\r\n ")
            );
        }
        header.push_str("MIME-Version: 1.0\r\n");
        header
    }

    fn body(&self) -> String {
        match self.style {
            Style::Plain => plain(&self.text),
            Style::Quoted => quoted("text/plain", &self.text),
            Style::Html => {
                let edge = self.edge("alt");
                format!(
                    "Content-Type: multipart/alternative; boundary=\"{edge}\"\r\n\r\n--{edge}\r\n{}\r\n--{edge}\r\n{}\r\n\
                     --{edge}--\r\n",
                    plain(&self.text),
                    quoted("text/html", &html(&self.text))
                )
            }
        }
    }

    fn edge(&self, kind: &str) -> String {
        format!(
            "----=_{kind}_{:x}",
            self.date.seconds().unsigned_abs().wrapping_mul(0x9e37_79b9)
        )
    }
}

impl Attachment {
    pub(super) fn pdf(dice: &mut Dice, name: &str, octets: usize) -> Self {
        Self::wrapped(
            name,
            "application/pdf",
            b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
            &dice.octets(octets),
            b"\n%%EOF\n",
        )
    }

    pub(super) fn photo(dice: &mut Dice, name: &str, octets: usize) -> Self {
        let start = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00H\x00H\x00\x00";
        Self::wrapped(name, "image/jpeg", start, &dice.octets(octets), b"\xff\xd9")
    }

    pub(super) fn sheet(dice: &mut Dice, name: &str, octets: usize) -> Self {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let start = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml";
        Self::wrapped(
            name,
            kind,
            start,
            &dice.octets(octets),
            b"PK\x05\x06\x00\x00\x00\x00",
        )
    }

    fn wrapped(name: &str, kind: &'static str, start: &[u8], middle: &[u8], end: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            octets: [start, middle, end].concat(),
        }
    }

    fn part(&self) -> String {
        let name = word(&self.name);
        let mut part = format!(
            "Content-Type: {};\r\n name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: \
             attachment;\r\n filename=\"{name}\"\r\n\r\n",
            self.kind
        );
        part.push_str(&lines_of(&STANDARD.encode(&self.octets)));
        part
    }
}

/// The bare address of `Name <address>`.
pub(super) fn address(person: &str) -> &str {
    let open = person.rfind('<').map_or(0, |open| open + 1);
    person[open..].trim_end_matches('>')
}

/// `Name <address>` with the name fit for a header.
fn mailbox(person: &str) -> String {
    match person.split_once(" <") {
        Some((name, address)) => format!("{} <{address}", word(name)),
        None => person.to_owned(),
    }
}

/// Text in a header: as it is when it is ASCII, else in encoded words (RFC 2047) of at most 75 characters each.
fn word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    let mut part = String::new();
    for letter in text.chars() {
        if part.len() + letter.len_utf8() > 42 {
            words.push(format!("=?UTF-8?B?{}?=", STANDARD.encode(&part)));
            part.clear();
        }
        part.push(letter);
    }
    words.push(format!("=?UTF-8?B?{}?=", STANDARD.encode(&part)));
    words.join("\r\n ")
}

fn plain(text: &str) -> String {
    format!(
        "Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
    )
}

fn quoted(kind: &str, text: &str) -> String {
    let mut part = format!(
        "Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    );
    for line in text.split("\r\n") {
        let mut length = 0;
        for octet in line.bytes() {
            if length > QUOTED_LINE {
                part.push_str("=\r\n");
                length = 0;
            }
            match octet {
                b' '..=b'<' | b'>'..=b'~' => {
                    part.push(char::from(octet));
                    length += 1;
                }
                _ => {
                    let _ = write!(part, "={octet:02X}");
                    length += 3;
                }
            }
        }
        part.push_str("\r\n");
    }
    let _ = part.split_off(part.len() - 2);
    part
}

fn html(text: &str) -> String {
    let safe = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let paragraphs: Vec<String> = safe
        .trim_end()
        .split("\r\n\r\n")
        .map(|part| format!("<p>{}</p>", part.replace("\r\n", "<br>\r\n")))
        .collect();
    format!(
        "<html><head><meta charset=\"utf-8\"><style>p {{ font: 11pt Calibri, sans-serif; color: #1f2a38 }}</style></head>\r\n\
         <body>\r\n{}\r\n</body></html>\r\n",
        paragraphs.join("\r\n")
    )
}

fn lines_of(encoded: &str) -> String {
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / BASE64_LINE * 2 + 2);
    let mut rest = encoded;
    while rest.len() > BASE64_LINE {
        let (line, more) = rest.split_at(BASE64_LINE);
        lines.push_str(line);
        lines.push_str("\r\n");
        rest = more;
    }
    lines.push_str(rest);
    lines.push_str("\r\n");
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_break_between_letters() {
        let told = word("Verifica della qualità delle saldature: perché è così urgente");
        assert!(
            told.split("\r\n ")
                .all(|word| word.starts_with("=?UTF-8?B?") && word.len() <= 75)
        );
        assert_eq!(word("Varo"), "Varo");
    }

    #[test]
    fn quoted_printable_keeps_its_lines_short() {
        let told = quoted(
            "text/plain",
            &format!("{}è = à\r\nfine", "parola ".repeat(40)),
        );
        assert!(told.lines().all(|line| line.len() <= 76));
        assert!(
            told.replace("=\r\n", "")
                .ends_with("=C3=A8 =3D =C3=A0\r\nfine")
        );
    }
}
