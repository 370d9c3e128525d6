#!/bin/sh
# Called by Traghetto after each account: writes one line a pass into after-account.csv in the migration's folder,
# and notes failures in look-into.txt. The environment says all it needs; see README.md.
# What is written to standard output goes into the log. Exit code 0: well; any other: a warning, or the end of the run.
set -eu
printf '%s;%s;%s;%s;%s\n' "$(date +%Y-%m-%dT%H:%M:%S)" "$TRAGHETTO_PASS" "$TRAGHETTO_LOGIN" "$TRAGHETTO_RESULT" \
  "$TRAGHETTO_EXCEPTIONS" >> "$TRAGHETTO_PROJECT/after-account.csv"
case $TRAGHETTO_RESULT in
  done) echo "$TRAGHETTO_LOGIN: $TRAGHETTO_MESSAGES messages" ;;
  exceptions) echo "$TRAGHETTO_LOGIN: $TRAGHETTO_EXCEPTIONS exceptions" ;;
  failed) echo "$TRAGHETTO_LOGIN: $TRAGHETTO_TROUBLE" >> "$TRAGHETTO_PROJECT/look-into.txt" ;;
esac
