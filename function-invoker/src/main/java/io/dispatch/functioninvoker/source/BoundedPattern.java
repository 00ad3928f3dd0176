package io.dispatch.functioninvoker.source;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A pattern of a schema in Java's dialect, which gives up where Java's own goes on: some pairs of a pattern and a text, such as
 * {@code ^(\w+\s?)*$} and five thousand letters before another character, take longer than anybody waits or more stack than
 * there is. All patterns together read {@value #MOST_CHARACTERS} characters for one value, the same one as often as they like.
 */
final class BoundedPattern implements RegularExpression {

    /** About a quarter of a second. */
    private static final long MOST_CHARACTERS = 20_000_000;

    private static final ScopedValue<AtomicLong> LEFT = ScopedValue.newInstance();

    private final Pattern pattern;

    /** @throws java.util.regex.PatternSyntaxException if it is no pattern */
    BoundedPattern(String regex) {
        pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
    }

    /** Validates one value, within which patterns read only so much; outside of it there is no bound. */
    static <T> T within(Supplier<T> validation) {
        return ScopedValue.where(LEFT, new AtomicLong(MOST_CHARACTERS)).call(validation::get);
    }

    /** @throws SchemaException if it would take too long to tell, or more stack than there is; the library lets no other pass */
    @Override
    public boolean matches(String value) {
        CharSequence text = LEFT.isBound() ? new CountedText(value, LEFT.get()) : value;
        try {
            return pattern.matcher(text).find();
        } catch (StackOverflowError e) {
            throw tooLong();
        }
    }

    private static SchemaException tooLong() {
        return new SchemaException("it takes too long to tell, by one of its patterns");
    }

    /**
     * A text that counts how often it is read.
     *
     * @param left how often it may still be
     */
    private record CountedText(CharSequence text, AtomicLong left) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (left.decrementAndGet() < 0) {
                throw tooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
