package io.viking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine viking =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stats                         | viking: "viking" has no command "stats"; did you mean "status"? See "viking --help".
          frobnicate                    | viking: "viking" has no command "frobnicate". See "viking --help".
          logs --folow                  | viking: "viking logs" has no option "--folow"; did you mean "--follow"? See "viking logs --help".
          up --seeds=3                  | viking: "viking up" has no option "--seeds"; did you mean "--seed"? See "viking up --help".
          version now                   | viking: "viking version" takes no more arguments, and was given "now". See "viking version --help".
          up --seed x                   | viking: Invalid value for option '--seed': 'x' is not a long. See "viking up --help".
          down --timeout                | viking: Missing required parameter for option '--timeout' (SECONDS). See "viking down --help".
          completion                    | viking: Missing required parameter: 'SHELL'. See "viking completion --help".
          kubeconfig --path --merge     | viking: --path, --merge are mutually exclusive (specify only one). See "viking kubeconfig --help".
          cloud                         | viking: Missing command: one of instances, zones, types, account, lb, dns, gc, zone, stock, spot-price, reclaim. See "viking cloud --help".
          cloud zone                    | viking: Missing command: one of close, open. See "viking cloud zone --help".
          cloud stock z all             | viking: Missing required parameter: 'LIMIT'. See "viking cloud stock --help".
          cloud lb create x --layer 5   | viking: Invalid value for option '--layer': "5" is no layer: give 4 or 7. See "viking cloud lb create --help".
          cloud lb listen lb-1 22 quic  | viking: Invalid value for positional parameter at index 2 (PROTOCOL): "quic" is no protocol of a listener: give tcp, udp, http or https. See "viking cloud lb listen --help".
          cloud dns add z n MX v        | viking: Invalid value for positional parameter at index 2 (TYPE): "MX" is no type of a record: give A, AAAA, CNAME, SRV, PTR or TXT. See "viking cloud dns add --help".
          cloud stock z all none        | viking: Invalid value for positional parameter at index 2 (LIMIT): "none" is no stock: give a number of instances, 0 for none, or unlimited. See "viking cloud stock --help".
          cloud spot-price z all cheap  | viking: Invalid value for positional parameter at index 2 (PERCENT): "cheap" is no price: give percent of the on demand price, as 35 or 12.5. See "viking cloud spot-price --help".
          explain                       | viking: Missing command: one of pod. See "viking explain --help".
          explain pod                   | viking: Missing required parameter: 'NAME'. See "viking explain pod --help".
          up --api-port 0               | viking: --api-port=0 is no port: name one of 1 to 65535.
          up --http-port 70000          | viking: --http-port=70000 is no port: name one of 1 to 65535, or 0 for any free one.
          up --streaming-idle-timeout 0 | viking: --streaming-idle-timeout=0 is no time: name seconds, at least 1.
          scheduler --kubeconfig k      | viking: Missing required option: '--adapter=ADDRESS'. See "viking scheduler --help".
          adapter                       | viking: Missing command: one of sim. See "viking adapter --help".
          adapter sim --listen pipe:/x  | viking: --listen: The adapter address "pipe:/x" is none of inprocess:NAME, unix:/path, tcp:host:port.
          adapter sim --listen inprocess:x | viking: --listen=inprocess:x is within one process: use unix:/path or tcp:host:port.
          adapter sim --listen tcp:127.0.0.1:1 --tls-cert c | viking: mutual TLS takes three files: name all of --tls-cert, --tls-key and --tls-ca, or none.
          adapter sim --listen unix:/x/y --tls-cert c --tls-key k --tls-ca a | viking: TLS is for tcp: addresses, and unix:/x/y is guarded by its directory: leave --tls-cert, --tls-key and --tls-ca out.
          adapter sim --listen unix:/x/y --profile none.yaml | viking: simulated cloud profile "none.yaml" is neither one of instant, eci nor a file that can be read.
          syncer --kubeconfig k --adapter unix:/x --kubelet-cert c | viking: --kubelet-cert and --kubelet-key go together: name both, or neither.
          syncer --kubeconfig k --adapter unix:/x --kubelet-port 0 | viking: --kubelet-port=0 is no port: name one of 1 to 65535.
          syncer --kubeconfig k --adapter unix:/x --leader-elect --lease-duration 1 | viking: --lease-duration=1 must be from 2 to 300 seconds.
          scheduler --kubeconfig k --adapter unix:/x --leader-elect --lease-name A/b | viking: --lease-name=A/b: the lease's name "A/b" must be of lower case letters, digits, "-" and ".", such as "viking-syncer".
          scheduler --kubeconfig k --adapter unix:/x --lease-name mine | viking: --lease-name=mine is for one of several processes: add --leader-elect.
          syncer --kubeconfig k --adapter unix:/x --lease-duration 9 | viking: --lease-duration=9 is for one of several processes: add --leader-elect.
          up --placement-policy random  | viking: --placement-policy=random is unknown: use one of spread, cheapest. See "viking up --help".
          up --log-format xml           | viking: --log-format=xml is unknown: use one of text, json. See "viking up --help".
          status -o yaml                | viking: --output=yaml is unknown: use one of table, json. See "viking status --help".
          up --context other            | viking: --context=other is of a kubeconfig: name its file with --kubeconfig FILE.
          up --replicas 0               | viking: --replicas=0 must be from 1 to 9, so many processes of each part.
          syncer --kubeconfig k --adapter unix:/x --leader-elect --shards 65 | viking: --shards=65 must be from 1 to 64.
          syncer --kubeconfig k --adapter unix:/x --shards 4 | viking: --shards=4 is for one of several processes: add --leader-elect.
          up --shards 4                 | viking: --shards=4 is for several syncers: add --replicas.
          up --adapter-transport tcp    | viking: --adapter-transport=tcp is for parts in processes of their own: add --apart.
          up --hybrid --kubeconfig k    | viking: --hybrid is for a control plane of viking's own: the cluster of --kubeconfig has its scheduler, so leave the flag out.
          up --hybrid --control-plane k3s | viking: --hybrid needs --control-plane=native, which "k3s" is not.
          up --control-plane external   | viking: --control-plane=external needs the cluster: name it with --kubeconfig FILE.
          """)
  void wrongCommandLine_isAnsweredWithOneSentence(String line, String sentence) {
    assertThat(viking.execute(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isEqualToIgnoringNewLines(sentence);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownControlPlane_namesTheKnownOnes() {
    assertThat(viking.execute("up", "--control-plane", "minikube")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "viking: --control-plane=minikube is unknown: use one of auto, native, k3s, external.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "kubeconfig",
        "kubectl get pods",
        "cloud zones",
        "logs",
        "explain pod web-0"
      })
  void commandsThatNeedACluster_withoutOne_sayHowToStartIt(String line, @TempDir Path empty) {
    Path none = empty.resolve("none");
    String[] words = line.split(" ", 2);
    String command =
        List.of("cloud", "explain").contains(words[0])
            ? line + " --data-dir " + none
            : words[0] + " --data-dir " + none + (words.length > 1 ? " " + words[1] : "");

    assertThat(viking.execute(command.split(" "))).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("viking: ")
        .contains(none.toString())
        .endsWith("start it with \"viking up --data-dir " + none + "\".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get pods -A                             | get pods -A
          --context other get pods                | --context other get pods
          exec web-0 -- sh -c id                  | exec web-0 -- sh -c id
          logs -f web --data-dir /x --debug       | logs -f web --data-dir /x --debug
          get --help                              | get --help
          --data-dir /x get pods --data-dir /y    | get pods --data-dir /y
          """)
  void kubectl_getsItsArgumentsAsTheyAre(String line, String kubectl) {
    ParseResult parsed = viking.parseArgs(("kubectl " + line).split(" ")).subcommand();

    assertThat(String.join(" ", parsed.matchedPositional(0).<Iterable<String>>getValue()))
        .isEqualTo(kubectl);
  }

  @Test
  void kubectl_separatedByDashes_losesThemAndNothingElse() {
    ParseResult parsed =
        viking.parseArgs("kubectl", "--", "exec", "p", "--", "ls", "-la").subcommand();

    assertThat(parsed.matchedPositional(0).<Iterable<String>>getValue())
        .containsExactly("exec", "p", "--", "ls", "-la");
  }

  @Test
  void versionFlag_saysWhatTheCommandSays() {
    assertThat(viking.execute("version")).isZero();
    String said = out.toString();
    assertThat(viking.execute("--version")).isZero();

    assertThat(said).startsWith("viking ").contains("kubernetes", "contract", "java");
    assertThat(out.toString()).isEqualTo(said + said);
  }

  @Test
  void rootHelp_listsEveryCommandOnce() {
    assertThat(CommandGroups.commands())
        .containsExactlyInAnyOrderElementsOf(viking.getSubcommands().keySet());
    assertThat(viking.execute("--help")).isZero();
    assertThat(CommandGroups.commands())
        .allSatisfy(name -> assertThat(out.toString()).contains("\n  " + name + " "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "down",
        "status",
        "logs",
        "reset",
        "kubectl",
        "kubeconfig",
        "cloud",
        "cloud zone",
        "cloud zone close",
        "cloud stock",
        "cloud spot-price",
        "cloud reclaim",
        "cloud lb",
        "cloud lb create",
        "cloud lb listen",
        "cloud dns",
        "cloud dns edit",
        "explain",
        "explain pod",
        "scheduler",
        "syncer",
        "adapter",
        "adapter sim"
      })
  void help_teachesWithExamples(String command) {
    assertThat(viking.execute((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: viking " + command).contains("Examples:");
  }

  @Test
  void failure_withDebug_showsWhereItComesFrom(@TempDir Path empty) {
    viking.execute("status", "--data-dir", empty.toString(), "--debug");

    assertThat(err.toString()).contains("StatusCommand.java");
  }
}
