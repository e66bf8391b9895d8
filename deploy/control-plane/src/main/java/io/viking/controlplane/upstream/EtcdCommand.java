package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.ETCD;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What etcd is told: one member, on loopback, that talks only to holders of its CA's certificates.
 */
final class EtcdCommand {
  private static final String MEMBER = "viking";

  /**
   * 8 GiB, the most that etcd supports; at its default of 2 GiB a busy cluster becomes read-only.
   */
  private static final long QUOTA_BYTES = 8L << 30;

  private EtcdCommand() {}

  static List<String> of(Layout layout) {
    Path authority = layout.pki().authority(ETCD);
    Path certificate = layout.pki().certificate(ClusterCertificates.ETCD_SERVER);
    Path key = layout.pki().key(ClusterCertificates.ETCD_SERVER);
    List<String> command =
        new ArrayList<>(
            List.of(
                layout.binaries().binary(Binaries.ETCD).toString(),
                "--name=" + MEMBER,
                "--data-dir=" + layout.directory().etcd(),
                "--listen-client-urls=" + layout.etcd(),
                "--advertise-client-urls=" + layout.etcd(),
                "--listen-peer-urls=" + layout.etcdPeer(),
                "--initial-advertise-peer-urls=" + layout.etcdPeer(),
                "--initial-cluster=" + MEMBER + "=" + layout.etcdPeer(),
                "--client-cert-auth=true",
                "--trusted-ca-file=" + authority,
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--peer-client-cert-auth=true",
                "--peer-trusted-ca-file=" + authority,
                "--peer-cert-file=" + certificate,
                "--peer-key-file=" + key,
                "--quota-backend-bytes=" + QUOTA_BYTES,
                // One member has nobody to hear from, and waits for an election all the same: up to
                // the timeout at each start, a second by default. Requests time out after 5 s and
                // twice the timeout, which must be five times the interval at least.
                "--heartbeat-interval=20",
                "--election-timeout=100",
                // The API server compacts every five minutes; this is for the time it cannot.
                "--auto-compaction-mode=periodic",
                "--auto-compaction-retention=30m",
                "--log-format=console"));
    if (layout.unsafeNoFsync()) {
      command.add("--unsafe-no-fsync=true");
    }
    return List.copyOf(command);
  }
}
