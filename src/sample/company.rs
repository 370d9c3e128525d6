//! Cantieri Navali Lagunari S.r.l.: a shipyard that does not exist, with the mail it would have.
//!
//! Five accounts of different sizes, twelve years, folders with Italian names, threads, attachments, certified mail, and
//! the odd messages that break programs. It promises to be the same company at each call, octet for octet, whatever the
//! separator and prefix of the store. It deliberately contains nothing real: every address is at an example domain.

mod dice;
mod mime;
mod odd;
mod people;
mod plan;
mod words;

use super::store::{Mail, Store};
use dice::{Dice, Moment};
use mime::{Attachment, Letter, Style};
use people::{CLIENTS, COLLEAGUES, Colleague, SHIPS, SUPPLIERS};
use plan::{Content, Drawer};
use words::{BUSINESS, CLOSINGS, GREETINGS, JUNK, NEWSLETTER, REPLIES, Topic};

const FLEXIBLE_OCTETS: (u32, u32) = (18_000, 160_000);
const HOUSE: &str = "Cantieri Navali Lagunari S.r.l.\r\nFondamenta dei Calafati 12, Venezia";
/// The one attachment that takes its time.
const LARGEST_OCTETS: usize = 3_000_000;

/// Somebody whose mailbox is in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What to log in with.
    pub login: String,
    /// The password.
    pub password: String,
    /// The mail address.
    pub address: String,
    /// The name as it stands in a From header.
    pub name: String,
}

/// Fills an empty store with the company's mail and says who works there.
pub fn furnish(store: &Store) -> Vec<Person> {
    COLLEAGUES
        .iter()
        .map(|colleague| Writer::new(store, colleague).furnish())
        .collect()
}

/// Writes one mailbox.
struct Writer<'a> {
    store: &'a Store,
    colleague: &'static Colleague,
    dice: Dice,
    serial: u32,
    last: Option<Letter>,
}

impl<'a> Writer<'a> {
    fn new(store: &'a Store, colleague: &'static Colleague) -> Self {
        Self {
            store,
            colleague,
            dice: Dice::new(colleague.user),
            serial: 0,
            last: None,
        }
    }

    fn furnish(mut self) -> Person {
        let login = self.colleague.address();
        self.store.add_account(&login, self.colleague.password);
        for drawer in plan::drawers(self.colleague.user) {
            let name = drawer.name(self.store);
            if name != "INBOX" {
                self.store
                    .add_folder(&login, &name, drawer.role, drawer.subscribed);
            }
            self.fill(&login, &name, drawer);
        }
        Person {
            password: self.colleague.password.to_owned(),
            address: login.clone(),
            name: self.colleague.name.to_owned(),
            login,
        }
    }

    fn fill(&mut self, login: &str, folder: &str, drawer: &Drawer) {
        if drawer.content == Content::Odd {
            for mail in odd::messages() {
                let _ = self.store.add_message(login, folder, mail);
            }
        }
        let mut last_uid = 0;
        for index in 0..drawer.letters {
            let date = Moment::spread(&mut self.dice, index, drawer.letters);
            let letter = self.letter(drawer.content, date);
            let octets = match drawer.content {
                Content::Certified => letter.certified(&mut self.dice),
                _ => letter.octets(),
            };
            let arrived = date.later(self.dice.between(2, 90)).internal();
            let flags = self.flags(drawer, index);
            let mut mail = Mail::new(octets).with_date(&arrived).with_flags(&flags);
            if last_uid > 0 && self.dice.percent(7) {
                // Somebody deleted a few messages here, long ago.
                mail.uid = last_uid + self.dice.between(2, 9);
            }
            last_uid = self.store.add_message(login, folder, mail);
            self.last = Some(letter);
        }
    }

    fn letter(&mut self, content: Content, date: Moment) -> Letter {
        let reply = self.dice.percent(35) && matches!(content, Content::Received | Content::Sent);
        let before = self.last.take().filter(|_| reply);
        let me = self.colleague.mailbox();
        let other = match &before {
            Some(before) if before.from == me => before.to.clone(),
            Some(before) => before.from.clone(),
            None => self.correspondent(content),
        };
        let sending = matches!(content, Content::Sent | Content::Drafts);
        let topic = self.topic(content);
        let (from, to) = if sending { (me, other) } else { (other, me) };
        self.serial += 1;
        let host = mime::address(&from).rsplit('@').next().unwrap_or_default();
        let mut letter = Letter {
            id: format!(
                "<{:x}.{}.{}@{host}>",
                self.dice.roll(),
                self.serial,
                date.year()
            ),
            cc: self
                .dice
                .percent(12)
                .then(|| self.dice.pick(&COLLEAGUES).mailbox()),
            subject: self.filled(topic.subject, date),
            references: Vec::new(),
            text: String::new(),
            style: *self.dice.pick(&[
                Style::Plain,
                Style::Plain,
                Style::Quoted,
                Style::Html,
                Style::Html,
            ]),
            attachments: Vec::new(),
            date,
            from,
            to,
        };
        letter.text = match &before {
            Some(before) => self.reply(before, &mut letter, sending),
            None => self.text(topic, &letter.from, date),
        };
        letter.attachments = self.attachments(topic, content, date);
        letter
    }

    /// Who is at the other end.
    fn correspondent(&mut self, content: Content) -> String {
        match content {
            Content::Newsletter => "Nautica & Mestieri <lettera@nautica.example.com>".to_owned(),
            Content::Junk => format!(
                "Premi e Offerte <noreply{}@offerte.example.com>",
                self.dice.between(1, 99)
            ),
            Content::Certified => "Protocollo Comune <protocollo@pec.example.it>".to_owned(),
            _ => match self.dice.between(1, 4) {
                1 => self.dice.pick(&COLLEAGUES).mailbox(),
                2 => self.dice.pick(&SUPPLIERS).mailbox(),
                _ => self.dice.pick(&CLIENTS).mailbox(),
            },
        }
    }

    fn topic(&mut self, content: Content) -> &'static Topic {
        match content {
            Content::Newsletter => self.dice.pick(&NEWSLETTER),
            Content::Junk => self.dice.pick(&JUNK),
            Content::Photos => &BUSINESS[1],
            _ => self.dice.pick(&BUSINESS),
        }
    }

    fn text(&mut self, topic: &Topic, from: &str, date: Moment) -> String {
        let mut text = format!("{}\r\n\r\n", self.dice.pick(&GREETINGS));
        let wanted = self.dice.between(2, 4) as usize;
        for sentence in topic.sentences.iter().take(wanted) {
            text.push_str(&self.filled(sentence, date));
            text.push_str("\r\n\r\n");
        }
        text + &self.signature(from)
    }

    /// Makes the letter an answer to an earlier one and returns its text.
    fn reply(&mut self, before: &Letter, letter: &mut Letter, sending: bool) -> String {
        let bare = before
            .subject
            .trim_start_matches("R: ")
            .trim_start_matches("Re: ");
        letter.subject = format!("{}{bare}", if sending { "R: " } else { "Re: " });
        letter.references.clone_from(&before.references);
        letter.references.push(before.id.clone());
        let quoted: Vec<&str> = before.text.lines().take(14).collect();
        let quoted = quoted.join("\r\n> ");
        let first = self.dice.pick(&REPLIES);
        let signature = self.signature(&letter.from);
        format!(
            "{first}\r\n\r\n{signature}\r\nIl {} {} ha scritto:\r\n> {quoted}\r\n",
            before.date.day(),
            before.from
        )
    }

    fn signature(&mut self, from: &str) -> String {
        let closing = self.dice.pick(&CLOSINGS);
        if let Some(colleague) = COLLEAGUES
            .iter()
            .find(|colleague| colleague.mailbox() == from)
        {
            return format!(
                "{closing}\r\n\r\n-- \r\n{}\r\n{}\r\n{HOUSE}\r\n",
                colleague.name, colleague.role
            );
        }
        let contact = CLIENTS
            .iter()
            .chain(&SUPPLIERS)
            .find(|contact| contact.mailbox() == from);
        match contact {
            Some(contact) => format!("{closing}\r\n\r\n{}\r\n{}\r\n", contact.name, contact.firm),
            None => format!("{closing}\r\n"),
        }
    }

    fn attachments(&mut self, topic: &Topic, content: Content, date: Moment) -> Vec<Attachment> {
        let largest = content == Content::Photos && self.serial == plan::LARGEST_SERIAL;
        let chance = match content {
            _ if largest => 100,
            Content::Photos => 70,
            Content::Received | Content::Sent => 12,
            Content::Certified => 40,
            _ => 0,
        };
        if topic.file.is_empty() || !self.dice.percent(chance) {
            return Vec::new();
        }
        let name = self.filled(topic.file, date);
        let (low, high) = FLEXIBLE_OCTETS;
        let octets = match content {
            _ if largest => LARGEST_OCTETS,
            _ => self.dice.between(low, high) as usize,
        };
        let attachment = match name.rsplit('.').next() {
            Some("jpg") => Attachment::photo(&mut self.dice, &name, octets),
            Some("xlsx") => Attachment::sheet(&mut self.dice, &name, octets / 2),
            _ => Attachment::pdf(&mut self.dice, &name, octets),
        };
        vec![attachment]
    }

    fn flags(&mut self, drawer: &Drawer, index: usize) -> Vec<&'static str> {
        let mut flags = Vec::new();
        let recent = index + 8 >= drawer.letters;
        let read = match drawer.content {
            Content::Sent | Content::Drafts => 100,
            Content::Junk => 30,
            _ if recent => 35,
            _ => 93,
        };
        let chances = [
            ("\\Seen", read),
            (
                "\\Answered",
                if drawer.content == Content::Received {
                    22
                } else {
                    2
                },
            ),
            ("\\Flagged", 5),
            (
                "\\Draft",
                if drawer.content == Content::Drafts {
                    100
                } else {
                    0
                },
            ),
            (
                "\\Deleted",
                if drawer.role == Some("\\Trash") {
                    25
                } else {
                    0
                },
            ),
            ("$Forwarded", 4),
            ("$MDNSent", 2),
            (
                "NonJunk",
                if drawer.content == Content::Received {
                    9
                } else {
                    0
                },
            ),
            (
                "Progetto",
                if drawer.path[0] == "Progetti" { 30 } else { 1 },
            ),
        ];
        for (flag, chance) in chances {
            if self.dice.percent(chance.max(1)) && chance > 0 {
                flags.push(flag);
            }
        }
        flags
    }

    fn filled(&mut self, text: &str, date: Moment) -> String {
        let cents = self.dice.between(0, 99);
        let euro = format!(
            "{}.{:03},{cents:02}",
            self.dice.between(1, 89),
            self.dice.between(0, 999)
        );
        text.replace("{nave}", self.dice.pick::<&str>(&SHIPS))
            .replace("{ditta}", self.dice.pick(&SUPPLIERS).firm)
            .replace("{n}", &self.dice.between(11, 980).to_string())
            .replace("{euro}", &euro)
            .replace(
                "{giorno}",
                &date.later(self.dice.between(1, 20) * 86_400).day(),
            )
            .replace("{anno}", &date.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furnished(separator: char, prefix: &str) -> (Store, Vec<Person>) {
        let store = Store::new(separator, prefix);
        let people = furnish(&store);
        (store, people)
    }

    #[test]
    fn the_company_has_the_size_of_a_small_one() {
        let (store, people) = furnished('/', "");
        let folders: Vec<_> = people
            .iter()
            .flat_map(|person| store.folders(&person.login))
            .collect();
        let messages: Vec<&Mail> = folders.iter().flat_map(|folder| &folder.messages).collect();
        let octets: usize = messages.iter().map(|mail| mail.body.len()).sum();
        assert_eq!(people.len(), 5);
        assert!(
            (1_500..2_500).contains(&messages.len()),
            "{}",
            messages.len()
        );
        assert!((25_000_000..40_000_000).contains(&octets), "{octets}");
        assert_eq!(
            messages
                .iter()
                .filter(|mail| mail.body.len() > 3_000_000)
                .count(),
            1
        );
        assert!(
            folders
                .iter()
                .any(|folder| folder.messages.is_empty() && folder.name != "INBOX")
        );
        assert!(folders.iter().any(|folder| !folder.subscribed));
        for flag in [
            "\\Seen",
            "\\Answered",
            "\\Flagged",
            "\\Draft",
            "\\Deleted",
            "$Forwarded",
            "$MDNSent",
            "NonJunk",
            "Progetto",
        ] {
            assert!(messages.iter().any(|mail| mail.has_flag(flag)), "{flag}");
        }
    }

    #[test]
    fn it_is_the_same_company_behind_any_separator() {
        let (one, people) = furnished('/', "");
        let (two, _) = furnished('.', "INBOX.");
        for person in people {
            let bodies = |store: &Store| {
                let folders = store.folders(&person.login).into_iter();
                let mut bodies: Vec<_> = folders
                    .flat_map(|folder| folder.messages)
                    .map(|mail| mail.body)
                    .collect();
                bodies.sort();
                bodies
            };
            assert!(bodies(&one) == bodies(&two), "{}", person.login);
        }
    }

    #[test]
    fn every_address_is_at_an_example_domain() {
        let (store, people) = furnished('/', "");
        let folders = people
            .iter()
            .flat_map(|person| store.folders(&person.login));
        for mail in folders.flat_map(|folder| folder.messages) {
            let text = String::from_utf8_lossy(&mail.body).replace("=\r\n", "");
            for (at, _) in text.match_indices('@') {
                let host: String = text[at + 1..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c))
                    .collect();
                let host = host.trim_end_matches('.');
                assert!(
                    host.ends_with("example.it")
                        || host.ends_with("example.com")
                        || !host.contains('.'),
                    "{host}"
                );
            }
        }
    }
}
