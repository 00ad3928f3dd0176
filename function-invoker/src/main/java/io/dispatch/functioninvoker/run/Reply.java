package io.dispatch.functioninvoker.run;

/**
 * A new event that a function answered with.
 *
 * @param organization whose it is: that of the event it answers
 * @param event in the JSON format of CloudEvents 1.0
 */
public record Reply(String organization, String event) {}
