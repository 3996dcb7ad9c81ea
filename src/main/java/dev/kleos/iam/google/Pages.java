package dev.kleos.iam.google;

import com.google.api.gax.paging.Page;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Lists that Google answers in pages. Its libraries follow them for as long as there is another.
final class Pages {
  /// A hundred times what a project may hold.
  private static final int MOST = 10_000;

  /// A page may be empty though more follow, and then lead to where it was asked for itself.
  /// Source: Google's AIP-158, "Pagination", for the first.
  private static final int MOST_EMPTY = 100;

  private Pages() {}

  /// What is on all of them.
  ///
  /// @param resource whose list it is
  /// @throws CloudException.Unavailable where a page leads back to one that was there before, or
  ///   there is no end of them
  static <T> List<T> all(Iterable<? extends Page<T>> pages, String resource) {
    var all = new ArrayList<T>();
    var tokens = new HashSet<String>();
    var empty = 0;
    for (var page : pages) {
      var before = all.size();
      page.getValues().forEach(all::add);
      empty = all.size() == before ? empty + 1 : 0;
      var isNew = tokens.add(page.getNextPageToken());
      var isEndless = empty > 0 ? empty > MOST_EMPTY : !isNew || tokens.size() > MOST;
      if (page.hasNextPage() && isEndless) {
        throw new CloudException.Unavailable(
            Failure.of(
                "DATA_LOSS",
                resource,
                "Google answered with a list that has no end.",
                "Try again; if it stays so, report it to Google."));
      }
    }
    return all;
  }
}
