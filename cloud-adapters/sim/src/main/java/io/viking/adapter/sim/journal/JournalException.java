package io.viking.adapter.sim.journal;

import java.io.IOException;

/** State on disk that cannot be used; the message names the file and the way out. */
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }
}
