package io.viking.cli.alone;

import io.viking.cli.StreamingOptions;
import io.viking.cli.parts.LoopsConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "syncer",
    header = "Run the syncer alone: it keeps pods and instances in line.",
    description = {
      "Keeps one Node per zone of the adapter's cloud, one instance per pod that is bound to them, and"
          + " serves the kubelet API of those nodes. Waits for the API server and the adapter,"
          + " whichever is not there yet, and outlives the absence of either. One per"
          + " cluster, or several with --leader-elect.",
      "\"viking up\" runs it already: in its own process, or with --apart as this one."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking syncer --kubeconfig loops.kubeconfig --adapter unix:/run/viking/cloud.sock",
      "  viking syncer --kubeconfig loops.kubeconfig --adapter tcp:cloud.example:7443 \\",
      "    --tls-cert me.crt --tls-key me.key --tls-ca ca.crt \\",
      "    --kubelet-address 10.0.0.7 --kubelet-cert kubelet.crt --kubelet-key kubelet.key \\",
      "    --client-ca cluster-ca.crt"
    })
public final class SyncerCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private PeerFlags peers;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ProcessFlags process;

  @ArgGroup(validate = false, heading = "%nThe kubelet API, which serves logs:%n")
  private KubeletFlags kubelet = new KubeletFlags();

  @ArgGroup(validate = false, heading = "%nExec, attach and port-forward:%n")
  private StreamingOptions streaming = new StreamingOptions();

  @ArgGroup(validate = false, heading = "%nSeveral of them:%n")
  private ElectionFlags election = new ElectionFlags();

  @ArgGroup(validate = false)
  private ShardFlag shards = new ShardFlag();

  @Override
  public Integer call() throws IOException {
    var config =
        new LoopsConfig(
            "viking-syncer",
            peers.kubeconfig(),
            LoopsConfig.FOREVER,
            Optional.empty(),
            Optional.of(kubelet.settings(streaming.idle())),
            election.ofDivided("viking-syncer", shards));
    return PartProcess.run("syncer", new LoopsPart(config, peers), process);
  }
}
