# The command line: help, questions, progress, results.

# Help

cli-about = Moves mailboxes from one IMAP server to another and proves that not one message was lost.
cli-about-demo = Shows the whole journey on two sample servers, without touching anybody’s mail
cli-about-discover = Finds the mail servers of an e-mail address; sends no password
cli-about-probe = Tries out a server: connection, certificate, program, capabilities and, if you like, a sign-in
cli-about-new = Prepares the folder of a new migration
cli-about-users = Manages the list of mailboxes
cli-about-users-import = Imports a list: accounts into the plan, passwords under seal
cli-about-users-template = Prints an empty list to fill in
cli-about-users-list = Shows the accounts of the plan
cli-about-aliases = Looks for the accounts’ aliases in the headers of their messages and proposes them
cli-about-check = Pre-flight check: sign-ins, folders, sizes, limits. Changes nothing
cli-about-run = Copies the messages not copied yet. Can be stopped and resumed
cli-about-complete = Final pass: copies what arrived since and closes the books
cli-about-verify = Reads the copies back and compares them with the originals
cli-about-exceptions = Shows the messages without a good copy; lets you accept them
cli-about-report = Writes the report: totals, folders, exceptions, grade
cli-about-status = Shows where the migration stands, also while it is running

cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-options = Options
cli-heading-arguments = Arguments
cli-usage-options = [OPTIONS]
cli-usage-command = COMMAND

cli-name-address = ADDRESS
cli-name-dir = DIR
cli-name-user = USER
cli-name-account = ACCOUNT
cli-name-group = GROUP
cli-name-domain = DOMAIN
cli-name-pattern = PATTERN
cli-name-folder = OLD=NEW
cli-name-key = KEY
cli-name-text = TEXT
cli-name-name = NAME
cli-name-date = YYYY-MM-DD

cli-option-lang = Language: it or en; otherwise the system’s
cli-option-help = Shows this help
cli-option-version = Shows the version
cli-option-dir = The migration’s folder
cli-option-address = E-mail address, or only its domain
cli-option-file = The user list: text, CSV, XLSX, XLS or ODS
cli-option-json = Results as JSON, one object per line
cli-option-demo-dir =
    Works in this folder and keeps it;
    otherwise only the report stays
cli-option-url =
    Server to try out: imaps://host[:port], imap://host[:port] (STARTTLS
    required) or imap+insecure://host[:port] (clear text)
cli-option-login = Tries out this login as well
cli-option-accept-one = Accepts the certificate of this fingerprint, whatever else is wrong with it
cli-option-ca-one = PEM file with further certificate authorities
cli-option-origin =
    Source server: imaps://host[:port], imap://host[:port] (STARTTLS required)
    imap+insecure://host[:port] (clear text), or maildir:FOLDER (a local
    archive)
cli-option-destination = Destination server, written the same way
cli-option-users = User list to import right away
cli-option-columns =
    What the columns of the list hold (empty ones do not count), in order: login, password, address,
    destination-login, destination-password, name, first-name, last-name, aliases, group;
    - for a column to skip
cli-option-template-format = csv (for spreadsheets; the usual choice) or txt (one line per mailbox)
cli-option-destination-login =
    User name at the destination where the list does not say it: address (the usual choice),
    login (the same as at the source) or localpart (what stands before the @)
cli-option-accept = Accepts this certificate for that server, whatever else is wrong with it; repeatable
cli-option-ca =
    PEM file with further certificate authorities: one for both sides,
    or one for each with origin= and destination=
cli-option-master-user = Administrator who signs in to every mailbox; without a prefix, at the source; repeatable
cli-option-master-separator =
    What stands between mailbox and administrator in the user name (usually *);
    sasl uses the authorization identity of SASL PLAIN instead
cli-option-mailboxes = Accounts copied at once (usually 4)
cli-option-connections = Connections per mailbox and side (usually 3)
cli-option-window =
    Works only in these hours: 22:00-06:00 runs over midnight;
    with +weekends Saturday and Sunday are free
cli-option-bandwidth = Limit for all connections together, in each direction: 20Mbit, 512kbit
cli-option-now = Works at any hour, also outside the hours of the plan
cli-option-exclude-folder =
    Leaves out folders of this name: * stands for any text,
    % for any text within one level; repeatable
cli-option-folder = Copies the folder OLD into NEW, with / between levels; repeatable
cli-option-special-folders =
    Language of the special folders (Sent, Drafts, Trash…) the destination lacks;
    otherwise they keep the names they have at the source
cli-option-since = Only messages that arrived on this day or later
cli-option-max-size =
    Only messages up to this size: 25M is 25 × 1024 × 1024 bytes,
    25MB is 25 million
cli-option-group = Only the accounts of this group that the plan does not leave out; repeatable
cli-option-account = Only this account, even if the plan leaves it out; repeatable
cli-option-alias-mode =
    Where to look: standard (the address the user writes from), username (nowhere: the alias
    is the user name; the usual choice) or extended (all recipients of received messages);
    otherwise as the plan says
cli-option-no-x-envelope-to = Pass over X-Envelope-To
cli-option-no-received = Pass over Received
cli-option-alias-domain = Addresses of this domain count too; repeatable
cli-option-alias-min = With --apply, also the aliases to be confirmed that show in at least N messages
cli-option-apply = Add the certain aliases to the plan, and keep there what was chosen here; none is taken out
cli-option-dry-run = Lists and counts, changes nothing
cli-option-level =
    Depth: present (every copy is in the destination’s listing),
    sample (besides, a sample read back in full; the usual choice)
    or full (everything read back in full)
cli-option-sample =
    Messages in the sample of each mailbox (usually 300);
    below 2 GB the whole mailbox is read back
cli-option-approve =
    Accepts this exception as it is: the key shown,
    a reason like too-large, or all of them with all; repeatable
cli-option-withdraw = Takes an acceptance back; named in the same way
cli-option-note = Why it is fine like this; needed with --approve
cli-option-by = Who decides; otherwise the user of this computer
cli-option-format =
    html (a page; the usual choice), csv (a table)
    or json (on standard output too)

cli-after-help =
    To begin:
      traghetto-cli demo
      traghetto-cli new acme --origin imaps://old.example --destination imaps://new.example --users users.txt
      traghetto-cli check acme
      traghetto-cli run acme
      traghetto-cli complete acme
      traghetto-cli verify acme
      traghetto-cli report acme

    Exit codes:
      0    everything in a good final state
      1    error in the command or the plan: nothing was done
      2    finished, with exceptions to look at; for discover: no server found
      3    stopped: sign-in refused, wrong passphrase, server out of reach, disk full
      130  interrupted by the operator

    Environment:
      TRAGHETTO_PASSPHRASE             passphrase that seals the migration’s passwords
      TRAGHETTO_ORIGIN_PASSWORD        password of the source’s administrator
      TRAGHETTO_DESTINATION_PASSWORD   password of the destination’s administrator
      TRAGHETTO_ADMIN_PASSWORD         password of the administrator who creates accounts
      TRAGHETTO_PROBE_PASSWORD         password of the login that is tried out
      TRAGHETTO_LOG                    detail of the log: warn, info, debug, trace
      NO_COLOR                         no colours
cli-after-probe =
    Changes nothing on the server. The login’s password is never part of the command: it is asked for,
    or read from TRAGHETTO_PROBE_PASSWORD. It is not stored, and a refused password is not tried again.
cli-after-aliases =
    Headers are read, never bodies: the newest 2,000 messages of the inbox and 500 of the sent mail. Only addresses of
    the accounts’ domains count. An address that belongs to another account, or shows in several mailboxes, is never
    accepted by itself. What was found stays in aliases.json, in the folder.
cli-after-exceptions =
    A message that was accepted still counts as missing, and the next run tries it again; the report says who accepted
    it and why. The acceptance holds for as long as the reason stays the same.
cli-after-new =
    An administrator’s password is never part of the command: it is asked for, or read from
    TRAGHETTO_ORIGIN_PASSWORD or TRAGHETTO_DESTINATION_PASSWORD. It is not stored here; where the window has kept
    it under seal, that one is used.
cli-after-users-import =
    The list may be a spreadsheet (XLSX, XLS, ODS), CSV or a text. In a spreadsheet or CSV the first row names the
    columns: “traghetto-cli users template” prints one; without it, and where it is not clear, --columns is needed.

    In a text, one line per mailbox: login:password:address. The first colon ends the login; the last one starts the address
    if what follows holds an @, so a password may contain colons. With only two fields, login and password hold on
    both sides. Blank lines and lines starting with # are skipped. A first line with column names can add
    destination-login, destination-password, aliases and group.
    Several aliases stand in one cell, separated by a space, comma, semicolon or |; a name without an @ gets the domain of
    the address. The group is for migrating only some accounts together, with --group.
    If any line is wrong, nothing is imported.

# Wrong commands

cli-error = Error:
cli-warning = Warning:
cli-usage-no-command = The command is missing.
cli-usage-unknown-command = There is no command “{ $command }”.
cli-usage-unknown-option = “{ $option }” has no place here.
cli-usage-missing = Something is missing: { $options }.
cli-usage-repeated = “{ $option }” may be given only once.
cli-usage-no-value = “{ $option }” needs a value.
cli-usage-value = The value “{ $value }” is not right for “{ $option }”.
cli-usage-too-much = “{ $value }” is one too many.
cli-usage-other = The command cannot be understood.
cli-usage-valid = Allowed values: { $values }
cli-usage-did-you-mean = Did you mean “{ $nearest }”?
cli-usage-help = See { $program } --help
cli-sample-without-level = --sample is only for --level sample.
cli-value-columns = “{ $name }” is not a column.
cli-value-side-missing = “{ $text }”: say which side, origin=SHA256:… or destination=SHA256:…
cli-value-master = “{ $text }”: the administrator’s name is missing.
cli-value-separator = The administrator’s separator must not be empty.
cli-value-twice =
    --{ $option } is given twice for { $side ->
        [origin] the source
       *[destination] the destination
    }.
cli-value-twice-remedy = Leave one --{ $option } per side: origin=… for the source, destination=… for the destination.
cli-value-authority = “{ $file }” holds no certificate in PEM form.
cli-value-authority-remedy = The file must hold “-----BEGIN CERTIFICATE-----”: if it is in DER form, convert it to PEM first.
cli-value-folder = “{ $text }”: write --folder OLD=NEW.
cli-value-folder-twice = The folder “{ $folder }” is given twice.
cli-value-since = “{ $text }” is not a date.
cli-value-since-remedy = Write year, month and day: --since 2024-12-31.
cli-value-size = “{ $text }” is not a size.
cli-value-size-remedy = Write a number and a unit: --max-size 25M, or 500k, or 1G.
cli-value-bandwidth = “{ $text }” is not a limit.
cli-value-bandwidth-remedy = Write a number and a unit: --bandwidth 20Mbit, or 512kbit.
cli-value-domain = “{ $text }” is not a domain.
cli-value-domain-remedy = Write only what follows the @: --alias-domain company.example
cli-value-window = “{ $text }” is not a stretch of hours.
cli-value-window-remedy = Write from when to when: --window 22:00-06:00, or 22:00-06:00+weekends.
cli-error-address-scheme = “{ $text }”: the server’s address must start with imaps://, imap:// or imap+insecure://, that of a local archive with maildir:.
cli-error-address-host = “{ $text }”: the name of the server or the folder is missing.
cli-error-address-port = “{ $text }”: the port is a number from 1 to 65535.
cli-error-address-trailing = “{ $text }”: nothing may follow server and port; users are in the list.
cli-error-fingerprint = “{ $text }”: a fingerprint is SHA256: and 64 hexadecimal digits.
cli-error-fingerprint-remedy = “traghetto-cli check” shows the certificate’s fingerprint in its answer.
cli-error-address-remedy = Write for example imaps://mail.example or imap://mail.example:143, without user and password; for a local archive maildir:/data/archive.
cli-error-no-file = There is no file “{ $file }”.
cli-error-no-file-remedy = Check the name and the path of the file, then repeat the command.

# Folder and plan

cli-error-not-a-project = There is no migration in “{ $dir }”.
cli-error-not-a-project-remedy = Check the path, or prepare one with “traghetto-cli new”.
cli-error-exists = There is a migration in “{ $dir }” already.
cli-error-exists-remedy = Choose another folder; to change the list, use “traghetto-cli users import”.
cli-error-plan-syntax = The migration’s plan cannot be read.
cli-error-plan-syntax-remedy = Correct migration.toml where it is shown, then repeat the command.
cli-error-plan-version = The plan is of a newer version ({ $version }): a newer Traghetto is needed.
cli-error-plan-range = “{ $field }” is { $value }: allowed is { $least } to { $most }.
cli-error-plan-twice = The account “{ $login }” is in the plan twice.
cli-error-plan-same-destination = “{ $first }” and “{ $second }” would end in the same mailbox “{ $destination }”.
cli-error-plan-same-destination-remedy = Give each its own destination: two mailboxes are never mixed.
cli-error-onto-itself = “{ $login }” would be copied onto itself: source and destination are the same mailbox on { $server }.
cli-error-onto-itself-remedy = Check the two servers, or give this account another login at the destination.
cli-error-one-archive = Source and destination are the same archive, or one is inside the other: { $folder }.
cli-error-one-archive-remedy = Choose another folder for the destination.
cli-error-no-archive = The archive’s folder “{ $folder }” is not there.
cli-error-no-archive-remedy = Check the path and that the disk is connected, then repeat the command.
cli-error-archive-not-empty = The folder “{ $folder }” holds something else and is not an archive.
cli-error-archive-not-empty-remedy = Choose a new or empty folder, or an archive made by Traghetto.
cli-warning-one-server = source and destination are the same server ({ $server }): make sure that no mailbox has two names, or it would be copied onto itself.
cli-error-no-accounts = The plan has no accounts yet.
cli-error-no-accounts-remedy = Import a list with “traghetto-cli users import”.
cli-error-no-such-account = The account “{ $name }” is not in the plan.
cli-error-no-such-account-remedy = “traghetto-cli users list” shows the accounts of the plan.
cli-error-no-such-group = There is no group “{ $name }” in the plan.
cli-error-no-such-group-remedy = The groups of the plan: { $groups }
cli-error-no-groups-remedy = No account of the plan has a group: add the column “group” to the list and import it again.
cli-error-none-selected = Every one of these accounts is left out by the plan.
cli-error-none-selected-remedy = Name the accounts with --account, or take “selected = false” out of migration.toml.
cli-error-not-begun = This migration has not begun yet.
cli-error-not-begun-remedy = Start it with “traghetto-cli run { $dir }”.

# Passwords

cli-ask-passphrase = Passphrase:
cli-ask-passphrase-new = New passphrase:
cli-ask-passphrase-again = Once more:
cli-ask-passphrase-wrong = That is not the right passphrase.
cli-ask-passphrase-differ = The two are different: try again.
cli-ask-passphrase-why = The system keychain is not available: the passwords will be sealed with a passphrase, which you will have to enter for each command.
cli-ask-master = Password of { $user } at { $server }:
cli-error-no-passphrase = A passphrase is needed to seal the passwords.
cli-error-no-passphrase-remedy = Set { $variable }, or give the command at a terminal.
cli-error-wrong-passphrase = The passphrase does not open the passwords of this migration.
cli-error-wrong-passphrase-remedy = Check { $variable }, or unset it and answer the question.
cli-error-key-missing = The passwords were sealed with a key this keychain does not have: it belongs to another user or another computer.
cli-error-import-again-remedy = Delete “vault.sealed” from the migration’s folder and import the list again.
cli-error-keyring-locked = The system keychain is locked.
cli-error-keyring-locked-remedy = Unlock it and repeat the command.
cli-error-keyring-absent = The passwords are sealed by the system keychain, which does not answer in this session.
cli-error-keyring-absent-remedy = Repeat the command in the session in which you imported the list.
cli-error-vault-damaged = The file of passwords is damaged.
cli-error-vault-newer = The file of passwords is of a newer version.
cli-error-vault-newer-remedy = Use a newer Traghetto.
cli-error-vault-replaced = The file of passwords was replaced meanwhile.
cli-error-again-remedy = Repeat the command.
cli-error-seal = The passwords could not be sealed.
cli-error-no-passwords = Passwords are missing for: { $logins }.
cli-error-no-passwords-many =
    Passwords are missing for: { $logins } and { $count ->
        [one] one other login
       *[other] { $number } other logins
    }.
cli-error-no-passwords-remedy = Import a list that holds them with “traghetto-cli users import”.
cli-error-no-master-password = The password of the administrator { $user } is missing.
cli-error-no-master-password-remedy = Set { $variable }, or give the command at a terminal.
cli-error-no-probe-password = The password of { $user } is missing.

# Looking for the server

cli-discover-provider = Mail provider: { $name }
cli-discover-trying = Nobody says: trying the usual names…
cli-discover-source-provider = domain of a known provider
cli-discover-source-srv = from DNS: { $record }
cli-discover-source-page = from the page { $page }
cli-discover-source-page-plain = from the page { $page }, which is not protected: anybody on the network may have changed it
cli-discover-source-page-mx = from the page { $page }, of whoever runs { $host }, which takes the mail
cli-discover-source-mx = provider recognised by { $host }, which takes the mail
cli-discover-source-probe = found by trying
cli-discover-source-probe-untrusted = found by trying; its certificate is not trusted
cli-discover-login-address = the user name is the whole address
cli-discover-login-localpart = the user name is what stands before the @
cli-discover-oauth = with OAuth2 only, not with a password
cli-discover-clear = clear text: anybody on the same network can read passwords and messages
cli-discover-absent = The domain says that it does not offer: { $services }
cli-discover-next = Next: traghetto-cli new { $dir } --origin { $url } --destination URL
cli-discover-nothing = No mail server was found for “{ $domain }”.
cli-discover-nothing-remedy = Ask whoever runs the mail for the name of the server.
cli-discover-no-domain = The domain “{ $domain }” does not exist.
cli-discover-no-domain-remedy = Check how the address is written.
cli-discover-not-an-address = “{ $text }” is neither an e-mail address nor a domain.
cli-discover-not-an-address-remedy = Write for example anna@acme.example or acme.example.
cli-discover-no-dns = DNS does not answer: no server can be looked for.
cli-discover-no-dns-remedy = Check the connection to the Internet, then repeat the command.
cli-discover-name-servers = “{ $text }” does not fit { $variable }.
cli-discover-name-servers-remedy = Write address and port of the DNS server, for example 127.0.0.1:5353.

# What to do about it here

cli-hint-accept = To accept it: --accept-certificate when preparing the migration, “certificate” in migration.toml later.
cli-hint-authority = An authority’s file is given with --ca when preparing the migration, as “authority” in migration.toml later.
cli-hint-probe-accept = To accept it: --accept-certificate { $pin }
cli-hint-security = The start of the address says it: imaps:// is TLS, imap:// is STARTTLS, imap+insecure:// is clear text.
cli-hint-list = If it comes from a list, correct it and import it again: it resumes where it was.
cli-hint-connections = To open fewer, lower --mailboxes and --connections.
cli-hint-folder = That is done with --folder OLD=NEW in a new migration, or in the file migration.toml.
cli-hint-master = The password is read from { $variable }.

# Trying out a server

cli-probe-connection = Connection
cli-probe-software = Program
cli-probe-encryption = Encryption
cli-probe-certificate = Certificate
cli-probe-names = Names
cli-probe-issuer = Issued by
cli-probe-validity = Validity
cli-probe-fingerprint = Fingerprint
cli-probe-separator = Separator
cli-probe-capabilities = Capabilities
cli-probe-login = Sign-in
cli-probe-peer = Answers there
cli-probe-connected = { $time } ms
cli-probe-clear = none: the connection is in clear text
cli-probe-trusted = trusted
cli-probe-pinned = accepted by fingerprint
cli-probe-by-authority = vouched for by the given authority file
cli-probe-refused = not accepted
cli-probe-self-signed = self-signed
cli-probe-valid = from { $from } to { $until }
cli-probe-more =
    { $count ->
        [one] and one other
       *[other] and { $number } others
    }
cli-probe-uncounted = messages not counted: it would have taken too long
cli-probe-peer-imap = an IMAP server
cli-probe-peer-pop3 = a POP3 server
cli-probe-peer-smtp = an SMTP server
cli-probe-peer-http = a web server
cli-probe-peer-tls = a server that wants TLS
cli-probe-peer-other = an unknown service
cli-probe-alternative = IMAP answers here: { $url }
cli-probe-alternative-untrusted = A server with a certificate to be accepted answers here: { $url }

# New migration and list

cli-new-done = The migration is ready in “{ $dir }”: { $mailboxes }.
cli-new-next-users = Next: traghetto-cli users import { $dir } FILE
cli-new-next-check = Next: traghetto-cli check { $dir }
cli-new-insecure = the connection to { $server } is in clear text: anyone on the same network can read passwords and messages.
cli-users-imported = Mailboxes imported: { $number }, of them new: { $new }. Now in the plan: { $total }.
cli-users-empty = There is no mailbox in “{ $file }”.
cli-users-empty-remedy = Write one line per mailbox: login:password or login:password:address. To begin with: traghetto-cli users template
cli-users-problems =
    { $count ->
        [one] One line of “{ $file }” is wrong
       *[other] { $number } lines of “{ $file }” are wrong
    }: nothing was imported.
cli-users-problems-remedy = Correct the list and repeat the command.
cli-users-line = line { $line }: { $what }
cli-users-more =
    { $count ->
        [one] and one more line
       *[other] and { $number } more lines
    }
cli-users-empty-login = the login is missing
cli-users-missing-password = the password is missing
cli-users-missing-destination-password = the password for the destination is missing
cli-users-bad-address = what stands in the place of the address is not one
cli-users-address-comma = the address holds a comma
cli-users-address-space = the address holds a space
cli-users-address-no-at = the address has no @
cli-users-address-two-ats = the address has two @
cli-users-address-no-domain = the address has no domain after the @
cli-users-address-dot = the address has a dot too many after the @
cli-users-bad-alias = alias { $number } is not right: { $what }
cli-users-alias-taken = alias { $number } belongs to line { $first } already
cli-users-duplicate = the same login is on line { $first } already
cli-users-duplicate-address = the same address is on line { $first } already
cli-users-same-destination = would go into the same mailbox as line { $first }
cli-users-too-many = { $found } fields, but there are { $columns } columns
cli-users-ambiguous = the colons in the passwords can be shared out in more than one way
cli-users-unreadable = holds characters that cannot be read
cli-users-suspicious = the password holds “_” or “?”: in this file they may stand for another character
cli-users-space-around = the password begins or ends with a space
cli-users-open-quote = a quote is opened here and never closed
cli-users-unknown-column = the name of column { $column } is not a known one
cli-users-repeated-column = column { $column } repeats an earlier column
cli-users-unsure = It is not clear what the columns of “{ $file }” hold.
cli-users-unsure-remedy = Say it with --columns, column by column; - for one to skip. For example: --columns { $columns }
cli-users-columns = columns found: { $names }
cli-users-doubt-repeated = columns { $first } and { $second } mean the same
cli-users-doubt-two = columns { $first } and { $second } can be read in more than one way
cli-users-doubt-no-login = no column seems to hold the login
cli-users-not-a-list = “{ $file }” is not a list: neither a text nor a spreadsheet.
cli-users-not-a-list-remedy = Open the file in its program and save it as CSV, XLSX, XLS or ODS.
cli-users-encrypted = “{ $file }” is protected by a password.
cli-users-encrypted-remedy = Open the file in its program and save a copy without a password.
cli-users-damaged = “{ $file }” cannot be read: it is damaged.
cli-users-too-large = “{ $file }” is too large to be a list.
cli-users-too-large-remedy = Divide the list, or take out what is not needed: at most 50 MB and 100,000 rows.
cli-template-login = login
cli-template-password = password
cli-template-address = address
cli-template-aliases = aliases
cli-template-group = group
cli-users-elsewhere = The mail of “{ $login }” is on its way to “{ $old }” already; the list would send it to “{ $new }”. Nothing was imported.
cli-users-elsewhere-remedy = Leave the destination as it was, or prepare a new migration for this account.

# Aliases

cli-aliases-progress = { $login }: read, { $done } of { $of }
cli-aliases-none = no alias found: the user name it is
cli-aliases-catch-all = this mailbox seems to take whatever comes for the domain: only addresses it writes from are certain.
cli-aliases-column-address = Address
cli-aliases-column-verdict = Verdict
cli-aliases-column-total = Messages
cli-aliases-column-envelope = Delivery
cli-aliases-column-received = Received
cli-aliases-column-sent = Sent
cli-aliases-column-visible = To/Cc
cli-aliases-column-other = Other
cli-aliases-accepted = certain
cli-aliases-suggested = to be confirmed
cli-aliases-added = added to the plan
cli-aliases-other-account = no: it belongs to { $login }
cli-aliases-claimed = no: it shows in { $logins } too
cli-aliases-role = no: it is an address for a duty
cli-aliases-list = no: it is a list
cli-aliases-total = Certain aliases: { $certain }; to be confirmed: { $suggested }; refused: { $refused }.
cli-aliases-applied =
    { $count ->
        [0] No alias to add to the plan.
        [one] { $number } alias added to the plan.
       *[other] { $number } aliases added to the plan.
    }
cli-aliases-username = No header was read: the alias is the user name. To look for aliases use --mode standard or --mode extended.
cli-aliases-next = To add the certain ones to the plan: traghetto-cli aliases { $dir } --apply

# Pre-flight check

cli-side-origin = Source     { "" }
cli-side-destination = Destination
cli-check-quota = { $used } used of { $most }
cli-check-append-limit = messages up to { $size }
cli-check-round-trip = answers in { $time } ms
cli-check-left-out = { $folder }: excluded
cli-check-estimate = Estimated time: about { $time }
cli-check-estimate-short = Estimated time: less than 1 s
cli-check-before-filters = The counts are before the filters ({ $filters }): “traghetto-cli run --dry-run” says how many messages are left.
cli-check-total = Mailboxes ready: { $ready } of { $number }; { $messages }, { $size }
cli-check-not-ready =
    { $count ->
        [one] One mailbox cannot be migrated like this: correct what is shown above.
       *[other] { $number } mailboxes cannot be migrated like this: correct what is shown above.
    }
cli-warning-quota = the mail to copy ({ $needed }) does not fit into what is free at the destination ({ $free }).
cli-warning-hidden-folders = folders with “/” in their names cannot be seen over IMAP on this server: rename them first, or they stay behind.
cli-warning-hidden-labels = Gmail may hide labels from IMAP or limit folders to their newest messages: check Settings, Forwarding and POP/IMAP.
cli-warning-unreadable-folder = a line of the folder listing cannot be read: { $words }
cli-warning-folder-refused = the server does not open the folder “{ $folder }”.
cli-warning-not-empty = the destination holds mail already ({ $messages }): it is compared in full, and what is equal is not copied again.
cli-warning-no-uidplus = the destination does not say where it puts the copies: they are looked for afterwards, which takes a little longer.
cli-warning-groupware = folders of calendars, contacts or notes: IMAP carries their messages, not their meaning ({ $folders }).
cli-check-other-folders =
    { $count ->
        [one] one more folder takes
       *[other] { $number } more folders take
    } the destination’s separator and prefix, like “{ $from }” → “{ $to }”
cli-note-spaces = blanks at the ends removed
cli-note-empty = a level had no name
cli-note-reserved = name reserved at the destination
cli-note-undecodable = unreadable name, restored as well as possible
cli-note-language = special folder in the language chosen
cli-note-taken = name taken by another folder
cli-note-separator = the name held the destination’s separator
cli-note-case = differs from another only in case
cli-note-characters = characters not allowed were replaced
cli-note-flattened = levels joined: the destination does not nest
cli-note-merged = joined with another, as you asked
cli-note-role-taken = another folder has this role already
cli-note-chosen = chosen by you
cli-note-pattern = excluded by “{ $pattern }”
cli-note-container = holds only other folders
cli-note-view = shows messages of other folders
cli-note-duplicate = the same folder under another name
cli-note-foreign = belongs to others

# Progress

cli-event-started = { $login }: started
cli-event-folder = { $login }: “{ $folder }” → “{ $target }”, { $messages }
cli-event-folder-failed = { $login }: folder “{ $folder }”: { $what }
cli-event-exception = { $login }: “{ $folder }”, message { $uid }: { $what }
cli-event-more-exceptions = { $login }: more exceptions; all of them are in the report
cli-event-waiting = { $login }: waiting { $pause }. { $what }
cli-event-outside-hours = Outside the hours: going on at { $when }
cli-event-within-hours = Within the hours: going on
cli-event-done-copy = { $login }: finished, { $messages }
cli-event-would-copy = { $login }: { $messages } to copy
cli-event-nothing-to-verify = { $login }: nothing to read back; start run first
cli-event-done-complete = { $login }: completed
cli-event-done-verify = { $login }: verified, { $messages }
cli-count-exceptions =
    { $count ->
        [0] no exceptions
        [one] { $number } exception
       *[other] { $number } exceptions
    }
cli-bar-total = Total
cli-bar-listing = reading the list…
cli-bar-waiting = waiting…
cli-bar-stopping = stopping between two messages…
cli-bar-paused = paused
cli-bar-outside-hours = outside the hours, going on at { $when }
cli-rate = { $size }/s
cli-about-time = about { $time }
cli-less-than-a-tenth = less than 0.1 s
cli-stopping = Stopping once the messages on their way have arrived. Ctrl-C again to leave at once.

# Results

cli-summary-copied = Messages copied: { $number } ({ $size }) in { $time }.
cli-summary-verified = Messages read back: { $number } in { $time }.
cli-summary-dry-run = Dry run: { $messages } to copy in { $mailboxes }. Nothing was changed.
cli-summary-finished = Mailboxes finished: { $number }.
cli-summary-failed =
    { $count ->
        [one] One mailbox stopped with a problem.
       *[other] { $number } mailboxes stopped with a problem.
    }
cli-summary-failed-folders =
    { $count ->
        [one] One folder was not copied.
       *[other] { $number } folders were not copied.
    }
cli-summary-exceptions =
    { $count ->
        [one] One message was not copied: it is among the exceptions.
       *[other] { $number } messages were not copied: they are among the exceptions.
    }
cli-additional =
    { $login }: { $count ->
        [one] { $number } additional message
       *[other] { $number } additional messages
    }
cli-next-run-again = To resume from here: traghetto-cli { $command } { $dir }
cli-next-after-failure =
    { $count ->
        [one] Solve the problem shown and repeat
       *[other] Solve the problems shown and repeat
    }: traghetto-cli { $command } { $dir }
cli-next-run = Copy the mail first: traghetto-cli run { $dir }
cli-next-report = What became of every message: traghetto-cli report { $dir }
cli-next-complete = Once new mail arrives at the destination: traghetto-cli complete { $dir }
cli-next-verify = Next: traghetto-cli verify { $dir }

# Status and report

cli-left-out = Left out
cli-left-out-now = left out
cli-column-account = Account
cli-column-group = Group
cli-column-phase = State
cli-column-listed = Listed
cli-column-copied = Copied
cli-column-verified = Verified
cli-column-exceptions = Exceptions
cli-report-file = Report: { $file }
cli-report-more =
    { $count ->
        [one] and one more remark; it is in the report
       *[other] and { $number } more remarks; they are in the report
    }

# Exceptions

cli-exceptions-line = { $key }  { $login }  “{ $folder }”  { $size }  { $what } [{ $code }]
cli-exceptions-approved = accepted by { $by } at { $when }: { $note }
cli-exceptions-count =
    { $count ->
        [0] No exceptions.
        [one] { $number } exception, accepted { $approved }.
       *[other] { $number } exceptions, accepted { $approved }.
    }
cli-exceptions-both = --approve and --withdraw do not go together.
cli-exceptions-no-note = Why is it fine like this? The note is missing.
cli-exceptions-no-note-remedy = Add --note "…": it will be in the report.
cli-exceptions-no-name = Who decides? Add --by NAME.
cli-exceptions-unknown = No exception is called “{ $key }” or has this reason.
cli-exceptions-unknown-remedy = “traghetto-cli exceptions” shows keys and reasons.
cli-exceptions-done =
    { $count ->
        [one] { $number } exception accepted.
       *[other] { $number } exceptions accepted.
    }
cli-exceptions-undone =
    { $count ->
        [one] { $number } acceptance taken back.
       *[other] { $number } acceptances taken back.
    }

# Demonstration

cli-demo-no-server = The sample servers cannot be started on this computer.
cli-demo-begin = An imaginary shipyard changes servers: { $mailboxes }, { $messages }, { $size }.
cli-demo-servers = Source { $origin }, destination { $destination }: two sample servers inside this program.
cli-demo-folder = The migration’s folder: { $dir }
cli-demo-copy = Copy
cli-demo-complete = Final pass: more mail has arrived meanwhile
cli-demo-verify = Verification: every copy is read back and compared
cli-demo-verdict = { $verdict }. { $messages } ({ $size }) in { $mailboxes }.
cli-demo-missing =
    { $count ->
        [one] { $number } missing message
       *[other] { $number } missing messages
    }, { $exceptions }, { $time } in all.
cli-demo-equal = The two servers were compared: every message equals the original, byte for byte.
cli-demo-kept = The migration’s folder stays in { $dir }

# Accounts at the destination

cli-about-accounts = Accounts at the destination: tests, lists what it would do; with --apply prepares them
cli-option-scope =
    What is migrated: accounts (creates the accounts and copies messages), messages (only messages, into
    accounts that exist; the usual choice) or passwords (sets passwords only)
cli-option-icewarp = Create the accounts on this IceWarp Server, through its web port (usually 443, or 32001)
cli-option-icewarp-admin = Full address of the IceWarp administrator
cli-option-icewarp-certificate = Accept the certificate with this fingerprint for IceWarp’s web service
cli-option-icewarp-tool = Create the accounts with IceWarp’s tool that is here, on this computer
cli-option-provision = Create the accounts with this program, called once for each account
cli-option-provision-arg = Argument for that program; may be repeated
cli-option-provision-limit = Seconds that program may take (usually 60)
cli-option-create-domains = Also create the domains that are missing
cli-option-quota = Space of new accounts, in MB
cli-option-migration-account = Migration account: receives users’ sign-ins while their mailbox is being copied
cli-option-hold =
    What is done to an account while it is copied: none (nothing; the usual choice), forward (also forwards
    to the migration account) or unavailable (its user cannot sign in)
cli-option-after = Run this program after each account
cli-option-after-arg = Argument for that program; may be repeated
cli-option-after-limit = Seconds that program may take (usually 60)
cli-option-after-failure = If it fails: warning (says so; the usual choice) or stop (no further account begins)
cli-option-accounts-apply = Really prepare the accounts, without copying messages
cli-option-put-right = Set on the server what suits the migration, remembering the former values
cli-option-put-back = Put the server’s former values back
cli-after-accounts =
    Without --apply and --put-right nothing is changed. The administrator’s password is read from
    TRAGHETTO_ADMIN_PASSWORD, or asked for. An account that exists stays as it is; how it differs is told.
cli-error-no-provision = The plan does not say who creates the accounts (scope: { $scope }).
cli-error-no-provision-remedy = Say so with “new --icewarp”, “--icewarp-tool” or “--provision”, or use --scope messages.
cli-error-passwords-only = This plan transfers passwords only: there are no messages to complete or verify.
cli-error-passwords-only-remedy = “run --scope messages” or “--scope accounts” copies messages too.
cli-accounts-scope-messages = The plan copies messages only: nothing is done to the accounts.
cli-accounts-put-right = To put right what Traghetto can set: traghetto-cli accounts { $dir } --put-right
cli-accounts-put-back = { $count ->
    [0] There was nothing to put back.
    [one] One value is as it was.
   *[other] { $count } values are as they were.
}
cli-event-prepared = { $login }: { $what }
cli-event-not-released = { $login }: the account is still held, the next run tries again. { $what }
cli-event-no-migration-account = The migration account is not ready; mailboxes are copied all the same. { $what }
cli-event-after-failed = { $login }: the program after the account failed. { $what }
cli-event-after-stops = { $login }: the program after the account failed, so no further account begins. { $what }
cli-prepared-created = account created
cli-prepared-completed = account completed
cli-prepared-existed = the account exists already
cli-prepared-password-set = password set
cli-prepared-unchanged = account already as it should be
cli-prepared-would-create = the account would be created
cli-prepared-would-complete = the account would be completed
cli-prepared-would-set-password = the password would be set
cli-summary-accounts = Accounts looked at in { $time }.
cli-finding-good = All right:
cli-finding-note = Note:
cli-finding-blocker = Problem:
cli-option-export = Write the table of accounts to this file, for another panel; asks no server for anything
cli-option-export-columns =
    Columns of the table, in order: address, localpart, domain, login, name, first-name, last-name, aliases,
    password, quota-mb; - for an empty column
cli-option-separator = What divides the cells: , (the usual choice), ; | : or tab
cli-option-encoding = Encoding of the table: utf-8 (the usual choice), utf-8-bom or windows-1252
cli-option-with-passwords = Also write the passwords into the table, in clear
cli-option-tool-files = Write what IceWarp’s tool needs on its server: table and commands
cli-export-done = { $count ->
    [one] Wrote one account to { $file }.
   *[other] Wrote { $count } accounts to { $file }.
}
cli-export-passwords = Attention: { $file } holds the passwords in clear. Delete it as soon as it has served.
cli-export-no-address = The account { $login } has no destination address.
cli-export-no-address-remedy = Complete the list with the addresses and import it again.
cli-export-column = There is no column “{ $word }”.
cli-export-column-remedy = Possible columns: { $columns }.
cli-export-separator = “{ $text }” cannot divide cells: use , ; | : or tab.
cli-export-not-asked = Writing the password column takes --with-passwords.
cli-export-no-password = Row { $row }: there is no password for { $address }.
cli-export-encoding = Row { $row } ({ $address }): the column { $column } holds characters that { $encoding } lacks.
cli-export-encoding-remedy = Use --encoding utf-8 or utf-8-bom.
cli-tool-files = { $count ->
    [one] Wrote one account for IceWarp’s tool:
   *[other] Wrote { $count } accounts for IceWarp’s tool:
}
cli-tool-unfit = Row { $row }, { $address }: the table cannot hold all of it. { $what }
