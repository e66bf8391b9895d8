package io.viking.adapter.sim.network.serve;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.viking.adapter.sim.network.lb.ListenerKey;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.adapter.sim.network.lb.Traffic.Doors;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.adapter.sim.v1.Socket;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerState;
import io.viking.cloud.v1.Protocol;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of all listeners, and of the zones. They follow the cloud: opened when a listener
 * takes effect, closed with it, the declared port on a loopback address of the load balancer's own
 * where this process may bind it, else a high one. Two threads carry all connections; what answers
 * runs on virtual threads. Any thread.
 */
public final class OpenSockets implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenSockets.class);

  /** To a port that needs rights, for one that does not. */
  private static final int HIGHER = 20_000;

  private static final int HIGHEST_PORT = 65_535;

  private final Scene scene;
  private final NetworkProfile.Sockets may;
  private final InstantSource clock;
  private final Executor executor;
  private final Gate gate;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("sim-network", true), NioIoHandler.newFactory());
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ReentrantLock following = new ReentrantLock();

  /** Changed under {@link #following} alone. */
  private final Map<Place, OpenListener> open = new ConcurrentHashMap<>();

  private volatile Optional<DnsSocket> dns = Optional.empty();
  private volatile boolean closed;

  private record Place(String cloudId, ListenerKey port) {}

  /**
   * @param executor gives each task a virtual thread
   */
  public OpenSockets(
      Scene scene, NetworkProfile.Sockets may, InstantSource clock, Executor executor) {
    this.scene = scene;
    this.may = may;
    this.clock = clock;
    this.executor = executor;
    this.gate = new Gate(scene);
  }

  /** Opens them, soon. */
  public void start() {
    if (may.open()) {
      executor.execute(
          () -> {
            following.lock();
            try {
              if (!closed) {
                dns = DnsSocket.open(scene, may.dnsPort(), threads, executor);
              }
            } finally {
              following.unlock();
            }
          });
      changed();
    }
  }

  /** Listeners may be others now; changes that come together are followed once. */
  public void changed() {
    if (may.open() && !closed && asked.compareAndSet(false, true)) {
      executor.execute(this::follow);
    }
  }

  private void follow() {
    following.lock();
    try {
      asked.set(false);
      if (closed) {
        return;
      }
      Doors doors = scene.doors();
      Map<Place, Door> wanted = new LinkedHashMap<>();
      doors.open().forEach(door -> wanted.put(new Place(door.cloudId(), door.port()), door));
      closeOthers(wanted, doors.unsettled());
      wanted.forEach(this::keep);
      doors
          .next()
          .ifPresent(
              at -> {
                long wait = Math.max(1, at - clock.millis());
                var unused = threads.next().schedule(this::changed, wait, TimeUnit.MILLISECONDS);
              });
    } catch (RuntimeException e) {
      if (!closed) {
        log.error("Sockets of the simulated cloud do not follow its listeners", e);
      }
    } finally {
      following.unlock();
    }
  }

  private void closeOthers(Map<Place, Door> wanted, Set<String> unsettled) {
    for (Map.Entry<Place, OpenListener> entry : List.copyOf(open.entrySet())) {
      Door next = wanted.get(entry.getKey());
      boolean stays =
          next == null
              ? unsettled.contains(entry.getKey().cloudId())
              : entry.getValue().isOpen() && entry.getValue().canBecome(next);
      if (!stays) {
        open.remove(entry.getKey());
        entry.getValue().close();
      }
    }
  }

  private void keep(Place place, Door door) {
    OpenListener known = open.get(place);
    if (known != null) {
      known.become(door, clock.instant());
      return;
    }
    OpenListener fresh = new OpenListener(door, clock.instant());
    open.put(place, fresh);
    if (door.listener().getProtocol() == Protocol.PROTOCOL_QUIC) {
      fresh.troubled("QUIC is not served");
    } else if (open.values().stream().filter(OpenListener::isOpen).count() >= may.most()) {
      fresh.troubled(may.most() + " listeners are open already (network.sockets.most)");
    } else {
      bind(fresh);
    }
  }

  private void bind(OpenListener listener) {
    Door door = listener.door();
    String trouble = "";
    for (InetSocketAddress at : places(door.loopback(), door.listener().getPort())) {
      ChannelFuture bound = bind(listener, at).awaitUninterruptibly();
      if (bound.isSuccess()) {
        listener.opened(bound.channel());
        return;
      }
      trouble = at + ": " + bound.cause().getMessage();
    }
    listener.troubled(trouble);
    log.warn(
        "Listener {} of load balancer {} cannot be reached: {}",
        door.port(),
        door.cloudId(),
        trouble);
  }

  private static List<InetSocketAddress> places(String loopback, int port) {
    List<InetSocketAddress> places = new ArrayList<>();
    places.add(new InetSocketAddress(loopback, port));
    if (port + HIGHER <= HIGHEST_PORT) {
      places.add(new InetSocketAddress(loopback, port + HIGHER));
    }
    places.add(new InetSocketAddress(loopback, 0));
    // Where loopback is one address.
    places.add(new InetSocketAddress("127.0.0.1", 0));
    return places;
  }

  private ChannelFuture bind(OpenListener listener, InetSocketAddress at) {
    Protocol protocol = listener.door().listener().getProtocol();
    ListenerPipeline pipeline =
        new ListenerPipeline(protocol, listener::door, listener::keys, gate, connections, executor);
    return protocol == Protocol.PROTOCOL_UDP
        ? new Bootstrap()
            .group(threads)
            .channel(NioDatagramChannel.class)
            .handler(pipeline)
            .bind(at)
        : new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(pipeline)
            .bind(at);
  }

  /** Where the listeners of a load balancer are. */
  public List<Socket> of(LoadBalancer loadBalancer) {
    List<Socket> sockets = new ArrayList<>();
    for (Listener listener : loadBalancer.getListenersList()) {
      Optional<OpenListener> here =
          Optional.ofNullable(
              open.get(new Place(loadBalancer.getCloudId(), ListenerKey.of(listener))));
      sockets.add(
          Socket.newBuilder()
              .setPort(listener.getPort())
              .setProtocol(listener.getProtocol())
              .setAddress(here.map(OpenListener::address).orElse(""))
              .setTrouble(here.map(OpenListener::trouble).orElseGet(() -> unopened(loadBalancer)))
              .build());
    }
    return List.copyOf(sockets);
  }

  private String unopened(LoadBalancer loadBalancer) {
    if (!may.open()) {
      return "network.sockets.open is false";
    }
    return loadBalancer.getState() == LoadBalancerState.LOAD_BALANCER_STATE_INACTIVE
        ? "the load balancer is stopped"
        : "not yet";
  }

  /** Where the zones answer; empty: nowhere. */
  public String dnsAddress() {
    return dns.map(DnsSocket::address).orElse("");
  }

  @Override
  public void close() {
    following.lock();
    try {
      closed = true;
      open.values().forEach(OpenListener::close);
      open.clear();
      dns.ifPresent(DnsSocket::close);
    } finally {
      following.unlock();
    }
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
