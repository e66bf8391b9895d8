package io.viking.syncer.kubelet;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.viking.cloud.v1.Capabilities;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApi;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.kubelet.streams.StreamWay;
import io.viking.syncer.kubelet.usage.UsageReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The kubelet's HTTPS API, one server for all zone nodes: logs, exec, attach, port-forward, pods
 * and what they use. Closed to everybody whom the API server does not let in.
 *
 * <p>Two threads carry all connections; each plain request runs on a virtual thread, an upgraded
 * connection on its event loop alone.
 */
public final class KubeletServer implements AutoCloseable {
  /** A command of exec is in the request's line. */
  static final int MAX_LINE = 64 * 1024;

  static final int MAX_HEADERS = 32 * 1024;
  private static final int CHUNK = 8 * 1024;
  private static final int MAX_BODY = 64 * 1024;

  /**
   * What the kernel holds of one connection that is not read, twice this at most; by itself it may
   * grow to tens of MiB. Accepted connections take it from the listening one.
   */
  private static final int RECEIVE_BUFFER = 256 * 1024;

  /** What one stream may hold in memory before its source has to wait. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final KubeletConfig config;
  private final ServingTls tls;
  private final KubeletApi api;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kubelet-", 0).factory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile int port;

  /**
   * @param cloud serves InstanceService
   * @param capabilities of the pool behind it
   * @param api for TokenReviews and SubjectAccessReviews
   * @param pods at least those of the zone nodes; started and closed by the caller
   * @param isZoneNode by name
   * @throws java.io.UncheckedIOException the certificate or key cannot be read
   */
  public KubeletServer(
      KubeletConfig config,
      KubeApi api,
      Channel cloud,
      Capabilities capabilities,
      String clusterId,
      ObjectCache<V1Pod> pods,
      Predicate<String> isZoneNode,
      Clock clock) {
    this(
        config,
        api,
        cloud,
        capabilities,
        clusterId,
        pods,
        isZoneNode,
        clock,
        StreamWay.of(cloud, clusterId, StreamLimits.DEFAULT));
  }

  /** With another way of serving streams than the pool's own. */
  KubeletServer(
      KubeletConfig config,
      KubeApi api,
      Channel cloud,
      Capabilities capabilities,
      String clusterId,
      ObjectCache<V1Pod> pods,
      Predicate<String> isZoneNode,
      Clock clock,
      StreamWay way) {
    this.config = config;
    this.tls = new ServingTls(config);
    var zonePods = new ZonePods(pods, isZoneNode);
    this.api =
        new KubeletApi(
            new Authenticator(api),
            new Authorizer(api),
            zonePods,
            new PodsEndpoint(zonePods),
            new LogsEndpoint(zonePods, new LogStreams(cloud, clusterId, capabilities), clock),
            new StreamEndpoint(zonePods, capabilities, way),
            new UsageEndpoint(zonePods, capabilities, new UsageReader(cloud, clusterId, clock)),
            () -> Configz.write(config, port()));
  }

  /**
   * Listens from now on.
   *
   * @throws IOException the address or port cannot be had; the message names both
   */
  public void start() throws IOException {
    var address = new InetSocketAddress(config.listenAddress(), config.port());
    var bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    var guard = new ConnectionGuard(config.limits(), System::nanoTime);
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(guard)
                        .addLast(tls.context().newHandler(channel.alloc()))
                        .addLast(new HttpServerCodec(MAX_LINE, MAX_HEADERS, CHUNK))
                        .addLast(new HttpObjectAggregator(MAX_BODY))
                        .addLast(new RequestHandler(KubeletServer.this.api, guard, requests));
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new IOException(
          "the kubelet API cannot listen on "
              + config.listenAddress()
              + ":"
              + config.port()
              + ": "
              + bound.cause().getMessage(),
          bound.cause());
    }
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /** Where it listens; 0 before {@link #start}. */
  public int port() {
    return port;
  }

  /** Ends all streams and stops listening; returns when that is done, within seconds. */
  @Override
  public void close() {
    requests.shutdownNow();
    connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
