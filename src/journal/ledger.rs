//! The ledger of messages without a copy: exceptions, and what a rule leaves out.
//!
//! Promises: asked for in pages, it costs what it shows and not what was copied. Deliberately absent: words for people.

use std::fmt::Write as _;

use rusqlite::{Row, ToSql, params};

use super::{AccountId, Error, FolderId, Journal, State};
use crate::imap::name::FolderName;

/// A line of the ledger of messages that have no copy, or whose copy is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionRow {
    /// The account's login at the origin.
    pub account: String,
    /// Key of the folder.
    pub folder_id: FolderId,
    /// The folder at the origin.
    pub folder: FolderName,
    /// UIDVALIDITY at the origin.
    pub uid_validity: u32,
    /// UID at the origin.
    pub uid: u32,
    /// Octets.
    pub size: u64,
    /// Date it arrived, as the origin says it.
    pub date: Option<String>,
    /// Digest of the octets, where they were read.
    pub sha256: Option<[u8; 32]>,
    /// Exception, or excluded.
    pub state: State,
    /// Kind of trouble, or rule of exclusion.
    pub code: String,
    /// The server's words.
    pub words: String,
    /// Where it was saved, below the migration folder.
    pub eml: Option<String>,
}

/// Which lines of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerFilter {
    /// Only this account.
    pub account: Option<AccountId>,
    /// Only this kind of trouble or rule of exclusion.
    pub code: Option<String>,
    /// Also what a rule leaves out.
    pub excluded: bool,
}

/// How many messages have no copy for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Exception, or excluded.
    pub state: State,
    /// Kind of trouble, or rule of exclusion.
    pub code: String,
    /// Messages.
    pub messages: u64,
}

/// The tables and the rule that every question here begins with. The first term is the one of the index `left_out`.
const LEFT_OUT: &str = "FROM folder f JOIN account a ON a.id = f.account \
     JOIN message m ON m.folder = f.id AND m.uidv = f.uidv WHERE m.state >= 7 AND m.absent = 0";

const COLUMNS: &str = "a.login, f.name, m.uidv, m.uid, coalesce(m.size, m.claimed), m.date, m.sha256, m.code, m.words, \
     m.eml, f.id, m.state";

fn line(row: &Row<'_>) -> rusqlite::Result<ExceptionRow> {
    Ok(ExceptionRow {
        account: row.get(0)?,
        folder: FolderName::from_wire(&row.get::<_, Vec<u8>>(1)?),
        uid_validity: row.get(2)?,
        uid: row.get(3)?,
        size: row.get::<_, i64>(4)?.unsigned_abs(),
        date: row.get(5)?,
        sha256: row.get(6)?,
        code: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
        words: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
        eml: row.get(9)?,
        folder_id: row.get(10)?,
        state: State::from_number(row.get(11)?),
    })
}

impl LedgerFilter {
    /// The rest of the condition, and what it is about.
    fn condition(&self) -> (String, Vec<&dyn ToSql>) {
        let mut values: Vec<&dyn ToSql> = Vec::new();
        let mut text = String::new();
        if !self.excluded {
            text.push_str(" AND m.state = 8");
        }
        if let Some(account) = &self.account {
            values.push(account);
            let _ = write!(text, " AND f.account = ?{}", values.len());
        }
        if let Some(code) = &self.code {
            values.push(code);
            let _ = write!(text, " AND m.code = ?{}", values.len());
        }
        (text, values)
    }
}

impl Journal {
    /// The exceptions of an account, folder by folder.
    pub async fn exceptions(&self, account: AccountId) -> Result<Vec<ExceptionRow>, Error> {
        let filter = LedgerFilter {
            account: Some(account),
            ..LedgerFilter::default()
        };
        let (rows, _) = self.exceptions_page(filter, 0, u32::MAX).await?;
        Ok(rows)
    }

    /// A page of the ledger, account by account and folder by folder, and how many lines there are in all.
    pub async fn exceptions_page(
        &self,
        filter: LedgerFilter,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<ExceptionRow>, u64), Error> {
        self.call(move |db| {
            let (condition, mut values) = filter.condition();
            let count = format!("SELECT count(*) {LEFT_OUT}{condition}");
            let all: i64 = db
                .prepare_cached(&count)?
                .query_row(&values[..], |row| row.get(0))?;
            let (from, most) = (i64::try_from(offset).unwrap_or(i64::MAX), i64::from(limit));
            let at = values.len();
            values.extend([&most as &dyn ToSql, &from]);
            let page = format!(
                "SELECT {COLUMNS} {LEFT_OUT}{condition} ORDER BY f.account, f.id, m.uid LIMIT ?{} OFFSET ?{}",
                at + 1,
                at + 2
            );
            let rows = db
                .prepare_cached(&page)?
                .query_map(&values[..], line)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((rows, all.unsigned_abs()))
        })
        .await
    }

    /// Why messages have no copy, over all accounts, the most frequent reason first.
    pub async fn exception_summary(&self) -> Result<Vec<Reason>, Error> {
        self.call(|db| {
            db.prepare_cached(&format!(
                "SELECT m.state, coalesce(m.code, ''), count(*) {LEFT_OUT} GROUP BY 1, 2 ORDER BY 3 DESC, 2"
            ))?
            .query_map(params![], |row| {
                Ok(Reason {
                    state: State::from_number(row.get(0)?),
                    code: row.get(1)?,
                    messages: row.get::<_, i64>(2)?.unsigned_abs(),
                })
            })?
            .collect()
        })
        .await
    }
}
