package io.viking.kube.client;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.client.ObjectPage.UnreadableObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads pages and watch lines of one kind. An object that cannot be decoded is told as such and
 * takes nothing else with it.
 */
final class ObjectDecoder<T> {
  private final Gson gson = KubeJson.gson();
  private final Class<T> type;

  ObjectDecoder(Class<T> type) {
    this.type = type;
  }

  /**
   * @throws IOException the page as a whole is not readable
   */
  ObjectPage<T> page(byte[] json) throws IOException {
    try {
      return page(KubeJson.reader(json), this::streamed);
    } catch (IOException | RuntimeException oneIsUnreadable) {
      // A failed read leaves the reader somewhere within the object. Parsing each object to a tree
      // first costs twice as much, so it is done only for a page that holds a bad one.
      try {
        return page(new JsonReader(utf8(json)), this::parsedFirst);
      } catch (RuntimeException e) {
        throw new IOException("not a list of " + type.getSimpleName() + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * @throws IOException the line is no watch event
   */
  WatchFrame<T> frame(byte[] line) throws IOException {
    try {
      return streamedFrame(KubeJson.reader(line));
    } catch (IOException | RuntimeException notSoPlain) {
      return readAgain(new String(line, StandardCharsets.UTF_8));
    }
  }

  private WatchFrame<T> readAgain(String line) throws IOException {
    try {
      return streamedFrame(new JsonReader(new StringReader(line)));
    } catch (RuntimeException unreadable) {
      return unreadableFrame(line, unreadable);
    }
  }

  private interface Items<T> {
    void read(JsonReader in, List<T> objects, List<UnreadableObject> unreadable) throws IOException;
  }

  private ObjectPage<T> page(JsonReader json, Items<T> items) throws IOException {
    var objects = new ArrayList<T>();
    var unreadable = new ArrayList<UnreadableObject>();
    Optional<V1ListMeta> metadata = Optional.empty();
    try (var in = json) {
      in.beginObject();
      while (in.hasNext()) {
        switch (in.nextName()) {
          case "metadata" -> metadata = Optional.ofNullable(gson.fromJson(in, V1ListMeta.class));
          case "items" -> {
            if (in.peek() == JsonToken.NULL) {
              in.nextNull();
            } else {
              items.read(in, objects, unreadable);
            }
          }
          default -> in.skipValue();
        }
      }
      in.endObject();
    }
    return new ObjectPage<>(
        objects,
        unreadable,
        ObjectRef.orEmpty(metadata.map(V1ListMeta::getResourceVersion).orElse("")),
        ObjectRef.orEmpty(metadata.map(V1ListMeta::getContinue).orElse("")));
  }

  private void streamed(JsonReader in, List<T> objects, List<UnreadableObject> unreadable)
      throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      T object = gson.fromJson(in, type);
      objects.add(object);
    }
    in.endArray();
  }

  private void parsedFirst(JsonReader in, List<T> objects, List<UnreadableObject> unreadable)
      throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      JsonElement tree = JsonParser.parseReader(in);
      try {
        objects.add(gson.fromJson(tree, type));
      } catch (RuntimeException e) {
        unreadable.add(new UnreadableObject(refOf(tree), cause(e)));
      }
    }
    in.endArray();
  }

  private WatchFrame<T> streamedFrame(JsonReader line) throws IOException {
    try (var in = line) {
      in.beginObject();
      if (!in.nextName().equals("type")) {
        throw new IllegalArgumentException("a watch event begins with its type");
      }
      String kind = in.nextString();
      if (!in.nextName().equals("object")) {
        throw new IllegalArgumentException("a watch event's type is followed by its object");
      }
      return switch (kind) {
        case "ADDED", "MODIFIED" -> new WatchFrame.Upserted<>(read(in));
        case "DELETED" -> new WatchFrame.Removed<>(read(in));
        case "BOOKMARK" ->
            new WatchFrame.Bookmark<>(
                ObjectRef.of(gson.<Bare>fromJson(in, Bare.class).metadata()).resourceVersion());
        case "ERROR" ->
            new WatchFrame.Refused<>(
                ApiErrors.of(gson.<ApiErrors.Answer>fromJson(in, ApiErrors.Answer.class)));
        default -> throw new IllegalArgumentException("unknown type of watch event: " + kind);
      };
    }
  }

  private T read(JsonReader in) {
    return gson.fromJson(in, type);
  }

  private WatchFrame<T> unreadableFrame(String line, RuntimeException why) throws IOException {
    try {
      JsonObject event = JsonParser.parseString(line).getAsJsonObject();
      return new WatchFrame.Unreadable<>(
          new UnreadableObject(refOf(event.get("object")), cause(why)),
          event.get("type").getAsString().equals("DELETED"));
    } catch (RuntimeException e) {
      e.addSuppressed(why);
      throw new IOException(
          "not a watch event: " + line.substring(0, Math.min(200, line.length())), e);
    }
  }

  private ObjectRef refOf(JsonElement object) {
    return ObjectRef.of(gson.fromJson(object, Bare.class).metadata());
  }

  private static String cause(RuntimeException e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
  }

  private static Reader utf8(byte[] json) {
    return new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
  }

  /** Any object, for what all have. */
  private record Bare(@org.jspecify.annotations.Nullable V1ObjectMeta metadata) {}
}
