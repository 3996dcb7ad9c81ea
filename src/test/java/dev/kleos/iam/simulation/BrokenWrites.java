package dev.kleos.iam.simulation;

import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.simulation.SimulatedCloud.SimulatedPolicies;
import java.time.Duration;
import java.util.function.BiPredicate;

/// Ways to write a policy that lose somebody's changes, or one's own word.
final class BrokenWrites {
  private BrokenWrites() {}

  /// Compares something else than the etag.
  record Unguarded(SimulatedPolicies policies, BiPredicate<Version, Version> guard)
      implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      return policies.setIf(guard, resource, next);
    }
  }

  /// Compares, and then writes whatever there is by then.
  record CheckedBefore(SimulatedPolicies policies) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      return policies.read(resource).etag().equals(next.etag())
          ? policies.setIf((_, _) -> true, resource, next)
          : new Conflict();
    }
  }

  /// Gets itself an etag that fits.
  record Refreshed(SimulatedPolicies policies) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      var fresh = policies.read(resource);
      return policies.compareAndSet(
          resource, new AllowPolicy(fresh.etag(), next.spellings(), fresh.exemptions()));
    }
  }

  /// Compares what it sent with what it sent.
  record Believing(SimulatedPolicies policies) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      var result = policies.compareAndSet(resource, next);
      return result instanceof Stored ? new Stored(next) : result;
    }
  }

  /// Knows conflicts as 412 only, and Google says 409.
  record Impatient(SimulatedPolicies policies) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      var result = policies.compareAndSet(resource, next);
      if (result instanceof Conflict) {
        throw new CloudException.Unavailable(
            Failure.of("ABORTED", resource.name(), "There were concurrent policy changes.", ""));
      }
      return result;
    }
  }

  /// Tries again for as long as Google says 429.
  record Endless(SimulatedPolicies policies, Timer timer) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      while (true) {
        try {
          return policies.compareAndSet(resource, next);
        } catch (CloudException.Transient e) {
          if (!e.failure().code().equals("RESOURCE_EXHAUSTED")) {
            throw e;
          }
          pause();
        }
      }
    }

    private void pause() {
      try {
        timer.sleep(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Does not wait for the answer where somebody wishes to stop.
  record CutShort(SimulatedPolicies policies, Stop stop) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      var result = policies.compareAndSet(resource, next);
      if (stop.isRequested()) {
        throw new CloudException.Unavailable(
            Failure.of("ABORTED", resource.name(), "Stopped.", ""));
      }
      return result;
    }
  }

  /// Takes a write whose answer was lost for one that was refused.
  record Forgetful(SimulatedPolicies policies) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      try {
        return policies.compareAndSet(resource, next);
      } catch (CloudException.Transient e) {
        return new Conflict();
      }
    }
  }
}
