# Step 4: the list of users.

users-title = Users to migrate
users-purpose = Add accounts one by one or import a list, then check that the credentials work.

users-drop = Drop the list of users here
users-drop-about = TXT, CSV or XLSX, one account per row. Passwords are only used to sign in to your servers.
users-drop-here = Drop a list here
users-drop-kinds = TXT, CSV or XLSX
users-release = Release to import
users-wrong-type = Unsupported format
users-wrong-type-about = Use a TXT or CSV file, or an XLSX, XLS or ODS spreadsheet, with one account per row.
users-choose = Choose file…
users-choose-title = Choose the list of users
users-choose-kind = Lists
users-template = Download a template
users-template-short = Template
users-template-title = Save the template
users-template-name = user-list.csv
users-template-saved = Template saved: { $path }
users-template-saved-about = Fill it in with a spreadsheet program, then drop it here.
users-template-unsaved = The template was not saved
users-template-unsaved-about = Choose another folder and try again. { $detail }
users-path = or type the path
users-do-import = Import
users-import = Import list…
users-add = Add user
users-example-first = j.white:password1:j.white@company.example
users-example-second = m.reid:password2:m.reid@company.example
users-reading = Reading the list…

users-one = Or add a single user
users-one-about = If people sign in with the full address, enter it as the user name too.
users-login = Source user name
users-login-example = m.reid
users-password = Password
users-own-password = Destination password
users-address = Destination address
users-address-example = m.reid@company.example
users-do-add = Add
users-do-save = Save

users-search = Search name or address
users-all = All
users-good = Checked
users-to-fix = To fix
users-duplicates = Duplicates
users-verify = Check credentials
users-stop = Stop checking
users-state = State
users-tick-all = Select all in view, or none
users-chosen =
    { $count ->
        [one] { $number } of { $all } selected
       *[other] { $number } of { $all } selected
    }
users-none-of-these = No rows of this kind.
users-none-found = No row contains “{ $query }”.
users-no-value = empty
users-no-need = not needed

users-row-unproven = Not checked
users-row-waiting = Waiting
users-row-checking = Checking…
users-row-good = Signed in
users-row-locked = Password locked away
users-row-no-login = User name missing
users-row-no-login-why = Needed to sign in to the source
users-row-no-password = Password missing
users-row-no-password-origin = Needed to sign in to the source
users-row-no-password-destination = Needed to sign in to the destination
users-row-bad-address = Invalid address
users-row-bad-alias = Alias not valid
users-row-bad-alias-why = Alias { $number }: { $why }
users-row-alias-taken = Alias of another account
users-row-alias-taken-why = Alias { $number } belongs to row { $row } already
users-row-duplicate = Duplicate of row { $row }
users-row-same-login = Same source user name
users-row-same-address = Same address, another user
users-row-same-mailbox = Same mailbox at the destination
users-row-address-twice = Address used twice
users-row-address-twice-why = The same as row { $row }, but another mailbox
users-row-unreadable = Unreadable characters
users-row-unreadable-why = The file is damaged at this point
users-row-too-many = Too many fields
users-row-too-many-why = { $found } instead of { $columns }: type the values again
users-row-ambiguous = Ambiguous row
users-row-ambiguous-why = Can be split in several ways: type it again
users-row-suspicious = Password to review
users-row-suspicious-why = Has _ or ?, perhaps in place of a letter
users-row-space = Space in the password
users-row-space-why = It starts or ends with a space
users-flaw-comma = A comma in place of the dot
users-flaw-space = Contains a space
users-flaw-no-at = The at sign (@) is missing
users-flaw-two-ats = More than one at sign (@)
users-flaw-no-domain = The domain after the @ is missing
users-flaw-dot = One dot too many in the domain
users-flaw-other = Contains a character that is not allowed
users-refused-origin = The source does not accept it
users-refused-destination = The destination does not accept it
users-refused-master-origin = The administrator cannot enter the source
users-refused-master-destination = The administrator cannot enter the destination
users-at-origin = Source: { $words }
users-at-destination = Destination: { $words }
users-short-password = Password rejected
users-short-refused = Sign-in rejected
users-short-unreachable = Server unreachable
users-short-suspended = Sign-ins suspended
users-short-imap = IMAP switched off
users-short-method = Sign-in not supported
users-short-app = App password needed
users-short-blocked = Access blocked
users-short-busy = Server busy
users-short-certificate = Certificate not trusted
users-short-failed = Check failed
users-do-enter = Enter
users-do-correct = Correct
users-do-edit = Edit
users-do-remove = Remove

users-rows =
    { $count ->
        [one] { $number } row
       *[other] { $number } rows
    }
users-sum-good =
    { $count ->
        [one] { $number } checked
       *[other] { $number } checked
    }
users-sum-unproven = { $number } not checked
users-sum-waiting = { $number } waiting
users-sum-locked = { $number } locked away
users-sum-to-fix = { $number } to fix
users-sum-duplicates =
    { $count ->
        [one] { $number } duplicate
       *[other] { $number } duplicates
    }
users-new =
    { $count ->
        [one] { $number } new
       *[other] { $number } new
    }
users-changed =
    { $count ->
        [one] { $number } updated
       *[other] { $number } updated
    }
users-same =
    { $count ->
        [one] { $number } unchanged
       *[other] { $number } unchanged
    }
users-removed =
    { $count ->
        [one] { $number } row removed.
       *[other] { $number } rows removed.
    }
users-undo = Undo

users-status-empty = Add at least one user to continue
users-status-none = Select at least one user without problems to continue
users-status-locked = Passwords are locked away: unlock them to check the credentials
users-status-wrong =
    { $count ->
        [one] { $number } row to fix: if you continue, it will be left out
       *[other] { $number } rows to fix: if you continue, they will be left out
    }
users-status-unproven =
    { $count ->
        [one] { $number } sign-in not checked yet: do it now or in the pre-flight check
       *[other] { $number } sign-ins not checked yet: do it now or in the pre-flight check
    }
users-status-good = All credentials work
users-editing = Enter saves, Esc cancels
users-verifying = Checking credentials: { $done } of { $all }
users-no-master = The administrator’s password is missing
users-no-master-origin = Enter it in the Source step, then check again.
users-no-master-destination = Enter it in the Destination step, then check again.

users-not-imported = “{ $file }” was not imported
users-file-missing = The file is not there: check the path.
users-file-folder = This is a folder: drop the file with the list.
users-file-denied = You are not allowed to read it: copy it to another folder and try again.
users-file-other = The file cannot be read: close it in other programs and try again. { $detail }
users-file-empty = It has no rows: check that it is the right file and that it was saved.
users-file-not-a-list = It is a document, a picture or a web page: a text or a spreadsheet with one account per row is needed.
users-file-encrypted = It is protected by a password: open it, remove the password and save it again, or export it as CSV.
users-file-damaged = The spreadsheet is damaged: open it with the program that made it and save it again. { $detail }
users-file-too-large = It is too large for a list (at most 50 MB and 100,000 rows): split it into several files.
users-file-open-quote = In row { $row } a quotation mark is opened and never closed: correct it and import again.
users-file-unknown-column = In row { $row } the name of column { $column } is not known: use user, password and address.
users-file-repeated-column = In row { $row } column { $column } repeats a name: remove the one too many.

users-columns-title = What do the columns contain?
users-columns-about = Check the columns of “{ $file }” before importing.
users-columns-column = Column
users-columns-number = Column { $number }
users-columns-holds = Contains
users-columns-row = Row { $number }
users-columns-header = The first row is a header
users-columns-import = Import
users-columns-no-login = Say which column holds the source user name or the address.
users-doubt-repeated = Columns { $first } and { $second } have the same name.
users-doubt-unnamed = The name of column { $column } does not say what it contains.
users-doubt-two-readings = Columns { $first } and { $second } can be read in more than one way.
users-doubt-no-login = No column seems to contain user names.
users-field-destination-login = Destination user name
users-field-first-name = First name
users-field-last-name = Last name
users-field-full-name = Full name
users-field-aliases = Aliases
users-field-group = Group
users-field-ignored = Ignore

users-aliases-example = aliases, separated by commas

users-groups-all = Group: all
users-groups-one = { $name } ({ $number })
users-groups-alone = Without a group ({ $number })
users-groups-only = Select only these
users-groups-assign = Assign to group…
users-groups-title = Assign to group
users-groups-about =
    { $count ->
        [one] { $number } selected user in view. A group is migrated together, on the evening you choose; with no name, the user leaves it.
       *[other] { $number } selected users in view. A group is migrated together, on the evening you choose; with no name, the users leave it.
    }
users-groups-example = Monday, administration
users-groups-known = Existing groups
users-groups-pick = Choose a group
users-groups-put = Assign
users-groups-leave = Remove from group

aliases-do = Find aliases…
aliases-title = Account aliases
aliases-about = Looks in the source mailboxes for the other addresses of each user. Nothing is added until you confirm it.
aliases-standard = Standard
aliases-standard-about = One alias per account, taken from the From: header of sent messages.
aliases-username = User name – recommended
aliases-username-about = The alias is the name used to sign in. Headers are not analysed.
aliases-extended = Extended recipient resolution
aliases-extended-about = Looks for every possible alias in the headers of received messages.
aliases-no-envelope = Exclude X-Envelope-To
aliases-no-received = Exclude Received
aliases-domains = Other domains whose addresses count (optional)
aliases-domains-example = company.example, company.test
aliases-domains-wrong = Enter domains only, separated by commas: company.example
aliases-nobody = Select at least one user without problems.
aliases-effort-none = No mailbox is opened.
aliases-effort =
    { $count ->
        [one] The headers of { $number } mailbox are read, never the text of the messages.
       *[other] The headers of { $number } mailboxes are read, never the text of the messages.
    }
aliases-search = Search
aliases-opening = Reading the proposals…
aliases-reading =
    { $count ->
        [one] Reading headers: { $done } of { $all } account
       *[other] Reading headers: { $done } of { $all } accounts
    }
aliases-stop = Stop
aliases-see = Proposals found: { $time }
aliases-again = Search again…
aliases-sums = Addresses accepted: { $accepted }; proposed, to be confirmed: { $suggested }; discarded: { $refused }.
aliases-column-address = Accounts and addresses
aliases-column-envelope = Delivery
aliases-column-received = Received
aliases-column-sent = Sent
aliases-column-visible = To/Cc
aliases-column-other = Other
aliases-column-verdict = Result
aliases-present = Already in the list
aliases-accepted = Accepted
aliases-suggested = Proposed
aliases-refused = Discarded
aliases-other-account = It belongs to { $login }
aliases-claimed = It shows in { $logins } too
aliases-role = It stands for a duty, not a person
aliases-list = It is a mailing list
aliases-by-name = The alias is the user name
aliases-read =
    { $count ->
        [one] { $number } message read
       *[other] { $number } messages read
    }
aliases-none = No aliases found: the user name is used ({ $read })
aliases-catch-all = Receives the whole domain
aliases-catch-all-about = This mailbox seems to take whatever comes for the domain: only the addresses it writes from are certain.
aliases-least = Also those proposed with at least N messages:
aliases-do-accept = Accept
aliases-apply =
    { $count ->
        [0] Add
        [one] Add { $number } alias
       *[other] Add { $number } aliases
    }
aliases-added =
    { $count ->
        [0] No alias to add: all were there already.
        [one] { $number } alias added to the list.
       *[other] { $number } aliases added to the list.
    }
aliases-unkept = The proposals cannot be kept in the migration’s folder. { $detail }
