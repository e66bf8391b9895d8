package io.viking.kube.client;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an empty list as if it were not there. */
final class ListAdapter<E> extends TypeAdapter<@Nullable List<E>> {
  /** Most lists of a pod are of one or two; ten places is what they would have otherwise. */
  private static final int USUAL_SIZE = 2;

  private final TypeAdapter<E> elements;

  ListAdapter(TypeAdapter<E> elements) {
    this.elements = elements;
  }

  @Override
  public @Nullable List<E> read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    var list = new ArrayList<E>(USUAL_SIZE);
    in.beginArray();
    while (in.hasNext()) {
      list.add(elements.read(in));
    }
    in.endArray();
    return list;
  }

  @Override
  public void write(JsonWriter out, @Nullable List<E> list) throws IOException {
    if (list == null || list.isEmpty()) {
      out.nullValue();
      return;
    }
    out.beginArray();
    for (E element : list) {
      elements.write(out, element);
    }
    out.endArray();
  }
}
