//! The accounts as a table for another panel.
//!
//! Promises: passwords stand in it only where that was ticked, in sight of what it means; a password that is not known
//! is an error that names the account. Deliberately absent: the form of the table (`provision::export`).

use std::path::PathBuf;

use iced::{Element, Task};
use secrecy::zeroize::Zeroizing;

use super::export::Written;
use super::{Message, Over, State};
use crate::account::Side;
use crate::plan::Provision;
use crate::provision::Wanted;
use crate::provision::export::{self, Encoding, Error, Form, Row};
use crate::secrets::Key;
use crate::t;
use crate::ui::action::Action;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::survey::selected;
use crate::ui::widget::{button, check, dialog};

/// The question what is to stand in the table.
pub fn question<'a>(passwords: bool) -> Element<'a, Message> {
    let about = t!("finish-list-passwords-about");
    let tick = check(
        passwords,
        t!("finish-list-passwords"),
        Some(about),
        Message::ListPasswords(!passwords),
    );
    dialog::question(
        (Icon::SHEET, passwords),
        t!("finish-list-title"),
        t!("finish-list-about"),
        Some(tick),
        vec![
            button(t!("ui-cancel"))
                .id(dialog::SAFE)
                .on(Message::Close)
                .into(),
            button(t!("finish-save-as"))
                .icon(Icon::SHEET)
                .id("list-save")
                .on(Message::ListSave)
                .into(),
        ],
    )
}

/// The octets of the table.
fn table(session: &Session, passwords: bool) -> Result<Zeroizing<Vec<u8>>, Error> {
    let form = Form {
        encoding: Encoding::Utf8Mark,
        ..Form::usual(passwords)
    };
    let Some(plan) = session.draft.plan() else {
        return export::table(&form, &[]);
    };
    let quota_mb = plan.provision.as_ref().and_then(Provision::quota_mb);
    let accounts: Vec<_> = selected(&plan)
        .filter_map(|job| {
            let key = Key::login(Side::Destination, &job.destination_login);
            let password = session.keeper.get(&key).filter(|_| passwords);
            Some((Wanted::of(job)?, password))
        })
        .collect();
    let rows: Vec<Row<'_>> = accounts
        .iter()
        .map(|(wanted, password)| Row {
            wanted,
            password: *password,
            quota_mb,
        })
        .collect();
    export::table(&form, &rows)
}

fn words(error: &Error) -> String {
    match error {
        Error::PasswordMissing { address, .. } => {
            t!("finish-list-password-missing", address = address.as_str())
        }
        Error::PasswordsNotAsked | Error::NotInEncoding { .. } => error.to_string(),
    }
}

impl State {
    pub(super) fn list_save(session: &Session) -> Action<Message> {
        let mut asking = rfd::AsyncFileDialog::new()
            .set_title(t!("finish-list-title"))
            .add_filter("CSV", &["csv"])
            .set_file_name("accounts.csv");
        if let Some(project) = &session.project {
            asking = asking.set_directory(project.dir());
        }
        Action::Run(Task::perform(asking.save_file(), |chosen| {
            Message::ListPlace(chosen.map(|file| file.path().to_owned()))
        }))
    }

    /// Writes the table where somebody wants it.
    pub(super) fn list_place(&mut self, session: &Session, to: PathBuf) -> Action<Message> {
        let Over::List(passwords) = self.over else {
            return Action::None;
        };
        self.over = Over::None;
        let table = table(session, passwords).map_err(|error| words(&error));
        self.writing(async move {
            let table = table?;
            let writing = tokio::task::spawn_blocking(move || {
                export::write(&to, &table).map(|()| Written {
                    files: vec![to],
                    shown: true,
                })
            });
            match writing.await {
                Ok(written) => written.map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::ui::completion::samples;

    fn text(session: &Session, passwords: bool) -> String {
        let octets = table(session, passwords).unwrap();
        String::from_utf8(octets.to_vec()).unwrap()
    }

    #[test]
    fn passwords_stand_in_the_table_only_where_they_were_ticked() {
        let mut session = samples::session();
        let logins: Vec<String> = session
            .draft
            .entries
            .iter()
            .map(|entry| entry.login.clone())
            .collect();
        let error = table(&session, true).unwrap_err();
        assert!(words(&error).contains(&logins[0]), "{error}");
        for login in &logins {
            let key = Key::login(Side::Destination, login);
            session.keeper.set(key, SecretString::from("segreta"));
        }
        let plain = text(&session, false);
        assert!(plain.contains(&logins[1]) && !plain.contains("segreta"));
        assert_eq!(
            text(&session, true).matches("segreta").count(),
            logins.len()
        );
    }
}
