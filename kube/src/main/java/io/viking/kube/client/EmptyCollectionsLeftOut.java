package io.viking.kube.client;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.custom.Quantity;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a field that holds an empty list or map as if it were not there. The models make such
 * fields themselves, and the API server takes {@code overhead: {}} for a request to set it (403).
 *
 * <p>The lists and maps of models get adapters of our own, all others the ones of Gson.
 */
final class EmptyCollectionsLeftOut implements TypeAdapterFactory {
  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (!Collection.class.isAssignableFrom(raw) && !Map.class.isAssignableFrom(raw)) {
      return null;
    }
    Optional<TypeAdapter<T>> exact = exact(gson, type);
    if (exact.isPresent()) {
      return exact.get();
    }
    TypeAdapter<T> full = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        if (isEmpty(value)) {
          out.nullValue();
        } else {
          full.write(out, value);
        }
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return full.read(in);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T> Optional<TypeAdapter<T>> exact(Gson gson, TypeToken<T> type) {
    Type[] arguments = arguments(type);
    if (arguments.length == 0 || !isExact(type)) {
      return Optional.empty();
    }
    TypeAdapter<?> elements = gson.getAdapter(TypeToken.get(arguments[arguments.length - 1]));
    return Optional.of(
        (TypeAdapter<T>)
            (arguments.length == 1 ? new ListAdapter<>(elements) : new MapAdapter<>(elements)));
  }

  /** Whether its adapter writes all that can be in it, whatever its class. */
  private static boolean isExact(TypeToken<?> type) {
    Class<?> raw = type.getRawType();
    Type[] arguments = arguments(type);
    if (raw == List.class && arguments.length == 1) {
      return isExact(TypeToken.get(arguments[0]));
    }
    if (raw == Map.class && arguments.length == 2 && arguments[0] == String.class) {
      return isExact(TypeToken.get(arguments[1]));
    }
    return arguments.length == 0
        && (Modifier.isFinal(raw.getModifiers())
            || raw == Object.class
            || raw == Quantity.class
            || ModelFields.isModel(raw));
  }

  private static Type[] arguments(TypeToken<?> type) {
    return type.getType() instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()
        : new Type[0];
  }

  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Collection<?> items -> items.isEmpty();
      case Map<?, ?> entries -> entries.isEmpty();
      default -> false;
    };
  }
}
