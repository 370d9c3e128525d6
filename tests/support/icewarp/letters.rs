//! The API's XML, read and written without a line of the client's.

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element of a question: name in lower case, text, children.
#[derive(Debug, Default, Clone)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn read(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut stack = vec![Node::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    let attributes = tag.attributes().map(|attribute| {
                        let attribute = attribute.unwrap();
                        let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                        (
                            attribute.key.local_name().into_inner().to_owned(),
                            value.into_owned(),
                        )
                    });
                    stack.push(Node {
                        name: tag.local_name().into_inner().to_lowercase(),
                        attributes: attributes.collect(),
                        ..Node::default()
                    });
                }
                Event::End(_) => {
                    let node = stack.pop().unwrap();
                    stack.last_mut().unwrap().children.push(node);
                }
                Event::Text(text) => stack.last_mut().unwrap().text.push_str(&text),
                Event::GeneralRef(entity) => {
                    let letter = entity.resolve_char_ref().unwrap().map(String::from);
                    let letter = letter.unwrap_or_else(|| match &*entity {
                        "amp" => String::from("&"),
                        "lt" => String::from("<"),
                        "gt" => String::from(">"),
                        "quot" => String::from("\""),
                        "apos" => String::from("'"),
                        other => panic!("{other}"),
                    });
                    stack.last_mut().unwrap().text.push_str(&letter);
                }
                Event::Eof => break,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(stack.len(), 1, "{text}");
        stack.remove(0)
    }

    pub fn find(&self, name: &str) -> Option<&Node> {
        self.children
            .iter()
            .find(|child| child.name == name)
            .or_else(|| self.children.iter().find_map(|child| child.find(name)))
    }

    pub fn text_of(&self, name: &str) -> &str {
        self.find(name).map_or("", |node| node.text.as_str())
    }
}

pub fn envelope(kind: &str, sid: &str, inner: &str) -> String {
    let sid = if sid.is_empty() {
        String::new()
    } else {
        format!(" sid=\"{sid}\"")
    };
    format!("<iq type=\"{kind}\"{sid}>\n  <query xmlns=\"admin:iq:rpc\">{inner}</query>\n</iq>\n")
}

pub fn escape(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;")
}

pub fn items<const N: usize>(values: &[(&str, String); N]) -> String {
    values
        .iter()
        .map(|(name, value)| item(name, Some(value)))
        .collect()
}

pub fn item(name: &str, value: Option<&str>) -> String {
    let value = value.map_or_else(
        || String::from("<classname>TPropertyNoValue</classname>"),
        |value| {
            format!(
                "<classname>TPropertyString</classname><val>{}</val>",
                escape(value)
            )
        },
    );
    whole(name, &value)
}

pub fn whole(name: &str, value: &str) -> String {
    format!(
        "<item><apiproperty><propname>{name}</propname></apiproperty>\n<propertyval>{value}</propertyval>\n\
         <propertyright>2</propertyright></item>\n"
    )
}
