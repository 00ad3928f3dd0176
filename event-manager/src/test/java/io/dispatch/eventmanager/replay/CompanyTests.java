package io.dispatch.eventmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompanyTests {
    private static final long SECOND = 1_000_000_000;

    private final Company company = new Company();

    @Test
    void whatWeAppendOurselvesIsNoCompany() {
        company.isThere(1_000_000, SECOND);

        company.weAppended(250);
        boolean alone = company.isThere(1_000_250, SECOND + SECOND / 50);
        company.weAppended(250);
        boolean inCompany = company.isThere(1_000_600, SECOND + SECOND / 25);

        assertThat(alone).isFalse();
        assertThat(inCompany).isTrue();
    }

    @Test
    void aFewEventsNowAndThenAreNoCompany() {
        company.isThere(0, SECOND);

        assertThat(company.isThere(1, SECOND + SECOND / 1_000)).isFalse();
        assertThat(company.isThere(50, 2 * SECOND)).isFalse();
        assertThat(company.isThere(151, 3 * SECOND)).isTrue();
    }
}
