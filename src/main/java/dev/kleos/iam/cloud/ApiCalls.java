package dev.kleos.iam.cloud;

/// Calls that went over the wire, by whether they can change anything.
public record ApiCalls(int read, int write) {}
