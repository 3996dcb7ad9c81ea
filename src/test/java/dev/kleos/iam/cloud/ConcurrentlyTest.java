package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConcurrentlyTest {
  @Test
  void all_answersInTheOrderOfTheTasks_whateverEndsFirst() throws InterruptedException {
    var second = new CountDownLatch(1);
    List<Callable<String>> tasks =
        List.of(
            () -> {
              second.await();
              return "first";
            },
            () -> {
              second.countDown();
              return "second";
            });

    assertThat(Concurrently.all(tasks)).containsExactly("first", "second");
  }

  @Test
  void all_keepsAtMost100InFlight() throws InterruptedException {
    var inFlight = new AtomicInteger();
    var most = new AtomicInteger();
    Callable<Integer> task =
        () -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          Thread.sleep(2);
          return inFlight.decrementAndGet();
        };

    Concurrently.all(IntStream.range(0, 300).mapToObj(_ -> task).toList());

    assertThat(most.get()).isBetween(2, 100);
  }

  @Test
  void all_throwsATasksOwnFailure() {
    List<Callable<String>> tasks =
        List.of(() -> {
          throw new IllegalStateException("as it is");
        });

    assertThatThrownBy(() -> Concurrently.all(tasks))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("as it is");
  }

  @Test
  void allDespite_whenInterrupted_endsEveryTask_tellsOfIt_andLeavesTheMark() throws Exception {
    var started = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    List<Callable<String>> tasks =
        List.of(
            () -> {
              started.countDown();
              told.await();
              return "first";
            },
            () -> "second");
    var marked = new AtomicBoolean();
    var whole =
        new FutureTask<>(() -> {
          var results = Concurrently.allDespite(told::countDown, tasks);
          marked.set(Thread.currentThread().isInterrupted());
          return results;
        });
    var caller = Thread.ofVirtual().start(whole);
    started.await();
    caller.interrupt();

    assertThat(whole.get()).containsExactly("first", "second");
    assertThat(marked).isTrue();
  }

  @Test
  void allDespite_throwsATasksOwnFailure() {
    List<Callable<String>> tasks =
        List.of(() -> {
          throw new IllegalStateException("as it is");
        });

    assertThatThrownBy(() -> Concurrently.allDespite(() -> {}, tasks))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("as it is");
  }

  @Test
  void all_whenInterrupted_interruptsItsTasks() throws InterruptedException {
    var started = new CountDownLatch(1);
    var taskInterrupted = new AtomicBoolean();
    var thrown = new ArrayList<Exception>();
    List<Callable<String>> tasks =
        List.of(() -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            taskInterrupted.set(true);
            throw e;
          }
          return "";
        });
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Concurrently.all(tasks);
              } catch (InterruptedException e) {
                thrown.add(e);
              }
            });
    started.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown).hasSize(1);
    assertThat(taskInterrupted).isTrue();
  }
}
