//! The secrets a program was told, in every form in which it may repeat them: as they are, in JSON, in an address, in
//! base64.
//!
//! Promises: none of these forms is in a text that was hidden. Deliberately absent: forms a program makes up itself.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use crate::log::redact;

/// The forms in which a program may repeat a secret.
pub(super) struct Forms(Vec<Zeroizing<String>>);

impl Forms {
    pub(super) fn of(secrets: &[&SecretString]) -> Self {
        let mut forms = Vec::new();
        for secret in secrets {
            let secret = secret.expose_secret();
            forms.push(Zeroizing::new(secret.to_owned()));
            // One with ends of lines is heard in pieces.
            forms.extend(secret.lines().map(|part| Zeroizing::new(part.to_owned())));
            forms.push(Zeroizing::new(STANDARD.encode(secret)));
            for ascii in [false, true] {
                forms.push(json(secret, ascii));
            }
            forms.push(percent(secret));
        }
        forms.retain(|form| !form.is_empty());
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.as_str().cmp(b)));
        forms.dedup();
        Self(forms)
    }

    pub(super) fn hide(&self, text: &str) -> String {
        let secrets: Vec<&str> = self.0.iter().map(|form| form.as_str()).collect();
        redact(text, &secrets)
    }

    /// Octets of the longest.
    pub(super) fn longest(&self) -> usize {
        self.0.first().map_or(0, |form| form.len())
    }
}

/// What stands between the quotes of JSON; everything beyond ASCII escaped where so wished.
fn json(secret: &str, ascii: bool) -> Zeroizing<String> {
    let quoted = Zeroizing::new(serde_json::to_string(secret).unwrap_or_default());
    let inner = quoted
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let inner = inner.unwrap_or_default();
    let mut text = Zeroizing::new(String::with_capacity(inner.len() * 6));
    for character in inner.chars() {
        if ascii && !character.is_ascii() {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(character);
        }
    }
    text
}

/// As in the address of a page (RFC 3986, 2.1).
fn percent(secret: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(secret.len() * 3));
    for octet in secret.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
            text.push(octet.into());
        } else {
            let _ = write!(text, "%{octet:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_in_every_form_a_program_may_repeat_it() {
        let secret = SecretString::from("a\"b\\ß 🦀\nc=d");
        let forms = Forms::of(&[&secret]);
        let json = serde_json::to_string(secret.expose_secret()).unwrap();
        for said in [
            secret.expose_secret().to_owned(),
            json,
            String::from("{\"password\": \"a\\\"b\\\\\\u00df \\ud83e\\udd80\\nc=d\"}"),
            String::from("p=a%22b%5C%C3%9F%20%F0%9F%A6%80%0Ac%3Dd&x"),
            STANDARD.encode(secret.expose_secret()),
            String::from("a\"b\\ß 🦀"),
        ] {
            let hidden = forms.hide(&said);
            assert!(hidden.contains("[redacted]"), "{said}");
            assert!(!hidden.contains("ß") && !hidden.contains("c="), "{hidden}");
        }
        assert_eq!(forms.hide("nothing of it"), "nothing of it");
    }
}
