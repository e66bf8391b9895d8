package io.viking.kube.client;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.custom.Quantity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Quantities as their own adapter reads them, each of those in use parsed once. */
final class QuantityAdapter extends TypeAdapter<@Nullable Quantity> {
  private static final int KNOWN = 1 << 8;

  private final RecentValues<Quantity> recent = new RecentValues<>(KNOWN, Quantity::fromString);

  @Override
  public void write(JsonWriter out, @Nullable Quantity quantity) throws IOException {
    out.value(quantity == null ? null : quantity.toSuffixedString());
  }

  @Override
  public @Nullable Quantity read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    return recent.of(in.nextString());
  }
}
