//! XML as IceWarp's API speaks it: small trees read, elements written.
//!
//! Promises: every text that XML can carry arrives as it was, white space at its ends included; what is read is whole,
//! bounded in depth and number, and without document types, so that no entity can grow; prefixes and letter case of
//! names do not matter. Deliberately absent: what any of it means. No element can be printed: servers may repeat what
//! they were told.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

/// Elements nested deeper than this belong to no answer.
const DEPTH: usize = 32;
/// More elements than this are no answer: the largest page of a list has a few thousand.
const ELEMENTS: usize = 200_000;

/// One element with what stands in it.
#[derive(Default)]
pub(super) struct Element {
    /// Its name without prefix, in lower case.
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Option<Self> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.ok()?;
            let key = attribute.key.local_name().into_inner().to_ascii_lowercase();
            attributes.push((key, unescape(&attribute.value).ok()?.into_owned()));
        }
        Some(Self {
            name: tag.local_name().into_inner().to_ascii_lowercase(),
            attributes,
            ..Self::default()
        })
    }

    /// Whether it is called this (in lower case).
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// An attribute by its name in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first element directly in it with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.is(name))
    }

    /// All elements directly in it with this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.is(name))
    }

    /// The first element with this name at any depth, itself included.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        if self.is(name) {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }

    /// Takes the first element with this name, at any depth below it, out of it.
    pub(super) fn take(&mut self, name: &str) -> Option<Self> {
        match self.children.iter().position(|child| child.is(name)) {
            Some(at) => Some(self.children.swap_remove(at)),
            None => self.children.iter_mut().find_map(|child| child.take(name)),
        }
    }

    /// The text directly in it, as it is.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text of the first element in it with this name, without white space around it; `None` for none.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let text = self.child(name)?.text.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// The one element a document consists of; `None` if it is not whole, not well formed, or not of this kind at all.
pub(super) fn read(octets: &[u8]) -> Option<Element> {
    let text = String::from_utf8_lossy(octets);
    let blank = |c: char| c == '\u{FEFF}' || c.is_whitespace();
    let mut reader = Reader::from_str(text.trim_start_matches(blank));
    let mut open: Vec<Element> = Vec::new();
    let mut whole: Option<Element> = None;
    let mut count = 0;
    loop {
        let closed = match reader.read_event().ok()? {
            Event::Start(tag) => {
                count += 1;
                if open.len() == DEPTH || count > ELEMENTS || whole.is_some() {
                    return None;
                }
                open.push(Element::of(&tag)?);
                None
            }
            Event::Empty(tag) => {
                count += 1;
                if count > ELEMENTS {
                    return None;
                }
                Some(Element::of(&tag)?)
            }
            Event::End(_) => Some(open.pop()?),
            Event::Text(text) => {
                note(&mut open, &text)?;
                None
            }
            Event::CData(text) => {
                note(&mut open, &text)?;
                None
            }
            Event::GeneralRef(entity) => {
                match entity.resolve_char_ref().ok()? {
                    Some(letter) => note(&mut open, letter.encode_utf8(&mut [0; 4]))?,
                    None => note(&mut open, resolve_predefined_entity(&entity)?)?,
                }
                None
            }
            Event::DocType(_) => return None,
            Event::Eof => break,
            _ => None,
        };
        if let Some(element) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(element),
                None if whole.is_none() => whole = Some(element),
                None => return None,
            }
        }
    }
    whole.filter(|_| open.is_empty())
}

/// Puts a piece of text where it belongs; `None` for one that stands outside of everything.
fn note(open: &mut [Element], text: &str) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim_matches('\u{FEFF}').trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

/// An element with this markup in it.
pub(super) fn element(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>")
}

/// An element with this text in it.
pub(super) fn leaf(name: &str, text: &str) -> String {
    element(name, &escaped(text))
}

/// Text as markup. White space at the ends is written in numbers, which careless readers leave alone; letters that XML
/// cannot carry are left out: who sends what must arrive whole asks [`can_carry`] first.
fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|letter| is_carried(*letter)).collect();
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    let mut markup = String::with_capacity(text.len());
    let in_numbers = |markup: &mut String, blanks: &str| {
        for blank in blanks.chars() {
            let _ = write!(markup, "&#{};", u32::from(blank));
        }
    };
    in_numbers(&mut markup, &text[..start]);
    markup.push_str(&escape(inner));
    in_numbers(&mut markup, &text[start + inner.len()..]);
    markup
}

/// Whether XML can carry this text at all (XML 1.0, 2.2).
pub(super) fn can_carry(text: &str) -> bool {
    text.chars().all(is_carried)
}

fn is_carried(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        letter => letter >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(text: &str) -> String {
        let read = read(leaf("a", text).as_bytes()).unwrap();
        read.text().to_owned()
    }

    #[test]
    fn every_text_arrives_as_it_was() {
        for text in [
            "",
            " ",
            "  führend",
            "zum Schluss \t",
            "a&b<c>d\"e'f",
            "]]>&amp;&#38;",
            "ß 🦀 \u{10FFFF}",
            "una\nriga\r\ne un'altra\rancora",
            "\u{A0}non si spezza\u{A0}",
        ] {
            assert!(can_carry(text));
            assert_eq!(back(text), text, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_xml_can_carry_arrives_as_it_was(text in "\\PC*") {
            prop_assume!(can_carry(&text));
            prop_assert_eq!(back(&text), text);
        }

        #[test]
        fn nothing_that_comes_breaks_the_reader(text in "[<>/a-c&;#x0-9 \"=!\\[\\]-]{0,60}") {
            let _ = read(text.as_bytes());
        }
    }

    #[test]
    fn control_characters_cannot_be_carried() {
        for text in ["\0", "a\u{1}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
            assert!(!can_carry(text), "{text:?}");
            assert_eq!(
                back(text),
                if text.starts_with('a') { "a" } else { "" },
                "{text:?}"
            );
        }
    }

    #[test]
    fn prefixes_case_marks_and_blank_lines_do_not_matter() {
        let text = "\u{FEFF}\r\n\n<?xml version=\"1.0\"?>\n<x:IQ Type=\"result\" xmlns:x=\"u\"><x:Result> 1\n</x:Result>\
                    <!-- so --></x:IQ>\n\n\u{FEFF}";
        let read = read(text.as_bytes()).unwrap();
        assert!(read.is("iq") && read.attribute("type") == Some("result"));
        assert_eq!(read.value("result"), Some("1"));
    }

    #[test]
    fn what_is_not_one_whole_document_is_nothing() {
        let whole = "<iq><query><result>1</result></query></iq>";
        assert!(read(whole.as_bytes()).is_some());
        for cut in 0..whole.len() {
            assert!(read(&whole.as_bytes()[..cut]).is_none(), "{cut}");
        }
        for text in [
            "ok",
            "<a/><b/>",
            "<a></b>",
            "<!DOCTYPE html><html></html>",
            "<!DOCTYPE a [<!ENTITY b \"cccc\">]><a>&b;</a>",
            "<a>&unknown;</a>",
            "<a>&#0;</a>",
            "<a/>more",
        ] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = |n: usize| format!("{}{}", "<a>".repeat(n), "</a>".repeat(n));
        assert!(read(deep(DEPTH).as_bytes()).is_some());
        assert!(read(deep(DEPTH + 1).as_bytes()).is_none());
        let many = format!("<a>{}</a>", "<b/>".repeat(ELEMENTS));
        assert!(read(many.as_bytes()).is_none());
    }
}
