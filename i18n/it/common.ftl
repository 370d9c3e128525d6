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
