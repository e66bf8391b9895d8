package io.viking.adapter.sim.profile;

/** A profile that cannot be used; the message names the path, the value and the way out. */
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProfileException(String message) {
    super(message);
  }

  static ProfileException at(String path, Object value, String wayOut) {
    return new ProfileException(path + ": " + shown(value) + " cannot be used: " + wayOut);
  }

  private static String shown(Object value) {
    return value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
  }
}
