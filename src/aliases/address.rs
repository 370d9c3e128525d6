//! Addresses as headers have them, brought to the one form in which they are compared.
//!
//! Promises: pure and total. A domain is an A-label in small letters (RFC 5890); what machines put around an address
//! (BATV, SRS, VERP, qmail's `domain-` before the name, a `+tag`) is taken off; what no alias can be is `None`.
//! Deliberately absent: asking whether an address exists.

use crate::users::address::flaw;

/// Longest local part and longest domain, in octets (RFC 5321 4.5.3.1).
const LONGEST: (usize, usize) = (64, 255);

/// An address that could be an alias.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Address {
    /// The local part as it was written.
    local: String,
    /// The domain's A-label.
    domain: String,
}

impl Address {
    /// Reads an address; `None` for what is none, or cannot be an alias.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('<').trim_end_matches('>');
        let (local, domain) = text.rsplit_once('@')?;
        let (local, domain) = undone(local, domain)?;
        let domain = a_label(&domain)?;
        let local = without_tag(without_domain(&local, &domain));
        let address = Self {
            local: local.to_owned(),
            domain,
        };
        address.is_sound().then_some(address)
    }

    /// As it is created: the local part as written.
    pub(super) fn written(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// As it is compared: in small letters.
    pub(super) fn key(&self) -> String {
        self.written().to_lowercase()
    }

    /// Its domain's A-label.
    pub(super) fn domain(&self) -> &str {
        &self.domain
    }

    fn is_sound(&self) -> bool {
        let plain = |c: char| {
            c.is_ascii_graphic() && !matches!(c, '*' | '%' | '!' | '/' | '=' | '|' | '\'' | '`')
        };
        self.local.chars().all(plain)
            && !self.local.starts_with('.')
            && !self.local.ends_with('.')
            && !self.local.contains("..")
            && self.local.len() <= LONGEST.0
            && flaw(&self.written()).is_none()
    }
}

/// A domain's A-label in small letters; `None` for what is no domain.
pub(super) fn a_label(domain: &str) -> Option<String> {
    let domain = domain.trim().trim_end_matches('.');
    let ascii = idna::domain_to_ascii(domain).ok()?;
    let label = |label: &str| {
        let letters = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_';
        !label.is_empty() && label.len() <= 63 && label.bytes().all(letters)
    };
    (ascii.len() <= LONGEST.1 && ascii.split('.').all(label)).then_some(ascii)
}

/// An address in the form in which addresses are compared; as it is, in small letters, where it is none.
pub(super) fn key(text: &str) -> String {
    let text = text.trim();
    let split = text.rsplit_once('@');
    match split.and_then(|(local, domain)| Some((local, a_label(domain)?))) {
        Some((local, domain)) => format!("{local}@{domain}").to_lowercase(),
        None => text.to_lowercase(),
    }
}

/// Whose address stands inside one that a machine made of it; `None` where that cannot be told for certain.
fn undone(local: &str, domain: &str) -> Option<(String, String)> {
    let same = |local: &str| Some((local.to_owned(), domain.to_owned()));
    let small = local.to_ascii_lowercase();
    // BATV: prvs=tag=local, btv1==tag==local.
    if small.starts_with("prvs=") {
        return same(local.get(5..)?.split_once('=')?.1);
    }
    if small.starts_with("btv1==") {
        return same(local.get(6..)?.split_once("==")?.1);
    }
    // SRS: SRS0=hash=time=domain=local, SRS1=hash=forwarder==hash=time=domain=local; + and - may stand in for the first =.
    if small.starts_with("srs0") || small.starts_with("srs1") {
        let rest = local.get(4..)?.strip_prefix(['=', '+', '-'])?;
        let rest = if small.starts_with("srs1") {
            let (_, rest) = rest.split_once('=')?;
            rest.split_once("==").or_else(|| rest.split_once("=+"))?.1
        } else {
            rest
        };
        let mut parts = rest.splitn(4, '=').skip(2);
        let (domain, local) = (parts.next()?, parts.next()?);
        return Some((local.to_owned(), domain.to_owned()));
    }
    // VERP: bounces+local=domain. With other characters than + the local part has no certain beginning.
    if let Some((before, domain)) = local.rsplit_once('=') {
        let (_, local) = before.rsplit_once('+')?;
        return Some((local.to_owned(), domain.to_owned()));
    }
    same(local)
}

/// Without the domain that qmail puts before the name of a virtual user (`example.it-anna@example.it`).
fn without_domain<'a>(local: &'a str, domain: &str) -> &'a str {
    let start = local.get(..domain.len());
    match (start, local.get(domain.len()..)) {
        (Some(start), Some(rest)) if start.eq_ignore_ascii_case(domain) => {
            rest.strip_prefix('-').unwrap_or(local)
        }
        _ => local,
    }
}

fn without_tag(local: &str) -> &str {
    match local.split_once('+') {
        Some((name, _)) if !name.is_empty() => name,
        _ => local,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_machines_put_around_an_address_is_taken_off() {
        let cases = [
            ("Anna.Rossi@Example.IT", "Anna.Rossi@example.it"),
            ("<anna@example.it>", "anna@example.it"),
            ("anna+spesa@example.it", "anna@example.it"),
            ("anna@example.it.", "anna@example.it"),
            ("anna@città.example", "anna@xn--citt-3na.example"),
            ("prvs=0123abcdef=anna@example.it", "anna@example.it"),
            ("PRVS=0123abcdef=anna+x@example.it", "anna@example.it"),
            ("btv1==abc==anna@example.it", "anna@example.it"),
            (
                "SRS0=HHH=TT=example.it=anna@forwarder.example",
                "anna@example.it",
            ),
            (
                "SRS1=GGG=first.example==HHH=TT=example.it=anna@second.example",
                "anna@example.it",
            ),
            ("bounces+anna=example.it@list.example", "anna@example.it"),
            ("example.it-anna@example.it", "anna@example.it"),
            ("example.it-@x.example", "example.it-@x.example"),
            ("o-neil_x@example.it", "o-neil_x@example.it"),
        ];
        for (text, expected) in cases {
            let found = Address::read(text).map(|address| address.written());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_no_alias_can_be_is_none() {
        let long = "x".repeat(65);
        for text in [
            "",
            "anna",
            "@example.it",
            "anna@",
            "anna@.it",
            "anna@exa mple.it",
            "an na@example.it",
            "*@example.it",
            "\"anna\"@example.it",
            "anna..x@example.it",
            ".anna@example.it",
            "anna\u{7}@example.it",
            "anna@[192.0.2.1]",
            "anna%example.it@relay.example",
            "nicolò@example.it",
            // Where the name begins cannot be told.
            "lista-7-anna=example.it@list.example",
            "prvs=0123abcdef@example.it",
            "SRS0=HHH@example.it",
            &format!("{long}@example.it"),
        ] {
            assert_eq!(Address::read(text), None, "{text:?}");
        }
    }
}
