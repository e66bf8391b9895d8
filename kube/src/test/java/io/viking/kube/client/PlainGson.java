package io.viking.kube.client;

import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;

/** What {@link KubeJson} must be equal to: Gson's own reflection, readers, lists and maps. */
final class PlainGson {
  private PlainGson() {}

  static Gson create() {
    return new GsonBuilder()
        .disableHtmlEscaping()
        .registerTypeAdapter(OffsetDateTime.class, new TimeAdapter())
        .registerTypeAdapter(byte[].class, new JSON.ByteArrayAdapter())
        .registerTypeAdapterFactory(new EmptiesAsNull())
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

  private static final class EmptiesAsNull implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      Class<? super T> raw = type.getRawType();
      if (!Collection.class.isAssignableFrom(raw) && !Map.class.isAssignableFrom(raw)) {
        return null;
      }
      TypeAdapter<T> full = gson.getDelegateAdapter(this, type);
      return new TypeAdapter<>() {
        @Override
        public void write(JsonWriter out, T value) throws IOException {
          boolean empty =
              value instanceof Collection<?> items && items.isEmpty()
                  || value instanceof Map<?, ?> entries && entries.isEmpty();
          full.write(out, empty ? null : value);
        }

        @Override
        public T read(JsonReader in) throws IOException {
          return full.read(in);
        }
      };
    }
  }
}
