package io.viking.bench.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches processes of this machine: looks at each twice a second, on a thread of its own, since
 * the most that a process ever had can only be seen while it has it.
 */
public final class ProcessSampler implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Supplier<List<ObservedProcess>> processes;
  private final ProcTable table;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Window> open = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private volatile List<ObservedProcess> present = List.of();

  /**
   * @param processes asked whenever a window opens: one that was started again has another pid
   */
  public ProcessSampler(Supplier<List<ObservedProcess>> processes) {
    this(processes, new ProcTable(Path.of("/proc")));
  }

  ProcessSampler(Supplier<List<ObservedProcess>> processes, ProcTable table) {
    this.processes = processes;
    this.table = table;
    this.thread = Thread.ofPlatform().name("process-sampler").daemon().unstarted(this::run);
  }

  /** Begins; once only. */
  public void start() {
    thread.start();
  }

  /** Begins a stretch of time. */
  public Window open() {
    present = List.copyOf(processes.get());
    var window = new Window();
    window.sample();
    open.add(window);
    return window;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** Looks at each process once. */
  void sample() {
    open.forEach(Window::sample);
  }

  private void run() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        sample();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stretch of time that is being watched. Safe for all threads. */
  public final class Window {
    private final Map<ObservedProcess, Seen> seen = new ConcurrentHashMap<>();

    private Window() {}

    /** What each process used, in the order in which they were named; ends the stretch. */
    public List<ProcessUse> close() {
      open.remove(this);
      sample();
      Map<String, ProcessUse> byName = new LinkedHashMap<>();
      for (ObservedProcess process : present) {
        byName.put(process.name(), new ProcessUse(process.name(), 0, 0, 0));
      }
      seen.forEach(
          (process, use) -> byName.merge(process.name(), use.use(process.name()), Seen::sum));
      return List.copyOf(
          new ArrayList<>(byName.values()).stream().filter(use -> use.maxRssBytes() > 0).toList());
    }

    private void sample() {
      for (ObservedProcess process : present) {
        Optional<ProcTable.Reading> now = table.read(process.pid());
        now.ifPresent(
            reading ->
                seen.compute(
                    process,
                    (key, before) -> before == null ? Seen.first(reading) : before.and(reading)));
      }
    }
  }

  private record Seen(double cpuAtFirst, double cpu, long maxRss, long rss) {
    static Seen first(ProcTable.Reading reading) {
      return new Seen(
          reading.cpuSeconds(), reading.cpuSeconds(), reading.rssBytes(), reading.rssBytes());
    }

    Seen and(ProcTable.Reading reading) {
      return new Seen(
          cpuAtFirst,
          reading.cpuSeconds(),
          Math.max(maxRss, reading.rssBytes()),
          reading.rssBytes());
    }

    ProcessUse use(String name) {
      return new ProcessUse(name, cpu - cpuAtFirst, maxRss, rss);
    }

    static ProcessUse sum(ProcessUse a, ProcessUse b) {
      return new ProcessUse(
          a.name(),
          a.cpuSeconds() + b.cpuSeconds(),
          Math.max(a.maxRssBytes(), b.maxRssBytes()),
          Math.max(a.endRssBytes(), b.endRssBytes()));
    }
  }
}
