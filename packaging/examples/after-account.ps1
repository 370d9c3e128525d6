# Called by Traghetto after each account: reads the JSON on standard input and writes one line a pass into
# after-account.csv in the migration's folder; see README.md. What is written to standard output goes into the log.
# Exit code 0: well; any other: a warning, or the end of the run.
$ErrorActionPreference = 'Stop'
$reader = New-Object System.IO.StreamReader([Console]::OpenStandardInput(), (New-Object System.Text.UTF8Encoding($false)))
$account = $reader.ReadToEnd() | ConvertFrom-Json
[PSCustomObject]@{
    When       = Get-Date -Format 'yyyy-MM-ddTHH:mm:ss'
    Pass       = $account.pass
    Login      = $account.login
    Result     = $account.result
    Exceptions = $account.exceptions
} | Export-Csv -Path (Join-Path $account.project 'after-account.csv') -Delimiter ';' -Encoding UTF8 -NoTypeInformation -Append
if ($account.result -eq 'failed') { Write-Output "$($account.login): $($account.trouble) $($account.detail)" }
exit 0
