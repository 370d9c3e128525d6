# Numbers, sizes, durations, dates, counts: what every area says.
# The numbers arrive as text, already grouped; a raw number beside one chooses the plural.

size-octets = { $value } B
size-kilobytes = { $value } kB
size-megabytes = { $value } MB
size-gigabytes = { $value } GB
size-terabytes = { $value } TB

duration-seconds = { $seconds } s
duration-minutes = { $minutes } min { $seconds } s
duration-hours = { $hours } h { $minutes } min
duration-days = { $days } d { $hours } h

percent = { $value }%

date-time =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }, { $time }

count-messages =
    { $count ->
        [one] { $number } message
       *[other] { $number } messages
    }
count-folders =
    { $count ->
        [one] { $number } folder
       *[other] { $number } folders
    }
count-mailboxes =
    { $count ->
        [one] { $number } mailbox
       *[other] { $number } mailboxes
    }
count-accounts =
    { $count ->
        [one] { $number } account
       *[other] { $number } accounts
    }
count-missing =
    { $count ->
        [one] { $number } message missing
       *[other] { $number } messages missing
    }

date-today = today { $time }
date-today-at = today, { $time }
date-yesterday = yesterday
date-day =
    { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
date-day-year =
    { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    } { $year }
date-full =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    } { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    } { $year }, { $time }
