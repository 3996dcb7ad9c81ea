package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

  @Test
  void anEmptyPage_mayComeAgain_butNotForEver() {
    var once =
        List.of(new Listed("a", false), new Listed("a", false), new Listed("b"), new Listed(""));

    assertThat(Pages.all(once, "projects/p")).containsExactly("of b", "of ");
    Iterable<Listed> forEver = () -> Stream.generate(() -> new Listed("a", false)).iterator();
    assertThatThrownBy(() -> Pages.all(forEver, "projects/p"))
        .isInstanceOf(CloudException.Unavailable.class);
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
  /// @param hasValue whether anything is on this one
  private record Listed(String next, boolean hasValue) implements Page<String> {
    Listed(String next) {
      this(next, true);
    }

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
      return () -> (hasValue ? Stream.of("of " + next) : Stream.<String>empty()).iterator();
    }
  }
}
