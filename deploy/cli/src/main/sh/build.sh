# Builds the distribution when its sources changed. Sourced by ./viking; POSIX sh.
#
# Maven assembles deploy/cli/target/viking/jars, and deploy/desugar writes lib beside it from them.
# That is copied to target/run/DIGEST/lib and started from there: a later build never writes into
# jars that a running `viking up` reads, and archives of loaded classes beside the jars never outlive
# the code that they were made from.

# sources_changed: whether anything that the distribution is made of is newer than the last build.
# Directories count, since deleting a file changes only them.
sources_changed() {
  [ -f "$RUN/stamp" ] && [ -r "$RUN/current" ] || return 0
  [ -n "$(find pom.xml .mvn proto kube scheduler syncer cloud-adapters simulation deploy \
    \( -name target -o -path '*/src/test' \) -prune -o \
    \( -path '*/src/main*' -o -path '*/src/assembly*' -o -path '.mvn/*' -o -name pom.xml \
    -o -name 'go.*' \) -newer "$RUN/stamp" -print 2>/dev/null | head -n 1)" ]
}

# lock / unlock: one build at a time; the kernel ends the lock with its holder, however it ends.
lock() {
  exec 9>"$RUN/lock"
  if command -v flock >/dev/null; then
    flock -n 9 || {
      echo 'viking: waiting for another build of the same sources' >&2
      flock 9
    }
  else
    perl -MFcntl=:flock -e 'open(my $f, ">&=", 9) or die; flock($f, LOCK_EX) or die' # macOS
  fi
}

unlock() {
  exec 9>&-
}

# show_progress: Maven's output in, one line per module out: on a terminal one line that changes.
show_progress() {
  while IFS= read -r line; do
    case $line in
      *'Building '*' ['*/*']')
        module=${line#*Building }
        module=${module%% *}
        step=${line##*[}
        if [ -t 2 ]; then
          printf '\r\033[Kviking: building %s [%s' "$module" "$step" >&2
        else
          printf 'viking: building %s [%s\n' "$module" "$step" >&2
        fi
        ;;
    esac
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# run_maven: packages deploy/cli and what it needs, without tests and checks (./verify has them).
run_maven() {
  event_log=-Dorg.slf4j.simpleLogger.log.org.apache.maven.cli.event.ExecutionEventLogger
  rm -rf deploy/cli/target/viking
  {
    code=0
    mvn -B "$event_log=info" -Dstyle.color=never -DskipTests -Dspotless.check.skip=true \
      -Denforcer.skip=true -pl deploy/cli -am package 2>&1 9>&- </dev/null || code=$?
    echo "$code" >"$RUN/exit"
  } | tee "$RUN/build.log" | show_progress
  return "$(cat "$RUN/exit")"
}

# explain_failure: what Maven said last, and where all of it is.
explain_failure() {
  sed -n -e '/-> \[Help 1\]/q' -e '/^\[ERROR\]/p' "$RUN/build.log" | awk '!seen[$0]++' |
    head -n 20 >"$RUN/errors"
  [ -s "$RUN/errors" ] || tail -n 20 "$RUN/build.log" >"$RUN/errors"
  cat "$RUN/errors" >&2
  echo "viking: the build failed; all of Maven's output is in $VIKING_HOME/$RUN/build.log" >&2
}

# install_distribution: copies what was assembled to a place of its own, and forgets all but the
# two newest.
install_distribution() {
  digest=$(cd deploy/cli/target/viking/lib && cksum -- *.jar | cksum | tr ' ' -)
  if [ ! -d "$RUN/$digest" ]; then
    rm -rf "$RUN/new"
    mkdir "$RUN/new"
    cp -R deploy/cli/target/viking/lib "$RUN/new/lib"
    mv "$RUN/new" "$RUN/$digest"
  fi
  echo "$digest" >"$RUN/current.new"
  mv "$RUN/current.new" "$RUN/current"
  touch "$RUN/$digest"
  (cd "$RUN" && ls -dt -- *-*/ | tail -n +3) | while IFS= read -r old; do
    rm -rf "${RUN:?}/$old"
  done
}

# build_if_needed: leaves an up-to-date distribution, or ends the program.
build_if_needed() {
  sources_changed || return 0
  command -v mvn >/dev/null || {
    echo 'viking: needs Maven (mvn) 3.8.7 or newer to build itself: install it, for example with' \
      '"apt install maven" or "brew install maven".' >&2
    exit 69
  }
  mkdir -p "$RUN"
  lock
  if sources_changed; then
    # Sources that change while the build runs are newer than this stamp.
    touch "$RUN/stamp.new"
    rm -f "$RUN/stamp"
    run_maven || {
      explain_failure
      exit 70
    }
    install_distribution
    mv "$RUN/stamp.new" "$RUN/stamp"
  fi
  unlock
}
