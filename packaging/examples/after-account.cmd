@echo off
rem Called by Traghetto after each account: writes one line a pass into after-account.csv in the migration's folder.
rem The environment says all it needs; see README.md. What is written to standard output goes into the log.
rem Exit code 0: well; any other: a warning, or the end of the run.
setlocal EnableDelayedExpansion
>>"!TRAGHETTO_PROJECT!\after-account.csv" echo !DATE! !TIME!;!TRAGHETTO_PASS!;!TRAGHETTO_LOGIN!;!TRAGHETTO_RESULT!;!TRAGHETTO_EXCEPTIONS!
if errorlevel 1 exit /b 1
echo !TRAGHETTO_LOGIN!: !TRAGHETTO_RESULT!
exit /b 0
