package io.dispatch.eventmanager.cesql;

/** Integers as text: 32 bits, base 10, ASCII digits, a sign or none. */
final class Digits {
    private static final int SHOWN = 40;

    private Digits() {}

    static Value toWhole(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        boolean digits = text.length() > (signed ? 1 : 0);
        for (int i = signed ? 1 : 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (digits) {
            try {
                return new Value.Whole(Integer.parseInt(text));
            } catch (NumberFormatException tooLarge) {
                // said below
            }
        }
        return new Value.Text(text).notA("32-bit integer", Value.Whole.ZERO);
    }

    /** A value as it is shown in a sentence. */
    static String quoted(Value value) {
        String text = value.toString();
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return value instanceof Value.Text ? "\"" + shown + "\"" : shown;
    }
}
