# Sourced by ./run and ./test, which set $root: finds Python, installs uv and the locked packages into the
# checkout (.tools and .venv), and costs nothing when neither uv.lock nor pyproject.toml has changed.
# All that is said here goes to standard error, so that `./run due` prints its answer alone.

uv_version=0.13.9
uv="$root/.tools/uv-$uv_version/bin/uv"

# A session's leftovers would lead Python, uv and npm astray; compiled modules make every later start quicker.
unset PYTHONHOME PYTHONDONTWRITEBYTECODE VIRTUAL_ENV CONDA_PREFIX
# pip, uv, npm and Chromium all keep things in the home folder, which a service account may not have.
if [ -z "${HOME-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    HOME="$root/.tools/home"
    mkdir -p "$HOME"
    export HOME
fi
export UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT="$root/.venv"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
# Our own packages are found from any folder, and a folder's own files never shadow Python's modules.
export PYTHONPATH="$root" PYTHONSAFEPATH=1

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# timed WORDS COMMAND...: the words, then how long it took; what the command said is shown only if it failed.
timed() {
    words=$1
    shift
    begun=$(date +%s)
    printf '%s ...' "$words" >&2
    if said=$("$@" 2>&1); then
        say " $(($(date +%s) - begun)) s"
    else
        say " failed:"
        fail "$said"
    fi
}

# find_python [MODULE]: the first Python of 3.11 or newer (that has the module), as $python.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if python=$("$name" -c "import sys${1:+, $1}
print(sys.executable)
sys.exit(sys.version_info < (3, 11))" 2>/dev/null); then
            return 0
        fi
    done
    return 1
}

no_python() {
    fail "righthelp needs Python 3.11 or newer, and found none here." \
        "On Debian 12: apt-get install python3 python3-pip"
}

install_uv() {
    mkdir -p "$root/.tools"
    # Made aside and moved: two starts at once, or one broken off, must not leave half an installation.
    "$python" -m pip install --quiet --no-input --target "$uv_aside" "uv==$uv_version" || return 1
    if [ ! -x "$uv" ]; then
        rm -rf "$root/.tools/uv-$uv_version"
        mv "$uv_aside" "$root/.tools/uv-$uv_version"
    fi
    # Of two at once, the later one's was moved into the earlier one's.
    rm -rf "$uv_aside" "$root/.tools/uv-$uv_version/uv-$uv_version.$$"
}

# bootstrap run|test: `test` also installs what only the tests use; and where there is Java, Spark, which is large.
bootstrap() {
    java=$(command -v java || true)
    wanted="$root $(cat "$root/uv.lock" "$root/pyproject.toml" | cksum)$java"
    for level in test "$1"; do
        installed="$root/.venv/installed-for-$level"
        if [ -x "$root/.venv/bin/python" ] && [ -f "$installed" ] && read -r found <"$installed" &&
            [ "$found" = "$wanted" ]; then
            return 0
        fi
    done
    if [ ! -x "$uv" ]; then
        uv_aside="$root/.tools/uv-$uv_version.$$"
        if find_python pip; then
            timed "Installing tools" install_uv
        elif command -v uv >/dev/null; then
            uv=$(command -v uv)
        else
            find_python || no_python
            fail "$python has no pip, which righthelp needs once to install its tools." \
                "On Debian: apt-get install python3-pip"
        fi
    fi
    find_python || no_python
    set -- "$1" sync --frozen --quiet --directory "$root" --python "$python"
    # Inexact, so that a start does not take away what the tests installed.
    if [ "$1" != test ]; then
        set -- "$@" --no-dev --inexact
    elif [ -n "$java" ]; then
        set -- "$@" --group spark
    fi
    level=$1
    shift
    timed "Installing packages" "$uv" "$@"
    printf '%s\n' "$wanted" >"$root/.venv/installed-for-$level"
}

# Becomes Python: the checkout's own, or before anything is installed whichever there is.
running_python() {
    if [ -x "$root/.venv/bin/python" ]; then
        python="$root/.venv/bin/python"
    else
        find_python || no_python
    fi
    RIGHTHELP_UV="$uv" exec "$python" "$@"
}
