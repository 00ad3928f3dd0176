package io.dispatch.eventmanager.cesql;

/**
 * Something about an attribute that an expression says when it is true.
 *
 * @param attribute its name
 * @param text what its value is, or how it begins; as text, whatever its type
 * @param whole whether the text is the value, else its beginning
 */
public record Implied(String attribute, String text, boolean whole) {}
