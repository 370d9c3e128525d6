//! One message's header: which addresses it shows, and how.
//!
//! Promises: pure and total over any octets. What only the mailbox's own server can have written counts as such, and what
//! a sender can write does not: a `Received` line belongs to the server while the message has not left its house (from
//! the top down to the first line that says it came from outside), and so do the fields between. Deliberately absent:
//! counting (`tally`), and what is made of it.

use std::collections::{BTreeSet, HashSet};
use std::net::IpAddr;
use std::sync::LazyLock;

use mail_parser::{Address as Parsed, Header, HeaderName, HeaderValue, MessageParser, Protocol};

use super::address::Address;
use super::{Class, Settings};

/// What is asked of the server. All of it is read in both folders, so that one question serves.
pub(super) const FIELDS: &str = "FROM SENDER TO CC REPLY-TO RESENT-TO DELIVERED-TO X-ORIGINAL-TO X-ENVELOPE-TO \
    ENVELOPE-TO X-DELIVERED-TO X-RCPT-TO APPARENTLY-TO RECEIVED LIST-ID LIST-POST PRECEDENCE MESSAGE-ID";

/// The fields in which servers write for whom a message came.
const ENVELOPE: [&str; 6] = [
    "delivered-to",
    "x-original-to",
    "x-envelope-to",
    "envelope-to",
    "x-delivered-to",
    "x-rcpt-to",
];

/// Where a message was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Among what was received.
    Inbox,
    /// Among what was sent.
    Sent,
}

/// What one header shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Its Message-ID.
    pub(super) id: Option<String>,
    /// Addresses within the domains that matter, in the order in which they stand, each once for each class.
    pub(super) found: Vec<(Class, Address)>,
    /// Keys of addresses that are those of mailing lists.
    pub(super) lists: BTreeSet<String>,
}

static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    let fields = [
        "From",
        "Sender",
        "To",
        "Cc",
        "Reply-To",
        "Resent-To",
        "Apparently-To",
    ];
    let parser = MessageParser::new()
        .header_id(HeaderName::MessageId)
        .header_received(HeaderName::Received)
        .header_raw(HeaderName::ListId)
        .header_raw(HeaderName::ListPost)
        .header_raw("Precedence");
    let names = fields.into_iter().chain(ENVELOPE);
    names.fold(parser, MessageParser::header_address)
});

/// Reads a header.
pub(super) fn read(header: &[u8], shelf: Shelf, settings: &Settings) -> Shown {
    let mut shown = Shown::default();
    let Some(message) = PARSER.parse_headers(header) else {
        return shown;
    };
    let headers = message.headers();
    let wanted = |address: &Address| settings.domains.contains(address.domain());
    shown.id = headers.iter().find_map(id);
    let mut reader = Reader {
        wanted: &wanted,
        shown: &mut shown,
        known: HashSet::new(),
    };
    match shelf {
        Shelf::Inbox => reader.received(headers, settings),
        Shelf::Sent => reader.sent(headers),
    }
    shown
}

struct Reader<'a> {
    wanted: &'a dyn Fn(&Address) -> bool,
    shown: &'a mut Shown,
    known: HashSet<(Class, String)>,
}

impl Reader<'_> {
    fn sent(&mut self, headers: &[Header<'_>]) {
        for header in headers {
            let class = match name(header).as_str() {
                "from" | "sender" => Class::Sent,
                "reply-to" => Class::Other,
                _ => continue,
            };
            for address in addresses(&header.value) {
                self.add(class, address);
            }
        }
    }

    fn received(&mut self, headers: &[Header<'_>], settings: &Settings) {
        self.lists(headers);
        let listed = headers.iter().any(is_of_a_list);
        let mut visible: Vec<Address> = Vec::new();
        let mut served: BTreeSet<String> = BTreeSet::new();
        // Whether what stands here was written in the house of the mailbox's own server.
        let mut own = true;
        for header in headers {
            let name = name(header);
            match name.as_str() {
                "received" => {
                    let HeaderValue::Received(line) = &header.value else {
                        // A line nobody understands vouches for nothing below it.
                        own = false;
                        continue;
                    };
                    if own
                        && !settings.no_received
                        && let Some(address) = line.for_().and_then(Address::read)
                    {
                        self.add(Class::Received, address);
                    }
                    own &= stayed_inside(line);
                }
                "to" | "cc" | "apparently-to" => visible.extend(addresses(&header.value)),
                "resent-to" => {
                    let only = self.only_one(addresses(&header.value));
                    if let Some(address) = only {
                        self.add(Class::Other, address);
                    }
                }
                envelope if ENVELOPE.contains(&envelope) => {
                    if envelope == "x-envelope-to" && settings.no_x_envelope_to {
                        continue;
                    }
                    let mut all = addresses(&header.value);
                    // One that names several is about the message, not about this mailbox.
                    let (Some(address), None) = (all.next(), all.next()) else {
                        continue;
                    };
                    if !(self.wanted)(&address) {
                        continue;
                    }
                    // Along a forward each server writes its own; the topmost is about this mailbox.
                    if own && served.insert(name) {
                        self.add(Class::Envelope, address);
                    } else if !own {
                        self.add(Class::Other, address);
                    }
                }
                _ => {}
            }
        }
        if !listed && let Some(only) = self.only_one(visible.into_iter()) {
            self.add(Class::Visible, only);
        }
    }

    /// The address within the domains, where there is only one.
    fn only_one(&self, all: impl Iterator<Item = Address>) -> Option<Address> {
        let mut wanted = all.filter(|address| (self.wanted)(address));
        let first = wanted.next()?;
        let key = first.key();
        wanted.all(|other| other.key() == key).then_some(first)
    }

    /// Addresses that are lists, by what lists say of themselves (RFC 2369, 2919).
    fn lists(&mut self, headers: &[Header<'_>]) {
        for header in headers {
            let Some(text) = raw(header) else { continue };
            let inside = text
                .rsplit_once('<')
                .and_then(|(_, rest)| rest.split_once('>'));
            let inside = inside.map_or(text.trim(), |(inside, _)| inside.trim());
            let address = match name(header).as_str() {
                "list-post" => inside
                    .split_once(':')
                    .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto"))
                    .and_then(|(_, rest)| Address::read(rest.split('?').next().unwrap_or(rest))),
                // list.example.it is list@example.it.
                "list-id" => inside
                    .split_once('.')
                    .and_then(|(local, domain)| Address::read(&format!("{local}@{domain}"))),
                _ => None,
            };
            let address = address.filter(self.wanted);
            self.shown
                .lists
                .extend(address.map(|address| address.key()));
        }
    }

    fn add(&mut self, class: Class, address: Address) {
        if (self.wanted)(&address) && self.known.insert((class, address.key())) {
            self.shown.found.push((class, address));
        }
    }
}

fn name(header: &Header<'_>) -> String {
    header.name().to_ascii_lowercase()
}

fn id(header: &Header<'_>) -> Option<String> {
    (header.name == HeaderName::MessageId).then_some(())?;
    let id = header.value.as_text()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

fn raw<'a>(header: &'a Header<'_>) -> Option<&'a str> {
    header.value.as_text()
}

fn is_of_a_list(header: &Header<'_>) -> bool {
    match name(header).as_str() {
        "list-id" | "list-post" => true,
        "precedence" => raw(header).is_some_and(|text| {
            let text = text.trim();
            ["bulk", "list", "junk"]
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word))
        }),
        _ => false,
    }
}

/// The addresses of a field, those of groups included.
fn addresses<'a>(value: &'a HeaderValue<'_>) -> impl Iterator<Item = Address> + use<'a> {
    let list: Vec<_> = match value {
        HeaderValue::Address(Parsed::List(list)) => list.iter().collect(),
        HeaderValue::Address(Parsed::Group(groups)) => {
            let members = groups.iter().flat_map(|group| &group.addresses);
            members.collect()
        }
        _ => Vec::new(),
    };
    let texts = list.into_iter().filter_map(|one| one.address.as_deref());
    texts.filter_map(Address::read)
}

/// Whether the message came to this server from within its own house: then the line below is the server's own as well.
/// Names do not count, for whoever comes from outside chooses his own; only the address the server saw does.
fn stayed_inside(line: &mail_parser::Received<'_>) -> bool {
    match line.from_ip {
        Some(IpAddr::V4(address)) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        Some(IpAddr::V6(address)) => {
            let inside = address.to_ipv4_mapped();
            address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || inside.is_some_and(|address| address.is_loopback() || address.is_private())
        }
        // Between two programs of one server: LMTP, a pipe, a queue.
        None => {
            let local = |protocol: &Protocol| {
                use Protocol::{LMTP, LMTPA, LMTPS, LMTPSA, Local};
                matches!(protocol, LMTP | LMTPA | LMTPS | LMTPSA | Local)
            };
            line.from.is_none() || line.with.as_ref().is_some_and(local)
        }
    }
}

#[cfg(test)]
mod tests;
