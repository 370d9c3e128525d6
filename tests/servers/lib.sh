# Common ground of the server scripts. Sourced, never run.
#
# Everything lives in one folder, the rig: $TRAGHETTO_RIG, or one of this checkout in /dev/shm (memory) where that is writable
# and has room, or in the temporary folder. `stop --wipe` ends its servers, undoes its mounts and removes it.
#   rig/run/NAME      one running server, lines of key=value (kind, pids, data, imap, imaps, sha256, separator, prefix, users)
#   rig/NAME/         its settings, mail, log
#   rig/overlay/NAME  a copy-on-write view of this machine's / in which Cyrus or Courier is installed
set -euo pipefail
servers=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LC_ALL=C

if [ -z "${TRAGHETTO_RIG-}" ]; then
  TRAGHETTO_RIG=${TMPDIR:-/tmp}
  if [ -d /dev/shm ] && [ -w /dev/shm ] && [ "$(df --output=size -k /dev/shm | tail -1)" -gt 3000000 ]; then TRAGHETTO_RIG=/dev/shm; fi
  TRAGHETTO_RIG+=/traghetto-rig-$(printf %s "$servers" | cksum | cut -d' ' -f1)
fi
export TRAGHETTO_RIG
rig=$TRAGHETTO_RIG
listen=127.0.0.1

say() { printf '%s\n' "$*" >&2; }
fail() { say "${0##*/}: $*"; exit 1; }

# need_root "$@" : goes on as root, through sudo where that asks no password.
need_root() {
  [ "$(id -u)" = 0 ] && return
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || fail "needs root, or sudo without a password"
  exec sudo -n --preserve-env "$0" "$@"
}

# packages PKG... : Debian packages that are missing, installed without starting a service.
packages() {
  local missing=() p
  for p; do [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p"); done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || fail "no apt-get here to install ${missing[*]}"
  install_in '' "${missing[@]}"
}

# install_in ROOT PKG... : apt-get install in the machine itself (ROOT empty) or in an overlay of it.
install_in() {
  local root=$1 policy=$1/usr/sbin/policy-rc.d kept= log out=0; shift
  log=$(mktemp)
  if [ -e "$policy" ]; then kept=1; else printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod 755 "$policy"; fi
  local run=(env DEBIAN_FRONTEND=noninteractive); [ -n "$root" ] && run+=(chroot "$root")
  "${run[@]}" apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 ||
    { "${run[@]}" apt-get update >>"$log" 2>&1 && "${run[@]}" apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; } || out=$?
  [ -n "$kept" ] || rm -f "$policy"
  [ "$out" = 0 ] || { tail -20 "$log" >&2; rm -f "$log"; fail "could not install $*"; }
  rm -f "$log"
}

# The user that owns all mail of the rig.
mail_user() { id rigmail >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin rigmail; }

certificate() { # certificate DIR : DIR/key.pem and DIR/cert.pem for localhost, kept when already there
  [ -s "$1/key.pem" ] && [ -s "$1/cert.pem" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$1/key.pem" -out "$1/cert.pem" 2>/dev/null
}
fingerprint() { openssl x509 -in "$1" -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1; }

listens() { (exec 3<>"/dev/tcp/$listen/$1") 2>/dev/null; }
wait_port() { for _ in $(seq 100); do listens "$1" && return; sleep .1; done; return 1; }
free_port() { # two free ports in a row, below the range the system hands out to clients
  local p; for p in $(seq 21430 4 29990); do listens "$p" || listens $((p + 1)) || { echo "$p"; return; }; done; fail "no free port"
}

# children PID... : the ids and those of all processes started by them
family() {
  local all=" $* " grown=1 p up
  while [ -n "$grown" ]; do
    grown=
    while read -r p up; do case $all in *" $p "*) ;; *" $up "*) all+="$p "; grown=1;; esac; done < <(ps -eo pid=,ppid=)
  done
  echo "$all"
}
is_server() { # is_server PID : does this id still belong to a mail server, and not to some other program since?
  case $(tr '\0' ' ' < "/proc/$1/cmdline" 2>/dev/null) in *dovecot*|*cyrmaster*|*courier*|*authdaemon*|*imapd*) return 0;; esac; return 1
}
inside() { # inside ROOT : ids of the processes whose root directory is that overlay
  local p; for p in /proc/[0-9]*; do [ "$(readlink "$p/root" 2>/dev/null)" = "$1" ] && echo "${p#/proc/}"; done; return 0
}

put_away() { # put_away PID... : asks to end, waits ten seconds, insists
  local p i alive
  for p; do kill "$p" 2>/dev/null || true; done
  for i in $(seq 100); do alive=; for p; do [ -d "/proc/$p" ] && ! grep -q '^State:.Z' "/proc/$p/status" 2>/dev/null && alive=1; done; [ -n "$alive" ] || return 0; sleep .1; done
  for p; do kill -9 "$p" 2>/dev/null || true; done
}

value() { sed -n "s/^$2=//p" "$rig/run/$1" 2>/dev/null | head -1; }

stop_one() { # stop_one NAME [now] : `now` ends it as a crash would
  local name=$1 pids p root mine=()
  [ -f "$rig/run/$name" ] || return 0
  pids=$(value "$name" pids); root=$(value "$name" root)
  for p in ${pids//,/ }; do is_server "$p" && mine+=("$p"); done
  [ -n "$root" ] && for p in $(inside "$root"); do mine+=("$p"); done
  if [ ${#mine[@]} -gt 0 ]; then
    if [ "${2-}" = now ]; then kill -9 $(family "${mine[@]}") 2>/dev/null || true; else put_away "${mine[@]}"; fi
  fi
  rm -f "$rig/run/$name"
}

register() { # register NAME key=value...
  local name=$1; shift; mkdir -p "$rig/run"; printf '%s\n' "$@" > "$rig/run/$name.new"; mv "$rig/run/$name.new" "$rig/run/$name"
  printf '%s:' "$name"; printf ' %s' "$@"; echo
}
