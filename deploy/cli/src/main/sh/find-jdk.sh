# Finds a JDK. Sourced by ./viking and ./verify; POSIX sh; starts no java (that alone costs 50 ms).

JDK_MINIMUM=25

# jdk_feature HOME: the feature number ("25") that HOME's release file names; fails if HOME is no JDK.
jdk_feature() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
    case $jdk_line in
      JAVA_VERSION=*)
        jdk_version=${jdk_line#JAVA_VERSION=}
        jdk_version=${jdk_version#\"}
        jdk_version=${jdk_version%%[!0-9]*}
        # Java 8 and older call themselves 1.8.
        [ -n "$jdk_version" ] && echo "$jdk_version"
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

# real_file FILE: FILE with symbolic links followed, as /usr/bin/javac needs it.
real_file() {
  real=$1
  while [ -h "$real" ]; do
    real_target=$(readlink "$real")
    case $real_target in
      /*) real=$real_target ;;
      *) real=$(dirname "$real")/$real_target ;;
    esac
  done
  echo "$(CDPATH='' cd -- "$(dirname "$real")" && pwd -P)/$(basename "$real")"
}

# jdk_candidates ROOT: where JDKs are, best first, one per line. ROOT stands before the system's
# own places; it is empty but in tests.
jdk_candidates() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  if jdk_javac=$(command -v javac); then
    dirname "$(dirname "$(real_file "$jdk_javac")")"
  fi
  for jdk_dir in \
    "$1"/usr/lib/jvm/* "$1"/usr/java/* "$1"/opt/* "$1"/opt/java/* "$1"/usr/local/*jdk* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    "$1"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$1"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$1"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    echo "$jdk_dir"
  done
  if [ -x "$1"/usr/libexec/java_home ]; then
    "$1"/usr/libexec/java_home -v "$JDK_MINIMUM+" 2>/dev/null || :
  fi
}

# find_jdk [ROOT]: sets JDK to the first JDK of at least JDK_MINIMUM; fails if there is none, with
# JDK_OLDER telling the newest that is too old.
find_jdk() {
  JDK=
  JDK_OLDER=
  jdk_newest=0
  jdk_all=$(jdk_candidates "${1:-}")
  while IFS= read -r jdk_home; do
    jdk_found=$(jdk_feature "$jdk_home") || continue
    if [ "$jdk_found" -ge "$JDK_MINIMUM" ]; then
      JDK=$jdk_home
      return 0
    fi
    if [ "$jdk_found" -gt "$jdk_newest" ]; then
      jdk_newest=$jdk_found
      JDK_OLDER="JDK $jdk_found in $jdk_home"
    fi
  done <<CANDIDATES
$jdk_all
CANDIDATES
  return 1
}

# require_jdk: sets and exports JAVA_HOME, or ends the program with one sentence.
require_jdk() {
  if find_jdk "${VIKING_JDK_ROOT:-}"; then
    JAVA_HOME=$JDK
    export JAVA_HOME
    return
  fi
  echo "viking: needs a JDK $JDK_MINIMUM or newer${JDK_OLDER:+ (found only $JDK_OLDER)}: install one," \
    "for example from https://adoptium.net, or set JAVA_HOME to where it is." >&2
  exit 69
}
