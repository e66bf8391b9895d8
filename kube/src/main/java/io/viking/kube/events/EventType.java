package io.viking.kube.events;

/** As in an Event's {@code type}. */
enum EventType {
  NORMAL("Normal"),
  WARNING("Warning");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
