package io.viking.kube.client;

import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times as the API server reads them: UTC, always six digits of a second. {@code MicroTime}
 * (leases, events) takes no other number of digits; {@code Time} drops them.
 */
final class TimeAdapter extends TypeAdapter<@Nullable OffsetDateTime> {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
  private static final String TEMPLATE = "0000-00-00T00:00:00.000000Z";
  private static final int LAST_YEAR = 9999;
  private static final int KNOWN = 1 << 10;

  private final RecentValues<OffsetDateTime> recent =
      new RecentValues<>(KNOWN, OffsetDateTime::parse);

  @Override
  public void write(JsonWriter out, @Nullable OffsetDateTime time) throws IOException {
    if (time == null) {
      out.nullValue();
    } else {
      out.value(text(time.withOffsetSameInstant(ZoneOffset.UTC)));
    }
  }

  /** By hand, as a formatter takes most of what it costs to write a status. */
  private static String text(OffsetDateTime utc) {
    if (utc.getYear() < 0 || utc.getYear() > LAST_YEAR) {
      return FORMAT.format(utc);
    }
    byte[] text = TEMPLATE.getBytes(StandardCharsets.ISO_8859_1);
    digits(text, 4, utc.getYear());
    digits(text, 7, utc.getMonthValue());
    digits(text, 10, utc.getDayOfMonth());
    digits(text, 13, utc.getHour());
    digits(text, 16, utc.getMinute());
    digits(text, 19, utc.getSecond());
    digits(text, 26, utc.getNano() / 1000);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int end, int value) {
    int rest = value;
    for (int i = end - 1; rest > 0; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  @Override
  public @Nullable OffsetDateTime read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    String text = in.nextString();
    try {
      return recent.of(text);
    } catch (DateTimeException e) {
      throw new JsonParseException("not a time at " + in.getPath() + ": " + text, e);
    }
  }
}
