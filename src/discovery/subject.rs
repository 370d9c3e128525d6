//! What a person typed: an e-mail address, or only its domain.
//!
//! Promises: a domain that leaves here is ASCII (punycode where it was international), in small letters, has a dot
//! in it and can stand in a URL and in a DNS question. Deliberately absent: the full grammar of addresses. Quoted
//! local parts, comments and addresses at an IP number are refused: nobody's mailbox is looked for by these.

use std::net::IpAddr;

use reqwest::Url;

/// Whose server is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// What stands before the `@`; absent where only a domain was typed.
    pub(super) local: Option<String>,
    /// The domain in ASCII.
    pub(super) domain: String,
}

impl Subject {
    /// Reads what was typed, blanks at the ends forgiven.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (local, domain) = match typed.rsplit_once('@') {
            Some((local, domain)) => (Some(local), domain),
            None => (None, typed),
        };
        let strange = |c: char| c.is_whitespace() || c.is_control() || "@\"<>(),:;\\".contains(c);
        if local.is_some_and(|local| local.is_empty() || local.contains(strange)) {
            return None;
        }
        Some(Self {
            local: local.map(str::to_owned),
            domain: ascii(domain)?,
        })
    }

    /// The address, with its domain in ASCII.
    pub(super) fn address(&self) -> Option<String> {
        let local = self.local.as_deref()?;
        Some(format!("{local}@{}", self.domain))
    }
}

/// A host or domain name as DNS writes it: ASCII, small letters, no dot at the end. `None` for what is none.
pub(super) fn ascii(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    // What the parser of URLs would take for a port, a path or a user is no part of a name.
    if name.contains(|c: char| c.is_control() || c.is_whitespace() || "/\\?#@:%[]".contains(c)) {
        return None;
    }
    let url = Url::parse(&format!("https://{name}/")).ok()?;
    let name = url.domain()?.to_owned();
    let sound = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && label
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || b"-_".contains(&octet))
    };
    let whole = name.contains('.') && name.len() <= 253 && name.split('.').all(sound);
    (whole && name.parse::<IpAddr>().is_err()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_at_its_last_at_sign() {
        let subject = Subject::read("  Anna.Rossi@Cantiere.Example. ").unwrap();
        assert_eq!(subject.local.as_deref(), Some("Anna.Rossi"));
        assert_eq!(subject.domain, "cantiere.example");
        assert_eq!(
            subject.address().as_deref(),
            Some("Anna.Rossi@cantiere.example")
        );
    }

    #[test]
    fn a_bare_domain_has_no_local_part() {
        let subject = Subject::read("cantiere.example").unwrap();
        assert_eq!(
            (subject.local, subject.domain.as_str()),
            (None, "cantiere.example")
        );
    }

    #[test]
    fn an_international_domain_becomes_punycode() {
        for (typed, domain) in [
            ("info@città.example", "xn--citt-3na.example"),
            ("info@CITTÀ.example", "xn--citt-3na.example"),
            ("info@bücher。example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(Subject::read(typed).unwrap().domain, domain);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("a@{}.example", "x".repeat(64));
        for typed in [
            "",
            " ",
            "@",
            "anna",
            "anna@",
            "@cantiere.example",
            "anna rossi@cantiere.example",
            "anna@cantiere example",
            "anna@localhost",
            "anna@192.0.2.1",
            "anna@[192.0.2.1]",
            "anna@cantiere.example:143",
            "anna@cantiere.example/x",
            "a@b@cantiere.example",
            "Anna <anna@cantiere.example>",
            "anna@-x.example",
            "anna@x..example",
            "anna@.example",
            "anna@cantiere.example\nRCPT",
            "anna@%63antiere.example",
            "anna@2130706433",
            &long,
        ] {
            assert_eq!(Subject::read(typed), None, "{typed:?}");
        }
    }
}
