# Sourced by app/run and tests/run: installs what is missing and builds. Silent where nothing is to be done; all it says
# goes to standard error, so that a verb's output stays clean. Expects $root.

# say TEXT: a line for people.
say() { printf '%s\n' "$*" >&2; }

# listed SECTION...: "package probe" lines of .ci/packages.
listed() {
    local wanted=" $* " section="" line
    while IFS= read -r line; do
        line=${line%%#*}
        case $line in
        "["*) section=${line//[\[\] ]/} ;;
        *[![:space:]]*) [[ $wanted == *" $section "* ]] && printf '%s\n' "$line" ;;
        esac
    done <"$root/.ci/packages"
    return 0
}

# present PROBE: whether a package's content is here, on a system whose packages we do not know.
present() {
    case $1 in
    -) true ;;
    command:*) command -v "${1#*:}" >/dev/null ;;
    pkg:*) pkg-config --exists "${1#*:}" 2>/dev/null ;;
    header:*) printf '#include <%s>\n' "${1#*:}" | g++ -std=c++20 -E -x c++ - >/dev/null 2>&1 ;;
    esac
}

# quietly COMMAND...: its output is shown only where it fails.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [[ $status -eq 0 ]] || cat "$log" >&2
    rm -f "$log"
    return "$status"
}

# ensurePackages SECTION...
ensurePackages() {
    local package probe missing=()
    local ids=""
    [[ -r /etc/os-release ]] && ids=$(. /etc/os-release && printf ' %s %s ' "${ID:-}" "${ID_LIKE:-}")
    if [[ $ids != *" debian "* && $ids != *" ubuntu "* ]] || ! command -v apt-get >/dev/null; then
        while read -r package probe; do
            present "$probe" || missing+=("$package")
        done < <(listed "$@")
        [[ ${#missing[@]} -eq 0 ]] && return 0
        say "Weir needs what Debian calls: ${missing[*]}"
        say "This system is neither Debian nor Ubuntu: please install them (names may differ), then start again."
        return 1
    fi

    local installed
    installed=$(listed "$@" | cut -d' ' -f1 |
        xargs dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null || true)
    while read -r package probe; do
        [[ $'\n'$installed$'\n' == *$'\n'"installed $package"$'\n'* ]] || missing+=("$package")
    done < <(listed "$@")
    [[ ${#missing[@]} -eq 0 ]] && return 0

    local asRoot=()
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            say "Weir needs these packages, and installing them needs root or sudo: ${missing[*]}"
            return 1
        fi
        asRoot=(sudo)
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    # sudo may ask for the password here, before its output is put aside.
    [[ ${#asRoot[@]} -eq 0 ]] || sudo -v
    quietly "${asRoot[@]}" "$root/.ci/install" "${missing[@]}"
}

# offerPackages WHAT SECTION...: the same for what may be missing: one line says so, and the rest goes on without it.
offerPackages() {
    local what=$1
    shift
    ensurePackages "$@" 2>/dev/null || say "Not everything could be installed, so it goes without $what (.ci/packages: $*)."
}

# offerModules WHAT FOLDER INTO: what FOLDER's package-lock.json names, from npm; one line says so where that fails, and the
# rest goes on without it.
offerModules() {
    local what=$1 from=$2 into=$3
    [[ -d $into/node_modules ]] && cmp -s "$from/package-lock.json" "$into/package-lock.json" && return 0
    command -v npm >/dev/null || offerPackages "$what" node
    command -v npm >/dev/null || return 0
    rm -rf "$into"
    mkdir -p "$into"
    cp "$from/package.json" "$from/package-lock.json" "$into"
    (cd "$into" && quietly npm ci --ignore-scripts --no-audit --no-fund) 2>/dev/null && return 0
    rm -rf "$into"
    say "npm could not install everything, so it goes without $what ($from/package.json)."
}

# configure PRESET: build/PRESET, also where it is there already: what was installed meanwhile is found then.
configure() {
    (cd "$root" && quietly cmake --preset "$1")
}

# build PRESET [TARGET...]: in build/PRESET.
build() {
    local preset=$1
    shift
    local directory="$root/build/$preset"
    # Compilations of a checkout elsewhere can be shared: nothing in an object file depends on where it was built.
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    # Without these what uses precompiled headers would not be kept at all.
    export CCACHE_SLOPPINESS=pch_defines,time_macros
    [[ -f $directory/build.ninja ]] || configure "$preset"
    local plan
    plan=$(ninja -C "$directory" -n "$@" 2>&1) || true
    if [[ $plan != *"no work to do"* ]]; then
        say "Building (the first time takes some minutes) ..."
        ninja -C "$directory" -j "$(nproc)" "$@" >&2
    fi
}
