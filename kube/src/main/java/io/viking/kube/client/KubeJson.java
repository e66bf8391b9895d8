package io.viking.kube.client;

import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
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
  private static final int SHARED_STRINGS = 1 << 14;
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
    return GSON.fromJson(json, type);
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
        .registerTypeAdapter(Quantity.class, new QuantityAdapter())
        .registerTypeAdapter(String.class, new SharedStrings())
        .registerTypeAdapterFactory(new EmptyCollectionsLeftOut())
        .setExclusionStrategies(new ManagedFields())
        .create();
  }

  private static final class ManagedFields implements ExclusionStrategy {
    @Override
    public boolean shouldSkipField(FieldAttributes field) {
      return field.getDeclaringClass() == V1ObjectMeta.class
          && field.getName().equals("managedFields");
    }

    @Override
    public boolean shouldSkipClass(Class<?> type) {
      return false;
    }
  }

  private static final class SharedStrings extends TypeAdapter<@Nullable String> {
    private final RecentStrings recent = new RecentStrings(SHARED_STRINGS);

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
      return next == JsonToken.BOOLEAN
          ? Boolean.toString(in.nextBoolean())
          : recent.share(in.nextString());
    }
  }
}
