package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectDecoderTest {
  private static final Gson PLAIN = PlainGson.create();

  private final ObjectDecoder<V1Pod> decoder = new ObjectDecoder<>(V1Pod.class);

  @Test
  void frame_anyPod_isThatOfPlainGson() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      String object = PLAIN.toJson(withManagedFields(pod(seed), seed));
      assertSame("{\"type\":\"ADDED\",\"object\":" + object + "}");
      assertSame("{\"type\":\"MODIFIED\",\"object\":" + spaced(object) + "}\r");
    }
  }

  /** Whatever is still JSON must be read alike, whether by one road or the other. */
  @Test
  void frame_garbledLine_isThatOfPlainGson() throws Exception {
    int alike = 0;
    var random = new Random(7);
    String alphabet = "{}[]\",:0129-.eE\\utrfalsn x\n";
    for (int seed = 0; seed < 300; seed++) {
      String line =
          "{\"type\":\"ADDED\",\"object\":"
              + PLAIN.toJson(withManagedFields(smallPod(seed), seed))
              + "}";
      for (int i = 0; i < 40; i++) {
        int at = random.nextInt(line.length() - 1);
        char by = alphabet.charAt(random.nextInt(alphabet.length()));
        String halves = line.substring(0, at) + by + line.substring(at + random.nextInt(2));
        String garbled = new String(bytes(halves), StandardCharsets.UTF_8);
        if (strictly(garbled).isPresent()) {
          assertSame(garbled);
          alike++;
        } else {
          assertEnds(garbled);
        }
      }
    }
    assertThat(alike).as("garbled lines that are JSON all the same").isGreaterThan(1000);
  }

  @Test
  void frame_managedFieldsInAnAnnotation_areItsText() throws Exception {
    V1Pod pod =
        upserted(
            """
            {"type":"ADDED","object":{"metadata":{"annotations":{
            "last":"{\\"managedFields\\":[{\\"a\\":\\"]\\"}]}","managedFields":"[{"},
            "managedFields":[{"manager":"]","fieldsV1":{"k:{\\"name\\":\\"}]\\"}":{}}}],"name":"a"}}}\
            """);
    assertThat(pod.getMetadata().getAnnotations())
        .containsEntry("last", "{\"managedFields\":[{\"a\":\"]\"}]}")
        .containsEntry("managedFields", "[{");
    assertThat(pod.getMetadata().getName()).isEqualTo("a");
    assertThat(pod.getMetadata().getManagedFields()).isNullOrEmpty();
  }

  @Test
  void frame_whatOnlyGsonTakes_isTaken() throws Exception {
    V1Pod pod =
        upserted(
            "{\"type\":\"ADDED\",\"object\":{\"spec\":{\"priority\":\"7\",\"nodeName\":12,"
                + "\"terminationGracePeriodSeconds\":3.0,\"hostname\":true}}}");
    assertThat(pod.getSpec().getPriority()).isEqualTo(7);
    assertThat(pod.getSpec().getNodeName()).isEqualTo("12");
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(3);
    assertThat(pod.getSpec().getHostname()).isEqualTo("true");
  }

  @Test
  void frame_fieldOfTheWrongType_isUnreadableAndSaysWhere() throws Exception {
    WatchFrame<V1Pod> frame =
        decoder.frame(
            bytes(
                "{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"name\":\"a\",\"uid\":\"u\"},"
                    + "\"spec\":{\"containers\":7}}}"));
    assertThat(frame)
        .isInstanceOfSatisfying(
            WatchFrame.Unreadable.class,
            unreadable ->
                assertThat(unreadable.toString()).contains("$.object.spec.containers", "u"));
  }

  @Test
  void frame_brokenOff_isNone() {
    assertThatThrownBy(() -> decoder.frame(bytes("{\"type\":\"ADDED\",\"object\":{\"meta")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a watch event");
    assertThatThrownBy(() -> decoder.frame(bytes(""))).isInstanceOf(IOException.class);
  }

  @Test
  void page_oneObjectUnreadable_othersAreRead() throws Exception {
    ObjectPage<V1Pod> page =
        decoder.page(
            bytes(
                "{\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"c\"},\"items\":["
                    + "{\"metadata\":{\"name\":\"a\"}},{\"metadata\":{\"name\":\"b\"},\"spec\":[]},"
                    + "{\"metadata\":{\"name\":\"ü\\u00fc\"}}]}"));
    assertThat(page.objects())
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("a", "üü");
    assertThat(page.unreadable()).hasSize(1);
    assertThat(page.unreadable().getFirst().toString()).contains("b");
  }

  @Test
  void page_withoutItems_isEmpty() throws Exception {
    assertThat(decoder.page(bytes("{\"items\":null,\"metadata\":{}}")).objects()).isEmpty();
    assertThat(decoder.page(bytes("{\"items\":null,\"metadata\":{'a':1}}")).objects()).isEmpty();
  }

  private void assertSame(String line) throws IOException {
    String expected = strictly(line).orElseThrow();
    String object =
        switch (decoder.frame(bytes(line))) {
          case WatchFrame.Upserted<V1Pod>(V1Pod pod) -> PLAIN.toJson(pod);
          case WatchFrame<V1Pod> other -> other.getClass().getSimpleName();
        };
    assertThat(object).as(line).isEqualTo(expected);
  }

  private void assertEnds(String line) {
    try {
      assertThat(decoder.frame(bytes(line))).isNotNull();
    } catch (IOException noWatchEvent) {
      // As it may.
    }
  }

  /** The object, as plain Gson reads it from this line, if that is JSON to the letter. */
  private static Optional<String> strictly(String line) {
    try {
      var reader = new JsonReader(new StringReader(line.strip()));
      reader.setStrictness(Strictness.STRICT);
      reader.beginObject();
      boolean upsert =
          reader.nextName().equals("type")
              && List.of("ADDED", "MODIFIED").contains(reader.nextString())
              && reader.nextName().equals("object");
      if (!upsert) {
        return Optional.empty();
      }
      V1Pod pod = PLAIN.fromJson(reader, V1Pod.class);
      reader.endObject();
      return Optional.of(PLAIN.toJson(pod));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private V1Pod upserted(String line) throws IOException {
    return ((WatchFrame.Upserted<V1Pod>) decoder.frame(bytes(line))).object();
  }

  private static V1Pod pod(int seed) throws ReflectiveOperationException {
    return new TestingModels(seed, 4).filled(V1Pod.class, false);
  }

  private static V1Pod smallPod(int seed) throws ReflectiveOperationException {
    return new TestingModels(seed, 1).filled(V1Pod.class, false);
  }

  private static JsonObject withManagedFields(V1Pod pod, int seed) {
    JsonObject json = PLAIN.toJsonTree(pod).getAsJsonObject();
    var random = new Random(seed);
    String tricky = "\"]}[{\\".substring(random.nextInt(5));
    JsonObject entry = new JsonObject();
    entry.addProperty("manager", tricky);
    entry.add(tricky, JsonParser.parseString("[[],{},[1,-2.5e3,null,true,\"]\"]]"));
    var entries = new com.google.gson.JsonArray();
    for (int i = random.nextInt(3); i > 0; i--) {
      entries.add(entry);
    }
    var metadata = new JsonObject();
    boolean first = random.nextBoolean();
    if (first) {
      metadata.add("managedFields", entries);
    }
    if (json.get("metadata") instanceof JsonObject known) {
      known.asMap().forEach(metadata::add);
    }
    metadata.add("managedFields", entries);
    json.add("metadata", metadata);
    json.add("unknown", entries);
    return json;
  }

  private static String spaced(String json) {
    return new GsonBuilder().setPrettyPrinting().create().toJson(JsonParser.parseString(json));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
