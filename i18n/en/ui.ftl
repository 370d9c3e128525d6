# The window.

ui-slogan = Take your mail to the other shore.
ui-promise = Accounts, folders and messages from the old server to the new one. And at the end, proof that not a single one was left behind.
ui-start-title = Where shall we start?
ui-start-keys = Enter starts the demo. While it copies: Space pauses, Esc asks whether to stop.
ui-demo = A real migration, in miniature
ui-demo-about = Two sample servers on this computer, five mailboxes, more than 1,500 messages: it copies them, reads every one back and writes the report. Nothing leaves this machine.
ui-demo-start = Try the demo
ui-real = For your own mail
ui-real-about = In this version a migration is set up and started from the command line.
ui-command-new = Create the migration with the two servers and the list of users
ui-command-check = Pre-flight check: tries every sign-in, counts, changes nothing
ui-command-run = Copy; if interrupted, it goes on from where it was
ui-command-complete = Final pass: copies what has arrived since
ui-command-verify = Verification: reads the copies back and compares them with the originals
ui-command-report = Report: totals, exceptions, grade

ui-live-preparing = Getting ready
ui-live-preparing-about = The two sample servers start and the source mailboxes are filled.
ui-live-copy = Copying
ui-live-copy-about = Every message is recorded before it leaves: after an interruption the copy goes on from there.
ui-live-final = Final pass
ui-live-final-about = What has arrived since is copied, and the source is listed once more.
ui-live-verify = Verifying
ui-live-verify-about = Every copy is read back and compared with the original, byte for byte.
ui-live-report = Report
ui-live-report-about = Adding up.
ui-live-paused = Paused
ui-live-paused-about = No message is half-way. Resume whenever you like.
ui-pause = Pause
ui-pausing = Pausing…
ui-resume = Resume
ui-stop = Stop…
ui-stopping = Stopping…
ui-old-server = Old server
ui-new-server = New server
ui-of-messages = { $done } of { $listed } messages
ui-of-octets = { $done } of { $listed } · { $over } of { $mailboxes } mailboxes
ui-about = about { $time }
ui-reckoning = Calculating…
ui-waiting-for-you = Waiting for you
ui-elapsed = { $time } elapsed
ui-last-moments = Last seconds
ui-messages-per-second = messages/s
ui-per-second = per second

ui-column-state = State
ui-column-account = Account
ui-column-progress = Progress
ui-column-folder = Current folder
ui-column-messages = Messages
ui-column-origin = Source
ui-column-destination = Destination
ui-column-missing = Missing
ui-column-outcome = Result
ui-state-queued = Queued
ui-state-listing = Listing
ui-state-copying = Running
ui-state-verifying = Verifying
ui-state-waiting = Waiting
ui-state-paused = Paused
ui-state-done = Completed
ui-state-exceptions = To check
ui-state-failed = Error
ui-state-stopped = Stopped
ui-not-copied =
    { $count ->
        [one] { $number } not copied
       *[other] { $number } not copied
    }

ui-stop-copy = Copy
ui-stop-copy-about = Messages and folders
ui-stop-final = Final pass
ui-stop-final-about = What arrived since
ui-stop-verify = Verification
ui-stop-verify-about = Every copy, in full
ui-stop-report = Report
ui-stop-report-about = The proof

ui-footer = Sample data: two servers on this computer, answering 80 ms late as if they were far away.
ui-ask-stop = Stop the demo?
ui-ask-stop-about = Messages on their way arrive first; then everything stops and the report says what was done.
ui-ask-stop-yes = Stop
ui-ask-close = Stop and close?
ui-ask-close-about = Messages on their way arrive first; then the window closes.
ui-ask-close-yes = Stop and close
ui-ask-go-on = Continue

ui-finish = Migration complete
ui-finish-about = Keep the report: it says message by message what happened and how it was verified.
ui-finish-stopped = Migration stopped
ui-finish-stopped-about = The report says how far it got.
ui-grade = Grade: { $grade }
ui-independent = An independent comparison of the two servers gives the same result.
ui-fact-copied = Copied
ui-fact-compared = Read back and compared
ui-fact-missing = Missing
ui-fact-excluded = Excluded by filters
ui-fact-size = Size
ui-fact-took = Duration
ui-by-account = Verification by account
ui-outcome-complete = Complete
ui-outcome-to-check = To be checked
ui-stands-on = What this stands on
ui-open-report = Open the report
ui-unopened = The report did not open by itself: its path is above. { $detail }
ui-back = Back
ui-failed = The demo did not work
ui-failed-about = No server was touched. Check the free disk space and try again.
