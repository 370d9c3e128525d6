//! The autoconfiguration page a domain may offer (`config-v1.1.xml`): asked for, and read.
//!
//! Promises: only a whole, well-formed page counts; TLS is asked first; what an unprotected page says counts only
//! as far as its servers are protected. Deliberately absent: outgoing servers, calendars, and whatever else such a
//! page holds; the directory of providers that mail programs share (see `provider`).

use futures::future::select_ok;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use reqwest::Url;

use super::subject::{Subject, ascii};
use super::world::World;
use super::{Candidate, LoginForm, Protocol, Source};
use crate::account::{Address, Security};

/// More servers than this nobody offers.
const SERVERS: usize = 16;

/// Which pages may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Only those over TLS.
    Protected,
    /// Where those say nothing, the one over plain HTTP as well.
    Any,
}

/// What the pages of `domain` say about the subject; `mx` is the host that led to this domain, if it is not the
/// subject's own.
pub(super) async fn ask(
    world: &World,
    subject: &Subject,
    domain: &str,
    mx: Option<&str>,
    reach: Reach,
) -> Vec<Candidate> {
    let [first, second, plain] = pages(subject, domain);
    // Both are the same page by intent: the first to say something is believed.
    let protected = [first, second].map(|url| Box::pin(one(world, subject, url, mx)));
    if let Ok((found, _)) = select_ok(protected).await {
        return found;
    }
    if reach == Reach::Protected {
        return Vec::new();
    }
    let mut found = one(world, subject, plain, mx).await.unwrap_or_default();
    found.retain(|candidate| candidate.address.security != Security::Clear);
    found
}

async fn one(
    world: &World,
    subject: &Subject,
    url: Option<Url>,
    mx: Option<&str>,
) -> Result<Vec<Candidate>, ()> {
    let url = url.ok_or(())?;
    let page = world.page(&url).await.ok_or(())?;
    let servers = read(&String::from_utf8_lossy(&page), subject).ok_or(())?;
    if servers.is_empty() {
        return Err(());
    }
    let source = Source::Autoconfig {
        url: without_query(url),
        mx: mx.map(str::to_owned),
    };
    let candidates = servers.into_iter().map(|server| Candidate {
        source: source.clone(),
        protocol: server.protocol,
        address: server.address,
        login: server.login,
        oauth: server.oauth,
        provider: None,
    });
    Ok(candidates.collect())
}

/// The two pages over TLS, and the one over plain HTTP.
fn pages(subject: &Subject, domain: &str) -> [Option<Url>; 3] {
    let own = |scheme: &str| {
        let page = format!("{scheme}://autoconfig.{domain}/mail/config-v1.1.xml");
        let mut url = Url::parse(&page).ok()?;
        if let Some(address) = subject.address() {
            let _ = url.query_pairs_mut().append_pair("emailaddress", &address);
        }
        Some(url)
    };
    let known = format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml");
    [own("https"), Url::parse(&known).ok(), own("http")]
}

fn without_query(mut url: Url) -> String {
    url.set_query(None);
    url.into()
}

/// A server as such a page describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Server {
    protocol: Protocol,
    address: Address,
    login: LoginForm,
    oauth: bool,
}

/// What stands inside one `incomingServer`.
#[derive(Debug, Default)]
struct Raw {
    kind: String,
    host: String,
    port: String,
    socket: String,
    username: String,
    methods: Vec<String>,
}

/// The incoming servers of a page in their order; `None` if it is not such a page, or not whole.
fn read(page: &str, subject: &Subject) -> Option<Vec<Server>> {
    let mut reader = Reader::from_str(page.trim_start_matches('\u{FEFF}'));
    let mut open: Vec<String> = Vec::new();
    let mut genuine = false;
    let mut servers = Vec::new();
    let mut raw = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let name = tag.local_name().into_inner().to_owned();
                if open.is_empty() {
                    genuine = name == "clientConfig";
                }
                if name == "incomingServer" {
                    let kind = tag.try_get_attribute("type").ok()?;
                    raw = Some(Raw {
                        kind: kind.map(|kind| kind.value.into_owned()).unwrap_or_default(),
                        ..Raw::default()
                    });
                } else if name == "authentication"
                    && let Some(raw) = &mut raw
                {
                    raw.methods.push(String::new());
                }
                open.push(name);
            }
            Event::End(_) => {
                if open.pop().as_deref() == Some("incomingServer")
                    && let Some(raw) = raw.take()
                    && servers.len() < SERVERS
                {
                    servers.extend(raw.server(subject));
                }
            }
            Event::Text(text) => note(raw.as_mut(), &open, &text),
            Event::CData(text) => note(raw.as_mut(), &open, &text),
            Event::GeneralRef(entity) => {
                let text = resolve_predefined_entity(&entity).unwrap_or("\u{FFFD}");
                note(raw.as_mut(), &open, text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    (genuine && open.is_empty()).then_some(servers)
}

/// Puts a piece of text where it belongs: directly inside an element directly inside the server.
fn note(raw: Option<&mut Raw>, open: &[String], text: &str) {
    let (Some(raw), [.., parent, element]) = (raw, open) else {
        return;
    };
    if parent != "incomingServer" {
        return;
    }
    let field = match element.as_str() {
        "hostname" => &mut raw.host,
        "port" => &mut raw.port,
        "socketType" => &mut raw.socket,
        "username" => &mut raw.username,
        "authentication" => match raw.methods.last_mut() {
            Some(method) => method,
            None => return,
        },
        _ => return,
    };
    field.push_str(text.trim());
}

impl Raw {
    /// The server, if all of it makes sense.
    fn server(self, subject: &Subject) -> Option<Server> {
        let protocol = match self.kind.as_str() {
            "imap" => Protocol::Imap,
            "pop3" => Protocol::Pop3,
            _ => return None,
        };
        let security = match self.socket.to_ascii_uppercase().as_str() {
            "SSL" | "TLS" => Security::Tls,
            "STARTTLS" => Security::StartTls,
            "PLAIN" => Security::Clear,
            _ => return None,
        };
        let oauth = |method: &String| method.eq_ignore_ascii_case("oauth2");
        Some(Server {
            protocol,
            address: Address {
                host: ascii(&filled(&self.host, subject))?,
                port: self.port.parse().ok().filter(|port| *port > 0)?,
                security,
            },
            login: login(&self.username, subject),
            oauth: !self.methods.is_empty() && self.methods.iter().all(oauth),
        })
    }
}

/// Some pages name the form of the login, some write the login itself.
fn login(username: &str, subject: &Subject) -> LoginForm {
    match username {
        "%EMAILADDRESS%" | "%EMAILLOCALPART%@%EMAILDOMAIN%" => return LoginForm::Address,
        "%EMAILLOCALPART%" => return LoginForm::Localpart,
        _ => {}
    }
    let filled = filled(username, subject);
    let is = |text: Option<&str>| text.is_some_and(|text| filled.eq_ignore_ascii_case(text));
    if is(subject.address().as_deref()) {
        LoginForm::Address
    } else if is(subject.local.as_deref()) {
        LoginForm::Localpart
    } else {
        LoginForm::Unknown
    }
}

fn filled(text: &str, subject: &Subject) -> String {
    let mut text = text.replace("%EMAILDOMAIN%", &subject.domain);
    if let (Some(address), Some(local)) = (subject.address(), &subject.local) {
        text = text
            .replace("%EMAILADDRESS%", &address)
            .replace("%EMAILLOCALPART%", local);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> Subject {
        Subject::read("anna@cantiere.example").unwrap()
    }

    fn page(servers: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"x\">\
             <domain>cantiere.example</domain>{servers}</emailProvider></clientConfig>"
        )
    }

    fn server(kind: &str, rest: &str) -> String {
        format!(
            "<incomingServer type=\"{kind}\"><hostname>imap.example.org</hostname><port>993</port>\
             <socketType>SSL</socketType>{rest}</incomingServer>"
        )
    }

    #[test]
    fn every_incoming_server_is_read_in_order() {
        let text = page(
            "<incomingServer type=\"imap\">\n <hostname>imap.%EMAILDOMAIN%</hostname>\n <port> 143 </port>\n \
             <socketType>STARTTLS</socketType>\n <username>%EMAILLOCALPART%</username>\n \
             <authentication>password-cleartext</authentication><authentication>OAuth2</authentication>\
             <pop3><hostname>no.example</hostname></pop3></incomingServer>\
             <incomingServer type=\"pop3\"><hostname>Pop.Example.ORG</hostname><port>110</port>\
             <socketType>plain</socketType><username>%EMAILADDRESS%</username></incomingServer>\
             <incomingServer type=\"exchange\"><hostname>e.example</hostname><port>443</port>\
             <socketType>SSL</socketType></incomingServer>\
             <outgoingServer type=\"smtp\"><hostname>smtp.example.org</hostname></outgoingServer>",
        );
        let found = read(&text, &anna()).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].address.to_string(),
            "imap://imap.cantiere.example:143"
        );
        assert_eq!(found[0].login, LoginForm::Localpart);
        assert!(!found[0].oauth);
        assert_eq!(found[1].protocol, Protocol::Pop3);
        assert_eq!(found[1].address.host, "pop.example.org");
        assert_eq!(found[1].address.security, Security::Clear);
        assert_eq!(found[1].login, LoginForm::Address);
    }

    #[test]
    fn oauth_is_told_only_where_nothing_else_works() {
        let text = page(&server("imap", "<authentication>OAuth2</authentication>"));
        assert!(read(&text, &anna()).unwrap()[0].oauth);
        assert!(!read(&page(&server("imap", "")), &anna()).unwrap()[0].oauth);
    }

    #[test]
    fn a_login_written_out_is_recognised() {
        for (username, login) in [
            ("Anna@Cantiere.example", LoginForm::Address),
            ("anna", LoginForm::Localpart),
            ("%EMAILLOCALPART%@%EMAILDOMAIN%", LoginForm::Address),
            ("cantiere-%EMAILLOCALPART%", LoginForm::Unknown),
            ("a&amp;b", LoginForm::Unknown),
        ] {
            let text = page(&server("imap", &format!("<username>{username}</username>")));
            assert_eq!(read(&text, &anna()).unwrap()[0].login, login, "{username}");
        }
    }

    #[test]
    fn what_is_not_a_whole_page_counts_for_nothing() {
        let whole = page(&server("imap", ""));
        assert!(read(&whole, &anna()).is_some());
        for cut in 1..whole.len() {
            assert_eq!(read(&whole[..cut], &anna()), None, "cut at {cut}");
        }
        for text in [
            "",
            "not found",
            "<html><body>404</body></html>",
            "<html><incomingServer type=\"imap\"></incomingServer></html>",
            "<clientConfig><a></b></clientConfig>",
            "<clientConfig><incomingServer type=></incomingServer></clientConfig>",
        ] {
            assert_eq!(read(text, &anna()), None, "{text}");
        }
    }

    #[test]
    fn a_server_that_makes_no_sense_is_left_out() {
        for broken in [
            "<hostname></hostname><port>993</port><socketType>SSL</socketType>",
            "<hostname>x.example/a</hostname><port>993</port><socketType>SSL</socketType>",
            "<hostname>x.example</hostname><port>0</port><socketType>SSL</socketType>",
            "<hostname>x.example</hostname><port>99999</port><socketType>SSL</socketType>",
            "<hostname>x.example</hostname><port>993</port><socketType>magic</socketType>",
            "<hostname>&boom;</hostname><port>993</port><socketType>SSL</socketType>",
        ] {
            let text = page(&format!(
                "<incomingServer type=\"imap\">{broken}</incomingServer>"
            ));
            assert_eq!(read(&text, &anna()).unwrap(), [], "{broken}");
        }
    }

    #[test]
    fn a_bare_domain_sends_no_address() {
        let bare = Subject::read("cantiere.example").unwrap();
        for url in pages(&bare, "cantiere.example").into_iter().flatten() {
            assert_eq!(url.query(), None);
        }
        let [own, known, plain] = pages(&anna(), "cantiere.example").map(Option::unwrap);
        assert_eq!(
            own.as_str(),
            "https://autoconfig.cantiere.example/mail/config-v1.1.xml?emailaddress=anna%40cantiere.example"
        );
        assert_eq!(
            known.as_str(),
            "https://cantiere.example/.well-known/autoconfig/mail/config-v1.1.xml"
        );
        assert_eq!(plain.scheme(), "http");
    }
}
