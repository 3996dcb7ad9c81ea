package dev.kleos.iam.model;

/// A change and what became of it.
public record AppliedChange(Change change, Outcome outcome) {}
