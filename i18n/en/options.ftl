# The options and the pre-flight check.

options-title = Options
options-purpose = The proposed values suit most cases. Change only what you need.
options-status-ok = Options valid
options-fault-folder = Complete the name of the destination folder
options-fault-rule = Add or cancel the new folder rule
options-fault-since = Correct the date of the filter, or remove the filter
options-fault-size = Correct the size of the filter, or remove the filter
options-fault-rate = Correct the bandwidth limit, or remove it
options-fault-account = Correct the migration account, or remove it
options-fault-script = Correct the script after each account, or remove it
options-fault-hours = Correct the hours of the time window, or remove it

folders-title = Folders
folders-origin = Source
folders-destination = Destination
folders-accounts = Accounts
folders-found =
    { $count ->
        [one] found in { $number } account
       *[other] found in { $number } accounts
    }
folders-found-of = found in { $number } of { $of } accounts
folders-add = Add rule
folders-inbox = Inbox
folders-proposed = Proposed name
folders-same = Same name
folders-out = Do not copy
folders-other = Other name…
folders-back = Back to the proposed name
folders-mixed = Different choices
folders-others =
    { $count ->
        [one] One other
       *[other] { $number } others
    }
folders-unfold = Show one by one
folders-fold = Hide
folders-search = Search for a folder
folders-none = No folder with this name
folders-keys = Space: copy or do not copy. Enter: other name.
folders-drop = Remove the rule
folders-more-rules =
    { $count ->
        [one] and one more rule
       *[other] and { $number } more rules
    }
folders-merged = merged with { $name }
folders-merged-more =
    { $count ->
        [one] merged with { $name } and one other
       *[other] merged with { $name } and { $number } others
    }
folders-by-rule = left out by the rule “{ $pattern }”
folders-view = shows messages that are in other folders too
folders-twin = the same folder under another name
folders-foreign = belongs to somebody else
folders-varies = the name differs between accounts
folders-changed-characters = renamed: character not allowed
folders-changed-separator = renamed: contains the destination’s separator
folders-changed-case = renamed: differs only in case
folders-changed-levels = renamed: levels are joined at the destination
folders-changed-taken = renamed: another folder has the name
folders-changed-reserved = renamed: name reserved at the destination
folders-changed-unreadable = renamed: unreadable name, reconstructed
folders-changed-spaces = renamed: spaces at the ends removed
folders-rule-from = Folder or pattern, for example Old/*
folders-rule-to = Copy to
folders-rule-place = Archive/Old
folders-rule-about = The name as it appears at the source; at the destination levels are divided by “/”.
folders-rule-about-out = In a pattern * stands for any text, % for a single level.
folders-rule-pattern = With * or % only “Do not copy” can be chosen: to copy, name one folder.
folders-rule-inbox = The inbox always goes to the inbox.
folders-rule-add = Add
folders-running = A copy is running: folders are read when it has stopped.
folders-looking = Reading the folders: they appear here as the mailboxes answer.
folders-no-accounts = Choose at least one account in step 4: its folders will appear here.
folders-locked = Keychain locked: the folders will appear here once the passwords can be read.
folders-no-passwords = The passwords of the accounts are missing: enter them in step 4 and the folders will appear here.
folders-no-access = No mailbox could be opened on both servers: the pre-flight check will tell why.
folders-not-yet = The folders appear here once the mailboxes have been read.

survey-again = Read again (F5)
survey-halt = Stop reading
survey-no-folder = The migration folder cannot be read or written. { $detail }

options-filters = Filters
options-since = Only messages since
options-day-form = dd/mm/yyyy
options-day-empty = Enter a date
options-day-wrong = Write the date as dd/mm/yyyy
options-day-none = There is no such day
options-day-future = This day has not come yet
options-size = Skip messages over
options-megabytes = MB
options-number-wrong = Write a number greater than zero, for example 50 or 2.5
options-deleted = Messages marked as deleted
options-deleted-copy = Copy them with the mark
options-deleted-unmark = Copy them without the mark
options-deleted-skip = Exclude them
options-filters-about = Excluded messages are counted apart, never among the missing.

options-speed = Speed
options-at-once = Accounts copied at once
options-connections = Connections per account
options-connections-about =
    { $count ->
        [one] { $number } connection per server in all.
       *[other] Up to { $number } connections per server in all.
    }
options-rate = Limit the bandwidth
options-rate-unit = Mbit/s
options-hours = Work only in a time window
options-from = from
options-to = to
options-weekends = and at weekends
options-hour-wrong = Write the time as 22:00
options-same-hours = The time window begins and ends at the same hour

options-during = During and after the copy
options-name = Name of the migration
options-account = Migration account (optional)
options-account-example = migration@example.com
options-account-wrong = Write the full address, for example migration@example.com
options-account-about = Gets users’ sign-ins while their mailbox is being copied.
options-hold = While the mailbox is being copied, the account
options-hold-none = stays as it is
options-hold-forward = also forwards to the migration account
options-hold-unavailable = cannot be used by its user
options-script = Script after each account (optional)
options-script-example = The path of the program or script
options-script-about = Gets address, result and counts of each finished account, never the password.
options-script-choose = Choose the script
options-failure = If the script fails
options-failure-warning = Warn and go on
options-failure-stop = Start no further account
options-folder = Migration folder
options-folder-open = Open folder
options-folder-none = Made with the first change
options-folder-unopened = The folder could not be opened. { $detail }
options-log = Log folder
options-log-usual = log, in the migration folder
options-log-choose = Choose the log folder
options-browse = Browse…
options-log-about = Passwords are never written to the log.

filters-line = Filters: { $list }
filters-since = since { $day }
filters-size = up to { $size }
filters-deleted = without deleted messages
filters-folder = without the folder { $name }
filters-folders = without { $number } folders

preflight-title = Pre-flight check
preflight-purpose = A last look before setting off. The migration begins only when you press Start.
preflight-start = Start migration
preflight-resume = Resume migration
preflight-group-all = Start: all
preflight-group-one = Only { $name }
preflight-group-ready =
    { $count ->
        [one] Only this group: { $number } of { $of } account ready
       *[other] Only this group: { $number } of { $of } accounts ready
    }
preflight-looking =
    { $count ->
        [one] Checking: { $number } of { $of } account
       *[other] Checking: { $number } of { $of } accounts
    }
preflight-looking-about = Sign-in, folders and space of every mailbox. Nothing is changed.
preflight-opening = Reading the passwords from the keychain
preflight-blocked =
    { $count ->
        [one] Solve { $number } problem to be able to start
       *[other] Solve { $number } problems to be able to start
    }
preflight-ready = Ready
preflight-ready-warned =
    { $count ->
        [one] Ready, with { $number } warning
       *[other] Ready, with { $number } warnings
    }
preflight-ready-some =
    { $count ->
        [one] Ready for { $number } of { $of } account: the others are left out
       *[other] Ready for { $number } of { $of } accounts: the others are left out
    }
preflight-and-hours = { $ready }. { $hours } (time window)
preflight-checks = Checks
preflight-again = Check again (F5)
preflight-to-solve =
    { $count ->
        [one] { $number } to solve
       *[other] { $number } to solve
    }
preflight-passed =
    { $count ->
        [one] { $number } passed
       *[other] { $number } passed
    }
preflight-warnings =
    { $count ->
        [one] { $number } warning
       *[other] { $number } warnings
    }
preflight-to-users = Go to users
preflight-to-live = Go to the migration
preflight-check-rest = Check
preflight-enter = Enter
preflight-see = View
preflight-correct = Correct in step 4
preflight-panel-left-out = They are left out of the copy until you correct them; the others start all the same.

preflight-accounts =
    { $count ->
        [one] account
       *[other] accounts
    }
preflight-messages =
    { $count ->
        [one] message
       *[other] messages
    }
preflight-of-accounts = ready so far, of { $of }
preflight-left-out =
    { $count ->
        [one] { $number } is left out
       *[other] { $number } are left out
    }
preflight-filled =
    { $count ->
        [one] { $empty } empty mailboxes, { $number } with mail
       *[other] { $empty } empty mailboxes, { $number } with mail
    }
preflight-all-empty = destination mailboxes empty
preflight-in-folders =
    { $count ->
        [one] in { $number } folder
       *[other] in { $number } folders
    }
preflight-size-about = to copy
preflight-size-left-out = plus { $size } in excluded folders
preflight-estimate = estimate
preflight-estimate-rate =
    { $count ->
        [one] estimate, at { $number } message/s
       *[other] estimate, at { $number } messages/s
    }
preflight-minutes = { $number } min
preflight-below-a-minute = below 1 min

preflight-estimates = Estimate per account
preflight-search = Search
preflight-account = Account
preflight-column-messages = Messages
preflight-column-size = Size
preflight-column-time = Time
preflight-waiting = waiting for the check
preflight-out = Left out · { $words }
preflight-no-accounts = No account chosen
preflight-not-found = No account with this name

check-running = A copy is running already
check-running-about = The check can be made when it has stopped.
check-folder = The migration folder cannot be written
check-journal = The journal of the migration cannot be read
check-no-accounts = No account to migrate
check-no-accounts-about = Choose at least one in step 4.
check-locked = System keychain locked
check-locked-about = Unlock it to read the passwords.
check-onto-itself =
    { $count ->
        [one] { $number } mailbox would be copied onto itself
       *[other] { $number } mailboxes would be copied onto themselves
    }
check-onto-itself-about = Source and destination are the same server and the same user: correct the server or the list.
check-lacking =
    { $count ->
        [one] The password of { $number } account is missing
       *[other] The passwords of { $number } accounts are missing
    }
check-lacking-about =
    { $count ->
        [one] It is left out of the copy until you enter it.
       *[other] They are left out of the copy until you enter them.
    }
check-lacking-both = The passwords for source and destination are missing.
check-lacking-origin = The password for the source is missing.
check-lacking-destination = The password for the destination is missing.
check-shut-origin =
    { $count ->
        [one] { $number } account cannot be opened at the source
       *[other] { $number } accounts cannot be opened at the source
    }
check-shut-destination =
    { $count ->
        [one] { $number } account cannot be opened at the destination
       *[other] { $number } accounts cannot be opened at the destination
    }
check-shut-one = { $words } Left out of the copy.
check-shut-several = For several reasons. Left out of the copy.
check-unlooked =
    { $count ->
        [one] { $number } account not checked
       *[other] { $number } accounts not checked
    }
check-unlooked-about =
    { $count ->
        [one] It will be copied all the same.
       *[other] They will be copied all the same.
    }
check-full =
    { $count ->
        [one] { $number } destination mailbox is too small
       *[other] { $number } destination mailboxes are too small
    }
check-full-about = The mail to come does not fit: raise the quota, or exclude some folders.
check-full-case = { $needed } needed, { $free } free
check-folder-refused =
    { $count ->
        [one] In { $number } account a folder cannot be opened
       *[other] In { $number } accounts some folders cannot be opened
    }
check-folder-refused-about = Its messages would stay behind: check the permissions on the source server.
check-folder-unreadable =
    { $count ->
        [one] In { $number } account a folder has an unreadable name
       *[other] In { $number } accounts some folders have unreadable names
    }
check-folder-unreadable-about = Its messages would stay behind: rename it on the source server.
check-hidden-folders =
    { $count ->
        [one] { $number } account may have hidden folders
       *[other] { $number } accounts may have hidden folders
    }
check-hidden-folders-about = Over IMAP the source server does not show folders with “/” in their names: rename them first, if there are any.
check-hidden-labels =
    { $count ->
        [one] { $number } Gmail account may hide labels
       *[other] { $number } Gmail accounts may hide labels
    }
check-hidden-labels-about = In Settings, Forwarding and POP/IMAP, check that all are shown and folders have no message limit.
check-groupware =
    { $count ->
        [one] { $number } account has calendar, contact or note folders
       *[other] { $number } accounts have calendar, contact or note folders
    }
check-groupware-about = IMAP carries their messages, but not appointments and contacts: export these apart.
check-clear-both = The connections are not encrypted
check-clear-origin = The connection to the source is not encrypted
check-clear-destination = The connection to the destination is not encrypted
check-clear-about = Passwords and messages travel in clear text: only for a network you trust.
check-one-server = Source and destination are the same server
check-one-server-about = Make sure that no mailbox has two names: it would be copied onto itself.
check-not-empty =
    { $count ->
        [one] { $number } destination mailbox holds mail already
       *[other] { $number } destination mailboxes hold mail already
    }
check-not-empty-about = It will be compared: what is there already is not copied again.
check-no-uidplus = The destination does not say where it puts the copies
check-no-uidplus-about = Traghetto looks for them afterwards: this takes a little longer.
check-filters = Filters active
check-filters-about = { $list }. Excluded messages are counted apart.
check-credentials =
    { $count ->
        [one] Credentials valid for { $number } of { $of } account
       *[other] Credentials valid for { $number } of { $of } accounts
    }
check-credentials-about = Last checked at { $time }
check-reachable = Source and destination reachable
check-reachable-both = { $word } on both connections
check-reachable-each = { $origin } to the source, { $destination } to the destination
check-reachable-clear = Both servers answer
check-space = Enough space at the destination
check-space-about = { $free } free, { $needed } needed
check-folders = Folders matched
check-folders-plain = none renamed
check-folders-renamed =
    { $count ->
        [one] { $number } renamed
       *[other] { $number } renamed
    }
check-folders-merged =
    { $count ->
        [one] { $number } merged with another
       *[other] { $number } merged with others
    }
check-hours = Time window
check-hours-open = The copy starts at once and stops at { $time }
check-hours-today = The copy will start at { $time }
check-hours-tomorrow = The copy will start tomorrow at { $time }
check-hours-day =
    The copy will start on { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } at { $time }
check-awake = The computer stays awake
check-awake-about = Traghetto keeps the computer awake during the copy; leave a laptop open.

check-no-maker = Whoever creates the accounts does not answer as needed
check-unchanged = The setting has not been changed
check-unprepared =
    { $count ->
        [one] { $number } account cannot be prepared at the destination
       *[other] { $number } accounts cannot be prepared at the destination
    }
check-differing =
    { $count ->
        [one] { $number } existing account differs from the list
       *[other] { $number } existing accounts differ from the list
    }
check-differing-about = Traghetto does not change accounts that exist already: correct them on the server if needed.
check-made-create =
    { $count ->
        [one] { $number } to be created
       *[other] { $number } to be created
    }
check-made-complete =
    { $count ->
        [one] { $number } to be completed
       *[other] { $number } to be completed
    }
check-made-passwords =
    { $count ->
        [one] { $number } password to be set
       *[other] { $number } passwords to be set
    }
check-made-existing =
    { $count ->
        [one] { $number } there already
       *[other] { $number } there already
    }
check-made-about = They are created before the copy, with the passwords and aliases of the list.
check-made-passwords-about = The present password on the new server is replaced by the one in the list.
check-made-existing-about = They stay as they are.
check-would-create = will be created
check-would-complete = will be completed: an earlier run created it only in part
check-would-set-password = the password will be set
check-exists = exists already
check-exists-differing = exists already: { $differences }
check-no-messages = No messages are copied
check-no-messages-about = Only the passwords are set: nobody enters the mailboxes.
check-stopover = Migration account
check-stopover-forwards = { $address }: also receives the new messages of each account while its mailbox is copied.
check-stopover-holds = { $address }: each account is held only while its mailbox is copied.
check-script = Program after each account
check-script-about = { $name } is started when an account is done.
preflight-asking = Asking whoever creates the accounts
preflight-asking-about = Rights, free seats, domains and settings of the server.
preflight-to-mode = Go to step 3
preflight-passwords-each = What happens to each account
preflight-passwords =
    { $count ->
        [one] password
       *[other] passwords
    }
preflight-passwords-about = to be set
preflight-at-destination = on the new server
check-made = Accounts: { $what }
