package dev.kleos.iam.simulation;

import dev.kleos.iam.model.RandomIam;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs virtual threads one at a time, in an order that dice decide, and a clock that moves when
/// nobody can go on: the same dice, the same run.
///
/// A virtual thread that is started here, or by one that was, asks this scheduler for its turns,
/// whoever starts it and by whatever executor. The JDK has that and does not show it: the
/// constructor is private, and needs `--add-opens java.base/java.lang=ALL-UNNAMED`.
final class Scheduler {
  /// When the clock starts.
  static final Instant START = RandomIam.NOW;

  /// Longer than the JDK takes to tell of it.
  private static final Duration DISTURBANCE = Duration.ofSeconds(5);

  /// Of which scheduler a virtual thread is.
  private static final InheritableThreadLocal<@Nullable Scheduler> HERE =
      new InheritableThreadLocal<>();

  private static final int MOST_STEPS = 400_000;

  private final Thread carrier = Thread.currentThread();
  private final Thread.Builder.OfVirtual threads = threadsOn(this::enqueue);
  private final IdentityHashMap<Runnable, Integer> numbers = new IdentityHashMap<>();
  private final TreeMap<Integer, Runnable> ready = new TreeMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Queue<Runnable> elsewhere = new ConcurrentLinkedQueue<>();
  private final List<Thread> started = new ArrayList<>();
  private final Dice dice;
  private long millis;
  private int steps;
  private volatile boolean isDisturbed;

  Scheduler(Dice dice) {
    this.dice = dice;
  }

  Instant now() {
    return START.plusMillis(millis);
  }

  /// How many turns were taken so far.
  int steps() {
    return steps;
  }

  /// Starts a thread; it gets its first turn in [#run].
  void start(Runnable work) {
    HERE.set(this);
    try {
      started.add(threads.start(work));
    } finally {
      HERE.remove();
    }
  }

  /// Something that happens by itself after a while; of what happens at the same time, dice decide
  /// what is first.
  Event after(Duration delay, Runnable action) {
    var event = new Event(millis + delay.toMillis(), dice.number(), action);
    events.add(event);
    return event;
  }

  /// Whether something happened that dice did not decide: worlds on two cores wanted one lock of
  /// the JDK's at the same time, and one of them waited. The same seed is to be played again then.
  boolean isDisturbed() {
    return isDisturbed;
  }

  /// Goes on until nothing can happen any more.
  ///
  /// @throws Stuck where a thread that was started never ends
  void run() {
    do {
      while (goesOn()) {}
    } while (started.stream().anyMatch(Thread::isAlive) && isWokenFromElsewhere());
    if (started.stream().anyMatch(Thread::isAlive)) {
      throw new Stuck("a thread waits for what never comes");
    }
    started.clear();
  }

  private boolean goesOn() {
    for (var woken = elsewhere.poll(); woken != null; woken = elsewhere.poll()) {
      enqueueHere(woken);
    }
    if (!ready.isEmpty()) {
      if (++steps > MOST_STEPS) {
        throw new Stuck("there is no end of it: " + steps + " steps");
      }
      turn().run();
      return true;
    }
    if (!events.isEmpty()) {
      var event = events.remove();
      if (!event.isCancelled) {
        millis = event.due;
        event.action.run();
      }
      return true;
    }
    return false;
  }

  private boolean isWokenFromElsewhere() {
    for (var waited = 0; waited < DISTURBANCE.toMillis() && elsewhere.isEmpty(); waited++) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    return !elsewhere.isEmpty();
  }

  /// Threads are in the order in which they were started, whatever the order in which they became
  /// ready: who interrupts several of them may go by an order of hash codes.
  private Runnable turn() {
    var others = ready.entrySet().iterator();
    for (var skipped = dice.upTo(ready.size()); skipped > 0; skipped--) {
      others.next();
    }
    var next = others.next().getValue();
    others.remove();
    return next;
  }

  private void enqueue(Runnable thread) {
    if (Thread.currentThread() == carrier || HERE.get() == this) {
      enqueueHere(thread);
    } else {
      isDisturbed = true;
      elsewhere.add(thread);
    }
  }

  private void enqueueHere(Runnable thread) {
    ready.put(numbers.computeIfAbsent(thread, _ -> numbers.size()), thread);
  }

  private static Thread.Builder.OfVirtual threadsOn(Executor executor) {
    try {
      var builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
      var constructor = builder.getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return (Thread.Builder.OfVirtual) constructor.newInstance(executor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no schedulers of virtual threads", e);
    }
  }

  /// Something that happens at a time.
  static final class Event implements Comparable<Event> {
    private final long due;
    private final long order;
    private final Runnable action;
    private boolean isCancelled;

    private Event(long due, long order, Runnable action) {
      this.due = due;
      this.order = order;
      this.action = action;
    }

    void cancel() {
      isCancelled = true;
    }

    @Override
    public int compareTo(Event other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
    }
  }

  /// It does not end, or it ended with threads that wait for ever.
  static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stuck(String message) {
      super(message);
    }
  }
}
