package io.viking.kube.client;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from bytes as an API server writes it, for Gson's adapters: strings and names that it
 * has seen before are given without a new object, and what is skipped is not looked into.
 *
 * <p>It is for adapters that know what comes next: {@link #peek} does not tell names from strings.
 * It takes plain JSON only, and fails with some {@link RuntimeException} or {@link IOException} at
 * anything else, among it much that Gson's own reader would take (numbers in quotes). So whoever
 * uses it reads again with that one when it fails; that one also says what is wrong, and where.
 */
final class Utf8JsonReader extends JsonReader {
  /** In digits: no such number is too large for a long. */
  private static final int LONGEST_SAFE_NUMBER = 18;

  private final byte[] json;
  private final RecentStrings recent;
  private int at;

  /** Whether what comes next needs no comma before it. */
  private boolean separated = true;

  Utf8JsonReader(byte[] json, RecentStrings recent) {
    super(Reader.nullReader());
    this.json = json;
    this.recent = recent;
  }

  @Override
  public void beginArray() throws IOException {
    begin('[');
  }

  @Override
  public void endArray() throws IOException {
    end(']');
  }

  @Override
  public void beginObject() throws IOException {
    begin('{');
  }

  @Override
  public void endObject() throws IOException {
    end('}');
  }

  @Override
  public boolean hasNext() throws IOException {
    int next = afterSpace();
    if (next == ']' || next == '}') {
      return false;
    }
    if (!separated) {
      comma();
    }
    return true;
  }

  @Override
  public JsonToken peek() throws IOException {
    return switch (start()) {
      case '"' -> JsonToken.STRING;
      case '{' -> JsonToken.BEGIN_OBJECT;
      case '[' -> JsonToken.BEGIN_ARRAY;
      case '}' -> JsonToken.END_OBJECT;
      case ']' -> JsonToken.END_ARRAY;
      case 't', 'f' -> JsonToken.BOOLEAN;
      case 'n' -> JsonToken.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonToken.NUMBER;
      default -> throw malformed("a value");
    };
  }

  /**
   * @return which of these the next name is, negative if none
   */
  int nextName(FieldNames names) throws IOException {
    expect(start(), '"');
    byte[] all = json;
    int from = at;
    int i = from;
    int hash = 0;
    int next = all[i++];
    while (next != '"') {
      if (next == '\\' || next < 0) {
        String unusual = unusual();
        colon();
        return names.indexOf(unusual);
      }
      hash = 31 * hash + next;
      next = all[i++];
    }
    at = i;
    colon();
    return names.indexOf(all, from, i - 1, hash);
  }

  @Override
  public String nextName() throws IOException {
    expect(start(), '"');
    String name = string();
    colon();
    return name;
  }

  @Override
  public String nextString() throws IOException {
    String value = start() == '"' ? quoted() : number();
    separated = false;
    return value;
  }

  @Override
  public boolean nextBoolean() throws IOException {
    boolean value = start() == 't';
    literal(value ? "true" : "false");
    return value;
  }

  @Override
  public void nextNull() throws IOException {
    start();
    literal("null");
  }

  @Override
  public double nextDouble() throws IOException {
    start();
    double value = Double.parseDouble(number());
    separated = false;
    return value;
  }

  @Override
  public int nextInt() throws IOException {
    return Math.toIntExact(nextLong());
  }

  @Override
  public long nextLong() throws IOException {
    boolean negative = start() == '-';
    if (negative) {
      at++;
    }
    byte[] all = json;
    int first = at;
    int i = first;
    long value = 0;
    int next = all[i];
    while (next >= '0' && next <= '9') {
      value = 10 * value + (next - '0');
      next = all[++i];
    }
    int digits = i - first;
    if (digits > LONGEST_SAFE_NUMBER) {
      at = negative ? first - 1 : first;
      value = Long.parseLong(number());
    } else if (digits == 0 || (digits > 1 && all[first] == '0') || !JsonScan.endsValue(next)) {
      throw malformed("a whole number");
    } else {
      at = i;
      value = negative ? -value : value;
    }
    separated = false;
    return value;
  }

  @Override
  public void skipValue() throws IOException {
    int next = start();
    if (next == '"') {
      at = JsonScan.afterString(json, at + 1);
    } else if (next == '{' || next == '[') {
      at = JsonScan.afterNested(json, at);
    } else {
      while (!JsonScan.endsValue(json[at])) {
        at++;
      }
    }
    separated = false;
  }

  /** Whether nothing but space follows. */
  boolean isSpent() {
    int i = at;
    while (i < json.length && JsonScan.isSpace(json[i])) {
      i++;
    }
    return i == json.length;
  }

  @Override
  public void close() {}

  @Override
  public String getPath() {
    return "byte " + at;
  }

  @Override
  public String toString() {
    return "JSON at byte " + at;
  }

  private void begin(int bracket) throws IOException {
    expect(start(), bracket);
    separated = true;
  }

  private void end(int bracket) throws IOException {
    expect(afterSpace(), bracket);
    separated = false;
  }

  /** What the next value or name begins with. */
  private int start() throws IOException {
    int next = afterSpace();
    if (separated || next == ']' || next == '}') {
      return next;
    }
    comma();
    return json[at];
  }

  private void comma() throws IOException {
    expect(json[at], ',');
    int next = afterSpace();
    if (next == ']' || next == '}') {
      throw malformed("something after the comma");
    }
    separated = true;
  }

  private void colon() throws IOException {
    expect(afterSpace(), ':');
    separated = true;
  }

  private void expect(int found, int expected) throws IOException {
    if (found != expected) {
      throw malformed(Character.toString(expected));
    }
    at++;
  }

  private int afterSpace() {
    int next = json[at];
    return next > ' ' ? next : skipSpace();
  }

  private int skipSpace() {
    int next = json[at];
    while (JsonScan.isSpace(next)) {
      next = json[++at];
    }
    return next;
  }

  private void literal(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      expect(json[at], word.charAt(i));
    }
    separated = false;
    if (!JsonScan.endsValue(json[at])) {
      throw malformed(word);
    }
  }

  private String quoted() throws IOException {
    at++;
    return string();
  }

  /** From after the opening quote to after the closing one. */
  private String string() throws IOException {
    byte[] all = json;
    int from = at;
    int i = from;
    int hash = 0;
    int next = all[i++];
    while (next != '"') {
      if (next == '\\' || next < 0) {
        return unusual();
      }
      hash = 31 * hash + next;
      next = all[i++];
    }
    at = i;
    return recent.share(all, from, i - 1, hash);
  }

  /** A string that is not only ASCII, or has escapes. */
  private String unusual() throws IOException {
    int from = at;
    at = JsonScan.afterString(json, at);
    String raw = new String(json, from, at - 1 - from, StandardCharsets.UTF_8);
    return recent.share(JsonScan.unescaped(raw));
  }

  private String number() throws IOException {
    int from = at;
    int next = json[at];
    while ((next >= '0' && next <= '9')
        || next == '-'
        || next == '+'
        || next == '.'
        || next == 'e'
        || next == 'E') {
      next = json[++at];
    }
    if (at == from || !JsonScan.endsValue(next)) {
      throw malformed("a number");
    }
    return new String(json, from, at - from, StandardCharsets.US_ASCII);
  }

  private MalformedJsonException malformed(String expected) {
    return new MalformedJsonException("expected " + expected + " at byte " + at);
  }
}
