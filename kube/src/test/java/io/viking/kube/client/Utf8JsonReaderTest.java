package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8JsonReaderTest {
  private final RecentStrings recent = new RecentStrings(1 << 10);

  @Test
  void strings_asciiOrNot_escapedOrNot() throws IOException {
    Utf8JsonReader in =
        reader("[\"a\", \"\", \"ü€\uD83D\uDE00\", \"\\u00fc\\\\\\\"\\/\\b\\f\\n\\r\\t\"]");
    in.beginArray();
    assertThat(in.nextString()).isEqualTo("a");
    assertThat(in.nextString()).isEmpty();
    assertThat(in.nextString()).isEqualTo("ü€\uD83D\uDE00");
    assertThat(in.nextString()).isEqualTo("ü\\\"/\b\f\n\r\t");
    assertThat(in.hasNext()).isFalse();
    in.endArray();
    assertThat(in.isSpent()).isTrue();
  }

  @Test
  void strings_seenBefore_areTheSameObjects() throws IOException {
    Utf8JsonReader in = reader("[\"team-a\",\"team-a\",\"\\u0074eam-a\"]");
    in.beginArray();
    String first = in.nextString();
    assertThat(in.nextString()).isSameAs(first);
    assertThat(in.nextString()).isSameAs(first);
  }

  @Test
  void strings_ofEqualHash_areNotMixedUp() throws IOException {
    assertThat("Aa").hasSameHashCodeAs("BB");
    Utf8JsonReader in = reader("[\"Aa\",\"BB\",\"Aa\"]");
    in.beginArray();
    assertThat(List.of(in.nextString(), in.nextString(), in.nextString()))
        .containsExactly("Aa", "BB", "Aa");
  }

  @Test
  void names_ofEqualHash_areNotMixedUp() throws IOException {
    var names = new FieldNames(List.of("BB", "x", "Aa"));
    Utf8JsonReader in = reader("{\"Aa\":1,\"BB\":2,\"C#\":3,\"\\u0078\":4,\"ü\":5}");
    in.beginObject();
    for (int expected : new int[] {2, 0, -1, 1, -1}) {
      assertThat(in.nextName(names)).isEqualTo(expected);
      in.skipValue();
    }
    in.endObject();
  }

  @Test
  void numbers_wholeOrNot() throws IOException {
    Utf8JsonReader in = reader("[0,-12,9223372036854775807,-9223372036854775808,-2.5e1,7 , 12]");
    in.beginArray();
    assertThat(in.nextInt()).isZero();
    assertThat(in.nextInt()).isEqualTo(-12);
    assertThat(in.nextLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(in.nextLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(in.nextDouble()).isEqualTo(-25);
    assertThat(in.nextString()).isEqualTo("7");
    assertThat(in.peek()).isEqualTo(JsonToken.NUMBER);
    assertThat(in.nextInt()).isEqualTo(12);
    in.endArray();
  }

  @Test
  void skippedValues_endWhereTheirBracketsDo() throws IOException {
    Utf8JsonReader in =
        reader("[[{\"a]}\\\"\":\"]\\\\\"},[]],\"]\",-1.5e3,null,{}, true ,\"end\"]");
    in.beginArray();
    for (int i = 0; i < 6; i++) {
      in.skipValue();
    }
    assertThat(in.nextString()).isEqualTo("end");
    in.endArray();
  }

  @Test
  void anythingElse_fails() {
    for (String json :
        List.of(
            "[1,]",
            "[,1]",
            "[1 2]",
            "['a']",
            "[01]",
            "[1.5]",
            "[99999999999]",
            "[\"1\"]",
            "[nul]",
            "[",
            "[1",
            "{1}",
            "[1}",
            "")) {
      assertThatThrownBy(() -> ints(reader(json))).as(json).isInstanceOf(Exception.class);
    }
  }

  private static void ints(Utf8JsonReader in) throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      in.nextInt();
    }
    in.endArray();
  }

  private Utf8JsonReader reader(String json) {
    return new Utf8JsonReader(json.getBytes(StandardCharsets.UTF_8), recent);
  }
}
