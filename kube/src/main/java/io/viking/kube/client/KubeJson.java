package io.viking.kube.client;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How Kubernetes objects are written and read here.
 *
 * <p>The generated models bring validators that reject every field they do not know and check each
 * subtree again at every level. A plain Gson gives the same objects four times faster and goes on
 * working when the API server is newer. Managed fields are skipped both ways; empty lists and maps
 * are not written.
 */
public final class KubeJson {
  private static final RecentStrings RECENT = new RecentStrings(1 << 14);
  private static final Gson GSON = build();

  private KubeJson() {}

  public static Gson gson() {
    return GSON;
  }

  public static String write(Object object) {
    return GSON.toJson(object);
  }

  /**
   * @throws com.google.gson.JsonParseException the text is not such an object
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      Utf8JsonReader in = reader(json.getBytes(StandardCharsets.UTF_8));
      T object = GSON.fromJson(in, type);
      if (in.isSpent()) {
        return object;
      }
    } catch (RuntimeException onlyGsonKnows) {
      // Falls through: what is not so plain is for Gson's own reader, also when it is wrong.
    }
    return GSON.fromJson(json, type);
  }

  /** A reader for the fast road, which may fail where Gson's own would not. */
  static Utf8JsonReader reader(byte[] json) {
    return new Utf8JsonReader(json, RECENT);
  }

  /**
   * @param text as read from there
   */
  static String shared(JsonReader in, String text) {
    return in instanceof Utf8JsonReader ? text : RECENT.share(text);
  }

  /** Makes the client library's own calls use this as well, in the whole process. */
  static void install() {
    JSON.setGson(GSON);
  }

  private static Gson build() {
    return new GsonBuilder()
        .disableHtmlEscaping()
        .registerTypeAdapter(OffsetDateTime.class, new TimeAdapter())
        .registerTypeAdapter(byte[].class, new JSON.ByteArrayAdapter())
        .registerTypeAdapter(String.class, new SharedStrings())
        .registerTypeAdapter(Quantity.class, new QuantityAdapter())
        .registerTypeAdapterFactory(new EmptyCollectionsLeftOut())
        .registerTypeAdapterFactory(new ModelAdapters())
        .create();
  }

  private static final class SharedStrings extends TypeAdapter<@Nullable String> {
    @Override
    public void write(JsonWriter out, @Nullable String value) throws IOException {
      out.value(value);
    }

    @Override
    public @Nullable String read(JsonReader in) throws IOException {
      JsonToken next = in.peek();
      if (next == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      if (next == JsonToken.BOOLEAN) {
        return Boolean.toString(in.nextBoolean());
      }
      return shared(in, in.nextString());
    }
  }
}
