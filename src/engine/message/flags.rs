//! Flags from one server to another: what can be kept, and what is given up.
//!
//! System flags always travel (but for `\Recent`, which belongs to the server); keywords travel when the destination
//! says it will remember them. It does not translate one keyword into another.

/// The flags of one message on their way to the destination.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flags {
    /// To be sent with APPEND.
    pub keep: Vec<String>,
    /// Given up, and to be recorded.
    pub dropped: Vec<String>,
}

/// Chooses the flags that `APPEND` may carry.
///
/// `permanent` is the destination folder's PERMANENTFLAGS; without it everything is taken to be permanent (RFC 3501
/// 7.1). `keep_deleted` is the operator's choice about `\Deleted`. `\Recent` is left out without counting as lost.
pub fn translate_flags(
    flags: &[String],
    permanent: Option<&[String]>,
    keep_deleted: bool,
) -> Flags {
    let remembers = |flag: &str| {
        permanent.is_none_or(|list| {
            list.iter()
                .any(|known| known == "\\*" || known.eq_ignore_ascii_case(flag))
        })
    };
    let mut translated = Flags::default();
    for flag in flags {
        if flag.eq_ignore_ascii_case("\\Recent") {
            continue;
        }
        let keep = match flag.strip_prefix('\\') {
            Some(system) => match system.to_ascii_lowercase().as_str() {
                "seen" | "answered" | "flagged" | "draft" => true,
                "deleted" => keep_deleted,
                // A system flag nobody defined: `\*` does not promise it.
                _ => {
                    is_atom(system)
                        && permanent.is_some_and(|list| {
                            list.iter().any(|known| known.eq_ignore_ascii_case(flag))
                        })
                }
            },
            None => is_atom(flag) && remembers(flag),
        };
        let list = if keep {
            &mut translated.keep
        } else {
            &mut translated.dropped
        };
        if !list.iter().any(|known| known.eq_ignore_ascii_case(flag)) {
            list.push(flag.clone());
        }
    }
    translated
}

/// Whether a keyword can stand in a command (RFC 3501 9: `flag-keyword = atom`).
fn is_atom(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|octet| {
            octet.is_ascii_graphic()
                && !matches!(
                    octet,
                    b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']'
                )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        flags: &[&str],
        permanent: Option<&[&str]>,
        keep_deleted: bool,
        keep: &[&str],
        dropped: &[&str],
    ) {
        let owned =
            |list: &[&str]| -> Vec<String> { list.iter().map(|&flag| flag.to_owned()).collect() };
        let permanent = permanent.map(owned);
        assert_eq!(
            translate_flags(&owned(flags), permanent.as_deref(), keep_deleted),
            Flags {
                keep: owned(keep),
                dropped: owned(dropped)
            }
        );
    }

    #[test]
    fn system_flags_travel_and_recent_does_not() {
        check(
            &["\\Seen", "\\Recent", "\\Flagged"],
            Some(&[]),
            false,
            &["\\Seen", "\\Flagged"],
            &[],
        );
    }

    #[test]
    fn deleted_is_a_choice() {
        check(&["\\Deleted"], None, false, &[], &["\\Deleted"]);
        check(&["\\Deleted"], None, true, &["\\Deleted"], &[]);
    }

    #[test]
    fn keywords_are_cut_to_what_the_destination_remembers() {
        check(
            &["$Forwarded", "Lavoro"],
            Some(&["\\Seen", "$forwarded"]),
            false,
            &["$Forwarded"],
            &["Lavoro"],
        );
        check(
            &["$Forwarded", "Lavoro"],
            Some(&["\\*"]),
            false,
            &["$Forwarded", "Lavoro"],
            &[],
        );
        check(&["$Forwarded"], None, false, &["$Forwarded"], &[]);
    }

    #[test]
    fn what_is_not_an_atom_is_dropped() {
        check(
            &["[Gmail]", "attività", "a b", "", "a\\b", "ok"],
            None,
            false,
            &["ok"],
            &["[Gmail]", "attività", "a b", "", "a\\b"],
        );
        check(&["\\Weird"], Some(&["\\*"]), false, &[], &["\\Weird"]);
    }

    #[test]
    fn a_flag_written_twice_is_sent_once() {
        check(
            &["a", "A", "\\Seen", "\\seen"],
            None,
            false,
            &["a", "\\Seen"],
            &[],
        );
    }
}
