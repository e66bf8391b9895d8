package io.viking.controlplane.data;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * One cluster on this machine: everything that must survive a restart, in one directory of mode
 * 0700.
 *
 * <pre>
 * format              version of this layout
 * control-plane       how the API server is obtained
 * kubernetes-version  the last that ran on etcd/
 * lock                held by the running `up`
 * admin.kubeconfig    the user's; loops.kubeconfig is viking's own, without all rights
 * pki/                keys and certificates
 * etcd/               the API server's data
 * logs/               one file per component
 * run/                pids, ports, the sockets (or the name of their directory)
 * sim/                the simulated cloud's journal
 * backups/            of etcd, before a new Kubernetes minor
 * k3s/                the data of k3s, if that is the control plane
 * </pre>
 */
public final class DataDirectory {
  /** Version of the layout that this build reads and writes. */
  static final int FORMAT = 1;

  private static final List<String> ENTRIES =
      List.of(
          "format",
          "control-plane",
          "kubernetes-version",
          "admin.kubeconfig",
          "loops.kubeconfig",
          "pki",
          "etcd",
          "logs",
          "run",
          "sim",
          "backups",
          "k3s");

  private final Path path;
  private final Environment environment;

  private DataDirectory(Path path, Environment environment) {
    this.path = path;
    this.environment = environment;
  }

  /**
   * The directory named by {@code --data-dir}, else {@code $VIKING_DATA_DIR}, else {@code
   * $XDG_DATA_HOME/viking}, else {@code ~/.local/share/viking}. Nothing is touched.
   */
  public static DataDirectory resolve(Optional<Path> named, Environment environment) {
    Path path =
        named
            .or(() -> environment.variable("VIKING_DATA_DIR").map(Path::of))
            .or(() -> environment.directory("XDG_DATA_HOME").map(dir -> dir.resolve("viking")))
            .orElseGet(() -> environment.home().resolve(".local/share/viking"));
    return new DataDirectory(path.toAbsolutePath().normalize(), environment);
  }

  /**
   * Makes the directory if need be and takes it for this process.
   *
   * @throws ControlPlaneException if another process holds it, or a newer viking wrote it
   */
  public DataDirectoryLock acquire(Clock clock) {
    boolean blank = !Files.exists(path) || isEmpty();
    if (!blank && !exists()) {
      throw new ControlPlaneException(
          path
              + " is neither empty nor a data directory of viking: name another one with"
              + " --data-dir.");
    }
    PrivateFiles.directory(path);
    DataDirectoryLock lock = DataDirectoryLock.acquire(this, clock);
    try {
      Format.check(this);
      for (Path part : new Path[] {pki(), logs(), run(), simulatedCloud(), backups()}) {
        PrivateFiles.directory(part);
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    return lock;
  }

  /** The process that holds the directory at this moment. */
  public Optional<DataDirectoryOwner> owner() {
    return DataDirectoryLock.owner(this);
  }

  /** Whether a cluster was ever begun here. */
  public boolean exists() {
    return Files.exists(formatFile()) || Files.exists(lockFile());
  }

  /** How the API server of this cluster is obtained, once that was settled. */
  public Optional<ControlPlaneMode> mode() {
    return Files.exists(modeFile())
        ? Optional.of(ControlPlaneMode.parse(PrivateFiles.read(modeFile()).strip()))
        : Optional.empty();
  }

  /** Settles {@link #mode}. */
  public void keepMode(ControlPlaneMode mode) {
    if (!mode().equals(Optional.of(mode))) {
      PrivateFiles.write(modeFile(), mode.flag() + "\n");
    }
  }

  /**
   * Deletes what {@link #acquire} and the control plane made here, and nothing else. The lock file
   * stays until {@link #deleteIfEmpty}: it is held.
   *
   * @throws ControlPlaneException if something cannot be deleted
   */
  public void delete() {
    try {
      for (String entry : ENTRIES) {
        Path target = path.resolve(entry);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
          MoreFiles.deleteRecursively(target, RecursiveDeleteOption.ALLOW_INSECURE);
        }
      }
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot delete the cluster in " + path, e);
    }
  }

  /** Deletes the directory itself, when the lock is gone and nothing else is in it. */
  public void deleteIfEmpty() {
    try {
      Files.deleteIfExists(lockFile());
      if (isEmpty()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot delete " + path, e);
    }
  }

  private boolean isEmpty() {
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot read the data directory " + path, e);
    }
  }

  public Path path() {
    return path;
  }

  public Path pki() {
    return path.resolve("pki");
  }

  public Path etcd() {
    return path.resolve("etcd");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  /** Where a component writes; {@code viking logs NAME} reads it. */
  public Path log(String component) {
    return logs().resolve(component + ".log");
  }

  public Path run() {
    return path.resolve("run");
  }

  public Path simulatedCloud() {
    return path.resolve("sim");
  }

  public Path backups() {
    return path.resolve("backups");
  }

  public Path k3s() {
    return path.resolve("k3s");
  }

  public Path adminKubeconfig() {
    return path.resolve("admin.kubeconfig");
  }

  public Path loopsKubeconfig() {
    return path.resolve("loops.kubeconfig");
  }

  /** Of viking's own commands, which may do anything; only in a native control plane. */
  public Path operatorKubeconfig() {
    return pki().resolve("viking-operator.kubeconfig");
  }

  /**
   * A Unix socket of this cluster, such as {@code adapter.sock}; its directory exists afterwards,
   * with mode 0700. Normally in {@link #run}; if that path is longer than the system allows for a
   * socket, in a short directory named by a digest of this one.
   *
   * @throws ControlPlaneException if the short directory belongs to somebody else
   */
  public Path socket(String name) {
    return SocketDirectory.choose(run(), name, environment).socket(name);
  }

  Path formatFile() {
    return path.resolve("format");
  }

  private Path modeFile() {
    return path.resolve("control-plane");
  }

  Path lockFile() {
    return path.resolve("lock");
  }

  Path ownerFile() {
    return path.resolve("lock.owner");
  }
}
