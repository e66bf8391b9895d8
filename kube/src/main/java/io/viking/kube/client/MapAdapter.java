package io.viking.kube.client;

import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an empty map as if it were not there. Gson's own adapter reads keys in a way that only its
 * own readers know.
 */
final class MapAdapter<V> extends TypeAdapter<@Nullable Map<String, V>> {
  private static final int USUAL_SIZE = 2;

  private final TypeAdapter<V> values;

  MapAdapter(TypeAdapter<V> values) {
    this.values = values;
  }

  @Override
  public @Nullable Map<String, V> read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    Map<String, V> map = LinkedHashMap.newLinkedHashMap(USUAL_SIZE);
    in.beginObject();
    while (in.hasNext()) {
      String key = KubeJson.shared(in, in.nextName());
      if (map.put(key, values.read(in)) != null) {
        throw new JsonSyntaxException("duplicate key: " + key);
      }
    }
    in.endObject();
    return map;
  }

  @Override
  public void write(JsonWriter out, @Nullable Map<String, V> map) throws IOException {
    if (map == null || map.isEmpty()) {
      out.nullValue();
      return;
    }
    out.beginObject();
    for (Map.Entry<String, V> entry : map.entrySet()) {
      out.name(String.valueOf(entry.getKey()));
      values.write(out, entry.getValue());
    }
    out.endObject();
  }
}
