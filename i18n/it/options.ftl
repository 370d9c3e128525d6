# Le opzioni e il controllo preliminare.

options-title = Opzioni
options-purpose = I valori proposti vanno bene nella maggior parte dei casi. Cambia solo ciò che ti serve.
options-status-ok = Opzioni valide
options-fault-folder = Completa il nome della cartella di destinazione
options-fault-rule = Aggiungi o annulla la nuova regola per le cartelle
options-fault-since = Correggi la data del filtro, oppure togli il filtro
options-fault-size = Correggi la dimensione del filtro, oppure togli il filtro
options-fault-rate = Correggi il limite di banda, oppure toglilo
options-fault-account = Correggi l’account di migrazione, oppure toglilo
options-fault-script = Correggi lo script dopo ogni account, oppure toglilo
options-fault-hours = Correggi gli orari della fascia oraria, oppure toglila

folders-title = Cartelle
folders-origin = Origine
folders-destination = Destinazione
folders-accounts = Account
folders-found =
    { $count ->
        [one] rilevate in { $number } account
       *[other] rilevate in { $number } account
    }
folders-found-of = rilevate in { $number } di { $of } account
folders-add = Aggiungi regola
folders-inbox = Posta in arrivo
folders-proposed = Nome proposto
folders-same = Stesso nome
folders-out = Non copiare
folders-other = Altro nome…
folders-back = Torna al nome proposto
folders-mixed = Scelte diverse
folders-others =
    { $count ->
        [one] Un’altra
       *[other] Altre { $number }
    }
folders-unfold = Mostra una per una
folders-fold = Nascondi
folders-search = Cerca una cartella
folders-none = Nessuna cartella con questo nome
folders-keys = Spazio: copia o non copiare. Invio: altro nome.
folders-drop = Togli la regola
folders-more-rules =
    { $count ->
        [one] e un’altra regola
       *[other] e altre { $number } regole
    }
folders-merged = unita con { $name }
folders-merged-more =
    { $count ->
        [one] unita con { $name } e un’altra
       *[other] unita con { $name } e altre { $number }
    }
folders-by-rule = esclusa dalla regola “{ $pattern }”
folders-view = mostra messaggi che stanno anche in altre cartelle
folders-twin = la stessa cartella con un altro nome
folders-foreign = appartiene ad altri
folders-varies = il nome cambia secondo l’account
folders-changed-characters = rinominata: carattere non ammesso
folders-changed-separator = rinominata: contiene il separatore della destinazione
folders-changed-case = rinominata: cambia solo per le maiuscole
folders-changed-levels = rinominata: a destinazione i livelli si uniscono
folders-changed-taken = rinominata: il nome è già usato da un’altra
folders-changed-reserved = rinominata: nome riservato a destinazione
folders-changed-unreadable = rinominata: nome illeggibile, ricostruito
folders-changed-spaces = rinominata: tolti gli spazi ai bordi
folders-rule-from = Cartella o modello, per esempio Vecchia/*
folders-rule-to = Copia in
folders-rule-place = Archivio/Vecchia
folders-rule-about = Il nome come compare all’origine; a destinazione i livelli si dividono con “/”.
folders-rule-about-out = Nel modello * sta per qualsiasi testo, % per un solo livello.
folders-rule-pattern = Con * o % si può solo scegliere “Non copiare”: per copiare indica una cartella precisa.
folders-rule-inbox = La posta in arrivo va sempre nella posta in arrivo.
folders-rule-add = Aggiungi
folders-running = Una copia è in corso: le cartelle si rilevano quando è ferma.
folders-looking = Lettura delle cartelle in corso: compaiono qui appena le caselle rispondono.
folders-no-accounts = Scegli almeno un account al passo 4: le sue cartelle compariranno qui.
folders-locked = Portachiavi bloccato: le cartelle compariranno qui quando le password saranno leggibili.
folders-no-passwords = Mancano le password degli account: inseriscile al passo 4 e le cartelle compariranno qui.
folders-no-access = Nessuna casella si è aperta su entrambi i server: il controllo preliminare dirà perché.
folders-not-yet = Le cartelle compaiono qui appena le caselle vengono lette.

survey-again = Rileva di nuovo (F5)
survey-halt = Ferma la lettura
survey-no-folder = La cartella della migrazione non si può leggere o scrivere. { $detail }

options-filters = Filtri
options-since = Solo messaggi ricevuti dal
options-day-form = gg/mm/aaaa
options-day-empty = Indica una data
options-day-wrong = Scrivi la data come gg/mm/aaaa
options-day-none = Questo giorno non esiste
options-day-future = Questo giorno deve ancora venire
options-size = Salta i messaggi oltre
options-megabytes = MB
options-number-wrong = Scrivi un numero maggiore di zero, per esempio 50 oppure 2,5
options-deleted = Messaggi contrassegnati come eliminati
options-deleted-copy = Copiali, con il contrassegno
options-deleted-unmark = Copiali senza contrassegno
options-deleted-skip = Escludili
options-filters-about = I messaggi esclusi sono contati a parte, mai fra i mancanti.

options-speed = Velocità
options-at-once = Account copiati insieme
options-connections = Connessioni per account
options-connections-about =
    { $count ->
        [one] In tutto { $number } connessione per server.
       *[other] In tutto fino a { $number } connessioni per server.
    }
options-rate = Limita la banda
options-rate-unit = Mbit/s
options-hours = Lavora solo in una fascia oraria
options-from = dalle
options-to = alle
options-weekends = e nei weekend
options-hour-wrong = Scrivi l’ora come 22:00
options-same-hours = Inizio e fine della fascia oraria coincidono

options-during = Durante e dopo la copia
options-name = Nome della migrazione
options-account = Account di migrazione (facoltativo)
options-account-example = migrazione@dominio.it
options-account-wrong = Scrivi l’indirizzo per intero, per esempio migrazione@dominio.it
options-account-about = Riceve gli accessi degli utenti mentre la loro casella è in copia.
options-hold = Mentre la casella è in copia, l’account
options-hold-none = resta com’è
options-hold-forward = inoltra anche all’account di migrazione
options-hold-unavailable = non è accessibile all’utente
options-script = Script dopo ogni account (facoltativo)
options-script-example = Il percorso del programma o dello script
options-script-about = Riceve indirizzo, esito e conteggi di ogni account finito, mai la password.
options-script-choose = Scegli lo script
options-failure = Se lo script fallisce
options-failure-warning = Avvisa e continua
options-failure-stop = Non iniziare altri account
options-folder = Cartella della migrazione
options-folder-open = Apri cartella
options-folder-none = Nasce con la prima modifica
options-folder-unopened = La cartella non si è aperta. { $detail }
options-log = Cartella del log
options-log-usual = log, nella cartella della migrazione
options-log-choose = Scegli la cartella del log
options-browse = Sfoglia…
options-log-about = Le password non vengono mai scritte nel log.

filters-line = Filtri: { $list }
filters-since = dal { $day }
filters-size = fino a { $size }
filters-deleted = senza i messaggi eliminati
filters-folder = senza la cartella { $name }
filters-folders = senza { $number } cartelle

preflight-title = Controllo preliminare
preflight-purpose = Un ultimo sguardo prima di partire. La migrazione inizia solo quando premi Avvia.
preflight-start = Avvia migrazione
preflight-resume = Riprendi migrazione
preflight-group-all = Avvia: tutti
preflight-group-one = Solo { $name }
preflight-group-ready =
    { $count ->
        [one] Solo questo gruppo: { $number } account pronto su { $of }
       *[other] Solo questo gruppo: { $number } account pronti su { $of }
    }
preflight-looking =
    { $count ->
        [one] Controllo in corso: { $number } account su { $of }
       *[other] Controllo in corso: { $number } account su { $of }
    }
preflight-looking-about = Accesso, cartelle e spazio di ogni casella. Non viene modificato nulla.
preflight-opening = Lettura delle password dal portachiavi in corso
preflight-blocked =
    { $count ->
        [one] Risolvi { $number } problema per poter avviare
       *[other] Risolvi { $number } problemi per poter avviare
    }
preflight-ready = Pronta
preflight-ready-warned =
    { $count ->
        [one] Pronta, con { $number } avviso
       *[other] Pronta, con { $number } avvisi
    }
preflight-ready-some =
    { $count ->
        [one] Pronta per { $number } account su { $of }: gli altri restano fuori
       *[other] Pronta per { $number } account su { $of }: gli altri restano fuori
    }
preflight-and-hours = { $ready }. { $hours } (fascia oraria)
preflight-checks = Verifiche
preflight-again = Ripeti il controllo (F5)
preflight-to-solve =
    { $count ->
        [one] { $number } da risolvere
       *[other] { $number } da risolvere
    }
preflight-passed =
    { $count ->
        [one] { $number } superata
       *[other] { $number } superate
    }
preflight-warnings =
    { $count ->
        [one] { $number } avviso
       *[other] { $number } avvisi
    }
preflight-to-users = Vai agli utenti
preflight-to-live = Vai alla migrazione
preflight-check-rest = Controlla
preflight-enter = Inserisci
preflight-see = Vedi
preflight-correct = Correggi al passo 4
preflight-panel-left-out = Restano fuori dalla copia finché non li correggi; gli altri partono lo stesso.

preflight-accounts =
    { $count ->
        [one] account
       *[other] account
    }
preflight-messages =
    { $count ->
        [one] messaggio
       *[other] messaggi
    }
preflight-of-accounts = pronti finora, su { $of }
preflight-left-out =
    { $count ->
        [one] { $number } resta fuori
       *[other] { $number } restano fuori
    }
preflight-filled =
    { $count ->
        [one] { $empty } caselle vuote, { $number } con posta
       *[other] { $empty } caselle vuote, { $number } con posta
    }
preflight-all-empty = caselle di destinazione vuote
preflight-in-folders =
    { $count ->
        [one] in { $number } cartella
       *[other] in { $number } cartelle
    }
preflight-size-about = da copiare
preflight-size-left-out = più { $size } in cartelle escluse
preflight-estimate = stima
preflight-estimate-rate =
    { $count ->
        [one] stima, a { $number } messaggio/s
       *[other] stima, a { $number } messaggi/s
    }
preflight-minutes = { $number } min
preflight-below-a-minute = meno di 1 min

preflight-estimates = Stima per account
preflight-search = Cerca
preflight-account = Account
preflight-column-messages = Messaggi
preflight-column-size = Dim.
preflight-column-time = Tempo
preflight-waiting = in attesa del controllo
preflight-out = Fuori · { $words }
preflight-no-accounts = Nessun account scelto
preflight-not-found = Nessun account con questo nome

check-running = Una copia è già in corso
check-running-about = Il controllo si può fare quando è ferma.
check-folder = La cartella della migrazione non si può scrivere
check-journal = Il registro della migrazione non si può leggere
check-no-accounts = Nessun account da migrare
check-no-accounts-about = Scegline almeno uno al passo 4.
check-locked = Portachiavi del sistema bloccato
check-locked-about = Sbloccalo per leggere le password.
check-onto-itself =
    { $count ->
        [one] { $number } casella verrebbe copiata su sé stessa
       *[other] { $number } caselle verrebbero copiate su sé stesse
    }
check-onto-itself-about = Origine e destinazione sono lo stesso server e lo stesso utente: correggi il server o l’elenco.
check-lacking =
    { $count ->
        [one] Manca la password di { $number } account
       *[other] Mancano le password di { $number } account
    }
check-lacking-about =
    { $count ->
        [one] Resta fuori dalla copia finché non la inserisci.
       *[other] Restano fuori dalla copia finché non le inserisci.
    }
check-lacking-both = Manca la password per l’origine e per la destinazione.
check-lacking-origin = Manca la password per l’origine.
check-lacking-destination = Manca la password per la destinazione.
check-shut-origin =
    { $count ->
        [one] { $number } account non si apre all’origine
       *[other] { $number } account non si aprono all’origine
    }
check-shut-destination =
    { $count ->
        [one] { $number } account non si apre a destinazione
       *[other] { $number } account non si aprono a destinazione
    }
check-shut-one = { $words } Fuori dalla copia.
check-shut-several = Per motivi diversi. Fuori dalla copia.
check-unlooked =
    { $count ->
        [one] { $number } account non controllato
       *[other] { $number } account non controllati
    }
check-unlooked-about =
    { $count ->
        [one] Verrà copiato lo stesso.
       *[other] Verranno copiati lo stesso.
    }
check-full =
    { $count ->
        [one] { $number } casella di destinazione è troppo piccola
       *[other] { $number } caselle di destinazione sono troppo piccole
    }
check-full-about = La posta che arriva non ci sta: aumenta la quota, oppure escludi qualche cartella.
check-full-case = ne servono { $needed }, liberi { $free }
check-folder-refused =
    { $count ->
        [one] In { $number } account una cartella non si apre
       *[other] In { $number } account qualche cartella non si apre
    }
check-folder-refused-about = I suoi messaggi resterebbero indietro: controlla i permessi sul server di origine.
check-folder-unreadable =
    { $count ->
        [one] In { $number } account una cartella ha un nome illeggibile
       *[other] In { $number } account qualche cartella ha un nome illeggibile
    }
check-folder-unreadable-about = I suoi messaggi resterebbero indietro: rinominala sul server di origine.
check-hidden-folders =
    { $count ->
        [one] { $number } account può avere cartelle nascoste
       *[other] { $number } account possono avere cartelle nascoste
    }
check-hidden-folders-about = Il server di origine non mostra via IMAP le cartelle con “/” nel nome: rinominale prima, se ce ne sono.
check-hidden-labels =
    { $count ->
        [one] { $number } account Gmail può nascondere etichette
       *[other] { $number } account Gmail possono nascondere etichette
    }
check-hidden-labels-about = In Impostazioni, Inoltro e POP/IMAP, controlla che siano visibili tutte e senza limite di messaggi.
check-groupware =
    { $count ->
        [one] { $number } account ha cartelle di calendario, contatti o note
       *[other] { $number } account hanno cartelle di calendario, contatti o note
    }
check-groupware-about = IMAP ne porta i messaggi, ma non appuntamenti e contatti: esportali a parte.
check-clear-both = Le connessioni non sono cifrate
check-clear-origin = La connessione con l’origine non è cifrata
check-clear-destination = La connessione con la destinazione non è cifrata
check-clear-about = Password e messaggi viaggiano in chiaro: solo per una rete di cui ti fidi.
check-one-server = Origine e destinazione sono lo stesso server
check-one-server-about = Controlla che nessuna casella abbia due nomi: si copierebbe su sé stessa.
check-not-empty =
    { $count ->
        [one] { $number } casella di destinazione contiene già posta
       *[other] { $number } caselle di destinazione contengono già posta
    }
check-not-empty-about = Verrà confrontata: ciò che c’è già non si copia di nuovo.
check-no-uidplus = La destinazione non dice dove mette le copie
check-no-uidplus-about = Traghetto le cerca dopo: serve un po’ più di tempo.
check-filters = Filtri attivi
check-filters-about = { $list }. I messaggi esclusi sono contati a parte.
check-credentials =
    { $count ->
        [one] Credenziali valide per { $number } account su { $of }
       *[other] Credenziali valide per { $number } account su { $of }
    }
check-credentials-about = Ultima verifica alle { $time }
check-reachable = Origine e destinazione raggiungibili
check-reachable-both = { $word } su entrambe le connessioni
check-reachable-each = { $origin } con l’origine, { $destination } con la destinazione
check-reachable-clear = Entrambi i server rispondono
check-space = Spazio sufficiente a destinazione
check-space-about = Liberi { $free }, ne servono { $needed }
check-folders = Cartelle abbinate
check-folders-plain = nessuna rinominata
check-folders-renamed =
    { $count ->
        [one] { $number } rinominata
       *[other] { $number } rinominate
    }
check-folders-merged =
    { $count ->
        [one] { $number } unita a un’altra
       *[other] { $number } unite ad altre
    }
check-hours = Fascia oraria
check-hours-open = La copia inizia subito e si ferma alle { $time }
check-hours-today = La copia inizierà alle { $time }
check-hours-tomorrow = La copia inizierà domani alle { $time }
check-hours-day =
    La copia inizierà { $weekday ->
        [1] lunedì
        [2] martedì
        [3] mercoledì
        [4] giovedì
        [5] venerdì
        [6] sabato
       *[7] domenica
    } alle { $time }
check-awake = Il computer resta acceso
check-awake-about = Traghetto tiene acceso il computer durante la copia; un portatile va lasciato aperto.

check-no-maker = Chi crea gli account non risponde come serve
check-unchanged = L’impostazione non è stata cambiata
check-unprepared =
    { $count ->
        [one] { $number } account non si può preparare a destinazione
       *[other] { $number } account non si possono preparare a destinazione
    }
check-differing =
    { $count ->
        [one] { $number } account esistente è diverso dall’elenco
       *[other] { $number } account esistenti sono diversi dall’elenco
    }
check-differing-about = Traghetto non modifica gli account che ci sono già: correggili tu sul server, se serve.
check-made-create =
    { $count ->
        [one] { $number } da creare
       *[other] { $number } da creare
    }
check-made-complete =
    { $count ->
        [one] { $number } da completare
       *[other] { $number } da completare
    }
check-made-passwords =
    { $count ->
        [one] { $number } password da impostare
       *[other] { $number } password da impostare
    }
check-made-existing =
    { $count ->
        [one] { $number } già presente
       *[other] { $number } già presenti
    }
check-made-about = Si creano prima della copia, con le password e gli alias dell’elenco.
check-made-passwords-about = La password di ora, sul nuovo server, viene sostituita con quella dell’elenco.
check-made-existing-about = Restano come sono.
check-would-create = verrà creato
check-would-complete = verrà completato: un’esecuzione di prima l’ha creato solo in parte
check-would-set-password = la password verrà impostata
check-exists = c’è già
check-exists-differing = c’è già: { $differences }
check-no-messages = Nessun messaggio viene copiato
check-no-messages-about = Si impostano solo le password: nelle caselle non entra nessuno.
check-stopover = Account di migrazione
check-stopover-forwards = { $address }: riceve anche i nuovi messaggi di ogni account mentre la sua casella si copia.
check-stopover-holds = { $address }: ogni account resta bloccato solo mentre la sua casella si copia.
check-script = Programma dopo ogni account
check-script-about = { $name } viene avviato quando un account è finito.
preflight-asking = Domande a chi crea gli account
preflight-asking-about = Permessi, posti liberi, domini e impostazioni del server.
preflight-to-mode = Vai al passo 3
preflight-passwords-each = Che cosa succede a ogni account
preflight-passwords =
    { $count ->
        [one] password
       *[other] password
    }
preflight-passwords-about = da impostare
preflight-at-destination = sul nuovo server
check-made = Account: { $what }
