//! Flags in the journal: what the origin had when they were brought over, and what changed since.

use rusqlite::{OptionalExtension, params};

use super::{Error, FolderId, Journal};

/// A change of flags at the origin since they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// UID at the origin.
    pub uid: u32,
    /// UID of the copy.
    pub copy: u32,
    /// Flags recorded.
    pub before: String,
    /// Flags now.
    pub after: String,
}

impl Journal {
    /// The change of flags of one message, if it has a copy and they changed.
    pub async fn flag_changes(
        &self,
        folder: FolderId,
        uidv: u32,
        flags: Vec<(u32, String)>,
    ) -> Result<Vec<Change>, Error> {
        self.call(move |db| {
            let mut known = db.prepare_cached(
                "SELECT flags, dst_uid FROM message WHERE folder = ?1 AND uidv = ?2 AND uid = ?3 AND dst_uid IS NOT NULL",
            )?;
            let mut changes = Vec::new();
            for (uid, after) in flags {
                let found: Option<(String, u32)> = known
                    .query_row(params![folder, uidv, uid], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?;
                if let Some((before, copy)) = found
                    && before != after
                {
                    changes.push(Change { uid, copy, before, after });
                }
            }
            Ok(changes)
        })
        .await
    }

    /// The destination has these flags now.
    pub async fn flags_set(
        &self,
        folder: FolderId,
        uidv: u32,
        flags: Vec<(u32, String)>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let mut update = db.prepare_cached(
                "UPDATE message SET flags = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
            )?;
            for (uid, flags) in flags {
                let _ = update.execute(params![folder, uidv, uid, flags])?;
            }
            Ok(())
        })
        .await
    }
}
