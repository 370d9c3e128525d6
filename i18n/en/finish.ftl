# The completion: final pass, verification, result, cut-over.

finish-title = Completion
finish-purpose = The last pass brings over what arrived after the first copy, then compares source and destination.
finish-title-last = Final pass running
finish-title-last-paused = Final pass paused
finish-title-last-about = We look at every mailbox again and copy only what is missing.
finish-title-verify = Verification running
finish-title-verify-paused = Verification paused
finish-title-verify-about = Every copy is looked up at the destination and compared with its original.
finish-title-done = Migration completed
finish-title-done-about = Every message that should have arrived has. Keep the report and finish the cut-over.
finish-title-copied = Copy verified
finish-title-copied-about = All that was at the source has arrived. The final pass is still to come, for later mail.
finish-title-nearly = Nearly completed
finish-title-nearly-about = The verification found a few messages that are not at the destination yet.
finish-title-differs-about = Every message is there, but some copies are not like their originals.
finish-title-partly = Verified in part
finish-title-partly-about = No message appears to be missing, but not every copy was compared in full.
finish-title-unverified = To be verified
finish-title-unverified-about = The messages were copied. Only the verification can say that they are all there.
finish-title-check = To be checked
finish-title-check-about = Of some mailboxes or folders we do not know enough to say that nothing is missing.
finish-title-stopped = Migration stopped half-way
finish-title-verify-stopped = Verification stopped half-way
finish-title-stopped-about = You can go on from here at any time: nothing is copied twice.

finish-done = Finish
finish-gathering = Preparing the report…
finish-ungathered = The migration’s journal cannot be read. { $detail }
finish-see = View
finish-none = none
finish-never = never
finish-of = { $done } of { $all }
finish-reason = { $name }: { $reason }
finish-reason-waiting = Not copied yet.
finish-others =
    { $count ->
        [one] And one more account.
       *[other] And { $number } more accounts.
    }

# The line of the three passes.
finish-first = First copy
finish-first-none = The first copy has not been started yet.
finish-first-open = The first copy is not finished
finish-first-running = Running: { $done } of { $all } messages.
finish-first-done =
    { $count ->
        [one] { $number } account and { $messages }, finished { $when }.
       *[other] { $number } accounts and { $messages }, finished { $when }.
    }
finish-first-done-once =
    { $count ->
        [one] { $number } account and { $messages }.
       *[other] { $number } accounts and { $messages }.
    }
finish-first-left =
    { $count ->
        [one] Not finished: { $messages } to copy in { $number } account. You can resume it, or leave it to the final pass.
       *[other] Not finished: { $messages } to copy in { $number } accounts. You can resume it, or leave it to the final pass.
    }
finish-first-unread =
    { $count ->
        [one] Not finished: { $number } account did not reach its end. You can resume it, or leave it to the final pass.
       *[other] Not finished: { $number } accounts did not reach their end. You can resume it, or leave it to the final pass.
    }
finish-to-copy = Go to the migration
finish-last = Final pass
finish-last-about = We look at every mailbox again and copy only what is missing: mail that arrived meanwhile, and messages that have not succeeded yet.
finish-last-now = Reading the mailboxes and copying what is missing…
finish-last-over = Finished.
finish-last-outside = Only the verification this time.
finish-complete = Complete migration
finish-lacking =
    { $count ->
        [one] Still to copy: { $messages } in { $number } account
       *[other] Still to copy: { $messages } in { $number } accounts
    }
finish-lacking-accounts =
    { $count ->
        [one] { $number } account did not reach its end
       *[other] { $number } accounts did not reach their end
    }
finish-verify = Verification
finish-verify-about = Right after that, every message of the source is looked up at the destination. You get the report at the end.
finish-verify-to-come = Begins as soon as the final pass has finished.
finish-verify-now-about = Reading the copies back and comparing them…
finish-verify-only = Verification only
finish-verify-again = Repeat the verification only
finish-level-full = Full comparison (recommended)
finish-level-full-about = Every copy is read back and compared byte for byte: the only proof that nothing is missing. Downloads all mail from the destination again.
finish-level-sample = Sample
finish-level-sample-about = Reads back { $number } random messages per mailbox (all of them below 2 GB). Much faster; a rare defect may escape.
finish-level-present = Presence only
finish-level-present-about = Every copy must be in the destination’s listing. A few minutes, but no content is read.
finish-preparing = Preparing…
finish-pausing = Pausing once the messages under way have arrived…
finish-paused = Paused
finish-stopping = Stopping once the messages under way have arrived…
finish-pause = Pause
finish-resume = Resume
finish-stop = Stop
finish-stop-last = Stop the final pass?
finish-stop-last-about = The messages under way arrive at the destination, then everything stops. You can go on from there, without duplicates.
finish-stop-verify = Stop the verification?
finish-stop-verify-about = What was compared already stays in the report. Until the verification ends, nobody can say that nothing is missing.
finish-stop-no = Continue
finish-stop-yes = Stop
finish-now-accounts =
    { $count ->
        [one] { $done } of { $number } account
       *[other] { $done } of { $number } accounts
    }
finish-now-brought =
    { $count ->
        [one] { $number } message brought over so far
       *[other] { $number } messages brought over so far
    }
finish-now-read =
    { $count ->
        [one] { $number } copy read back and compared so far
       *[other] { $number } copies read back and compared so far
    }
finish-now-lacking =
    { $count ->
        [one] { $number } message without a good copy
       *[other] { $number } messages without a good copy
    }
finish-now-left = About { $time } left
finish-wait-copy = Wait for the running copy to end, or stop it, before you complete
finish-ready = Ready for the final pass
finish-advice =
    { $today ->
        [1] Advice: complete after { $time }
       *[other] Advice: complete after { $when }
    }
finish-repeatable = You can repeat the final pass as often as you like: messages already copied are not duplicated.
finish-passes = Repeat the final pass
finish-to-result = Back to the result

# Before completing.
finish-before-title = Before you complete
finish-seen = According to this computer’s DNS, { $when }
finish-mx-point = The MX record points to the new server
finish-ttl-wait = Wait for the TTL to run out
finish-ttl-wait-about =
    { $today ->
        [1] If the record was changed recently, some senders may deliver to the old server until { $time }.
       *[other] If the record was changed recently, some senders may deliver to the old server until { $when }.
    }
finish-ttl-over = The TTL has run out
finish-ttl = TTL of the record: { $time }
finish-ttl-about = After changing it, wait at least as long, then complete.
finish-quiet = No copy is running
finish-quiet-since = The migration has been at rest since { $when }
finish-copying = A copy is running
finish-copying-about = The final pass can begin when it is at rest.
finish-looking = Asking the DNS…
finish-look-again = Check again
finish-dns-silent = The DNS did not answer
finish-dns-demo = The demo does not check the DNS
finish-dns-local = Destination in a local network: no DNS check
finish-dns-no-domain = No domain in the accounts’ addresses
finish-dns-no-resolver = No DNS server on this computer
finish-dns-by-hand = Make sure yourself that new mail already goes to the new server.

# The result.
finish-proven-about =
    { $count ->
        [one] Full comparison of { $messages } in { $number } account: they are all there.
       *[other] Full comparison of { $messages } in { $number } accounts: they are all there.
    }
finish-disagree = The sums do not agree
finish-disagree-about = The journal’s sums contradict each other: until they agree, this result cannot be relied on.
finish-failed-about = Mailboxes that were never read, or whose last pass failed: what is in them now is not known.
finish-stopped = Stopped half-way
finish-stopped-about = The final pass has not finished in every mailbox.
finish-stopped-verify-about = The final pass has finished, the verification has not: it holds only for the copies compared so far.
finish-unread =
    { $count ->
        [one] { $number } folder not read
       *[other] { $number } folders not read
    }
finish-unread-about = What is in them is not known: look at the reasons, then repeat the final pass.
finish-missing-waiting-about = They are still at the source: bring them over now.
finish-missing-refused-about = They could not be copied: look at the reasons in the table, then try again.
finish-missing-about = Some are still to be copied, others could not be: look at the reasons, then try again.
finish-differs = Copies to look at
finish-differs-about = No message appears to be missing, but the comparison found copies that differ from their originals: the report says which.
finish-unverified = Not verified yet
finish-unverified-about = The destination server accepted every copy. None has been read back and compared yet.
finish-unverified-some-about = The destination server accepted every copy. Read back and compared so far: { $read } of { $of }.
finish-none-seen = No message appears to be missing
finish-present-about = Presence check only, of { $messages } in the destination’s listing: no content was read.
finish-sampled-about = Sample verification: { $read } of { $of } copies read back and compared in full, the others are present.
finish-nothing = Nothing to verify
finish-nothing-about = No account is part of this migration.
finish-recover =
    { $count ->
        [one] Recover the message
       *[other] Recover the { $number } messages
    }
finish-try-again =
    { $count ->
        [one] Try again on { $number } account
       *[other] Try again on { $number } accounts
    }
finish-go-on = Resume
finish-verify-now = Start the verification
finish-verify-all = Compare everything
finish-to-pass = Go to the final pass
finish-status-missing =
    { $count ->
        [one] { $messages } to recover in { $number } account
       *[other] { $messages } to recover in { $number } accounts
    }
finish-status-ended = Finished { $when }
finish-open =
    { $count ->
        [one] In { $number } account the final pass is still to come
       *[other] In { $number } accounts the final pass is still to come
    }
finish-independent =
    { $count ->
        [0] An independent comparison of the two servers agrees: nothing is missing.
        [one] An independent comparison of the two servers agrees: { $number } message missing.
       *[other] An independent comparison of the two servers agrees: { $number } messages missing.
    }
finish-independent-not =
    { $count ->
        [one] An independent comparison of the two servers disagrees: { $number } message missing. Do not trust this result.
       *[other] An independent comparison of the two servers disagrees: { $number } messages missing. Do not trust this result.
    }
finish-fact-verified = Verified
finish-fact-copied = Copied
finish-fact-additional = With the final pass
finish-fact-missing = Missing
finish-fact-approved = Missing, approved
finish-fact-excluded = Excluded by filters
finish-fact-folders = Folders excluded
finish-fact-gone = Removed at the source
finish-fact-left-out = Accounts left out
finish-fact-compared = Comparison
finish-fact-code = Report code
finish-excluded = { $number }, { $reason }
finish-over = over { $size }
finish-before = before { $day }
finish-deleted = already deleted
finish-compared-not = none
finish-compared-some = { $read } read back of { $of }
finish-compared-present = presence only
finish-compared-sample = sample, { $read } read back
finish-compared-full = full, byte for byte
finish-export = Export the report
finish-save-as = Save as…
finish-save-title = Save the report
finish-open-folder = Open folder
finish-unwritten = The file was not written. { $detail }
finish-unshown = No program on this computer opens it: the file is in its place.

# The table of accounts.
finish-accounts = Verification by account
finish-accounts-now = Accounts
finish-search = Search accounts
finish-none-found = No account matches
finish-column-account = Account
finish-column-origin = Source
finish-column-copies = Destination
finish-column-excluded = Excluded
finish-column-missing = Missing
finish-column-outcome = Result
finish-column-done = Messages
finish-column-state = State
finish-outcome-complete = Complete
finish-outcome-recover = Recover
finish-outcome-to-see = To look at
finish-outcome-stopped = Stopped
finish-outcome-unverified = To verify
finish-outcome-present = Present
finish-outcome-sampled = Sample
finish-outcome-left-out = Left out
finish-now-queued = Queued
finish-now-preparing = Preparing
finish-now-listing = Reading
finish-now-copying = Copying
finish-now-verifying = Comparing
finish-now-waiting = Waiting
finish-now-done = Completed
finish-now-exceptions = To look at
finish-now-failed = Error
finish-now-stopped = Stopped

# The ledger of an account.
finish-ledger-all = Messages not copied
finish-ledger-all-about = Everything that did not go as it should, account by account
finish-ledger-copies = { $copies } copies of { $listed } messages
finish-ledger-empty = No exceptions in this account
finish-line-failed = The last pass did not reach its end
finish-line-never = The mailbox was never read
finish-line-never-about = What is in it is not known
finish-line-sums = The sums do not agree
finish-line-sums-about = Repeat the final pass of this account
finish-line-folder = Folder { $folder }
finish-line-waiting =
    { $count ->
        [one] { $number } message still to copy
       *[other] { $number } messages still to copy
    }
finish-line-waiting-about = The final pass copies them
finish-open-eml = Open .eml
finish-approve = Approve…
finish-approve-why = Why may it stay behind?
finish-approve-now = Approve
finish-approve-failed = The approval was not recorded. { $detail }
finish-approved-because = Approved by { $name }: { $words }
finish-withdraw = Withdraw the approval

# The cut-over.
finish-cutover = Cut-over
finish-done-of = { $done } of { $all } done
finish-item-mx = MX record
finish-item-webmail = Webmail reachable
finish-item-autodiscover = Autodiscover
finish-item-clients = Users’ clients
finish-item-signatures = SPF, DKIM and DMARC
finish-item-old = Old server
finish-of-domain = { $domain }: { $words }
finish-mx-new = Points to the new server
finish-mx-all = All point to the new server
finish-mx-old = Still points to the old server ({ $host })
finish-mx-both = Points to both servers
finish-mx-elsewhere = Points to { $host }
finish-mx-none = No MX record
finish-mx-refuses = The domain declares that it takes no mail
finish-mx-no-domain = The domain does not exist in the DNS
finish-auto-new = Points to the new server
finish-auto-old = Still points to the source
finish-auto-elsewhere = Points to { $host }
finish-auto-none = Not set up
finish-signatures-all = All three present
finish-spf-names = SPF: includes the new server
finish-spf-unnamed = SPF: the new server cannot be made out
finish-spf-several = SPF: more than one record, which counts as none
finish-spf-missing = The SPF record is missing
finish-spf-unknown = SPF: the DNS did not answer
finish-dkim-found = DKIM: key present ({ $selectors })
finish-dkim-unseen = DKIM: no key found under the usual names
finish-dkim-missing = The DKIM key is missing
finish-dkim-unknown = DKIM: the DNS did not answer
finish-dmarc-policy = DMARC: present (p={ $policy })
finish-dmarc-missing = The DMARC record is missing
finish-dmarc-unknown = DMARC: the DNS did not answer
finish-webmail-about = Try it: { $host }
finish-clients-about = Instructions ready to send
finish-clients-save = Save
finish-old-about = Keep it on for another 30 days
finish-old-until = Keep it on until { $day }
finish-records-about = Answers of this computer’s DNS, { $when }
finish-records-none = No records.
finish-records-others =
    { $count ->
        [one] One more domain was not checked.
       *[other] { $number } more domains were not checked.
    }

# The text for users.
finish-client-title = Your mail on the new server
finish-client-about = Set up your mail program with these settings:
finish-client-imap = Incoming mail (IMAP): { $host }, port { $port }
finish-client-security = Connection security: { $security }
finish-client-tls = SSL/TLS
finish-client-starttls = STARTTLS
finish-client-clear = none
finish-client-user = User name: { $form }
finish-client-address = your whole email address
finish-client-login = the same as before
finish-client-local = the part of your address before the at sign
finish-client-example = For example: { $login }
finish-client-password = Password: the one your mail administrator gave you
finish-client-smtp = Outgoing mail (SMTP): ______________________ (your mail administrator knows it)
finish-client-after = Messages and folders are already on the new server. Add the new account to your program; remove the old one only after you have checked that everything is there.

finish-half-made =
    { $count ->
        [one] { $number } account was created only in part: start the migration again to complete it.
       *[other] { $number } accounts were created only in part: start the migration again to complete them.
    }
finish-held =
    { $count ->
        [one] { $number } account is still held for the migration: start it again to release it.
       *[other] { $number } accounts are still held for the migration: start it again to release them.
    }
finish-changed =
    { $count ->
        [one] On the new server { $number } setting was changed for the migration.
       *[other] On the new server { $number } settings were changed for the migration.
    }
finish-put-back = The server’s settings are as they were before.
finish-not-put-back = The server’s settings have not been put back
finish-fact-passwords = Passwords set
finish-fact-made = Accounts created
finish-fact-existed = Accounts there already
finish-outcome-set = Set
finish-outcome-not-set = Not set
finish-title-passwords = Passwords transferred
finish-title-passwords-about = Messages move by other means: nothing is said of them here.
finish-title-passwords-some = Some passwords have not been set.
finish-list = List of accounts for another panel…
finish-list-title = List of accounts
finish-list-about = A CSV table with address, login, name and aliases, to be imported into another panel.
finish-list-passwords = The passwords as well
finish-list-passwords-about = They stand in the file in clear: whoever opens it reads them. Delete it once it is imported.
finish-list-password-missing = the password of { $address } is not known
finish-unfinished-accounts = Accounts to be put in order
finish-unfinished-accounts-about = The messages are compared; on the new server some accounts are not in order yet.
