# Shared by the scripts of this folder: where things are, and whether the broker of a folder runs. Sourced, not run.
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$kit/../.." && pwd)
libs=$root/build/kafka/libs
dir=$root/build/kafka/broker

fail() { echo "deploy/kafka/$(basename "$0"): $*" >&2; exit 1; }
# The comment block at the top of the script is its help.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit "${1:-2}"; }

# Prints the pid when the broker recorded in $1 runs. The command line is compared too: after a reboot the number may be another's.
running_pid() {
  local pid
  pid=$(cat "$1/kafka.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  [ -r "/proc/$pid/cmdline" ] && tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF "$1/server.properties" || return 1
  echo "$pid"
}

# The line `port=N` that start wrote, as HOST:PORT.
bootstrap_of() { local port; port=$(sed -n 's/^# port=//p' "$1/server.properties" 2>/dev/null) && [ -n "$port" ] && echo "127.0.0.1:$port"; }
