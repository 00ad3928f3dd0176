package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.functioninvoker.delivery.FairShare.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairShareTests {

    /** Owners 0, 1, 2 … of four partitions: what each has, and what each is to have. */
    @ParameterizedTest
    @CsvSource({
        "4, 4",
        "0, 4",
        "4 0, 2 2",
        "0 4, 2 2",
        "2 2, 2 2",
        "4 0 0, 2 1 1",
        "2 2 0, 2 1 1",
        "1 2 1, 1 2 1",
        "1 1, 2 2",
        "1 1 1 1, 1 1 1 1",
        "2 1 1 0, 1 1 1 1",
        "1 1 1 1 0, 1 1 1 1 0",
        "0 1 1 1 1, 0 1 1 1 1"
    })
    void sharesDifferByOneAtMostAndWhoHasMoreKeepsMore(String held, String shares) {
        assertThat(shares(numbers(held), 4)).isEqualTo(numbers(shares));
    }

    @Test
    void whatIsSharedFairlyStaysWhereItIs() {
        for (int partitions = 0; partitions <= 12; partitions++) {
            for (int owners = 1; owners <= 6; owners++) {
                List<Integer> held = new ArrayList<>(List.of(partitions));
                held.addAll(IntStream.range(1, owners).mapToObj(_ -> 0).toList());

                List<Integer> once = shares(held, partitions);

                assertThat(once.stream().mapToInt(Integer::intValue).sum()).isEqualTo(partitions);
                assertThat(shares(once, partitions)).isEqualTo(once);
            }
        }
    }

    @Test
    void whoIsNotKnownHasNoShare() {
        assertThat(FairShare.of(7, List.of(new Holding(1, 4)), 4)).isZero();
    }

    private static List<Integer> shares(List<Integer> held, int partitions) {
        List<Holding> living = IntStream.range(0, held.size())
                .mapToObj(number -> new Holding(number, held.get(number)))
                .toList();
        return living.stream()
                .map(owner -> FairShare.of(owner.number(), living.reversed(), partitions))
                .toList();
    }

    private static List<Integer> numbers(String said) {
        return said.chars()
                .filter(Character::isDigit)
                .mapToObj(digit -> digit - '0')
                .toList();
    }
}
