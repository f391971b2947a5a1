#!/usr/bin/env bash
# Runs every test; the last line is "N passed, N failed, N skipped". `./test.sh --help` lists the other forms.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'EOF'
test.sh                              builds, runs every test project
test.sh PROJECT…                     only these (Rules, Temporal, Workflows, Designer, EndToEnd)
test.sh wire FOLDER [--address H:P]  plays recorded conversations against a Temporal service (embedded by default)
test.sh crash [--rounds N] [--seed N]  kills the Temporal service N times (200) under load and checks what is left
test.sh soak [--minutes N] [--data F]  loads the Temporal service for N minutes (60) and shows its memory
EOF
}

need() { command -v "$1" >/dev/null 2>&1 || { echo "test.sh: $1 is missing: $2" >&2; exit 2; }; }
need dotnet "install the .NET 10 SDK"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=Release

case "${1:-}" in
  -h|--help) usage; exit 0 ;;
  wire|crash|soak)
    dotnet build -v q -c $configuration tests/Ecosystem.Temporal.Tests >&2
    exec "tests/Ecosystem.Temporal.Tests/bin/$configuration/net10.0/Ecosystem.Temporal.Tests" "$@"
    ;;
esac

projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(Rules Temporal Workflows Designer EndToEnd)

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
install() {
  [ -n "${updated:-}" ] || apt-get update -qq >&2
  updated=1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >&2
}

if [[ " ${projects[*]} " == *" EndToEnd "* ]] && ! command -v chromium-headless-shell >/dev/null 2>&1 && ! command -v chromium >/dev/null 2>&1; then
  if can_install; then
    echo "test.sh: installing Debian's Chromium for the browser tests" >&2
    install chromium-headless-shell || install chromium
  else
    echo "test.sh: the browser tests need Chromium: sudo apt-get install chromium-headless-shell (or chromium, which takes longer)" >&2
    exit 2
  fi
fi

if [[ " ${projects[*]} " =~ \ (Workflows|Designer|EndToEnd)\  ]] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  if can_install; then
    echo "test.sh: installing Debian's postgresql for the tests of that database" >&2
    install postgresql
  else
    echo "test.sh: the tests on PostgreSQL are skipped; to run them: sudo apt-get install postgresql" >&2
  fi
fi

# Elsa Studio, which the Designer and EndToEnd tests serve and drive, comes from npm.
if [[ " ${projects[*]} " =~ \ (Designer|EndToEnd)\  ]] && { [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; }; then
  need node "install Node.js 20 or newer (the tests of the process canvas drive Elsa Studio, which comes from npm)"
  need npm "install npm (it comes with Node.js; on Debian: sudo apt-get install npm)"
  echo "test.sh: fetching Elsa Studio" >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
  touch node_modules/.package-lock.json
fi

dotnet build -v q -c $configuration Ecosystem.Workflows.sln >&2

# Tests run most code a few times only: profiling it for a better compilation, and unlocking pages for each method that is compiled, took a third of their time.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0

passed=0 failed=0 skipped=0 broken=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in "${projects[@]}"; do
  name="Ecosystem.$project.Tests"
  echo "== $name"
  status=0
  options=()
  # Each of these runs whole products: more than two at a time would starve each other of two cores.
  [ "$project" != EndToEnd ] || options=(-maxThreads 2 -reporter verbose)
  "tests/$name/bin/$configuration/net10.0/$name" ${options[@]+"${options[@]}"} 2>&1 | tee "$log" || status=$?
  line=$(grep -E 'Total: *[0-9]+, Errors: *[0-9]+, Failed: *[0-9]+, Skipped: *[0-9]+' "$log" | tail -n 1 || true)
  if [ -z "$line" ]; then
    echo "test.sh: $name ended with exit code $status and no summary" >&2
    broken=$((broken + 1))
    continue
  fi
  count() { sed -E "s/.*$1: *([0-9]+).*/\1/" <<<"$line"; }
  total=$(count Total) f=$(( $(count Failed) + $(count Errors) )) s=$(count Skipped)
  not_run=$(sed -nE 's/.*Not Run: *([0-9]+).*/\1/p' <<<"$line")
  passed=$((passed + total - $(count Failed) - s - ${not_run:-0})) failed=$((failed + f)) skipped=$((skipped + s))
  [ "$status" = 0 ] || [ "$f" -gt 0 ] || broken=$((broken + 1))
done
echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
[ $((failed + broken)) = 0 ]
