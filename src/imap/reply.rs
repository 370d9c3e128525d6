//! What one response line says.
//!
//! Promises: total over any octets; a FETCH row is read by imap-proto, status lines and the rest by our own
//! tokens; what is not understood is `Unknown`, never an error. Deliberately absent: message bodies (`wire`).

use imap_proto::{AttributeValue, MessageSection, Response, SectionPath};

use super::token::{Token, tokens};

/// How a status line ends a command, or what it announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Ok,
    No,
    Bad,
    Bye,
    Preauth,
}

/// A status line: verdict, response code, words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) verdict: Verdict,
    /// What stood between the brackets.
    pub(crate) code: Option<String>,
    pub(crate) text: String,
}

impl Status {
    /// The argument of the response code of this name.
    pub(crate) fn argument(&self, name: &str) -> Option<&str> {
        let code = self.code.as_deref()?;
        let (word, rest) = code.split_once(' ').unwrap_or((code, ""));
        word.eq_ignore_ascii_case(name).then_some(rest)
    }

    /// The first number of that response code.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.argument(name)?.split(' ').next()?.parse().ok()
    }
}

/// What a FETCH line said of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) uid: Option<u32>,
    pub(crate) flags: Option<Vec<String>>,
    pub(crate) date: Option<String>,
    pub(crate) size: Option<u64>,
    pub(crate) modseq: Option<u64>,
    /// A body that came as a quoted string instead of a literal; `None` too where it came as NIL.
    pub(crate) inline: Option<Vec<u8>>,
    /// Whether the server said NIL in place of the body.
    pub(crate) nil_body: bool,
    /// The header, or the fields of it that were asked for; never taken for a body.
    pub(crate) header: Option<Vec<u8>>,
}

/// One response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply<'a> {
    /// `+ …`
    Continue(&'a [u8]),
    /// The end of the command with this tag.
    Tagged(&'a str, Status),
    /// An untagged status.
    Status(Status),
    /// `* n FETCH …`
    Fetch(Row),
    /// `* n EXISTS`
    Exists(u64),
    /// `* n EXPUNGE`
    Expunge,
    /// Anything that begins with a known kind of word, as tokens after that word.
    Data(String, Vec<Token<'a>>),
    /// Not understood.
    Unknown,
}

/// Reads one response line, as `wire` gives it.
pub(crate) fn read(line: &[u8]) -> Reply<'_> {
    if let Some(rest) = line.strip_prefix(b"+") {
        let rest = rest.strip_suffix(b"\r\n").unwrap_or(rest);
        return Reply::Continue(rest.strip_prefix(b" ").unwrap_or(rest));
    }
    let Some(rest) = line.strip_prefix(b"* ") else {
        return tagged(line).unwrap_or(Reply::Unknown);
    };
    if let Some(status) = status(rest) {
        return Reply::Status(status);
    }
    if rest.first().is_some_and(u8::is_ascii_digit) {
        return numbered(line, rest);
    }
    let Some(mut words) = tokens(rest) else {
        return Reply::Unknown;
    };
    match words.first() {
        Some(Token::Atom(word)) => {
            let word = String::from_utf8_lossy(word).to_ascii_uppercase();
            let _ = words.remove(0);
            Reply::Data(word, words)
        }
        _ => Reply::Unknown,
    }
}

fn tagged(line: &[u8]) -> Option<Reply<'_>> {
    let space = line.iter().position(|octet| *octet == b' ')?;
    let tag = std::str::from_utf8(&line[..space]).ok()?;
    Some(Reply::Tagged(tag, status(&line[space + 1..])?))
}

fn status(rest: &[u8]) -> Option<Status> {
    let rest = rest.strip_suffix(b"\r\n").unwrap_or(rest);
    let end = rest
        .iter()
        .position(|octet| *octet == b' ')
        .unwrap_or(rest.len());
    let verdict = match rest[..end].to_ascii_uppercase().as_slice() {
        b"OK" => Verdict::Ok,
        b"NO" => Verdict::No,
        b"BAD" => Verdict::Bad,
        b"BYE" => Verdict::Bye,
        b"PREAUTH" => Verdict::Preauth,
        _ => return None,
    };
    let words = String::from_utf8_lossy(rest.get(end + 1..).unwrap_or_default());
    let (code, text) = match words
        .strip_prefix('[')
        .and_then(|inner| inner.split_once(']'))
    {
        Some((code, text)) => (
            Some(code.to_owned()),
            text.strip_prefix(' ').unwrap_or(text),
        ),
        None => (None, &*words),
    };
    Some(Status {
        verdict,
        code,
        text: text.to_owned(),
    })
}

fn numbered<'a>(line: &'a [u8], rest: &'a [u8]) -> Reply<'a> {
    let mut words = rest
        .strip_suffix(b"\r\n")
        .unwrap_or(rest)
        .splitn(3, |octet| *octet == b' ');
    let number = words
        .next()
        .and_then(|word| std::str::from_utf8(word).ok()?.parse().ok());
    let (Some(number), Some(word)) = (number, words.next()) else {
        return Reply::Unknown;
    };
    if word.eq_ignore_ascii_case(b"FETCH") {
        return fetch(line);
    }
    if word.eq_ignore_ascii_case(b"EXISTS") {
        return Reply::Exists(number);
    }
    if word.eq_ignore_ascii_case(b"EXPUNGE") {
        return Reply::Expunge;
    }
    Reply::Unknown
}

/// imap-proto 0.17 panics on this (`nstring` unwrapped); some servers say it of messages without a date.
const NO_DATE: &[u8] = b"INTERNALDATE NIL";

fn fetch(line: &[u8]) -> Reply<'_> {
    let without = line
        .windows(NO_DATE.len())
        .position(|part| part.eq_ignore_ascii_case(NO_DATE));
    if let Some(at) = without {
        let mut mended = line.to_vec();
        let _ = mended.splice(at + NO_DATE.len() - 3..at + NO_DATE.len(), *b"\"\"");
        return row(&mended).map_or(Reply::Unknown, Reply::Fetch);
    }
    row(line).map_or(Reply::Unknown, Reply::Fetch)
}

fn row(line: &[u8]) -> Option<Row> {
    let Ok((_, Response::Fetch(_, values))) = Response::parse(line) else {
        return None;
    };
    let mut row = Row::default();
    for value in values {
        match value {
            AttributeValue::Uid(uid) => row.uid = Some(uid),
            AttributeValue::Flags(flags) => {
                row.flags = Some(
                    flags
                        .into_iter()
                        .map(std::borrow::Cow::into_owned)
                        .collect(),
                );
            }
            AttributeValue::InternalDate(date) if !date.is_empty() => {
                row.date = Some(date.into_owned());
            }
            AttributeValue::Rfc822Size(size) => row.size = Some(size.into()),
            AttributeValue::ModSeq(modseq) => row.modseq = Some(modseq),
            AttributeValue::BodySection {
                section: None,
                data,
                ..
            }
            | AttributeValue::Rfc822(data) => match data {
                Some(data) => row.inline = Some(data.into_owned()),
                None => row.nil_body = true,
            },
            AttributeValue::BodySection {
                section: Some(SectionPath::Full(MessageSection::Header)),
                data,
                ..
            } => row.header = data.map(std::borrow::Cow::into_owned),
            _ => {}
        }
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn status_lines_come_apart() {
        let Reply::Tagged("A7", status) = read(b"A7 OK [APPENDUID 77 9001] done\r\n") else {
            panic!()
        };
        assert_eq!(status.verdict, Verdict::Ok);
        assert_eq!(status.argument("appenduid"), Some("77 9001"));
        assert_eq!(status.text, "done");
        let Reply::Status(status) = read(b"* OK\r\n") else {
            panic!()
        };
        assert_eq!((status.code, status.text.as_str()), (None, ""));
        assert!(matches!(read(b"+\r\n"), Reply::Continue(b"")));
        assert!(matches!(read(b"+ go\r\n"), Reply::Continue(b"go")));
    }

    #[test]
    fn a_fetch_row_is_read_with_its_oddities() {
        let line =
            b"* 3 FETCH (FLAGS (\\Seen $X [Gmail]) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
                     RFC822.SIZE 4286 MODSEQ (12) BODY[] {0}\r\n UID 9)\r\n";
        let Reply::Fetch(row) = read(line) else {
            panic!("{:?}", read(line))
        };
        assert_eq!(
            (row.uid, row.size, row.modseq),
            (Some(9), Some(4286), Some(12))
        );
        assert_eq!(row.date.as_deref(), Some("17-Jul-1996 02:44:25 -0700"));
        let Reply::Fetch(row) = read(b"* 1 FETCH (UID 1 INTERNALDATE NIL)\r\n") else {
            panic!()
        };
        assert_eq!((row.uid, row.date), (Some(1), None));
        let Reply::Fetch(row) = read(b"* 1 FETCH (UID 1 BODY[] NIL)\r\n") else {
            panic!()
        };
        assert!(row.nil_body);
        let Reply::Fetch(row) = read(b"* 1 FETCH (UID 1 BODY[] \"hi\")\r\n") else {
            panic!()
        };
        assert_eq!(row.inline.as_deref(), Some(&b"hi"[..]));
    }

    #[test]
    fn fields_of_a_header_are_no_body() {
        for line in [
            &b"* 3 FETCH (UID 9 BODY[HEADER.FIELDS (FROM TO)] {6}\r\nA: b\r\n)\r\n"[..],
            b"* 3 FETCH (BODY[HEADER.FIELDS (\"From\" \"To\")] {6}\r\nA: b\r\n UID 9)\r\n",
        ] {
            let Reply::Fetch(row) = read(line) else {
                panic!("{:?}", read(line))
            };
            assert_eq!(
                (row.uid, row.header.as_deref()),
                (Some(9), Some(&b"A: b\r\n"[..]))
            );
            assert_eq!((row.inline, row.nil_body), (None, false));
        }
        let Reply::Fetch(row) = read(b"* 1 FETCH (UID 1 BODY[HEADER.FIELDS (TO)] NIL)\r\n") else {
            panic!()
        };
        assert_eq!((row.header, row.nil_body), (None, false));
    }

    #[test]
    fn the_rest_is_data_or_unknown() {
        assert_eq!(read(b"* 23 EXISTS\r\n"), Reply::Exists(23));
        assert_eq!(read(b"* 2 expunge\r\n"), Reply::Expunge);
        assert!(
            matches!(read(b"* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n"), Reply::Data(word, _) if word == "NAMESPACE")
        );
        assert_eq!(read(b"Server Unavailable.\r\n"), Reply::Unknown);
        assert_eq!(read(b"\r\n"), Reply::Unknown);
    }

    proptest! {
        #[test]
        fn no_octets_make_it_panic(line in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&line);
        }

        #[test]
        fn no_fetch_like_line_makes_it_panic(inside in "[ -~]{0,80}") {
            let _ = read(format!("* 1 FETCH ({inside})\r\n").as_bytes());
        }
    }
}
