//! The RSA challenge by which a password crosses a connection in clear.
//!
//! Promises: the password leaves encrypted to the key the server sent, bound to the time it named. Deliberately
//! absent: proof of whose key that is, which only TLS gives; this hides a password from who listens, not from who
//! stands between.

use std::fmt::Write as _;

use getrandom::SysRng;
use rsa::{BoxedUint, Pkcs1v15Encrypt, PublicKey};
use secrecy::{ExposeSecret, SecretString};

use super::xml::Element;

/// The exponent all of IceWarp's keys have.
const EXPONENT: u64 = 0x1_0001;
/// What PKCS#1 v1.5 needs besides the message, in octets (RFC 8017, 7.2.1).
const PADDING: usize = 11;

/// What the server wants a password encrypted with.
pub(super) struct Challenge {
    modulus: Vec<u8>,
    timestamp: String,
}

/// Why there is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The challenge is none.
    Unreadable,
    /// The password does not fit into one block of the server's key.
    TooLong,
}

impl Challenge {
    /// Reads the result of `getauthchallenge`.
    pub(super) fn read(result: &Element) -> Result<Self, Trouble> {
        let value = |name| result.value(name).ok_or(Trouble::Unreadable);
        Ok(Self {
            modulus: octets(value("hashid")?).ok_or(Trouble::Unreadable)?,
            timestamp: value("timestamp")?.to_owned(),
        })
    }

    /// `hex(RSA(p=<password, URL-encoded>&t=<timestamp>))`.
    pub(super) fn digest(&self, password: &SecretString) -> Result<SecretString, Trouble> {
        let mut message = String::from("p=");
        for octet in password.expose_secret().bytes() {
            match octet {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => {
                    message.push(char::from(octet));
                }
                _ => {
                    let _ = write!(message, "%{octet:02X}");
                }
            }
        }
        let _ = write!(message, "&t={}", self.timestamp);
        let message = SecretString::from(message);
        if message.expose_secret().len() + PADDING > self.modulus.len() {
            return Err(Trouble::TooLong);
        }
        let modulus = BoxedUint::from_be_slice_vartime(&self.modulus);
        let key = PublicKey::new(modulus, BoxedUint::from(EXPONENT));
        let key = key.map_err(|_| Trouble::Unreadable)?;
        let sealed = key.encrypt(
            &mut SysRng,
            Pkcs1v15Encrypt,
            message.expose_secret().as_bytes(),
        );
        let sealed = sealed.map_err(|_| Trouble::Unreadable)?;
        let mut digest = String::with_capacity(2 * sealed.len());
        for octet in sealed {
            let _ = write!(digest, "{octet:02x}");
        }
        Ok(digest.into())
    }
}

/// Hexadecimal digits as octets, without zeros in front.
fn octets(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let is_even = digits.len().is_multiple_of(2);
    let even = format!("{}{digits}", if is_even { "" } else { "0" });
    let pairs = (0..even.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&even[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::icewarp::xml;

    fn challenge(hashid: &str) -> Result<Challenge, Trouble> {
        let text = format!(
            "<result><classname>tauthchallenge</classname><hashid>{hashid}</hashid>\
             <timestamp>1700000000</timestamp></result>"
        );
        Challenge::read(&xml::read(text.as_bytes()).unwrap())
    }

    #[test]
    fn digits_are_read_with_and_without_zeros_in_front() {
        assert_eq!(octets("00ff01"), Some(vec![0xFF, 1]));
        assert_eq!(octets("f01"), Some(vec![0x0F, 1]));
        for wrong in ["", "000", "xyz", "é"] {
            assert_eq!(octets(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_password_that_does_not_fit_is_not_sent_some_other_way() {
        let challenge = challenge(&format!("c{}1", "5".repeat(510))).unwrap();
        let long = SecretString::from("🦀".repeat(30));
        assert_eq!(challenge.digest(&long).unwrap_err(), Trouble::TooLong);
        // 256 octets: 11 of padding, 15 of "p=" and "&t=1700000000".
        let fits = SecretString::from("a".repeat(230));
        assert_eq!(challenge.digest(&fits).unwrap().expose_secret().len(), 512);
        let over = SecretString::from("a".repeat(231));
        assert_eq!(challenge.digest(&over).unwrap_err(), Trouble::TooLong);
    }

    #[test]
    fn two_digests_of_one_password_differ() {
        let challenge = challenge(&format!("c{}1", "5".repeat(510))).unwrap();
        let password = SecretString::from("segreta");
        let [one, other] = [(); 2].map(|()| challenge.digest(&password).unwrap());
        assert_ne!(one.expose_secret(), other.expose_secret());
    }

    #[test]
    fn a_challenge_that_is_none_is_told_as_such() {
        assert!(matches!(
            challenge("auth challenge hash id"),
            Err(Trouble::Unreadable)
        ));
        let even = challenge(&format!("c{}0", "5".repeat(510))).unwrap();
        let digest = even.digest(&SecretString::from("x"));
        assert_eq!(digest.unwrap_err(), Trouble::Unreadable);
    }
}
