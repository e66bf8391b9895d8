package io.viking.bench.session;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A process that runs a benchmark, as {@code HOST/PID}.
 *
 * @param host of this machine, as it calls itself
 */
record LockHolder(String host, long pid) {
  static LockHolder current() {
    return new LockHolder(localHost(), ProcessHandle.current().pid());
  }

  String text() {
    return host + "/" + pid;
  }

  /** Whether that text names a process of this machine which is no more. */
  boolean isDead(String other) {
    int slash = other.lastIndexOf('/');
    if (slash < 0 || !other.substring(0, slash).equals(host)) {
      return false;
    }
    String number = other.substring(slash + 1);
    return number.matches("[0-9]{1,9}") && ProcessHandle.of(Long.parseLong(number)).isEmpty();
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
