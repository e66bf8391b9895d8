package io.viking.syncer.network.service;

/** A condition of an object's status, without its time. */
public record StatusCondition(String type, boolean isTrue, String reason, String message) {}
