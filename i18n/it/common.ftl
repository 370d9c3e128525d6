# Numeri, dimensioni, durate, date, quantità: quello che si dice ovunque.
# I numeri arrivano come testo, già divisi in gruppi; accanto, un numero nudo sceglie il plurale.

size-octets = { $value } B
size-kilobytes = { $value } kB
size-megabytes = { $value } MB
size-gigabytes = { $value } GB
size-terabytes = { $value } TB

duration-seconds = { $seconds } s
duration-minutes = { $minutes } min { $seconds } s
duration-hours = { $hours } h { $minutes } min
duration-days = { $days } g { $hours } h

percent = { $value }%

date-time =
    { $day } { $month ->
        [1] gennaio
        [2] febbraio
        [3] marzo
        [4] aprile
        [5] maggio
        [6] giugno
        [7] luglio
        [8] agosto
        [9] settembre
        [10] ottobre
        [11] novembre
       *[12] dicembre
    } { $year }, { $time }

count-messages =
    { $count ->
        [one] { $number } messaggio
       *[other] { $number } messaggi
    }
count-folders =
    { $count ->
        [one] { $number } cartella
       *[other] { $number } cartelle
    }
count-mailboxes =
    { $count ->
        [one] { $number } casella
       *[other] { $number } caselle
    }
count-accounts =
    { $count ->
        [one] { $number } account
       *[other] { $number } account
    }
count-missing =
    { $count ->
        [one] { $number } messaggio mancante
       *[other] { $number } messaggi mancanti
    }

date-today = oggi { $time }
date-today-at = oggi, { $time }
date-yesterday = ieri
date-day =
    { $day } { $month ->
        [1] gen
        [2] feb
        [3] mar
        [4] apr
        [5] mag
        [6] giu
        [7] lug
        [8] ago
        [9] set
        [10] ott
        [11] nov
       *[12] dic
    }
date-day-year =
    { $day } { $month ->
        [1] gen
        [2] feb
        [3] mar
        [4] apr
        [5] mag
        [6] giu
        [7] lug
        [8] ago
        [9] set
        [10] ott
        [11] nov
       *[12] dic
    } { $year }
date-full =
    { $weekday ->
        [1] lun
        [2] mar
        [3] mer
        [4] gio
        [5] ven
        [6] sab
       *[7] dom
    } { $day } { $month ->
        [1] gen
        [2] feb
        [3] mar
        [4] apr
        [5] mag
        [6] giu
        [7] lug
        [8] ago
        [9] set
        [10] ott
        [11] nov
       *[12] dic
    } { $year }, { $time }
