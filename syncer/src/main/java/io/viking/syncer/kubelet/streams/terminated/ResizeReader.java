package io.viking.syncer.kubelet.streams.terminated;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.netty.buffer.ByteBuf;
import io.viking.cloud.v1.TerminalSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Terminal sizes out of a resize stream: JSON objects {@code {"Width":80,"Height":24}} one after
 * another, cut anywhere. What is no such object is passed over.
 */
final class ResizeReader {
  private static final int LONGEST = 256;

  private final StringBuilder object = new StringBuilder();

  List<TerminalSize> read(ByteBuf data) {
    List<TerminalSize> sizes = new ArrayList<>();
    while (data.isReadable()) {
      char next = (char) data.readByte();
      if (next == '{') {
        object.setLength(0);
      }
      if (object.length() < LONGEST) {
        object.append(next);
      }
      if (next == '}') {
        add(sizes);
        object.setLength(0);
      }
    }
    return sizes;
  }

  private void add(List<TerminalSize> sizes) {
    try {
      JsonObject json = JsonParser.parseString(object.toString()).getAsJsonObject();
      // A struct without names of its own for JSON, at the sender's: they may be either.
      int width = number(json, "Width", "width");
      int height = number(json, "Height", "height");
      sizes.add(TerminalSize.newBuilder().setWidth(width).setHeight(height).build());
    } catch (JsonParseException | IllegalStateException | NumberFormatException other) {
      // A terminal of the wrong size is better than a broken stream.
    }
  }

  private static int number(JsonObject json, String name, String other) {
    var value = json.has(name) ? json.get(name) : json.get(other);
    if (value == null) {
      throw new JsonParseException(name + " is missing");
    }
    int number = value.getAsInt();
    if (number < 0 || number > 65_535) {
      throw new JsonParseException(name + " is " + number);
    }
    return number;
  }
}
