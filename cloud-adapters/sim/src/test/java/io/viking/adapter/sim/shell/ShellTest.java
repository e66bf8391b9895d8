package io.viking.adapter.sim.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.Room;
import io.viking.adapter.sim.files.Volumes;
import io.viking.adapter.sim.shell.command.Container;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Pipe;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.adapter.sim.shell.io.Streams;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-26T08:09:10Z"));

  private final Container container =
      new Container(
          "web-0",
          Map.of("NAME", "two words", "HOME", "/root"),
          "/",
          new Volumes(CLOCK, Room.of(0))
              .container("web-0", "10.0.0.1", Room.of(1 << 20), List.of(), Map.of()),
          CLOCK);

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      textBlock =
          """
          echo a b                          ^ a b
          echo -n a; echo b                 ^ ab
          echo "$NAME" '$NAME' \\$NAME      ^ two words $NAME $NAME
          echo x$NAME                       ^ xtwo words
          echo ${NONE:-else} [$NONE]        ^ else []
          A=1; echo $A; A=2 env | head -n 1 ^ 1~A=2
          false; echo $?                    ^ 1
          false && echo no || echo yes  ^ yes
          true && echo yes || echo no   ^ yes
          ! true; echo $?                   ^ 1
          echo a > /tmp/f; echo b >> /tmp/f; cat /tmp/f ^ a~b
          echo one > /tmp/f; cat < /tmp/f   ^ one
          cat /nowhere 2>&1                 ^ cat: /nowhere: No such file or directory
          cat /nowhere 2> /dev/null; echo $? ^ 1
          echo a b c | wc -w              ^ 3
          head -c 5 /dev/zero | wc -c     ^ 5
          cat /dev/zero | head -c 7 | wc -c ^ 7
          echo abcdef | tail -c +3        ^ cdef
          sh -c 'exit 7'; echo $?           ^ 7
          cd /etc; pwd; cat hostname        ^ /etc~web-0
          mkdir -p /a/b/c; ls /a; test -d /a/b/c && echo there ^ b~there
          echo x > /a; [ -f /a ] && echo file ^ file
          rm -r /etc; ls /etc               ^
          hostname; date                    ^ web-0~Thu Nov 26 08:09:10 UTC 2026
          date +%s                          ^ 1795680550
          echo a # no more                  ^ a
          /bin/echo a                       ^ a
          ls -l /etc                        ^ -rw-r--r-- 1 root root        6 Nov 26 08:09 hostname~-rw-r--r-- 1 root root       49 Nov 26 08:09 hosts
          """)
  void script_writes(String script, String expected) throws Exception {
    Played played = play("sh", "-c", script);

    assertThat(played.out())
        .as("stdout of %s (stderr: %s)", script, played.err())
        .isEqualTo(expected == null ? "" : expected.replace('~', '\n') + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      textBlock =
          """
          apt-get update         ^ 127 ^ apt-get: not found: this container is simulated and runs no programs; it has [
          sh -c 'ps aux'         ^ 127 ^ ps: not found: this container is simulated
          if true; then echo; fi ^ 2   ^ if is not simulated: this shell has
          echo `date`            ^ 2   ^ command substitution is not simulated
          echo $(date)           ^ 2   ^ command substitution is not simulated
          sleep 1 &              ^ 2   ^ running in the background (&) is not simulated
          echo 'a                ^ 2   ^ unterminated quoted string
          echo a &&              ^ 2   ^ syntax error: unexpected end of file
          ; echo                 ^ 2   ^ syntax error: unexpected ";"
          ls --color             ^ 1   ^ ls: option --color is not simulated: it has -l
          sleep soon             ^ 1   ^ sleep: invalid time interval 'soon'
          stty size              ^ 1   ^ stty: standard input: Not a tty
          tar cf x.tar /etc      ^ 1   ^ tar: the archive must be - (the standard streams)
          echo x > /etc          ^ 1   ^ sh: /etc: Is a directory
          echo x > /no/where     ^ 1   ^ sh: /no: No such file or directory
          rm /tmp/none           ^ 1   ^ rm: /tmp/none: No such file or directory
          exit x                 ^ 1   ^ exit: Illegal number: x
          head -n 1 /dev/zero    ^ 1   ^ head: a line is longer than 1048576 bytes
          sh < /dev/zero         ^ 1   ^ sh: a line is longer than 1048576 bytes
          echo sh /tmp/me > /tmp/me; sh /tmp/me ^ 2 ^ sh: more than 32 shells run each other
          """)
  void whatItDoesNotHave_isSaidPlainly(String script, int exit, String message) throws Exception {
    Played played = play("sh", "-c", script);

    assertThat(played.err()).contains(message);
    assertThat(played.exit()).isEqualTo(exit);
  }

  @Test
  void pathThatNobodyCouldGoDown_isRefused() throws Exception {
    String path = "/a".repeat(100_000);

    Played played = play("mkdir", "-p", path);

    assertThat(played.exit()).isEqualTo(1);
    assertThat(played.err())
        .isEqualTo("mkdir: " + path.substring(0, 64) + "…: File name too long\n");
    assertThat(play("sh", "-c", "echo x > " + path).err()).contains("File name too long");
  }

  @Test
  void filesThatOutgrowTheirRoom_areRefused() throws Exception {
    Played played = play("sh", "-c", "head -c 2000000 /dev/zero > /tmp/big");

    assertThat(played.exit()).isEqualTo(1);
    assertThat(played.err()).isEqualTo("head: /tmp/big: No space left on device\n");
    assertThat(play("sh", "-c", "rm /tmp/big; head -c 1000000 /dev/zero > /tmp/big").exit())
        .isZero();
  }

  @Test
  void tar_goesOutAndIn_asKubectlCopies() throws Exception {
    play("sh", "-c", "mkdir -p /data/sub; echo one > /data/a; echo two > /data/sub/b");
    Played archive = play("tar", "cf", "-", "/data");
    assertThat(archive.exit()).isZero();
    play("sh", "-c", "rm -r /data; mkdir /copy");

    Played unpacked = play(archive.bytes(), "tar", "-xmf", "-", "-C", "/copy");

    assertThat(unpacked.err()).isEmpty();
    assertThat(unpacked.exit()).isZero();
    assertThat(play("sh", "-c", "cd /copy; cat data/a data/sub/b").out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void tar_resumedFromAByte_isTheRestOfTheSame() throws Exception {
    play("sh", "-c", "echo one > /tmp/a");
    ByteString whole = play("tar", "cf", "-", "/tmp/a").bytes();

    ByteString rest = play("sh", "-c", "tar cf - '/tmp/a' | tail -c+513").bytes();

    assertThat(rest).isEqualTo(whole.substring(512));
  }

  @Test
  void tarOfWhatIsNotThere_saysSo() throws Exception {
    Played played = play("tar", "cf", "-", "/nowhere");

    assertThat(played.exit()).isEqualTo(2);
    assertThat(played.err()).startsWith("tar: /nowhere: Cannot stat: No such file or directory");
  }

  @Test
  void shellWithoutWords_readsItsInput_andSharesIt() throws Exception {
    Played played =
        play(ByteString.copyFromUtf8("echo a\nhead -n 1\nnot a command\nexit 5\n"), "sh");

    assertThat(played.out()).isEqualTo("a\nnot a command\n");
    assertThat(played.exit()).isEqualTo(5);
  }

  private record Played(ByteString bytes, String err, int exit) {
    String out() {
      return bytes.toStringUtf8();
    }
  }

  private Played play(String... command) throws InterruptedException {
    return play(ByteString.EMPTY, command);
  }

  private Played play(ByteString stdin, String... command) throws InterruptedException {
    ByteString.Output out = ByteString.newOutput();
    ByteString.Output err = ByteString.newOutput();
    Input in = new Input(onceOf(stdin));
    Shell shell =
        new Shell(
            container,
            new Streams(in, bytes -> bytes.writeTo(out), bytes -> bytes.writeTo(err)),
            Optional.empty(),
            new Signals());
    int exit = shell.run(List.of(command));
    return new Played(out.toByteString(), err.toByteString().toStringUtf8(), exit);
  }

  private static Pipe onceOf(ByteString bytes) throws InterruptedException {
    Pipe pipe = new Pipe();
    try {
      pipe.write(bytes);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    pipe.end();
    return pipe;
  }
}
