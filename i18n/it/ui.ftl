# La finestra.

ui-slogan = Porta la posta sull’altra sponda.
ui-promise = Account, cartelle e messaggi dal vecchio server al nuovo. E alla fine la prova che nemmeno uno è rimasto indietro.
ui-start-title = Da dove iniziamo?
ui-start-keys = Invio avvia la dimostrazione. Durante la copia: Spazio mette in pausa, Esc chiede se fermare.
ui-demo = Una migrazione vera, in piccolo
ui-demo-about = Due server di prova su questo computer, cinque caselle, più di 1.500 messaggi: li copia, li rilegge tutti e scrive il rapporto. Niente esce da qui.
ui-demo-start = Prova la dimostrazione
ui-real = Per la tua posta
ui-real-about = In questa versione una migrazione si prepara e si avvia dalla riga di comando.
ui-command-new = Crea la migrazione con i due server e l’elenco degli utenti
ui-command-check = Controllo preliminare: prova ogni accesso, conta, non cambia niente
ui-command-run = Copia; se si interrompe, riprende da dov’era arrivata
ui-command-complete = Passaggio finale: copia quello che è arrivato nel frattempo
ui-command-verify = Verifica: rilegge le copie e le confronta con gli originali
ui-command-report = Rapporto: totali, eccezioni, valutazione

ui-live-preparing = Preparazione
ui-live-preparing-about = Si avviano i due server di prova e si riempiono le caselle di partenza.
ui-live-copy = Copia in corso
ui-live-copy-about = Ogni messaggio è registrato prima di partire: in caso di interruzione si riprende da lì.
ui-live-final = Passaggio finale
ui-live-final-about = Si copia quello che è arrivato nel frattempo e si rilegge l’elenco dell’origine.
ui-live-verify = Verifica in corso
ui-live-verify-about = Ogni copia viene riletta e confrontata con l’originale, byte per byte.
ui-live-report = Rapporto
ui-live-report-about = Si tirano le somme.
ui-live-paused = In pausa
ui-live-paused-about = Nessun messaggio è a metà. Riprendi quando vuoi.
ui-pause = Pausa
ui-pausing = Sto mettendo in pausa…
ui-resume = Riprendi
ui-stop = Ferma…
ui-stopping = Sto fermando…
ui-old-server = Vecchio server
ui-new-server = Nuovo server
ui-of-messages = { $done } di { $listed } messaggi
ui-of-octets = { $done } di { $listed } · { $over } account su { $mailboxes }
ui-about = circa { $time }
ui-reckoning = Calcolo in corso…
ui-waiting-for-you = In attesa di te
ui-elapsed = trascorsi { $time }
ui-last-moments = Ultimi secondi
ui-messages-per-second = messaggi/s
ui-per-second = al secondo

ui-column-state = Stato
ui-column-account = Account
ui-column-progress = Avanzamento
ui-column-folder = Cartella corrente
ui-column-messages = Messaggi
ui-column-origin = Origine
ui-column-destination = Destinazione
ui-column-missing = Mancanti
ui-column-outcome = Esito
ui-state-queued = In coda
ui-state-listing = Lettura
ui-state-copying = In corso
ui-state-verifying = Verifica
ui-state-waiting = In attesa
ui-state-paused = In pausa
ui-state-done = Completato
ui-state-exceptions = Da vedere
ui-state-failed = Errore
ui-state-stopped = Fermato
ui-not-copied =
    { $count ->
        [one] { $number } non copiato
       *[other] { $number } non copiati
    }

ui-stop-copy = Copia
ui-stop-copy-about = Messaggi e cartelle
ui-stop-final = Passaggio finale
ui-stop-final-about = Ciò che è arrivato dopo
ui-stop-verify = Verifica
ui-stop-verify-about = Ogni copia, per intero
ui-stop-report = Rapporto
ui-stop-report-about = La prova

ui-footer = Dati di esempio: due server su questo computer, con 80 ms di ritardo come se fossero lontani.
ui-ask-stop = Vuoi fermare la dimostrazione?
ui-ask-stop-about = I messaggi in viaggio arrivano a destinazione, poi tutto si ferma e si scrive il rapporto di quanto è stato fatto.
ui-ask-stop-yes = Ferma
ui-ask-close = Vuoi fermare e chiudere?
ui-ask-close-about = I messaggi in viaggio arrivano a destinazione, poi la finestra si chiude.
ui-ask-close-yes = Ferma e chiudi
ui-ask-go-on = Continua

ui-finish = Migrazione completata
ui-finish-about = Conserva il rapporto: dice messaggio per messaggio che cosa è successo e come è stato verificato.
ui-finish-stopped = Migrazione fermata
ui-finish-stopped-about = Il rapporto dice fin dove è arrivata.
ui-grade = Valutazione: { $grade }
ui-independent = Un confronto indipendente dei due server dà lo stesso risultato.
ui-fact-copied = Copiati
ui-fact-compared = Riletti e confrontati
ui-fact-missing = Mancanti
ui-fact-excluded = Esclusi dai filtri
ui-fact-size = Dimensione
ui-fact-took = Durata
ui-by-account = Verifica per account
ui-outcome-complete = Completo
ui-outcome-to-check = Da verificare
ui-stands-on = Su che cosa si basa
ui-open-report = Apri il rapporto
ui-unopened = Il rapporto non si è aperto da solo: il percorso è qui sopra. { $detail }
ui-back = Indietro
ui-failed = La dimostrazione non è riuscita
ui-failed-about = Non è stato toccato nessun server. Controlla lo spazio su disco e riprova.
