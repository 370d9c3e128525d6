//! What the API is asked, and what it answers: the envelope around both.
//!
//! Promises: an answer is a result or a refusal, and anything else is none; `result` 0 is not taken for done; secrets
//! that were part of a question are cut out of whatever is kept of the answer. Deliberately absent: sessions and the
//! way there (see `session`).

use secrecy::{ExposeSecret, SecretString};

use super::xml::{self, Element};

/// More of a refusal than this is not kept, in characters.
const WORDS: usize = 200;

/// One command with its parameters. It cannot be printed: a password may be among them.
pub(super) struct Command {
    /// Its name in the API.
    pub(super) name: &'static str,
    parameters: String,
    secrets: Vec<SecretString>,
}

impl Command {
    /// A command without parameters.
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            parameters: String::new(),
            secrets: Vec::new(),
        }
    }

    /// With a parameter.
    #[must_use]
    pub(super) fn with(self, name: &str, value: &str) -> Self {
        self.containing(&xml::leaf(name, value))
    }

    /// With a parameter nobody may see.
    #[must_use]
    pub(super) fn with_secret(mut self, name: &str, value: &SecretString) -> Self {
        self.secrets.push(value.clone());
        self.with(name, value.expose_secret())
    }

    /// With this markup among its parameters.
    #[must_use]
    pub(super) fn containing(mut self, markup: &str) -> Self {
        self.parameters.push_str(markup);
        self
    }

    /// The same, where the markup holds a secret.
    #[must_use]
    pub(super) fn hiding(mut self, secret: &SecretString) -> Self {
        self.secrets.push(secret.clone());
        self
    }

    /// As it is sent.
    pub(super) fn body(&self, sid: Option<&SecretString>) -> String {
        let name = xml::leaf("commandname", self.name);
        let parameters = xml::element("commandparams", &self.parameters);
        let sid = sid.map_or_else(String::new, |sid| {
            format!(
                " sid=\"{}\"",
                quick_xml::escape::escape(sid.expose_secret())
            )
        });
        format!("<iq{sid}><query xmlns=\"admin:iq:rpc\">{name}{parameters}</query></iq>")
    }

    /// What must not be seen of it, and of an answer to it.
    pub(super) fn secrets(&self) -> &[SecretString] {
        &self.secrets
    }
}

/// Words of a server, short and in one line, with these secrets cut out.
pub(super) fn scrubbed(words: &str, secrets: &[SecretString]) -> String {
    let mut words = words.to_owned();
    for secret in secrets.iter().map(ExposeSecret::expose_secret) {
        let escaped = quick_xml::escape::escape(secret);
        for form in [secret, &escaped, secret.trim()] {
            if !form.is_empty() {
                words = words.replace(form, "…");
            }
        }
    }
    let kept = words.chars().take(WORDS);
    kept.map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// What the server says.
pub(super) enum Answer {
    /// The result, with the session's name if there was one.
    Result {
        /// What stands in `<result>`.
        result: Element,
        /// The attribute `sid`.
        sid: Option<SecretString>,
    },
    /// An error, by its uid.
    Refused(String),
}

/// Reads an answer; `None` if it is none of this API's.
pub(super) fn read(octets: &[u8]) -> Option<Answer> {
    let mut iq = xml::read(octets).filter(|root| root.is("iq"))?;
    let sid = iq.attribute("sid").map(SecretString::from);
    let is_error = iq.attribute("type").is_some_and(|kind| kind == "error");
    if let Some(error) = iq.find("error")
        && (is_error || iq.find("result").is_none())
    {
        let uid = error
            .attribute("uid")
            .unwrap_or_else(|| error.text().trim());
        return Some(Answer::Refused(uid.to_owned()));
    }
    if is_error {
        return Some(Answer::Refused(String::new()));
    }
    let result = iq.take("result")?;
    Some(Answer::Result { result, sid })
}

/// What a simple command came to: done, or the number that says why not.
pub(super) fn done(result: &Element) -> Result<(), String> {
    match result.text().trim() {
        "1" => Ok(()),
        other => Err(other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The uid of a refusal, or the text of a result.
    fn said(text: &str) -> Option<Result<String, String>> {
        Some(match read(text.as_bytes())? {
            Answer::Result { result, .. } => Ok(result.text().to_owned()),
            Answer::Refused(uid) => Err(uid),
        })
    }

    #[test]
    fn results_and_refusals_are_told_apart_in_all_their_shapes() {
        let result = |text: &str| Some(Ok(text.to_owned()));
        let refused = |uid: &str| Some(Err(uid.to_owned()));
        for (text, expected) in [
            (
                "<iq type=\"result\" sid=\"2016\"><query xmlns=\"admin:iq:rpc\"><result>1</result></query></iq>",
                result("1"),
            ),
            (
                "<iq type=\"result\"><query><result>0</result></query></iq>",
                result("0"),
            ),
            (
                "<iq type=\"result\"><query><result/></query></iq>",
                result(""),
            ),
            (
                "<iq type=\"error\" sid=\"x\"><query xmlns=\"admin:iq:rpc\"><error uid=\"domain_invalid\"/></query></iq>",
                refused("domain_invalid"),
            ),
            (
                "<iq type=\"error\"><query><error uid=\"iq_root_tag_invalid\"/></query></iq>",
                refused("iq_root_tag_invalid"),
            ),
            (
                "<iq type=\"error\"><query><error>a_thing</error></query></iq>",
                refused("a_thing"),
            ),
            ("<iq type=\"error\"/>", refused("")),
            ("<iq type=\"result\"><query/></iq>", None),
            ("<html><body>IceWarp WebClient</body></html>", None),
            ("", None),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn only_a_one_is_done() {
        for (text, done_) in [
            ("1", true),
            (" 1\n", true),
            ("0", false),
            ("-7", false),
            ("", false),
            ("11", false),
        ] {
            let text = format!("<iq><query><result>{text}</result></query></iq>");
            let Some(Answer::Result { result, .. }) = read(text.as_bytes()) else {
                panic!("{text}")
            };
            assert_eq!(done(&result).is_ok(), done_, "{text}");
        }
    }

    #[test]
    fn a_command_is_written_as_the_servers_own_scripts_write_it() {
        let command = Command::new("getdomainsinfolist").with("offset", "0");
        assert_eq!(
            command.body(Some(&SecretString::from("a\"b"))),
            "<iq sid=\"a&quot;b\"><query xmlns=\"admin:iq:rpc\"><commandname>getdomainsinfolist</commandname>\
             <commandparams><offset>0</offset></commandparams></query></iq>"
        );
        assert!(Command::new("x").body(None).starts_with("<iq><query"));
    }

    #[test]
    fn what_a_server_repeats_of_a_password_is_cut_out() {
        let secret = SecretString::from(" a<b ");
        let command = Command::new("setaccountpassword").with_secret("password", &secret);
        for words in ["not  a<b !", "not ' a&lt;b '", "bad:a<b"] {
            let scrubbed = scrubbed(words, command.secrets());
            assert!(
                !scrubbed.contains("a<b") && !scrubbed.contains("a&lt;b"),
                "{scrubbed}"
            );
            assert!(scrubbed.contains('…'));
        }
        assert_eq!(scrubbed("one\ntwo", &[]), "one two");
        assert_eq!(scrubbed(&"é".repeat(900), &[]).chars().count(), WORDS);
    }
}
