//! The ledger of messages without a copy: exceptions, and what a rule leaves out.
//!
//! Promises: asked for in pages, it costs what it shows and not what was copied. Deliberately absent: words for people.

use std::fmt::Write as _;

use rusqlite::{Connection, Row, ToSql, params};

use super::{AccountId, Error, FolderId, Journal, State, now};
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
    /// Who accepted it as it is, if somebody did.
    pub approval: Option<Approval>,
}

/// A person's word that an exception may stay one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// What the person says of it.
    pub words: String,
    /// Who that is.
    pub by: String,
    /// When, ms since 1970.
    pub at: i64,
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
    /// Only what is approved, or only what is not.
    pub approved: Option<bool>,
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
    /// Those of them that are approved.
    pub approved: u64,
}

/// The tables and the rule that every question here begins with. The first term is the one of the index `left_out`.
const LEFT_OUT: &str = "FROM folder f JOIN account a ON a.id = f.account \
     JOIN message m ON m.folder = f.id AND m.uidv = f.uidv \
     LEFT JOIN approval p ON p.folder = m.folder AND p.uidv = m.uidv AND p.uid = m.uid AND p.code = m.code \
     WHERE m.state >= 7 AND m.absent = 0";

const COLUMNS: &str = "a.login, f.name, m.uidv, m.uid, coalesce(m.size, m.claimed), m.date, m.sha256, m.code, m.words, \
     m.eml, f.id, m.state, p.words, p.approver, p.t";

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
        approval: match (row.get(12)?, row.get(13)?, row.get(14)?) {
            (Some(words), Some(by), Some(at)) => Some(Approval { words, by, at }),
            _ => None,
        },
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
        match self.approved {
            None => {}
            Some(true) => text.push_str(" AND p.t IS NOT NULL"),
            Some(false) => text.push_str(" AND p.t IS NULL"),
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
                "SELECT m.state, coalesce(m.code, ''), count(*), count(p.t) {LEFT_OUT} GROUP BY 1, 2 ORDER BY 3 DESC, 2"
            ))?
            .query_map(params![], |row| {
                Ok(Reason {
                    state: State::from_number(row.get(0)?),
                    code: row.get(1)?,
                    messages: row.get::<_, i64>(2)?.unsigned_abs(),
                    approved: row.get::<_, i64>(3)?.unsigned_abs(),
                })
            })?
            .collect()
        })
        .await
    }

    /// A person accepts an exception as it is; says whether there is such an exception. The message stays missing, and
    /// is tried again by the next run; the word holds for as long as the reason stays the same.
    pub async fn approve(
        &self,
        folder: FolderId,
        uidv: u32,
        uid: u32,
        words: String,
        by: String,
    ) -> Result<bool, Error> {
        self.call(move |db| {
            let made = db.execute(
                "INSERT INTO approval (folder, uidv, uid, code, words, approver, t) \
                 SELECT folder, uidv, uid, code, ?4, ?5, ?6 FROM message WHERE folder = ?1 AND uidv = ?2 AND uid = ?3 \
                 AND state = 8 AND absent = 0 AND code IS NOT NULL ON CONFLICT (folder, uidv, uid) DO UPDATE SET \
                 code = excluded.code, words = excluded.words, approver = excluded.approver, t = excluded.t",
                params![folder, uidv, uid, words, by, now()],
            )?;
            if made > 0 {
                tell(db, &by, "approved", folder, uid, &words)?;
            }
            Ok(made > 0)
        })
        .await
    }

    /// An approval is taken back; says whether there was one.
    pub async fn withdraw(
        &self,
        folder: FolderId,
        uidv: u32,
        uid: u32,
        by: String,
    ) -> Result<bool, Error> {
        self.call(move |db| {
            let gone = db.execute(
                "DELETE FROM approval WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                params![folder, uidv, uid],
            )?;
            if gone > 0 {
                tell(db, &by, "withdrawn", folder, uid, "")?;
            }
            Ok(gone > 0)
        })
        .await
    }
}

/// What was approved and taken back stays written.
fn tell(
    db: &Connection,
    by: &str,
    kind: &str,
    folder: FolderId,
    uid: u32,
    words: &str,
) -> rusqlite::Result<()> {
    let _ = db.execute(
        "INSERT INTO event (t, actor, kind, subject, detail) SELECT ?1, ?2, ?3, a.login || ', ' || f.shown || ', ' || ?5, \
         ?6 FROM folder f JOIN account a ON a.id = f.account WHERE f.id = ?4",
        params![now(), by, kind, folder, uid, words],
    )?;
    Ok(())
}
