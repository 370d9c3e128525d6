# The stop where the migration is followed: progress, accounts, log, statistics.

live-preparing = Starting the migration
live-preparing-about = Opening the journal and the connections to the servers.
live-running = Migration in progress
live-running-about = Started { $at }. Keep this computer on: if interrupted, it resumes where it left off.
live-pass-accounts = Accounts at the destination
live-pass-complete = Final pass
live-pass-verify = Verification
live-offline = Waiting for the network
live-offline-about = The servers cannot be reached: it keeps trying by itself and goes on from here.
live-offline-about-at = The servers cannot be reached: next try at { $time }, from where it left off.
live-pausing = About to pause
live-pausing-about = Finishing the messages already on their way.
live-paused = Migration paused
live-paused-about = Nothing is being copied. Resume whenever you like: it continues from here.
live-closed = Waiting for the time window
live-closed-about = Copying only between { $hours }: it resumes by itself { $at }. Keep this computer on.
live-closed-about-plain = Copying only within the chosen time window: it then resumes by itself. Keep this computer on.
live-stopping = Stopping the migration
live-stopping-about = Finishing the messages already on their way, then everything stops.
live-draining-about =
    { $count ->
        [one] Finishing the account being copied; the others stay in the queue.
       *[other] Finishing the { $number } accounts being copied; the others stay in the queue.
    }
live-finishing = Adding up
live-finishing-about = Reading the totals from the journal.
live-not-begun = The migration did not start
live-broken = The migration broke off
live-not-yet = Migration not started yet
live-not-yet-about = No message has been copied yet.
live-stopped = Migration stopped
live-stopped-about = Messages already copied stay at the destination. Resume from here whenever you like: no duplicates.
live-interrupted = Migration interrupted
live-interrupted-about = Last activity { $at }. Resume from here whenever you like: no duplicates.
live-wrong = Copy finished with errors
live-wrong-about =
    { $count ->
        [one] One account needs you: read the reason in its row, fix it and retry.
       *[other] { $number } accounts need you: read the reason in the row, fix it and retry.
    }
live-well = Copy finished
live-well-about =
    { $count ->
        [one] The account has been copied. The final pass and the verification are still to come.
       *[other] All { $number } accounts have been copied. The final pass and the verification are still to come.
    }

live-pause = Pause
live-resume = Resume
live-retry-now = Retry now
live-stop = Stop…
live-stop-now-ask = Stop now…
live-stopping-button = Stopping
live-completion-later = Available once the migration is stopped or over.
live-begin-now = Start migration
live-begin-again = Resume migration

live-demo = Sample data: two servers on this computer, with a delay of 80 ms as if they were far away.
live-status-running = Copying { $running }, { $queued } queued
live-status-offline = Servers out of reach: it keeps trying by itself
live-status-left = To be completed: { $accounts }
live-status-wrong = With errors: { $accounts }
live-status-well = All accounts are copied
live-unread = The journal of the migration cannot be read, figures may be missing. { $detail }
live-retry-later = Not now: retry when the migration is stopped.

live-at-today = today at { $time }
live-at-day = on { $day } at { $time }
live-under-a-minute = less than a minute
live-minutes = { $number } min
live-hours = { $number } h
live-about = about { $time }
live-end = expected end at { $time }
live-end-day = expected end on { $day } at { $time }
live-missing = about { $time } to go
live-missing-little = less than a minute to go
live-reckoning = Working it out…
live-ending = Almost there…
live-paused-since = Paused since { $time }
live-next-try = Next try at { $time }
live-resumes = Resumes { $at }
live-took = Took { $time }
live-ended-at = ended { $at }
live-of = { $done } of { $of }
live-of-messages =
    { $count ->
        [one] { $done } of { $of } message
       *[other] { $done } of { $of } messages
    }
live-of-at-least =
    { $count ->
        [one] { $done } of at least { $of } message
       *[other] { $done } of at least { $of } messages
    }
live-of-unknown = Messages still to be counted
live-accounts-of =
    { $count ->
        [one] { $done } of { $of } account
       *[other] { $done } of { $of } accounts
    }
live-sample-server = Sample server
live-messages-per-second = messages/s
live-last-minutes =
    { $count ->
        [one] Last minute
       *[other] Last { $number } minutes
    }
live-last-seconds =
    { $count ->
        [one] Last second
       *[other] Last { $number } seconds
    }
live-minutes-ago = { $number } min ago
live-seconds-ago = { $number } s ago
live-now = now

live-tab-accounts = Accounts
live-tab-log = Log
live-tab-statistics = Statistics
live-filter-all = All
live-filter-wrong = With errors
live-filter-done = Completed
live-filter-left = To be copied
live-filter-more = More
live-search = Find an account
live-nothing = No accounts yet
live-nothing-found = No account matches
live-column-state = State
live-column-account = Account
live-column-progress = Progress
live-column-folder = Current folder
live-column-folder-name = Folder
live-column-messages = Messages
live-state-running = Running
live-state-waiting = Waiting
live-state-paused = Paused
live-state-queued = Queued
live-state-failed = Error
live-state-done = Completed
live-state-stopped = Stopped
live-state-skipped = Skipped
live-inbox = Inbox
live-note-preparing = Preparing the account…
live-note-listing = Reading folders…
live-note-folders = Folders incomplete
live-note-waiting = { $reason }, retry at { $time }
live-not-copied =
    { $count ->
        [one] { $number } not copied
       *[other] { $number } not copied
    }

live-reason-login-refused = Password rejected
live-reason-login-suspended = Sign-in suspended
live-reason-imap-disabled = IMAP disabled
live-reason-provider-gate = App password needed
live-reason-password-missing = Password missing
live-reason-unreachable = Server out of reach
live-reason-timed-out = No answer
live-reason-connection-lost = Connection lost
live-reason-certificate = Certificate not trusted
live-reason-too-many-connections = Too many connections
live-reason-server-busy = Server busy
live-reason-over-quota = Mailbox full
live-reason-too-large = Message too large
live-reason-refused = Refused by the destination
live-reason-folder = Folder refused
live-reason-unreadable = Unreadable at the source
live-reason-altered = Copy to be checked
live-reason-server-error = Server error
live-reason-disk-full = Disk full
live-reason-too-many-failures = Too many failed tries
live-reason-count = { $reason }: { $number }

live-since = for { $time }
live-since-left = for { $time }, { $left } to go
live-finished = finished { $at }, in { $took }
live-folders-looking = Reading the journal…
live-folders-none = No folders yet
live-folder-excluded = excluded
live-folder-vanished = gone
live-folder-failed = not copied
live-not-copied-title =
    { $count ->
        [one] { $number } message not copied
       *[other] { $number } messages not copied
    }
live-excluded-title =
    { $count ->
        [one] { $number } message excluded by filters
       *[other] { $number } messages excluded by filters
    }
live-skip = Skip account
live-saved = Saved messages
live-fix-password = Fix the password

live-log-all = All
live-log-info = Information
live-log-warn = Warnings
live-log-error = Errors
live-log-accounts = All accounts
live-log-search = Search the log
live-log-follow = Follow
live-log-copy = Copy lines
live-log-copy-chosen = Copy selection
live-log-open = Open file
live-log-nothing = No lines yet
live-log-nothing-found = No line matches

live-per-minute = Messages copied per minute
live-average = average { $number }
live-begin = Start
live-elapsed = Elapsed time
live-last = Last activity
live-expected-end = Expected end
live-copied = Messages copied
live-present = Already there, skipped
live-left-out = Not copied
live-biggest = Largest accounts
live-biggest-copied = copied
live-biggest-all = total
live-left-out-title = Messages not copied
live-left-out-none = None so far.
live-left-out-list = See the list
live-excluded = Excluded by filters
live-excluded-size = Over { $size }, excluded by filters
live-excluded-since = Older, excluded by filters
live-excluded-deleted = Deleted, excluded by filters
live-export = Export CSV
live-exported = Statistics saved to { $path }
live-not-exported = The statistics could not be saved. { $detail }
live-csv-file = traghetto-statistics.csv
live-csv-messages = Messages at the source
live-csv-done = Messages done
live-csv-copied = Copied in this run
live-csv-exceptions = Not copied
live-csv-octets = Bytes at the source
live-csv-octets-done = Bytes done
live-csv-reason = Reason

live-ask-stop = Stop the migration?
live-ask-stop-about = Messages already copied stay at the destination. You can start again from here, without duplicates.
live-ask-stop-yes = Stop
live-drain =
    { $count ->
        [one] Finish the account being copied first
       *[other] Finish the { $number } accounts being copied first
    }
live-drain-in = Stops in { $time }
live-drain-about = The others stay in the queue
live-stop-now = Stop now
live-stop-now-about = Stops after the message each account is copying

live-setup-making = The account is being created on the new server…
live-setup-half-made = Account created only in part on the new server: start the migration again to complete it.
live-setup-made = Account created by Traghetto on the new server
live-setup-existed = The account was on the new server already and has not been changed
live-setup-password = Password set
live-setup-differs = Differs from the list: { $what }
live-setup-held-now = Held while its mail is copied, then released
live-setup-held = Still held for the migration: start it again to release it.
live-passwords-running = Setting passwords
live-passwords-well = Passwords set
live-passwords-well-about = No messages have been copied: with this choice only the passwords are transferred.
live-passwords-only = No messages are copied
live-passwords-no-folders = Messages are not copied
live-passwords-short = { $done } / { $of } passwords
live-passwords-of =
    { $count ->
        [one] password set, of { $of } accounts
       *[other] passwords set, of { $of } accounts
    }
live-column-done = Account at the destination
