package io.viking.adapter.kit.failure;

import com.google.common.base.Utf8;
import io.viking.cloud.errors.CloudFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts a failure to what fits into 8 KiB of headers. The message travels twice, once with each byte
 * beyond ASCII written as three, and the details as base64: 1 KiB of message and 2 KiB of metadata
 * take at most 3 + 1.4 + 2.8 KiB.
 */
final class HeaderRoom {
  static final int MESSAGE_BYTES = 1024;
  static final int METADATA_BYTES = 2048;
  private static final String CUT = "…";

  private HeaderRoom() {}

  static CloudFailure fit(CloudFailure failure) {
    return new CloudFailure(
        failure.reason(),
        cut(failure.message(), MESSAGE_BYTES),
        fit(failure.metadata()),
        failure.retryAfter());
  }

  /** Entries in the order of their keys, each cut to what is left; one without room is left out. */
  private static Map<String, String> fit(Map<String, String> metadata) {
    Map<String, String> fitted = new TreeMap<>();
    int left = METADATA_BYTES;
    for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
      int room = left - Utf8.encodedLength(wellFormed(entry.getKey()));
      if (room < CUT.length() * 3) {
        continue;
      }
      String value = cut(entry.getValue(), room);
      fitted.put(wellFormed(entry.getKey()), value);
      left = room - Utf8.encodedLength(value);
    }
    return fitted;
  }

  private static String cut(String text, int bytes) {
    String whole = wellFormed(text);
    if (Utf8.encodedLength(whole) <= bytes) {
      return whole;
    }
    int room = bytes - 3;
    int end = 0;
    while (end < whole.length()) {
      int codePoint = whole.codePointAt(end);
      room -= Utf8.encodedLength(Character.toString(codePoint));
      if (room < 0) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return whole.substring(0, end) + CUT;
  }

  /** Protobuf refuses strings with half a surrogate pair; a message may hold anything. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
