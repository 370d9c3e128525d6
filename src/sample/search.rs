//! SEARCH and UID SEARCH, with the answer of RFC 3501 or of RFC 4731.
//!
//! Texts are compared without regard to ASCII case, on the octets as they are: no MIME decoding.

use super::envelope::unfolded;
use super::fetch::{Messages, shuffle};
use super::session::Session;
use super::store::Mail;
use crate::serve::command::Value;
use crate::serve::section::{field_name, header_fields, header_length};
use crate::serve::set::{Numbers, set_of};
use std::fmt::Write as _;
use std::io;

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// A day as year, month, day: compares like the calendar.
type Day = (u16, usize, u8);

#[derive(Debug)]
enum Key {
    All,
    Numbers(Numbers),
    Uids(Numbers),
    Flag(String, bool),
    Larger(u64),
    Smaller(u64),
    ChangedSince(u64),
    Field(String, Vec<u8>),
    Body(Vec<u8>),
    Text(Vec<u8>),
    Before(Day),
    On(Day),
    Since(Day),
    Not(Box<Key>),
    Or(Box<Key>, Box<Key>),
    And(Vec<Key>),
}

impl Session {
    pub(super) async fn search(&mut self, values: &[Value], by_uid: bool) -> io::Result<String> {
        let mut rest = values;
        let wanted = match values {
            [word, Value::List(options), keys @ ..]
                if word.word() == "RETURN" && self.knows("ESEARCH") =>
            {
                rest = keys;
                Some(options.iter().map(Value::word).collect::<Vec<_>>())
            }
            _ => None,
        };
        if let [word, _, keys @ ..] = rest
            && word.word() == "CHARSET"
        {
            rest = keys;
        }
        let Some(key) = self.all_of(rest) else {
            return Ok("BAD Unknown search key".to_owned());
        };
        let mut messages: Messages = self.known_messages();
        let folder = self
            .selected
            .as_ref()
            .map(|selected| selected.folder.clone())
            .unwrap_or_default();
        let hidden = self.shared.faults.hidden_in(&folder);
        messages.retain(|(number, mail)| !hidden.contains(&mail.uid) && key.fits(*number, mail));
        let limited = self.limit_messages(&mut messages);
        let mut numbers: Vec<u32> = messages
            .iter()
            .map(|(number, mail)| if by_uid { mail.uid } else { *number })
            .collect();
        if by_uid {
            numbers.extend(self.shared.faults.phantoms_in(&folder));
            numbers.sort_unstable();
        }
        if self.shared.faults.is_shuffled() && wanted.is_none() {
            shuffle(&mut numbers);
        }
        let line = match wanted {
            None => {
                let mut list = "* SEARCH".to_owned();
                for number in &numbers {
                    let _ = write!(list, " {number}");
                }
                list + "\r\n"
            }
            Some(wanted) => {
                let uid = if by_uid { " UID" } else { "" };
                format!(
                    "* ESEARCH (TAG \"{}\"){uid}{}\r\n",
                    self.tag,
                    results(&wanted, &numbers)
                )
            }
        };
        self.wire.put(line).await?;
        Ok(match limited {
            Some(code) => format!("OK {code} SEARCH completed with partial results"),
            None => "OK SEARCH completed".to_owned(),
        })
    }

    fn all_of(&self, values: &[Value]) -> Option<Key> {
        let mut keys = Vec::new();
        let mut rest = values;
        while !rest.is_empty() {
            let (key, after) = self.key(rest)?;
            keys.push(key);
            rest = after;
        }
        (!keys.is_empty()).then_some(Key::And(keys))
    }

    /// The key at the start of the values, and the values after it.
    fn key<'a>(&self, values: &'a [Value]) -> Option<(Key, &'a [Value])> {
        let (first, rest) = values.split_first()?;
        if let Value::List(inner) = first {
            return Some((self.all_of(inner)?, rest));
        }
        let word = first.word();
        let flag = |name: &str, held: bool| Some((Key::Flag(format!("\\{name}"), held), rest));
        match word.as_str() {
            "ALL" | "OLD" => return Some((Key::All, rest)),
            "RECENT" | "NEW" => return Some((Key::Not(Box::new(Key::All)), rest)),
            "ANSWERED" | "DELETED" | "DRAFT" | "FLAGGED" | "SEEN" => return flag(&word, true),
            "UNANSWERED" | "UNDELETED" | "UNDRAFT" | "UNFLAGGED" | "UNSEEN" => {
                return flag(&word[2..], false);
            }
            "NOT" => {
                let (key, rest) = self.key(rest)?;
                return Some((Key::Not(Box::new(key)), rest));
            }
            "OR" => {
                let (one, rest) = self.key(rest)?;
                let (two, rest) = self.key(rest)?;
                return Some((Key::Or(Box::new(one), Box::new(two)), rest));
            }
            _ => {}
        }
        if let Some(numbers) = Numbers::parse(first.octets()?, self.last_number(false)) {
            return Some((Key::Numbers(numbers), rest));
        }
        let (value, rest) = rest.split_first()?;
        let text = || value.octets().map(<[u8]>::to_ascii_lowercase);
        let key = match word.as_str() {
            "UID" => Key::Uids(Numbers::parse(value.octets()?, self.last_number(true))?),
            "KEYWORD" => Key::Flag(value.word(), true),
            "UNKEYWORD" => Key::Flag(value.word(), false),
            "LARGER" => Key::Larger(value.number()?),
            "SMALLER" => Key::Smaller(value.number()?),
            "MODSEQ" if self.knows("CONDSTORE") => Key::ChangedSince(value.number()?),
            "BCC" | "CC" | "FROM" | "SUBJECT" | "TO" => Key::Field(word, text()?),
            "BODY" => Key::Body(text()?),
            "TEXT" => Key::Text(text()?),
            "BEFORE" => Key::Before(day(&value.word())?),
            "ON" => Key::On(day(&value.word())?),
            "SINCE" => Key::Since(day(&value.word())?),
            "HEADER" => {
                let (wanted, rest) = rest.split_first()?;
                return Some((
                    Key::Field(value.word(), wanted.octets()?.to_ascii_lowercase()),
                    rest,
                ));
            }
            _ => return None,
        };
        Some((key, rest))
    }
}

impl Key {
    fn fits(&self, number: u32, mail: &Mail) -> bool {
        let arrived = || {
            day(mail
                .internal_date
                .trim_start()
                .split(' ')
                .next()
                .unwrap_or_default())
        };
        match self {
            Self::All => true,
            Self::Numbers(numbers) => numbers.contains(number),
            Self::Uids(numbers) => numbers.contains(mail.uid),
            Self::Flag(flag, held) => mail.has_flag(flag) == *held,
            Self::Larger(octets) => mail.body.len() as u64 > *octets,
            Self::Smaller(octets) => (mail.body.len() as u64) < *octets,
            Self::ChangedSince(modseq) => mail.modseq >= *modseq,
            Self::Field(name, text) => header_fields(&mail.body[..header_length(&mail.body)])
                .into_iter()
                .any(|field| field_name(field) == *name && has_text(&unfolded(field), text)),
            Self::Body(text) => has_text(&mail.body[header_length(&mail.body)..], text),
            Self::Text(text) => has_text(&mail.body, text),
            Self::Before(limit) => arrived().is_some_and(|day| day < *limit),
            Self::On(limit) => arrived().is_some_and(|day| day == *limit),
            Self::Since(limit) => arrived().is_some_and(|day| day >= *limit),
            Self::Not(key) => !key.fits(number, mail),
            Self::Or(one, two) => one.fits(number, mail) || two.fits(number, mail),
            Self::And(keys) => keys.iter().all(|key| key.fits(number, mail)),
        }
    }
}

fn has_text(octets: &[u8], text: &[u8]) -> bool {
    super::faults::contains(&octets.to_ascii_lowercase(), text)
}

/// A day such as `17-Jul-1996`.
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month))?;
    Some((year.parse().ok()?, month, day.parse().ok()?))
}

/// The results asked for; none named means ALL.
fn results(wanted: &[String], numbers: &[u32]) -> String {
    let mut told = String::new();
    let asked = |option: &str| wanted.iter().any(|word| word == option);
    if let (true, Some(first)) = (asked("MIN"), numbers.first()) {
        let _ = write!(told, " MIN {first}");
    }
    if let (true, Some(last)) = (asked("MAX"), numbers.last()) {
        let _ = write!(told, " MAX {last}");
    }
    if (asked("ALL") || wanted.is_empty()) && !numbers.is_empty() {
        let _ = write!(told, " ALL {}", set_of(numbers));
    }
    if asked("COUNT") {
        let _ = write!(told, " COUNT {}", numbers.len());
    }
    told
}

#[cfg(test)]
mod tests {
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, with_three};

    #[tokio::test]
    async fn keys_are_combined_and_phantoms_appear() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        for (keys, found) in [
            ("ALL", " 1 2 3"),
            ("UID 2:*", " 2 3"),
            ("OR SEEN KEYWORD progetto", " 1 3"),
            ("NOT (SUBJECT \"TWO\") 1:2", " 1"),
            (
                "HEADER To ada SINCE 1-Jan-1996 BEFORE 18-Jul-1996",
                " 1 2 3",
            ),
            ("LARGER 100000", ""),
        ] {
            assert_eq!(
                talk.ok(&format!("UID SEARCH {keys}")).await[0],
                format!("* SEARCH{found}"),
                "{keys}"
            );
        }
        server.faults().phantom("INBOX", 90);
        let esearch = talk.ok("UID SEARCH RETURN (ALL COUNT) ALL").await;
        assert_eq!(esearch[0], "* ESEARCH (TAG \"t\") UID ALL 1:3,90 COUNT 4");
    }
}
