package dev.kleos.iam.emulator;

/// The kinds of resource that have a policy here; some rules differ between them.
enum ResourceKind {
  PROJECT,
  SERVICE,
  SERVICE_ACCOUNT
}
