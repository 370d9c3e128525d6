//! What was done to accounts at the destination, besides their messages.
//!
//! Promises: that an account is about to be made is on the disk before the server is asked to; who reads the rows after
//! a crash knows which accounts may be half made by us and which were there before.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use super::{AccountId, Error, Journal, now};

/// How far an account at the destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setup {
    /// Nothing was done; the last attempt failed before anything was made, or the account is missing.
    None = 0,
    /// The server was asked to make it: whether it did is not known.
    Making = 1,
    /// It was made by us; its password or its aliases are missing.
    HalfMade = 2,
    /// It was made by us, whole.
    Made = 3,
    /// It was there before.
    Existed = 4,
}

impl Setup {
    fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Making,
            2 => Self::HalfMade,
            3 => Self::Made,
            4 => Self::Existed,
            _ => Self::None,
        }
    }

    /// Whether the account is, or may be, one that was made by us.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Making | Self::HalfMade | Self::Made)
    }
}

/// What the journal knows of an account at the destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupRow {
    /// The account.
    pub account: AccountId,
    /// How far it is.
    pub state: Setup,
    /// In what it differs from what is wanted, as JSON; empty where it does not.
    pub differences: String,
    /// Kind of the trouble the last attempt ended with.
    pub trouble: Option<String>,
    /// The technical line of it.
    pub detail: Option<String>,
    /// Whether its password was set by us.
    pub password: bool,
    /// What releases it, while it is held.
    pub held: Option<String>,
    /// When, ms since 1970.
    pub at: i64,
}

const SETUP: &str =
    "SELECT account, state, differences, trouble, detail, password, held, t FROM setup";

fn setup(row: &Row<'_>) -> rusqlite::Result<SetupRow> {
    Ok(SetupRow {
        account: row.get(0)?,
        state: Setup::from_number(row.get(1)?),
        differences: row.get(2)?,
        trouble: row.get(3)?,
        detail: row.get(4)?,
        password: row.get(5)?,
        held: row.get(6)?,
        at: row.get(7)?,
    })
}

/// The row, made where there is none.
fn touch(connection: &Connection, account: AccountId) -> rusqlite::Result<()> {
    let _ = connection.execute(
        "INSERT INTO setup (account, state, t) VALUES (?1, 0, ?2) ON CONFLICT (account) DO UPDATE SET t = ?2",
        params![account, now()],
    )?;
    Ok(())
}

impl Journal {
    /// What is known of an account at the destination.
    pub async fn setup(&self, account: AccountId) -> Result<Option<SetupRow>, Error> {
        self.call(move |connection| {
            let text = format!("{SETUP} WHERE account = ?1");
            let mut statement = connection.prepare_cached(&text)?;
            statement.query_row([account], setup).optional()
        })
        .await
    }

    /// What is known of all of them.
    pub async fn setups(&self) -> Result<Vec<SetupRow>, Error> {
        self.call(|connection| {
            let mut statement = connection.prepare(&format!("{SETUP} ORDER BY account"))?;
            statement.query_map([], setup)?.collect()
        })
        .await
    }

    /// How far an account is, with what it differs in (JSON).
    pub async fn set_up(
        &self,
        account: AccountId,
        state: Setup,
        differences: String,
    ) -> Result<(), Error> {
        self.call(move |connection| {
            touch(connection, account)?;
            let _ = connection.execute(
                "UPDATE setup SET state = ?2, differences = ?3, trouble = NULL, detail = NULL WHERE account = ?1",
                params![account, state as i64, differences],
            )?;
            Ok(())
        })
        .await
    }

    /// Why an account could not be prepared; `state`: how far it is, where that is news.
    pub async fn set_up_failed(
        &self,
        account: AccountId,
        state: Option<Setup>,
        trouble: String,
        detail: String,
    ) -> Result<(), Error> {
        self.call(move |connection| {
            touch(connection, account)?;
            let _ = connection.execute(
                "UPDATE setup SET state = coalesce(?2, state), trouble = ?3, detail = ?4 WHERE account = ?1",
                params![account, state.map(|state| state as i64), trouble, detail],
            )?;
            Ok(())
        })
        .await
    }

    /// The password of an account was set.
    pub async fn password_set(&self, account: AccountId) -> Result<(), Error> {
        self.call(move |connection| {
            touch(connection, account)?;
            let _ = connection.execute(
                "UPDATE setup SET password = 1 WHERE account = ?1",
                [account],
            )?;
            Ok(())
        })
        .await
    }

    /// An account is held, or no longer.
    pub async fn hold(&self, account: AccountId, held: Option<String>) -> Result<(), Error> {
        self.call(move |connection| {
            touch(connection, account)?;
            let _ = connection.execute(
                "UPDATE setup SET held = ?2 WHERE account = ?1",
                params![account, held],
            )?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_done_to_an_account_is_remembered_part_by_part() {
        let journal = Journal::in_memory().unwrap();
        let anna = journal
            .account("anna".into(), "anna@new".into())
            .await
            .unwrap();
        assert_eq!(journal.setup(anna).await.unwrap(), None);
        journal
            .set_up(anna, Setup::Making, String::new())
            .await
            .unwrap();
        journal
            .set_up_failed(
                anna,
                Some(Setup::HalfMade),
                "password-policy".into(),
                "too short".into(),
            )
            .await
            .unwrap();
        journal.hold(anna, Some("0".into())).await.unwrap();
        let row = journal.setup(anna).await.unwrap().unwrap();
        assert!(row.state.is_ours() && !row.password);
        assert_eq!(
            (row.trouble.as_deref(), row.held.as_deref()),
            (Some("password-policy"), Some("0"))
        );
        journal
            .set_up(anna, Setup::Made, String::new())
            .await
            .unwrap();
        journal.password_set(anna).await.unwrap();
        journal.hold(anna, None).await.unwrap();
        let row = journal.setups().await.unwrap().remove(0);
        assert_eq!(
            (row.state, row.password, row.held, row.trouble),
            (Setup::Made, true, None, None)
        );
    }
}
