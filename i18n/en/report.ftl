# The report: totals, exceptions, grade.

state-planned = To copy
state-in-flight = On their way
state-acked = Accepted
state-verified = Verified
state-adopted = Already there
state-merged = Merged
state-gone = Gone
state-excluded = Excluded
state-exception = Not copied

report-title = Migration report
report-made = Made on { $when } with Traghetto { $version }. It holds no subjects and no message text.
report-code = Report code: { $code }. These are the first digits of the SHA-256 of report.json.
report-grade = Grade: { $grade }
report-grade-perfect = Perfect
report-grade-good = Good
report-grade-to-check = To be checked
report-grade-critical = Critical
report-note = Note
report-findings = Why this grade

report-headline-zero = 0 messages missing
report-headline-copied =
    { $count ->
        [one] { $number } message copied
       *[other] { $number } messages copied
    }
report-headline-missing =
    { $count ->
        [one] { $number } message not at the destination yet
       *[other] { $number } messages not at the destination yet
    }
report-headline-failed =
    { $count ->
        [one] { $number } mailbox needs attention
       *[other] { $number } mailboxes need attention
    }

report-statement-copies = Copies at the destination: { $messages } in { $mailboxes }.
report-statement-nothing = There is no copy to compare yet.
report-statement-accepted = The destination server accepted them. No copy has been read back and compared yet.
report-statement-accepted-some = The destination server accepted them. So far { $read } of { $of } have been read back and compared.
report-statement-present = They are present: every copy is in the destination’s listing, with a plausible size. Read back and compared in full: { $read } of { $of }.
report-statement-sample = They are present, and { $read } of { $of } were read back and compared in full, chosen at random: 0 defects. In the mailboxes checked by sample (at least { $smallest } read back in each), fewer than { $bound } are defective, with 95% confidence.
report-statement-sample-defects = They are present, and { $read } of { $of } were read back and compared in full, chosen at random. Defects found: { $defects }. Run a full verification.
report-statement-full = Every copy was compared in full with the original. Identical byte for byte: { $identical }; identical apart from line ends or housekeeping headers: { $normal }; with headers added by the server and the rest identical: { $headers }; already there before the copy and found equal: { $adopted }.
report-statement-reader = The copies were read back with { $reader }.
report-statement-fallbacks =
    { $count ->
        [one] In { $number } case the independent reader could not understand the server, and Traghetto’s own was used.
       *[other] In { $number } cases the independent reader could not understand the server, and Traghetto’s own was used.
    }
report-statement-seed = Seed of the sample: { $seed }

report-finding-sums = { $account }, folder “{ $folder }”: the source listed { $listed } messages, the recorded outcomes are { $counted }. The sums do not agree: migrate this mailbox again.
report-finding-ledger = { $account }: the outcomes count { $counted } messages not copied, the exceptions ledger has { $lines } lines with a reason. The sums do not agree.
report-finding-comparisons = { $account }, folder “{ $folder }”: { $verified } messages are marked verified and { $compared } comparisons are recorded. The sums do not agree: verify again.
report-finding-account-failed = { $account }: the last pass did not reach its end. { $trouble }
report-finding-never-listed = { $account }: the mailbox was never read. What is in it is not known.
report-finding-folder-failed = { $account }, folder “{ $folder }”: { $trouble }
report-finding-many =
    { $count ->
        [one] { $number } message of { $of } was not copied: too many for a migration to count as done. See the exceptions ledger.
       *[other] { $number } messages of { $of } were not copied: too many for a migration to count as done. See the exceptions ledger.
    }
report-finding-exceptions =
    { $count ->
        [one] { $number } message was not copied. It is in the exceptions ledger, with the server’s words.
       *[other] { $number } messages were not copied. They are in the exceptions ledger, with the server’s words.
    }
report-finding-approved =
    { $count ->
        [one] { $number } message that was not copied has been accepted as it is: the exceptions ledger says by whom and why. It still counts as missing.
       *[other] { $number } messages that were not copied have been accepted as they are: the exceptions ledger says by whom and why. They still count as missing.
    }
report-finding-not-finished = Not finished: { $messages } still to copy and { $folders } still to read. Start the migration again: it goes on from where it was.
report-finding-messages-left = Not finished: { $messages } still to copy. Start the migration again: it goes on from where it was.
report-finding-folders-left = Not finished: { $folders } still to read. Start the migration again: it goes on from where it was.
report-finding-stopped = Not finished: it was stopped before everything was read. Start the migration again: it goes on from where it was.
report-finding-not-verified =
    { $count ->
        [one] Not verified yet: { $number } copy was only accepted by the server. Run the verification.
       *[other] Not verified yet: { $number } copies were only accepted by the server. Run the verification.
    }
report-finding-presence =
    { $count ->
        [one] For { $number } copy the presence was verified, not the content.
       *[other] For { $number } copies the presence was verified, not the content.
    }
report-finding-merged =
    { $count ->
        [one] { $number } message was merged by the destination server with an identical one.
       *[other] { $number } messages were merged by the destination server with identical ones.
    }
report-finding-reencoded =
    { $count ->
        [one] { $number } copy was re-encoded by the server: the content is equal, the bytes are not.
       *[other] { $number } copies were re-encoded by the server: the content is equal, the bytes are not.
    }
report-finding-different =
    { $count ->
        [one] { $number } copy differs from the original.
       *[other] { $number } copies differ from the original.
    }
report-finding-sample =
    { $count ->
        [one] { $number } copy was not read back: the sample speaks for it.
       *[other] { $number } copies were not read back: the sample speaks for them.
    }
report-finding-headers =
    { $count ->
        [one] The destination server added headers to { $number } copy; the rest is identical.
       *[other] The destination server added headers to { $number } copies; the rest is identical.
    }
report-finding-metadata =
    { $count ->
        [one] { $number } message arrived whole, but without one of its keywords or with another date: the destination does not take it.
       *[other] { $number } messages arrived whole, but without some of their keywords or with another date: the destination does not take them.
    }
report-finding-excluded =
    { $count ->
        [one] { $number } message was left out by the chosen filters.
       *[other] { $number } messages were left out by the chosen filters.
    }
report-finding-gone =
    { $count ->
        [one] { $number } message was removed from the source before it was read.
       *[other] { $number } messages were removed from the source before they were read.
    }
report-finding-left-out =
    { $count ->
        [one] { $number } mailbox of the plan is left out by choice: it was neither read nor copied, and does not count here.
       *[other] { $number } mailboxes of the plan are left out by choice: they were neither read nor copied, and do not count here.
    }
report-finding-final-pass =
    { $count ->
        [one] In { $number } mailbox the final pass is still to come: what arrives on the old server meanwhile is not in this report.
       *[other] In { $number } mailboxes the final pass is still to come: what arrives on the old server meanwhile is not in this report.
    }

report-plan = What was migrated
report-none = none
report-no-limit = no limit
report-origin = Source
report-destination = Destination
report-since = Only messages from
report-max-size = Only messages up to
report-excluded-folders = Folders left out
report-folder-choices = Folders sent elsewhere by choice
report-deleted = Messages marked as deleted
report-deleted-copy = copied, with the mark
report-deleted-unmark = copied, without the mark
report-deleted-skip = left at the source

report-accounts = Accounts
report-account = Account
report-destination-login = Destination user
report-phase = State
report-phase-waiting = Not started
report-phase-copying = Running
report-phase-copied = Copied
report-phase-completed = Complete
report-phase-interrupted = Interrupted
report-left-out = Left out
report-trouble = Problem
report-listed = At the source
report-copies = Copied
report-excluded = Excluded
report-missing = Missing
report-octets = Size
report-additional = Came with the final pass
report-absent = Copied, later removed from the source
report-assurance = Comparison
report-sums = Sums
report-sums-agree = agree
report-sums-disagree = do not agree
report-total = Total
report-claim-nothing = nothing to compare
report-claim-accepted = accepted by the server
report-claim-present = present
report-claim-sample = present, { $read } read back
report-claim-full = all read back

report-folders = Folders
report-folder-origin = Source folder
report-folder-destination = Destination folder
report-folder-active = Migrated
report-folder-excluded = Left out
report-folder-failed = Failed
report-folder-vanished = No longer at the source
report-folder-not-listed = Not read yet
report-notes = Notes
report-outcome = Outcome

report-exceptions = Exceptions ledger
report-no-exceptions = None: every message that was to come has a copy, or is still to be copied.
report-date = Date
report-reason = Reason
report-server-words = The server’s words
report-saved = Saved message
report-approved-by = Accepted by
report-approval = Note of acceptance
report-open = Open .eml

report-limits = What is proven and what is not
report-limits-sums = Every message the source server listed has exactly one outcome, recorded before and after the copy; Traghetto adds the sums up again and says here whether they agree. No copy counts for two messages.
report-limits-when = The report holds for the listings read from the source from this moment on: { $when }. What reached the old server after its folder was listed is not in it.
report-limits-hidden = Traghetto sees only what the server shows over IMAP: hidden labels or folders, calendars and contacts are not included.
report-limits-later = What users move or delete after the copy, on either side, is their doing and is not counted as missing.
report-limits-self = A report does not prove by itself that the program looked properly: that is why copies are read back with a reader written by others, and the exported files can be checked again.

report-setup = Account at the destination
report-setup-half-made = created only in part
report-setup-made = created by Traghetto
report-setup-existed = existed before
report-setup-password = password set
report-headline-passwords = { $count ->
    [0] No password set
    [one] One password set
   *[other] { $number } passwords set
}
report-statement-passwords = Only passwords were transferred: messages were neither copied nor compared, and this report says nothing about them.
report-finding-not-prepared = { $account }: the account at the destination is not ready. { $trouble }
report-finding-half-made = { $account }: the account at the destination was created only in part; start the migration again to complete it. { $trouble }
report-finding-held = { $account }: the account at the destination is still held for the migration; start it again to release it.
report-finding-password-not-set = { $account }: the password was not set.

# Accounts at the destination

accounts-rights = { $admin } has the rights to create accounts
accounts-seats = Free seats: { $free }; accounts to create: { $wanted }
accounts-seats-advice = Extend the licence or the domain’s limit before you start, or migrate fewer accounts.
accounts-domain = The domain { $domain } exists
accounts-domain-created = The domain { $domain } is missing and will be created
accounts-domain-missing = The domain { $domain } is missing
accounts-domain-missing-advice = Create it on the server, or allow Traghetto to create it.
accounts-present = { $count ->
    [0] None of the accounts exists yet
    [one] One account exists already
   *[other] { $number } accounts exist already
}
accounts-impersonates = The administrator can open mailboxes: copying needs no user passwords
accounts-impersonates-not = The administrator cannot open users’ mailboxes
accounts-impersonates-not-advice = Copying signs in to each mailbox with its own password.
accounts-setting = { $setting }: { $value }
accounts-better = { $advice } Traghetto can set { $value } and put the former value back later.
accounts-migration-active = The server’s own migration mode
accounts-migration-active-advice = It has to be off: every failed sign-in would be sent to the old server.
accounts-imap-active = IMAP service
accounts-imap-active-advice = It has to be on: mail arrives that way.
accounts-append-rate = Messages accepted per minute over IMAP
accounts-append-rate-advice = Above this number the server slows the copy down; 0 means no limit.
accounts-binary-append = Messages with null bytes
accounts-binary-append-advice = If they are not allowed, the few messages that contain some are refused and stand among the exceptions.
accounts-imap-antivirus = Antivirus on IMAP
accounts-imap-antivirus-advice = It slows the copy down and may refuse old infected messages: consider switching it off during the migration.
accounts-imap-tarpit = Slowing of IMAP connections (tarpit)
accounts-imap-tarpit-advice = Add this computer’s address to the excluded ones.
accounts-block-address = Blocking of addresses with many connections per minute
accounts-block-address-advice = Add this computer’s address to the excluded ones, or raise the limit.
accounts-imap-connections = IMAP connections at once
accounts-imap-connections-advice = Keep the number of accounts copied at once below this limit.
accounts-imap-bandwidth = Bandwidth of the IMAP service (kB/s)
accounts-imap-bandwidth-advice = The copy cannot go faster than this.
accounts-imap-addresses = Addresses allowed or excluded from IMAP
accounts-imap-addresses-advice = Check that this computer can connect.
accounts-message-size = Largest message
accounts-message-size-advice = Larger messages might be refused; they would stand among the exceptions.
accounts-login-form = Name to sign in with
accounts-login-form-advice = Check that the destination user name has this form.
accounts-login-attempts = Attempts before sign-in is blocked
accounts-login-attempts-advice = A few wrong passwords in the list can block sign-ins.
accounts-plain-disabled = SASL PLAIN sign-in
accounts-plain-disabled-advice = Without PLAIN the administrator cannot open mailboxes.
accounts-two-factor = Second factor
accounts-two-factor-advice = Accounts with a second factor do not accept the password alone over IMAP.
accounts-password-policy = Password rules
accounts-password-policy-advice = Old passwords are set all the same; users may be asked to change them.
accounts-retention = Automatic deletion of old messages
accounts-retention-advice = Switch it off before copying: old messages would disappear soon after the migration.
accounts-archive-folder = The server’s archive folder
accounts-archive-folder-advice = A folder with this name arrives under another name.
accounts-differs-name = the name is “{ $found }”, in the list “{ $wanted }”
accounts-differs-alias = the alias { $wanted } is missing
accounts-differs-quota = the quota is { $found }, it should be { $wanted }
accounts-differs-imap = it does not allow IMAP
accounts-differs-password = its password lives in a directory
accounts-differs-disabled = it is disabled
accounts-differs-kind = it is not a mailbox ({ $found })
accounts-differs-retention = old messages are deleted by themselves ({ $found })
accounts-differs-discards = it discards the messages it receives
accounts-notice-name = Migration in progress
accounts-notice-subject = Your mailbox is arriving on the new server
accounts-notice-text =
    We are copying your mail from the old server to this one.
    No message gets lost: when the copy is finished you will find everything in its place.
    Meanwhile your mailbox may not be reachable; please try again later.
