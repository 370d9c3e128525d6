# Help for each screen (F1).

help-start = Getting started
help-start-about =
    A migration has eight steps. The first six touch no mailbox: you say where from and where to, who, and how; then a pre-flight check tries everything.

    Each migration is a folder: it holds the plan (migration.toml), the journal of every message, the log and the report. The same folder can be used from the command line.

    The demo uses two small servers on this computer with invented mail: it shows the whole crossing without any risk.
help-origin =
    Enter an address of the domain and press Detect: usually a few seconds are enough. If nothing is found, the server is often called imap.domain or mail.domain, port 993 with SSL/TLS.

    Google, Yahoo, iCloud and others do not accept the normal password from a program: you need an app password, created in the account’s security settings.

    If the certificate is self-signed, compare the fingerprint with whoever runs the server before you accept it. An accepted fingerprint counts for this server only.

    A master user (Dovecot, Cyrus, Zimbra…) opens every mailbox with a single password.
help-destination =
    With IceWarp Server the administrator is enough: Traghetto creates the accounts, checks the settings that slow down or refuse the copy and changes them if you ask; “Put back” makes them as they were. If the server allows it, mailboxes open without users’ passwords.

    With another IMAP server the mailboxes must exist already, or at step 3 you name a program that creates them. If they hold mail, Traghetto compares it and copies only what is missing.

    A local archive is a folder with one Maildir per account: a safety copy, or a store to load into a server later by choosing “Local archive” at step 1.

    Mind the space: if a mailbox has a quota smaller than the mail to come, the pre-flight check says so before you start.
help-mode =
    The manual method needs the user name and password of every account, or a master user. The migration has a start and an end, and you can do it in batches.

    “Migrate accounts” creates the accounts and copies their messages. “Migrate messages” copies into accounts that already exist. “Passwords only” just sets the passwords, for those who move the mail by other means. All of it can be repeated: an account that exists stays as it is.

    Without IceWarp the accounts are created by a program of yours: Traghetto calls it for each account and passes the data as JSON on standard input. Examples are in the folder packaging/examples.

    Mail that arrives during the copy is picked up by the final pass.
help-users =
    The list can be a text (user:password:address), a CSV or a spreadsheet. From Excel just save the .xlsx file as it is: that avoids the broken accents CSV sometimes brings.

    Rows with a problem stay in the list but are not migrated until you fix them. With the box at the left you choose whom to migrate now.

    Check credentials tries each sign-in once: a rejected password is not tried again by itself, so that no account gets locked.

    “Find aliases…” reads the headers of the source mail and proposes the other addresses of each user, with the number of messages that show them: Delivery and Received were written by the server, Sent by the user, To/Cc and Other by senders. You decide which to add.

    A group is migrated on an evening of its own: select the rows, press “Assign to group…”, then start only that group at step 6. The list can be imported again with more rows: whoever has been migrated stays as they are.
help-options =
    The proposed values suit most cases. Special folders (Sent, Trash…) are matched by themselves even when their names differ.

    A filter leaves messages behind: they are counted apart, on every screen and in the report, never among the missing.

    A migration account receives users while their mailbox is being copied. The script after each account is for what you usually do by hand: telling the user, updating another system.
help-preflight =
    The check signs in to every mailbox on both sides, counts folders and messages and looks for what could go wrong. It changes nothing.

    Only a problem blocks the start; a warning does not. Accounts with a problem can be left out in step 4.

    Where Traghetto creates the accounts, you read here what becomes of each: to be created, or there already and how it differs. Those that exist are not changed.
help-live =
    You can pause or stop whenever you like: no message is left half-way, and it resumes from there. Even after a power cut.

    If the network fails, Traghetto waits and tries again by itself. An account with an error does not stop the others: fix it and press Retry.
help-completion =
    Before the final pass move the MX record and wait for its TTL to expire: until then some senders may still deliver to the old server.

    “0 messages missing” appears only after a full comparison: every message of the source was read back at the destination. Keep the report.

    Leave the old server on for a while: you can repeat the final pass as often as you like.

    Settings of the server that were changed for the migration are put back by a button. The list of accounts for another panel holds the passwords only if you ask for them.
help-keys = Keyboard
help-key-tab = the next control; with Shift the previous one
help-key-arrows = moves in lists, tabs and choices
help-key-enter = the main button
help-key-escape = closes a panel or a question
help-key-steps = previous and next step
help-key-search = search
help-key-tabs = the three tabs of the migration
help-key-again = repeats the test
help-key-help = opens and closes this help
help-scale = Text size
help-about = Traghetto { $version }. MIT or Apache-2.0 licence. Typefaces Inter and JetBrains Mono (SIL OFL 1.1), Lucide icons (ISC).
