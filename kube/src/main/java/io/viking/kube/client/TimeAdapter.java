package io.viking.kube.client;

import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
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
  private static final int KNOWN = 1 << 10;

  private final RecentValues<OffsetDateTime> recent =
      new RecentValues<>(KNOWN, OffsetDateTime::parse);

  @Override
  public void write(JsonWriter out, @Nullable OffsetDateTime time) throws IOException {
    if (time == null) {
      out.nullValue();
    } else {
      out.value(FORMAT.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
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
