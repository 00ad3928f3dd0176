package io.dispatch.eventmanager.cesql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.contracts.event.Event;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases from the text of the specification; the official kit's are in {@link CesqlKitTests}. */
class CesqlTests {
    private static final Event EVENT = Event.of(
            Map.of(
                    "id", "7",
                    "source", "/shop/eu",
                    "type", "order.paid",
                    "subject", "Größe 😀",
                    "hop", "5",
                    "ttl", 10,
                    "late", true),
            null);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            specversion = '1.0'                              | true
            EXISTS specversion AND NOT EXISTS nothing        | true
            type LIKE 'order.%' AND source = '/shop/eu'      | true
            hop < ttl                                        | true
            int(HOP) + 1                                     | 6
            TYPE                                             | order.paid
            late                                             | true
            late = 'true'                                    | true
            TRUE = "true" AND FALSE = "false"                | true
            TRUE = "TRUE" OR FALSE = "FALSE"                 | false
            ttl = '10'                                       | true
            hop IN (4, 5)                                    | true
            hop NOT IN (4, 6)                                | true
            2 + 3 * 4 - 1                                    | 13
            2+3*4-1                                          | 13
            5-3                                              | 2
            10 - 4 - 3                                       | 3
            -7 / 2                                           | -3
            -7 % 2                                           | -1
            7 % -2                                           | 1
            -2147483648                                      | -2147483648
            +5                                               | 5
            - - 5                                            | 5
            1 + 1 = 2 AND 3 > 2                              | true
            TRUE OR FALSE AND FALSE                          | false
            TRUE XOR TRUE OR TRUE                            | true
            NOT TRUE OR TRUE                                 | true
            NOT (TRUE OR TRUE)                               | false
            2 BETWEENS                                       | `refused`
            LENGTH(subject)                                  | 7
            SUBSTRING(subject, -1)                           | 😀
            LEFT(subject, 1)                                 | G
            RIGHT(subject, 1)                                | 😀
            subject LIKE 'Größe __'                          | false
            subject LIKE 'Größe _'                           | true
            subject LIKE '%_e%_'                             | true
            type LIKE 'order_paid'                           | true
            type LIKE 'order\\_paid'                         | false
            'a_b%c' LIKE 'a\\_b\\%c'                         | true
            'abab' LIKE '%ab'                                | true
            'aXbXc' LIKE 'a%b%'                              | true
            '' LIKE '%'                                      | true
            '' LIKE '_'                                      | false
            'it\\'s' = "it's"                                | true
            'a\\b' = "a\\b"                                  | true
            UPPER('straße')                                  | STRASSE
            TRIM(CONCAT(' ', 'a', ' '))                      | a
            CONCAT_WS('-', 1, TRUE, 'x')                     | 1-true-x
            BOOL(7) AND NOT BOOL(0)                          | true
            """)
    void anExpressionHasAValue(String expression, String value) {
        assertThat(shown(expression)).isEqualTo(value);
    }

    private static String shown(String expression) {
        try {
            return Cesql.parse(expression).evaluate(EVENT).toString();
        } catch (InvalidExpressionException invalid) {
            return "refused";
        }
    }

    @ParameterizedTest(name = "{0} fails: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing = 'x'                 | MISSING_ATTRIBUTE   | false       | attribute nothing is absent
            nothing + 1                   | MISSING_ATTRIBUTE   | 0           | attribute nothing is absent
            UPPER(nothing)                | MISSING_ATTRIBUTE   | ``          | attribute nothing is absent
            nothing OR TRUE               | MISSING_ATTRIBUTE   | false       | attribute nothing is absent
            nothing NOT LIKE 'a'          | MISSING_ATTRIBUTE   | false       | attribute nothing is absent
            nothing NOT IN ('a')          | MISSING_ATTRIBUTE   | false       | attribute nothing is absent
            type = 5                      | CAST                | false       | "order.paid" is no 32-bit integer
            type != 5                     | CAST                | false       | "order.paid" is no 32-bit integer
            type AND TRUE                 | CAST                | false       | "order.paid" is no boolean
            NOT 'abc'                     | CAST                | true        | "abc" is no boolean
            INT('2147483648')             | CAST                | 0           | "2147483648" is no 32-bit integer
            INT('１')                     | CAST                | 0           | "１" is no 32-bit integer
            2147483647 + 1                | MATH                | 0           | 2147483648 has more than 32 bits
            -2147483648 / -1              | MATH                | 0           | 2147483648 has more than 32 bits
            - (-2147483648)               | MATH                | 0           | 2147483648 has more than 32 bits
            SUBSTRING('abc', 1, -1)       | FUNCTION_EVALUATION | ``          | length -1 is negative
            SUBSTRING('abc', 4)           | FUNCTION_EVALUATION | ``          | position 4 is outside of a text of 3 characters
            """)
    void anErrorKeepsItsKindAndAValueOfTheRightType(String expression, Fault fault, String result, String reason)
            throws InvalidExpressionException {
        Value value = Cesql.parse(expression).evaluate(EVENT);

        assertThat(value).isInstanceOfSatisfying(Value.Failure.class, failure -> {
            assertThat(failure.fault()).isEqualTo(fault);
            assertThat(failure.result()).hasToString(result);
            assertThat(failure.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                 | a value is expected, but there is the end at character 1
            type =             | a value is expected, but there is the end at character 7
            type = = 1         | a value is expected, but there is "=" at character 8
            (type              | ")" is expected, but there is the end at character 6
            type 'a'           | an operator or the end is expected, but there is a string at character 6
            'a''b'             | an operator or the end is expected, but there is a string at character 4
            type = 'a          | the string that begins has no end at character 8
            type LIKE source   | a string after LIKE is expected, but there is "source" at character 11
            type NOT 5         | LIKE or IN is expected, but there is "5" at character 10
            hop IN ()          | a value is expected, but there is ")" at character 9
            EXISTS 'a'         | an attribute after EXISTS is expected, but there is a string at character 8
            my_attribute = 1   | "my_attribute" is no attribute: letters and digits are expected at character 1
            SOUNDEX(type)      | there is no function SOUNDEX at character 1
            1 = LENGTH()       | the function LENGTH takes another number of arguments than 0 at character 5
            2147483648         | 2147483648 has more than 32 bits at character 1
            hop & 1            | "&" has no meaning at character 5
            data.vm = 1        | "." has no meaning at character 5
            + hop              | an integer after + is expected, but there is "hop" at character 3
            TRUE AND OR FALSE  | a value is expected, but there is "OR" at character 10
            """)
    void whatIsNoExpressionIsRefusedWithPositionAndReason(String expression, String message) {
        assertThatThrownBy(() -> Cesql.parse(expression))
                .isInstanceOf(InvalidExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void nestingAndLengthAreBounded() {
        assertThatThrownBy(() -> Cesql.parse("(".repeat(2000) + "1" + ")".repeat(2000)))
                .hasMessageStartingWith("more than 50 levels are nested");
        assertThatThrownBy(() -> Cesql.parse("NOT ".repeat(1000) + "TRUE"))
                .hasMessageStartingWith("more than 50 levels are nested");
        assertThatThrownBy(() -> Cesql.parse(" ".repeat(4097))).hasMessageStartingWith("more than 4096 characters");
    }

    @Test
    void theLongestChainIsEvaluated() throws InvalidExpressionException {
        assertThat(Cesql.parse("1" + "+1".repeat(250)).evaluate(EVENT)).isEqualTo(new Value.Whole(251));
        assertThatThrownBy(() -> Cesql.parse("1" + "+1".repeat(251)))
                .hasMessage("more than 250 operators are there at character 502");
    }

    @Test
    void anEvaluationThatWouldExplodeEndsAsAnError() throws InvalidExpressionException {
        Event large = Event.of(
                Map.of("id", "1", "source", "/", "type", "t", "text", "a".repeat(50_000), "long", "a".repeat(90_000)),
                null);
        Cesql trying = Cesql.parse("text LIKE '%" + "a".repeat(3000) + "b'");
        Cesql joining = Cesql.parse("LENGTH(CONCAT(" + "long,".repeat(500) + "long)) > 0");

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(trying.evaluate(large))
                    .isInstanceOfSatisfying(
                            Value.Failure.class,
                            failure -> assertThat(failure.fault()).isEqualTo(Fault.GENERIC));
            assertThat(joining.evaluate(large)).isInstanceOf(Value.Failure.class);
        });
    }
}
