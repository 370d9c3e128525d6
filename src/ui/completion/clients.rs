//! What users need to know to set up their programs: a text in both languages, ready to be sent.
//!
//! Promises: it says only what this migration knows; what it does not know (the server for sending) is left to be
//! filled in, and says so. It holds no password. Deliberately absent: dialects of single programs.

use crate::account::Security;
use crate::i18n::{Language, Words};
use crate::t;
use crate::ui::draft::Server;
use crate::users::DestinationLogin;

/// The name of the file.
pub const NAME: &str = "istruzioni-client.txt";

/// The whole text.
pub fn text(server: &Server, login: DestinationLogin, example: Option<&str>) -> String {
    let parts = [Language::It, Language::En].map(|language| {
        let words = Words::new(language);
        lines(words, server, login, example).join("\r\n")
    });
    // Editors of Windows read it as UTF-8 only with the mark.
    format!("\u{FEFF}{}\r\n", parts.join("\r\n\r\n----\r\n\r\n"))
}

fn lines(
    words: Words,
    server: &Server,
    login: DestinationLogin,
    example: Option<&str>,
) -> Vec<String> {
    let security = match server.security {
        Security::Tls => t!(in words, "finish-client-tls"),
        Security::StartTls => t!(in words, "finish-client-starttls"),
        Security::Clear | Security::Local => t!(in words, "finish-client-clear"),
    };
    let form = match login {
        DestinationLogin::Address => t!(in words, "finish-client-address"),
        DestinationLogin::Login => t!(in words, "finish-client-login"),
        DestinationLogin::Localpart => t!(in words, "finish-client-local"),
    };
    let mut lines = vec![
        t!(in words, "finish-client-title"),
        String::new(),
        t!(in words, "finish-client-about"),
        String::new(),
        t!(in words, "finish-client-imap", host = server.host.trim(), port = server.port.trim()),
        t!(in words, "finish-client-security", security = security),
        t!(in words, "finish-client-user", form = form),
    ];
    if let Some(example) = example {
        lines.push(t!(in words, "finish-client-example", login = example));
    }
    lines.extend([
        t!(in words, "finish-client-password"),
        t!(in words, "finish-client-smtp"),
        String::new(),
        t!(in words, "finish-client-after"),
    ]);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_is_known_in_both_languages() {
        let server = Server {
            host: "mail.studio.example".into(),
            port: "1993".into(),
            ..Server::default()
        };
        let text = text(
            &server,
            DestinationLogin::Address,
            Some("anna@studio.example"),
        );
        for wanted in [
            "mail.studio.example",
            "1993",
            "SSL/TLS",
            "anna@studio.example",
            "Nome utente",
            "User name",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in {text}");
        }
        assert!(!text.contains('⟨'), "{text}");
        assert!(text.lines().all(|line| !line.contains('\n')));
    }
}
