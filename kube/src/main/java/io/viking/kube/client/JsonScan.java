package io.viking.kube.client;

import com.google.gson.stream.MalformedJsonException;

/** Finds where pieces of JSON end, without looking at what they say. */
final class JsonScan {
  private JsonScan() {}

  /**
   * @param at of the first byte after the opening quote
   * @return of the first one after the closing quote
   */
  static int afterString(byte[] json, int at) {
    int i = at;
    int next = json[i++];
    while (next != '"') {
      if (next == '\\') {
        i++;
      }
      next = json[i++];
    }
    return i;
  }

  /**
   * @param at of an opening bracket
   * @return of the first byte after the one that closes it
   */
  static int afterNested(byte[] json, int at) {
    int i = at;
    int depth = 0;
    do {
      int next = json[i++];
      if (next == '"') {
        i = afterString(json, i);
      } else if (next == '{' || next == '[') {
        depth++;
      } else if (next == '}' || next == ']') {
        depth--;
      }
    } while (depth > 0);
    return i;
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  static boolean endsValue(int c) {
    return c == ',' || c == '}' || c == ']' || isSpace(c);
  }

  /**
   * @param raw what stands between a string's quotes
   */
  static String unescaped(String raw) throws MalformedJsonException {
    int first = raw.indexOf('\\');
    if (first < 0) {
      return raw;
    }
    var text = new StringBuilder(raw.length()).append(raw, 0, first);
    for (int i = first; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      i++;
      switch (raw.charAt(i)) {
        case '"' -> text.append('"');
        case '\\' -> text.append('\\');
        case '/' -> text.append('/');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseUnsignedInt(raw, i + 1, i + 5, 16));
          i += 4;
        }
        default -> throw new MalformedJsonException("no escape of JSON: \\" + raw.charAt(i));
      }
    }
    return text.toString();
  }
}
