package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.paging.Page;
import dev.kleos.iam.cloud.CloudException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void all_isWhatIsOnEachPage() {
    Iterable<Listed> pages = List.of(new Listed("a"), new Listed("b"), new Listed(""));

    assertThat(Pages.all(pages, "projects/p")).containsExactly("of a", "of b", "of ");
  }

  @Test
  void aPageThatLeadsToItself_isNoEndlessList() {
    assertHasNoEnd(_ -> "a");
  }

  @Test
  void pagesThatLeadOnForEver_areNoEndlessList() {
    assertHasNoEnd(Integer::toString);
  }

  private static void assertHasNoEnd(IntFunction<String> token) {
    Iterable<Listed> pages = () -> endless(token).iterator();

    var thrown =
        catchThrowableOfType(
            CloudException.Unavailable.class, () -> Pages.all(pages, "projects/p"));

    assertThat(thrown.failure().code()).isEqualTo("DATA_LOSS");
    assertThat(thrown.failure().resource()).isEqualTo("projects/p");
  }

  private static Stream<Listed> endless(IntFunction<String> token) {
    return IntStream.iterate(0, it -> it + 1).mapToObj(it -> new Listed(token.apply(it)));
  }

  /// @param next the token of the next page; empty where there is none
  private record Listed(String next) implements Page<String> {
    @Override
    public boolean hasNextPage() {
      return !next.isEmpty();
    }

    @Override
    public String getNextPageToken() {
      return next;
    }

    @Override
    public Page<String> getNextPage() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<String> iterateAll() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<String> getValues() {
      return () -> Stream.of("of " + next).iterator();
    }
  }
}
