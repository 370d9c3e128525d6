//! The properties of accounts, domains and the server: read out of answers, written into commands.
//!
//! Promises: letter case of names and classes does not matter; a property that an older server does not know is absent,
//! never an error. Deliberately absent: classes nobody here needs (pictures, cards, responders).

use std::collections::HashMap;

use super::xml::{self, Element};

/// The value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, number or truth.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// A person's name.
    Name {
        /// What stands first.
        name: String,
        /// The family's.
        surname: String,
    },
    /// Space, in kB (1,024 octets).
    Quota {
        /// Allowed; 0 where nothing limits it.
        allowed: u64,
    },
}

/// Properties by their names in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Properties(HashMap<String, Value>);

impl Properties {
    /// Reads the items of a result.
    pub(super) fn read(result: &Element) -> Self {
        let items = result.all("item").filter_map(|item| {
            let name = item.child("apiproperty")?.value("propname")?;
            let value = value(item.child("propertyval")?)?;
            Some((name.to_ascii_lowercase(), value))
        });
        Self(items.collect())
    }

    /// Adds these to the others.
    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// A text by its name in lower case; `None` where it is unset or unknown.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    /// Whether a switch is on; `None` where it is unset or unknown.
    pub(super) fn is_on(&self, name: &str) -> Option<bool> {
        let text = self.text(name)?.trim();
        if text.eq_ignore_ascii_case("true") {
            return Some(true);
        }
        Some(self.number(name).is_some_and(|number| number != 0))
    }

    /// Several texts, one by one; a text with `;` between them is taken apart.
    pub(super) fn list(&self, name: &str) -> Option<Vec<String>> {
        match self.0.get(name)? {
            Value::List(list) => Some(list.clone()),
            Value::Text(text) => Some(parts(text)),
            _ => None,
        }
    }

    /// Several texts, where the server keeps them as such.
    pub(super) fn true_list(&self, name: &str) -> Option<&[String]> {
        match self.0.get(name)? {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// A person's name in one.
    pub(super) fn name(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::Name { name, surname } => Some(format!("{name} {surname}").trim().to_owned()),
            Value::Text(text) => Some(text.trim().to_owned()),
            _ => None,
        }
    }

    /// The space that is allowed, in kB; 0 where nothing limits it.
    pub(super) fn quota(&self, name: &str) -> Option<u64> {
        match self.0.get(name)? {
            Value::Quota { allowed } => Some(*allowed),
            _ => None,
        }
    }
}

fn value(element: &Element) -> Option<Value> {
    let class = element.value("classname").unwrap_or_default();
    let text = |name| element.child(name).map(|child| child.text().to_owned());
    match class.to_ascii_lowercase().as_str() {
        "tpropertynovalue" => None,
        "tpropertystringlist" => {
            let items = element.child("val")?.all("item");
            Some(Value::List(
                items.map(|item| item.text().trim().to_owned()).collect(),
            ))
        }
        "taccountname" => Some(Value::Name {
            name: text("name").unwrap_or_default(),
            surname: text("surname").unwrap_or_default(),
        }),
        "taccountquota" => Some(Value::Quota {
            allowed: element.value("mailboxquota")?.parse().ok()?,
        }),
        "taccountstate" => text("state").map(Value::Text),
        _ => text("val").map(Value::Text),
    }
}

/// What stands between `;`.
pub(super) fn parts(text: &str) -> Vec<String> {
    let parts = text.split(';').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The question for these properties.
pub(super) fn wanted(list: &str, names: &[&str]) -> String {
    let items = names
        .iter()
        .map(|name| xml::element("item", &xml::leaf("propname", name)));
    xml::element(list, &items.collect::<String>())
}

/// These properties to be set.
pub(super) fn given<'a>(
    list: &str,
    properties: impl IntoIterator<Item = (&'a str, Value)>,
) -> String {
    let items = properties.into_iter().map(|(name, value)| {
        let name = xml::element("apiproperty", &xml::leaf("propname", name));
        xml::element(
            "item",
            &(name + &xml::element("propertyval", &markup(&value))),
        )
    });
    xml::element(list, &items.collect::<String>())
}

fn markup(value: &Value) -> String {
    let class = |name| xml::leaf("classname", name);
    match value {
        Value::Text(text) => class("tpropertystring") + &xml::leaf("val", text),
        Value::List(list) => {
            let items: String = list.iter().map(|item| xml::leaf("item", item)).collect();
            class("tpropertystringlist") + &xml::element("val", &items)
        }
        Value::Name { name, surname } => {
            class("taccountname") + &xml::leaf("name", name) + &xml::leaf("surname", surname)
        }
        Value::Quota { allowed } => {
            class("taccountquota") + &xml::leaf("mailboxquota", &allowed.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(items: &str) -> Properties {
        Properties::read(&xml::read(xml::element("result", items).as_bytes()).unwrap())
    }

    #[test]
    fn values_of_every_class_are_read() {
        let item = |name: &str, inner: &str| {
            format!(
                "<item><apiproperty><propname>{name}</propname></apiproperty>\
                 <propertyval>{inner}</propertyval><propertyright>2</propertyright></item>"
            )
        };
        let read = read(
            &[
                item("U_Type", "<classname>TPropertyString</classname><val>0</val>"),
                item("A_AliasList", "<classname>TPropertyStringList</classname><val><item>anna</item>\n<item>a.rossi</item>\n</val>"),
                item("A_Name", "<classname>TAccountName</classname><name>Anna</name><surname/>"),
                item("A_Quota", "<classname>TAccountQuota</classname><mailboxsize>934</mailboxsize><mailboxquota>2048</mailboxquota>"),
                item("A_State", "<classname>TAccountState</classname><state>1</state>"),
                item("A_Image", "<classname>TPropertyNoValue</classname>"),
                item("U_Alias", "<classname>tpropertystring</classname><val>anna; a.rossi;</val>"),
            ]
            .concat(),
        );
        assert_eq!(read.number("u_type"), Some(0));
        assert_eq!(read.is_on("u_type"), Some(false));
        assert_eq!(read.list("a_aliaslist").unwrap(), ["anna", "a.rossi"]);
        assert_eq!(read.list("u_alias").unwrap(), ["anna", "a.rossi"]);
        assert_eq!(read.true_list("u_alias"), None);
        assert_eq!(read.name("a_name").as_deref(), Some("Anna"));
        assert_eq!(read.quota("a_quota"), Some(2048));
        assert_eq!(read.is_on("a_state"), Some(true));
        assert_eq!(
            (read.text("a_image"), read.text("u_unheard_of")),
            (None, None)
        );
    }

    #[test]
    fn what_is_given_is_read_back() {
        let values = [
            ("u_forwardto", Value::Text(" a;b ".into())),
            (
                "a_aliaslist",
                Value::List(vec!["uno".into(), "d&ue".into()]),
            ),
            (
                "a_name",
                Value::Name {
                    name: "Zoë".into(),
                    surname: "D'Elia".into(),
                },
            ),
            ("a_quota", Value::Quota { allowed: 7 }),
        ];
        let list = given("propertyvaluelist", values.clone());
        let read = Properties::read(&xml::read(list.as_bytes()).unwrap());
        for (name, value) in values {
            assert_eq!(read.0[name], value);
        }
    }
}
