//! The verdict about a copy: what the destination did to the message on the way in.
//!
//! Five classes, from identical to different, each with the reason and the headers concerned. A class is given only
//! for what was checked octet by octet (or decoded octet by decoded octet); doubt is always class X. Reading the two
//! messages takes bounded memory beyond the messages themselves, except for class M, where MIME parts are decoded.
//!
//! It does not decide what is tolerable: that certified or signed mail must be I or N is its caller's rule.

use super::digest::{Digester, digest};
use super::header::{Field, fields, header_of};
use super::normal::normalise;
use super::parts::same_parts;

/// How a copy relates to its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Identical.
    I,
    /// Identical after normalisation.
    N,
    /// Headers added, all the rest identical after normalisation.
    H,
    /// Body re-encoded: every MIME part decodes to the same octets. Headers may have been added.
    M,
    /// Different.
    X,
}

/// Why a copy has its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Every octet is the same.
    Identical,
    /// Only line ends or headers on the known list differ.
    Normalised,
    /// There are headers the original does not have.
    HeadersAdded,
    /// Transfer encoding or the writing of Content-Type differ.
    Reencoded,
    /// NUL octets have become 0x80 (Dovecot), and otherwise at most headers were added.
    NulReplaced,
    /// Headers of the original are missing.
    HeadersRemoved,
    /// Headers have other values.
    HeadersChanged,
    /// The headers are the same in another order.
    HeadersReordered,
    /// The copy's body is the beginning of the original's.
    Truncated,
    /// The original's body is the beginning of the copy's.
    Extended,
    /// The bodies differ.
    BodyDiffers,
    /// The copy has no octets at all.
    Empty,
}

/// A copy compared with its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The verdict.
    pub class: Class,
    /// Names of the fields that only the copy has, once per field, in its order.
    pub added: Vec<String>,
    /// Names of the fields that only the original has; a changed field is in both lists.
    pub removed: Vec<String>,
    /// What made the verdict.
    pub reason: Reason,
}

/// Compares a copy, read back, with the original; `learned` are the header names this destination is known to add.
pub fn classify(original: &[u8], copy: &[u8], learned: &[String]) -> Comparison {
    let verdict = |class, reason| Comparison {
        class,
        added: Vec::new(),
        removed: Vec::new(),
        reason,
    };
    if original == copy {
        return verdict(Class::I, Reason::Identical);
    }
    if copy.is_empty() {
        return verdict(Class::X, Reason::Empty);
    }
    if digest(original, learned).norm_sha256 == digest(copy, learned).norm_sha256 {
        return verdict(Class::N, Reason::Normalised);
    }

    let (original_head, original_body) = original.split_at(header_of(original).len());
    let (copy_head, copy_body) = copy.split_at(header_of(copy).len());
    let headers = Headers::compare(
        &normalise(original_head, learned),
        &normalise(copy_head, learned),
    );
    let body = compare_bodies(original_body, copy_body);
    let only_added = headers.removed.is_empty() && headers.in_order;
    let (class, reason) = match body {
        Body::Same if only_added && !headers.added.is_empty() => (Class::H, Reason::HeadersAdded),
        Body::NulReplaced if only_added => (Class::X, Reason::NulReplaced),
        _ if same_parts(original, copy, learned) => (Class::M, Reason::Reencoded),
        Body::Same => (Class::X, headers.reason()),
        Body::NulReplaced | Body::Different => (Class::X, Reason::BodyDiffers),
        Body::Truncated => (Class::X, Reason::Truncated),
        Body::Extended => (Class::X, Reason::Extended),
    };
    Comparison {
        class,
        added: headers.added,
        removed: headers.removed,
        reason,
    }
}

struct Headers {
    added: Vec<String>,
    removed: Vec<String>,
    /// The fields both have are in the same order.
    in_order: bool,
}

impl Headers {
    fn compare(original: &[u8], copy: &[u8]) -> Self {
        let (original, copy) = (fields(original), fields(copy));
        let lacking = |these: &[Field<'_>], those: &[Field<'_>]| -> Vec<String> {
            let mut unclaimed: Vec<&Field<'_>> = those.iter().collect();
            let mut lacking = Vec::new();
            for field in these {
                match unclaimed
                    .iter()
                    .position(|other| other.octets == field.octets)
                {
                    Some(at) => drop(unclaimed.remove(at)),
                    None => lacking.push(field.name.clone()),
                }
            }
            lacking
        };
        let mut rest = copy.iter();
        let in_order = original
            .iter()
            .all(|field| rest.any(|other| other.octets == field.octets));
        Self {
            added: lacking(&copy, &original),
            removed: lacking(&original, &copy),
            in_order,
        }
    }

    fn reason(&self) -> Reason {
        let changed = |name: &String| {
            self.added
                .iter()
                .any(|added| added.eq_ignore_ascii_case(name))
        };
        if self.removed.is_empty() && self.added.is_empty() && self.in_order {
            // The blank line after the header is there in one and not in the other.
            Reason::BodyDiffers
        } else if self.removed.is_empty() {
            Reason::HeadersReordered
        } else if self.removed.iter().any(changed) {
            Reason::HeadersChanged
        } else {
            Reason::HeadersRemoved
        }
    }
}

enum Body {
    Same,
    NulReplaced,
    Truncated,
    Extended,
    Different,
}

fn compare_bodies(original: &[u8], copy: &[u8]) -> Body {
    let normal = |body: &[u8]| {
        let mut digester = Digester::body();
        digester.update(body);
        digester.finish().norm_sha256
    };
    let start = |body: &[u8], of: &[u8]| of.starts_with(body.strip_suffix(b"\r\n").unwrap_or(body));
    if normal(original) == normal(copy) {
        Body::Same
    } else if original.len() == copy.len()
        && original
            .iter()
            .zip(copy)
            .all(|(old, new)| old == new || (*old == 0 && *new == 0x80))
    {
        Body::NulReplaced
    } else if start(copy, original) {
        Body::Truncated
    } else if start(original, copy) {
        Body::Extended
    } else {
        Body::Different
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: &str = "From: a\r\nSubject: b\r\n\r\nCiao\r\nAnna\r\n";

    fn check(original: &str, copy: &str, class: Class, reason: Reason) -> Comparison {
        let comparison = classify(original.as_bytes(), copy.as_bytes(), &[]);
        assert_eq!(
            (comparison.class, comparison.reason),
            (class, reason),
            "{copy:?}"
        );
        comparison
    }

    #[test]
    fn a_copy_is_identical_or_identical_after_normalisation() {
        let _ = check(PLAIN, PLAIN, Class::I, Reason::Identical);
        let _ = check(
            PLAIN,
            &PLAIN.replace('\r', ""),
            Class::N,
            Reason::Normalised,
        );
        let _ = check(
            PLAIN,
            &format!("X-UID: 7\r\n{PLAIN}"),
            Class::N,
            Reason::Normalised,
        );
        let _ = check(PLAIN, PLAIN.trim_end(), Class::N, Reason::Normalised);
        let learned = ["X-Arrived".to_owned()];
        let copy = format!("X-Arrived: now\r\n{PLAIN}");
        assert_eq!(
            classify(PLAIN.as_bytes(), copy.as_bytes(), &learned).class,
            Class::N
        );
    }

    #[test]
    fn added_headers_are_named() {
        let copy = format!("X-Arrived: now\r\n\tby us\r\nx-two: 2\n{PLAIN}");
        let comparison = check(PLAIN, &copy, Class::H, Reason::HeadersAdded);
        assert_eq!(comparison.added, ["X-Arrived", "x-two"]);
        let copy = PLAIN.replace("\r\n\r\n", "\r\nSubject: b\r\n\r\n");
        assert_eq!(
            check(PLAIN, &copy, Class::H, Reason::HeadersAdded).added,
            ["Subject"]
        );
    }

    #[test]
    fn lost_and_changed_headers_are_a_difference() {
        let comparison = check(
            PLAIN,
            &PLAIN.replace("Subject: b\r\n", ""),
            Class::X,
            Reason::HeadersRemoved,
        );
        assert_eq!(comparison.removed, ["Subject"]);
        let comparison = check(
            PLAIN,
            &PLAIN.replace("Subject: b", "Subject: c"),
            Class::X,
            Reason::HeadersChanged,
        );
        assert_eq!(
            (comparison.added, comparison.removed),
            (vec!["Subject".to_owned()], vec!["Subject".to_owned()])
        );
        let copy = "Subject: b\r\nFrom: a\r\n\r\nCiao\r\nAnna\r\n";
        let _ = check(PLAIN, copy, Class::X, Reason::HeadersReordered);
    }

    #[test]
    fn other_bodies_are_a_difference_with_a_reason() {
        let _ = check(PLAIN, "", Class::X, Reason::Empty);
        let _ = check(
            PLAIN,
            &PLAIN.replace("Anna\r\n", ""),
            Class::X,
            Reason::Truncated,
        );
        let _ = check(
            PLAIN,
            &format!("{PLAIN}--\r\nAd\r\n"),
            Class::X,
            Reason::Extended,
        );
        let _ = check(
            PLAIN,
            &PLAIN.replace("Anna", "Anno"),
            Class::X,
            Reason::BodyDiffers,
        );
        let original = PLAIN.replace("Anna", "An\0a");
        let comparison = classify(
            original.as_bytes(),
            &original.replace('\0', "\u{80}").into_bytes(),
            &[],
        );
        assert_eq!(comparison.reason, Reason::BodyDiffers);
        let copy: Vec<u8> = original
            .bytes()
            .map(|octet| if octet == 0 { 0x80 } else { octet })
            .collect();
        let comparison = classify(original.as_bytes(), &copy, &[]);
        assert_eq!(
            (comparison.class, comparison.reason),
            (Class::X, Reason::NulReplaced)
        );
    }

    fn mixed(boundary: &str, first: &str, second: &str) -> String {
        format!(
            "From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary={boundary}\r\n\r\n\
             --{boundary}\r\n{first}\r\n--{boundary}\r\n{second}\r\n--{boundary}--\r\n"
        )
    }

    const TEXT_QP: &str = "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaff=C3=A8\r\nuno=\r\n due\r\n";
    const TEXT_64: &str = "Content-Type: text/plain;\r\n charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\nQ2FmZsOoDQp1bm8gZHVlDQo=\r\n";
    const DATA: &str = "Content-Type: application/pdf; name=\"a b.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\nAwQF\r\n";
    const DATA_LONG: &str = "Content-Type: application/pdf;\r\n\tname=\"a b.pdf\"\r\nContent-Transfer-Encoding: BASE64\r\n\r\nAAECAwQF\r\n";

    #[test]
    fn a_reencoded_body_with_the_same_octets_is_class_m() {
        let original = mixed("x", TEXT_QP, DATA);
        let _ = check(
            &original,
            &mixed("y", TEXT_64, DATA_LONG),
            Class::M,
            Reason::Reencoded,
        );
        let copy = format!("X-New: 1\r\n{}", mixed("x", TEXT_64, DATA));
        assert_eq!(
            check(&original, &copy, Class::M, Reason::Reencoded).added,
            ["X-New"]
        );
        let _ = check(
            &original,
            &mixed("x", TEXT_64, &DATA.replace("AwQF", "AwQE")),
            Class::X,
            Reason::BodyDiffers,
        );
        let _ = check(
            &original,
            &mixed("x", DATA, TEXT_64),
            Class::X,
            Reason::BodyDiffers,
        );
        let _ = check(
            &original,
            &mixed("x", TEXT_64, &DATA.replace("a b", "a c")),
            Class::X,
            Reason::BodyDiffers,
        );
        let _ = check(
            &original,
            &mixed("x", &TEXT_64.replace("utf-8", "latin1"), DATA),
            Class::X,
            Reason::BodyDiffers,
        );
        let _ = check(
            &format!("Subject: s\r\n{original}"),
            &mixed("x", TEXT_64, DATA),
            Class::X,
            Reason::BodyDiffers,
        );
    }

    #[test]
    fn text_outside_the_parts_counts() {
        let original = mixed("x", TEXT_QP, DATA);
        let reencoded = mixed("x", TEXT_64, DATA);
        let speak = |message: &str| message.replacen("--x", "This is MIME.\r\n--x", 1);
        let _ = check(
            &speak(&original),
            &speak(&reencoded),
            Class::M,
            Reason::Reencoded,
        );
        let _ = check(&speak(&original), &reencoded, Class::X, Reason::BodyDiffers);
        let _ = check(
            &format!("{original}Bye\r\n"),
            &reencoded,
            Class::X,
            Reason::BodyDiffers,
        );
        let lost = "Content-Type: multipart/mixed; boundary=x\r\n\r\n";
        let copy = format!("{lost}Something\r\n");
        let _ = check(
            &format!("{lost}Everything\r\n"),
            &copy,
            Class::X,
            Reason::BodyDiffers,
        );
        let footer = |text: &str| mixed("x", text, &format!("{DATA}\r\nA footer, unencoded.\r\n"));
        let _ = check(&footer(TEXT_QP), &reencoded, Class::X, Reason::BodyDiffers);
    }

    #[test]
    fn a_single_part_and_a_nested_message_can_be_reencoded_too() {
        let _ = check(
            &format!("A: b\r\n{TEXT_QP}"),
            &format!("A: b\r\n{TEXT_64}"),
            Class::M,
            Reason::Reencoded,
        );
        let nested = |text: &str| {
            mixed(
                "x",
                DATA,
                &format!("Content-Type: message/rfc822\r\n\r\nSubject: in\r\n{text}"),
            )
        };
        let _ = check(
            &nested(TEXT_QP),
            &nested(TEXT_64),
            Class::M,
            Reason::Reencoded,
        );
        let _ = check(
            &nested(TEXT_QP),
            &nested(TEXT_64).replace("Subject: in", "Subject: on"),
            Class::X,
            Reason::BodyDiffers,
        );
    }

    proptest! {
        #[test]
        fn a_message_is_identical_to_itself(octets: Vec<u8>) {
            prop_assert_eq!(classify(&octets, &octets, &[]).class, Class::I);
        }

        #[test]
        fn no_octets_make_it_panic(
            original in "((Content-Type|A|Status):( multipart/mixed; boundary=x| message/rfc822| text/plain|\\?)|\r\n|\n|--x|--x--|=C3|\0|é|Content-Transfer-Encoding: base64| ){0,16}",
            copy in "((Content-Type|A|Status):( multipart/mixed; boundary=x| message/rfc822| text/plain|\\?)|\r\n|\n|--x|--x--|=C3|\0|é|Content-Transfer-Encoding: base64| ){0,16}",
        ) {
            let comparison = classify(original.as_bytes(), copy.as_bytes(), &[]);
            prop_assert_eq!(comparison.class == Class::I, original == copy);
        }
    }
}
