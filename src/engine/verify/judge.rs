//! What a copy is that differs from what was sent: compared in full with the origin, and given a class.
//!
//! Promises (field.md E5): `M` and `X` are never silent; signed mail must be `I` or `N`.

use super::Lane;
use crate::engine::copy::Halt;
use crate::engine::locate::LEARNED;
use crate::engine::message::{Class, Digests, classify, header_of, is_signed};
use crate::imap;
use crate::journal::{CopyRow, FolderRow};
use crate::trouble::Kind;

/// Largest message compared in full in memory, in octets.
const COMPARED: u64 = 24 << 20;

impl Lane {
    /// Gives a copy its class; `None` where it became an exception.
    pub(super) async fn judge(
        &mut self,
        folder: &FolderRow,
        row: &CopyRow,
        digests: &Digests,
    ) -> Result<Option<&'static str>, Halt> {
        if digests.sha256.0 == row.sha256 {
            return Ok(Some("I"));
        }
        if digests.norm_sha256.0 == row.norm && self.learned.is_empty() {
            return Ok(Some("N"));
        }
        let (original, copy) = if row.size <= COMPARED {
            (
                self.original(folder, row).await?,
                self.destination().await?.whole(row.copy).await?,
            )
        } else {
            (None, None)
        };
        let (Some(original), Some(copy)) = (original, copy) else {
            if digests.norm_sha256.0 == row.norm {
                return Ok(Some("H"));
            }
            let words = format!("digest {} instead of the original's", digests.sha256);
            self.exception(folder, row.uid, Kind::Altered, words)
                .await?;
            return Ok(None);
        };
        let comparison = classify(&original, &copy, &[]);
        let signed = is_signed(header_of(&original));
        match comparison.class {
            Class::I => Ok(Some("I")),
            Class::N => Ok(Some("N")),
            Class::H if !signed => {
                self.learn(&comparison.added).await?;
                Ok(Some("H"))
            }
            Class::M if !signed => {
                tracing::warn!(
                    "Message {} of '{}' was re-encoded by the destination",
                    row.uid,
                    folder.name.text()
                );
                Ok(Some("M"))
            }
            class => {
                let words = format!("class {class:?}: {:?}", comparison.reason);
                self.exception(folder, row.uid, Kind::Altered, words)
                    .await?;
                Ok(None)
            }
        }
    }

    async fn learn(&mut self, added: &[String]) -> Result<(), Halt> {
        let fresh: Vec<_> = added
            .iter()
            .filter(|name| !self.learned.contains(name))
            .cloned()
            .collect();
        if !fresh.is_empty() {
            tracing::info!("This destination adds headers: {}", fresh.join(", "));
            self.learned.extend(fresh);
            let journal = &self.mailbox.shared.request.journal;
            journal.remember(LEARNED, self.learned.join(" ")).await?;
        }
        Ok(())
    }

    /// The message as the origin has it.
    async fn original(
        &mut self,
        folder: &FolderRow,
        row: &CopyRow,
    ) -> Result<Option<Vec<u8>>, Halt> {
        if self.origin.is_none() {
            let mailbox = &self.mailbox;
            let connected = mailbox.patiently(None, || mailbox.connect_origin()).await;
            self.origin = Some(connected.map_err(Halt::Trouble)?);
        }
        let Some(origin) = &mut self.origin else {
            return Ok(None);
        };
        let opened = match origin.examine(&folder.name).await {
            Ok(opened) => opened,
            // The folder is no longer there to compare with.
            Err(imap::Error::Refused { .. }) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        if opened.uid_validity != folder.uid_validity {
            return Ok(None);
        }
        Ok(origin.whole(row.uid).await?)
    }
}
